//! The socket: where it is, who may open it, who is at the other end.

use std::fs::{File, Permissions};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType, socket_with};

use super::limits;
use crate::model::Actor;

/// The name of the socket beside the data.
const NAME: &str = "socket";

/// The socket of the ledger in a folder.
pub(in super::super) fn beside(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

/// Listens at a path. Only who holds the ledger's lock may: what is there is a dead process's, and goes. The socket is bound where it
/// stays (a renamed one is removed by systemd-tmpfiles), and is its owner's alone until `mode` says more.
pub(super) fn listen(path: &Path, mode: u32) -> io::Result<UnixListener> {
    match std::fs::symlink_metadata(path) {
        Ok(there) if there.file_type().is_socket() => std::fs::remove_file(path)?,
        Ok(_) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, "no socket")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let listener = short(path, |path| UnixListener::bind(path))?;
    std::fs::set_permissions(path, Permissions::from_mode(mode))?;
    Ok(listener)
}

/// Connects to the socket at a path. A stopped host takes connections only until its queue is full, and from then on a plain `connect`
/// would sleep for as long as it is stopped: this one gives up as [`io::ErrorKind::TimedOut`].
pub(super) fn connect(path: &Path, patience: Duration) -> io::Result<UnixStream> {
    let until = Instant::now() + patience;
    let stream = socket_with(AddressFamily::UNIX, SocketType::STREAM, SocketFlags::CLOEXEC, None)?;
    rustix::io::ioctl_fionbio(&stream, true)?;
    loop {
        match short(path, |path| Ok(rustix::net::connect(&stream, &SocketAddrUnix::new(path)?)?)) {
            Ok(()) => break,
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Err(error),
            Err(_) if Instant::now() < until => thread::sleep(limits::LOOK),
            Err(_) => return Err(io::ErrorKind::TimedOut.into()),
        }
    }
    rustix::io::ioctl_fionbio(&stream, false)?;
    Ok(UnixStream::from(stream))
}

/// The system takes at most 107 bytes as the path of a socket: a longer one is named by its open folder.
fn short<T>(path: &Path, then: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    const LONGEST: usize = 107;
    if path.as_os_str().len() <= LONGEST {
        return then(path);
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return then(path) };
    let folder = File::from(rustix::fs::open(folder, OFlags::PATH | OFlags::CLOEXEC, Mode::empty())?);
    then(&Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string()).join(name))
}

/// The process at the other end, by the kernel's word.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    pub(super) pid: u32,
    pub(super) uid: u32,
}

impl Peer {
    pub(super) fn of(stream: &UnixStream) -> io::Result<Self> {
        let peer = rustix::net::sockopt::socket_peercred(stream)?;
        Ok(Self { pid: u32::try_from(peer.pid.as_raw_nonzero().get()).unwrap_or(0), uid: peer.uid.as_raw() })
    }

    /// The user, with the login name that the system has for the number.
    pub(super) fn actor(&self) -> Actor {
        super::super::actor::actor_of(self.uid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_any_length_is_listened_at_and_connected_to() {
        let dir = tempfile::tempdir().unwrap();
        for length in [10, 60, 200] {
            let folder = dir.path().join("长".repeat(length / 3));
            std::fs::create_dir(&folder).unwrap();
            let path = beside(&folder);
            let listener = listen(&path, 0o600).unwrap();
            let stream = connect(&path, limits::SILENCE).unwrap();
            let peer = Peer::of(&stream).unwrap();
            assert_eq!((peer.pid, peer.uid), (std::process::id(), uzers::get_current_uid()));
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            drop(listener);
            listen(&path, 0o600).unwrap();
        }
    }

    #[test]
    fn a_full_queue_is_not_waited_at_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let path = beside(dir.path());
        let listener = listen(&path, 0o600).unwrap();
        // A stopped host: its queue fills with the connections of those who asked and went.
        rustix::net::listen(&listener, 1).unwrap();
        let brief = Duration::from_millis(30);
        let failed = (0..10).find_map(|_| connect(&path, brief).err());
        assert_eq!(failed.map(|error| error.kind()), Some(io::ErrorKind::TimedOut));
        // Whoever is heard again is connected to.
        drop(listener.accept().unwrap());
        connect(&path, brief).unwrap();
    }

    #[test]
    fn only_a_socket_is_taken_away() {
        let dir = tempfile::tempdir().unwrap();
        let path = beside(dir.path());
        std::fs::write(&path, "x").unwrap();
        assert!(listen(&path, 0o600).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"x");
    }
}
