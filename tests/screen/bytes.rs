//! What a slow line carries: budgets in bytes, and that the bytes show just what was drawn.

use std::num::NonZero;

use crate::support::{Look, Screen};
use duban::tui::key::{Key, parse_keys};
use duban::tui::update::Msg;
use proptest::prelude::*;

/// Bytes of the frame after these keys, the frame before them being on screen already.
pub(crate) fn cost(look: &Look, before: &str, keys: &str) -> usize {
    let mut screen = Screen::new(look, true);
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

#[test]
fn a_list_scrolled_by_one_row_is_at_most_600_bytes() {
    for (to_the_edge, key) in [("j".repeat(18), "j"), ("j".repeat(40) + &"k".repeat(18), "k")] {
        let bytes = cost(&Look::SMALL, &to_the_edge, key);
        assert!(bytes <= 600, "{key}: {bytes}");
    }
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
            ("list scrolled by one row", "jjjjjjjjjjjjjjjjjj", "j"),
            ("page down", "", "<pgdn>"),
            ("search opened and c typed", "/", "c"),
            ("search, third letter", "/cz", "j"),
            ("200 arrows", "", &"<down>".repeat(200)),
        ] {
            println!("{size}: {what} {} bytes", cost(look, before, keys));
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
    fn any_keys_leave_the_terminal_with_what_was_drawn(keys in proptest::collection::vec(any_key(), 1..60), large: bool) {
        let look = if large { Look::LARGE } else { Look::SMALL };
        let mut screen = Screen::new(&look, true);
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
