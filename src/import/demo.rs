//! Made-up progress for demonstrations: the same book always gives the same figures. The caller marks the document as demo.
//!
//! Every item gets a course: where it shall stand at the end of September. Courses are dealt out so that every status occurs;
//! what the office and the units did beside filing is made up in `work`, the figures of targets in `targets`. Filings are due
//! in the last month of a period here, so that on the last day of September it shows who has not filed.

mod dice;
mod figures;
mod targets;
mod words;
mod work;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use self::dice::Dice;
use self::work::Part;
use crate::model::{
    Book, Document, Done, DueMonth, Filing, ItemKey, Key, Period, Quota, QuotaRow, Record, RowKind, Settings, Status,
    Task, Write,
};

/// Where items stand at the end of the third quarter, dealt out in turn.
const COURSES: [Status; 20] = [
    Status::OnTime,
    Status::Ahead,
    Status::Behind,
    Status::Complete,
    Status::Unknown,
    Status::FarBehind,
    Status::Exceeded,
    Status::OnTime,
    Status::NotStarted,
    Status::Behind,
    Status::OnTime,
    Status::Ahead,
    Status::OnTime,
    Status::OnTime,
    Status::Complete,
    Status::OnTime,
    Status::Behind,
    Status::OnTime,
    Status::Unknown,
    Status::Ahead,
];

/// Made-up filings, figures, reviews, requests and chasing for the periods up to the end of September. Figures are cumulative
/// and never fall. The document's filings become due in the last month of a period.
pub fn progress(book: &Book) -> Vec<Write> {
    let document = book.document();
    let periods: Vec<Period> =
        Period::all(document.year, document.settings.span).filter(|period| period.months_elapsed() <= 9).collect();
    let mut maker = Maker { book, periods, writes: Vec::new() };
    maker.due_within_the_period();
    let mut so_far: BTreeMap<Status, usize> = BTreeMap::new();
    for (task, course) in dealt(book.tasks().collect(), |task| task.key) {
        let nth = so_far.entry(course).or_default();
        maker.task(task, course, Part::of(course, *nth));
        *nth += 1;
    }
    let rows = book.rows();
    let (rated, others): (Vec<&QuotaRow>, Vec<&QuotaRow>) =
        rows.into_iter().partition(|row| row.total.target().is_some());
    let mut stops = 0;
    for (row, course) in dealt(rated, |row| row.key) {
        maker.row(row, course);
        // One row in all has ended.
        if course == Status::Behind && stops == 0 && row.kind() == RowKind::Number {
            stops += 1;
            maker.deeds(row.key, Part::Stopped);
        }
    }
    for row in others.into_iter().filter(|row| row.kind() == RowKind::Text) {
        maker.sentence(row);
    }
    maker.writes.sort_by(|a, b| a.key.cmp(&b.key));
    maker.writes
}

/// Deals the courses to items in an order that only their keys decide, so that neighbours differ and the mix is right.
fn dealt<T>(mut items: Vec<&T>, key: impl Fn(&T) -> ItemKey) -> Vec<(&T, Status)> {
    items.sort_by_key(|item| Dice::of(key(item), "order").roll());
    items.into_iter().zip(COURSES.into_iter().cycle()).collect()
}

struct Maker<'a> {
    book: &'a Book<'a>,
    periods: Vec<Period>,
    writes: Vec<Write>,
}

impl Maker<'_> {
    fn write(&mut self, key: Key, record: Record) {
        let base = self.book.ledger().version(&key);
        self.writes.push(Write { key, base, value: Some(record) });
    }

    fn file(&mut self, item: ItemKey, period: Period, filing: Filing) {
        self.write(Key::filing(self.book.id(), item, period), Record::Filing(filing));
    }

    fn due_within_the_period(&mut self) {
        let document = self.book.document();
        let settings = Settings { due_month: DueMonth::Last, ..document.settings.clone() };
        let due = Document { settings, ..document.clone() };
        if due != *document {
            self.write(Key::document(&document.id), Record::Document(Box::new(due)));
        }
    }

    fn task(&mut self, task: &Task, course: Status, part: Part) {
        let mut dice = Dice::of(task.key, "task");
        let margins = self.book.document().settings.thresholds;
        let Some(last) = self.periods.last().copied() else { return };
        // A third of those that did not file now never filed.
        let never = course == Status::Unknown && dice.below(3) == 0;
        let end = figures::goal(course, last.share(), margins, &mut dice);
        let mut path = figures::path(end, &self.periods, 0, &mut dice);
        let before = self.periods.iter().position(|period| *period == last).and_then(|at| at.checked_sub(1));
        if part.is_level_since_the_period_before()
            && let Some(percent) = before.and_then(|at| path.get_mut(at))
        {
            *percent = end;
        }
        for (period, percent) in self.periods.clone().into_iter().zip(path) {
            let nothing = course == Status::Unknown || part.files_nothing_more();
            if never || (nothing && period == last) {
                continue;
            }
            let status = crate::model::Rating::of_percent(percent, period.share(), margins).status;
            let filing = words::filing(task, period, Some(percent), status, &mut dice);
            let review = work::review(task.key, period, period == last, part);
            self.file(task.key, period, Filing { review, ..filing });
            self.reached(task, course, period, percent);
        }
        self.deeds(task.key, part);
    }

    fn row(&mut self, row: &QuotaRow, course: Status) {
        let mut dice = Dice::of(row.key, "row");
        let Some(last) = self.periods.last().copied() else { return };
        let margins = self.book.document().settings.thresholds;
        for (area, ends) in figures::ends(row, course, last.share(), margins, &mut dice) {
            let scale = figures::scale(row);
            let path = match row.total {
                Quota::Percent(..) => figures::slope(ends, &self.periods),
                _ => figures::path(ends, &self.periods, scale, &mut dice),
            };
            // Now and then one area's figure is missing among the others'.
            let forgotten = course == Status::OnTime && dice.below(25) == 0;
            for (period, value) in self.periods.clone().into_iter().zip(path) {
                if period == last && (course == Status::Unknown || forgotten) {
                    continue;
                }
                let key = Key::done(self.book.id(), row.key, &area, period);
                self.write(key, Record::Done(Done { value }));
            }
        }
        for period in self.periods.clone() {
            if period == last && course == Status::Unknown {
                continue;
            }
            let status = if period == last { course } else { Status::OnTime };
            let filing = words::row_filing(row, period, status, &mut dice);
            let review = work::review(row.key, period, period == last, Part::None);
            self.file(row.key, period, Filing { review, ..filing });
        }
    }

    fn sentence(&mut self, row: &QuotaRow) {
        let mut dice = Dice::of(row.key, "sentence");
        for period in self.periods.clone() {
            let filing = words::row_filing(row, period, Status::OnTime, &mut dice);
            let review = work::review(row.key, period, self.periods.last() == Some(&period), Part::None);
            self.file(row.key, period, Filing { review, ..filing });
        }
    }
}

/// A figure that is not negative.
fn at_least_zero(value: Decimal) -> Decimal {
    value.max(Decimal::ZERO)
}
