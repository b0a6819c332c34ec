//! `duban light`: sets a light by hand for a period, or takes the setting back.

use crate::catalog::Say;
use crate::model::entry::{self, NoDeed};
use crate::model::{self, Book, Intent};

use super::args::{Light, SetLight};
use super::batch::{self, Deed, Element};
use super::fail::{Exit, Stop};
use super::pick;
use super::session::Session;

/// The fields of an element of a batch.
const FIELDS: &[&str] = &["key", "period", "light", "reason"];

pub(super) fn run(session: &Session, args: &Light) -> Result<Exit, Stop> {
    let lang = session.lang;
    let period = args.period.as_deref();
    if let Some(from) = &args.from {
        return batch::run(session, (from, Intent::Override), FIELDS, |book, element| {
            let typed = element.text(session, "period")?;
            let key = element.needed(session, "key")?;
            let set = set(session, element)?;
            deed(session, book, &key, (typed.as_deref().or(period), set))
        });
    }
    let set = args.color.map(|light| (model::Light::from(light), args.reason.clone().unwrap_or_default()));
    let keys: Vec<String> = args.key.iter().cloned().collect();
    let deed = |book: &Book<'_>, key: &str| deed(session, book, key, (period, set.clone()));
    batch::keys(session, Intent::Override, &keys, deed, |names, seq| match &set {
        Some((light, _)) => lang.fill(Say::CliLightSet, &[&names, &lang.light(*light), &seq]),
        None => lang.fill(Say::CliLightCleared, &[&names, &seq]),
    })
}

/// `"light": null` takes the setting back.
fn set(session: &Session, element: &Element) -> Result<Option<(model::Light, String)>, Stop> {
    let lang = session.lang;
    if !element.has("light") {
        element.needed(session, "light")?;
    }
    let Some(typed) = element.text(session, "light")? else { return Ok(None) };
    let named = <SetLight as clap::ValueEnum>::from_str(&typed, true).map(model::Light::from);
    let light = named.map_err(|_| {
        let what = lang.fill(Say::CliBatchWord, &[&session.line(&typed)]);
        Stop::input(what, lang.fill(Say::CliCandidates, &[&"red yellow green"])).in_field("light")
    })?;
    Ok(Some((light, element.text(session, "reason")?.unwrap_or_default())))
}

fn deed(
    session: &Session,
    book: &Book<'_>,
    key: &str,
    (period, set): (Option<&str>, Option<(model::Light, String)>),
) -> Result<Deed, Stop> {
    let item = pick::one_item(session, book, key).map_err(|stop| stop.in_field("key"))?.key();
    let period = pick::period(session, book, period).map_err(|stop| stop.in_field("period"))?;
    let set = set.map(|(light, reason)| (light, session.lines(&reason)));
    let asked = set.as_ref().map(|(light, reason)| (*light, reason.as_str()));
    let writes = entry::set_light(book, item, period, asked).map_err(|why| {
        let stop = Stop::no_deed(session.lang, &item, why);
        if matches!(why, NoDeed::NoReason | NoDeed::TooLong) { stop.in_field("reason") } else { stop }
    })?;
    Ok(Deed { about: format!("{item} {period}"), writes, doubts: Vec::new() })
}
