//! A process that writes is killed, again and again: what it was told is written stays written, once, and the chain is whole.
//!
//! The writer is this same test program, started anew with [`WRITER`] in its environment.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use chrono::DateTime;
use duban::model::{Actor, Batch, BatchId, Confidence, DocumentId, Finding, Intent, Key, Record, Seq, Write};
use duban::store::{Notice, Purpose, ReadOnly, Refused, open_to_read, open_to_write, verify};

/// The folder of the ledger that the writer writes to.
const WRITER: &str = "DUBAN_TEST_WRITER";
/// The first number that it writes.
const FROM: &str = "DUBAN_TEST_FROM";
/// The length of text in each commit.
const LENGTH: &str = "DUBAN_TEST_LENGTH";
/// The file size that the system allows it.
const LIMIT: &str = "DUBAN_TEST_LIMIT";

const CYCLES: u64 = 200;

fn clerk() -> Actor {
    Actor { uid: uzers::get_current_uid(), name: "clerk".into() }
}

/// Batch number `n`: always the same, so that it can be retried by a process that knows nothing of the first try.
fn batch(n: u32, length: usize) -> Batch {
    let key = Key::finding(&DocumentId::new("yunxi-2024").unwrap(), n, 1);
    let finding = Finding {
        line: n,
        no: 1,
        item: None,
        what: "填".repeat(length),
        printed: String::new(),
        reading: n.to_string(),
        why: String::new(),
        confidence: Confidence::Open,
        alternatives: Vec::new(),
        settled: None,
    };
    let mut id = [0; 16];
    id[..4].copy_from_slice(&n.to_be_bytes());
    Batch {
        id: BatchId(id),
        at: DateTime::parse_from_rfc3339("2024-09-30T17:05:00+08:00").unwrap(),
        intent: Intent::Settle,
        undoes: None,
        writes: vec![Write { key, base: Seq::ZERO, value: Some(Record::Finding(finding)) }],
    }
}

fn number(id: BatchId) -> u32 {
    u32::from_be_bytes(id.0[..4].try_into().unwrap())
}

fn env<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// Not a test by itself: the process that is killed.
#[test]
fn writer() {
    let Ok(dir) = std::env::var(WRITER) else { return };
    if let Some(limit) = env(LIMIT) {
        let limit = rustix::process::Rlimit { current: Some(limit), maximum: Some(limit) };
        rustix::process::setrlimit(rustix::process::Resource::Fsize, limit).unwrap();
    }
    let store = open_to_write(Path::new(&dir), Purpose::Screen).unwrap().store;
    let length = env(LENGTH).unwrap_or(10);
    let mut out = std::io::stdout();
    for n in env(FROM).unwrap_or(1).. {
        match store.commit(&clerk(), &batch(n, length)) {
            Ok(_) => writeln!(out, "\nacknowledged {n}").unwrap(),
            Err(Refused::Down(_)) => {
                writeln!(out, "\ndown {n}").unwrap();
                assert!(matches!(store.commit(&clerk(), &batch(n, 1)), Err(Refused::Down(_))), "it stays down");
                assert_eq!(store.snapshot().unwrap().len(), usize::try_from(n).unwrap() - 1, "reads go on");
                return;
            }
            Err(refused) => panic!("{n}: {refused}"),
        }
        out.flush().unwrap();
    }
}

fn start(dir: &Path, from: u32, more: &[(&str, &str)]) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["writer", "--exact", "--nocapture", "--test-threads=1"])
        .env(WRITER, dir)
        .env(FROM, from.to_string())
        .envs(more.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The numbers that a writer says are written, until it has ended.
fn acknowledged(child: &mut Child) -> impl Iterator<Item = u32> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).split(b'\n').map(Result::unwrap);
    lines.filter_map(|line| String::from_utf8(line).ok()?.strip_prefix("acknowledged ")?.parse().ok())
}

/// The numbers in the ledger, in order; the ledger is whole.
fn written(dir: &Path) -> Vec<u32> {
    let opened = open_to_read(dir).unwrap();
    assert!(
        !opened.notices.iter().any(|notice| matches!(notice, Notice::ReadOnly(ReadOnly::Damaged { .. }))),
        "{:?}",
        opened.notices
    );
    let commits = opened.store.since(Seq::ZERO, usize::MAX, Duration::ZERO).unwrap();
    commits.iter().map(|sealed| number(sealed.commit.id)).collect()
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_written_twice() {
    let dir = tempfile::tempdir().unwrap();
    drop(open_to_write(dir.path(), Purpose::Command).unwrap());
    let mut told = 0;
    let mut killed_at_work = 0;
    for cycle in 0..CYCLES {
        // The first number that nobody was told about: it may be written or not, and is tried again under the same id.
        let mut child = start(dir.path(), told + 1, &[]);
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
    let mut child = start(dir.path(), 1, &[(LENGTH, "6000"), (LIMIT, "1500000")]);
    let told: Vec<u32> = acknowledged(&mut child).collect();
    assert!(child.wait().unwrap().success(), "it was not ended by a signal, and its own checks held");
    assert!(told.len() > 10, "{told:?}");
    assert_eq!(written(dir.path()), told);

    let opened = open_to_write(dir.path(), Purpose::Command).unwrap();
    assert!(opened.notices.iter().any(|n| matches!(n, Notice::TornLine { .. })), "{:?}", opened.notices);
    let next = u32::try_from(told.len()).unwrap() + 1;
    opened.store.commit(&clerk(), &batch(next, 10)).unwrap();
    drop(opened);
    assert!(verify(dir.path()).unwrap().is_good());
}
