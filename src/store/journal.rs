//! Appending to the journal: a line is on disk before anybody is told that it is written.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::files;
use super::segments::{self, Place, RawLine, Segments};
use crate::model::Seq;

/// From this length on a segment is not appended to any more.
pub(super) const SEGMENT: u64 = 16 * 1024 * 1024;

/// The end of the journal, open for appending. One process has it at a time (see `lock`).
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    file: Option<File>,
    first: Seq,
    len: u64,
}

impl Journal {
    /// Opens the last segment. Its lines were checked before.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let mut journal = Self { folder: folder.to_owned(), file: None, first: Seq(1), len: 0 };
        if let Some(last) = Segments::list(folder)?.last() {
            journal.file = Some(files::private().append(true).open(&last.path)?);
            journal.first = last.first;
            journal.len = last.len;
        }
        Ok(journal)
    }

    /// Appends the line of commit `seq` and syncs it. After an error the end of the file is unknown: append nothing more.
    pub(super) fn append(&mut self, seq: Seq, line: &[u8]) -> io::Result<Place> {
        if self.file.is_none() || self.len >= SEGMENT {
            self.begin(seq)?;
        }
        let Some(file) = &mut self.file else { return Err(io::Error::other("no open segment")) };
        file.write_all(line)?;
        file.sync_data()?;
        let start = self.len;
        self.len += line.len() as u64;
        Ok(Place { segment: self.first, start, end: self.len })
    }

    /// Makes lines durable that the last process wrote but may not have synced.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), File::sync_data)
    }

    fn begin(&mut self, first: Seq) -> io::Result<()> {
        let path = segments::path(&self.folder, first);
        self.file = Some(files::private().append(true).create_new(true).open(path)?);
        self.first = first;
        self.len = 0;
        files::sync_folder(&self.folder)
    }
}

/// Moves a half-written last line out of the journal into `tail.N`, and only then cuts it off.
pub(super) fn move_torn(folder: &Path, torn: &RawLine) -> io::Result<PathBuf> {
    let kept = files::first_free(&folder.join("tail"))?;
    let mut file = files::private().write(true).create_new(true).open(&kept)?;
    file.write_all(&torn.text)?;
    file.sync_all()?;
    files::sync_folder(folder)?;
    let segment = files::private().write(true).open(&torn.file)?;
    segment.set_len(torn.place.start)?;
    segment.sync_all()?;
    Ok(kept)
}
