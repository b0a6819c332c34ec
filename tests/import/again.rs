//! A document read again: corrected, longer, shorter. What was filed stays with its text, whatever its number is now.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset};
use duban::import::{Prepared, Reading, read};
use duban::model::{
    Actor, Batch, BatchId, Book, Chase, Filing, Hash, Intent, ItemKey, Key, Ledger, Period, Record, Write, entry,
    former,
};
use proptest::prelude::*;

const WORKS: [&str; 12] = [
    "新建学校三所",
    "改造河道二十公里",
    "引进百亿项目四个",
    "建成公园绿地八处",
    "整治背街小巷",
    "推进医院综合改革",
    "完善社区养老服务",
    "加快机场扩建工程",
    "提升地铁运营水平",
    "开展文化下乡活动",
    "培育专精特新企业",
    "压减财政一般支出",
];

fn at() -> DateTime<FixedOffset> {
    "2024-05-08T09:00:00+08:00".parse().unwrap()
}

/// A breakdown of an invented place with these works, numbered from 1.
fn text(works: &[String]) -> String {
    let mut text = String::from("云溪市人民政府办公室\n2024年3月1日\n附件\n2024年政府工作报告重点工作责任分解\n");
    for (no, work) in (1..).zip(works) {
        let _ = write!(text, "{no}.{work}。\n牵头市领导：林一舟\n责任单位：市教育局、市水利局\n");
    }
    text
}

fn reading(works: &[String]) -> Reading {
    read("云溪.txt", text(works).as_bytes(), None).unwrap()
}

fn works(count: usize) -> Vec<String> {
    WORKS.iter().take(count).map(|work| (*work).to_owned()).collect()
}

fn commit(ledger: &mut Ledger, batch: &Batch) {
    let commit = ledger.prepare(&Actor { uid: 1000, name: "clerk".to_owned() }, batch).unwrap();
    ledger.apply(&commit, Hash::default()).unwrap();
}

fn take_in(ledger: &mut Ledger, reading: &Reading) -> Prepared {
    let prepared = reading.prepare(ledger, BatchId::default(), at());
    if let Some(batch) = &prepared.batch {
        commit(ledger, batch);
    }
    prepared
}

fn write(ledger: &mut Ledger, intent: Intent, writes: Vec<Write>) {
    commit(ledger, &Batch { id: BatchId::default(), at: at(), intent, undoes: None, writes });
}

/// Files its own text on every task.
fn file_all(ledger: &mut Ledger, reading: &Reading) {
    let period = Period::quarter(2024, 1).unwrap();
    for task in &reading.tasks {
        let key = Key::filing(&reading.document.id, task.key, period);
        let filing = Filing { progress: task.text.clone(), ..Filing::default() };
        write(
            ledger,
            Intent::File,
            vec![Write { base: ledger.version(&key), key, value: Some(Record::Filing(filing)) }],
        );
    }
}

fn q1() -> Period {
    Period::quarter(2024, 1).unwrap()
}

/// Each task's text with what is filed on it.
fn filed(ledger: &Ledger, reading: &Reading) -> BTreeMap<String, Option<String>> {
    let book = Book::open(ledger, &reading.document.id).unwrap();
    let filed = |key: ItemKey| book.filing(key, q1()).map(|(filing, _)| filing.progress.clone());
    book.tasks().map(|task| (task.text.clone(), filed(task.key))).collect()
}

fn key(text: &str) -> ItemKey {
    text.parse().unwrap()
}

/// A ledger with the first `count` works, each filed on.
fn started(count: usize) -> (Ledger, Reading) {
    let mut ledger = Ledger::default();
    let reading = reading(&works(count));
    take_in(&mut ledger, &reading);
    file_all(&mut ledger, &reading);
    (ledger, reading)
}

#[test]
fn one_item_more_moves_the_numbers_and_every_filing_goes_with_its_text() {
    let (mut ledger, first) = started(6);
    let mut more = works(6);
    more.insert(2, "新开通勤航线两条".to_owned());
    let second = reading(&more);
    let head = ledger.head().seq.0;
    let prepared = take_in(&mut ledger, &second);
    assert_eq!(ledger.head().seq.0, head + 1, "one commit");
    let moved: Vec<(String, Option<String>)> = prepared
        .items
        .iter()
        .filter(|item| item.was != Some(item.key))
        .map(|item| (item.key.to_string(), item.was.map(|was| was.to_string())))
        .collect();
    let from = |was: &str| Some(was.to_owned());
    assert_eq!(
        moved,
        [("T3", None), ("T4", from("T3")), ("T5", from("T4")), ("T6", from("T5")), ("T7", from("T6"))]
            .map(|(key, was)| (key.to_owned(), was))
    );
    for (text, filing) in filed(&ledger, &first) {
        assert_eq!(filing, (!text.contains("航线")).then_some(text));
    }
    assert_eq!(second.prepare(&ledger, BatchId::default(), at()).batch, None, "and again it changes nothing");
}

#[test]
fn everything_about_an_item_moves_with_it() {
    let (mut ledger, first) = started(3);
    let id = &first.document.id;
    let book = Book::open(&ledger, id).unwrap();
    let chase = Key::chase(id, key("T2"), q1());
    let step =
        duban::model::Step { text: "招标".into(), unit: None, deadline: None, state: duban::model::StepState::Doing };
    let mut writes = entry::put_step(&book, key("T2"), None, Some(step)).unwrap();
    writes.push(Write {
        base: ledger.version(&chase),
        key: chase,
        value: Some(Record::Chase(Chase { times: 1, ..Chase::default() })),
    });
    write(&mut ledger, Intent::Chase, writes);
    let mut more = works(3);
    more.insert(0, "新开通勤航线两条".to_owned());
    take_in(&mut ledger, &reading(&more));
    let book = Book::open(&ledger, id).unwrap();
    assert_eq!(book.steps(key("T3")).count(), 1);
    assert_eq!(book.steps(key("T2")).count(), 0);
    assert!(book.chase_of(key("T3"), q1()).is_some() && book.chase_of(key("T2"), q1()).is_none());
    assert_eq!(book.former(key("T3")).map(|former| former.was), Some(key("T2")));
}

#[test]
fn the_history_of_an_item_follows_it_through_its_numbers_and_their_undoing() {
    let (mut ledger, first) = started(3);
    let id = first.document.id.clone();
    let mut commits = Vec::new();
    let mut step = |ledger: &mut Ledger, batch: &Batch| {
        let commit = ledger.prepare(&Actor { uid: 1, name: "clerk".to_owned() }, batch).unwrap();
        ledger.apply(&commit, Hash::default()).unwrap();
        commits.push(commit);
    };
    let filing = |key: &str, text: &str, ledger: &Ledger| {
        let key = Key::filing(&id, self::key(key), q1());
        let filing = Filing { progress: text.to_owned(), ..Filing::default() };
        let write = Write { base: ledger.version(&key), key, value: Some(Record::Filing(filing)) };
        Batch { id: BatchId::default(), at: at(), intent: Intent::File, undoes: None, writes: vec![write] }
    };
    let batch = filing("T2", "二的一", &ledger);
    step(&mut ledger, &batch);
    let mut more = works(3);
    more.insert(0, "新开通勤航线两条".to_owned());
    let batch = reading(&more).batch(&ledger, BatchId::default(), at()).unwrap();
    step(&mut ledger, &batch);
    let batch = filing("T3", "二的二", &ledger);
    step(&mut ledger, &batch);
    let batch = filing("T2", "一的一", &ledger);
    step(&mut ledger, &batch);
    let told = |commits: &[duban::model::Commit], item: &str| -> Vec<u64> {
        former::history(commits.iter(), &id, key(item)).iter().map(|(commit, _)| commit.seq.0).collect()
    };
    let first = commits.first().unwrap().seq.0;
    assert_eq!(told(&commits, "T3"), [first, first + 1, first + 2]);
    assert_eq!(told(&commits, "T2"), [first + 1, first + 3], "what was filed on the other text is not its own");
    // What was filed since stands in the way of taking the reading back.
    let way = former::in_the_way(commits.get(1).unwrap(), commits.iter());
    assert_eq!(way.into_iter().filter_map(|key| key.about()).collect::<Vec<_>>(), [key("T2"), key("T3")]);
    assert_eq!(former::in_the_way(commits.get(1).unwrap(), commits.iter().take(2)).len(), 0);
}

/// A breakdown in which one task has no units: that is a doubt about it.
fn lacking(works: &[&str]) -> Reading {
    let text = text(&works.iter().map(|work| (*work).to_owned()).collect::<Vec<_>>());
    let with = "整治背街小巷。\n牵头市领导：林一舟\n责任单位：市教育局、市水利局\n";
    let text = text.replace(with, "整治背街小巷。\n牵头市领导：林一舟\n");
    read("云溪.txt", text.as_bytes(), None).unwrap()
}

#[test]
fn what_was_typed_about_an_item_goes_with_it_to_its_new_number() {
    let mut ledger = Ledger::default();
    take_in(&mut ledger, &lacking(&["新建学校三所", "整治背街小巷", "提升地铁运营水平"]));
    let book = Book::newest(&ledger).unwrap();
    let doubt = book.findings().find(|finding| finding.item == Some(key("T2"))).unwrap();
    let record = ledger.get(&Key::item(book.id(), key("T2"))).unwrap().record.as_ref();
    let part = duban::import::typed::Part::Lead;
    let typed = duban::import::typed::alternative(record, &[(part, "市城管局".to_owned())], 2024).unwrap();
    let writes = entry::settle_typed(&book, doubt, typed).unwrap();
    write(&mut ledger, Intent::Settle, writes);
    let moved = lacking(&["新建学校三所", "新开通勤航线两条", "整治背街小巷", "提升地铁运营水平"]);
    take_in(&mut ledger, &moved);
    let book = Book::newest(&ledger).unwrap();
    assert_eq!(book.task(key("T3")).unwrap().lead_units.join(" "), "市城管局");
    assert!(book.task(key("T2")).unwrap().text.contains("航线"));
    let doubts: Vec<_> = book.findings().filter(|finding| finding.asks()).collect();
    assert!(doubts.iter().all(|finding| !finding.is_open()) && doubts.len() == 1, "{doubts:?}");
    assert_eq!((doubts[0].item, doubts[0].typed), (Some(key("T3")), true));
    assert_eq!(moved.prepare(&ledger, BatchId::default(), at()).batch, None);
}

#[test]
fn an_item_that_is_gone_is_put_away_with_all_that_was_filed_and_comes_back_by_its_text() {
    let (mut ledger, first) = started(5);
    let id = &first.document.id;
    let mut less = works(5);
    let gone = less.remove(1);
    let prepared = take_in(&mut ledger, &reading(&less));
    let removed: Vec<_> = prepared.items.iter().filter(|item| item.new.is_none()).map(|item| item.key).collect();
    assert_eq!(removed, [key("T2")]);
    let book = Book::open(&ledger, id).unwrap();
    assert_eq!(book.tasks().count(), 4, "it is in no list");
    assert_eq!(book.leaders()[0].tasks, 4, "and in no count");
    assert_eq!(book.dropped().collect::<Vec<_>>(), [key("D1")]);
    assert_eq!(book.task(key("D1")).unwrap().text, format!("{gone}。"));
    assert_eq!(book.filing(key("D1"), q1()).unwrap().0.progress, format!("{gone}。"));
    assert_eq!(book.former(key("D1")).unwrap().was, key("T2"));
    for (text, filing) in filed(&ledger, &first) {
        assert_eq!(filing, Some(text));
    }
    assert_eq!(reading(&less).prepare(&ledger, BatchId::default(), at()).batch, None);
    take_in(&mut ledger, &first);
    let book = Book::open(&ledger, id).unwrap();
    assert_eq!((book.tasks().count(), book.dropped().count()), (5, 0));
    for (text, filing) in filed(&ledger, &first) {
        assert_eq!(filing, Some(text));
    }
}

#[test]
fn a_number_that_says_something_else_altogether_is_another_item() {
    let (mut ledger, first) = started(6);
    let mut other = works(6);
    other[2] = "举办国际马拉松赛事".to_owned();
    take_in(&mut ledger, &reading(&other));
    let book = Book::open(&ledger, &first.document.id).unwrap();
    assert!(book.filing(key("T3"), q1()).is_none(), "nothing is filed on the new text");
    assert_eq!(book.filing(key("D1"), q1()).unwrap().0.progress, format!("{}。", WORKS[2]));
    // A few characters changed: the same item.
    other[3] = "建成公园绿地九处".to_owned();
    take_in(&mut ledger, &reading(&other));
    let book = Book::open(&ledger, &first.document.id).unwrap();
    assert_eq!(book.filing(key("T4"), q1()).unwrap().0.progress, format!("{}。", WORKS[3]));
}

#[test]
fn another_document_under_the_same_name_is_told_from_a_new_reading() {
    let (ledger, _) = started(6);
    let other = reading(&WORKS[6..].iter().map(|work| (*work).to_owned()).collect::<Vec<_>>());
    assert!(other.prepare(&ledger, BatchId::default(), at()).again.is_another());
    let mut longer = works(12);
    longer.reverse();
    assert!(!reading(&longer).prepare(&ledger, BatchId::default(), at()).again.is_another());
}

#[test]
fn undoing_a_reading_puts_everything_back_under_its_old_number() {
    let (mut ledger, first) = started(4);
    let before: Vec<_> = ledger.entries().map(|(key, entry)| (key.clone(), entry.record.clone())).collect();
    let mut other = works(4);
    other.remove(0);
    other.insert(2, "举办国际马拉松赛事".to_owned());
    let batch = reading(&other).batch(&ledger, BatchId::default(), at()).unwrap();
    let done = ledger.prepare(&Actor { uid: 1, name: "clerk".to_owned() }, &batch).unwrap();
    ledger.apply(&done, Hash::default()).unwrap();
    let back = done.inverse(BatchId::default(), at());
    commit(&mut ledger, &back);
    let after: Vec<_> = ledger.entries().map(|(key, entry)| (key.clone(), entry.record.clone())).collect();
    assert_eq!(before, after);
    assert_eq!(first.prepare(&ledger, BatchId::default(), at()).batch, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is left out, put in or put elsewhere: no filing is lost, none stands on another text, and reading the same
    /// again changes nothing.
    #[test]
    fn every_filing_stays_on_its_text(
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
        first in 1_usize..12,
        second in 0_usize..12,
        len in 1_usize..12,
    ) {
        let pick = |from: usize, len: usize| -> Vec<String> {
            order.iter().cycle().skip(from).take(len).map(|at| WORKS[*at].to_owned()).collect()
        };
        let mut ledger = Ledger::default();
        let one = reading(&pick(0, first));
        take_in(&mut ledger, &one);
        file_all(&mut ledger, &one);
        let two = reading(&pick(second, len));
        take_in(&mut ledger, &two);
        prop_assert_eq!(two.prepare(&ledger, BatchId::default(), at()).batch, None);
        let book = Book::open(&ledger, &one.document.id).unwrap();
        let listed: Vec<String> = book.tasks().map(|task| task.text.clone()).collect();
        let read: Vec<String> = two.tasks.iter().map(|task| task.text.clone()).collect();
        prop_assert_eq!(listed, read);
        let mut filings = 0;
        for key in book.tasks().map(|task| task.key).chain(book.dropped()) {
            if let Some((filing, _)) = book.filing(key, q1()) {
                prop_assert_eq!(&filing.progress, &book.task(key).unwrap().text);
                filings += 1;
            }
        }
        prop_assert_eq!(filings, one.tasks.len());
    }
}
