//! Opening: what is made, what is kept, what is said.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::sample::*;
use crate::model::*;
use crate::store::{Notice, OpenError, SledVerdict, Unsound, codec, journal, line, sled_state, verify};

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_ledger_is_its_owners_alone() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("data/duban");
    let opened = opened(&home, How::Folding);
    assert_eq!(opened.notices, []);
    opened.store.commit(&clerk(), &import(1)).unwrap();
    for folder in [home.clone(), home.join("journal"), home.join("sled")] {
        assert_eq!(mode(&folder), 0o700, "{folder:?}");
    }
    assert_eq!((mode(&home.join("journal/000001.jsonl")), mode(&home.join("lock"))), (0o600, 0o600));
}

#[test]
fn everything_is_there_after_reopening_and_nothing_is_remarked() {
    for how in EACH {
        let dir = tempfile::tempdir().unwrap();
        let store = local(dir.path());
        store.commit(&clerk(), &import(50)).unwrap();
        for no in 1..=20 {
            file(&*store, no, "推进").unwrap();
        }
        let (state, commits) = (store.snapshot().unwrap(), all(&*store));
        drop(store);
        for _ in 0..3 {
            let opened = opened(dir.path(), how);
            assert_eq!(opened.notices, []);
            assert_eq!(opened.store.snapshot().unwrap(), state);
            assert_eq!(all(&*opened.store), commits);
        }
        let verdict = verify(dir.path()).unwrap();
        assert!(verdict.is_good(), "{verdict:?}");
        assert_eq!((verdict.head, verdict.records), (state.head(), 70));
    }
}

#[test]
fn a_retry_is_known_after_reopening() {
    for how in EACH {
        let dir = tempfile::tempdir().unwrap();
        let batch = import(2);
        let head = local(dir.path()).commit(&clerk(), &batch).unwrap();
        let opened = opened(dir.path(), how);
        assert_eq!(opened.store.commit(&clerk(), &batch), Ok(head), "{how:?}");
    }
}

#[test]
fn the_journal_is_read_with_the_naked_eye() {
    let dir = tempfile::tempdir().unwrap();
    file(&*local(dir.path()), 5, "一季度“开门红”").unwrap();
    let text = std::fs::read_to_string(dir.path().join("journal/000001.jsonl")).unwrap();
    let (hash, json) = text.trim_end().split_once(' ').unwrap();
    assert_eq!(hash, line::sha256(json.as_bytes()).to_string());
    assert!(json.contains("一季度“开门红”") && json.contains("\"yunxi-2024/T5@2024Q3\""), "{json}");
}

#[test]
fn segments_are_rotated_and_read_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    let long = "长".repeat(19_000);
    // About 115 KB a commit: the record before and after.
    for _ in 0..160 {
        file(&*store, 1, &long).unwrap();
    }
    let (state, commits) = (store.snapshot().unwrap(), all(&*store));
    drop(store);
    let mut files: Vec<std::path::PathBuf> =
        std::fs::read_dir(dir.path().join("journal")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some());
    files.sort();
    assert_eq!(files.len(), 2, "{files:?}");
    assert!(std::fs::metadata(&files[0]).unwrap().len() >= journal::SEGMENT);
    for how in EACH {
        let opened = opened(dir.path(), how);
        assert_eq!(opened.notices, []);
        assert_eq!(opened.store.snapshot().unwrap(), state);
        assert_eq!(all(&*opened.store), commits);
        let last = opened.store.since(Seq(158), 9, std::time::Duration::ZERO).unwrap();
        assert_eq!(last, commits[158..]);
    }
    std::fs::remove_file(&files[0]).unwrap();
    assert!(matches!(local(dir.path()).snapshot(), Ok(shown) if shown == state), "sled still has it");
    assert!(!verify(dir.path()).unwrap().damages.is_empty(), "a missing segment is damage");
}

#[test]
fn a_stale_snapshot_of_sleds_is_removed_and_said() {
    let dir = tempfile::tempdir().unwrap();
    local(dir.path()).commit(&clerk(), &import(5)).unwrap();
    let stale = dir.path().join("sled/snap.0000000000000042.generating");
    std::fs::write(&stale, b"half").unwrap();
    let opened = opened(dir.path(), How::Folding);
    assert_eq!(opened.notices, [Notice::StaleRemoved(stale.clone())]);
    assert!(!stale.exists());
}

#[test]
fn sled_that_is_behind_catches_up() {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    store.commit(&clerk(), &import(5)).unwrap();
    drop(store);
    let old = copy_of(&dir.path().join("sled"));
    let store = local(dir.path());
    file(&*store, 1, "其后").unwrap();
    let state = store.snapshot().unwrap();
    drop(store);
    for how in EACH {
        std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
        put(&old, &dir.path().join("sled"));
        assert_eq!(verify(dir.path()).unwrap().sled, SledVerdict::Behind(Seq(1)));
        let opened = opened(dir.path(), how);
        assert_eq!(opened.notices, [Notice::Replayed { commits: 1 }]);
        assert_eq!(opened.store.snapshot().unwrap(), state);
        drop(opened);
        assert!(verify(dir.path()).unwrap().is_good());
    }
}

#[test]
fn a_command_on_a_short_journal_leaves_sled_to_the_next_screen() {
    let dir = tempfile::tempdir().unwrap();
    let first = import(5);
    let command = || crate::store::open_to_write(dir.path(), crate::store::Purpose::Command).unwrap();
    let head = command().store.commit(&clerk(), &first).unwrap();
    assert_eq!(verify(dir.path()).unwrap().sled, SledVerdict::Agrees, "the first one makes it");
    let later = command();
    assert_eq!(later.notices, []);
    file(&*later.store, 1, "其后").unwrap();
    assert_eq!(later.store.commit(&clerk(), &first), Ok(head), "a retry is known without sled");
    let state = later.store.snapshot().unwrap();
    drop(later);
    let verdict = verify(dir.path()).unwrap();
    assert!(verdict.is_good() && verdict.sled == SledVerdict::Behind(Seq(1)), "{verdict:?}");
    let screen = opened(dir.path(), How::Folding);
    assert_eq!(screen.notices, [Notice::Replayed { commits: 1 }]);
    assert_eq!(screen.store.snapshot().unwrap(), state);
}

#[test]
fn sled_of_another_ledger_is_not_believed() {
    for how in EACH {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (dir, text) in [(&one, "此"), (&other, "彼")] {
            file(&*local(dir.path()), 1, text).unwrap();
        }
        let state = local(one.path()).snapshot().unwrap();
        std::fs::remove_dir_all(one.path().join("sled")).unwrap();
        put(&copy_of(&other.path().join("sled")), &one.path().join("sled"));
        assert_eq!(verify(one.path()).unwrap().sled, SledVerdict::Unsound(Unsound::Differs));
        let opened = opened(one.path(), how);
        let aside = Some(one.path().join("sled.aside.1"));
        assert_eq!(opened.notices, [Notice::Rebuilt { why: Unsound::Differs, aside }]);
        assert_eq!(opened.store.snapshot().unwrap(), state);
    }
}

#[test]
fn sled_of_another_schema_is_put_aside() {
    let dir = tempfile::tempdir().unwrap();
    file(&*local(dir.path()), 1, "此").unwrap();
    let sled = dir.path().join("sled");
    let mut meta = sled_state::tests::raw(&sled, b"m").unwrap();
    meta[0] = codec::SCHEMA + 1;
    sled_state::tests::put_raw(&sled, b"m", Some(meta));
    let opened = opened(dir.path(), How::Folding);
    let why = Unsound::Schema(codec::SCHEMA + 1);
    assert!(matches!(&opened.notices[..], [Notice::Rebuilt { why: w, aside: Some(_) }] if *w == why));
    drop(opened);
    assert!(verify(dir.path()).unwrap().is_good());
}

#[test]
fn a_hundred_thousand_writes_are_one_commit() {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    let writes = (1..=100_000u32).map(|line| {
        let key = Key::finding(&document(), line, 1);
        let finding = Finding {
            line,
            no: 1,
            item: None,
            what: "数字不一致".into(),
            printed: "36000".into(),
            reading: "36300".into(),
            why: String::new(),
            confidence: Confidence::Probable,
            alternatives: Vec::new(),
            settled: None,
            before: None,
            typed: false,
        };
        write(key, Seq::ZERO, Some(Record::Finding(finding)))
    });
    let head = store.commit(&clerk(), &batch(writes.collect())).unwrap();
    drop(store);
    let opened = opened(dir.path(), How::Trusting);
    assert_eq!(opened.notices, []);
    let ledger = opened.store.snapshot().unwrap();
    assert_eq!((ledger.head(), ledger.len()), (head, 100_000));
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let refused = crate::store::open_to_write(&file.join("x"), crate::store::Purpose::Command).unwrap_err();
    assert!(matches!(refused, OpenError::Disk { .. }), "{refused}");
}
