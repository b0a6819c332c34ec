//! `duban serve`: the office's host. Everybody who logs in works through its socket.

use std::io::Write as _;
use std::path::PathBuf;
use std::thread;

use listenfd::ListenFd;
use sd_notify::NotifyState;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::catalog::Say;
use crate::store::{Listen, ServeError, serve};

use super::args::Serve;
use super::fail::{Exit, Stop};
use super::out::note;
use super::place::OFFICE;
use super::session::Session;
use super::words;

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
    thread::spawn(move || {
        // The hang-up of the terminal that it was started from is none of a service's business.
        if signals.forever().any(|signal| signal != SIGHUP) {
            end();
        }
    });
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
