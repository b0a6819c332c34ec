//! Where a verb prints: what it is, and how much may be drawn on it. A closed pipe is an error here, never a panic.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::model::Light;

/// Standard output.
pub(super) struct Out {
    sink: BufWriter<io::Stdout>,
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
        Self { sink: BufWriter::new(stdout), tty, color, columns: if columns == 0 { 80 } else { columns } }
    }

    /// The text in bold, where colour is allowed.
    pub(super) fn bold(&self, text: &str) -> String {
        self.styled("1", text)
    }

    /// The text in a light's colour, where colour is allowed. The text names the light, so nothing is lost without.
    pub(super) fn tinted(&self, light: Light, text: &str) -> String {
        // As on the screen: what can be read on a black background and on a white one.
        let code = match light {
            Light::Red => "1;31",
            Light::Yellow => "30;43",
            Light::Green => "30;42",
            Light::Grey => return text.to_owned(),
        };
        self.styled(code, text)
    }

    fn styled(&self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes)
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

/// A line for people beside the output. Standard error may be closed: then nobody reads it.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
