//! Reading an image. Every block is checked before a byte of it is believed.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::thread;

use super::super::codec;
use super::super::segments::Place;
use super::super::{Unsound, line};
use super::block::Reading;
use super::{Ids, Part, Records, TRAILER, Table, WORD, path};
use crate::model::{Entry, Head, Key, Ledger};

/// With more blocks than this the work is shared among threads.
const SHARED_FROM: usize = 8;
/// More threads than this gain little.
const MAX_THREADS: usize = 8;

/// An open image whose table was checked.
#[derive(Debug)]
pub(in crate::store) struct Image {
    file: File,
    table: Table,
}

impl Image {
    /// Opens the image of a ledger. The file stays what it is, also when another takes its place.
    pub(in crate::store) fn open(dir: &Path) -> Result<Self, Unsound> {
        let file = match File::open(path(dir)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unsound::Missing),
            Err(error) => return Err(Unsound::Damaged(error.to_string())),
        };
        let damaged = || Unsound::Damaged("the table of the image does not match".to_owned());
        let len = file.metadata().map_err(unreadable)?.len();
        let behind = len.checked_sub(TRAILER as u64).ok_or_else(damaged)?;
        let trailer = bytes(&file, behind, TRAILER)?;
        let (table_len, rest) = trailer.split_first_chunk::<8>().ok_or_else(damaged)?;
        let (sha256, word) = rest.split_first_chunk::<32>().ok_or_else(damaged)?;
        let table_len = u64::from_le_bytes(*table_len);
        let from = behind.checked_sub(table_len).filter(|_| word == WORD).ok_or_else(damaged)?;
        let table = bytes(&file, from, usize::try_from(table_len).map_err(|_| damaged())?)?;
        if line::sha256(&table).0 != *sha256 {
            return Err(damaged());
        }
        let table: Table = codec::decode(&table).map_err(Unsound::from)?;
        let parts = table.records.iter().map(|records| &records.part).chain(&table.ids);
        if parts.map(|part| u64::from(part.len)).sum::<u64>() != from {
            return Err(damaged());
        }
        Ok(Self { file, table })
    }

    /// The commit that it shows.
    pub(in crate::store) const fn head(&self) -> Head {
        self.table.head
    }

    /// Where that one is in the journal.
    pub(in crate::store) const fn place(&self) -> Place {
        self.table.place
    }

    /// The key that each block of records begins with.
    pub(in crate::store) fn firsts(&self) -> impl Iterator<Item = &Key> {
        self.table.records.iter().map(|records| &records.first)
    }

    /// All records.
    pub(in crate::store) fn ledger(&self) -> Result<Ledger, Unsound> {
        let entries = self.blocks(0..self.table.records.len())?;
        Ok(Ledger::from_parts(self.table.head, entries.into_iter().collect()))
    }

    /// The records of some blocks, by their numbers, in order.
    pub(in crate::store) fn blocks(&self, numbers: impl Iterator<Item = usize>) -> Result<Vec<(Key, Entry)>, Unsound> {
        let mut at = 0;
        let ends = self.table.records.iter().map(|records| {
            let from = at;
            at += u64::from(records.part.len);
            (from, records)
        });
        let all: Vec<(u64, &Records)> = ends.collect();
        let blocks: Vec<(u64, &Records)> = numbers.filter_map(|number| all.get(number).copied()).collect();
        let threads = match blocks.len() {
            0..SHARED_FROM => 1,
            _ => thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS),
        };
        let mut shares = blocks.chunks(blocks.len().div_ceil(threads).max(1));
        let first = shares.next().unwrap_or_default();
        let entries = thread::scope(|scope| {
            let others: Vec<_> = shares.map(|share| scope.spawn(|| self.read_some(share))).collect();
            let mut entries = self.read_some(first)?;
            for other in others {
                entries.append(&mut other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok::<_, Unsound>(entries)
        })?;
        if entries.is_sorted_by(|(before, _), (after, _)| before < after) {
            Ok(entries)
        } else {
            Err(Unsound::Damaged("the records of the image are not in order".to_owned()))
        }
    }

    fn read_some(&self, blocks: &[(u64, &Records)]) -> Result<Vec<(Key, Entry)>, Unsound> {
        let records = blocks.iter().map(|(_, records)| records.count as usize).sum();
        let (mut entries, mut reading) = (Vec::with_capacity(records), Reading::default());
        for (from, records) in blocks {
            let bytes = self.part(*from, &records.part)?;
            reading.read(&bytes, records.count, &mut entries).map_err(Unsound::from)?;
        }
        Ok(entries)
    }

    /// The batch ids of all commits.
    pub(in crate::store) fn ids(&self) -> Result<Ids, Unsound> {
        let mut at = self.table.records.iter().map(|records| u64::from(records.part.len)).sum();
        let mut all = Vec::new();
        for part in &self.table.ids {
            let bytes = self.part(at, part)?;
            at += u64::from(part.len);
            let (ids, rest) = bytes.as_chunks();
            if !rest.is_empty() {
                return Err(Unsound::Damaged("the batch ids of the image are cut off".to_owned()));
            }
            all.extend_from_slice(ids);
        }
        let ids = Ids::of_image(all).filter(|ids| ids.len() as u64 == self.table.head.seq.0);
        ids.ok_or_else(|| Unsound::Damaged("the batch ids of the image do not match".to_owned()))
    }

    fn part(&self, from: u64, part: &Part) -> Result<Vec<u8>, Unsound> {
        let bytes = bytes(&self.file, from, part.len as usize)?;
        if line::sha256(&bytes).0 == part.sha256 {
            Ok(bytes)
        } else {
            Err(Unsound::Damaged("a block of the image does not match".to_owned()))
        }
    }
}

fn bytes(file: &File, from: u64, len: usize) -> Result<Vec<u8>, Unsound> {
    let mut bytes = vec![0; len];
    file.read_exact_at(&mut bytes, from).map_err(unreadable)?;
    Ok(bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn unreadable(error: io::Error) -> Unsound {
    Unsound::Damaged(error.to_string())
}
