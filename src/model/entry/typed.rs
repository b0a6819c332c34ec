//! A typed figure in the unit that it is kept in, whichever face it is typed into.

use rust_decimal::Decimal;

use super::{earlier_actual, earlier_done, unit_of_cell};
use crate::model::{Book, CITY_TOTAL, ItemKey, Period, Quota, QuotaRow};
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
    let quota = if area == CITY_TOTAL { Some(&row.total) } else { row.quota(area) };
    let kept = book.done(row.key, area, period).map(|(value, _)| value);
    let earlier = earlier_done(book, row.key, area, period).map(|(_, value)| value);
    let known = [quota.and_then(Quota::target), kept, earlier];
    parse_in_unit(text, unit_of_cell(row, area), known.into_iter().flatten().max())
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
