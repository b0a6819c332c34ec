//! The text of an xlsx: its sheets one after the other, a line a row.

use std::io::{Cursor, Read, Seek};

use calamine::{DataRef, Dimensions, Reader as _, Xlsx, XlsxError, open_workbook_from_rs};
use chrono::{Datelike as _, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Unread;
use super::cells::{DITTO, MOST_COLUMNS, folded};
use super::xlsx_formats::Shown;
use crate::caught::caught;
use crate::import::unreadable::{Cause, Unreadable};

/// More merged cells than the tables of a notice have.
const MOST_MERGED: usize = 5000;
/// So many empty rows stand as lines of their own, so that lines are numbered as the sheet's rows are; further ones as one.
const MOST_EMPTY: u32 = 1000;
/// Empty cells are put behind short rows up to this many of a sheet.
const MOST_FILLED_UP: usize = 4_000_000;

/// The text of a workbook, and what of it is not read.
///
/// # Errors
/// When it is damaged.
pub(super) fn text(bytes: &[u8]) -> Result<(String, Vec<Unread>), Unreadable> {
    // The library checks much, but not everything that damaged bytes make of a file: a column `ZZZZZZZZ` is more than it counts to.
    caught(|| sheets(bytes)).unwrap_or_else(|_| Err(Unreadable::new(Cause::Damaged)))
}

fn sheets(bytes: &[u8]) -> Result<(String, Vec<Unread>), Unreadable> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: XlsxError| damaged(&error))?;
    let (mut lines, mut unread) = (Vec::new(), Vec::new());
    for name in book.sheet_names() {
        let merged: Vec<Dimensions> = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let Some(sheet) = sheet(&mut book, &name)? else { continue };
        if sheet.beyond {
            unread.push(Unread {
                place: format!("工作表“{name}”"),
                what: "太靠右的单元格没有读入",
                why: "第256栏以后的单元格不像是任务表的；若是任务，请移到前面再读入",
            });
        }
        put(&sheet, merged, &mut lines);
    }
    Ok((lines.join("\n"), unread))
}

fn damaged(_: &XlsxError) -> Unreadable {
    Unreadable::new(Cause::Damaged)
}

/// What stands in the cells of a sheet that are not empty, by row and column from 0.
#[derive(Debug, Default)]
struct Sheet {
    cells: Vec<(u32, usize, String)>,
    /// Cells stand further to the right than any is read.
    beyond: bool,
}

/// The cells of a sheet, one by one: never the rectangle between two far corners, which a few bytes may name. `None`: it holds
/// a chart.
fn sheet<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Result<Option<Sheet>, Unreadable> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(error) => return Err(damaged(&error)),
    };
    let formats: Vec<Shown> =
        reader.styles().iter().map(|style| style.number_format.as_ref().map(Shown::of).unwrap_or_default()).collect();
    let mut sheet = Sheet::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        let text = shown(cell.get_value(), formats.get(style).unwrap_or(&Shown::Plain));
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if text.is_empty() {
            continue;
        }
        if column < MOST_COLUMNS {
            sheet.cells.push((row, column, text));
        } else {
            sheet.beyond = true;
        }
    }
    // A file may give its cells in any order, and one twice: then the last counts, as a spreadsheet shows it.
    sheet.cells.sort_by_key(|(row, column, _)| (*row, *column));
    Ok(Some(sheet))
}

/// Puts a sheet down as lines.
fn put(sheet: &Sheet, mut merged: Vec<Dimensions>, lines: &mut Vec<String>) {
    let columns = || sheet.cells.iter().map(|(_, column, _)| *column);
    let Some((left, right)) = columns().min().zip(columns().max()) else { return };
    let rows = sheet.cells.chunk_by(|one, other| one.0 == other.0);
    let filled_up = rows.clone().count().saturating_mul(right - left + 1) <= MOST_FILLED_UP;
    merged.retain(|cells| cells.end.0 > cells.start.0);
    merged.truncate(MOST_MERGED);
    merged.sort_by_key(|cells| cells.start.0);
    let mut coming = merged.into_iter().peekable();
    let mut open: Vec<Dimensions> = Vec::new();
    let mut next: Option<u32> = None;
    for row in rows {
        let Some(at) = row.first().map(|(at, ..)| *at) else { continue };
        let empty = next.map_or(0, |next| at.saturating_sub(next)).min(MOST_EMPTY);
        lines.extend((0..empty).map(|_| String::new()));
        next = Some(at.saturating_add(1));
        while let Some(cells) = coming.next_if(|cells| cells.start.0 < at) {
            open.push(cells);
        }
        open.retain(|cells| cells.end.0 >= at);
        let last = row.last().map_or(left, |(_, column, _)| *column);
        let mut cells = vec![""; if filled_up { right } else { last } - left + 1];
        for (_, column, text) in row {
            if let Some(cell) = cells.get_mut(column - left) {
                *cell = text;
            }
        }
        for below in &open {
            let column = usize::try_from(below.start.1).ok().and_then(|column| column.checked_sub(left));
            if let Some(cell) = column.and_then(|column| cells.get_mut(column)) {
                // The value of a merged cell stands in its first row alone.
                *cell = DITTO;
            }
        }
        let filled = cells.iter().filter(|cell| !cell.is_empty() && **cell != DITTO).count();
        let cells = cells.join("\t");
        lines.push(match filled {
            // What is merged over whole rows is said in the first of them.
            0 => String::new(),
            // A title stands alone in its row.
            1 if !cells.starts_with('\t') => cells.trim().to_owned(),
            _ => cells,
        });
    }
}

/// A cell as a reader sees it, but for most formats.
fn shown(cell: &DataRef<'_>, format: &Shown) -> String {
    match cell {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => folded(text),
        DataRef::SharedString(text) => folded(text),
        DataRef::Float(value) => number(*value, format),
        DataRef::Int(value) if *format == Shown::Percent => format!("{}%", value.saturating_mul(100)),
        DataRef::Int(value) => format!("{value}{}", words(format)),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(time) => day(time.as_f64()).map(|day| dated(day, format)).unwrap_or_default(),
    }
}

/// A day, or as much of it as is shown: 2025年6月 is kept as its first day.
fn dated(day: NaiveDate, format: &Shown) -> String {
    match format {
        Shown::Month => format!("{}年{}月", day.year(), day.month()),
        Shown::Year => format!("{}年", day.year()),
        _ => day.to_string(),
    }
}

/// A number as a person sees it: spreadsheets keep 15 digits, and write 0.1 + 0.2 with 17; 95% is kept as 0.95.
fn number(value: f64, format: &Shown) -> String {
    let (value, sign) = if *format == Shown::Percent { (value * 100.0, "%") } else { (value, words(format)) };
    match Decimal::from_scientific(&format!("{value:.14e}")) {
        Ok(kept) => format!("{}{sign}", kept.normalize()),
        Err(_) => format!("{value}{sign}"),
    }
}

/// What stands behind a number.
fn words(format: &Shown) -> &str {
    match format {
        Shown::Before(words) => words,
        _ => "",
    }
}

/// The day of a serial number: days since 30 December 1899.
fn day(serial: f64) -> Option<NaiveDate> {
    let days = Decimal::from_f64_retain(serial)?.trunc().to_i64()?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::try_days(days)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_a_sheet_shows_them() {
        let words = Shown::Before("%".to_owned());
        for (value, format, text) in [
            (12.0, Shown::Plain, "12"),
            (97.999_999_999_999_99, Shown::Plain, "98"),
            (0.1 + 0.2, Shown::Plain, "0.3"),
            (0.95, Shown::Percent, "95%"),
            (0.057, Shown::Percent, "5.7%"),
            (95.0, words, "95%"),
            (1e300, Shown::Plain, &format!("{}", 1e300)),
        ] {
            assert_eq!(number(value, &format), text);
        }
    }

    #[test]
    fn a_day_that_is_shown_as_its_month_is_that_month() {
        let day = NaiveDate::from_ymd_opt(2025, 6, 1).unwrap();
        assert_eq!(dated(day, &Shown::Month), "2025年6月");
        assert_eq!(dated(day, &Shown::Year), "2025年");
        assert_eq!(dated(day, &Shown::Plain), "2025-06-01");
    }
}
