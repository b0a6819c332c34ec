//! One report for each leader, unit or area: into a folder, or to the printer.

use std::io::Write as _;
use std::sync::Arc;

use crate::catalog::Say;
use crate::model::Book;
use crate::output::save::{file_name, make_folder};
use crate::render::Format;
use crate::report::{For, make};

use super::asked::{Asked, is_empty};
use super::{made, print, save_as};
use crate::cli::args::{EachName, Report};
use crate::cli::fail::{Exit, Stop};
use crate::cli::out::note;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::{pick, words};

/// Makes them all. Whoever nothing falls on gets none. On standard output, a line for each file: its name, and for whom.
pub(super) fn run(
    session: &Session,
    book: &Book<'_>,
    asked: &Asked,
    (each, format): (EachName, Option<Format>),
    args: &Report,
) -> Result<Exit, Stop> {
    let lang = session.lang;
    let today = pick::today(session, book);
    let mut wanted = Vec::new();
    for (name, of) in everybody(book, each) {
        let what = asked.of(of)?;
        if !is_empty(book, &what, asked.period, today) {
            wanted.push((name, what));
        }
    }
    if wanted.is_empty() {
        let what = lang.fill(Say::CliNothingOf, &[&lang.period(asked.period)]);
        return Err(Stop::new(Exit::Nothing, what, lang.say(Say::CliNothingOfTodo)));
    }
    let job = print::job(args, asked);
    let file_format = format.unwrap_or(Format::Txt);
    let fonts = if args.output.is_some() { made::fonts_for(session, file_format)? } else { None };
    if let Some(folder) = &args.output {
        make_folder(folder).map_err(|error| Stop::file(lang, folder, &error))?;
    }
    let mut out = session.out();
    let mut progress = Progress::new(lang);
    for (at, (name, what)) in wanted.iter().enumerate() {
        progress.tell(at, wanted.len());
        let report = make(book, what, asked.period, today, lang);
        let line = match &args.output {
            Some(folder) => {
                let file = file_name(book, what, asked.period, file_format);
                let bytes = made::rendered(session, &report, file_format, fonts.as_ref())?;
                save_as(session, &folder.join(&file), &made::with_mark(file_format, bytes))?;
                file
            }
            None => print::print(session, &report, format, &job)?,
        };
        writeln!(out, "{line}\t{name}").map_err(|error| Stop::output(lang, &error))?;
    }
    drop(progress);
    out.flush().map_err(|error| Stop::output(lang, &error))?;
    if let Some(folder) = &args.output {
        note(&lang.fill(Say::CliEachSaved, &[&wanted.len(), &words::path(folder)]));
    }
    Ok(Exit::Done)
}

fn everybody(book: &Book<'_>, each: EachName) -> Vec<(Arc<str>, For)> {
    let names: Vec<Arc<str>> = match each {
        EachName::Leader => book.leaders().into_iter().map(|tally| tally.name).collect(),
        EachName::Unit => book.units().into_iter().map(|tally| tally.name).collect(),
        EachName::Area => book.document().areas.clone(),
    };
    let of = |name: &Arc<str>| match each {
        EachName::Leader => For::Leader(Arc::clone(name)),
        EachName::Unit => For::Unit(Arc::clone(name)),
        EachName::Area => For::Area(Arc::clone(name)),
    };
    names.into_iter().map(|name| (Arc::clone(&name), of(&name))).collect()
}
