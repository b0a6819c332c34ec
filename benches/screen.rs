//! What the screen costs inside the process, at 80×24, on the seed document and with 100,000 items more.
//!
//! `cargo bench --bench screen`. The same `update` and `draw` as in life, without a terminal: from the message to the bytes.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

mod made;

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, FixedOffset, NaiveDate};
use divan::Bencher;
use duban::catalog::Lang;
use duban::import;
use duban::model::{Actor, Batch, Book, Intent, Seq, Write};
use duban::store::{MemoryStore, Store, library_in, new_batch_id};
use duban::tui::glyph::Glyphs;
use duban::tui::update::Msg;
use duban::tui::{Headless, Setup};

/// Items beside the seed document's own.
const MORE: [usize; 2] = [0, 100_000];
const SIZE: (u16, u16) = (80, 24);

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2024-09-30T09:00:00+08:00").unwrap()
}

fn actor() -> Actor {
    Actor { uid: 1000, name: "li".to_owned() }
}

/// The seed document with so many items more, made once.
fn store(more: usize) -> Arc<MemoryStore> {
    static MADE: Mutex<Vec<(usize, Arc<MemoryStore>)>> = Mutex::new(Vec::new());
    let mut stores = MADE.lock().unwrap();
    if let Some((_, store)) = stores.iter().find(|(of, _)| *of == more) {
        return Arc::clone(store);
    }
    let store = Arc::new(MemoryStore::new());
    let seed = import::seed::TEXT.as_bytes();
    let reading = import::read(import::seed::FILE_NAME, seed, Some(import::seed::CORRECTIONS)).unwrap();
    let batch = reading.batch(&store.snapshot().unwrap(), new_batch_id(), now()).unwrap();
    store.commit(&actor(), &batch).unwrap();
    if more > 0 {
        let id = Book::newest(&store.snapshot().unwrap()).unwrap().id().clone();
        let write = |(key, record)| Write { key, base: Seq::ZERO, value: Some(record) };
        let writes = made::tasks(id, more).map(write).collect();
        let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::Import, undoes: None, writes };
        store.commit(&actor(), &batch).unwrap();
    }
    stores.push((more, Arc::clone(&store)));
    store
}

fn screen(more: usize) -> Headless {
    let setup = Setup {
        actor: actor(),
        owner: actor().uid,
        lang: Lang::Zh,
        glyphs: Glyphs::UNICODE,
        color: true,
        document: None,
        restricted: false,
        read_only: false,
        today: NaiveDate::from_ymd_opt(2024, 9, 30).unwrap(),
        library: library_in(std::path::Path::new("no-documents-here")),
        data: PathBuf::from("no-drafts-here"),
        notices: Vec::new(),
        greeting: None,
    };
    Headless::new(store(more), setup, SIZE).unwrap()
}

/// From the store to the bytes of the first frame: snapshot, lists, search index, drawing.
#[divan::bench(args = MORE, sample_count = 20, sample_size = 1)]
fn first_frame(bencher: Bencher, more: usize) {
    store(more);
    bencher.bench_local(|| {
        let mut screen = screen(more);
        let bytes = screen.bytes().len();
        // Returned, so that taking it down is not timed.
        (screen, bytes)
    });
}

/// A whole frame and nothing else, as after Ctrl-L.
#[divan::bench(args = MORE)]
fn whole_frame(bencher: Bencher, more: usize) {
    let mut screen = screen(more);
    bencher.bench_local(|| {
        screen.keys("<c-l>").unwrap();
        screen.bytes().len()
    });
}

/// One row down, and one up in turn.
#[divan::bench(args = MORE)]
fn row_down(bencher: Bencher, more: usize) {
    let mut screen = screen(more);
    screen.bytes();
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        screen.keys(if down { "j" } else { "k" }).unwrap();
        screen.bytes().len()
    });
}

/// One more character in the search line: the list is found, filtered and drawn anew.
#[divan::bench(args = [("/", "c"), ("/cz", "j"), ("/", "市"), ("/充电", "桩")], consts = MORE, sample_count = 20, sample_size = 1)]
fn search_character<const MORE: usize>(bencher: Bencher, (before, key): (&str, &str)) {
    let screen = RefCell::new(screen(MORE));
    bencher
        .with_inputs(|| {
            let mut screen = screen.borrow_mut();
            screen.keys("<esc><esc>").unwrap();
            screen.keys(before).unwrap();
            screen.bytes();
        })
        .bench_local_values(|()| {
            let mut screen = screen.borrow_mut();
            screen.keys(key).unwrap();
            screen.bytes().len()
        });
}

/// The window changes its size.
#[divan::bench(args = MORE)]
fn resize(bencher: Bencher, more: usize) {
    let mut screen = screen(more);
    let mut wide = false;
    bencher.bench_local(|| {
        wide = !wide;
        let (columns, rows) = if wide { (160, 48) } else { SIZE };
        screen.tell(Msg::Resize(columns, rows));
        screen.bytes().len()
    });
}

fn main() {
    divan::main();
}
