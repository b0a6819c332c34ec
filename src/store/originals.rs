//! The documents as they were handed in, byte for byte, under `originals/` by the hash of their bytes.

use std::io;
use std::path::{Path, PathBuf};

use super::{files, line};
use crate::model::Hash;

/// The largest document that is kept, in bytes: as large a one as is read in.
pub(super) const LARGEST: u64 = 128 * 1024 * 1024;

/// Keeps the bytes of a document. A document that is already kept is not written again; a damaged copy is moved aside.
///
/// # Errors
/// When the disk refuses, `sha256` is not the hash of the bytes, or there are more of them than 128 MiB.
pub fn keep(dir: &Path, sha256: &str, bytes: &[u8]) -> io::Result<()> {
    let path = path(dir, sha256)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("more than {LARGEST} bytes")));
    }
    if line::sha256(bytes).to_string() != sha256 {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the bytes have another hash"));
    }
    match std::fs::read(&path) {
        Ok(kept) if kept == bytes => return Ok(()),
        Ok(_) => drop(files::move_aside(&path)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    files::make_folder(&dir.join("originals"))?;
    files::write_whole(&path, bytes)?;
    files::sync_folder(&dir.join("originals"))
}

/// The bytes of a document.
///
/// # Errors
/// When it is not kept or cannot be read, and as `InvalidData` when its bytes no longer have their hash.
pub fn read(dir: &Path, sha256: &str) -> io::Result<Vec<u8>> {
    let bytes = std::fs::read(path(dir, sha256)?)?;
    if line::sha256(&bytes).to_string() == sha256 {
        Ok(bytes)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidData, "the kept original is damaged"))
    }
}

/// The documents that a folder keeps, by their names.
pub(super) fn kept(folder: &Path) -> io::Result<Vec<Hash>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut hashes = Vec::new();
    for entry in entries {
        let entry = entry?;
        let hash = entry.file_name().to_str().and_then(|name| name.parse::<Hash>().ok());
        hashes.extend(hash.filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())));
    }
    hashes.sort_unstable_by_key(|hash| hash.0);
    Ok(hashes)
}

/// Only a hash becomes a file name.
fn path(dir: &Path, sha256: &str) -> io::Result<PathBuf> {
    let hash: Hash = sha256.parse().map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    Ok(dir.join("originals").join(hash.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_original_is_read_back_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = "责任分解\r\n".as_bytes();
        let hash = line::sha256(bytes).to_string();
        keep(dir.path(), &hash, bytes).unwrap();
        keep(dir.path(), &hash, bytes).unwrap();
        assert_eq!(read(dir.path(), &hash).unwrap(), bytes);
    }

    #[test]
    fn damage_is_reported_and_kept_aside() {
        let dir = tempfile::tempdir().unwrap();
        let hash = line::sha256(b"abc").to_string();
        keep(dir.path(), &hash, b"abc").unwrap();
        std::fs::write(dir.path().join("originals").join(&hash), b"abd").unwrap();
        assert_eq!(read(dir.path(), &hash).unwrap_err().kind(), io::ErrorKind::InvalidData);
        keep(dir.path(), &hash, b"abc").unwrap();
        assert_eq!(read(dir.path(), &hash).unwrap(), b"abc");
        assert_eq!(std::fs::read(dir.path().join("originals").join(format!("{hash}.aside.1"))).unwrap(), b"abd");
    }

    #[test]
    fn what_no_backup_would_hold_is_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = vec![0; usize::try_from(LARGEST).unwrap() + 1];
        let refused = keep(dir.path(), &Hash::default().to_string(), &bytes).unwrap_err();
        assert!(refused.to_string().contains(&LARGEST.to_string()), "before its hash is looked at: {refused}");
    }

    #[test]
    fn a_path_is_no_hash_and_other_bytes_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(keep(dir.path(), "../x", b"abc").is_err());
        assert!(keep(dir.path(), &line::sha256(b"abc").to_string(), b"abd").is_err());
        assert!(read(dir.path(), "/etc/passwd").is_err());
    }
}
