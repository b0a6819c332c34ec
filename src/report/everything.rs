//! Every record of a ledger, and its history, as rows of plain tables: for reading in a spreadsheet. One table a kind of record; what a record
//! holds many of (a document's lists, a row's cells) has a table of its own.
//!
//! Every field of every record is taken apart by name, so the compiler asks for a place for a new one. Only the pieces of issued bulletins
//! are in no table: they are kept compressed, and [`super::issue`] puts them together.

mod items;
mod office;
mod work;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Commit, Entry, Hash, Key, Record};

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// 文件.
    Documents,
    /// The lists of a document.
    Lists,
    /// The areas of a document, in the order of their columns.
    Areas,
    /// 任务.
    Tasks,
    /// 民生实事指标.
    Rows,
    /// Each area's quota on a row.
    Cells,
    /// 填报, with their review.
    Filings,
    /// The figures done on rows.
    Done,
    /// 指标 of tasks.
    Targets,
    /// The figures reached on targets.
    Actuals,
    /// Lights set by hand.
    Lights,
    /// 催办.
    Chases,
    /// 举措.
    Steps,
    /// 申请.
    Requests,
    /// 存疑与更正.
    Findings,
    /// Units under several spellings.
    Units,
    /// 更名、接任.
    Successors,
    /// Where items stood in earlier readings.
    Former,
    /// Saved views.
    Views,
    /// The clerk's part of bulletins.
    Bulletins,
    /// 角色.
    Roles,
    /// Every change of every commit.
    History,
}

impl Table {
    /// Every table, in the order in which they are documented.
    pub const ALL: [Self; 22] = [
        Self::Documents,
        Self::Lists,
        Self::Areas,
        Self::Tasks,
        Self::Rows,
        Self::Cells,
        Self::Filings,
        Self::Done,
        Self::Targets,
        Self::Actuals,
        Self::Lights,
        Self::Chases,
        Self::Steps,
        Self::Requests,
        Self::Findings,
        Self::Units,
        Self::Successors,
        Self::Former,
        Self::Views,
        Self::Bulletins,
        Self::Roles,
        Self::History,
    ];

    /// The name of its file, and the columns' names.
    const fn words(self) -> (&'static str, Say) {
        match self {
            Self::Documents => ("documents", Say::ColumnsDocuments),
            Self::Lists => ("lists", Say::ColumnsLists),
            Self::Areas => ("areas", Say::ColumnsAreas),
            Self::Tasks => ("tasks", Say::ColumnsTasks),
            Self::Rows => ("rows", Say::ColumnsRows),
            Self::Cells => ("cells", Say::ColumnsCells),
            Self::Filings => ("filings", Say::ColumnsFilings),
            Self::Done => ("done", Say::ColumnsDone),
            Self::Targets => ("targets", Say::ColumnsTargets),
            Self::Actuals => ("actuals", Say::ColumnsActuals),
            Self::Lights => ("lights", Say::ColumnsLights),
            Self::Chases => ("chases", Say::ColumnsChases),
            Self::Steps => ("steps", Say::ColumnsSteps),
            Self::Requests => ("requests", Say::ColumnsRequests),
            Self::Findings => ("findings", Say::ColumnsFindings),
            Self::Units => ("units", Say::ColumnsUnits),
            Self::Successors => ("successors", Say::ColumnsSuccessors),
            Self::Former => ("former", Say::ColumnsFormer),
            Self::Views => ("views", Say::ColumnsViews),
            Self::Bulletins => ("bulletins", Say::ColumnsBulletins),
            Self::Roles => ("roles", Say::ColumnsRoles),
            Self::History => ("history", Say::ColumnsHistory),
        }
    }

    /// The name of its file, without its ending.
    pub const fn name(self) -> &'static str {
        self.words().0
    }

    /// The names of its columns; in English those of the JSON.
    pub fn head(self, lang: Lang) -> Vec<&'static str> {
        lang.say(self.words().1).split(',').collect()
    }
}

/// A row of a table: as many cells as the table has columns.
pub type Row = (Table, Vec<String>);

/// The rows of a record.
pub fn rows(key: &Key, entry: &Entry, lang: Lang) -> Vec<Row> {
    let version = entry.version.to_string();
    let mut rows = match entry.record.as_ref() {
        Record::Document(document) => items::document(document),
        Record::Task(task) => vec![items::task(task)],
        Record::Row(row) => items::row(row),
        Record::Finding(finding) => vec![items::finding(finding, lang)],
        Record::Former(former) => vec![items::former(key, former)],
        Record::Target(target) => vec![items::target(key, target, lang)],
        Record::Filing(filing) => vec![work::filing(key, filing)],
        Record::Done(done) => vec![work::done(key, done)],
        Record::Override(set) => vec![work::light(key, set, lang)],
        Record::Chase(chase) => vec![work::chase(key, chase)],
        Record::Step(step) => vec![work::step(key, step, lang)],
        Record::Request(request) => vec![work::request(key, request, lang)],
        Record::Unit(unit) => office::unit(unit),
        Record::Successor(successor) => vec![office::successor(key, successor)],
        Record::View(view) => vec![office::view(view, lang)],
        Record::Bulletin(bulletin) => vec![office::bulletin(key, bulletin)],
        Record::Role(role) => vec![office::role(role)],
        Record::Frozen(_) => Vec::new(),
    };
    for (table, cells) in &mut rows {
        if *table != Table::Roles {
            cells.insert(0, key.document.to_string());
        }
        if !matches!(table, Table::Lists | Table::Areas | Table::Cells) {
            cells.push(version.clone());
        }
    }
    rows
}

/// The rows of a commit: one a change.
pub fn history(commit: &Commit, hash: Hash, lang: Lang) -> Vec<Vec<String>> {
    let Commit { seq, prev, id, at, actor, intent, undoes, changes } = commit;
    let record = |record: Option<&Record>| record.map(json).unwrap_or_default();
    let rows = changes.iter().map(|change| {
        vec![
            seq.to_string(),
            at.to_rfc3339(),
            actor.uid.to_string(),
            actor.name.clone(),
            lang.intent(*intent).to_owned(),
            or_empty(undoes.as_ref()),
            id.to_string(),
            prev.to_string(),
            hash.to_string(),
            change.key.to_string(),
            change.base.to_string(),
            record(change.old.as_deref()),
            record(change.new.as_deref()),
        ]
    });
    rows.collect()
}

/// What is there, or nothing.
fn or_empty<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Names in one cell.
fn names<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("、")
}

/// What has no place of its own in a cell, as the JSON has it.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The word that the JSON has for one of several.
fn word<T: Serialize>(value: &T) -> String {
    json(value).trim_matches('"').to_owned()
}

fn yes_no(value: bool) -> String {
    value.to_string()
}

#[cfg(test)]
mod tests;
