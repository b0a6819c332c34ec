//! A host that is stopped, not dead: its guests are told which process does not answer, and go on when it does.

use std::thread;
use std::time::Duration;

use duban::model::Seq;
use duban::store::{Away, OpenError, Purpose, Refused, current_actor, open_shared, verify};
use rustix::process::Signal;

use super::hosted::{Host, ends, sit, write};
use super::writer::{commits, numbers};

#[test]
fn a_stopped_host_is_named_and_nothing_is_lost_or_doubled_when_it_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let host = Host::start(dir.path(), 3, &[]);
    host.says();
    let (one, two) = (sit(dir.path()), sit(dir.path()));
    assert_eq!((write(&one, 1), write(&one, 2)), (Ok(4), Ok(5)));
    for round in 0u32..3 {
        host.signal(Signal::STOP);
        let silent = Away::Silent { pid: host.pid() };
        let refused = Err(Refused::Away(silent.clone()));
        let (third, fourth) = (3 + round * 2, 4 + round * 2);
        thread::scope(|scope| {
            // Through a connection that there was already, through new ones, and while waiting for news.
            scope.spawn(|| assert_eq!(ends("a commit", || write(&one, third)), refused));
            scope.spawn(|| assert_eq!(ends("another", || write(&two, fourth)), refused));
            scope.spawn(|| assert_eq!(ends("a look", || one.store.snapshot().map(|_| 0)), refused));
            scope.spawn(|| {
                let watch = || two.company.watch(Seq(99), u64::MAX, Duration::from_secs(1)).map(|_| 0);
                assert_eq!(ends("a watch", watch), refused);
            });
            scope.spawn(|| {
                let start = ends("a start", || open_shared(dir.path(), Purpose::Screen, &current_actor()));
                assert!(matches!(start, Err(OpenError::Away(away)) if away == silent));
            });
        });
        host.signal(Signal::CONT);
        // What was sent to the stopped host is in its socket still: it may be written now, and the next try answers that.
        let mut written = [ends("on", || write(&one, third)).unwrap(), ends("on", || write(&two, fourth)).unwrap()];
        written.sort_unstable();
        let before = u64::from(5 + round * 2);
        assert_eq!(written, [before + 1, before + 2]);
    }
    let mut found: Vec<(u32, u32)> = commits(dir.path()).iter().map(|sealed| numbers(sealed.commit.id)).collect();
    found.sort_unstable();
    let expected: Vec<(u32, u32)> = (1..=3).map(|n| (1, n)).chain((1..=8).map(|n| (2, n))).collect();
    assert_eq!(found, expected);
    drop(host);
    assert_eq!(write(&one, 9), Ok(12), "and when it is killed, somebody takes over");
    assert!(verify(dir.path()).unwrap().damages.is_empty());
}

#[test]
fn a_host_stopped_and_killed_is_taken_over_from() {
    let dir = tempfile::tempdir().unwrap();
    let mut host = Host::start(dir.path(), 3, &[]);
    host.says();
    let guest = sit(dir.path());
    host.signal(Signal::STOP);
    assert!(matches!(write(&guest, 1), Err(Refused::Away(Away::Silent { .. }))));
    host.kill();
    assert_eq!(write(&guest, 1), Ok(4));
    assert_eq!(commits(dir.path()).len(), 4);
}
