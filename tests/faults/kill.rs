//! A process that writes is killed, again and again: what it was told is written stays written, once, and the chain is whole.

use std::collections::HashSet;
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::Duration;

use duban::store::{Notice, Purpose, Refused, open_to_write, verify};

use super::writer::{FOLDER, LIMIT, batch, clerk, commits, env, limit_file_size, lines, numbers, say, start};

/// The first number that the writer writes.
const FROM: &str = "DUBAN_TEST_FROM";
/// The length of text in each commit.
const LENGTH: &str = "DUBAN_TEST_LENGTH";

const CYCLES: u64 = 200;

/// Not a test by itself: the process that is killed.
#[test]
fn writer() {
    let Ok(dir) = std::env::var(FOLDER) else { return };
    limit_file_size();
    let store = open_to_write(Path::new(&dir), Purpose::Screen).unwrap().store;
    let length = env(LENGTH).unwrap_or(10);
    for n in env(FROM).unwrap_or(1).. {
        match store.commit(&clerk(), &batch(0, n, length)) {
            Ok(_) => say(&format!("acknowledged {n}")),
            Err(Refused::Down(_)) => {
                say(&format!("down {n}"));
                assert!(matches!(store.commit(&clerk(), &batch(0, n, 1)), Err(Refused::Down(_))), "it stays down");
                assert_eq!(store.snapshot().unwrap().len(), usize::try_from(n).unwrap() - 1, "reads go on");
                return;
            }
            Err(refused) => panic!("{n}: {refused}"),
        }
    }
}

pub(crate) fn start_from(dir: &Path, from: u32, more: &[(&str, &str)]) -> Child {
    let from = from.to_string();
    start("kill::writer", dir, &[&[(FROM, from.as_str())], more].concat())
}

/// The numbers that a writer says are written, until it has ended.
pub(crate) fn acknowledged(child: &mut Child) -> impl Iterator<Item = u32> + use<> {
    lines(child).filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok())
}

/// The numbers in the ledger, in order; the ledger is whole.
fn written(dir: &Path) -> Vec<u32> {
    commits(dir).iter().map(|sealed| numbers(sealed.commit.id).1).collect()
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_written_twice() {
    let dir = tempfile::tempdir().unwrap();
    drop(open_to_write(dir.path(), Purpose::Command).unwrap());
    let mut told = 0;
    let mut killed_at_work = 0;
    for cycle in 0..CYCLES {
        // The first number that nobody was told about: it may be written or not, and is tried again under the same id.
        let mut child = start_from(dir.path(), told + 1, &[]);
        let mut lines = acknowledged(&mut child);
        let mut new = Vec::new();
        if cycle % 4 == 0 {
            // Anywhere from the start of the process on: mostly while it opens.
            thread::sleep(Duration::from_micros((cycle * 7919) % 40_000));
        } else {
            new.extend(lines.next());
            thread::sleep(Duration::from_micros((cycle * 7919) % 2_000));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        new.extend(lines);
        assert!(new.iter().copied().eq(told + 1..told + 1 + u32::try_from(new.len()).unwrap()), "{new:?}");
        told += u32::try_from(new.len()).unwrap();
        killed_at_work += u64::from(!new.is_empty());

        let found = written(dir.path());
        let once: HashSet<u32> = found.iter().copied().collect();
        assert_eq!(found.len(), once.len(), "cycle {cycle}: none twice");
        assert!((1..=told).all(|n| once.contains(&n)), "cycle {cycle}: none lost");
        assert!(found.len() <= usize::try_from(told).unwrap() + 1, "cycle {cycle}: at most the one in flight");
    }
    assert!(killed_at_work > CYCLES / 2, "the kills fell into the work: {killed_at_work}");
    drop(open_to_write(dir.path(), Purpose::Command).unwrap());
    let verdict = verify(dir.path()).unwrap();
    assert!(verdict.is_good(), "{verdict:?}");
}

#[test]
fn a_full_disk_stops_writing_loses_nothing_and_is_over_when_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    // The limit is the child's alone; the journal reaches it after some commits.
    let mut child = start_from(dir.path(), 1, &[(LENGTH, "6000"), (LIMIT, "1500000")]);
    let told: Vec<u32> = acknowledged(&mut child).collect();
    assert!(child.wait().unwrap().success(), "it was not ended by a signal, and its own checks held");
    assert!(told.len() > 10, "{told:?}");
    assert_eq!(written(dir.path()), told);

    let opened = open_to_write(dir.path(), Purpose::Command).unwrap();
    assert!(opened.notices.iter().any(|n| matches!(n, Notice::TornLine { .. })), "{:?}", opened.notices);
    let next = u32::try_from(told.len()).unwrap() + 1;
    opened.store.commit(&clerk(), &batch(0, next, 10)).unwrap();
    drop(opened);
    assert!(verify(dir.path()).unwrap().is_good());
}
