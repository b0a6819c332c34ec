//! Somebody types into a form and the line goes, in every way in which lines go: the draft is offered at the next start, whole.
//!
//! `DUBAN_HANGUPS` says how often (100), `DUBAN_SEED` which texts and which ways.

use std::path::Path;

use duban::store::drafts;

use crate::dice::{Dice, env};
use crate::terminal::Terminal;

/// How a line goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// The other side of the terminal is closed.
    Closed,
    /// SIGHUP, the terminal still there.
    HangUp,
    /// SIGTERM.
    Terminated,
    /// SIGKILL, once the keys rest.
    Killed,
    /// The host that this screen is a guest of is killed between two words; then the terminal is closed.
    HostKilled,
}

const WAYS: [Way; 5] = [Way::Closed, Way::HangUp, Way::Terminated, Way::Killed, Way::HostKilled];

/// What texts are made of. None of it stands in the document beside.
const WORDS: [&str; 12] =
    ["推进", "新增贷款", "12.5亿元", "，", "。", "abc", "（二期）", "“十四五”", " ", "协调", "①", "用地已批"];
/// The last character of a text, by turns: seen on the screen, the whole text has been taken.
const ENDS: [&str; 6] = ["鑫", "淼", "焱", "垚", "犇", "骉"];

fn words(dice: &mut Dice) -> String {
    (0..=dice.roll(12)).map(|_| *WORDS.get(dice.roll(WORDS.len())).unwrap()).collect()
}

#[test]
fn whatever_was_typed_is_offered_again_however_the_line_went() {
    let data = tempfile::tempdir().unwrap();
    let (mut dice, _) = Dice::seeded();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.send("e");
    let mut done: std::collections::BTreeMap<Way, u64> = std::collections::BTreeMap::new();
    for cycle in 0..env("DUBAN_HANGUPS").unwrap_or(100) {
        let way = *WAYS.get(dice.roll(WAYS.len())).unwrap();
        let end = *ENDS.get(usize::try_from(cycle).unwrap() % ENDS.len()).unwrap();
        *done.entry(way).or_default() += 1;
        // A host is there before its guest.
        let host = (way == Way::HostKilled).then(|| {
            terminal.kill();
            let host = Terminal::start(data.path());
            host.shows("任务 ");
            terminal = Terminal::start(data.path());
            offered(&mut terminal, cycle);
            host
        });
        terminal.shows("填报");
        // The field as a whole is written anew.
        let (one, two) = (words(&mut dice), format!("{}{end}", words(&mut dice)));
        terminal.send(&format!("\t\x15{one}"));
        if let Some(mut host) = host {
            host.kill();
        }
        terminal.send(&two);
        terminal.shows(end);
        let text = format!("{one}{two}");
        go(&mut terminal, way, data.path(), cycle);
        let kept: Vec<String> =
            drafts::load(data.path()).iter().map(|draft| draft.field("progress").to_owned()).collect();
        assert_eq!(kept, [text], "cycle {cycle}, {way:?}");

        terminal = Terminal::start(data.path());
        offered(&mut terminal, cycle);
        terminal.shows(end);
    }
    println!("{done:?}: every draft offered again, whole");
}

/// The draft is offered, and taken up.
fn offered(terminal: &mut Terminal, cycle: u64) {
    terminal.wait(&format!("the draft of cycle {cycle}"), |terminal| terminal.screen().contains("有未保存的草稿"));
    terminal.send("\r");
    terminal.shows("填报");
}

/// Ends the screen in a way; nothing of it is left.
fn go(terminal: &mut Terminal, way: Way, data: &Path, cycle: u64) {
    match way {
        Way::Closed | Way::HostKilled => terminal.hang_up(),
        Way::HangUp => terminal.signal("-HUP"),
        Way::Terminated => terminal.signal("-TERM"),
        Way::Killed => {
            terminal.settle();
            terminal.kill();
        }
    }
    terminal.ended();
    if way == Way::Terminated {
        terminal.wait(&format!("the terminal's modes, cycle {cycle}"), Terminal::is_given_back);
    }
    // A host that is killed leaves its socket for the next one to replace: a guest that leaves at once does not become host before.
    if !matches!(way, Way::Killed | Way::HostKilled) {
        assert!(!data.join("socket").exists(), "cycle {cycle}, {way:?}: no stale socket");
    }
    // The library that reads the keys asks `tput` for the size of a terminal that has gone; that ends by itself in a moment.
    terminal.wait(&format!("its processes to end: cycle {cycle}, {way:?}"), |_| processes_on(data) == 0);
}

/// How many processes there are that were started on a folder.
fn processes_on(data: &Path) -> usize {
    let data = data.to_str().unwrap();
    let all = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let lines = all.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    lines.filter(|line| String::from_utf8_lossy(line).split('\0').any(|word| word == data)).count()
}
