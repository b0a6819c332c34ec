//! No bytes make the reader panic, and what it makes of them can be written.
//!
//! `DUBAN_FUZZ=1000000 cargo test --release --test import_panics mutations` goes on for so many inputs; `DUBAN_FUZZ_SEED` begins elsewhere.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::io::{Cursor, Write as _};

use duban::import::{read, seed};
use duban::model::{Actor, BatchId, Ledger};
use proptest::prelude::*;

/// Reads, and checks that what was read is a batch that a ledger takes.
fn survives(bytes: &[u8]) -> bool {
    for corrections in [None, Some(seed::CORRECTIONS)] {
        let Ok(reading) = read("甲.txt", bytes, corrections) else { continue };
        let sums = reading.rows.iter().filter_map(duban::model::QuotaRow::sum_check).count();
        let at = chrono::DateTime::<chrono::FixedOffset>::MIN_UTC.into();
        let ledger = Ledger::default();
        let fits = reading
            .batch(&ledger, BatchId([1; 16]), at)
            .is_some_and(|batch| ledger.prepare(&Actor { uid: 1, name: String::new() }, &batch).is_ok());
        if !fits || sums > reading.rows.len() {
            return false;
        }
    }
    true
}

fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\t",
        "\n",
        "\r\n",
        "1. ",
        "2.",
        "１．",
        "99999.",
        "0.",
        "一、",
        "附件2",
        "牵头市领导：",
        "责任单位:",
        "牵头单位：",
        "配合单位：",
        "完成时限：",
        "2月30日",
        "13月底",
        "2024年",
        "责任分解",
        "序号\t事项分类\t事项名称\t全市任务\t甲区\t牵头单位\t配合单位\n",
        "序号\t项目名称\t工作目标\t全市任务\t牵头单位\n",
        "14.66万",
        "9999999999999999万",
        "≥95%",
        "/",
        "/（无任务）",
        "（",
        "）",
        "、",
        "各县（市、区）政府",
        "市某局",
        " ",
        "　",
        "省",
        "市",
        "甲",
        "。",
        "—3—",
        "抄送：",
        "\u{0}",
        "\u{FEFF}",
        "\u{1B}",
    ]);
    prop::collection::vec(words, 0..120).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(survives(&bytes));
    }

    #[test]
    fn any_words_of_the_field(text in pieces()) {
        let after_a_task = ["2024年重点工作责任分解\n1. 甲。\n牵头市领导：乙\n责任单位：丙\n", &text].concat();
        prop_assert!(survives(after_a_task.as_bytes()));
        prop_assert!(survives(text.as_bytes()));
    }

    #[test]
    fn any_mutation_of_the_seed(cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..300, pieces()), 1..6)) {
        let mut bytes = seed::TEXT.as_bytes().to_vec();
        for (at, len, insert) in cuts {
            let from = at.index(bytes.len());
            let to = (from + len).min(bytes.len());
            bytes.splice(from..to, insert.into_bytes());
        }
        prop_assert!(survives(&bytes));
    }
}

/// A generator of numbers that is the same everywhere: an input can be made again from its seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap()
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end.max(1)
    }
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

fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(out.len() + 1);
        let to = (at + dice.below(40)).min(out.len());
        match dice.below(8) {
            0 => out.truncate(at),
            1 => drop(out.drain(at..to)),
            2 => drop(out.splice(at..at, out[at..to].to_vec())),
            3 => drop(out.splice(at..to, PIECES[dice.below(PIECES.len())].bytes())),
            4 => drop(out.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
            5 if at < out.len() => out[at] = u8::try_from(dice.below(256)).unwrap(),
            6 if at < out.len() => out[at] ^= 1 << dice.below(8),
            _ => {
                let from = dice.below(bytes.len() + 1);
                let piece = bytes[from..(from + dice.below(200)).min(bytes.len())].to_vec();
                drop(out.splice(at..at, piece));
            }
        }
    }
    out
}

/// A package whose parts are whole: damage within them is what their readers see.
fn package(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        out.start_file(*name, plain).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn parts(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            std::io::copy(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

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
    all.push(package(&[("word/document.xml", DOCX.into()), ("word/numbering.xml", NUMBERING.into())]));
    all.push(PDF.into());
    all
}

/// A mutation of a document; of a package sometimes of one of its parts.
fn mutation(original: &[u8], dice: &mut Dice) -> Vec<u8> {
    if !original.starts_with(b"PK") || dice.below(4) == 0 {
        return mutated(original, dice);
    }
    let mut parts = parts(original);
    let at = dice.below(parts.len());
    parts[at].1 = mutated(&parts[at].1, dice);
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    package(&parts)
}

#[test]
fn mutations_of_every_kind_of_file() {
    let number = |name: &str| std::env::var(name).ok().and_then(|count| count.parse::<u64>().ok());
    let (count, first) = (number("DUBAN_FUZZ").unwrap_or(600), number("DUBAN_FUZZ_SEED").unwrap_or(0));
    let corpus = corpus();
    for seed in first..first + count {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let original = &corpus[dice.below(corpus.len())];
        let mut bytes = mutation(original, &mut dice);
        if dice.below(3) == 0 && !original.starts_with(b"PK") {
            bytes = mutated(&bytes, &mut dice);
        }
        // Where the reader panics or hangs, this says on what.
        std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("last-input"), &bytes).unwrap();
        assert!(survives(&bytes), "DUBAN_FUZZ_SEED={seed} DUBAN_FUZZ=1");
    }
}
