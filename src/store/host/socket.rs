//! The socket: where it is, who may open it, who is at the other end.

use std::fs::{File, Permissions};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

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

/// Connects to the socket at a path.
pub(super) fn connect(path: &Path) -> io::Result<UnixStream> {
    short(path, |path| UnixStream::connect(path))
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
            let stream = connect(&path).unwrap();
            let peer = Peer::of(&stream).unwrap();
            assert_eq!((peer.pid, peer.uid), (std::process::id(), uzers::get_current_uid()));
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            drop(listener);
            listen(&path, 0o600).unwrap();
        }
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
