//! `duban log`: who changed what, when, newest first.

use std::time::Duration;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Change, Commit, Filing, ItemKey, Key, Of, Record, Seq};
use crate::store::{Refused, Sealed, Store};
use crate::text::truncate;

use super::args::{Format, Log};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::table::{Cell, Column, Table, one_line};
use super::{format, json, pick, words};

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

/// At most this many changes are told one by one.
const TOLD: usize = 3;

fn changes(lang: Lang, changes: &[Change]) -> String {
    let told: Vec<String> = changes.iter().take(TOLD).map(|change| describe(lang, change)).collect();
    let more = changes.len().saturating_sub(TOLD);
    let told = told.join("; ");
    if more > 0 { lang.fill(Say::CliAndMore, &[&told, &more]) } else { told }
}

/// One change in a phrase: what, from what, to what.
pub(super) fn describe(lang: Lang, change: &Change) -> String {
    let name = short(&change.key);
    let what = match (&change.old, &change.new) {
        (old, Some(Record::Filing(new))) => filing(lang, as_filing(old.as_ref()), new),
        (Some(Record::Filing(old)), None) => filing(lang, Some(old), &Filing::default()),
        (Some(Record::Done(_)), None) | (_, Some(Record::Done(_))) => {
            let figure = |record: Option<&Record>| match record {
                Some(Record::Done(done)) => words::figure(done.value),
                _ => "—".to_owned(),
            };
            format!("{} → {}", figure(change.old.as_ref()), figure(change.new.as_ref()))
        }
        (_, Some(Record::Finding(finding))) => match finding.settled {
            Some(choice) => {
                finding.alternatives.get(usize::from(choice)).map(|one| one.reading.clone()).unwrap_or_default()
            }
            None => finding.what.clone(),
        },
        (None, Some(_)) => lang.say(Say::CliChangeNew).to_owned(),
        (Some(_), Some(_)) => lang.say(Say::CliChangeChanged).to_owned(),
        (_, None) => lang.say(Say::CliChangeRemoved).to_owned(),
    };
    format!("{name} {what}").trim_end().to_owned()
}

/// The key without its document, in words that can be typed again: `T5 2024Q3`, `P17.1 江山市 2024Q3`.
fn short(key: &Key) -> String {
    match &key.of {
        Of::Document => key.document.to_string(),
        Of::Item(item) => item.to_string(),
        Of::Filing(item, period) => format!("{item} {period}"),
        Of::Done(row, area, period) => format!("{row} {area} {period}"),
        Of::Finding(line, no) => format!("{line}.{no}"),
        Of::Unit(name) => name.to_string(),
    }
}

fn as_filing(record: Option<&Record>) -> Option<&Filing> {
    match record {
        Some(Record::Filing(filing)) => Some(filing),
        _ => None,
    }
}

fn filing(lang: Lang, old: Option<&Filing>, new: &Filing) -> String {
    let empty = Filing::default();
    let old = old.unwrap_or(&empty);
    let mut parts = Vec::new();
    if old.percent != new.percent {
        let shown = |percent: Option<rust_decimal::Decimal>| {
            percent.map_or_else(|| "—".to_owned(), |value| format!("{}%", words::figure(value)))
        };
        let head = lang.say(Say::CliHeadPercent);
        parts.push(format!("{head} {} → {}", shown(old.percent), shown(new.percent)));
    }
    for (say, old, new) in [
        (Say::CliHeadProgress, &old.progress, &new.progress),
        (Say::CliHeadProblems, &old.problems, &new.problems),
        (Say::CliHeadNext, &old.next, &new.next),
    ] {
        if old != new {
            let text = one_line(new);
            parts.push(format!("{} “{}”", lang.say(say), truncate(&text, 24, "…")));
        }
    }
    parts.join(", ")
}
