//! An office at work: many clients of one service, each with connections of its own, each editing and following along.
//!
//! `cargo bench --bench office`. `DUBAN_CLIENTS` says how many there are (50), `DUBAN_SECONDS` how long each part takes (60).
//! Two parts: everybody files about once a second, which is more than any office does; then everybody files as fast as the
//! answers come. The service is the program itself, `duban serve`, as a process of its own; the clients are threads of this one.
//! A bare append with `fdatasync` on the same disk is measured beside it: no commit can be quicker.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench fails by panicking")]

#[path = "made/sorted.rs"]
mod sorted;

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use chrono::Local;
use duban::model::{Batch, Book, DocumentId, Filing, Intent, ItemKey, Key, Period, Record, Seq, Write};
use duban::store::{Opened, Refused, current_actor, new_batch_id, visit};
use sorted::Sorted;

fn main() {
    if !std::env::args().any(|word| word == "--bench") {
        // Under `cargo test --all-targets` nothing is measured.
        return;
    }
    let clients = number("DUBAN_CLIENTS", 50);
    let time = Duration::from_secs(number("DUBAN_SECONDS", 60));
    let folder = tempfile::tempdir().unwrap();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} cores, {clients} clients, {} s each part", time.as_secs());
    let floor = floor(&folder.path().join("floor"));
    println!("floor: append of 600 bytes and fdatasync: p50 {:.2} ms, p99 {:.2} ms", floor.at(50), floor.at(99));
    println!(
        "\n| part | commits | a second | conflicts | commit ms p50 | p99 | max | news at another client ms p50 | p99 | max | service: CPU s | peak MB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (name, pause) in [("each about once a second", Duration::from_secs(1)), ("as fast as possible", Duration::ZERO)]
    {
        part(name, &folder.path().join(pause.as_secs().to_string()), clients, time, pause);
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What any durable edit takes at least on this disk.
fn floor(path: &Path) -> Sorted {
    let mut file = OpenOptions::new().append(true).create(true).open(path).unwrap();
    let line = [b'x'; 600];
    Sorted::of((0..500).map(|_| {
        let began = Instant::now();
        file.write_all(&line).unwrap();
        file.sync_data().unwrap();
        began.elapsed()
    }))
}

/// The service, ended with the value.
struct Service(Child);

impl Service {
    fn start(data: &Path, socket: &Path) -> Self {
        let duban = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
            command.env_remove("DUBAN_LANG").arg("--data").arg(data).stdout(Stdio::null());
            command
        };
        // The document is read in.
        assert!(duban().arg("status").status().unwrap().success());
        let child = duban().args(["serve", "--socket"]).arg(socket).stderr(Stdio::null()).spawn().unwrap();
        let began = Instant::now();
        while visit(socket, &current_actor()).is_err() {
            assert!(began.elapsed() < Duration::from_secs(20), "no service");
            thread::sleep(Duration::from_millis(10));
        }
        Self(child)
    }

    /// Processor seconds used so far, and the most memory in megabytes.
    fn used(&self) -> (f64, u64) {
        let read = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", self.0.id())).unwrap();
        let stat = read("stat");
        let fields = stat.rsplit_once(')').unwrap().1.split_whitespace().skip(11).take(2);
        let ticks: u32 = fields.map(|ticks| ticks.parse::<u32>().unwrap()).sum();
        let status = read("status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        (f64::from(ticks) / 100.0, peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What one client has seen.
#[derive(Default)]
struct Seen {
    /// Its own commits: number, when it was asked for, how long until the answer.
    wrote: Vec<(Seq, Instant, Duration)>,
    conflicts: usize,
    /// Every commit: number, when the news were there.
    heard: Vec<(Seq, Instant)>,
}

fn part(name: &str, data: &Path, clients: u64, time: Duration, pause: Duration) {
    let socket = data.with_extension("socket");
    let service = Service::start(data, &socket);
    let (cpu, _) = service.used();
    let start = Arc::new(Barrier::new(usize::try_from(clients).unwrap()));
    let threads: Vec<_> = (0..clients)
        .map(|who| {
            let (socket, start) = (socket.clone(), Arc::clone(&start));
            thread::spawn(move || client(who, &socket, time, pause, &start))
        })
        .collect();
    let seen: Vec<Seen> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    let (after, peak) = service.used();

    let asked: HashMap<Seq, (usize, Instant)> = (0..)
        .zip(&seen)
        .flat_map(|(who, seen)| seen.wrote.iter().map(move |(seq, at, _)| (*seq, (who, *at))))
        .collect();
    let commits = Sorted::of(seen.iter().flat_map(|seen| seen.wrote.iter().map(|(_, _, took)| *took)));
    let news = Sorted::of((0..).zip(&seen).flat_map(|(who, seen)| {
        let asked = &asked;
        seen.heard.iter().filter_map(move |(seq, at)| {
            let (by, asked) = asked.get(seq)?;
            (*by != who).then(|| at.duration_since(*asked))
        })
    }));
    let expected = commits.0.len() * (seen.len() - 1);
    assert_eq!(news.0.len(), expected, "everybody heard of everybody's commits");
    let conflicts: usize = seen.iter().map(|seen| seen.conflicts).sum();
    let rate = commits.0.len() as u64 / time.as_secs().max(1);
    println!(
        "| {name} | {} | {rate} | {conflicts} | {:.2} | {:.2} | {:.1} | {:.2} | {:.2} | {:.1} | {:.1} | {peak} |",
        commits.0.len(),
        commits.at(50),
        commits.at(99),
        commits.at(100),
        news.at(50),
        news.at(99),
        news.at(100),
        after - cpu,
    );
}

/// One person: files on one task after the other, and follows along as the screen does.
fn client(who: u64, socket: &Path, time: Duration, pause: Duration, start: &Barrier) -> Seen {
    let opened = Arc::new(visit(socket, &current_actor()).unwrap());
    let ledger = opened.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let (id, items): (DocumentId, Vec<ItemKey>) = (book.id().clone(), book.tasks().map(|task| task.key).collect());
    let period: Period = "2024Q3".parse().unwrap();
    // What this client knows of the versions: its watcher keeps it up to date.
    let versions: Arc<Mutex<HashMap<Key, Seq>>> = Arc::default();
    start.wait();
    let began = Instant::now();
    let ends = began + time;
    let watcher = {
        let (opened, versions) = (Arc::clone(&opened), Arc::clone(&versions));
        let from = ledger.head().seq;
        thread::spawn(move || watch(&opened, from, &versions, ends + Duration::from_secs(3)))
    };
    let mut seen = Seen::default();
    let mut dice = who.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut roll = move |end: u64| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice % end.max(1)
    };
    let micros = u64::try_from(pause.as_micros()).unwrap();
    thread::sleep(Duration::from_micros(roll(micros)));
    while Instant::now() < ends {
        // Everybody has items of their own; one time in ten it is anybody's.
        let own = usize::try_from(who).unwrap() % items.len();
        let item = if roll(10) == 0 { items[usize::try_from(roll(items.len() as u64)).unwrap()] } else { items[own] };
        let key = Key::filing(&id, item, period);
        let progress = format!(
            "第{}号经办：截至本月底已完成投资{}亿元，开工项目{}个，正在推进前期工作。",
            who,
            roll(1000),
            roll(90)
        );
        let filing = Record::Filing(Filing { progress, ..Filing::default() });
        let base = versions.lock().unwrap().get(&key).copied().unwrap_or(Seq::ZERO);
        let writes = vec![Write { key: key.clone(), base, value: Some(filing) }];
        let batch =
            Batch { id: new_batch_id(), at: Local::now().fixed_offset(), intent: Intent::File, undoes: None, writes };
        let asked = Instant::now();
        match opened.store.commit(&current_actor(), &batch) {
            Ok(head) => {
                seen.wrote.push((head.seq, asked, asked.elapsed()));
                versions.lock().unwrap().insert(key, head.seq);
            }
            Err(refused) => {
                assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
                seen.conflicts += 1;
            }
        }
        thread::sleep(Duration::from_micros(micros / 2 + roll(micros)));
    }
    seen.heard = watcher.join().unwrap();
    seen
}

/// Hears of every commit until nothing comes any more.
fn watch(opened: &Opened, from: Seq, versions: &Mutex<HashMap<Key, Seq>>, until: Instant) -> Vec<(Seq, Instant)> {
    let (mut after, mut heard, mut found) = (from, 0, Vec::new());
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let news = opened.company.watch(after, heard, left.min(Duration::from_secs(1))).unwrap();
        let now = Instant::now();
        heard = news.heard;
        if news.commits.is_empty() && left.is_zero() {
            return found;
        }
        let mut versions = versions.lock().unwrap();
        for sealed in &news.commits {
            after = sealed.commit.seq;
            found.push((after, now));
            for change in &sealed.commit.changes {
                let version = versions.entry(change.key.clone()).or_insert(after);
                *version = after.max(*version);
            }
        }
    }
}
