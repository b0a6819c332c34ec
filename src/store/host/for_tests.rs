//! The protocol's bytes, for tests that speak it without a client.

use super::super::{Whereabouts, codec};
use super::talk::{Greeting, MAGIC, PROTOCOL, Welcome};

pub(in super::super) const GREETING: usize = super::limits::GREETING;

pub(in super::super) fn greeting() -> Vec<u8> {
    greeting_of(PROTOCOL)
}

pub(in super::super) fn greeting_of(protocol: u16) -> Vec<u8> {
    let greeting =
        Greeting { magic: MAGIC, protocols: (protocol, protocol), version: "0".to_owned(), session: [7; 16] };
    codec::message(&greeting).unwrap()
}

/// What a host of another version answers to a greeting.
pub(in super::super) fn welcome_of_version(newest: u16) -> Vec<u8> {
    let version = "9.9.9".to_owned();
    let welcome = Welcome { magic: MAGIC, protocol: 0, newest, version, pid: 1, uid: 0, crowded: false };
    codec::message(&welcome).unwrap()
}

pub(in super::super) mod request_bytes {
    use super::super::talk::Request;
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
}
