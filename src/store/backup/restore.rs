//! The way back: from a backup, or from a folder's journal, to a new ledger; never over one that is there.
//!
//! A folder is a ledger once it has `journal/`. So everything is written beside it, read back, and that folder is renamed last: a restore
//! that was interrupted leaves no ledger that would be taken for a whole one.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDateTime};

use super::members::{Member, name_of};
use super::source::{Each, Source};
use super::{BackupError, Bad, at};
use crate::model::{Head, Ledger, Seq};
use crate::store::{Sealed, files, format, journal};

/// What a restore would make, or made.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The ledger.
    pub ledger: Ledger,
    /// When its last commit was written; `None` of an empty one.
    pub last: Option<DateTime<FixedOffset>>,
    /// How many documents are kept as they were handed in.
    pub originals: usize,
    /// The commits behind it that would be left out, oldest first, as far as they can be read.
    pub left_out: Vec<Sealed>,
}

impl Preview {
    /// The last commit.
    pub fn head(&self) -> Head {
        self.ledger.head()
    }
}

/// What a restore of a backup or folder up to a commit (else all of it) would make. Writes nothing.
///
/// # Errors
/// When it is no backup, damaged, or does not reach so far.
pub fn preview(from: &Path, last: Option<Seq>) -> Result<Preview, BackupError> {
    let mut source = Source::open(from)?;
    let mut preview = look(&mut source, last, &mut |_, _, _| Ok(()))?;
    for hash in source.originals.clone() {
        source.original(hash)?;
    }
    preview.left_out = last.map(|last| source.behind(last)).unwrap_or_default();
    Ok(preview)
}

/// The last commit that was written at a moment or before, as clocks on the spot showed it. Of a damaged source: as far as it can be read.
///
/// # Errors
/// When it cannot be read, and when there is none yet.
pub fn last_by(from: &Path, moment: NaiveDateTime) -> Result<Seq, BackupError> {
    let (mut last, mut first) = (None, None);
    Source::open(from)?.readable(&mut |sealed| {
        let at = sealed.commit.at;
        first = first.or(Some(at));
        if at.naive_local() <= moment {
            last = Some(sealed.commit.seq);
        }
    });
    match (last, first) {
        (Some(seq), _) => Ok(seq),
        (None, Some(first)) => Err(BackupError::TooLate { first }),
        (None, None) => Err(BackupError::TooEarly { head: Seq::ZERO }),
    }
}

fn look(source: &mut Source, last: Option<Seq>, each: &mut Each<'_>) -> Result<Preview, BackupError> {
    if last == Some(Seq::ZERO) {
        return Err(BackupError::TooEarly { head: Seq::ZERO });
    }
    let mut when = None;
    let ledger = source.fold(last, &mut |first, text, sealed| {
        when = Some(sealed.commit.at);
        each(first, text, sealed)
    })?;
    Ok(Preview { ledger, last: when, originals: source.originals.len(), left_out: Vec::new() })
}

/// Makes a ledger of a backup or folder, up to a commit (else all of it), in a folder that is not there yet, or empty.
///
/// # Errors
/// As [`preview`]; and when the folder is not empty or cannot be written. Nothing is left in it then.
pub fn restore(from: &Path, dir: &Path, last: Option<Seq>) -> Result<Preview, BackupError> {
    let mut source = Source::open(from)?;
    let made = new_folder(dir)?;
    let done = fill(&mut source, dir, last);
    if done.is_err() {
        // The folder was empty: all in it is ours.
        for name in ["journal.part", "originals", "version", "journal"] {
            let path = dir.join(name);
            drop(std::fs::remove_dir_all(&path).or_else(|_| std::fs::remove_file(&path)));
        }
        if made {
            drop(std::fs::remove_dir(dir));
        }
    }
    let preview = done?;
    let left_out = last.map(|last| source.behind(last)).unwrap_or_default();
    Ok(Preview { left_out, ..preview })
}

/// Makes the folder, and says whether it had to. A link is no folder here.
pub(super) fn new_folder(dir: &Path) -> Result<bool, BackupError> {
    match std::fs::symlink_metadata(dir) {
        Ok(found) if found.is_dir() => {
            if std::fs::read_dir(dir).map_err(at(dir))?.next().is_some() {
                return Err(at(dir)(io::ErrorKind::AlreadyExists.into()));
            }
            Ok(false)
        }
        Ok(_) => Err(at(dir)(io::ErrorKind::AlreadyExists.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            files::make_folder(dir).map_err(at(dir))?;
            Ok(true)
        }
        Err(error) => Err(at(dir)(error)),
    }
}

fn fill(source: &mut Source, dir: &Path, last: Option<Seq>) -> Result<Preview, BackupError> {
    let (part, originals) = (dir.join("journal.part"), dir.join("originals"));
    files::make_folder(&part).map_err(at(&part))?;
    let mut file: Option<(Seq, BufWriter<File>)> = None;
    let preview = look(source, last, &mut |first, text, _| {
        if file.as_ref().is_none_or(|(open, _)| *open != first) {
            finish(file.take()).map_err(at(&part))?;
            let name = name_of(Member::Segment(first));
            let path = part.join(name.trim_start_matches("journal/"));
            let new = files::private().write(true).create_new(true).open(&path).map_err(at(&path))?;
            file = Some((first, BufWriter::new(new)));
        }
        let Some((_, file)) = &mut file else { return Ok(()) };
        file.write_all(text).and_then(|()| file.write_all(b"\n")).map_err(at(&part))
    })?;
    finish(file.take()).map_err(at(&part))?;
    files::make_folder(&originals).map_err(at(&originals))?;
    for hash in source.originals.clone() {
        let path = originals.join(hash.to_string());
        let bytes = source.original(hash)?;
        let mut file = files::private().write(true).create_new(true).open(&path).map_err(at(&path))?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(at(&path))?;
    }
    journal::note_head(&part, preview.head()).map_err(at(&part))?;
    format::mark(dir)?;
    // What is on disk now, not what was meant to be.
    let mut written = Source::folder(&part, &originals)?;
    written.check(preview.head())?;
    if written.originals != source.originals {
        return Err(BackupError::Bad(Bad::Original(originals.display().to_string())));
    }
    for folder in [&part, &originals] {
        files::sync_folder(folder).map_err(at(folder))?;
    }
    std::fs::rename(&part, dir.join("journal")).map_err(at(&part))?;
    files::sync_folder(dir).map_err(at(dir))?;
    Ok(preview)
}

fn finish(file: Option<(Seq, BufWriter<File>)>) -> io::Result<()> {
    match file {
        Some((_, file)) => file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all(),
        None => Ok(()),
    }
}
