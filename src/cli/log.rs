//! `duban log`: who changed what, when, newest first.

use std::time::Duration;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Change, Commit, ItemKey, Record, Seq};
use crate::report::changes::changes;
use crate::store::{Refused, Sealed, Store};

use super::args::{Format, Log};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{format, json, pick};

/// A commit, as programs read it: as in the journal, with its own hash.
#[derive(Serialize)]
struct Entry<'a> {
    hash: String,
    #[serde(flatten)]
    commit: &'a Commit,
}

pub(super) fn run(session: &Session, args: &Log) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read()?;
    let mut commits = all(desk.store.as_ref()).map_err(|refused| Stop::refused(lang, &refused))?;
    if let Some(typed) = &args.key {
        let book = pick::book(session, &desk.ledger)?;
        let key = pick::item_key(session, &book, typed)?;
        let document = book.id();
        commits = commits.iter().filter_map(|sealed| narrowed(sealed, document, key)).collect();
    }
    commits.reverse();
    commits.truncate(args.number.unwrap_or(usize::MAX));
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => {
            let entries: Vec<Entry<'_>> =
                commits.iter().map(|sealed| Entry { hash: sealed.hash.to_string(), commit: &sealed.commit }).collect();
            json(&mut out, &entries)
        }
        other => table(&commits, lang).print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if commits.is_empty() {
        return Err(Stop::new(Exit::Nothing, lang.say(Say::CliNoLog), lang.say(Say::CliNoLogTodo)));
    }
    Ok(Exit::Done)
}

/// Every commit, oldest first.
pub(super) fn all(store: &dyn Store) -> Result<Vec<Sealed>, Refused> {
    let mut commits: Vec<Sealed> = Vec::new();
    loop {
        let after = commits.last().map_or(Seq::ZERO, |sealed| sealed.commit.seq);
        let more = store.since(after, 1_000, Duration::ZERO)?;
        if more.is_empty() {
            return Ok(commits);
        }
        commits.extend(more);
    }
}

/// The commit with only what it changed on an item (or, for a whole item, on its rows); `None` where it changed nothing there.
fn narrowed(sealed: &Sealed, document: &crate::model::DocumentId, key: ItemKey) -> Option<Sealed> {
    let about = |change: &&Change| {
        let item = match (&change.new, &change.old) {
            (Some(Record::Finding(finding)), _) | (None, Some(Record::Finding(finding))) => finding.item,
            _ => change.key.about(),
        };
        change.key.document == *document && item.is_some_and(|item| item == key || (key.sub == 0 && item.item() == key))
    };
    let changes: Vec<Change> = sealed.commit.changes.iter().filter(about).cloned().collect();
    if changes.is_empty() {
        return None;
    }
    let commit = Commit { changes, ..sealed.commit.as_ref().clone() };
    Some(Sealed { commit: commit.into(), hash: sealed.hash })
}

fn table(commits: &[Sealed], lang: Lang) -> Table {
    let columns = vec![
        Column::new("seq", Say::CliHeadSeq),
        Column::new("at", Say::CliHeadAt),
        Column::new("who", Say::CliHeadWho),
        Column::new("intent", Say::CliHeadIntent),
        Column::new("what", Say::CliHeadChange),
    ];
    let row = |sealed: &Sealed| {
        let commit = &sealed.commit;
        let intent = match commit.undoes {
            Some(undone) => format!("{} #{undone}", lang.intent(commit.intent)),
            None => lang.intent(commit.intent).to_owned(),
        };
        vec![
            Cell::word(commit.seq.to_string(), format!("#{}", commit.seq)),
            Cell::word(
                commit.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
                commit.at.format("%Y-%m-%d %H:%M").to_string(),
            ),
            Cell::new(commit.actor.name.clone()),
            Cell::new(intent),
            Cell::new(changes(lang, &commit.changes)),
        ]
    };
    Table { columns, rows: commits.iter().map(row).collect() }
}
