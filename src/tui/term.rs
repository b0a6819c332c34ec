//! The terminal: entered and left as one, its events as messages.

use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use rustix::event::{PollFd, PollFlags, poll};

use super::key::{Code, Key, Named};

/// Alternate screen, bracketed paste. Sent in one write with the first frame.
pub(super) const ENTER: &str = "\x1b[?1049h\x1b[?2004h";
/// The way back: end of a synchronized update, whole scroll region, plain style, cursor shown.
const LEAVE: &str = "\x1b[?2026l\x1b[r\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Whether the terminal is ours now; the way back is taken once, whoever takes it.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// The terminal while the screen has it; given back when dropped.
#[derive(Debug)]
pub(super) struct Guard;

impl Guard {
    /// Takes the terminal: raw mode.
    ///
    /// # Errors
    /// When there is no terminal, or it cannot be set.
    pub(super) fn enter() -> io::Result<Self> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "not a terminal"));
        }
        terminal::enable_raw_mode()?;
        ENTERED.store(true, Ordering::SeqCst);
        Ok(Self)
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
        let _ = io::stdout().write_all(LEAVE.as_bytes());
        let _ = io::stdout().flush();
        let _ = terminal::disable_raw_mode();
    }
}

/// What the terminal tells.
#[derive(Debug)]
pub(super) enum Told {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// A new size.
    Resize(u16, u16),
}

/// Reads the terminal until it goes away, and hands on what it tells; `tell` answers whether to go on.
///
/// A terminal that has gone away is told by the poll, not by reading: with SIGHUP ignored, reading alone would spin.
pub(super) fn listen(mut tell: impl FnMut(Told) -> bool) {
    let stdin = io::stdin();
    loop {
        let mut ready = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut ready, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
        }
        let flags = ready.first().map_or(PollFlags::ERR, PollFd::revents);
        if flags.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return;
        }
        while let Ok(true) = event::poll(Duration::ZERO) {
            let Ok(event) = event::read() else { return };
            if let Some(told) = translate(event)
                && !tell(told)
            {
                return;
            }
        }
        if gone(&stdin) {
            return;
        }
    }
}

/// Waits until the terminal has hung up. The reader of keys cannot be relied on for that: from a terminal that goes away while it reads,
/// crossterm reads nothing again and again and never comes back.
pub(super) fn wait_for_hangup() {
    let stdin = io::stdin();
    loop {
        // Nothing is asked for: only what is always told (hang-up, error) ends the wait.
        let mut ready = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut ready, None) {
            Err(rustix::io::Errno::INTR) => {}
            Ok(_) | Err(_) => return,
        }
    }
}

/// Whether the terminal has hung up.
fn gone(stdin: &io::Stdin) -> bool {
    rustix::termios::tcgetattr(stdin.as_fd()).is_err()
}

fn translate(event: Event) -> Option<Told> {
    match event {
        Event::Key(key) => translate_key(key).map(Told::Key),
        Event::Paste(text) => Some(Told::Paste(text)),
        Event::Resize(width, height) => Some(Told::Resize(width, height)),
        Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
    }
}

fn translate_key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::F(n @ 1..=12) => Code::F(n),
        KeyCode::Enter => Code::Named(Named::Enter),
        KeyCode::Esc => Code::Named(Named::Esc),
        KeyCode::Tab => Code::Named(Named::Tab),
        KeyCode::BackTab => Code::Named(Named::BackTab),
        KeyCode::Backspace => Code::Named(Named::Backspace),
        KeyCode::Delete => Code::Named(Named::Delete),
        KeyCode::Up => Code::Named(Named::Up),
        KeyCode::Down => Code::Named(Named::Down),
        KeyCode::Left => Code::Named(Named::Left),
        KeyCode::Right => Code::Named(Named::Right),
        KeyCode::Home => Code::Named(Named::Home),
        KeyCode::End => Code::Named(Named::End),
        KeyCode::PageUp => Code::Named(Named::PageUp),
        KeyCode::PageDown => Code::Named(Named::PageDown),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
    })
}
