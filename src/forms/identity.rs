//! Whose form it is: the sheet that the office reads when the form comes back.
//!
//! Its checksum finds what was changed by mistake. It is no seal: what may be written the ledger's own rules decide.

use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::lines::{Field, Line};
use crate::catalog::{Lang, Say};
use crate::model::{Book, DocumentId, Hash, Period, Review, Seq};

/// The form's layout; another one is refused.
pub(super) const VERSION: &str = "duban-form-1";

/// The sheet's name.
pub(super) fn sheet() -> &'static str {
    Lang::Zh.say(Say::FormSheetIdentity)
}

/// A line with what the ledger held when the form was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The line.
    pub line: Line,
    /// A short hash of what stood in each input cell.
    pub held: Vec<String>,
    /// A short hash of the item's review.
    pub review: String,
}

/// What a form says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The document.
    pub document: DocumentId,
    /// The period.
    pub period: Period,
    /// The unit, by its listed name then.
    pub unit: Arc<str>,
    /// The ledger's last commit when it was made.
    pub seq: Seq,
    /// That commit's hash.
    pub hash: Hash,
    /// Its lines.
    pub lines: Vec<Made>,
}

impl Identity {
    /// The identity of a form that is made now.
    pub fn new(book: &Book<'_>, period: Period, unit: &Arc<str>) -> Self {
        let head = book.ledger().head();
        let made = |line: Line| {
            let kept = |(_, field): &(u16, Field)| short(&line.about.kept(book, period, *field));
            Made {
                held: line.about.page().fields().iter().map(kept).collect(),
                review: review(book, period, &line),
                line,
            }
        };
        let unit = Arc::clone(book.aliases().name(unit));
        let lines = super::layout::lines(book, period, &unit).into_iter().map(made).collect();
        Self { document: book.id().clone(), period, unit, seq: head.seq, hash: head.hash, lines }
    }

    /// The cells of the sheet, row by row: the first rows say whose it is, the last of them carries the checksum of all others.
    pub(super) fn rows(&self) -> Vec<Vec<String>> {
        let named = |say: Say, value: &str| vec![Lang::Zh.say(say).to_owned(), value.to_owned()];
        let mut rows = vec![
            named(Say::FormIdVersion, VERSION),
            named(Say::FormIdDocument, self.document.as_str()),
            named(Say::FormIdPeriod, &self.period.to_string()),
            named(Say::FormIdUnit, &self.unit),
            named(Say::FormIdSeq, &self.seq.0.to_string()),
            named(Say::FormIdHash, &self.hash.to_string()),
        ];
        let lines: Vec<Vec<String>> = self.lines.iter().map(line).collect();
        let sum = sum(rows.iter().filter_map(|row| row.get(1)).chain(lines.iter().flatten()));
        rows.push(named(Say::FormIdChecksum, &sum));
        rows.extend(lines);
        rows
    }
}

fn line(made: &Made) -> Vec<String> {
    let row = (made.line.row + 1).to_string();
    let page = made.line.about.page().name().to_owned();
    vec![made.line.about.to_string(), page, row, made.review.clone(), made.held.join(" ")]
}

/// The review of an item as a short hash: whether it is still the same when the form comes back.
pub(super) fn review(book: &Book<'_>, period: Period, line: &Line) -> String {
    short(&match book.filing(line.about.item(), period).map(|(filing, _)| &filing.review) {
        None | Some(Review::Pending) => String::new(),
        Some(Review::Accepted) => "accepted".to_owned(),
        Some(Review::Returned(reason)) => format!("returned {reason}"),
    })
}

/// Enough of a hash to tell two texts of one cell apart.
pub(super) fn short(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())).chars().take(16).collect()
}

/// The checksum over texts, each with its length, so that none runs into the next.
pub(super) fn sum<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    let mut all = Sha256::new();
    for text in texts {
        all.update(text.len().to_be_bytes());
        all.update(text.as_bytes());
    }
    hex(&all.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
