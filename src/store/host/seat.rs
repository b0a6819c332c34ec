//! A seat at a ledger: host or guest, and when the host goes, the change from one to the other. The faces hold one and need not know.

use std::cell::Cell;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::super::library::Folder;
use super::super::lock::Lock;
use super::super::open::{self, Kind, Settle, Trust};
use super::super::{
    Alone, Away, Company, Library, News, Notice, OpenError, Opened, Purpose, Refused, Sealed, Seat, Store, Whereabouts,
    new_batch_id,
};
use super::client::{Client, Known};
use super::door::Door;
use super::house::House;
use super::talk::Session;
use super::{limits, socket};
use crate::model::{Actor, Batch, Hash, Head, Ledger, Seq};

/// Opens a ledger of the user's own to write. A screen becomes its host, for whom else the user starts; where there is a host, the
/// process is its guest. A command that finds no host opens the folder for itself.
///
/// # Errors
/// [`OpenError::Held`] when another process holds it and is no host, [`OpenError::Away`] when the host does not answer, and when
/// the disk refuses.
pub fn open_shared(dir: &Path, purpose: Purpose, actor: &Actor) -> Result<Opened, OpenError> {
    let (session, known) = (new_batch_id().0, Arc::default());
    let until = Instant::now() + limits::TAKEOVER;
    loop {
        let held = match open::take(dir, purpose) {
            Ok(lock) => return open_own(dir, lock, purpose, (session, actor)),
            Err(held @ OpenError::Held { purpose: Purpose::Screen | Purpose::Serve, .. }) => held,
            Err(error) => return Err(error),
        };
        let path = socket::beside(dir);
        match Client::new(&path, session, &known) {
            Ok(client) => {
                let owner = client.host().uid;
                let place = if purpose == Purpose::Command { Place::Own(path) } else { Place::Folder(dir.to_owned()) };
                return Ok(Shared::opened(place, (session, actor), Sitting::Guest(client), known, owner, Vec::new()));
            }
            // It is just opening, or just going.
            Err(Away::NoHost) if Instant::now() < until => thread::sleep(limits::LOOK),
            Err(Away::NoHost) => return Err(held),
            Err(away) => return Err(OpenError::Away(away)),
        }
    }
}

/// Opens the ledger of an office, through the socket of its service.
///
/// # Errors
/// [`OpenError::Away`] when it does not answer.
pub fn visit(path: &Path, actor: &Actor) -> Result<Opened, OpenError> {
    let (session, known) = (new_batch_id().0, Arc::default());
    let client = Client::new(path, session, &known).map_err(OpenError::Away)?;
    let owner = client.host().uid;
    let place = Place::Socket(path.to_owned());
    Ok(Shared::opened(place, (session, actor), Sitting::Guest(client), known, owner, Vec::new()))
}

fn open_own(dir: &Path, lock: Lock, purpose: Purpose, here: (Session, &Actor)) -> Result<Opened, OpenError> {
    let (kind, mut notices) = open::open(dir, lock, (purpose, Settle::Later), Trust::USUAL)?;
    let (local, unsettled) = match kind {
        Kind::Reader(reader) => return Ok(Opened::alone(reader, dir, notices)),
        Kind::Writer(local, _) if purpose == Purpose::Command => return Ok(Opened::alone(local, dir, notices)),
        Kind::Writer(local, unsettled) => (local, unsettled),
    };
    let house = House::new(local, dir, Some(here), unsettled);
    let owner = house.owner;
    let (sitting, failed) = Host::begin(house, dir);
    notices.extend(failed.map(|error| Notice::NotShared(error.to_string())));
    Ok(Shared::opened(Place::Folder(dir.to_owned()), here, Sitting::Host(sitting), Arc::default(), owner, notices))
}

/// Where the ledger is found.
#[derive(Debug, Clone)]
enum Place {
    /// In a folder of the user's own: when the host goes, this process may take over.
    Folder(PathBuf),
    /// Behind the socket of a screen of the user's own: a command takes nothing over.
    Own(PathBuf),
    /// Behind the socket of an office's service.
    Socket(PathBuf),
}

/// What this process is now.
enum Sitting {
    Host(Host),
    Guest(Client),
    /// The ledger was found damaged when it was taken over: it can be read.
    Reader(Reading),
}

/// A ledger that is only read, by this process for itself.
struct Reading {
    alone: Alone,
    library: Folder,
    /// What was found at the takeover, and was not told yet.
    found: Mutex<Vec<Notice>>,
}

impl Company for Reading {
    fn tell(&self, at: &Whereabouts) -> Result<(), Refused> {
        self.alone.tell(at)
    }

    fn watch(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused> {
        let notices = std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner));
        if notices.is_empty() {
            return self.alone.watch(after, heard, wait);
        }
        // Where no commit can be read, the notices say why.
        let commits = self.alone.0.since(after, usize::MAX, Duration::ZERO).unwrap_or_default();
        Ok(News { commits, others: Vec::new(), heard: 1, seat: Seat::Alone, notices })
    }
}

/// Why there is no seat.
enum NoSeat {
    /// There is no host, or it does not answer.
    Away(Away),
    /// This process may be the host, and the folder does not open (a full disk, say); why.
    Closed(String),
}

/// A host with its door.
struct Host {
    house: Arc<House>,
    /// `None` where the system gives no socket: nobody else can come in.
    door: Option<Arc<Door>>,
    path: PathBuf,
}

impl Host {
    fn begin(house: Arc<House>, dir: &Path) -> (Self, Option<std::io::Error>) {
        let path = socket::beside(dir);
        let door = socket::listen(&path, 0o600).and_then(|listener| {
            let door = Arc::new(Door::new(Arc::clone(&house), listener)?);
            let opened = Arc::clone(&door);
            thread::Builder::new().name("door".to_owned()).spawn(move || opened.open())?;
            Ok(door)
        });
        match door {
            Ok(door) => (Self { house, door: Some(door), path }, None),
            Err(error) => (Self { house, door: None, path }, Some(error)),
        }
    }

    fn end(&self) {
        if let Some(door) = &self.door {
            // While the lock is still held: nobody else's socket can be there.
            let _ = std::fs::remove_file(&self.path);
            door.shut();
        }
    }
}

impl Sitting {
    fn store(&self) -> &dyn Store {
        match self {
            Self::Host(host) => host.house.as_ref(),
            Self::Guest(client) => client,
            Self::Reader(reading) => reading.alone.0.as_ref(),
        }
    }

    fn library(&self) -> &dyn Library {
        match self {
            Self::Host(host) => &host.house.library,
            Self::Guest(client) => client,
            Self::Reader(reading) => &reading.library,
        }
    }

    fn company(&self) -> &dyn Company {
        match self {
            Self::Host(host) => host.house.as_ref(),
            Self::Guest(client) => client,
            Self::Reader(reading) => reading,
        }
    }
}

/// See the module.
struct Shared {
    place: Place,
    session: Session,
    actor: Actor,
    /// Held for an instant only: whoever leaves or asks must not wait for who looks for a host.
    now: Mutex<Arc<Sitting>>,
    /// What any host told of.
    known: Arc<Known>,
    /// Held by who looks for a host, for one look.
    looking: Mutex<()>,
    /// This process is about to end: it does not become host any more, or its socket would be left behind.
    left: AtomicBool,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Shared {
    fn opened(
        place: Place,
        (session, actor): (Session, &Actor),
        sitting: Sitting,
        known: Arc<Known>,
        owner: u32,
        notices: Vec<Notice>,
    ) -> Opened {
        let now = Mutex::new(Arc::new(sitting));
        let (looking, left) = (Mutex::default(), AtomicBool::new(false));
        let shared = Arc::new(Self { place, session, actor: actor.clone(), now, known, looking, left });
        Opened {
            store: Arc::clone(&shared) as Arc<dyn Store>,
            company: Arc::clone(&shared) as Arc<dyn Company>,
            library: shared,
            owner,
            notices,
        }
    }

    fn now(&self) -> MutexGuard<'_, Arc<Sitting>> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks whoever is host. When the host has gone, another is found (or this process becomes it) and is asked the same: a batch
    /// has its id, so that it is written once.
    fn ask<T>(&self, ask: impl Fn(&Sitting) -> Result<T, Refused>) -> Result<T, Refused> {
        self.ask_within(limits::TAKEOVER, ask)
    }

    fn ask_within<T>(&self, patience: Duration, ask: impl Fn(&Sitting) -> Result<T, Refused>) -> Result<T, Refused> {
        self.ask_each(patience, ask).map_err(|refused| match (&self.place, refused) {
            // No service is to be started then.
            (Place::Folder(_) | Place::Own(_), Refused::Away(Away::NoHost)) => Refused::Away(Away::OwnGone),
            (_, refused) => refused,
        })
    }

    fn ask_each<T>(&self, patience: Duration, ask: impl Fn(&Sitting) -> Result<T, Refused>) -> Result<T, Refused> {
        let mut sitting = Arc::clone(&self.now());
        let mut until = None;
        loop {
            match ask(&sitting) {
                // Hosts come, and none of them has an answer to this.
                Err(gone @ (Refused::Unknown | Refused::Away(Away::NoHost)))
                    if until.is_some_and(|until| Instant::now() > until) =>
                {
                    return Err(gone);
                }
                Err(gone @ (Refused::Unknown | Refused::Away(Away::NoHost))) => {
                    match self.sit_anew(&sitting, *until.get_or_insert_with(|| Instant::now() + patience)) {
                        Ok(anew) => sitting = anew,
                        Err(NoSeat::Away(Away::NoHost)) => return Err(gone),
                        Err(NoSeat::Away(away)) => return Err(Refused::Away(away)),
                        // It may have been written by the host that has gone.
                        Err(NoSeat::Closed(_)) if gone == Refused::Unknown => return Err(gone),
                        Err(NoSeat::Closed(why)) => return Err(Refused::Down(why)),
                    }
                }
                answered => return answered,
            }
        }
    }

    /// Another seat than `old`, which answers no more.
    fn sit_anew(&self, old: &Arc<Sitting>, until: Instant) -> Result<Arc<Sitting>, NoSeat> {
        loop {
            let looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Arc::clone(&self.now());
            if !Arc::ptr_eq(&now, old) {
                return Ok(now);
            }
            match self.sit().and_then(|sitting| self.take(sitting)) {
                Err(NoSeat::Away(Away::NoHost)) if Instant::now() < until => {}
                sat => return sat,
            }
            drop(looking);
            thread::sleep(limits::LOOK);
        }
    }

    /// Sits down, unless this process is leaving.
    fn take(&self, sitting: Sitting) -> Result<Arc<Sitting>, NoSeat> {
        let mut now = self.now();
        if self.left.load(Ordering::SeqCst) {
            if let Sitting::Host(host) = &sitting {
                host.end();
            }
            return Err(NoSeat::Away(Away::NoHost));
        }
        *now = Arc::new(sitting);
        Ok(Arc::clone(&now))
    }

    fn sit(&self) -> Result<Sitting, NoSeat> {
        let visit =
            |path: &Path| Client::new(path, self.session, &self.known).map(Sitting::Guest).map_err(NoSeat::Away);
        let dir = match &self.place {
            Place::Socket(path) | Place::Own(path) => return visit(path),
            Place::Folder(dir) => dir,
        };
        if self.left.load(Ordering::SeqCst) {
            return Err(NoSeat::Away(Away::NoHost));
        }
        match Lock::try_take(dir, Purpose::Screen) {
            Ok(Some(lock)) => match open::open(dir, lock, (Purpose::Screen, Settle::Later), Trust::USUAL) {
                Ok((Kind::Writer(local, unsettled), mut notices)) => {
                    let house = House::new(local, dir, Some((self.session, &self.actor)), unsettled);
                    let (host, failed) = Host::begin(house, dir);
                    notices.extend(failed.map(|error| Notice::NotShared(error.to_string())));
                    host.house.notice(notices);
                    Ok(Sitting::Host(host))
                }
                Ok((Kind::Reader(reader), notices)) => {
                    let (alone, library) = (Alone(reader), Folder(dir.clone()));
                    Ok(Sitting::Reader(Reading { alone, library, found: Mutex::new(notices) }))
                }
                Err(error) => Err(NoSeat::Closed(error.to_string())),
            },
            Ok(None) => visit(&socket::beside(dir)),
            Err(error) => Err(NoSeat::Closed(error.to_string())),
        }
    }
}

impl Store for Shared {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        self.ask(|sitting| sitting.store().snapshot())
    }

    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
        let lost = Cell::new(false);
        let answer = self.ask(|sitting| {
            let answer = sitting.store().commit(actor, batch);
            lost.set(lost.get() || answer == Err(Refused::Unknown));
            answer
        });
        match answer {
            // A host that did not answer may have written it, whatever became of the search for another one.
            Err(Refused::Away(_) | Refused::Down(_)) if lost.get() => Err(Refused::Unknown),
            answer => answer,
        }
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        self.ask(|sitting| sitting.store().since(after, max, wait))
    }

    fn recent(&self, head: Seq, max: u64) -> Result<Vec<Sealed>, Refused> {
        self.ask(|sitting| sitting.store().recent(head, max))
    }
}

impl Library for Shared {
    fn keep(&self, sha256: Hash, bytes: &[u8]) -> Result<(), Refused> {
        self.ask(|sitting| sitting.library().keep(sha256, bytes))
    }

    fn original(&self, sha256: Hash) -> Result<Vec<u8>, Refused> {
        self.ask(|sitting| sitting.library().original(sha256))
    }
}

impl Company for Shared {
    fn tell(&self, at: &Whereabouts) -> Result<(), Refused> {
        self.ask(|sitting| sitting.company().tell(at))
    }

    fn watch(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused> {
        let asked = Arc::clone(&self.now());
        self.ask_within(limits::SAY_SO, |sitting| {
            // Another host counts anew: whoever waits is told at once who it is.
            let heard = if std::ptr::eq(sitting, &raw const *asked) { heard } else { 0 };
            sitting.company().watch(after, heard, wait)
        })
    }

    fn leave(&self) {
        let now = self.now();
        self.left.store(true, Ordering::SeqCst);
        let sitting = Arc::clone(&now);
        if let Sitting::Host(host) = sitting.as_ref() {
            host.end();
            drop(now);
            // Whoever waits for news on another thread holds the ledger until the process ends, so that nothing is dropped by then.
            host.house.rest();
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::current_actor;
    use super::*;

    fn guest_of_a_stopped_host(dir: &Path) -> (Arc<Shared>, std::os::unix::net::UnixListener) {
        // It listens and says nothing, like a stopped process.
        let listener = socket::listen(&socket::beside(dir), 0o600).unwrap();
        let alone = Alone(Arc::new(super::super::super::MemoryStore::default()));
        let sitting = Sitting::Reader(Reading { alone, library: Folder(dir.to_owned()), found: Mutex::default() });
        let shared = Shared {
            place: Place::Folder(dir.to_owned()),
            session: [1; 16],
            actor: current_actor(),
            now: Mutex::new(Arc::new(sitting)),
            known: Arc::default(),
            looking: Mutex::default(),
            left: AtomicBool::new(false),
        };
        (Arc::new(shared), listener)
    }

    #[test]
    fn leaving_does_not_wait_for_who_looks_for_a_host() {
        let dir = tempfile::tempdir().unwrap();
        let lock = Lock::try_take(dir.path(), Purpose::Screen).unwrap();
        let (shared, listener) = guest_of_a_stopped_host(dir.path());
        let looking = Arc::clone(&shared);
        let looking = thread::spawn(move || {
            let old = Arc::clone(&looking.now());
            looking.sit_anew(&old, Instant::now()).map(drop)
        });
        // It waits for the greeting now, and goes on doing so for as long as this connection is kept.
        let (kept, _) = listener.accept().unwrap();
        shared.leave();
        assert!(!looking.is_finished(), "whoever leaves has not waited for it");
        drop((kept, listener));
        assert!(looking.join().unwrap().is_err());
        drop(lock);
    }

    #[test]
    fn who_leaves_does_not_become_host_any_more() {
        let dir = tempfile::tempdir().unwrap();
        let (shared, listener) = guest_of_a_stopped_host(dir.path());
        drop(listener);
        shared.leave();
        let old = Arc::clone(&shared.now());
        assert!(matches!(shared.sit_anew(&old, Instant::now()), Err(NoSeat::Away(Away::NoHost))));
        assert!(Lock::try_take(dir.path(), Purpose::Screen).unwrap().is_some(), "the lock is free");
    }
}
