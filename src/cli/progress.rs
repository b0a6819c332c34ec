//! How far a long job is, for people: on a terminal only, and only once it has taken a while.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::catalog::{Lang, Say};

/// Shorter jobs say nothing: a line that flashes by helps nobody.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on standard error that is written over again and again, and gone in the end.
pub(super) struct Progress {
    lang: Lang,
    began: Instant,
    tty: bool,
    shown: bool,
}

impl Progress {
    pub(super) fn new(lang: Lang) -> Self {
        let tty = io::stderr().is_terminal() && std::env::var_os("TERM").is_some_and(|term| term != "dumb");
        Self { lang, began: Instant::now(), tty, shown: false }
    }

    /// So much is done, of so much.
    pub(super) fn tell(&mut self, done: usize, of: usize) {
        if self.tty && self.began.elapsed() >= PATIENCE {
            self.shown = true;
            // Nobody is hurt where it cannot be shown.
            let _ = write!(io::stderr(), "\r\u{1b}[K{}", self.lang.fill(Say::CliProgress, &[&done, &of]));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
