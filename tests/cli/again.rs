//! A document of an invented place, read again as it was corrected; doubts settled from the command line; names that pass on.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::run::Fresh;

const WORKS: [&str; 6] =
    ["新建学校三所", "改造河道二十公里", "引进百亿项目四个", "建成公园绿地八处", "整治背街小巷", "推进医院综合改革"];

/// Writes a breakdown with these works, numbered from 1, and answers its path.
fn notice(fresh: &Fresh, name: &str, works: &[&str]) -> PathBuf {
    let mut text = String::from("云溪市人民政府办公室\n2024年3月1日\n附件\n2024年政府工作报告重点工作责任分解\n");
    for (no, work) in (1..).zip(works) {
        let _ = write!(text, "{no}.{work}。\n牵头市领导：林一舟\n责任单位：市教育局、市水利局\n");
    }
    let path = fresh.home().join(name);
    fs::write(&path, text).unwrap();
    path
}

/// A ledger with the six works.
fn started() -> (Fresh, String) {
    let fresh = Fresh::new();
    let path = notice(&fresh, "云溪.txt", &WORKS);
    let read = fresh.json(["import".as_ref(), path.as_os_str(), "--json".as_ref()]);
    assert_eq!(read["differences"], Value::Null, "nothing is known of it yet");
    let slug = fresh.json(["status", "--json"])["documents"][0]["slug"].as_str().unwrap().to_owned();
    (fresh, slug)
}

fn differences(read: &Value) -> Vec<(String, String, Option<String>)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let all = read["differences"].as_array().unwrap().iter();
    all.map(|one| (text(&one["becomes"]).unwrap(), text(&one["key"]).unwrap(), text(&one["was"]))).collect()
}

#[test]
fn a_dry_run_tells_every_difference_and_writes_nothing() {
    let (fresh, _) = started();
    fresh.ok(["file", "T3", "--progress", "洽谈中", "--period", "2024Q1"]);
    let head = fresh.head();
    let mut works = WORKS.to_vec();
    works.remove(0);
    works.insert(1, "新开通勤航线两条");
    works[3] = "建成公园绿地十处";
    let path = notice(&fresh, "更正.txt", &works);
    let dry = fresh.json(["import".as_ref(), path.as_os_str(), "--dry-run".as_ref(), "--json".as_ref()]);
    let was = |key: &str| Some(key.to_owned());
    let expected = [
        ("added", "T2", None),
        ("changed", "T4", was("T4")),
        ("renumbered", "T1", was("T2")),
        ("removed", "T1", was("T1")),
    ]
    .map(|(becomes, key, was)| (becomes.to_owned(), key.to_owned(), was));
    assert_eq!(differences(&dry), expected);
    let field = &dry["differences"][1]["fields"][0];
    assert_eq!(*field, json!({"field": "text", "old": "建成公园绿地八处。", "new": "建成公园绿地十处。"}));
    assert_eq!(fresh.head(), head);
    let told = fresh.ok(["import".as_ref(), path.as_os_str(), "--dry-run".as_ref()]);
    for line in [
        "新增 T2  新开通勤航线两条。",
        "- 建成公园绿地八处。",
        "+ 建成公园绿地十处。",
        "换号 T1（原T2）",
        "缺少 T1  新建学校三所。",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let done = fresh.ok(["import".as_ref(), path.as_os_str()]);
    assert!(
        done.contains("原有 6 项") && done.contains("缺少 1 项") && done.contains("duban list --removed"),
        "{done}"
    );
    assert_eq!(fresh.head(), head + 1, "one commit");
    assert_eq!(fresh.shown("T3", "2024Q1")["progress"], "洽谈中", "引进百亿项目 is 3 as before");
    let gone = fresh.json(["list", "--removed", "--json"]);
    assert_eq!((&gone[0]["key"], &gone[0]["was"], gone.as_array().unwrap().len()), (&json!("D1"), &json!("T1"), 1));
    assert!(gone[0]["lead_units"].is_array(), "{gone}");
    assert_eq!(fresh.json(["list", "--json"]).as_array().unwrap().len(), 6);
    assert_eq!(fresh.json(["show", "D1", "--json"])[0]["text"], "新建学校三所。");
    let same = fresh.json(["import".as_ref(), path.as_os_str(), "--json".as_ref()]);
    assert_eq!(same["differences"], json!([]));
    assert_eq!(fresh.head(), head + 1, "reading it again changes nothing");
}

#[test]
fn the_log_of_an_item_follows_it_and_a_reading_that_was_filed_on_is_not_undone() {
    let (fresh, _) = started();
    fresh.ok(["file", "T2", "--progress", "开工", "--period", "2024Q1"]);
    let mut works = WORKS.to_vec();
    works.insert(0, "新开通勤航线两条");
    let path = notice(&fresh, "更正.txt", &works);
    fresh.ok(["import".as_ref(), path.as_os_str()]);
    let import = fresh.head().to_string();
    let intents = |key: &str| -> Vec<String> {
        let log = fresh.json(["log", key, "--json"]);
        log.as_array().unwrap().iter().map(|one| one["intent"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(intents("T3"), ["import", "file", "import"]);
    fresh.ok(["file", "T3", "--progress", "过半", "--period", "2024Q2"]);
    let refused = fresh.fails(3, ["undo", import.as_str()]);
    assert!(refused.err.contains("T3"), "{refused:?}");
    fresh.ok(["undo"]);
    assert_eq!(fresh.shown("T3", "2024Q1")["progress"], "开工");
}

#[test]
fn another_document_of_the_same_place_and_year_is_not_read_over_the_first() {
    let (fresh, slug) = started();
    let others = ["加快机场扩建工程", "提升地铁运营水平", "开展文化下乡活动", "培育专精特新企业", "压减财政一般支出"];
    let path = notice(&fresh, "另一份.txt", &others);
    let head = fresh.head();
    let refused = fresh.fails(3, ["import".as_ref(), path.as_os_str()]);
    assert!(refused.err.contains("--as"), "{refused:?}");
    assert_eq!(fresh.head(), head);
    let second = format!("{slug}-2");
    fresh.ok(["import".as_ref(), path.as_os_str(), "--as".as_ref(), second.as_ref()]);
    assert_eq!(fresh.json(["list", "--json", "--doc", &second]).as_array().unwrap().len(), 5);
    assert_eq!(fresh.json(["list", "--json", "--doc", &slug]).as_array().unwrap().len(), 6);
    fresh.fails(2, ["import".as_ref(), path.as_os_str(), "--as".as_ref(), "第二份".as_ref()]);
}

#[test]
fn an_edited_copy_of_the_programs_own_document_keeps_what_was_corrected_and_settled() {
    let fresh = Fresh::new();
    fresh.ok(["doubts", "--settle", "843", "2"]);
    let before = fresh.json(["list", "--livelihood", "--json"]);
    let text = duban::import::seed::TEXT.replace("负 70 亿元以上", "负 80 亿元以上").replace('\n', "\r\n");
    let path = fresh.home().join("副本.txt");
    fs::write(&path, text).unwrap();
    let read = fresh.json(["import".as_ref(), path.as_os_str(), "--json".as_ref()]);
    assert_eq!(differences(&read), [("changed".to_owned(), "T4".to_owned(), Some("T4".to_owned()))]);
    let after = fresh.json(["list", "--livelihood", "--json"]);
    assert_eq!(before, after);
    assert_eq!(fresh.json(["doubts", "--json"]).as_array().unwrap().len(), 1);
}

#[test]
fn doubts_are_settled_by_what_is_typed_by_kind_and_opened_again() {
    let fresh = Fresh::new();
    let all = fresh.json(["doubts", "--json"]).as_array().unwrap().len();
    let row = |fresh: &Fresh| fresh.shown("P17.2", "2024Q1");
    let before = row(&fresh);
    fresh.ok(["doubts", "--read", "843", "--set", "市本级=1", "--set", "柯城区=0", "--set", "牵头单位=市水利局"]);
    let typed = row(&fresh);
    assert_eq!((&typed["areas"]["市本级"], &typed["areas"]["柯城区"]), (&json!("1"), &json!("0")));
    let settled = fresh.json(["doubts", "--all", "--json"]);
    let doubt = settled.as_array().unwrap().iter().find(|one| one["typed"] == true).unwrap();
    assert_eq!((&doubt["line"], doubt["alternatives"].as_array().unwrap().len()), (&json!(843), 3));
    let refused = fresh.fails(2, ["doubts", "--read", "843", "--set", "丙区=1"]);
    assert!(refused.err.contains("丙区") && refused.err.contains("柯城区"), "{refused:?}");
    fresh.fails(2, ["doubts", "--read", "843", "--set", "没有等号"]);
    fresh.ok(["doubts", "--reopen", "843"]);
    assert_eq!(row(&fresh)["areas"], before["areas"], "as it was read before");
    assert_eq!(fresh.json(["doubts", "--json"]).as_array().unwrap().len(), all);
    let kind = doubt["what"].as_str().unwrap();
    assert_eq!(fresh.json(["doubts", "--kind", kind, "--json"]).as_array().unwrap().len(), 1);
    fresh.ok(["doubts", "--accept", kind]);
    assert_eq!(fresh.json(["doubts", "--json"]).as_array().unwrap().len(), all - 1);
    fresh.ok(["undo"]);
    assert_eq!(fresh.json(["doubts", "--json"]).as_array().unwrap().len(), all);
    fresh.fails(1, ["doubts", "--accept", "没有这一类"]);
}

#[test]
fn a_view_takes_a_unit_by_every_name_that_a_list_takes_and_finds_its_items_in_every_period() {
    let (fresh, _) = started();
    fresh.ok(["unit", "市水利局", "--to", "市水务局", "--since", "2024-07-01"]);
    for typed in ["市水务局", "市水利局", "水务", "shuiwu"] {
        fresh.ok(["view", "水务", "--save", "--unit", typed]);
        assert_eq!(fresh.json(["view", "水务", "--json"])[0]["unit"], "市水务局", "{typed}");
        for period in ["2024Q1", "2024Q2", "2024Q3"] {
            let found = fresh.json(["list", "--view", "水务", "--period", period, "--json"]);
            assert_eq!(found.as_array().unwrap().len(), 6, "{typed} {period}");
        }
        fresh.ok(["view", "水务", "--remove"]);
    }
    fresh.fails(1, ["view", "水务", "--save", "--unit", "没有这个局"]);
}

#[test]
fn names_pass_on_from_a_day_and_earlier_periods_keep_the_old_ones() {
    let (fresh, _) = started();
    fresh.ok(["unit", "市水利局", "--to", "市水务局", "--since", "2024-07-01"]);
    fresh.ok(["leader", "林一舟", "--to", "何青禾", "--since", "2024-04-01"]);
    let shown = |period: &str| {
        let item = fresh.shown("T1", period);
        (item["leaders"][0].as_str().unwrap().to_owned(), item["coop_units"][0].as_str().unwrap().to_owned())
    };
    let names = |leader: &str, unit: &str| (leader.to_owned(), unit.to_owned());
    assert_eq!(shown("2024Q1"), names("林一舟", "市水利局"));
    assert_eq!(shown("2024Q2"), names("何青禾", "市水利局"));
    assert_eq!(shown("2024Q3"), names("何青禾", "市水务局"));
    for old in ["市水利局", "市水务局"] {
        assert_eq!(fresh.json(["list", "--unit", old, "--json"]).as_array().unwrap().len(), 6, "{old}");
    }
    assert_eq!(fresh.json(["list", "--leader", "林一舟", "--json"]).as_array().unwrap().len(), 6);
    for name in ["林一舟", "何青禾", "linyizhou", "lyz"] {
        let found = fresh.json(["who", name, "--json"]);
        assert!(found.as_array().unwrap().len() >= 6, "{name}: {found}");
    }
    // In a period before it had its name, it is found by that all the same.
    for name in ["市水利局", "市水务局"] {
        let found = fresh.json(["list", "--unit", name, "--period", "2024Q1", "--json"]);
        assert_eq!(found.as_array().unwrap().len(), 6, "{name}");
    }
    let known = fresh.json(["unit", "--json"]);
    assert_eq!(known, json!([{"name": "市水利局", "to": "市水务局", "since": "2024-07-01"}]));
    fresh.fails(2, ["unit", "市水务局", "--to", "市水利局", "--since", "2024-08-01"]);
    fresh.fails(1, ["unit", "市没有局", "--to", "市水务局", "--since", "2024-08-01"]);
    assert!(fresh.ok(["log"]).contains("市水务局"), "it is in the log");
    fresh.ok(["undo"]);
    assert_eq!(shown("2024Q2").0, "林一舟");
    fresh.ok(["unit", "市水利局", "--clear"]);
    assert_eq!(shown("2024Q3").1, "市水利局");
    let report = fresh.ok(["report", "2024Q3", "--for", "unit:市水利局"]);
    assert!(report.contains("市水利局"), "{report}");
}
