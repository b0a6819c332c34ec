//! Files as they come, as lines of text: cells of a table's row are parted by tabs, whatever the file is. Pure; bounded in memory.
//!
//! The number of a line in findings is that of the text made here: of a document, its paragraphs and rows in order.

mod cells;
mod csv;
mod docx;
mod docx_numbers;
mod foreign;
mod html;
mod markdown;
mod package;
mod pdf;
mod plain;
mod xlsx;
mod xlsx_formats;
mod xlsx_strings;

pub(super) use self::cells::DITTO;

use std::borrow::Cow;

use super::unreadable::{Cause, Unreadable};

/// The most bytes that are read, also of what a compressed file unpacks to.
pub const MAX_BYTES: usize = 128 << 20;

/// The text of a file, and what of it could not be read.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) unread: Vec<Unread>,
}

/// A part of a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    /// Where it is: `第3页`.
    pub(super) place: String,
    /// What it is.
    pub(super) what: &'static str,
    /// Why it could not be read, and what to do.
    pub(super) why: &'static str,
}

impl Unread {
    /// A page that is a picture.
    fn page(number: usize) -> Self {
        Self {
            place: format!("第{number}页"),
            what: "这一页是图片，没有读入",
            why: "扫描的页面没有文字；上面若有任务，请按纸面补录",
        }
    }
}

/// The text of a file: plain text in UTF-8, UTF-16 or GB18030, a web page, Markdown, csv, a docx, an xlsx, or a PDF
/// with text.
///
/// # Errors
/// When it is empty, too large, of another kind, locked, scanned, or damaged.
pub(super) fn text<'a>(bytes: &'a [u8], tell: &mut dyn FnMut(usize, usize)) -> Result<Text<'a>, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::new(Cause::TooLarge { bytes: bytes.len(), limit: MAX_BYTES }));
    }
    let whole = |text| Text { text, unread: Vec::new() };
    let text = match bytes {
        [b'P', b'K', 3, 4, ..] => {
            let (text, unread) = package::text(bytes)?;
            Text { text: Cow::Owned(text), unread }
        }
        _ if is_pdf(bytes) => {
            let (text, unread) = pdf::text(bytes, tell)?;
            Text { text: Cow::Owned(text), unread }
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(Unreadable::new(Cause::OldOffice)),
        _ => {
            if let Some(kind) = foreign::kind(bytes) {
                return Err(Unreadable::new(Cause::Foreign { kind }));
            }
            let text = plain::text(bytes)?;
            whole(if html::is_html(&text) {
                Cow::Owned(html::text(&text))
            } else if let Some(cells) = csv::text(&text) {
                Cow::Owned(cells)
            } else if markdown::is_markdown(&text) {
                Cow::Owned(markdown::text(&text))
            } else {
                text
            })
        }
    };
    if text.text.trim().is_empty() {
        return Err(Unreadable::new(Cause::Empty));
    }
    Ok(text)
}

/// A PDF says so at its beginning, but for a few bytes that some programs put before.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    head.windows(5).any(|window| window == b"%PDF-")
}
