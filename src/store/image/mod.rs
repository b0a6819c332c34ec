//! The image: the state at one commit in one file, `image`, which is read in a fraction of the time that sled or the journal take.
//!
//! ```text
//! blocks of records, in key order     blocks of batch ids     table     trailer
//! ```
//!
//! Derived like sled, and trusted less: the trailer holds SHA-256 of the table, the table that of every block, and the lengths have to add up to
//! that of the file, so no byte of it can change unnoticed; and it counts only where the journal shows, at the place that the
//! table names, the line with the hash that it names. Everything else is as if there were none. It may be deleted at any time.
//!
//! ```text
//! write   from a ledger      read   back, on all processors      block   some records      ids   batch ids
//! ```

mod block;
mod ids;
mod read;
mod write;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub(super) use ids::Ids;
pub(super) use read::Image;
pub(super) use write::write;

use super::segments::Place;
use crate::model::{Head, Key};

/// The end of the file: length of the table, its SHA-256, and this word.
const WORD: &[u8; 12] = b"duban image\n";
const TRAILER: usize = 8 + 32 + WORD.len();

/// What stands in the file.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Table {
    head: Head,
    place: Place,
    /// The blocks of records, in order, from the beginning of the file.
    records: Vec<Records>,
    /// The blocks of batch ids behind them.
    ids: Vec<Part>,
}

/// A block of records.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Records {
    first: Key,
    count: u32,
    part: Part,
}

/// Some bytes and their SHA-256.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Part {
    len: u32,
    sha256: [u8; 32],
}

/// Where the image of a ledger is.
pub(super) fn path(dir: &Path) -> PathBuf {
    dir.join("image")
}
