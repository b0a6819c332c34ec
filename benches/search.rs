//! Search per keystroke and index build, at the size of one document and of many.
//!
//! `cargo bench --bench search`.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

mod made;

use std::sync::{Arc, Mutex};

use divan::Bencher;
use duban::model::{
    Book, Document, DocumentId, Entry, Head, Key, Ledger, List, ListCode, ListKind, Record, Seq, Settings, Source,
};
use duban::search::{Finder, Index, marks};

const SIZES: [usize; 2] = [130, 100_000];
/// A bench of its own: too large to be built for every run.
const MILLION: usize = 1_000_000;

/// What is typed, letter by letter; the narrowed benches type the last letter after the rest.
const QUERIES: [&str; 7] = ["s", "cz", "czj", "caizheng", "市czj", "充电桩", "czj 48"];

fn document() -> Document {
    Document {
        id: DocumentId::new("bench-2024").unwrap(),
        title: String::new(),
        number: String::new(),
        issuer: String::new(),
        date: None,
        year: 2024,
        lists: vec![List { code: ListCode::TASKS, kind: ListKind::Tasks, title: String::new(), mark: String::new() }],
        areas: Vec::new(),
        source: Source { file: String::new(), sha256: String::new(), layout: String::new() },
        demo: false,
        settings: Settings::default(),
    }
}

fn ledger(size: usize) -> Ledger {
    let document = document();
    let id = document.id.clone();
    let entry = |record| Entry { version: Seq::ZERO, record: Arc::new(record) };
    let made = made::tasks(id.clone(), size).map(|(key, task)| (key, entry(task)));
    let entries = made.chain([(Key::document(&id), entry(Record::Document(Box::new(document))))]).collect();
    Ledger::from_parts(Head::default(), entries)
}

/// The index of so many items, made once. The ledger stays, as it does in the program.
fn index(size: usize) -> Arc<Index> {
    static MADE: Mutex<Vec<(usize, Arc<Index>, Ledger)>> = Mutex::new(Vec::new());
    let mut made = MADE.lock().unwrap();
    if let Some((_, index, _)) = made.iter().find(|(of, _, _)| *of == size) {
        return Arc::clone(index);
    }
    let ledger = ledger(size);
    let index = Arc::new(Index::of(&Book::newest(&ledger).unwrap()));
    made.push((size, Arc::clone(&index), ledger));
    index
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn build(bencher: Bencher, size: usize) {
    let ledger = ledger(size);
    bencher.bench_local(|| Index::of(&Book::newest(&ledger).unwrap()));
}

/// The whole query at once.
#[divan::bench(args = QUERIES, consts = SIZES, sample_count = 30)]
fn cold<const SIZE: usize>(bencher: Bencher, query: &str) {
    let index = index(SIZE);
    bencher.with_inputs(|| Finder::new(Arc::clone(&index))).bench_local_refs(|finder| finder.find(query).len());
}

/// The last letter, after the others.
#[divan::bench(args = QUERIES, consts = SIZES, sample_count = 30)]
fn narrowed<const SIZE: usize>(bencher: Bencher, query: &str) {
    let index = index(SIZE);
    let mut typed = query.to_owned();
    typed.pop();
    bencher
        .with_inputs(|| {
            let mut finder = Finder::new(Arc::clone(&index));
            finder.find(&typed);
            finder
        })
        .bench_local_refs(|finder| finder.find(query).len());
}

/// A million items, one query at once. Run with `--ignored`.
#[divan::bench(args = QUERIES, sample_count = 5, ignore)]
fn cold_million(bencher: Bencher, query: &str) {
    let index = index(MILLION);
    bencher.with_inputs(|| Finder::new(Arc::clone(&index))).bench_local_refs(|finder| finder.find(query).len());
}

/// What a screenful of rows needs: the hits marked in forty texts.
#[divan::bench(args = ["czj", "充电桩"])]
fn mark_screen(bencher: Bencher, query: &str) {
    let id = DocumentId::new("bench-2024").unwrap();
    let texts = made::tasks(id, 40).filter_map(|(_, record)| match record {
        Record::Task(task) => Some(task.text),
        _ => None,
    });
    let texts: Vec<String> = texts.collect();
    bencher.bench_local(|| texts.iter().map(|text| marks(query, text).len()).sum::<usize>());
}

fn main() {
    divan::main();
}
