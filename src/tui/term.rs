//! The terminal: entered and left as one, what it tells as messages.

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::terminal;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{QueueSelector, tcflush, tcgetwinsize};

use super::decode::{Decoder, Heard, pasted_burst};
use super::key::Key;
use crate::output::terminal::Ability;

/// How long after a burst of pasted text more of it may come.
const AFTER_BURST: Duration = Duration::from_millis(100);
/// As much is taken as one burst at the most, in keys.
const LONGEST_BURST: usize = 1 << 16;
/// A terminal that does not know its size.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// Whether the terminal is ours now; the way back is taken once, whoever takes it.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// The way back of the terminal that was entered.
static LEAVE: OnceLock<String> = OnceLock::new();

/// The way in: the second screen, brackets around what is pasted, cursor keys and keypad as they are usually. Sent in one write with the
/// first frame.
pub(super) fn enter(ability: Ability) -> String {
    let mut bytes = String::new();
    if ability.alternate {
        bytes.push_str("\x1b[?1049h");
    }
    if ability.brackets {
        bytes.push_str("\x1b[?2004h");
    }
    bytes.push_str("\x1b[?1l\x1b>");
    bytes
}

/// The way back: end of a synchronized update, whole scroll region, plain style, cursor shown.
fn leave(ability: Ability) -> String {
    let mut bytes = String::new();
    if ability.synchronized {
        bytes.push_str("\x1b[?2026l");
    }
    if ability.scrolls {
        bytes.push_str("\x1b[r");
    }
    bytes.push_str("\x1b[0m");
    if ability.brackets {
        bytes.push_str("\x1b[?2004l");
    }
    if !ability.alternate {
        // What was on the screen is not left behind for whoever comes next.
        bytes.push_str("\x1b[H\x1b[J");
    }
    if ability.hides_cursor {
        bytes.push_str("\x1b[?25h");
    }
    if ability.alternate {
        bytes.push_str("\x1b[?1049l");
    }
    bytes
}

/// The terminal while the screen has it; given back when dropped.
#[derive(Debug)]
pub(super) struct Guard;

impl Guard {
    /// Takes the terminal: raw mode.
    ///
    /// # Errors
    /// When there is no terminal, or it cannot be set.
    pub(super) fn enter(ability: Ability) -> io::Result<Self> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "not a terminal"));
        }
        LEAVE.get_or_init(|| leave(ability));
        terminal::enable_raw_mode()?;
        ENTERED.store(true, Ordering::SeqCst);
        Ok(Self)
    }

    /// What the terminal has sent and nobody has read is not for whoever has it next.
    pub(super) fn forget_unread() {
        let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    }
}

/// Gives the terminal back before a panic is printed. To be called once, before a store is opened: the store's own hook,
/// set later, keeps the panics of its database that it catches from coming here.
pub fn give_back_on_panic() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        give_back();
        before(info);
    }));
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

fn give_back() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        // Nothing is left to be done about a terminal that has gone away.
        let _ = io::stdout().write_all(LEAVE.get().map_or("", String::as_str).as_bytes());
        let _ = io::stdout().flush();
        let _ = terminal::disable_raw_mode();
    }
}

/// Columns and rows of the terminal. No other program is asked, as crossterm does where the terminal has gone.
pub(super) fn size() -> Option<(u16, u16)> {
    let size = tcgetwinsize(io::stdout()).ok()?;
    Some(if size.ws_col == 0 || size.ws_row == 0 { USUAL_SIZE } else { (size.ws_col, size.ws_row) })
}

/// What the terminal tells.
#[derive(Debug)]
pub(super) enum Told {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// Where its cursor is: row and column, counted from one.
    Cursor(u16, u16),
    /// It sends something else than UTF-8.
    NotUtf8,
}

impl From<Heard> for Told {
    fn from(heard: Heard) -> Self {
        match heard {
            Heard::Key(key) => Self::Key(key),
            Heard::Paste(text) => Self::Paste(text),
            Heard::Cursor(row, column) => Self::Cursor(row, column),
            Heard::NotUtf8 => Self::NotUtf8,
        }
    }
}

/// Reads the terminal until it goes away, and hands on what it tells; `tell` answers whether to go on. Not through crossterm: from a
/// terminal that goes away while it reads, that reads nothing again and again; and it drops keys that older terminals send. `asked` is
/// when the terminal was asked something.
pub(super) fn listen(ability: Ability, asked: &OnceLock<Instant>, mut tell: impl FnMut(Told) -> bool) {
    let stdin = io::stdin();
    let mut decoder = Decoder::default();
    let mut burst: Vec<Heard> = Vec::new();
    let mut bytes = [0; 4096];
    loop {
        let patience = if burst.is_empty() { decoder.patience() } else { Some(AFTER_BURST) };
        let more = match wait(&stdin, patience) {
            Ok(true) => match rustix::io::read(&stdin, &mut bytes) {
                Ok(0) => return,
                Ok(read) => decoder.take(bytes.get(..read).unwrap_or_default()),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
                Err(_) => return,
            },
            Ok(false) => {
                let pasted = pasted_burst(&burst).filter(|_| ability.pastes_bare).map(Heard::Paste);
                let heard = std::mem::take(&mut burst);
                match pasted {
                    Some(pasted) => vec![pasted],
                    None if heard.is_empty() => decoder.rest(),
                    None => heard,
                }
            }
            Err(_) => return,
        };
        for _ in more.iter().filter(|heard| matches!(heard, Heard::Cursor(..))) {
            decoder.answered(asked.get().map_or(Duration::MAX, Instant::elapsed));
        }
        burst.extend(more);
        if ability.pastes_bare
            && let Some(text) = pasted_burst(&burst)
        {
            if burst.len() < LONGEST_BURST {
                continue;
            }
            burst = vec![Heard::Paste(text)];
        }
        for heard in burst.drain(..) {
            if !tell(heard.into()) {
                return;
            }
        }
    }
}

/// Whether there is something to read, the end included, before so much time is over.
fn wait(stdin: &io::Stdin, patience: Option<Duration>) -> rustix::io::Result<bool> {
    let time = patience.and_then(|time| Timespec::try_from(time).ok());
    loop {
        let mut ready = [PollFd::new(stdin, PollFlags::IN)];
        match poll(&mut ready, time.as_ref()) {
            Ok(0) => return Ok(false),
            Ok(_) => return Ok(true),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error),
        }
    }
}
