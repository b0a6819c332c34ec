//! Leaving the screen: the terminal is given back at once, and the program ends when what it was given is done: drafts, a commit in
//! flight, a job for the printer.

use std::io::Write as _;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::super::explain::explain;
use super::super::live::Live;
use super::super::probe::Probe;
use super::super::term::{Guard, Told};
use super::super::update::Msg;
use super::{Event, Loop, ScreenError};
use crate::catalog::{Lang, Say};
use crate::store::{Away, Refused};

/// What takes no longer is waited for without a word.
const SOON: Duration = Duration::from_millis(300);
/// How long the terminal has to answer what it was asked at the start. What it answers later, the next program reads.
const ANSWERS: Duration = Duration::from_millis(200);
/// Whoever leaves later has waited long enough for the answers.
const EARLY: Duration = Duration::from_secs(1);
/// One for what is quick, one for drafts, one for reports and printers.
const WORKERS: usize = 3;

impl Loop {
    /// Gives the terminal back, and waits for what is not done yet; says so where that takes a while, and how it went where nobody
    /// else does. Ctrl-C ends the wait.
    pub(super) fn leave(self, guard: Guard, outcome: &Result<(), ScreenError>) {
        let lang = self.state.lang();
        let waiting = waiting(lang, &self.state.live);
        let Self { inbox, work, desk, press, here, probe, began, .. } = self;
        drop((work, desk, press, here));
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
        if let Some(text) = waiting {
            note(&text);
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
        // It may have been written.
        Msg::Unsent(_, Refused::Unknown) => note(lang.say(Say::LeavingGivenUp)),
        Msg::Unsent(_, silent @ Refused::Away(Away::Silent { .. })) => {
            note(&format!("{}{}", explain(lang, silent), lang.say(Say::LeavingGivenUp)));
        }
        Msg::Wrote(Err(refused)) | Msg::Unsent(_, refused) => {
            note(&lang.fill(Say::LeavingUnsent, &[&explain(lang, refused)]));
        }
        Msg::Say(text, good) if waited || !good => note(text),
        _ => {}
    }
}

/// What to say of changes that waited for the link: nobody sends them now. What a form held is kept as a draft, a deed is not.
fn waiting(lang: Lang, live: &Live) -> Option<String> {
    let why = live.gone().map(|refused| explain(lang, refused)).unwrap_or_default();
    let kept = live.unsent.iter().filter(|unsent| unsent.draft.is_some()).count();
    let kept = if kept > 0 { lang.fill(Say::LeavingDrafts, &[&kept]) } else { String::new() };
    let count = live.unsent.len();
    (count > 0).then(|| lang.fill(Say::LeavingDropped, &[&count, &why]) + &kept)
}

/// A line for people; there may be nobody any more.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Batch, BatchId, Intent};
    use crate::tui::live::Unsent;

    #[test]
    fn whoever_leaves_while_something_waits_for_the_link_is_told() {
        let mut live = Live { away: Some(Refused::Away(Away::NoHost)), ..Live::default() };
        assert_eq!(waiting(Lang::Zh, &live), None);
        let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
        let batch = Batch { id: BatchId::default(), at, intent: Intent::Review, undoes: None, writes: Vec::new() };
        live.unsent = vec![Unsent { batch: batch.clone(), draft: None }];
        let said = waiting(Lang::Zh, &live).unwrap();
        assert!(said.contains("1 项改动没有存上") && said.contains("督办服务没有在运行"), "{said}");
        assert!(!said.contains("草稿"), "a deed keeps none: {said}");
        let draft =
            serde_json::from_str(r#"{"key":"a-2024/T5@2024Q3","base":3,"fields":[],"at":"2024-09-30T17:00:00+08:00"}"#);
        live.unsent.push(Unsent { batch, draft: draft.unwrap() });
        let said = waiting(Lang::Zh, &live).unwrap();
        assert!(
            said.contains("2 项改动没有存上") && said.ends_with("1 项填的内容已留作草稿，下次打开时提供。"),
            "{said}"
        );
    }
}
