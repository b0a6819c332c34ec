//! Whether a contact's record is one that a filing can have written. The faces see to that by `model::entry`; whoever speaks to the
//! host past them is held to the same.

use crate::model::entry::{LONGEST_REASON, LONGEST_TEXT, figure, figure_on, percent, takes_figure};
use crate::model::{Book, Done, Filing, Of, Period, QuotaRow, Record, Request, RequestKind, Step, Write};

/// Whether the write fits its document: a period of its year, a cell that takes a figure, a target that is there, texts of a
/// bearable length. Taking a record away always does.
pub(super) fn fits(book: &Book<'_>, write: &Write) -> bool {
    let Some(record) = &write.value else { return true };
    match (&write.key.of, record) {
        (Of::Filing(item, period), Record::Filing(filing)) => {
            is_period(book, *period) && words(filing) && stated(filing, book.row(*item))
        }
        (Of::Done(row, area, period), Record::Done(Done { value })) => {
            let takes = book.row(*row).is_some_and(|row| takes_figure(row, area).is_ok());
            is_period(book, *period) && takes && figure(*value) == Ok(*value)
        }
        (Of::Actual(item, no, period), Record::Done(Done { value })) => {
            let target = book.target(*item, *no);
            is_period(book, *period) && target.is_some_and(|(target, _)| figure_on(target, *value) == Ok(*value))
        }
        (Of::Step(item, _), Record::Step(Step { text, unit, .. })) => {
            let named = unit.as_ref().is_none_or(|unit| within(unit, LONGEST_REASON));
            book.task(*item).is_some() && reason(text) && named
        }
        (Of::Request(_, _), Record::Request(Request { kind, since, reason: why, until, .. })) => {
            let dated = match kind {
                RequestKind::Extend => until.is_some(),
                RequestKind::Adjust => true,
                RequestKind::Stop | RequestKind::Close => until.is_none(),
            };
            is_period(book, *since) && reason(why) && dated
        }
        _ => false,
    }
}

fn is_period(book: &Book<'_>, period: Period) -> bool {
    let document = book.document();
    Period::all(document.year, document.settings.span).any(|one| one == period)
}

fn words(filing: &Filing) -> bool {
    [&filing.progress, &filing.problems, &filing.next].into_iter().all(|text| within(text, LONGEST_TEXT))
}

/// A percentage is one, and none is stated for a row that is rated on its figures.
fn stated(filing: &Filing, row: Option<&QuotaRow>) -> bool {
    filing
        .percent
        .is_none_or(|stated| percent(stated) == Ok(stated) && row.is_none_or(|row| row.total.target().is_none()))
}

fn reason(text: &str) -> bool {
    !text.trim().is_empty() && within(text, LONGEST_REASON)
}

fn within(text: &str, longest: usize) -> bool {
    text.chars().count() <= longest
}
