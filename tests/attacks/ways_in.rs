//! Everything hostile by every way in: what then stands in the journal is looked through. (The screen: screen.rs; a client of one's own on
//! the socket: `store/tests/fields.rs`; a journal by hand: journal.rs.)

use std::fs;
use std::io::Write as _;

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::hostile;
use crate::journal::{hostile as hostile_ledger, wrong_in_journal};
use crate::programs;
use crate::run::Fresh;
use crate::scan::wrong;
use crate::typed::typed;

fn is_clean(fresh: &Fresh) {
    assert_eq!(wrong_in_journal(&fresh.data()), [""; 0]);
}

#[test]
fn arguments_of_the_command_line() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let evil = hostile::argument();
    let evil = evil.as_str();
    let name = hostile::name();
    let name = name.as_str();
    for args in [
        &[
            "file",
            &task,
            "--period",
            "2024Q3",
            "--percent",
            "40",
            "--progress",
            evil,
            "--problems",
            evil,
            "--next",
            evil,
        ][..],
        &["review", &task, "--period", "2024Q3", "--return", evil],
        &["light", &task, "red", evil, "--period", "2024Q3"],
        &["chase", &task, "--period", "2024Q3", "--note", evil],
        &["step", &task, "--add", evil, "--unit", "市财政局"],
        &["step", &task, "1", "--text", evil, "--unit", evil],
        &["target", &task, "--add", "--metric", evil, "--comparator", ">=", "--value", "3", "--unit", evil],
        &["request", &task, "extend", evil, "--until", "2099-12-31"],
        &["decide", &task, "1", "--refuse", evil, "--approver", name],
        &["view", name, "--save", "--light", "red", "--unit", "czj"],
        &[
            "bulletin",
            "2024Q3",
            "--name",
            evil,
            "--number",
            evil,
            "--title",
            evil,
            "--to",
            evil,
            "--opening",
            evil,
            "--next",
            evil,
            "--signature",
            evil,
            "--note",
            evil,
            "--copied-to",
            evil,
            "--printed-by",
            evil,
        ],
        &["unit", "市财政局", "--to", name, "--since", "2024-07-01"],
        &["leader", "徐张艳", "--to", name, "--since", "2024-07-01"],
        &["role", "add", "root", "contact", "--unit", name],
    ] {
        let ran = fresh.command(args).output().unwrap();
        assert_eq!(wrong(&[ran.stdout, ran.stderr].concat()), [""; 0], "{:?} says what was typed", &args[..2]);
    }
    is_clean(&fresh);
    let log = fresh.ok(["log", "--json"]);
    for intent in ["file", "review", "override", "chase", "step", "ask", "decide", "view", "bulletin", "succeed"] {
        assert!(log.contains(&format!("\"intent\": \"{intent}\"")), "{intent} was written");
    }
    assert!(log.matches('恶').count() > 15, "the texts themselves are there");
}

#[test]
fn batches() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let evil = hostile::all();
    for (args, batch) in [
        (
            &["file"][..],
            json!([{ "key": task, "period": "2024Q3", "percent": 40, "progress": evil, "problems": evil, "next": evil }]),
        ),
        (&["review"], json!([{ "key": task, "period": "2024Q3", "return": evil }])),
        (&["light"], json!([{ "key": task, "period": "2024Q3", "light": "red", "reason": evil }])),
        (&["chase"], json!([{ "key": task, "period": "2024Q3", "note": evil }])),
        (&["step"], json!([{ "key": task, "text": evil }])),
        (&["file"], json!([{ "key": evil, (evil.as_str()): evil }])),
        (&["quota"], json!([{ "row": "P17.1", "area": evil, "value": evil, "period": evil }])),
    ] {
        let ran = fresh.batch(args, &batch);
        assert_eq!(wrong(format!("{}{}", ran.out, ran.err).as_bytes()), [""; 0], "{args:?}");
    }
    is_clean(&fresh);
    assert!(fresh.ok(["log", "--json"]).matches('恶').count() >= 5);
}

/// A document of paragraphs: each Chinese comma and each name has everything hostile behind it.
fn document(replace: impl Fn(&str) -> String) -> String {
    let seed =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/cities/01-leaders-lead-and-coop.txt"))
            .unwrap();
    replace(&seed)
}

/// Behind every seventh character, but for line ends.
fn strewn(text: &str, evil: &str) -> String {
    let mut at = 0;
    text.chars()
        .flat_map(|c| {
            at += usize::from(('\u{4e00}'..='\u{9fff}').contains(&c));
            let put = at % 7 == 6 && ('\u{4e00}'..='\u{9fff}').contains(&c);
            std::iter::once(c).chain(if put { evil } else { "" }.chars())
        })
        .collect()
}

/// What may stand in an XML text: its controls are no characters there.
fn for_xml(evil: &str) -> String {
    evil.chars().filter(|c| *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

fn docx(paragraphs: &str) -> Vec<u8> {
    let body: String =
        paragraphs.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect::<Vec<_>>().concat();
    let mut out = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let space = "http://schemas.openxmlformats.org";
    for (name, text) in [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{space}/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{space}/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{space}/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!("<w:document xmlns:w=\"{space}/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"),
        ),
    ] {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// What an import says and writes, of a file with a hostile name and, beside it, what its corrections say.
fn import(ending: &str, bytes: &[u8]) -> (usize, i32) {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let name = format!("通知{}.{ending}", hostile::argument().replace('/', ""));
    // A name of a file holds at most 255 bytes.
    let name: String = name.chars().take(40).chain(format!(".{ending}").chars()).collect();
    let file = fresh.home().join(name);
    fs::write(&file, bytes).unwrap();
    let mut status = -1;
    for args in [&["import"][..], &["import", "--dry-run"], &["import", "--dry-run", "--json"]] {
        let ran = fresh.command(args.iter().map(std::ffi::OsStr::new).chain([file.as_os_str()])).output().unwrap();
        assert_eq!(wrong(&[ran.stdout, ran.stderr].concat()), [""; 0], "{ending} {args:?}");
        status = status.max(ran.status.code().unwrap());
    }
    is_clean(&fresh);
    (fresh.json(["status", "--json"])["documents"].as_array().unwrap().len(), status)
}

#[test]
fn documents_of_every_kind() {
    // A zero byte makes a file no text: that is refused as such.
    let evil = hostile::all().replace('\0', "");
    // A line end of Unicode within a name, and everything else within words.
    let text = document(|seed| strewn(seed, &evil.replace('\u{2028}', "")));
    assert_eq!(import("txt", text.as_bytes()), (2, 0));
    assert_eq!(import("txt", document(|seed| strewn(seed, &evil)).as_bytes()).0, 2);
    let page = |escaped: &dyn Fn(&str) -> String| {
        let lines: String =
            document(escaped).lines().map(|line| format!("<p>{line}</p>\n")).collect::<Vec<_>>().concat();
        format!(
            "<html><head><meta charset=\"utf-8\"><title>{}</title></head><body>{lines}</body></html>",
            escaped("通知")
        )
    };
    let raw = page(&|seed| strewn(seed, &evil));
    assert_eq!(import("html", raw.as_bytes()).0, 2);
    // The same by name and number: they become characters behind every filter of bytes.
    let numbered: String = evil.chars().map(|c| format!("&#{};", u32::from(c))).collect::<Vec<_>>().concat();
    assert_eq!(import("html", page(&|seed| strewn(seed, &numbered)).as_bytes()).0, 2);
    assert_eq!(import("md", document(|seed| strewn(seed, &numbered)).replace('\n', "\n\n").as_bytes()).1 & !3, 0);
    assert_eq!(import("docx", &docx(&document(|seed| strewn(seed, &for_xml(&evil))))).0, 2);
    let escaped: String =
        for_xml(&evil).chars().map(|c| format!("&#x{:X};", u32::from(c))).collect::<Vec<_>>().concat();
    assert_eq!(import("docx", &docx(&document(|seed| strewn(seed, &escaped)))).0, 2);
}

#[test]
fn sheets_and_pages_that_libreoffice_makes_of_them() {
    let evil = for_xml(&hostile::all()).replace('\u{2028}', "");
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let lines: String = document(|seed| strewn(seed, &evil))
        .lines()
        .map(|line| format!("<p>{line}</p>\n"))
        .collect::<Vec<_>>()
        .concat();
    fs::write(&page, format!("<html><head><meta charset=\"utf-8\"></head><body>{lines}</body></html>")).unwrap();
    let Some(pdf) = programs::office(&page, "pdf:writer_web_pdf_Export") else { return };
    import("pdf", &fs::read(pdf).unwrap());
    let csv = folder.path().join("table.csv");
    let seed =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/cities/01-leaders-lead-and-coop.txt"))
            .unwrap();
    let rows: String = strewn(&seed, &evil)
        .lines()
        .map(|line| format!("\"{}\"\n", line.replace('"', "")))
        .collect::<Vec<_>>()
        .concat();
    fs::write(&csv, &rows).unwrap();
    import("csv", rows.as_bytes());
    let Some(xlsx) = programs::office(&csv, "xlsx") else { return };
    import("xlsx", &fs::read(xlsx).unwrap());
}

#[test]
fn corrections_beside_a_document() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    fs::write(fresh.home().join("a.txt"), document(str::to_owned)).unwrap();
    let evil: String = hostile::all().chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect::<Vec<_>>().concat();
    let line = |printed: &str, what: &str| {
        format!("[[line]]\nline = 1\nprinted = \"{printed}\"\nwhat = \"{what}\"\nwhy = \"{what}\"\nsure = \"open\"\n")
    };
    for toml in [
        format!("[[unit]]\nname = \"市财政局{evil}\"\naliases = [\"市财局\"]\n"),
        format!("[[unit]]\nname = \"市财政局\"\naliases = [\"市财局{evil}\"]\n"),
        "[[unit]]\nname = \"市财政局\\n#9 root\"\naliases = [\"市财局\"]\n".to_owned(),
        line(&evil, "疑"),
        line("第一行", &evil),
        line("第一行", "疑"),
        hostile::all(),
    ] {
        fs::write(fresh.home().join("a.toml"), toml).unwrap();
        let ran = fresh.command(["import", "a.txt", "--corrections", "a.toml"]).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{ran:?}");
        assert_eq!(wrong(&[ran.stdout, ran.stderr].concat()), [""; 0]);
    }
    is_clean(&fresh);
}

#[test]
fn filled_in_forms() {
    let fresh = Fresh::new();
    let told = fresh.json(["forms", "out", "2024Q3", "forms", "--unit", "市财政局", "--json"]);
    let file = fresh.home().join("forms").join(told[0]["file"].as_str().unwrap());
    let evil = for_xml(&hostile::all());
    // As a workbook writes what XML has no characters for.
    let coded = "_x001B_]52;c;eA==_x0007__x202E__x0008_";
    let cells: Vec<(u8, String, String)> =
        ["F3", "G3", "H3"].map(|cell| (2, cell.to_owned(), format!("<is><t>{evil}{coded}</t></is>"))).into();
    fs::write(&file, typed(&fs::read(&file).unwrap(), &cells)).unwrap();
    let file = file.to_str().unwrap();
    for args in [
        &["forms", "in", file, "--period", "2024Q3"][..],
        &["forms", "in", file, "--period", "2024Q3", "--json"],
        &["forms", "in", file, "--period", "2024Q3", "--write"],
    ] {
        let ran = fresh.command(args).output().unwrap();
        assert_eq!(wrong(&[ran.stdout, ran.stderr].concat()), [""; 0], "{args:?}");
    }
    is_clean(&fresh);
    assert!(fresh.ok(["log", "--json"]).contains("\"intent\": \"form\""), "the form was read");
}

#[test]
fn backups_and_exports_of_a_hostile_ledger() {
    let fresh = hostile_ledger();
    fresh.ok(["backup", "b.zip"]);
    fresh.ok(["export", "out"]);
    for (from, to) in [("b.zip", "one"), ("out", "two")] {
        fresh.ok(["restore", from, to]);
        for args in [&["list", "--json"][..], &["log", "--json"], &["who", "市"], &["verify"]] {
            let args: Vec<&str> = ["--data", to].iter().chain(args).copied().collect();
            let ran = fresh.command(&args).output().unwrap();
            assert!(ran.status.success(), "{args:?}");
            assert_eq!(wrong(&[ran.stdout, ran.stderr].concat()), [""; 0], "{args:?}");
        }
    }
}
