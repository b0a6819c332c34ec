//! `duban quota`: the figure done by an area on a livelihood row, cumulative to the end of a period.

use std::path::Path;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::catalog::Say;
use crate::model::entry::{LooksWrong, looks_wrong, put_done, takes_figure, unit_of_cell};
use crate::model::{Book, Intent, Ledger, Period, QuotaRow};

use super::args::Quota;
use super::batch::{self, Deed, Element};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::{figure, merging, pick, words};

/// The fields of an element of a batch.
const FIELDS: &[&str] = &["key", "area", "value", "period"];

/// A figure that is to be recorded, or taken back.
struct Asked<'a> {
    row: &'a QuotaRow,
    area: Arc<str>,
    period: Period,
    value: Option<Decimal>,
}

pub(super) fn run(session: &Session, args: &Quota) -> Result<Exit, Stop> {
    if let Some(from) = &args.from {
        return several(session, from, args.period.as_deref());
    }
    let lang = session.lang;
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let asked = asked(session, &book, args)?;
    let before = book.done(asked.row.key, &asked.area, asked.period).map(|(value, _)| value);
    let unit = unit_of_cell(asked.row, &asked.area);
    let shown =
        |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), |v| format!("{}{unit}", words::figure(v)));
    let name = format!("{} {}", asked.row.key, asked.area);
    let period = lang.period(asked.period);
    let told = |seq| lang.fill(Say::CliRecorded, &[&name, &period, &shown(before), &shown(asked.value), &seq]);
    let made = deed(session, &book, &asked)?;
    let again = |ledger: &Ledger| deed(session, &pick::book(session, ledger)?, &asked);
    merging::single(session, &mut desk, Intent::Quota, (made, again), told)
}

fn several(session: &Session, from: &Path, period: Option<&str>) -> Result<Exit, Stop> {
    batch::run(session, (from, Intent::Quota), FIELDS, |book, element| {
        let args = typed(session, element, period)?;
        let asked = asked(session, book, &args)?;
        let deed = deed(session, book, &asked)?;
        Ok(deed)
    })
}

fn typed(session: &Session, element: &Element, period: Option<&str>) -> Result<Quota, Stop> {
    let value = match element.clearable(session, "value")? {
        Some(value) => Some(value).filter(|value| !value.is_empty()),
        None => Some(element.needed(session, "value")?),
    };
    Ok(Quota {
        row: Some(element.needed(session, "key")?),
        area: Some(element.needed(session, "area")?),
        clear: value.is_none(),
        value,
        period: element.text(session, "period")?.or_else(|| period.map(str::to_owned)),
        from: None,
    })
}

fn asked<'a>(session: &Session, book: &Book<'a>, args: &Quota) -> Result<Asked<'a>, Stop> {
    let lang = session.lang;
    let row = args.row.as_deref().unwrap_or_default();
    let row = pick::row(session, book, row).map_err(|stop| stop.in_field("key"))?;
    let area = args.area.as_deref().unwrap_or_default();
    let area = pick::cell_area(session, book, area).map_err(|stop| stop.in_field("area"))?;
    let period = pick::period(session, book, args.period.as_deref()).map_err(|stop| stop.in_field("period"))?;
    takes_figure(row, &area).map_err(|why| {
        let todo = lang.fill(Say::CliNoFigureTodo, &[&row.key]);
        Stop::input(lang.fill(Say::CliNoFigure, &[&row.key, &area, &words::no_figure(lang, why)]), todo)
            .in_field("area")
    })?;
    let value =
        args.value.as_deref().map(|typed| figure::of_cell(session, book, (row, &area, period), typed)).transpose();
    Ok(Asked { row, area, period, value: value.map_err(|stop| stop.in_field("value"))? })
}

fn deed(session: &Session, book: &Book<'_>, asked: &Asked<'_>) -> Result<Deed, Stop> {
    let lang = session.lang;
    let Asked { row, area, period, value } = asked;
    let writes = put_done(book, row.key, area, *period, *value).map_err(|why| {
        let todo = lang.fill(Say::CliNoFigureTodo, &[&row.key]);
        Stop::input(lang.fill(Say::CliNoFigure, &[&row.key, area, &words::no_figure(lang, why)]), todo)
    })?;
    let doubt = value.filter(|_| !writes.is_empty());
    let doubt = doubt.and_then(|value| looks_wrong(book, row, area, *period, value)).map(|doubt| match doubt {
        LooksWrong::Lower(_, before) => (Say::CliBelowPrevious, words::figure(before)),
        LooksWrong::FarAbove(target) => (Say::CliFarAbove, words::figure(target)),
    });
    let name = format!("{} {area}", row.key);
    let doubts = doubt.map(|(say, beside)| lang.fill(Say::CliDoubtAbout, &[&name, &lang.fill(say, &[&beside])]));
    Ok(Deed { about: format!("{name} {period}"), writes, doubts: doubts.into_iter().collect() })
}
