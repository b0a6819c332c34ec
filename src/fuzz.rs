//! Whatever bytes come in from outside: nothing panics, nothing hangs, and what a parser takes is what it seems to be.
//!
//! One test a parser, and each is called `fuzz_…`; [`TARGETS`] lists them, with where they stand. Inputs are changed ones of a corpus, made from
//! numbers, so that each can be made again: a failure prints the number.
//!
//! ```text
//! cargo test --lib fuzz_                                        a few thousand inputs each, as at each change
//! DUBAN_FUZZ_SECONDS=60 cargo test --release --lib fuzz_        for so long each
//! DUBAN_FUZZ=1000000 cargo test --release --lib fuzz_journal    so many
//! DUBAN_FUZZ_SEED=7 DUBAN_FUZZ=1 cargo test --lib fuzz_journal  that one again
//! ```
//!
//! The same targets run guided by coverage, for so many seconds; what they find is kept in `target/fuzz/TARGET` for the next run, and an input
//! that fails in a file, which any build of the tests takes again:
//!
//! ```text
//! fuzz/guided.sh import 300
//! DUBAN_FUZZ_FILE=target/fuzz/import/crash-… cargo test --lib fuzz_import
//! ```
//!
//! The bytes of a terminal are tried on the program itself: `tests/pty/noise.rs`.

mod dice;
mod guided;
mod import;
pub(crate) mod package;
mod text;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dice::{Dice, Original, mutation};
use package::closed;

/// Every target: its name, the inputs that it is given at each change, and what it is.
pub(crate) const TARGETS: [(&str, u64, &str); 17] = [
    ("sanitiser", 4000, "text from anywhere (text/sanitise.rs)"),
    ("numbers", 2000, "figures, days and periods as people type them (text/, model/period.rs)"),
    ("keys", 2000, "the notation of keys, and keys of records (tui/key.rs, model/key.rs)"),
    ("search", 600, "what is typed into the search line (search/)"),
    ("import", 600, "documents of every kind (import/)"),
    ("corrections", 600, "the corrections file beside a document (import/corrections.rs)"),
    ("journal_line", 2000, "a line of the journal (store/line.rs)"),
    ("forged_line", 2000, "a line whose checksum is right (store/line.rs, model/)"),
    ("value", 2000, "a value in sled (store/codec.rs)"),
    ("message", 2000, "what host and guest say to each other (store/host/talk.rs)"),
    ("frame", 400, "how it is cut (store/host/frame.rs)"),
    ("backup", 60, "what is restored (store/backup/)"),
    ("small_files", 60, "head, version, lock, drafts in the data folder (store/)"),
    ("form", 60, "a workbook that a unit filled in (forms/)"),
    ("batch", 600, "--from: many deeds at once (cli/batch.rs)"),
    ("typed", 600, "periods, figures and days on the command line (cli/)"),
    ("login", 60, "the command of a restricted login (cli/login.rs)"),
];

/// How long one input may take before the run is given up: what takes so long never ends.
const HANGS: Duration = Duration::from_mins(2);

/// How much is to be done.
enum Much {
    Inputs(u64),
    Time(Duration),
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Says which input it was when a check fails.
struct Last<'a>(&'a str, Arc<AtomicU64>);

impl Drop for Last<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let seed = self.1.load(Ordering::Relaxed);
            println!("again: DUBAN_FUZZ_SEED={seed} DUBAN_FUZZ=1 cargo test --lib fuzz_{}", self.0);
        }
        self.1.store(u64::MAX, Ordering::Relaxed);
    }
}

/// Feeds a parser with changed inputs. `words` are what means something to it; `check` asserts what has to hold, and answers whether the parser
/// took the input.
pub(crate) fn run(name: &str, corpus: &[Vec<u8>], words: &[&str], mut check: impl FnMut(&[u8]) -> bool) {
    if let Some(file) = std::env::var_os("DUBAN_FUZZ_FILE") {
        let taken = check(&closed(&std::fs::read(file).unwrap()));
        println!("fuzz {name}: {}", if taken { "taken" } else { "refused" });
        return;
    }
    let corpus: Vec<Original> = corpus.iter().map(|bytes| Original::of(bytes)).collect();
    if let Some(folder) = guided::asked(name) {
        drive(&guided::prepare(&folder, &corpus, words), |bytes| _ = check(&closed(bytes)));
    }
    let (_, usual, _) = TARGETS.iter().find(|(target, ..)| *target == name).unwrap();
    let much = match (number("DUBAN_FUZZ_SECONDS"), number("DUBAN_FUZZ")) {
        (_, Some(count)) => Much::Inputs(count),
        (Some(seconds), None) => Much::Time(Duration::from_secs(seconds)),
        (None, None) => Much::Inputs(*usual),
    };
    let first = number("DUBAN_FUZZ_SEED").unwrap_or(0);
    let now = Arc::new(AtomicU64::new(first));
    let last = Last(name, Arc::clone(&now));
    watch(name, now);
    let began = Instant::now();
    let (mut done, mut taken) = (0, 0_u64);
    let goes_on = |done: u64| match much {
        Much::Inputs(count) => done < count,
        // The clock is asked now and then: asking takes as long as many a parser.
        Much::Time(time) => !done.is_multiple_of(64) || began.elapsed() < time,
    };
    while goes_on(done) {
        let seed = first + done;
        last.1.store(seed, Ordering::Relaxed);
        let mut dice = Dice::of(seed);
        let input = mutation(&corpus, words, &mut dice);
        taken += u64::from(check(&input));
        done += 1;
    }
    println!("fuzz {name}: {done} executions from {first} on, {taken} taken, {:.0?}", began.elapsed());
}

#[cfg(duban_guided)]
use duban_guided::drive;

#[cfg(not(duban_guided))]
fn drive(_: &[String], _: impl FnMut(&[u8])) -> ! {
    panic!("DUBAN_GUIDED is for the program that fuzz/guided.sh builds")
}

/// Ends the process when an input takes for ever, and says which.
fn watch(name: &str, now: Arc<AtomicU64>) {
    let name = name.to_owned();
    std::thread::spawn(move || {
        let (mut before, mut since) = (u64::MAX, Instant::now());
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let seed = now.load(Ordering::Relaxed);
            if seed == u64::MAX {
                return;
            }
            if seed != before {
                (before, since) = (seed, Instant::now());
            } else if since.elapsed() > HANGS {
                eprintln!("does not end: DUBAN_FUZZ_SEED={seed} DUBAN_FUZZ=1 cargo test --lib fuzz_{name}");
                std::process::abort();
            }
        }
    });
}

/// What no text may hold once it is in, in the words of the rule rather than those of the program: control characters but newline, and what is
/// invisible or turns the direction of writing.
pub(crate) fn is_hostile(c: char) -> bool {
    let code = u32::from(c);
    let ranges = [
        (0x00, 0x09),
        (0x0B, 0x1F),
        (0x7F, 0x9F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2064),
        (0x2066, 0x2069),
        (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFB),
        (0xE0000, 0xE007F),
    ];
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&code))
}

/// That no text in a value is hostile, however deep.
pub(crate) fn is_clean(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => !text.contains(is_hostile),
        serde_json::Value::Array(values) => values.iter().all(is_clean),
        serde_json::Value::Object(fields) => {
            fields.iter().all(|(name, value)| !name.contains(is_hostile) && is_clean(value))
        }
        _ => true,
    }
}

#[test]
fn every_target_has_its_test_and_every_test_is_a_target() {
    let mut found: Vec<String> = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                let names = text.lines().filter_map(|line| line.trim().strip_prefix("fn fuzz_")?.split('(').next());
                found.extend(names.map(str::to_owned));
            }
        }
    }
    found.sort();
    let mut named: Vec<&str> = TARGETS.iter().map(|(name, ..)| *name).collect();
    named.sort_unstable();
    assert_eq!(found, named);
}
