//! What host and guest say to each other. `docs/PROTOCOL.md` has the frames, the greeting, the requests in their
//! order, and the limits; keep the two alike. How records are laid out only their types say.

use serde::{Deserialize, Serialize};

use super::super::codec::SCHEMA;
use super::super::{Other, Refused, Sealed, Whereabouts};
use crate::model::{Batch, Entry, Hash, Head, Key, Seq};

/// The protocol spoken by this version. Records travel as sled keeps them, so another schema is another protocol.
pub(super) const PROTOCOL: u16 = (SCHEMA as u16) << 8 | 1;

/// The first word of both sides.
pub(super) const MAGIC: [u8; 5] = *b"duban";

/// The number of a client's session; it has several connections under one.
pub(super) type Session = [u8; 16];

/// A client's first words. They stay as they are in every version, so that versions can tell each other apart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Greeting {
    pub(super) magic: [u8; 5],
    /// The oldest and the newest protocol that it speaks.
    pub(super) protocols: (u16, u16),
    /// The program's version, for people.
    pub(super) version: String,
    /// The session that the connection belongs to.
    pub(super) session: Session,
}

/// The host's first words. They stay as they are in every version.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Welcome {
    pub(super) magic: [u8; 5],
    /// The protocol that is spoken from here on; 0: none in common, the connection ends.
    pub(super) protocol: u16,
    /// The newest that the host speaks.
    pub(super) newest: u16,
    /// The program's version, for people.
    pub(super) version: String,
    /// The host's process and user.
    pub(super) pid: u32,
    pub(super) uid: u32,
    /// There are too many connections; this one ends.
    pub(super) crowded: bool,
}

/// What a client asks; each request is answered once, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Request {
    /// Are you there?
    Ping,
    /// The whole state.
    Snapshot,
    /// Write this.
    Commit(Batch),
    /// The commits after one, at most so many.
    Since { after: Seq, max: u64 },
    /// The same, but answered only when there is news, or after so many milliseconds. `heard`: what is known of the company;
    /// `u64::MAX`: it is not asked for.
    Watch { after: Seq, heard: u64, wait: u64 },
    /// What this session has open.
    Tell(Whereabouts),
    /// Keep the bytes of a document under their hash.
    Keep { sha256: Hash, bytes: Vec<u8> },
    /// The bytes of a document.
    Original(Hash),
}

/// What the host answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Answer {
    /// Yes; and what was to be told or kept is told or kept.
    Fine,
    /// The state: where it stands and every record.
    Ledger(Head, Vec<(Key, Entry)>),
    /// Written.
    Wrote(Head),
    /// Commits, and whether there are more.
    Commits(Vec<Sealed>, bool),
    /// News: commits, who else is in, and what is known of the company with this.
    News(Vec<Sealed>, Vec<Other>, u64),
    /// A document.
    Original(Vec<u8>),
    /// No.
    Refused(Refused),
}

#[cfg(test)]
mod tests {
    use super::super::super::{Away, Denial, codec};
    use super::*;

    const PAGE: &str = include_str!("../../../docs/PROTOCOL.md");

    /// The words in code quotes of a text.
    fn quoted(text: &str) -> Vec<&str> {
        text.split('`').skip(1).step_by(2).collect()
    }

    #[test]
    fn refusals_have_the_numbers_that_the_page_gives_them() {
        let said = PAGE.split("numbered from 0: ").nth(1).unwrap().split('.').next().unwrap();
        let all = [
            Refused::Conflict(Vec::new()),
            Refused::Denied(Denial::OpenedToRead),
            Refused::Invalid(String::new()),
            Refused::Reused(Seq::ZERO),
            Refused::Unknown,
            Refused::Away(Away::NoHost),
            Refused::Down(String::new()),
        ];
        let mut named = vec![""; all.len()];
        let words: Vec<String> = all.iter().map(|refused| format!("{refused:?}")).collect();
        for (refused, word) in all.iter().zip(&words) {
            let number = usize::from(*codec::message(refused).unwrap().first().unwrap());
            *named.get_mut(number).unwrap() = word.split('(').next().unwrap();
        }
        assert_eq!(quoted(said), named);
    }
}
