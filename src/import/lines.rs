//! Numbered source lines out of bytes. Lines keep their white space: a row that begins with a tab has an empty first cell.

use std::borrow::Cow;

use unicode_normalization::is_nfc;

use crate::text::sanitise::{is_unwanted, sanitise};

use super::unreadable::{Cause, Unreadable};

/// The most bytes that are read.
pub const MAX_BYTES: usize = 128 << 20;

/// First bytes of files that are not text: PDF, zip (docx, xlsx), old Office, UTF-16.
const FOREIGN: [&[u8]; 5] = [b"%PDF-", b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"\xFF\xFE", b"\xFE\xFF"];

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) no: u32,
    /// Its text without the line end, and without characters that a terminal would act on.
    pub(super) text: Cow<'a, str>,
}

/// Splits a file into lines. Any line ends; a byte order mark at the start is skipped.
///
/// # Errors
/// When it is empty, too large, binary, or not UTF-8 (with the place of the first bad byte).
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line<'_>>, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::new(Cause::TooLarge { bytes: bytes.len(), limit: MAX_BYTES }));
    }
    if FOREIGN.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Unreadable::new(Cause::Binary));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(place(bytes, at, Cause::Binary));
    }
    let text = std::str::from_utf8(bytes).map_err(|bad| place(bytes, bad.valid_up_to(), Cause::NotUtf8))?;
    if text.trim().is_empty() {
        return Err(Unreadable::new(Cause::Empty));
    }
    Ok(split(text))
}

fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut rest = text;
    let mut no = 0;
    while !rest.is_empty() {
        no += 1;
        let (line, after) = rest.split_once(['\n', '\r']).unwrap_or((rest, ""));
        // `\r\n` is one line end.
        let crlf = rest.as_bytes().get(line.len()) == Some(&b'\r');
        rest = if crlf { after.strip_prefix('\n').unwrap_or(after) } else { after };
        lines.push(Line { no, text: printable(line) });
    }
    lines
}

/// Passes a line through the gate for all text, but for the tabs between its cells.
fn printable(line: &str) -> Cow<'_, str> {
    let fine = |c: char| c == '\t' || !is_unwanted(c);
    if line.chars().all(fine) && is_nfc(line) {
        return Cow::Borrowed(line);
    }
    let cells: Vec<String> = line.split('\t').map(|cell| sanitise(cell).text).collect();
    Cow::Owned(cells.join("\t"))
}

fn place(bytes: &[u8], at: usize, what: Cause) -> Unreadable {
    let before = bytes.get(..at).unwrap_or(bytes);
    let text = String::from_utf8_lossy(before);
    let lines = split(&text);
    let ended = text.is_empty() || text.ends_with(['\n', '\r']);
    let (line, column) = match lines.last() {
        Some(last) if !ended => (last.no, last.text.chars().count() + 1),
        Some(last) => (last.no + 1, 1),
        None => (1, 1),
    };
    Unreadable::at(line, u32::try_from(column).ok(), what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(u32, String)> {
        lines(bytes).unwrap().into_iter().map(|line| (line.no, line.text.into_owned())).collect()
    }

    #[test]
    fn any_line_end_and_a_byte_order_mark_give_the_same_numbered_lines() {
        let plain = texts("一\n\n\t二\n".as_bytes());
        assert_eq!(plain, [(1, "一".to_owned()), (2, String::new()), (3, "\t二".to_owned())]);
        assert_eq!(texts("\u{FEFF}一\r\n\r\n\t二\r\n".as_bytes()), plain);
        assert_eq!(texts("一\r\r\t二".as_bytes()), plain);
    }

    #[test]
    fn what_is_not_utf8_is_refused_with_its_place() {
        let bad = lines(b"\xE4\xB8\x80\n\xE4\xB8\x80\xE4\xB8\x80\xC8\xA9\xFF").unwrap_err();
        assert_eq!((bad.line, bad.column), (Some(2), Some(4)));
        assert_eq!(bad.what, Cause::NotUtf8);
        assert_eq!(lines(b"\n\xFF").unwrap_err().line, Some(2));
        assert_eq!(lines(b"a\r\n\xFF").unwrap_err(), Unreadable::at(2, Some(1), Cause::NotUtf8));
    }

    #[test]
    fn binary_and_empty_files_are_refused() {
        assert_eq!(lines(b"PK\x03\x04abc").unwrap_err().what, Cause::Binary);
        assert_eq!(lines(b"ab\0c").unwrap_err(), Unreadable::at(1, Some(3), Cause::Binary));
        assert_eq!(lines(b" \n\t\n").unwrap_err().what, Cause::Empty);
        assert_eq!(lines(b"").unwrap_err().what, Cause::Empty);
        assert!(matches!(lines(&vec![b'a'; MAX_BYTES + 1]).unwrap_err().what, Cause::TooLarge { .. }));
    }

    #[test]
    fn characters_that_a_terminal_would_act_on_do_not_come_in() {
        assert_eq!(texts("\u{1B}[2J市\u{202E}财\u{200B}政局".as_bytes()), [(1, "[2J市财政局".to_owned())]);
    }
}
