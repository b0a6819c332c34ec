//! The command line: a file for each verb, or for a few that belong together. It parses, asks the layers below, and prints; it holds no rules.
//!
//! ```text
//! args      what can be typed          localise, help, misuse   its words, pages and errors in two languages
//! session   language, place, ledger    pick    what a typed word means
//! batch   many deeds at once (--from)     figure  what a typed figure or day is
//! out, table, words                    how things are printed
//! ```

mod args;
mod backup;
mod backup_words;
mod batch;
mod bulletin;
mod chase;
mod check;
mod deed_words;
mod doubts;
mod export;
mod fail;
mod figure;
mod file;
mod forms;
mod help;
mod import;
mod item;
mod light;
mod list;
mod localise;
mod log;
mod login;
mod merging;
mod misuse;
mod out;
mod pages;
mod paper_words;
mod pick;
mod place;
mod printers;
mod progress;
mod quota;
mod reading_words;
mod repair;
mod report;
mod request;
mod restore;
mod review;
mod role;
mod serve;
mod session;
mod settings;
mod show;
mod status;
mod step;
mod succession;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod undo;
mod verify;
mod view;
mod who;
mod why;
mod words;

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::FromArgMatches as _;
use clap::error::ErrorKind;
use rustix::fs::Mode;
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Actor, Book, DocumentId, Office};
use crate::output::terminal::{Ability, in_gbk};
use crate::store::{Company, Library, Notice, Store};
use crate::text::one_line;

use args::{Format, Line, Shape, Verb};
use fail::{Exit, Stop};
use out::{Out, note};
use session::Session;

/// What remains to be done after the command line was read.
pub enum Next {
    /// Nothing: leave with this status.
    Leave(ExitCode),
    /// The screen was asked for.
    Screen(Box<Screen>),
}

/// Everything the screen starts with.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Screen {
    /// The ledger, opened to write unless `read_only`.
    pub store: Arc<dyn Store>,
    /// The others at work on it.
    pub company: Arc<dyn Company>,
    /// The documents that it was read from.
    pub library: Arc<dyn Library>,
    /// The user whose ledger it is.
    pub owner: u32,
    /// Who sits at it.
    pub actor: Actor,
    /// The ledger's folder.
    pub data: PathBuf,
    /// The document to show first.
    pub document: Option<DocumentId>,
    /// The language.
    pub lang: Lang,
    /// Whether only ASCII is used for lines and marks.
    pub ascii: bool,
    /// Whether colour is used.
    pub color: bool,
    /// Whether this is a login for this program alone: no file of a name of the user's choice is written.
    pub restricted: bool,
    /// Whether nothing can be changed.
    pub read_only: bool,
    /// What happened at the opening, in words.
    pub notices: Vec<String>,
    /// That the ledger was only just made, in words, where its place was named.
    pub made: Option<String>,
    /// Today.
    pub today: NaiveDate,
    /// The folder of a throw-away ledger; it goes when this goes.
    _throwaway: Option<place::Throwaway>,
}

/// Reads the command line and does what it asks for, but for the screen.
pub fn start(args: impl IntoIterator<Item = OsString>) -> Next {
    // Whatever is made from here on is its maker's alone, also by libraries that ask nobody: sled's files, a socket before its rights are set.
    rustix::process::umask(Mode::from_raw_mode(0o077));
    let args: Vec<OsString> = args.into_iter().collect();
    let mut lang = language(&args, std::env::var_os("DUBAN_LANG").as_deref());
    let line = match parse(lang, &args) {
        Ok(line) => line,
        Err(stopped) => return Next::Leave(leave(stopped)),
    };
    let line = match line.verb {
        Some(Verb::Login) => match login(&mut lang, line.global.server) {
            Ok(line) => line,
            Err(stopped) => return Next::Leave(leave(stopped)),
        },
        _ => line,
    };
    let Line { global, verb } = line;
    match verb {
        Some(verb) => Next::Leave(leave(run(lang, global, verb))),
        None => match Session::new(lang, global).and_then(screen) {
            Ok(screen) => Next::Screen(Box::new(screen)),
            Err(stop) => Next::Leave(leave(Err(stop))),
        },
    }
}

/// The command line that somebody with a restricted login asked for.
/// `server`: the office's socket where it is not at its usual place, by the word of whoever set the login up.
fn login(lang: &mut Lang, server: Option<PathBuf>) -> Result<Line, Result<Exit, Stop>> {
    let asked = std::env::var_os("SSH_ORIGINAL_COMMAND");
    let words = login::words(*lang, asked.as_deref()).map_err(Err)?;
    *lang = language(&words, std::env::var_os("DUBAN_LANG").as_deref());
    let matches = localise::matches(*lang, &words).map_err(|error| unparsed(*lang, &error))?;
    login::permit(*lang, &matches).map_err(Err)?;
    let mut line = Line::from_arg_matches(&matches).map_err(|error| unparsed(*lang, &error))?;
    line.global.restricted = true;
    line.global.server = server;
    Ok(line)
}

/// Says that the terminal does not read UTF-8, in what it reads instead if it is a Chinese one, and in English; answers the status to
/// leave with.
pub fn not_utf8(lang: Lang) -> ExitCode {
    let said =
        |lang: Lang| format!("{}\n{}\n", lang.say(Say::CliNotUtf8Terminal), lang.say(Say::CliNotUtf8TerminalTodo));
    let mut bytes = if lang == Lang::En { Vec::new() } else { in_gbk(&said(lang)) };
    bytes.extend_from_slice(said(Lang::En).as_bytes());
    let _ = io::stderr().write_all(&bytes);
    Exit::BadInput.into()
}

/// What a person should know of what was found in the ledger, in a sentence.
pub fn notice(lang: Lang, found: &Notice) -> String {
    words::notice(lang, found)
}

/// Says why the screen could not be shown, and answers the status to leave with.
pub fn no_screen(lang: Lang, why: &dyn std::fmt::Display) -> ExitCode {
    leave(Err(Stop::new(Exit::Store, lang.fill(Say::CliNoScreen, &[why]), lang.say(Say::CliNoScreenTodo))))
}

/// `--lang`, else `DUBAN_LANG`, else Chinese. Looked for before anything is parsed: errors and help need it.
fn language(args: &[OsString], environment: Option<&OsStr>) -> Lang {
    let words: Vec<&str> = args.iter().filter_map(|word| word.to_str()).collect();
    let wished = words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(at + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    wished
        .and_then(Lang::named)
        .or_else(|| environment.and_then(OsStr::to_str).and_then(Lang::named))
        .unwrap_or_default()
}

fn parse(lang: Lang, args: &[OsString]) -> Result<Line, Result<Exit, Stop>> {
    let line = localise::matches(lang, args).and_then(|matches| Line::from_arg_matches(&matches));
    line.map_err(|error| unparsed(lang, &error))
}

/// What to do about a command line that is no order: help and version are printed, the rest explained.
fn unparsed(lang: Lang, error: &clap::Error) -> Result<Exit, Stop> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = Out::stdout(false);
            let text = error.to_string();
            let done = writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush());
            done.map(|()| Exit::Done).map_err(|error| Stop::output(lang, &error))
        }
        _ => Err(misuse::explain(lang, error)),
    }
}

fn run(lang: Lang, global: args::Global, verb: Verb) -> Result<Exit, Stop> {
    match verb {
        Verb::Help(page) => return pages::help(lang, &page),
        Verb::Man(page) => return pages::man(lang, &page),
        Verb::Completions(completions) => return pages::completions(lang, completions.shell),
        Verb::Docs(docs) => return pages::docs(lang, &docs.dir),
        _ => {}
    }
    let session = Session::new(lang, global)?;
    let done = match verb {
        Verb::Who(args) => who::run(&session, &args),
        Verb::List(args) => list::run(&session, &args),
        Verb::Show(args) => show::run(&session, &args),
        Verb::File(args) => file::run(&session, &args),
        Verb::Quota(args) => quota::run(&session, &args),
        Verb::Review(args) => review::run(&session, &args),
        Verb::Light(args) => light::run(&session, &args),
        Verb::Why(args) => why::run(&session, &args),
        Verb::Chase(args) => chase::run(&session, &args),
        Verb::Target(args) => target::run(&session, &args),
        Verb::Step(args) => step::run(&session, &args),
        Verb::Request(args) => request::run(&session, &args),
        Verb::Decide(args) => request::decide(&session, &args),
        Verb::View(args) => view::run(&session, &args),
        Verb::Settings(args) => settings::run(&session, &args),
        Verb::Doubts(args) => doubts::run(&session, &args),
        Verb::Unit(args) => succession::run(&session, Office::Unit, &args),
        Verb::Leader(args) => succession::run(&session, Office::Leader, &args),
        Verb::Check(args) => check::run(&session, &args),
        Verb::Import(args) => import::run(&session, &args),
        Verb::Log(args) => log::run(&session, &args),
        Verb::Undo(args) => undo::undo(&session, &args),
        Verb::Redo => undo::redo(&session),
        Verb::Verify(args) => verify::run(&session, &args),
        Verb::Backup(args) => backup::run(&session, &args),
        Verb::Restore(args) => restore::run(&session, &args),
        Verb::Repair(args) => repair::run(&session, &args),
        Verb::Export(args) => export::run(&session, &args),
        Verb::Report(args) => report::run(&session, &args),
        Verb::Bulletin(args) => bulletin::run(&session, &args),
        Verb::Printers(args) => printers::run(&session, &args),
        Verb::Forms(args) => forms::run(&session, &args),
        Verb::Role(args) => role::run(&session, &args),
        Verb::Status(args) => status::run(&session, &args),
        Verb::Serve(args) => serve::run(&session, &args),
        Verb::Help(_) | Verb::Man(_) | Verb::Completions(_) | Verb::Docs(_) | Verb::Login => Ok(Exit::Done),
    };
    session.tell_dropped();
    done
}

fn screen(session: Session) -> Result<Screen, Stop> {
    session.tell_dropped();
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Stop::input(session.lang.say(Say::CliNoTerminal), session.lang.say(Say::CliNoTerminalTodo)));
    }
    let term = std::env::var_os("TERM");
    let Some(ability) = Ability::of(term.as_deref()) else {
        let name = term.unwrap_or_default();
        let what = session.lang.fill(Say::CliDumbTerminal, &[&one_line(&name.to_string_lossy()).text]);
        return Err(Stop::input(what, session.lang.say(Say::CliDumbTerminalTodo)));
    };
    let desk = session.for_screen()?;
    let book = match &session.doc {
        Some(_) => Some(pick::book(&session, &desk.ledger)?),
        None => Book::newest(&desk.ledger),
    };
    let document = book.map(|book| book.id().clone());
    let today = book.map_or_else(|| session.now.date_naive(), |book| pick::today(&session, &book));
    Ok(Screen {
        store: desk.store,
        company: desk.company,
        library: desk.library,
        owner: desk.owner,
        actor: desk.actor,
        data: session.dir.clone(),
        document,
        lang: session.lang,
        ascii: session.ascii || !ability.marks,
        color: session.color && ability.colors && out::colors_wanted(),
        restricted: session.restricted,
        read_only: session.read_only || desk.read_only,
        notices: desk.notices,
        made: desk.made,
        today,
        _throwaway: session.into_throwaway(),
    })
}

/// Says why a verb stopped, and answers the status to leave with.
fn leave(ended: Result<Exit, Stop>) -> ExitCode {
    match ended {
        Ok(exit) => exit.into(),
        Err(Stop::ReaderGone) => Exit::Done.into(),
        Err(Stop::Failed(failure)) => {
            note(&failure.what);
            if !failure.todo.is_empty() {
                note(&failure.todo);
            }
            failure.exit.into()
        }
    }
}

/// How to print: as asked, else for people on a terminal and TSV elsewhere.
fn format(shape: Shape, out: &Out) -> Format {
    match (shape.json, shape.format) {
        (true, _) => Format::Json,
        (false, Some(format)) => format,
        (false, None) if out.tty => Format::Table,
        (false, None) => Format::Tsv,
    }
}

/// Prints data as JSON, indented.
fn json<T: Serialize + ?Sized>(out: &mut Out, value: &T) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    out.flush()
}
