//! The shapes that programs read: JSON, TSV, CSV.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::Fresh;

#[test]
fn a_column_whose_name_holds_a_slash_keeps_its_figures() {
    let fresh = Fresh::new();
    let path = fresh.home().join("民生.csv");
    let table = "2024年民生实事任务分解表\n序号,指标名称,全市任务,高新区/经开区,东桥区,牵头单位\n1,新增托位（个）,300,200,100,市卫健委\n";
    std::fs::write(&path, table).unwrap();
    fresh.ok(["import".as_ref(), path.as_os_str()]);
    fresh.ok(["quota", "C1", "高新区/经开区", "50", "--period", "2024Q3"]);
    fresh.ok(["verify"]);
    let row = &fresh.json(["show", "C1", "--period", "2024Q3", "--json"]);
    assert!(row.to_string().contains("\"50\""), "{row}");
    fresh.ok(["undo"]);
    fresh.ok(["verify"]);
}

fn names(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn has(value: &Value, wanted: &[&str]) {
    let names = names(value);
    for name in wanted {
        assert!(names.contains(name), "{name} is missing in {value}");
    }
}

const TASK: [&str; 16] = [
    "key",
    "no",
    "list",
    "chapter",
    "text",
    "leaders",
    "lead_units",
    "coop_units",
    "units",
    "deadline",
    "targets",
    "status",
    "light",
    "percent",
    "filing",
    "doubts",
];
const ROW: [&str; 18] = [
    "key",
    "list",
    "item",
    "sub",
    "category",
    "name",
    "goal",
    "kind",
    "total",
    "unit",
    "areas",
    "done",
    "sum",
    "sum_ok",
    "lead_units",
    "coop_units",
    "line",
    "doubts",
];

#[test]
fn lists_have_the_documented_members() {
    let fresh = Fresh::new();
    has(&fresh.json(["list", "--json"])[0], &TASK);
    has(&fresh.json(["list", "--livelihood", "--format", "json"])[0], &ROW);
    has(&fresh.json(["show", "T5", "--json"])[0], &[&TASK[..], &["period", "progress", "problems", "next"]].concat());
    has(&fresh.json(["who", "czj", "--json"])[0], &["key", "no", "title", "leaders", "lead_units", "coop_units"]);
    has(&fresh.json(["doubts", "--json"])[0], &["line", "what", "reading", "alternatives", "confidence"]);
    has(&fresh.json(["check", "--json"])[0], &["line", "key", "no", "kind", "what"]);
    has(
        &fresh.json(["log", "--json"])[0],
        &["seq", "prev", "hash", "id", "at", "actor", "intent", "undoes", "changes"],
    );
    has(&fresh.json(["status", "--json"]), &["version", "data", "seq", "hash", "records", "held_by", "documents"]);
    has(
        &fresh.json(["report", "2024Q3", "--format", "json"]),
        &["schema", "document", "title", "demo", "period", "made_on", "tasks", "quota_rows", "areas", "report"],
    );
}

/// The members that the reference documents for a command, in both languages.
fn documented(command: &str) -> BTreeSet<String> {
    let [zh, en] = ["zh", "en"].map(|lang| {
        let path = format!("{}/docs/reference/json.{lang}.md", env!("CARGO_MANIFEST_DIR"));
        let page = std::fs::read_to_string(path).unwrap();
        let line = page.lines().find(|line| line.starts_with(&format!("| `{command}"))).unwrap();
        let members = line.split('`').skip(3).find(|code| code.contains(' ')).unwrap();
        members.split(' ').map(str::to_owned).collect::<BTreeSet<_>>()
    });
    assert_eq!(zh, en, "{command}");
    en
}

#[test]
fn the_reference_names_every_member_and_no_other() {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    fresh.ok(["target", &task, "--add", "--metric", "步道", "--value", "4"]);
    fresh.ok(["step", "T5", "--add", "招标"]);
    fresh.ok(["request", "T5", "close", "完成"]);
    fresh.ok(["view", "红", "--save", "--light", "red"]);
    let cases: [(&str, &[&str]); 20] = [
        ("target", &["target", &task, "--json"]),
        ("step", &["step", "T5", "--json"]),
        ("request", &["request", "T5", "--json"]),
        ("chase", &["chase", "--json"]),
        ("why", &["why", "T5", "--json"]),
        ("view", &["view", "--json"]),
        ("settings", &["settings", "--json"]),
        ("bulletin", &["bulletin", "2024Q3", "--json"]),
        ("list`", &["list", "--json"]),
        ("list --livelihood", &["list", "--livelihood", "--json"]),
        ("who", &["who", "czj", "--json"]),
        ("doubts", &["doubts", "--json"]),
        ("check", &["check", "--json"]),
        ("log", &["log", "--json"]),
        ("role", &["role", "--json"]),
        ("status", &["status", "--json"]),
        ("backup", &["backup", "b.zip", "--json"]),
        ("restore", &["restore", "b.zip", "--dry-run", "--json"]),
        ("verify", &["verify", "--json"]),
        ("repair", &["repair", "--dry-run", "--json"]),
    ];
    for (command, args) in cases {
        let printed = fresh.json(args);
        let one = if printed.is_array() { &printed[0] } else { &printed };
        assert_eq!(names(one), documented(command).iter().map(String::as_str).collect(), "{command}");
    }
    let report = fresh.json(["report", "2024Q3", "--format", "json"]);
    assert_eq!(names(&report), documented("report").iter().map(String::as_str).collect());
}

#[test]
fn amounts_are_decimals_as_text() {
    let fresh = Fresh::new();
    let rows = fresh.json(["list", "--livelihood", "--json"]);
    let row = rows.as_array().unwrap().iter().find(|row| row["line"] == 842).unwrap();
    assert_eq!((&row["areas"]["衢江区"], &row["total"], &row["sum"]), (&"21.4".into(), &"83".into(), &"83".into()));
}

#[test]
fn tsv_has_a_head_and_as_many_cells_on_every_line() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--progress", "一行\t有制表符\n两行"]);
    for args in [&["list"][..], &["list", "--livelihood"], &["who", "czj"], &["doubts", "--all"], &["check"], &["log"]]
    {
        let out = fresh.ok(args);
        let mut lines = out.lines().map(|line| line.split('\t').count());
        let head = lines.next().unwrap();
        assert!(head > 4 && lines.all(|cells| cells == head), "{args:?}");
    }
    assert!(
        fresh
            .ok(["list"])
            .starts_with("key\tno\tlight\tstatus\tpercent\ttext\tleaders\tlead_units\tcoop_units\tdeadline\tfiling\n")
    );
}

#[test]
fn the_head_of_a_tsv_is_the_same_in_both_languages() {
    let fresh = Fresh::new();
    assert_eq!(fresh.ok(["list"]), fresh.ok(["list", "--lang", "en"]));
    assert_eq!(fresh.ok(["list", "--livelihood"]), fresh.ok(["list", "--livelihood", "--lang", "en"]));
}

#[test]
fn csv_is_csv() {
    let fresh = Fresh::new();
    let text = fresh.ok(["list", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.records().map(Result::unwrap).count(), 130);
}
