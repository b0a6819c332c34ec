//! Import, export, report, demo: what goes out to files and comes in from them.

use std::path::Path;

use crate::run::Fresh;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/quzhou-2024.txt");

#[test]
fn a_dry_run_shows_what_would_be_read_and_makes_no_ledger() {
    let fresh = Fresh::new();
    let view = fresh.json(["import", "--dry-run", "--json", SEED]);
    assert_eq!(view["tasks"].as_array().unwrap().len(), 130);
    assert_eq!(view["quota_rows"].as_array().unwrap().len(), 53);
    assert_eq!(view["number"], "衢政办发〔2024〕10号");
    let open = view["doubts"].as_array().unwrap().iter().filter(|one| one["open"] == true).count();
    assert_eq!(open, 2);
    assert!(!fresh.data().exists());
}

#[test]
fn what_is_in_the_ledger_already_is_not_read_again() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    fresh.ok(["import", SEED]);
    assert_eq!(fresh.head(), 1);
}

#[test]
fn what_is_no_notice_is_refused_and_nothing_is_written() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    for (name, bytes) in [
        ("empty.txt", &b""[..]),
        ("binary.txt", b"\x00\x01"),
        ("gbk.txt", b"\xc8\xce\xce\xf1"),
        ("other.txt", b"hello\n"),
    ] {
        std::fs::write(fresh.home().join(name), bytes).unwrap();
        let ran = fresh.fails(2, ["import", name]);
        assert!(ran.err.contains(name), "{ran:?}");
    }
    fresh.fails(2, ["import", "missing.txt"]);
    assert_eq!(fresh.head(), 1);
}

#[test]
fn a_refusal_says_what_the_file_is_and_what_to_do() {
    let fresh = Fresh::new();
    for (name, bytes, what) in [
        ("scan.pdf", &b"\x89PNG\r\n\x1a\n\0"[..], "PNG"),
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0", "docx"),
        ("letter.rtf", b"{\\rtf1\\ansi hello}", "RTF"),
        ("damaged.pdf", b"%PDF-1.7\nnothing", "损坏"),
        ("damaged.docx", b"PK\x03\x04nothing", "损坏"),
    ] {
        std::fs::write(fresh.home().join(name), bytes).unwrap();
        let ran = fresh.fails(2, ["import", name]);
        assert!(ran.err.contains(what) && ran.err.lines().count() >= 2, "{name}: {ran:?}");
    }
    // A file of 3 GB that takes no room: refused by its size, before it is read.
    let huge = std::fs::File::create(fresh.home().join("huge.txt")).unwrap();
    huge.set_len(3 << 30).unwrap();
    assert!(fresh.fails(2, ["import", "huge.txt"]).err.contains("3221225472"));
}

#[test]
fn a_layout_can_be_named() {
    let fresh = Fresh::new();
    let notice = "2025年重点工作责任分解\n1.办学。\n责任单位：市教育局\n序号\t工作任务\t责任单位\n1\t修路\t市交通局\n";
    std::fs::write(fresh.home().join("notice.txt"), notice).unwrap();
    let tasks = |layout: &str| {
        let view = fresh.json(["import", "--dry-run", "--json", "--layout", layout, "notice.txt"]);
        let texts = view["tasks"].as_array().unwrap().iter().map(|task| task["text"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(tasks("auto"), ["办学。", "修路"]);
    assert_eq!(tasks("labels"), ["办学。"]);
    assert_eq!(tasks("table"), ["修路"]);
    assert!(fresh.fails(2, ["import", "--layout", "quotas", "notice.txt"]).err.contains("quotas"));
    assert!(fresh.ok(["import", "--dry-run", "notice.txt"]).contains("版式：编号段落加标签行；任务表"));
}

#[test]
fn an_export_holds_everything_and_never_writes_over_anything() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", "已开工"]);
    fresh.ok(["export", "out"]);
    let out = fresh.home().join("out");
    let records = std::fs::read_to_string(out.join("records.jsonl")).unwrap();
    let keys: Vec<String> = records
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["key"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(keys.len() as u64, fresh.json(["status", "--json"])["records"].as_u64().unwrap());
    assert!(keys.contains(&"quzhou-2024/T5@2024Q3".to_owned()));
    let same = |name: &Path| std::fs::read(out.join(name)).unwrap() == std::fs::read(fresh.data().join(name)).unwrap();
    for entry in std::fs::read_dir(fresh.data().join("originals")).unwrap() {
        assert!(same(&Path::new("originals").join(entry.unwrap().file_name())));
    }
    let history = std::fs::read_to_string(out.join("history/000001.jsonl")).unwrap();
    assert_eq!(history.lines().count() as u64, fresh.head());
    let mut tasks = csv::Reader::from_path(out.join("csv/tasks.csv")).unwrap();
    assert_eq!(tasks.records().map(Result::unwrap).count(), 130);
    let ran = fresh.fails(2, ["export", "out"]);
    assert!(ran.err.contains("out"), "{ran:?}");
}

#[test]
fn the_bulletin_is_paged_text() {
    let fresh = Fresh::new();
    let text = fresh.ok(["report", "2024Q3"]);
    assert!(text.contains("总体情况") && text.contains("民生实事") && text.contains("填报情况"));
    for page in text.split('\u{c}') {
        assert!(page.lines().count() <= 22, "{page}");
        assert!(page.lines().all(|line| duban::text::width(line) <= 56), "{page}");
    }
    let narrowed = fresh.ok(["report", "2024Q3", "--for", "leader：郑河江"]);
    assert!(narrowed.contains("郑河江") && narrowed.len() < text.len());
}

#[test]
fn a_bulletin_is_saved_once() {
    let fresh = Fresh::new();
    fresh.ok(["report", "2024Q3", "-o", "通报.txt"]);
    let saved = std::fs::read_to_string(fresh.home().join("通报.txt")).unwrap();
    assert_eq!(saved, fresh.ok(["report", "2024Q3"]));
    fresh.fails(2, ["report", "2024Q3", "-o", "通报.txt"]);
}

#[test]
fn the_files_name_says_the_format_and_one_that_cannot_be_written_is_refused() {
    let fresh = Fresh::new();
    fresh.ok(["report", "2024Q3", "-o", "通报.json"]);
    let saved = std::fs::read(fresh.home().join("通报.json")).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&saved).unwrap()["tasks"].is_array());
    let refused = fresh.fails(2, ["report", "2024Q3", "-o", "通报.odt"]);
    assert!(refused.err.contains("odt") && refused.err.contains(".docx"), "{refused:?}");
    assert!(!fresh.home().join("通报.odt").exists());
    fresh.ok(["report", "2024Q3", "-o", "通报.prn", "--format", "txt"]);
}

#[test]
fn a_demo_is_marked_and_leaves_nothing_behind() {
    let fresh = Fresh::new();
    let ran = fresh.run(["--demo", "list", "--light", "red"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("演示数据"), "{ran:?}");
    assert!(fresh.ok(["--demo", "report", "2024Q3"]).contains("演示数据"));
    assert_eq!(fresh.json(["--demo", "report", "2024Q3", "--format", "json"])["demo"], true);
    fresh.ok(["--demo", "file", "T5", "--percent", "1"]);
    let left: Vec<_> = std::fs::read_dir(fresh.home()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
