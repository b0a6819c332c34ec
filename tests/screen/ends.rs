//! Where what is shown ends, scrolling ends: nothing is drawn over, nothing is left blank, and the next key back is felt.

use std::sync::Arc;

use duban::store::drafts;
use duban::tui::state::Popup;
use duban::tui::update::Msg;

use crate::support::{Look, Screen, store};

#[test]
fn from_the_end_of_the_charts_one_key_goes_back_one_line() {
    let charts = "5<tab><tab><tab><tab>";
    for (end, back) in [("G", "k"), ("<pgdn>", "<pgup>")] {
        let mut screen = Screen::new(&Look::SMALL, true);
        let bottom = screen.keys(&format!("{charts}{}", end.repeat(40)));
        assert_ne!(screen.keys(back), bottom, "{end}");
    }
}

#[test]
fn a_long_list_of_drafts_scrolls_and_calls_records_by_their_names() {
    let data = tempfile::tempdir().unwrap();
    let store = store(false);
    let path = data.path().to_owned();
    {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.headless.state.setup.data.clone_from(&path);
        for no in 1..=14 {
            screen.keys(&format!("e<tab>写到第{no}处<esc>j"));
        }
        screen.keys("6e开头写到一半<esc>");
    }
    assert_eq!(drafts::load(&path).len(), 15);
    let mut screen = Screen::over(&Look::SMALL, store, data);
    let Some(Popup::Drafts(list, _)) = screen.headless.state.popups.last().cloned() else {
        panic!("{}", screen.headless.picture());
    };
    let mut seen = String::new();
    for draft in &list {
        let picture = screen.headless.picture();
        let words = draft.fields.iter().map(|(_, text)| text).find(|text| text.contains('写')).unwrap();
        assert!(picture.contains(words.as_str()), "the one under the cursor is shown: {words}\n{picture}");
        assert!(picture.contains("│Enter 接着填   F8 弃稿"), "and so are the keys\n{picture}");
        seen.push_str(&picture);
        screen.keys("j");
    }
    assert!(seen.contains("通报 2024年三季度") && !seen.contains("quzhou-2024/"), "{seen}");
    let words = list.last().unwrap().fields.iter().map(|(_, text)| text).find(|text| text.contains('写')).unwrap();
    assert!(screen.keys("<enter>").contains(words.as_str()), "{}", screen.headless.picture());
}

#[test]
fn behind_the_last_draft_the_one_before_is_under_the_cursor() {
    let data = tempfile::tempdir().unwrap();
    let store = store(false);
    {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        data.path().clone_into(&mut screen.headless.state.setup.data);
        screen.keys("e<tab>写到一处<esc>je<tab>写到二处<esc>");
    }
    let mut screen = Screen::over(&Look::SMALL, store, data);
    screen.keys("j<enter><esc>");
    assert!(matches!(screen.headless.state.popups.last(), Some(Popup::Drafts(list, 0)) if list.len() == 1));
    screen.keys("<enter>");
    assert!(matches!(screen.headless.state.popups.last(), Some(Popup::Form(_))), "{}", screen.headless.picture());
}

#[test]
fn a_text_that_became_shorter_is_not_scrolled_past_its_end() {
    // The third quarter's bulletin is shorter than the first's.
    let ledger = store(true);
    let over = || Screen::over(&Look::SMALL, Arc::clone(&ledger), tempfile::tempdir().unwrap());
    let expected = over().keys("[[6]]G");
    assert_eq!(over().keys("[[6G]]"), expected);
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.keys("<enter>G");
    screen.headless.tell(Msg::Resize(160, 48));
    let mut fresh = Screen::new(&Look::LARGE, true);
    assert_eq!(screen.headless.picture(), fresh.keys("<enter>G"), "nor after the window has grown");
}
