//! What the suites have in common: numbered commits that anybody can make again, processes that write them, and reading them back.
//!
//! A process is this same test program, started anew to run one of its "tests" alone, with [`FOLDER`] in its environment.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::time::Duration;

use chrono::DateTime;
use duban::model::{Actor, Batch, BatchId, Confidence, DocumentId, Finding, Intent, Key, Record, Seq, Write};
use duban::store::{Notice, ReadOnly, Sealed, open_to_read};

/// The folder of the ledger that a process works on.
pub(crate) const FOLDER: &str = "DUBAN_TEST_WRITER";
/// The file size that the system allows it.
pub(crate) const LIMIT: &str = "DUBAN_TEST_LIMIT";

pub(crate) fn clerk() -> Actor {
    Actor { uid: uzers::get_current_uid(), name: "clerk".into() }
}

/// Batch number `n` of a writer: always the same, so that it can be retried by a process that knows nothing of the first try.
pub(crate) fn batch(who: u32, n: u32, length: usize) -> Batch {
    let line = who * 10_000_000 + n;
    let key = Key::finding(&DocumentId::new("yunxi-2024").unwrap(), line, 1);
    let finding = Finding {
        line,
        no: 1,
        item: None,
        what: "填".repeat(length),
        printed: String::new(),
        reading: n.to_string(),
        why: String::new(),
        confidence: Confidence::Open,
        alternatives: Vec::new(),
        settled: None,
        before: None,
        typed: false,
    };
    let mut id = [0; 16];
    id[..4].copy_from_slice(&n.to_be_bytes());
    id[4..8].copy_from_slice(&who.to_be_bytes());
    Batch {
        id: BatchId(id),
        at: DateTime::parse_from_rfc3339("2024-09-30T17:05:00+08:00").unwrap(),
        intent: Intent::Settle,
        undoes: None,
        writes: vec![Write { key, base: Seq::ZERO, value: Some(Record::Finding(finding)) }],
    }
}

/// The writer and the number of a commit's batch.
pub(crate) fn numbers(id: BatchId) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(id.0[at..at + 4].try_into().unwrap());
    (number(4), number(0))
}

/// A value from the environment.
pub(crate) fn env<T: FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// In a process of ours: limits the size of its files as [`LIMIT`] says.
pub(crate) fn limit_file_size() {
    if let Some(limit) = env(LIMIT) {
        let limit = rustix::process::Rlimit { current: Some(limit), maximum: Some(limit) };
        rustix::process::setrlimit(rustix::process::Resource::Fsize, limit).unwrap();
    }
}

/// In a process of ours: tells the parent a line, in one write. The parent may have gone.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(format!("\n{line}\n").as_bytes()).and_then(|()| out.flush());
}

/// Starts this program anew to run one of its tests, on a folder.
pub(crate) fn start(test: &str, dir: &Path, more: &[(&str, &str)]) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, dir)
        .envs(more.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a process says, until it has ended.
pub(crate) fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).split(b'\n');
    lines.map_while(Result::ok).filter_map(|line| String::from_utf8(line).ok())
}

/// The commits in the ledger, in order; the ledger is whole.
pub(crate) fn commits(dir: &Path) -> Vec<Sealed> {
    let opened = open_to_read(dir).unwrap();
    assert!(
        !opened.notices.iter().any(|notice| matches!(notice, Notice::ReadOnly(ReadOnly::Damaged { .. }))),
        "{:?}",
        opened.notices
    );
    opened.store.since(Seq::ZERO, usize::MAX, Duration::ZERO).unwrap()
}

/// What a run printed, and its exit status.
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs a verb of the command line on a folder.
pub(crate) fn duban(data: &Path, words: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .env_remove("DUBAN_LANG")
        .arg("--data")
        .arg(data)
        .args(words)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `end`.
    pub(crate) fn roll(&mut self, end: u64) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end.max(1)
    }
}
