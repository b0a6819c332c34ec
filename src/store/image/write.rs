//! Writing an image: beside the old one, then in its place. It is not synced: after a power cut its sums tell whether it is whole.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::super::segments::Place;
use super::super::{codec, files, line};
use super::block::{Filling, Full};
use super::{Ids, Part, Records, TRAILER, Table, WORD, path};
use crate::model::Ledger;

/// So many ids a block.
const IDS: usize = 4096;

/// Writes the image of a ledger whose last commit stands at `place`; `ids` are those of all its commits. Of an attempt that fails
/// nothing is left, and an earlier image stays.
pub(in crate::store) fn write(dir: &Path, ledger: &Ledger, place: Place, ids: &Ids) -> io::Result<()> {
    files::replace(&path(dir), |file| fill(file, ledger, place, ids))
}

fn fill(file: &mut File, ledger: &Ledger, place: Place, ids: &Ids) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(256 * 1024, file);
    let mut table = Table { head: ledger.head(), place, records: Vec::new(), ids: Vec::new() };
    let mut filling = Filling::default();
    for (key, entry) in ledger.entries() {
        if let Some(full) = filling.put(key, entry).map_err(io::Error::other)? {
            table.records.push(put(&mut out, full)?);
        }
    }
    if let Some(rest) = filling.close().map_err(io::Error::other)? {
        table.records.push(put(&mut out, rest)?);
    }
    for some in ids.sorted().chunks(IDS) {
        table.ids.push(put_part(&mut out, &some.concat())?);
    }
    let table = codec::encode(&table).map_err(io::Error::other)?;
    out.write_all(&table)?;
    let mut trailer = Vec::with_capacity(TRAILER);
    trailer.extend_from_slice(&(table.len() as u64).to_le_bytes());
    trailer.extend_from_slice(&line::sha256(&table).0);
    trailer.extend_from_slice(WORD);
    out.write_all(&trailer)?;
    out.flush()
}

fn put(out: &mut impl io::Write, Full { first, count, bytes }: Full) -> io::Result<Records> {
    Ok(Records { first, count, part: put_part(out, &bytes)? })
}

fn put_part(out: &mut impl io::Write, bytes: &[u8]) -> io::Result<Part> {
    out.write_all(bytes)?;
    Ok(Part { len: u32::try_from(bytes.len()).map_err(io::Error::other)?, sha256: line::sha256(bytes).0 })
}
