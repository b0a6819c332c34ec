//! Every screen draws at every size, and says what it needs where it is too small.

use crate::support::{Look, Screen};
use duban::tui::update::Msg;
use proptest::prelude::*;

const PLACES: [&str; 35] = [
    "w",
    "4w",
    "!",
    "Sa",
    "Da",
    "tatwo<c-s>",
    "L",
    "e50<c-s>R",
    "eeS",
    "",
    "2",
    "3",
    "/czj",
    "4",
    "4lllllllllm",
    "5",
    "6",
    "7",
    "7<enter>",
    "8",
    "?",
    ":",
    "<enter>",
    "e<tab>一二三",
    "4lle9",
    "4o",
    "6e<tab><f5>",
    "6I",
    "6I<right><c-s>X",
    "6I<right><c-s>F",
    "p",
    "2jp<tab><tab><tab><right><c-s>G",
    "5<tab><tab><tab><tab>",
    ":roles<enter>adaemon<tab><tab>发改委<c-s>",
    ":roles<enter>adaemon<tab><tab>发改委<c-s><enter>",
];

pub(crate) fn draw_at(place: &str, sizes: impl Iterator<Item = (u16, u16)>) {
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.keys(place);
    for (width, height) in sizes {
        screen.headless.tell(Msg::Resize(width, height));
        screen.headless.tell(Msg::Rest);
        let picture = screen.headless.picture();
        assert_eq!(picture.split('\n').count(), usize::from(height), "{place} at {width}x{height}");
        if width < 60 || height < 16 {
            let start: String = picture.replace('\n', "").chars().take(2).collect();
            assert!("窗口太小".starts_with(&start) || width < 2, "{place} at {width}x{height}: {picture}");
        }
    }
}

#[test]
fn every_place_draws_at_small_and_odd_sizes() {
    for place in PLACES {
        let widths = [1, 2, 3, 40, 59, 60, 61, 79, 80, 81, 109, 110, 111, 160, 200];
        let heights = [1, 2, 10, 15, 16, 17, 24, 48, 60];
        draw_at(place, widths.into_iter().flat_map(|w| heights.into_iter().map(move |h| (w, h))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_size_draws_any_place(place in 0..PLACES.len(), sizes in proptest::collection::vec((1u16..=200, 1u16..=60), 1..12)) {
        draw_at(PLACES.get(place).unwrap(), sizes.into_iter());
    }
}

#[test]
fn the_cursor_is_back_in_view_after_a_small_window() {
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.keys("G");
    for size in [(40, 10), (80, 24)] {
        screen.headless.tell(Msg::Resize(size.0, size.1));
    }
    assert!(screen.headless.picture().contains(">   130"));
}
