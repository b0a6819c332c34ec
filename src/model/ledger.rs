//! The state of a ledger: every record with its version, folded from commits. Pure; stores keep one, clients follow with one.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::change::{Actor, Batch, BatchId, Change, Commit, Hash, Head, Seq, Write};
use super::key::{DocumentId, Key, Of};
use super::record::Record;

/// A record and the commit that wrote it last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The commit that wrote it last.
    pub version: Seq,
    /// What it holds.
    pub record: Arc<Record>,
}

/// Why a batch cannot be written, or a commit not applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// A batch without writes, a key twice, or a record that does not belong under its key.
    #[error("a malformed batch: {0}")]
    Malformed(String),
    /// Somebody changed these records since; what is there now.
    #[error("changed since by somebody else: {}", .0.iter().map(|c| c.key.to_string()).collect::<Vec<_>>().join(", "))]
    Conflict(Vec<Clash>),
    /// The commit does not follow on this ledger's head.
    #[error("commit {found} does not follow commit {head}")]
    Gap {
        /// The ledger's last commit.
        head: Seq,
        /// The commit that was to be applied.
        found: Seq,
    },
}

/// A record that is not at the version that was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// Which record.
    pub key: Key,
    /// What is there now; `None`: nothing.
    pub now: Option<Entry>,
}

/// All records of all documents, and the head. A clone shares the records until one of both changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    head: Head,
    entries: Arc<BTreeMap<Key, Entry>>,
}

impl Ledger {
    /// A ledger as a store kept it. The entries are taken as they are.
    pub fn from_parts(head: Head, entries: BTreeMap<Key, Entry>) -> Self {
        Self { head, entries: Arc::new(entries) }
    }

    /// Where it stands.
    pub const fn head(&self) -> Head {
        self.head
    }

    /// The record under a key.
    pub fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// The version under a key; [`Seq::ZERO`] where there is nothing.
    pub fn version(&self, key: &Key) -> Seq {
        self.get(key).map_or(Seq::ZERO, |entry| entry.version)
    }

    /// Every record, in key order.
    pub fn entries(&self) -> impl Iterator<Item = (&Key, &Entry)> {
        self.entries.iter()
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The records of a document, in key order.
    pub fn of_document<'a>(&'a self, document: &'a DocumentId) -> impl Iterator<Item = (&'a Of, &'a Entry)> {
        let first = Key::document(document);
        self.entries
            .range((Bound::Included(first), Bound::Unbounded))
            .take_while(move |(key, _)| key.document == *document)
            .map(|(key, entry)| (&key.of, entry))
    }

    /// The records of a key's document from that key on, in key order.
    pub fn from(&self, first: Key) -> impl Iterator<Item = (&Of, &Entry)> {
        let document = first.document.clone();
        self.entries
            .range(first..)
            .take_while(move |(key, _)| key.document == document)
            .map(|(key, entry)| (&key.of, entry))
    }

    /// The documents, in order of their slugs.
    pub fn documents(&self) -> impl Iterator<Item = &super::document::Document> {
        self.entries.values().filter_map(|entry| match entry.record.as_ref() {
            Record::Document(document) => Some(document.as_ref()),
            _ => None,
        })
    }

    /// The commit that the batch becomes on this ledger: what each record held is filled in.
    ///
    /// # Errors
    /// When the batch is malformed, or a record is not at the version that was edited.
    pub fn prepare(&self, actor: &Actor, batch: &Batch) -> Result<Commit, Misfit> {
        if batch.writes.is_empty() {
            return Err(Misfit::Malformed("no writes".to_owned()));
        }
        let mut seen = HashSet::new();
        let mut clashes = Vec::new();
        let mut changes = Vec::with_capacity(batch.writes.len());
        for write in &batch.writes {
            if !seen.insert(&write.key) {
                return Err(Misfit::Malformed(format!("{} twice", write.key)));
            }
            if write.value.as_ref().is_some_and(|record| !record.fits(&write.key)) {
                return Err(Misfit::Malformed(format!("another kind of record under {}", write.key)));
            }
            let now = self.get(&write.key);
            if now.map_or(Seq::ZERO, |entry| entry.version) != write.base {
                clashes.push(Clash { key: write.key.clone(), now: now.cloned() });
                continue;
            }
            changes.push(Change {
                key: write.key.clone(),
                base: write.base,
                old: now.map(|entry| Arc::clone(&entry.record)),
                new: write.value.clone().map(Arc::new),
            });
        }
        if !clashes.is_empty() {
            return Err(Misfit::Conflict(clashes));
        }
        Ok(Commit {
            seq: self.head.seq.next(),
            prev: self.head.hash,
            id: batch.id,
            at: batch.at,
            actor: actor.clone(),
            intent: batch.intent,
            undoes: batch.undoes,
            changes,
        })
    }

    /// The batch that takes a commit back as this ledger stands. Where a record holds again just what the commit left there,
    /// because what came after was taken back itself, that is no conflict: so several undos in a row go step by step.
    pub fn taking_back(&self, commit: &Commit, id: BatchId, at: DateTime<FixedOffset>) -> Batch {
        let mut batch = commit.inverse(id, at);
        for (write, change) in batch.writes.iter_mut().zip(&commit.changes) {
            let now = self.get(&write.key);
            if now.map(|entry| entry.record.as_ref()) == change.new.as_deref() {
                write.base = now.map_or(Seq::ZERO, |entry| entry.version);
            }
        }
        batch
    }

    /// Whether a batch would leave the ledger without any document: there would be nothing to show, and the next start would read the
    /// embedded one in.
    pub fn would_be_empty(&self, batch: &Batch) -> bool {
        let gone = batch.writes.iter().filter(|write| write.key.of == Of::Document && write.value.is_none()).count();
        gone > 0 && gone == self.documents().count()
    }

    /// Applies a commit whose own hash is `hash`.
    ///
    /// # Errors
    /// When it does not follow on the head, or a record is not what the commit says it was; the ledger is unchanged then.
    pub fn apply(&mut self, commit: &Commit, hash: Hash) -> Result<(), Misfit> {
        if commit.seq != self.head.seq.next() || commit.prev != self.head.hash {
            return Err(Misfit::Gap { head: self.head.seq, found: commit.seq });
        }
        let clashes: Vec<Clash> = commit
            .changes
            .iter()
            .filter(|change| self.version(&change.key) != change.base)
            .map(|change| Clash { key: change.key.clone(), now: self.get(&change.key).cloned() })
            .collect();
        if !clashes.is_empty() {
            return Err(Misfit::Conflict(clashes));
        }
        let entries = Arc::make_mut(&mut self.entries);
        for change in &commit.changes {
            match &change.new {
                Some(record) => {
                    let entry = Entry { version: commit.seq, record: Arc::clone(record) };
                    entries.insert(change.key.clone(), entry);
                }
                None => {
                    entries.remove(&change.key);
                }
            }
        }
        self.head = Head { seq: commit.seq, hash };
        Ok(())
    }

    /// Takes writes in as if they were committed, at the versions and the head that are there: to judge what would come
    /// after them, not to be kept.
    pub(crate) fn suppose(&mut self, writes: &[Write]) {
        let entries = Arc::make_mut(&mut self.entries);
        for write in writes {
            match &write.value {
                Some(record) => {
                    let version = entries.get(&write.key).map_or(Seq::ZERO, |entry| entry.version);
                    entries.insert(write.key.clone(), Entry { version, record: Arc::new(record.clone()) });
                }
                None => {
                    entries.remove(&write.key);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentId, Done, Intent, ItemKey, ListCode, Period, Write};
    use rust_decimal::Decimal;

    fn at() -> DateTime<FixedOffset> {
        DateTime::UNIX_EPOCH.fixed_offset()
    }

    fn cell() -> Key {
        let row = ItemKey::row(ListCode::PROVINCE, 1, 1);
        Key::done(&DocumentId::new("jia-2024").unwrap(), row, "甲县", Period::quarter(2024, 1).unwrap())
    }

    fn figure(value: i64) -> Record {
        Record::Done(Done { value: Decimal::from(value) })
    }

    /// Writes a batch and answers the commit.
    fn write(ledger: &mut Ledger, batch: &Batch) -> Result<Commit, Misfit> {
        let clerk = Actor { uid: 1, name: "clerk".to_owned() };
        let commit = ledger.prepare(&clerk, batch)?;
        ledger.apply(&commit, Hash([u8::try_from(commit.seq.0).unwrap(); 32]))?;
        Ok(commit)
    }

    fn set(ledger: &mut Ledger, value: Option<Record>) -> Commit {
        let ask = Write { key: cell(), base: ledger.version(&cell()), value };
        let batch = Batch { id: BatchId::default(), at: at(), intent: Intent::Quota, undoes: None, writes: vec![ask] };
        write(ledger, &batch).unwrap()
    }

    fn now(ledger: &Ledger) -> Option<Record> {
        ledger.get(&cell()).map(|entry| entry.record.as_ref().clone())
    }

    #[test]
    fn several_changes_of_a_record_are_taken_back_one_by_one() {
        let mut ledger = Ledger::default();
        let changes = [set(&mut ledger, Some(figure(1))), set(&mut ledger, None), set(&mut ledger, Some(figure(3)))];
        for (commit, left) in changes.iter().rev().zip([None, Some(figure(1)), None]) {
            let batch = ledger.taking_back(commit, BatchId::default(), at());
            write(&mut ledger, &batch).unwrap();
            assert_eq!(now(&ledger), left);
        }
    }

    #[test]
    fn what_was_changed_since_is_not_taken_back() {
        let mut ledger = Ledger::default();
        let first = set(&mut ledger, Some(figure(1)));
        set(&mut ledger, Some(figure(2)));
        let batch = ledger.taking_back(&first, BatchId::default(), at());
        assert!(matches!(write(&mut ledger, &batch), Err(Misfit::Conflict(_))));
    }
}
