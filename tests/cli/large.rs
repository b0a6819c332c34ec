//! A ledger whose journal is too long to be folded each time: it is opened by its image, and `who` finds by the index that was kept; what
//! they print is what the journal alone says.

use std::path::Path;

use duban::model::{Batch, Book, Intent, ItemKey, Key, Record, Task, Write};
use duban::store::{Purpose, current_actor, new_batch_id, open_to_write};

use super::run::Fresh;

/// Adds tasks until the journal is long; they stand in a chapter of their own.
fn enlarge(data: &Path) {
    let opened = open_to_write(data, Purpose::Screen).unwrap();
    let id = Book::newest(&opened.store.snapshot().unwrap()).unwrap().id().clone();
    let writes = (1..=1500).map(|no| {
        let key = ItemKey { chapter: 9, ..ItemKey::task(no) };
        let task = Task {
            key,
            no: no.to_string(),
            chapter: String::new(),
            text: format!("新建口袋公园{no}个，{}", "改造云溪驿道，完善沿线标识标牌和休憩设施，".repeat(8)),
            leaders: vec!["林一舟".into()],
            lead_units: vec!["市住建局".into()],
            coop_units: vec!["市财政局".into()],
            deadline: "2024-12-31".parse().unwrap(),
            line: 1,
        };
        Write { key: Key::item(&id, key), base: duban::model::Seq::ZERO, value: Some(Record::Task(task)) }
    });
    let at = "2024-09-30T09:00:00+08:00".parse().unwrap();
    let batch = Batch { id: new_batch_id(), at, intent: Intent::Import, undoes: None, writes: writes.collect() };
    opened.store.commit(&current_actor(), &batch).unwrap();
}

fn retitle(data: &Path, no: u16, text: &str) {
    let store = open_to_write(data, Purpose::Command).unwrap().store;
    let ledger = store.snapshot().unwrap();
    let id = Book::newest(&ledger).unwrap().id().clone();
    let key = Key::item(&id, ItemKey { chapter: 9, ..ItemKey::task(no) });
    let Record::Task(task) = ledger.get(&key).unwrap().record.as_ref().clone() else { panic!("a task") };
    let value = Some(Record::Task(Task { text: text.to_owned(), ..task }));
    let at = "2024-09-30T09:00:00+08:00".parse().unwrap();
    let writes = vec![Write { base: ledger.version(&key), key, value }];
    let batch = Batch { id: new_batch_id(), at, intent: Intent::Decide, undoes: None, writes };
    store.commit(&current_actor(), &batch).unwrap();
}

/// What the journal alone says, in a copy without everything that is derived.
fn by_the_journal(fresh: &Fresh, args: &[&str]) -> String {
    let copy = tempfile::tempdir().unwrap();
    std::fs::create_dir(copy.path().join("journal")).unwrap();
    for entry in std::fs::read_dir(fresh.data().join("journal")).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), copy.path().join("journal").join(entry.file_name())).unwrap();
    }
    let done = fresh.command(args).env("DUBAN_DATA", copy.path()).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn who_and_show_say_the_same_by_image_and_index_as_by_the_journal() {
    let fresh = Fresh::new();
    fresh.ok(["status"]);
    enlarge(&fresh.data());
    let (image, index) = (fresh.data().join("image"), fresh.data().join("index"));
    assert!(image.exists() && !index.exists());
    let same = |what: &str| {
        for args in [&["who", "口袋公园37个"][..], &["who", "czj", "48", "--json"], &["show", "T9-37"]] {
            let run = fresh.run(args);
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{what}: {args:?}");
            assert_eq!(run.out, by_the_journal(&fresh, args), "{what}: {args:?}");
        }
    };
    same("first, and the index is made");
    assert!(index.exists());
    let made = std::fs::read(&index).unwrap();
    same("by the index");
    fresh.ok(["file", "T9-37", "--period", "2024Q3", "--percent", "60", "--progress", "已建成"]);
    same("something was filed since");
    assert_eq!(std::fs::read(&index).unwrap(), made, "it is none of its business");
    assert_eq!(fresh.run(["who", "驿道改造完成"]).status, 1);
    retitle(&fresh.data(), 38, "驿道改造完成");
    let found = fresh.ok(["who", "驿道改造完成"]);
    assert!(found.contains("T9-38") && found == by_the_journal(&fresh, &["who", "驿道改造完成"]), "{found}");
    fresh.ok(["unit", "市住建局", "--to", "市建设局", "--since", "2024-07-01"]);
    assert!(fresh.ok(["who", "口袋公园37个"]).contains("市建设局"), "under today's name");
    assert!(fresh.ok(["verify"]).contains("速开副本"));
}
