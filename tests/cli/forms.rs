//! Workbooks to the lead units and back.

use std::fs;
use std::path::PathBuf;

use crate::run::Fresh;
use crate::typed::typed;

/// A ledger with the forms of one unit sent out, and the form.
fn sent() -> (Fresh, PathBuf) {
    let fresh = Fresh::new();
    let told = fresh.json(["forms", "out", "2024Q3", "forms", "--unit", "市财政局", "--json"]);
    assert_eq!(told[0]["unit"], "市财政局");
    let file = fresh.home().join("forms").join(told[0]["file"].as_str().unwrap());
    assert!(file.exists(), "{}", file.display());
    (fresh, file)
}

/// 61.5 is typed as the percentage of the first task.
fn fill(file: &PathBuf) {
    let cells = [(2, "E3".to_owned(), "<v>61.5</v>".to_owned())];
    fs::write(file, typed(&fs::read(file).unwrap(), &cells)).unwrap();
}

#[test]
fn every_lead_unit_gets_a_form_and_no_file_is_written_over() {
    let fresh = Fresh::new();
    let told = fresh.json(["forms", "out", "2024Q3", "forms", "--json"]);
    let units = fresh.json(["list", "--json"]);
    let lead: std::collections::BTreeSet<_> =
        units.as_array().unwrap().iter().filter_map(|task| task["lead_units"][0].as_str()).collect();
    assert!(told.as_array().unwrap().len() >= lead.len(), "{} units lead tasks", lead.len());
    fresh.fails(2, ["forms", "out", "2024Q3", "forms"]);
}

#[test]
fn reading_forms_changes_nothing_until_it_is_told_to_write() {
    let (fresh, file) = sent();
    fill(&file);
    let head = fresh.head();
    let file = file.to_str().unwrap();
    let told = fresh.json(["forms", "in", file, "--period", "2024Q3", "--json"]);
    let change = &told[0]["changes"][0];
    assert_eq!(
        (&told[0]["state"], &change["field"], &change["new"]),
        (&"changes".into(), &"percent".into(), &"61.5".into())
    );
    assert_eq!(fresh.head(), head);

    fresh.ok(["forms", "in", file, "--period", "2024Q3", "--write"]);
    assert_eq!(fresh.head(), head + 1, "one form, one commit");
    let key = change["key"].as_str().unwrap();
    let shown = fresh.shown(key, "2024Q3");
    assert_eq!((&shown["percent"], &shown["filing"]), (&"61.5".into(), &"待审核".into()));
    // The same form again has nothing to say; and the commit can be undone as any other.
    let told = fresh.json(["forms", "in", file, "--period", "2024Q3", "--json"]);
    assert_eq!(told[0]["state"], "nothing");
    fresh.ok(["undo"]);
    assert_ne!(fresh.shown(key, "2024Q3")["filing"], "待审核");
}

#[test]
fn what_was_filed_since_the_form_was_made_is_not_written_over() {
    let (fresh, file) = sent();
    fill(&file);
    let file = file.to_str().unwrap();
    let told = fresh.json(["forms", "in", file, "--period", "2024Q3", "--json"]);
    let key = told[0]["changes"][0]["key"].as_str().unwrap();
    fresh.ok(["file", key, "--period", "2024Q3", "--percent", "70"]);
    let head = fresh.head();
    assert_eq!(fresh.run(["forms", "in", file, "--period", "2024Q3", "--write"]).status, 3);
    assert_eq!(fresh.head(), head);
    fresh.ok(["forms", "in", file, "--period", "2024Q3", "--write", "--mine"]);
    assert_eq!(fresh.shown(key, "2024Q3")["percent"], "61.5");
}

#[test]
fn a_form_of_another_period_or_with_a_formula_is_refused_with_its_cell() {
    let (fresh, file) = sent();
    let bytes = fs::read(&file).unwrap();
    let path = file.to_str().unwrap();
    let ran = fresh.run(["forms", "in", path, "--period", "2024Q2"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    fs::write(&file, typed(&bytes, &[(2, "E3".to_owned(), "<f>1+1</f><v>2</v>".to_owned())])).unwrap();
    let told = fresh.run(["forms", "in", path, "--period", "2024Q3", "--json"]);
    assert_eq!(told.status, 2);
    let told: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!((&told[0]["state"], &told[0]["problem"]["cell"]), (&"refused".into(), &"E3".into()));
}

#[test]
fn the_form_of_a_unit_that_was_renamed_comes_back_under_either_name() {
    let (old, new) = ("市财政局", "市财政国资局");
    // Sent out before anybody said that it has another name.
    let (fresh, before) = sent();
    fresh.ok(["unit", old, "--to", new, "--since", "2024-07-01"]);
    let told = fresh.json(["forms", "out", "2024Q3", "renamed", "--unit", new, "--json"]);
    assert_eq!(told[0]["unit"], new);
    let after = fresh.home().join("renamed").join(told[0]["file"].as_str().unwrap());
    fill(&after);
    fill(&before);
    for file in [&before, &after] {
        for unit in [old, new] {
            let file = file.to_str().unwrap();
            let told = fresh.json(["forms", "in", file, "--period", "2024Q3", "--unit", unit, "--json"]);
            assert_eq!(told[0]["state"], "changes", "{told}");
        }
        let other = ["forms", "in", file.to_str().unwrap(), "--period", "2024Q3", "--unit", "市发改委"];
        assert_eq!(fresh.run(other).status, 2, "it is of another unit");
    }
    let told = fresh.json(["forms", "in", after.to_str().unwrap(), "--period", "2024Q3", "--write", "--json"]);
    let key = told[0]["changes"][0]["key"].as_str().unwrap();
    assert_eq!(fresh.shown(key, "2024Q3")["percent"], "61.5");
}
