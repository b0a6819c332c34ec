//! A package of parts, unpacked within bounds: whatever a file claims of itself, no more than so much is ever held.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::read::Why;

/// The largest file that is looked at, in bytes. A form has some ten thousand.
pub const LARGEST: u64 = 8 * 1024 * 1024;
/// The most that is unpacked of one file, in bytes.
const UNPACKED: u64 = 48 * 1024 * 1024;
/// The most parts; a form has some twenty.
const PARTS: usize = 500;
/// How an old xls file, and a file with a password, begins.
const OLD: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Why> {
        if bytes.starts_with(OLD) {
            return Err(Why::Old);
        }
        if !bytes.starts_with(b"PK") {
            return Err(Why::Type);
        }
        if u64::try_from(bytes.len()).map_or(true, |length| length > LARGEST) {
            return Err(Why::Large);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Why::Broken)?;
        if archive.len() > PARTS {
            return Err(Why::Large);
        }
        Ok(Self { archive, left: UNPACKED })
    }

    /// A part as text; `None` where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Why> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(Why::Broken),
        };
        let mut bytes = Vec::new();
        // What the part says of its size may be a lie: only what comes out counts.
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| Why::Broken)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or(Why::Large)?;
        String::from_utf8(bytes).map(Some).map_err(|_| Why::Broken)
    }
}
