//! The clock of the machine is set while people work: back by years, ahead by years, and to before the last commit. What is written is in the
//! order of its numbers, nothing is lost, nothing waits or ends for it, and the log says where the time went back. Nor does anything when it runs too fast or too slow,
//! or is set while a backup is made or restored.
//!
//! The processes are given a clock of their own by libfaketime (a Debian package); the time since the machine was started goes on as it is.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use portable_pty::CommandBuilder;
use serde_json::Value;

use crate::terminal::Terminal;

/// A clock that can be set, for every process that is started with it.
struct Clock {
    folder: tempfile::TempDir,
    library: PathBuf,
}

impl Clock {
    /// `None` where libfaketime is not installed: said, so that nobody takes the test for done.
    fn new() -> Option<Self> {
        let places = std::fs::read_dir("/usr/lib").unwrap().filter_map(Result::ok).map(|entry| entry.path());
        let library = places.map(|place| place.join("faketime/libfaketimeMT.so.1")).find(|library| library.exists());
        let Some(library) = library else {
            assert!(std::env::var_os("DUBAN_NEED_PROGRAMS").is_none(), "libfaketime is needed");
            println!("not done: there is no libfaketime");
            return None;
        };
        Some(Self { folder: tempfile::tempdir().unwrap(), library })
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Sets it, in Beijing's time; it goes on from there.
    fn set(&self, time: &str) {
        self.tell(&format!("@{time}"));
    }

    /// Lets it run so many times as fast as it should, for each process from the right time of its start on.
    fn run_at(&self, speed: &str) {
        self.tell(&format!("+0 x{speed}"));
    }

    /// Whole at once: a process may be looking.
    fn tell(&self, what: &str) {
        let next = self.folder.path().join("next");
        std::fs::write(&next, format!("{what}\n")).unwrap();
        std::fs::rename(next, self.file()).unwrap();
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LD_PRELOAD", self.library.display().to_string()),
            ("FAKETIME_TIMESTAMP_FILE", self.file().display().to_string()),
            ("FAKETIME_NO_CACHE", "1".into()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
            ("NO_FAKE_STAT", "1".into()),
            ("TZ", "CST-8".into()),
        ]
    }

    fn screen(&self) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
        command.args(["--data", self.data().to_str().unwrap()]);
        self.environment().iter().for_each(|(name, value)| command.env(name, value));
        Terminal::run(command)
    }

    /// Runs a verb in the clock's folder; answers its status and what it printed.
    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_duban"))
            .args(words)
            .env_remove("DUBAN_LANG")
            .env("DUBAN_DATA", self.data())
            .envs(self.environment())
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    fn ok(&self, words: &[&str]) -> String {
        let (status, out, err) = self.run(words);
        assert_eq!(status, 0, "{words:?}: {out}{err}");
        out
    }

    /// The commits, oldest first.
    fn log(&self) -> Vec<Value> {
        let log: Vec<Value> = serde_json::from_str(&self.ok(&["log", "--json"])).unwrap();
        log.into_iter().rev().collect()
    }

    /// Does something while the clock is set again and again to times far from each other.
    fn jumps_during(&self, deed: impl FnOnce()) {
        struct Over<'a>(&'a AtomicBool);
        impl Drop for Over<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::SeqCst);
            }
        }
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                for time in FAR.iter().cycle().take_while(|_| !over.load(Ordering::SeqCst)) {
                    self.set(time);
                    thread::sleep(Duration::from_millis(1));
                }
            });
            let _over = Over(&over);
            deed();
        });
    }

    fn file_on(&self, progress: &str) {
        self.ok(&["file", "T5", "--period", "2024Q3", "--progress", progress]);
    }
}

fn year(commit: &Value) -> &str {
    commit["at"].as_str().unwrap().get(..4).unwrap()
}

/// Where a clock that was set wrong may stand: Linux lets nobody set it before 1970 or behind 2232.
const FAR: [&str; 6] = [
    "1970-01-01 08:00:01",
    "1999-12-31 23:59:58",
    "2024-02-29 12:00:00",
    "2038-01-19 11:14:06",
    "2106-02-07 14:28:14",
    "2231-12-31 23:59:59",
];

#[test]
fn the_order_is_that_of_the_numbers_whatever_the_clock_says_and_the_log_remarks_on_it() {
    let Some(clock) = Clock::new() else { return };
    clock.set("2024-09-30 09:00:00");
    clock.file_on("一");
    clock.set("2099-01-01 09:00:00");
    clock.file_on("二");
    clock.set("1970-01-02 09:00:00");
    clock.file_on("三");
    clock.set("2024-09-30 09:30:00");
    clock.file_on("四");

    let commits = clock.log();
    assert_eq!(commits.iter().map(|commit| commit["seq"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(
        commits.iter().map(year).collect::<Vec<_>>(),
        ["2024", "2024", "2099", "1970", "2024"],
        "as the clock said"
    );
    let shown: Value = serde_json::from_str(&clock.ok(&["show", "T5", "--period", "2024Q3", "--json"])).unwrap();
    assert!(shown.to_string().contains('四'), "{shown}");
    let log = clock.ok(&["log"]);
    let remarked: Vec<&str> = log.lines().filter(|line| line.contains("时间早于上一次")).collect();
    assert!(matches!(remarked[..], [line] if line.starts_with("4\t") && line.contains("2099-01-01 09:0")), "{log}");
    let undone = clock.ok(&["undo"]);
    assert!(undone.contains('5'), "the last is the one with the last number: {undone}");
    assert!(clock.ok(&["verify"]).contains('6'));
    // What was written under a clock that was behind is in the report of what is new; what is new is told by numbers.
    let changes = clock.ok(&["report", "2024Q3", "changes", "--since", "2024-09-30", "--format", "json"]);
    for progress in ["一", "二", "三", "四"] {
        assert!(changes.contains(&format!("“{progress}”")), "{progress}: {changes}");
    }
}

#[test]
fn every_verb_works_at_every_time() {
    let Some(clock) = Clock::new() else { return };
    clock.set("2024-09-30 09:00:00");
    clock.file_on("此前");
    for (no, time) in FAR.into_iter().enumerate() {
        clock.set(time);
        let out = format!("out{no}");
        std::fs::create_dir(clock.folder.path().join(&out)).unwrap();
        let into = |name: &str| format!("{out}/{name}");
        let (docx, xlsx, html) = (into("a.docx"), into("a.xlsx"), into("a.html"));
        let (daily, forms, copy, zip, back) = (into("daily"), into("forms"), into("copy"), into("b.zip"), into("back"));
        let all: [&[&str]; 19] = [
            &["status"],
            &["list"],
            &["show", "T5"],
            &["chase"],
            &["check"],
            &["why", "T5"],
            &["file", "T6", "--period", "2024Q3", "--progress", time],
            &["quota", "P17.1", "江山市", "8.2", "--period", "2024Q3"],
            &["chase", "T7", "--period", "2024Q3"],
            &["report", "2024Q3", "-o", &docx],
            &["report", "2024Q3", "-o", &xlsx],
            &["report", "2024Q3", "-o", &html],
            &["report", "2024Q3", "changes", "--format", "md"],
            &["forms", "out", "2024Q3", &forms],
            &["export", &copy],
            &["backup", "--daily", &daily],
            &["backup", &zip],
            &["restore", &zip, &back],
            &["verify"],
        ];
        for words in all {
            let (status, _, err) = clock.run(words);
            // 1: there is nothing to tell.
            assert!(matches!(status, 0 | 1), "{time}: {words:?}: {status} {err}");
            assert!(!err.contains("panicked"), "{time}: {words:?}: {err}");
        }
    }
    let found = clock.log();
    assert!((1..).zip(&found).all(|(seq, commit)| commit["seq"] == seq), "no gap");
    assert!(found.iter().any(|commit| commit.to_string().contains("此前")));
}

#[test]
fn screens_and_their_host_go_on_when_the_clock_is_set_under_them() {
    let Some(clock) = Clock::new() else { return };
    clock.set("2024-09-30 09:00:00");
    let mut host = clock.screen();
    host.shows("任务 1/130");
    let mut guest = clock.screen();
    guest.shows("任务 1/130");
    let mut number = 1;
    for (time, mark) in FAR.into_iter().zip(["鑫", "淼", "焱", "垚", "犇", "骉"]) {
        for writes in [true, false] {
            let (writer, reader) = if writes { (&mut host, &guest) } else { (&mut guest, &host) };
            // In the middle of work: the form is open and something is typed.
            writer.send("e\t\x15");
            writer.shows("填报");
            writer.send(&format!("{mark}{number}"));
            writer.shows(&format!("{mark}{number}"));
            clock.set(time);
            writer.send("续\x13");
            number += 1;
            writer.shows(&format!("已存 #{number}"));
            reader.shows(&format!("#{number}"));
        }
    }
    // What was typed and not saved is a draft, whatever the clock said then, and is offered when it is right again.
    guest.send("je\t\x15写到一半");
    guest.shows("写到一半");
    clock.set("1970-01-05 00:00:00");
    guest.settle();
    guest.kill();
    clock.set("2024-09-30 10:00:00");
    let mut again = clock.screen();
    again.shows("有未保存的草稿");
    again.shows("写到一半");
    again.send("\r");
    again.shows("填报");
    again.send("\x13");
    again.shows(&format!("已存 #{}", number + 1));
    // The log: newest first, by number.
    again.send("\x1b7");
    again.shows("时间早于上一次");
    let shown: Vec<u64> = again
        .screen()
        .lines()
        .filter_map(|line| line.trim_start_matches(['>', ' ']).strip_prefix('#')?.split(' ').next()?.parse().ok())
        .collect();
    assert!(shown.len() > 10 && shown.windows(2).all(|pair| pair[0] == pair[1] + 1), "{shown:?}");
    again.send("q");
    assert_eq!(again.ended(), 0);
    host.send("q");
    assert_eq!(host.ended(), 0);
    let commits = clock.log();
    assert!((1..=number + 1).zip(&commits).all(|(seq, commit)| commit["seq"] == seq), "no gap");
    assert_eq!(commits.len(), usize::try_from(number + 1).unwrap(), "each saved once");
    clock.ok(&["verify"]);
}

#[test]
fn a_screen_left_open_over_night_judges_by_the_day_of_the_key() {
    let Some(clock) = Clock::new() else { return };
    clock.set("2024-10-10 23:00:00");
    let mut screen = clock.screen();
    screen.shows("任务 1/130");
    // Of 130 tasks that nobody filed on, hardly any is to be chased in October; ten days after the year's end all are.
    let chased = |screen: &Terminal| {
        let text = screen.screen();
        let (_, behind) = text.split_once("5总览(").unwrap();
        behind.split(')').next().unwrap().parse::<u32>().unwrap()
    };
    let before = chased(&screen);
    clock.set("2025-01-10 08:00:00");
    screen.send("j");
    screen.shows("任务 2/130");
    screen.wait("what is to be chased", |screen| chased(screen) > before + 100);
    screen.send("q");
    assert_eq!(screen.ended(), 0);
}

#[test]
fn backups_and_what_is_restored_are_whole_when_the_clock_is_set_while_they_are_made() {
    let Some(clock) = Clock::new() else { return };
    clock.set("2024-09-30 09:00:00");
    for no in 1..=5 {
        clock.file_on(&format!("第{no}次"));
    }
    let lines = |folder: &str| std::fs::read(clock.folder.path().join(folder).join("journal/000001.jsonl")).unwrap();
    let truth = lines("data");
    clock.jumps_during(|| {
        for no in 0..5 {
            let [zip, back, then, copy, anew] =
                ["b.zip", "back", "then", "copy", "anew"].map(|name| format!("{no}{name}"));
            clock.ok(&["backup", &zip]);
            clock.ok(&["restore", &zip, &back]);
            clock.ok(&["restore", &zip, &then, "--at", "2024-09-30"]);
            clock.ok(&["export", &copy]);
            clock.ok(&["restore", &copy, &anew]);
            clock.ok(&["backup", "--daily", "daily"]);
        }
    });
    clock.set("2024-09-30 10:00:00");
    for no in 0..5 {
        for name in ["back", "then", "anew"] {
            let folder = format!("{no}{name}");
            assert!(lines(&folder) == truth, "{folder}: the journal is the same, byte for byte");
            clock.ok(&["--data", clock.folder.path().join(&folder).to_str().unwrap(), "verify"]);
        }
    }
    // Whatever days they were made on.
    let daily: Vec<PathBuf> =
        std::fs::read_dir(clock.folder.path().join("daily")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!daily.is_empty());
    for (no, file) in daily.iter().enumerate() {
        let back = format!("daily{no}");
        clock.ok(&["restore", file.to_str().unwrap(), &back]);
        assert!(lines(&back) == truth, "{}", file.display());
    }
    assert_eq!(lines("data"), truth, "and the ledger is as it was");
}

#[test]
fn screens_and_commands_go_on_under_a_clock_that_runs_too_fast_or_too_slow() {
    let Some(clock) = Clock::new() else { return };
    let mut number = 1;
    for (speed, mark) in [("1000", '鑫'), ("0.001", '淼')] {
        clock.run_at(speed);
        let mut host = clock.screen();
        host.shows("任务 1/130");
        let mut guest = clock.screen();
        guest.shows("任务 1/130");
        for writes in [true, false, true, false] {
            let (writer, reader) = if writes { (&mut host, &guest) } else { (&mut guest, &host) };
            writer.send("e\t\x15");
            writer.shows("填报");
            number += 1;
            writer.send(&format!("{mark}{number}\x13"));
            writer.shows(&format!("已存 #{number}"));
            reader.shows(&format!("#{number}"));
        }
        clock.ok(&["backup", "--daily", "daily"]);
        // The draft is offered by the clock of its own.
        guest.send("je\t\x15写到一半");
        guest.shows("写到一半");
        guest.settle();
        guest.kill();
        let mut again = clock.screen();
        again.shows("有未保存的草稿");
        // F8: it is thrown away.
        again.send("\x1b[19~");
        again.wait("the list without the offer", |screen| !screen.screen().contains("有未保存的草稿"));
        // What waits waits by the time since the machine was started: the host goes, and another takes over at once.
        host.kill();
        again.send("e\t\x15");
        again.shows("填报");
        number += 1;
        again.send(&format!("{mark}{number}\x13"));
        again.shows(&format!("已存 #{number}"));
        again.send("q");
        assert_eq!(again.ended(), 0);
        clock.file_on(&format!("{mark}命令"));
        number += 1;
    }
    clock.set("2024-09-30 10:00:00");
    let commits = clock.log();
    assert!((1..=number).zip(&commits).all(|(seq, commit)| commit["seq"] == seq), "no gap");
    assert_eq!(commits.len(), usize::try_from(number).unwrap(), "each saved once");
    clock.ok(&["verify"]);
}

/// Whether a folder has the backup of a day.
fn has(folder: &Path, day: &str) -> bool {
    folder.join(format!("duban-{day}.zip")).exists()
}

#[test]
fn the_daily_backup_survives_a_clock_that_jumps() {
    let Some(clock) = Clock::new() else { return };
    let daily = clock.folder.path().join("daily");
    let back_up = || clock.ok(&["backup", "--daily", "daily"]);
    clock.set("2024-09-01 01:00:00");
    clock.file_on("此前");
    for day in 1..=20 {
        clock.set(&format!("2024-09-{day:02} 02:00:00"));
        back_up();
    }
    let before: Vec<u32> = (1..=20).filter(|day| has(&daily, &format!("2024-09-{day:02}"))).collect();
    assert!(before.len() >= 16, "{before:?}");
    // Ahead for three days, then right again.
    for time in ["2024-09-25 02:00:00", "2099-01-01 02:00:00", "2099-01-02 02:00:00"] {
        clock.set(time);
        clock.file_on(time);
        back_up();
    }
    for day in 21..=25 {
        let time = format!("2024-09-{day} 02:00:00");
        clock.set(&time);
        let progress = format!("九月{day}日");
        clock.file_on(&progress);
        back_up();
        // Also where the day had come before: it is made anew, for the ledger has grown.
        clock.ok(&["restore", &format!("daily/duban-2024-09-{day}.zip"), &format!("back{day}")]);
        let back = clock.folder.path().join(format!("back{day}"));
        let shown = clock.ok(&["--data", back.to_str().unwrap(), "show", "T5", "--period", "2024Q3", "--json"]);
        assert!(shown.contains(&progress), "{day}: {shown}");
    }
    for day in 12..=25 {
        assert!(has(&daily, &format!("2024-09-{day}")), "{day}");
    }
    assert!(has(&daily, "2024-09-01") && has(&daily, "2099-01-01") && has(&daily, "2099-01-02"));
}
