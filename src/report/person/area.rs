//! An area's sheet: its own quotas, its rank among the others, the tasks of its government, what is not filed.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::{Lang, Say};
use crate::model::{Book, FilingState, ItemKey, Period, Quota, QuotaRow, Task};
use crate::report::areas::areas;
use crate::report::bulletin::date;
use crate::report::figures::{amount, done, number, percent, points, quota};
use crate::report::model::{Cell, Column, Kind, Report, Value};
use crate::report::paper::{Paper, count, flat, light, lights, list, rate, row_title};
use crate::report::scope::{For, Scope};
use crate::report::summary::summary;

/// The sheet of an area.
pub(super) fn sheet(
    book: &Book<'_>,
    of: &For,
    name: &Arc<str>,
    (period, today): (Period, NaiveDate),
    lang: Lang,
) -> Report {
    let scope = Scope::new(book, of);
    let rows = scope.rows();
    let tasks: Vec<&Task> = scope.tasks().collect();
    let mut paper = Paper::new(book, lang);
    if rows.is_empty() && tasks.is_empty() {
        paper.say(Say::ReportNothing, &[]);
    } else {
        let counts = summary(&scope, period);
        let (of_rows, of_tasks) = (lights(lang, &counts.rows), lights(lang, &counts.tasks));
        paper.say(Say::KindAreaHead, &[&rows.len(), &of_rows, &tasks.len(), &of_tasks]);
        paper.compared(&scope, period);
    }
    if !rows.is_empty() {
        paper.chapter(lang.say(Say::KindAreaQuotas));
        paper.quotas(&scope, name, &rows, period);
        paper.unfiled(&scope, name, &rows, (period, today));
    }
    paper.rank(name, period);
    if !tasks.is_empty() {
        paper.chapter(lang.say(Say::KindAreaTasks));
        paper.tasks(&scope, &tasks, (period, today));
    }
    let lines = vec![lang.fill(Say::KindPeriod, &[&lang.period(period)])];
    paper.report(Kind::Area, lang.fill(Say::KindAreaTitle, &[name]), lines, today)
}

impl Paper<'_> {
    /// Its quotas, each with figure, rate, light and gap.
    fn quotas(&mut self, scope: &Scope<'_>, area: &str, rows: &[&QuotaRow], period: Period) {
        let (book, lang) = (self.book, self.lang);
        let mut notes = Vec::new();
        let mut lines = Vec::new();
        for row in rows {
            // An empty cell beside a sentence: the city's sentence applies to every area.
            let target = match row.quota(area) {
                Some(Quota::Blank) | None => &row.total,
                Some(target) => target,
            };
            let reached = book.done(row.key, area, period).map(|(value, _)| value);
            let rating = scope.rate_row(row, period);
            // A sentence is too long for its cell, and stands below the table.
            let asked = if let Quota::Text(text) = target {
                notes.push((row.key, text));
                Cell::from(lang.fill(Say::ReportSeeNote, &[&notes.len()]))
            } else {
                Cell::worth(with_unit(&quota(target, lang), target, row), worth(target.target(), target))
            };
            lines.push(vec![
                Cell::from(number(book, row.key)),
                light(lang, rating),
                row_title(book, row).into(),
                asked,
                Cell::worth(done(reached, target), worth(reached, target)),
                rate(rating),
                missing(target, reached, row, lang).into(),
                list(lang, &row.lead_units).into(),
            ]);
        }
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::ReportColLight, Column::marks()),
            (Say::ReportColItem, Column::text(5)),
            (Say::ReportColTarget, Column::text(1)),
            (Say::ReportColDone, Column::figures()),
            (Say::ReportColRate, Column::figures()),
            (Say::KindColLeft, Column::figures()),
            (Say::ReportColLead, Column::text(2)),
        ];
        self.table("", 1, &columns, lines);
        for (at, (item, text)) in notes.into_iter().enumerate() {
            self.note(Say::ReportTargetNote, &[&(at + 1), &number(book, item), &area, &flat(text)]);
        }
    }

    /// The quotas that have something to reach and no figure, and those that were sent back.
    fn unfiled(&mut self, scope: &Scope<'_>, area: &str, rows: &[&QuotaRow], (period, today): (Period, NaiveDate)) {
        let book = self.book;
        let state = |row: &QuotaRow| scope.filing_state(row.key, period, today);
        let empty = |row: &&&QuotaRow| {
            let asked = row.quota(area).is_some_and(|quota| quota.target().is_some());
            asked && book.done(row.key, area, period).is_none() && state(row) != FilingState::NotDue
        };
        let empty: Vec<ItemKey> = rows.iter().filter(empty).map(|row| row.key).collect();
        if !empty.is_empty() {
            let due = date(book.document().settings.due(period), self.lang);
            self.say(Say::KindAreaUnfiled, &[&empty.len(), &self.numbers(&empty), &due]);
        }
        let returned = rows.iter().filter(|row| state(row) == FilingState::Returned);
        let returned: Vec<ItemKey> = returned.map(|row| row.key).collect();
        self.returned(&returned, period);
    }

    /// Its rank and average, and who stands before it.
    fn rank(&mut self, name: &Arc<str>, period: Period) {
        let all = areas(self.book, period);
        let Some(mine) = all.iter().find(|one| one.area == *name) else { return };
        let lang = self.lang;
        self.chapter(lang.say(Say::KindAreaRank));
        match (mine.rank, mine.average) {
            (Some(rank), Some(average)) => {
                let ranked = all.iter().filter(|one| one.rank.is_some()).count();
                self.say(Say::KindRank, &[&percent(average), &ranked, &rank]);
                let ahead = all.iter().filter(|one| one.rank.is_some_and(|other| other < rank));
                let ahead = ahead.filter_map(|one| {
                    let theirs = one.average?;
                    let by = points(theirs.saturating_sub(average));
                    Some(lang.fill(Say::KindAhead, &[&one.area, &percent(theirs), &by]))
                });
                let ahead: Vec<String> = ahead.collect();
                if ahead.is_empty() {
                    self.say(Say::KindFirst, &[]);
                } else {
                    self.say(Say::KindBehindThem, &[&list(lang, ahead)]);
                }
            }
            (None, Some(average)) => self.say(Say::KindNoRank, &[&percent(average)]),
            _ => self.say(Say::KindNoAverage, &[]),
        }
        let rows = all.iter().map(|one| {
            vec![
                one.rank.map_or_else(|| "-".into(), count),
                one.area.as_ref().into(),
                one.average.map_or_else(|| "-".into(), |value| Cell::worth(percent(value), Value::Percent(value))),
                count(one.counts.total()),
                count(one.counts.lagging()),
                count(one.at_zero),
            ]
        });
        let columns = [
            (Say::ReportColRank, Column::marks()),
            (Say::ReportColArea, Column::text(1)),
            (Say::ReportColAverage, Column::figures()),
            (Say::ReportColQuotas, Column::figures()),
            (Say::ReportColLagging, Column::figures()),
            (Say::ReportColZero, Column::figures()),
        ];
        self.table("", 2, &columns, rows.collect());
        self.note(Say::ReportAreasNote, &[]);
    }

    /// The tasks that fall on its government, alone or with all others.
    fn tasks(&mut self, scope: &Scope<'_>, tasks: &[&Task], (period, today): (Period, NaiveDate)) {
        let (book, lang) = (self.book, self.lang);
        let rows = tasks.iter().map(|task| {
            let rating = scope.rate_task(task, period);
            vec![
                Cell::from(number(book, task.key)),
                light(lang, rating),
                task.text.as_str().into(),
                list(lang, &task.lead_units).into(),
                rate(rating),
                lang.filing_state(scope.filing_state(task.key, period, today)).into(),
                book.deadline(task.key, period).to_string().into(),
            ]
        });
        let rows = rows.collect();
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::ReportColLight, Column::marks()),
            (Say::ReportColTask, Column::text(5)),
            (Say::ReportColLead, Column::text(2)),
            (Say::ReportColRate, Column::figures()),
            (Say::ReportColFiling, Column::marks()),
            (Say::ReportColDeadline, Column::marks()),
        ];
        self.table("", 1, &columns, rows);
    }
}

fn with_unit(text: &str, target: &Quota, row: &QuotaRow) -> String {
    match target {
        Quota::Amount(_, note) => format!("{text}{}{}", row.unit, note.as_deref().unwrap_or_default()),
        _ => text.to_owned(),
    }
}

fn worth(value: Option<Decimal>, target: &Quota) -> Value {
    match (value, target) {
        (Some(value), Quota::Percent(..)) => Value::Percent(value),
        (Some(value), _) => Value::Number(value),
        (None, _) => Value::Text,
    }
}

/// What is left to do: an amount in the row's unit, or percentage points; nothing where it is done or not known.
fn missing(target: &Quota, reached: Option<Decimal>, row: &QuotaRow, lang: Lang) -> String {
    let (Some(whole), Some(reached)) = (target.target(), reached) else { return "-".to_owned() };
    let left = whole.saturating_sub(reached).max(Decimal::ZERO);
    match target {
        Quota::Percent(..) => lang.fill(Say::KindPoints, &[&amount(left)]),
        _ => format!("{}{}", amount(left), row.unit),
    }
}
