//! Numbered source lines out of a text. Lines keep their white space: a row that begins with a tab has an empty first cell.

use std::borrow::Cow;

use crate::text::sanitise::{is_sanitised, sanitise};

use super::unreadable::{Cause, Unreadable};

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) no: u32,
    /// Its text without the line end, and without characters that a terminal would act on.
    pub(super) text: Cow<'a, str>,
}

/// Splits a text into lines, at any line ends.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    split(text)
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
    if line.split('\t').all(is_sanitised) {
        return Cow::Borrowed(line);
    }
    // Line ends that only Unicode knows: here they are within a line.
    let cells: Vec<String> = line.split('\t').map(|cell| sanitise(cell).text.replace('\n', " ")).collect();
    Cow::Owned(cells.join("\t"))
}

/// Where a byte stands, as a reason why the file cannot be read.
pub(super) fn place(bytes: &[u8], at: usize, what: Cause) -> Unreadable {
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

    fn texts(text: &str) -> Vec<(u32, String)> {
        lines(text).into_iter().map(|line| (line.no, line.text.into_owned())).collect()
    }

    #[test]
    fn any_line_end_gives_the_same_numbered_lines() {
        let plain = texts("一\n\n\t二\n");
        assert_eq!(plain, [(1, "一".to_owned()), (2, String::new()), (3, "\t二".to_owned())]);
        assert_eq!(texts("一\r\n\r\n\t二\r\n"), plain);
        assert_eq!(texts("一\r\r\t二"), plain);
    }

    #[test]
    fn characters_that_a_terminal_would_act_on_do_not_come_in() {
        assert_eq!(texts("\u{1B}[2J市\u{202E}财\u{200B}政局"), [(1, "[2J市财政局".to_owned())]);
        let buried = format!("市{}\t财", "\u{336}".repeat(12));
        assert_eq!(
            texts(&buried),
            [(1, format!("市{}\t财", "\u{336}".repeat(8)))],
            "also where that is all that is wrong"
        );
    }
}
