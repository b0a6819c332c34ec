//! Where an item stood in an earlier reading of its document: what was filed moves with the text when numbers move.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::change::{Change, Commit};
use super::key::{DocumentId, ItemKey, Key, Of};
use super::record::Record;

/// Where an item stood before it was given its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Former {
    /// Its key then. Of an item that was dropped: the last one under which it stood in a list.
    pub was: ItemKey,
    /// The day of the reading that moved it.
    pub on: NaiveDate,
    /// SHA-256 of the file that was read then.
    pub source: String,
}

/// The changes of an item from its first commit on, under whatever key it stood, oldest commit first.
///
/// `commits` are in order. A commit that moves the item is shown with where it stood before, and with the item itself as it
/// was there and is here, where that differs; not with what stood under its new key before it came.
pub fn history<'c>(
    commits: impl DoubleEndedIterator<Item = &'c Commit>,
    document: &DocumentId,
    item: ItemKey,
) -> Vec<(&'c Commit, Vec<Change>)> {
    let mut key = item;
    let mut found = Vec::new();
    for commit in commits.rev() {
        let of_document = || commit.changes.iter().filter(|change| change.key.document == *document);
        let was = of_document().find_map(|change| stood(change, key));
        let changes: Vec<Change> = match was {
            Some(was) => moved(&of_document().collect::<Vec<_>>(), was, key),
            None => of_document().filter(|change| about(change) == Some(key)).cloned().collect(),
        };
        if !changes.is_empty() {
            found.push((commit, changes));
        }
        key = was.unwrap_or(key);
    }
    found.reverse();
    found
}

/// What a commit that moves an item does to it.
fn moved(changes: &[&Change], was: ItemKey, key: ItemKey) -> Vec<Change> {
    let of = |item: ItemKey| changes.iter().find(|change| change.key.of == Of::Item(item));
    let former = changes.iter().filter(|change| matches!(change.key.of, Of::Former(at) if at == key || at == was));
    let mut told: Vec<Change> = former.map(|change| (*change).clone()).collect();
    if let (Some(from), Some(to)) = (of(was), of(key))
        && !says_the_same(from.old.as_deref(), to.new.as_deref())
    {
        told.push(Change { old: from.old.clone(), ..(*to).clone() });
    }
    told
}

/// Whether two records of an item differ in nothing but where they stand.
fn says_the_same(one: Option<&Record>, other: Option<&Record>) -> bool {
    match (one, other) {
        (Some(Record::Task(one)), Some(Record::Task(other))) => {
            *one == super::task::Task { key: one.key, no: one.no.clone(), line: one.line, ..other.clone() }
        }
        (Some(Record::Row(one)), Some(Record::Row(other))) => {
            *one == super::quota::QuotaRow { key: one.key, line: one.line, ..other.clone() }
        }
        (one, other) => one == other,
    }
}

/// Where the item that stands under `key` after a change stood before it: a move, or the undoing of one.
fn stood(change: &Change, key: ItemKey) -> Option<ItemKey> {
    let Of::Former(at) = change.key.of else { return None };
    match (change.old.as_deref(), change.new.as_deref()) {
        (_, Some(Record::Former(former))) if at == key => Some(former.was),
        (Some(Record::Former(former)), None) if former.was == key => Some(at),
        _ => None,
    }
}

/// The item that a change is about: a finding's stands in its record.
pub fn about(change: &Change) -> Option<ItemKey> {
    match change.new.as_deref().or(change.old.as_deref()) {
        Some(Record::Finding(finding)) => finding.item,
        _ => change.key.about(),
    }
}

/// Where a commit puts the items of a document that it moves: from, to. The undoing of a move moves them back.
pub fn moves(commit: &Commit, document: &DocumentId) -> BTreeMap<ItemKey, ItemKey> {
    let changes = commit.changes.iter().filter(|change| change.key.document == *document);
    let moved = changes.filter_map(|change| match (&change.key.of, change.old.as_deref(), change.new.as_deref()) {
        (Of::Former(at), _, Some(Record::Former(former))) => Some((former.was, *at)),
        (Of::Former(at), Some(Record::Former(former)), None) => Some((*at, former.was)),
        _ => None,
    });
    moved.collect()
}

/// The key that a record has once commits have moved its item, one after the other.
pub fn key_after<'c>(commits: impl IntoIterator<Item = &'c Commit>, key: &Key) -> Key {
    commits.into_iter().fold(key.clone(), |key, commit| {
        let to = key.about().and_then(|item| moves(commit, &key.document).get(&item).copied());
        to.and_then(|item| key.moved_to(item)).unwrap_or(key)
    })
}

/// The items that a commit moved and on which something was written since: with that there, taking the commit back would leave
/// it on other items' texts.
pub fn in_the_way<'c>(commit: &Commit, since: impl IntoIterator<Item = &'c Commit>) -> BTreeSet<Key> {
    let item = |key: &Key| Some(Key::item(&key.document, key.about()?));
    let moved = commit.changes.iter().filter(|change| matches!(change.key.of, Of::Former(_)));
    let moved: BTreeSet<Key> = moved.filter_map(|change| item(&change.key)).collect();
    let later = since.into_iter().filter(|later| later.seq > commit.seq).flat_map(|later| &later.changes);
    later.filter_map(|change| item(&change.key)).filter(|key| moved.contains(key)).collect()
}
