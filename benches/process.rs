//! What people wait for: the program as whole processes, on the seed document and with 100,000 items more.
//!
//! `cargo bench --bench process`; `DUBAN_ITEMS=1000000` for as many more. `DUBAN_BESIDE=PROGRAM` runs another build of it in the same
//! rounds, for a comparison on a machine that is not quiet. `cargo bench --bench process -- --make FOLDER` only makes the large ledger, to be
//! looked at with other tools, and prints a word that few of its items have. The bench has it made so by a process of its own: one that has grown
//! large starts others more slowly. Commands of one table run in turn, so that a busy moment of the machine falls on all of them,
//! and each is compared with the floor process of its own round. Read the ratios before the milliseconds. The floors are this
//! same binary, started anew: `--floor nothing` ends at once, `--floor append FILE` appends a line and syncs it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench fails by panicking")]

mod made;
mod terminal;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use duban::model::{Batch, Book, Intent, Record, Seq, Write};
use duban::store::{Purpose, current_actor, new_batch_id, open_to_write};
use terminal::{Start, Terminal};

const RUNS: usize = 40;
const MORE: usize = 100_000;
/// Items written in one commit, at most.
const AT_ONCE: usize = 100_000;
const DUBAN: &str = env!("CARGO_BIN_EXE_duban");

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--floor", "nothing"] => {}
        ["--floor", "append", file] => append(Path::new(file)),
        ["--make", folder, ..] => {
            run(&mut duban(Path::new(folder), &["status"]));
            println!("{}", enlarge(Path::new(folder), more()));
        }
        // Under `cargo test --all-targets` nothing is measured.
        words if words.contains(&"--bench") => measure(),
        _ => {}
    }
}

/// What any durable edit by a process of its own takes at least.
fn append(file: &Path) {
    let mut file = OpenOptions::new().append(true).create(true).open(file).unwrap();
    file.write_all("{\"key\":\"P17.1\",\"area\":\"江山市\",\"done\":\"8.2\"}\n".as_bytes()).unwrap();
    file.sync_data().unwrap();
}

fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed");
    let large = folder.path().join("large");
    run(&mut duban(&seed, &["status"]));
    let began = Instant::now();
    let made = Command::new(std::env::current_exe().unwrap()).arg("--make").arg(&large).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let rare = String::from_utf8(made.stdout).unwrap().trim_end().to_owned();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("{cores} cores, load {}; {RUNS} runs each", load.split(' ').next().unwrap_or_default());
    println!("large: {} items, made in {} ms", more(), began.elapsed().as_millis());

    let beside = std::env::var("DUBAN_BESIDE").ok();
    let mut lines = vec![
        Line::new("floor: a process that does nothing", |_| floor(&["nothing"])),
        Line::new("who 充电桩, seed", |_| duban(&seed, &["who", "充电桩"])),
        Line::new("who, a few hits, large", |_| duban(&large, &["who", &rare])),
        Line::new("who 充电桩, thousands of hits, large", |_| duban(&large, &["who", "充电桩"])),
        Line::new("show T48, seed", |_| duban(&seed, &["show", "T48"])),
        Line::new("show T48, large", |_| duban(&large, &["show", "T48"])),
    ];
    if let Some(other) = &beside {
        lines.push(Line::new("beside: who, a few hits, large", |_| program(other, &large, &["who", &rare])));
        lines.push(Line::new("beside: show T48, large", |_| program(other, &large, &["show", "T48"])));
    }
    table(&lines);
    let log = folder.path().join("floor.jsonl");
    let value = |run: usize| if run.is_multiple_of(2) { "8.2" } else { "8.3" };
    let quota = |data: &Path, run| duban(data, &["quota", "P17.1", "江山市", value(run), "--period", "2024Q3"]);
    table(&[
        Line::new("floor: appends a line, fdatasync", |_| floor(&["append", log.to_str().unwrap()])),
        Line::new("quota P17.1 江山市 8.2, seed", |run| quota(&seed, run)),
        Line::new("quota P17.1 江山市 8.2, large", |run| quota(&large, run)),
    ]);

    println!(
        "\n| the screen in a terminal, 80×24 | first frame ms | p95 | frame bytes | key bytes | key writes | RSS MB | peak MB |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let fresh = |run: usize| folder.path().join(format!("fresh-{run}"));
    starts("first start ever: reads the document in", RUNS, fresh);
    starts("seed", RUNS, |_| seed.clone());
    starts("large", RUNS / 4, |_| large.clone());
    idle(&seed);
}

fn floor(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("--floor").args(words);
    command
}

fn duban(data: &Path, words: &[&str]) -> Command {
    program(DUBAN, data, words)
}

/// How many items more the large ledger has.
fn more() -> usize {
    std::env::var("DUBAN_ITEMS").map_or(MORE, |text| text.parse().unwrap())
}

fn program(program: &str, data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.env_remove("DUBAN_LANG").arg("--data").arg(data).args(words);
    command
}

/// Runs a command to its end, reading what it prints; answers how long that took.
fn run(command: &mut Command) -> Duration {
    let began = Instant::now();
    let done = command.output().unwrap();
    let took = began.elapsed();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    took
}

/// Adds items to a ledger; answers a query that finds few of them.
fn enlarge(data: &Path, more: usize) -> String {
    let opened = open_to_write(data, Purpose::Screen).unwrap();
    let id = Book::newest(&opened.store.snapshot().unwrap()).unwrap().id().clone();
    let at: DateTime<FixedOffset> = DateTime::parse_from_rfc3339("2024-09-30T09:00:00+08:00").unwrap();
    let mut rare = None;
    let mut made = made::tasks(id, more).map(|(key, record)| Write { key, base: Seq::ZERO, value: Some(record) });
    loop {
        let writes: Vec<Write> = made.by_ref().take(AT_ONCE).collect();
        if writes.is_empty() {
            return rare.unwrap();
        }
        rare = writes.iter().rev().find_map(few_have).or(rare);
        let batch = Batch { id: new_batch_id(), at, intent: Intent::Import, undoes: None, writes };
        opened.store.commit(&current_actor(), &batch).unwrap();
    }
}

/// Words of a text about charging points that hardly any other text has.
fn few_have(write: &Write) -> Option<String> {
    let Some(Record::Task(task)) = &write.value else { return None };
    let (_, behind) = task.text.split_once("充电桩")?;
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    Some(format!("充电桩{digits}个"))
}

/// A command of a table.
struct Line<'a> {
    name: &'static str,
    /// The command of a run, by its number: an edit has to be another one each time.
    command: Box<dyn Fn(usize) -> Command + 'a>,
}

impl<'a> Line<'a> {
    fn new(name: &'static str, command: impl Fn(usize) -> Command + 'a) -> Self {
        Self { name, command: Box::new(command) }
    }
}

/// Runs the lines in turn, after one round that is not counted, and prints them; the first is the floor.
fn table(lines: &[Line]) {
    let round = |number| lines.iter().map(|line| run(&mut (line.command)(number))).collect::<Vec<_>>();
    round(0);
    let rounds: Vec<Vec<Duration>> = (1..=RUNS).map(round).collect();
    println!("\n| command | median ms | p95 | least | × floor (median of the rounds) |");
    println!("|---|---|---|---|---|");
    for (at, line) in lines.iter().enumerate() {
        let took = Sorted::of(rounds.iter().map(|round| millis(round[at])));
        let ratio = Sorted::of(rounds.iter().map(|round| round[at].as_secs_f64() / round[0].as_secs_f64()));
        let (median, p95, least) = (took.at(50), took.at(95), took.at(0));
        println!("| {} | {median:.2} | {p95:.2} | {least:.2} | {:.2} |", line.name, ratio.at(50));
    }
}

/// Starts the screen so many times, each time on the ledger of that run, and prints the medians.
fn starts(name: &str, runs: usize, ledger: impl Fn(usize) -> PathBuf) {
    let runs: Vec<Start> = (0..=runs).map(|run| Terminal::measure(&ledger(run))).skip(1).collect();
    let sorted = |of: fn(&Start) -> f64| Sorted::of(runs.iter().map(of));
    let took = sorted(|run| millis(run.first_frame));
    print!("| {name} | {:.1} | {:.1} |", took.at(50), took.at(95));
    for of in [
        |run: &Start| run.frame_bytes,
        |run: &Start| run.key_bytes,
        |run: &Start| run.key_writes,
        |run: &Start| run.rss,
        |run: &Start| run.peak,
    ] {
        print!(" {:.1} |", sorted(of).at(50));
    }
    println!();
}

/// What an idle screen does in ten seconds, by the names of its threads.
fn idle(data: &Path) {
    const WATCHED: Duration = Duration::from_secs(10);
    let terminal = Terminal::start(data);
    terminal.settle();
    // The database's own threads come to rest a moment after the start.
    std::thread::sleep(Duration::from_secs(2));
    let (bytes, ticks, before) = (terminal.bytes(), terminal.ticks(), terminal.wake_ups());
    std::thread::sleep(WATCHED);
    let (bytes, ticks) = (terminal.bytes() - bytes, terminal.ticks() - ticks);
    println!("\nidle for {} s: {bytes} bytes, {ticks} clock ticks of processor time", WATCHED.as_secs());
    println!("\n| threads | how many | wake-ups in {} s |", WATCHED.as_secs());
    println!("|---|---|---|");
    for (name, (count, woken)) in terminal.wake_ups() {
        println!("| {name} | {count} | {} |", woken - before.get(&name).map_or(0, |(_, woken)| *woken));
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

struct Sorted(Vec<f64>);

impl Sorted {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The value at so many percent.
    fn at(&self, percent: usize) -> f64 {
        *self.0.get((self.0.len() - 1) * percent / 100).unwrap()
    }
}
