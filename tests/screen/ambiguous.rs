//! Terminals that show characters of ambiguous width in two columns (`“ … ① │ ×`): Chinese ones, mostly. What is drawn stands where it
//! was meant to stand.

use std::num::NonZero;

use crate::support::{Look, Screen};
use duban::text::width::{Ambiguous, is_ambiguous, width};
use duban::tui::key::parse_keys;
use duban::tui::update::Msg;
use proptest::prelude::*;

/// A terminal of the kind: an ordinary one that is shown, in the place of each ambiguous character, a Han character of its own, which it
/// knows to be wide.
struct Wide(vt100::Parser);

impl Wide {
    fn new((columns, rows): (u16, u16)) -> Self {
        let size = |n: u16| NonZero::new(n).unwrap();
        Self(vt100::Parser::new(size(rows), size(columns), 0))
    }

    fn stand_in(text: &str) -> String {
        let one = |c: char| if is_ambiguous(c) { char::from_u32(0x2_0000 + u32::from(c)).unwrap() } else { c };
        text.chars().map(one).collect()
    }

    fn shows(&mut self, screen: &mut Screen) -> (Vec<String>, Vec<String>) {
        self.0.process(Self::stand_in(&screen.headless.bytes()).as_bytes());
        let columns = screen.headless.state.size.0;
        let shown = self.0.screen().rows(0, columns).map(|row| row.trim_end().to_owned()).collect();
        let meant = screen.headless.picture().lines().map(Self::stand_in).collect();
        (shown, meant)
    }
}

fn screen(look: &Look) -> Screen {
    let mut screen = Screen::new(look, true);
    screen.headless.bytes();
    screen.headless.tell(Msg::WideText);
    screen
}

#[test]
fn every_screen_stands_where_it_was_meant() {
    for look in [&Look::SMALL, &Look::LARGE] {
        let mut screen = screen(look);
        let mut terminal = Wide::new(look.size);
        for keys in [
            "",
            "j",
            "G",
            "kkkkkkkkkkkkkkkkkkkkkkkkk",
            "/czj",
            "<esc>",
            "2",
            "j",
            "<a-4>",
            "jj",
            "l",
            "o",
            "<esc>",
            "<a-5>",
            "<tab>",
            "j",
            "<a-6>",
            "<pgdn>",
            "<a-7>",
            "<a-8>",
            "j",
            "<a-1>",
            "<enter>",
            "<pgdn>",
            "<esc>",
            "?",
            "<pgdn>",
            "<esc>",
            ":报",
            "<esc>",
            "w",
            "<esc>",
        ] {
            screen.headless.keys(keys).unwrap();
            let (shown, meant) = terminal.shows(&mut screen);
            assert_eq!(shown, meant, "after {keys:?} at {:?}", look.size);
        }
    }
}

#[test]
fn nothing_is_wider_than_the_screen_and_its_lines_are_ascii() {
    let mut screen = screen(&Look::SMALL);
    for keys in ["", "<a-4>", "<a-5>", "<a-7>", "<a-8>", "<a-1><enter>"] {
        let picture = screen.keys(keys);
        let _wide = Ambiguous::wide(true);
        for line in picture.lines() {
            assert!(width(line) <= 80, "{keys}: {line}");
            assert!(!line.contains(['│', '─', '┌']), "{keys}: {line}");
        }
    }
}

#[test]
fn what_is_typed_is_seen_with_the_caret_behind_it() {
    let mut screen = screen(&Look::SMALL);
    let mut terminal = Wide::new(Look::SMALL.size);
    let text = "“一”①×…".repeat(9);
    screen.headless.keys("e<tab>").unwrap();
    for c in text.chars() {
        screen.headless.keys(&c.to_string()).unwrap();
        let (shown, meant) = terminal.shows(&mut screen);
        assert_eq!(shown, meant);
        // What was typed last stands before the caret.
        let (row, column) = terminal.0.screen().cursor_position();
        let before = terminal.0.screen().cell(row, column.saturating_sub(2)).map(|cell| cell.contents().to_owned());
        assert_eq!(before, Some(Wide::stand_in(&c.to_string())), "{row} {column}\n{}", shown.join("\n"));
    }
    screen.headless.keys("<left><left><bs>").unwrap();
    let (shown, meant) = terminal.shows(&mut screen);
    assert_eq!(shown, meant);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_leave_a_terminal_of_wide_characters_with_what_was_drawn(
        keys in proptest::collection::vec(proptest::sample::select(parse_keys(
            "jjjkkll<pgdn><pgup>Gg12345678/?:[]e<tab><enter><esc><esc>“①—czj市…<bs>",
        ).unwrap()), 1..50),
        large: bool,
    ) {
        let look = if large { Look::LARGE } else { Look::SMALL };
        let mut screen = screen(&look);
        let mut terminal = Wide::new(look.size);
        for key in keys {
            screen.headless.tell(Msg::Key(key));
            let (shown, meant) = terminal.shows(&mut screen);
            prop_assert_eq!(shown, meant);
        }
    }
}
