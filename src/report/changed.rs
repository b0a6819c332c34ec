//! What changed since a day: commit by commit, oldest first, in the words of the log.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::bulletin::date;
use super::changes::describe;
use super::model::{Cell, Column, Kind, Report};
use super::paper::{Paper, flat};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Commit};

/// Records of one commit that are told each; an import changes hundreds at once.
const TOLD: usize = 20;

/// What the commits changed in this document; those before the day are passed over.
pub fn changed(book: &Book<'_>, since: NaiveDate, commits: &[Commit], today: NaiveDate, lang: Lang) -> Report {
    let mut paper = Paper::new(book, lang);
    let of_document = |commit: &&Commit| commit.changes.iter().any(|change| change.key.document == *book.id());
    let some: Vec<&Commit> =
        commits.iter().filter(|commit| commit.at.date_naive() >= since).filter(of_document).collect();
    let undone: BTreeSet<_> = commits.iter().filter_map(|commit| commit.undoes).collect();
    let day = date(since, lang);
    if some.is_empty() {
        paper.say(Say::KindChangesNone, &[&day]);
    } else {
        let people: BTreeSet<&str> = some.iter().map(|commit| commit.actor.name.as_str()).collect();
        let records: BTreeSet<_> = some.iter().flat_map(|commit| &commit.changes).map(|change| &change.key).collect();
        paper.say(Say::KindChangesCount, &[&day, &some.len(), &records.len(), &people.len()]);
    }
    let rows = some.iter().map(|commit| {
        let changes: Vec<_> = commit.changes.iter().filter(|change| change.key.document == *book.id()).collect();
        let mut told: Vec<String> = changes.iter().take(TOLD).map(|change| flat(&describe(lang, change))).collect();
        if changes.len() > TOLD {
            told.push(format!("… +{}", changes.len() - TOLD));
        }
        let mut did = lang.intent(commit.intent).to_owned();
        if undone.contains(&commit.seq) {
            did.push_str(lang.say(Say::KindUndone));
        }
        vec![
            Cell::from(format!("#{}", commit.seq)),
            Cell::from(commit.at.format("%Y-%m-%d %H:%M").to_string()),
            Cell::from(commit.actor.name.as_str()),
            Cell::from(did),
            Cell::from(told.join("\n")),
        ]
    });
    let rows = rows.collect();
    let columns = [
        (Say::ReportColNo, Column::marks()),
        (Say::KindColWhen, Column::text(1)),
        (Say::KindColWho, Column::text(1)),
        (Say::KindColDid, Column::text(1)),
        (Say::KindColChange, Column::text(6)),
    ];
    paper.table("", 1, &columns, rows);
    paper.report(Kind::Changes, lang.fill(Say::KindChangesTitle, &[&day]), Vec::new(), today)
}
