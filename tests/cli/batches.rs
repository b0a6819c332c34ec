//! Many deeds at once from JSON: all or nothing, one commit.

use serde_json::{Value, json};

use crate::run::{Fresh, Ran, has_han};

fn refused(fresh: &Fresh, verb: &str, batch: &Value, parts: &[&str]) -> Ran {
    let head = fresh.head();
    let ran = fresh.batch(&[verb, "--period", "2024Q3"], batch);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert_eq!(ran.err.lines().count(), 2, "{ran:?}");
    for part in parts {
        assert!(ran.err.contains(part), "{part}: {ran:?}");
    }
    assert_eq!(fresh.head(), head, "nothing was written: {batch}");
    ran
}

fn good(fresh: &Fresh, verb: &str, batch: &Value) {
    let head = fresh.head();
    let ran = fresh.batch(&[verb, "--period", "2024Q3"], batch);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(fresh.head(), head + 1, "one commit");
}

#[test]
fn a_hundred_filings_are_one_commit_and_one_undo() {
    let fresh = Fresh::new();
    let filings: Vec<Value> = (1..=100)
        .map(|no| json!({"key": format!("T{no}"), "percent": format!("{}.5", no % 50), "progress": "开工"}))
        .collect();
    good(&fresh, "file", &json!(filings));
    assert_eq!(fresh.shown("T100", "2024Q3")["progress"], "开工");
    let state =
        |state: &str| fresh.run(["list", "--filing", state, "--period", "Q3", "--format", "tsv"]).out.lines().count();
    assert_eq!(state("pending"), 101);
    let reviews: Vec<Value> = (1..=100)
        .map(|no| match no % 2 {
            0 => json!({"key": no, "accept": true}),
            _ => json!({"key": no, "return": "请补数字"}),
        })
        .collect();
    good(&fresh, "review", &json!(reviews));
    assert_eq!((state("accepted"), state("returned")), (51, 51));
    let chases: Vec<Value> = (1..=100).map(|no| json!({"key": no, "note": "已电话"})).collect();
    good(&fresh, "chase", &json!(chases));
    fresh.ok(["undo"]);
    fresh.ok(["undo"]);
    fresh.ok(["undo"]);
    assert_eq!(state("pending"), 1);
}

#[test]
fn one_bad_element_of_a_hundred_and_nothing_is_written() {
    let fresh = Fresh::new();
    let mut filings: Vec<Value> = (1..=100).map(|no| json!({"key": format!("T{no}"), "percent": 50})).collect();
    filings[72]["percent"] = json!("abc");
    refused(&fresh, "file", &json!(filings), &["第 73 个", "T73", "percent", "abc"]);
    assert_eq!(fresh.shown("T1", "2024Q3")["filing"], "逾期未报");
}

#[test]
fn figures_are_read_exactly_whether_texts_or_numbers() {
    let fresh = Fresh::new();
    let head = fresh.ok(["list"]).len().min(1);
    assert_eq!(head, 1);
    // 0.1 + 0.2 in binary would not be 0.3; nothing here passes through a binary float.
    std::fs::write(
        fresh.home().join("figures.json"),
        r#"[{"key":"P17.1","area":"江山市","value":8.200000},{"key":"P17.1","area":"衢江区","value":"0.300001","period":"2024Q2"}]"#,
    )
    .unwrap();
    fresh.ok(["quota", "--from", "figures.json", "--period", "2024Q3"]);
    assert_eq!(fresh.shown("P17.1", "2024Q3")["done"], json!({"江山市": "8.2"}));
    assert_eq!(fresh.shown("P17.1", "2024Q2")["done"], json!({"衢江区": "0.300001"}));
    good(&fresh, "quota", &json!([{"key": "P17.1", "area": "jiangshan", "value": null}]));
    assert_eq!(fresh.shown("P17.1", "2024Q3")["done"], json!({}));
}

#[test]
fn several_figures_of_a_reviewed_row_open_its_review_once() {
    let fresh = Fresh::new();
    let areas = ["江山市", "衢江区", "龙游县"];
    let figures = |value: u32| json!(areas.map(|area| json!({"key": "P17.1", "area": area, "value": value})));
    good(&fresh, "quota", &figures(1));
    fresh.ok(["review", "P17.1", "--period", "2024Q3", "--accept"]);
    good(&fresh, "quota", &figures(2));
    assert_eq!(fresh.shown("P17.1", "2024Q3")["filing"], "待审核");
}

#[test]
fn targets_lights_and_steps_come_in_batches_too() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    fresh.ok(["target", &task, "--add", "--metric", "新建步道", "--value", "40", "--unit", "公里"]);
    let no = fresh.json(["target", &task, "--json"])[0]["no"].clone();
    good(
        &fresh,
        "target",
        &json!([
            {"key": task, "no": no, "actual": 10, "period": "2024Q1"},
            {"key": task, "no": no, "actual": "20.5", "period": "2024Q2"},
            {"key": task, "no": no, "actual": 15},
        ]),
    );
    let reached = fresh.json(["target", &task, "--json"])[0]["actuals"].clone();
    assert_eq!(reached, json!({"2024Q1": "10", "2024Q2": "20.5", "2024Q3": "15"}));
    good(&fresh, "file", &json!([{"key": task, "progress": "好", "actuals": {no.to_string(): 30}}]));
    good(
        &fresh,
        "light",
        &json!([{"key": task, "light": "red", "reason": "核查"}, {"key": "T6", "light": "绿", "reason": "已补报"}]),
    );
    assert_eq!(fresh.shown("T6", "2024Q3")["light"], "绿");
    good(&fresh, "light", &json!([{"key": "T6", "light": null}]));
    let head = fresh.head();
    let steps = json!([
        {"key": "T5", "text": "招标", "deadline": "6-30"},
        {"key": "T5", "text": "开工", "unit": "市交通局"},
        {"key": "T5", "no": 1, "state": "done"},
    ]);
    assert_eq!(fresh.batch(&["step"], &steps).status, 0);
    assert_eq!(fresh.head(), head + 1);
    let kept = fresh.json(["step", "T5", "--json"]);
    assert_eq!((&kept[0]["text"], &kept[0]["state"]), (&"招标".into(), &"done".into()), "the third sees the first");
    assert_eq!(kept[1]["unit"], "市交通局");
}

#[test]
fn a_lower_figure_in_a_batch_is_written_with_a_note() {
    let fresh = Fresh::new();
    fresh.ok(["quota", "P17.1", "江山市", "8", "--period", "2024Q2"]);
    let ran = fresh.batch(&["quota", "--period", "2024Q3"], &json!([{"key": "P17.1", "area": "江山市", "value": "7"}]));
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("第 1 个") && ran.err.contains('8'), "{ran:?}");
    assert_eq!(fresh.shown("P17.1", "2024Q3")["done"]["江山市"], "7");
}

#[test]
fn every_refusal_names_the_element_the_field_and_the_reason() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", "开工"]);
    let first = json!({"key": "T5", "progress": "甲"});
    let cases: [(&str, Value, &[&str]); 22] = [
        ("file", json!([first, {"key": "T6", "persent": 5}]), &["第 2 个", "T6", "persent", "percent"]),
        ("file", json!([first, {"progress": "x"}]), &["第 2 个", "key"]),
        ("file", json!([first, {"key": "T999", "progress": "x"}]), &["第 2 个", "T999", "key"]),
        ("file", json!([first, {"key": "五", "progress": "x"}]), &["第 2 个", "五", "key"]),
        ("file", json!([{"key": "T5", "percent": 1000}]), &["第 1 个", "percent", "1000", "999"]),
        ("file", json!([{"key": "P17.1", "percent": 10}]), &["P17.1", "percent", "quota"]),
        ("file", json!([{"key": "T5", "progress": true}]), &["progress", "文字"]),
        ("file", json!([{"key": "T5", "progress": "长".repeat(8001)}]), &["progress", "8001"]),
        ("file", json!([{"key": "T5", "progress": "x", "period": "2024Q9"}]), &["period", "2024Q9"]),
        ("file", json!([{"key": "T5", "actuals": [1]}]), &["actuals"]),
        ("file", json!([{"key": "T5", "actuals": {"99": 1}}]), &["T5", "序号"]),
        (
            "file",
            json!([first, {"key": "T6", "progress": "x"}, {"key": "5", "progress": "乙"}]),
            &["第 3 个", "T5", "第 1 个"],
        ),
        ("quota", json!([{"key": "P17.1", "area": "全市", "value": 1}]), &["area", "各地之和"]),
        ("quota", json!([{"key": "P17.1", "area": "江山市"}]), &["value"]),
        ("quota", json!([{"key": "P17.1", "area": "火星", "value": 1}]), &["area", "火星"]),
        ("quota", json!([{"key": "T5", "area": "江山市", "value": 1}]), &["key", "T5"]),
        ("quota", json!([{"key": "P17.1", "area": "江山市", "value": "1e3"}]), &["value", "1e3"]),
        ("review", json!([{"key": "T5"}]), &["accept", "return"]),
        ("review", json!([{"key": "T5", "return": ""}]), &["return", "理由"]),
        ("light", json!([{"key": "T5", "light": "purple", "reason": "x"}]), &["light", "purple", "red"]),
        ("target", json!([{"key": "T5", "no": 0, "actual": 1}]), &["no"]),
        ("step", json!([{"key": "T5"}]), &["text"]),
    ];
    for (verb, batch, parts) in cases {
        if verb == "step" {
            let head = fresh.head();
            let ran = fresh.batch(&["step"], &batch);
            assert_eq!((ran.status, fresh.head()), (2, head), "{ran:?}");
            continue;
        }
        refused(&fresh, verb, &batch, parts);
    }
    let ran = fresh.batch(
        &["review", "--period", "2024Q3"],
        &json!([{"key": "T5", "accept": true}, {"key": "T6", "accept": true}]),
    );
    assert_eq!(ran.status, 3, "well said, but not possible: {ran:?}");
    assert!(ran.err.contains("第 2 个") && ran.err.contains("尚未填报"), "{ran:?}");
    assert_eq!(fresh.shown("T5", "2024Q3")["filing"], "待审核");
    let ran = fresh.batch(&["chase", "--lang", "en"], &json!([{"key": "T5", "why": "x"}]));
    assert!(ran.status == 2 && !has_han(&ran.err), "{ran:?}");
}

#[test]
fn what_is_no_batch_is_refused() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    for text in [
        "",
        "{}",
        "[",
        "[1]",
        "[]",
        "null",
        "[{\"key\":\"T5\"}] x",
        "[{\"key\":\"T5\",\"key\":\"T6\",\"progress\":\"x\"}]",
    ] {
        std::fs::write(fresh.home().join("batch.json"), text).unwrap();
        fresh.fails(2, ["file", "--from", "batch.json"]);
    }
    std::fs::write(fresh.home().join("batch.json"), b"[\"\xff\"]").unwrap();
    fresh.fails(2, ["file", "--from", "batch.json"]);
    fresh.fails(2, ["file", "--from", "none.json"]);
    fresh.fails(2, ["file", "T5", "--from", "batch.json"]);
    assert_eq!(fresh.head(), 1);
}

#[test]
fn a_batch_that_changes_nothing_writes_nothing() {
    let fresh = Fresh::new();
    let batch = json!([{"key": "T5", "percent": "60"}, {"key": "T6", "percent": "61"}]);
    good(&fresh, "file", &batch);
    let head = fresh.head();
    let ran = fresh.batch(&["file", "--period", "2024Q3"], &batch);
    assert!(ran.status == 0 && ran.out.contains("没有变化"), "{ran:?}");
    assert_eq!(fresh.head(), head);
}

#[test]
fn everything_works_on_a_throw_away_ledger() {
    let fresh = Fresh::new();
    let ok = |args: &[&str]| {
        let ran = fresh.run(["--demo"].iter().chain(args).copied());
        assert_eq!(ran.status, 0, "{args:?}: {ran:?}");
        ran.out
    };
    for args in [
        &["chase", "--json"][..],
        &["chase", "--period", "2024Q3", "--leader", "周卫兵"],
        &["list", "--late", "--sort", "worst"],
        &["why", "T5"],
        &["status"],
        &["settings"],
        &["step", "T5", "--add", "招标"],
        &["request", "T5", "close", "完成"],
        &["light", "T5", "yellow", "核查"],
        &["view", "红", "--save", "--light", "red"],
    ] {
        ok(args);
    }
    assert!(!fresh.data().exists(), "nothing of it stays");
}
