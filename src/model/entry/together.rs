//! Several deeds as one commit: each is judged as if those before it were done, and what they write comes out record by record.

use std::collections::BTreeSet;

use crate::model::{Book, DocumentId, Key, Ledger, Write};

/// Deeds that are done together or not at all.
#[derive(Debug, Clone)]
pub struct Together<'a> {
    before: &'a Ledger,
    supposed: Ledger,
    keys: BTreeSet<Key>,
}

impl<'a> Together<'a> {
    /// None yet.
    pub fn new(before: &'a Ledger) -> Self {
        Self { before, supposed: before.clone(), keys: BTreeSet::new() }
    }

    /// The document as it would be after what was added.
    pub fn book(&self, document: &DocumentId) -> Option<Book<'_>> {
        Book::open(&self.supposed, document)
    }

    /// Adds the writes of one more deed.
    pub fn add(&mut self, writes: &[Write]) {
        self.supposed.suppose(writes);
        self.keys.extend(writes.iter().map(|write| write.key.clone()));
    }

    /// What has to be written for all of them: each record once, and none that ends as it was.
    pub fn writes(&self) -> Vec<Write> {
        let record = |ledger: &Ledger, key: &Key| ledger.get(key).map(|entry| entry.record.as_ref().clone());
        let changed = self.keys.iter().filter(|key| record(self.before, key) != record(&self.supposed, key));
        changed
            .map(|key| Write { key: key.clone(), base: self.before.version(key), value: record(&self.supposed, key) })
            .collect()
    }
}
