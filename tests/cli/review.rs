//! Review, lights by hand, and why.

use crate::run::{Fresh, has_han};

#[test]
fn a_filing_is_returned_filed_again_and_accepted() {
    let fresh = Fresh::new();
    let state = || fresh.shown("T5", "2024Q3")["filing"].clone();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", "开工"]);
    assert_eq!(state(), "待审核");
    assert!(fresh.ok(["review", "T5", "--period", "Q3", "--return", "没有数字"]).contains("退回"));
    let shown = fresh.shown("T5", "2024Q3");
    assert_eq!(shown["filing"], "退回");
    assert_eq!(shown["review"], "没有数字");
    fresh.ok(["file", "T5", "--period", "2024Q3", "--percent", "60"]);
    assert_eq!(state(), "待审核", "filing again opens the review again");
    fresh.ok(["review", "T5", "--period", "2024Q3", "--accept"]);
    assert_eq!(state(), "已审核");
    let head = fresh.head();
    assert!(fresh.ok(["review", "T5", "--period", "2024Q3", "--accept"]).contains("没有变化"));
    assert_eq!(fresh.head(), head);
    // Both versions are in the log.
    let log = fresh.json(["log", "T5", "--json"]);
    assert_eq!(log.as_array().unwrap().iter().filter(|one| one["intent"] == "file").count(), 2);
}

#[test]
fn several_are_reviewed_as_one_commit_and_one_undo() {
    let fresh = Fresh::new();
    for key in ["T5", "T6"] {
        fresh.ok(["file", key, "--period", "2024Q3", "--progress", "开工"]);
    }
    let head = fresh.head();
    fresh.ok(["review", "T5", "T6", "T5", "--period", "2024Q3", "--accept"]);
    assert_eq!(fresh.head(), head + 1);
    assert_eq!(fresh.shown("T6", "2024Q3")["filing"], "已审核");
    fresh.ok(["undo"]);
    assert_eq!(fresh.shown("T5", "2024Q3")["filing"], "待审核");
    assert_eq!(fresh.shown("T6", "2024Q3")["filing"], "待审核");
}

#[test]
fn what_cannot_be_reviewed_is_refused_and_nothing_is_written() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", "开工"]);
    let head = fresh.head();
    let ran = fresh.fails(3, ["review", "T5", "T6", "--period", "2024Q3", "--accept"]);
    assert!(ran.err.contains("T6") && ran.err.contains("尚未填报"), "{ran:?}");
    let ran = fresh.fails(2, ["review", "T5", "--period", "2024Q3", "--return", "  "]);
    assert!(ran.err.contains("理由"), "{ran:?}");
    fresh.fails(2, ["review", "T5", "--period", "2024Q3", "--return", &"长".repeat(501)]);
    fresh.fails(1, ["review", "T999", "--accept"]);
    fresh.fails(2, ["review", "T5"]);
    fresh.fails(2, ["review", "T5", "--accept", "--return", "x"]);
    fresh.fails(2, ["review", "--accept"]);
    assert_eq!(fresh.head(), head);
}

#[test]
fn a_row_on_which_only_figures_were_recorded_can_be_returned_and_a_new_figure_opens_it_again() {
    let fresh = Fresh::new();
    fresh.ok(["quota", "P17.1", "江山市", "8", "--period", "2024Q3"]);
    fresh.ok(["review", "P17.1", "--period", "2024Q3", "--return", "请核实"]);
    assert_eq!(fresh.shown("P17.1", "2024Q3")["filing"], "退回");
    fresh.ok(["quota", "P17.1", "江山市", "9", "--period", "2024Q3"]);
    assert_eq!(fresh.shown("P17.1", "2024Q3")["filing"], "待审核");
}

#[test]
fn a_light_is_set_for_one_period_with_a_reason_and_taken_back() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    fresh.ok(["file", &task, "--period", "2024Q2", "--percent", "10"]);
    fresh.ok(["file", &task, "--period", "2024Q3", "--percent", "25"]);
    assert_eq!(fresh.shown(&task, "2024Q3")["light"], "红");
    let why = fresh.json(["why", &task, "--period", "2024Q3", "--json"])[0].clone();
    assert_eq!((&why["status"], &why["light"], &why["by_hand"]), (&"严重滞后".into(), &"红".into(), &false.into()));
    assert_eq!((&why["percent"], &why["lag"]), (&"25.0".into(), &"50.0".into()));
    for part in ["25.0%", "75%", "50.0", "30", "红"] {
        assert!(why["why"].as_str().unwrap().contains(part), "{part}: {why}");
    }
    fresh.ok(["light", &task, "黄", "资金已到位", "--period", "2024Q3"]);
    assert_eq!(fresh.shown(&task, "2024Q3")["light"], "黄");
    assert_eq!(fresh.shown(&task, "2024Q3")["status"], "严重滞后", "the status stays as computed");
    assert_eq!(fresh.shown(&task, "2024Q2")["light"], "红", "only its period");
    let why = fresh.json(["why", &task, "--period", "2024Q3", "--json"])[0].clone();
    assert_eq!((&why["by_hand"], &why["reason"]), (&true.into(), &"资金已到位".into()));
    let text = fresh.ok(["why", &task, "--period", "2024Q3"]).replace(['\n', ' '], "");
    assert!(text.contains("资金已到位") && text.contains("慢50.0个百分点"), "{text}");
    fresh.ok(["light", &task, "--clear", "--period", "2024Q3"]);
    assert_eq!(fresh.shown(&task, "2024Q3")["light"], "红");
}

#[test]
fn a_light_needs_a_reason_and_something_to_light() {
    let fresh = Fresh::new();
    let rows = fresh.json(["list", "--livelihood", "--json"]);
    let none = rows.as_array().unwrap().iter().find(|row| row["kind"] == "none").unwrap()["key"].clone();
    fresh.fails(2, ["light", "T5", "red", ""]);
    fresh.fails(2, ["light", "T5", "red"]);
    fresh.fails(2, ["light", "T5", "purple", "x"]);
    fresh.fails(2, ["light", "T5", "grey", "x"]);
    fresh.fails(2, ["light", "T5", "red", "x", "--clear"]);
    fresh.fails(1, ["light", "T999", "red", "x"]);
    let ran = fresh.fails(3, ["light", none.as_str().unwrap(), "red", "x"]);
    assert!(ran.err.contains("不亮灯"), "{ran:?}");
    assert_eq!(fresh.head(), 1);
}

#[test]
fn refusals_are_told_in_english_too() {
    let fresh = Fresh::new();
    let ran = fresh.fails(3, ["review", "T5", "--accept", "--lang", "en"]);
    assert!(!has_han(&ran.err), "{ran:?}");
}
