//! The documents as they were handed in: in the ledger's folder, or behind its host.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Refused, originals};
use crate::model::Hash;

/// Where the documents of a ledger are kept. Blocking; safe to share between threads.
pub trait Library: fmt::Debug + Send + Sync {
    /// Keeps the bytes of a document, durably, under their hash. What is kept already is not written again.
    ///
    /// # Errors
    /// When the disk or the host refuses, or the hash is another's.
    fn keep(&self, sha256: Hash, bytes: &[u8]) -> Result<(), Refused>;

    /// The bytes of a document.
    ///
    /// # Errors
    /// When it is not kept, or what is kept no longer has its hash.
    fn original(&self, sha256: Hash) -> Result<Vec<u8>, Refused>;
}

/// The documents in a ledger's folder.
#[derive(Debug)]
pub(super) struct Folder(pub(super) PathBuf);

/// The documents kept in the folder of a ledger.
pub fn library_in(dir: &Path) -> Arc<dyn Library> {
    Arc::new(Folder(dir.to_owned()))
}

impl Library for Folder {
    fn keep(&self, sha256: Hash, bytes: &[u8]) -> Result<(), Refused> {
        originals::keep(&self.0, &sha256.to_string(), bytes).map_err(|error| Refused::Down(error.to_string()))
    }

    fn original(&self, sha256: Hash) -> Result<Vec<u8>, Refused> {
        originals::read(&self.0, &sha256.to_string()).map_err(|error| Refused::Down(error.to_string()))
    }
}
