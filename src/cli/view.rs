//! `duban view`: lists that are saved under a name.

use std::sync::Arc;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::entry::put_view;
use crate::model::{self, Book, FilingState, Intent, Light, SortBy, Status};

use super::args::{Filters, Format, View};
use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{format, json, pick};

/// A saved view, as programs read it.
#[derive(Serialize)]
struct Saved {
    name: Arc<str>,
    leader: Option<Arc<str>>,
    unit: Option<Arc<str>>,
    light: Option<&'static str>,
    status: Option<&'static str>,
    filing: Option<&'static str>,
    late: bool,
    search: String,
    sort: SortBy,
    reverse: bool,
}

pub(super) fn run(session: &Session, args: &View) -> Result<Exit, Stop> {
    let lang = session.lang;
    let Some(name) = args.name.as_deref().filter(|_| args.save || args.remove) else { return list(session, args) };
    let name = session.line(name);
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let view = if args.save {
        // Under the names of today, as every list has them.
        let named = session.named_today(&ledger);
        let shown = pick::book(session, named.as_ref().unwrap_or(&ledger))?;
        Some(asked(session, &shown, model::View::default(), &args.filters)?)
    } else {
        named(session, &book, &name)?;
        None
    };
    let say = if args.save { Say::CliViewSaved } else { Say::CliRemoved };
    let writes = put_view(&book, &name, view).map_err(|why| Stop::no_deed(lang, &name, why))?;
    let deed = Deed { about: name.clone(), writes, doubts: Vec::new() };
    batch::single(session, &mut desk, Intent::View, deed, |seq| lang.fill(say, &[&name, &seq]))
}

/// The saved view of a name.
pub(super) fn named(session: &Session, book: &Book<'_>, typed: &str) -> Result<model::View, Stop> {
    let lang = session.lang;
    let name = session.line(typed);
    let found = book.views().find(|(view, _)| *view.name == *name).map(|(view, _)| view.clone());
    found.ok_or_else(|| {
        let known: Vec<&str> = book.views().map(|(view, _)| &*view.name).collect();
        let todo = match known.as_slice() {
            [] => lang.say(Say::CliNoViewsTodo).to_owned(),
            known => lang.fill(Say::CliCandidates, &[&known.join(" ")]),
        };
        Stop::new(Exit::Nothing, lang.fill(Say::CliNoView, &[&name]), todo)
    })
}

/// A view with what is given on the command line; that goes before what the view says.
pub(super) fn asked(
    session: &Session,
    book: &Book<'_>,
    view: model::View,
    filters: &Filters,
) -> Result<model::View, Stop> {
    let leader = filters.leader.as_deref().map(|typed| pick::leader(session, book, typed)).transpose()?;
    let unit = filters.unit.as_deref().map(|typed| pick::unit(session, book, typed)).transpose()?;
    let sort = filters.sort.map(SortBy::from);
    Ok(model::View {
        name: view.name,
        leader: leader.or(view.leader),
        unit: unit.or(view.unit),
        light: filters.light.map(Light::from).or(view.light),
        status: filters.status.map(Status::from).or(view.status),
        filing: filters.filing.map(FilingState::from).or(view.filing),
        late: filters.late || view.late,
        search: filters.search.as_deref().map_or(view.search, |typed| session.line(typed)),
        sort: sort.unwrap_or(view.sort),
        reversed: filters.reverse || (view.reversed && sort.is_none()),
    })
}

fn list(session: &Session, args: &View) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read()?;
    let book = pick::book(session, &desk.ledger)?;
    let views: Vec<model::View> = match &args.name {
        Some(name) => vec![named(session, &book, name)?],
        None => book.views().map(|(view, _)| view.clone()).collect(),
    };
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => json(&mut out, &views.iter().map(saved).collect::<Vec<_>>()),
        other => table(&views, lang).print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if views.is_empty() {
        return Err(Stop::new(Exit::Nothing, lang.say(Say::CliNoViews), lang.say(Say::CliNoViewsTodo)));
    }
    Ok(Exit::Done)
}

fn saved(view: &model::View) -> Saved {
    Saved {
        name: Arc::clone(&view.name),
        leader: view.leader.clone(),
        unit: view.unit.clone(),
        light: view.light.map(|light| Lang::Zh.light(light)),
        status: view.status.map(|status| Lang::Zh.status(status)),
        filing: view.filing.map(|state| Lang::Zh.filing_state(state)),
        late: view.late,
        search: view.search.clone(),
        sort: view.sort,
        reverse: view.reversed,
    }
}

fn table(views: &[model::View], lang: Lang) -> Table {
    let columns = vec![
        Column::new("name", Say::CliHeadView),
        Column::new("leader", Say::CliHeadLeaders),
        Column::new("unit", Say::CliHeadLeadUnits),
        Column::new("light", Say::CliHeadLight),
        Column::new("status", Say::CliHeadStatus),
        Column::new("filing", Say::CliHeadFiling),
        Column::new("late", Say::CliHeadLate),
        Column::new("search", Say::CliHeadSearch),
        Column::new("sort", Say::CliHeadSort),
    ];
    let row = |view: &model::View| {
        let word = |zh: Option<&'static str>, shown: Option<&'static str>| {
            Cell::word(zh.unwrap_or_default(), shown.unwrap_or_default())
        };
        let late = if view.late { "✓" } else { "" };
        let arrow = if view.reversed { " ↓" } else { "" };
        vec![
            Cell::new(&*view.name),
            Cell::new(view.leader.as_deref().unwrap_or_default()),
            Cell::new(view.unit.as_deref().unwrap_or_default()),
            word(view.light.map(|light| Lang::Zh.light(light)), view.light.map(|light| lang.light(light))),
            word(view.status.map(|status| Lang::Zh.status(status)), view.status.map(|status| lang.status(status))),
            word(
                view.filing.map(|state| Lang::Zh.filing_state(state)),
                view.filing.map(|state| lang.filing_state(state)),
            ),
            Cell::word(view.late.to_string(), late),
            Cell::new(view.search.clone()),
            Cell::word(sort_name(view), format!("{}{arrow}", lang.sort_by(view.sort))),
        ]
    };
    Table { columns, rows: views.iter().map(row).collect() }
}

/// The column's name as it is typed, with a `-` in front where the order is from the other end.
fn sort_name(view: &model::View) -> String {
    let name = match view.sort {
        SortBy::Number => "number",
        SortBy::Worst => "worst",
        SortBy::Percent => "percent",
        SortBy::Filing => "filing",
        SortBy::Deadline => "deadline",
        SortBy::Leader => "leader",
        SortBy::Unit => "unit",
    };
    if view.reversed { format!("-{name}") } else { name.to_owned() }
}
