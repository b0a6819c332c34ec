//! The tables of a report, comma-separated: each under a line with its caption, with an empty line between tables; columns of several
//! figures as several columns. Figures stand as plain decimals, so that programs can count with them.

use super::RenderError;
use super::unfold::unfold;
use crate::report::Report;
use crate::report::model::{Cell, Table, Value};
use crate::text::harmless;

/// Tells spreadsheets that the file is UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The report's tables.
///
/// # Errors
/// When the library refuses.
pub fn render(report: &Report) -> Result<Vec<u8>, RenderError> {
    let mut bytes = Vec::new();
    for (at, table) in report.tables().enumerate() {
        if at > 0 {
            bytes.extend_from_slice(b"\n");
        }
        put(&unfold(table), &mut bytes).map_err(|error| RenderError::Library(error.to_string()))?;
    }
    Ok(bytes)
}

fn put(table: &Table, bytes: &mut Vec<u8>) -> Result<(), csv::Error> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(bytes);
    if !table.caption.is_empty() {
        writer.write_record([harmless(&table.caption).as_ref()])?;
    }
    for row in table.head.iter().chain(&table.rows) {
        writer.write_record(row.iter().map(|cell| plain(cell)))?;
    }
    writer.flush()?;
    Ok(())
}

/// A cell as programs read it: a number without its unit, a text that no spreadsheet takes for a formula.
fn plain(cell: &Cell) -> String {
    match &cell.value {
        Value::Number(value) => value.normalize().to_string(),
        _ => harmless(&cell.text).into_owned(),
    }
}
