//! `duban who`: who owns it.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Key, Ledger, Of};
use crate::report::figures::number;
use crate::search::{Finder, Index};
use crate::store::Glance;

use super::args::{Format, Who};
use super::fail::{Exit, Stop};
use super::item::{Item, names};
use super::out::Out;
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{format, json, pick, words};

/// One answer, as programs read it.
#[derive(Serialize)]
struct Owner<'a> {
    key: String,
    no: String,
    title: String,
    leaders: &'a [Arc<str>],
    lead_units: &'a [Arc<str>],
    coop_units: &'a [Arc<str>],
}

pub(super) fn run(session: &Session, args: &Who) -> Result<Exit, Stop> {
    let query = session.line(&args.words.join(" "));
    let glance = session.glance();
    let (ledger, keys) = match glance.as_ref().and_then(|glance| at_a_glance(session, glance, &query)) {
        Some(found) => found,
        None => in_full(session, glance.as_ref(), &query)?,
    };
    let book = pick::book(session, &ledger)?;
    let found: Vec<Item<'_>> = keys.into_iter().filter_map(|key| Item::of(&book, key)).collect();
    let mut out = session.out();
    let lang = session.lang;
    let done = match format(args.shape, &out) {
        Format::Json => json(&mut out, &found.iter().map(|item| owner(&book, *item)).collect::<Vec<_>>()),
        Format::Table if !found.is_empty() => for_people(&book, &found, lang, &mut out),
        Format::Table => Ok(()),
        other => table(&book, &found).print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if found.is_empty() {
        return Err(Stop::new(
            Exit::Nothing,
            lang.fill(Say::CliNothingFound, &[&query]),
            lang.say(Say::CliNothingFoundTodo),
        ));
    }
    Ok(Exit::Done)
}

/// What an index is made of.
fn is_indexed(of: &Of) -> bool {
    matches!(of, Of::Item(_)) || is_about_names(of)
}

fn is_about_names(of: &Of) -> bool {
    matches!(of, Of::Document | Of::Unit(_) | Of::Successor(..))
}

/// Finds by the index that was kept, and reads no more of the ledger than what is found.
fn at_a_glance(session: &Session, glance: &Glance, query: &str) -> Option<(Ledger, Vec<ItemKey>)> {
    if glance.has_changed(is_indexed) {
        return None;
    }
    let names = glance.of_kinds(is_about_names)?;
    let book = pick::book(session, &names).ok()?;
    let id = book.id();
    if session.named_as_in(&names, None).is_some() {
        return None;
    }
    let kept = glance.kept()?;
    let index = kept.strip_prefix(id.as_str().as_bytes())?.strip_prefix(b"\n").and_then(Index::from_bytes)?;
    let keys = hits(index, query);
    // A row is numbered by whether it is alone.
    let next = keys.iter().filter(|key| key.sub == 1).map(|key| ItemKey { sub: 2, ..*key });
    let wanted = keys.iter().copied().chain(next).map(|key| Key::item(id, key)).collect();
    Some((glance.with(&names, &wanted)?, keys))
}

/// Finds in the whole ledger; of a long one the index is kept for the next time.
fn in_full(session: &Session, glance: Option<&Glance>, query: &str) -> Result<(Ledger, Vec<ItemKey>), Stop> {
    let ledger = session.read_in(None)?.ledger;
    let book = pick::book(session, &ledger)?;
    let index = Index::of(&book);
    let as_printed = |glance: &&Glance| {
        let names = glance.of_kinds(is_about_names);
        !glance.has_changed(is_indexed) && names.is_some_and(|names| session.named_as_in(&names, None).is_none())
    };
    if let Some(glance) = glance.filter(as_printed)
        && let Some(bytes) = index.to_bytes()
    {
        glance.keep(&[book.id().as_str().as_bytes(), b"\n", &bytes].concat());
    }
    let keys = hits(index, query);
    Ok((ledger, keys))
}

fn hits(index: Index, query: &str) -> Vec<ItemKey> {
    Finder::new(Arc::new(index)).find(query).iter().map(|hit| hit.item).collect()
}

/// What matches, best first.
pub(super) fn find<'a>(book: &Book<'a>, query: &str) -> Vec<Item<'a>> {
    let keys = hits(Index::of(book), query);
    keys.into_iter().filter_map(|key| Item::of(book, key)).collect()
}

fn owner<'a>(book: &Book<'a>, item: Item<'a>) -> Owner<'a> {
    Owner {
        key: item.key().to_string(),
        no: number(book, item.key()),
        title: item.title(),
        leaders: item.leaders(),
        lead_units: item.lead_units(),
        coop_units: item.coop_units(),
    }
}

fn table(book: &Book<'_>, found: &[Item<'_>]) -> Table {
    let columns = vec![
        Column::new("key", Say::CliHeadKey),
        Column::new("no", Say::CliHeadNo),
        Column::new("title", Say::CliHeadText),
        Column::new("leaders", Say::CliHeadLeaders),
        Column::new("lead_units", Say::CliHeadLeadUnits),
        Column::new("coop_units", Say::CliHeadCoopUnits),
    ];
    let row = |item: &Item<'_>| {
        vec![
            Cell::new(item.key().to_string()),
            Cell::new(number(book, item.key())),
            Cell::new(item.title()),
            Cell::new(names(item.leaders())),
            Cell::new(names(item.lead_units())),
            Cell::new(names(item.coop_units())),
        ]
    };
    Table { columns, rows: found.iter().map(row).collect() }
}

/// On a terminal nothing is cut off: somebody is on the phone.
fn for_people(book: &Book<'_>, found: &[Item<'_>], lang: Lang, out: &mut Out) -> io::Result<()> {
    for (at, item) in found.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let head = format!("{}  {}", item.key(), number(book, item.key()));
        writeln!(out, "{}", out.bold(&head))?;
        words::field(out, "", &item.title())?;
        for (say, who) in [
            (Say::CliHeadLeaders, item.leaders()),
            (Say::CliHeadLeadUnits, item.lead_units()),
            (Say::CliHeadCoopUnits, item.coop_units()),
        ] {
            if !who.is_empty() {
                words::field(out, lang.say(say), &names(who))?;
            }
        }
    }
    writeln!(out)?;
    writeln!(out, "{}", lang.fill(Say::CliFound, &[&found.len()]))?;
    out.flush()
}
