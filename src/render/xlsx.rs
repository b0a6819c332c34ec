//! XLSX: the text on a sheet of its own, then a sheet a table, with typed cells.

mod charts;
mod figure;
mod height;
mod looks;
mod sheet;

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::looks::Looks;
use super::{RenderError, Tell};
use crate::catalog::Say;
use crate::report::Report;
use crate::report::model::{Block, Table};

/// The report as a file. The same report gives the same bytes.
///
/// # Errors
/// When it has more rows or columns than a sheet, or a cell more characters than one holds.
pub fn render(report: &Report, tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    book(report, tell).map_err(|error| match error {
        XlsxError::RowColumnLimitError | XlsxError::MaxStringLengthExceeded => RenderError::TooMuch(error.to_string()),
        other => RenderError::Library(other.to_string()),
    })
}

fn book(report: &Report, tell: Tell<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No day of now: the file depends on nothing but the report.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&report.title).set_creation_datetime(&made));
    let looks = Looks::new();
    let tables: Vec<(&Table, String)> = named(report);
    let all = tables.len() + 1;
    // The name of a sheet that the program itself may make.
    let mut taken = HashSet::from(["history".to_owned()]);
    let name = sheet::unique(report.lang.say(Say::ReportSheetWords), &mut taken);
    sheet::words(book.add_worksheet(), report, &name, &looks)?;
    tell(1, all);
    for (at, (table, name)) in tables.into_iter().enumerate() {
        let name = sheet::unique(&name, &mut taken);
        sheet::table(book.add_worksheet(), report, table, &name, &looks)?;
        tell(at + 2, all);
    }
    book.save_to_buffer()
}

/// The tables, each with the name of what it stands under: its caption, else the title of its attachment, else the heading.
fn named(report: &Report) -> Vec<(&Table, String)> {
    let mut found = Vec::new();
    let parts = std::iter::once((report.title.as_str(), &report.blocks))
        .chain(report.attachments.iter().map(|one| (one.title.as_str(), &one.blocks)));
    for (title, blocks) in parts {
        let mut over = title;
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Title(text) => over = text,
                Block::Table(table) => {
                    let name = if table.caption.is_empty() { over } else { &table.caption };
                    found.push((table, name.to_owned()));
                }
                _ => {}
            }
        }
    }
    found
}
