//! `duban report`: whatever the office puts on paper, shown, saved or printed.
//!
//! ```text
//! asked   which report is meant    made   rendered, with its fonts    each   one for each leader, unit or area
//! ```

mod asked;
mod each;
mod made;
mod print;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use crate::catalog::Say;
use crate::model::{Book, Period};
use crate::output::{pager, save};
use crate::render::{Format, text_pages};
use crate::report::{Made, What, make};

use super::args::Report;
use super::fail::{Exit, Stop};
use super::out::note;
use super::session::Session;
use super::{pick, words};

pub(super) use print::not_printed;

pub(super) fn run(session: &Session, args: &Report) -> Result<Exit, Stop> {
    let format = format_of(session, args)?;
    let desk = session.read()?;
    let typed = asked::typed(&pick::book(session, &desk.ledger)?, args);
    let desk = session.named(desk, typed.period.as_deref());
    let book = pick::book(session, &desk.ledger)?;
    let asked = asked::read(session, &desk, &book, args, typed)?;
    session.tell_dropped();
    if let Some(each) = args.each {
        return each::run(session, &book, &asked, (each, format), args);
    }
    let what = asked.what()?;
    let made = made_of(session, &book, &what, asked.period)?;
    if args.print.is_some() {
        let said = print::print(session, &made, format, &print::job(args, &asked))?;
        note(&session.lang.fill(Say::CliPrinted, &[&said]));
        return Ok(Exit::Done);
    }
    let format = format.unwrap_or(Format::Txt);
    match &args.output {
        Some(path) => {
            let bytes = made::file(session, &made, format)?;
            save_as(session, path, &bytes)?;
            note(&session.lang.fill(Say::CliSaved, &[&words::path(path)]));
        }
        None => show(session, &made, format)?,
    }
    Ok(Exit::Done)
}

/// A report; slips of nothing are none.
fn made_of(session: &Session, book: &Book<'_>, what: &What, period: Period) -> Result<Made, Stop> {
    let (lang, today) = (session.lang, pick::today(session, book));
    if asked::is_empty(book, what, period, today) {
        let (what, todo) = match what {
            What::Slips(..) => (lang.say(Say::CliNothingToChase).to_owned(), Say::CliNothingToChaseTodo),
            _ => (lang.fill(Say::CliNothingOf, &[&lang.period(period)]), Say::CliNothingOfTodo),
        };
        return Err(Stop::new(Exit::Nothing, what, lang.say(todo)));
    }
    Ok(make(book, what, period, today, lang))
}

fn save_as(session: &Session, path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    save::save(path, bytes).map_err(|error| Stop::file(session.lang, path, &error))
}

/// Shows text on a terminal, through the pager where there is one; writes anything to a pipe.
fn show(session: &Session, made: &Made, format: Format) -> Result<(), Stop> {
    let lang = session.lang;
    let mut out = session.out();
    if out.tty && !format.is_text() {
        return Err(Stop::input(lang.fill(Say::CliBinary, &[&format.ending()]), lang.say(Say::CliBinaryTodo)));
    }
    // A form feed between pages: printers and `lp` know it. A terminal would show it as rubbish.
    let bytes = match format {
        Format::Txt if out.tty => text_pages(&made.report).join("\n").into_bytes(),
        _ => made::bytes(session, made, format)?,
    };
    let shown = !session.restricted
        && out.tty
        && io::stdin().is_terminal()
        && pager::show(&bytes).map_err(|error| Stop::output(lang, &error))?;
    if shown {
        return Ok(());
    }
    out.document(&bytes).and_then(|()| out.flush()).map_err(|error| Stop::output(lang, &error))
}

/// The format asked for; else the one that the file's name ends in, where it has an ending.
fn format_of(session: &Session, args: &Report) -> Result<Option<Format>, Stop> {
    let file = args.output.as_ref().filter(|_| args.each.is_none());
    let ending = file.and_then(|path| path.extension()).map(|ending| ending.to_string_lossy());
    match (args.format, ending) {
        (Some(format), _) => Ok(Some(format.into())),
        (None, None) => Ok(None),
        (None, Some(ending)) => Format::of_ending(&ending).map(Some).ok_or_else(|| {
            let lang = session.lang;
            let ending = crate::text::one_line(&ending).text;
            Stop::input(lang.fill(Say::CliNoReportFormat, &[&ending]), lang.say(Say::CliNoReportFormatTodo))
        }),
    }
}
