//! Where an item stood in an earlier reading of its document: what was filed moves with the text when numbers move.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::change::{Change, Commit};
use super::key::{DocumentId, ItemKey, Of};
use super::record::Record;

/// Where an item stood before it was given its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
/// `commits` are in order. A commit that moves the item is shown with what it wrote under the new key.
pub fn history<'c>(
    commits: impl DoubleEndedIterator<Item = &'c Commit>,
    document: &DocumentId,
    item: ItemKey,
) -> Vec<(&'c Commit, Vec<&'c Change>)> {
    let mut key = item;
    let mut found = Vec::new();
    for commit in commits.rev() {
        let of_document = || commit.changes.iter().filter(|change| change.key.document == *document);
        let changes: Vec<&Change> = of_document().filter(|change| about(change) == Some(key)).collect();
        if !changes.is_empty() {
            found.push((commit, changes));
        }
        key = of_document().find_map(|change| stood(change, key)).unwrap_or(key);
    }
    found.reverse();
    found
}

/// Where the item that stands under `key` after a change stood before it: a move, or the undoing of one.
fn stood(change: &Change, key: ItemKey) -> Option<ItemKey> {
    let Of::Former(at) = change.key.of else { return None };
    match (&change.old, &change.new) {
        (_, Some(Record::Former(former))) if at == key => Some(former.was),
        (Some(Record::Former(former)), None) if former.was == key => Some(at),
        _ => None,
    }
}

/// The item that a change is about: a finding's stands in its record.
pub fn about(change: &Change) -> Option<ItemKey> {
    match change.new.as_ref().or(change.old.as_ref()) {
        Some(Record::Finding(finding)) => finding.item,
        _ => change.key.about(),
    }
}

/// What was written since a commit on items that it moved: with that there, taking the commit back would leave it on other
/// items' texts.
pub fn in_the_way<'c>(commit: &Commit, since: impl IntoIterator<Item = &'c Commit>) -> BTreeSet<ItemKey> {
    let moved: BTreeSet<(&DocumentId, ItemKey)> = commit
        .changes
        .iter()
        .filter_map(|change| match change.key.of {
            Of::Former(item) => Some((&change.key.document, item)),
            _ => None,
        })
        .collect();
    let later = since.into_iter().filter(|later| later.seq > commit.seq).flat_map(|later| &later.changes);
    later
        .filter_map(|change| Some((&change.key.document, change.key.about()?)))
        .filter(|place| moved.contains(place))
        .map(|(_, item)| item)
        .collect()
}
