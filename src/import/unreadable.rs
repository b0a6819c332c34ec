//! Why a file cannot be read.

use std::fmt;

use super::source::MAX_BYTES;

/// Why a file cannot be read, and where. The faces explain it in their language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1, where one can be named.
    pub line: Option<u32>,
    /// The character within the line, from 1.
    pub column: Option<u32>,
    /// What is wrong.
    pub what: Cause,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// More bytes than a notice can have.
    #[error("the file has {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most that is read.
        limit: usize,
    },
    /// Not a file that is read: a zero byte in a text, or a package that is no docx and no xlsx.
    #[error("not a text file")]
    Binary,
    /// A PDF whose pages are pictures, or whose fonts do not say what their characters are.
    #[error("a PDF without text")]
    Scanned,
    /// A PDF that only opens with a password.
    #[error("a PDF that needs a password")]
    Locked,
    /// A file of another kind: a picture, an archive, an OFD.
    #[error("a file of another kind: {kind}")]
    Foreign {
        /// What such a file is called: PNG, OFD, ZIP.
        kind: &'static str,
    },
    /// A document of an old Office or WPS (.doc, .xls, .wps).
    #[error("a document of an old office program")]
    OldOffice,
    /// A docx or xlsx that cannot be unpacked or is not well-formed.
    #[error("the file is damaged")]
    Damaged,
    /// Bytes that are neither UTF-8 nor GB18030.
    #[error("not UTF-8 text")]
    NotUtf8,
    /// A report on how far tasks are, as this program prints it.
    #[error("a report on progress, not a breakdown of tasks")]
    Report,
    /// None of the known layouts; what was looked for and not found.
    #[error("this layout is not known yet; looked for: {}", .missing.join("; "))]
    UnknownLayout {
        /// What was looked for, in the words of the documents.
        missing: Vec<&'static str>,
    },
    /// Neither the title nor the lists, the number nor the date say which year is planned.
    #[error("the document does not say which year it plans")]
    NoYear,
    /// More lists, items or rows than keys can number.
    #[error("more lists or items than can be numbered")]
    TooMany,
    /// The corrections file itself is not well-formed.
    #[error("the corrections of {file} are malformed: {why}")]
    BadCorrections {
        /// The document that they belong to.
        file: String,
        /// What is wrong with them.
        why: String,
    },
    /// A correction quotes a line of the document that says something else now; nothing was applied.
    #[error("a correction of {file} quotes a line that has changed: {quoted:?}, now {found:?}")]
    StaleCorrection {
        /// The document that it belongs to.
        file: String,
        /// The line as the correction quotes it.
        quoted: String,
        /// The line as it is.
        found: String,
    },
}

impl Unreadable {
    pub(super) const fn new(what: Cause) -> Self {
        Self { line: None, column: None, what }
    }

    /// A file of so many bytes, which is more than is read.
    pub const fn too_large(bytes: usize) -> Self {
        Self::new(Cause::TooLarge { bytes, limit: MAX_BYTES })
    }

    pub(super) const fn at(line: u32, column: Option<u32>, what: Cause) -> Self {
        Self { line: Some(line), column, what }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: {}", self.what),
            (Some(line), None) => write!(f, "line {line}: {}", self.what),
            _ => self.what.fmt(f),
        }
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.what)
    }
}
