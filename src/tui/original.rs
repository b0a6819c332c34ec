//! 核对: the lines of the document as they were read, fetched once, and how far they and the reading are scrolled.

use std::sync::Arc;

use crate::model::Key as RecordKey;

/// The original of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Original {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// It is being fetched.
    Coming,
    /// Its lines.
    Lines(Arc<Vec<String>>),
    /// It is not there, or cannot be read: why.
    Missing(String),
}

/// What 核对 knows beside the ledger.
#[derive(Debug, Clone, Default)]
pub struct Checking {
    /// Of which file: SHA-256.
    pub sha256: String,
    /// Its lines.
    pub original: Original,
    /// The finding that the scrolling is about.
    pub of: Option<RecordKey>,
    /// Lines that the original is scrolled from where the place stands, down or up.
    pub original_by: i32,
    /// Lines that the reading is scrolled.
    pub reading_by: usize,
}

impl Checking {
    /// Another finding is under the cursor: its place and its reading are shown from where they begin.
    pub(super) fn look_at(&mut self, finding: Option<&RecordKey>) {
        if self.of.as_ref() != finding {
            self.of = finding.cloned();
            (self.original_by, self.reading_by) = (0, 0);
        }
    }
}
