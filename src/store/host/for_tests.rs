//! The protocol's bytes, for tests that speak it without a client.

use super::super::{Other, Refused, Sealed, Whereabouts, codec};
use super::talk::{Answer, Greeting, MAGIC, PROTOCOL, Request, Welcome};

pub(in super::super) const GREETING: usize = super::limits::GREETING;

pub(in super::super) fn greeting() -> Vec<u8> {
    greeting_of(PROTOCOL)
}

pub(in super::super) fn greeting_of(protocol: u16) -> Vec<u8> {
    let greeting =
        Greeting { magic: MAGIC, protocols: (protocol, protocol), version: "0".to_owned(), session: [7; 16] };
    codec::message(&greeting).unwrap()
}

/// Whether bytes are a message of some kind. What is taken for one is written again, and read as the same.
pub(in super::super) fn is_message(bytes: &[u8]) -> bool {
    fn is<T: serde::Serialize + serde::de::DeserializeOwned>(bytes: &[u8]) -> bool {
        let Ok(read) = codec::read_message::<T>(bytes) else { return false };
        let written = codec::message(&read).unwrap();
        let again: T = codec::read_message(&written).unwrap();
        assert_eq!(codec::message(&again).unwrap(), written);
        true
    }
    let all = [is::<Greeting>(bytes), is::<Welcome>(bytes), is::<Request>(bytes), is::<Answer>(bytes)];
    all.contains(&true)
}

/// The batch of a request that asks to write one.
pub(in super::super) fn batch_of(bytes: &[u8]) -> Option<crate::model::Batch> {
    match codec::read_message(bytes) {
        Ok(Request::Commit(batch)) => Some(batch),
        _ => None,
    }
}

/// One of every answer that holds something.
pub(in super::super) fn answers(sealed: &Sealed) -> Vec<Vec<u8>> {
    let head = crate::model::Head { seq: sealed.commit.seq, hash: sealed.hash };
    let other = Other { actor: sealed.commit.actor.clone(), at: Whereabouts::default() };
    let answers = [
        Answer::Fine,
        Answer::Wrote(head),
        Answer::Commits(vec![sealed.clone()], true),
        Answer::News(vec![sealed.clone()], vec![other], 3),
        Answer::Original(b"text".to_vec()),
        Answer::Refused(Refused::Down("full".into())),
    ];
    answers.iter().map(|answer| codec::message(answer).unwrap()).collect()
}

/// What comes of bytes on a connection that is then closed: a message of at most `limit` bytes.
pub(in super::super) fn received(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    use std::io::Write as _;
    let wait = std::time::Duration::from_secs(5);
    let (mut here, mut there) = std::os::unix::net::UnixStream::pair().unwrap();
    // They fit into the socket's buffer.
    here.write_all(bytes).unwrap();
    drop(here);
    super::frame::receive(&mut there, Some(wait), wait, || Some((limit, wait, ()))).ok().map(|(bytes, _)| bytes)
}

/// What a host of another version answers to a greeting.
pub(in super::super) fn welcome_of_version(newest: u16) -> Vec<u8> {
    welcome(0, newest, false)
}

/// What a host answers to a greeting that lets a guest in, or is crowded.
pub(in super::super) fn welcome_in(crowded: bool) -> Vec<u8> {
    welcome(PROTOCOL, PROTOCOL, crowded)
}

fn welcome(protocol: u16, newest: u16, crowded: bool) -> Vec<u8> {
    let welcome = Welcome { magic: MAGIC, protocol, newest, version: "9.9.9".to_owned(), pid: 1, uid: 0, crowded };
    codec::message(&welcome).unwrap()
}

pub(in super::super) mod request_bytes {
    use super::Request;
    use super::*;
    use crate::model::*;

    pub(in super::super::super) fn snapshot() -> Vec<u8> {
        codec::message(&Request::Snapshot).unwrap()
    }

    /// One of every request.
    pub(in super::super::super) fn samples() -> Vec<Vec<u8>> {
        let key: Key = "yunxi-2024/T1@2024Q3".parse().unwrap();
        let filing = Record::Filing(Filing { progress: "推进".into(), ..Filing::default() });
        let writes = vec![Write { key: key.clone(), base: Seq::ZERO, value: Some(filing) }];
        let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
        let batch = Batch { id: BatchId([3; 16]), at, intent: Intent::File, undoes: None, writes };
        let requests = [
            Request::Ping,
            Request::Snapshot,
            Request::Commit(batch),
            Request::Since { after: Seq(0), max: 10 },
            Request::Watch { after: Seq(0), heard: 0, wait: 1 },
            Request::Tell(Whereabouts { key: Some(key), editing: true }),
            Request::Keep { sha256: Hash::default(), bytes: vec![1, 2, 3] },
            Request::Original(Hash::default()),
        ];
        requests.iter().map(|request| codec::message(request).unwrap()).collect()
    }

    /// Requests for single writes.
    pub(in super::super::super) fn writes(writes: Vec<Write>) -> Vec<Vec<u8>> {
        let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
        let batch =
            |(id, write)| Batch { id: BatchId([id; 16]), at, intent: Intent::View, undoes: None, writes: vec![write] };
        (100..).zip(writes).map(|one| codec::message(&Request::Commit(batch(one))).unwrap()).collect()
    }

    /// Requests for what some commits wrote.
    pub(in super::super::super) fn commits(sealed: &[Sealed]) -> Vec<Vec<u8>> {
        let batch = |sealed: &Sealed| {
            let commit = &sealed.commit;
            let writes = commit.changes.iter().map(|change| Write {
                key: change.key.clone(),
                base: change.base,
                value: change.new.as_deref().cloned(),
            });
            Batch {
                id: commit.id,
                at: commit.at,
                intent: commit.intent,
                undoes: commit.undoes,
                writes: writes.collect(),
            }
        };
        sealed.iter().map(|sealed| codec::message(&Request::Commit(batch(sealed))).unwrap()).collect()
    }
}
