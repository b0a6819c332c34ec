//! `duban why`: the arithmetic behind a light, in one sentence.

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::report::figures::points;
use crate::report::why;

use super::args::Why;
use super::fail::{Exit, Stop};
use super::item::Item;
use super::session::Session;
use super::{json, pick, words};

/// Why, as programs read it.
#[derive(Serialize)]
struct Because {
    key: String,
    period: String,
    status: &'static str,
    light: Option<&'static str>,
    percent: Option<String>,
    lag: Option<String>,
    target: Option<u16>,
    by_hand: bool,
    reason: Option<String>,
    why: String,
}

pub(super) fn run(session: &Session, args: &Why) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read_in(args.period.as_deref())?;
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let items = pick::items(session, &book, &args.key)?;
    let reason = |item: &Item<'_>| {
        let rating = book.rate(item.key(), period);
        Because {
            key: item.key().to_string(),
            period: period.to_string(),
            status: Lang::Zh.status(rating.status),
            light: rating.status.has_light().then(|| Lang::Zh.light(rating.light)),
            percent: rating.percent.map(points),
            lag: rating.lag.map(points),
            target: rating.target,
            by_hand: rating.by_hand,
            reason: book.override_of(item.key(), period).map(|(set, _)| set.reason.clone()),
            why: why(&book, item.key(), period, lang),
        }
    };
    let reasons: Vec<Because> = items.iter().map(reason).collect();
    let mut out = session.out();
    let done = if args.json {
        json(&mut out, &reasons)
    } else {
        let said = reasons.iter().try_for_each(|reason| {
            let text = lang.fill(Say::CliBatchWrong, &[&reason.key, &reason.why]);
            words::field(&mut out, "", &text)
        });
        said.and_then(|()| std::io::Write::flush(&mut out))
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}
