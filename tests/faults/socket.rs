//! The socket beside the data, deleted or replaced by something else, with a host or without.

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::thread;

use duban::store::{Away, Notice, OpenError, Purpose, Refused, current_actor, open_shared};

use super::hosted::{Host, ends, is_whole, sit, write};
use super::writer::{commits, numbers};

/// What may stand where the socket belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum There {
    Nothing,
    File,
    Folder,
    LinkToNothing,
    LinkToFile,
    LinkToSocket,
    DeadSocket,
}

const ALL: [There; 7] = [
    There::Nothing,
    There::File,
    There::Folder,
    There::LinkToNothing,
    There::LinkToFile,
    There::LinkToSocket,
    There::DeadSocket,
];

impl There {
    /// Puts it there; what it points to is outside.
    fn put(self, dir: &Path, outside: &Path) {
        let path = dir.join("socket");
        let _ = std::fs::remove_file(&path);
        match self {
            Self::Nothing => {}
            Self::File => std::fs::write(&path, "text").unwrap(),
            Self::Folder => std::fs::create_dir(&path).unwrap(),
            Self::LinkToNothing => symlink(outside.join("none"), &path).unwrap(),
            Self::LinkToFile => symlink(outside.join("file"), &path).unwrap(),
            Self::LinkToSocket => symlink(outside.join("listening"), &path).unwrap(),
            Self::DeadSocket => drop(UnixListener::bind(&path).unwrap()),
        }
    }
}

/// A folder with a file that nobody may touch, and a socket that somebody else listens at and never answers.
fn outside() -> (tempfile::TempDir, UnixListener) {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("file"), "text").unwrap();
    let listener = UnixListener::bind(outside.path().join("listening")).unwrap();
    (outside, listener)
}

/// Every case at once: most of the time is spent in waiting for a host that does not come.
fn each(case: impl Fn(There) + Sync) {
    let case = &case;
    thread::scope(|scope| {
        for what in ALL {
            scope.spawn(move || case(what));
        }
    });
}

/// What is outside is as it was.
fn is_untouched(outside: &Path, what: There) {
    assert_eq!(std::fs::read(outside.join("file")).unwrap(), b"text", "{what:?}");
    assert!(outside.join("listening").exists() && !outside.join("none").exists(), "{what:?}");
}

#[test]
fn whatever_stands_there_at_the_start_is_replaced_or_said_and_never_in_the_way_of_writing() {
    each(|what| {
        let dir = tempfile::tempdir().unwrap();
        let (outside, _listener) = outside();
        what.put(dir.path(), outside.path());
        let opened = ends("a start", || sit(dir.path()));
        assert_eq!(write(&opened, 1), Ok(1), "{what:?}");
        let shared = !opened.notices.iter().any(|notice| matches!(notice, Notice::NotShared(_)));
        assert_eq!(shared, matches!(what, There::Nothing | There::DeadSocket), "{what:?}: {:?}", opened.notices);
        // Another one comes in, or is told that the ledger is held.
        match ends("a second start", || open_shared(dir.path(), Purpose::Screen, &current_actor())) {
            Ok(second) => assert_eq!((shared, write(&second, 2)), (true, Ok(2)), "{what:?}"),
            Err(OpenError::Held { .. }) => assert!(!shared, "{what:?}"),
            // The stranger who listens elsewhere is not spoken to as if it were a host.
            Err(OpenError::Away(Away::Silent { .. })) => assert_eq!(what, There::LinkToSocket),
            Err(error) => panic!("{what:?}: {error}"),
        }
        is_untouched(outside.path(), what);
        drop(opened);
        is_whole(dir.path());
        let left = std::fs::symlink_metadata(dir.path().join("socket"));
        assert_eq!(left.is_err(), shared, "{what:?}: our own is taken away, what is not ours is left");
    });
}

#[test]
fn a_socket_taken_away_under_a_host_ends_in_a_word_and_nothing_is_lost() {
    each(|what| {
        let dir = tempfile::tempdir().unwrap();
        let (outside, _listener) = outside();
        let mut host = Host::start(dir.path(), 2, &[]);
        host.says();
        let guest = sit(dir.path());
        assert_eq!(write(&guest, 1), Ok(3), "{what:?}");
        what.put(dir.path(), outside.path());
        assert_eq!(ends("a guest who is in", || write(&guest, 2)), Ok(4), "{what:?}: it has its connection");
        let refused = ends("a start", || open_shared(dir.path(), Purpose::Command, &current_actor())).unwrap_err();
        assert!(
            matches!(refused, OpenError::Held { .. } | OpenError::Away(Away::Silent { .. } | Away::Garbled(_))),
            "{what:?}: {refused}"
        );
        host.kill();
        match ends("taking over", || write(&guest, 3)) {
            Ok(seq) => assert_eq!(seq, 5, "{what:?}"),
            Err(Refused::Away(Away::Silent { .. }) | Refused::Unknown) if what == There::LinkToSocket => {}
            Err(refused) => panic!("{what:?}: {refused}"),
        }
        is_untouched(outside.path(), what);
        drop(guest);
        let opened = sit(dir.path());
        assert_eq!(write(&opened, 3), Ok(5), "{what:?}: once, whoever was told");
        drop(opened);
        let found: Vec<(u32, u32)> = commits(dir.path()).iter().map(|sealed| numbers(sealed.commit.id)).collect();
        assert_eq!(found, [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3)], "{what:?}");
        is_whole(dir.path());
    });
}
