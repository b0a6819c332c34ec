//! The one loop. Input, signals, the store's watcher and finished work all speak through one channel; it is drained, then
//! the screen is drawn once. Nothing ticks: without a message nothing wakes.

mod leave;

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use crossterm::clipboard::CopyToClipboard;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use super::paint::Painter;
use super::probe::{self, Found, Probe};
use super::state::{Setup, State};
use super::term::{self, Guard, Told};
use super::update::{Effect, Msg, update};
use super::view::frame;
use super::watch;
use super::work::{Place, carry_out};
use crate::catalog::{Lang, Say};
use crate::model::Seq;
use crate::output::terminal::Ability;
use crate::store::{Company, Notice, Store, Whereabouts, drafts, now};

/// How long the keys have to rest before the detail pane of a wide screen follows the cursor.
const REST: Duration = Duration::from_millis(120);
/// How many of the newest commits are loaded at the start, for undo and the log.
const RECENT: u64 = 500;

/// Why the screen could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum ScreenError {
    /// Standard input or output is not a terminal, or it cannot be set.
    #[error("the terminal: {0}")]
    Terminal(#[from] io::Error),
    /// The ledger cannot be read.
    #[error(transparent)]
    Store(#[from] crate::store::Refused),
    /// The ledger holds no document.
    #[error("the ledger holds no document")]
    Empty,
    /// The terminal has no screen that could be drawn on.
    #[error("the terminal cannot move its cursor")]
    Dumb,
    /// The terminal does not read UTF-8.
    #[error("the terminal does not read UTF-8")]
    NotUtf8,
}

enum Event {
    Told(Told),
    Resized,
    Msg(Msg),
    /// The terminal has gone, or a signal asks to leave.
    Hangup,
    /// A worker has done all that it was given, and is given no more.
    Done,
}

/// Shows the screen until the user leaves or the terminal goes away. `wording` words what is found in the ledger meanwhile.
///
/// # Errors
/// When there is no terminal, or no ledger to show. What was typed so far is kept as a draft in any case.
pub fn run(
    store: Arc<dyn Store>,
    company: Arc<dyn Company>,
    setup: Setup,
    wording: fn(Lang, &Notice) -> String,
) -> Result<(), ScreenError> {
    let ledger = store.snapshot()?;
    let head = ledger.head().seq;
    // A draft has to follow its item through every commit since, be it the reading-in of a whole document.
    let commits = match drafts::oldest(&setup.data) {
        Some(known) => store.since(known.min(Seq(head.0.saturating_sub(RECENT))), usize::MAX, Duration::ZERO)?,
        None => store.recent(head, RECENT)?,
    };
    let drafts = drafts::load_after(&setup.data, &commits);
    let ability = Ability::of(std::env::var_os("TERM").as_deref()).ok_or(ScreenError::Dumb)?;
    let ability = if std::env::var_os("TMUX").is_some() { ability.within_tmux() } else { ability };
    let mut state = State::new(setup, ledger, commits, drafts).ok_or(ScreenError::Empty)?;
    let guard = Guard::enter(ability)?;
    if let Some((width, height)) = term::size() {
        update(&mut state, Msg::Resize(width, height));
    }

    let (events, inbox) = channel();
    let asked = Arc::new(OnceLock::new());
    spawn_input(events.clone(), ability, Arc::clone(&asked));
    spawn_signals(events.clone())?;
    let lang = state.lang();
    spawn_watcher(events.clone(), Arc::clone(&company), head, move |notice| wording(lang, notice));
    let here = spawn_teller(Arc::clone(&company));
    let work = spawn_worker(events.clone(), Arc::clone(&store), &state);
    let desk = spawn_worker(events.clone(), Arc::clone(&store), &state);
    let press = spawn_worker(events, store, &state);

    let painter = Painter::new(ability);
    let (probe, began, day) = (Probe::default(), Instant::now(), today());
    let mut screen =
        Loop { state, inbox, work, desk, press, here, painter, day, ability, probe, began, asked, first: true };
    let outcome = screen.turn();
    screen.leave(guard, &outcome);
    company.leave();
    drop(company);
    outcome
}

struct Loop {
    state: State,
    inbox: Receiver<Event>,
    /// What is quick, in the order in which it was asked for.
    work: Sender<(Effect, Seq)>,
    /// Drafts: what was typed is kept also while a commit waits for a host that does not answer.
    desk: Sender<(Effect, Seq)>,
    /// Reports and printers: no commit waits for a long one.
    press: Sender<(Effect, Seq)>,
    /// What is open here, for the others: a host that does not answer holds up nothing else.
    here: Sender<Whereabouts>,
    painter: Painter,
    /// The day by the clock; a demonstration's own day stands still.
    day: NaiveDate,
    ability: Ability,
    probe: Probe,
    began: Instant,
    /// When the terminal was asked what only it knows.
    asked: Arc<OnceLock<Instant>>,
    first: bool,
}

fn today() -> NaiveDate {
    now().date_naive()
}

impl Loop {
    /// Until somebody leaves, the line goes away, or nothing can be written to it any more.
    fn turn(&mut self) -> Result<(), ScreenError> {
        let outcome = self.events();
        if outcome.is_err() {
            // A line that is gone is often noticed in writing to it, before anybody says so.
            self.keep();
        }
        outcome
    }

    /// What was typed since the last pause is kept before the program ends.
    fn keep(&mut self) {
        for effect in update(&mut self.state, Msg::Rest) {
            self.hand_on(effect);
        }
    }

    fn hand_on(&self, effect: Effect) {
        if let Effect::Here(here) = effect {
            let _ = self.here.send(here);
            return;
        }
        let worker = match effect {
            Effect::Printers | Effect::Report(_) => &self.press,
            Effect::Draft(_) | Effect::Discard(_) => &self.desk,
            _ => &self.work,
        };
        let _ = worker.send((effect, self.state.ledger.head().seq));
    }

    fn events(&mut self) -> Result<(), ScreenError> {
        self.show()?;
        loop {
            let event = if self.state.unrested() {
                match self.inbox.recv_timeout(REST) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => Event::Msg(Msg::Rest),
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                }
            } else {
                match self.inbox.recv() {
                    Ok(event) => event,
                    Err(_) => return Ok(()),
                }
            };
            if !self.take(event)? {
                return Ok(());
            }
            while let Ok(event) = self.inbox.try_recv() {
                if !self.take(event)? {
                    return Ok(());
                }
            }
            self.show()?;
        }
    }

    /// Takes one event; answers whether to go on.
    fn take(&mut self, event: Event) -> Result<bool, ScreenError> {
        let msg = match event {
            Event::Hangup => {
                self.keep();
                return Ok(false);
            }
            Event::Resized => match term::size() {
                Some((width, height)) => Msg::Resize(width, height),
                None => return Ok(true),
            },
            Event::Told(Told::Key(key)) => Msg::Key(key),
            Event::Told(Told::Paste(text)) => Msg::Paste(text),
            Event::Told(Told::NotUtf8) => Msg::Say(self.state.lang().say(Say::TypedNotUtf8).to_owned(), false),
            Event::Told(Told::Cursor(row, column)) => match self.probe.take((row, column)) {
                Some(Found::NotUtf8) => return Err(ScreenError::NotUtf8),
                Some(Found::WideText) => Msg::WideText,
                Some(Found::WideLines) => Msg::WideLines,
                Some(Found::Narrow) => Msg::Narrow,
                None => return Ok(true),
            },
            Event::Msg(msg) => msg,
            // Only when the screen is left.
            Event::Done => return Ok(true),
        };
        // A screen stays open over night: what is due is judged by the day of the key, not by that of its start.
        let before = std::mem::replace(&mut self.day, today());
        if before != self.day && before == self.state.setup.today {
            update(&mut self.state, Msg::Day(self.day));
        }
        for effect in update(&mut self.state, msg) {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Redraw => self.painter.forget(),
                Effect::Copy(text) => {
                    let mut out = io::stdout().lock();
                    crossterm::execute!(out, CopyToClipboard::to_clipboard_from(text))?;
                }
                other => self.hand_on(other),
            }
        }
        Ok(true)
    }

    /// Draws, in one write.
    fn show(&mut self) -> io::Result<()> {
        let mut bytes = frame(&self.state, &mut self.painter);
        if std::mem::take(&mut self.first) {
            bytes.insert_str(0, &format!("{}{}", term::enter(self.ability), probe::ASK));
            self.asked.get_or_init(Instant::now);
        }
        if bytes.is_empty() {
            return Ok(());
        }
        let mut out = rustix_stdout();
        out.write_all(bytes.as_bytes())
    }
}

/// Standard output without its line buffer, which would cut a frame into many writes.
fn rustix_stdout() -> impl Write {
    struct Raw;
    impl Write for Raw {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(rustix::io::write(io::stdout(), bytes)?)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    Raw
}

fn spawn_input(events: Sender<Event>, ability: Ability, asked: Arc<OnceLock<Instant>>) {
    thread::spawn(move || {
        term::listen(ability, &asked, |told| events.send(Event::Told(told)).is_ok());
        let _ = events.send(Event::Hangup);
    });
}

fn spawn_signals(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGWINCH])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let event = if signal == SIGWINCH { Event::Resized } else { Event::Hangup };
            if events.send(event).is_err() {
                return;
            }
        }
    });
    Ok(())
}

fn spawn_watcher(
    events: Sender<Event>,
    company: Arc<dyn Company>,
    known: Seq,
    word: impl Fn(&Notice) -> String + Send + 'static,
) {
    thread::spawn(move || {
        watch::follow(company.as_ref(), known, word, |msg| events.send(Event::Msg(msg)).is_ok(), thread::sleep);
    });
}

/// Tells the others what is open here; of several changes at once only the last. A host that does not answer is told when it is
/// back, so errors are nothing to act on.
fn spawn_teller(company: Arc<dyn Company>) -> Sender<Whereabouts> {
    let (tell, told) = channel::<Whereabouts>();
    thread::spawn(move || {
        while let Ok(first) = told.recv() {
            let last = told.try_iter().last().unwrap_or(first);
            let _ = company.tell(&last);
        }
    });
    tell
}

fn spawn_worker(events: Sender<Event>, store: Arc<dyn Store>, state: &State) -> Sender<(Effect, Seq)> {
    let (work, orders) = channel::<(Effect, Seq)>();
    let actor = state.setup.actor.clone();
    let library = Arc::clone(&state.setup.library);
    let place = Place { library, data: state.setup.data.clone(), sitting: drafts::sitting(), lang: state.lang() };
    thread::spawn(move || {
        // Said also where the worker falls: nobody waits for it then.
        let _ended = Ended(events.clone());
        for (effect, known) in orders {
            let mut tell = |msg| {
                let _ = events.send(Event::Msg(msg));
            };
            for msg in carry_out(store.as_ref(), &actor, &place, known, effect, &mut tell) {
                let _ = events.send(Event::Msg(msg));
            }
        }
    });
    work
}

/// Tells at its end that a worker has ended.
struct Ended(Sender<Event>);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.send(Event::Done);
    }
}
