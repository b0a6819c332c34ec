//! The tables of a report, comma-separated, in UTF-8 behind a byte order mark (spreadsheets on Windows ask for one).
//!
//! A table is a line with its caption (left out where it has none), a line with the names of its columns, and its rows; an empty line
//! parts it from the next. Head rows are said in one (`评定 / 灯`), a column with parts becomes several (`云山区 / 完成`), and cells
//! that are one on paper are said in each row. Numbers are bare; no cell is taken for a formula.

use super::RenderError;
use super::plain::{clean, heads};
use crate::report::Report;
use crate::report::model::{Cell, Column, Table, Value};
use crate::text::harmless;

/// The report's tables.
///
/// # Errors
/// When the library refuses, which it does not while it writes to memory.
pub fn render(report: &Report) -> Result<Vec<u8>, RenderError> {
    let refused = |error: ::csv::Error| RenderError::Library(error.to_string());
    let tables: Result<Vec<_>, _> = report.tables().map(|one| table(one).map_err(refused)).collect();
    let mut file = "\u{feff}".as_bytes().to_vec();
    file.extend(tables?.join(&b"\n"[..]));
    Ok(file)
}

fn table(table: &Table) -> Result<Vec<u8>, ::csv::Error> {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    if !table.caption.is_empty() {
        writer.write_record([safe(&table.caption)])?;
    }
    let names = heads(table);
    let columns = names.iter().zip(&table.columns).flat_map(|(name, column)| named(name, column));
    writer.write_record(columns)?;
    for row in &table.rows {
        let cells = table.columns.iter().enumerate().flat_map(|(at, column)| worth(row.get(at), column));
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))
}

fn named(name: &str, column: &Column) -> Vec<String> {
    match column.parts.as_slice() {
        [] => vec![safe(name)],
        parts => parts.iter().map(|part| safe(&format!("{name} / {part}"))).collect(),
    }
}

/// A cell for each of the column's parts, whatever the cell holds: no column moves.
fn worth(cell: Option<&Cell>, column: &Column) -> Vec<String> {
    let text = cell.map_or("", |cell| &cell.text);
    let mut cells = match cell.map(|cell| &cell.value) {
        Some(Value::Parts(parts)) if !column.parts.is_empty() => parts.iter().map(single).collect(),
        _ => vec![cell.map_or_else(|| safe(text), single)],
    };
    cells.resize(column.parts.len().max(1), String::new());
    cells
}

fn single(cell: &Cell) -> String {
    match &cell.value {
        // A quotient has no end; what it is worth on paper stands well before this.
        Value::Number(number) => number.round_dp(6).normalize().to_string(),
        _ => safe(&cell.text),
    }
}

fn safe(text: &str) -> String {
    harmless(&clean(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Lang;
    use crate::report::model::{Align, Block, Joined, Kind};

    fn csv(table: Table) -> String {
        let blocks = vec![Block::Table(table.clone()), Block::Table(Table { caption: String::new(), ..table })];
        let report = Report { blocks, ..Report::plain(Lang::Zh, Kind::Matrix, "表") };
        String::from_utf8(render(&report).unwrap()).unwrap()
    }

    #[test]
    fn parts_become_columns_and_joined_cells_are_said_again() {
        let number = |of: i64| Cell::worth(format!("{of}公里"), Value::Number(of.into()));
        let parts = vec!["完成".to_owned(), "目标".to_owned()];
        let table = Table {
            caption: "进度表".into(),
            columns: vec![Column::text(1), Column { align: Align::Right, share: 0, parts }],
            frozen: 1,
            head: vec![Cell::row(["事项", "进度"]), vec![Cell::from("事项").joined(Joined::Above), "云山区".into()]],
            rows: vec![
                vec!["=1+1".into(), Cell::worth("8/12", Value::Parts(vec![number(8), number(12)]))],
                vec![Cell::from("a\u{202e}\tb,\"c\"").joined(Joined::Above), "-".into()],
            ],
        };
        let body = "事项,进度 / 云山区 / 完成,进度 / 云山区 / 目标\n'=1+1,8,12\n\"a b,\"\"c\"\"\",-,\n";
        assert_eq!(csv(table), format!("\u{feff}进度表\n{body}\n{body}"));
    }
}
