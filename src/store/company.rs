//! Who else is in, and what they have open: not part of the ledger, kept nowhere, gone with the connection.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Notice, Refused, Sealed, Store};
use crate::model::{Actor, Key, Seq};

/// What somebody has open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// The record under the cursor or in the form: an item, a filing, a figure. `None`: nothing in particular.
    pub key: Option<Key>,
    /// Whether it is being edited, not only looked at.
    pub editing: bool,
}

/// Somebody else who is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Who, by the host's word.
    pub actor: Actor,
    /// What they have open, by their own word.
    pub at: Whereabouts,
}

/// Who keeps the ledger that this process works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// This process itself, and for nobody else.
    Alone,
    /// This process itself; the user's others work through it.
    Host,
    /// Another process, through its socket.
    Guest {
        /// The host's process.
        pid: u32,
        /// The user that the host runs as.
        uid: u32,
    },
}

/// What happened since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The new commits, in order.
    pub commits: Vec<Sealed>,
    /// Everybody else who is in now, by name.
    pub others: Vec<Other>,
    /// To be handed in at the next [`Company::watch`].
    pub heard: u64,
    /// Who keeps the ledger now.
    pub seat: Seat,
    /// What was found in the ledger meanwhile, where this process keeps it.
    pub notices: Vec<Notice>,
}

/// The others at work on the same ledger. Blocking; safe to share between threads.
pub trait Company: Send + Sync {
    /// Tells the others what this process has open.
    ///
    /// # Errors
    /// [`Refused::Away`] when the host cannot be reached.
    fn tell(&self, at: &Whereabouts) -> Result<(), Refused>;

    /// Waits up to `wait` for commits after `after`, or for a change in who is in, what they have open or who hosts since
    /// `heard` (0 at first: answers at once).
    ///
    /// # Errors
    /// [`Refused::Away`] when the host cannot be reached: the caller says so and asks again after a pause.
    fn watch(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused>;

    /// This process is about to end: whoever works through it looks for another host at once.
    fn leave(&self) {}
}

/// No company: a process that works for itself.
pub struct Alone(pub Arc<dyn Store>);

impl Company for Alone {
    fn tell(&self, _: &Whereabouts) -> Result<(), Refused> {
        Ok(())
    }

    fn watch(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused> {
        let wait = if heard == 0 { Duration::ZERO } else { wait };
        let commits = self.0.since(after, usize::MAX, wait)?;
        Ok(News { commits, others: Vec::new(), heard: 1, seat: Seat::Alone, notices: Vec::new() })
    }
}
