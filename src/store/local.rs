//! The store of the process that holds the lock: the journal on disk, the state in memory, sled behind.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::image::{self, Ids};
use super::journal::Journal;
use super::lock::Lock;
use super::segments::Place;
use super::sled_state::SledState;
use super::{Refused, Sealed, Store, follow, line, rules, wait};
use crate::model::role::{self, May};
use crate::model::{Actor, Batch, BatchId, Head, Ledger, Seq};

/// Commits kept in memory for those who follow along.
const RECENT: usize = 64;

/// See the module. The lock goes last: sled is closed before anybody else may open it.
#[derive(Debug)]
pub(super) struct Local {
    dir: PathBuf,
    folder: PathBuf,
    owner: u32,
    state: Mutex<State>,
    grown: Condvar,
    _lock: Lock,
}

#[derive(Debug)]
pub(super) struct State {
    /// The folder of the ledger.
    pub(super) dir: PathBuf,
    /// The fold of the journal.
    pub(super) ledger: Ledger,
    /// Where its last line is.
    pub(super) place: Place,
    /// The end of the journal.
    pub(super) journal: Journal,
    /// The derived copy; `None` when it failed or was not looked at. It is brought up to date at the next start.
    pub(super) sled: Option<SledState>,
    /// Batch ids that were read; all of them when `ids_whole`.
    pub(super) ids: Ids,
    /// Whether `ids` holds every id, else sled has the others.
    pub(super) ids_whole: bool,
    /// The last commits of this process.
    pub(super) recent: VecDeque<Sealed>,
    /// How many bytes of the journal the image lacks; at the end one is written when that is more than `image_from`.
    pub(super) unimaged: u64,
    /// See `unimaged`.
    pub(super) image_from: u64,
    /// Why nothing is written any more, after the first failure.
    pub(super) down: Option<String>,
}

impl Local {
    /// The store over the journal below `dir`, in which `owner` may do everything.
    pub(super) fn new(dir: &Path, owner: u32, state: State, lock: Lock) -> Self {
        let folder = dir.join("journal");
        Self { dir: dir.to_owned(), folder, owner, state: Mutex::new(state), grown: Condvar::new(), _lock: lock }
    }

    /// The folder of the ledger.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whose the ledger is.
    pub(super) const fn owner(&self) -> u32 {
        self.owner
    }

    /// What a user may do now.
    pub(super) fn role_of(&self, actor: &Actor) -> Option<May> {
        role::of(&self.state().ledger, self.owner, actor)
    }

    /// Where the ledger stands.
    pub(super) fn head(&self) -> Head {
        self.state().ledger.head()
    }

    /// Writes the image anew where the journal has outgrown it, while others go on. Best effort: without one the next start takes longer.
    pub(super) fn write_image(&self) {
        let mut state = self.state();
        if !state.wants_image() {
            return;
        }
        let (ledger, place, ids, lacked) = (state.ledger.clone(), state.place, state.ids.clone(), state.unimaged);
        drop(state);
        if image::write(&self.dir, &ledger, place, &ids).is_ok() {
            let mut state = self.state();
            state.unimaged = state.unimaged.saturating_sub(lacked);
        }
    }

    /// Has sled's copies on the disk too, and an image where one is due. For a process that is about to end: other threads may hold the
    /// store, so it is not dropped.
    pub(super) fn rest(&self) {
        if let Some(sled) = &mut self.state().sled {
            // Best effort: what does not reach the disk is replayed at the next start.
            drop(sled.flush());
        }
        self.write_image();
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One commit: of the last ones, else sled's copy of it, else from the files.
    fn commit_at(&self, state: &State, seq: Seq) -> Result<Sealed, Refused> {
        if let Some(recent) = state.recent.iter().find(|sealed| sealed.commit.seq == seq) {
            return Ok(recent.clone());
        }
        let copy = state.sled.as_ref().and_then(|sled| sled.copy_of(seq).ok());
        if let Some(sealed) = copy.and_then(|copy| line::decode(&copy).ok()).filter(|copy| copy.commit.seq == seq) {
            return Ok(sealed);
        }
        let found = follow::commits(&self.folder, Seq(seq.0.saturating_sub(1)), Some(seq), 1)?;
        found.into_iter().next().ok_or_else(|| Refused::Down(format!("commit {seq} cannot be read")))
    }
}

impl Store for Local {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        Ok(self.state().ledger.clone())
    }

    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
        let mut state = self.state();
        if let Some(seq) = state.commit_of(batch.id, &self.folder)? {
            let first = self.commit_at(&state, seq)?;
            return rules::answer_again(&first.commit, Head { seq, hash: first.hash }, actor, batch);
        }
        if let Some(why) = &state.down {
            return Err(Refused::Down(why.clone()));
        }
        let commit = |seq| self.commit_at(&state, seq).ok().map(|sealed| sealed.commit);
        rules::admit(&state.ledger, self.owner, actor, batch, &commit)?;
        let commit = state.ledger.prepare(actor, batch).map_err(rules::refusal)?;
        let (text, hash) = line::encode(&commit)?;
        state.write(Sealed { commit: commit.into(), hash }, &text)?;
        self.grown.notify_all();
        Ok(state.ledger.head())
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        let state = wait::until_grown(&self.grown, self.state(), wait, |state| state.ledger.head().seq > after);
        let head = state.ledger.head().seq;
        if head <= after {
            return Ok(Vec::new());
        }
        if state.recent.front().is_some_and(|first| first.commit.seq <= after.next()) {
            let new = state.recent.iter().filter(|sealed| sealed.commit.seq > after);
            return Ok(new.take(max).cloned().collect());
        }
        drop(state);
        // Only up to the head of just now: what stands behind it may not be on disk yet.
        follow::commits(&self.folder, after, Some(head), max)
    }

    fn recent(&self, head: Seq, max: u64) -> Result<Vec<Sealed>, Refused> {
        follow::recent(&self.folder, head, max)
    }
}

impl State {
    /// Journal, then memory, then sled. The first failure of the journal is the last write: what is on disk then is not known
    /// until the journal is read again.
    fn write(&mut self, sealed: Sealed, text: &[u8]) -> Result<(), Refused> {
        let head = Head { seq: sealed.commit.seq, hash: sealed.hash };
        let place = match self.journal.append(head, text) {
            Ok(place) => place,
            Err(error) => {
                let why = format!("the journal could not be written: {error}");
                self.down = Some(why.clone());
                return Err(Refused::Down(why));
            }
        };
        self.ledger.apply(&sealed.commit, sealed.hash).map_err(rules::refusal)?;
        self.ids.insert(sealed.commit.id, sealed.commit.seq);
        self.place = place;
        self.unimaged += text.len() as u64;
        if let Some(sled) = &mut self.sled
            && sled.write(&sealed, text.strip_suffix(b"\n").unwrap_or(text), place).is_err()
        {
            // It is only derived: what it lacks is replayed at the next start.
            self.sled = None;
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(sealed);
        Ok(())
    }

    /// The commit under a batch id. The ids of a long journal are looked up in sled; should sled have lost one silently, a retry
    /// still writes nothing twice: the versions it was based on have passed, and it is refused as a conflict.
    fn commit_of(&mut self, id: BatchId, folder: &Path) -> Result<Option<Seq>, Refused> {
        if let Some(seq) = self.ids.get(id) {
            return Ok(Some(seq));
        }
        if self.ids_whole {
            return Ok(None);
        }
        if let Some(Ok(found)) = self.sled.as_ref().map(|sled| sled.commit_of(id)) {
            return Ok(found);
        }
        self.read_ids(folder)?;
        Ok(self.ids.get(id))
    }

    /// Reads every id from the journal, once, when sled cannot be asked.
    fn read_ids(&mut self, folder: &Path) -> Result<(), Refused> {
        const AT_ONCE: usize = 1000;
        let (mut after, head) = (Seq::ZERO, self.ledger.head().seq);
        while after < head {
            let commits = follow::commits(folder, after, Some(head), AT_ONCE)?;
            for sealed in &commits {
                self.ids.insert(sealed.commit.id, sealed.commit.seq);
            }
            let last = commits.last().map(|sealed| sealed.commit.seq);
            after = last.ok_or_else(|| Refused::Down(format!("the journal has no commit {}", after.next())))?;
        }
        self.ids_whole = true;
        Ok(())
    }

    /// Whether the journal has outgrown the image; if so, every batch id is known.
    fn wants_image(&mut self) -> bool {
        if self.unimaged <= self.image_from || self.down.is_some() {
            return false;
        }
        if !self.ids_whole
            && let Some(Ok(ids)) = self.sled.as_ref().map(SledState::ids)
        {
            for (id, seq) in ids {
                self.ids.insert(id, seq);
            }
        }
        let all = |state: &Self| state.ids.len() as u64 == state.ledger.head().seq.0;
        all(self) || (self.read_ids(&self.dir.join("journal")).is_ok() && all(self))
    }
}

impl Drop for State {
    fn drop(&mut self) {
        if let Some(sled) = &mut self.sled {
            // Best effort: what does not reach the disk is replayed at the next start.
            drop(sled.flush());
        }
        if self.wants_image() {
            drop(image::write(&self.dir, &self.ledger, self.place, &self.ids));
        }
    }
}
