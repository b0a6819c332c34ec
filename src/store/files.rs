//! Files and folders that only their owner reads: 0700 and 0600, synced when they are made.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// Makes a folder (and those above it) for its owner alone, and makes the new entry durable. An existing one is left as it is.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
        _ => Ok(()),
    }
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
    let beside = with_ending(path, &format!(".{}.part", std::process::id()));
    let mut file = private().write(true).create(true).truncate(true).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    std::fs::rename(&beside, path)
}

/// Puts a file in the place of another, whole or not at all as long as the machine runs; not synced. Of one name beside it, so that
/// what a process that was killed left is written over; one process does so at a time, or the last wins.
pub(super) fn replace(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let beside = with_ending(path, ".part");
    let written = private().write(true).create(true).truncate(true).open(&beside).and_then(|mut file| fill(&mut file));
    let replaced = written.and_then(|()| std::fs::rename(&beside, path));
    if replaced.is_err() {
        drop(std::fs::remove_file(&beside));
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
