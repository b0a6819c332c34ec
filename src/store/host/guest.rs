//! One connection of a guest. The guest may be slow, huge, malformed or a liar: it loses its connection, and nobody else anything.

use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::super::{Library as _, Refused, Store as _, codec, now};
use super::frame::{self, Broken};
use super::house::{House, Standing, Told};
use super::limits;
use super::socket::Peer;
use super::talk::{Answer, Greeting, MAGIC, PROTOCOL, Request, Session, Welcome};
use crate::model::role::Reserved;
use crate::model::{Actor, Batch, Denial, Head, Key, Seq};
use crate::text::is_sanitised;

/// Serves a connection until it ends. `crowded`: it is told so, and ends.
pub(super) fn serve(house: &House, mut stream: UnixStream, peer: &Peer, crowded: bool) {
    let Ok(session) = greet(house, &mut stream, crowded) else { return };
    let mut guest = Guest { house, actor: peer.actor(), session, stream, entered: false };
    // However it ends, there is nobody left to tell.
    let _ = guest.converse();
    if guest.entered {
        house.hub.leave((peer.uid, session));
    }
}

/// The first words; an error when the connection ends with them.
fn greet(house: &House, stream: &mut UnixStream, crowded: bool) -> Result<Session, Broken> {
    let welcome = |protocol| Welcome {
        magic: MAGIC,
        protocol,
        newest: PROTOCOL,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pid: std::process::id(),
        uid: house.owner,
        crowded,
    };
    if crowded {
        say(stream, &welcome(PROTOCOL), limits::PATIENCE)?;
        return Err(Broken::TooLarge);
    }
    let nothing_large = || None::<(usize, Duration, ())>;
    let (bytes, _) = frame::receive(stream, Some(limits::PATIENCE), limits::PATIENCE, nothing_large)?;
    if bytes.len() > limits::GREETING {
        return Err(Broken::TooLarge);
    }
    let greeting: Greeting = codec::read_message(&bytes).map_err(|_| Broken::Gone)?;
    if greeting.magic != MAGIC {
        return Err(Broken::Gone);
    }
    let common = (greeting.protocols.0..=greeting.protocols.1).contains(&PROTOCOL);
    say(stream, &welcome(if common { PROTOCOL } else { 0 }), limits::PATIENCE)?;
    if common { Ok(greeting.session) } else { Err(Broken::Gone) }
}

fn say<T: serde::Serialize>(stream: &mut UnixStream, what: &T, patience: Duration) -> Result<(), Broken> {
    let bytes = codec::message(what).map_err(|_| Broken::System)?;
    frame::send(stream, &bytes, patience)
}

/// Whether a key is one that a record can have, as far as length and characters go.
fn can_be_told(key: &Key) -> bool {
    let text = key.to_string();
    text.len() <= limits::TOLD && is_sanitised(&text)
}

struct Guest<'a> {
    house: &'a House,
    actor: Actor,
    session: Session,
    stream: UnixStream,
    /// Whether this connection counts as somebody who is in.
    entered: bool,
}

impl Guest<'_> {
    fn converse(&mut self) -> Result<(), Broken> {
        loop {
            let house = self.house;
            let actor = &self.actor;
            let large = || {
                let edits = house.standing(actor) == Ok(Standing::Edits);
                edits.then(|| (limits::LARGE, limits::LARGE_PATIENCE, house.large.lock()))
            };
            let (bytes, leave) = match frame::receive(&mut self.stream, None, limits::PATIENCE, large) {
                Err(Broken::TooLarge) => {
                    let edits = house.standing(actor) == Ok(Standing::Edits);
                    let most = if edits { limits::LARGE } else { limits::FRAME };
                    let too_large = Refused::Invalid(format!("a request takes at most {most} bytes"));
                    say(&mut self.stream, &Answer::Refused(too_large), limits::PATIENCE)?;
                    return Err(Broken::TooLarge);
                }
                received => received?,
            };
            house.pace(self.actor.uid);
            let request = codec::read_message::<Request>(&bytes);
            drop(bytes);
            let answer = match request {
                Ok(request) => self.answer(request).unwrap_or_else(Answer::Refused),
                Err(undecodable) => {
                    let what = Answer::Refused(Refused::Invalid(undecodable.to_string()));
                    say(&mut self.stream, &what, limits::PATIENCE)?;
                    return Err(Broken::Gone);
                }
            };
            // It is done; who takes the answer slowly holds up nobody.
            drop(leave);
            let bytes = codec::message(&answer).map_err(|_| Broken::System)?;
            drop(answer);
            let patience = if bytes.len() > limits::FRAME { limits::LARGE_PATIENCE } else { limits::PATIENCE };
            frame::send(&mut self.stream, &bytes, patience)?;
        }
    }

    fn answer(&mut self, request: Request) -> Result<Answer, Refused> {
        let house = self.house;
        if request == Request::Ping {
            return Ok(Answer::Fine);
        }
        let standing = house.standing(&self.actor)?;
        Ok(match request {
            Request::Ping => Answer::Fine,
            Request::Snapshot => {
                let ledger = house.snapshot()?;
                let entries = ledger.entries().map(|(key, entry)| (key.clone(), entry.clone())).collect();
                Answer::Ledger(ledger.head(), entries)
            }
            Request::Commit(batch) => Answer::Wrote(self.commit(batch, standing)?),
            Request::Since { after, max } => {
                let (commits, more) = house.commits(after, usize::try_from(max).unwrap_or(usize::MAX))?;
                Answer::Commits(commits, more)
            }
            Request::Watch { after, heard, wait } => self.watch(after, heard, Duration::from_millis(wait))?,
            Request::Tell(at) => {
                // Everybody else is sent it, again and again.
                if at.key.as_ref().is_some_and(|key| !can_be_told(key)) {
                    return Err(Refused::Invalid("no key to be told of".to_owned()));
                }
                self.enter();
                house.hub.tell(self.who(), &at);
                Answer::Fine
            }
            Request::Keep { sha256, bytes } => {
                if standing != Standing::Edits {
                    return Err(Refused::Denied(Denial::OfficeOnly(Reserved::Documents)));
                }
                house.library.keep(sha256, &bytes)?;
                Answer::Fine
            }
            Request::Original(sha256) => Answer::Original(house.library.original(sha256)?),
        })
    }

    /// Writes a batch in the guest's name. When it was asked for is the host's word too: both have the same clock.
    fn commit(&self, batch: Batch, standing: Standing) -> Result<Head, Refused> {
        if standing != Standing::Edits && batch.writes.len() > limits::WRITES {
            return Err(Refused::Invalid(format!("a batch takes at most {} writes", limits::WRITES)));
        }
        let at = now().with_timezone(batch.at.offset());
        self.house.commit(&self.actor, &Batch { at, ..batch })
    }

    /// Waits for news, for the guest's next word, or for its going.
    fn watch(&mut self, after: Seq, heard: u64, wait: Duration) -> Result<Answer, Refused> {
        let down = |error: std::io::Error| Refused::Down(error.to_string());
        self.enter();
        let bell = self.house.hub.bell().map_err(down)?;
        let until = Instant::now() + wait.min(limits::WATCH);
        loop {
            if let Some(Told { commits, others, heard }) = self.house.news(self.who(), after, heard)? {
                return Ok(Answer::News(commits, others, heard));
            }
            let left = until.saturating_duration_since(Instant::now());
            let mut ends = [PollFd::new(&self.stream, PollFlags::IN), PollFd::new(&*bell, PollFlags::IN)];
            let timeout = Timespec::try_from(left).ok();
            match poll(&mut ends, timeout.as_ref()) {
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(down(error.into())),
                Ok(_) => {}
            }
            let [guest, _] = &ends;
            if !guest.revents().is_empty() || left.is_zero() {
                return Ok(Answer::News(Vec::new(), self.house.hub.others(self.who()).0, heard));
            }
            // What was rung is seen now.
            let _ = rustix::io::read(&*bell, &mut [0; 8]);
        }
    }

    fn who(&self) -> (u32, Session) {
        (self.actor.uid, self.session)
    }

    fn enter(&mut self) {
        if !std::mem::replace(&mut self.entered, true) {
            self.house.hub.enter(self.session, &self.actor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_others_are_told_is_short_and_clean() {
        let told = |name: &str| can_be_told(&format!("yunxi-2024/P1.1/{name}@2024Q3").parse().unwrap());
        assert!(told("云溪县"));
        assert!(!told(&"县".repeat(limits::TOLD)));
        assert!(!told("云\u{202e}溪"));
    }
}
