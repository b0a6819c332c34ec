//! The same notices as LibreOffice and Chromium save them: docx, xlsx, PDF.

use std::fs;
use std::path::{Path, PathBuf};

use duban::import::read;

use crate::expected;

#[expect(dead_code, reason = "shared with the tests of what is printed, which read more with them")]
#[path = "../print/programs.rs"]
mod programs;

/// A document of `cities` in a folder of its own.
fn copied(name: &str) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/cities").join(name);
    let copy = folder.path().join(name);
    fs::copy(&document, &copy).unwrap();
    (folder, document, copy)
}

fn check(name: &str, saved: &Path, document: &Path) {
    let wrong = expected::wrong(read(name, &fs::read(saved).unwrap(), None), &expected::of(document));
    assert!(wrong.is_empty(), "{}: {}", saved.display(), wrong.join("\n"));
}

/// A text on pages of the usual size, each paragraph a paragraph, as a docx and as a PDF.
#[test]
fn paragraphs_as_libreoffice_saves_them() {
    for name in [
        "01-leaders-lead-and-coop.txt",
        "05-lead-in-brackets.txt",
        "09-brackets-with-deadline.txt",
        "14-labels-in-the-paragraph.txt",
        "21-names-in-brackets.txt",
    ] {
        let (_folder, document, copy) = copied(name);
        // Writer reads a page of the web as running text; a plain text would be typeset like a listing.
        let text = fs::read_to_string(&copy).unwrap();
        let paragraphs: Vec<String> = text.lines().map(|line| format!("<p>{}</p>", line.trim())).collect();
        let paragraphs = paragraphs.join("\n");
        let page = copy.with_extension("html");
        fs::write(
            &page,
            format!("<html><head><meta charset=\"utf-8\"></head><body><p>&nbsp;</p>{paragraphs}</body></html>"),
        )
        .unwrap();
        for to in ["docx:MS Word 2007 XML", "pdf:writer_web_pdf_Export"] {
            let Some(saved) = programs::office(&page, to) else { return };
            check(name, &saved, &document);
        }
    }
}

#[test]
fn tables_as_chromium_prints_them() {
    for name in ["07-bracketed-page.html", "17-tables-with-labels.html"] {
        let (folder, document, copy) = copied(name);
        let ruled = fs::read_to_string(&copy).unwrap().replace(
            "</head>",
            "<style>table{border-collapse:collapse}td,th{border:1px solid black}.index td{border:0}</style></head>",
        );
        fs::write(&copy, ruled).unwrap();
        let saved = folder.path().join("page.pdf");
        let to = format!("--print-to-pdf={}", saved.display());
        let address = format!("file://{}", copy.display());
        let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
        let flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", &profile, &to, &address];
        if programs::run("chromium", &flags).is_none() {
            return;
        }
        check(name, &saved, &document);
    }
}

/// Tables without a line between their cells, as a browser and an office program typeset them.
#[test]
fn tables_without_ruled_lines() {
    let name = "39-table.html";
    let (folder, document, copy) = copied(name);
    let page = fs::read_to_string(&copy).unwrap();
    let bare = page
        .replace("</head>", "<style>td,th{border:0;padding:4px}</style></head>")
        .replace("<table border=1", "<table");
    fs::write(&copy, bare).unwrap();
    let saved = folder.path().join("page.pdf");
    let to = format!("--print-to-pdf={}", saved.display());
    let address = format!("file://{}", copy.display());
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", &profile, &to, &address];
    if programs::run("chromium", &flags).is_some() {
        check(name, &saved, &document);
    }
    let Some(saved) = programs::office(&copy, "pdf:writer_web_pdf_Export") else { return };
    check(name, &saved, &document);
}

#[test]
fn tables_as_libreoffice_saves_them() {
    let name = "17-tables-with-labels.html";
    let (_folder, document, copy) = copied(name);
    let Some(saved) = programs::office(&copy, "docx:MS Word 2007 XML") else { return };
    check(name, &saved, &document);
}

#[test]
fn numbers_that_word_counts_itself() {
    let (folder, ..) = copied("12-no-numbers.csv");
    let page = folder.path().join("list.html");
    let list = "<p>2025年重点工作责任分解</p><ol><li>办学3所。<br>责任单位：市教育局</li><li>修路。<br>责任单位：市交通局</li></ol>";
    fs::write(&page, format!("<html><head><meta charset=\"utf-8\"></head><body>{list}</body></html>")).unwrap();
    for to in ["docx:MS Word 2007 XML", "html"] {
        let Some(saved) = programs::office(&page, to) else { return };
        let reading = read("甲", &fs::read(saved).unwrap(), None).unwrap();
        let told: Vec<String> = reading
            .tasks
            .iter()
            .map(|task| format!("{} {} {}", task.no, task.text, task.lead_units.join(" ")))
            .collect();
        assert_eq!(told, ["1 办学3所。 市教育局", "2 修路。 市交通局"], "{to}");
    }
}

#[test]
fn a_workbook_with_merged_cells() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 3, "2025年重点工作任务分解表", &plain).unwrap();
    for (column, head) in (0..).zip(["序号", "工作任务", "牵头领导", "责任单位"]) {
        sheet.write(1, column, head).unwrap();
    }
    for (row, task) in (2..).zip(["办学3所。", "修路5公里。", "植树。"]) {
        sheet.write(row, 0, row - 1).unwrap();
        sheet.write(row, 1, task).unwrap();
    }
    sheet.merge_range(2, 2, 4, 2, "林一舟", &plain).unwrap();
    sheet.merge_range(2, 3, 3, 3, "市教育局\n市住建局", &plain).unwrap();
    sheet.write(4, 3, "市林业局").unwrap();
    let reading = read("甲.xlsx", &book.save_to_buffer().unwrap(), None).unwrap();
    let told: Vec<String> = reading
        .tasks
        .iter()
        .map(|task| {
            format!(
                "{} {} {} {}>{}",
                task.no,
                task.text,
                task.leaders.join(" "),
                task.lead_units.join(" "),
                task.coop_units.join(" ")
            )
        })
        .collect();
    assert_eq!(
        told,
        ["1 办学3所。 林一舟 市教育局>市住建局", "2 修路5公里。 林一舟 市教育局>市住建局", "3 植树。 林一舟 市林业局>"]
    );
    assert!(reading.findings.is_empty(), "a cell that is merged for certain is no doubt: {:?}", reading.findings);
}

/// A document of a few kilobytes that unpacks to hundreds of megabytes.
#[test]
fn a_package_that_unpacks_without_end_is_refused() {
    use std::io::Write as _;

    for part in ["word/document.xml", "xl/workbook.xml"] {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        for _ in 0..200 {
            zip.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        let bomb = zip.finish().unwrap().into_inner();
        assert!(bomb.len() < 1 << 20);
        assert!(matches!(read("甲", &bomb, None).unwrap_err().what, duban::import::Cause::TooLarge { .. }), "{part}");
    }
}

/// A workbook with a table of quotas: its title is merged over two rows, a figure is shown in percent, and one is kept with the
/// noise of a sum.
fn quotas() -> rust_xlsxwriter::Workbook {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 1, 5, "2025年省民生实事项目任务分解表", &plain).unwrap();
    let heads = ["序号", "事项名称", "全市任务", "东桥区", "西岭县", "牵头单位"];
    for (column, head) in (0..).zip(heads) {
        sheet.write(2, column, head).unwrap();
    }
    let rows =
        [("污水处理率", [0.95, 0.95, 0.95], "市住建局"), ("修路", [97.999_999_999_999_99, 48.0, 50.0], "市交通局")];
    for (row, (name, figures, unit)) in (3..).zip(rows) {
        sheet.write(row, 0, row - 2).unwrap();
        sheet.write(row, 1, name).unwrap();
        for (column, figure) in (2..).zip(figures) {
            let format = if row == 3 { plain.clone().set_num_format("0%") } else { plain.clone() };
            sheet.write_with_format(row, column, figure, &format).unwrap();
        }
        sheet.write(row, 5, unit).unwrap();
    }
    book
}

#[test]
fn figures_and_titles_of_a_workbook_as_it_shows_them() {
    let reading = read("甲.xlsx", &quotas().save_to_buffer().unwrap(), None).unwrap();
    assert_eq!(reading.document.lists[0].title, "2025年省民生实事项目任务分解表");
    let told: Vec<String> = reading
        .rows
        .iter()
        .map(|row| format!("{} {} {:?} {:?}", row.key, row.name, row.total, row.areas[0].quota))
        .collect();
    assert_eq!(
        told,
        ["P1.1 污水处理率 Percent(95, false) Percent(95, false)", "P2.1 修路 Amount(98, None) Amount(48, None)"]
    );
}

/// A note in the last cell of a sheet names a rectangle of seventeen thousand million cells.
#[test]
fn a_note_in_a_far_corner_of_a_workbook_is_told_and_takes_no_room() {
    let mut book = quotas();
    book.worksheet_from_index(0).unwrap().write(1_048_575, 16_383, "某注").unwrap();
    let reading = read("甲.xlsx", &book.save_to_buffer().unwrap(), None).unwrap();
    assert_eq!(reading.rows.len(), 2);
    let open: Vec<&str> = reading.findings.iter().filter(|one| one.is_open()).map(|one| one.what.as_str()).collect();
    assert_eq!(open, ["太靠右的单元格没有读入"]);
}

#[test]
fn a_workbook_with_a_damaged_sheet_is_refused_and_a_chart_is_passed_over() {
    let mut book = quotas();
    book.add_worksheet().write(0, 0, "1.办学。").unwrap();
    let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Column);
    chart.add_series().set_values("Sheet1!$D$5:$E$5");
    book.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    let whole = book.save_to_buffer().unwrap();
    assert_eq!(read("甲.xlsx", &whole, None).unwrap().rows.len(), 2);
    let half = |sheet: String| sheet.chars().take(sheet.chars().count() / 2).collect::<String>();
    // More than a column's number can be.
    let far = |sheet: String| sheet.replace("r=\"A1\"", "r=\"ZZZZZZZZZZ1\"");
    for spoil in [&half as &dyn Fn(String) -> String, &far] {
        let bytes = with_part(&whole, "xl/worksheets/sheet2.xml", spoil);
        assert_eq!(read("甲.xlsx", &bytes, None).unwrap_err().what, duban::import::Cause::Damaged);
    }
}

/// The library makes room for as many texts as a workbook says that it shares; for want of room a process ends.
#[test]
fn a_workbook_that_promises_more_texts_than_it_has_room_for_is_refused() {
    let whole = quotas().save_to_buffer().unwrap();
    for (count, is_read) in [("20", true), ("89999999999", false), ("+89999999999", false), ("1e9", false)] {
        let bytes = with_part(&whole, "xl/sharedStrings.xml", &|part| {
            let (before, rest) = part.split_once("uniqueCount=\"").unwrap();
            let (_, after) = rest.split_once('"').unwrap();
            format!("{before}uniqueCount=\"{count}\"{after}")
        });
        assert_eq!(read("甲.xlsx", &bytes, None).is_ok(), is_read, "{count}");
    }
}

/// A package with one of its parts written anew.
fn with_part(package: &[u8], name: &str, change: &dyn Fn(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    let mut changed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        if part.name().unwrap() == name {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        changed.start_file(part.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut changed, &bytes).unwrap();
    }
    changed.finish().unwrap().into_inner()
}
