//! The oracle: a store in memory, made of the ledger's fold and nothing else. Tests compare every other store with it.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Refused, Sealed, Store, line, rules, wait};
use crate::model::{Actor, Batch, BatchId, Head, Ledger, Seq};

/// A ledger that is gone when the process ends. Its heads are those that the journal would have.
#[derive(Debug, Default)]
pub struct MemoryStore {
    owner: Option<u32>,
    state: Mutex<State>,
    grown: Condvar,
}

#[derive(Debug, Default)]
struct State {
    ledger: Ledger,
    commits: Vec<Sealed>,
    ids: HashMap<BatchId, Seq>,
}

impl State {
    fn commit(&self, seq: Seq) -> Option<&Sealed> {
        self.commits.get(usize::try_from(seq.0.checked_sub(1)?).ok()?)
    }
}

impl MemoryStore {
    /// An empty ledger of which everybody is the owner: roles are recorded, and hold nobody back.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty ledger of a user: roles hold for everybody else.
    pub fn owned_by(uid: u32) -> Self {
        Self { owner: Some(uid), ..Self::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        Ok(self.state().ledger.clone())
    }

    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
        let mut state = self.state();
        if let Some(first) = state.ids.get(&batch.id).and_then(|seq| state.commit(*seq)) {
            let head = Head { seq: first.commit.seq, hash: first.hash };
            return rules::answer_again(&first.commit, head, actor, batch);
        }
        let commit = |seq| state.commit(seq).map(|sealed| Arc::clone(&sealed.commit));
        rules::admit(&state.ledger, self.owner.unwrap_or(actor.uid), actor, batch, &commit)?;
        let commit = state.ledger.prepare(actor, batch).map_err(rules::refusal)?;
        let (_, hash) = line::encode(&commit)?;
        state.ledger.apply(&commit, hash).map_err(rules::refusal)?;
        state.ids.insert(commit.id, commit.seq);
        state.commits.push(Sealed { commit: commit.into(), hash });
        self.grown.notify_all();
        Ok(state.ledger.head())
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        let state = wait::until_grown(&self.grown, self.state(), wait, |state| state.ledger.head().seq > after);
        let skip = usize::try_from(after.0).unwrap_or(usize::MAX);
        Ok(state.commits.iter().skip(skip).take(max).cloned().collect())
    }
}
