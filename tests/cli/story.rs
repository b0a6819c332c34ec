//! Three quarters of a year of one task: filed, returned, filed again, accepted, red, lit by hand, recovered, extended, closed.

use serde_json::Value;

use crate::run::Fresh;

fn stands(fresh: &Fresh, key: &str, period: &str) -> [String; 3] {
    let shown = fresh.shown(key, period);
    ["filing", "status", "light"].map(|name| shown[name].as_str().unwrap().to_owned())
}

#[test]
fn three_quarters_of_a_year() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let file = |period: &str, percent: &str, progress: &str| {
        fresh.ok(["file", &task, "--period", period, "--percent", percent, "--progress", progress])
    };
    let review =
        |period: &str, verdict: &[&str]| fresh.ok(["review", &task, "--period", period].iter().chain(verdict).copied());
    // First quarter: returned for want of words, filed again, accepted.
    assert_eq!(stands(&fresh, &task, "2024Q1"), ["逾期未报", "未报", "灰"]);
    file("2024Q1", "25", "");
    assert_eq!(stands(&fresh, &task, "2024Q1"), ["待审核", "按序时推进", "绿"]);
    review("2024Q1", &["--return", "请写进展情况"]);
    assert_eq!(stands(&fresh, &task, "2024Q1")[0], "退回");
    assert_eq!(fresh.shown(&task, "2024Q1")["chase_reasons"], serde_json::json!(["overdue", "returned"]));
    file("2024Q1", "25", "完成前期工作");
    review("2024Q1", &["--accept"]);
    assert_eq!(stands(&fresh, &task, "2024Q1")[0], "已审核");
    // Second quarter: red, chased, then lit by hand.
    file("2024Q2", "15", "施工停顿");
    assert_eq!(stands(&fresh, &task, "2024Q2")[1..], ["严重滞后", "红"]);
    assert!(fresh.shown(&task, "2024Q2")["chase_reasons"].as_array().unwrap().contains(&"newly_red".into()));
    fresh.ok(["chase", &task, "--period", "2024Q2", "--note", "分管领导已约谈"]);
    fresh.ok(["light", &task, "yellow", "资金已到位，三季度赶上", "--period", "2024Q2"]);
    assert_eq!(stands(&fresh, &task, "2024Q2")[1..], ["严重滞后", "黄"]);
    // Third quarter: the light by hand has ended, the task has recovered.
    file("2024Q3", "80", "主体完工");
    assert_eq!(stands(&fresh, &task, "2024Q3")[1..], ["按序时推进", "绿"].map(str::to_owned));
    // More time is asked for and granted; in the last quarter it is done and closed.
    fresh.ok(["request", &task, "extend", "验收排期", "--until", "2025-03-31", "--period", "2024Q3"]);
    fresh.ok(["decide", &task, "1", "--grant", "--approver", "分管副市长"]);
    assert_eq!(fresh.shown(&task, "2024Q3")["deadline"], "2025-03-31");
    file("2024Q4", "100", "通过验收");
    review("2024Q4", &["--accept"]);
    fresh.ok(["request", &task, "close", "通过验收", "--period", "2024Q4"]);
    fresh.ok(["decide", &task, "2", "--grant", "--approver", "办公室主任"]);
    let shown = fresh.shown(&task, "2024Q4");
    assert_eq!((&shown["closed"], &shown["chase_reasons"]), (&true.into(), &serde_json::json!([])));
    assert_eq!(stands(&fresh, &task, "2024Q4")[1..], ["已完成", "绿"].map(str::to_owned));
    fresh.fails(3, ["chase", &task, "--period", "2024Q4"]);
    // The chain of who did what when is kept, and the earlier filing with it.
    let log = fresh.json(["log", &task, "--json"]);
    let intents: Vec<&str> = log.as_array().unwrap().iter().rev().map(|one| one["intent"].as_str().unwrap()).collect();
    let told = [
        "import", "file", "review", "file", "review", "file", "chase", "override", "file", "ask", "decide", "file",
        "review", "ask", "decide",
    ];
    assert_eq!(intents, told);
    // And all of it can be taken back, step by step.
    for _ in 1..told.len() {
        fresh.ok(["undo"]);
    }
    assert_eq!(stands(&fresh, &task, "2024Q4"), ["逾期未报", "未报", "灰"]);
    assert_eq!(fresh.shown(&task, "2024Q3")["requests"], Value::Array(vec![]));
}
