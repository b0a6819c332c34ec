//! An issued bulletin, as it is kept in the ledger: the JSON of [`Made`], compressed, as text, with its checksum.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use sha2::{Digest as _, Sha256};

use super::ask::Made;
use crate::model::{Book, Hash, Period};

/// More than any bulletin takes when it is unpacked, in bytes: a damaged one is not believed.
const MOST: u64 = 256 << 20;

/// That an issued bulletin cannot be read as it was issued. Nothing else is shown in its place: taking the issue back is the way out, and
/// the journal still has what was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// A piece is missing.
    #[error("a piece is missing")]
    Missing,
    /// What is kept does not match its checksum.
    #[error("the checksum does not match")]
    Checksum,
    /// It cannot be unpacked, or is not what this version reads.
    #[error("it cannot be read")]
    Unreadable,
}

/// What is kept of an issued bulletin, and its SHA-256.
///
/// # Errors
/// When it cannot be written as JSON; a defect of ours.
pub fn freeze(made: &Made) -> Result<(String, Hash), Damaged> {
    let json = serde_json::to_vec(made).map_err(|_| Damaged::Unreadable)?;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&json).map_err(|_| Damaged::Unreadable)?;
    let packed = packed.finish().map_err(|_| Damaged::Unreadable)?;
    let kept = STANDARD.encode(packed);
    let hash = Hash(Sha256::digest(kept.as_bytes()).into());
    Ok((kept, hash))
}

/// A period's issued bulletin as it was issued; `None` where none is issued.
///
/// # Errors
/// When what is kept is not what was issued.
pub fn issued(book: &Book<'_>, period: Period) -> Result<Option<Made>, Damaged> {
    let Some(issued) = book.bulletin(period).and_then(|(bulletin, _)| bulletin.issued) else { return Ok(None) };
    let kept = book.frozen(period).ok_or(Damaged::Missing)?;
    if Hash(Sha256::digest(kept.as_bytes()).into()) != issued.sha256 {
        return Err(Damaged::Checksum);
    }
    let packed = STANDARD.decode(kept).map_err(|_| Damaged::Unreadable)?;
    let mut json = Vec::new();
    ZlibDecoder::new(packed.as_slice()).take(MOST).read_to_end(&mut json).map_err(|_| Damaged::Unreadable)?;
    serde_json::from_slice(&json).map(Some).map_err(|_| Damaged::Unreadable)
}
