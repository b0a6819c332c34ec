//! `duban report`: the bulletin of a period, on paper, as text, or as data.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use clap::ValueEnum as _;
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Book, Period};
use crate::render::text_pages;
use crate::report::areas::areas;
use crate::report::json::{AreaView, RowView, TaskView};
use crate::report::{For, Scope, bulletin_for, table};

use super::args::{Report, ReportFormat};
use super::fail::{Exit, Stop};
use super::out::note;
use super::session::Session;
use super::{export, pick, words};

/// A period as data.
#[derive(Serialize)]
struct Data {
    document: String,
    title: String,
    demo: bool,
    period: String,
    made_on: String,
    tasks: Vec<TaskView>,
    quota_rows: Vec<RowView>,
    areas: Vec<AreaView>,
}

pub(super) fn run(session: &Session, args: &Report) -> Result<Exit, Stop> {
    let lang = session.lang;
    let format = format_of(session, args)?;
    let desk = session.read()?;
    let book = pick::book(session, &desk.ledger)?;
    let (printer, period) = printer_and_period(&book, args);
    let period = pick::period(session, &book, period)?;
    let of = args.whom.as_deref().map_or(Ok(For::All), |typed| whom(session, &book, typed))?;
    session.tell_dropped();
    let today = pick::today(session, &book);
    let pages = || text_pages(&bulletin_for(&book, period, today, lang, &of));
    if args.print.is_some() {
        return print(session, &pages().join("\u{c}"), printer, &lang.period(period));
    }
    let mut out = session.out();
    let mut bytes = Vec::new();
    let made = match format {
        // A form feed between pages: printers and `lp` know it. A terminal would show it as rubbish.
        ReportFormat::Txt if out.tty && args.output.is_none() => bytes.write_all(pages().join("\n").as_bytes()),
        ReportFormat::Txt => bytes.write_all(pages().join("\u{c}").as_bytes()),
        ReportFormat::Json => serde_json::to_writer_pretty(&mut bytes, &data(session, &book, period, &of))
            .map_err(io::Error::from)
            .and_then(|()| writeln!(bytes)),
        ReportFormat::Csv if args.output.is_some() => {
            bytes.extend_from_slice(export::BOM);
            csv(&book, (period, today), &of, lang, &mut bytes)
        }
        ReportFormat::Csv => csv(&book, (period, today), &of, lang, &mut bytes),
    };
    made.map_err(|error| Stop::output(lang, &error))?;
    match &args.output {
        None => out.write_all(&bytes).and_then(|()| out.flush()).map_err(|error| Stop::output(lang, &error))?,
        Some(path) => {
            let written = crate::output::save::create_new(path).and_then(|mut file| file.write_all(&bytes));
            written.map_err(|error| Stop::file(lang, path, &error))?;
            note(&lang.fill(Say::CliSaved, &[&words::path(path)]));
        }
    }
    Ok(Exit::Done)
}

/// The format asked for; else the one that the file's name ends in; text where it has no ending.
fn format_of(session: &Session, args: &Report) -> Result<ReportFormat, Stop> {
    let ending = args.output.as_ref().and_then(|path| path.extension()).map(|ending| ending.to_string_lossy());
    match (args.format, ending) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(ReportFormat::Txt),
        (None, Some(ending)) => ReportFormat::from_str(&ending, true).map_err(|_| {
            let lang = session.lang;
            Stop::input(lang.fill(Say::CliNoReportFormat, &[&ending]), lang.say(Say::CliNoReportFormatTodo))
        }),
    }
}

/// In `report --print 2024Q3` the word behind the option is the period, not a printer.
fn printer_and_period<'a>(book: &Book<'_>, args: &'a Report) -> (Option<&'a str>, Option<&'a str>) {
    let printer = args.print.as_ref().and_then(Option::as_deref);
    match (printer, args.period.as_deref()) {
        (Some(word), None) if pick::is_period(book, word) => (None, Some(word)),
        given => given,
    }
}

/// `leader:…`, `unit:…` or `area:…`.
fn whom(session: &Session, book: &Book<'_>, typed: &str) -> Result<For, Stop> {
    let typed = session.line(typed).replace('：', ":");
    match typed.split_once(':').map(|(kind, name)| (kind.trim(), name.trim())) {
        Some(("leader" | "领导", name)) => pick::leader(session, book, name).map(For::Leader),
        Some(("unit" | "单位", name)) => pick::unit(session, book, name).map(For::Unit),
        Some(("area" | "地区", name)) => pick::area(session, book, name).map(For::Area),
        _ => Err(Stop::input(session.lang.fill(Say::CliBadFor, &[&typed]), session.lang.say(Say::CliBadForTodo))),
    }
}

fn data(session: &Session, book: &Book<'_>, period: Period, of: &For) -> Data {
    let scope = Scope::new(book, of);
    let document = book.document();
    let today = pick::today(session, book);
    let standings = areas(book, period);
    Data {
        document: document.id.to_string(),
        title: document.title.clone(),
        demo: document.demo,
        period: period.to_string(),
        made_on: today.to_string(),
        tasks: scope.tasks().map(|task| TaskView::of(book, task, period, today)).collect(),
        quota_rows: scope.rows().iter().map(|row| RowView::of(book, row, period, today)).collect(),
        areas: standings
            .iter()
            .filter(|standing| match of {
                For::Area(area) => standing.area == *area,
                For::All => true,
                For::Leader(_) | For::Unit(_) => false,
            })
            .map(AreaView::of)
            .collect(),
    }
}

/// Two tables, tasks and rows, with an empty line between them.
fn csv(book: &Book<'_>, when: (Period, NaiveDate), of: &For, lang: Lang, bytes: &mut Vec<u8>) -> io::Result<()> {
    let scope = Scope::new(book, of);
    export::csv(&table::tasks(book, scope.tasks(), when, lang), bytes)?;
    let rows = scope.rows();
    if !rows.is_empty() {
        writeln!(bytes)?;
        export::csv(&table::rows(book, rows, when, lang), bytes)?;
    }
    Ok(())
}

/// Hands the pages to `lp`.
fn print(session: &Session, pages: &str, printer: Option<&str>, title: &str) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut command = Command::new("lp");
    command.arg("-t").arg(format!("duban {title}"));
    if let Some(printer) = printer {
        command.arg("-d").arg(session.line(printer));
    }
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Stop::input(lang.say(Say::CliNoLp), lang.say(Say::CliNoLpTodo)),
        _ => Stop::input(lang.fill(Say::CliLpFailed, &[&error]), lang.say(Say::CliLpFailedTodo)),
    })?;
    // When lp stops reading, its own message says why.
    let fed = child.stdin.take().map(|mut stdin| stdin.write_all(pages.as_bytes()));
    let answer = child
        .wait_with_output()
        .map_err(|error| Stop::input(lang.fill(Say::CliLpFailed, &[&error]), lang.say(Say::CliLpFailedTodo)))?;
    let said = |bytes: &[u8]| crate::text::one_line(&String::from_utf8_lossy(bytes)).text;
    if !answer.status.success() || fed.is_some_and(|fed| fed.is_err()) {
        let todo = lang.say(Say::CliLpFailedTodo);
        return Err(Stop::input(lang.fill(Say::CliLpFailed, &[&said(&answer.stderr)]), todo));
    }
    note(&lang.fill(Say::CliPrinted, &[&said(&answer.stdout)]));
    Ok(Exit::Done)
}
