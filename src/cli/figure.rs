//! What a typed figure is: a percentage, the figure of a cell, the figure reached on a target.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::Say;
use crate::model::entry::{NoFigure, figure, figure_on, percent, typed_actual, typed_done};
use crate::model::{Book, ItemKey, Period, QuotaRow};
use crate::text::number::{BadNumber, parse_in_unit};
use crate::text::{Scale, fold_key, parse_amount, typed_date};

use super::fail::Stop;
use super::session::Session;
use super::words;

/// A stated percentage; nothing typed takes the stated one back.
pub(super) fn percentage(session: &Session, typed: &str) -> Result<Option<Decimal>, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let refuse = |why: &str| {
        let what = lang.fill(Say::CliBadPercent, &[&typed, &why]);
        Stop::input(what, lang.say(Say::CliBadPercentTodo)).in_field("percent")
    };
    let amount = parse_amount(&typed).map_err(|bad| refuse(&words::bad_number(lang, &bad)))?;
    if amount.scale != Scale::One {
        return Err(refuse(lang.say(Say::CliPercentRange)));
    }
    percent(amount.value).map(Some).map_err(|_| refuse(lang.say(Say::CliPercentRange)))
}

/// The done figure of a row's cell.
pub(super) fn of_cell(
    session: &Session,
    book: &Book<'_>,
    (row, area, period): (&QuotaRow, &str, Period),
    typed: &str,
) -> Result<Decimal, Stop> {
    kept(session, typed, |typed| typed_done(book, row, area, period, typed), figure)
}

/// `NO=VALUE`: a target's number and the figure reached on it; without a value it is taken back.
pub(super) fn actual(
    session: &Session,
    book: &Book<'_>,
    (item, period): (ItemKey, Period),
    typed: &str,
) -> Result<(u16, Option<Decimal>), Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    let plain: String = typed.chars().map(fold_key).collect();
    let read = plain.split_once('=').and_then(|(no, _)| no.trim().parse::<u16>().ok());
    let value = typed.split_once(['=', '＝']).map(|(_, value)| value.trim());
    let (Some(no), Some(value)) = (read, value) else {
        let what = lang.fill(Say::CliBadActual, &[&typed]);
        return Err(Stop::input(what, lang.say(Say::CliBadActualTodo)));
    };
    Ok((no, of_target(session, book, (item, no, period), value)?))
}

/// The figure reached on a target; nothing typed takes it back.
pub(super) fn of_target(
    session: &Session,
    book: &Book<'_>,
    (item, no, period): (ItemKey, u16, Period),
    typed: &str,
) -> Result<Option<Decimal>, Stop> {
    let lang = session.lang;
    let line = session.line(typed);
    if line.is_empty() {
        return Ok(None);
    }
    // Of a target that is not there the deed itself tells.
    let target = book.target(item, no).map(|(target, _)| target);
    if target.is_some_and(|target| !target.comparator.has_value()) {
        let happened = lang.happened(&line).ok_or_else(|| {
            Stop::input(
                lang.fill(Say::CliBadFigure, &[&line, &lang.say(Say::ActualYesNo)]),
                lang.say(Say::CliBadFigureTodo),
            )
        })?;
        return Ok(Some(u8::from(happened).into()));
    }
    let keep = |value| target.map_or_else(|| figure(value), |target| figure_on(target, value));
    kept(session, typed, |typed| typed_actual(book, item, no, period, typed), keep).map(Some)
}

/// A figure in a unit.
pub(super) fn in_unit(session: &Session, unit: &str, typed: &str) -> Result<Decimal, Stop> {
    kept(session, typed, |typed| parse_in_unit(typed, unit, None), figure)
}

fn kept(
    session: &Session,
    typed: &str,
    read: impl Fn(&str) -> Result<Decimal, BadNumber>,
    keep: impl Fn(Decimal) -> Result<Decimal, NoFigure>,
) -> Result<Decimal, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    let refuse =
        |why: &str| Stop::input(lang.fill(Say::CliBadFigure, &[&typed, &why]), lang.say(Say::CliBadFigureTodo));
    let value = read(&typed).map_err(|bad| refuse(&words::bad_number(lang, &bad)))?;
    keep(value).map_err(|why| refuse(words::no_figure(lang, why)))
}

/// A typed day, as [`typed_date`] reads it; without a year one of the document's.
pub(super) fn date(session: &Session, book: &Book<'_>, typed: &str) -> Result<NaiveDate, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    typed_date(&typed, i32::from(book.document().year))
        .ok_or_else(|| Stop::input(lang.fill(Say::CliBadDate, &[&typed]), lang.say(Say::CliBadDateTodo)))
}
