//! Long numbers, large counts, long titles: what tells one from another is never cut.

use std::sync::Arc;

use duban::model::{Batch, Book, Intent, ItemKey, Key, List, ListCode, ListKind, Record, Write};
use duban::store::{Away, MemoryStore, Refused, Store, new_batch_id};
use duban::tui::board::Entry;
use duban::tui::update::Msg;

use crate::support::{Look, Screen, actor, now, store};

/// The seed document with a second list of so many tasks in the manner of its first, under another head.
fn with_second_list(tasks: u16, change: impl Fn(&mut duban::model::Document)) -> Arc<MemoryStore> {
    let store = store(false);
    let ledger = store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let mut document = book.document().clone();
    let list = ListCode::new('B').unwrap();
    let title = "附表二".to_owned();
    document.lists.push(List { code: list, kind: ListKind::Tasks, title, mark: "表2-".to_owned() });
    change(&mut document);
    let first = book.task(ItemKey::task(1)).unwrap().clone();
    let mut records = vec![(Key::document(book.id()), Record::Document(Box::new(document)))];
    let row = book.row("P21.1".parse().unwrap()).unwrap();
    let more = duban::model::QuotaRow { key: "P21.10".parse().unwrap(), ..row.clone() };
    records.push((Key::item(book.id(), more.key), Record::Row(more)));
    for no in 1..=tasks {
        let task = duban::model::Task { key: ItemKey { list, chapter: 0, no, sub: 0 }, ..first.clone() };
        records.push((Key::item(book.id(), task.key), Record::Task(task)));
    }
    let write = |(key, value): (Key, Record)| Write { base: ledger.version(&key), key, value: Some(value) };
    let writes = records.into_iter().map(write).collect();
    let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::Import, undoes: None, writes };
    store.commit(&actor(), &batch).unwrap();
    store
}

#[test]
fn numbers_that_differ_at_their_end_are_shown_whole() {
    let store = with_second_list(120, |_| ());
    for look in [Look::SMALL, Look::LARGE] {
        let mut screen = Screen::over(&look, Arc::clone(&store), tempfile::tempdir().unwrap());
        let picture = screen.keys(&"j".repeat(119));
        assert!(picture.contains("表2-120 ") && picture.contains("表2-119 "), "{picture}");
        let picture = screen.keys("4/省21<enter>G");
        assert!(picture.contains("省21-10 "), "{picture}");
        let picture = screen.keys("<a-1>/省21");
        assert!(picture.contains("省21-10 "), "{picture}");
        screen.keys("<esc><a-5>");
        let place = screen
            .headless
            .state
            .board
            .figures
            .chase
            .iter()
            .position(|one| one.item.list == ListCode::new('B').unwrap() && one.item.no == 120);
        let picture = screen.keys(&"j".repeat(place.unwrap()));
        assert!(picture.contains("表2-120 "), "{picture}");
    }
}

#[test]
fn counts_of_thousands_are_shown_whole_and_leave_the_names_their_gap() {
    let store = with_second_list(1200, |_| ());
    for look in [Look::SMALL, Look::LARGE] {
        let mut screen = Screen::over(&look, Arc::clone(&store), tempfile::tempdir().unwrap());
        let unit = {
            let tallies = &screen.headless.state.cache.units;
            tallies.iter().find(|tally| tally.leads >= 1200).map(|tally| (tally.leads, tally.tasks)).unwrap()
        };
        let picture = screen.keys("3");
        assert!(picture.contains(&format!(" {}/{}", unit.0, unit.1)), "{unit:?}\n{picture}");
        let picture = screen.keys("5<tab>");
        let bars = &screen.headless.state.board.figures.lights;
        let big = bars.iter().find_map(|entry| match entry {
            Entry::Bar { name, lights, .. } => lights.iter().find(|count| **count >= 1000).map(|count| (name, count)),
            _ => None,
        });
        let (name, count) = big.unwrap();
        let line = picture.lines().find(|line| line.contains(&**name) && line.contains(&format!("{count} ")));
        assert!(line.is_some(), "{name} {count}\n{picture}");
    }
}

#[test]
fn a_long_title_leaves_the_bar_what_stands_behind_it() {
    let title = "云溪市人民政府办公室关于印发二〇二四年政府工作报告重点工作责任分解和民生实事项目任务分解及考核办法的通知并附各县（市、区）目标表";
    let store = with_second_list(0, |document| {
        document.number.clear();
        title.clone_into(&mut document.title);
        document.demo = true;
    });
    let mut screen = Screen::over(&Look::SMALL, store, tempfile::tempdir().unwrap());
    for width in [160, 80, 60] {
        screen.headless.tell(Msg::Resize(width, 24));
        let picture = screen.headless.picture();
        let bar = picture.lines().next().unwrap();
        assert!(bar.contains("云溪") && bar.contains("…  2024年三季度  演示数据 "), "{bar}");
        assert!(bar.ends_with("li  已存#2"), "{bar}");
        screen.headless.tell(Msg::Link(Err(Refused::Away(Away::NoHost))));
        let picture = screen.headless.picture();
        assert!(picture.lines().next().unwrap().contains("断线·重连中  li  已存#2"), "{picture}");
        screen.headless.tell(Msg::Link(Ok(())));
    }
}
