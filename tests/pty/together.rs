//! Two real screens of one user on one ledger: what one writes the other shows, and what both typed is decided by one key.

use std::process::Command;

use crate::terminal::{Terminal, duban};

/// Two screens on one ledger, the first of which hosts.
fn two(data: &std::path::Path) -> (Terminal, Terminal) {
    let first = Terminal::start(data);
    first.shows("任务 1/130");
    let second = Terminal::start(data);
    second.shows("任务 1/130");
    first.shows("在线2");
    (first, second)
}

fn progress(data: &std::path::Path, item: &str) -> String {
    let (status, out, error) = duban(data, &["show", item, "--json"]);
    assert_eq!(status, 0, "{error}");
    let shown: serde_json::Value = serde_json::from_str(&out).unwrap();
    shown.pointer("/0/progress").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

#[test]
fn what_one_edits_the_other_sees_and_what_both_typed_is_decided() {
    let data = tempfile::tempdir().unwrap();
    let (mut first, mut second) = two(data.path());
    second.send("je\t那边写的");
    first.shows("✎");
    first.send("je");
    first.shows("正在编辑");
    first.send("\t这边写的");
    first.shows("这边写的");
    second.send("\x13");
    second.shows("已存 #2");
    first.shows("也改了“进展情况”，保存时请选");
    first.send("\x13");
    first.shows("那边写的");
    assert_eq!(progress(data.path(), "T2"), "那边写的");
    // F3: mine.
    first.send("\x1bOR");
    first.shows("都选定了");
    first.send("\x13");
    first.shows("已存 #3");
    assert_eq!(progress(data.path(), "T2"), "这边写的");
    second.shows("已存#3");
}

#[test]
fn what_was_typed_while_the_host_was_stopped_is_written_once_when_it_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let (first, mut second) = two(data.path());
    let signal = |name: &str| {
        let done = Command::new("kill").args([name, &first.pid().to_string()]).status().unwrap();
        assert!(done.success());
    };
    signal("-STOP");
    second.send("e\t停着的时候写的\x13");
    second.shows("断线·重连中");
    second.shows("没有收到回音");
    signal("-CONT");
    second.wait("the save", |terminal| !terminal.screen().contains("断线·重连中"));
    second
        .wait("the save", |terminal| terminal.screen().contains("已存#2") && terminal.screen().contains("任务 1/130"));
    assert_eq!(progress(data.path(), "T1"), "停着的时候写的");
}

#[test]
fn a_line_dropped_over_a_small_form_keeps_its_draft() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.send("Sa制定方");
    terminal.shows("制定方");
    terminal.hang_up();
    terminal.ended();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("制定方");
    terminal.send("\r");
    terminal.shows("举措");
    terminal.send("案\x13");
    terminal.shows("已存 #2");
}

#[test]
fn what_is_typed_while_a_save_waits_for_a_stopped_host_is_kept_when_the_line_drops() {
    let data = tempfile::tempdir().unwrap();
    let (host, mut guest) = two(data.path());
    host.signal("-STOP");
    guest.send("e\t停着的时候写的\x13");
    guest.shows("没有收到回音");
    guest.send("\x1b");
    guest.shows("任务 1/130");
    guest.send("je\t断线前写的");
    guest.shows("断线前写的");
    let kept = || {
        let drafts = std::fs::read_dir(data.path().join("drafts")).into_iter().flatten().filter_map(Result::ok);
        let texts = drafts.filter_map(|entry| std::fs::read_to_string(entry.path()).ok());
        texts.into_iter().any(|text| text.contains("断线前写的"))
    };
    let until = std::time::Instant::now() + std::time::Duration::from_secs(1);
    while !kept() && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let before = kept();
    host.signal("-CONT");
    assert!(before, "the draft does not wait for the commit");
}
