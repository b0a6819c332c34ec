//! What every screen looks like: pictures of scripted keys, at both sizes, in both glyph sets, with and without colour.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::support::{Look, Screen};
use duban::catalog::Lang;
use duban::output::printer::Printer;
use duban::tui::glyph::Glyphs;
use duban::tui::update::Msg;
use ratatui::style::{Color, Modifier};

/// Every screen and popup, with the keys that lead to it.
const SCREENS: [(&str, &str); 24] = [
    ("tasks", "jj"),
    ("leaders", "2jj"),
    ("units", "3jjjj"),
    ("filtered", "2j<enter>s"),
    ("search", "/czj"),
    ("matrix", "4jjll"),
    ("matrix-percent", "4mmmG<right><right><right><right><right><right><right>"),
    ("overview", "5"),
    ("bulletin", "6"),
    ("log", "7"),
    ("commit", "7<enter>"),
    ("check", "8"),
    ("help", "?"),
    ("palette", ":通"),
    ("detail", "jj<enter>"),
    ("detail-row", "4<down>o"),
    ("form", "je<tab>新增进展，"),
    ("figure", "4lle12x<enter>"),
    ("bulletin-page", "6<pgdn><pgdn>"),
    ("wording", "6e<tab><f5>"),
    ("issue", "6I"),
    ("issued", "6I<right><c-s>"),
    ("leader-page", "2jp<tab><tab><tab><right><c-s>"),
    ("charts", "5<tab><tab><tab><tab>"),
];

pub(crate) fn snap(name: &str, keys: &str, look: &Look) {
    let mut screen = Screen::new(look, true);
    screen.keys(keys);
    keep(name, &screen);
}

/// Many terminals show bold text in a brighter colour, and bold black as grey: on yellow or green nobody can read that. Reversed, the
/// ground would be what is made brighter.
#[test]
fn nothing_black_is_bold() {
    for look in [Look::SMALL, Look::LARGE] {
        let mut screen = Screen::new(&look, true);
        for (name, keys) in SCREENS {
            screen.keys(&format!("<esc><esc><esc><a-1>{keys}"));
            let (buffer, _) = screen.headless.buffer();
            let bad = buffer
                .content()
                .iter()
                .find(|cell| cell.fg == Color::Black && cell.modifier.intersects(Modifier::BOLD | Modifier::REVERSED));
            assert!(bad.is_none(), "{name} at {:?}: {bad:?}", look.size);
        }
    }
}

/// The sheet of 打印, whatever printers this machine has.
#[test]
fn the_sheet_of_printing() {
    let looks = [
        ("80x24", Look::SMALL),
        ("160x48", Look::LARGE),
        ("ascii", Look { glyphs: Glyphs::ASCII, ..Look::SMALL }),
        ("no-color", Look { color: false, ..Look::SMALL }),
        ("en", Look { lang: Lang::En, ..Look::SMALL }),
    ];
    for (name, look) in looks {
        let mut screen = Screen::new(&look, true);
        screen.keys("2jp");
        let printer = |name: &str, default| Printer { name: name.to_owned(), default, state: String::new() };
        screen.headless.tell(Msg::Printers(Ok(vec![printer("hp-2f", true), printer("xerox-3f", false)])));
        keep(&format!("print-{name}"), &screen);
    }
}

/// Hashes of commits differ from run to run: runs of twelve hexadecimal digits, and whole ones, become zeros.
fn without_hashes(picture: &str) -> String {
    let hex = |c: char| matches!(c, '0'..='9' | 'a'..='f');
    let mut text = String::new();
    for piece in picture.split_inclusive(|c| !hex(c)) {
        let digits = piece.trim_end_matches(|c| !hex(c));
        let shown = if matches!(digits.len(), 12 | 64) { "0".repeat(digits.len()) } else { digits.to_owned() };
        text.push_str(&shown);
        text.push_str(piece.get(digits.len()..).unwrap_or_default());
    }
    text
}

/// Compares a screen with its picture.
pub(crate) fn keep(name: &str, screen: &Screen) {
    let picture = without_hashes(&screen.headless.picture());
    let (buffer, cursor) = screen.headless.buffer();
    let mut styles = DefaultHasher::new();
    for cell in buffer.content() {
        (cell.fg, cell.bg, cell.modifier.bits()).hash(&mut styles);
    }
    let cursor = cursor.map(|at| (at.x, at.y));
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, format!("{picture}\n--- styles {:016x} cursor {cursor:?}", styles.finish()));
    });
}

#[test]
fn every_screen_at_80_by_24() {
    for (name, keys) in SCREENS {
        snap(&format!("{name}-80x24"), keys, &Look::SMALL);
    }
}

#[test]
fn every_screen_at_160_by_48() {
    for (name, keys) in SCREENS {
        snap(&format!("{name}-160x48"), keys, &Look::LARGE);
    }
}

#[test]
fn every_screen_in_ascii() {
    for (name, keys) in SCREENS {
        snap(&format!("{name}-ascii"), keys, &Look { glyphs: Glyphs::ASCII, ..Look::SMALL });
    }
}

#[test]
fn every_screen_without_colour() {
    for (name, keys) in SCREENS {
        let look = Look { color: false, ..Look::SMALL };
        snap(&format!("{name}-no-color"), keys, &look);
        let mut screen = Screen::new(&look, true);
        screen.keys(keys);
        let bytes = screen.headless.bytes();
        for sequence in bytes.split("\x1b[").skip(1) {
            let style = sequence.split_once('m').map(|(codes, _)| codes);
            let codes = style.filter(|codes| codes.bytes().all(|b| b.is_ascii_digit() || b == b';'));
            let colour =
                codes.unwrap_or_default().split(';').any(|code| code.len() == 2 && code.starts_with(['3', '4']));
            assert!(!colour, "{name} sends a colour: {sequence:?}");
        }
    }
}

#[test]
fn every_screen_in_english() {
    for (name, keys) in SCREENS {
        snap(&format!("{name}-en"), keys, &Look { lang: Lang::En, ..Look::SMALL });
    }
}

/// The ASCII set really is ASCII: whatever is drawn beside the document's own text.
#[test]
fn the_ascii_set_draws_no_ambiguous_glyphs() {
    // A page shortens a title as it will be printed.
    for (name, keys) in SCREENS.into_iter().filter(|(name, _)| *name != "leader-page") {
        let mut screen = Screen::new(&Look { glyphs: Glyphs::ASCII, ..Look::SMALL }, true);
        let picture = screen.keys(keys);
        let drawn: String = picture.chars().filter(|c| "┌┐└┘─│…✓✗≠▶●".contains(*c)).collect();
        assert_eq!(drawn, "", "{name}\n{picture}");
    }
}
