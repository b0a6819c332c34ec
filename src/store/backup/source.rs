//! Where a ledger is restored from: a backup, an export, or a folder with a journal (a damaged ledger). Read line by line, each one checked,
//! within bounds that hold whatever the file says of itself.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::exported::{self, ExportNote, Fault, HISTORY, NOTE, RECORDS};
use super::members::{self, Member, name_of};
use super::{BackupError, Bad, Note, at};
use crate::model::{Hash, Head, Ledger, Seq};
use crate::store::segments::{self, Segments};
use crate::store::{BadLine, Sealed, codec, files, journal, line, originals};

/// The longest line that is read, in bytes: the longest of a journal, and what an export puts around it.
const LINE: u64 = line::LONGEST as u64 + 1024;
/// The most members.
const MEMBERS: usize = 100_000;
/// A backup unpacks to at most so many times its size (text of ledgers: some 20), and [`SMALL`] more.
const TIMES: u64 = 200;
const SMALL: u64 = 16 * 1024 * 1024;
/// The most of an export's note of itself: a hundred thousand originals.
const NOTE_MOST: u64 = 8 * 1024 * 1024;

/// See the module.
#[derive(Debug)]
pub(in crate::store) struct Source {
    kind: Kind,
    segments: Vec<Seq>,
    /// The documents in it.
    pub(super) originals: Vec<Hash>,
    /// The last commit, by its own words; of a folder, the one that was acknowledged, if it says so.
    said: Option<Head>,
}

#[derive(Debug)]
enum Kind {
    Archive { archive: Box<ZipArchive<File>>, left: u64 },
    Folder { journal: PathBuf, originals: PathBuf },
    Export { folder: PathBuf, note: ExportNote },
}

/// Told of each line of a fold: the first commit of its segment, its text, what it says.
pub(in crate::store) type Each<'a> = dyn FnMut(Seq, &[u8], &Sealed) -> Result<(), BackupError> + 'a;

impl Source {
    /// Opens a backup, or a folder that has a journal.
    ///
    /// # Errors
    /// When it cannot be read, or is neither.
    pub(in crate::store) fn open(path: &Path) -> Result<Self, BackupError> {
        if path.join(NOTE).is_file() {
            return Self::export(path);
        }
        if path.is_dir() {
            return Self::folder(&path.join("journal"), &path.join("originals"));
        }
        let file = File::open(path).map_err(at(path))?;
        let length = file.metadata().map_err(at(path))?.len();
        let archive = ZipArchive::new(file).map_err(foreign)?;
        let left = length.saturating_mul(TIMES).saturating_add(SMALL);
        Self::archive(archive, left)
    }

    fn archive(archive: ZipArchive<File>, left: u64) -> Result<Self, BackupError> {
        let bad = |bad| Err(BackupError::Bad(bad));
        if archive.len() > MEMBERS || archive.decompressed_size().is_none_or(|size| size > u128::from(left)) {
            return bad(Bad::Bomb);
        }
        if archive.has_duplicate_names() {
            return bad(Bad::Member("×2".to_owned()));
        }
        let (mut segments, mut originals, mut noted) = (Vec::new(), Vec::new(), false);
        let mut archive = archive;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(foreign)?;
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            // Whatever is no plain file: links, pipes, devices.
            let plain = entry.unix_mode().is_none_or(|mode| matches!(mode & 0o170_000, 0 | 0o040_000 | 0o100_000));
            match members::named(&name).filter(|_| plain && !entry.is_symlink() && !entry.encrypted()) {
                Some(Member::Segment(first)) => segments.push(first),
                Some(Member::Original(hash)) => originals.push(hash),
                Some(Member::Note) => noted = true,
                Some(Member::Readme | Member::Folder) => {}
                None => return bad(Bad::Member(name)),
            }
        }
        if !noted {
            return bad(Bad::Foreign(members::NOTE.to_owned()));
        }
        segments.sort_unstable();
        originals.sort_unstable_by_key(|hash| hash.0);
        let kind = Kind::Archive { archive: Box::new(archive), left };
        let mut source = Self { kind, segments, originals, said: None };
        let note = source.note()?;
        if note.schema > codec::SCHEMA || note.format > 1 {
            return bad(Bad::Newer(note.schema));
        }
        source.said = Some(note.head);
        Ok(source)
    }

    /// A journal and originals in two folders.
    pub(super) fn folder(journal: &Path, originals: &Path) -> Result<Self, BackupError> {
        if !journal.is_dir() {
            let there = journal.parent().unwrap_or(journal).display().to_string();
            return Err(BackupError::Bad(Bad::Foreign(there)));
        }
        let list = Segments::list(journal).map_err(at(journal))?;
        let segments = list.firsts().collect();
        let kept = originals::kept(originals).map_err(at(originals))?;
        let said = Some(journal::acknowledged_head(journal)).filter(|head| head.seq > Seq::ZERO);
        let kind = Kind::Folder { journal: journal.to_owned(), originals: originals.to_owned() };
        Ok(Self { kind, segments, originals: kept, said })
    }

    fn export(path: &Path) -> Result<Self, BackupError> {
        let bad = |bad| BackupError::Bad(bad);
        let file = path.join(NOTE);
        let mut bytes = Vec::new();
        let read =
            files::private().read(true).open(&file).and_then(|file| file.take(NOTE_MOST).read_to_end(&mut bytes));
        read.map_err(at(&file))?;
        let note: ExportNote = serde_json::from_slice(&bytes).map_err(|error| {
            let (column, what) = exported::fault(&bytes, &error);
            bad(Bad::Export { file: NOTE.to_owned(), line: error.line() as u64, column, what })
        })?;
        if note.schema > codec::SCHEMA || note.export > 1 {
            return Err(bad(Bad::Newer(note.schema)));
        }
        let history = path.join(HISTORY);
        let segments = Segments::list(&history).map_err(at(&history))?.firsts().collect();
        let (originals, said) = (note.originals.clone(), Some(note.head));
        let kind = Kind::Export { folder: path.to_owned(), note };
        Ok(Self { kind, segments, originals, said })
    }

    fn note(&mut self) -> Result<Note, BackupError> {
        let bytes = self.whole(Member::Note, 64 * 1024)?;
        serde_json::from_slice(&bytes).map_err(|error| BackupError::Bad(Bad::Foreign(error.to_string())))
    }

    /// The bytes of a document, which have its hash.
    pub(super) fn original(&mut self, hash: Hash) -> Result<Vec<u8>, BackupError> {
        let bytes = self.whole(Member::Original(hash), originals::LARGEST)?;
        if line::sha256(&bytes) == hash { Ok(bytes) } else { Err(BackupError::Bad(Bad::Original(hash.to_string()))) }
    }

    fn whole(&mut self, member: Member, most: u64) -> Result<Vec<u8>, BackupError> {
        let mut bytes = Vec::new();
        self.reading(member, |reader, left| {
            let most = most.min(*left);
            reader.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > most {
                return Ok(Err(Bad::Bomb));
            }
            *left -= bytes.len() as u64;
            Ok(Ok(()))
        })?;
        Ok(bytes)
    }

    /// Lets `deed` read a member; `left` is how much may still be unpacked of all.
    fn reading<T>(
        &mut self,
        member: Member,
        deed: impl FnOnce(&mut dyn BufRead, &mut u64) -> io::Result<Result<T, Bad>>,
    ) -> Result<T, BackupError> {
        let name = name_of(member);
        let done = match &mut self.kind {
            Kind::Archive { archive, left } => {
                let mut reader = BufReader::new(archive.by_name(&name).map_err(foreign)?);
                deed(&mut reader, left).map_err(|error| BackupError::Bad(Bad::Foreign(format!("{name}: {error}"))))?
            }
            Kind::Folder { journal, originals } => {
                let path = match member {
                    Member::Segment(first) => segments::path(journal, first),
                    Member::Original(hash) => originals.join(hash.to_string()),
                    Member::Note | Member::Readme | Member::Folder => journal.join(name),
                };
                let file = files::private().read(true).open(&path).map_err(at(&path))?;
                deed(&mut BufReader::new(file), &mut u64::MAX.clone()).map_err(at(&path))?
            }
            Kind::Export { folder, .. } => {
                let path = folder.join(exported_name(&name));
                let file = files::private().read(true).open(&path).map_err(at(&path))?;
                deed(&mut BufReader::new(file), &mut u64::MAX.clone()).map_err(at(&path))?
            }
        };
        done.map_err(BackupError::Bad)
    }

    /// Folds the journal up to a commit, or all of it, telling `each` of every line: the first commit of its segment, its text, what it says.
    ///
    /// # Errors
    /// At the first line that is not what was written, and when the journal ends before `last`, or before what the source says of itself.
    pub(in crate::store) fn fold(&mut self, last: Option<Seq>, each: &mut Each<'_>) -> Result<Ledger, BackupError> {
        let mut ledger = Ledger::default();
        let whole = |head: Seq| last.is_some_and(|last| head >= last);
        for first in self.segments.clone() {
            if whole(ledger.head().seq) {
                break;
            }
            let mut failed = None;
            self.lines(first, |number, text, ended| {
                let sealed = match checked(first, number, text, ended) {
                    Ok(sealed) => sealed,
                    Err(what) => return Err((number, what)),
                };
                ledger
                    .apply(&sealed.commit, sealed.hash)
                    .map_err(|misfit| (number, BadLine::Chain(misfit.to_string())))?;
                failed = each(first, text, &sealed).err();
                Ok(failed.is_none() && !whole(ledger.head().seq))
            })?;
            if let Some(failed) = failed {
                return Err(failed);
            }
        }
        let found = ledger.head();
        match (last, self.said) {
            (Some(last), _) if found.seq < last => Err(BackupError::TooEarly { head: found.seq }),
            (None, Some(said)) if found.seq < said.seq || (self.is_closed() && found != said) => {
                Err(BackupError::Bad(Bad::Head { said: said.seq, found: found.seq }))
            }
            (None, _) => {
                self.agree(&ledger)?;
                Ok(ledger)
            }
            _ => Ok(ledger),
        }
    }

    /// Whether the records of an export, and what it says of itself, are those of its history. Other sources hold no records.
    fn agree(&self, ledger: &Ledger) -> Result<(), BackupError> {
        let Kind::Export { folder, note } = &self.kind else { return Ok(()) };
        let bad = |file: &str, (line, (column, what))| {
            Err(BackupError::Bad(Bad::Export { file: file.to_owned(), line, column, what }))
        };
        let path = folder.join(RECORDS);
        let file = files::private().read(true).open(&path).map_err(at(&path))?;
        if let Some(found) = exported::disagrees(&mut BufReader::new(file), ledger, LINE).map_err(at(&path))? {
            return bad(RECORDS, found);
        }
        let path = folder.join(NOTE);
        match note.disagrees(ledger, &std::fs::read(&path).map_err(at(&path))?) {
            Some(found) => bad(NOTE, found),
            None => Ok(()),
        }
    }

    /// The commits behind `after`, as far as they can be read, without their fold: for showing.
    pub(super) fn behind(&mut self, after: Seq) -> Vec<Sealed> {
        let mut found = Vec::new();
        self.readable(&mut |sealed| {
            if sealed.commit.seq > after {
                found.push(sealed);
            }
        });
        found
    }

    /// Tells of every commit up to the first line that is not good.
    pub(super) fn readable(&mut self, each: &mut dyn FnMut(Sealed)) {
        for first in self.segments.clone() {
            let read = self.lines(first, |number, text, ended| {
                each(checked(first, number, text, ended).map_err(|what| (number, what))?);
                Ok(true)
            });
            if read.is_err() {
                break;
            }
        }
    }

    /// The line of every commit that has one that is good by itself, wherever it stands. Lines that are not good are passed over.
    pub(in crate::store) fn good_lines(&mut self, each: &mut dyn FnMut(&[u8], &Sealed)) -> Result<(), BackupError> {
        for first in self.segments.clone() {
            self.lines(first, |_, text, _| {
                if let Ok(sealed) = line::decode(text) {
                    each(text, &sealed);
                }
                Ok(true)
            })?;
        }
        Ok(())
    }

    /// Whether it ends where it says that it ends: nobody writes to it any more.
    const fn is_closed(&self) -> bool {
        !matches!(self.kind, Kind::Folder { .. })
    }

    /// Reads a segment line by line: the number of the line from 1, its text, whether it ended. A last line that a writer of the folder has
    /// not ended is not told.
    fn lines(
        &mut self,
        first: Seq,
        mut each: impl FnMut(u64, &[u8], bool) -> Result<bool, (u64, BadLine)>,
    ) -> Result<(), BackupError> {
        let (folder, export) = (!self.is_closed(), matches!(self.kind, Kind::Export { .. }));
        let last = self.segments.last() == Some(&first);
        let file = name_of(Member::Segment(first));
        self.reading(Member::Segment(first), |reader, left| {
            let mut text = Vec::new();
            for number in 1.. {
                text.clear();
                let count = reader.take(LINE.min(*left).saturating_add(1)).read_until(b'\n', &mut text)? as u64;
                if count == 0 {
                    break;
                }
                let Some(rest) = left.checked_sub(count).filter(|_| count <= LINE) else { return Ok(Err(Bad::Bomb)) };
                *left = rest;
                let ended = text.pop_if(|byte| *byte == b'\n').is_some();
                if !ended && folder && last {
                    break;
                }
                if export && !ended {
                    let (file, column) =
                        (exported_name(&file), String::from_utf8_lossy(&text).chars().count() as u64 + 1);
                    return Ok(Err(Bad::Export { file, line: number, column, what: Fault::Cut }));
                }
                if export {
                    text = match exported::back(&text) {
                        Ok(journal) => journal,
                        Err((column, what)) => {
                            return Ok(Err(Bad::Export { file: exported_name(&file), line: number, column, what }));
                        }
                    };
                }
                match each(number, &text, ended) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err((line, what)) => {
                        let file = if export { exported_name(&file) } else { file };
                        return Ok(Err(Bad::Line { file, line, what }));
                    }
                }
            }
            Ok(Ok(()))
        })
    }

    /// Whether it is all as its own words say: every line up to `head`, every document.
    pub(super) fn check(&mut self, head: Head) -> Result<(), BackupError> {
        let found = self.fold(None, &mut |_, _, _| Ok(()))?.head();
        if found != head {
            return Err(BackupError::Bad(Bad::Head { said: head.seq, found: found.seq }));
        }
        for hash in self.originals.clone() {
            self.original(hash)?;
        }
        Ok(())
    }
}

/// What a member of a backup is called in an export.
fn exported_name(member: &str) -> String {
    match member.strip_prefix("journal/") {
        Some(segment) => format!("{HISTORY}/{segment}"),
        None => member.to_owned(),
    }
}

fn checked(first: Seq, number: u64, text: &[u8], ended: bool) -> Result<Sealed, BadLine> {
    let sealed = line::decode(text)?;
    if !ended {
        return Err(BadLine::Cut);
    }
    if number == 1 && sealed.commit.seq != first {
        return Err(BadLine::Chain(format!("commit {} begins the file", sealed.commit.seq)));
    }
    Ok(sealed)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands on")]
fn foreign(error: ZipError) -> BackupError {
    BackupError::Bad(Bad::Foreign(error.to_string()))
}
