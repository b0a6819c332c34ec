//! Targets of a task and the figures reached on them.

use serde_json::{Value, json};

use crate::run::Fresh;

/// Adds a target to a task and answers its number.
fn add(fresh: &Fresh, task: &str, metric: &str, more: &[&str]) -> String {
    fresh.ok(["target", task, "--add", "--metric", metric].into_iter().chain(more.iter().copied()));
    let targets = fresh.json(["target", task, "--json"]);
    let added = targets.as_array().unwrap().iter().find(|target| target["metric"] == metric).unwrap();
    assert_eq!(added["by_hand"], true);
    added["no"].to_string()
}

fn target(fresh: &Fresh, task: &str, no: &str, period: &str) -> Value {
    fresh.json(["target", task, no, "--period", period, "--json"])[0].clone()
}

#[test]
fn figures_are_kept_by_period_and_rate_the_task() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let no = add(&fresh, &task, "新建步道", &["--value", "40", "--unit", "公里"]);
    fresh.ok(["target", &task, &no, "--actual", "10", "--period", "2024Q1"]);
    fresh.ok(["target", &task, &no, "--actual", "12公里", "--period", "2024Q3"]);
    let shown = target(&fresh, &task, &no, "2024Q3");
    assert_eq!(shown["actuals"], json!({"2024Q1": "10", "2024Q3": "12"}), "the earlier quarters stay");
    assert_eq!((&shown["light"], &shown["percent"]), (&"红".into(), &"30.0".into()));
    assert_eq!(fresh.shown(&task, "2024Q3")["light"], "红");
    assert_eq!(fresh.shown(&task, "2024Q1")["light"], "绿");
    assert_eq!(fresh.shown(&task, "2024Q3")["filing"], "待审核", "a figure is a filing");
    fresh.ok(["target", &task, &no, "--clear", "--period", "2024Q3"]);
    assert_eq!(target(&fresh, &task, &no, "2024Q3")["actuals"], json!({"2024Q1": "10"}));
}

#[test]
fn a_lower_figure_is_written_with_a_note() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let no = add(&fresh, &task, "新建步道", &["--value", "40", "--unit", "公里"]);
    fresh.ok(["target", &task, &no, "--actual", "10", "--period", "2024Q1"]);
    let ran = fresh.run(["target", &task, &no, "--actual", "8", "--period", "2024Q2"]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("10"), "{ran:?}");
    let actual = format!("{no}=7");
    let ran = fresh.run(["file", &task, "--actual", &actual, "--period", "2024Q3"]);
    assert!(ran.status == 0 && ran.err.contains('8'), "{ran:?}");
    assert_eq!(target(&fresh, &task, &no, "2024Q3")["actuals"]["2024Q3"], "7");
}

#[test]
fn a_filing_takes_the_figures_of_targets_with_it() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let no = add(&fresh, &task, "新建步道", &["--value", "40", "--unit", "公里"]);
    let head = fresh.head();
    fresh.ok(["file", &task, "--progress", "已完工", "--actual", &format!("{no}=40"), "--period", "2024Q4"]);
    assert_eq!(fresh.head(), head + 1);
    assert_eq!(fresh.shown(&task, "2024Q4")["status"], "已完成");
    fresh.ok(["file", &task, "--actual", &format!("{no}="), "--period", "2024Q4"]);
    assert_eq!(fresh.shown(&task, "2024Q4")["status"], "未报");
}

#[test]
fn a_target_is_corrected_part_by_part_and_removed_with_its_figures() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let no = add(&fresh, &task, "增速", &["--value", "6.5", "--unit", "%"]);
    assert_eq!(target(&fresh, &task, &no, "Q1")["rate"], true, "a percentage is a rate unless said otherwise");
    fresh.ok(["target", &task, &no, "--comparator", "≤", "--rate=no", "--deadline", "10月31日"]);
    let changed = target(&fresh, &task, &no, "Q1");
    assert_eq!((&changed["comparator"], &changed["rate"]), (&"<=".into(), &false.into()));
    assert_eq!((&changed["deadline"], &changed["value"]), (&"2024-10-31".into(), &"6.5".into()));
    fresh.ok(["target", &task, &no, "--comparator", "tiers", "--value", "4", "--tiers", "5,6"]);
    assert_eq!(target(&fresh, &task, &no, "Q1")["tiers"], json!(["5", "6"]));
    fresh.ok(["target", &task, &no, "--actual", "5", "--period", "Q2"]);
    fresh.ok(["target", &task, &no, "--remove"]);
    fresh.fails(1, ["target", &task, &no]);
    assert_eq!(fresh.shown(&task, "2024Q2")["filing"], "逾期未报", "its figures are gone with it");
}

#[test]
fn what_is_no_target_or_no_figure_is_refused() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let no = add(&fresh, &task, "新建步道", &["--value", "40", "--unit", "公里"]);
    let head = fresh.head();
    fresh.fails(1, ["target", &task, "99", "--actual", "1"]);
    fresh.fails(1, ["target", &task, "99", "--remove"]);
    fresh.fails(2, ["target", "P17.1", "1", "--actual", "1"]);
    fresh.fails(2, ["target", "P17.1"]);
    fresh.fails(2, ["target", &task, "--add", "--value", "1"]);
    fresh.fails(2, ["target", &task, "--add", "--metric", "没有数字"]);
    fresh.fails(2, ["target", &task, &no, "--comparator", "!="]);
    fresh.fails(2, ["target", &task, &no, "--deadline", "2024-02-30"]);
    fresh.fails(2, ["target", &task, &no, "--actual", "1", "--remove"]);
    fresh.fails(2, ["target", &task, &no, "--actual", "1", "--metric", "x"]);
    fresh.fails(2, ["file", &task, "--actual", "一"]);
    for figure in ["abc", "-1", "50%", "1.2345678", "9999999999999"] {
        let ran = fresh.fails(2, ["target", &task, &no, "--actual", figure]);
        assert!(ran.err.contains(figure), "{ran:?}");
    }
    assert_eq!(fresh.head(), head);
}

#[test]
fn a_growth_may_turn_out_below_nothing_and_a_count_may_not() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let growth = add(&fresh, &task, "增速", &["--value", "6.5", "--unit", "%"]);
    fresh.ok(["target", &task, &growth, "--actual", "-1.5", "--period", "2024Q3"]);
    assert_eq!(target(&fresh, &task, &growth, "2024Q3")["actuals"]["2024Q3"], "-1.5");
    fresh.ok(["target", &task, &growth, "--actual=-2%", "--period", "2024Q4"]);
    assert_eq!(target(&fresh, &task, &growth, "2024Q4")["actual"], "-2");
    let count = add(&fresh, &task, "步道", &["--value", "4", "--unit", "公里"]);
    fresh.fails(2, ["target", &task, &count, "--actual", "-1", "--period", "2024Q3"]);
}

#[test]
fn a_figure_is_kept_in_the_unit_of_its_target_and_told_as_it_is_kept() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    let reached = |no: &str, typed: &str| {
        let told = fresh.ok(["target", &task, no, "--actual", typed, "--period", "2024Q3"]);
        (target(&fresh, &task, no, "2024Q3")["actual"].as_str().map(str::to_owned), told)
    };
    // A target of more than ten thousand times ten thousand yuan: what is reached on it is typed in its unit.
    let large = add(&fresh, &task, "投资", &["--value", "1.5亿", "--unit", "万元"]);
    let (kept, told) = reached(&large, "12000");
    assert_eq!(kept.as_deref(), Some("12000"), "{told}");
    let small = add(&fresh, &task, "补助", &["--value", "80", "--unit", "万元"]);
    let (kept, told) = reached(&small, "120000");
    assert_eq!(kept.as_deref(), Some("12"), "{told}");
    assert!(told.contains("登记为 12"), "{told}");
    let event = add(&fresh, &task, "零的突破", &["--comparator", "first"]);
    assert_eq!(reached(&event, "已实现").0.as_deref(), Some("1"));
    fresh.fails(2, ["target", &task, &event, "--actual", "0.5", "--period", "2024Q3"]);
}
