//! `duban forms out PERIOD DIR`: a workbook for each lead unit.

use std::io::Write as _;

use serde::Serialize;

use crate::catalog::Say;
use crate::cli::args::Forms;
use crate::cli::fail::{Exit, Stop};
use crate::cli::out::note;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::{json, pick, words};
use crate::forms;
use crate::output::save;

/// A form that was written, for programs.
#[derive(Serialize)]
struct Sent {
    file: String,
    unit: String,
    lines: usize,
}

/// Makes them all. On standard output, a line for each file: its name, and for whom.
pub(super) fn run(session: &Session, args: &Forms) -> Result<Exit, Stop> {
    let lang = session.lang;
    let [period, folder] = args.args.as_slice() else {
        return Err(Stop::input(lang.say(Say::CliFormsOutArgs), lang.say(Say::CliFormsOutArgsTodo)));
    };
    let desk = session.read_in(Some(&period.to_string_lossy()))?;
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, Some(&period.to_string_lossy()))?;
    let only = args.unit.as_deref().map(|typed| pick::unit(session, &book, typed)).transpose()?;
    session.tell_dropped();
    let units: Vec<_> = forms::lead_units(&book)
        .into_iter()
        .filter(|(_, name)| only.as_ref().is_none_or(|only| only == name))
        .map(|(place, name)| (place, forms::lines(&book, period, &name).len(), name))
        .filter(|(_, lines, _)| *lines > 0)
        .collect();
    if units.is_empty() {
        let what = lang.fill(Say::CliFormsNone, &[&lang.period(period)]);
        return Err(Stop::new(Exit::Nothing, what, lang.say(Say::CliFormsNoneTodo)));
    }
    save::make_folder(folder).map_err(|error| Stop::file(lang, folder, &error))?;
    let mut out = session.out();
    let mut progress = Progress::new(lang);
    let mut sent = Vec::new();
    for (at, (place, lines, name)) in units.iter().enumerate() {
        progress.tell(at, units.len());
        // From ids only: names are foreign text.
        let file = format!("{}-{period}-form-unit-{place:02}.xlsx", book.id());
        let bytes = forms::write(&book, period, name)
            .map_err(|error| Stop::new(Exit::Store, lang.fill(Say::CliFormsTrouble, &[&error]), ""))?;
        let path = folder.join(&file);
        save::save(&path, &bytes).map_err(|error| Stop::file(lang, &path, &error))?;
        sent.push(Sent { file, unit: name.to_string(), lines: *lines });
    }
    drop(progress);
    let told = if args.json {
        json(&mut out, &sent)
    } else {
        sent.iter().try_for_each(|one| writeln!(out, "{}\t{}", one.file, one.unit)).and_then(|()| out.flush())
    };
    told.map_err(|error| Stop::output(lang, &error))?;
    note(&lang.fill(Say::CliFormsSaved, &[&sent.len(), &words::path(folder)]));
    Ok(Exit::Done)
}
