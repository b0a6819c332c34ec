//! What a guest of the office remembers of the ledger in a folder of its own: number and hash of the last commit that it saw. The chain
//! shows a change of one line; a history that was written anew from some commit on, by somebody who may write the service's files, is
//! whole in itself. It does not have the commit that others saw.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Company, News, Refused, Sealed, Store, Whereabouts, files, line};
use crate::model::{Actor, Batch, Hash, Head, Ledger, Seq};

/// What was seen of a ledger, kept in a file named after where the ledger is found.
#[derive(Debug, Clone)]
pub struct Witness {
    file: PathBuf,
    /// What stands in the file; another process of the same user may have written since.
    last: Arc<Mutex<Option<Head>>>,
}

/// That the ledger's history is not the one that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rewritten {
    /// The commit that was seen.
    pub seen: Head,
    /// What stands under its number now; `None`: the ledger ends before.
    pub now: Option<Hash>,
}

#[derive(Serialize, Deserialize)]
struct Seen {
    place: String,
    head: Head,
}

impl Witness {
    /// What this user saw of the ledger at a socket; `state` is the user's own folder.
    pub fn new(state: &Path, socket: &Path) -> Self {
        let place = socket.display().to_string();
        let file = state.join("seen").join(format!("{}.json", line::sha256(place.as_bytes())));
        let seen = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice::<Seen>(&bytes).ok());
        let last = seen.filter(|seen| seen.place == place).map(|seen| seen.head);
        Self { file, last: Arc::new(Mutex::new(last)) }
    }

    /// The last commit that was seen.
    pub fn seen(&self) -> Option<Head> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the ledger still has the commit that was seen last; nothing is noted.
    ///
    /// # Errors
    /// When the ledger cannot be asked.
    pub fn compare(&self, store: &dyn Store, head: Head) -> Result<Option<Rewritten>, Refused> {
        let Some(seen) = self.seen().filter(|seen| *seen != head && seen.seq > Seq::ZERO) else { return Ok(None) };
        // Asked even where the ledger seemed to end before: another process of this user may have written and noted since it was read.
        let before = Seq(seen.seq.0.saturating_sub(1));
        let now = match store.since(before, 1, Duration::ZERO)?.first() {
            Some(sealed) if sealed.commit.seq == seen.seq => sealed.hash,
            _ => return Ok(Some(Rewritten { seen, now: None })),
        };
        Ok((now != seen.hash).then_some(Rewritten { seen, now: Some(now) }))
    }

    /// Keeps a commit as the last one that was seen, of whatever history. Best effort: a guest whose folder cannot be written works on.
    pub fn note(&self, socket: &Path, head: Head) {
        self.keep(socket, head, |seen| seen != head);
    }

    /// The same of an answer, which may come after later commits were heard of: what was seen never goes back.
    fn advance(&self, socket: &Path, head: Head) {
        self.keep(socket, head, |seen| seen.seq < head.seq);
    }

    fn keep(&self, socket: &Path, head: Head, is_news: impl Fn(Head) -> bool) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(is_news) && head.seq > Seq::ZERO && self.write(socket, head).is_ok() {
            *last = Some(head);
        }
    }

    /// Unsynced: one that is lost with the machine is noticed less, nothing else.
    fn write(&self, socket: &Path, head: Head) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            files::make_folder(folder)?;
        }
        let text = serde_json::to_vec(&Seen { place: socket.display().to_string(), head }).map_err(io::Error::other)?;
        files::put(&self.file, |file| file.write_all(&text))
    }

    /// A ledger and its company, of which every commit that is written or heard of is noted.
    pub fn watching(
        self,
        socket: &Path,
        store: Arc<dyn Store>,
        company: Arc<dyn Company>,
    ) -> (Arc<dyn Store>, Arc<dyn Company>) {
        let watched = Arc::new(Watched { witness: self, socket: socket.to_owned(), store, company });
        (Arc::clone(&watched) as Arc<dyn Store>, watched)
    }
}

struct Watched {
    witness: Witness,
    socket: PathBuf,
    store: Arc<dyn Store>,
    company: Arc<dyn Company>,
}

impl Store for Watched {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        self.store.snapshot()
    }

    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
        let head = self.store.commit(actor, batch)?;
        self.witness.advance(&self.socket, head);
        Ok(head)
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        self.store.since(after, max, wait)
    }
}

impl Company for Watched {
    fn tell(&self, at: &Whereabouts) -> Result<(), Refused> {
        self.company.tell(at)
    }

    fn watch(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused> {
        let news = self.company.watch(after, heard, wait)?;
        if let Some(last) = news.commits.last() {
            self.witness.note(&self.socket, Head { seq: last.commit.seq, hash: last.hash });
        }
        Ok(news)
    }

    fn leave(&self) {
        self.company.leave();
    }
}
