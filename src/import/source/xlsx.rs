//! The text of an xlsx: its sheets one after the other, a line a row.

use std::io::Cursor;

use calamine::{Data, Dimensions, Reader as _, Xlsx, open_workbook_from_rs};
use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::cells::{DITTO, MOST_COLUMNS, folded};
use crate::import::unreadable::{Cause, Unreadable};

/// The text of a workbook.
///
/// # Errors
/// When it is damaged.
pub(super) fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let damaged = |_| Unreadable::new(Cause::Damaged);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let mut lines = Vec::new();
    for name in book.sheet_names() {
        // A sheet that holds a chart has no cells.
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let merged: Vec<Dimensions> = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let merged: Vec<Dimensions> =
            merged.into_iter().filter(|cells| cells.end.0 > cells.start.0).take(MOST_MERGED).collect();
        let (top, left) = range.start().unwrap_or_default();
        for (row, at) in range.rows().zip(top..) {
            let mut cells: Vec<String> = row.iter().take(MOST_COLUMNS).map(shown).collect();
            for below in merged.iter().filter(|cells| cells.start.0 < at && at <= cells.end.0) {
                let column = below.start.1.checked_sub(left).and_then(|column| usize::try_from(column).ok());
                if let Some(cell) = column.and_then(|column| cells.get_mut(column)) {
                    // The value of a merged cell stands in its first row alone.
                    DITTO.clone_into(cell);
                }
            }
            let cells = cells.join("\t");
            let filled = cells.split('\t').filter(|cell| !cell.is_empty() && *cell != DITTO).count();
            // A title stands alone in its row.
            lines.push(if filled <= 1 && !cells.starts_with('\t') { cells.trim().to_owned() } else { cells });
        }
    }
    Ok(lines.join("\n"))
}

/// More merged cells than the tables of a notice have.
const MOST_MERGED: usize = 5000;

/// A cell as a reader sees it, but for formats: 0.95 may be shown as 95%.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => folded(text),
        // Shortest decimal that is the number: 12, 0.5.
        Data::Float(value) => value.to_string(),
        Data::Int(value) => value.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(time) => day(time.as_f64()).map(|day| day.to_string()).unwrap_or_default(),
    }
}

/// The day of a serial number: days since 30 December 1899.
fn day(serial: f64) -> Option<NaiveDate> {
    let days = Decimal::from_f64_retain(serial)?.trunc().to_i64()?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::try_days(days)?)
}
