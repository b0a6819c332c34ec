//! The guest's end: a ledger through a socket. Every request may be asked twice, so a lost connection is simply made anew.

use std::collections::BTreeMap;
use std::io;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::{Away, Company, Library, News, Refused, Sealed, Seat, Store, Whereabouts, codec};
use super::frame::{self, Broken};
use super::limits;
use super::socket::{self, Peer};
use super::talk::{Answer, Greeting, MAGIC, PROTOCOL, Request, Session, Welcome};
use crate::model::{Actor, Batch, Hash, Head, Ledger, Seq};

/// The newest commit that a host has told of. Whoever answers next has to have it too: where a backup was put in the place of the folder
/// while the service was away, the same numbers stand for other commits.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Head>);

impl Known {
    fn head(&self) -> Head {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, answer: &Answer) {
        let head = match answer {
            Answer::Ledger(head, _) | Answer::Wrote(head) => Some(*head),
            Answer::Commits(commits, _) | Answer::News(commits, ..) => {
                commits.last().map(|sealed| Head { seq: sealed.commit.seq, hash: sealed.hash })
            }
            _ => None,
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(head) = head.filter(|head| head.seq > known.seq) {
            *known = head;
        }
    }
}

/// See the module. Each thread that asks has a connection for as long as it waits; they are kept for the next.
#[derive(Debug)]
pub(super) struct Client {
    path: PathBuf,
    session: Session,
    idle: Mutex<Vec<UnixStream>>,
    host: Mutex<HostAt>,
    known: Arc<Known>,
}

/// Who answered last.
#[derive(Debug, Clone, Copy)]
pub(super) struct HostAt {
    pub(super) pid: u32,
    pub(super) uid: u32,
}

/// Why there is no answer.
enum Failed {
    /// No connection: nothing was asked.
    NotAsked(Away),
    /// It ended, or the host fell silent, after it was asked.
    Lost(Away),
}

impl Client {
    /// Connects to the host at a socket; `known` goes from host to host.
    pub(super) fn new(path: &Path, session: Session, known: &Arc<Known>) -> Result<Self, Away> {
        let (mut stream, host) = connect(path, session)?;
        recognise(&mut stream, known.head())?;
        let (idle, host) = (Mutex::new(vec![stream]), Mutex::new(host));
        Ok(Self { path: path.to_owned(), session, idle, host, known: Arc::clone(known) })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<UnixStream>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The host that answered last.
    pub(super) fn host(&self) -> HostAt {
        *self.host.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks, and waits for the answer; `wait` is what the request itself may take.
    fn ask(&self, request: &Request, wait: Duration) -> Result<Answer, Refused> {
        let bytes = codec::message(request).map_err(|error| Refused::Invalid(error.to_string()))?;
        let idle = self.idle().pop();
        let outcome = match idle {
            // The host may have been started anew since the connection was made.
            Some(stream) => match self.ask_through(stream, &bytes, wait) {
                Err(Failed::Lost(Away::NoHost)) => match self.ask_anew(&bytes, wait) {
                    // It may have been heard the first time.
                    Err(Failed::NotAsked(away)) => Err(Failed::Lost(away)),
                    outcome => outcome,
                },
                outcome => outcome,
            },
            None => self.ask_anew(&bytes, wait),
        };
        match outcome {
            Ok(Answer::Refused(refused)) => Err(refused),
            Ok(answer) => {
                self.known.note(&answer);
                Ok(answer)
            }
            // Of a batch nobody knows then whether it was written; whatever else was asked changes nothing.
            Err(Failed::Lost(Away::Garbled(_))) if matches!(request, Request::Commit(_)) => Err(Refused::Unknown),
            Err(Failed::NotAsked(away) | Failed::Lost(away @ (Away::Silent { .. } | Away::Garbled(_)))) => {
                Err(Refused::Away(away))
            }
            Err(Failed::Lost(_)) => Err(Refused::Unknown),
        }
    }

    fn ask_anew(&self, bytes: &[u8], wait: Duration) -> Result<Answer, Failed> {
        let (mut stream, host) = connect(&self.path, self.session).map_err(|away| {
            Failed::NotAsked(match away {
                // It was known when it last answered.
                Away::Silent { pid: 0 } => Away::Silent { pid: self.host().pid },
                away => away,
            })
        })?;
        recognise(&mut stream, self.known.head()).map_err(Failed::NotAsked)?;
        *self.host.lock().unwrap_or_else(PoisonError::into_inner) = host;
        self.ask_through(stream, bytes, wait)
    }

    fn ask_through(&self, mut stream: UnixStream, bytes: &[u8], wait: Duration) -> Result<Answer, Failed> {
        let patience = if bytes.len() > limits::FRAME { limits::LARGE_PATIENCE } else { limits::PATIENCE };
        let lost = |broken| match broken {
            Broken::Late => Failed::Lost(Away::Silent { pid: self.host().pid }),
            Broken::Gone | Broken::System | Broken::TooLarge => Failed::Lost(Away::NoHost),
        };
        // A host that refuses a request as too large ends the connection in the middle of it; its answer is there all the same.
        let sent = frame::send(&mut stream, bytes, patience);
        if let Err(broken @ Broken::Late) = sent {
            return Err(lost(broken));
        }
        let answer = self.receive(&mut stream, wait).map_err(lost)?;
        match codec::read_message(&answer) {
            Ok(answer) => {
                if sent.is_ok() {
                    self.idle().push(stream);
                }
                Ok(answer)
            }
            Err(error) => Err(Failed::Lost(Away::Garbled(error.to_string()))),
        }
    }

    /// An answer. A silent host is asked through another connection whether it lives: it may only be slow (a disk under load).
    fn receive(&self, stream: &mut UnixStream, wait: Duration) -> Result<Vec<u8>, Broken> {
        let more = || Some((limits::ANSWER, limits::LARGE_PATIENCE, ()));
        let silence = wait + limits::SILENCE;
        let received = match frame::receive(stream, Some(silence), limits::LARGE_PATIENCE, more) {
            Err(Broken::Late) if connect(&self.path, self.session).is_ok() => {
                frame::receive(stream, Some(limits::ANSWERED), limits::LARGE_PATIENCE, more)
            }
            received => received,
        };
        received.map(|(bytes, _)| bytes)
    }

    fn ask_quickly(&self, request: &Request) -> Result<Answer, Refused> {
        self.ask(request, Duration::ZERO)
    }
}

impl Library for Client {
    fn keep(&self, sha256: Hash, bytes: &[u8]) -> Result<(), Refused> {
        match self.ask(&Request::Keep { sha256, bytes: bytes.to_vec() }, limits::PATIENCE)? {
            Answer::Fine => Ok(()),
            other => Err(strange(&other)),
        }
    }

    fn original(&self, sha256: Hash) -> Result<Vec<u8>, Refused> {
        match self.ask_quickly(&Request::Original(sha256))? {
            Answer::Original(bytes) => Ok(bytes),
            other => Err(strange(&other)),
        }
    }
}

/// The host that a listener's process tells of; 0 where it tells of none: a socket that systemd made is systemd's own (process 1), which
/// nobody should be asked to wake.
const fn host_of(listener: u32) -> u32 {
    if listener == 1 { 0 } else { listener }
}

/// Connects and greets.
fn connect(path: &Path, session: Session) -> Result<(UnixStream, HostAt), Away> {
    let mut stream = socket::connect(path, limits::SILENCE).map_err(|error| match error.kind() {
        // So many wait at its door already that nobody can be asked who it is.
        io::ErrorKind::TimedOut => Away::Silent { pid: 0 },
        io::ErrorKind::PermissionDenied => Away::NotForYou,
        _ => Away::NoHost,
    })?;
    // Who listens: what can be said of a host that never answers.
    let pid = Peer::of(&stream).map_or(0, |peer| host_of(peer.pid));
    let broken = |broken| match broken {
        Broken::Late => Away::Silent { pid },
        Broken::Gone | Broken::System => Away::NoHost,
        Broken::TooLarge => Away::Garbled("no duban host".to_owned()),
    };
    let greeting = Greeting {
        magic: MAGIC,
        protocols: (PROTOCOL, PROTOCOL),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        session,
    };
    let garbled = |error: codec::Undecodable| Away::Garbled(error.to_string());
    let bytes = codec::message(&greeting).map_err(garbled)?;
    // A host that is crowded answers without listening; what it says counts, not whether it took our words.
    let sent = frame::send(&mut stream, &bytes, limits::SILENCE);
    let received =
        frame::receive(&mut stream, Some(limits::SILENCE), limits::SILENCE, || None::<(usize, Duration, ())>);
    let bytes = match (received, sent) {
        (Ok((bytes, _)), _) => bytes,
        (Err(_), Err(failed)) | (Err(failed), Ok(())) => return Err(broken(failed)),
    };
    let welcome: Welcome = codec::read_message(&bytes).map_err(garbled)?;
    if welcome.magic != MAGIC {
        return Err(Away::Garbled("no duban host".to_owned()));
    }
    if welcome.crowded {
        return Err(Away::Crowded);
    }
    if welcome.protocol != PROTOCOL {
        return Err(Away::Version { theirs: welcome.version, newer: welcome.newest > PROTOCOL });
    }
    Ok((stream, HostAt { pid: welcome.pid, uid: welcome.uid }))
}

/// Whether the host that was connected to has a commit that another one told of. Nothing is asked of one that has not.
fn recognise(stream: &mut UnixStream, known: Head) -> Result<(), Away> {
    let Some(before) = known.seq.0.checked_sub(1) else { return Ok(()) };
    let garbled = |error: codec::Undecodable| Away::Garbled(error.to_string());
    let bytes = codec::message(&Request::Since { after: Seq(before), max: 1 }).map_err(garbled)?;
    let more = || Some((limits::ANSWER, limits::LARGE_PATIENCE, ()));
    let answer = frame::send(stream, &bytes, limits::SILENCE)
        .and_then(|()| frame::receive(stream, Some(limits::ANSWERED), limits::LARGE_PATIENCE, more));
    let (bytes, _) = answer.map_err(|_| Away::NoHost)?;
    match codec::read_message(&bytes).map_err(garbled)? {
        Answer::Commits(commits, _) => {
            let same = |sealed: &Sealed| sealed.commit.seq == known.seq && sealed.hash == known.hash;
            if commits.first().is_some_and(same) { Ok(()) } else { Err(Away::Rewritten) }
        }
        // What is asked next is refused for the same reason, and says it.
        _ => Ok(()),
    }
}

fn strange(answer: &Answer) -> Refused {
    let kind = format!("{answer:?}").chars().take_while(char::is_ascii_alphanumeric).collect();
    Refused::Away(Away::Garbled(kind))
}

impl Store for Client {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        match self.ask_quickly(&Request::Snapshot)? {
            Answer::Ledger(head, entries) => Ok(Ledger::from_parts(head, BTreeMap::from_iter(entries))),
            other => Err(strange(&other)),
        }
    }

    /// The actor is the host's to say.
    fn commit(&self, _: &Actor, batch: &Batch) -> Result<Head, Refused> {
        match self.ask_quickly(&Request::Commit(batch.clone()))? {
            Answer::Wrote(head) => Ok(head),
            // No answer to this; it was asked for, all the same.
            _ => Err(Refused::Unknown),
        }
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        let until = Instant::now() + wait.min(limits::WATCH);
        let (mut found, mut after) = (Vec::new(), after);
        while found.len() < max {
            let request = Request::Since { after, max: (max - found.len()) as u64 };
            let (commits, more) = match self.ask_quickly(&request)? {
                Answer::Commits(commits, more) => (commits, more),
                other => return Err(strange(&other)),
            };
            after = commits.last().map_or(after, |last| last.commit.seq);
            found.extend(commits);
            let left = until.saturating_duration_since(Instant::now());
            if more {
                continue;
            }
            if !found.is_empty() || left.is_zero() {
                break;
            }
            self.wait(after, u64::MAX, left)?;
        }
        Ok(found)
    }
}

impl Client {
    fn wait(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused> {
        let milliseconds = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        match self.ask(&Request::Watch { after, heard, wait: milliseconds }, wait)? {
            Answer::News(commits, others, heard) => {
                let HostAt { pid, uid } = self.host();
                Ok(News { commits, others, heard, seat: Seat::Guest { pid, uid }, notices: Vec::new() })
            }
            other => Err(strange(&other)),
        }
    }
}

impl Company for Client {
    fn tell(&self, at: &Whereabouts) -> Result<(), Refused> {
        match self.ask_quickly(&Request::Tell(at.clone()))? {
            Answer::Fine => Ok(()),
            other => Err(strange(&other)),
        }
    }

    fn watch(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused> {
        self.wait(after, heard, wait.min(limits::BEAT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_to_wake_the_systems_first_process() {
        assert_eq!((host_of(1), host_of(27_742)), (0, 27_742));
    }
}
