//! What a typed figure is: a percentage, the figure of a cell, the figure reached on a target.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::Say;
use crate::model::entry::{figure, percent, unit_of_cell};
use crate::model::{Book, ItemKey, QuotaRow};
use crate::text::number::parse_in_unit;
use crate::text::{Scale, fold_key, parse_amount};

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
pub(super) fn of_cell(session: &Session, (row, area): (&QuotaRow, &str), typed: &str) -> Result<Decimal, Stop> {
    in_unit(session, unit_of_cell(row, area), typed)
}

/// `NO=VALUE`: a target's number and the figure reached on it; without a value it is taken back.
pub(super) fn actual(
    session: &Session,
    book: &Book<'_>,
    item: ItemKey,
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
    Ok((no, of_target(session, book, (item, no), value)?))
}

/// The figure reached on a target; nothing typed takes it back.
pub(super) fn of_target(
    session: &Session,
    book: &Book<'_>,
    (item, no): (ItemKey, u16),
    typed: &str,
) -> Result<Option<Decimal>, Stop> {
    if session.line(typed).is_empty() {
        return Ok(None);
    }
    // Of a target that is not there the deed itself tells.
    let target = book.target(item, no).map(|(target, _)| target);
    let unit = target.map(|target| target.unit.as_str()).unwrap_or_default();
    let fall = target.filter(|target| target.rate).and_then(|_| typed.trim().strip_prefix(['-', '－', '−']));
    // A growth may turn out below nothing; whether it is taken the deed decides.
    match fall {
        Some(fall) => in_unit(session, unit, fall).map(|fall| Some(-fall)),
        None => in_unit(session, unit, typed).map(Some),
    }
}

/// A figure in a unit.
pub(super) fn in_unit(session: &Session, unit: &str, typed: &str) -> Result<Decimal, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    let refuse =
        |why: &str| Stop::input(lang.fill(Say::CliBadFigure, &[&typed, &why]), lang.say(Say::CliBadFigureTodo));
    let value = parse_in_unit(&typed, unit).map_err(|bad| refuse(&words::bad_number(lang, &bad)))?;
    figure(value).map_err(|why| refuse(words::no_figure(lang, why)))
}

/// A typed day: `2024-12-31`, `2024年12月31日`, `12-31` in the document's year.
pub(super) fn date(session: &Session, book: &Book<'_>, typed: &str) -> Result<NaiveDate, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    let plain: String = typed.chars().map(fold_key).collect();
    let plain = plain.trim().trim_end_matches(['日', '号']);
    let parts: Option<Vec<u32>> =
        plain.split(['-', '/', '.', '年', '月']).map(|part| part.trim().parse().ok()).collect();
    let day = parts.and_then(|parts| match parts.as_slice() {
        [year, month, day] => NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day),
        [month, day] => NaiveDate::from_ymd_opt(i32::from(book.document().year), *month, *day),
        _ => None,
    });
    day.filter(|day| *day >= NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(*day))
        .filter(|day| *day <= NaiveDate::from_ymd_opt(2999, 12, 31).unwrap_or(*day))
        .ok_or_else(|| Stop::input(lang.fill(Say::CliBadDate, &[&typed]), lang.say(Say::CliBadDateTodo)))
}
