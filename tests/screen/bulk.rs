//! Deeds on several marked items: one commit, one undo.

use std::time::Duration;

use crate::support::{Look, Screen};
use duban::model::{Book, FilingState, Intent, ItemKey, Review, Seq};
use duban::store::Store;

fn fresh() -> Screen {
    Screen::new(&Look::SMALL, false)
}

fn intents(screen: &Screen) -> Vec<Intent> {
    let commits = screen.store.since(Seq(1), 100, Duration::ZERO).unwrap();
    commits.iter().map(|sealed| sealed.commit.intent).collect()
}

/// What stands filed on the first five tasks.
fn filed(screen: &Screen) -> Vec<Option<(String, Review)>> {
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let filing = |no| book.filing(ItemKey::task(no), "2024Q3".parse().unwrap());
    (1..=5).map(|no| filing(no).map(|(filing, _)| (filing.progress.clone(), filing.review.clone()))).collect()
}

fn said(text: &str, review: &Review) -> (String, Review) {
    (text.to_owned(), review.clone())
}

#[test]
fn the_same_words_are_filed_on_all_marked_at_once_and_one_undo_takes_them_back() {
    let mut screen = fresh();
    let picture = screen.keys("<space><space>j<space>e");
    assert!(picture.contains("1 2 4"), "the sheet names them: {picture}");
    screen.keys("<tab>按计划推进<c-s>");
    let words = Some(said("按计划推进", &Review::Pending));
    assert_eq!(filed(&screen), [words.clone(), words.clone(), None, words, None]);
    assert_eq!(intents(&screen), [Intent::File]);
    screen.keys("u");
    assert_eq!(filed(&screen), [None, None, None, None, None]);
}

#[test]
fn what_is_filed_among_the_marked_is_accepted_or_sent_back_as_one_commit() {
    let mut screen = fresh();
    screen.keys("<space><space><space>e<tab>已报<c-s><esc>g");
    screen.keys("VjjjA");
    let accepted = Some(said("已报", &Review::Accepted));
    assert_eq!(filed(&screen), [accepted.clone(), accepted.clone(), accepted, None, None], "the fourth is not filed");
    screen.keys("u");
    let pending = Some(said("已报", &Review::Pending));
    assert_eq!(filed(&screen), [pending.clone(), pending.clone(), pending.clone(), None, None]);
    screen.keys("<esc>gVjR数字对不上<enter>");
    let returned = Some(said("已报", &Review::Returned("数字对不上".to_owned())));
    assert_eq!(filed(&screen), [returned.clone(), returned, pending, None, None]);
    assert_eq!(intents(&screen), [Intent::File, Intent::Review, Intent::Undo, Intent::Review]);
}

#[test]
fn all_that_match_are_chased_as_one_commit() {
    let mut screen = fresh();
    screen.keys("2j<enter>*c本周五前报<enter>");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let period = "2024Q3".parse().unwrap();
    let chased = book.tasks().filter(|task| book.chase_of(task.key, period).is_some()).count();
    assert_eq!(chased, 27, "all of the leader's tasks");
    let first = screen.headless.state.list.items.first().copied().unwrap();
    assert_eq!(book.filing_state(first, period, screen.headless.state.setup.today), FilingState::Missing);
    assert_eq!(book.chase_of(first, period).unwrap().0.note, "本周五前报");
    assert_eq!(intents(&screen), [Intent::Chase]);
    screen.keys("u");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    assert!(book.tasks().all(|task| book.chase_of(task.key, period).is_none()));
}

#[test]
fn a_mark_of_an_item_that_is_gone_goes() {
    let mut screen = fresh();
    screen.keys("<space><space>");
    let ledger = screen.store.snapshot().unwrap();
    let id = Book::newest(&ledger).unwrap().id().clone();
    let key = duban::model::Key::item(&id, ItemKey::task(1));
    let write = duban::model::Write { base: ledger.version(&key), key, value: None };
    let batch = duban::model::Batch {
        id: duban::store::new_batch_id(),
        at: crate::support::now(),
        intent: Intent::Import,
        undoes: None,
        writes: vec![write],
    };
    screen.store.commit(&crate::support::actor(), &batch).unwrap();
    let news = screen.store.since(Seq(1), 10, Duration::ZERO).unwrap();
    screen.headless.tell(duban::tui::update::Msg::Commits(news));
    let marked: Vec<String> = screen.headless.state.list.marked.iter().map(ToString::to_string).collect();
    assert_eq!(marked, ["T2"]);
}

#[test]
fn what_somebody_elses_filing_sorts_between_is_not_marked_with_the_range() {
    let mut screen = fresh();
    for (item, percent) in [("7", "10"), ("5", "20"), ("3", "30")] {
        screen.keys(&format!("/T{item}<enter>e{percent}<c-s><esc>"));
    }
    for _ in 0..8 {
        let first: Vec<String> = screen.headless.state.list.items.iter().take(3).map(ToString::to_string).collect();
        if first == ["T7", "T5", "T3"] {
            break;
        }
        screen.keys("s");
    }
    screen.keys("gVjj");
    let marked = |screen: &Screen| screen.headless.state.list.marked.iter().map(|item| item.no).collect::<Vec<_>>();
    assert_eq!(marked(&screen), [3, 5, 7], "the test needs this order\n{}", screen.headless.picture());
    let mut other = Screen::by(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap(), "wang");
    other.keys("/T9<enter>e15<c-s>");
    screen.sync();
    assert_eq!(screen.headless.state.list.items.iter().take(2).map(|item| item.no).collect::<Vec<_>>(), [7, 9]);
    assert_eq!(marked(&screen), [3, 5, 7]);
    screen.keys("k");
    assert_eq!(marked(&screen), [3, 5, 7], "and the range has ended");
    // One's own new order ends it as well.
    screen.keys("<esc>gVjr");
    assert_eq!(marked(&screen).len(), 2);
    // What changes elsewhere does not.
    screen.keys("<esc>rgVj");
    other.keys("/<c-u>T99<enter>e99<c-s>");
    screen.sync();
    screen.keys("j");
    assert_eq!(marked(&screen), [5, 7, 9]);
}
