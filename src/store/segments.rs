//! The journal as files: `journal/<number of its first commit>.jsonl`, read line by line.
//!
//! A segment's name is the number of its first commit, and a commit is one line: so the line of any commit is found by counting
//! newlines in one file, and a missing file shows as a gap.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::Seq;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Place {
    /// The first commit of its segment.
    pub(super) segment: Seq,
    /// The offset of its first byte.
    pub(super) start: u64,
    /// The offset behind its newline.
    pub(super) end: u64,
}

/// One file of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// The number of its first commit.
    pub(super) first: Seq,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its length in bytes when it was listed.
    pub(super) len: u64,
}

/// The segments of a journal, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Segments(Vec<Segment>);

/// A line as it stands in a file.
#[derive(Debug)]
pub(super) struct RawLine {
    /// Where.
    pub(super) place: Place,
    /// Its file.
    pub(super) file: PathBuf,
    /// Its number in the file, from 1.
    pub(super) number: u64,
    /// Its text without the newline.
    pub(super) text: Vec<u8>,
    /// Whether it ended in a newline.
    pub(super) ended: bool,
    /// Whether nothing stands behind it in the journal.
    pub(super) last: bool,
}

/// The path of the segment that begins with a commit.
pub(super) fn path(folder: &Path, first: Seq) -> PathBuf {
    folder.join(format!("{:06}.jsonl", first.0))
}

impl Segments {
    /// The segments in a folder; none where there is no folder.
    pub(super) fn list(folder: &Path) -> io::Result<Self> {
        let mut list = Vec::new();
        let entries = match std::fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            let number = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".jsonl")?.parse().ok());
            if let Some(first) = number.map(Seq) {
                let len = std::fs::metadata(&path)?.len();
                list.push(Segment { first, path, len });
            }
        }
        list.sort_by_key(|segment| segment.first);
        Ok(Self(list))
    }

    /// All bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.0.iter().map(|segment| segment.len).sum()
    }

    /// The bytes up to the end of a line.
    pub(super) fn bytes_up_to(&self, place: Place) -> u64 {
        let before = self.0.iter().take_while(|segment| segment.first < place.segment);
        before.map(|segment| segment.len).sum::<u64>() + place.end
    }

    /// The last bytes of the journal, at most so many, from the beginning of a line.
    pub(super) fn tail(&self, bytes: u64) -> io::Result<Vec<u8>> {
        let mut parts = Vec::new();
        let mut left = bytes;
        for segment in self.0.iter().rev() {
            let from = segment.len.saturating_sub(left);
            let mut part = Vec::new();
            let mut file = File::open(&segment.path)?;
            file.seek(SeekFrom::Start(from.saturating_sub(1)))?;
            file.take(segment.len - from.saturating_sub(1)).read_to_end(&mut part)?;
            left = left.saturating_sub(segment.len);
            if from > 0 {
                let begins = part.iter().position(|byte| *byte == b'\n').map_or(part.len(), |at| at + 1);
                part.drain(..begins);
            }
            parts.push(part);
            if from > 0 || left == 0 {
                break;
            }
        }
        parts.reverse();
        Ok(parts.concat())
    }

    /// The first commit of each segment.
    pub(super) fn firsts(&self) -> impl Iterator<Item = Seq> {
        self.0.iter().map(|segment| segment.first)
    }

    /// The last segment.
    pub(super) fn last(&self) -> Option<&Segment> {
        self.0.last()
    }

    /// The segment that begins with a commit.
    pub(super) fn segment(&self, first: Seq) -> Option<&Segment> {
        self.0.iter().find(|segment| segment.first == first)
    }

    /// All lines.
    pub(super) fn lines(&self) -> Lines<'_> {
        Lines { rest: self.0.iter(), current: None }
    }

    /// The lines behind a place, whose line is commit `seq`.
    pub(super) fn lines_behind(&self, place: Place, seq: Seq) -> io::Result<Lines<'_>> {
        let mut rest = self.0.iter();
        for segment in rest.by_ref() {
            if segment.first == place.segment {
                let mut current = Current::open(segment)?;
                current.reader.seek(SeekFrom::Start(place.end))?;
                current.at = place.end;
                current.number = (seq.0 + 1).saturating_sub(segment.first.0);
                return Ok(Lines { rest, current: Some(current) });
            }
        }
        Ok(self.lines())
    }

    /// The lines from commit `seq` on, found by counting; the journal is taken to be whole before it.
    pub(super) fn lines_from(&self, seq: Seq) -> io::Result<Lines<'_>> {
        let index = self.0.partition_point(|segment| segment.first <= seq).saturating_sub(1);
        let mut rest = self.0.get(index..).unwrap_or_default().iter();
        let Some(segment) = rest.next() else { return Ok(self.lines()) };
        let mut current = Current::open(segment)?;
        for _ in segment.first.0..seq.0 {
            if current.next_line()?.is_none() {
                break;
            }
        }
        Ok(Lines { rest, current: Some(current) })
    }
}

/// Bytes of a file that are read at once: the line of a document's import and what an office writes in weeks.
const AT_ONCE: usize = 256 * 1024;

/// Reads lines one after the other, across segments.
pub(super) struct Lines<'a> {
    rest: std::slice::Iter<'a, Segment>,
    current: Option<Current>,
}

struct Current {
    first: Seq,
    path: PathBuf,
    reader: BufReader<File>,
    at: u64,
    number: u64,
}

impl Current {
    fn open(segment: &Segment) -> io::Result<Self> {
        let reader = BufReader::with_capacity(AT_ONCE, File::open(&segment.path)?);
        Ok(Self { first: segment.first, path: segment.path.clone(), reader, at: 0, number: 0 })
    }

    fn next_line(&mut self) -> io::Result<Option<RawLine>> {
        let Some((text, ended, last)) = read_line(&mut self.reader)? else { return Ok(None) };
        let start = self.at;
        self.at += text.len() as u64 + u64::from(ended);
        self.number += 1;
        let place = Place { segment: self.first, start, end: self.at };
        Ok(Some(RawLine { place, file: self.path.clone(), number: self.number, text, ended, last }))
    }
}

/// The next line of a file without its newline, whether it ended in one, and whether nothing stands behind it. What a writer has brought
/// to the disk of a line comes page by page: one that had no end yet is the last one, though there is more by now.
fn read_line(reader: &mut impl BufRead) -> io::Result<Option<(Vec<u8>, bool, bool)>> {
    let mut text = Vec::new();
    if reader.read_until(b'\n', &mut text)? == 0 {
        return Ok(None);
    }
    let ended = text.pop_if(|byte| *byte == b'\n').is_some();
    let last = !ended || reader.fill_buf()?.is_empty();
    Ok(Some((text, ended, last)))
}

impl Lines<'_> {
    /// The next line; `None` at the end of the journal.
    pub(super) fn next(&mut self) -> io::Result<Option<RawLine>> {
        loop {
            if let Some(current) = &mut self.current
                && let Some(mut line) = current.next_line()?
            {
                line.last &= self.rest.as_slice().iter().all(|segment| segment.len == 0);
                return Ok(Some(line));
            }
            match self.rest.next() {
                Some(segment) => self.current = Some(Current::open(segment)?),
                None => return Ok(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file to which more comes whenever its end was reached.
    struct Growing(std::collections::VecDeque<&'static [u8]>);

    impl io::Read for Growing {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some(part) = self.0.pop_front() else { return Ok(0) };
            into[..part.len()].copy_from_slice(part);
            Ok(part.len())
        }
    }

    #[test]
    fn a_line_that_is_being_written_is_the_last_one_whatever_comes_meanwhile() {
        let pages: [&[u8]; 5] = [b"one\ntwo\nthr", b"", b"ee\n", b"four\n", b""];
        let mut reader = BufReader::new(Growing(pages.into()));
        let mut next = || read_line(&mut reader).unwrap();
        assert_eq!(next(), Some((b"one".to_vec(), true, false)));
        assert_eq!(next(), Some((b"two".to_vec(), true, false)));
        assert_eq!(next(), Some((b"thr".to_vec(), false, true)), "unfinished, and nothing is cut off");
    }
}
