//! Appending to the journal: a line is on disk before anybody is told that it is written.
//!
//! Beside the segments, `head` holds the number and hash of the last acknowledged commit, written after its line was synced.
//! It is not synced itself and may lag; but when it is ahead of the segments, acknowledged lines are gone. Without it a journal
//! cut off between two lines would look whole.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use super::files;
use super::segments::{self, Place, RawLine, Segments};
use crate::model::{Head, Seq};

/// From this length on a segment is not appended to any more.
pub(super) const SEGMENT: u64 = 16 * 1024 * 1024;

const HEAD: &str = "head";

/// The end of the journal, open for appending. One process has it at a time (see `lock`).
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    head: File,
    file: Option<File>,
    first: Seq,
    len: u64,
}

impl Journal {
    /// Opens the last segment. Its lines were checked before.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let head = files::private().write(true).create(true).truncate(false).open(folder.join(HEAD))?;
        let mut journal = Self { folder: folder.to_owned(), head, file: None, first: Seq(1), len: 0 };
        if let Some(last) = Segments::list(folder)?.last() {
            journal.file = Some(files::private().append(true).open(&last.path)?);
            journal.first = last.first;
            journal.len = last.len;
        }
        Ok(journal)
    }

    /// Appends the line of the commit that becomes the head, and syncs it. After an error the end of the file is unknown:
    /// append nothing more.
    pub(super) fn append(&mut self, head: Head, line: &[u8]) -> io::Result<Place> {
        if self.file.is_none() || self.len >= SEGMENT {
            self.begin(head.seq)?;
        }
        let Some(file) = &mut self.file else { return Err(io::Error::other("no open segment")) };
        file.write_all(line)?;
        file.sync_data()?;
        self.note(head);
        let start = self.len;
        self.len += line.len() as u64;
        Ok(Place { segment: self.first, start, end: self.len })
    }

    /// Makes the lines up to `head` durable, which the last process wrote but may not have synced.
    pub(super) fn sync(&self, head: Head) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), File::sync_data)?;
        self.note(head);
        Ok(())
    }

    /// Best effort: the line is durable, and a head that lags does no harm.
    fn note(&self, head: Head) {
        drop(self.head.write_all_at(head_text(head).as_bytes(), 0));
    }

    fn begin(&mut self, first: Seq) -> io::Result<()> {
        let path = segments::path(&self.folder, first);
        self.file = Some(files::private().append(true).create_new(true).open(path)?);
        self.first = first;
        self.len = 0;
        files::sync_folder(&self.folder)
    }
}

/// Notes the head of a journal that was written by other ways than [`Journal::append`], and is durable.
pub(super) fn note_head(folder: &Path, head: Head) -> io::Result<()> {
    files::write_whole(&folder.join(HEAD), head_text(head).as_bytes())
}

/// Of one length, so that the next is written over it: checksum, number, hash.
fn head_text(head: Head) -> String {
    let text = format!("{:020} {}", head.seq.0, head.hash);
    format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes()))
}

/// The last commit that `head` says was acknowledged; 0 where it says nothing that can be believed.
pub(super) fn acknowledged(folder: &Path) -> Seq {
    acknowledged_head(folder).seq
}

/// The same with its hash.
pub(super) fn acknowledged_head(folder: &Path) -> Head {
    let believed = || {
        let text = std::fs::read_to_string(folder.join(HEAD)).ok()?;
        let (crc, text) = text.strip_suffix('\n')?.split_once(' ')?;
        let right = u32::from_str_radix(crc, 16).ok()? == crc32fast::hash(text.as_bytes());
        let (seq, hash) = text.split_once(' ').filter(|_| right)?;
        Some(Head { seq: Seq(seq.parse().ok()?), hash: hash.parse().ok()? })
    };
    believed().unwrap_or_default()
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
