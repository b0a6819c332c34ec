//! `duban quota`: the figure done by an area on a livelihood row, cumulative to the end of a period.

use std::io::Write;

use rust_decimal::Decimal;

use crate::catalog::Say;
use crate::model::entry::{figure, takes_figure};
use crate::model::{Book, CITY_TOTAL, Done, Intent, Key, Period, QuotaRow, Record, RowKind};
use crate::text::number::parse_in_unit;

use super::args::Quota;
use super::fail::{Exit, Stop};
use super::out::note;
use super::session::Session;
use super::{pick, words};

pub(super) fn run(session: &Session, args: &Quota) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut desk = session.write()?;
    let book = pick::book(session, &desk.ledger)?;
    let row = pick::row(session, &book, &args.row)?;
    let area = pick::cell_area(session, &book, &args.area)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    takes_figure(row, &area).map_err(|why| {
        let todo = lang.fill(Say::CliNoFigureTodo, &[&row.key]);
        Stop::input(lang.fill(Say::CliNoFigure, &[&row.key, &area, &words::no_figure(lang, why)]), todo)
    })?;
    let value = args.value.as_deref().map(|typed| typed_figure(session, row, typed)).transpose()?;
    session.tell_dropped();
    let before = book.done(row.key, &area, period).map(|(value, _)| value);
    let name = format!("{} {area}", row.key);
    let unit = if row.kind() == RowKind::Percent { "%" } else { row.unit.as_str() }.to_owned();
    let key = Key::done(book.id(), row.key, &area, period);
    let doubtful = value.and_then(|value| looks_wrong(&book, row, &area, period, value));
    let mut out = session.out();
    let said = if before == value {
        lang.fill(Say::CliNothingChanged, &[&name])
    } else {
        let write = desk.write(key, value.map(|value| Record::Done(Done { value })));
        let seq = desk.commit(session, Intent::Quota, None, vec![write])?;
        let shown =
            |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), |v| format!("{}{unit}", words::figure(v)));
        if let Some((say, beside)) = doubtful {
            note(&lang.fill(say, &[&beside]));
        }
        lang.fill(Say::CliRecorded, &[&name, &lang.period(period), &shown(before), &shown(value), &seq])
    };
    writeln!(out, "{said}").and_then(|()| out.flush()).map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

/// What makes a figure look mistyped, with the figure that it is compared with. It is recorded all the same.
fn looks_wrong(book: &Book<'_>, row: &QuotaRow, area: &str, period: Period, value: Decimal) -> Option<(Say, String)> {
    let before = period.previous().and_then(|previous| book.done(row.key, area, previous)).map(|(value, _)| value);
    if let Some(before) = before.filter(|before| value < *before) {
        return Some((Say::CliBelowPrevious, words::figure(before)));
    }
    let quota = if area == CITY_TOTAL { &row.total } else { row.quota(area)? };
    let target = quota.target()?;
    (value > target.checked_mul(Decimal::from(3))?).then(|| (Say::CliFarAbove, words::figure(target)))
}

fn typed_figure(session: &Session, row: &QuotaRow, typed: &str) -> Result<Decimal, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    let refuse =
        |why: &str| Stop::input(lang.fill(Say::CliBadFigure, &[&typed, &why]), lang.say(Say::CliBadFigureTodo));
    let unit = if row.kind() == RowKind::Percent { "%" } else { &row.unit };
    let value = parse_in_unit(&typed, unit).map_err(|bad| refuse(&words::bad_number(lang, &bad)))?;
    figure(value).map_err(|why| refuse(words::no_figure(lang, why)))
}
