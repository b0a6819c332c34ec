//! 民生实事 as a matrix: each quota row with the city's figures and every area's.

use chrono::NaiveDate;

use super::bulletin::row_tables;
use super::figures::{amount, number, with_unit};
use super::model::{Cell, Kind, Report, Value};
use super::paper::Paper;
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Period, Quota};

/// The matrix of livelihood quotas, of everything or of what falls on somebody; below it the sums that differ from the printed total.
pub fn matrix(book: &Book<'_>, of: &For, period: Period, today: NaiveDate, lang: Lang) -> Report {
    let mut paper = Paper::new(book, lang);
    paper.blocks = row_tables(book, of, period, today, lang);
    if paper.blocks.is_empty() {
        paper.say(Say::ReportNothing, &[]);
    }
    for row in Scope::new(book, of).rows() {
        if let Some(sums) = row.sum_check().filter(|sums| !sums.agrees()) {
            let apart = sums.sum.saturating_sub(sums.total).abs();
            let figures = [sums.total, sums.sum, apart].map(|figure| with_unit(&amount(figure), row));
            let [total, sum, apart] = &figures;
            paper.note(Say::KindSum, &[&number(book, row.key), total, sum, apart]);
        }
    }
    let title = lang.fill(Say::KindMatrixTitle, &[&lang.period(period)]);
    paper.report(Kind::Matrix, title, super::person::for_whom(of, lang), today)
}

/// A quota with what it is worth to a workbook.
pub(super) fn worth(text: String, quota: &Quota) -> Cell {
    match quota {
        Quota::Amount(value, None) => Cell::worth(text, Value::Number(*value)),
        Quota::Percent(value, false) => Cell::worth(text, Value::Percent(*value)),
        _ => text.into(),
    }
}
