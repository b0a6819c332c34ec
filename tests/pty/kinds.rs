//! Terminals of all kinds by their names: what one cannot do is not sent to it, and it is given back as it was.

use std::process::Command;

use crate::terminal::{Terminal, duban};

/// Starts, goes about, leaves; answers all that was written.
fn about(variables: &[(&str, Option<&str>)]) -> String {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_with(data.path(), variables);
    terminal.shows("任务 1/130");
    terminal.send(&"j".repeat(30));
    terminal.shows("任务 31/130");
    terminal.send("k");
    terminal.shows("任务 30/130");
    terminal.send("/czj");
    terminal.shows("6项");
    terminal.send("\x1b");
    terminal.shows("任务 ");
    for (key, shown) in [("5", "总览"), ("4", "显示"), ("1", "任务 ")] {
        terminal.send(&format!("\x1b{key}"));
        terminal.shows(shown);
    }
    terminal.settle();
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.settle();
    terminal.written()
}

/// The control sequences of some bytes, without their numbers: `ESC[r`, `ESC[?h` …
fn sequences(bytes: &str) -> Vec<String> {
    let mut found: Vec<String> = bytes
        .split('\x1b')
        .skip(1)
        .map(|rest| {
            let ends = |c: char| c.is_ascii_alphabetic() || c == '>';
            let end = rest.chars().position(ends).map_or(usize::MAX, |at| at + 1);
            rest.chars().take(end).filter(|c| !c.is_ascii_digit() && *c != ';').collect()
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn what_a_terminal_cannot_do_is_not_sent_to_it() {
    let vt100 = about(&[("TERM", Some("vt100"))]);
    for private in ["[?1049", "[?2004", "[?2026", "[?25"] {
        assert!(!vt100.contains(private), "{private}");
    }
    assert!(!vt100.contains("\x1b[3") || !colours(&vt100), "no colours");
    assert!(vt100.contains("\x1b[r"), "it has a scroll region");
    // Nothing beyond what a VT100 knows: moving, erasing, styles, the scroll region, reports, keypad and cursor keys.
    let known = [">", "M", "[?l", "[C", "[H", "[J", "[K", "[m", "[n", "[r"];
    assert!(sequences(&vt100).iter().all(|one| known.contains(&one.as_str())), "{:?}", sequences(&vt100));

    let console = about(&[("TERM", Some("linux"))]);
    for private in ["[?1049", "[?2004", "[?2026"] {
        assert!(!console.contains(private), "{private}");
    }
    assert!(colours(&console) && console.contains("\x1b[?25l"));
    for glyph in ['─', '│', '┌', '✓', '✗', '✎', '…'] {
        assert!(!drawn(&console).contains(glyph), "{glyph} is not in the console's font");
    }

    let ansi = about(&[("TERM", Some("ansi"))]);
    assert!(!sequences(&ansi).iter().any(|one| one == "[r" || one == "M"), "no scroll region");

    let full = about(&[]);
    for sequence in ["[?1049h", "[?2004h", "[?2026h", "[?25l"] {
        assert!(full.contains(sequence), "{sequence}");
    }
    // Repeating and erasing characters (REP, ECH) are not everywhere, and not sent anywhere.
    for bytes in [&full, &console, &vt100, &ansi] {
        assert!(!sequences(bytes).iter().any(|one| one == "[b" || one == "[X"));
    }
}

/// What was drawn, without the document's own words.
fn drawn(bytes: &str) -> String {
    bytes.split_once("\x1b[2J").map_or(String::new(), |(_, frames)| frames.to_owned())
}

fn colours(bytes: &str) -> bool {
    bytes
        .split('\x1b')
        .filter_map(|rest| rest.strip_prefix('[')?.split_once('m'))
        .any(|(numbers, _)| numbers.split(';').any(|number| matches!(number.parse(), Ok(30..=37 | 40..=47 | 90..=107))))
}

#[test]
fn without_colour_none_is_sent() {
    assert!(!colours(&about(&[("NO_COLOR", Some("1"))])));
    assert!(!colours(&about(&[("TERM", Some("xterm-mono"))])));
    assert!(colours(&about(&[("TERM", Some("xterm"))])));
}

#[test]
fn of_a_terminal_that_says_nothing_of_itself_the_least_is_assumed() {
    let nothing = about(&[("TERM", None)]);
    assert!(!nothing.contains("[?1049") && !colours(&nothing));
}

#[test]
fn a_dumb_terminal_gets_a_sentence_and_no_garbage() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_with(data.path(), &[("TERM", Some("dumb"))]);
    assert_eq!(terminal.ended(), 2);
    terminal.shows("TERM=xterm duban");
    assert!(!terminal.written().contains('\x1b'), "{}", terminal.written());
    assert!(!data.path().join("journal").exists(), "no ledger is made for a screen that cannot be shown");
}

#[test]
fn a_terminal_that_does_not_read_utf_8_gets_a_sentence_that_it_can_read() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    // It has taken the six bytes of two characters for three of two columns each.
    terminal.send("\x1b[2;7R");
    assert_eq!(terminal.ended(), 2);
    terminal.settle();
    let bytes = terminal.seen.lock().unwrap().1.clone();
    // 终端 in GBK.
    assert!(bytes.windows(4).any(|four| four == [0xd6, 0xd5, 0xb6, 0xcb]));
    assert!(terminal.written().contains("Set its character encoding to UTF-8"));
    assert!(terminal.written().contains("\x1b[?1049l"), "given back first");
}

#[test]
fn a_terminal_with_wide_lines_gets_them_in_ascii() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.settle();
    let before = terminal.bytes();
    terminal.send("\x1b[2;5R\x1b[2;3R\x1b[2;3R");
    terminal.wait("a frame of ASCII lines", |terminal| terminal.bytes() > before);
    terminal.settle();
    let frame = String::from_utf8(terminal.seen.lock().unwrap().1[before..].to_vec()).unwrap();
    assert!(!frame.contains(['─', '│', '…']), "{frame}");
    assert!(frame.contains("过紧日子"));
}

#[test]
fn leaving_while_the_host_is_silent_gives_the_terminal_back_at_once_and_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let host = Terminal::start(data.path());
    host.shows("任务 1/130");
    let mut guest = Terminal::start(data.path());
    guest.shows("任务 1/130");
    host.shows("在线2");
    guest.send("e40\x13");
    guest.shows("已存 #2");
    let signal = |name: &str| {
        assert!(Command::new("kill").args([name, &host.pid().to_string()]).status().unwrap().success());
    };
    signal("-STOP");
    // The signal has been sent; on a busy machine the host's threads stop only when one of them gets its turn.
    host.wait("the host to stop", |host| {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", host.pid())).unwrap();
        tasks.flatten().all(|task| {
            let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with('T'))
        })
    });
    // Accepted while the host is silent; then the screen is left.
    guest.send("A");
    guest.send("q");
    guest.wait("the terminal given back", |guest| guest.written().contains("\x1b[?1049l"));
    guest.shows("终端已交还");
    assert!(guest.child.try_wait().unwrap().is_none(), "it still waits for the answer");
    signal("-CONT");
    assert_eq!(guest.ended(), 0);
    guest.shows("已存 #3");
    let (_, log, _) = duban(data.path(), &["log"]);
    assert!(log.contains("#3") || log.lines().count() == 4, "{log}");
}
