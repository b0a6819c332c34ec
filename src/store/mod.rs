//! Where it is kept: one contract, several stores.
//!
//! ```text
//! stores    local      journal + memory + sled: the process that writes     memory     the oracle
//!           read_only  the journal, from the image on where there is one: everybody else
//!           host/      one process for many: the same contract through a socket
//! opening   open       lock, survey, put right, report                      format     which program may open a folder
//!           lock       one writer at a time                                 network    where locks do not hold
//!           survey     what journal and sled say together                   follow     lines in order, checked and applied
//!           image      the state in one file, for a quick start             settle     sled beside a ledger opened by its image
//!           glance     some records, for one question                       notice     what is to be said of it all
//! writing   rules      what every store checks before it writes             again      a batch whose answer was lost
//!           journal    append and sync     segments  files and lines        line       one line
//!           sled_state, codec              derived                          files      folders and files of one owner
//! people    actor      who is at work      company   who else is in         clock      the only place that asks what time it is
//!           wait       until there is news                                  witness    what a guest saw last
//! beside    drafts     what was being typed                                 originals, library   the documents as handed in
//! mending   verify     does it all agree?  repair    lines from their copies     backup/    a file of it all, and back
//! ```

mod actor;
mod again;
pub mod backup;
mod clock;
mod codec;
mod company;
pub mod drafts;
mod files;
mod follow;
mod format;
mod glance;
mod host;
mod image;
mod journal;
mod library;
mod line;
mod local;
mod lock;
mod memory;
mod network;
mod notice;
mod open;
pub mod originals;
mod read_only;
mod repair;
mod rules;
mod segments;
mod settle;
mod sled_state;
mod survey;
#[cfg(test)]
mod tests;
mod verify;
mod wait;
mod witness;

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use actor::{current_actor, name_of, new_batch_id, user_named};
pub use again::commit_again;
pub use clock::now;
pub use company::{Alone, Company, News, Other, Seat, Whereabouts};
pub use files::Exposed;
pub use glance::{Glance, glance};
pub use host::{Listen, ServeError, Serving, open_shared, serve, visit};
pub use library::{Library, library_in};
pub use memory::MemoryStore;
pub use notice::{BadLine, Damage, Notice, OpenError, Purpose, ReadOnly, Unsound};
pub use open::{open_to_read, open_to_write};
pub use repair::{Found, Repair, repair};
pub use verify::{ImageVerdict, SledVerdict, Verdict, verify};
pub use witness::{Rewritten, Witness};

use serde::{Deserialize, Serialize};

use crate::model::{Actor, Batch, Clash, Commit, Denial, Hash, Head, Ledger, Seq};

/// An open ledger, and what a person should know about its opening.
pub struct Opened {
    /// The ledger.
    pub store: Arc<dyn Store>,
    /// The others at work on it.
    pub company: Arc<dyn Company>,
    /// The documents that it was read from.
    pub library: Arc<dyn Library>,
    /// The user whose ledger it is, who may do everything: the one that its host runs as.
    pub owner: u32,
    /// What was found, in order.
    pub notices: Vec<Notice>,
}

impl Opened {
    /// What works for itself, on the files under `dir`.
    fn alone(store: Arc<dyn Store>, dir: &Path, notices: Vec<Notice>) -> Self {
        let company = Arc::new(Alone(Arc::clone(&store)));
        let library = library_in(dir);
        Self { store, company, library, owner: files::owner(dir), notices }
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("notices", &self.notices).finish_non_exhaustive()
    }
}

/// Which process holds a ledger for writing now, and what for. Takes the lock for an instant to find out.
pub fn held_by(dir: &Path) -> Option<(u32, Purpose)> {
    match lock::Lock::try_take(dir, Purpose::Command) {
        Ok(None) => Some(lock::holder(dir)),
        Ok(Some(_)) | Err(_) => None,
    }
}

/// A commit as it stands in the journal, with its own hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// What was written.
    pub commit: Arc<Commit>,
    /// SHA-256 of its line; the next commit's `prev`.
    pub hash: Hash,
}

/// Why a store does not do what it was asked, by who must act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refused {
    /// Somebody changed the record since it was read: look at what is there now, and decide.
    #[error("changed since by somebody else ({} records)", .0.len())]
    Conflict(Vec<Clash>),
    /// The actor's role does not allow it.
    #[error("not allowed: {0}")]
    Denied(Denial),
    /// The batch itself is wrong: a fault of the caller.
    #[error("invalid batch: {0}")]
    Invalid(String),
    /// Another batch was written under this id: a fault of the caller.
    #[error("batch id reused for other content (commit {0})")]
    Reused(Seq),
    /// The answer was lost; ask again with the same id.
    #[error("the answer was lost; ask again with the same id")]
    Unknown,
    /// The host of the ledger does not answer; the text of what to do depends on why.
    #[error("the host is away: {0}")]
    Away(Away),
    /// The store cannot write (or read) now: disk, lock or damage; the text says what happened.
    #[error("the store is down: {0}")]
    Down(String),
}

/// Why the host of a ledger does not answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Away {
    /// Nobody hosts it: the service is not running, or was stopped just now.
    #[error("no host")]
    NoHost,
    /// The process takes connections and says nothing: it is stopped, or its disk hangs.
    #[error("process {pid} does not answer")]
    Silent {
        /// The host's process.
        pid: u32,
    },
    /// It speaks another protocol than this program: the older of the two has to be started anew.
    #[error("the host is version {theirs}")]
    Version {
        /// The host's version.
        theirs: String,
        /// Whether the host is the newer one.
        newer: bool,
    },
    /// It has as many connections as it takes, or as it takes from one user.
    #[error("too many connections")]
    Crowded,
    /// What it says is no answer.
    #[error("not understood: {0}")]
    Garbled(String),
    /// The socket is there, and this user may not connect to it: not in the group of those who may.
    #[error("the socket is not for this user")]
    NotForYou,
    /// The screen that kept the user's own ledger has gone, and no other has taken its place.
    #[error("the host has gone")]
    OwnGone,
    /// The host that answers now lacks a commit that the one before told of: a backup was restored, or the history was written anew.
    /// What is shown is no state of its ledger; whoever goes on starts anew.
    #[error("the host keeps another history")]
    Rewritten,
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
    /// See [`Refused`]; nothing was written then, except after [`Refused::Unknown`], and perhaps after [`Away::Silent`]: what a stopped host
    /// was sent it writes when it goes on. The same id asked again tells.
    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused>;

    /// The commits after `after`, at most `max`, in order. When there are none yet, waits up to `wait` for one.
    ///
    /// # Errors
    /// [`Refused::Down`] when they cannot be read.
    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused>;

    /// The newest commits up to `head`, in order: at most `max`, and fewer where they are large, such as the reading-in of a whole
    /// document. For what is shown first; [`Store::since`] has them all.
    ///
    /// # Errors
    /// [`Refused::Down`] when they cannot be read.
    fn recent(&self, head: Seq, max: u64) -> Result<Vec<Sealed>, Refused> {
        self.since(Seq(head.0.saturating_sub(max)), usize::MAX, Duration::ZERO)
    }
}
