//! The workbook: what calamine reads of it, what stands in its parts, and what LibreOffice makes of it.

use std::fs;
use std::io::{Cursor, Read as _};

use calamine::{Data, Range, Reader as _, Xlsx};
use duban::catalog::Lang;
use duban::render::{RenderError, xlsx};
use duban::report::model::{Block, Cell, Chart, Column, Kind, Report, Table, Tone};
use rust_decimal::Decimal;
use tempfile::TempDir;
use zip::ZipArchive;

use crate::programs::{office, pdf_text, run};
use crate::sample::{HOSTILE, hostile, matrix, sample};

fn rendered(report: &Report) -> Vec<u8> {
    xlsx::render(report, &mut |_, _| {}).unwrap()
}

fn of_blocks(blocks: Vec<Block>) -> Report {
    Report { blocks, ..Report::plain(Lang::Zh, Kind::Bulletin, "通报") }
}

fn sheets(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    Xlsx::new(Cursor::new(bytes)).unwrap().worksheets()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let found = sheets(bytes);
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    found.into_iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("{name} is not one of {names:?}")).1
}

/// The parts of the package whose names begin so.
fn parts(bytes: &[u8], beginning: &str) -> Vec<(String, String)> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut text = String::new();
        package.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().filter(|name| name.starts_with(beginning)).map(read).collect()
}

/// The part of the sheet that stands at a place, from 1.
fn part(bytes: &[u8], place: usize) -> String {
    parts(bytes, &format!("xl/worksheets/sheet{place}.xml")).pop().unwrap().1
}

fn text(cell: Option<&Data>) -> &str {
    match cell {
        Some(Data::String(text)) => text,
        other => panic!("{other:?} is no text"),
    }
}

fn number(cell: Option<&Data>) -> f64 {
    match cell {
        Some(Data::Float(number)) => *number,
        other => panic!("{other:?} is no number"),
    }
}

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
}

#[test]
fn cells_have_types_and_heads_are_one_where_they_are_one() {
    let bytes = rendered(&sample());
    let table = sheet(&bytes, "重点工作进展表");
    assert_eq!(text(table.get((0, 0))), "重点工作进展表");
    assert_eq!([0, 3, 5].map(|at| text(table.get((1, at)))), ["序号", "评定", "进度"]);
    assert_eq!([3, 4, 5, 6, 7].map(|at| text(table.get((2, at)))), ["灯", "状态", "目标", "完成", "%"]);
    assert_eq!([0, 3, 4].map(|at| text(table.get((3, at)))), ["1", "绿", "按序时推进"]);
    near(number(table.get((3, 5))), 1200.5);
    near(number(table.get((3, 6))), 300.0);
    near(number(table.get((3, 7))), 0.25);
    let (_, merged) = parts(&bytes, "xl/worksheets/sheet2.xml").pop().unwrap();
    for range in ["A2:A3", "D2:E2", "F2:H2", "B4:B6"] {
        assert!(merged.contains(&format!("<mergeCell ref=\"{range}\"/>")), "{range}");
    }
}

#[test]
fn a_column_of_parts_becomes_columns_of_numbers() {
    let report = of_blocks(vec![Block::Table(matrix(9, 4))]);
    let table = sheet(&rendered(&report), "民生实事进度表");
    assert_eq!([0, 1, 2, 4, 20].map(|at| text(table.get((1, at)))), ["序号", "事项", "云1县", "云2县", "牵头单位"]);
    assert_eq!([2, 3, 18, 19].map(|at| text(table.get((2, at)))), ["完成", "目标", "完成", "目标"]);
    near(number(table.get((4, 4))), 2.0);
    near(number(table.get((4, 5))), 53.5);
    assert_eq!(text(table.get((4, 20))), "市住建局");
}

#[test]
fn sheets_are_set_up_to_be_read_and_printed() {
    let bytes = rendered(&sample());
    let (_, workbook) = parts(&bytes, "xl/workbook.xml").pop().unwrap();
    assert!(workbook.contains("_xlnm.Print_Titles") && workbook.contains("$1:$3"), "{workbook}");
    assert!(workbook.contains("_xlnm.Print_Area"), "{workbook}");
    let table = part(&bytes, 2);
    // The caption and two rows of heads stay, and the columns that name the row as far as they leave room.
    assert!(table.contains("ySplit=\"3\"") && table.contains("state=\"frozen\""), "{table}");
    for wanted in ["xSplit=\"", "paperSize=\"9\"", "orientation=\"landscape\"", "fitToHeight=\"0\"", "&amp;P"] {
        assert!(table.contains(wanted), "{wanted}");
    }
    assert!(table.contains("#1284 9f86d081884c"), "the mark stands in the foot");
    // The words of the lights carry their colours: four conditions on their column and nothing on the text.
    assert_eq!(table.matches("<cfRule ").count(), 4);
    for light in ["绿", "黄", "红", "灰"] {
        assert!(table.contains(&format!("<formula>\"{light}\"</formula>")), "{light}");
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let bytes = rendered(&sample());
    assert!(bytes == rendered(&sample()));
    // Nothing tells when it was made, in the package or in its parts.
    let mut package = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
    for at in 0..package.len() {
        let made = package.by_index(at).unwrap().last_modified();
        assert!(made.is_none_or(|made| made.year() == 1980), "{made:?}");
    }
    let (_, about) = parts(&bytes, "docProps/core.xml").pop().unwrap();
    assert_eq!(about.matches("2000-01-01T00:00:00Z").count(), 2, "{about}");
}

/// Every cell's text or number, by sheet and place; numbers to nine digits.
fn cells(bytes: &[u8]) -> Vec<String> {
    let of_sheet = |(name, range): (String, Range<Data>)| {
        let (top, left) = range.start().unwrap_or_default();
        let used: Vec<String> = range
            .used_cells()
            .map(|(row, column, data)| {
                let at = (row + top as usize, column + left as usize);
                match data {
                    Data::Float(number) => format!("{name} {at:?} {number:.9}"),
                    Data::Int(number) => format!("{name} {at:?} {number}.000000000"),
                    other => format!("{name} {at:?} {other}"),
                }
            })
            // What is empty to a reader may be written or not.
            .filter(|cell| !cell.trim_end().ends_with(')'))
            .collect();
        used
    };
    sheets(bytes).into_iter().flat_map(of_sheet).collect()
}

#[test]
fn libreoffice_reads_the_same_cells() {
    let folder = TempDir::new().unwrap();
    let bytes = rendered(&sample());
    let file = folder.path().join("report.xlsx");
    fs::write(&file, &bytes).unwrap();
    // To ODS and back, so that nothing of ours is simply kept.
    let Some(other) = office(&file, "ods") else { return };
    fs::remove_file(&file).unwrap();
    let back = office(&other, "xlsx").unwrap();
    let (ours, theirs) = (cells(&bytes), cells(&fs::read(back).unwrap()));
    assert!(ours.len() > 1_000, "{}", ours.len());
    let lost: Vec<&String> = ours.iter().filter(|cell| !theirs.contains(cell)).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn libreoffice_prints_heads_on_every_page_and_figures_as_the_report_has_them() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.xlsx");
    fs::write(&file, rendered(&sample())).unwrap();
    let Some(pdf) = office(&file, "pdf") else { return };
    let Some(said) = pdf_text(&pdf) else { return };
    let pages: Vec<&str> = said.split('\u{c}').collect();
    let of_table: Vec<&&str> = pages.iter().filter(|page| page.contains("云溪幼儿园")).collect();
    assert!(of_table.len() > 2, "{} pages", of_table.len());
    for page in of_table {
        assert!(page.contains("序号") && page.contains("评定") && page.contains("状态"), "{page}");
        assert!(page.contains("#1284 9f86d081884c"), "the mark stands on every page: {page}");
    }
    let words: Vec<&str> = said.split_whitespace().collect();
    for figure in ["1200.5", "300", "25.0%"] {
        assert!(words.iter().filter(|word| **word == figure).count() >= 107, "{figure}");
    }
    assert!(!words.contains(&"300."), "a whole number has no point");
    let Some(info) = run("pdfinfo", &["-l", "99", &pdf.display().to_string()]) else { return };
    let info = String::from_utf8(info.stdout).unwrap();
    let sizes: Vec<&str> = info.lines().filter(|line| line.ends_with("(A4)")).collect();
    assert_eq!(sizes.len(), info.matches(" pts ").count(), "all are A4: {info}");
    assert!(sizes[0].contains("595.3 x") || sizes[0].contains("595.304 x"), "{info}");
    assert!(sizes.last().unwrap().contains("841.89 x"), "{info}");
    // The figures of the charts stand beside the text and are not printed on pages of their own.
    assert!(pages.iter().take_while(|page| !page.contains("序号")).count() <= 4, "{said}");
}

#[test]
fn everything_that_is_said_is_printed_not_only_the_first_line() {
    let report = sample();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.xlsx");
    fs::write(&file, rendered(&report)).unwrap();
    let Some(pdf) = office(&file, "pdf") else { return };
    // The lines in the order of reading: what a cell hides is not among them.
    let Some(said) = run("pdftotext", &["-enc", "UTF-8", &pdf.display().to_string(), "-"]) else { return };
    let said: String = String::from_utf8(said.stdout).unwrap().split_whitespace().collect();
    for block in &report.blocks {
        if let Block::Paragraph(text) = block {
            assert!(said.contains(&text.replace(' ', "")), "{text}");
        }
    }
    assert!(said.matches("完成“一老一小”服务体系建设").count() >= 107, "the last line of every task");
}

#[test]
fn charts_lie_from_the_left_and_have_the_first_bar_on_top() {
    let charts = parts(&rendered(&sample()), "xl/charts/chart");
    assert_eq!(charts.len(), 2);
    for (name, chart) in charts {
        let (of_names, of_values) = chart.split_once("<c:valAx>").unwrap();
        let of_names = of_names.split("<c:catAx>").nth(1).unwrap();
        assert!(of_names.contains("<c:orientation val=\"maxMin\"/>"), "{name}: {chart}");
        assert!(of_values.contains("<c:orientation val=\"minMax\"/>"), "{name}: {chart}");
        assert!(of_values.contains("<c:max val=\"") && of_values.contains("<c:min val=\"0\"/>"), "{name}: {chart}");
    }
}

#[test]
fn no_text_becomes_a_formula_a_link_or_broken_xml() {
    let mut report = hostile();
    report.blocks.push(Block::Chart(Chart {
        caption: "=Secret!$A$1".into(),
        bars: vec![duban::report::model::Bar {
            label: "=A1".into(),
            parts: vec![(Tone::Red, Decimal::ONE), (Tone::Green, Decimal::TWO)],
            figure: "@x".into(),
        }],
        full: Decimal::ONE_HUNDRED,
        reference: None,
        legend: vec![(Tone::Red, "=cmd|'/c calc'!A1".into()), (Tone::Green, "=Secret!$B$2".into())],
    }));
    let bytes = rendered(&report);
    for (name, text) in parts(&bytes, "xl/") {
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{fffe}', '\u{200b}']), "{name}");
        if name.contains("worksheets/sheet") {
            assert!(!text.contains("<f>") && !text.contains("<f "), "{name}");
            assert!(!text.contains("<hyperlink"), "{name}");
        }
        // What charts refer to are cells of the book.
        for reference in text.split("<c:f>").skip(1) {
            let reference = reference.split('<').next().unwrap();
            let (of, cell) = reference.rsplit_once('!').unwrap_or_else(|| panic!("{reference}"));
            assert_eq!(of, "正文", "{reference}");
            assert!(cell.starts_with('$'), "{reference}");
        }
    }
    let all = cells(&bytes).join("\n");
    assert!(all.contains("=cmd|'/c calc'!A1") && all.contains("<script>alert(1)</script>"));
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("hostile.xlsx");
    fs::write(&file, &bytes).unwrap();
    let Some(pdf) = office(&file, "pdf") else { return };
    let Some(said) = pdf_text(&pdf) else { return };
    assert!(said.contains("<script>alert(1)</script>") && said.contains("@SUM(A1:A9)"));
}

#[test]
fn names_of_sheets_are_allowed_and_differ() {
    let table = |name: &str| {
        Block::Table(Table {
            caption: name.into(),
            columns: vec![Column::text(1)],
            head: vec![Cell::row(["甲"])],
            rows: vec![Cell::row(["乙"])],
            ..Table::default()
        })
    };
    let long = "长".repeat(80);
    let names = [
        "History",
        "a/b\\c[d]:*?",
        "'x'",
        "'",
        "表",
        "表",
        &long,
        &long,
        HOSTILE[0],
        "\u{202e}",
        "𠮷".repeat(40).as_str(),
    ]
    .map(table)
    .to_vec();
    let found = sheets(&rendered(&of_blocks(names)));
    let mut names: Vec<String> = found.into_iter().map(|(name, _)| name.to_lowercase()).collect();
    for name in &names {
        assert!((1..=31).contains(&name.encode_utf16().count()), "{name}");
        assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']) && name != "history", "{name}");
        assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name}");
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 12, "{names:?}");
}

#[test]
fn what_a_sheet_cannot_hold_is_refused_and_long_words_are_split() {
    let wide = Table {
        columns: vec![Column::text(1); 16_385],
        head: vec![Cell::row(vec!["甲"; 16_385])],
        rows: Vec::new(),
        ..Table::default()
    };
    let long = Table {
        columns: vec![Column::text(1)],
        head: vec![Cell::row(["甲"])],
        rows: vec![Cell::row(["长".repeat(32_768)])],
        ..Table::default()
    };
    for table in [wide, long] {
        let refused = xlsx::render(&of_blocks(vec![Block::Table(table)]), &mut |_, _| {});
        assert!(matches!(refused, Err(RenderError::TooMuch(_))), "{refused:?}");
    }
    let said = "督查督办，一抓到底。".repeat(4_000);
    let words = sheet(&rendered(&of_blocks(vec![Block::Paragraph(said.clone())])), "正文");
    let rows: Vec<&str> = words.rows().map(|row| text(row.first())).collect();
    assert_eq!(rows[1..].concat(), said);
    assert!(rows.iter().all(|row| row.chars().count() <= 1_000));
}

#[test]
fn who_printed_and_when_stand_each_by_itself() {
    let line = |by: &str, on: &str| {
        let mut report = sample();
        (report.colophon.printed_by, report.colophon.printed_on) = (by.into(), on.into());
        let first = sheets(&rendered(&report)).remove(0).1;
        let texts: Vec<String> = first.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
        texts.into_iter().find(|text| text.starts_with("政府办") || text.contains("印发"))
    };
    assert_eq!(line("政府办", "10月28日").as_deref(), Some("政府办　10月28日印发"));
    assert_eq!(line("", "10月28日").as_deref(), Some("10月28日印发"));
    assert_eq!(line("政府办", "").as_deref(), Some("政府办"));
    assert_eq!(line("", ""), None);
}
