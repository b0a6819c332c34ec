//! Lists by filing state and lateness, sorted, and saved as views.

use crate::run::Fresh;

fn keys(fresh: &Fresh, args: &[&str]) -> Vec<String> {
    let list = fresh.json(["list", "--json"].iter().chain(args).copied());
    list.as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap().to_owned()).collect()
}

fn filed() -> Fresh {
    let fresh = Fresh::new();
    for (key, percent) in [("T20", "70"), ("T21", "10"), ("T22", "60")] {
        fresh.ok(["file", key, "--period", "2024Q3", "--percent", percent]);
    }
    fresh.ok(["review", "T20", "--period", "2024Q3", "--accept"]);
    fresh.ok(["review", "T21", "--period", "2024Q3", "--return", "不实"]);
    fresh
}

#[test]
fn lists_are_narrowed_by_filing_state() {
    let fresh = filed();
    let of = |state: &str| keys(&fresh, &["--period", "Q3", "--filing", state]);
    assert_eq!(of("accepted"), ["T20"]);
    assert_eq!(of("退回"), ["T21"]);
    assert_eq!(of("待审核"), ["T22"]);
    assert_eq!(of("overdue").len(), 127);
    fresh.fails(1, ["list", "--period", "Q3", "--filing", "missing"]);
    fresh.fails(2, ["list", "--filing", "lost"]);
}

#[test]
fn late_is_what_is_not_filed_in_time_or_past_its_deadline() {
    let fresh = filed();
    let task = fresh.plain_task();
    fresh.ok(["file", &task, "--period", "2024Q4", "--percent", "100"]);
    let late = keys(&fresh, &["--period", "Q4", "--late"]);
    assert_eq!(late.len(), 129);
    assert!(!late.contains(&task), "complete");
}

#[test]
fn lists_are_sorted_by_any_column_and_turned_round() {
    let fresh = Fresh::new();
    let percents = [("T1", "70"), ("T2", "10"), ("T3", "30")];
    for (key, percent) in percents {
        fresh.ok(["file", key, "--period", "2024Q3", "--percent", percent]);
    }
    let sorted = |args: &[&str]| -> Vec<String> {
        let known: Vec<serde_json::Value> = fresh
            .json(["list", "--json", "--period", "Q3"].iter().chain(args).copied())
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| !one["percent"].is_null())
            .cloned()
            .collect();
        known.iter().map(|one| one["percent"].as_str().unwrap().to_owned()).collect()
    };
    let number = |text: &String| text.parse::<rust_decimal::Decimal>().unwrap();
    let up: Vec<_> = sorted(&["--sort", "percent"]).iter().map(number).collect();
    assert!(up.is_sorted(), "{up:?}");
    let down: Vec<_> = sorted(&["--sort", "percent", "--reverse"]).iter().map(number).rev().collect();
    assert_eq!(down, up);
    let list = fresh.json(["list", "--json", "--period", "Q3", "--sort", "percent"]);
    assert!(list[129]["percent"].is_null(), "what is not known stands behind what is");
    assert_eq!(keys(&fresh, &["--reverse"])[0], "T130");
    let worst = fresh.json(["list", "--json", "--period", "Q3", "--sort", "worst"]);
    assert_eq!(worst[0]["light"], "红");
    assert_eq!(
        keys(&fresh, &["--period", "Q3", "--sort", "filing"])[129],
        *keys(&fresh, &["--period", "Q3", "--filing", "pending"]).last().unwrap()
    );
    for column in ["deadline", "leader", "unit"] {
        assert_eq!(keys(&fresh, &["--sort", column]).len(), 130, "{column}");
    }
    assert_eq!(keys(&fresh, &["--livelihood", "--sort", "unit"]).len(), 53);
}

#[test]
fn a_view_is_saved_used_narrowed_and_removed() {
    let fresh = filed();
    fresh.fails(1, ["view"]);
    fresh.ok(["view", "退回的", "--save", "--filing", "returned", "--sort", "worst", "--reverse"]);
    let saved = fresh.json(["view", "--json"]);
    assert_eq!((&saved[0]["name"], &saved[0]["filing"]), (&"退回的".into(), &"退回".into()));
    assert_eq!((&saved[0]["sort"], &saved[0]["reverse"]), (&"worst".into(), &true.into()));
    assert_eq!(keys(&fresh, &["--view", "退回的", "--period", "Q3"]), ["T21"]);
    fresh.fails(1, ["list", "--view", "退回的", "--period", "Q3", "--light", "green"]);
    assert_eq!(keys(&fresh, &["--view", "退回的", "--period", "Q3", "--filing", "accepted"]), ["T20"]);
    fresh.ok(["view", "退回的", "--save", "--unit", "czj"]);
    assert_eq!(fresh.json(["view", "退回的", "--json"])[0]["unit"], "市财政局");
    fresh.ok(["view", "退回的", "--remove"]);
    fresh.fails(1, ["view", "退回的", "--remove"]);
    fresh.fails(1, ["list", "--view", "退回的"]);
    fresh.fails(2, ["view", " ", "--save"]);
    fresh.fails(2, ["view", &"长".repeat(41), "--save"]);
    fresh.fails(2, ["view", "--save"]);
}
