//! `duban check`: exactly what a person still has to look at: open doubts, and sums that differ.

use std::io::{self, Write};

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::Book;
use crate::report::check::{Matter, Problem, check};

use super::args::{Check, Format};
use super::fail::{Exit, Stop};
use super::out::Out;
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{json, pick, words};

/// A problem, as programs read it.
#[derive(Serialize)]
struct Found<'a> {
    line: u32,
    key: Option<String>,
    no: &'a str,
    /// `doubt` or `sum`.
    kind: &'static str,
    what: String,
}

pub(super) fn run(session: &Session, args: &Check) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read_in(None)?;
    let book = pick::book(session, &desk.ledger)?;
    let problems = check(&book);
    let mut out = session.out();
    let done = if args.json {
        json(&mut out, &problems.iter().map(|problem| found(problem, Lang::Zh)).collect::<Vec<_>>())
    } else if out.tty {
        for_people(&book, &problems, lang, &mut out)
    } else {
        table(&problems, lang).print(Format::Tsv, lang, &mut out)
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

fn found(problem: &Problem, lang: Lang) -> Found<'_> {
    let kind = match problem.what {
        Matter::Doubt { .. } => "doubt",
        Matter::SumDiffers { .. } => "sum",
    };
    Found {
        line: problem.line,
        key: problem.key.map(|key| key.to_string()),
        no: &problem.number,
        kind,
        what: problem.what.message(lang),
    }
}

fn table(problems: &[Problem], lang: Lang) -> Table {
    let columns = vec![
        Column::new("line", Say::CliHeadLine),
        Column::new("key", Say::CliHeadKey),
        Column::new("no", Say::CliHeadNo),
        Column::new("kind", Say::CliHeadKind),
        Column::new("what", Say::CliHeadWhat),
    ];
    let row = |problem: &Problem| {
        let found = found(problem, lang);
        vec![
            Cell::new(found.line.to_string()),
            Cell::new(found.key.unwrap_or_default()),
            Cell::new(found.no),
            Cell::new(found.kind),
            Cell::new(found.what),
        ]
    };
    Table { columns, rows: problems.iter().map(row).collect() }
}

fn for_people(book: &Book<'_>, problems: &[Problem], lang: Lang, out: &mut Out) -> io::Result<()> {
    for problem in problems {
        let key = problem.key.map(|key| key.to_string()).unwrap_or_default();
        let head = format!("{}  {key}  {}", lang.fill(Say::CliPlaceLine, &[&problem.line]), problem.number);
        writeln!(out, "{}", out.bold(head.trim_end()))?;
        words::field(out, "", &problem.what.message(lang))?;
    }
    let doubts = problems.iter().filter(|problem| matches!(problem.what, Matter::Doubt { .. })).count();
    let sums = problems.len() - doubts;
    writeln!(out, "{}", lang.fill(Say::CliChecked, &[&book.tasks().count(), &book.rows().len(), &doubts, &sums]))?;
    out.flush()
}
