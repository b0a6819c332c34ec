//! A reading as one commit: all at first, nothing the second time, only what differs after that.

use chrono::{DateTime, FixedOffset};
use duban::import::{Reading, read, seed};
use duban::model::{
    Actor, Batch, BatchId, Book, Done, Filing, Hash, Intent, Key, Ledger, Of, Period, Quota, Record, Seq, Write, entry,
};

fn at() -> DateTime<FixedOffset> {
    "2024-03-05T09:00:00+08:00".parse().unwrap()
}

fn seed_reading() -> Reading {
    read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap()
}

fn commit(ledger: &mut Ledger, batch: &Batch) {
    let actor = Actor { uid: uzers::get_current_uid(), name: "clerk".to_owned() };
    let commit = ledger.prepare(&actor, batch).unwrap();
    ledger.apply(&commit, Hash::default()).unwrap();
}

fn batch_of(reading: &Reading, ledger: &Ledger) -> Option<Batch> {
    reading.batch(ledger, BatchId([7; 16]), at())
}

/// A ledger with the seed in it, as the first commit.
fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    let batch = batch_of(&seed_reading(), &ledger).unwrap();
    commit(&mut ledger, &batch);
    ledger
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn write(ledger: &mut Ledger, intent: Intent, records: Vec<(&str, Record)>) {
    let write =
        |(at, record): (&str, Record)| Write { key: key(at), base: ledger.version(&key(at)), value: Some(record) };
    let writes = records.into_iter().map(write).collect();
    commit(ledger, &Batch { id: BatchId([9; 16]), at: at(), intent, undoes: None, writes });
}

/// Settles the doubt of line 843 with its second alternative, as the faces do.
fn settle(ledger: &mut Ledger) {
    let Record::Finding(finding) = ledger.get(&key("quzhou-2024/line/843.2")).unwrap().record.as_ref() else {
        unreachable!()
    };
    let writes = entry::settle(&Book::newest(ledger).unwrap(), finding, 1).unwrap();
    assert_eq!(writes.len(), 2, "the doubt and its row");
    commit(ledger, &Batch { id: BatchId([9; 16]), at: at(), intent: Intent::Settle, undoes: None, writes });
}

#[test]
fn the_first_reading_is_one_commit_of_everything() {
    let reading = seed_reading();
    let batch = batch_of(&reading, &Ledger::default()).unwrap();
    assert_eq!(batch.intent, Intent::Import);
    assert!(batch.writes.iter().all(|write| write.base == Seq::ZERO && write.value.is_some()));
    let count = |kind: fn(&Of) -> bool| batch.writes.iter().filter(|write| kind(&write.key.of)).count();
    assert_eq!(count(|of| matches!(of, Of::Document)), 1);
    assert_eq!(count(|of| matches!(of, Of::Item(_))), 130 + 53);
    assert_eq!(count(|of| matches!(of, Of::Finding(..))), reading.findings.len());
    assert_eq!(count(|of| matches!(of, Of::Unit(_))), 5, "as many as the corrections name");
    assert!(count(|of| matches!(of, Of::Target(..))) >= 95, "the targets of the tasks' texts");
    assert_eq!(ledger().len(), batch.writes.len());
}

#[test]
fn reading_the_same_again_writes_nothing() {
    assert_eq!(batch_of(&seed_reading(), &ledger()), None);
    let renamed = read("副本.txt", seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    assert_eq!(batch_of(&renamed, &ledger()), None, "the same bytes under another name");
}

#[test]
fn what_was_settled_filed_and_set_stays() {
    let mut ledger = ledger();
    settle(&mut ledger);
    let period: Period = "2024Q1".parse().unwrap();
    let id = seed_reading().document.id;
    let filing = Key::filing(&id, "T5".parse().unwrap(), period).to_string();
    let done = Key::done(&id, "P17.2".parse().unwrap(), "江山市", period).to_string();
    let Record::Document(mut document) = ledger.get(&Key::document(&id)).unwrap().record.as_ref().clone() else {
        unreachable!()
    };
    document.settings.due_day = 8;
    document.demo = true;
    let filed = Filing { progress: "开工".to_owned(), ..Filing::default() };
    write(
        &mut ledger,
        Intent::File,
        vec![
            (&filing, Record::Filing(filed)),
            (&done, Record::Done(Done { value: 2.into() })),
            (id.as_str(), Record::Document(document)),
        ],
    );
    assert_eq!(batch_of(&seed_reading(), &ledger), None, "no settled doubt is opened again");
}

#[test]
fn a_changed_document_changes_only_what_differs() {
    let mut ledger = ledger();
    settle(&mut ledger);
    let changed = seed::TEXT.replace("负 70 亿元以上", "负 80 亿元以上");
    let reading = read(seed::FILE_NAME, changed.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let batch = batch_of(&reading, &ledger).unwrap();
    let written: Vec<(String, u64)> = batch.writes.iter().map(|write| (write.key.to_string(), write.base.0)).collect();
    let expected = ["quzhou-2024", "quzhou-2024/T4", "quzhou-2024/T4/target/1"].map(|key| (key.to_owned(), 1));
    assert_eq!(written, expected, "the target keeps its number");
    commit(&mut ledger, &batch);
    assert_eq!(batch_of(&reading, &ledger), None);
}

#[test]
fn a_settled_doubt_is_known_again_when_its_line_has_moved() {
    let mut ledger = ledger();
    settle(&mut ledger);
    let moved = format!("\n\n{}", seed::TEXT);
    let mut corrections = String::new();
    for line in seed::CORRECTIONS.lines() {
        let number = line.strip_prefix("line = ").and_then(|number| number.parse::<u32>().ok());
        corrections.push_str(&number.map_or_else(|| line.to_owned(), |number| format!("line = {}", number + 2)));
        corrections.push('\n');
    }
    let reading = read(seed::FILE_NAME, moved.as_bytes(), Some(&corrections)).unwrap();
    let batch = batch_of(&reading, &ledger).unwrap();
    commit(&mut ledger, &batch);
    let Record::Finding(doubt) = ledger.get(&key("quzhou-2024/line/845.2")).unwrap().record.as_ref() else {
        unreachable!()
    };
    assert_eq!(doubt.settled, Some(1));
    let Record::Row(row) = ledger.get(&key("quzhou-2024/P17.2")).unwrap().record.as_ref() else { unreachable!() };
    assert_eq!(row.quota("市本级"), Some(&Quota::Amount("0.5".parse().unwrap(), None)), "the row stays as settled");
    assert!(ledger.get(&key("quzhou-2024/line/843.1")).is_some(), "840 and 841 have moved here");
    assert!(ledger.get(&key("quzhou-2024/line/537.1")).is_none(), "nothing is left behind where nothing is");
    assert_eq!(batch_of(&reading, &ledger), None);
}

#[test]
fn a_doubt_that_a_corrected_document_takes_away_goes_but_a_decision_stays_on_record() {
    let doubtful = seed::TEXT.replace("130. ", "132. ");
    let read = |text: &str| read(seed::FILE_NAME, text.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let mut ledger = Ledger::default();
    let batch = batch_of(&read(&doubtful), &ledger).unwrap();
    commit(&mut ledger, &batch);
    let doubt = key("quzhou-2024/line/809.1");
    assert!(ledger.get(&doubt).is_some(), "131 is missing");
    let batch = batch_of(&seed_reading(), &ledger).unwrap();
    let removed: Vec<&Key> =
        batch.writes.iter().filter(|write| write.value.is_none()).map(|write| &write.key).collect();
    assert_eq!(removed, [&key("quzhou-2024/T132"), &doubt], "and 132 is 130 now");
    let Record::Finding(mut finding) = ledger.get(&doubt).unwrap().record.as_ref().clone() else { unreachable!() };
    finding.settled = Some(0);
    write(&mut ledger, Intent::Settle, vec![("quzhou-2024/line/809.1", Record::Finding(finding))]);
    let batch = batch_of(&seed_reading(), &ledger).unwrap();
    let removed: Vec<&Key> =
        batch.writes.iter().filter(|write| write.value.is_none()).map(|write| &write.key).collect();
    assert_eq!(removed, [&key("quzhou-2024/T132")]);
}

#[test]
fn items_that_the_reading_does_not_have_are_put_away_not_removed() {
    let mut ledger = ledger();
    let cut = seed::TEXT
        .replace("130. 高位创成全国法治政府建设示范市。\n\n牵头市领导：张晓峰\n\n责任单位：市司法局\n", "\n\n\n\n\n");
    let reading = read(seed::FILE_NAME, cut.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    assert_eq!(reading.tasks.len(), 129);
    let batch = batch_of(&reading, &ledger).unwrap();
    commit(&mut ledger, &batch);
    let Record::Task(task) = ledger.get(&key("quzhou-2024/D1")).unwrap().record.as_ref() else { unreachable!() };
    assert_eq!(task.text, "高位创成全国法治政府建设示范市。");
    assert!(ledger.get(&key("quzhou-2024/T130")).is_none());
    assert_eq!(Book::newest(&ledger).unwrap().tasks().count(), 129);
}

#[test]
fn an_edited_copy_keeps_the_rows_as_corrected_and_as_settled() {
    let mut ledger = ledger();
    settle(&mut ledger);
    let rows = |ledger: &Ledger| -> Vec<_> {
        let rows = Book::newest(ledger).unwrap().rows().into_iter().cloned();
        rows.map(|row| duban::model::QuotaRow { line: 0, ..row }).collect()
    };
    let before = rows(&ledger);
    for text in [
        seed::TEXT.replace('\n', "\r\n"),
        seed::TEXT.replacen("负 70 亿元以上", "负 80 亿元以上", 1),
        seed::TEXT.replacen("\n1.", "\n\n\n1.", 1),
    ] {
        let corrections = seed::corrections_of(text.as_bytes());
        let reading = read("副本.txt", text.as_bytes(), corrections).unwrap();
        let batch = batch_of(&reading, &ledger).unwrap();
        commit(&mut ledger, &batch);
        assert_eq!(rows(&ledger), before);
        assert_eq!(Book::newest(&ledger).unwrap().findings().filter(|finding| finding.is_open()).count(), 1);
    }
}
