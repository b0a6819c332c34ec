//! Extension, adjustment, stop and closure: asked and decided.

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
