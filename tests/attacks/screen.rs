//! The screen over the hostile ledger, on a terminal of 80×24: every byte that is sent. And what is typed and pasted into it.

use base64::Engine as _;

use crate::hostile;
use crate::journal::{hostile as hostile_ledger, worked_on, wrong_in_journal};
use crate::run::Fresh;
use crate::scan::{wrong, wrong_on_a_terminal};
use crate::terminal::Terminal;

fn sent(terminal: &Terminal) -> Vec<u8> {
    terminal.seen.lock().unwrap().1.clone()
}

/// What was put on the clipboard, and what else was sent.
fn clipboard(bytes: &[u8]) -> (Vec<String>, Vec<u8>) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let (mut copied, mut rest) = (Vec::new(), String::new());
    let mut parts = text.split("\u{1b}]52;c;");
    rest.push_str(parts.next().unwrap());
    for part in parts {
        let end = part.find(['\u{7}', '\u{1b}']).unwrap();
        let decoded = base64::engine::general_purpose::STANDARD.decode(&part[..end]).unwrap();
        copied.push(String::from_utf8(decoded).unwrap());
        let behind = &part[end..];
        rest.push_str(behind.strip_prefix("\u{1b}\\").or_else(|| behind.strip_prefix('\u{7}')).unwrap());
    }
    (copied, rest.into_bytes())
}

#[test]
fn nothing_acts_on_any_screen_and_the_clipboard_gets_one_line() {
    let fresh = hostile_ledger();
    let mut terminal = Terminal::start(&fresh.data());
    terminal.shows("任务 1/130");
    for keys in [
        "\x1b", "y", "\r", "\x1b", "?", "\x1b", "2", "3", "4", "\r", "\x1b", "5", "6", "7", "8", "\r", "\x1b", "1",
        "/恶\r", "w", "\x1b", "p", "\x1b", "e", "\x1b",
    ] {
        terminal.send(keys);
        terminal.settle();
        // Wherever that led: the next keys start from somewhere.
    }
    let (copied, rest) = clipboard(&sent(&terminal));
    assert_eq!(wrong_on_a_terminal(&rest), [""; 0]);
    assert_eq!(wrong(terminal.screen().as_bytes()), [""; 0]);
    assert!(String::from_utf8_lossy(&rest).contains('恶'), "what was hostile is shown, as far as it is text");
    assert!(!copied.is_empty());
    for line in copied {
        assert!(
            wrong(line.as_bytes()).is_empty() && !line.contains('\n'),
            "{line:?}: a shell would run what stands behind a line end"
        );
    }
    terminal.send("q");
}

#[test]
fn what_is_typed_and_pasted_is_kept_without_what_acts() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let mut terminal = Terminal::start(&fresh.data());
    terminal.shows("任务 1/130");
    // A paste that brings its own end: what stands behind it is typed.
    let pasted = hostile::all();
    terminal.send(&format!("e\t\x1b[200~{pasted}\x1b[201~"));
    terminal.settle();
    terminal.send("乙e\u{301}\u{202e}\u{200b}丙");
    terminal.settle();
    terminal.send("\x13");
    terminal.settle();
    let bytes = sent(&terminal);
    assert_eq!(wrong_on_a_terminal(&bytes), [""; 0]);
    terminal.send("q");
    terminal.settle();
    assert_eq!(wrong_in_journal(&fresh.data()), [""; 0]);
    let log = fresh.ok(["log"]);
    assert!(
        log.contains("乙é丙") || fresh.ok(["log", "--json"]).contains("乙é丙"),
        "it was kept, letter and mark composed: {log}"
    );
}

#[test]
fn a_draft_that_somebody_wrote_is_shown_without_what_acts() {
    let fresh = worked_on();
    let drafts = fresh.data().join("drafts");
    std::fs::create_dir_all(&drafts).unwrap();
    let text = hostile::all();
    let draft = serde_json::json!({
        "key": "quzhou-2024/T1@2024Q3", "base": 0, "form": "", "fields": [["progress", text], ["problems", text], [text, text]],
        "at": "2024-09-30T17:00:00+08:00", "sitting": "1.1",
    });
    std::fs::write(drafts.join("x.json"), draft.to_string()).unwrap();
    let mut terminal = Terminal::start(&fresh.data());
    terminal.settle();
    terminal.send("\r");
    terminal.settle();
    assert_eq!(wrong_on_a_terminal(&sent(&terminal)), [""; 0]);
    terminal.send("\x13");
    terminal.settle();
    terminal.send("q");
    terminal.settle();
    assert_eq!(wrong_on_a_terminal(&sent(&terminal)), [""; 0]);
    assert_eq!(wrong_in_journal(&fresh.data()), [""; 0]);
}
