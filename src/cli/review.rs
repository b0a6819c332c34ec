//! `duban review`: accepts what was filed, or returns it with a reason.

use crate::catalog::Say;
use crate::model::entry::{self, NoDeed, Verdict};
use crate::model::{Book, Intent};

use super::args::Review;
use super::batch::{self, Deed, Element};
use super::fail::{Exit, Stop};
use super::pick;
use super::session::Session;

/// The fields of an element of a batch.
const FIELDS: &[&str] = &["key", "period", "accept", "return"];

pub(super) fn run(session: &Session, args: &Review) -> Result<Exit, Stop> {
    let lang = session.lang;
    let period = args.period.as_deref();
    if let Some(from) = &args.from {
        return batch::run(session, (from, Intent::Review), FIELDS, |book, element| {
            let typed = element.text(session, "period")?;
            let key = element.needed(session, "key")?;
            deed(session, book, &key, (typed.as_deref().or(period), &verdict(session, element)?))
        });
    }
    let verdict = args.back.as_deref().map_or(Verdict::Accept, |reason| Verdict::Return(session.lines(reason)));
    let say = match verdict {
        Verdict::Accept => Say::CliAccepted,
        Verdict::Return(_) => Say::CliReturned,
    };
    let deed = |book: &Book<'_>, key: &str| deed(session, book, key, (period, &verdict));
    batch::keys(session, Intent::Review, &args.keys, deed, |names, seq| lang.fill(say, &[&names, &seq]))
}

fn verdict(session: &Session, element: &Element) -> Result<Verdict, Stop> {
    let lang = session.lang;
    match (element.flag(session, "accept")?, element.text(session, "return")?) {
        (true, None) => Ok(Verdict::Accept),
        (false, Some(reason)) => Ok(Verdict::Return(session.lines(&reason))),
        _ => Err(Stop::input(lang.say(Say::CliBatchVerdict), lang.say(Say::CliBatchTodo)).in_field("accept")),
    }
}

fn deed(
    session: &Session,
    book: &Book<'_>,
    key: &str,
    (period, verdict): (Option<&str>, &Verdict),
) -> Result<Deed, Stop> {
    let item = pick::one_item(session, book, key).map_err(|stop| stop.in_field("key"))?.key();
    let period = pick::period(session, book, period).map_err(|stop| stop.in_field("period"))?;
    let writes = entry::review(book, item, period, verdict).map_err(|why| {
        let stop = Stop::no_deed(session.lang, &item, why);
        if matches!(why, NoDeed::NoReason | NoDeed::TooLong) { stop.in_field("return") } else { stop }
    })?;
    Ok(Deed { about: format!("{item} {period}"), writes, doubts: Vec::new() })
}
