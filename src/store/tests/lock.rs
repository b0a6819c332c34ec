//! Who may open what while somebody else has it open.

use std::thread;
use std::time::{Duration, Instant};

use super::sample::*;
use crate::model::*;
use crate::store::{Notice, OpenError, Purpose, ReadOnly, Refused, SledVerdict, open_to_read, open_to_write, verify};

#[test]
fn a_screen_is_not_waited_for_and_says_who_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let screen = open_to_write(dir.path(), Purpose::Screen).unwrap();
    let began = Instant::now();
    let refused = open_to_write(dir.path(), Purpose::Command).unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(1));
    let OpenError::Held { pid, purpose } = refused else { panic!("{refused}") };
    assert_eq!((pid, purpose), (std::process::id(), Purpose::Screen));
    drop(screen);
    open_to_write(dir.path(), Purpose::Command).unwrap();
}

#[test]
fn a_command_is_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let command = open_to_write(dir.path(), Purpose::Command).unwrap();
    let closer = thread::spawn(move || {
        thread::sleep(Duration::from_millis(150));
        drop(command);
    });
    open_to_write(dir.path(), Purpose::Screen).unwrap();
    closer.join().unwrap();
}

#[test]
fn readers_are_never_refused_and_follow_the_writer() {
    for how in EACH {
        let dir = tempfile::tempdir().unwrap();
        let writer = open_to_write(dir.path(), Purpose::Screen).unwrap().store;
        writer.commit(&clerk(), &import(3)).unwrap();
        let reader = opened_to_read(dir.path(), how);
        if matches!(how, How::Trusting) {
            let held = ReadOnly::Held { pid: std::process::id(), purpose: Purpose::Screen };
            assert_eq!(reader.notices, [Notice::ReadOnly(held)]);
        }
        assert_eq!(reader.store.snapshot().unwrap(), writer.snapshot().unwrap());
        file(&*writer, 1, "其后").unwrap();
        assert_eq!(reader.store.snapshot().unwrap(), writer.snapshot().unwrap(), "{how:?}");
        assert_eq!(reader.store.since(Seq(1), 10, Duration::ZERO).unwrap().len(), 1);
        assert!(matches!(file(&*reader.store, 1, "不行"), Err(Refused::Denied(_))));
    }
}

#[test]
fn a_reader_of_a_free_ledger_does_not_keep_it_from_writers() {
    for how in EACH {
        let dir = tempfile::tempdir().unwrap();
        local(dir.path()).commit(&clerk(), &import(3)).unwrap();
        let reader = opened_to_read(dir.path(), how).store;
        let writer = open_to_write(dir.path(), Purpose::Screen).unwrap().store;
        file(&*writer, 1, "其后").unwrap();
        assert_eq!(reader.snapshot().unwrap(), writer.snapshot().unwrap());
    }
}

#[test]
fn nothing_to_read_is_said_and_nothing_is_made() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(open_to_read(&dir.path().join("x")), Err(OpenError::Missing(_))));
    assert!(matches!(verify(dir.path()), Err(OpenError::Missing(_))));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_ledger_in_use_is_verified_as_far_as_it_goes() {
    let dir = tempfile::tempdir().unwrap();
    let writer = open_to_write(dir.path(), Purpose::Screen).unwrap().store;
    let head = writer.commit(&clerk(), &import(3)).unwrap();
    let verdict = verify(dir.path()).unwrap();
    assert_eq!((verdict.head, verdict.records), (head, 3));
    assert_eq!(verdict.sled, SledVerdict::InUse { pid: std::process::id(), purpose: Purpose::Screen });
}
