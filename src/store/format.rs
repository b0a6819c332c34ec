//! Which program may open a folder: `version` holds the schema of the newest one that wrote in it.
//!
//! An older program passes over the fields of a newer one's records, and would write them back without: so it does not open the folder at
//! all. The note has a checksum; a spoilt or missing one (folders of the first versions have none) counts for nothing.

use std::io;
use std::path::Path;

use super::{OpenError, codec, files};

const NAME: &str = "version";

/// Refuses a folder that a newer program wrote in. Answers the schema that it names.
///
/// # Errors
/// [`OpenError::Newer`].
pub(super) fn check(dir: &Path) -> Result<Option<u8>, OpenError> {
    let named = read(dir);
    match named {
        Some(theirs) if theirs > codec::SCHEMA => Err(newer(dir, theirs)),
        _ => Ok(named),
    }
}

/// What is said of a folder of a newer schema.
pub(super) fn newer(dir: &Path, theirs: u8) -> OpenError {
    OpenError::Newer { dir: dir.to_owned(), theirs, ours: codec::SCHEMA }
}

/// Notes this program's schema, before it writes anything else. Done already, it does nothing.
pub(super) fn mark(dir: &Path) -> Result<(), OpenError> {
    if check(dir)? == Some(codec::SCHEMA) {
        return Ok(());
    }
    let path = dir.join(NAME);
    write(dir, codec::SCHEMA).map_err(OpenError::disk(&path))
}

fn write(dir: &Path, schema: u8) -> io::Result<()> {
    files::write_whole(&dir.join(NAME), text(schema).as_bytes())?;
    files::sync_folder(dir)
}

/// `1f2e3d4c schema 4`: the CRC-32 of what follows it.
fn text(schema: u8) -> String {
    let text = format!("schema {schema}");
    format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes()))
}

fn read(dir: &Path) -> Option<u8> {
    let found = std::fs::read_to_string(dir.join(NAME)).ok()?;
    let schema = found.trim_end().rsplit_once(' ')?.1.parse().ok()?;
    (found == text(schema)).then_some(schema)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Marks a folder as a program of another schema does.
    pub(in crate::store) fn mark_as(dir: &Path, schema: u8) {
        write(dir, schema).unwrap();
    }

    #[test]
    fn a_newer_folder_is_refused_and_no_flipped_bit_makes_one_newer() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(check(dir.path()).unwrap(), None);
        mark(dir.path()).unwrap();
        assert_eq!(check(dir.path()).unwrap(), Some(codec::SCHEMA));
        let good = std::fs::read(dir.path().join(NAME)).unwrap();
        for at in 0..good.len() * 8 {
            let mut spoilt = good.clone();
            spoilt[at / 8] ^= 1 << (at % 8);
            std::fs::write(dir.path().join(NAME), spoilt).unwrap();
            assert!(check(dir.path()).is_ok(), "bit {at}");
        }
        mark_as(dir.path(), codec::SCHEMA + 1);
        assert!(matches!(check(dir.path()), Err(OpenError::Newer { theirs, .. }) if theirs == codec::SCHEMA + 1));
        assert!(mark(dir.path()).is_err(), "and stays so");
    }
}
