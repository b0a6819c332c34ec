//! What stands under the cursor of a board while the others work: the next key acts on that, or on nothing.

use chrono::NaiveDate;
use duban::model::entry::{Said, file};
use duban::model::{Batch, Book, Intent, ItemKey, Key, ListCode, Record, Write};
use duban::store::{MemoryStore, Store, new_batch_id};
use duban::tui::board::{Entry, Part};
use duban::tui::update::Msg;

use crate::support::{Look, Screen, named, now};

/// Somebody else files on an item, not through a screen.
fn files(store: &MemoryStore, item: ItemKey, percent: u32) {
    let ledger = store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let said = Said { percent: Some(Some(percent.into())), ..Said::default() };
    let writes: Vec<Write> = file(&book, item, "2024Q3".parse().unwrap(), &said).unwrap();
    if writes.is_empty() {
        return;
    }
    let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::File, undoes: None, writes };
    store.commit(&named("wang"), &batch).unwrap();
}

/// The line of the screen with the cursor, and its item.
fn cursor(screen: &Screen) -> (Option<usize>, Option<ItemKey>) {
    let picture = screen.headless.picture();
    let at_cursor = |line: &str| line.trim_start_matches('│').starts_with('>');
    (picture.lines().position(at_cursor), screen.headless.state.item())
}

/// The items of the part that has the keyboard.
fn items(screen: &Screen) -> Vec<ItemKey> {
    let board = screen.headless.state.board_here().unwrap();
    let of = |entries: &[Entry]| {
        let item = |entry: &Entry| if let Entry::Item(item, _) = entry { Some(*item) } else { None };
        entries.iter().filter_map(item).collect()
    };
    match board.part {
        Part::Chase => board.figures.chase.iter().map(|one| one.item).collect(),
        Part::Items => of(&board.figures.items),
        _ => of(&board.figures.compare),
    }
}

/// Where two tasks stand one below the other, some way down.
fn two_tasks(order: &[ItemKey]) -> usize {
    let is_task = |at: usize| order.get(at).is_some_and(|item| item.list == ListCode::TASKS);
    (10..order.len()).find(|at| is_task(*at) && is_task(at + 1)).unwrap()
}

#[test]
fn somebody_elses_filing_moves_no_cursor_of_a_board() {
    for (keys, down) in [("5", 60), ("2jo<tab>", 24), ("5<tab><tab><tab>", 1)] {
        let mut screen = Screen::new(&Look::SMALL, true);
        screen.keys(keys);
        screen.keys(&"j".repeat(down));
        let before = cursor(&screen);
        let order = items(&screen);
        assert!(before.0.is_some() && before.1.is_some(), "{}", screen.headless.picture());
        let others = order.iter().filter(|item| item.list == ListCode::TASKS && Some(**item) != before.1);
        for item in others.take(30) {
            files(&screen.store, *item, 1);
        }
        screen.sync();
        assert_ne!(items(&screen), order, "{keys}: the test needs a list that changes");
        let after = cursor(&screen);
        assert_eq!(after.1, before.1, "{keys}\n{}", screen.headless.picture());
        if down > 20 {
            assert_eq!(after.0, before.0, "{keys}: nor its line\n{}", screen.headless.picture());
        }
    }
}

#[test]
fn what_somebody_else_took_off_the_list_leaves_nothing_under_the_cursor() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("5");
    let order = items(&screen);
    let at = two_tasks(&order);
    screen.keys(&"j".repeat(at));
    let (gone, next) = (order[at], order[at + 1]);
    files(&screen.store, next, 50);
    screen.sync();
    files(&screen.store, gone, 100);
    screen.sync();
    let head = screen.store.snapshot().unwrap().head().seq;
    let picture = screen.keys("A");
    assert_eq!(screen.footer(), "光标下没有事项", "{picture}");
    assert_eq!(cursor(&screen), (None, None), "{picture}");
    assert_eq!(screen.store.snapshot().unwrap().head().seq, head, "nothing was accepted");
    let left = items(&screen);
    screen.keys("j");
    assert_eq!(screen.headless.state.item(), left.get(at).copied(), "down goes to what came up");
}

#[test]
fn after_ones_own_deed_the_next_item_is_under_the_cursor() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("5");
    let order = items(&screen);
    let at = two_tasks(&order);
    screen.keys(&"j".repeat(at));
    screen.keys("e100<c-s>");
    assert!(!items(&screen).contains(&order[at]), "{}", screen.headless.picture());
    assert_eq!(screen.headless.state.item(), Some(order[at + 1]));
}

/// Somebody else changes or removes a record, not through a screen.
fn writes(screen: &mut Screen, key: Key, value: Option<Record>) {
    let base = screen.store.snapshot().unwrap().version(&key);
    let writes = vec![Write { key, base, value }];
    let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::Target, undoes: None, writes };
    screen.store.commit(&named("wang"), &batch).unwrap();
    screen.sync();
}

#[test]
fn behind_the_last_of_a_section_that_was_taken_away_the_next_section_goes_on() {
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.keys("5<tab><tab><tab>");
    let entries = &screen.headless.state.board.figures.compare;
    let item = |entry: &Entry| if let Entry::Item(item, _) = entry { Some(*item) } else { None };
    let last = (1..entries.len()).find(|at| item(&entries[*at]).is_some() && item(&entries[at + 1]).is_none()).unwrap();
    let (gone, next) = (item(&entries[last]).unwrap(), entries.iter().skip(last + 1).find_map(item));
    screen.headless.state.board.compare.at = last;
    let ledger = screen.store.snapshot().unwrap();
    let key = Key::item(Book::newest(&ledger).unwrap().id(), gone);
    writes(&mut screen, key, None);
    assert_eq!(cursor(&screen), (None, None), "{}", screen.headless.picture());
    screen.keys("j");
    assert_eq!(screen.headless.state.item(), next, "{}", screen.headless.picture());
}

#[test]
fn a_row_or_target_that_somebody_else_took_off_the_list_leaves_nothing_under_the_cursor() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("4/17<enter>jl");
    let (gone, next) = (screen.headless.state.matrix.rows[1], screen.headless.state.matrix.rows[2]);
    let ledger = screen.store.snapshot().unwrap();
    let id = Book::newest(&ledger).unwrap().id().clone();
    writes(&mut screen, Key::item(&id, gone), None);
    let head = screen.store.snapshot().unwrap().head().seq;
    let picture = screen.keys("5<enter>");
    screen.headless.tell(Msg::Paste("1\t2\n3\t4".to_owned()));
    assert!(screen.footer().contains("刚被别人去掉"), "{}", screen.headless.picture());
    assert_eq!(cursor(&screen), (None, None), "{picture}");
    assert_eq!(screen.store.snapshot().unwrap().head().seq, head, "no other row got the figure: {picture}");
    screen.keys("j");
    assert_eq!(screen.headless.state.item(), Some(next), "down goes to what came up");

    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("8<tab>jj");
    let targets = screen.headless.state.cache.targets.clone();
    let at = (2..targets.len()).find(|at| targets[*at].0 != targets[at + 1].0).unwrap();
    screen.keys(&"j".repeat(at - 2));
    assert_eq!(screen.headless.state.item(), Some(targets[at].0));
    writes(&mut screen, Key::target(&id, targets[at].0, targets[at].1), None);
    assert_eq!(cursor(&screen), (None, None), "{}", screen.headless.picture());
    screen.keys("j");
    assert_eq!(screen.headless.state.item(), Some(targets[at + 1].0), "{}", screen.headless.picture());
}

#[test]
fn behind_a_pane_no_item_is_meant_by_the_name_of_a_command_either() {
    let mut screen = Screen::new(&Look::LARGE, false);
    screen.keys("e50<c-s>");
    let head = screen.store.snapshot().unwrap().head().seq;
    for pane in ["2", "3"] {
        screen.keys(&format!("{pane}j:approve<enter>"));
        assert_eq!(screen.store.snapshot().unwrap().head().seq, head, "{pane}: {}", screen.headless.picture());
        assert_eq!(screen.footer(), "光标下没有事项");
        screen.keys("<esc>");
    }
    screen.keys("1:approve<enter>");
    assert_eq!(screen.store.snapshot().unwrap().head().seq.0, head.0 + 1);
}

#[test]
fn at_midnight_no_cursor_moves() {
    let mut screen = Screen::new(&Look::SMALL, false);
    // Only what is not filed: after the due day it is overdue instead.
    screen.keys("f<tab><tab><right><right><right><c-s>jjj");
    let before = cursor(&screen);
    assert!(before.1.is_some());
    screen.headless.tell(Msg::Day(NaiveDate::from_ymd_opt(2024, 11, 30).unwrap()));
    assert_eq!(cursor(&screen).1, before.1, "{}", screen.headless.picture());
}
