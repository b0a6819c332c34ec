//! What the notice of 2024 says, asked on the command line of a fresh machine.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::run::Fresh;

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn the_first_question_makes_the_ledger_and_reads_the_notice_once() {
    let fresh = Fresh::new();
    assert!(!fresh.data().exists());
    fresh.ok(["who", "充电桩"]);
    let mode = std::fs::metadata(fresh.data()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    fresh.ok(["list"]);
    let log = fresh.json(["log", "--json"]);
    assert_eq!(log.as_array().unwrap().len(), 1);
    assert_eq!(log[0]["intent"], "import");
    assert_eq!(fresh.json(["status", "--json"])["documents"][0]["number"], "衢政办发〔2024〕10号");
}

#[test]
fn who_owns_the_charging_points() {
    let fresh = Fresh::new();
    let found = fresh.json(["who", "充电桩", "--json"]);
    let numbers: Vec<&str> = found.as_array().unwrap().iter().map(|one| one["no"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["省21-1", "省21-2"]);
    for one in found.as_array().unwrap() {
        // Lines 851 and 852 of the notice.
        assert_eq!(texts(&one["lead_units"]), ["市发改委"]);
        assert_eq!(texts(&one["coop_units"]), ["各县（市、区）政府", "市城投集团", "市住建局"]);
    }
}

#[test]
fn who_understands_pinyin_initials() {
    let fresh = Fresh::new();
    for query in ["czj", "caizheng", "市czj"] {
        let found = fresh.json(["who", query, "--json"]);
        let first = &found[0];
        let units = [texts(&first["lead_units"]), texts(&first["coop_units"])].concat();
        assert!(units.contains(&"市财政局"), "{query}: {first}");
    }
}

#[test]
fn the_list_has_130_tasks_of_nine_leaders() {
    let fresh = Fresh::new();
    let tasks = fresh.json(["list", "--json"]);
    let tasks = tasks.as_array().unwrap();
    let numbers: Vec<String> = tasks.iter().map(|task| task["no"].as_str().unwrap().to_owned()).collect();
    assert_eq!(numbers, (1..=130).map(|no| no.to_string()).collect::<Vec<_>>());
    let mut by_leader: BTreeMap<&str, usize> = BTreeMap::new();
    for leader in tasks.iter().flat_map(|task| texts(&task["leaders"])) {
        *by_leader.entry(leader).or_default() += 1;
    }
    let expected = [
        ("周卫兵", 27),
        ("杨圆华", 27),
        ("徐利水", 24),
        ("郑河江", 23),
        ("张晓峰", 21),
        ("田俊", 17),
        ("黄希和", 3),
        ("徐张艳", 1),
        ("方世忠", 1),
    ];
    assert_eq!(by_leader, BTreeMap::from(expected));
    for (leader, count) in expected {
        let listed = fresh.json(["list", "--leader", leader, "--json"]);
        assert_eq!(listed.as_array().unwrap().len(), count, "{leader}");
    }
}

#[test]
fn a_unit_is_the_same_under_each_of_its_spellings() {
    let fresh = Fresh::new();
    let keys = |unit: &str| fresh.ok(["list", "--unit", unit, "--format", "tsv"]);
    let listed = keys("市人力社保局");
    // Tasks 38 (市人社保局), 67 (市人社局), 56, 57 and 95 to 98.
    for key in ["T38\t", "T67\t", "T56\t", "T98\t"] {
        assert!(listed.contains(&format!("\n{key}")), "{key}");
    }
    assert_eq!(keys("市人社局"), listed);
    assert_eq!(keys("市人社保局"), listed);
}

#[test]
fn a_unit_is_found_by_the_full_name_that_the_notice_shortens() {
    let fresh = Fresh::new();
    for (full, printed) in [("市政府办公室", "市府办"), ("人民银行", "市人行"), ("巨化集团公司", "巨化集团")]
    {
        assert_eq!(fresh.ok(["list", "--unit", full]), fresh.ok(["list", "--unit", printed]), "{full}");
        assert!(fresh.ok(["who", full]).contains(printed), "{full}");
    }
}

#[test]
fn the_livelihood_list_has_53_rows_and_one_sum_that_differs() {
    let fresh = Fresh::new();
    let rows = fresh.json(["list", "--livelihood", "--json"]);
    let rows = rows.as_array().unwrap();
    let of = |list: &str| rows.iter().filter(|row| row["list"] == list).count();
    assert_eq!((rows.len(), of("province"), of("city")), (53, 39, 14));
    let differing: Vec<&Value> = rows.iter().filter(|row| row["sum_ok"] == false).collect();
    assert_eq!(differing.len(), 1);
    assert_eq!(
        (&differing[0]["line"], &differing[0]["sum"], &differing[0]["total"]),
        (&868.into(), &"36300".into(), &"36000".into())
    );
}

#[test]
fn check_lists_the_two_open_doubts_and_the_sum_and_is_content() {
    let fresh = Fresh::new();
    let found = fresh.json(["check", "--json"]);
    let found: Vec<(u64, &str)> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["line"].as_u64().unwrap(), one["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(found, [(841, "doubt"), (843, "doubt"), (868, "sum")]);
}

#[test]
fn settling_a_doubt_changes_the_row_and_is_in_the_log() {
    let fresh = Fresh::new();
    let before = fresh.json(["show", "P17.2", "--json"]);
    assert_eq!((&before[0]["areas"]["柯城区"], &before[0]["areas"]["市本级"]), (&"0.5".into(), &"0".into()));
    let doubts = fresh.json(["doubts", "--json"]);
    let doubt = doubts.as_array().unwrap().iter().find(|one| one["line"] == 843).unwrap();
    let place = format!("{}.{}", doubt["line"], doubt["no"]);
    let choice =
        doubt["alternatives"].as_array().unwrap().iter().position(|one| one.as_str().unwrap().contains("市本级 0.5"));
    fresh.ok(["doubts", "--settle", &place, &(choice.unwrap() + 1).to_string()]);
    let after = fresh.json(["show", "P17.2", "--json"]);
    assert_eq!((&after[0]["areas"]["柯城区"], &after[0]["areas"]["市本级"]), (&"0".into(), &"0.5".into()));
    assert_eq!(fresh.json(["doubts", "--json"]).as_array().unwrap().len(), 1);
    assert!(fresh.ok(["log", "P17.2"]).contains("核对"));
    fresh.ok(["undo"]);
    assert_eq!(fresh.json(["doubts", "--json"]).as_array().unwrap().len(), 2);
    assert_eq!(fresh.json(["show", "P17.2", "--json"]), before);
}

#[test]
fn an_area_has_its_rows_and_its_tasks() {
    let fresh = Fresh::new();
    let rows = fresh.json(["list", "--livelihood", "--area", "江山市", "--json"]);
    for row in rows.as_array().unwrap() {
        let quota = row["areas"]["江山市"].as_str().unwrap();
        assert!(!["/", "0"].contains(&quota), "{row}");
    }
    let tasks = fresh.json(["list", "--area", "jiangshan", "--json"]);
    assert!(tasks.as_array().unwrap().iter().any(|task| task["key"] == "T31"));
}
