//! The settings of a document, and what `status` tells of the period.

use crate::run::Fresh;

#[test]
fn settings_are_changed_one_by_one_and_shown() {
    let fresh = Fresh::new();
    let before = fresh.json(["settings", "--json"]);
    assert_eq!(
        (&before["span"], &before["due_month"], &before["due_day"]),
        (&"quarter".into(), &"after".into(), &20.into())
    );
    fresh.ok(["settings", "--span", "month", "--due-day", "5", "--behind", "8.5"]);
    let after = fresh.json(["settings", "--json"]);
    assert_eq!((&after["span"], &after["due_month"], &after["due_day"]), (&"month".into(), &"after".into(), &5.into()));
    assert_eq!((&after["behind"], &after["far_behind"]), (&"8.5".into(), &"30".into()));
    fresh.ok(["file", "T5", "--period", "2024M07", "--percent", "1"]);
    let ran = fresh.fails(3, ["settings", "--span", "quarter"]);
    assert!(ran.err.contains("不能再改"), "{ran:?}");
    fresh.ok(["settings", "--due-month", "last", "--near-days", "10"]);
    assert!(fresh.ok(["settings"]).contains("按月"));
}

#[test]
fn a_margin_decides_the_light() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    fresh.ok(["file", &task, "--period", "2024Q3", "--percent", "60"]);
    assert_eq!(fresh.shown(&task, "2024Q3")["light"], "黄");
    fresh.ok(["settings", "--behind", "20"]);
    assert_eq!(fresh.shown(&task, "2024Q3")["light"], "绿");
}

#[test]
fn settings_beyond_sense_are_refused() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    for args in [
        &["--due-day", "0"][..],
        &["--due-day", "32"],
        &["--near-days", "366"],
        &["--behind", "0"],
        &["--behind", "30"],
        &["--far-behind", "101"],
        &["--far-behind", "-1"],
        &["--span", "week"],
    ] {
        fresh.fails(2, ["settings"].iter().chain(args).copied());
    }
    assert_eq!(fresh.head(), 1);
}

#[test]
fn status_counts_the_period() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    fresh.ok(["file", &task, "--percent", "100"]);
    let document = fresh.json(["status", "--json"])["documents"][0].clone();
    assert_eq!((&document["period"], &document["due"]), (&"2024Q4".into(), &"2025-01-20".into()));
    let tasks = &document["standing"]["tasks"];
    assert_eq!((&tasks["status"]["已完成"], &tasks["light"]["绿"]), (&1.into(), &1.into()));
    assert_eq!((&tasks["filing"]["待审核"], &tasks["filing"]["逾期未报"]), (&1.into(), &129.into()));
    assert_eq!(tasks["late"], 129);
    let text = fresh.ok(["status"]);
    for word in ["2024年四季度", "2025-01-20", "已完成 1", "逾期未报 129", "待审批申请"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!crate::run::has_han(
        &fresh
            .ok(["status", "--lang", "en"])
            .replace("衢政办发〔2024〕10号", "")
            .lines()
            .filter(|line| !line.contains("衢州"))
            .collect::<String>()
    ));
}
