//! Effects carried out: disk, printer, clock. (At its start `run` reads the drafts, and it asks which day it is.)

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;

use super::explain::explain;
use super::update::{Effect, Msg};
use crate::catalog::{Lang, Say};
use crate::import;
use crate::model::former::in_the_way;
use crate::model::succession::as_of;
use crate::model::{Actor, BadKey, Batch, Book, Clash, DocumentId, Key, Period, Seq, clock, role};
use crate::output::printer::{self, Job, NotPrinted, Sides};
use crate::output::{fonts, save::save};
use crate::render::{Format, RenderError, render};
use crate::report::{What, make};
use crate::store::{Library, Refused, Store, commit_again, drafts, new_batch_id, now, user_named};
use crate::text::one_line;

/// How often a commit whose answer was lost is asked again (with the same id, so it is written once).
const RETRIES: usize = 3;

/// Where the screen keeps its drafts, and how it speaks.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The documents that the ledger was read from.
    pub(super) library: Arc<dyn Library>,
    /// The folder of the drafts.
    pub(super) data: PathBuf,
    /// The name of this sitting, in the names of its drafts.
    pub(super) sitting: String,
    /// The language.
    pub(super) lang: Lang,
}

/// Carries out an effect that takes time, and answers with what the screen has to know of it; `tell` hears how far it is meanwhile.
pub(super) fn carry_out(
    store: &dyn Store,
    actor: &Actor,
    place: &Place,
    known: Seq,
    effect: Effect,
    tell: &mut dyn FnMut(Msg),
) -> Vec<Msg> {
    let at = now();
    let lang = place.lang;
    let kept = |done: std::io::Result<()>| match done {
        Ok(()) => Vec::new(),
        Err(error) => vec![Msg::Say(lang.fill(Say::DraftFailed, &[&error]), false)],
    };
    match effect {
        Effect::Commit(intent, writes) => {
            let batch = Batch { id: new_batch_id(), at, intent, undoes: None, writes };
            written(store, actor, batch, known)
        }
        Effect::Again(unsent, pause) => {
            std::thread::sleep(pause);
            written(store, actor, unsent.batch, known)
        }
        Effect::Undo(seq, may) => {
            // With all that came after it: what was filed on items that it moved stands in its way.
            let undone = store.since(Seq(seq.0.saturating_sub(1)), usize::MAX, Duration::ZERO);
            let batch = undone.and_then(|commits| {
                let Some(sealed) = commits.first().filter(|sealed| sealed.commit.seq == seq) else {
                    return Err(Refused::Invalid(format!("no commit {seq}")));
                };
                let way = in_the_way(&sealed.commit, commits.iter().map(|sealed| sealed.commit.as_ref()));
                if !way.is_empty() {
                    let clash = |key: Key| Clash { key, now: None };
                    return Err(Refused::Conflict(way.into_iter().map(clash).collect()));
                }
                Ok(role::own_words(&may, store.snapshot()?.taking_back(&sealed.commit, new_batch_id(), at)))
            });
            match batch {
                Ok(batch) => written(store, actor, batch, known),
                Err(refused) => vec![Msg::Wrote(Err(refused))],
            }
        }
        Effect::Draft(draft) => {
            let sitting = place.sitting.clone();
            kept(drafts::keep(&place.data, &drafts::Draft { at, known: Some(known), sitting, ..draft }))
        }
        Effect::Discard(gone) => kept(gone.into_iter().try_for_each(|draft| {
            let sitting = if draft.sitting.is_empty() { place.sitting.clone() } else { draft.sitting.clone() };
            drafts::discard(&place.data, &drafts::Draft { sitting, ..draft })
        })),
        Effect::History => match store.since(Seq::ZERO, usize::MAX, Duration::ZERO) {
            Ok(commits) => vec![Msg::History(commits)],
            Err(refused) => vec![Msg::Say(explain(lang, &refused), false)],
        },
        Effect::LookUp(name) => vec![Msg::LookedUp(user_named(&name))],
        Effect::Printers => vec![Msg::Printers(printer::printers())],
        Effect::Original(sha256) => {
            let lines = original(place.library.as_ref(), lang, &sha256);
            vec![Msg::Original(sha256, lines)]
        }
        Effect::Report(order) => vec![report(store, lang, &order, tell)],
        Effect::Copy(_) | Effect::Here(_) | Effect::Redraw | Effect::Quit => Vec::new(),
    }
}

/// The lines of a kept original.
fn original(library: &dyn Library, lang: Lang, sha256: &str) -> Result<Vec<String>, String> {
    let missing = |why: &dyn std::fmt::Display| lang.fill(Say::OriginalMissing, &[why]);
    let hash = sha256.parse().map_err(|error: BadKey| missing(&error))?;
    let bytes = library.original(hash).map_err(|refused| missing(&explain(lang, &refused)))?;
    import::original(&bytes).map_err(|error| lang.fill(Say::OriginalMissing, &[&error]))
}

/// Writes a batch. The commits up to the new one come first, so that the screen shows them when it says that they are saved.
fn written(store: &dyn Store, actor: &Actor, batch: Batch, known: Seq) -> Vec<Msg> {
    let outcome = commit_again(store, actor, &batch, RETRIES);
    let commits = store.since(known, usize::MAX, Duration::ZERO).map(Msg::Commits);
    let answer = match outcome {
        Err(why @ (Refused::Unknown | Refused::Away(_))) => Msg::Unsent(Box::new(batch), why),
        outcome => Msg::Wrote(outcome),
    };
    commits.into_iter().chain([answer]).collect()
}

/// A report that is to be made and put somewhere.
#[derive(Debug, Clone)]
pub struct Order {
    /// Of which document.
    pub document: DocumentId,
    /// What.
    pub what: What,
    /// The period.
    pub period: Period,
    /// The day it says it was made on.
    pub today: NaiveDate,
    /// In which format.
    pub format: Format,
    /// Where it goes.
    pub to: To,
}

/// Where a report goes.
#[derive(Debug, Clone)]
pub enum To {
    /// Into a new file.
    File(PathBuf),
    /// To a printer.
    Printer {
        /// Its name; `None`: the default one.
        name: Option<String>,
        /// On which sides of the paper.
        sides: Sides,
        /// How many.
        copies: u16,
    },
}

/// Makes a report and puts it where it was ordered to; answers in a sentence.
fn report(store: &dyn Store, lang: Lang, order: &Order, tell: &mut dyn FnMut(Msg)) -> Msg {
    match made(store, lang, order, tell) {
        Ok(said) => Msg::Say(said, true),
        Err(why) => Msg::Say(why, false),
    }
}

fn made(store: &dyn Store, lang: Lang, order: &Order, tell: &mut dyn FnMut(Msg)) -> Result<String, String> {
    let ledger = store.snapshot().map_err(|refused| explain(lang, &refused))?;
    let named = as_of(&ledger, &order.document, order.period.end().min(order.today));
    let book = Book::open(named.as_ref().unwrap_or(&ledger), &order.document)
        .ok_or_else(|| lang.say(Say::PrintNothing).to_owned())?;
    let what = match &order.what {
        // The screen knows the newest commits only.
        What::Changes(day, _) => {
            let all = store.since(Seq::ZERO, usize::MAX, Duration::ZERO).map_err(|refused| explain(lang, &refused))?;
            let commits = all.iter().map(|sealed| sealed.commit.as_ref());
            What::Changes(*day, clock::since(commits, *day, order.today).into_iter().cloned().collect())
        }
        what => what.clone(),
    };
    let made = make(&book, &what, order.period, order.today, lang);
    let fonts = if order.format.needs_fonts() {
        Some(fonts::find().map_err(|_| both(lang, Say::CliNoFont, Say::CliNoFontTodo))?)
    } else {
        None
    };
    let mut last = 0;
    let mut progress = |done: usize, of: usize| {
        // A tenth at a time: each is a line sent to a terminal that may be far away.
        let tenths = done.saturating_mul(10) / of.max(1);
        if tenths > last && done < of {
            last = tenths;
            tell(Msg::Say(lang.fill(Say::PrintProgress, &[&done, &of]), true));
        }
    };
    let bytes = render(&made, order.format, fonts.as_ref(), &mut progress).map_err(|error| match error {
        RenderError::NoFonts => both(lang, Say::CliNoFont, Say::CliNoFontTodo),
        RenderError::BadFont(name) => lang.fill(Say::CliBadFont, &[&one_line(&name).text]),
        RenderError::TooMuch(what) => lang.fill(Say::CliTooMuch, &[&order.format.ending(), &what]),
        RenderError::Library(what) => lang.fill(Say::CliOurFault, &[&what]),
    })?;
    let lacking = fonts.as_ref().filter(|_| order.format == Format::Pdf);
    let lacking = lacking.and_then(|found| fonts::lacking(lang, &made.report, found));
    let done = put(lang, order, &made.report.title, &bytes)?;
    // What is missing first: a long name of a file may not leave it room.
    Ok(lacking.map_or(done.clone(), |lacking| format!("{lacking}  {done}")))
}

/// Puts a made report where it was ordered to.
fn put(lang: Lang, order: &Order, title: &str, bytes: &[u8]) -> Result<String, String> {
    match &order.to {
        To::File(path) => {
            let shown = one_line(&path.display().to_string()).text;
            save(path, bytes).map_err(|error| match error.kind() {
                std::io::ErrorKind::AlreadyExists => lang.fill(Say::PrintFileThere, &[&shown]),
                _ => lang.fill(Say::PrintFileFailed, &[&shown, &error]),
            })?;
            Ok(lang.fill(Say::CliSaved, &[&shown]))
        }
        To::Printer { name, sides, copies } => {
            let title = format!("duban {title}");
            let job = Job { printer: name.clone(), title, sides: *sides, copies: *copies };
            let said = printer::print(&job, order.format, bytes).map_err(|why| match why {
                NotPrinted::NoLp => both(lang, Say::CliNoLp, Say::CliNoLpTodo),
                NotPrinted::NoPrinter => both(lang, Say::CliNoPrinter, Say::CliNoPrinterTodo),
                NotPrinted::BadName(name) => lang.fill(Say::CliBadPrinter, &[&name]),
                NotPrinted::Refused(said) => lang.fill(Say::CliLpFailed, &[&said]),
            })?;
            Ok(format!("{} {said}", lang.say(Say::Printed)))
        }
    }
}

fn both(lang: Lang, what: Say, todo: Say) -> String {
    format!("{}{}", lang.say(what), lang.say(todo))
}
