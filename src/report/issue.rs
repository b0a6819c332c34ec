//! An issued bulletin, as it is kept in the ledger: the JSON of [`Made`], compressed, as text, with its checksum.
//!
//! What is kept is never replaced by a recomputation: where it is not what was issued, that is an error which the faces show.

use std::io::{self, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use sha2::{Digest as _, Sha256};

use super::ask::{Made, SCHEMA};
use super::model::{Block, Kind, Report};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Hash, Issued, Period};

/// More than any bulletin takes, in bytes of JSON; stops a wrong length from being believed.
const LIMIT: u64 = 256 * 1024 * 1024;

/// Why an issued bulletin cannot be shown as it was issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// A piece of it is not in the ledger.
    #[error("a piece is missing")]
    Missing,
    /// What is kept is not what was kept when it was issued.
    #[error("checksum does not match")]
    Checksum,
    /// The checksum is right, but this version cannot read what is kept.
    #[error("not a report: {0}")]
    Content(String),
}

/// What is kept of an issued bulletin, and its SHA-256.
///
/// # Errors
/// Writing to memory does not fail; the errors are those of the libraries.
pub fn freeze(made: &Made) -> io::Result<(String, Hash)> {
    let json = serde_json::to_vec(made)?;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&json)?;
    let kept = STANDARD.encode(packed.finish()?);
    let hash = Hash(Sha256::digest(kept.as_bytes()).into());
    Ok((kept, hash))
}

/// A period's issued bulletin as it was issued; `None` where none was.
///
/// # Errors
/// When what is kept is not what was issued.
pub fn issued(book: &Book<'_>, period: Period) -> Result<Option<Made>, Damaged> {
    let Some(issued) = book.bulletin(period).and_then(|(bulletin, _)| bulletin.issued) else { return Ok(None) };
    let kept = book.frozen(period).ok_or(Damaged::Missing)?;
    if Hash(Sha256::digest(kept.as_bytes()).into()) != issued.sha256 {
        return Err(Damaged::Checksum);
    }
    thaw(&kept).map(Some)
}

fn thaw(kept: &str) -> Result<Made, Damaged> {
    let packed = STANDARD.decode(kept).map_err(|error| Damaged::Content(error.to_string()))?;
    let mut json = Vec::new();
    let read = ZlibDecoder::new(packed.as_slice()).take(LIMIT).read_to_end(&mut json);
    read.map_err(|error| Damaged::Content(error.to_string()))?;
    serde_json::from_slice(&json).map_err(|error| Damaged::Content(error.to_string()))
}

/// The page that stands in place of an issued bulletin which is damaged: it says so, and holds no figure.
pub(super) fn notice(book: &Book<'_>, period: Period, damaged: &Damaged, lang: Lang) -> Made {
    let title = lang.fill(Say::IssueDamaged, &[&lang.period(period)]);
    let what = lang.say(match damaged {
        Damaged::Missing => Say::IssueMissing,
        Damaged::Checksum => Say::IssueChecksum,
        Damaged::Content(_) => Say::IssueContent,
    });
    let issued: Option<Issued> = book.bulletin(period).and_then(|(bulletin, _)| bulletin.issued);
    let from = issued.map(|issued| super::bulletin::mark(issued.from)).unwrap_or_default();
    let blocks = vec![Block::Paragraph(what.to_owned()), Block::Paragraph(lang.fill(Say::IssueDamagedTodo, &[&from]))];
    let mut data = serde_json::Map::new();
    data.insert("damaged".to_owned(), damaged.to_string().into());
    let demo = book.document().demo;
    Made {
        schema: SCHEMA,
        data,
        report: Report { blocks, mark: from, demo, ..Report::plain(lang, Kind::Bulletin, title) },
    }
}

#[cfg(test)]
mod tests;
