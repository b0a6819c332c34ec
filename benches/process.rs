//! Whole processes, from start to exit, as a user at a prompt waits for them: `duban who`, `duban quota`, beside the least
//! that a durable command can do (a process that appends a line to a file and syncs it).
//!
//! `cargo bench --bench process`. The ledgers are in the temporary folder: point `TMPDIR` at the disk that is to be measured.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::Local;
use divan::Bencher;
use duban::model::{Batch, Book, Intent, ItemKey, Key, Record, Seq, Write};
use duban::store::{Purpose, current_actor, new_batch_id, open_to_write};
use tempfile::TempDir;

/// Tasks per commit when a large ledger is made.
const CHUNK: u16 = 1_000;

fn main() {
    // The bench starts itself as the bare process.
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("append") {
        append(Path::new(&args.next().unwrap()));
        return;
    }
    divan::main();
}

fn append(path: &Path) {
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    file.write_all(&[b'x'; 400]).unwrap();
    file.write_all(b"\n").unwrap();
    file.sync_data().unwrap();
}

fn run(command: &mut Command) {
    assert!(command.stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap().success());
}

fn duban(data: &Path, args: &[&str]) {
    run(Command::new(env!("CARGO_BIN_EXE_duban")).arg("--data").arg(data).args(args));
}

/// A ledger with the notice of 2024, made once.
fn seeded() -> &'static TempDir {
    static LEDGER: OnceLock<TempDir> = OnceLock::new();
    LEDGER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        duban(folder.path(), &["list"]);
        folder
    })
}

/// A ledger with 100,000 tasks, made once: those of the notice over and over, in chapters.
fn large() -> &'static TempDir {
    static LEDGER: OnceLock<TempDir> = OnceLock::new();
    LEDGER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        duban(folder.path(), &["list"]);
        let store = open_to_write(folder.path(), Purpose::Command).unwrap().store;
        let ledger = store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        let tasks: Vec<_> = book.tasks().cloned().collect();
        for chapter in 1..=100 {
            let writes = (1..=CHUNK).zip(tasks.iter().cycle()).map(|(no, task)| {
                let key = ItemKey { chapter, no, ..task.key };
                let task = duban::model::Task { key, no: no.to_string(), ..task.clone() };
                Write { key: Key::item(book.id(), key), base: Seq::ZERO, value: Some(Record::Task(task)) }
            });
            let batch = Batch {
                id: new_batch_id(),
                at: Local::now().fixed_offset(),
                intent: Intent::Import,
                undoes: None,
                writes: writes.collect(),
            };
            store.commit(&current_actor(), &batch).unwrap();
        }
        folder
    })
}

/// The least that a durable command can do.
#[divan::bench(sample_count = 50)]
fn bare_append_and_sync(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    let bench = std::env::current_exe().unwrap();
    bencher.bench_local(|| run(Command::new(&bench).arg("append").arg(&file)));
}

/// One figure recorded, durable.
#[divan::bench(sample_count = 50)]
fn quota(bencher: Bencher<'_, '_>) {
    static FIGURE: AtomicU32 = AtomicU32::new(0);
    let data = seeded().path();
    bencher.bench_local(|| {
        // Another figure each time: the same again would write nothing.
        let figure = format!("{}", FIGURE.fetch_add(1, Ordering::Relaxed) % 30);
        duban(data, &["quota", "P17.1", "江山市", &figure, "--period", "2024Q1"]);
    });
}

/// The start of the program alone.
#[divan::bench(sample_count = 50)]
fn version(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| duban(seeded().path(), &["--version"]));
}

/// Who owns it, on the notice of 2024.
#[divan::bench(sample_count = 50)]
fn who(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| duban(seeded().path(), &["who", "充电桩"]));
}

/// Who owns it, among 100,000 tasks.
#[divan::bench(sample_count = 10)]
fn who_among_100_000(bencher: Bencher<'_, '_>) {
    let data = large().path();
    bencher.bench_local(|| duban(data, &["who", "czj"]));
}
