//! 滞后事项, 各地进度, 填报情况.

use rust_decimal::Decimal;

use super::{Block, Writer, date};
use crate::catalog::Say;
use crate::model::rating::Basis;
use crate::model::{CITY_TOTAL, ItemKey, Quota, QuotaRow, Rating, Review, Status, Task};
use crate::report::areas::{areas, hidden_zeros};
use crate::report::behind::{Item, Laggard, laggards};
use crate::report::charts::of_areas;
use crate::report::figures::{amount, completion, done, number, part, percent, points, quota, with_unit};
use crate::report::filed::filed;
use crate::report::model::{Cell, Column, Table, Value};
use crate::report::paper::{count, flat};
use crate::report::scope::For;
use crate::report::why::of_rating;

impl Writer<'_> {
    pub(super) fn behind(&mut self) {
        let all = laggards(&self.scope, self.period);
        self.chapter(Say::ReportBehind);
        if all.is_empty() {
            self.say(Say::ReportNoneBehind, &[]);
            return;
        }
        for status in [Status::NotStarted, Status::FarBehind, Status::Behind] {
            let some: Vec<&Laggard> = all.iter().filter(|one| one.rating.status == status).collect();
            if some.is_empty() {
                continue;
            }
            let words = self.lang.fill(Say::ReportStatusCount, &[&self.lang.status(status), &some.len()]);
            self.section(&words);
            self.each(some.into_iter());
        }
    }

    /// A numbered paragraph for each, with the problems that its unit stated.
    pub(super) fn each<'l>(&mut self, some: impl Iterator<Item = &'l Laggard<'l>>) {
        for (at, one) in (1..).zip(some) {
            let mut text = match one.item {
                Item::Task(task) => self.task_behind(at, task, one.rating),
                Item::Row(row) => self.row_behind(at, row, one.rating),
            };
            if let Some((filing, _)) = self.book.filing(one.item.key(), self.period) {
                let problems = flat(&filing.problems);
                if !problems.is_empty() {
                    text.push_str(&self.lang.fill(Say::ReportProblems, &[&problems]));
                }
            }
            self.blocks.push(Block::Paragraph(text));
        }
    }

    fn task_behind(&self, at: usize, task: &Task, rating: Rating) -> String {
        let lag = rating.lag.map(points).unwrap_or_default();
        let text = self.sentence(&task.text);
        let number = number(self.book, task.key);
        let units = self.list(&task.lead_units);
        if !matches!(rating.basis, Basis::Percent { .. }) || rating.target.is_some() {
            // A growth or a ceiling is not behind time but short of its figure: the sentence says which, and by how much.
            let why = of_rating(self.book, task.key, rating, self.lang);
            return self.lang.fill(Say::ReportLagWhy, &[&at, &number, &units, &text, &why]);
        }
        self.lang.fill(Say::ReportLagTask, &[&at, &number, &units, &text, &completion(rating), &lag])
    }

    fn row_behind(&self, at: usize, row: &QuotaRow, rating: Rating) -> String {
        // A percentage of which no figure of the city is recorded is rated on its worst area: that one's figures tell why.
        let place = match self.scope.of() {
            For::Area(area) => area.as_ref(),
            _ => self.book.deciding_area(row, self.period).map_or(CITY_TOTAL, |area| area.as_ref()),
        };
        let (target, done_now) = self.figures(row, place);
        let place = if place == CITY_TOTAL { self.lang.say(Say::ReportCity) } else { place };
        let gap = target.target().unwrap_or_default().saturating_sub(done_now.unwrap_or_default());
        let head: [String; 4] =
            [at.to_string(), number(self.book, row.key), self.list(&row.lead_units), self.sentence(&row.name)];
        let [at, number, units, name] = &head;
        if done_now.is_none() {
            // A sentence has no figures: it is behind by the percentage that is stated.
            let why = of_rating(self.book, row.key, rating, self.lang);
            return self.lang.fill(Say::ReportLagStated, &[at, number, units, name, &why]);
        }
        let target_text = with_unit(&quota(target, self.lang), row);
        let done_text = with_unit(&done(done_now, target), row);
        if let Quota::Percent(..) = target {
            let gap = points(gap);
            return self
                .lang
                .fill(Say::ReportLagRate, &[at, number, units, name, &place, &target_text, &done_text, &gap]);
        }
        let gap = with_unit(&amount(gap.max(Decimal::ZERO)), row);
        let lag = rating.lag.map(points).unwrap_or_default();
        let rate = completion(rating);
        let values: [&dyn std::fmt::Display; 10] =
            [at, number, units, name, &place, &target_text, &done_text, &rate, &lag, &gap];
        self.lang.fill(Say::ReportLagRow, &values)
    }

    /// Text that ends like a sentence of the language, whatever it ended with.
    pub(super) fn sentence(&self, text: &str) -> String {
        let text = flat(text);
        format!("{}{}", text.trim_end_matches(['。', '.', '；', ';']), self.lang.say(Say::ReportStop))
    }

    pub(super) fn areas(&mut self) {
        let all = areas(self.book, self.period);
        let shown: Vec<_> = match self.scope.of() {
            For::All => all.iter().collect(),
            For::Area(mine) => all.iter().filter(|one| one.area == *mine).collect(),
            For::Leader(_) | For::Unit(_) => return,
        };
        if shown.is_empty() {
            return;
        }
        self.chapter(Say::ReportAreas);
        if *self.scope.of() == For::All {
            self.blocks.extend(of_areas(&all, self.period, self.lang).map(Block::Chart));
        }
        let head = [
            Say::ReportColRank,
            Say::ReportColArea,
            Say::ReportColAverage,
            Say::ReportColLagging,
            Say::StatusFarBehind,
            Say::ReportColZero,
            Say::StatusUnknown,
            Say::ReportColQuotas,
        ];
        let rows = shown.iter().map(|one| {
            vec![
                one.rank.map_or_else(|| "-".into(), count),
                one.area.as_ref().into(),
                one.average.map_or_else(|| "-".into(), |value| Cell::worth(percent(value), Value::Percent(value))),
                count(one.counts.lagging()),
                count(one.counts.of(Status::FarBehind)),
                count(one.at_zero),
                count(one.counts.of(Status::Unknown)),
                count(one.counts.total()),
            ]
        });
        let mut columns = vec![Column::figures(); head.len()];
        columns.splice(0..2, [Column::marks(), Column::text(1)]);
        self.blocks.push(Block::Table(Table {
            caption: self.lang.say(Say::ReportAreasCaption).to_owned(),
            columns,
            frozen: 2,
            head: vec![Cell::row(head.map(|say| self.lang.say(say)))],
            rows: rows.collect(),
        }));
        self.blocks.push(Block::Note(self.lang.say(Say::ReportAreasNote).to_owned()));
        if *self.scope.of() == For::All {
            self.hidden();
        }
    }

    fn hidden(&mut self) {
        let rows = self.scope.rows();
        let hidden = hidden_zeros(self.book, &rows, self.period);
        if hidden.is_empty() {
            return;
        }
        let each = hidden.iter().map(|one| {
            let areas = self.list(&one.areas);
            self.lang.fill(Say::ReportHiddenOne, &[&number(self.book, one.row.key), &areas])
        });
        let each = each.collect::<Vec<_>>().join(self.lang.say(Say::ReportClauseJoin));
        self.say(Say::ReportHidden, &[&hidden.len(), &each]);
    }

    pub(super) fn filing(&mut self) {
        let filed = filed(&self.scope, self.period, self.made_on);
        if filed.due == 0 {
            return;
        }
        self.chapter(Say::ReportFiling);
        let due = self.book.document().settings.due(self.period);
        let missing = filed.unfiled();
        let share = percent(part(filed.filed, filed.due));
        self.say(Say::ReportFiled, &[&filed.due, &filed.filed, &share, &missing, &date(due, self.lang)]);
        let late = self.made_on.signed_duration_since(due).num_days();
        if missing > 0 && late > 0 {
            self.say(Say::ReportLate, &[&date(self.made_on, self.lang), &late]);
        }
        if !filed.returned.is_empty() {
            let each = filed.returned.iter().map(|item| self.returned(*item)).collect::<Vec<_>>();
            let each = each.join(self.lang.say(Say::ReportClauseJoin));
            self.say(Say::ReportReturned, &[&filed.returned.len(), &each]);
        }
        // What nobody leads is nobody's to file.
        if filed.missing.is_empty() {
            return;
        }
        let head = [Say::ReportColLead, Say::ReportColMissing, Say::ReportColItems];
        let rows = filed.missing.iter().map(|one| {
            let numbers = one.items.iter().map(|key: &ItemKey| number(self.book, *key));
            vec![one.unit.as_ref().into(), count(one.items.len()), self.list(numbers).into()]
        });
        self.blocks.push(Block::Table(Table {
            caption: self.lang.say(Say::ReportMissingCaption).to_owned(),
            columns: vec![Column::text(1), Column::figures(), Column::text(2)],
            frozen: 1,
            head: vec![Cell::row(head.map(|say| self.lang.say(say)))],
            rows: rows.collect(),
        }));
    }
}

impl Writer<'_> {
    /// What was returned, to whom and why.
    fn returned(&self, item: ItemKey) -> String {
        let review = self.book.filing(item, self.period).map(|(filing, _)| &filing.review);
        let reason = if let Some(Review::Returned(reason)) = review { flat(reason) } else { String::new() };
        let reason = reason.trim_end_matches(['。', '.']);
        let units = self.list(self.book.lead_units(item));
        self.lang.fill(Say::ReportReturnedOne, &[&number(self.book, item), &units, &reason])
    }
}
