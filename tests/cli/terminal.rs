//! On a terminal: aligned, no wider than it is, coloured unless that is not wanted.

use std::io::{Read as _, Write as _};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::run::Fresh;

type Running = Box<dyn Child + Send + Sync>;

/// Starts the command on a terminal of so many columns.
fn started(fresh: &Fresh, columns: u16, args: &[&str], vars: &[(&str, &str)]) -> (Running, Box<dyn MasterPty + Send>) {
    let size = PtySize { rows: 24, cols: columns, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
    command.args(args);
    command.env_clear();
    command.env("DUBAN_DATA", fresh.data());
    command.env("TERM", "xterm");
    for (name, value) in vars {
        command.env(name, value);
    }
    (pair.slave.spawn_command(command).unwrap(), pair.master)
}

fn on_a_terminal(fresh: &Fresh, columns: u16, args: &[&str], vars: &[(&str, &str)]) -> String {
    let (mut child, terminal) = started(fresh, columns, args, vars);
    let mut bytes = Vec::new();
    // The end of a terminal is an error on Linux, after everything was read.
    let _ = terminal.try_clone_reader().unwrap().read_to_end(&mut bytes);
    assert!(child.wait().unwrap().success());
    String::from_utf8(bytes).unwrap()
}

#[test]
fn tables_fit_the_terminal() {
    let fresh = Fresh::new();
    fresh.ok(["step", "T25", "--add", &"招标并开工".repeat(30), "--unit", "市交通局"]);
    fresh.ok(["request", "T25", "extend", &"征地未完".repeat(30), "--until", "2099-03-31"]);
    fresh.ok(["light", "T25", "red", &"核查发现不实".repeat(20)]);
    fresh.ok(["view", "红灯", "--save", "--light", "red", "--unit", "czj", "--sort", "worst", "--late"]);
    for columns in [60, 80, 160] {
        for args in [
            &["list"][..],
            &["list", "--livelihood"],
            &["log"],
            &["show", "P17.1"],
            &["show", "T25"],
            &["who", "czj"],
            &["chase"],
            &["target", "T25"],
            &["step", "T25"],
            &["request"],
            &["why", "T25"],
            &["view"],
            &["settings"],
            &["status"],
        ] {
            let text = on_a_terminal(&fresh, columns, args, &[("NO_COLOR", "1")]);
            assert!(!text.contains('\u{1b}'), "{args:?}");
            for line in text.lines() {
                assert!(duban::text::width(line) <= usize::from(columns), "{args:?}: {line}");
            }
        }
    }
}

#[test]
fn colour_is_on_terminals_only_and_only_if_wanted() {
    let fresh = Fresh::new();
    assert!(on_a_terminal(&fresh, 80, &["list"], &[]).contains('\u{1b}'));
    assert!(!on_a_terminal(&fresh, 80, &["list", "--no-color"], &[]).contains('\u{1b}'));
    assert!(!on_a_terminal(&fresh, 80, &["list"], &[("TERM", "dumb")]).contains('\u{1b}'));
    assert!(!fresh.ok(["list", "--format", "table"]).contains('\u{1b}'));
}

#[test]
fn while_a_screen_is_open_commands_write_and_read_through_it() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let (mut screen, terminal) = started(&fresh, 80, &[], &[]);
    let mut reader = terminal.try_clone_reader().unwrap();
    let mut first = [0; 64];
    // Something is drawn, so the ledger is open.
    assert!(reader.read(&mut first).unwrap() > 0);
    let rest = std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
    let ran = fresh.ok(["quota", "P17.1", "江山市", "8.2", "--period", "2024Q3"]);
    assert!(ran.contains("第 2 次提交"), "{ran}");
    fresh.ok(["who", "充电桩"]);
    assert_eq!(fresh.json(["status", "--json"])["held_by"]["purpose"], "screen");
    terminal.take_writer().unwrap().write_all(b"q").unwrap();
    assert!(screen.wait().unwrap().success());
    drop(terminal);
    drop(rest.join().unwrap());
    let ran = fresh.ok(["quota", "P17.1", "江山市", "8.3", "--period", "2024Q3"]);
    assert!(ran.contains("第 3 次提交"), "{ran}");
}

/// Runs on a terminal, types an answer when a question mark is shown, and answers what was shown and the exit status.
fn asked_on_a_terminal(fresh: &Fresh, args: &[&str], answer: &str) -> (String, u32) {
    let (mut child, terminal) = started(fresh, 120, args, &[]);
    let mut reader = terminal.try_clone_reader().unwrap();
    let mut writer = terminal.take_writer().unwrap();
    let mut shown = Vec::new();
    let mut more = [0; 256];
    let mut answered = false;
    while let Ok(read @ 1..) = reader.read(&mut more) {
        shown.extend_from_slice(&more[..read]);
        if !answered && String::from_utf8_lossy(&shown).contains("(y/n)") {
            writer.write_all(answer.as_bytes()).unwrap();
            answered = true;
        }
    }
    (String::from_utf8_lossy(&shown).into_owned(), child.wait().unwrap().exit_code())
}

#[test]
fn on_a_terminal_a_figure_lower_than_before_is_asked_about() {
    let fresh = Fresh::new();
    fresh.ok(["quota", "P17.1", "江山市", "8", "--period", "2024Q2"]);
    let lower = ["quota", "P17.1", "江山市", "7", "--period", "2024Q3"];
    let done = || fresh.shown("P17.1", "2024Q3")["done"].clone();
    let (shown, status) = asked_on_a_terminal(&fresh, &lower, "n\n");
    assert!(shown.contains("小于上一期累计数（8）") && shown.contains("没有写入"), "{shown}");
    assert_eq!((status, done()), (3, serde_json::json!({})));
    let (shown, status) = asked_on_a_terminal(&fresh, &lower, "y\n");
    assert_eq!((status, done()), (0, serde_json::json!({"江山市": "7"})), "{shown}");
    let (shown, status) = asked_on_a_terminal(&fresh, &["quota", "P17.1", "江山市", "9", "--period", "2024Q3"], "");
    assert!(status == 0 && !shown.contains("(y/n)"), "more than before is not asked about: {shown}");
}

#[test]
fn a_report_goes_through_the_pager_and_without_one_straight_to_the_terminal() {
    use std::os::unix::fs::PermissionsExt as _;
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let pager = fresh.home().join("pager");
    std::fs::write(
        &pager,
        format!("#!/bin/sh\necho seen by $1, secure $LESSSECURE\n/bin/cat > {}/paged\n", fresh.home().display()),
    )
    .unwrap();
    std::fs::set_permissions(&pager, std::fs::Permissions::from_mode(0o755)).unwrap();
    let named = format!("{} me;true", pager.display());
    let report = ["report", "2024Q3"];
    let shown = on_a_terminal(&fresh, 80, &report, &[("PAGER", &named)]);
    assert_eq!(shown.trim(), "seen by me;true, secure 1", "no shell reads it, and nothing else is shown");
    let read = std::fs::read_to_string(fresh.home().join("paged")).unwrap();
    assert!(read.contains("总体情况") && !read.contains('\u{c}'));
    for pager in ["cat", "", "/nowhere/pager"] {
        let shown = on_a_terminal(&fresh, 80, &report, &[("PAGER", pager)]);
        assert_eq!(shown.replace('\r', ""), read, "{pager}");
    }
}

#[test]
fn what_is_no_text_is_not_thrown_at_a_terminal() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    for format in ["docx", "xlsx", "pdf"] {
        let (shown, status) = asked_on_a_terminal(&fresh, &["report", "2024Q3", "--format", format], "");
        assert!(status == 2 && shown.contains(format) && shown.contains("-o"), "{shown}");
        assert!(shown.lines().count() == 2, "{shown}");
    }
}
