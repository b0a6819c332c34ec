//! Two ledgers beside each other: in which records they differ, and whether one's history goes on from the other's.

use std::collections::BTreeMap;
use std::path::Path;

use super::BackupError;
use super::source::Source;
use crate::model::{Hash, Head, Ledger, Seq};
use crate::store::Sealed;

/// How many records of a kind there are only here, only there, or differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// In the first ledger only.
    pub gone: usize,
    /// In both, with other content.
    pub changed: usize,
    /// In the second ledger only.
    pub come: usize,
}

/// How two ledgers differ, by the names of the records' kinds; kinds that do not differ are not in it.
pub type Difference = BTreeMap<&'static str, Counts>;

/// What has to be done to the records of `one` to make those of `other` of them. Versions do not count.
pub fn difference(one: &Ledger, other: &Ledger) -> Difference {
    let mut found = Difference::new();
    for (key, entry) in one.entries() {
        match other.get(key) {
            None => found.entry(entry.record.kind()).or_default().gone += 1,
            Some(there) if there.record != entry.record => found.entry(entry.record.kind()).or_default().changed += 1,
            Some(_) => {}
        }
    }
    for (_, entry) in other.entries().filter(|(key, _)| one.get(key).is_none()) {
        found.entry(entry.record.kind()).or_default().come += 1;
    }
    found
}

/// The hashes of a history, by the number of the commit: of every line that is whole by itself.
#[derive(Debug, Clone, Default)]
pub struct Chain(BTreeMap<Seq, Hash>);

/// How a history stands to a commit that it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It holds it, and so many commits after it.
    GoesOn(u64),
    /// It ends before, with this commit.
    Shorter(Head),
    /// It has another commit of this number: another ledger's, or one of the two was changed.
    Another,
    /// Its own line of this number is damaged.
    Unknown,
}

/// Where in a history a head is that somebody has on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// It is this commit.
    In(Head),
    /// The commit of this number has another hash.
    Other(Head),
    /// The history ends before it, with this commit.
    Beyond(Head),
    /// No commit has such a hash, or the line of this number is damaged.
    Nowhere,
}

impl Chain {
    /// The history of the ledger, backup or export at a path.
    ///
    /// # Errors
    /// When it cannot be read. Damaged lines are no error: they are not in it.
    pub fn of(path: &Path) -> Result<Self, BackupError> {
        let mut chain = Self::default();
        Source::open(path)?.good_lines(&mut |_, sealed| {
            chain.0.insert(sealed.commit.seq, sealed.hash);
        })?;
        Ok(chain)
    }

    /// Its last commit.
    pub fn last(&self) -> Head {
        self.0.last_key_value().map_or_else(Head::default, |(seq, hash)| Head { seq: *seq, hash: *hash })
    }

    /// How it stands to a commit.
    pub fn relation(&self, head: Head) -> Relation {
        let last = self.last();
        match self.0.get(&head.seq) {
            Some(hash) if *hash == head.hash => Relation::GoesOn(last.seq.0.saturating_sub(head.seq.0)),
            Some(_) => Relation::Another,
            None if head.seq == Seq::ZERO => Relation::GoesOn(last.seq.0),
            None if head.seq > last.seq => Relation::Shorter(last),
            None => Relation::Unknown,
        }
    }

    /// Where a head is of which the number, if it is given, and the beginning of the hash are known.
    pub fn printed(&self, seq: Option<Seq>, begins: &str) -> Printed {
        let like = |hash: &Hash| hash.to_string().starts_with(begins);
        let Some(seq) = seq else {
            let found = self.0.iter().find(|(_, hash)| like(hash));
            return found.map_or(Printed::Nowhere, |(seq, hash)| Printed::In(Head { seq: *seq, hash: *hash }));
        };
        match self.0.get(&seq) {
            Some(hash) if like(hash) => Printed::In(Head { seq, hash: *hash }),
            Some(hash) => Printed::Other(Head { seq, hash: *hash }),
            None if seq > self.last().seq => Printed::Beyond(self.last()),
            None => Printed::Nowhere,
        }
    }
}

/// The commits of the ledger, backup or export at a path behind one, oldest first, as far as they can be read.
///
/// # Errors
/// When it cannot be read at all.
pub fn since(path: &Path, after: Seq) -> Result<Vec<Sealed>, BackupError> {
    Ok(Source::open(path)?.behind(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(hashes: &[(u64, u8)]) -> Chain {
        Chain(hashes.iter().map(|(seq, byte)| (Seq(*seq), Hash([*byte; 32]))).collect())
    }

    fn head(seq: u64, byte: u8) -> Head {
        Head { seq: Seq(seq), hash: Hash([byte; 32]) }
    }

    #[test]
    fn a_history_knows_its_own_commits_and_no_others() {
        let chain = chain(&[(1, 1), (2, 2), (4, 4)]);
        assert_eq!(chain.relation(head(2, 2)), Relation::GoesOn(2));
        assert_eq!(chain.relation(head(4, 4)), Relation::GoesOn(0));
        assert_eq!(chain.relation(head(2, 9)), Relation::Another);
        assert_eq!(chain.relation(head(3, 3)), Relation::Unknown);
        assert_eq!(chain.relation(head(5, 5)), Relation::Shorter(head(4, 4)));
        assert_eq!(chain.relation(Head::default()), Relation::GoesOn(4));
    }

    #[test]
    fn what_stands_on_paper_is_found_by_number_and_beginning() {
        let chain = chain(&[(1, 1), (2, 0xab), (4, 4)]);
        assert_eq!(chain.printed(Some(Seq(2)), "abababababab"), Printed::In(head(2, 0xab)));
        assert_eq!(chain.printed(None, "abababab"), Printed::In(head(2, 0xab)));
        assert_eq!(chain.printed(Some(Seq(1)), "abababab"), Printed::Other(head(1, 1)));
        assert_eq!(chain.printed(Some(Seq(9)), "abababab"), Printed::Beyond(head(4, 4)));
        assert_eq!(chain.printed(None, "cdcdcdcd"), Printed::Nowhere);
        assert_eq!(chain.printed(Some(Seq(3)), "abababab"), Printed::Nowhere);
    }
}
