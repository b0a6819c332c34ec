//! Log, undo, redo, verify.

use crate::run::Fresh;

#[test]
fn undo_and_redo_go_back_and_forth_and_the_log_tells_it() {
    let fresh = Fresh::new();
    let figure = || fresh.json(["show", "P17.1", "--period", "2024Q3", "--json"])[0]["done"]["江山市"].clone();
    fresh.ok(["quota", "P17.1", "江山市", "8.2", "--period", "2024Q3"]);
    fresh.ok(["quota", "P17.1", "江山市", "9", "--period", "2024Q3"]);
    fresh.ok(["undo"]);
    assert_eq!(figure(), "8.2");
    fresh.ok(["undo"]);
    assert_eq!(figure(), serde_json::Value::Null);
    fresh.fails(1, ["undo"]);
    fresh.ok(["redo"]);
    assert_eq!(figure(), "8.2");
    fresh.ok(["redo"]);
    assert_eq!(figure(), "9");
    fresh.fails(1, ["redo"]);
    let log = fresh.json(["log", "P17.1", "--json"]);
    let intents: Vec<&str> = log.as_array().unwrap().iter().map(|one| one["intent"].as_str().unwrap()).collect();
    assert_eq!(intents, ["redo", "redo", "undo", "undo", "quota", "quota", "import"]);
    assert_eq!(fresh.ok(["log", "-n", "2"]).lines().count(), 3, "a head and two commits");
    fresh.ok(["verify"]);
}

#[test]
fn undoing_what_has_changed_since_is_a_conflict() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--percent", "40"]);
    fresh.ok(["file", "T5", "--period", "2024Q3", "--percent", "60"]);
    let ran = fresh.fails(3, ["undo", "2"]);
    assert!(ran.err.contains("T5@2024Q3"), "{ran:?}");
    assert_eq!(fresh.head(), 3);
}

#[test]
fn a_commit_is_undone_once() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--percent", "40"]);
    fresh.ok(["undo", "#2"]);
    let ran = fresh.fails(3, ["undo", "2"]);
    assert!(ran.err.contains('3'), "names the commit that undid it: {ran:?}");
    fresh.ok(["undo", "3"]);
    fresh.ok(["undo", "2"]);
}

#[test]
fn the_only_document_is_not_undone_away() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    fresh.fails(3, ["undo", "1"]);
    fresh.fails(1, ["undo", "99"]);
    fresh.fails(2, ["undo", "昨天"]);
    assert_eq!(fresh.head(), 1);
}

#[test]
fn verify_names_a_damaged_line_and_reading_goes_on() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--percent", "41.37"]);
    fresh.ok(["file", "T6", "--period", "2024Q3", "--percent", "50"]);
    let journal = std::fs::read_dir(fresh.data().join("journal")).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, text.replacen("\"41.37\"", "\"41.38\"", 1)).unwrap();
    let ran = fresh.run(["verify"]);
    assert_eq!(ran.status, 4, "{ran:?}");
    assert!(ran.out.contains("第 2 行") && ran.out.contains("校验不符"), "{ran:?}");
    let shown = fresh.run(["show", "T5"]);
    assert_eq!(shown.status, 0, "{shown:?}");
    assert!(shown.err.contains("日志损坏"), "{shown:?}");
    assert_eq!(fresh.run(["file", "T7", "--percent", "1"]).status, 4);
}
