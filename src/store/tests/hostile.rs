//! A guest who is slow, huge, malformed or a liar harms nobody else. It speaks the bytes itself.

use std::io::{Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::sample::*;
use crate::model::*;
use crate::store::host::for_tests::{GREETING, greeting, request_bytes, welcome_in, welcome_of_version};
use crate::store::{Away, OpenError, Refused};

fn raw(office: &Service) -> UnixStream {
    let stream = UnixStream::connect(office.socket()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

/// A frame as the protocol's page describes it.
fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut frame = u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec();
    frame.extend_from_slice(bytes);
    frame
}

/// The next answer; `None` where the host has ended the connection.
fn answer(stream: &mut UnixStream) -> Option<Vec<u8>> {
    let mut head = [0; 4];
    stream.read_exact(&mut head).ok()?;
    let mut bytes = vec![0; usize::try_from(u32::from_le_bytes(head)).unwrap()];
    stream.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn greeted(office: &Service) -> UnixStream {
    let mut stream = raw(office);
    stream.write_all(&frame(&greeting())).unwrap();
    assert!(answer(&mut stream).is_some());
    stream
}

/// The others are served as ever.
fn is_well(office: &Service) {
    let guest = office.visit();
    file(&*guest.store, 1, "照常").unwrap();
    assert!(!guest.store.snapshot().unwrap().is_empty());
}

#[test]
fn what_is_no_greeting_ends_the_connection() {
    let office = Service::open();
    let mut wrong = greeting();
    wrong[0] ^= 1;
    for first in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0; 64], &frame(&wrong), &frame(&[7; GREETING + 1]), &[255; 8]] {
        let mut stream = raw(&office);
        stream.write_all(first).unwrap();
        assert_eq!(answer(&mut stream), None, "{first:?}");
    }
    is_well(&office);
}

#[test]
fn an_older_and_a_newer_program_are_told_apart_and_the_connection_ends() {
    let office = Service::open();
    for protocol in [1u16, u16::MAX] {
        let mut stream = raw(&office);
        let greeting = crate::store::host::for_tests::greeting_of(protocol);
        stream.write_all(&frame(&greeting)).unwrap();
        assert!(answer(&mut stream).is_some(), "it is told who it speaks to");
        assert_eq!(answer(&mut stream), None);
    }
    is_well(&office);
}

#[test]
fn a_program_says_whether_it_or_the_host_is_the_older() {
    for (newest, newer) in [(0, false), (u16::MAX, true)] {
        let dir = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(dir.path().join("socket")).unwrap();
        let host = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            answer(&mut stream).unwrap();
            stream.write_all(&frame(&welcome_of_version(newest))).unwrap();
        });
        let refused = crate::store::visit(&dir.path().join("socket"), &clerk()).unwrap_err();
        let told = Away::Version { theirs: "9.9.9".into(), newer };
        assert!(matches!(&refused, OpenError::Away(away) if *away == told), "{refused}");
        host.join().unwrap();
    }
}

#[test]
fn a_host_that_talks_nonsense_is_none() {
    for nonsense in [&b""[..], b"HTTP/1.1 400 Bad Request\r\n\r\n", &[255; 64], &frame(&[1, 2, 3]), &[0, 0, 0, 0]] {
        let dir = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(dir.path().join("socket")).unwrap();
        let nonsense = nonsense.to_vec();
        let host = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            drop(stream.write_all(&nonsense));
        });
        let refused = crate::store::visit(&dir.path().join("socket"), &clerk()).unwrap_err();
        assert!(matches!(refused, OpenError::Away(Away::Garbled(_) | Away::NoHost)), "{refused}");
        host.join().unwrap();
    }
}

/// Nobody knows then whether the batch was written, and nobody is told that it was not.
#[test]
fn a_batch_that_was_sent_and_not_answered_may_have_been_written_whatever_comes_after() {
    let fine = frame(&[0]);
    let nonsense = frame(&[255; 9]);
    let (crowded, newer) = (welcome_in(true), welcome_of_version(u16::MAX));
    // What is answered to the batch, and how whoever comes again is greeted.
    let hosts = [(Some(fine), None), (Some(nonsense), None), (None, Some(crowded)), (None, Some(newer)), (None, None)];
    for (answered, again) in hosts {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("socket");
        let listener = UnixListener::bind(&path).unwrap();
        let host = std::thread::spawn(move || {
            let (mut first, _) = listener.accept().unwrap();
            answer(&mut first).unwrap();
            first.write_all(&frame(&welcome_in(false))).unwrap();
            answer(&mut first).unwrap();
            let Some(again) = again else {
                drop(answered.map(|answered| first.write_all(&answered)));
                drop((listener, first));
                return;
            };
            drop(first);
            for stream in listener.incoming().take(2) {
                let mut stream = stream.unwrap();
                drop(answer(&mut stream));
                drop(stream.write_all(&frame(&again)));
            }
        });
        let guest = crate::store::visit(&path, &clerk()).unwrap();
        assert_eq!(guest.store.commit(&clerk(), &import(1)), Err(Refused::Unknown));
        host.join().unwrap();
    }
}

#[test]
fn a_request_that_never_ends_holds_up_nobody() {
    let office = Service::open();
    let mut slow = greeted(&office);
    slow.write_all(&[200, 0, 0, 0, 1]).unwrap();
    let mut deaf = greeted(&office);
    deaf.write_all(&frame(&request_bytes::snapshot())).unwrap();
    for _ in 0..5 {
        is_well(&office);
    }
}

#[test]
fn a_length_that_no_frame_has_is_refused_before_it_is_read() {
    let office = Service::open();
    let mut stream = greeted(&office);
    stream.write_all(&[255, 255, 255, 127]).unwrap();
    assert!(answer(&mut stream).is_some(), "why");
    assert_eq!(answer(&mut stream), None);
    is_well(&office);
}

#[test]
fn many_connections_at_once_are_turned_away_with_a_word() {
    let office = Service::open();
    let mut streams: Vec<UnixStream> = (0..300).map(|_| raw(&office)).collect();
    let mut last = streams.pop().unwrap();
    assert!(answer(&mut last).is_some(), "it is told without having asked");
    drop(streams);
    // The threads of those that went end in their own time.
    let fine = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        crate::store::visit(&office.socket(), &clerk()).is_ok()
    });
    assert!(fine);
    is_well(&office);
}

#[test]
fn random_bytes_and_changed_requests_never_stop_the_host() {
    let office = Service::open();
    is_well(&office);
    let runs = std::env::var("DUBAN_FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(600);
    let mut runner = TestRunner::new(Config { cases: runs, failure_persistence: None, ..Config::default() });
    let bytes = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..300),
        (any::<prop::sample::Index>(), proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6))
            .prop_map(|(which, flips)| {
                let all = request_bytes::samples();
                let mut bytes = which.get(&all).clone();
                for (at, with) in flips {
                    let at = at.index(bytes.len());
                    bytes[at] ^= with;
                }
                bytes
            }),
    ];
    runner
        .run(&bytes, |bytes| {
            let mut stream = greeted(&office);
            stream.write_all(&frame(&bytes)).unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            while answer(&mut stream).is_some() {}
            Ok(())
        })
        .unwrap();
    is_well(&office);
    // What a changed request did write is a commit like any other.
    let journal = crate::store::verify(office.dir.path()).unwrap();
    assert!(journal.damages.is_empty(), "{journal:?}");
}

#[test]
fn a_guest_may_not_say_when_or_who() {
    let office = Service::open();
    let guest = office.visit();
    let liar = Actor { uid: 4242, name: "别人".into() };
    let mut batch = filing_batch(&*guest.store, 1, "冒名");
    batch.at = chrono::DateTime::parse_from_rfc3339("1999-01-01T00:00:00+08:00").unwrap();
    guest.store.commit(&liar, &batch).unwrap();
    let commit = all(&*guest.store).pop().unwrap().commit;
    assert_eq!(commit.actor.uid, uzers::get_current_uid());
    let age = chrono::Utc::now().signed_duration_since(commit.at);
    assert!(age < chrono::TimeDelta::minutes(1), "{age}");
}

#[test]
fn text_that_may_not_enter_is_refused_at_the_host_too() {
    let office = Service::open();
    let guest = office.visit();
    for bad in ["转\u{202E}向", "响铃\u{7}", "零宽\u{200B}", "分解e\u{301}"] {
        assert!(file(&*guest.store, 1, bad).is_err(), "{bad:?}");
    }
    assert_eq!(all(&*guest.store), []);
    let key = Key::view(&document(), "坏\u{1b}[31m");
    let view = View { name: "坏\u{1b}[31m".into(), ..View::default() };
    let named = batch(vec![write(key.clone(), Seq::ZERO, Some(Record::View(view)))]);
    assert!(guest.store.commit(&clerk(), &named).is_err());
    let removed = batch(vec![write(key, Seq::ZERO, None)]);
    assert!(guest.store.commit(&clerk(), &removed).is_err(), "nor in the name of what is removed");
}
