//! What a document should be read as: a JSON beside it, written by hand.

use std::fs;
use std::path::{Path, PathBuf};

use duban::import::{Reading, Unreadable};
use duban::model::Quota;
use serde_json::Value;

pub(crate) fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/cities");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end != "json"));
    files.sort();
    files
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn cell(quota: &Quota) -> String {
    match quota {
        Quota::Amount(amount, note) => format!("{amount}{}", note.as_deref().unwrap_or_default()),
        Quota::Percent(percent, least) => format!("{}{percent}%", if *least { "≥" } else { "" }),
        Quota::Text(text) => text.clone(),
        Quota::NotAssigned | Quota::NoTask => "/".to_owned(),
        Quota::Blank => String::new(),
    }
}

pub(crate) fn of(document: &Path) -> Value {
    serde_json::from_slice(&fs::read(document.with_extension("json")).unwrap()).unwrap()
}

/// What differs between a reading and what is expected of its document.
pub(crate) fn wrong(reading: Result<Reading, Unreadable>, expected: &Value) -> Vec<String> {
    match reading {
        Ok(_) if expected["refused"] == true => vec!["read, though there is nothing to read".to_owned()],
        Ok(reading) => differences(&reading, expected),
        Err(_) if expected["refused"] == true => Vec::new(),
        Err(error) => vec![error.to_string()],
    }
}

/// What differs from what is expected, in words.
fn differences(reading: &Reading, expected: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let mut same = |what: &str, is: &str, should: Option<&str>| {
        if should.is_some_and(|should| is != should) {
            out.push(format!("{what}: {is:?}, expected {:?}", should.unwrap_or_default()));
        }
    };
    same("title", &reading.document.title, expected["title"].as_str());
    same("number", &reading.document.number, expected["number"].as_str());
    let tasks = expected["tasks"].as_array().unwrap();
    let count = |count: usize| count.to_string();
    same("tasks", &count(reading.tasks.len()), Some(&count(tasks.len())));
    let rows = expected["rows"].as_array().map_or(0, Vec::len);
    same("rows", &count(reading.rows.len()), Some(&count(rows)));
    for (task, wanted) in reading.tasks.iter().zip(tasks) {
        let at = task.key.to_string();
        same(&format!("{at} no"), &task.no, wanted["no"].as_str());
        same(&format!("{at} text"), &task.text, wanted["text"].as_str());
        same(&format!("{at} chapter"), &task.chapter, wanted["chapter"].as_str());
        same(&format!("{at} deadline"), &task.deadline.to_string(), wanted["deadline"].as_str());
        let lists = [("leaders", &task.leaders), ("lead", &task.lead_units), ("coop", &task.coop_units)];
        for (what, names) in lists {
            same(&format!("{at} {what}"), &names.join("|"), Some(&strings(&wanted[what]).join("|")));
        }
    }
    for (row, wanted) in reading.rows.iter().zip(expected["rows"].as_array().into_iter().flatten()) {
        let at = row.key.to_string();
        same(&format!("{at} name"), &row.name, wanted["name"].as_str());
        same(&format!("{at} total"), &cell(&row.total), wanted["total"].as_str());
        same(&format!("{at} unit"), &row.unit, wanted["unit"].as_str());
        same(&format!("{at} category"), &row.category, wanted["category"].as_str());
        let areas: Vec<String> = row.areas.iter().map(|area| format!("{} {}", area.area, cell(&area.quota))).collect();
        same(&format!("{at} areas"), &areas.join("|"), Some(&strings(&wanted["areas"]).join("|")));
        same(&format!("{at} lead"), &row.lead_units.join("|"), Some(&strings(&wanted["lead"]).join("|")));
        let coop = wanted["coop"].as_array().map(|_| strings(&wanted["coop"]).join("|"));
        same(&format!("{at} coop"), &row.coop_units.join("|"), coop.as_deref());
    }
    let mut doubts: Vec<&str> =
        reading.findings.iter().filter(|one| one.is_open()).map(|one| one.what.as_str()).collect();
    doubts.dedup();
    let wanted = expected["doubts"].as_array().map(|_| strings(&expected["doubts"]).join("|")).unwrap_or_default();
    same("doubts", &doubts.join("|"), Some(&wanted));
    out
}
