//! `duban file`: files on a task or row for a period. What is not given stays as it was.

use std::io::Write;

use rust_decimal::Decimal;

use crate::catalog::Say;
use crate::model::{Intent, Key, Record};
use crate::text::{Scale, parse_amount};

use super::args::File;
use super::fail::{Exit, Stop};
use super::item::Item;
use super::session::Session;
use super::{pick, words};

/// The longest text of a field, in characters; a filing with three such texts still fits a record.
const LONGEST: usize = 8_000;

pub(super) fn run(session: &Session, args: &File) -> Result<Exit, Stop> {
    let lang = session.lang;
    let percent = args.percent.as_deref().map(|typed| percentage(session, typed)).transpose()?;
    let text = |typed: &Option<String>| typed.as_deref().map(|typed| long_text(session, typed)).transpose();
    let (progress, problems, next) = (text(&args.progress)?, text(&args.problems)?, text(&args.next)?);
    let mut desk = session.write()?;
    let book = pick::book(session, &desk.ledger)?;
    let item = pick::one_item(session, &book, &args.key)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    if percent.is_some() && matches!(item, Item::Row(_)) {
        return Err(Stop::input(lang.fill(Say::CliRowPercent, &[&item.key()]), lang.say(Say::CliRowPercentTodo)));
    }
    let before = book.filing(item.key(), period).map(|(filing, _)| filing.clone());
    let mut filing = before.clone().unwrap_or_default();
    if let Some(percent) = percent {
        filing.percent = percent;
    }
    for (field, typed) in [(&mut filing.progress, progress), (&mut filing.problems, problems), (&mut filing.next, next)]
    {
        if let Some(typed) = typed {
            *field = typed;
        }
    }
    let key = Key::filing(book.id(), item.key(), period);
    let name = item.key();
    let mut out = session.out();
    if before.unwrap_or_default().says_the_same(&filing) {
        writeln!(out, "{}", lang.fill(Say::CliNothingChanged, &[&name])).map_err(|error| Stop::output(lang, &error))?;
        return Ok(Exit::Done);
    }
    let value = (!filing.is_empty()).then_some(Record::Filing(filing));
    let write = desk.write(key, value);
    let seq = desk.commit(session, Intent::File, None, vec![write])?;
    writeln!(out, "{}", lang.fill(Say::CliFiled, &[&name, &lang.period(period), &seq]))
        .and_then(|()| out.flush())
        .map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

/// A typed percentage, 0 to 999; nothing typed takes the stated one back.
fn percentage(session: &Session, typed: &str) -> Result<Option<Decimal>, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let refuse =
        |why: &str| Stop::input(lang.fill(Say::CliBadPercent, &[&typed, &why]), lang.say(Say::CliBadPercentTodo));
    let amount = parse_amount(&typed).map_err(|bad| refuse(&words::bad_number(lang, &bad)))?;
    let value = amount.value.normalize();
    let fine = amount.scale == Scale::One && value <= Decimal::from(999) && value.scale() <= 2;
    if fine { Ok(Some(value)) } else { Err(refuse(lang.say(Say::CliPercentRange))) }
}

fn long_text(session: &Session, typed: &str) -> Result<String, Stop> {
    let text = session.lines(typed);
    let length = text.chars().count();
    if length > LONGEST {
        let lang = session.lang;
        return Err(Stop::input(
            lang.fill(Say::CliTextTooLong, &[&length]),
            lang.fill(Say::CliTextTooLongTodo, &[&LONGEST]),
        ));
    }
    Ok(text)
}
