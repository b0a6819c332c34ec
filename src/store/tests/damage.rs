//! Damage: of sled, which must change nothing; of the journal, which must always be reported.

use std::path::{Path, PathBuf};

use super::sample::*;
use crate::model::*;
use crate::store::{BadLine, Notice, ReadOnly, Refused, SledVerdict, Unsound, repair, sled_state, verify};

/// A ledger with some history, closed; its state, and its folder.
fn ledger(tasks: u16, filings: u16) -> (tempfile::TempDir, Ledger) {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    store.commit(&clerk(), &import(tasks)).unwrap();
    for no in 0..filings {
        file(&*store, no % tasks + 1, &format!("第{no}次填报")).unwrap();
    }
    let state = store.snapshot().unwrap();
    drop(store);
    // It leaves an image, too.
    assert_eq!(opened(dir.path(), How::Imaged).notices, []);
    (dir, state)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// A sequence that looks random and is the same in every run.
fn spread(n: u64) -> u64 {
    (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 11
}

/// Opens a copy of the ledger whose sled was spoilt: the state must be the same, and stay the same, and writing goes on.
/// Says what was told of sled on opening, and whether `verify` finds anything amiss with it.
fn survives(dir: &Path, state: &Ledger, how: How, what: &str, spoil: impl FnOnce(&Path)) -> (Option<Notice>, bool) {
    let copy = copy_of(dir);
    spoil(&copy.path().join("sled"));
    let opened = opened(copy.path(), how);
    assert_eq!(&opened.store.snapshot().unwrap(), state, "{what}, {how:?}: {:?}", opened.notices);
    let notice = opened.notices.first().cloned();
    let head = file(&*opened.store, 1, "其后").unwrap();
    let after = opened.store.snapshot().unwrap();
    drop(opened);
    let verdict = verify(copy.path()).unwrap();
    assert!(verdict.damages.is_empty() && verdict.head == head, "{what}, {how:?}: {verdict:?}");
    let verified = !verdict.is_good();
    // Damage may lie where opening did not look, in the copies or the history: `verify` tells it, and `repair` makes sled anew from the
    // journal.
    if verified {
        let mended = repair(copy.path(), None, true).unwrap();
        assert!(mended.database.is_some(), "{what}, {how:?}: {mended:?}");
        let verdict = verify(copy.path()).unwrap();
        assert!(verdict.is_good(), "{what}, {how:?}: {verdict:?}");
        assert_eq!(self::opened(copy.path(), How::Trusting).store.snapshot().unwrap(), after, "{what}, {how:?}");
    }
    (notice, verified)
}

#[test]
fn sled_deleted_changes_nothing() {
    let (dir, state) = ledger(20, 40);
    for how in EACH {
        let (notice, _) = survives(dir.path(), &state, how, "deleted", |sled| std::fs::remove_dir_all(sled).unwrap());
        assert_eq!(notice, Some(Notice::Rebuilt { why: Unsound::Missing, aside: None }));
        for name in files(&dir.path().join("sled")).iter().filter_map(|file| file.file_name()) {
            survives(dir.path(), &state, how, &format!("{name:?} deleted"), |sled| {
                std::fs::remove_file(sled.join(name)).unwrap();
            });
        }
    }
}

#[test]
fn a_sled_that_cannot_be_looked_for_is_not_said_to_be_missing() {
    let (dir, _) = ledger(3, 3);
    let sled = dir.path().join("sled");
    std::fs::remove_dir_all(&sled).unwrap();
    // A link to itself: the system refuses to look.
    std::os::unix::fs::symlink("sled", &sled).unwrap();
    let verdict = verify(dir.path()).unwrap().sled;
    assert!(matches!(verdict, SledVerdict::NotChecked(_)), "{verdict:?}");
}

#[test]
fn sled_truncated_changes_nothing() {
    let (dir, state) = ledger(20, 40);
    for (n, file) in (0..).zip(files(&dir.path().join("sled"))) {
        let (name, len) = (file.file_name().unwrap(), std::fs::metadata(&file).unwrap().len());
        for (step, how) in (0..12).zip(EACH.into_iter().cycle()) {
            let at = if step == 0 { 0 } else { spread(n * 100 + step) % len.max(1) };
            survives(dir.path(), &state, how, &format!("{name:?} cut at {at}"), |sled| {
                std::fs::OpenOptions::new().write(true).open(sled.join(name)).unwrap().set_len(at).unwrap();
            });
        }
    }
}

#[test]
fn bits_flipped_in_a_small_sled_change_nothing() {
    flip(20, 40, 90);
}

#[test]
fn bits_flipped_in_a_sled_of_several_segments_change_nothing() {
    flip(400, 500, 30);
}

fn flip(tasks: u16, filings: u16, times: u64) {
    let (dir, state) = &ledger(tasks, filings);
    let files = files(&dir.path().join("sled"));
    let bytes: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    // sled's files are mostly zeros: flips go where something stands.
    let used: Vec<(usize, usize)> = (0..files.len())
        .flat_map(|n| bytes[n].iter().enumerate().filter(|(_, byte)| **byte != 0).map(move |(at, _)| (n, at)))
        .collect();
    for (step, how) in (0..times).zip(EACH.into_iter().cycle()) {
        let random = spread(step);
        let (n, at) = used[usize::try_from(random).unwrap() % used.len()];
        let name = files[n].file_name().unwrap();
        let mut spoilt = bytes[n].clone();
        spoilt[at] ^= 1 << (random >> 40 & 7);
        survives(dir.path(), state, how, &format!("{name:?} bit at {at}"), |sled| {
            std::fs::write(sled.join(name), spoilt).unwrap();
        });
    }
    // Those may all have hit what was written over since, which may rot. What was filed last stands.
    let last = format!("第{}次填报", filings - 1).into_bytes();
    for how in EACH {
        let mut spoilt = bytes.clone();
        let mut hits = 0;
        for file in &mut spoilt {
            for at in 0..file.len().saturating_sub(last.len()) {
                if file[at..].starts_with(&last) {
                    file[at] ^= 1;
                    hits += 1;
                }
            }
        }
        assert!(hits > 0, "sled keeps words as they are");
        let (notice, verified) = survives(dir.path(), state, how, "the last filing's words", |sled| {
            for (file, bytes) in files.iter().zip(&spoilt) {
                std::fs::write(sled.join(file.file_name().unwrap()), bytes).unwrap();
            }
        });
        assert!(notice.is_some() || verified, "{how:?}");
    }
}

#[test]
fn damage_that_sled_does_not_notice_is_found_by_the_digest() {
    let (dir, state) = ledger(20, 40);
    let sled = dir.path().join("sled");
    let record = |no| format!("s{}", task_key(no)).into_bytes();
    let (first, second) = (sled_state::tests::raw(&sled, &record(1)), sled_state::tests::raw(&sled, &record(2)));
    let cases = [
        ("lost", record(1), None),
        ("another value, well encoded", record(1), second.clone()),
        ("one too many", record(77), first),
    ];
    for (what, key, value) in cases {
        for how in EACH {
            let (notice, _) = survives(dir.path(), &state, how, what, |sled| {
                sled_state::tests::put_raw(sled, &key, value.clone());
            });
            assert!(
                matches!(notice, Some(Notice::Rebuilt { why: Unsound::Damaged(_), aside: Some(_) })),
                "{what}: {notice:?}"
            );
        }
    }
}

#[test]
fn a_lost_batch_id_never_writes_twice() {
    let dir = tempfile::tempdir().unwrap();
    let batch = import(3);
    local(dir.path()).commit(&clerk(), &batch).unwrap();
    let id = [b"i".as_slice(), &batch.id.0].concat();
    for (spoilt, answered) in [(Some(vec![1, 2, 3]), true), (None, false)] {
        sled_state::tests::put_raw(&dir.path().join("sled"), &id, spoilt);
        let store = opened(dir.path(), How::Trusting).store;
        let answer = store.commit(&clerk(), &batch);
        assert_eq!(answer.is_ok(), answered, "{answer:?}");
        assert_eq!(all(&*store).len(), 1);
    }
}

fn reports(notices: &[Notice]) -> bool {
    notices.iter().any(|notice| {
        matches!(notice, Notice::ReadOnly(ReadOnly::Damaged { .. }) | Notice::TornLine { .. } | Notice::Unfinished(_))
    })
}

fn journal_bytes(dir: &Path) -> (PathBuf, Vec<u8>) {
    let path = dir.join("journal/000001.jsonl");
    let bytes = std::fs::read(&path).unwrap();
    (path, bytes)
}

#[test]
fn every_bit_flipped_in_the_journal_is_reported_to_readers_and_by_verify() {
    let (dir, _) = ledger(2, 2);
    let (path, bytes) = journal_bytes(dir.path());
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    for at in 0..bytes.len() {
        let mut spoilt = bytes.clone();
        spoilt[at] ^= 1 << (at % 8);
        std::fs::write(&path, &spoilt).unwrap();
        let notices = opened_to_read(dir.path(), How::Folding).notices;
        assert!(reports(&notices), "byte {at}: {notices:?}");
        let verdict = verify(dir.path()).unwrap();
        assert!(verdict.damages.len() + usize::from(verdict.unfinished.is_some()) > 0, "byte {at}: {verdict:?}");
    }
}

#[test]
fn the_journal_cut_at_any_byte_is_reported_to_readers_and_by_verify() {
    let (dir, _) = ledger(2, 2);
    let (path, bytes) = journal_bytes(dir.path());
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    for at in 0..bytes.len() {
        std::fs::write(&path, &bytes[..at]).unwrap();
        let notices = opened_to_read(dir.path(), How::Folding).notices;
        assert!(reports(&notices), "cut at {at}: {notices:?}");
        let verdict = verify(dir.path()).unwrap();
        assert!(verdict.damages.len() + usize::from(verdict.unfinished.is_some()) > 0, "cut at {at}: {verdict:?}");
    }
}

#[test]
fn damage_of_what_was_acknowledged_makes_a_writer_read_only() {
    let (dir, state) = ledger(2, 2);
    let (path, bytes) = journal_bytes(dir.path());
    let boundaries = (0..bytes.len()).filter(|at| *at == 0 || bytes[at - 1] == b'\n');
    let cuts: Vec<usize> = (0..bytes.len()).step_by(41).chain(boundaries).collect();
    for at in cuts {
        std::fs::write(&path, &bytes[..at]).unwrap();
        refuses_to_write(dir.path(), &state, &format!("cut at {at}"));
        let mut spoilt = bytes.clone();
        spoilt[at] ^= 1 << (at % 8);
        std::fs::write(&path, &spoilt).unwrap();
        refuses_to_write(dir.path(), &state, &format!("bit at {at}"));
    }
    std::fs::write(&path, &bytes).unwrap();
    assert!(verify(dir.path()).unwrap().is_good(), "opening a damaged ledger changed nothing");
}

fn refuses_to_write(dir: &Path, state: &Ledger, what: &str) {
    let opened = opened(dir, How::Folding);
    let damaged = opened.notices.iter().any(|n| matches!(n, Notice::ReadOnly(ReadOnly::Damaged { .. })));
    assert!(damaged, "{what}: {:?}", opened.notices);
    assert_eq!(&opened.store.snapshot().unwrap(), state, "{what}: sled still shows what was acknowledged");
    assert!(matches!(file(&*opened.store, 1, "不行"), Err(Refused::Down(_))), "{what}");
}

#[test]
fn a_half_written_last_line_is_moved_out_and_kept() {
    for tail in [&b"0123 {\"seq\""[..], b"", b"\0\0\0\0\n"] {
        let (dir, state) = ledger(2, 2);
        let (path, bytes) = journal_bytes(dir.path());
        std::fs::write(&path, [&bytes, tail].concat()).unwrap();
        let opened = opened(dir.path(), How::Folding);
        assert_eq!(opened.store.snapshot().unwrap(), state);
        if tail.is_empty() {
            assert_eq!(opened.notices, []);
            continue;
        }
        let moved_to = dir.path().join("journal/tail.1");
        assert_eq!(opened.notices, [Notice::TornLine { moved_to: moved_to.clone() }]);
        assert_eq!(std::fs::read(moved_to).unwrap(), tail.strip_suffix(b"\n").unwrap_or(tail));
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
        file(&*opened.store, 1, "其后").unwrap();
        drop(opened);
        assert!(verify(dir.path()).unwrap().is_good());
    }
}

#[test]
fn a_spoilt_head_file_is_not_believed_and_does_no_harm() {
    let (dir, state) = ledger(2, 2);
    let path = dir.path().join("journal/head");
    let good = std::fs::read_to_string(&path).unwrap();
    let lies = good.replacen('3', "9", 1);
    for text in ["", "\n", "9", lies.as_str(), good.trim_end()] {
        std::fs::write(&path, text).unwrap();
        let opened = opened(dir.path(), How::Folding);
        assert_eq!(opened.notices, [], "{text:?}");
        assert_eq!(opened.store.snapshot().unwrap(), state);
    }
    file(&*local(dir.path()), 1, "其后").unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap().len(), good.len(), "written anew with the next commit");
    assert!(verify(dir.path()).unwrap().is_good());
}

#[test]
fn verify_names_every_bad_line() {
    let (dir, _) = ledger(2, 5);
    let (path, bytes) = journal_bytes(dir.path());
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    lines[1][100] ^= 1;
    lines[3][10] = b'x';
    lines.swap(4, 5);
    std::fs::write(&path, lines.concat()).unwrap();
    let verdict = verify(dir.path()).unwrap();
    let found: Vec<(u64, &BadLine)> = verdict.damages.iter().map(|damage| (damage.line, &damage.what)).collect();
    assert!(
        matches!(found[..], [(2, BadLine::Checksum), (4, BadLine::Shape), (6, BadLine::Chain(_)), ..]),
        "{found:?}"
    );
    assert_eq!((verdict.head.seq, verdict.sled), (Seq(1), SledVerdict::Ahead(Seq(6))));
}

#[test]
fn verify_says_what_is_wrong_with_sled_and_leaves_it() {
    let (dir, _) = ledger(2, 2);
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    assert_eq!(verify(dir.path()).unwrap().sled, SledVerdict::Unsound(Unsound::Missing));
    assert!(!dir.path().join("sled").exists());
}
