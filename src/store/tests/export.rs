//! Exports: what is restored of one is the same ledger, its export is the same to the byte, and nothing that was touched is taken.

use std::collections::BTreeMap;
use std::path::Path;

use super::sample::*;
use crate::model::*;
use crate::store::backup::{BackupError, Bad, Fault, commits, export, preview, restore};
use crate::store::{Purpose, line, open_to_write, originals, verify};

/// A ledger with a record of every kind, as released, and some work on it.
fn ledger() -> (tempfile::TempDir, Ledger) {
    let dir = tempfile::tempdir().unwrap();
    let golden = include_str!("../../../tests/golden/journal-5.jsonl");
    std::fs::create_dir(dir.path().join("journal")).unwrap();
    std::fs::write(dir.path().join("journal/000001.jsonl"), golden.split_inclusive('\n').next().unwrap()).unwrap();
    let store = local(dir.path());
    for no in 0..4 {
        file(&*store, no + 1, &format!("第{no}次填报")).unwrap();
    }
    originals::keep(dir.path(), &line::sha256(b"original").to_string(), b"original").unwrap();
    let state = store.snapshot().unwrap();
    (dir, state)
}

/// Every file under a folder, with its bytes.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            found.extend(files(&entry.path()).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    found
}

#[test]
fn the_restored_ledger_is_the_same_and_its_export_too() {
    let (dir, state) = ledger();
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    let before = files(&dir.path().join("journal"));
    let made = export(dir.path(), &path("out")).unwrap();
    assert_eq!((made.ledger, made.originals), (state.clone(), 1));
    assert_eq!(files(&dir.path().join("journal")), before, "the ledger is left as it is");
    let restored = restore(&path("out"), &path("back"), None).unwrap();
    assert_eq!(restored.ledger, state);
    assert_eq!(files(&path("back/journal")), files(&dir.path().join("journal")));
    export(&path("back"), &path("again")).unwrap();
    assert_eq!(files(&path("again")), files(&path("out")));
    let opened = open_to_write(&path("back"), Purpose::Screen).unwrap();
    file(&*opened.store, 1, "其后").unwrap();
    drop(opened);
    assert!(verify(&path("back")).unwrap().is_good());
}

/// Read by a loop of our own, with nothing but a JSON parser and SHA-256.
#[test]
fn an_export_is_read_without_this_program() {
    let (dir, state) = ledger();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    export(dir.path(), &out).unwrap();
    let text = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    let json = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let mut prev = "0".repeat(64);
    let mut now = BTreeMap::new();
    for line in text("history/000001.jsonl").lines() {
        let value = json(line);
        let commit = line.split_once("\"commit\":").unwrap().1.strip_suffix('}').unwrap();
        let hash = line::sha256(commit.as_bytes()).to_string();
        assert_eq!((value["hash"].as_str(), value["commit"]["prev"].as_str()), (Some(&*hash), Some(&*prev)));
        prev = hash;
        for change in value["commit"]["changes"].as_array().unwrap() {
            let key = change["key"].as_str().unwrap().to_owned();
            if change["new"].is_null() {
                now.remove(&key)
            } else {
                now.insert(key, change["new"].clone())
            };
        }
    }
    let note = json(&text("export.json"));
    assert_eq!(note["head"]["hash"].as_str(), Some(&*prev));
    assert_eq!(note["records"], state.len());
    let records: BTreeMap<String, serde_json::Value> = text("records.jsonl")
        .lines()
        .map(|line| (json(line)["key"].as_str().unwrap().to_owned(), json(line)["record"].clone()))
        .collect();
    assert_eq!(records.len(), state.len());
    // Old lines lack what later programs added; what they have is the same.
    for (key, record) in &records {
        let (kind, there) = now[key].as_object().unwrap().iter().next().unwrap();
        match (there, &record[kind]) {
            (serde_json::Value::Object(old), new) => {
                old.iter().for_each(|(name, value)| assert_eq!(*value, new[name], "{key}"));
            }
            (old, new) => assert_eq!(old, new, "{key}"),
        }
    }
}

fn refused(out: &Path, to: &Path, what: &str) -> Bad {
    let before = files(out);
    let error = restore(out, to, None).expect_err(what);
    assert!(!to.exists(), "{what}: nothing is left");
    assert_eq!(files(out), before, "{what}: the export is left as it is");
    let BackupError::Bad(bad) = error else { panic!("{what}: {error}") };
    bad
}

#[test]
fn no_byte_of_an_export_is_changed_unnoticed() {
    let (dir, state) = ledger();
    let place = tempfile::tempdir().unwrap();
    let (out, to) = (place.path().join("out"), place.path().join("back"));
    export(dir.path(), &out).unwrap();
    let mut refusals = 0;
    for name in ["export.json", "records.jsonl", "history/000001.jsonl"] {
        let good = std::fs::read(out.join(name)).unwrap();
        for at in (0..good.len()).step_by(good.len() / 150) {
            let mut spoilt = good.clone();
            spoilt[at] ^= 1 << (at % 8);
            std::fs::write(out.join(name), &spoilt).unwrap();
            match preview(&out, None) {
                // White space between the words, and the number of an older schema.
                Ok(found) => assert_eq!((name, found.ledger, found.originals), ("export.json", state.clone(), 1)),
                Err(BackupError::Bad(Bad::Export { file, line, .. } | Bad::Line { file, line, .. })) => {
                    let said = spoilt[..at].split(|byte| *byte == b'\n').count() as u64;
                    // A line that lost its end goes on into the next one; a note is read as a whole.
                    let shifted = spoilt[at] == b'\n' || good[at] == b'\n' || name == "export.json";
                    assert!(file == name && (line == said || shifted), "{name} {at}: {file} {line}, not {said}");
                    refusals += 1;
                }
                Err(_) => refusals += 1,
            }
            if good[at..] == *b"\n" && name == "export.json" {
                continue; // White space too.
            }
            std::fs::write(out.join(name), &good[..at]).unwrap();
            assert!(preview(&out, None).is_err(), "{name} cut at {at}");
        }
        std::fs::write(out.join(name), good).unwrap();
    }
    assert!(refusals > 100, "{refusals}");
    restore(&out, &to, None).unwrap();
}

#[test]
fn what_was_changed_cut_doubled_or_is_foreign_is_refused_with_its_place() {
    let (dir, state) = ledger();
    let place = tempfile::tempdir().unwrap();
    let (out, to) = (place.path().join("out"), place.path().join("back"));
    export(dir.path(), &out).unwrap();
    let with = |name: &str, change: &dyn Fn(&str) -> String| {
        let path = out.join(name);
        let good = std::fs::read_to_string(&path).unwrap();
        let spoilt = change(&good);
        assert_ne!(spoilt, good);
        std::fs::write(&path, spoilt).unwrap();
        let bad = refused(&out, &to, name);
        std::fs::write(&path, good).unwrap();
        bad
    };
    let placed = |bad: Bad| match bad {
        Bad::Export { file, line, column, what } => (file, line, column, what),
        other => panic!("{other:?}"),
    };
    let (history, records) = ("history/000001.jsonl", "records.jsonl");
    let last = state.head().seq.0;
    let begins = 85; // {"hash":"64","commit":
    let changed = placed(with(history, &|text| text.replace("第1次填报", "第9次填报")));
    assert_eq!(changed, (history.to_owned(), 3, begins, Fault::Hash));
    let good = std::fs::read_to_string(out.join(records)).unwrap();
    let (at, line) = (1..).zip(good.lines()).find(|(_, line)| line.contains("第1次填报")).unwrap();
    let column = line.split("第1次填报").next().unwrap().chars().count() as u64 + 2;
    let changed = placed(with(records, &|text| text.replace("第1次填报", "第9次填报")));
    assert_eq!(changed, (records.to_owned(), at, column, Fault::Differs));
    // Cut in the middle of a line, and at its end.
    let cut = placed(with(history, &|text| text.get(..text.len() - 40).unwrap().to_owned()));
    assert_eq!((cut.1, cut.3), (last, Fault::Cut));
    let short = with(history, &|text| text.split_inclusive('\n').take(3).collect());
    assert_eq!(short, Bad::Head { said: Seq(last), found: Seq(3) });
    let short = placed(with(records, &|text| text.split_inclusive('\n').take(3).collect()));
    assert_eq!(short, (records.to_owned(), 4, 1, Fault::Lines { said: state.len() as u64, found: 3 }));
    // Doubled.
    let doubled = with(history, &|text| text.split_inclusive('\n').flat_map(|line| [line, line]).collect());
    assert!(matches!(doubled, Bad::Line { line: 2, .. }), "{doubled:?}");
    let doubled = placed(with(records, &|text| text.split_inclusive('\n').flat_map(|line| [line, line]).collect()));
    assert_eq!((doubled.1, doubled.3), (2, Fault::Differs));
    let more = placed(with(records, &|text| format!("{text}{{\"key\":\"x\"}}\n")));
    assert_eq!(
        (more.1, more.3),
        (state.len() as u64 + 1, Fault::Lines { said: state.len() as u64, found: state.len() as u64 + 1 })
    );
    let twice =
        placed(with("export.json", &|text| text.replacen("\"export\": 1,", "\"export\": 1,\n  \"export\": 1,", 1)));
    assert_eq!((twice.0.as_str(), twice.1), ("export.json", 3));
    // Something else.
    let foreign = placed(with("export.json", &|_| "{\"name\": \"x\"}".to_owned()));
    assert_eq!((foreign.0.as_str(), foreign.1), ("export.json", 1));
    let foreign = placed(with(history, &|_| "[1, 2]\n".to_owned()));
    assert!(matches!(foreign, (file, 1, _, Fault::Content(_)) if file == history));
    let newer = with("export.json", &|text| text.replacen("\"schema\": ", "\"schema\": 9", 1));
    assert!(matches!(newer, Bad::Newer(_)), "{newer:?}");
    std::fs::write(place.path().join("x.json"), "{}").unwrap();
    assert!(matches!(refused_file(&place.path().join("x.json"), &to), Bad::Foreign(_)));
    // A document that is gone, or another one.
    let original = out.join("originals").join(line::sha256(b"original").to_string());
    std::fs::write(&original, b"other").unwrap();
    assert!(matches!(refused(&out, &to, "original"), Bad::Original(_)));
    std::fs::remove_file(&original).unwrap();
    assert!(matches!(restore(&out, &to, None), Err(BackupError::File { path, .. }) if path == original));
    assert!(!to.exists());
}

fn refused_file(file: &Path, to: &Path) -> Bad {
    match restore(file, to, None) {
        Err(BackupError::Bad(bad)) if !to.exists() => bad,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_interrupted_export_is_none_and_nothing_is_written_over() {
    let (dir, _) = ledger();
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    export(dir.path(), &path("out")).unwrap();
    let before = files(&path("out"));
    assert!(matches!(export(dir.path(), &path("out")), Err(BackupError::File { .. })));
    assert_eq!(files(&path("out")), before);
    // What says that it is one is written last.
    std::fs::remove_file(path("out/export.json")).unwrap();
    assert!(matches!(refused(&path("out"), &path("back"), "unfinished"), Bad::Foreign(_)));
    // Of a damaged ledger there is none.
    let journal = dir.path().join("journal/000001.jsonl");
    let mut spoilt = std::fs::read(&journal).unwrap();
    spoilt[100] ^= 1;
    std::fs::write(&journal, spoilt).unwrap();
    assert!(matches!(export(dir.path(), &path("none")), Err(BackupError::Damaged(_))));
    assert!(!path("none").exists());
}

#[test]
fn a_moment_of_an_export_is_restored_and_its_commits_are_told() {
    let (dir, state) = ledger();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    export(dir.path(), &out).unwrap();
    let mut told = Vec::new();
    commits(&out, &mut |sealed| {
        told.push(sealed.commit.seq);
        Ok(())
    })
    .unwrap();
    assert_eq!(told, (1..=state.head().seq.0).map(Seq).collect::<Vec<_>>());
    let made = restore(&out, &place.path().join("back"), Some(Seq(2))).unwrap();
    assert_eq!((made.head().seq, made.left_out.len() as u64), (Seq(2), state.head().seq.0 - 2));
}
