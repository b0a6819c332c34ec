//! One scripted run of the program, and a fault at each system call of it that touches the disk: an error (the disk fails, is full, may not be
//! written any more), or the process killed there. What the program called done (exit status 0) is in the ledger; the ledger opens; the same command asked again, where it had not
//! been written, leads to the same contents as a run without faults.
//!
//! And one of verbs that only read, where reading fails: what is called done is the same as without the fault, and the ledger is as it was.
//!
//! `DUBAN_FAULTS=all` puts in every fault at every point; otherwise each point gets one of them, by turns.
//! Done with `strace`, where it is installed and allowed (calls are counted by thread).

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use duban::model::{Change, Intent, Seq};
use duban::store::{OpenError, open_to_read, verify};

use super::hosted::run;
use super::writer::copy;

/// A breakdown of an invented place with one task that has one target.
const NOTICE: &str = "云溪市2024年重点工作责任分解\n\n\
    1. 推进公园城市建设，新建城市公园20个以上。\n\n牵头市领导：林一舟\n\n责任单位：市住建局、市财政局\n";

const SCRIPT: [&[&str]; 4] = [
    &["import", "../yunxi-2024.txt"],
    &["file", "T1", "--period", "2024Q1", "--progress", "已建成5个。", "--actual", "1=5"],
    &["review", "T1", "--period", "2024Q1", "--accept"],
    &["undo", "3"],
];

/// What touches the disk.
const CALLS: [&str; 15] = [
    "openat",
    "write",
    "pwrite64",
    "read",
    "pread64",
    "fdatasync",
    "fsync",
    "sync_file_range",
    "rename",
    "ftruncate",
    "mkdir",
    "unlink",
    "flock",
    "lseek",
    "getdents64",
];
const FAULTS: [&str; 4] = ["error=EIO", "error=ENOSPC", "signal=KILL", "error=EROFS"];

/// What only looks, each with what it needs to be called done.
const READS: [&[&str]; 6] = [
    &["log", "--json"],
    &["show", "T1", "--period", "2024Q1", "--json"],
    &["list", "--json"],
    &["verify"],
    &["backup", "made.zip"],
    &["restore", "../whole.zip", "back"],
];
/// What reads.
const READING: [&str; 6] = ["openat", "read", "pread64", "lseek", "getdents64", "statx"];

/// One place in the script where something goes wrong.
#[derive(Debug, Clone)]
struct Point {
    step: usize,
    call: &'static str,
    n: usize,
    fault: &'static str,
}

/// Runs a command of the script in a folder, under `strace` with these words; answers its exit status, if it came so far.
fn duban(work: &Path, words: &[&str], strace: &[&str]) -> Option<i32> {
    let binary = env!("CARGO_BIN_EXE_duban");
    let mut command = Command::new(if strace.is_empty() { binary } else { "strace" });
    if !strace.is_empty() {
        command.args(["-f", "-qq"]).args(strace).arg(binary);
    }
    let data = work.join("data");
    command.current_dir(work).env_remove("DUBAN_LANG").arg("--data").arg(data).args(words);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().code()
}

/// A fresh copy of the ledger after some steps of the script.
fn at(states: &Path, step: usize) -> tempfile::TempDir {
    let work = tempfile::tempdir_in(states).unwrap();
    let state = states.join(step.to_string());
    if state.exists() {
        copy(&state, &work.path().join("data"));
    }
    work
}

type Commits = Vec<(Intent, Vec<Change>)>;

/// What a ledger holds, but for times and ids.
fn contents(work: &Path) -> Commits {
    let opened = open_to_read(&work.join("data"));
    if matches!(opened, Err(OpenError::Missing(_))) {
        return Vec::new();
    }
    let commits = opened.unwrap().store.since(Seq::ZERO, usize::MAX, Duration::ZERO).unwrap();
    commits.iter().map(|sealed| (sealed.commit.intent, sealed.commit.changes.clone())).collect()
}

/// How often a thread of a step makes each call, at most.
fn counts(states: &Path, step: usize) -> BTreeMap<&'static str, usize> {
    let work = at(states, step);
    let log = work.path().join("log");
    let trace = format!("trace={}", CALLS.join(","));
    assert_eq!(duban(work.path(), SCRIPT[step], &["-o", log.to_str().unwrap(), "-e", &trace]), Some(0));
    most_by_thread(&std::fs::read_to_string(log).unwrap(), &CALLS)
}

/// How often a thread makes each call, at most, by what strace wrote down.
fn most_by_thread(log: &str, calls: &[&'static str]) -> BTreeMap<&'static str, usize> {
    let mut by_thread: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        if let Some((call, _)) = rest.trim_start().split_once('(') {
            *by_thread.entry((thread, call)).or_default() += 1;
        }
    }
    let most = |call| by_thread.iter().filter(|((_, name), _)| *name == call).map(|(_, count)| *count).max();
    calls.iter().filter_map(|call| Some((*call, most(*call)?))).collect()
}

/// Whether strace is there and may trace; where CI says that it has to be, it is.
fn may_trace() -> bool {
    let may = run("strace", &["-qq", "-o", "/dev/null", "true"]);
    assert!(may || std::env::var_os("DUBAN_NEED_PROGRAMS").is_none(), "strace is needed");
    if !may {
        println!("not done: there is no strace, or it may not trace");
    }
    may
}

#[test]
fn a_fault_at_any_system_call_loses_nothing_that_was_called_done() {
    if !may_trace() {
        return;
    }
    let states = tempfile::tempdir().unwrap();
    let states = states.path();
    std::fs::write(states.join("yunxi-2024.txt"), NOTICE).unwrap();
    let mut clean = vec![Commits::new()];
    for (step, words) in SCRIPT.into_iter().enumerate() {
        let work = at(states, step);
        assert_eq!(duban(work.path(), words, &[]), Some(0), "{words:?}");
        clean.push(contents(work.path()));
        assert_eq!(clean[step + 1].len(), step + 1, "a step is a commit");
        copy(&work.path().join("data"), &states.join((step + 1).to_string()));
    }
    let all = std::env::var("DUBAN_FAULTS").is_ok_and(|faults| faults == "all");
    let points = points(states, all);
    let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(BTreeMap::<_, u32>::new()));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(point) = points.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let outcome = suffer(states, point, &clean);
                    *outcomes.lock().unwrap().entry((point.fault, outcome)).or_default() += 1;
                }
            });
        }
    });
    println!("{} faults; how the program ended and whether its commit was written:", points.len());
    for ((fault, (ended, written)), count) in outcomes.lock().unwrap().iter() {
        println!("  {fault}: {ended}, {}: {count}", if *written { "written" } else { "not written" });
    }
}

fn points(states: &Path, all: bool) -> Vec<Point> {
    let mut points = Vec::new();
    for step in 0..SCRIPT.len() {
        for (call, count) in counts(states, step) {
            for n in 1..=count {
                points.extend(FAULTS.map(|fault| Point { step, call, n, fault }));
            }
        }
    }
    // One of the faults at each point, by turns.
    let kinds = FAULTS.len();
    points
        .into_iter()
        .enumerate()
        .filter(|(at, _)| all || at % kinds == at / kinds % kinds)
        .map(|(_, point)| point)
        .collect()
}

/// Puts in one fault; answers how the program ended, and whether its commit was written.
fn suffer(states: &Path, point: &Point, clean: &[Commits]) -> (&'static str, bool) {
    let Point { step, call, n, fault } = *point;
    let work = at(states, step);
    let log = work.path().join("log");
    let inject = format!("inject={call}:{fault}:when={n}");
    let ended = duban(work.path(), SCRIPT[step], &["-o", log.to_str().unwrap(), "-e", &inject]);
    let found = contents(work.path());
    let written = found == clean[step + 1];
    assert!(written || found == clean[step], "{point:?}: neither before nor after: {} commits", found.len());
    assert!(written || ended != Some(0), "{point:?}: it was called done");
    if !written {
        assert_eq!(duban(work.path(), SCRIPT[step], &[]), Some(0), "{point:?}: asked again");
        assert_eq!(contents(work.path()), clean[step + 1], "{point:?}: asked again");
    }
    // What is derived may be behind or gone; then it is made anew.
    let data = work.path().join("data");
    let verdict = verify(&data).unwrap();
    assert!(verdict.damages.is_empty(), "{point:?}: {verdict:?}");
    drop(duban::store::open_to_write(&data, duban::store::Purpose::Screen).unwrap());
    let verdict = verify(&data).unwrap();
    assert!(verdict.is_good(), "{point:?}: {verdict:?}");
    let ended = match ended {
        None => "killed",
        Some(0) => "done",
        Some(4) => "store trouble",
        Some(_) => "refused",
    };
    (ended, written)
}

/// Runs a verb in a folder with a ledger, under `strace` with these words; answers its exit status and what it printed.
fn look(work: &Path, words: &[&str], strace: &[&str]) -> (Option<i32>, String, String) {
    let binary = env!("CARGO_BIN_EXE_duban");
    // What does not end is ended, with a status of its own.
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", "60"]);
    if !strace.is_empty() {
        command.arg("strace").args(["-f", "-qq"]).args(strace);
    }
    let output = command
        .arg(binary)
        .current_dir(work)
        .env_remove("DUBAN_LANG")
        .arg("--data")
        .arg(work.join("data"))
        .args(words)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// What a ledger is on disk: its journal and originals, byte by byte.
fn on_disk(data: &Path) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["journal", "originals"] {
        for entry in std::fs::read_dir(data.join(folder)).unwrap().map(Result::unwrap) {
            files.insert(entry.path().strip_prefix(data).unwrap().to_owned(), std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

#[test]
fn where_reading_fails_nothing_wrong_is_called_right_and_nothing_is_changed() {
    if !may_trace() {
        return;
    }
    let states = tempfile::tempdir().unwrap();
    let states = states.path();
    std::fs::write(states.join("yunxi-2024.txt"), NOTICE).unwrap();
    let made = at(states, 0);
    for words in SCRIPT {
        assert_eq!(duban(made.path(), words, &[]), Some(0), "{words:?}");
    }
    assert_eq!(look(made.path(), &["backup", "../whole.zip"], &[]).0, Some(0));
    copy(&made.path().join("data"), &states.join("done"));
    let ledger = on_disk(&states.join("done"));
    let fresh = || {
        let work = tempfile::tempdir_in(states).unwrap();
        copy(&states.join("done"), &work.path().join("data"));
        work
    };
    let mut points = Vec::new();
    for (step, words) in READS.into_iter().enumerate() {
        let work = fresh();
        let log = work.path().join("trace");
        let trace = format!("trace={}", READING.join(","));
        let (ended, clean, _) = look(work.path(), words, &["-o", log.to_str().unwrap(), "-e", &trace]);
        assert_eq!(ended, Some(0), "{words:?}");
        for (call, count) in most_by_thread(&std::fs::read_to_string(log).unwrap(), &READING) {
            points.extend((1..=count).map(|n| (step, call, n, clean.clone())));
        }
    }
    let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(BTreeMap::<_, u32>::new()));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let every = if std::env::var("DUBAN_FAULTS").is_ok_and(|faults| faults == "all") { 1 } else { 3 };
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some((step, call, n, clean)) = points.get(next.fetch_add(1, Ordering::SeqCst)) {
                    // Of what only prints not each at each change: they begin alike.
                    if matches!(step, 1..=3) && n % every != step % every {
                        continue;
                    }
                    let (work, words) = (fresh(), READS[*step]);
                    let what = format!("{words:?}, {call} {n}");
                    let log = work.path().join("trace");
                    let inject = format!("inject={call}:error=EIO:when={n}");
                    let (ended, out, err) = look(work.path(), words, &["-o", log.to_str().unwrap(), "-e", &inject]);
                    // The zip library asserts, in builds like this one alone, that it could seek; a release says what the system said.
                    assert!(!err.contains("panicked") || err.contains("/zip-"), "{what}: {err}");
                    assert!(matches!(ended, Some(0..=127)) || err.contains("/zip-"), "{what}: {ended:?} {err}");
                    if ended == Some(0) && *words != ["backup", "made.zip"] {
                        assert_eq!(
                            without_place(&out, work.path()),
                            without_place(clean, work.path()),
                            "{what}: {err}"
                        );
                    }
                    if ended == Some(0) && words[0] == "backup" {
                        let restored = look(work.path(), &["restore", "made.zip", "again"], &[]);
                        assert_eq!(restored.0, Some(0), "{what}: {}", restored.2);
                        let again = work.path().join("again");
                        assert_eq!(commits_of(&again), commits_of(&states.join("done")), "{what}");
                        assert_eq!(originals(&again), originals(&states.join("done")), "{what}");
                    }
                    if ended == Some(0) && words[0] == "restore" {
                        assert_eq!(commits_of(&work.path().join("back")), commits_of(&states.join("done")), "{what}");
                    }
                    assert_eq!(on_disk(&work.path().join("data")), ledger, "{what}");
                    let done = if ended == Some(0) { "done all the same" } else { "said so" };
                    *outcomes.lock().unwrap().entry((words[0], done)).or_default() += 1;
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap();
    println!("reading fails at {} points: {outcomes:?}", outcomes.values().sum::<u32>());
}

/// What was printed without what differs from run to run: the folder's name; and what `verify` says of sled, which is only derived: where it
/// cannot be read that is said.
fn without_place(out: &str, work: &Path) -> String {
    let here = work.display().to_string();
    let differs = |line: &&str| line.contains(&here) || line.contains(".tmp") || line.starts_with("数据库");
    out.lines().filter(|line| !differs(line)).collect::<Vec<_>>().join("\n")
}

fn originals(data: &Path) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    on_disk(data).into_iter().filter(|(path, _)| path.starts_with("originals")).collect()
}

fn commits_of(data: &Path) -> Vec<duban::store::Sealed> {
    open_to_read(data).unwrap().store.since(Seq::ZERO, usize::MAX, Duration::ZERO).unwrap()
}
