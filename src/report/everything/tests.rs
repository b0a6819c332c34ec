use serde_json::Value;

use super::*;
use crate::model::Ledger;

/// The records of every kind that stand in the journals as released.
fn ledger() -> Ledger {
    let journal = include_str!("../../../tests/golden/journal-5.jsonl");
    let mut ledger = Ledger::default();
    let (hash, json) = journal.lines().next().unwrap().split_once(' ').unwrap();
    let commit: Commit = serde_json::from_str(json).unwrap();
    ledger.apply(&commit, hash.parse().unwrap()).unwrap();
    ledger
}

/// Every text and number in a value, but for words that are one of several: those are in words of the language.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Value::Object(members) => members.values().for_each(|value| leaves(value, found)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[test]
fn every_row_has_as_many_cells_as_its_table_has_columns() {
    let ledger = ledger();
    for lang in [Lang::Zh, Lang::En] {
        let mut seen = std::collections::BTreeSet::from([Table::History]);
        for (key, entry) in ledger.entries() {
            for (table, cells) in rows(key, entry, lang) {
                assert_eq!(cells.len(), table.head(lang).len(), "{} {key}: {cells:?}", table.name());
                seen.insert(table);
            }
        }
        let missing: Vec<&str> = Table::ALL.iter().filter(|table| !seen.contains(table)).map(|t| t.name()).collect();
        assert_eq!(missing, [""; 0], "the journal has a record of every kind");
    }
}

#[test]
fn both_languages_name_the_same_columns_each_once() {
    for table in Table::ALL {
        let (zh, en) = (table.head(Lang::Zh), table.head(Lang::En));
        assert_eq!(zh.len(), en.len(), "{}", table.name());
        for head in [zh, en] {
            let once: std::collections::BTreeSet<&&str> = head.iter().collect();
            assert_eq!(once.len(), head.len(), "{}", table.name());
        }
    }
}

/// The document's own fields against its JSON, which another program made: no text of a record is left out.
#[test]
fn every_text_of_every_record_stands_in_a_cell() {
    let ledger = ledger();
    for (key, entry) in ledger.entries() {
        if matches!(entry.record.as_ref(), Record::Frozen(_)) {
            continue;
        }
        let cells: Vec<String> = rows(key, entry, Lang::En).into_iter().flat_map(|(_, cells)| cells).collect();
        let all = cells.join("\n");
        let mut texts = Vec::new();
        leaves(&serde_json::to_value(entry.record.as_ref()).unwrap(), &mut texts);
        for text in texts.iter().filter(|text| !text.is_ascii() || text.contains(char::is_numeric)) {
            // The letter of a list is a number in the JSON.
            let letter = text.parse::<u8>().ok().map(|code| char::from(code).to_string());
            let there = all.contains(text.as_str()) || letter.is_some_and(|letter| cells.contains(&letter));
            assert!(there, "{key}: {text:?} in {cells:?}");
        }
    }
}
