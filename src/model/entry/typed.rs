//! A typed figure in the unit that it is kept in, whichever face it is typed into.

use rust_decimal::Decimal;

use super::{earlier_actual, earlier_done, unit_of_cell};
use crate::model::{Book, ItemKey, Period, Quota, QuotaRow};
use crate::text::number::{BadNumber, parse_in_unit};

/// The done figure of a cell, in the cell's unit.
///
/// # Errors
/// What is wrong with it as a number; whether the cell takes it, `put_done` tells.
pub fn typed_done(
    book: &Book<'_>,
    row: &QuotaRow,
    area: &str,
    period: Period,
    text: &str,
) -> Result<Decimal, BadNumber> {
    let kept = book.done(row.key, area, period).map(|(value, _)| value);
    let earlier = earlier_done(book, row.key, area, period).map(|(_, value)| value);
    let known = [row.cell(area).and_then(Quota::target), kept, earlier];
    parse_in_unit(text, unit_of_cell(row, area), known.into_iter().flatten().max())
}

/// What makes a done figure look mistyped. It is asked about, and recorded all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LooksWrong {
    /// Less than an earlier period's figure, though figures are cumulative.
    Lower(Period, Decimal),
    /// More than three times what is asked for: a 万 too many.
    FarAbove(Decimal),
}

/// Whether the done figure of a cell looks mistyped.
pub fn looks_wrong(book: &Book<'_>, row: &QuotaRow, area: &str, period: Period, value: Decimal) -> Option<LooksWrong> {
    if let Some((then, before)) = earlier_done(book, row.key, area, period).filter(|(_, before)| value < *before) {
        return Some(LooksWrong::Lower(then, before));
    }
    let target = row.cell(area)?.target()?;
    // Of nothing everything is more than three times as much.
    let far = !target.is_zero() && value > target.checked_mul(Decimal::from(3))?;
    far.then_some(LooksWrong::FarAbove(target))
}

/// The figure reached on a target, in the target's unit; of a target that is not there as it is typed. A growth may turn out below
/// nothing.
///
/// # Errors
/// What is wrong with it as a number; whether the target takes it, `put_actual` tells.
pub fn typed_actual(book: &Book<'_>, item: ItemKey, no: u16, period: Period, text: &str) -> Result<Decimal, BadNumber> {
    let target = book.target(item, no).map(|(target, _)| target);
    let unit = target.map(|target| target.unit.as_str()).unwrap_or_default();
    let kept = book.actual(item, no, period).map(|(value, _)| value);
    let earlier = earlier_actual(book, item, no, period).map(|(_, value)| value);
    let known = [target.and_then(|target| target.value), kept, earlier].into_iter().flatten().max();
    let fall = target.filter(|target| target.rate).and_then(|_| text.trim().strip_prefix(['-', '－', '−']));
    match fall {
        Some(fall) => parse_in_unit(fall, unit, known).map(|fall| -fall),
        None => parse_in_unit(text, unit, known),
    }
}
