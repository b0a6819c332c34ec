//! The chase list, and recording that somebody was reminded.

use serde_json::Value;

use crate::run::Fresh;

fn reasons(fresh: &Fresh, key: &str, period: &str) -> Vec<String> {
    let list = fresh.json(["chase", "--period", period, "--json"]);
    let line = list.as_array().unwrap().iter().find(|one| one["key"] == key).cloned();
    let reasons = line.map(|line| line["reasons"].as_array().unwrap().clone()).unwrap_or_default();
    reasons.iter().map(|why| why["reason"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_reason_is_on_the_list_by_its_rule() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    // The year of the notice is over: past its deadline, and nothing is filed.
    assert_eq!(reasons(&fresh, &task, "2024Q3"), ["overdue", "not_filed"]);
    fresh.ok(["file", &task, "--period", "2024Q2", "--percent", "45"]);
    fresh.ok(["file", &task, "--period", "2024Q3", "--percent", "40"]);
    assert_eq!(reasons(&fresh, &task, "2024Q2"), ["overdue"]);
    assert_eq!(reasons(&fresh, &task, "2024Q3"), ["overdue", "newly_red"]);
    fresh.ok(["file", &task, "--period", "2024Q4", "--percent", "40"]);
    assert_eq!(reasons(&fresh, &task, "2024Q4"), ["overdue", "unmoved"]);
    fresh.ok(["review", &task, "--period", "2024Q4", "--return", "不实"]);
    assert_eq!(reasons(&fresh, &task, "2024Q4"), ["overdue", "returned", "unmoved"]);
    fresh.ok(["file", &task, "--period", "2024Q4", "--percent", "100"]);
    assert_eq!(reasons(&fresh, &task, "2024Q4"), Vec::<String>::new(), "complete");
}

#[test]
fn the_list_is_narrowed_and_printed_for_programs() {
    let fresh = Fresh::new();
    let all = fresh.json(["chase", "--json"]);
    let all = all.as_array().unwrap();
    assert!(all.len() > 130);
    for name in
        ["key", "no", "text", "units", "reasons", "status", "light", "percent", "filing", "deadline", "times", "last"]
    {
        assert!(all[0].as_object().unwrap().contains_key(name), "{name}");
    }
    let leader = fresh.json(["chase", "--leader", "黄希和", "--json"]);
    assert_eq!(leader.as_array().unwrap().len(), 3);
    let area = fresh.json(["chase", "--area", "江山市", "--unit", "市住建局", "--json"]);
    assert!(!area.as_array().unwrap().is_empty() && area.as_array().unwrap().len() < all.len());
    let tsv = fresh.ok(["chase"]);
    assert!(tsv.starts_with("key\tno\treasons\tlight\t"), "{}", tsv.lines().next().unwrap());
    assert_eq!(tsv.lines().count(), all.len() + 1);
    fresh.fails(1, ["chase", "--leader", "无此人"]);
}

#[test]
fn chasing_is_counted_and_undone_as_one() {
    let fresh = Fresh::new();
    let head = fresh.ok(["list"]).len().min(1) as u64;
    fresh.ok(["chase", "T5", "P17.1", "--period", "2024Q3", "--note", "已电话，周五前报"]);
    fresh.ok(["chase", "T5", "--period", "2024Q3", "--note", "再催"]);
    assert_eq!(fresh.head(), head + 2);
    let chased = fresh.shown("T5", "2024Q3")["chased"].clone();
    assert_eq!((&chased["times"], &chased["note"]), (&2.into(), &"再催".into()));
    assert_eq!(fresh.shown("P17.1", "2024Q3")["chased"]["times"], 1);
    fresh.ok(["undo"]);
    fresh.ok(["undo"]);
    assert_eq!(fresh.shown("P17.1", "2024Q3")["chased"], Value::Null);
}

#[test]
fn what_is_done_or_closed_is_not_chased() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    fresh.ok(["file", &task, "--period", "2024Q4", "--percent", "100"]);
    let ran = fresh.fails(3, ["chase", &task, "--period", "2024Q4"]);
    assert!(ran.err.contains("无需催办"), "{ran:?}");
    fresh.ok(["request", &task, "close", "已完成", "--period", "2024Q4"]);
    fresh.ok(["decide", &task, "1", "--grant"]);
    let ran = fresh.fails(3, ["chase", &task, "--period", "2024Q4"]);
    assert!(ran.err.contains("已办结"), "{ran:?}");
    fresh.fails(2, ["chase", "T7", "--note", &"长".repeat(501)]);
    fresh.fails(2, ["chase", "--note", "无编号"]);
    fresh.fails(1, ["chase", "T999"]);
}
