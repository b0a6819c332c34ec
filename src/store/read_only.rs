//! A store that only reads: it folds the journal and needs no lock, so nobody is ever refused a look.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::follow::{self, Stop};
use super::segments::{Place, Segments};
use super::{ReadOnly, Refused, Sealed, Store};
use crate::model::{Actor, Batch, Denial, Head, Ledger, Seq};

/// How often the files are looked at while somebody waits for another process's commits.
const LOOK: Duration = Duration::from_secs(1);

/// See the module.
#[derive(Debug)]
pub(super) struct Reader {
    folder: PathBuf,
    why: ReadOnly,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    ledger: Ledger,
    place: Place,
}

impl Reader {
    /// A reader of the journal in `folder` that stands at `ledger`, whose last line is at `place`.
    pub(super) fn new(folder: &Path, ledger: Ledger, place: Place, why: ReadOnly) -> Self {
        Self { folder: folder.to_owned(), why, state: Mutex::new(State { ledger, place }) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Reader {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        let mut state = self.state();
        if !matches!(self.why, ReadOnly::Damaged { .. }) {
            state.catch_up(&self.folder)?;
        }
        Ok(state.ledger.clone())
    }

    fn commit(&self, _: &Actor, _: &Batch) -> Result<Head, Refused> {
        Err(match &self.why {
            ReadOnly::Asked => Refused::Denied(Denial::OpenedToRead),
            ReadOnly::Held { pid, .. } => Refused::Denied(Denial::HeldBy { pid: *pid }),
            ReadOnly::Damaged { damage, .. } => follow::damaged(damage),
        })
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        let began = Instant::now();
        loop {
            let found = follow::commits(&self.folder, after, None, max)?;
            let left = wait.saturating_sub(began.elapsed());
            if !found.is_empty() || left.is_zero() || max == 0 {
                return Ok(found);
            }
            // A damaged journal does not grow.
            let damaged = matches!(self.why, ReadOnly::Damaged { .. });
            std::thread::sleep(if damaged { left } else { left.min(LOOK) });
        }
    }

    fn recent(&self, head: Seq, max: u64) -> Result<Vec<Sealed>, Refused> {
        follow::recent(&self.folder, head, max)
    }
}

impl State {
    fn catch_up(&mut self, folder: &Path) -> Result<(), Refused> {
        let disk = |error: std::io::Error| Refused::Down(error.to_string());
        let segments = Segments::list(folder).map_err(disk)?;
        let mut lines = segments.lines_behind(self.place, self.ledger.head().seq).map_err(disk)?;
        let place = &mut self.place;
        match follow::follow(&mut lines, &mut self.ledger, |_, _, raw| *place = raw.place).map_err(disk)? {
            Some(Stop::Damage(damage)) => Err(follow::damaged(&damage)),
            // A line that its writer has not finished yet.
            Some(Stop::Unfinished(_)) | None => Ok(()),
        }
    }
}
