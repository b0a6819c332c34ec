//! `duban serve`: the office's host. Everybody who logs in works through its socket. When it starts, once a day and when it ends it
//! says on standard error where the ledger stands: under systemd that line goes to the system's log, which the service cannot write
//! anew, so that a rewritten journal shows.

use std::io::Write as _;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use listenfd::ListenFd;
use sd_notify::NotifyState;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::catalog::{Lang, Say};
use crate::model::Head;
use crate::store::{Listen, ServeError, serve};

use super::args::Serve;
use super::fail::{Exit, Stop};
use super::out::note;
use super::place::OFFICE;
use super::session::Session;
use super::words;

/// Between two lines about where the ledger stands.
const DAY: Duration = Duration::from_hours(24);

pub(super) fn run(session: &Session, args: &Serve) -> Result<Exit, Stop> {
    let lang = session.lang;
    let given = ListenFd::from_env().take_unix_listener(0).map_err(|error| Stop::output(lang, &error))?;
    let (listen, shown) = if let Some(listener) = given {
        (Listen::Given(listener), None)
    } else {
        let path = args.socket.clone().unwrap_or_else(|| PathBuf::from(OFFICE));
        (Listen::At { path: path.clone(), group: args.group }, Some(path))
    };
    let serving = serve(session.folder("serve")?, listen).map_err(|error| match error {
        ServeError::Open(error) => Stop::opening(lang, &error),
        ServeError::Damaged(damage) => Stop::new(
            Exit::Store,
            lang.fill(
                Say::ServeDamaged,
                &[&words::path(&damage.file), &damage.line, &words::bad_line(lang, &damage.what)],
            ),
            lang.say(Say::CliVerifyJournalTodo),
        ),
        ServeError::Socket { path, source } => Stop::new(
            Exit::Store,
            lang.fill(Say::ServeNoSocket, &[&words::path(&path), &words::io(lang, &source)]),
            lang.say(Say::ServeNoSocketTodo),
        ),
    })?;
    for notice in &serving.notices {
        note(&words::notice(lang, notice));
    }
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP]).map_err(|error| Stop::output(lang, &error))?;
    let end = serving.end();
    let (head, last) = (serving.head(), serving.head());
    thread::spawn(move || {
        // The hang-up of the terminal that it was started from is none of a service's business.
        if signals.forever().any(|signal| signal != SIGHUP) {
            if let Some(head) = last() {
                log(lang, head);
            }
            end();
        }
    });
    thread::spawn(move || again(DAY, head, |head| log(lang, head)));
    // Not under systemd: nobody is told.
    let _ = sd_notify::notify(&[NotifyState::Ready]);
    if let Some(path) = shown {
        let mut out = session.out();
        writeln!(out, "{}", lang.fill(Say::ServeReady, &[&words::path(&path)]))
            .and_then(|()| out.flush())
            .map_err(|error| Stop::output(lang, &error))?;
    }
    serving.run();
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
    Ok(Exit::Done)
}

/// Tells where the ledger stands, now and every so often, until it is closed.
fn again(every: Duration, head: impl Fn() -> Option<Head>, mut tell: impl FnMut(Head)) {
    while let Some(head) = head() {
        tell(head);
        thread::sleep(every);
    }
}

/// A line for the system's log. systemd reads the number in front as its weight: 5, a notice (sd-daemon(3)).
fn log(lang: Lang, head: Head) {
    let weight = if std::env::var_os("JOURNAL_STREAM").is_some() { "<5>" } else { "" };
    note(&format!("{weight}{}", lang.fill(Say::ServeHead, &[&head.seq, &head.hash])));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Hash, Seq};
    use std::cell::Cell;

    #[test]
    fn the_head_is_told_at_once_and_again_until_the_ledger_is_closed() {
        let (asked, mut told) = (Cell::new(0), Vec::new());
        let head = || {
            asked.set(asked.get() + 1);
            (asked.get() < 4).then(|| Head { seq: Seq(asked.get()), hash: Hash::default() })
        };
        again(Duration::from_millis(1), head, |head| told.push(head.seq.0));
        assert_eq!(told, [1, 2, 3]);
    }
}
