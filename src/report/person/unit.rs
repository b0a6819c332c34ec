//! A unit's sheet: what it leads, with everything it owes; what it supports, apart.

use std::sync::Arc;

use chrono::NaiveDate;

use super::among;
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Period, QuotaRow, Rating, Task};
use crate::report::bulletin::tables_of;
use crate::report::chase::chase_list;
use crate::report::figures::{done, number, quota};
use crate::report::model::{Cell, Column, Kind, Report};
use crate::report::paper::{Paper, is_behind, light, lights, list, rate, row_title, worst_first};
use crate::report::scope::{For, Scope};
use crate::report::summary::Counts;

/// The sheet of a unit, under any of its spellings.
pub(super) fn sheet(
    book: &Book<'_>,
    of: &For,
    name: &Arc<str>,
    (period, today): (Period, NaiveDate),
    lang: Lang,
) -> Report {
    let scope = Scope::new(book, of);
    let listed = Arc::clone(scope.aliases().name(name));
    let leads = |units: &[Arc<str>]| units.iter().any(|unit| *scope.aliases().name(unit) == listed);
    let (led, helped): (Vec<&Task>, Vec<&Task>) = scope.tasks().partition(|task| leads(&task.lead_units));
    let (rows, helped_rows): (Vec<&QuotaRow>, Vec<&QuotaRow>) =
        scope.rows().into_iter().partition(|row| leads(&row.lead_units));
    let items: Vec<ItemKey> = led.iter().map(|task| task.key).chain(rows.iter().map(|row| row.key)).collect();

    let mut paper = Paper::new(book, lang);
    if led.len() + helped.len() + rows.len() + helped_rows.len() == 0 {
        paper.say(Say::ReportNothing, &[]);
    } else {
        paper.say(Say::KindUnitHead, &[&led.len(), &rows.len(), &helped.len(), &helped_rows.len()]);
    }
    if !items.is_empty() {
        let counts = Counts::new(items.iter().map(|item| scope.rate(*item, period)));
        paper.say(Say::KindUnitLights, &[&lights(lang, &counts)]);
        paper.filing(&scope, &items, (period, today));
        paper.returned(&items, period);
    }
    if !led.is_empty() {
        paper.chapter(lang.say(Say::KindLed));
        paper.led(&scope, &led, (period, today));
        paper.steps(&led, period);
    }
    if !rows.is_empty() {
        paper.chapter(lang.say(Say::KindLedRows));
        paper.blocks.extend(tables_of(book, &rows, period, today, lang));
    }
    let mut behind: Vec<(ItemKey, Rating)> = items.iter().map(|item| (*item, scope.rate(*item, period))).collect();
    behind.retain(|(_, rating)| is_behind(rating));
    behind.sort_by_key(|(item, rating)| (worst_first(rating), *item));
    let chased = among(chase_list(book, &scope, period, today), &items);
    if !behind.is_empty() || !chased.is_empty() || items.iter().any(|item| !paper.asked(*item).is_empty()) {
        paper.chapter(lang.say(Say::KindToDo));
        paper.details(&behind, period);
        paper.requests(&items);
        paper.chased(&chased);
    }
    if helped.len() + helped_rows.len() > 0 {
        paper.chapter(lang.say(Say::KindHelped));
        paper.helped(&scope, &helped, &helped_rows, period);
    }
    let mut lines = vec![lang.fill(Say::KindPeriod, &[&lang.period(period)])];
    let spellings = scope.aliases().spellings(&listed);
    if let [_, others @ ..] = spellings.as_slice()
        && !others.is_empty()
    {
        lines.push(lang.fill(Say::KindAlso, &[&list(lang, others)]));
    }
    paper.report(Kind::Unit, lang.fill(Say::KindUnitTitle, &[&listed]), lines, today)
}

impl Paper<'_> {
    /// The tasks that it leads, with targets and figures, filing state and deadline.
    fn led(&mut self, scope: &Scope<'_>, tasks: &[&Task], (period, today): (Period, NaiveDate)) {
        let lang = self.lang;
        let rows = tasks.iter().map(|task| {
            let rating = scope.rate_task(task, period);
            vec![
                Cell::from(number(self.book, task.key)),
                light(lang, rating),
                task.text.as_str().into(),
                list(lang, &task.leaders).into(),
                self.targets(task.key, period).into(),
                rate(rating),
                lang.filing_state(scope.filing_state(task.key, period, today)).into(),
                self.book.deadline(task.key, period).to_string().into(),
            ]
        });
        let rows = rows.collect();
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::ReportColLight, Column::marks()),
            (Say::ReportColTask, Column::text(5)),
            (Say::ReportColLeaders, Column::text(1)),
            (Say::KindColTargets, Column::text(3)),
            (Say::ReportColRate, Column::figures()),
            (Say::ReportColFiling, Column::marks()),
            (Say::ReportColDeadline, Column::marks()),
        ];
        self.table("", 1, &columns, rows);
    }

    /// The steps of its tasks; one without a day of its own is due with its task.
    fn steps(&mut self, tasks: &[&Task], period: Period) {
        let (book, lang) = (self.book, self.lang);
        let steps = tasks.iter().flat_map(|task| {
            book.steps(task.key).map(move |(no, step, _)| {
                let unit = step.unit.as_ref().map_or_else(|| list(lang, &task.lead_units), ToString::to_string);
                vec![
                    Cell::from(format!("{}.{no}", number(book, task.key))),
                    step.text.as_str().into(),
                    unit.into(),
                    step.deadline.unwrap_or_else(|| book.deadline(task.key, period)).to_string().into(),
                    lang.step_state(step.state).into(),
                ]
            })
        });
        let rows = steps.collect();
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::SheetStep, Column::text(4)),
            (Say::SheetUnit, Column::text(2)),
            (Say::ReportColDeadline, Column::marks()),
            (Say::SheetState, Column::marks()),
        ];
        self.table(lang.say(Say::KindSteps), 1, &columns, rows);
    }

    /// What it supports: whose it is, and how far.
    fn helped(&mut self, scope: &Scope<'_>, tasks: &[&Task], rows: &[&QuotaRow], period: Period) {
        let (book, lang) = (self.book, self.lang);
        let line = |item: ItemKey, text: String, figures: String, lead: &[Arc<str>], rating: Rating| {
            vec![
                Cell::from(number(book, item)),
                light(lang, rating),
                text.into(),
                list(lang, lead).into(),
                figures.into(),
                rate(rating),
            ]
        };
        let tasks = tasks.iter().map(|task| {
            let figures = self.targets(task.key, period);
            line(task.key, task.text.clone(), figures, &task.lead_units, scope.rate_task(task, period))
        });
        let rows = rows.iter().map(|row| {
            let reached = done(book.row_done(row, period), &row.total);
            let figures = format!("{reached}/{}{}", quota(&row.total, lang), row.unit);
            line(row.key, row_title(book, row), figures, &row.lead_units, scope.rate_row(row, period))
        });
        let all = tasks.chain(rows).collect();
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::ReportColLight, Column::marks()),
            (Say::ReportColItem, Column::text(5)),
            (Say::ReportColLead, Column::text(2)),
            (Say::KindColTargets, Column::text(3)),
            (Say::ReportColRate, Column::figures()),
        ];
        self.table("", 1, &columns, all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Key, Record, RequestKind, Step, StepState};
    use crate::report::fixture::{Making, day, id, q};

    #[test]
    fn a_step_without_a_day_is_due_with_its_task_as_it_is_extended() {
        let mut making = Making::new("东城区");
        making.task(1, "修路", "张三", "市交通局");
        let until = NaiveDate::from_ymd_opt(2025, 3, 31);
        making.granted("T1", RequestKind::Extend, q(3), until);
        let step = |deadline| Step { text: "招标".into(), unit: None, deadline, state: StepState::Todo };
        for (no, deadline) in [(1, None), (2, Some(day(11, 1)))] {
            making.put(Key::step(&id(), ItemKey::task(1), no), Record::Step(step(deadline)));
        }
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let unit: Arc<str> = "市交通局".into();
        let of = |period| {
            let report = sheet(&book, &For::Unit(Arc::clone(&unit)), &unit, (period, day(10, 25)), Lang::Zh);
            let table = report.tables().find(|table| table.rows.iter().any(|row| row[1].text == "招标")).unwrap();
            table.rows.iter().map(|row| row[3].text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(of(q(2)), ["2024-12-31", "2024-11-01"]);
        assert_eq!(of(q(3)), ["2025-03-31", "2024-11-01"]);
    }
}
