//! Backups and restoring: what comes back is what was acknowledged, and nothing is written over.

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::backups::*;
use super::sample::*;
use crate::model::*;
use crate::store::backup::{BackupError, Bad, daily, export, last_by, make, preview, restore};
use crate::store::{OpenError, Purpose, line, open_to_read, open_to_write, originals, verify};

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

/// Fifty people write as fast as they can; backups and exports made meanwhile are each a beginning of the ledger, with all that anybody had been
/// told was saved.
#[test]
fn what_is_made_while_fifty_write_is_a_whole_beginning() {
    const PEOPLE: u16 = 50;
    let dir = tempfile::tempdir().unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = |name: String| place.path().join(name);
    let store = local(dir.path());
    store.commit(&clerk(), &import(PEOPLE)).unwrap();
    let (acknowledged, end) = (AtomicU64::new(1), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for person in 1..=PEOPLE {
            let (store, acknowledged, end) = (&store, &acknowledged, &end);
            scope.spawn(move || {
                let mut times = 0;
                while end.load(Ordering::Relaxed) == 0 {
                    times += 1;
                    let head = file(&**store, person, &format!("第{times}次")).unwrap();
                    acknowledged.fetch_max(head.seq.0, Ordering::SeqCst);
                }
            });
        }
        while acknowledged.load(Ordering::SeqCst) < 2 * u64::from(PEOPLE) {
            std::thread::sleep(Duration::from_millis(1));
        }
        for time in 0..6 {
            let before = acknowledged.load(Ordering::SeqCst);
            let made = make(dir.path(), &path(format!("{time}.zip")), "").unwrap().head;
            let exported = export(dir.path(), &path(format!("{time}"))).unwrap().ledger.head();
            assert!(made.seq.0 >= before && exported.seq >= made.seq, "{time}: {before} {made:?} {exported:?}");
        }
        end.store(1, Ordering::Relaxed);
    });
    drop(store);
    let whole = journal(dir.path());
    for from in (0..6).flat_map(|time| [format!("{time}.zip"), format!("{time}")]) {
        let back = path(format!("{from}-back"));
        let restored = restore(&path(from.clone()), &back, None).unwrap();
        assert!(restored.head().seq.0 >= 2 * u64::from(PEOPLE), "{from}");
        assert!(whole.starts_with(&journal(&back)), "{from} is a beginning of the ledger");
    }
}

#[test]
fn a_day_is_restored_to_its_end_as_the_clock_on_the_spot_showed_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    store.commit(&clerk(), &opening(4)).unwrap();
    // The fourth came from a clock that was ahead.
    let times = [
        "2024-10-01T23:30:00+08:00",
        "2024-10-02T00:10:00+08:00",
        "2036-01-01T00:00:00+08:00",
        "2024-10-03T09:00:00+08:00",
    ];
    for (no, time) in (1..).zip(times) {
        let at = chrono::DateTime::parse_from_rfc3339(time).unwrap();
        store.commit(&clerk(), &Batch { at, ..filing_batch(&*store, no, time) }).unwrap();
    }
    drop(store);
    let by = |moment: &str| last_by(dir.path(), moment.parse().unwrap());
    for (moment, seq) in [
        ("2024-09-30T23:59:59", 1),
        ("2024-10-01T23:59:59", 2),
        ("2024-10-02T00:09:59", 2),
        ("2024-10-02T23:59:59", 3),
        ("2024-10-03T23:59:59", 5),
        ("2040-01-01T00:00:00", 5),
    ] {
        assert_eq!(by(moment).unwrap(), Seq(seq), "{moment}");
    }
    assert!(matches!(by("2024-09-29T00:00:00"), Err(BackupError::TooLate { first }) if first == at()));
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
fn what_a_ledger_takes_in_one_commit_fits_into_its_backup_and_export() {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    // Some 36 MB, of text that no packing makes a hundredth of.
    let text = |no: u16| -> String {
        let mut state = u32::from(no) + 1;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4E00 + (state >> 16) % 20_000).unwrap()
        };
        (0..19_000).map(|_| next()).collect()
    };
    let writes = (1..=630).map(|no| write(filing_key(no), Seq::ZERO, Some(filing(655, &text(no)))));
    let head = store.commit(&clerk(), &batch(writes.collect())).unwrap();
    drop(store);
    let place = tempfile::tempdir().unwrap();
    assert_eq!(make(dir.path(), &place.path().join("b.zip"), "").unwrap().head, head);
    assert_eq!(export(dir.path(), &place.path().join("e")).unwrap().ledger.head(), head);
}

#[test]
fn where_no_segment_is_left_the_damage_names_the_folder() {
    let (dir, _) = ledger(2);
    let place = tempfile::tempdir().unwrap();
    std::fs::remove_file(dir.path().join("journal/000001.jsonl")).unwrap();
    let made = make(dir.path(), &place.path().join("b.zip"), "").map(|_| ());
    let exported = export(dir.path(), &place.path().join("e")).map(|_| ());
    for refused in [made, exported] {
        let Err(BackupError::Damaged(damage)) = refused else { panic!("{refused:?}") };
        assert_eq!((damage.file, damage.line), (dir.path().join("journal"), 1));
    }
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
