//! What a slow line carries: budgets in bytes, and that the bytes show just what was drawn.

use std::ffi::OsStr;
use std::num::NonZero;

use crate::support::{Look, Screen};
use duban::output::terminal::Ability;
use duban::text::width::is_ambiguous;
use duban::tui::key::{Key, parse_keys};
use duban::tui::update::Msg;
use proptest::prelude::*;

/// Bytes of the frame after these keys, the frame before them being on screen already.
pub(crate) fn cost(look: &Look, before: &str, keys: &str) -> usize {
    let mut screen = Screen::new(look, true);
    // A terminal that answers when it is asked how wide it shows lines and quotation marks.
    screen.headless.tell(Msg::Narrow);
    screen.keys(before);
    screen.headless.bytes();
    screen.headless.keys(keys).unwrap();
    screen.headless.bytes().len()
}

#[test]
fn nothing_changed_sends_nothing() {
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.headless.bytes();
    assert_eq!(screen.headless.bytes(), "");
}

#[test]
fn one_row_down_is_at_most_200_bytes() {
    for look in [&Look::SMALL, &Look::LARGE] {
        for (before, key) in [("jj", "j"), ("jj", "k"), ("4jj", "j"), ("4jj", "l"), ("2jj", "j"), ("7", "j")] {
            let bytes = cost(look, before, key);
            assert!(bytes <= 200, "{before} {key} at {:?}: {bytes}", look.size);
        }
    }
}

/// Keys that lead to where the next one scrolls, at 80×24 and at 160×48, and what they scroll.
fn edges(small: bool) -> Vec<(&'static str, String, &'static str)> {
    let rows = if small { 18 } else { 42 };
    let (down, up) = ("j".repeat(rows), "k".repeat(rows));
    vec![
        ("the list down", down.clone(), "j"),
        ("the list up", format!("G{up}"), "k"),
        ("the matrix down", format!("4{down}"), "j"),
        ("the matrix up", format!("4G{up}"), "k"),
        ("the overview's list down", format!("5{down}"), "j"),
        ("a detail down", "G<enter>".to_owned(), "j"),
        ("a detail down again", "G<enter>j".to_owned(), "j"),
        ("a detail up", "G<enter>jj".to_owned(), "k"),
        ("the log down", "7".to_owned(), "j"),
        ("the bulletin down", "6".to_owned(), "j"),
        ("the bulletin down again", "6<pgdn>".to_owned(), "j"),
    ]
}

/// On a wide screen some lists stand beside others: there no whole lines move, and the terminal cannot help.
fn stands_alone(small: bool, what: &str) -> bool {
    small || !(what.starts_with("the list") || what.starts_with("the overview"))
}

/// Back to the top of the list of tasks, from wherever an edge was.
const BACK: &str = "<esc><esc><a-1>g";

#[test]
fn what_scrolls_by_one_row_is_at_most_600_bytes() {
    for (small, look) in [(true, &Look::SMALL), (false, &Look::LARGE)] {
        let mut screen = Screen::new(look, true);
        screen.headless.tell(Msg::Narrow);
        for (what, before, key) in edges(small) {
            screen.keys(&before);
            screen.headless.bytes();
            screen.headless.keys(key).unwrap();
            let bytes = screen.headless.bytes().len();
            let most = if stands_alone(small, what) { 600 } else { 5_000 };
            assert!(bytes <= most, "{what} at {:?}: {bytes}", look.size);
            screen.keys(BACK);
        }
    }
}

/// Terminals that can do less, and what they must not be sent.
const LESSER: [(&str, &[&str]); 4] = [
    ("vt100", &["\x1b[?25", "\x1b[?2026"]),
    ("linux", &["\x1b[?2026"]),
    ("ansi", &["r", "\x1bM", "\x1b[?"]),
    ("screen", &["\x1b[?2026"]),
];

#[test]
fn lesser_terminals_are_sent_less_and_show_the_same_within_the_same_bytes() {
    for (term, never) in LESSER {
        let ability = Ability::of(Some(OsStr::new(term))).unwrap();
        for (small, look) in [(true, &Look::SMALL), (false, &Look::LARGE)] {
            let mut screen = Screen::new(look, true);
            screen.headless = screen.headless.on(ability);
            screen.headless.tell(Msg::Narrow);
            let mut terminal = terminal(look);
            for (what, before, key) in edges(small) {
                screen.keys(&before);
                agrees(&mut screen, &mut terminal).unwrap();
                screen.headless.keys(key).unwrap();
                let bytes = screen.headless.bytes();
                terminal.process(bytes.as_bytes());
                let shown: Vec<String> =
                    terminal.screen().rows(0, look.size.0).map(|row| row.trim_end().to_owned()).collect();
                let meant = screen.headless.picture();
                assert_eq!(shown, meant.lines().collect::<Vec<_>>(), "{term}: {what}");
                let controls: Vec<&str> = bytes.split('\x1b').skip(1).map(first).collect();
                let controls = format!("\x1b{}", controls.join("\x1b"));
                for sequence in never {
                    assert!(!controls.contains(sequence), "{term}: {what}: {sequence:?} in {controls:?}");
                }
                let whole = ability.scrolls && stands_alone(small, what);
                assert!(!whole || bytes.len() <= 600, "{term}: {what} at {:?}: {}", look.size, bytes.len());
                assert_eq!(screen.headless.bytes(), "", "{term}: {what}: an identical frame");
                screen.keys(BACK);
            }
        }
    }
}

/// A control sequence of what follows an escape.
fn first(rest: &str) -> &str {
    let end = rest.find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |at| at + 1);
    rest.get(..end).unwrap_or_default()
}

#[test]
fn a_typed_search_character_is_at_most_2500_bytes() {
    for (before, key) in [("/", "c"), ("/c", "z"), ("/cz", "j"), ("/", "市"), ("/", "项")] {
        let bytes = cost(&Look::SMALL, before, key);
        assert!(bytes <= 2500, "{before}{key}: {bytes}");
    }
}

#[test]
fn two_hundred_arrows_at_once_are_one_frame_of_at_most_10_kb() {
    assert!(cost(&Look::SMALL, "", &"<down>".repeat(200)) <= 10_000);
}

#[test]
fn chinese_text_on_a_first_frame_costs_at_most_1_3_bytes_a_byte() {
    let mut screen = Screen::new(&Look::SMALL, true);
    let text: usize = screen.headless.picture().lines().map(str::len).sum();
    let bytes = screen.headless.bytes().len();
    assert!(bytes * 10 <= text * 13, "{bytes} bytes for {text} of text");
}

/// How often the cursor is sent to where it is.
fn needless_moves(bytes: &str, terminal: &mut vt100::Parser) -> usize {
    let mut needless = 0;
    for (at, piece) in bytes.split('\x1b').enumerate() {
        let piece = if at == 0 { piece.to_owned() } else { format!("\x1b{piece}") };
        let end = piece.find(|c: char| c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
        let (sequence, text) = piece.split_at(end);
        let before = terminal.screen().cursor_position();
        terminal.process(sequence.as_bytes());
        let moved = sequence.ends_with('C') || (sequence.ends_with('H') && sequence != "\x1b[H");
        needless += usize::from(moved && terminal.screen().cursor_position() == before);
        terminal.process(text.as_bytes());
    }
    needless
}

#[test]
fn no_cursor_move_stands_before_a_wide_glyph_nor_on_terminals_that_answer_before_a_line_or_a_quotation_mark() {
    for term in ["xterm", "linux", "vt100", "screen", "tmux"] {
        for look in [&Look::SMALL, &Look::LARGE] {
            let mut screen = Screen::new(look, true);
            screen.headless = screen.headless.on(Ability::of(Some(OsStr::new(term))).unwrap());
            screen.headless.tell(Msg::Narrow);
            let mut terminal = terminal(look);
            for keys in ["", "<a-4>", "<a-5>", "<a-6>", "<a-7>", "<a-8>", "<a-1><enter>", "<esc>?", "<esc>jjj", "/czj"]
            {
                screen.keys(keys);
                let bytes = screen.headless.bytes();
                let ambiguous = |c: char| is_ambiguous(c) && !"“”‘’…—─│┌┐└┘".contains(c);
                let unsure = bytes.chars().filter(|c| ambiguous(*c)).count();
                let needless = needless_moves(&bytes, &mut terminal);
                assert!(needless <= unsure, "{term}: {keys} at {:?}: {needless}, {unsure} unsure", look.size);
            }
        }
    }
}

/// Prints what the budgets are compared with: `cargo test --test screen figures -- --ignored --nocapture`.
#[test]
#[ignore = "prints figures, asserts nothing"]
fn figures() {
    for (size, look) in [("80x24", &Look::SMALL), ("160x48", &Look::LARGE)] {
        let mut screen = Screen::new(look, true);
        let text: usize = screen.headless.picture().lines().map(str::len).sum();
        println!("{size}: first frame {} bytes for {text} of text", screen.headless.bytes().len());
        for (what, before, keys) in [
            ("one row down", "jj", "j"),
            ("matrix one row down", "4jj", "j"),
            ("matrix one column right", "4jj", "l"),
            ("page down", "", "<pgdn>"),
            ("search opened and c typed", "/", "c"),
            ("search, third letter", "/cz", "j"),
            ("200 arrows", "", &"<down>".repeat(200)),
        ] {
            println!("{size}: {what} {} bytes", cost(look, before, keys));
        }
        for (what, before, key) in edges(size == "80x24") {
            println!("{size}: {what} by one row {} bytes", cost(look, &before, key));
        }
    }
}

/// Applies the painter's bytes to an independent terminal and compares it with what was meant.
fn agrees(screen: &mut Screen, terminal: &mut vt100::Parser) -> Result<(), TestCaseError> {
    terminal.process(screen.headless.bytes().as_bytes());
    let shown: Vec<String> =
        terminal.screen().rows(0, screen.headless.state.size.0).map(|row| row.trim_end().to_owned()).collect();
    let meant: Vec<String> = screen.headless.picture().lines().map(str::to_owned).collect();
    prop_assert_eq!(shown, meant);
    Ok(())
}

fn terminal(look: &Look) -> vt100::Parser {
    let size = |n: u16| NonZero::new(n).unwrap();
    vt100::Parser::new(size(look.size.1), size(look.size.0), 0)
}

/// From the end of the list past the edge of the screen.
const FAR_UP: &str = "kkkkkkkkkkkkkkkkkkkkkkkkk";

#[test]
fn scrolling_by_the_terminal_shows_the_right_lines() {
    let mut screen = Screen::new(&Look::SMALL, true);
    let mut terminal = terminal(&Look::SMALL);
    for keys in ["", "G", "k", FAR_UP, "k", "k", "<pgdn>", "j", "j", "/czj", "<esc>", "4", "jjj", "lll", "8", "jj"] {
        screen.headless.keys(keys).unwrap();
        agrees(&mut screen, &mut terminal).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_leave_the_terminal_with_what_was_drawn(
        keys in proptest::collection::vec(any_key(), 1..60),
        large: bool,
        answers: bool,
        term in proptest::sample::select(vec!["xterm", "linux", "vt100", "ansi"]),
    ) {
        let look = if large { Look::LARGE } else { Look::SMALL };
        let mut screen = Screen::new(&look, true);
        screen.headless = screen.headless.on(Ability::of(Some(OsStr::new(term))).unwrap());
        if answers {
            screen.headless.tell(Msg::Narrow);
        }
        let mut terminal = terminal(&look);
        for key in keys {
            screen.headless.tell(Msg::Key(key));
            agrees(&mut screen, &mut terminal)?;
        }
    }
}

/// Keys that lead about the screens, and some text.
fn any_key() -> impl Strategy<Value = Key> {
    let keys = parse_keys(
        "jjjjkkkkllhhGg<pgdn><pgup>12345678/?:[]aesmyLubwARcSDt!<f5><f6><f8><space><tab><s-tab><enter><enter><esc><esc><esc>czj市财政9。，<c-s><bs><c-w>",
    );
    proptest::sample::select(keys.unwrap())
}
