//! Files and folders that only their owner reads: 0700 and 0600, synced when they are made.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Makes a folder (and those above it) for its owner alone, and makes the new entries durable. An existing one is left as it is.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let missing: Vec<&Path> =
        path.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.is_dir()).collect();
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    let above = missing.into_iter().filter_map(Path::parent).filter(|above| !above.as_os_str().is_empty());
    above.into_iter().try_for_each(sync_folder)
}

/// Why a folder is no place for a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposed {
    /// Others than its owner may write in it: they could put their files in the place of ours.
    Writable,
    /// It belongs to somebody else, who could do the same.
    Foreign,
}

/// Refuses a folder that somebody else could change under our hands. Root may work in everybody's; root's may be worked in.
pub(super) fn exposed(dir: &Path) -> Option<Exposed> {
    use std::os::unix::fs::MetadataExt as _;
    /// Written by the group, written by all.
    const OTHERS: u32 = 0o022;
    let meta = std::fs::metadata(dir).ok()?;
    let us = uzers::get_effective_uid();
    if meta.mode() & OTHERS != 0 {
        return Some(Exposed::Writable);
    }
    (us != 0 && meta.uid() != us && meta.uid() != 0).then_some(Exposed::Foreign)
}

/// Makes the entries of a folder durable.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Options that create files for their owner alone and do not follow a planted link.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    let no_follow = rustix::fs::OFlags::NOFOLLOW.bits();
    options.mode(0o600).custom_flags(no_follow.cast_signed());
    options
}

/// Writes a file whole or not at all: beside it first, synced, then renamed.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, |file| {
        file.write_all(bytes)?;
        file.sync_data()
    })
}

/// Puts a file in the place of another, whole or not at all; whether it is synced is up to `fill`. Threads and processes that do so at once
/// do not meet: each writes beside it under a name of its own, and the last wins.
pub(super) fn put(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let beside = with_ending(path, &format!(".{}.{number}.part", std::process::id()));
        match private().write(true).create_new(true).open(&beside) {
            Ok(mut new) => return settle(&beside, path, fill(&mut new)),
            // Of a process that was killed, and had our number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// The same, not synced, for what is large: of one name beside it, so that what a process that was killed left is written over. Threads do
/// so one after the other; of processes that do so at once, as `who` does with the index, the file holds what its own checksum has to tell.
pub(super) fn replace(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let beside = with_ending(path, ".part");
    let written = private().write(true).create(true).truncate(true).open(&beside).and_then(|mut file| fill(&mut file));
    settle(&beside, path, written)
}

/// Puts what was written in its place; of an attempt that failed nothing is left, least of all on a full disk.
fn settle(beside: &Path, path: &Path, written: io::Result<()>) -> io::Result<()> {
    let replaced = written.and_then(|()| std::fs::rename(beside, path));
    if replaced.is_err() {
        drop(std::fs::remove_file(beside));
    }
    replaced
}

/// Moves a file or folder out of the way, to the first free `<name>.aside.N`. Nothing is deleted.
pub(super) fn move_aside(path: &Path) -> io::Result<PathBuf> {
    let target = free_aside(path)?;
    std::fs::rename(path, &target)?;
    Ok(target)
}

/// The first `<path>.aside.N` that does not exist.
pub(super) fn free_aside(path: &Path) -> io::Result<PathBuf> {
    first_free(&with_ending(path, ".aside"))
}

/// The first `<path>.N` that does not exist.
pub(super) fn first_free(path: &Path) -> io::Result<PathBuf> {
    (1..u32::MAX)
        .map(|n| with_ending(path, &format!(".{n}")))
        .find(|candidate| !candidate.exists())
        .ok_or_else(|| io::Error::other("no free name"))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// Whose a folder or file is; the user of this process where that cannot be told.
pub(super) fn owner(path: &Path) -> u32 {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).map_or_else(|_| uzers::get_current_uid(), |meta| meta.uid())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(dir).unwrap().map(Result::unwrap);
        entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn threads_that_write_the_same_file_at_once_all_succeed_and_leave_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        let bytes = vec![7; 256 * 1024];
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..25).for_each(|_| write_whole(&path, &bytes).unwrap()));
                scope.spawn(|| (0..25).for_each(|_| replace(&path, |file| file.write_all(&bytes)).unwrap()));
            }
        });
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
        assert_eq!(names(dir.path()), ["file"]);
    }

    #[test]
    fn of_an_attempt_that_fails_nothing_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let half = |file: &mut File| file.write_all(b"half").and(Err(full()));
        assert!(put(&dir.path().join("file"), half).is_err());
        assert!(replace(&dir.path().join("file"), half).is_err());
        assert_eq!(names(dir.path()), [""; 0]);
        // Nor where what stands in the place cannot be replaced.
        std::fs::create_dir(dir.path().join("file")).unwrap();
        assert!(write_whole(&dir.path().join("file"), b"whole").is_err());
        assert_eq!(names(dir.path()), ["file"]);
    }
}
