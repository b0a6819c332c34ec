//! Where a verb prints: what it is, and how much may be drawn on it. A closed pipe is an error here, never a panic.
//!
//! Nothing that acts on a terminal leaves here but our own styles, whatever the ledger, the system or a command line holds. Styles are
//! written as characters that are none ([`STYLES`]) and become escapes at the very end.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::model::Light;
use crate::text::{drop_surplus, is_unwanted};

/// What stands for a style within a text, and the code that it becomes.
const STYLES: [(char, &str); 5] =
    [('\u{FDD0}', "0"), ('\u{FDD1}', "1"), ('\u{FDD2}', "1;31"), ('\u{FDD3}', "30;43"), ('\u{FDD4}', "30;42")];

/// Standard output.
pub(super) struct Out {
    sink: BufWriter<io::Stdout>,
    /// The first bytes of a character whose others come with the next write.
    held: Vec<u8>,
    /// Whether people look at it.
    pub tty: bool,
    /// Whether it may be coloured.
    pub color: bool,
    /// Its width in columns.
    pub columns: usize,
}

impl Out {
    pub(super) fn stdout(color_wished: bool) -> Self {
        let stdout = io::stdout();
        let tty = stdout.is_terminal();
        let columns = rustix::termios::tcgetwinsize(&stdout).map_or(0, |size| usize::from(size.ws_col));
        let color = tty && color_wished && colors_wanted();
        let columns = if columns == 0 { 80 } else { columns };
        Self { sink: BufWriter::new(stdout), held: Vec::new(), tty, color, columns }
    }

    /// Writes a document as it is: its format says what its bytes mean.
    pub(super) fn document(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sink.write_all(bytes)
    }

    /// The text in bold, where colour is allowed.
    pub(super) fn bold(&self, text: &str) -> String {
        self.styled(1, text)
    }

    /// The text in a light's colour, where colour is allowed. The text names the light, so nothing is lost without.
    pub(super) fn tinted(&self, light: Light, text: &str) -> String {
        // As on the screen: what can be read on a black background and on a white one.
        let code = match light {
            Light::Red => 2,
            Light::Yellow => 3,
            Light::Green => 4,
            Light::Grey => return text.to_owned(),
        };
        self.styled(code, text)
    }

    fn styled(&self, style: usize, text: &str) -> String {
        match (STYLES.get(style), STYLES.first()) {
            (Some((begin, _)), Some((end, _))) if self.color => format!("{begin}{text}{end}"),
            _ => text.to_owned(),
        }
    }
}

/// A text as it may be printed: without what acts or is not seen, styles as escapes where there is colour.
fn printable(text: &str, color: bool) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match STYLES.iter().find(|(mark, _)| *mark == c).filter(|_| color) {
            Some((_, code)) => safe.extend(["\u{1b}[", code, "m"]),
            None if c == '\t' || !is_unwanted(c) => safe.push(c),
            None => {}
        }
    }
    // Pieces that were clean each may have been joined.
    drop_surplus(&mut safe);
    safe
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.held);
        all.extend_from_slice(bytes);
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.sink.write_all(printable(chunk.valid(), self.color).as_bytes())?;
            if chunks.peek().is_none() {
                chunk.invalid().clone_into(&mut self.held);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// <https://no-color.org>: set and not empty means no colour. Dumb terminals have none.
pub(super) fn colors_wanted() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// A line for people beside the output, whatever file names, typed words or other programs' messages it quotes. Standard error may be
/// closed: then nobody reads it.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(text, false));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_a_terminal_but_our_own_styles() {
        let foreign = "甲\u{1b}]52;c;eA==\u{7}\u{9b}31m\r\u{8}\u{202e}乙\t丙\n";
        assert_eq!(printable(foreign, true), "甲]52;c;eA==31m乙\t丙\n");
        assert_eq!(printable(&format!("甲{}", "\u{336}".repeat(12)), true), format!("甲{}", "\u{336}".repeat(8)));
        let styled = format!("{}红{}", STYLES[2].0, STYLES[0].0);
        assert_eq!(
            (printable(&styled, true), printable(&styled, false)),
            ("\u{1b}[1;31m红\u{1b}[0m".into(), "红".into())
        );
    }
}
