//! `duban file`: files on a task or row for a period. What is not given stays as it was.

use std::path::Path;

use crate::catalog::Say;
use crate::model::entry::{self, Said, earlier_actual};
use crate::model::{Book, Intent, Ledger};

use super::args::File;
use super::batch::{self, Deed, Element};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::{figure, merging, pick, words};

/// The fields of an element of a batch.
const FIELDS: &[&str] = &["key", "period", "percent", "progress", "problems", "next", "actuals"];

pub(super) fn run(session: &Session, args: &File) -> Result<Exit, Stop> {
    if let Some(from) = &args.from {
        return several(session, from, args.period.as_deref());
    }
    let mut desk = session.write()?;
    let before = desk.ledger.clone();
    let book = pick::book(session, &before)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let made = deed(session, &book, args)?;
    let again = |ledger: &Ledger| deed(session, &pick::book(session, ledger)?, args);
    let name = pick::one_item(session, &book, args.key.as_deref().unwrap_or_default())?.key();
    let lang = session.lang;
    let told = |seq| lang.fill(Say::CliFiled, &[&name, &lang.period(period), &seq]);
    merging::single(session, &mut desk, Intent::File, (made, again), told)
}

fn several(session: &Session, from: &Path, period: Option<&str>) -> Result<Exit, Stop> {
    batch::run(session, (from, Intent::File), FIELDS, |book, element| {
        deed(session, book, &asked(session, element, period)?)
    })
}

fn asked(session: &Session, element: &Element, period: Option<&str>) -> Result<File, Stop> {
    Ok(File {
        key: Some(element.needed(session, "key")?),
        period: element.text(session, "period")?.or_else(|| period.map(str::to_owned)),
        percent: element.clearable(session, "percent")?,
        progress: element.clearable(session, "progress")?,
        problems: element.clearable(session, "problems")?,
        next: element.clearable(session, "next")?,
        actual: element.figures(session, "actuals")?,
        from: None,
    })
}

fn deed(session: &Session, book: &Book<'_>, asked: &File) -> Result<Deed, Stop> {
    let lang = session.lang;
    let key = asked.key.as_deref().unwrap_or_default();
    let percent = asked.percent.as_deref().map(|typed| figure::percentage(session, typed)).transpose()?;
    let text = |typed: &Option<String>| typed.as_deref().map(|typed| session.lines(typed));
    let item = pick::one_item(session, book, key).map_err(|stop| stop.in_field("key"))?.key();
    let period = pick::period(session, book, asked.period.as_deref()).map_err(|stop| stop.in_field("period"))?;
    let actuals: Result<Vec<_>, Stop> =
        asked.actual.iter().map(|typed| figure::actual(session, book, (item, period), typed)).collect();
    let said = Said {
        percent,
        progress: text(&asked.progress),
        problems: text(&asked.problems),
        next: text(&asked.next),
        actuals: actuals.map_err(|stop| stop.in_field("actuals"))?,
    };
    for (field, text) in [("progress", &said.progress), ("problems", &said.problems), ("next", &said.next)] {
        let length = text.as_deref().unwrap_or_default().chars().count();
        if length > entry::LONGEST_TEXT {
            let todo = lang.fill(Say::CliTextTooLongTodo, &[&entry::LONGEST_TEXT]);
            return Err(Stop::input(lang.fill(Say::CliTextTooLong, &[&length]), todo).in_field(field));
        }
    }
    let writes = entry::file(book, item, period, &said).map_err(|why| Stop::no_deed(lang, &item, why))?;
    let doubts = said.actuals.iter().filter_map(|(no, value)| {
        let (_, earlier) = earlier_actual(book, item, *no, period)?;
        value.filter(|value| *value < earlier)?;
        let below = lang.fill(Say::CliBelowPrevious, &[&words::figure(earlier)]);
        Some(lang.fill(Say::CliDoubtAbout, &[&format!("{item}/{no}"), &below]))
    });
    let doubts = doubts.collect();
    Ok(Deed { about: format!("{item} {period}"), writes, doubts })
}
