//! Our program beside others that show lists on a terminal: start, a row down, a search, idle, memory, exit. The same 130 tasks for all.
//! gitui is not among them: it shows a git repository, which none of these does.
//!
//! `cargo bench --bench peers`. Those that are on `PATH` take part, the rest are named. `DUBAN_RUNS` says how often each is started (3),
//! `DUBAN_MORE` how many items there are beside the seed document's (0), words after `--` which programs (all). They run in turn, so
//! that a busy moment of the machine falls on all of them. Read the bytes and the ratios before the milliseconds.
//!
//! A program answers at once, later, or again and again: *first* is the first byte after a key, *settled* the last byte that changed what
//! is seen, before 150 ms in which nothing changed. A tick that changes nothing is no answer, but its bytes are counted.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "terminal/eye.rs"]
mod eye;
mod made;
#[path = "made/sorted.rs"]
mod sorted;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use duban::import;
use duban::model::{Actor, Batch, Book, Intent, Record, Seq, Write};
use duban::store::{MemoryStore, Purpose, Store, current_actor, new_batch_id, open_to_write};
use eye::{Answer, Eye};
use portable_pty::CommandBuilder;
use sorted::Sorted;

const QUIET: Duration = Duration::from_millis(150);
const IDLE: Duration = Duration::from_secs(5);
const DUBAN: &str = env!("CARGO_BIN_EXE_duban");

/// How to drive a program.
struct Peer {
    name: &'static str,
    /// The program that has to be on `PATH`.
    program: &'static str,
    /// A line for `sh`; `{csv}`, `{tsv}`, `{txt}`, `{sc}` are files of the tasks, `{home}` is a folder of its own.
    line: &'static str,
    /// On the screen when it is ready.
    ready: &'static str,
    down: &'static str,
    /// Back to the first row.
    top: &'static str,
    /// Opens a search; then the letters are typed.
    find: Option<&'static str>,
    /// Carries the search out where that takes a key.
    submit: &'static str,
    /// Leaves the search.
    back: &'static str,
    quit: &'static str,
}

const DOWN: &str = "\x1b[B";
/// In the first task.
const FIRST: &str = "严格执行";

const PEERS: [Peer; 11] = [
    Peer {
        name: "duban",
        program: DUBAN,
        line: "exec {duban} --data {home}/ledger",
        ready: FIRST,
        down: DOWN,
        top: "g",
        find: Some("/"),
        submit: "",
        back: "\x1b",
        quit: "q",
    },
    Peer {
        name: "less",
        program: "less",
        line: "exec less -S {tsv}",
        ready: FIRST,
        down: "j",
        top: "g",
        find: Some("/"),
        submit: "\r",
        back: "",
        quit: "q",
    },
    Peer {
        name: "vim",
        program: "vim",
        line: "exec vim -u NONE -i NONE -N -n --cmd 'set nowrap incsearch hlsearch' {tsv}",
        ready: FIRST,
        down: "j",
        top: "gg",
        find: Some("/"),
        submit: "",
        back: "\x1b",
        quit: "\x1b:q!\r",
    },
    Peer {
        name: "visidata",
        program: "vd",
        line: "exec vd --config=/dev/null -N {tsv}",
        ready: FIRST,
        down: DOWN,
        top: "gk",
        find: Some("/"),
        submit: "\r",
        back: "",
        quit: "gq",
    },
    Peer {
        name: "csvlens",
        program: "csvlens",
        line: "exec csvlens {csv}",
        ready: FIRST,
        down: DOWN,
        top: "g",
        find: Some("/"),
        submit: "\r",
        back: "",
        quit: "q",
    },
    Peer {
        name: "tabiew",
        program: "tw",
        line: "exec tw {csv}",
        ready: FIRST,
        down: DOWN,
        top: "g",
        find: Some("/"),
        submit: "",
        back: "\x1b",
        quit: "Q",
    },
    Peer {
        name: "fzf",
        program: "fzf",
        line: "exec fzf < {txt}",
        ready: FIRST,
        down: "\x1b[A",
        top: "",
        find: Some(""),
        submit: "",
        back: "\x15",
        quit: "\x1b",
    },
    Peer {
        name: "skim",
        program: "sk",
        line: "exec sk < {txt}",
        ready: FIRST,
        down: "\x1b[A",
        top: "",
        find: Some(""),
        submit: "",
        back: "\x15",
        quit: "\x1b",
    },
    Peer {
        name: "television",
        program: "tv",
        line: "exec tv --no-preview < {txt}",
        ready: FIRST,
        down: DOWN,
        top: "",
        find: Some(""),
        submit: "",
        back: "\x15",
        quit: "\x1b",
    },
    Peer {
        name: "taskwarrior-tui",
        program: "taskwarrior-tui",
        line: "exec taskwarrior-tui",
        ready: FIRST,
        down: DOWN,
        top: "g",
        find: Some("/"),
        submit: "",
        back: "\x1b",
        quit: "q",
    },
    // A column that is wider than the screen is not shown: its own format says how wide they are.
    Peer {
        name: "sc-im",
        program: "sc-im",
        line: "unset XDG_CONFIG_HOME; mkdir -p {home}/.config/sc-im; echo set truncate > {home}/.config/sc-im/scimrc; exec sc-im {sc}",
        ready: FIRST,
        down: "j",
        top: "gg",
        find: Some("/\""),
        submit: "\"\r",
        back: "",
        quit: ":q!\r",
    },
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.iter().any(|word| word == "--bench") {
        // Under `cargo test --all-targets` nothing is measured.
        return;
    }
    let wanted: Vec<&String> = words.iter().filter(|word| !word.starts_with("--")).collect();
    let (here, missing): (Vec<&Peer>, Vec<&Peer>) = PEERS.iter().partition(|peer| on_path(peer.program));
    let here: Vec<&Peer> =
        here.into_iter().filter(|peer| wanted.is_empty() || wanted.iter().any(|name| *name == peer.name)).collect();
    let (runs, more) = (number("DUBAN_RUNS", 3), number("DUBAN_MORE", 0));
    let folder = tempfile::tempdir().unwrap();
    let rows = data(folder.path(), more);
    let names: Vec<&str> = missing.iter().map(|peer| peer.name).collect();
    println!(
        "{rows} items, {runs} runs; not on PATH: {}",
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    );
    println!("load average {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    let mut found: Vec<(&Peer, Vec<Run>)> = here.iter().map(|peer| (*peer, Vec::new())).collect();
    for _ in 0..runs {
        for (peer, all) in &mut found {
            all.extend(run(peer, folder.path()));
        }
    }
    print(&found);
    println!("\nload average at the end {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn on_path(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    Path::new(program).is_absolute() || std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// A start looked at.
struct Run {
    visible: Duration,
    stable: Duration,
    start_bytes: usize,
    /// A row down, still on the screen and at its edge.
    still: Vec<Answer>,
    scrolled: Vec<Answer>,
    held: Answer,
    letters: Vec<Answer>,
    idle_bytes: usize,
    idle_ticks: u64,
    megabytes: f64,
    exit: (Option<Duration>, &'static str),
}

fn run(peer: &Peer, folder: &Path) -> Option<Run> {
    let file = |ending: &str| folder.join(format!("tasks.{ending}")).display().to_string();
    let line = peer
        .line
        .replace("{duban}", DUBAN)
        .replace("{csv}", &file("csv"))
        .replace("{tsv}", &file("tsv"))
        .replace("{txt}", &file("txt"))
        .replace("{sc}", &file("sc"))
        .replace("{home}", &folder.display().to_string());
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", &line]);
    for (name, value) in
        [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("LESSCHARSET", "utf-8"), ("DUBAN_LANG", "zh")]
    {
        command.env(name, value);
    }
    command.env("HOME", folder);
    command.env("TASKRC", folder.join("taskrc"));
    command.env_remove("NO_COLOR");
    let Some((mut eye, visible)) = Eye::start(command, peer.ready) else {
        eprintln!("{} was not ready", peer.name);
        return None;
    };
    let stable = eye.settle(Duration::from_millis(600)).saturating_duration_since(eye.began);
    let start_bytes = eye.bytes();
    let megabytes = eye.megabytes();
    let still = (0..10).map(|_| eye.press(peer.down, QUIET)).collect();
    // To the edge of the screen, and on.
    eye.press(&peer.down.repeat(20), QUIET);
    let scrolled = (0..10).map(|_| eye.press(peer.down, QUIET)).collect();
    let held = eye.press(&peer.down.repeat(200), QUIET * 2);
    let letters = search(peer, &mut eye);
    // What a program still does about the search is not idling.
    eye.settle(Duration::from_millis(1500));
    let (bytes, ticks) = (eye.bytes(), eye.ticks());
    std::thread::sleep(IDLE);
    let (idle_bytes, idle_ticks) = (eye.bytes() - bytes, eye.ticks() - ticks);
    let exit = eye.quit(peer.quit);
    Some(Run { visible, stable, start_bytes, still, scrolled, held, letters, idle_bytes, idle_ticks, megabytes, exit })
}

/// Types a word that one task has, a letter at a time.
fn search(peer: &Peer, eye: &mut Eye) -> Vec<Answer> {
    let Some(find) = peer.find else { return Vec::new() };
    eye.press(peer.top, QUIET);
    eye.press(find, QUIET);
    let mut letters: Vec<Answer> = ["幼", "儿", "园"].map(|letter| eye.press(letter, QUIET * 2)).to_vec();
    if !peer.submit.is_empty() {
        // What is found is shown then: the whole search is this one answer.
        letters = vec![eye.press(peer.submit, QUIET * 2)];
    }
    let shown = eye.screen();
    if !shown.contains("幼儿园") {
        eprintln!("{} did not find it:\n{shown}", peer.name);
    }
    eye.press(peer.back, QUIET * 2);
    letters
}

/// A table of those that ran: its heads, and the cells of each behind its name.
fn table(found: &[(&Peer, Vec<Run>)], heads: &[&str], cells: fn(&Peer, &[Run]) -> String) {
    println!("\n| program | {} |", heads.join(" | "));
    println!("|---|{}", "---|".repeat(heads.len()));
    for (peer, runs) in found.iter().filter(|(_, runs)| !runs.is_empty()) {
        println!("| {} | {} |", peer.name, cells(peer, runs));
    }
}

fn print(found: &[(&Peer, Vec<Run>)]) {
    let starts = [
        "first row ms",
        "stable ms",
        "bytes",
        "memory MB",
        "idle 5 s: bytes",
        "processor ms",
        "exit ms",
        "terminal left",
    ];
    table(found, &starts, |_, runs| start(runs));
    let keys = [
        "row down: first ms",
        "settled ms",
        "p95",
        "bytes",
        "at the edge: settled ms",
        "bytes",
        "200 at once ms",
        "bytes",
        "a letter of a search: settled ms",
        "bytes",
    ];
    table(found, &keys, pressed);
}

/// How it starts, rests and ends.
fn start(runs: &[Run]) -> String {
    let all = |of: fn(&Run) -> Duration| Sorted::of(runs.iter().map(of)).at(50);
    let most = |of: fn(&Run) -> usize| runs.iter().map(of).max().unwrap_or_default();
    let ticks = runs.iter().map(|run| run.idle_ticks).max().unwrap_or_default();
    let megabytes = runs.iter().map(|run| run.megabytes).fold(0.0, f64::max);
    let exits: Vec<Duration> = runs.iter().filter_map(|run| run.exit.0).collect();
    let exit = if exits.len() == runs.len() {
        format!("{:.1}", Sorted::of(exits.into_iter()).at(50))
    } else {
        "stays".to_owned()
    };
    format!(
        "{:.1} | {:.1} | {} | {megabytes:.1} | {} | {} | {exit} | {}",
        all(|run| run.visible),
        all(|run| run.stable),
        most(|run| run.start_bytes),
        most(|run| run.idle_bytes),
        ticks * 10,
        runs.iter().map(|run| run.exit.1).max().unwrap_or_default(),
    )
}

/// How it answers keys.
fn pressed(peer: &Peer, runs: &[Run]) -> String {
    let of = |answers: fn(&Run) -> &[Answer], value: fn(&Answer) -> Duration| {
        Sorted::of(runs.iter().flat_map(|run| answers(run).iter().map(value)))
    };
    let bytes = |answers: fn(&Run) -> &[Answer]| {
        let mut all: Vec<usize> = runs.iter().flat_map(|run| answers(run).iter().map(|answer| answer.bytes)).collect();
        all.sort_unstable();
        all.get(all.len().saturating_sub(1) / 2).copied().unwrap_or_default()
    };
    let still: fn(&Run) -> &[Answer] = |run| &run.still;
    let scrolled: fn(&Run) -> &[Answer] = |run| &run.scrolled;
    let held: fn(&Run) -> &[Answer] = |run| std::slice::from_ref(&run.held);
    let letters: fn(&Run) -> &[Answer] = |run| &run.letters;
    let settled: fn(&Answer) -> Duration = |answer| answer.settled;
    let down = of(still, settled);
    let search = if peer.find.is_some() {
        let when = if peer.submit.is_empty() { "" } else { " (on Enter)" };
        format!("{:.2}{when} | {}", of(letters, settled).at(50), bytes(letters))
    } else {
        "– | –".to_owned()
    };
    format!(
        "{:.2} | {:.2} | {:.2} | {} | {:.2} | {} | {:.1} | {} | {search}",
        of(still, |answer| answer.first).at(50),
        down.at(50),
        down.at(95),
        bytes(still),
        of(scrolled, settled).at(50),
        bytes(scrolled),
        of(held, settled).at(50),
        bytes(held),
    )
}

/// Lays out the tasks for everybody; answers how many there are.
fn data(folder: &Path, more: usize) -> usize {
    let ledger = folder.join("ledger");
    let done = Command::new(DUBAN).arg("--data").arg(&ledger).arg("status").output().unwrap();
    assert!(done.status.success());
    let store = MemoryStore::new();
    let reading =
        import::read(import::seed::FILE_NAME, import::seed::TEXT.as_bytes(), Some(import::seed::CORRECTIONS)).unwrap();
    let at: DateTime<FixedOffset> = DateTime::parse_from_rfc3339("2024-09-30T09:00:00+08:00").unwrap();
    let somebody = Actor { uid: 1000, name: "li".to_owned() };
    store.commit(&somebody, &reading.batch(&store.snapshot().unwrap(), new_batch_id(), at).unwrap()).unwrap();
    if more > 0 {
        let opened = open_to_write(&ledger, Purpose::Screen).unwrap();
        let batch = |store: &Arc<dyn Store>| {
            let id = Book::newest(&store.snapshot().unwrap()).unwrap().id().clone();
            let writes: Vec<Write> = made::tasks(id, more)
                .map(|(key, record): (_, Record)| Write { key, base: Seq::ZERO, value: Some(record) })
                .collect();
            Batch { id: new_batch_id(), at, intent: Intent::Import, undoes: None, writes }
        };
        let made = batch(&opened.store);
        opened.store.commit(&current_actor(), &made).unwrap();
        store.commit(&somebody, &made).unwrap();
    }
    let snapshot = store.snapshot().unwrap();
    let book = Book::newest(&snapshot).unwrap();
    let row = |no: usize, task: &duban::model::Task| {
        let names = |names: Vec<String>| names.join("、");
        let leaders = names(task.leaders.iter().map(ToString::to_string).collect());
        let units = names(task.lead_units.iter().map(ToString::to_string).collect());
        [no.to_string(), task.text.clone(), leaders, units]
    };
    let rows: Vec<[String; 4]> = book.tasks().enumerate().map(|(at, task)| row(at + 1, task)).collect();
    let file = |ending: &str| folder.join(format!("tasks.{ending}"));
    let head = ["序号", "任务", "牵头领导", "责任单位"];
    let lines = |separator: &str, head: Option<String>| {
        let rows = rows.iter().map(|row| row.join(separator));
        head.into_iter().chain(rows).chain([String::new()]).collect::<Vec<_>>().join("\n")
    };
    std::fs::write(file("tsv"), lines("\t", Some(head.join("\t")))).unwrap();
    std::fs::write(file("txt"), lines("  ", None)).unwrap();
    let cells = rows.iter().enumerate().flat_map(|(no, row)| {
        let cell = move |(column, text): (char, &String)| {
            format!("leftstring {column}{no} = \"{}\"", text.replace(['"', '\n'], " "))
        };
        ('A'..='D').zip(row).map(cell)
    });
    let widths = [('A', 6), ('B', 56), ('C', 10), ('D', 12)];
    let formats = widths.iter().map(|(column, width)| format!("format {column} {width} 0 0"));
    std::fs::write(file("sc"), formats.chain(cells).collect::<Vec<_>>().join("\n")).unwrap();
    let mut csv = csv::Writer::from_path(file("csv")).unwrap();
    csv.write_record(head).unwrap();
    for row in &rows {
        csv.write_record(row).unwrap();
    }
    csv.flush().unwrap();
    for_taskwarrior(folder, &rows);
    rows.len()
}

fn for_taskwarrior(folder: &Path, rows: &[[String; 4]]) {
    let taskrc = folder.join("taskrc");
    let place = folder.join("task");
    std::fs::write(&taskrc, format!("data.location={}\nconfirmation=off\n", place.display())).unwrap();
    std::fs::create_dir_all(&place).unwrap();
    let tasks: Vec<serde_json::Value> = rows
        .iter()
        .map(|[_, text, leaders, unit]| serde_json::json!({"description": text, "project": unit, "tags": [leaders.replace('、', "")], "status": "pending"}))
        .collect();
    let file = folder.join("tasks.json");
    std::fs::write(&file, serde_json::to_vec(&tasks).unwrap()).unwrap();
    if on_path("task") {
        let done = Command::new("task").env("TASKRC", &taskrc).arg("import").arg(&file).output();
        assert!(done.unwrap().status.success());
    }
}
