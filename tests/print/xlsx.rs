//! Workbooks, read back by another library and by LibreOffice.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use duban::render::xlsx;
use duban::report::Report;
use duban::report::model::{Block, Cell, Table};

use crate::programs::{office, pdf_text};
use crate::sample::{HOSTILE, hostile, sample};

fn written(report: &Report) -> Vec<u8> {
    xlsx::render(report, &mut |_, _| ()).unwrap()
}

fn opened(report: &Report) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(written(report))).unwrap()
}

/// A part of the file, as XML.
fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The cells of a sheet by row; rows of nothing but blanks too.
fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: usize) -> Vec<Vec<Data>> {
    let name = book.sheet_names()[sheet].clone();
    book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn cells_have_their_types_and_merged_ones_say_their_text_once() {
    let mut book = opened(&sample());
    assert_eq!(book.sheet_names().len(), 1 + 3, "the text, and three tables");
    let rows = rows(&mut book, 1);
    assert_eq!(rows[0][0], Data::String("重点工作进展表".into()));
    // Caption, two rows of heads, then seven rows.
    assert_eq!(rows.len(), 1 + 2 + 7);
    for (at, row) in rows[3..].iter().enumerate() {
        assert_eq!(row[0], Data::String((at + 1).to_string()), "a number of an item is no amount");
        assert_eq!(row[1] == Data::Empty, at % 3 != 0, "a category stands in the first of its rows");
        assert_eq!(row[5..], [Data::Float(1200.5), Data::Float(300.0), Data::Float(0.25)]);
    }
}

#[test]
fn a_short_cell_of_several_figures_becomes_columns_that_add_up() {
    let mut book = opened(&sample());
    let rows = rows(&mut book, 3);
    // Number, item, nine areas with done and quota, unit.
    assert_eq!(rows[1].len(), 2 + 9 * 2 + 1);
    let done: f64 = rows.iter().filter_map(|row| if let Data::Float(done) = row[2] { Some(done) } else { None }).sum();
    assert!((done - f64::from((0..60).sum::<i32>())).abs() < 1e-9, "{done}");
    assert_eq!(rows.last().unwrap()[3], Data::Float(53.5));
}

#[test]
fn heads_stand_still_and_are_printed_again_and_lights_have_their_colours() {
    let file = written(&sample());
    let sheet = part(&file, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains(r#"<pane xSplit="3" ySplit="3" topLeftCell="D4""#), "{sheet}");
    let rule = |word: &str| sheet.contains(&format!(r#"operator="equal"><formula>"{word}"</formula>"#));
    assert!(["红", "黄", "绿", "灰"].into_iter().all(rule), "{sheet}");
    assert!(sheet.contains(r#"paperSize="9" orientation="landscape""#) || sheet.contains(r#"paperSize="9""#));
    let names = part(&file, "xl/workbook.xml");
    assert!(names.contains("_xlnm.Print_Titles") && names.contains("$1:$3"), "{names}");
    assert!(names.contains("_xlnm.Print_Area") && names.contains("$A$1:$H$10"), "{names}");
}

#[test]
fn hostile_text_is_text() {
    let file = written(&hostile());
    let mut book = opened(&hostile());
    let found = rows(&mut book, 1);
    for (row, text) in found[2..].iter().zip(HOSTILE) {
        let Data::String(shown) = &row[0] else { panic!("{row:?}") };
        assert!(!shown.chars().any(|c| c == '\u{202e}' || (c.is_control() && c != '\n')), "{shown:?}");
        assert_eq!(shown.starts_with('='), text.starts_with('='), "what it says is said");
    }
    for at in 1..=book.sheet_names().len() {
        let sheet = part(&file, &format!("xl/worksheets/sheet{at}.xml"));
        assert!(!sheet.contains("<f>"), "no cell is a formula");
        assert!(!sheet.contains("<hyperlink"));
    }
}

#[test]
fn a_text_beyond_what_a_cell_holds_is_cut_with_a_mark_and_never_within_a_character() {
    let table = |text: String| {
        let mut report = sample();
        report.attachments.clear();
        report.blocks = vec![Block::Table(Table {
            caption: String::new(),
            columns: vec![duban::report::model::Column::text(1)],
            frozen: 0,
            head: vec![Cell::row(["文"])],
            rows: vec![vec![Cell::from(text)]],
        })];
        report
    };
    // Beyond the first plane a character counts twice.
    for (sign, kept) in [('督', 32_000), ('𠮷', 16_000)] {
        let mut book = opened(&table(sign.to_string().repeat(40_000)));
        let found = rows(&mut book, 1);
        let Data::String(text) = &found[1][0] else { panic!() };
        assert_eq!(text.chars().count(), kept + 1);
        assert!(text.ends_with('…'));
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(written(&sample()), written(&sample()));
}

#[test]
fn libreoffice_prints_the_tables_with_their_heads_on_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sample.xlsx");
    std::fs::write(&file, written(&sample())).unwrap();
    let Some(pdf) = office(&file, "pdf") else { return };
    let Some(pages) = pdf_text(&pdf) else { return };
    let of_table: Vec<&str> = pages.split('\u{c}').filter(|page| page.contains("云溪幼儿园")).collect();
    assert!(of_table.len() > 2, "a hundred rows take several pages: {}", of_table.len());
    for page in of_table {
        let flat: String = page.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(flat.contains("序号") && flat.contains("事项"), "{page}");
        assert!(flat.contains('—') && flat.contains("#12849f86d081884c"), "{page}");
    }
}
