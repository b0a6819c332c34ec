//! `duban log`: who changed what, when, newest first.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::former::history;
use crate::model::{Change, Commit, DocumentId, ItemKey, Seq, clock};
use crate::report::changes::told;
use crate::store::{Refused, Sealed, Store};

use super::args::{Format, Log};
use super::fail::{Exit, Stop};
use super::item::rows_of;
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
    let back = set_back(&commits);
    if let Some(typed) = &args.key {
        let book = pick::book(session, &desk.ledger)?;
        let key = pick::item_key(session, &book, typed)?;
        let rows = rows_of(&book, key);
        let items = if rows.is_empty() { vec![key] } else { rows.into_iter().map(|row| row.key).collect() };
        commits = narrowed(&commits, book.id(), &items);
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
        other => table(&commits, &back, lang).print(other, lang, &mut out),
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

/// The commits with only what they changed on the items, under whatever numbers these stood then.
fn narrowed(commits: &[Sealed], document: &DocumentId, items: &[ItemKey]) -> Vec<Sealed> {
    let mut changes: BTreeMap<Seq, Vec<Change>> = BTreeMap::new();
    for item in items {
        for (commit, more) in history(commits.iter().map(|sealed| sealed.commit.as_ref()), document, *item) {
            changes.entry(commit.seq).or_default().extend(more);
        }
    }
    let commit = |sealed: &Sealed| {
        let changes = changes.get(&sealed.commit.seq)?.clone();
        let commit = Commit { changes, ..sealed.commit.as_ref().clone() };
        Some(Sealed { commit: commit.into(), hash: sealed.hash })
    };
    commits.iter().filter_map(commit).collect()
}

/// Commits whose time is before that of the one in front of them, with the latter.
fn set_back(commits: &[Sealed]) -> BTreeMap<Seq, DateTime<FixedOffset>> {
    let mut before = None;
    let back = commits.iter().filter_map(|sealed| {
        let commit = sealed.commit.as_ref();
        Some((commit.seq, clock::set_back(before.replace(commit), commit)?))
    });
    back.collect()
}

fn table(commits: &[Sealed], back: &BTreeMap<Seq, DateTime<FixedOffset>>, lang: Lang) -> Table {
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
            Cell::new(told(lang, commit, back.get(&commit.seq))),
        ]
    };
    Table { columns, rows: commits.iter().map(row).collect() }
}
