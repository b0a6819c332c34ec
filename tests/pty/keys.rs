//! What the keys of PuTTY, Xshell, SecureCRT, xterm, the Linux console, screen and tmux send does what the key does.

use std::thread;
use std::time::Duration;

use duban::tui::key::{Code, Named};
use duban::tui::sequences::SEQUENCES;

use crate::terminal::{Terminal, duban};

/// What a key does: keys before it, what the screen shows after it, keys that undo it, what is shown then.
type Effect = (String, String, &'static str, &'static str);

/// In the search line and in the list, an effect for each key that no other key of the table has.
fn effect(code: Code) -> Option<Effect> {
    let moved = |before: &str, after: &str| Some((before.to_owned(), after.to_owned(), "g", "任务 1/130"));
    match code {
        Code::Named(Named::Up) => moved("G", "任务 129/130"),
        Code::Named(Named::Down) => moved("", "任务 2/130"),
        Code::Named(Named::PageUp) => moved("G", "任务 111/130"),
        Code::Named(Named::PageDown) => moved("", "任务 20/130"),
        // What was found stays under the cursor, so it goes back to the top.
        Code::Char(c) => Some(("/".to_owned(), format!("/{c}"), "\x15\rg", "任务 1/130")),
        _ => None,
    }
}

#[test]
fn every_sequence_does_what_its_key_does() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    for (sequence, code, senders) in SEQUENCES {
        let bytes = format!("\x1b{sequence}");
        let what = format!("{sequence:?} of {senders:?}");
        match code {
            // In the search line: what is typed next shows where the caret went, and what was deleted.
            Code::Named(Named::Left | Named::Home | Named::End | Named::Right | Named::Delete) => {
                let (before, next, after) = match code {
                    Code::Named(Named::Left) => ("ab", "c", "/acb"),
                    Code::Named(Named::Home) => ("ab", "c", "/cab"),
                    Code::Named(Named::Right) => ("ab\x1b[D\x1b[D", "c", "/acb"),
                    Code::Named(Named::End) => ("ab\x1b[D\x1b[D", "c", "/abc"),
                    _ => ("ab\x1b[D\x1b[D", "c", "/cb"),
                };
                terminal.send(&format!("/{before}{bytes}{next}"));
                terminal.wait(&what, |terminal| last_line(terminal) == after);
                esc(&mut terminal);
            }
            Code::Named(Named::Enter) => {
                terminal.send(&bytes);
                terminal.wait(&what, |terminal| terminal.screen().contains("┌─ 1 ─"));
                terminal.send("\x1b");
                terminal.wait(&what, |terminal| !terminal.screen().contains("┌─ 1 ─"));
            }
            Code::Named(Named::BackTab) => {
                // One field back from 进展情况 is 完成率.
                terminal.send(&format!("e\t{bytes}7"));
                terminal.wait(&what, |terminal| percent(terminal).contains('7'));
                terminal.send("\x15\x1b");
                terminal.shows("任务 1/130");
            }
            Code::F(1) => {
                terminal.send(&bytes);
                terminal.wait(&what, |terminal| terminal.screen().contains("帮助"));
                terminal.send("q");
                terminal.shows("任务 1/130");
            }
            Code::F(10) => {
                terminal.send("?");
                terminal.wait(&what, |terminal| !terminal.screen().contains("任务 1/130"));
                terminal.send(&bytes);
                terminal.wait(&what, |terminal| terminal.screen().contains("任务 1/130"));
            }
            // The footer names the key that means nothing in the list, or something elsewhere.
            Code::F(n) => {
                terminal.send(&bytes);
                terminal.wait(&what, |terminal| last_line(terminal).starts_with(&format!("F{n}")));
                terminal.send("jk");
                terminal.wait(&what, |terminal| !last_line(terminal).starts_with('F'));
            }
            code => {
                let (before, after, undo, then) = effect(*code).unwrap();
                terminal.send(&before);
                terminal.send(&bytes);
                terminal.wait(&what, |terminal| terminal.screen().contains(&after));
                terminal.send(undo);
                terminal.wait(&format!("{what}, undone"), |terminal| terminal.screen().contains(then));
            }
        }
    }
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
}

/// What stands first in the last line: the search as it is typed.
fn last_line(terminal: &Terminal) -> String {
    terminal.screen().lines().last().and_then(|line| line.split_whitespace().next()).unwrap_or_default().to_owned()
}

/// Leaves the search line.
fn esc(terminal: &mut Terminal) {
    terminal.send("\x1b");
    terminal.wait("the search line to close", |terminal| !last_line(terminal).starts_with('/'));
}

/// The line of the field 完成率.
fn percent(terminal: &Terminal) -> String {
    terminal.screen().lines().find(|line| line.contains("完成率")).unwrap_or_default().to_owned()
}

#[test]
fn backspace_is_either_byte_and_enter_may_have_a_line_feed() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    for backspace in ["\x7f", "\x08"] {
        terminal.send(&format!("/abc{backspace}"));
        terminal.wait("one letter less", |terminal| last_line(terminal) == "/ab");
        esc(&mut terminal);
    }
    for enter in ["\r", "\r\n"] {
        terminal.send("/5");
        terminal.shows("/5");
        terminal.send(enter);
        terminal.wait("the search line closed", |terminal| !last_line(terminal).starts_with('/'));
        terminal.send("\x1b");
        terminal.wait("the whole list", |terminal| !terminal.screen().contains("/5"));
    }
}

#[test]
fn alt_comes_as_an_escape_in_front_or_in_the_eighth_bit() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    for alt_four in ["\x1b4", "´"] {
        terminal.send(alt_four);
        terminal.shows("显示");
        terminal.send("\x1b1");
        terminal.shows("任务 1/130");
    }
}

#[test]
fn an_escape_that_a_slow_line_parts_from_its_sequence_is_no_esc() {
    // From the machine itself, and a terminal 80 ms away, which says so when it is asked with the first frame.
    for answers in [false, true] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start(data.path());
        terminal.shows("任务 1/130");
        if answers {
            thread::sleep(Duration::from_millis(80));
            terminal.send("\x1b[2;5R\x1b[2;2R\x1b[2;2R");
        }
        terminal.send("/ab");
        terminal.shows("/ab");
        for byte in ["\x1b", "[", "D"] {
            terminal.send(byte);
            thread::sleep(Duration::from_millis(80));
        }
        terminal.send("c");
        terminal.wait("the caret moved", |terminal| last_line(terminal) == "/acb");
        // And by itself it is Esc.
        esc(&mut terminal);
    }
}

#[test]
fn what_an_input_method_leaves_full_width_is_taken() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.send("ｊｊ");
    terminal.shows("任务 3/130");
    terminal.send("／ｃｚｊ");
    terminal.shows("市财政局");
    terminal.shows("6项");
    esc(&mut terminal);
    terminal.send("ｇe６０．５\x13");
    terminal.shows("已存 #2");
    let (_, out, _) = duban(data.path(), &["show", "T1", "--json"]);
    assert!(out.contains("60.5"), "{out}");
}

/// What somebody copies out of a document: lines, some of whose letters are commands here (A accepts, u undoes, x, q leaves).
const COPIED: [&str; 3] = ["已完成前期工作Au", "用地已批q", "年内开工建设xq"];

#[test]
fn what_is_pasted_is_text_in_a_field_and_nothing_elsewhere_with_brackets_and_without() {
    for (term, before, after) in
        [("xterm-256color", "\x1b[200~", "\x1b[201~"), ("screen.xterm-256color", "", ""), ("linux", "", "")]
    {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start_with(data.path(), &[("TERM", Some(term)), ("TMUX", None)]);
        terminal.shows("任务 1/130");
        let pasted = format!("{before}{}\r{after}", COPIED.join("\r"));
        terminal.send(&pasted);
        terminal.shows("粘贴已忽略");
        // The reason of a return is filed with Enter: not with one that was pasted.
        terminal.send("e33\x13");
        terminal.shows("已存 #2");
        terminal.send("R");
        terminal.shows("退回");
        terminal.send(&pasted);
        terminal.shows("年内开工建设xq");
        terminal.settle();
        assert!(terminal.screen().contains("退回"), "{}", terminal.screen());
        assert!(!terminal.screen().contains("已存 #3"));
        // In parts, as a line brings them, the last with nothing but its end.
        terminal.send("\x1b");
        terminal.settle();
        let (_, log, _) = duban(data.path(), &["log"]);
        assert_eq!(log.lines().count(), 3, "head, the document, the filing:\n{log}");
    }
}

/// A terminal that brackets what is pasted sends nothing else in a burst but keys: a line that stood still brings them at once.
#[test]
fn keys_that_come_at_once_are_keys_where_pasted_text_is_bracketed() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_with(data.path(), &[("TERM", Some("screen")), ("TMUX", Some("/tmp/tmux,1,0"))]);
    terminal.shows("任务 1/130");
    terminal.send("/caizheng\rjjjjjjkk");
    // Four are found: down to the last, and two up.
    terminal.shows("任务 2/4 · /caizheng");
}

#[test]
fn a_terminal_of_another_encoding_is_told_so() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    // 中文 in GBK.
    terminal.send_bytes(&[0xd6, 0xd0, 0xce, 0xc4]);
    terminal.shows("字符编码设为 UTF-8");
}
