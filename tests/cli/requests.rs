//! Extension, adjustment, stop and closure: asked and decided.

use serde_json::Value;

use crate::run::Fresh;

#[test]
fn an_extension_is_asked_granted_and_holds() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    fresh.ok(["request", &task, "extend", "征地未完", "--until", "2099-03-31", "--period", "2024Q2"]);
    let open = fresh.json(["request", "--json"]);
    assert_eq!((&open[0]["key"], &open[0]["kind"]), (&task.as_str().into(), &"extend".into()));
    assert_eq!((&open[0]["outcome"], &open[0]["until"]), (&"asked".into(), &"2099-03-31".into()));
    assert_eq!(fresh.json(["status", "--json"])["documents"][0]["open_requests"], 1);
    assert_eq!(fresh.shown(&task, "2024Q4")["deadline"], "2024-12-31", "asked is not granted");
    fresh.ok(["decide", &task, "1", "--grant", "同意", "--approver", "分管副市长", "--until", "2099-01-31"]);
    assert_eq!(fresh.shown(&task, "2024Q4")["deadline"], "2099-01-31", "the date that was granted");
    assert_eq!(fresh.shown(&task, "2024Q1")["deadline"], "2024-12-31", "it holds from its period on");
    let request = fresh.json(["request", &task, "--json"])[0].clone();
    assert_eq!((&request["outcome"], &request["approver"]), (&"granted".into(), &"分管副市长".into()));
    fresh.fails(1, ["request"]);
    let list = fresh.json(["list", "--late", "--json", "--period", "2024Q4"]);
    assert!(list.as_array().unwrap().iter().any(|one| one["key"] == task.as_str()), "nothing is filed");
    fresh.ok(["file", &task, "--percent", "50", "--period", "2024Q4"]);
    let list = fresh.json(["list", "--late", "--json", "--period", "2024Q4"]);
    assert!(!list.as_array().unwrap().iter().any(|one| one["key"] == task.as_str()), "filed, and time is left");
}

#[test]
fn a_closed_item_leaves_the_chase_list_and_a_stopped_one_shows_no_light() {
    let fresh = Fresh::new();
    for (task, kind) in [("T5", "办结"), ("T6", "stop")] {
        fresh.ok(["request", task, kind, "情况说明", "--period", "2024Q3"]);
        fresh.ok(["decide", task, "1", "--grant"]);
        let list = fresh.json(["chase", "--period", "2024Q3", "--json"]);
        assert!(!list.as_array().unwrap().iter().any(|one| one["key"] == task), "{task}");
        let before = fresh.json(["chase", "--period", "2024Q2", "--json"]);
        assert!(before.as_array().unwrap().iter().any(|one| one["key"] == task), "{task} in the period before");
        assert_eq!(fresh.shown(task, "2024Q3")["filing"], "不需填报");
        let ran = fresh.fails(3, ["request", task, "extend", "再延", "--until", "2099-01-01", "--period", "2024Q4"]);
        assert!(ran.err.contains("已办结"), "{ran:?}");
    }
    let stopped = fresh.json(["list", "--status", "stopped", "--period", "2024Q3", "--json"]);
    assert_eq!(stopped.as_array().unwrap().len(), 1);
    assert_eq!(fresh.json(["why", "T6", "--period", "2024Q3", "--json"])[0]["light"], serde_json::Value::Null);
}

#[test]
fn a_refusal_changes_nothing_but_is_kept() {
    let fresh = Fresh::new();
    fresh.ok(["request", "P17.1", "adjust", "指标口径有变", "--until", "2025-02-01"]);
    fresh.ok(["decide", "P17.1", "1", "--refuse", "口径未变"]);
    assert_eq!(fresh.shown("P17.1", "2024Q4")["deadline"], "2024-12-31");
    assert_eq!(fresh.json(["request", "P17.1", "--json"])[0]["note"], "口径未变");
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let fresh = Fresh::new();
    fresh.ok(["request", "T5", "extend", "征地", "--until", "2025-03-31"]);
    let head = fresh.head();
    fresh.fails(3, ["request", "T5", "extend", "征地", "--until", "2025-06-30"]);
    fresh.fails(2, ["request", "T6", "extend", "没有日期"]);
    fresh.fails(2, ["request", "T6", "extend", "不更晚", "--until", "2024-12-31"]);
    fresh.fails(2, ["request", "T6", "close", ""]);
    fresh.fails(2, ["request", "T6", "close"]);
    fresh.fails(2, ["request", "T6", "forget", "x"]);
    fresh.fails(1, ["request", "T999", "close", "x"]);
    fresh.fails(1, ["decide", "T5", "9", "--grant"]);
    fresh.fails(2, ["decide", "T5", "1"]);
    fresh.fails(2, ["decide", "T5", "1", "--refuse", " "]);
    fresh.fails(2, ["decide", "T5", "1", "--grant", "--refuse", "x"]);
    assert_eq!(fresh.head(), head);
    fresh.ok(["decide", "T5", "1", "--grant"]);
    let ran = fresh.fails(3, ["decide", "T5", "1", "--refuse", "反悔"]);
    assert!(ran.err.contains("已经审批"), "{ran:?}");
}

#[test]
fn what_shows_no_light_has_none_for_programs_either() {
    let fresh = Fresh::new();
    fresh.ok(["request", "T6", "stop", "项目取消", "--period", "2024Q3"]);
    fresh.ok(["decide", "T6", "1", "--grant"]);
    let one = |args: &[&str], key: &str| {
        let all = fresh.json([args, &["--period", "2024Q3", "--json"]].concat());
        all.as_array().unwrap().iter().find(|one| one["key"] == key).unwrap().clone()
    };
    assert_eq!(one(&["list"], "T6")["light"], Value::Null);
    assert_eq!(one(&["show", "T6"], "T6")["light"], Value::Null);
    assert_eq!(one(&["list"], "T7")["light"], "灰", "nothing is known of it");
    let rows = fresh.json(["list", "--livelihood", "--period", "2024Q3", "--json"]);
    for row in rows.as_array().unwrap() {
        assert_eq!(row["light"].is_null(), row["status"] == "不评定", "{row}");
    }
    let csv = fresh.ok(["list", "--period", "2024Q3", "--format", "csv"]);
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let line = csv.records().map(Result::unwrap).find(|line| &line[0] == "T6").unwrap();
    assert_eq!((&line[2], &line[3], &line[4]), ("", "调整/终止", ""));
}

#[test]
fn percentages_have_one_decimal_in_every_listing() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    fresh.ok(["target", &task, "--add", "--metric", "步道", "--value", "7", "--unit", "公里"]);
    fresh.ok(["target", &task, "1", "--actual", "5", "--period", "2024Q3"]);
    let csv = fresh.ok(["list", "--period", "2024Q3", "--format", "csv"]);
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let line = csv.records().map(Result::unwrap).find(|line| line[0] == task).unwrap();
    assert_eq!(&line[4], "71.4");
    assert_eq!(fresh.shown(&task, "2024Q3")["percent"], "71.4");
    // 75 less 71.428…
    assert_eq!(fresh.json(["why", &task, "--period", "2024Q3", "--json"])[0]["lag"], "3.6");
}
