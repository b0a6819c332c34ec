//! Making a backup while people work. The journal only grows, so what was acknowledged when the backup began is a whole ledger, whatever is
//! written meanwhile.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::members::{Member, name_of};
use super::source::Source;
use super::{BackupError, Note, at};
use crate::model::{Hash, Head, Ledger, Seq};
use crate::store::follow::{self, Stop};
use crate::store::lock::Lock;
use crate::store::segments::{Place, Segments};
use crate::store::{BadLine, Damage, OpenError, Purpose, codec, files, journal, originals};

/// How often, and how long apart, the note of the last commit is looked for while its writer is about to write it.
const LOOKS: u32 = 40;
const APART: Duration = Duration::from_millis(5);

/// A backup that was made, and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The last commit in it.
    pub head: Head,
    /// Records at that commit.
    pub records: usize,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: Hash,
    /// Documents in it.
    pub originals: usize,
    /// Documents that are not in it, since the ledger's own copies are damaged.
    pub left_out: Vec<Hash>,
}

/// Up to where a journal is copied.
enum Until {
    /// Nobody writes: as far as the files go, which is at least as far as was acknowledged.
    Files(Segments, Seq),
    /// Somebody writes: the last commit that was acknowledged.
    Commit(Seq),
}

/// Makes a backup of the ledger in `dir` as a new file, with a text for people in it, and reads it back.
///
/// # Errors
/// When there is no ledger or it is damaged, and when the file exists or cannot be written; nothing is left of it then.
pub fn make(dir: &Path, target: &Path, readme: &str) -> Result<Made, BackupError> {
    let folder = dir.join("journal");
    if !folder.is_dir() {
        return Err(OpenError::Missing(dir.to_owned()).into());
    }
    OpenError::exposed(dir)?;
    crate::store::format::check(dir)?;
    let file = files::private().write(true).create_new(true).open(target).map_err(at(target))?;
    let made = fill(dir, file, target, readme);
    if made.is_err() {
        // It was not there before.
        drop(std::fs::remove_file(target));
    }
    made
}

fn fill(dir: &Path, file: File, target: &Path, readme: &str) -> Result<Made, BackupError> {
    let zipped = |error: ZipError| at(target)(error.into());
    let options = SimpleFileOptions::default().unix_permissions(0o600).large_file(true);
    let mut zip = ZipWriter::new(BufWriter::new(file));
    zip.start_file(name_of(Member::Readme), options).map_err(zipped)?;
    zip.write_all(readme.as_bytes()).map_err(at(target))?;
    let ledger = copy_journal(&dir.join("journal"), &mut |first, text| {
        if let Some(first) = first {
            zip.start_file(name_of(Member::Segment(first)), options)?;
        }
        zip.write_all(text)?;
        zip.write_all(b"\n")
    })
    .map_err(|trouble| trouble.named(target))?;
    // Looked for last: a document is kept before the commit that names it.
    let (mut whole, mut left_out) = (0, Vec::new());
    let folder = dir.join("originals");
    for hash in originals::kept(&folder).map_err(OpenError::disk(&folder))? {
        match originals::read(dir, &hash.to_string()) {
            Ok(bytes) => {
                zip.start_file(name_of(Member::Original(hash)), options).map_err(zipped)?;
                zip.write_all(&bytes).map_err(at(target))?;
                whole += 1;
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => left_out.push(hash),
            Err(error) => return Err(OpenError::disk(&folder)(error).into()),
        }
    }
    let note = Note { format: 1, schema: codec::SCHEMA, head: ledger.head() };
    let note = serde_json::to_vec(&note).map_err(|error| at(target)(error.into()))?;
    zip.start_file(name_of(Member::Note), options).map_err(zipped)?;
    zip.write_all(&note).map_err(at(target))?;
    let buffer = zip.finish().map_err(zipped)?;
    let file = buffer.into_inner().map_err(|error| at(target)(error.into_error()))?;
    file.sync_all().map_err(at(target))?;
    let above = target.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    files::sync_folder(above).map_err(at(above))?;
    Source::open(target)?.check(ledger.head())?;
    let (bytes, sha256) = sum(target).map_err(at(target))?;
    Ok(Made { head: ledger.head(), records: ledger.len(), bytes, sha256, originals: whole, left_out })
}

/// Why copying stopped: the ledger, or the file that is written.
pub(super) enum Trouble {
    Ledger(BackupError),
    File(io::Error),
}

impl Trouble {
    pub(super) fn named(self, target: &Path) -> BackupError {
        match self {
            Self::Ledger(error) => error,
            Self::File(error) => at(target)(error),
        }
    }
}

/// Told of each line that is copied: the segment that it begins, if it does, and its text.
pub(super) type Write<'a> = dyn FnMut(Option<Seq>, &[u8]) -> io::Result<()> + 'a;

/// Hands on every line up to where the journal is whole and acknowledged, with the segment that it begins, if it does; each was checked.
pub(super) fn copy_journal(folder: &Path, write: &mut Write<'_>) -> Result<Ledger, Trouble> {
    let disk = |error| Trouble::Ledger(OpenError::disk(folder)(error).into());
    let until = until(folder).map_err(|error| Trouble::Ledger(error.into()))?;
    let segments = match &until {
        Until::Files(segments, _) => segments.clone(),
        Until::Commit(_) => Segments::list(folder).map_err(disk)?,
    };
    let mut lines = segments.lines();
    let mut ledger = Ledger::default();
    let mut begun = None;
    let damaged = |damage| Trouble::Ledger(BackupError::Damaged(damage));
    while !matches!(until, Until::Commit(last) if ledger.head().seq >= last) {
        let (sealed, raw) = match follow::next(&mut lines).map_err(disk)? {
            Ok(Some(next)) => next,
            // Whoever opens the ledger next moves such a line out of it: it was never acknowledged.
            Ok(None) | Err(Stop::Unfinished(_)) => break,
            Err(Stop::Damage(damage)) => return Err(damaged(damage)),
        };
        if matches!(&until, Until::Files(segments, _) if !within(segments, raw.place)) {
            break;
        }
        if let Err(misfit) = ledger.apply(&sealed.commit, sealed.hash) {
            let what = BadLine::Chain(misfit.to_string());
            return Err(damaged(Damage { file: raw.file, line: raw.number, what }));
        }
        let first = Some(raw.place.segment).filter(|segment| begun != Some(*segment));
        begun = Some(raw.place.segment);
        write(first, &raw.text).map_err(Trouble::File)?;
    }
    let (Until::Files(_, known) | Until::Commit(known)) = until;
    if ledger.head().seq < known {
        return Err(damaged(Damage::lost(folder, &segments, ledger.head().seq, known)));
    }
    Ok(ledger)
}

fn within(segments: &Segments, place: Place) -> bool {
    segments.segment(place.segment).is_some_and(|segment| place.end <= segment.len)
}

fn until(folder: &Path) -> Result<Until, OpenError> {
    let dir = folder.parent().unwrap_or(folder);
    if let Ok(Some(lock)) = Lock::try_take(dir, Purpose::Command) {
        let segments = Segments::list(folder).map_err(OpenError::disk(folder))?;
        if let Some(last) = segments.last() {
            // The process that wrote it may have been killed before it was on disk.
            File::open(&last.path).and_then(|file| file.sync_data()).map_err(OpenError::disk(&last.path))?;
        }
        let known = journal::acknowledged(folder);
        drop(lock);
        return Ok(Until::Files(segments, known));
    }
    for _ in 0..LOOKS {
        let seq = journal::acknowledged(folder);
        if seq > Seq::ZERO {
            return Ok(Until::Commit(seq));
        }
        std::thread::sleep(APART);
    }
    let segments = Segments::list(folder).map_err(OpenError::disk(folder))?;
    Ok(Until::Files(segments, Seq::ZERO))
}

fn sum(path: &Path) -> io::Result<(u64, Hash)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok((bytes, Hash(hasher.finalize().into())));
        }
        hasher.update(buffer.get(..count).unwrap_or_default());
        bytes += count as u64;
    }
}
