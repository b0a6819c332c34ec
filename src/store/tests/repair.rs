//! Repair: a journal is byte for byte what it was, or is left alone.

use std::path::Path;

use super::backups::*;
use super::sample::*;
use crate::model::*;
use crate::store::backup::{BackupError, make};
use crate::store::{OpenError, SledVerdict, Unsound, repair, sled_state, verify};

/// Mends a copy of a damaged ledger, and answers what was done. The journal must be byte for byte what it was.
fn mends(dir: &Path, backup: Option<&Path>, good: &[u8], what: &str) -> repair::Repair {
    let before = copy_of(&dir.join("journal"));
    let plan = repair::repair(dir, backup, false).unwrap();
    assert!(plan.lost.is_empty(), "{what}: {plan:?}");
    assert!(!plan.files.is_empty() && plan.files.iter().all(|(_, aside)| aside.is_none()), "{what}: {plan:?}");
    let damaged = journal_or_none(dir);
    assert_eq!(damaged, std::fs::read(before.path().join("000001.jsonl")).ok(), "{what}: a plan changes nothing");
    let done = repair::repair(dir, backup, true).unwrap();
    assert_eq!((&done.found, done.head), (&plan.found, plan.head), "{what}: done as planned");
    assert_eq!(journal(dir), good, "{what}");
    for (_, aside) in &done.files {
        let kept = aside.as_ref().map(|aside| std::fs::read(aside).unwrap());
        assert_eq!(kept, damaged, "{what}: the damaged file is kept");
    }
    let verdict = verify(dir).unwrap();
    assert!(verdict.damages.is_empty() && verdict.head == done.head, "{what}: {verdict:?}");
    done
}

fn journal_or_none(dir: &Path) -> Option<Vec<u8>> {
    std::fs::read(dir.join("journal/000001.jsonl")).ok()
}

#[test]
fn a_journal_damaged_anywhere_is_mended_from_sled() {
    let (dir, state) = ledger(5);
    let good = journal(dir.path());
    let path = |dir: &Path| dir.join("journal/000001.jsonl");
    let boundaries: Vec<usize> = (0..good.len()).filter(|at| good[*at] == b'\n').collect();
    for at in (0..good.len()).step_by(211).chain(boundaries) {
        for cut in [true, false] {
            let copy = copy_of(dir.path());
            let mut spoilt = good.clone();
            if cut {
                spoilt.truncate(at);
            } else {
                spoilt[at] ^= 1 << (at % 7);
            }
            std::fs::write(path(copy.path()), spoilt).unwrap();
            let what = format!("{} {at}", if cut { "cut at" } else { "bit in" });
            let done = mends(copy.path(), None, &good, &what);
            // Of a line that lacks only its end all is there.
            assert!(!done.found.is_empty() || good[at] == b'\n', "{what}");
            let opened = opened(copy.path(), How::Folding);
            assert_eq!(opened.notices, [], "{what}");
            assert_eq!(opened.store.snapshot().unwrap(), state, "{what}");
            file(&*opened.store, 1, "其后").unwrap();
        }
    }
}

#[test]
fn lines_swapped_doubled_or_gone_are_put_right() {
    let (dir, _) = ledger(5);
    let good = journal(dir.path());
    let cases: [(&str, Spoil); 5] = [
        ("swapped", |all| all.swap(2, 3)),
        ("doubled", |all| all.insert(2, all[2].clone())),
        ("gone", |all| drop(all.remove(2))),
        ("many", |all| all[1..4].iter_mut().for_each(|line| line[90] ^= 1)),
        ("empty", Vec::clear),
    ];
    for (what, spoil) in cases {
        let copy = copy_of(dir.path());
        let mut all = lines(&good);
        spoil(&mut all);
        std::fs::write(copy.path().join("journal/000001.jsonl"), all.concat()).unwrap();
        mends(copy.path(), None, &good, what);
    }
    let copy = copy_of(dir.path());
    std::fs::remove_file(copy.path().join("journal/000001.jsonl")).unwrap();
    mends(copy.path(), None, &good, "the file is gone");
}

/// A process that was killed while sled wrote a snapshot leaves one with which sled does not open.
#[test]
fn half_a_snapshot_of_sled_s_keeps_nobody_from_its_copies() {
    let (dir, _) = ledger(5);
    let good = journal(dir.path());
    let half = dir.path().join("sled/snap.0000000000000000.generating");
    std::fs::write(&half, b"half").unwrap();
    let verdict = verify(dir.path()).unwrap();
    assert_eq!(verdict.sled, SledVerdict::Agrees, "nothing is wrong with the ledger");
    std::fs::write(&half, b"half").unwrap();
    let mut all = lines(&good);
    all[2][90] ^= 1;
    std::fs::write(dir.path().join("journal/000001.jsonl"), all.concat()).unwrap();
    mends(dir.path(), None, &good, "beside half a snapshot");
}

#[test]
fn copies_that_cannot_be_looked_at_are_not_said_to_be_gone() {
    let (dir, _) = ledger(5);
    let mut all = lines(&journal(dir.path()));
    all[2][90] ^= 1;
    std::fs::write(dir.path().join("journal/000001.jsonl"), all.concat()).unwrap();
    let database = dir.path().join("sled/db");
    std::fs::rename(&database, dir.path().join("db")).unwrap();
    // The system refuses, as it does where there is no permission or no memory.
    std::fs::create_dir(&database).unwrap();
    let refused = repair::repair(dir.path(), None, false);
    assert!(matches!(refused, Err(BackupError::Open(OpenError::Disk { .. }))), "{refused:?}");
    // A database that is none any more is said to be so, and a backup may have what it had.
    std::fs::remove_dir(&database).unwrap();
    std::fs::write(&database, b"no database").unwrap();
    let stuck = repair::repair(dir.path(), None, false).unwrap();
    assert_eq!(stuck.lost, [Seq(3)]);
    assert!(matches!(stuck.copies, Some(Unsound::Damaged(_)) | None), "{stuck:?}");
}

#[test]
fn a_repair_that_fails_halfway_leaves_no_files_of_its_own() {
    let (dir, _) = ledger(5);
    let folder = dir.path().join("journal");
    let mut all = lines(&journal(dir.path()));
    all[1][90] ^= 1;
    all[4][90] ^= 1;
    std::fs::write(folder.join("000001.jsonl"), all[..3].concat()).unwrap();
    std::fs::write(folder.join("000004.jsonl"), all[3..].concat()).unwrap();
    // Stands in the way of the second new file.
    std::fs::create_dir(folder.join("000004.jsonl.part")).unwrap();
    let files = || {
        let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
        entries.collect::<std::collections::BTreeSet<_>>()
    };
    let before = files();
    assert!(repair::repair(dir.path(), None, true).is_err());
    assert_eq!(files(), before);
    std::fs::remove_dir(folder.join("000004.jsonl.part")).unwrap();
    assert_eq!(repair::repair(dir.path(), None, true).unwrap().files.len(), 2);
    assert!(verify(dir.path()).unwrap().is_good());
}

#[test]
fn what_no_copy_has_is_said_and_nothing_is_changed() {
    let (dir, _) = ledger(5);
    let place = tempfile::tempdir().unwrap();
    let backup = place.path().join("b.zip");
    make(dir.path(), &backup, "").unwrap();
    let good = journal(dir.path());
    let mut all = lines(&good);
    all[2][90] ^= 1;
    all[4][90] ^= 1;
    std::fs::write(dir.path().join("journal/000001.jsonl"), all.concat()).unwrap();
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    for write in [false, true] {
        let stuck = repair::repair(dir.path(), None, write).unwrap();
        assert_eq!((stuck.lost, stuck.files), (vec![Seq(3), Seq(5)], vec![]));
        assert_eq!(journal(dir.path()), all.concat());
    }
    // A backup has them.
    let done = mends(dir.path(), Some(&backup), &good, "from a backup");
    let found: Vec<(Seq, bool)> = done.found.iter().map(|found| (found.seq, found.backup)).collect();
    assert_eq!(found, [(Seq(3), true), (Seq(5), true)]);
}

#[test]
fn a_lost_end_is_told_by_the_noted_head_and_comes_back_from_a_backup() {
    let (dir, _) = ledger(5);
    let place = tempfile::tempdir().unwrap();
    let backup = place.path().join("b.zip");
    make(dir.path(), &backup, "").unwrap();
    let good = journal(dir.path());
    std::fs::write(dir.path().join("journal/000001.jsonl"), lines(&good)[..4].concat()).unwrap();
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    assert_eq!(repair::repair(dir.path(), None, true).unwrap().lost, [Seq(5), Seq(6)]);
    mends(dir.path(), Some(&backup), &good, "the end");
}

#[test]
fn neither_another_ledgers_backup_nor_a_wrong_copy_is_taken() {
    let (dir, _) = ledger(5);
    let good = journal(dir.path());
    let mut all = lines(&good);
    all[2][90] ^= 1;
    let spoilt = all.concat();
    std::fs::write(dir.path().join("journal/000001.jsonl"), &spoilt).unwrap();
    // The other ledger is longer, and its third commit is whole.
    let (other, _) = ledger(9);
    let place = tempfile::tempdir().unwrap();
    let backup = place.path().join("b.zip");
    make(other.path(), &backup, "").unwrap();
    // A copy that is whole by itself, but not what the chain demands.
    let wrong = lines(&journal(other.path()))[2].clone();
    let key = [b"c".as_slice(), &3u64.to_be_bytes(), &0u32.to_be_bytes()].concat();
    let text = wrong.strip_suffix(b"\n").unwrap().to_vec();
    crate::store::sled_state::tests::put_raw(&dir.path().join("sled"), &key, Some(text));
    for from in [None, Some(backup.as_path())] {
        let stuck = repair::repair(dir.path(), from, true).unwrap();
        assert_eq!((stuck.head.seq, stuck.lost), (Seq(6), vec![Seq(3)]), "{from:?}");
        assert_eq!(journal(dir.path()), spoilt);
    }
}

#[test]
fn a_whole_journal_is_left_alone_and_one_in_use_is_not_repaired() {
    let (dir, _) = ledger(2);
    let good = journal(dir.path());
    let plan = repair::repair(dir.path(), None, true).unwrap();
    assert!(plan.damages.is_empty() && plan.files.is_empty(), "{plan:?}");
    assert_eq!(journal(dir.path()), good);
    let _held = local(dir.path());
    assert!(matches!(repair::repair(dir.path(), None, true), Err(BackupError::Open(OpenError::Held { .. }))));
}

#[test]
fn a_damaged_database_beside_a_whole_journal_is_made_anew_and_the_old_one_kept() {
    let (dir, state) = ledger(5);
    let (good, sled) = (journal(dir.path()), dir.path().join("sled"));
    let mut meta = sled_state::tests::raw(&sled, b"m").unwrap();
    meta[9] ^= 1;
    sled_state::tests::put_raw(&sled, b"m", Some(meta.clone()));
    let plan = repair::repair(dir.path(), None, false).unwrap();
    assert!(plan.database.is_some() && plan.damages.is_empty(), "{plan:?}");
    assert_eq!(plan.files, [(sled.clone(), None)]);
    assert_eq!(sled_state::tests::raw(&sled, b"m"), Some(meta.clone()), "a plan changes nothing");
    let done = repair::repair(dir.path(), None, true).unwrap();
    let aside = done.files[0].1.clone().unwrap();
    assert_eq!(sled_state::tests::raw(&aside, b"m"), Some(meta), "the old one is kept");
    assert_eq!(journal(dir.path()), good);
    let verdict = verify(dir.path()).unwrap();
    assert_eq!((verdict.sled, verdict.head), (SledVerdict::Agrees, state.head()));
    // And its copies serve again.
    std::fs::write(dir.path().join("journal/000001.jsonl"), &good[..good.len() / 2]).unwrap();
    mends(dir.path(), None, &good, "after the database");
}
