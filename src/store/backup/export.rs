//! The whole ledger as open files in a new folder: every record, the whole history, the documents. Made while people work, as a backup is,
//! and read back before it counts.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::exported::{self, ExportNote, HISTORY, NOTE, RECORDS};
use super::make::{Trouble, copy_journal};
use super::members::{Member, name_of};
use super::restore::new_folder;
use super::source::Source;
use super::{BackupError, at};
use crate::model::{Hash, Ledger, Seq};
use crate::store::{OpenError, Sealed, codec, files, format, originals};

/// What was exported.
#[derive(Debug, Clone)]
pub struct Exported {
    /// The ledger at the last commit of it.
    pub ledger: Ledger,
    /// Documents in it.
    pub originals: usize,
    /// Documents that are not in it, since the ledger's own copies are damaged.
    pub left_out: Vec<Hash>,
}

/// Exports the ledger in `dir` into a folder that is not there yet, or empty, and reads it back.
///
/// # Errors
/// When there is no ledger or it is damaged, and when the folder is not empty or cannot be written; nothing is left in it then.
pub fn export(dir: &Path, target: &Path) -> Result<Exported, BackupError> {
    let journal = dir.join("journal");
    if !journal.is_dir() {
        return Err(OpenError::Missing(dir.to_owned()).into());
    }
    OpenError::exposed(dir)?;
    format::check(dir)?;
    let made = new_folder(target)?;
    let done = fill(dir, target);
    if done.is_err() {
        empty(target);
        if made {
            drop(std::fs::remove_dir(target));
        }
    }
    done
}

/// Takes everything out of a folder that an export began to fill and could not finish: it was empty, so all in it is the export's, and the
/// same can be asked for again.
pub fn empty(target: &Path) {
    for entry in std::fs::read_dir(target).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        drop(std::fs::remove_dir_all(&path).or_else(|_| std::fs::remove_file(&path)));
    }
}

fn fill(dir: &Path, target: &Path) -> Result<Exported, BackupError> {
    let ledger = history(&dir.join("journal"), &target.join(HISTORY))?;
    let records = target.join(RECORDS);
    write(&records, |file| {
        for (key, entry) in ledger.entries() {
            file.write_all(&exported::record(key, entry.version, &entry.record)?)?;
            file.write_all(b"\n")?;
        }
        Ok(())
    })?;
    let folder = target.join("originals");
    files::make_folder(&folder).map_err(at(&folder))?;
    let (mut whole, mut left_out) = (Vec::new(), Vec::new());
    let from = dir.join("originals");
    for hash in originals::kept(&from).map_err(OpenError::disk(&from))? {
        match originals::read(dir, &hash.to_string()) {
            Ok(bytes) => {
                write(&folder.join(hash.to_string()), |file| file.write_all(&bytes))?;
                whole.push(hash);
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => left_out.push(hash),
            Err(error) => return Err(OpenError::disk(&from)(error).into()),
        }
    }
    let originals = whole.len();
    let note = ExportNote::of(&ledger, codec::SCHEMA, whole);
    write(&target.join(NOTE), |file| {
        serde_json::to_writer_pretty(&mut *file, &note)?;
        file.write_all(b"\n")
    })?;
    for folder in [&target.join(HISTORY), &folder, target] {
        files::sync_folder(folder).map_err(at(folder))?;
    }
    Source::open(target)?.check(ledger.head())?;
    Ok(Exported { ledger, originals, left_out })
}

/// Every commit, in files as the journal has them.
fn history(journal: &Path, folder: &Path) -> Result<Ledger, BackupError> {
    files::make_folder(folder).map_err(at(folder))?;
    let mut open: Option<BufWriter<File>> = None;
    let ledger = copy_journal(journal, &mut |first, text| {
        if let Some(first) = first {
            finish(open.take())?;
            open = Some(BufWriter::new(create(&file_of(folder, first))?));
        }
        let Some(file) = &mut open else { return Ok(()) };
        file.write_all(&exported::out(text))?;
        file.write_all(b"\n")
    })
    .map_err(|trouble: Trouble| trouble.named(folder))?;
    finish(open).map_err(at(folder))?;
    Ok(ledger)
}

fn file_of(folder: &Path, first: Seq) -> PathBuf {
    folder.join(name_of(Member::Segment(first)).trim_start_matches("journal/"))
}

fn create(path: &Path) -> io::Result<File> {
    files::private().write(true).create_new(true).open(path)
}

fn finish(file: Option<BufWriter<File>>) -> io::Result<()> {
    match file {
        Some(file) => file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all(),
        None => Ok(()),
    }
}

fn write(path: &Path, content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), BackupError> {
    let written = create(path).and_then(|file| {
        let mut file = BufWriter::new(file);
        content(&mut file)?;
        finish(Some(file))
    });
    written.map_err(at(path))
}

/// Tells of every commit of a backup, an export or a folder, in order.
///
/// # Errors
/// At the first that is not what was written.
pub fn commits(from: &Path, each: &mut dyn FnMut(&Sealed) -> io::Result<()>) -> Result<(), BackupError> {
    Source::open(from)?.fold(None, &mut |_, _, sealed| each(sealed).map_err(at(from)))?;
    Ok(())
}
