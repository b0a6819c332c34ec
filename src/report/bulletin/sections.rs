//! 重点工作, 民生实事, 滞后事项, 各地进度, 填报情况.

use rust_decimal::Decimal;

use super::{Block, Writer, date};
use crate::catalog::Say;
use crate::model::rating::Basis;
use crate::model::{CITY_TOTAL, ItemKey, ListKind, Quota, QuotaRow, Rating, Review, Status, Task};
use crate::report::areas::{areas, hidden_zeros};
use crate::report::behind::{Item, Laggard, laggards};
use crate::report::charts;
use crate::report::figures::{amount, completion, done, number, part, percent, points, quota, with_unit};
use crate::report::filed::filed;
use crate::report::matrix;
use crate::report::model::{Cell, Column, Table};
use crate::report::paper::{count, flat, rate};
use crate::report::scope::For;
use crate::report::summary::Counts;
use crate::report::why::of_rating;

impl Writer<'_> {
    /// 重点工作: what is complete, and what is behind by status.
    pub(super) fn works(&mut self) {
        let tasks: Vec<&Task> = self.scope.tasks().collect();
        if tasks.is_empty() {
            return;
        }
        self.chapter(Say::ReportWorks);
        let complete = tasks.iter().filter(|task| self.scope.rate_task(task, self.period).status.is_complete());
        let complete: Vec<String> = complete.map(|task| number(self.book, task.key)).collect();
        self.complete(&complete);
        let all = laggards(&self.scope, self.period);
        let tasks: Vec<Laggard> = all.into_iter().filter(|one| matches!(one.item, Item::Task(_))).collect();
        self.laggards(&tasks);
    }

    /// 民生实事, list by list: counts, what is complete, what is behind. The table stands in the annex.
    pub(super) fn livelihood(&mut self) {
        let rows = self.scope.rows();
        if rows.is_empty() {
            return;
        }
        self.chapter(Say::ReportLivelihood);
        let lists = self.book.document().lists.iter().filter(|list| list.kind == ListKind::Livelihood);
        for list in lists {
            let of_list: Vec<&&QuotaRow> = rows.iter().filter(|row| row.key.list == list.code).collect();
            if of_list.is_empty() {
                continue;
            }
            let counts = Counts::new(of_list.iter().map(|row| self.scope.rate_row(row, self.period)));
            let missing = counts.of(Status::Unknown);
            let untitled = self.lang.say(Say::ReportUntitledList);
            let title = if list.title.is_empty() { untitled } else { bare(&list.title) };
            self.say(Say::ReportListCount, &[&title, &counts.total(), &counts.complete(), &counts.lagging(), &missing]);
        }
        let complete = rows.iter().filter(|row| self.scope.rate_row(row, self.period).status.is_complete());
        let complete: Vec<String> = complete.map(|row| number(self.book, row.key)).collect();
        self.complete(&complete);
        let all = laggards(&self.scope, self.period);
        let rows: Vec<Laggard> = all.into_iter().filter(|one| matches!(one.item, Item::Row(_))).collect();
        self.laggards(&rows);
    }

    fn complete(&mut self, numbers: &[String]) {
        if numbers.is_empty() {
            self.say(Say::ReportNoneDone, &[]);
        } else {
            self.say(Say::ReportDoneNumbers, &[&numbers.len(), &self.list(numbers)]);
        }
    }

    /// 滞后事项, tasks and rows together.
    pub(super) fn behind(&mut self) {
        self.chapter(Say::ReportBehind);
        let all = laggards(&self.scope, self.period);
        self.laggards(&all);
    }

    /// The table of rows within the scope.
    pub(super) fn matrix(&mut self) {
        let blocks = matrix::blocks(self.book, &self.scope, self.period, self.lang);
        if !blocks.is_empty() {
            self.chapter(Say::ReportLivelihood);
            self.blocks.extend(blocks);
        }
    }

    /// What lags, by status, each with what is done, the gap, and what the unit says stands in the way.
    fn laggards(&mut self, all: &[Laggard<'_>]) {
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
            for (at, one) in some.into_iter().enumerate() {
                let mut text = match one.item {
                    Item::Task(task) => self.task_behind(at + 1, task, one.rating),
                    Item::Row(row) => self.row_behind(at + 1, row, one.rating),
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
        let place = match self.scope.of() {
            For::Area(area) => area.as_ref(),
            _ => CITY_TOTAL,
        };
        let (target, done_now) = matrix::figures(self.book, row, place, self.period);
        let place = if place == CITY_TOTAL { self.lang.say(Say::ReportCity) } else { place };
        let gap = target.target().unwrap_or_default().saturating_sub(done_now.unwrap_or_default());
        let head: [String; 4] =
            [at.to_string(), number(self.book, row.key), self.list(&row.lead_units), self.sentence(&row.name)];
        let [at, number, units, name] = &head;
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
    fn sentence(&self, text: &str) -> String {
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
            self.blocks.extend(charts::by_area(self.book, self.period, self.lang).map(Block::Chart));
        }
        let head = [
            Say::ReportColRank,
            Say::ReportColArea,
            Say::ReportColRate,
            Say::ReportColQuotas,
            Say::StatusBehind,
            Say::StatusFarBehind,
            Say::ReportColZero,
            Say::StatusUnknown,
        ];
        let rows = shown.iter().map(|one| {
            let average = one.average;
            vec![
                one.rank.map_or_else(|| Cell::from("-"), count),
                Cell::from(one.area.as_ref()),
                rate(Rating { percent: average, ..Rating::UNKNOWN }),
                count(one.counts.total()),
                count(one.counts.of(Status::Behind)),
                count(one.counts.of(Status::FarBehind)),
                count(one.at_zero),
                count(one.counts.of(Status::Unknown)),
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
        let missing = filed.due - filed.filed;
        let share = percent(part(filed.filed, filed.due));
        self.say(Say::ReportFiled, &[&filed.due, &filed.filed, &share, &missing, &date(due, self.lang)]);
        if missing == 0 {
            return;
        }
        let late = self.made_on.signed_duration_since(due).num_days();
        if late > 0 {
            self.say(Say::ReportLate, &[&date(self.made_on, self.lang), &late]);
        }
        if !filed.returned.is_empty() {
            let each = filed.returned.iter().map(|item| self.returned(*item)).collect::<Vec<_>>();
            let each = each.join(self.lang.say(Say::ReportClauseJoin));
            self.say(Say::ReportReturned, &[&filed.returned.len(), &each]);
        }
        let head = [Say::ReportColLead, Say::ReportColMissing, Say::ReportColItems];
        let rows = filed.missing.iter().map(|one| {
            let numbers = one.items.iter().map(|key: &ItemKey| number(self.book, *key));
            vec![Cell::from(one.unit.as_ref()), count(one.items.len()), self.list(numbers).into()]
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

/// A list's title without its number: 省政府民生实事 of `一、省政府民生实事`.
fn bare(title: &str) -> &str {
    title.split_once('、').filter(|(number, _)| number.chars().count() <= 2).map_or(title, |(_, words)| words)
}
