//! Every text of every kind of record, found through the records themselves: what acts on a terminal or is not seen is refused from a guest,
//! and is gone from a journal that somebody wrote by hand. A field that is added later is among them by itself.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::golden;
use super::sample::*;
use crate::model::*;
use crate::store::{Refused, line, verify};

/// What no text may hold, a piece each.
const HOSTILE: [&str; 24] = [
    "\u{1b}[31m",
    "\u{1b}]52;c;eA==\u{7}",
    "\u{1b}]8;;http://x\u{1b}\\",
    "\u{1b}P1$q\u{1b}\\",
    "\u{1b}",
    "\u{7}",
    "\u{8}",
    "\r",
    "\t",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{202e}",
    "\u{2066}",
    "\u{61c}",
    "\u{200b}",
    "\u{2060}",
    "\u{feff}",
    "\u{ad}",
    "\u{e0041}",
    "\u{fe0f}",
    "\u{2028}",
];

/// Whether a text holds any of that, in words of its own: this is not the sanitiser's table.
fn acts(text: &str) -> bool {
    let bad = |c: char| {
        let n = u32::from(c);
        (c.is_control() && c != '\n')
            || [0xAD, 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF].contains(&n)
            || [
                (0x200B, 0x200D),
                (0x202A, 0x202E),
                (0x2060, 0x206F),
                (0xFE00, 0xFE0F),
                (0xFFF9, 0xFFFB),
                (0xE0000, 0xE01EF),
            ]
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&n))
    };
    text.chars().any(bad)
}

fn any_text(value: &Value, found: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => found(text),
        Value::Array(values) => values.iter().any(|value| any_text(value, found)),
        Value::Object(fields) => fields.iter().any(|(name, value)| found(name) || any_text(value, found)),
        _ => false,
    }
}

/// The places of a value where a text stands or may stand: texts, empty lists, and nothing.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(values) if !values.is_empty() => {
            values.iter().enumerate().for_each(|(n, value)| places(value, &format!("{at}/{n}"), found));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| places(value, &format!("{at}/{name}"), found)),
        Value::String(_) | Value::Array(_) | Value::Null => found.push(at.to_owned()),
        _ => {}
    }
}

/// The record with a text put at a place; `None` where that place takes none (a date, an amount, a word of a fixed set).
fn with(record: &Record, at: &str, text: &str) -> Option<Record> {
    let mut value = serde_json::to_value(record).unwrap();
    let place = value.pointer_mut(at).unwrap();
    *place = match place {
        Value::Array(_) => Value::Array(vec![Value::from(text)]),
        _ => Value::from(text),
    };
    serde_json::from_value(value).ok()
}

/// Each text field of each record: the record's key, the record, the place.
fn fields() -> Vec<(Key, Record, String)> {
    let records = golden::records();
    let all = records.iter().flat_map(|(key, record)| {
        let mut found = Vec::new();
        places(&serde_json::to_value(record).unwrap(), "", &mut found);
        found.into_iter().map(move |at| (key.clone(), record.clone(), at))
    });
    all.filter(|(_, record, at)| with(record, at, "甲乙").is_some()).collect()
}

/// A place without the numbers of lists: `/task/leaders/*`.
fn general(at: &str) -> String {
    let part = |part: &str| {
        if part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty() { "*".to_owned() } else { part.to_owned() }
    };
    at.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// A kind of record that is added has to be added here, and to the samples.
const fn kind(record: &Record) -> (usize, usize) {
    let number = match record {
        Record::Document(_) => 0,
        Record::Task(_) => 1,
        Record::Row(_) => 2,
        Record::Filing(_) => 3,
        Record::Done(_) => 4,
        Record::Finding(_) => 5,
        Record::Unit(_) => 6,
        Record::Target(_) => 7,
        Record::Override(_) => 8,
        Record::Chase(_) => 9,
        Record::Step(_) => 10,
        Record::Request(_) => 11,
        Record::View(_) => 12,
        Record::Bulletin(_) => 13,
        Record::Frozen(_) => 14,
        Record::Role(_) => 15,
        Record::Former(_) => 16,
        Record::Successor(_) => 17,
    };
    (number, 18)
}

#[test]
fn the_samples_have_every_kind_of_record() {
    let kinds: BTreeSet<usize> = golden::records().iter().map(|(_, record)| kind(record).0).collect();
    assert_eq!(kinds.len(), kind(&golden::records()[0].1).1);
}

fn refused(guest: &crate::store::Opened, key: &Key, record: Record) -> bool {
    let writes = vec![write(key.clone(), Seq::ZERO, Some(record))];
    let answer = guest.store.commit(&clerk(), &batch(writes));
    matches!(answer, Err(Refused::Invalid(why)) if why.contains("characters that may not enter"))
}

#[test]
fn what_acts_is_refused_in_every_text_of_every_record_from_a_guest() {
    let office = Service::open();
    let guest = office.visit();
    let fields = fields();
    assert!(fields.len() > 100, "{}", fields.len());
    let marks = "\u{336}".repeat(9);
    for (key, record, at) in &fields {
        for hostile in HOSTILE.iter().copied().chain([marks.as_str(), "e\u{301}"]) {
            let record = with(record, at, &format!("甲{hostile}乙")).unwrap();
            assert!(refused(&guest, key, record), "{key} {at} {hostile:?}");
        }
    }
    // In the names that are keys as well.
    for name in HOSTILE.iter().copied().chain(["\n"]) {
        // A slash within an area's name makes its key another one, or none.
        let name: std::sync::Arc<str> = format!("甲{}乙", name.replace('/', "")).into();
        let unit = Unit { name: name.clone(), aliases: vec![] };
        assert!(refused(&guest, &Key::unit(&document(), &name), Record::Unit(unit)), "{name:?}");
        let done = Record::Done(Done { value: rust_decimal::Decimal::ONE });
        let cell = Key::done(&document(), "P1.1".parse().unwrap(), &name, "2024Q3".parse().unwrap());
        assert!(refused(&guest, &cell, done), "{name:?}");
    }
    assert_eq!(all(&*guest.store), []);
}

/// Where a text of several lines is due; everywhere else a line end would begin a line that passes for one of its own.
const OF_LINES: [&str; 18] = [
    "/bulletin/wording/next",
    "/bulletin/wording/note",
    "/bulletin/wording/opening",
    "/chase/note",
    "/filing/next",
    "/filing/problems",
    "/filing/progress",
    "/filing/review/returned",
    "/finding/alternatives/*/fix/text",
    "/finding/alternatives/*/reading",
    "/finding/before/text",
    "/finding/reading",
    "/override/reason",
    "/request/outcome/granted/note",
    "/request/outcome/refused/note",
    "/request/reason",
    "/step/text",
    "/task/text",
];

#[test]
fn a_line_end_enters_only_where_lines_are_due() {
    let office = Service::open();
    let guest = office.visit();
    let taken: BTreeSet<String> = fields()
        .iter()
        .filter(|(key, record, at)| !refused(&guest, key, with(record, at, "甲\n#2 2024-01-01 root").unwrap()))
        .map(|(_, _, at)| general(at))
        .collect();
    let due: BTreeSet<String> = OF_LINES.map(str::to_owned).into();
    assert!(taken.is_subset(&due), "{:#?}", taken.difference(&due).collect::<Vec<_>>());
    for needed in ["/filing/progress", "/filing/review/returned", "/bulletin/wording/next", "/override/reason"] {
        assert!(taken.contains(needed), "{needed}");
    }
}

/// Every record with all that is hostile in every one of its texts at once.
fn spoilt() -> Vec<(Key, Record)> {
    let all = format!("甲{}{}乙", HOSTILE.concat(), "\u{336}".repeat(40));
    let spoil = |(key, record): (Key, Record)| {
        let mut places_ = Vec::new();
        places(&serde_json::to_value(&record).unwrap(), "", &mut places_);
        let record = places_.iter().fold(record, |record, at| with(&record, at, &all).unwrap_or(record));
        let key = match &record {
            Record::Unit(unit) => Key::unit(&key.document, &unit.name),
            Record::View(view) => Key::view(&key.document, &view.name),
            Record::Role(role) => Key::role(&role.name),
            _ => key,
        };
        (key, record)
    };
    let mut spoilt: Vec<(Key, Record)> = golden::records().into_iter().map(spoil).collect();
    // Names that were different are the same now.
    spoilt.sort_by(|a, b| a.0.cmp(&b.0));
    spoilt.dedup_by(|a, b| a.0 == b.0);
    spoilt
}

/// One at a time: what cleans a line because of one of them must not be what cleans it of another.
#[test]
fn each_of_what_acts_is_read_without_in_a_line_of_its_own() {
    for hostile in HOSTILE.iter().copied().chain(["\u{c}"]) {
        let record = filing(1, &format!("甲{hostile}乙"));
        let change = Change { key: filing_key(1), base: Seq::ZERO, old: None, new: Some(record.into()) };
        let commit = Commit {
            seq: Seq(1),
            prev: Hash::default(),
            id: BatchId([1; 16]),
            at: at(),
            actor: clerk(),
            intent: Intent::File,
            undoes: None,
            changes: vec![change],
        };
        let (text, hash) = line::encode(&commit).unwrap();
        let read = line::decode(text.strip_suffix(b"\n").unwrap()).unwrap();
        assert_eq!(read.hash, hash, "{hostile:?}");
        assert!(!any_text(&serde_json::to_value(&read.commit).unwrap(), &acts), "{hostile:?}");
    }
}

#[test]
fn a_journal_written_by_hand_is_read_without_what_acts_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("journal");
    std::fs::create_dir(&folder).unwrap();
    let changes =
        spoilt().into_iter().map(|(key, new)| Change { key, base: Seq::ZERO, old: None, new: Some(new.into()) });
    let commit = Commit {
        seq: Seq(1),
        prev: Hash::default(),
        id: BatchId([1; 16]),
        at: at(),
        actor: Actor { uid: 0, name: format!("root{}", HOSTILE.concat()) },
        intent: Intent::Import,
        undoes: None,
        changes: changes.collect(),
    };
    let (text, hash) = line::encode(&commit).unwrap();
    assert!(any_text(&serde_json::to_value(&commit).unwrap(), &acts), "it is hostile before it is read");
    std::fs::write(folder.join("000001.jsonl"), &text).unwrap();
    for how in EACH {
        let opened = opened(dir.path(), how);
        let seen = all(&*opened.store);
        assert_eq!((seen.len(), seen[0].hash), (1, hash), "{how:?}: the line is what it was");
        assert!(!any_text(&serde_json::to_value(&seen[0].commit).unwrap(), &acts), "{how:?}: history");
        let ledger = opened.store.snapshot().unwrap();
        assert!(ledger.len() > 40, "{how:?}");
        for (key, entry) in ledger.entries() {
            assert!(!acts(&key.to_string()), "{how:?} {key}");
            assert!(!any_text(&serde_json::to_value(&entry.record).unwrap(), &acts), "{how:?} {key}");
        }
    }
    // The chain goes on behind it, and all is well with the files.
    let store = local(dir.path());
    store.commit(&clerk(), &batch(vec![write(task_key(77), Seq::ZERO, Some(task(77, "照常")))])).unwrap();
    drop(store);
    let verdict = verify(dir.path()).unwrap();
    assert!(verdict.damages.is_empty() && verdict.head.seq == Seq(2), "{verdict:?}");
}

proptest! {
    #[test]
    fn whatever_a_line_holds_nothing_acts_behind_the_gate(text in any::<String>()) {
        let record = with(&filing(655, ""), "/filing/progress", &text).unwrap();
        let change = Change { key: filing_key(1), base: Seq::ZERO, old: None, new: Some(record.into()) };
        let commit = Commit {
            seq: Seq(1), prev: Hash::default(), id: BatchId([1; 16]), at: at(), actor: clerk(), intent: Intent::File, undoes: None,
            changes: vec![change],
        };
        let (line, _) = line::encode(&commit).unwrap();
        let read = line::decode(line.strip_suffix(b"\n").unwrap()).unwrap();
        prop_assert!(!any_text(&serde_json::to_value(&read.commit).unwrap(), &acts));
    }
}
