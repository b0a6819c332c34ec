//! Inside tmux and GNU Screen: keys and pictures go through both.

use std::path::Path;

use portable_pty::CommandBuilder;

use crate::terminal::Terminal;

/// Whether a program is there; where CI says that it has to be, it is.
fn is_there(program: &str) -> bool {
    let there = std::process::Command::new(program).arg("-V").output().is_ok();
    assert!(there || std::env::var_os("DUBAN_NEED_PROGRAMS").is_none(), "{program} is not installed");
    if !there {
        println!("passed over: {program} is not installed");
    }
    there
}

/// The program inside another, whose own files are in a folder.
fn inside(words: &[&str], data: &Path) -> Terminal {
    let (program, words) = words.split_first().unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(words);
    command.args([env!("CARGO_BIN_EXE_duban"), "--data", data.join("data").to_str().unwrap()]);
    command.env("SCREENDIR", data.join("screens"));
    command.env("TMUX_TMPDIR", data);
    command.env("SHELL", "/bin/sh");
    command.env_remove("TMUX");
    command.env_remove("STY");
    Terminal::run(command)
}

/// Goes about, and compares what is seen with what is seen without anything between.
fn is_as_outside(words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("screens")).unwrap();
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(folder.path().join("screens"), private).unwrap();
    let mut within = inside(words, folder.path());
    let alone = tempfile::tempdir().unwrap();
    let mut outside = Terminal::start(alone.path());
    within.shows("任务 1/130");
    outside.shows("任务 1/130");
    let down = "\x1b[B".repeat(30);
    for (keys, shown) in [
        (down.as_str(), "任务 31/130"),
        ("\x1b[B", "任务 32/130"),
        ("\x1b[A", "任务 31/130"),
        ("\x1bOP", "帮助"),
        ("\x1b[21~", "任务 31/130"),
        ("\x1b[5~", "任务 "),
        ("/czj", "6项"),
        ("\x7f\x7f\x7f", "130项"),
    ] {
        let before = within.bytes();
        for terminal in [&mut within, &mut outside] {
            terminal.send(keys);
            terminal.shows(shown);
            terminal.settle();
        }
        assert_eq!(within.screen(), outside.screen(), "{keys:?}");
        // A list that scrolls is scrolled by them, too: it costs no more than outside.
        if keys == "\x1b[B" {
            assert!(within.bytes() - before <= 600, "{} bytes", within.bytes() - before);
        }
    }
    let before = within.bytes();
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(within.bytes(), before, "nothing is sent while nothing happens");
    within.send("\r");
    within.settle();
    within.send("q");
    assert_eq!(within.ended(), 0);
}

#[test]
fn inside_gnu_screen_it_is_as_outside() {
    if is_there("screen") {
        is_as_outside(&["screen", "-U", "-c", "/dev/null"]);
    }
}

#[test]
fn inside_tmux_it_is_as_outside() {
    if is_there("tmux") {
        // Without its own line at the bottom.
        is_as_outside(&["tmux", "-u", "-f", "/dev/null", "set", "-g", "status", "off", ";", "new-session"]);
    }
}

#[test]
fn gnu_screen_that_was_not_told_of_utf_8_is_noticed() {
    if !is_there("screen") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("screens")).unwrap();
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(folder.path().join("screens"), private).unwrap();
    // The sentence stays on the screen until a key is pressed.
    let line = "LC_ALL=C exec screen -c /dev/null sh -c '\"$0\" \"$@\"; read key' \"$@\"";
    let mut terminal = inside(&["sh", "-c", line, "sh"], folder.path());
    terminal.shows("does not read UTF-8");
    terminal.shows("screen -U");
    terminal.send("\r");
    terminal.ended();
}
