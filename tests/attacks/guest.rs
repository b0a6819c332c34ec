//! The office's service and its guests: where the ledger stands is told to the system's log and kept by each guest, so that a history
//! written anew is noticed.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::journal;
use crate::run::{Fresh, Ran};
use crate::scan::wrong;

/// A service over a ledger, told by its socket; and what it said on standard error.
struct Service<'a> {
    fresh: &'a Fresh,
    child: Child,
}

impl<'a> Service<'a> {
    fn start(fresh: &'a Fresh, log: &str, vars: &[(&str, &str)]) -> Self {
        let mut command = fresh.command(["serve", "--socket", "office"]);
        command
            .envs(vars.iter().copied())
            .stdout(Stdio::null())
            .stderr(fs::File::create(fresh.home().join(log)).unwrap());
        let child = command.spawn().unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while !socket(fresh).exists() {
            assert!(Instant::now() < until, "no socket");
            thread::sleep(Duration::from_millis(10));
        }
        Self { fresh, child }
    }

    fn guest(&self, args: &[&str]) -> Ran {
        let socket = socket(self.fresh);
        let all: Vec<&str> = ["--server", socket.to_str().unwrap()].iter().chain(args).copied().collect();
        self.fresh.command(all).env_remove("DUBAN_DATA").output().unwrap().into()
    }

    fn stop(mut self) {
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Service<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn socket(fresh: &Fresh) -> PathBuf {
    fresh.home().join("office")
}

#[test]
fn the_service_tells_the_system_s_log_where_the_ledger_stands() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let head = |fresh: &Fresh| {
        let status = fresh.json(["status", "--json"]);
        format!("head={} hash={}", status["seq"], status["hash"].as_str().unwrap())
    };
    let before = head(&fresh);
    let service = Service::start(&fresh, "log", &[("JOURNAL_STREAM", "8:1")]);
    assert_eq!(service.guest(&["file", "T1", "--period", "2024Q3", "--percent", "30"]).status, 0);
    service.stop();
    let log = fs::read_to_string(fresh.home().join("log")).unwrap();
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("head=")).collect();
    assert_eq!(lines.len(), 2, "at the start and at the end: {log}");
    assert!(lines[0].contains(&before) && lines[1].contains(&head(&fresh)), "{log}");
    assert!(lines.iter().all(|line| line.starts_with("<5>")), "a notice to systemd: {log}");
    assert_eq!(wrong(log.as_bytes()), [""; 0]);
    // By hand, on a terminal or into a file: without systemd's number.
    Service::start(&fresh, "bare", &[]).stop();
    assert!(!fs::read_to_string(fresh.home().join("bare")).unwrap().contains("<5>"));
}

#[test]
fn what_a_hostile_ledger_makes_the_service_say_does_not_act() {
    let fresh = journal::hostile();
    let service = Service::start(&fresh, "log", &[("JOURNAL_STREAM", "8:1")]);
    for args in
        [&["list", "--json"][..], &["log"], &["status"], &["file", "T1", "--period", "2024Q3", "--percent", "30"]]
    {
        let ran = service.guest(args);
        assert_eq!(ran.status, 0, "{args:?}: {}", ran.err);
        assert_eq!(wrong(format!("{}{}", ran.out, ran.err).as_bytes()), [""; 0], "{args:?}");
    }
    service.stop();
    let log = fs::read(fresh.home().join("log")).unwrap();
    assert_eq!(wrong(&log), [""; 0]);
    assert!(
        String::from_utf8(log).unwrap().lines().all(|line| line.len() < 400),
        "no text of the ledger is in the log"
    );
}

#[test]
fn a_guest_notices_a_history_written_anew_or_cut_off_and_says_so_until_it_is_accepted() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let file = |percent: &str| ["file", "T1", "--period", "2024Q3", "--percent", percent].map(str::to_owned);
    let args = |args: &[String]| args.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let service = Service::start(&fresh, "log", &[]);
    for percent in ["30", "40"] {
        let ran = service.guest(&file(percent).iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", args(&file(percent)));
    }
    assert_eq!(service.guest(&["list"]).err, "", "a history that goes on is no news");
    service.stop();
    let kept = fresh.home().join("kept");
    copy(&fresh.data(), &kept);

    // Somebody who may write the service's files writes another percentage into commit 2, with right checksums and chain from there on.
    journal::rewrite(&fresh.data(), |commit| {
        if commit["seq"] == 2 {
            commit["changes"][0]["new"]["filing"]["percent"] = "99".into();
        }
        if commit["seq"] == 3 {
            commit["changes"][0]["old"]["filing"]["percent"] = "99".into();
        }
    });
    assert_eq!(fresh.run(["verify"]).status, 0, "by itself it is whole");
    let service = Service::start(&fresh, "log", &[]);
    for args in [&["list"][..], &["who", "市"], &["status"]] {
        let ran = service.guest(args);
        assert_eq!(ran.status, 0);
        assert!(ran.err.contains("第 3 次提交") && ran.err.contains("--accept"), "{args:?}: {}", ran.err);
    }
    assert_eq!(service.guest(&["status", "--accept"]).err, "");
    assert_eq!(service.guest(&["list"]).err, "");
    service.stop();

    // The last commits are cut off.
    fs::remove_dir_all(fresh.data()).unwrap();
    copy(&kept, &fresh.data());
    let service = Service::start(&fresh, "log", &[]);
    assert_eq!(service.guest(&["status", "--accept"]).status, 0);
    service.stop();
    let journal = fresh.data().join("journal/000001.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    let short: Vec<&str> = text.lines().take(2).collect();
    fs::write(&journal, short.join("\n") + "\n").unwrap();
    fs::remove_file(fresh.data().join("journal/head")).unwrap();
    fs::remove_dir_all(fresh.data().join("sled")).unwrap();
    let service = Service::start(&fresh, "log", &[]);
    let ran = service.guest(&["list"]);
    assert!(ran.err.contains("不见了") && ran.err.contains("第 3 次"), "{}", ran.err);
    // Another account, which saw nothing before, is told nothing.
    fs::rename(fresh.home().join(".local"), fresh.home().join("aside")).unwrap();
    assert_eq!(service.guest(&["list"]).err, "");
    service.stop();
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    assert!(Command::new("cp").args(["-a"]).arg(from).arg(to).status().unwrap().success());
}
