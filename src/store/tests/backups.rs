//! What the tests of backups, exports and repair share.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::sample::*;
use crate::model::*;
use crate::store::{line, originals};

/// What happens to the lines of a journal.
pub(super) type Spoil = fn(&mut Vec<Vec<u8>>);

/// A ledger with some history and one original, closed.
pub(super) fn ledger(filings: u16) -> (tempfile::TempDir, Ledger) {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    store.commit(&clerk(), &opening(4)).unwrap();
    for no in 0..filings {
        file(&*store, no % 4 + 1, &format!("第{no}次填报")).unwrap();
    }
    originals::keep(dir.path(), &line::sha256(b"original").to_string(), b"original").unwrap();
    let state = store.snapshot().unwrap();
    (dir, state)
}

pub(super) fn journal(dir: &Path) -> Vec<u8> {
    std::fs::read(dir.join("journal/000001.jsonl")).unwrap()
}

pub(super) fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// The members of a zip file, by a loop of our own.
pub(super) fn members(file: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut member = archive.by_index(index).unwrap();
            let name = member.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

pub(super) fn zipped(file: &Path, members: &[(String, Vec<u8>)]) {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    std::fs::write(file, zip.finish().unwrap().into_inner()).unwrap();
}
