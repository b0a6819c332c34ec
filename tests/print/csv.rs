//! The tables as a program reads them that is not ours.

use duban::render::csv;

use crate::programs::office;
use crate::sample::{hostile, sample};

#[test]
fn every_row_of_every_table_reads_back() {
    let bytes = csv::render(&sample()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    // Three tables: caption and head each, 7, 100 and 60 rows.
    assert_eq!(records.len(), 3 * 2 + 7 + 100 + 60);
    let matrix = records.iter().position(|record| record.get(0) == Some("民生实事进度表")).unwrap();
    let widths: Vec<usize> = records[matrix + 1..].iter().map(::csv::StringRecord::len).collect();
    assert_eq!(widths, vec![2 + 9 * 2 + 1; 61]);
    assert_eq!(records[matrix + 1].get(3), Some("云1县 / 目标"));
    assert_eq!(records[matrix + 2].get(3), Some("53.5"));
}

#[test]
fn a_spreadsheet_computes_nothing_of_hostile_text() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tables.csv");
    std::fs::write(&file, csv::render(&hostile()).unwrap()).unwrap();
    let Some(book) = office(&file, "xlsx") else { return };
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(book).unwrap();
    let sheet = calamine::Reader::sheet_names(&book)[0].clone();
    let formulas = calamine::Reader::worksheet_formula(&mut book, &sheet).unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{formulas:?}");
    let cells = calamine::Reader::worksheet_range(&mut book, &sheet).unwrap();
    assert!(cells.used_cells().any(|(_, _, cell)| cell.to_string().contains("cmd|")), "the text is there");
}
