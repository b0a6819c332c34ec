//! The state of a ledger: every record with its version, folded from commits. Pure; stores keep one, clients follow with one.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;
use std::sync::Arc;

use super::change::{Actor, Batch, Change, Commit, Hash, Head, Seq};
use super::key::{DocumentId, Key, Of};
use super::record::Record;

/// A record and the commit that wrote it last.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Which record.
    pub key: Key,
    /// What is there now; `None`: nothing.
    pub now: Option<Entry>,
}

/// All records of all documents, and the head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    head: Head,
    entries: BTreeMap<Key, Entry>,
}

impl Ledger {
    /// A ledger as a store kept it. The entries are taken as they are.
    pub fn from_parts(head: Head, entries: BTreeMap<Key, Entry>) -> Self {
        Self { head, entries }
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
                old: now.map(|entry| entry.record.as_ref().clone()),
                new: write.value.clone(),
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
        for change in &commit.changes {
            match &change.new {
                Some(record) => {
                    let entry = Entry { version: commit.seq, record: Arc::new(record.clone()) };
                    self.entries.insert(change.key.clone(), entry);
                }
                None => {
                    self.entries.remove(&change.key);
                }
            }
        }
        self.head = Head { seq: commit.seq, hash };
        Ok(())
    }
}
