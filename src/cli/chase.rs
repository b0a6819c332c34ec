//! `duban chase`: what needs a phone call today, and why; with keys, records that their units were reminded.

use std::sync::Arc;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::entry::{self, NoDeed};
use crate::model::{Book, Intent};
use crate::report::figures::{number, percent, points};
use crate::report::{For, Scope, ToChase, chase_list};

use super::args::{Chase, Format};
use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::item::names;
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{format, json, pick};

/// The fields of an element of a batch.
const FIELDS: &[&str] = &["key", "period", "note"];

/// A line of the chase list, as programs read it.
#[derive(Serialize)]
struct Line {
    key: String,
    no: String,
    text: String,
    units: Vec<Arc<str>>,
    reasons: Vec<Why>,
    status: &'static str,
    light: Option<&'static str>,
    percent: Option<String>,
    filing: &'static str,
    deadline: String,
    times: u16,
    last: Option<String>,
}

#[derive(Serialize)]
struct Why {
    reason: &'static str,
    days: Option<i64>,
    text: String,
}

pub(super) fn run(session: &Session, args: &Chase) -> Result<Exit, Stop> {
    let lang = session.lang;
    let period = args.period.as_deref();
    if let Some(from) = &args.from {
        return batch::run(session, (from, Intent::Chase), FIELDS, |book, element| {
            let typed = element.text(session, "period")?;
            let note = element.text(session, "note")?.unwrap_or_default();
            let key = element.needed(session, "key")?;
            deed(session, book, &key, (typed.as_deref().or(period), &session.lines(&note)))
        });
    }
    if args.keys.is_empty() {
        return list(session, args);
    }
    let note = session.lines(args.note.as_deref().unwrap_or_default());
    let deed = |book: &Book<'_>, key: &str| deed(session, book, key, (period, &note));
    batch::keys(session, Intent::Chase, &args.keys, deed, |names, seq| lang.fill(Say::CliChased, &[&names, &seq]))
}

fn deed(session: &Session, book: &Book<'_>, key: &str, (period, note): (Option<&str>, &str)) -> Result<Deed, Stop> {
    let item = pick::one_item(session, book, key).map_err(|stop| stop.in_field("key"))?.key();
    let period = pick::period(session, book, period).map_err(|stop| stop.in_field("period"))?;
    let writes = entry::chase(book, item, period, pick::today(session, book), note).map_err(|why| {
        let stop = Stop::no_deed(session.lang, &item, why);
        if why == NoDeed::TooLong { stop.in_field("note") } else { stop }
    })?;
    Ok(Deed { about: format!("{item} {period}"), writes, doubts: Vec::new() })
}

fn list(session: &Session, args: &Chase) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read_in(args.period.as_deref())?;
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let today = pick::today(session, &book);
    // An area sees its own quotas, so it is the scope that rates; the others narrow it.
    let mut scopes = Vec::new();
    if let Some(typed) = &args.area {
        scopes.push(For::Area(pick::area(session, &book, typed)?));
    }
    if let Some(typed) = &args.leader {
        scopes.push(For::Leader(pick::leader(session, &book, typed)?));
    }
    if let Some(typed) = &args.unit {
        scopes.push(For::Unit(pick::unit(session, &book, typed)?));
    }
    let scopes: Vec<Scope<'_>> = scopes.iter().map(|of| Scope::new(&book, of)).collect();
    let all = Scope::new(&book, &For::All);
    let scope = scopes.first().unwrap_or(&all);
    let within = |one: &ToChase| {
        scopes.iter().all(|scope| match (book.task(one.item), book.row(one.item)) {
            (Some(task), _) => scope.has_task(task),
            (None, Some(row)) => scope.has_row(row),
            (None, None) => false,
        })
    };
    let found: Vec<ToChase> = chase_list(&book, scope, period, today).into_iter().filter(within).collect();
    let line = |one: &ToChase| Line {
        key: one.item.to_string(),
        no: number(&book, one.item),
        text: book.title(one.item).unwrap_or_default(),
        units: one.units.clone(),
        reasons: one
            .reasons
            .iter()
            .map(|reason| Why { reason: reason.name(), days: reason.days(), text: reason.text(lang) })
            .collect(),
        status: Lang::Zh.status(one.rating.status),
        light: one.rating.status.has_light().then(|| Lang::Zh.light(one.rating.light)),
        percent: one.rating.percent.map(points),
        filing: Lang::Zh.filing_state(scope.filing_state(one.item, period, today)),
        deadline: book.deadline(one.item, period).to_string(),
        times: one.chased.map_or(0, |(times, _)| times),
        last: one.chased.and_then(|(_, last)| last).map(|day| day.to_string()),
    };
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => json(&mut out, &found.iter().map(line).collect::<Vec<_>>()),
        other => table(&book, &found, &line, lang).print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if found.is_empty() {
        return Err(Stop::new(Exit::Nothing, lang.say(Say::CliNothingToChase), lang.say(Say::CliNothingToChaseTodo)));
    }
    Ok(Exit::Done)
}

fn table(book: &Book<'_>, found: &[ToChase], line: &dyn Fn(&ToChase) -> Line, lang: Lang) -> Table {
    let columns = vec![
        Column::new("key", Say::CliHeadKey),
        Column::new("no", Say::CliHeadNo).programs_only(),
        Column::new("reasons", Say::CliHeadReasons),
        Column::new("light", Say::CliHeadLight),
        Column::new("status", Say::CliHeadStatus).programs_only(),
        Column::new("percent", Say::CliHeadPercent),
        Column::new("filing", Say::CliHeadFiling).programs_only(),
        Column::new("deadline", Say::CliHeadDeadline).programs_only(),
        Column::new("text", Say::CliHeadText),
        Column::new("units", Say::CliHeadLeadUnits),
        Column::new("times", Say::CliHeadTimes),
        Column::new("last", Say::CliHeadLast).programs_only(),
    ];
    let row = |one: &ToChase| {
        let line = line(one);
        let stable: Vec<&str> = line.reasons.iter().map(|why| why.reason).collect();
        let shown: Vec<&str> = line.reasons.iter().map(|why| why.text.as_str()).collect();
        let lit = one.rating.status.has_light();
        let light = if lit { lang.light(one.rating.light) } else { "—" };
        vec![
            Cell::new(line.key),
            Cell::new(line.no),
            Cell::word(stable.join(" "), shown.join("、")),
            Cell::word(line.light.unwrap_or_default(), light).tinted(one.rating.light),
            Cell::word(line.status, lang.status(one.rating.status)),
            Cell::word(line.percent.unwrap_or_default(), one.rating.percent.map_or_else(|| "—".to_owned(), percent)),
            Cell::new(line.filing),
            Cell::new(line.deadline),
            Cell::new(line.text),
            Cell::new(names(book.lead_units(one.item))),
            Cell::new(line.times.to_string()),
            Cell::new(line.last.unwrap_or_default()),
        ]
    };
    Table { columns, rows: found.iter().map(row).collect() }
}
