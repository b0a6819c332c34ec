//! What reading a document again does to each item: new, gone, renumbered, changed, from what to what.

use std::sync::Arc;

use serde::Serialize;

use super::figures::quota;
use crate::catalog::{Lang, Say};
use crate::import::ReadAgain;
use crate::model::{QuotaRow, Record, Task};

/// What becomes of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// It is new.
    Added,
    /// It reads otherwise; its number may be another, too.
    Changed,
    /// Only its number is another.
    Renumbered,
    /// It stood among those that were gone, and is back.
    Returned,
    /// It is not there any more.
    Removed,
}

impl Becomes {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Added, Self::Changed, Self::Renumbered, Self::Returned, Self::Removed];

    /// The word for it.
    pub fn word(self, lang: Lang) -> &'static str {
        lang.say(match self {
            Self::Added => Say::AgainAdded,
            Self::Changed => Say::AgainChanged,
            Self::Renumbered => Say::AgainRenumbered,
            Self::Returned => Say::AgainReturned,
            Self::Removed => Say::AgainRemoved,
        })
    }
}

/// One item that a reading changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What becomes of it.
    pub becomes: Becomes,
    /// Its key as read now; of one that goes, as it was.
    pub key: String,
    /// Its key before, or null.
    pub was: Option<String>,
    /// What it is about, as it reads now; of one that goes, as it read.
    pub text: String,
    /// What reads otherwise.
    pub fields: Vec<FieldChange>,
}

/// A part of an item that reads otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// `text`, `leaders`, `lead_units` …, or the name of an area.
    pub field: String,
    /// As it read.
    pub old: String,
    /// As it reads now.
    pub new: String,
    /// The field's name for people.
    #[serde(skip)]
    pub label: Say,
}

/// The items that a reading changes, in the order in which they are told.
pub fn differences(items: &[ReadAgain]) -> Vec<Difference> {
    let mut all: Vec<Difference> = items.iter().filter_map(difference).collect();
    // Within a kind they stand in the order of the document.
    all.sort_by_key(|one| one.becomes);
    all
}

/// How many there are of each kind, in their order; kinds without any are left out.
pub fn counts(all: &[Difference]) -> Vec<(Becomes, usize)> {
    let count = |kind: Becomes| (kind, all.iter().filter(|one| one.becomes == kind).count());
    Becomes::ALL.into_iter().map(count).filter(|(_, count)| *count > 0).collect()
}

fn difference(item: &ReadAgain) -> Option<Difference> {
    let (becomes, fields) = match (&item.old, &item.new) {
        (None, Some(_)) => (Becomes::Added, Vec::new()),
        (Some(_), None) => (Becomes::Removed, Vec::new()),
        (Some(old), Some(new)) => {
            let fields = fields(old, new);
            let moved = item.was != Some(item.key);
            match (item.was.is_some_and(crate::model::ItemKey::is_dropped), fields.is_empty(), moved) {
                (true, ..) => (Becomes::Returned, fields),
                (_, false, _) => (Becomes::Changed, fields),
                (_, true, true) => (Becomes::Renumbered, fields),
                (_, true, false) => return None,
            }
        }
        (None, None) => return None,
    };
    let text = item.new.as_ref().or(item.old.as_ref()).map(text).unwrap_or_default();
    let (key, was) = (item.key.to_string(), item.was.map(|was| was.to_string()));
    Some(Difference { becomes, key, was, text, fields })
}

fn text(record: &Record) -> String {
    match record {
        Record::Task(task) => task.text.clone(),
        Record::Row(row) => row.title(),
        _ => String::new(),
    }
}

/// The fields that differ.
fn fields(old: &Record, new: &Record) -> Vec<FieldChange> {
    let (old, new) = match (old, new) {
        (Record::Task(old), Record::Task(new)) => (of_task(old), of_task(new)),
        (Record::Row(old), Record::Row(new)) => (of_row(old), of_row(new)),
        _ => return Vec::new(),
    };
    let mut out = Vec::new();
    for (field, label, value) in &new {
        let before = old.iter().find(|(name, ..)| name == field).map(|(.., value)| value.clone()).unwrap_or_default();
        if before != *value {
            out.push(FieldChange { field: field.clone(), old: before, new: value.clone(), label: *label });
        }
    }
    for (field, label, value) in old.into_iter().filter(|(field, ..)| !new.iter().any(|(name, ..)| name == field)) {
        out.push(FieldChange { field, old: value, new: String::new(), label });
    }
    out
}

type Fields = Vec<(String, Say, String)>;

fn of_task(task: &Task) -> Fields {
    let field = |name: &str, label: Say, value: String| (name.to_owned(), label, value);
    vec![
        field("text", Say::AgainText, task.text.clone()),
        field("chapter", Say::AgainChapter, task.chapter.clone()),
        field("leaders", Say::CliHeadLeaders, joined(&task.leaders)),
        field("lead_units", Say::CliHeadLeadUnits, joined(&task.lead_units)),
        field("coop_units", Say::CliHeadCoopUnits, joined(&task.coop_units)),
        field("deadline", Say::CliHeadDeadline, task.deadline.to_string()),
    ]
}

fn of_row(row: &QuotaRow) -> Fields {
    let field = |name: &str, label: Say, value: String| (name.to_owned(), label, value);
    let mut fields = vec![
        field("category", Say::CliHeadCategory, row.category.clone()),
        field("name", Say::CliHeadName, row.name.clone()),
        field("goal", Say::AgainText, row.goal.clone().unwrap_or_default()),
        field("total", Say::CliHeadTarget, quota(&row.total, Lang::Zh)),
        field("unit", Say::CliHeadUnit, row.unit.clone()),
        field("lead_units", Say::CliHeadLeadUnits, joined(&row.lead_units)),
        field("coop_units", Say::CliHeadCoopUnits, joined(&row.coop_units)),
    ];
    let area = |cell: &crate::model::AreaQuota| field(&cell.area, Say::CliHeadArea, quota(&cell.quota, Lang::Zh));
    fields.extend(row.areas.iter().map(area));
    fields
}

fn joined(names: &[Arc<str>]) -> String {
    names.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Book, ItemKey};
    use crate::report::fixture::{Making, amount, cells, id};

    fn record(making: &Making, key: &str) -> Record {
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let key = key.parse().unwrap();
        let row = || Record::Row(book.row(key).unwrap().clone());
        book.task(key).map_or_else(row, |task| Record::Task(task.clone()))
    }

    #[test]
    fn each_item_is_told_once_by_what_becomes_of_it() {
        let areas = ["东城区", "南溪县"];
        let (mut before, mut after) = (Making::new(&areas.join(" ")), Making::new(&areas.join(" ")));
        before.task(1, "修路", "张三", "市交通局").task(2, "造林", "李四", "市林业局").task(
            3,
            "治水",
            "李四",
            "市水利局",
        );
        before.row("P1.1", "路灯", amount("20"), &cells(&areas, "12 8"));
        after.task(1, "修路五公里", "张三 王五", "市交通局").task(3, "造林", "李四", "市林业局").task(
            2,
            "办学",
            "张三",
            "市教育局",
        );
        after.row("P1.1", "路灯", amount("21"), &cells(&areas, "13 8"));
        let item = |key: &str, was: Option<&str>| ReadAgain {
            key: key.parse().unwrap(),
            was: was.map(|was| was.parse().unwrap()),
            old: was.map(|was| record(&before, was)),
            new: Some(record(&after, key)),
        };
        let gone = |key: &str| ReadAgain {
            key: key.parse::<ItemKey>().unwrap(),
            was: Some(key.parse().unwrap()),
            old: Some(record(&before, key)),
            new: None,
        };
        let items =
            [item("T1", Some("T1")), item("T2", None), item("T3", Some("T2")), item("P1.1", Some("P1.1")), gone("T3")];
        let all = differences(&items);
        let told: Vec<(Becomes, &str, usize)> =
            all.iter().map(|one| (one.becomes, one.key.as_str(), one.fields.len())).collect();
        assert_eq!(
            told,
            [
                (Becomes::Added, "T2", 0),
                (Becomes::Changed, "T1", 2),
                (Becomes::Changed, "P1.1", 2),
                (Becomes::Renumbered, "T3", 0),
                (Becomes::Removed, "T3", 0),
            ]
        );
        let row: Vec<(&str, &str, &str)> =
            all[2].fields.iter().map(|one| (one.field.as_str(), one.old.as_str(), one.new.as_str())).collect();
        assert_eq!(row, [("total", "20", "21"), ("东城区", "12", "13")]);
        assert_eq!(counts(&all).iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 2, 1, 1]);
        assert_eq!(differences(&[item("P1.1", Some("P1.1"))]).len(), 1);
        assert_eq!(differences(&[ReadAgain { old: items[0].new.clone(), ..items[0].clone() }]), []);
    }
}
