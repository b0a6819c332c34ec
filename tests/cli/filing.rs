//! Recording progress: filings on tasks, figures in the matrix.

use crate::run::Fresh;

#[test]
fn a_filing_keeps_what_is_not_given() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--percent", "52.4%", "--progress", "已开工\n两个标段"]);
    fresh.ok(["file", "5", "--period", "三季度", "--problems", "缺工"]);
    let shown = fresh.json(["show", "T5", "--period", "Q3", "--json"]);
    assert_eq!(shown[0]["percent"], "52.4");
    assert_eq!(shown[0]["progress"], "已开工\n两个标段");
    assert_eq!(shown[0]["problems"], "缺工");
    assert_eq!(shown[0]["next"], "");
    let other = fresh.json(["show", "T5", "--period", "2024Q2", "--json"]);
    assert_eq!(other[0]["percent"], serde_json::Value::Null);
}

#[test]
fn filing_the_same_again_writes_nothing() {
    let fresh = Fresh::new();
    let file = ["file", "T5", "--period", "2024Q3", "--percent", "60"];
    fresh.ok(file);
    let head = fresh.head();
    assert!(fresh.ok(file).contains("没有变化"));
    assert_eq!(fresh.head(), head);
}

#[test]
fn an_emptied_filing_is_gone() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", "误填"]);
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", ""]);
    assert_eq!(fresh.json(["show", "T5", "--period", "2024Q3", "--json"])[0]["filing"], "逾期未报");
}

#[test]
fn percentages_that_are_none_are_refused_with_the_reason() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    for percent in ["abc", "-5", "1000", "999.1", "1万", "1.234", "六十吧", "1e3", "%"] {
        let ran = fresh.fails(2, ["file", "T5", "--period", "2024Q3", "--percent", percent]);
        assert!(ran.err.contains(percent), "{ran:?}");
    }
    assert_eq!(fresh.head(), 1);
    for percent in ["0", "999", "60", "52.45", "６０", "百分之六十", "六十"] {
        fresh.ok(["file", "T5", "--period", "2024Q3", "--percent", percent]);
    }
}

#[test]
fn a_figure_is_recorded_under_any_name_of_row_and_area() {
    let fresh = Fresh::new();
    fresh.ok(["quota", "P17.1", "江山市", "8.2", "--period", "2024Q3"]);
    let done = || fresh.json(["show", "P17.1", "--period", "2024Q3", "--json"])[0]["done"].clone();
    assert_eq!(done()["江山市"], "8.2");
    fresh.ok(["quota", "省17-1", "jiangshan", "９．５", "--period", "Q3"]);
    assert_eq!(done()["江山市"], "9.5");
    fresh.ok(["quota", "p17.1", "江山", "--clear", "--period", "2024q3"]);
    assert_eq!(done(), serde_json::json!({}));
}

#[test]
fn a_scale_word_is_understood_in_the_rows_unit() {
    let fresh = Fresh::new();
    // Line 831 counts in 万: 江山市 has 14.66万 or so of a total of 98.
    let rows = fresh.json(["list", "--livelihood", "--json"]);
    let row = rows.as_array().unwrap().iter().find(|row| row["line"] == 831).unwrap();
    let key = row["key"].as_str().unwrap();
    fresh.ok(["quota", key, "江山市", "3.5万", "--period", "2024Q1"]);
    assert_eq!(fresh.json(["show", key, "--period", "2024Q1", "--json"])[0]["done"]["江山市"], "3.5");
}

#[test]
fn cells_that_take_no_figure_say_why() {
    let fresh = Fresh::new();
    let rows = fresh.json(["list", "--livelihood", "--json"]);
    let on_line = |line: u32| {
        let row = rows.as_array().unwrap().iter().find(|row| row["line"] == line).unwrap();
        row["key"].as_str().unwrap().to_owned()
    };
    let (divided, text, none) = (on_line(842), on_line(824), on_line(829));
    for (row, area, why) in [
        (&divided, "智造新城", "“/”"),
        (&divided, "全市", "各地之和"),
        (&text, "江山市", "文字"),
        (&text, "全市", "文字"),
        (&none, "江山市", "无任务"),
    ] {
        let ran = fresh.fails(2, ["quota", row, area, "1", "--period", "2024Q3"]);
        assert!(ran.err.contains(why), "{row} {area}: {ran:?}");
    }
    for figure in ["abc", "-3", "8..2", "50%", "9999999999999", "1.2345678", ""] {
        let ran = fresh.fails(2, ["quota", &divided, "江山市", figure, "--period", "2024Q3"]);
        assert!(ran.err.contains(figure), "{ran:?}");
    }
    assert_eq!(fresh.head(), 1);
}

#[test]
fn figures_that_look_mistyped_are_recorded_with_a_note() {
    let fresh = Fresh::new();
    // Line 842: 江山市 has 12.6 of 83 kilometres.
    let quota = |figure: &str, period: &str| fresh.run(["quota", "P17.1", "江山市", figure, "--period", period]);
    assert_eq!(quota("8", "2024Q1").err, "");
    assert!(quota("7", "2024Q2").err.contains('8'), "less than before, though cumulative");
    assert!(quota("82000", "2024Q3").err.contains("12.6"), "metres for kilometres");
    assert_eq!(fresh.json(["show", "P17.1", "--period", "2024Q3", "--json"])[0]["done"]["江山市"], "82000");
}

#[test]
fn a_period_of_another_year_or_length_is_refused() {
    let fresh = Fresh::new();
    for period in ["2023Q3", "2024Q5", "2024M07", "2024H1", "昨天"] {
        let ran = fresh.fails(2, ["file", "T5", "--period", period, "--percent", "1"]);
        assert!(ran.err.contains("2024Q1 2024Q2 2024Q3 2024Q4"), "{ran:?}");
    }
}

#[test]
fn without_a_period_the_documents_current_one_is_meant() {
    let fresh = Fresh::new();
    // The year of the document has passed: its last quarter.
    fresh.ok(["file", "T5", "--percent", "100"]);
    assert_eq!(fresh.json(["show", "T5", "--period", "2024Q4", "--json"])[0]["percent"], "100.0");
    assert_eq!(fresh.json(["list", "--status", "complete", "--json"]).as_array().unwrap().len(), 1);
}
