//! The lines of a file as they were before they were read: what findings' line numbers count.

use super::lines::lines;
use super::source;
use super::unreadable::Unreadable;

/// The lines of a file, the first being line 1: of a document other than plain text those that its paragraphs and rows make,
/// with tabs between cells.
///
/// # Errors
/// When it is empty, too large, of another kind, or damaged.
pub fn original(bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    let text = source::text(bytes, &mut |_, _| ())?;
    Ok(lines(&text.text).into_iter().map(|line| line.text.into_owned()).collect())
}
