//! Exports hold to their schema, the page names all that is in them, and their tables are harmless.

#[path = "../schema/faults.rs"]
mod faults;

use std::collections::BTreeSet;
use std::path::Path;

use duban::catalog::Lang;
use duban::report::everything::Table;
use serde_json::Value;

use crate::run::Fresh;
use faults::faults;

const PAGE: &str = include_str!("../../docs/EXPORT.md");
/// A journal as released, whose first line has a record of every kind.
const GOLDEN: &str = include_str!("../golden/journal-5.jsonl");

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/reference/export.schema.json")).unwrap()
}

/// What of a value is not as a definition of the schema says.
fn check(schema: &Value, of: &str, value: &Value) -> Vec<String> {
    faults(&schema["$defs"][of], value, schema, of)
}

/// Every file of JSON in an export, line by line, with the definition that it is to hold to.
fn values(out: &Path) -> Vec<(&'static str, Value)> {
    let text = |path: &Path| std::fs::read_to_string(path).unwrap();
    let lines =
        |path: &Path| text(path).lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
    let mut found = vec![("ExportNote", serde_json::from_str(&text(&out.join("export.json"))).unwrap())];
    found.extend(lines(&out.join("records.jsonl")).into_iter().map(|value| ("RecordLine", value)));
    for entry in std::fs::read_dir(out.join("history")).unwrap() {
        found.extend(lines(&entry.unwrap().path()).into_iter().map(|value| ("HistoryLine", value)));
    }
    found
}

#[test]
fn the_export_of_the_demonstration_is_as_the_schema_says() {
    let fresh = Fresh::new();
    fresh.ok(["--demo", "export", "out"]);
    let (schema, values) = (schema(), values(&fresh.home().join("out")));
    assert!(values.len() > 600, "{}", values.len());
    for (of, value) in &values {
        assert_eq!(check(&schema, of, value), Vec::<String>::new());
    }
    // Each is of one kind only, as the schema as a whole says too.
    for (_, value) in values.iter().step_by(97) {
        assert_eq!(faults(&schema, value, &schema, ""), Vec::<String>::new());
    }
    assert_eq!(
        std::fs::read_to_string(fresh.home().join("out/export.schema.json")).unwrap(),
        include_str!("../../docs/reference/export.schema.json")
    );
}

#[test]
fn records_of_every_kind_are_as_the_schema_says_and_come_back() {
    let fresh = Fresh::new();
    std::fs::create_dir_all(fresh.data().join("journal")).unwrap();
    let line = GOLDEN.split_inclusive('\n').next().unwrap();
    std::fs::write(fresh.data().join("journal/000001.jsonl"), line).unwrap();
    fresh.ok(["export", "out"]);
    let (schema, values) = (schema(), values(&fresh.home().join("out")));
    let mut kinds = BTreeSet::new();
    for (of, value) in &values {
        assert_eq!(check(&schema, of, value), Vec::<String>::new());
        kinds.extend(value["record"].as_object().into_iter().flat_map(|record| record.keys().cloned()));
    }
    let known = schema["$defs"]["Record"]["oneOf"].as_array().unwrap().iter();
    let known: BTreeSet<String> = known.map(|kind| kind["required"][0].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, known);
    fresh.ok(["restore", "out", "back"]);
    assert_eq!(std::fs::read_to_string(fresh.home().join("back/journal/000001.jsonl")).unwrap(), line);
    // And the check can fail.
    let (of, good) =
        values.iter().find(|(of, value)| *of == "RecordLine" && value["record"].get("task").is_some()).unwrap();
    let spoilt = |change: &dyn Fn(&mut Value)| {
        let mut value = good.clone();
        change(&mut value);
        check(&schema, of, &value)
    };
    assert!(!spoilt(&|value| value["record"]["task"]["more"] = 1.into()).is_empty());
    assert!(!spoilt(&|value| value["record"]["task"]["deadline"] = "soon".into()).is_empty());
    assert!(!spoilt(&|value| value["record"]["task"]["key"] = "48".into()).is_empty());
    assert!(!spoilt(&|value| drop(value["record"]["task"]["text"].take())).is_empty());
}

/// The names that stand in a schema: of members, and of the words that are one of several.
fn names(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(members) = schema.get("properties").and_then(Value::as_object) {
        found.extend(members.keys().cloned());
    }
    found.extend(schema.get("const").and_then(Value::as_str).map(str::to_owned));
    found.extend(
        schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned),
    );
    match schema {
        Value::Object(members) => members.values().for_each(|value| names(value, found)),
        Value::Array(items) => items.iter().for_each(|value| names(value, found)),
        _ => {}
    }
}

#[test]
fn the_page_names_every_field_every_word_and_every_column() {
    let schema = schema();
    let mut missing = Vec::new();
    for (of, definition) in schema["$defs"].as_object().unwrap() {
        let mut all = BTreeSet::new();
        names(definition, &mut all);
        let there = |name: &str| ["`", "`\"", "`{\""].iter().any(|before| PAGE.contains(&format!("{before}{name}")));
        missing.extend(all.into_iter().filter(|name| !there(name)).map(|name| format!("{of}: {name}")));
    }
    for table in Table::ALL {
        let line = PAGE.lines().find(|line| line.starts_with(&format!("`csv/{}.csv`: ", table.name())));
        let columns: Vec<String> =
            table.head(Lang::En).iter().zip(table.head(Lang::Zh)).map(|(en, zh)| format!("`{en}` {zh}")).collect();
        let wanted = format!("`csv/{}.csv`: {}", table.name(), columns.join(", "));
        if line.is_none_or(|line| !line.starts_with(&wanted)) {
            missing.push(wanted);
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "docs/EXPORT.md lacks these");
}

#[test]
fn the_tables_hold_every_record_and_no_formula() {
    let fresh = Fresh::new();
    fresh.ok([
        "file",
        "T5",
        "--period",
        "2024Q3",
        "--percent",
        "60",
        "--progress",
        "=HYPERLINK(\"http://x\")",
        "--problems",
        "缺\n“钱”,人",
    ]);
    fresh.ok(["quota", "P1.1", "江山市", "8.2", "--period", "2024Q3"]);
    fresh.ok(["unit", "市水利局", "--to", "市水务局", "--since", "2024-07-01"]);
    fresh.ok(["export", "out"]);
    let read = |name: &str| {
        let bytes = std::fs::read(fresh.home().join(format!("out/csv/{name}.csv"))).unwrap();
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let mut reader = csv::Reader::from_reader(text);
        let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        (head, reader.records().map(Result::unwrap).collect::<Vec<_>>())
    };
    let (head, filings) = read("filings");
    assert_eq!(head[..4], ["文件", "编号", "填报期", "完成率"]);
    let cells: Vec<&str> = filings[0].iter().collect();
    assert_eq!(cells[1..8], ["T5", "2024Q3", "60", "'=HYPERLINK(\"http://x\")", "缺\n“钱”,人", "", "pending"]);
    let (_, cells) = read("cells");
    assert!(
        cells.iter().any(|row| row.iter().skip(1).take(4).eq(["P1.1", "江山市", "amount", "52380"])),
        "{:?}",
        cells[0]
    );
    let (_, done) = read("done");
    assert_eq!(done[0].iter().skip(1).take(4).collect::<Vec<_>>(), ["P1.1", "江山市", "2024Q3", "8.2"]);
    let records = std::fs::read_to_string(fresh.home().join("out/records.jsonl")).unwrap();
    let of_kind =
        |kind: &str| records.lines().filter(|line| line.contains(&format!("\"record\":{{\"{kind}\""))).count();
    for (kind, table) in
        [("task", "tasks"), ("row", "rows"), ("finding", "findings"), ("target", "targets"), ("document", "documents")]
    {
        assert_eq!(read(table).1.len(), of_kind(kind), "{table}");
        assert!(of_kind(kind) > 0);
    }
    let (head, history) = read("history");
    assert_eq!(head.len(), 13);
    assert_eq!(history.iter().map(|row| row[0].to_owned()).collect::<BTreeSet<_>>().len() as u64, fresh.head());
    let (_, successors) = read("successors");
    assert_eq!(
        successors[0].iter().skip(1).take(4).collect::<Vec<_>>(),
        ["unit", "市水利局", "市水务局", "2024-07-01"]
    );
    fresh.ok(["--lang", "en", "export", "en"]);
    let text = std::fs::read_to_string(fresh.home().join("en/csv/tasks.csv")).unwrap();
    let head = text.lines().next().unwrap();
    assert!(
        head.ends_with("document,key,no,chapter,text,leaders,lead_units,coop_units,deadline,line,version"),
        "{head}"
    );
}

#[test]
fn an_export_is_not_imported_as_a_breakdown() {
    let fresh = Fresh::new();
    fresh.ok(["export", "out"]);
    let ran = fresh.fails(2, ["import", "out"]);
    assert!(ran.err.contains("duban restore out"), "{ran:?}");
}

#[test]
fn what_was_changed_in_an_export_is_said_with_line_and_column() {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", "已开工"]);
    fresh.ok(["export", "out"]);
    let path = fresh.home().join("out/records.jsonl");
    let good = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, good.replace("已开工", "已完工")).unwrap();
    let line = good.lines().position(|line| line.contains("已开工")).unwrap();
    let column = good.lines().nth(line).unwrap().split("开工").next().unwrap().chars().count() + 1;
    let ran = fresh.fails(2, ["restore", "out", "back"]);
    assert!(ran.err.contains(&format!("records.jsonl 第 {} 行第 {column} 列", line + 1)), "{ran:?}");
    assert!(!fresh.home().join("back").exists());
    // The same damage in the history; the commits before it are still restored.
    std::fs::write(&path, &good).unwrap();
    let path = fresh.home().join("out/history/000001.jsonl");
    let history = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, history.replace("已开工", "已完工")).unwrap();
    let ran = fresh.fails(2, ["restore", "out", "back"]);
    assert!(ran.err.contains("history/000001.jsonl 第 2 行第 85 列"), "{ran:?}");
    fresh.ok(["restore", "out", "back", "--at", "1"]);
}
