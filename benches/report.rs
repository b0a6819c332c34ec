//! How long a bulletin takes in each format, and how large it is, at the size of one document and of forty.
//!
//! `cargo bench --bench report`. The sizes are printed first. Without Chinese fonts the PDF is left out, and that is said.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

mod made;

use std::sync::{Arc, OnceLock};

use chrono::DateTime;
use divan::Bencher;
use duban::catalog::Lang;
use duban::import::{demo, read, seed};
use duban::model::{Actor, Batch, BatchId, Book, Entry, Hash, Intent, Ledger, Period, Seq};
use duban::output::fonts;
use duban::render::{Fonts, Format, render};
use duban::report::{Made, What, make};

/// The demonstration's tasks, and so many with those made up.
const SIZES: [usize; 2] = [130, 5_000];

fn write(ledger: &mut Ledger, batch: &Batch) {
    let actor = Actor { uid: 0, name: "clerk".to_owned() };
    let commit = ledger.prepare(&actor, batch).unwrap();
    ledger.apply(&commit, Hash::default()).unwrap();
}

/// The demonstration, with tasks added up to so many; progress is made up for all of them.
fn ledger(tasks: usize) -> Ledger {
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let mut ledger = Ledger::default();
    let batch = reading.batch(&ledger, BatchId([1; 16]), DateTime::UNIX_EPOCH.into()).unwrap();
    write(&mut ledger, &batch);
    let id = Book::newest(&ledger).unwrap().id().clone();
    let printed = Book::newest(&ledger).unwrap().tasks().count();
    let mut entries = ledger.entries().map(|(key, entry)| (key.clone(), entry.clone())).collect::<Vec<_>>();
    let more = made::tasks(id, tasks.saturating_sub(printed));
    entries.extend(more.map(|(key, record)| (key, Entry { version: Seq::ZERO, record: Arc::new(record) })));
    let mut ledger = Ledger::from_parts(ledger.head(), entries.into_iter().collect());
    let writes = demo::progress(&Book::newest(&ledger).unwrap());
    let at = DateTime::UNIX_EPOCH.into();
    write(&mut ledger, &Batch { id: BatchId([2; 16]), at, intent: Intent::Demo, undoes: None, writes });
    ledger
}

fn period() -> Period {
    Period::quarter(2024, 3).unwrap()
}

fn bulletin(ledger: &Ledger) -> Made {
    make(&Book::newest(ledger).unwrap(), &What::Bulletin, period(), period().end(), Lang::Zh)
}

/// The bulletin of so many tasks, made once.
fn made_once(size: usize) -> &'static Made {
    static MADE: OnceLock<Vec<(usize, Made)>> = OnceLock::new();
    let all = MADE.get_or_init(|| SIZES.iter().map(|size| (*size, bulletin(&ledger(*size)))).collect());
    &all.iter().find(|(of, _)| *of == size).unwrap().1
}

fn fonts() -> Option<&'static Fonts> {
    static FOUND: OnceLock<Option<Fonts>> = OnceLock::new();
    FOUND.get_or_init(|| fonts::find().ok()).as_ref()
}

/// The formats that can be rendered here.
fn formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| !format.needs_fonts() || fonts().is_some())
}

fn file(size: usize, format: Format) -> Vec<u8> {
    render(made_once(size), format, fonts(), &mut |_, _| {}).unwrap()
}

/// The report itself: every figure, no format.
#[divan::bench(args = SIZES, sample_count = 10)]
fn making(bencher: Bencher, size: usize) {
    let ledger = ledger(size);
    bencher.bench_local(|| bulletin(&ledger));
}

/// A finished report into a file's bytes.
#[divan::bench(args = formats().map(Format::ending), consts = SIZES, sample_count = 10, max_time = 20)]
fn rendering<const SIZE: usize>(bencher: Bencher, ending: &str) {
    let format = Format::of_ending(ending).unwrap();
    made_once(SIZE);
    bencher.bench_local(|| file(SIZE, format).len());
}

/// Looking for the fonts on the system, once a program.
#[divan::bench(sample_count = 10)]
fn finding_fonts() -> bool {
    fonts::find().is_ok()
}

fn main() {
    if std::env::args().any(|word| word == "--bench") {
        if fonts().is_none() {
            println!("no Chinese fonts here: PDF is left out");
        }
        println!("\n| format | bytes, {} tasks | bytes, {} tasks |\n|---|---|---|", SIZES[0], SIZES[1]);
        for format in formats() {
            println!("| {} | {} | {} |", format.ending(), file(SIZES[0], format).len(), file(SIZES[1], format).len());
        }
        println!();
    }
    divan::main();
}
