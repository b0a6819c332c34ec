//! What a clerk finds in the real document.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use duban::import::{read, seed};
use duban::model::{Actor, BatchId, Book, Hash, Ledger};
use duban::search::{Field, Finder, Hit, Index};

fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let at: DateTime<FixedOffset> = "2024-03-05T09:00:00+08:00".parse().unwrap();
    let batch = reading.batch(&ledger, BatchId([7; 16]), at).unwrap();
    let actor = Actor { uid: uzers::get_current_uid(), name: "clerk".to_owned() };
    let commit = ledger.prepare(&actor, &batch).unwrap();
    ledger.apply(&commit, Hash::default()).unwrap();
    ledger
}

fn hits(ledger: &Ledger, query: &str) -> Vec<Hit> {
    let index = Index::of(&Book::newest(ledger).unwrap());
    Finder::new(Arc::new(index)).find(query).to_vec()
}

fn keys(ledger: &Ledger, query: &str) -> Vec<String> {
    hits(ledger, query).iter().map(|hit| hit.item.to_string()).collect()
}

/// The items that a query finds by a unit.
fn by_unit(ledger: &Ledger, query: &str) -> BTreeSet<String> {
    let of_units = |hit: &&Hit| matches!(hit.field, Field::LeadUnit | Field::CoopUnit);
    hits(ledger, query).iter().filter(of_units).map(|hit| hit.item.to_string()).collect()
}

/// The tasks and rows on which a unit is printed, under one of these spellings.
fn printed(ledger: &Ledger, spellings: &[&str]) -> BTreeSet<String> {
    let book = Book::newest(ledger).unwrap();
    let tasks = book.tasks().filter(|task| task.units().any(|unit| spellings.contains(&&**unit))).map(|task| task.key);
    let rows =
        book.rows().into_iter().filter(|row| row.units().any(|unit| spellings.contains(&&**unit))).map(|row| row.key);
    tasks.chain(rows).map(|key| key.to_string()).collect()
}

#[test]
fn the_finance_bureau_is_found_however_it_is_typed() {
    let ledger = ledger();
    let wanted = printed(&ledger, &["市财政局"]);
    let lines = seed::TEXT.lines().filter(|line| line.starts_with("责任单位：") && line.contains("市财政局")).count();
    assert_eq!(wanted.len(), lines);
    for query in ["市财政局", "财政局", "caizhengju", "caizheng", "czj", "市czj", "ＣＺＪ"] {
        assert_eq!(by_unit(&ledger, query), wanted, "{query}");
    }
    // Those it leads come first: 市财政局 leads task 1.
    assert_eq!(
        hits(&ledger, "czj").first().map(|hit| (hit.item.to_string(), hit.field)),
        Some(("T1".to_owned(), Field::LeadUnit))
    );
}

#[test]
fn a_unit_of_three_spellings_is_one() {
    let ledger = ledger();
    let spellings = ["市人力社保局", "市人社局", "市人社保局"];
    let wanted = printed(&ledger, &spellings);
    assert!(wanted.len() > printed(&ledger, &["市人力社保局"]).len());
    for query in spellings.into_iter().chain(["renlishebao", "srsj"]) {
        assert_eq!(by_unit(&ledger, query), wanted, "{query}");
    }
}

#[test]
fn leaders_are_found_by_their_initials() {
    let ledger = ledger();
    for (query, tasks) in [("周卫兵", 27), ("zwb", 27), ("yyh", 27), ("xuls", 24), ("zhenghejiang", 23), ("徐zy", 1)]
    {
        let found = hits(&ledger, query).iter().filter(|hit| hit.field == Field::Leader).count();
        assert_eq!(found, tasks, "{query}");
    }
}

#[test]
fn charging_points_and_numbers_are_found_first() {
    let ledger = ledger();
    for query in ["充电桩", "chongdianzhuang", "cdz"] {
        assert_eq!(keys(&ledger, query).get(..2), Some(&["P21.1".to_owned(), "P21.2".to_owned()][..]), "{query}");
    }
    for (query, key) in [("48", "T48"), ("t48", "T48"), ("省32", "P32.1"), ("市10-3", "C10.3"), ("P17.1", "P17.1")] {
        assert_eq!(keys(&ledger, query).first().map(String::as_str), Some(key), "{query}");
    }
}

#[test]
fn the_city_is_called_qu() {
    let ledger = ledger();
    let wanted = printed(&ledger, &["衢江区政府"]);
    for query in ["衢江区政府", "qujiangqu", "qjqzf"] {
        assert_eq!(by_unit(&ledger, query), wanted, "{query}");
    }
}
