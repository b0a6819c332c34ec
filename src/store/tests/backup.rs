//! Backups, restoring and repair: what comes back is what was acknowledged, and nothing that is not a backup is taken for one.

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::sample::*;
use crate::model::*;
use crate::store::backup::{BackupError, Bad, daily, make, preview, restore};
use crate::store::{BadLine, Notice, OpenError, Purpose, codec, format, line, open_to_read, originals};
use crate::store::{open_to_write, repair, verify};

/// What happens to the lines of a journal.
type Spoil = fn(&mut Vec<Vec<u8>>);

/// A ledger with some history and one original, closed.
fn ledger(filings: u16) -> (tempfile::TempDir, Ledger) {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    store.commit(&clerk(), &opening(4)).unwrap();
    for no in 0..filings {
        file(&*store, no % 4 + 1, &format!("第{no}次填报")).unwrap();
    }
    originals::keep(dir.path(), &line::sha256(b"original").to_string(), b"original").unwrap();
    let state = store.snapshot().unwrap();
    (dir, state)
}

fn journal(dir: &Path) -> Vec<u8> {
    std::fs::read(dir.join("journal/000001.jsonl")).unwrap()
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// The members of a zip file, by a loop of our own.
fn members(file: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut member = archive.by_index(index).unwrap();
            let name = member.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

fn zipped(file: &Path, members: &[(String, Vec<u8>)]) {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    std::fs::write(file, zip.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn a_backup_comes_back_as_it_was() {
    let (dir, state) = ledger(5);
    let place = tempfile::tempdir().unwrap();
    let (file_name, back) = (place.path().join("b.zip"), place.path().join("back"));
    let made = make(dir.path(), &file_name, "读我").unwrap();
    assert_eq!((made.head, made.records, made.originals), (state.head(), state.len(), 1));
    assert_eq!(made.bytes, std::fs::metadata(&file_name).unwrap().len());
    assert_eq!(made.sha256, line::sha256(&std::fs::read(&file_name).unwrap()));
    let looked = preview(&file_name, None).unwrap();
    assert_eq!((looked.head(), looked.last, looked.originals), (state.head(), Some(at()), 1));
    assert!(!back.exists(), "a preview writes nothing");
    let restored = restore(&file_name, &back, None).unwrap();
    assert_eq!(restored.ledger, state);
    assert_eq!(journal(&back), journal(dir.path()));
    assert_eq!(
        std::fs::read(back.join("journal/head")).unwrap(),
        std::fs::read(dir.path().join("journal/head")).unwrap()
    );
    assert_eq!(originals::read(&back, &line::sha256(b"original").to_string()).unwrap(), b"original");
    let opened = open_to_write(&back, Purpose::Screen).unwrap();
    assert_eq!(opened.store.snapshot().unwrap(), state);
    file(&*opened.store, 1, "其后").unwrap();
    drop(opened);
    assert!(verify(&back).unwrap().is_good());
}

#[test]
fn a_backup_is_an_ordinary_zip_file_of_a_ledger() {
    let (dir, state) = ledger(2);
    let place = tempfile::tempdir().unwrap();
    make(dir.path(), &place.path().join("b.zip"), "读我").unwrap();
    let done = std::process::Command::new("python3")
        .args(["-m", "zipfile", "-e", "b.zip", "by-hand"])
        .current_dir(place.path())
        .status();
    if !done.is_ok_and(|status| status.success()) {
        return;
    }
    let by_hand = place.path().join("by-hand");
    assert_eq!(open_to_read(&by_hand).unwrap().store.snapshot().unwrap(), state);
    assert_eq!(std::fs::read(by_hand.join("README.txt")).unwrap(), "读我".as_bytes());
}

#[test]
fn nothing_is_written_over_and_no_link_is_followed() {
    let (dir, _) = ledger(1);
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    std::fs::write(path("there"), "x").unwrap();
    std::os::unix::fs::symlink(path("elsewhere"), path("link")).unwrap();
    for name in ["there", "link"] {
        assert!(matches!(make(dir.path(), &path(name), ""), Err(BackupError::File { .. })), "{name}");
    }
    assert_eq!(std::fs::read(path("there")).unwrap(), b"x");
    assert!(!path("elsewhere").exists());
    make(dir.path(), &path("b.zip"), "").unwrap();
    std::fs::create_dir(path("full")).unwrap();
    std::fs::write(path("full/x"), "x").unwrap();
    std::fs::create_dir(path("empty")).unwrap();
    std::os::unix::fs::symlink(path("empty"), path("to-empty")).unwrap();
    for to in [dir.path().to_owned(), path("full"), path("there"), path("link"), path("to-empty")] {
        assert!(matches!(restore(&path("b.zip"), &to, None), Err(BackupError::File { .. })), "{}", to.display());
    }
    assert_eq!(std::fs::read_dir(path("full")).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(path("empty")).unwrap().count(), 0);
    restore(&path("b.zip"), &path("empty"), None).unwrap();
}

#[test]
fn a_moment_is_restored_and_what_is_left_out_is_said() {
    let (dir, _) = ledger(5);
    let place = tempfile::tempdir().unwrap();
    let file_name = place.path().join("b.zip");
    make(dir.path(), &file_name, "").unwrap();
    let whole = lines(&journal(dir.path()));
    for (seq, count) in (1..=6).zip(1usize..) {
        let back = place.path().join(format!("to-{seq}"));
        let made = restore(&file_name, &back, Some(Seq(seq))).unwrap();
        assert_eq!(made.head().seq, Seq(seq));
        assert_eq!(journal(&back), whole[..count].concat());
        let left_out: Vec<Seq> = made.left_out.iter().map(|sealed| sealed.commit.seq).collect();
        assert_eq!(left_out, (seq + 1..=6).map(Seq).collect::<Vec<_>>());
        assert_eq!(open_to_read(&back).unwrap().store.snapshot().unwrap(), made.ledger);
    }
    for beyond in [0, 7, u64::MAX] {
        let to = place.path().join("beyond");
        assert!(matches!(restore(&file_name, &to, Some(Seq(beyond))), Err(BackupError::TooEarly { .. })), "{beyond}");
        assert!(!to.exists(), "nothing is left of what failed");
    }
}

#[test]
fn what_is_written_meanwhile_is_left_out_and_all_that_was_acknowledged_before_is_in() {
    let dir = tempfile::tempdir().unwrap();
    let place = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    store.commit(&clerk(), &import(8)).unwrap();
    let (acknowledged, end) = (AtomicU64::new(1), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut no = 0u16;
            while end.load(Ordering::Relaxed) == 0 {
                no += 1;
                let head = file(&*store, no % 8 + 1, &"进展".repeat(usize::from(no % 97))).unwrap();
                acknowledged.store(head.seq.0, Ordering::SeqCst);
            }
        });
        for time in 0..12u64 {
            std::thread::sleep(Duration::from_micros(time * 731 % 4_000));
            let before = acknowledged.load(Ordering::SeqCst);
            let file_name = place.path().join(format!("{time}.zip"));
            let made = make(dir.path(), &file_name, "").unwrap();
            assert!(made.head.seq.0 >= before, "backup {time} lacks what was acknowledged before it began");
            let back = place.path().join(format!("{time}"));
            let restored = restore(&file_name, &back, None).unwrap();
            assert_eq!(restored.head(), made.head);
        }
        end.store(1, Ordering::Relaxed);
    });
    drop(store);
    let whole = journal(dir.path());
    for time in 0..12 {
        let back = journal(&place.path().join(format!("{time}")));
        assert!(whole.starts_with(&back) && back.ends_with(b"\n"), "backup {time} is a beginning of the ledger");
    }
}

#[test]
fn a_line_that_was_never_acknowledged_is_not_backed_up_while_somebody_writes() {
    let (dir, state) = ledger(2);
    let place = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    // A whole line behind the head: written, not yet acknowledged.
    let batch = filing_batch(&*store, 1, "未确认");
    let commit = store.snapshot().unwrap().prepare(&clerk(), &batch).unwrap();
    let path = dir.path().join("journal/000001.jsonl");
    let text = line::encode(&commit).unwrap().0;
    std::fs::OpenOptions::new().append(true).open(path).unwrap().write_all(&text).unwrap();
    assert_eq!(make(dir.path(), &place.path().join("b.zip"), "").unwrap().head, state.head());
    drop(store);
    // Nobody writes: whoever opens the ledger next takes it for written.
    assert_eq!(make(dir.path(), &place.path().join("c.zip"), "").unwrap().head.seq, state.head().seq.next());
}

#[test]
fn of_a_damaged_ledger_there_is_no_backup() {
    let (dir, _) = ledger(5);
    let place = tempfile::tempdir().unwrap();
    let (path, good) = (dir.path().join("journal/000001.jsonl"), journal(dir.path()));
    let target = place.path().join("b.zip");
    let boundaries = (0..good.len()).filter(|at| *at == 0 || good[at - 1] == b'\n');
    for at in (0..good.len()).step_by(97).chain(boundaries) {
        std::fs::write(&path, &good[..at]).unwrap();
        assert!(matches!(make(dir.path(), &target, ""), Err(BackupError::Damaged(_))), "cut at {at}");
        let mut spoilt = good.clone();
        spoilt[at] ^= 1;
        std::fs::write(&path, spoilt).unwrap();
        assert!(matches!(make(dir.path(), &target, ""), Err(BackupError::Damaged(_))), "bit at {at}");
        assert!(!target.exists(), "nothing is left");
    }
    assert!(matches!(make(place.path(), &target, ""), Err(BackupError::Open(OpenError::Missing(_)))));
}

#[test]
fn a_damaged_original_is_left_out_and_said() {
    let (dir, _) = ledger(1);
    let place = tempfile::tempdir().unwrap();
    let hash = line::sha256(b"original");
    std::fs::write(dir.path().join("originals").join(hash.to_string()), "other").unwrap();
    let made = make(dir.path(), &place.path().join("b.zip"), "").unwrap();
    assert_eq!((made.originals, made.left_out), (0, vec![hash]));
}

#[test]
fn no_flipped_bit_in_a_backup_passes_unnoticed() {
    let (dir, state) = ledger(2);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("b.zip");
    make(dir.path(), &path, "").unwrap();
    let good = std::fs::read(&path).unwrap();
    let mut refused = 0;
    for at in (0..good.len()).step_by(3) {
        let mut spoilt = good.clone();
        spoilt[at] ^= 1 << (at % 8);
        std::fs::write(&path, &spoilt).unwrap();
        match preview(&path, None) {
            // Dates, permissions and such, which nothing is made of.
            Ok(found) => assert_eq!((found.ledger, found.originals), (state.clone(), 1), "byte {at}"),
            Err(_) => refused += 1,
        }
        std::fs::write(&path, &good[..at]).unwrap();
        assert!(preview(&path, None).is_err(), "cut at {at}");
    }
    assert!(refused > good.len() / 5, "{refused} of {}", good.len() / 3);
}

#[test]
fn what_does_not_belong_into_a_backup_is_refused() {
    let (dir, _) = ledger(2);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("b.zip");
    make(dir.path(), &path, "").unwrap();
    let good = members(&path);
    let refused = |members: &[(String, Vec<u8>)], what: &str| {
        zipped(&path, members);
        let to = place.path().join("back");
        let error = restore(&path, &to, None).expect_err(what);
        assert!(!to.exists(), "{what}");
        let BackupError::Bad(bad) = error else { panic!("{what}: {error}") };
        bad
    };
    for name in [
        "../escaped",
        "/tmp/escaped",
        "journal/../../escaped",
        "originals/../x",
        "sled/db",
        "version",
        "journal/000001.jsonl.aside.1",
        "journal\\000009.jsonl",
        "lock",
        "a",
    ] {
        let with = [good.clone(), vec![(name.to_owned(), b"x".to_vec())]].concat();
        assert!(matches!(refused(&with, name), Bad::Member(_)), "{name}");
    }
    let without: Vec<_> = good.iter().filter(|(name, _)| name != "backup.json").cloned().collect();
    assert!(matches!(refused(&without, "no note"), Bad::Foreign(_)));
    let changed = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut members = good.clone();
        members.iter_mut().filter(|(found, _)| found.starts_with(name)).for_each(|(_, bytes)| change(bytes));
        members
    };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let cut = changed("journal", &|bytes| *bytes = lines(bytes)[..2].concat());
    assert_eq!(refused(&cut, "cut"), Bad::Head { said: Seq(3), found: Seq(2) });
    let short = changed("journal", &|bytes| bytes.truncate(bytes.len() - 1));
    assert!(matches!(refused(&short, "not ended"), Bad::Line { line: 3, what: BadLine::Cut, .. }));
    let swapped = changed("journal", &|bytes| {
        let mut all = lines(bytes);
        all.swap(1, 2);
        *bytes = all.concat();
    });
    assert!(matches!(refused(&swapped, "swapped"), Bad::Line { line: 2, what: BadLine::Chain(_), .. }));
    let forged = changed("journal", &|bytes| *bytes = text(bytes).replacen("第0次", "第9次", 1).into_bytes());
    assert!(matches!(refused(&forged, "forged"), Bad::Line { line: 2, what: BadLine::Checksum, .. }));
    let other = changed("originals", &|bytes| bytes.push(b'x'));
    assert!(matches!(refused(&other, "original"), Bad::Original(_)));
    let schema = format!("\"schema\":{}", codec::SCHEMA);
    let newer = changed("backup.json", &|bytes| *bytes = text(bytes).replace(&schema, "\"schema\":200").into_bytes());
    assert_eq!(refused(&newer, "newer"), Bad::Newer(200));
    let bomb = [good.clone(), vec![(format!("originals/{}", "0".repeat(64)), vec![0; 64 * 1024 * 1024])]].concat();
    assert_eq!(refused(&bomb, "bomb"), Bad::Bomb);
    let long = changed("journal", &|bytes| bytes.extend(std::iter::repeat_n(b'a', 40 * 1024 * 1024)));
    assert_eq!(refused(&long, "a line without end"), Bad::Bomb);
    for (name, bytes) in [("empty", &b""[..]), ("text", b"hello"), ("half", b"PK\x03\x04")] {
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(preview(&path, None), Err(BackupError::Bad(Bad::Foreign(_)))), "{name}");
    }
    zipped(&path, &good);
    restore(&path, &place.path().join("back"), None).unwrap();
}

#[test]
fn a_link_in_a_backup_is_refused() {
    let (dir, _) = ledger(1);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("b.zip");
    make(dir.path(), &path, "").unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members(&path) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    let name = format!("originals/{}", "ab".repeat(32));
    zip.add_symlink(name.as_str(), "/etc/passwd", SimpleFileOptions::default()).unwrap();
    std::fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
    let to = place.path().join("back");
    assert!(matches!(restore(&path, &to, None), Err(BackupError::Bad(Bad::Member(found))) if found == name));
    assert!(!to.exists());
}

#[test]
fn the_journal_of_a_folder_is_restored_like_a_backup_and_up_to_its_damage() {
    let (dir, state) = ledger(5);
    let place = tempfile::tempdir().unwrap();
    assert_eq!(restore(dir.path(), &place.path().join("whole"), None).unwrap().ledger, state);
    let path = dir.path().join("journal/000001.jsonl");
    let mut all = lines(&journal(dir.path()));
    all[3][80] ^= 1;
    std::fs::write(&path, all.concat()).unwrap();
    let to = place.path().join("back");
    assert!(matches!(restore(dir.path(), &to, None), Err(BackupError::Bad(Bad::Line { line: 4, .. }))));
    assert_eq!(restore(dir.path(), &to, Some(Seq(3))).unwrap().head().seq, Seq(3));
    assert_eq!(journal(&to), all[..3].concat());
    std::fs::write(&path, all[..2].concat()).unwrap();
    let cut = preview(dir.path(), None);
    assert!(matches!(cut, Err(BackupError::Bad(Bad::Head { said: Seq(6), found: Seq(2) }))), "{cut:?}");
}

#[test]
fn one_backup_a_day_is_made_and_nothing_else_touched() {
    let (dir, _) = ledger(1);
    let place = tempfile::tempdir().unwrap();
    let into = place.path().join("daily");
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let first = daily(dir.path(), &into, day("2024-01-01"), "").unwrap();
    assert!(first.made.is_some() && first.file.ends_with("duban-2024-01-01.zip"));
    std::fs::write(into.join("duban-2024-01-02.zip.part"), "what a killed one left").unwrap();
    std::fs::write(into.join("别的.zip"), "x").unwrap();
    assert!(daily(dir.path(), &into, day("2024-01-01"), "").unwrap().made.is_none());
    for date in day("2024-01-02").iter_days().take(39) {
        daily(dir.path(), &into, date, "").unwrap();
    }
    let mut names: Vec<String> =
        std::fs::read_dir(&into).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.pop().unwrap(), "别的.zip");
    let kept =
        |from: &str, to: &str| names.iter().filter(|name| (from..=to).contains(&name.get(6..16).unwrap_or(""))).count();
    assert_eq!(kept("2024-01-27", "2024-02-09"), 14);
    assert_eq!(kept("2024-01-01", "2024-01-26"), 4, "a Monday each: {names:?}");
    preview(&into.join(&names[0]), None).unwrap();
}

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
