//! Folders of older and newer programs.

use std::path::{Path, PathBuf};

use super::backups::*;
use super::sample::*;
use crate::store::backup::{BackupError, make};
use crate::store::{Notice, OpenError, Purpose, codec, format, line, open_to_read, open_to_write, repair, verify};

/// A data folder as a version with an older schema left it: its journal as released; its sled of that schema.
fn golden(journal: &str, schema: u8) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("journal")).unwrap();
    std::fs::write(dir.path().join("journal/000001.jsonl"), journal).unwrap();
    drop(local(dir.path()));
    let sled = dir.path().join("sled");
    let mut meta = crate::store::sled_state::tests::raw(&sled, b"m").unwrap();
    meta[0] = schema;
    crate::store::sled_state::tests::put_raw(&sled, b"m", Some(meta));
    drop(std::fs::remove_file(dir.path().join("version")));
    dir
}

#[test]
fn the_folders_of_every_schema_are_opened_and_worked_on() {
    for (schema, journal) in [
        (1, include_str!("../../../tests/golden/journal-1.jsonl")),
        (2, include_str!("../../../tests/golden/journal-2.jsonl")),
        (3, include_str!("../../../tests/golden/journal-3.jsonl")),
        (4, include_str!("../../../tests/golden/journal-4.jsonl")),
        (5, include_str!("../../../tests/golden/journal-5.jsonl")),
    ] {
        // The first line has a record of every kind. The second takes back what was never there: it is for reading lines only.
        let journal = journal.split_inclusive('\n').next().unwrap();
        let dir = golden(journal, schema);
        let state = open_to_read(dir.path()).unwrap().store.snapshot().unwrap();
        let opened = opened(dir.path(), How::Folding);
        assert_eq!(opened.store.snapshot().unwrap(), state);
        let rebuilt = opened.notices.iter().any(|notice| matches!(notice, Notice::Rebuilt { .. }));
        assert_eq!(rebuilt, schema != codec::SCHEMA, "{schema}: {:?}", opened.notices);
        file(&*opened.store, 5, "升级之后").unwrap();
        drop(opened);
        let verdict = verify(dir.path()).unwrap();
        assert!(verdict.is_good(), "{schema}: {verdict:?}");
        assert_eq!(format::check(dir.path()).unwrap(), Some(codec::SCHEMA));
        assert!(std::fs::read_to_string(dir.path().join("journal/000001.jsonl")).unwrap().starts_with(journal));
    }
}

#[test]
fn a_folder_of_a_newer_program_is_refused_and_left_as_it_is() {
    let (dir, _) = ledger(2);
    format::tests::mark_as(dir.path(), codec::SCHEMA + 1);
    let before = files(dir.path());
    let newer = |error: &OpenError| matches!(error, OpenError::Newer { theirs, .. } if *theirs == codec::SCHEMA + 1);
    assert!(newer(&open_to_write(dir.path(), Purpose::Screen).unwrap_err()));
    assert!(newer(&open_to_read(dir.path()).unwrap_err()));
    assert!(newer(&verify(dir.path()).unwrap_err()));
    let target = dir.path().join("b.zip");
    assert!(matches!(make(dir.path(), &target, ""), Err(BackupError::Open(error)) if newer(&error)));
    assert_eq!(files(dir.path()), before);
}

#[test]
fn a_line_of_a_newer_program_is_no_damage() {
    let (dir, _) = ledger(2);
    let all = lines(&journal(dir.path()));
    let last = String::from_utf8(all[2].clone()).unwrap();
    // What a program writes that knows one more intent, one more kind of record.
    for (old, new) in [("\"intent\":\"file\"", "\"intent\":\"audit\""), ("\"filing\":", "\"ruling\":")] {
        let was = last.split_once(' ').unwrap().1.trim_end();
        let json = was.replace(old, new);
        assert_ne!(json, was);
        let line = format!("{} {json}\n", line::sha256(json.as_bytes()));
        let bytes = [all[..2].concat(), line.into_bytes()].concat();
        std::fs::write(dir.path().join("journal/000001.jsonl"), &bytes).unwrap();
        for opened in [open_to_read(dir.path()), open_to_write(dir.path(), Purpose::Screen)] {
            assert!(matches!(opened, Err(OpenError::Newer { theirs: 0, .. })), "{new}: {opened:?}");
        }
        let repaired = repair::repair(dir.path(), None, true);
        assert!(matches!(repaired, Err(BackupError::Open(OpenError::Newer { .. }))), "{new}: {repaired:?}");
        assert_eq!(journal(dir.path()), bytes, "{new}");
    }
}

/// Every file but sled's and the lock, with its bytes.
fn files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for folder in [dir.to_owned(), dir.join("journal")] {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_file() && entry.file_name() != "lock" {
                found.push((entry.path(), std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    found.sort();
    found
}
