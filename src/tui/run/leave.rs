//! Leaving the screen: the terminal is given back at once, and the program ends when what it was given is done: drafts, a commit in
//! flight, a job for the printer.

use std::io::Write as _;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::super::explain::explain;
use super::super::probe::Probe;
use super::super::term::{Guard, Told};
use super::super::update::Msg;
use super::{Event, Loop, ScreenError};
use crate::catalog::{Lang, Say};

/// What takes no longer is waited for without a word.
const SOON: Duration = Duration::from_millis(300);
/// How long the terminal has to answer what it was asked at the start. What it answers later, the next program reads.
const ANSWERS: Duration = Duration::from_millis(200);
/// Whoever leaves later has waited long enough for the answers.
const EARLY: Duration = Duration::from_secs(1);
/// Two workers.
const WORKERS: usize = 2;

impl Loop {
    /// Gives the terminal back, and waits for what is not done yet; says so where that takes a while, and how it went where nobody
    /// else does. Ctrl-C ends the wait.
    pub(super) fn leave(self, guard: Guard, outcome: &Result<(), ScreenError>) {
        let lang = self.state.lang();
        let Self { inbox, work, press, here, probe, began, .. } = self;
        drop((work, press, here));
        let mut left = Left { inbox, done: 0, said: Vec::new() };
        if outcome.is_ok() && began.elapsed() < EARLY {
            left.answers(probe);
        }
        let at_once = left.wait(Some(SOON));
        drop(guard);
        if !at_once {
            note(lang.say(Say::LeavingWaits));
            if !left.wait(None) {
                note(lang.say(Say::LeavingGivenUp));
            }
        }
        for msg in left.said {
            report(lang, &msg, !at_once);
        }
    }
}

/// What comes after the screen was left.
struct Left {
    inbox: Receiver<Event>,
    /// How many workers have ended.
    done: usize,
    /// What they had to say.
    said: Vec<Msg>,
}

impl Left {
    /// Waits until the workers have ended; answers whether they have. Without a time, until somebody has had enough.
    fn wait(&mut self, time: Option<Duration>) -> bool {
        let until = time.map(|time| Instant::now() + time);
        while self.done < WORKERS {
            let event = match until {
                Some(until) => self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())),
                None => self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                // A hang-up that was the reason to leave comes more than once; the first wait is short.
                Ok(Event::Hangup) if time.is_none() => return false,
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => return true,
            }
        }
        true
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Done => self.done += 1,
            Event::Msg(msg) => self.said.push(msg),
            Event::Told(_) | Event::Resized | Event::Hangup => {}
        }
    }

    /// Lets the terminal's answers come in.
    fn answers(&mut self, mut probe: Probe) {
        let until = Instant::now() + ANSWERS;
        while probe.waits() {
            match self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Event::Told(Told::Cursor(row, column))) => {
                    probe.take((row, column));
                }
                Ok(event) => self.take(event),
                Err(_) => break,
            }
        }
        if probe.waits() {
            Guard::forget_unread();
        }
    }
}

/// What became of a commit or a report that was under way: what failed in any case, the rest where somebody was told to wait.
fn report(lang: Lang, msg: &Msg, waited: bool) {
    match msg {
        Msg::Wrote(Ok(head)) if waited => note(&lang.fill(Say::Saved, &[&head.seq])),
        Msg::Wrote(Err(refused)) | Msg::Unsent(_, refused) => {
            note(&lang.fill(Say::LeavingUnsent, &[&explain(lang, refused)]));
        }
        Msg::Say(text, good) if waited || !good => note(text),
        _ => {}
    }
}

/// A line for people; there may be nobody any more.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
