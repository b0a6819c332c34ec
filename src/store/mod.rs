//! Where it is kept: one contract, several stores.

use std::sync::Arc;
use std::time::Duration;

use crate::model::{Actor, Batch, Clash, Commit, Hash, Head, Ledger, Seq};

/// A commit as it stands in the journal, with its own hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What was written.
    pub commit: Arc<Commit>,
    /// SHA-256 of its line; the next commit's `prev`.
    pub hash: Hash,
}

/// Why a store does not do what it was asked, by who must act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Somebody changed the record since it was read: look at what is there now, and decide.
    #[error("changed since by somebody else ({} records)", .0.len())]
    Conflict(Vec<Clash>),
    /// The actor's role does not allow it.
    #[error("not allowed: {0}")]
    Denied(String),
    /// The batch itself is wrong: a fault of the caller.
    #[error("invalid batch: {0}")]
    Invalid(String),
    /// Another batch was written under this id: a fault of the caller.
    #[error("batch id reused for other content (commit {0})")]
    Reused(Seq),
    /// The answer was lost; ask again with the same id.
    #[error("the answer was lost; ask again with the same id")]
    Unknown,
    /// The store cannot write (or read) now: disk, lock or damage; the text says what happened.
    #[error("the store is down: {0}")]
    Down(String),
}

/// Where a ledger is kept. Blocking; safe to share between threads.
pub trait Store: Send + Sync {
    /// The whole state now.
    ///
    /// # Errors
    /// [`Refused::Down`] when it cannot be read.
    fn snapshot(&self) -> Result<Ledger, Refused>;

    /// Writes a batch, all or nothing. `Ok` means it is on disk. The same id again answers the first head and writes nothing.
    ///
    /// # Errors
    /// See [`Refused`]; nothing was written then, except after [`Refused::Unknown`].
    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused>;

    /// The commits after `after`, at most `max`, in order. When there are none yet, waits up to `wait` for one.
    ///
    /// # Errors
    /// [`Refused::Down`] when they cannot be read.
    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused>;
}
