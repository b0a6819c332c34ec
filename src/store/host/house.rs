//! What a host has: the ledger, who is in, and what it remembers of its guests.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::super::library::Folder;
use super::super::local::Local;
use super::super::{Company, News, Notice, Other, Refused, Sealed, Seat, Store, Whereabouts};
use super::hub::Hub;
use super::limits;
use super::talk::Session;
use crate::model::{Actor, Batch, Denial, Head, Ledger, Seq};

/// So long sled is left alone at most after the opening.
const SETTLE_AFTER: Duration = Duration::from_secs(2);

/// See the module. As a [`Store`] and [`Company`] it serves the process that it is in.
pub(super) struct House {
    local: Arc<Local>,
    pub(super) library: Folder,
    /// The user that the host runs as: the ledger is its own.
    pub(super) owner: u32,
    pub(super) hub: Hub,
    /// Held for a large request from its second frame until it is done: one at a time. Not for an answer: it is taken as slowly as its
    /// reader likes, up to a minute, and others do not wait for that.
    pub(super) large: Mutex<()>,
    paces: Mutex<HashMap<u32, Pace>>,
    /// Who sits at this very process.
    here: (u32, Session),
    /// Dropped once the screen that sits here follows along: it has all it needs for its first frame then, and sled may be looked at.
    begin: Mutex<Option<Sender<()>>>,
    /// What was found since the opening, and who sits here was not told yet.
    found: Mutex<Vec<Notice>>,
}

/// How fast a user asks.
#[derive(Debug)]
struct Pace {
    /// When the next request may be served.
    next: Instant,
}

impl House {
    /// A house over an open ledger. `here`: who sits at this very process; nobody does in a service. `unsettled`: sled is looked at from
    /// now on, in the background.
    pub(super) fn new(local: Arc<Local>, dir: &Path, here: Option<(Session, &Actor)>, unsettled: bool) -> Arc<Self> {
        let owner = local.owner();
        let mut house = Self {
            owner,
            local,
            library: Folder(dir.to_owned()),
            hub: Hub::default(),
            large: Mutex::new(()),
            paces: Mutex::default(),
            here: here.map_or((owner, Session::default()), |(session, actor)| (actor.uid, session)),
            begin: Mutex::default(),
            found: Mutex::default(),
        };
        if let Some((session, actor)) = here {
            house.hub.enter(session, actor);
        }
        let (begin, start) = channel();
        house.begin = Mutex::new(unsettled.then_some(begin));
        let house = Arc::new(house);
        if unsettled {
            let house = Arc::clone(&house);
            let settle = move || {
                let _ = start.recv_timeout(SETTLE_AFTER);
                house.settle();
            };
            // Without it sled stays behind until the next start.
            drop(thread::Builder::new().name("settle".to_owned()).spawn(settle));
        }
        house
    }

    /// Where the ledger stands.
    pub(super) fn head(&self) -> Head {
        self.local.head()
    }

    fn found(&self) -> MutexGuard<'_, Vec<Notice>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settle(&self) {
        self.notice(self.local.settle());
    }

    /// Has who sits here told what was found.
    pub(super) fn notice(&self, mut found: Vec<Notice>) {
        // That sled caught up is no news: it does after every command, which leaves it alone, and after every kill.
        found.retain(|notice| !matches!(notice, Notice::Replayed { .. }));
        if !found.is_empty() {
            self.found().extend(found);
            self.hub.ring();
        }
    }

    /// See [`Local::rest`].
    pub(super) fn rest(&self) {
        self.local.rest();
    }

    /// What a user may do now.
    pub(super) fn standing(&self, actor: &Actor) -> Result<Standing, Refused> {
        match self.local.role_of(actor) {
            Some(may) if may.edits() => Ok(Standing::Edits),
            Some(_) => Ok(Standing::Reads),
            None => Err(Refused::Denied(Denial::NoRole { name: actor.name.clone(), uid: actor.uid })),
        }
    }

    /// The commits after one, at most so many, and whether there are more.
    pub(super) fn commits(&self, after: Seq, max: usize) -> Result<(Vec<Sealed>, bool), Refused> {
        let max = max.min(limits::COMMITS);
        let commits = self.local.since(after, max, Duration::ZERO)?;
        let last = commits.last().map_or(after, |sealed| sealed.commit.seq);
        let more = !commits.is_empty() && self.local.head().seq > last;
        Ok((commits, more))
    }

    /// What there is to tell a session now that it does not know; `None`: nothing.
    pub(super) fn news(&self, who: (u32, Session), after: Seq, heard: u64) -> Result<Option<Told>, Refused> {
        let (commits, _) = self.commits(after, limits::COMMITS)?;
        let (others, now) = self.hub.others(who);
        let company = heard != u64::MAX && heard != now;
        Ok((company || !commits.is_empty()).then_some(Told { commits, others, heard: now }))
    }

    /// Waits until a user's next request may be served.
    pub(super) fn pace(&self, uid: u32) {
        if uid == self.owner {
            return;
        }
        let wait = {
            let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            paces.entry(uid).or_insert_with(|| Pace::new(now)).wait(now)
        };
        if !wait.is_zero() {
            thread::sleep(wait);
        }
    }
}

impl Pace {
    /// A second's worth may be asked at once.
    fn earliest(now: Instant) -> Instant {
        now.checked_sub(Duration::from_secs(1)).unwrap_or(now)
    }

    fn new(now: Instant) -> Self {
        Self { next: Self::earliest(now) }
    }

    /// How long a request that came now has to wait.
    fn wait(&mut self, now: Instant) -> Duration {
        self.next = self.next.max(Self::earliest(now)) + Duration::from_secs(1) / limits::A_SECOND;
        self.next.saturating_duration_since(now)
    }
}

/// What a guest may do, as far as the host's own doors go; each write is judged by the ledger's roles besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Read, and send what one person files.
    Reads,
    /// Read, and send documents and large batches.
    Edits,
}

/// What somebody is told.
pub(super) struct Told {
    pub(super) commits: Vec<Sealed>,
    pub(super) others: Vec<Other>,
    pub(super) heard: u64,
}

impl Store for House {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        self.local.snapshot()
    }

    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
        let head = self.local.commit(actor, batch)?;
        self.hub.ring();
        Ok(head)
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        self.local.since(after, max, wait)
    }

    fn recent(&self, head: Seq, max: u64) -> Result<Vec<Sealed>, Refused> {
        self.local.recent(head, max)
    }
}

impl Company for House {
    fn tell(&self, at: &Whereabouts) -> Result<(), Refused> {
        self.hub.tell(self.here, at);
        Ok(())
    }

    fn watch(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused> {
        let until = Instant::now() + wait.min(limits::WATCH);
        drop(self.begin.lock().unwrap_or_else(PoisonError::into_inner).take());
        loop {
            let told = self.news(self.here, after, heard)?;
            let notices = std::mem::take(&mut *self.found());
            let left = until.saturating_duration_since(Instant::now());
            let ends = left.is_zero() || !notices.is_empty();
            if let Some(Told { commits, others, heard }) = told.or_else(|| ends.then(|| self.nothing(heard))) {
                return Ok(News { commits, others, heard, seat: Seat::Host, notices });
            }
            let behind = |now| now != heard || self.local.head().seq > after || !self.found().is_empty();
            self.hub.wait(left, behind);
        }
    }
}

impl House {
    fn nothing(&self, heard: u64) -> Told {
        Told { commits: Vec::new(), others: self.hub.others(self.here).0, heard }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_fast_waits_and_nobody_else() {
        // Counted, not waited for: the start lies ahead so that a second before it is there on a machine that has just been started.
        let start = Instant::now() + Duration::from_mins(1);
        let mut pace = Pace::new(start);
        let waits: Vec<Duration> = (0..150).map(|_| pace.wait(start)).collect();
        assert!(waits.iter().take(50).all(Duration::is_zero), "a second's worth at once");
        assert_eq!(waits.last(), Some(&Duration::from_secs(2)), "a hundred more, at fifty a second");
        assert!(Pace::new(start).wait(start).is_zero(), "somebody else");
        assert!(pace.wait(start + Duration::from_secs(5)).is_zero(), "later");
    }
}
