//! Started, used, hung up, killed, started again.

use std::thread;
use std::time::Duration;

use crate::terminal::{Terminal, duban};

#[test]
fn a_day_at_the_office_is_there_again_the_next_morning() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.send("/czj");
    terminal.shows("市财政局");
    terminal.shows("6项");
    terminal.send("\x1b");
    terminal.shows("任务 1/130");
    terminal.send("/5\r");
    terminal.settle();
    terminal.send("e60\t新增制造业中长期贷款102亿元。\x13");
    terminal.shows("已存 #2");
    terminal.send("4/17-1\r");
    terminal.settle();
    terminal.send("llllle8.2\r");
    terminal.shows("已存 #3");
    terminal.shows("8.2/12.6");
    terminal.send("u");
    terminal.shows("已撤销 #3，记为 #4");
    terminal.send("U");
    terminal.shows("记为 #5");
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    let bytes = terminal.seen.lock().unwrap().1.clone();
    assert!(bytes.ends_with(b"\x1b[?25h\x1b[?1049l"), "the terminal is given back");
    drop(terminal);

    let terminal = Terminal::start(data.path());
    terminal.shows("60.0%");
    let (status, log, _) = duban(data.path(), &["log"]);
    assert_eq!((status, log.lines().count()), (0, 6), "head and five commits:\n{log}");
    assert!(log.contains("8.2"), "{log}");
}

#[test]
fn a_ledger_made_in_a_mistyped_place_is_said_until_a_key_is_pressed() {
    let data = tempfile::tempdir().unwrap();
    let place = data.path().join("mistyped");
    let mut terminal = Terminal::start(&place);
    terminal.shows("新建了台账：");
    terminal.send("j");
    terminal.shows("任务 2/130");
    assert!(!terminal.screen().contains("新建了台账："));
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    let again = Terminal::start(&place);
    again.shows("任务 1/130");
    assert!(!again.screen().contains("新建了台账："));
    // A script's record of errors stays empty.
    let (status, _, said) = duban(&data.path().join("another"), &["who", "1"]);
    assert_eq!((status, said), (0, String::new()));
}

#[test]
fn killed_in_mid_edit_nothing_saved_is_gone_and_the_draft_is_offered() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.send("e33\x13");
    terminal.shows("已存 #2");
    terminal.send("je\t写到一半的进展");
    terminal.shows("写到一半的进展");
    terminal.settle();
    terminal.kill();

    let mut terminal = Terminal::start(data.path());
    terminal.shows("有未保存的草稿");
    terminal.shows("写到一半的进展");
    terminal.send("\r");
    terminal.shows("填报 2 ");
    terminal.send("\x13");
    terminal.shows("已存 #3");
    terminal.shows("33.0%");
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn a_dropped_line_ends_the_program_and_keeps_the_draft() {
    for ignoring in [false, true] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal =
            if ignoring { Terminal::start_ignoring_hangup(data.path()) } else { Terminal::start(data.path()) };
        terminal.shows("任务 1/130");
        terminal.send("e\t线路断开之前");
        terminal.shows("线路断开之前");
        terminal.hang_up();
        terminal.ended();
        let terminal = Terminal::start(data.path());
        terminal.shows("线路断开之前");
    }
}

#[test]
fn a_line_dropped_over_the_words_of_a_bulletin_keeps_their_draft() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.send("6e线路断开之前的开头");
    terminal.shows("线路断开之前的开头");
    terminal.hang_up();
    terminal.ended();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("线路断开之前的开头");
    terminal.send("\r");
    terminal.shows("通报文字");
    terminal.send("\x13");
    terminal.shows("已存 #2");
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn p_puts_the_bulletin_into_a_file_and_never_over_another() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("tongbao.txt");
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    let keys = format!("6p\t\t{}\t\t{}\x13", "\x1b[D".repeat(5), path.display());
    terminal.send(&keys);
    terminal.shows("已保存到");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("重点工作共130项"), "{text}");
    terminal.send(&keys);
    terminal.shows("已存在");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn idle_sends_nothing_and_wakes_nobody() {
    let data = tempfile::tempdir().unwrap();
    let terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.settle();
    // The database's own threads come to rest a moment after the start.
    thread::sleep(Duration::from_secs(2));
    let before = (terminal.bytes(), terminal.wake_ups());
    thread::sleep(Duration::from_secs(3));
    assert_eq!((terminal.bytes(), terminal.wake_ups()), before);
}

#[test]
fn a_frame_is_one_write() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.settle();
    // On the matrix a digit begins a figure (and its draft is a write of its own): screens change with Alt there.
    // 核对 is drawn at once, and once more when the lines of the original have come, unless they were there before it was drawn.
    for (key, frames) in [("j", 1), ("j", 1), ("2", 1), ("4", 1), ("l", 1), ("\x1b8", 2), ("j", 1)] {
        let before = terminal.counter("io", "syscw");
        let bytes = terminal.bytes();
        terminal.send(key);
        terminal.wait("an answer", |t| t.bytes() > bytes);
        terminal.settle();
        let writes = terminal.counter("io", "syscw") - before;
        assert!((1..=frames).contains(&writes), "{key}: {writes}");
    }
}

#[test]
fn a_second_screen_and_commands_work_through_the_first_and_outlive_it() {
    let data = tempfile::tempdir().unwrap();
    let mut first = Terminal::start(data.path());
    first.shows("任务 1/130");
    let mut second = Terminal::start(data.path());
    second.shows("任务 1/130");
    let (status, _, error) = duban(data.path(), &["file", "T1", "--percent", "10"]);
    assert_eq!(status, 0, "{error}");
    // Without a key pressed, on both.
    first.shows("已存#2");
    second.shows("已存#2");
    first.send("q");
    assert_eq!(first.ended(), 0);
    second.send("je33\x13");
    second.shows("已存 #3");
    let (status, found, _) = duban(data.path(), &["who", "充电桩"]);
    assert_eq!(status, 0);
    assert!(found.contains("市发改委"), "{found}");
    second.send("q");
    assert_eq!(second.ended(), 0);
    assert!(!data.path().join("socket").exists(), "no stale socket");
}

#[test]
fn a_panic_would_give_the_terminal_back_and_so_does_a_signal() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.signal("-TERM");
    assert_eq!(terminal.ended(), 0);
    terminal.settle();
    let bytes = terminal.seen.lock().unwrap().1.clone();
    assert!(bytes.ends_with(b"\x1b[?25h\x1b[?1049l"));
}
