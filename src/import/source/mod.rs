//! Files as they come, as lines of text: cells of a table's row are parted by tabs, whatever the file is. Pure; bounded in memory.
//!
//! The number of a line in findings is that of the text made here: of a document, its paragraphs and rows in order.

mod cells;
mod docx;
mod html;
mod package;
mod plain;
mod xlsx;

use std::borrow::Cow;

use super::unreadable::{Cause, Unreadable};

/// The most bytes that are read, also of what a compressed file unpacks to.
pub const MAX_BYTES: usize = 128 << 20;

/// The text of a file: plain text in UTF-8, UTF-16 or GB18030, a web page, a docx or an xlsx.
///
/// # Errors
/// When it is empty, too large, of another kind, or damaged.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::new(Cause::TooLarge { bytes: bytes.len(), limit: MAX_BYTES }));
    }
    let text = match bytes {
        [b'P', b'K', 3, 4, ..] => Cow::Owned(package::text(bytes)?),
        [b'%', b'P', b'D', b'F', ..] => return Err(Unreadable::new(Cause::Pdf)),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(Unreadable::new(Cause::OldOffice)),
        _ => {
            let text = plain::text(bytes)?;
            if html::is_html(&text) { Cow::Owned(html::text(&text)) } else { text }
        }
    };
    if text.trim().is_empty() {
        return Err(Unreadable::new(Cause::Empty));
    }
    Ok(text)
}
