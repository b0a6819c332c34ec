//! Documents of every kind, and the corrections beside them.

use crate::import::{read, seed};
use crate::model::{Actor, BatchId, Ledger};

use super::package::package;
use super::{is_clean, run};

/// Reads, and checks that what was read is a batch that a ledger takes, clean, under keys that can be read. Answers whether it was read.
fn survives(bytes: &[u8], corrections: Option<&str>) -> bool {
    let Ok(reading) = read("甲.txt", bytes, corrections) else { return false };
    let sums = reading.rows.iter().filter_map(crate::model::QuotaRow::sum_check).count();
    assert!(sums <= reading.rows.len());
    let at = chrono::DateTime::<chrono::FixedOffset>::MIN_UTC.into();
    let ledger = Ledger::default();
    let batch = reading.batch(&ledger, BatchId([1; 16]), at).unwrap();
    let commit = ledger.prepare(&Actor { uid: 1, name: String::new() }, &batch).unwrap();
    for change in &commit.changes {
        // Else no later start could read the journal.
        assert_eq!(change.key.to_string().parse().as_ref(), Ok(&change.key));
        assert!(is_clean(&serde_json::to_value(change).unwrap()), "{change:?}");
    }
    true
}

#[test]
fn fuzz_import() {
    // A few: they are of another document, and reading all of them would take most of the time.
    let few = String::from_utf8(own(seed::CORRECTIONS)).unwrap();
    run("import", &corpus(), &PIECES, |bytes| {
        let with = survives(bytes, Some(&few));
        survives(bytes, None) || with
    });
}

#[test]
fn fuzz_corrections() {
    let words = [
        "[[",
        "]]",
        "\"\"\"",
        "line = ",
        "task = ",
        "=",
        "\n",
        "{",
        "}",
        "[",
        "]",
        "'",
        "4294967296",
        "-1",
        "1979-05-27",
        "T48",
        "P17.3",
        "市发改委",
        "\\u202e",
        "true",
        "sure = \"open\"",
        "replace = [[\"区\", \"县\"]]",
        "areas = ",
        "lead = ",
    ];
    let text = corrected(seed::TEXT);
    run("corrections", &[seed::CORRECTIONS.into(), own(seed::CORRECTIONS)], &words, |bytes| {
        std::str::from_utf8(bytes).is_ok_and(|corrections| survives(text.as_bytes(), Some(corrections)))
    });
}

/// The lines of the document that the corrections are about, at their places, and its head: reading the rest takes most of the time.
fn corrected(text: &str) -> String {
    let about: Vec<usize> =
        seed::CORRECTIONS.lines().filter_map(|line| line.strip_prefix("line = ")?.parse().ok()).collect();
    assert!(!about.is_empty());
    let near = |no: usize| no < 40 || about.iter().any(|line| no.abs_diff(*line) < 3);
    let lines = (1..).zip(text.lines()).map(|(no, line)| if near(no) { line } else { "" });
    lines.collect::<Vec<_>>().join("\n")
}

/// A few of the corrections.
fn own(text: &str) -> Vec<u8> {
    text.split("\n\n").take(6).collect::<Vec<_>>().join("\n\n").into_bytes()
}

/// Pieces that mean something to one of the readers.
const PIECES: [&str; 44] = [
    "\t",
    "\n",
    "\n\n",
    "|",
    " | ",
    ",",
    "\"",
    "<td>",
    "</td>",
    "<tr>",
    "<table>",
    "</table>",
    "<td rowspan=3>",
    "<td colspan=99>",
    "<br>",
    "<ol>",
    "<li>",
    "<script>",
    "**",
    "# ",
    "<w:vMerge/>",
    "<w:gridSpan w:val=\"300\"/>",
    "<w:tbl>",
    "<w:p/>",
    "&#x5e02;",
    "&amp;",
    "责任单位：",
    "牵头领导：",
    "（牵头单位：",
    "）",
    "一、",
    "（一）",
    "①",
    "第二部分",
    "序号",
    "工作任务",
    "等部门",
    "（牵头）",
    "东桥镇280 西岭乡15",
    "各县（市、区）政府",
    "2024年",
    "9999999999",
    "分享到",
    "\u{0}",
];

const DOCX: &str = r#"<w:document><w:body><w:p><w:r><w:t>2025年重点工作责任分解</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>办学3所。</w:t></w:r></w:p><w:p><w:r><w:t>责任单位：市教育局</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>工作任务</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>责任单位</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="1"/></w:tcPr><w:p><w:r><w:t>修路</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>市交通局</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
const NUMBERING: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
const PDF: &str = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[6 0 R]>>\nendobj\n3 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>\nendobj\n4 0 obj\n<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>\nendobj\n6 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</Font<</F 3 0 R>>/XObject<</X 8 0 R>>>>>>\nendobj\n7 0 obj\n<</Length 260>>\nstream\nBT /F 16 Tf 92 700 Td <0031FF0E529E5B66FF0E> Tj 0 -20 Td <8D234EFB53554F4DFF1A5E0265598272> Tj ET\n50 600 m 500 600 l S 50 500 m 500 500 l S 50 500 1 100 re f 200 500 1 100 re f 500 500 1 100 re f q 0.5 0 0 0.5 10 10 cm /X Do Q\n[(1) -200 (2)] TJ 1 0 0 1 3 4 Tm T* ' BI /W 1 /H 1 ID 0 EI\nendstream\nendobj\n8 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Length 40>>\nstream\nBT /F 16 Tf 92 700 Td <0031> Tj ET\nendstream\nendobj\ntrailer\n<</Size 9/Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

/// What is mutated: a document of every kind.
fn corpus() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/cities");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|path| path.extension().is_some_and(|end| end != "json"));
    let mut all: Vec<Vec<u8>> = files.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([["序号", "工作任务", "责任单位"], ["1", "办学", "市教育局"], ["2", "修路", ""]])
    {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    all.push(book.save_to_buffer().unwrap());
    all.push(package(&[
        ("word/document.xml".to_owned(), DOCX.into()),
        ("word/numbering.xml".to_owned(), NUMBERING.into()),
    ]));
    all.push(PDF.into());
    all
}
