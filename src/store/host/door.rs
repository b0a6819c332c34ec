//! The listening socket: lets guests in, counts them, and shuts behind the last.

use std::collections::HashMap;
use std::io;
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};

use super::house::House;
use super::socket::Peer;
use super::{guest, limits};
use crate::model::Head;

/// What a connection's thread needs at most; a thousand guests take little then.
const STACK: usize = 512 * 1024;
/// How long to wait when the system has no more files or threads to give.
const BREATH: Duration = Duration::from_millis(100);

/// See the module.
pub(super) struct Door {
    house: Arc<House>,
    listener: UnixListener,
    guests: Mutex<Guests>,
    shut: AtomicBool,
    /// Readable once the door is shut. The listener itself is left alone: systemd's is the next service's as well, and would refuse
    /// everybody for good once it is shut down.
    knock: OwnedFd,
}

#[derive(Default)]
struct Guests {
    next: u64,
    streams: HashMap<u64, UnixStream>,
    of_user: HashMap<u32, usize>,
}

impl Door {
    /// A door to a house; [`Door::open`] lets guests in.
    pub(super) fn new(house: Arc<House>, listener: UnixListener) -> io::Result<Self> {
        let knock = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        Ok(Self { house, listener, guests: Mutex::default(), shut: AtomicBool::new(false), knock })
    }

    /// Where the ledger behind it stands.
    pub(super) fn head(&self) -> Head {
        self.house.head()
    }

    fn guests(&self) -> MutexGuard<'_, Guests> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets guests in until the door is shut.
    pub(super) fn open(self: &Arc<Self>) {
        loop {
            let mut ends = [PollFd::new(&self.listener, PollFlags::IN), PollFd::new(&self.knock, PollFlags::IN)];
            let waited = poll(&mut ends, None);
            if self.shut.load(Ordering::SeqCst) {
                return;
            }
            match waited {
                // Who knocks from here on is not lost: it waits for the next host, or finds the socket closed.
                Ok(_) => match self.listener.accept() {
                    Ok((stream, _)) => self.let_in(stream),
                    Err(_) => thread::sleep(BREATH),
                },
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => thread::sleep(BREATH),
            }
        }
    }

    fn let_in(self: &Arc<Self>, stream: UnixStream) {
        let Ok(peer) = Peer::of(&stream) else { return };
        let Ok(kept) = stream.try_clone() else { return };
        let number = self.guests().note(kept, peer.uid, self.house.owner);
        if self.shut.load(Ordering::SeqCst) {
            // It came while the others were being sent away.
            let _ = stream.shutdown(Shutdown::Both);
        }
        let (door, uid) = (Arc::clone(self), peer.uid);
        let served = thread::Builder::new().name("guest".to_owned()).stack_size(STACK).spawn(move || {
            guest::serve(&door.house, stream, &peer, number.is_none());
            door.guests().forget(number, uid);
        });
        if served.is_err() {
            self.guests().forget(number, uid);
            thread::sleep(BREATH);
        }
    }

    /// Lets nobody in any more, and ends every connection. What a guest was being told may be cut off; it asks the next host again.
    pub(super) fn shut(&self) {
        self.shut.store(true, Ordering::SeqCst);
        let _ = rustix::io::write(&self.knock, &1u64.to_ne_bytes());
        for stream in self.guests().streams.values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Door {
    /// Waits until the last guest's thread has ended, for as long as a request may take; then has what is derived on the disk.
    pub(super) fn emptied(&self) {
        let until = std::time::Instant::now() + limits::PATIENCE;
        while !self.guests().streams.is_empty() && std::time::Instant::now() < until {
            thread::sleep(limits::LOOK);
        }
        self.house.rest();
    }
}

impl Guests {
    /// Takes note of a connection; answers its number. `None`: it is one too many. It is only told so, and takes nobody's place: else
    /// somebody who comes again and again would keep the others out.
    fn note(&mut self, stream: UnixStream, uid: u32, owner: u32) -> Option<u64> {
        let of_user = self.of_user.get(&uid).copied().unwrap_or(0);
        if self.streams.len() >= limits::CONNECTIONS || (of_user >= limits::OF_ONE_USER && uid != owner) {
            return None;
        }
        self.of_user.insert(uid, of_user + 1);
        self.next += 1;
        self.streams.insert(self.next, stream);
        Some(self.next)
    }

    fn forget(&mut self, number: Option<u64>, uid: u32) {
        let Some(number) = number else { return };
        self.streams.remove(&number);
        if let Some(of_user) = self.of_user.get_mut(&uid) {
            *of_user -= 1;
            if *of_user == 0 {
                self.of_user.remove(&uid);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_turned_away_takes_nobodys_place() {
        let mut guests = Guests::default();
        let mut come = |uid| guests.note(UnixStream::pair().unwrap().0, uid, 0).is_some();
        assert_eq!((0..600).filter(|_| come(1)).count(), limits::OF_ONE_USER);
        assert!(come(2), "there is room for others");
    }
}
