//! The office's host: `duban serve`, under an account of its own.

use std::io;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::local::Local;
use super::super::open::{self, Kind, Settle, Trust};
use super::super::{Damage, Notice, OpenError, Purpose, ReadOnly};
use super::door::Door;
use super::house::House;
use super::{limits, socket};
use crate::model::Head;

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The ledger cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The journal is damaged: it has to be repaired first.
    #[error("the journal is damaged: {0}")]
    Damaged(Damage),
    /// The socket cannot be made.
    #[error("{}: {source}", .path.display())]
    Socket {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Where the service listens.
#[derive(Debug)]
pub enum Listen {
    /// On a socket that systemd made and keeps.
    Given(UnixListener),
    /// On a socket of its own, for its group (0660) when `group`, else for its user alone.
    At {
        /// The socket.
        path: PathBuf,
        /// Whether its group may come in.
        group: bool,
    },
}

/// A service that is ready; [`Serving::run`] lets guests in.
pub struct Serving {
    door: Arc<Door>,
    own: Option<PathBuf>,
    /// What was found at the opening.
    pub notices: Vec<Notice>,
}

/// Opens a ledger to serve it.
///
/// # Errors
/// When the ledger is held, damaged or cannot be opened, or the socket not be made.
pub fn serve(dir: &Path, listen: Listen) -> Result<Serving, ServeError> {
    let (local, notices) = opened(dir)?;
    let (listener, own) = match listen {
        Listen::Given(listener) => (listener, None),
        Listen::At { path, group } => {
            let mode = if group { 0o660 } else { 0o600 };
            // The lock is that of the folder: another service, over another folder, may be at work behind this socket.
            if socket::connect(&path, limits::LOOK)
                .map_or_else(|error| error.kind() == io::ErrorKind::TimedOut, |_| true)
            {
                return Err(ServeError::Socket { path, source: io::ErrorKind::AddrInUse.into() });
            }
            match socket::listen(&path, mode) {
                Ok(listener) => (listener, Some(path)),
                Err(source) => return Err(ServeError::Socket { path, source }),
            }
        }
    };
    let house = House::new(local, dir, None, false);
    let refused = |source| ServeError::Socket { path: own.clone().unwrap_or_default(), source };
    let door = Arc::new(Door::new(house, listener).map_err(refused)?);
    Ok(Serving { door, own, notices })
}

/// A ledger that can be written, and what was found.
fn opened(dir: &Path) -> Result<(Arc<Local>, Vec<Notice>), ServeError> {
    let mut before = Vec::new();
    // An image that served another state than the journal's is put aside, and whoever opens the ledger next does without it: this service.
    for last in [false, true] {
        let lock = open::take(dir, Purpose::Serve)?;
        let (kind, notices) = open::open(dir, lock, (Purpose::Serve, Settle::Now), Trust::USUAL)?;
        // Also where a damage was found by sled alone, after the ledger was opened by its image.
        let damage = notices.iter().find_map(|notice| match notice {
            Notice::ReadOnly(ReadOnly::Damaged { damage, .. }) => Some(damage.clone()),
            _ => None,
        });
        let served = |notice: &Notice| matches!(notice, Notice::Image { served: true, .. });
        match (kind, damage) {
            (_, Some(damage)) => return Err(ServeError::Damaged(damage)),
            (Kind::Reader(_), None) => break,
            (Kind::Writer(..), None) if !last && notices.iter().any(served) => before = notices,
            (Kind::Writer(local, _), None) => {
                before.iter_mut().for_each(no_longer_served);
                before.extend(notices);
                return Ok((local, before));
            }
        }
    }
    Err(ServeError::Damaged(Damage { file: dir.to_owned(), line: 0, what: super::super::BadLine::Cut }))
}

/// Of an image that is not used any more.
fn no_longer_served(notice: &mut Notice) {
    if let Notice::Image { served, .. } = notice {
        *served = false;
    }
}

impl Serving {
    /// What ends [`Serving::run`], from another thread.
    pub fn end(&self) -> impl Fn() + Send + 'static {
        let (door, own) = (Arc::clone(&self.door), self.own.clone());
        move || {
            if let Some(path) = &own {
                let _ = std::fs::remove_file(path);
            }
            door.shut();
        }
    }

    /// What tells where the ledger stands, from another thread; `None` once it is closed.
    pub fn head(&self) -> impl Fn() -> Option<Head> + Send + 'static {
        let door = Arc::downgrade(&self.door);
        move || door.upgrade().map(|door| door.head())
    }

    /// Serves until it is ended; what guests had asked for by then is done, and the ledger closed.
    pub fn run(self) {
        self.door.open();
        self.door.emptied();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{current_actor, visit};

    #[test]
    fn the_socket_of_a_service_that_lives_is_not_taken_away() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let at = |path: &Path| Listen::At { path: path.to_owned(), group: false };
        let path = one.path().join("office");
        let serving = serve(one.path(), at(&path)).unwrap();
        let refused = serve(other.path(), at(&path)).err().unwrap();
        assert!(matches!(refused, ServeError::Socket { source, .. } if source.kind() == io::ErrorKind::AddrInUse));
        drop(serving);
        serve(other.path(), at(&path)).unwrap();
    }

    #[test]
    fn a_socket_that_was_handed_over_serves_the_next_service_too() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("given");
        // As systemd does: it keeps the socket, and each service has a copy of its descriptor.
        let kept = UnixListener::bind(&path).unwrap();
        for _ in 0..2 {
            let serving = serve(dir.path(), Listen::Given(kept.try_clone().unwrap())).unwrap();
            let end = serving.end();
            let running = std::thread::spawn(move || serving.run());
            let opened = visit(&path, &current_actor()).unwrap();
            opened.store.snapshot().unwrap();
            end();
            running.join().unwrap();
            drop(end);
        }
    }
}
