//! Items under other keys: everything that was filed on them goes with them, in the same commit.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::import::again::Again;
use crate::model::{Document, Former, ItemKey, Key, Ledger, Record, Seq, Write};

/// The writes that put every record of an item that moves under its new key. Where it stood before is written beside it.
pub(super) fn writes(ledger: &Ledger, document: &Document, again: &Again, on: NaiveDate) -> Vec<Write> {
    let moves: BTreeMap<ItemKey, ItemKey> = again.moves().collect();
    if moves.is_empty() {
        return Vec::new();
    }
    let mut after: BTreeMap<Key, Option<Record>> = BTreeMap::new();
    for (of, entry) in ledger.of_document(&document.id) {
        let key = Key { document: document.id.clone(), of: of.clone() };
        let Some(to) = key.about().and_then(|item| moves.get(&item)) else { continue };
        after.entry(key.clone()).or_insert(None);
        // Where it stood before that is in the journal; one step back is enough.
        if !matches!(entry.record.as_ref(), Record::Former(_))
            && let Some(there) = key.moved_to(*to)
        {
            after.insert(there, Some(under(entry.record.as_ref(), *to)));
        }
    }
    for (was, key) in moves {
        let former = Former { was, on, source: document.source.sha256.clone() };
        after.insert(Key::former(&document.id, key), Some(Record::Former(former)));
    }
    let write = |(key, value): (Key, Option<Record>)| Write { base: Seq::ZERO, key, value };
    after.into_iter().map(write).collect()
}

/// A record of an item under another key.
fn under(record: &Record, key: ItemKey) -> Record {
    match record {
        Record::Task(task) => Record::Task(crate::model::Task { key, ..task.clone() }),
        Record::Row(row) => Record::Row(crate::model::QuotaRow { key, ..row.clone() }),
        other => other.clone(),
    }
}
