//! What is made holds to `docs/reference/report.schema.json`, member by member.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "schema/faults.rs"]
mod faults;

use chrono::{DateTime, NaiveDate};
use duban::catalog::Lang;
use duban::import::{demo, read, seed};
use duban::model::{Actor, Batch, BatchId, Book, Hash, Intent, Ledger};
use duban::report::ask::SCHEMA;
use duban::report::{Made, What, make};
use serde_json::{Value, json};

use faults::faults;

fn schema() -> Value {
    serde_json::from_str(include_str!("../docs/reference/report.schema.json")).unwrap()
}

fn made(lang: Lang) -> Made {
    let mut ledger = Ledger::default();
    let write = |ledger: &mut Ledger, batch: &Batch| {
        let commit = ledger.prepare(&Actor { uid: 0, name: "clerk".to_owned() }, batch).unwrap();
        ledger.apply(&commit, Hash::default()).unwrap();
    };
    let at = DateTime::UNIX_EPOCH.into();
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let batch = reading.batch(&ledger, BatchId([1; 16]), at).unwrap();
    write(&mut ledger, &batch);
    let writes = demo::progress(&Book::newest(&ledger).unwrap());
    write(&mut ledger, &Batch { id: BatchId([2; 16]), at, intent: Intent::Demo, undoes: None, writes });
    let day = NaiveDate::from_ymd_opt(2024, 10, 25).unwrap();
    make(&Book::newest(&ledger).unwrap(), &What::Bulletin, "2024Q3".parse().unwrap(), day, lang)
}

fn check(value: &Value) -> Vec<String> {
    let schema = schema();
    faults(&schema, value, &schema, "")
}

#[test]
fn a_bulletin_is_as_the_schema_says_and_reads_back_the_same() {
    for lang in [Lang::Zh, Lang::En] {
        let made = made(lang);
        let value = serde_json::to_value(&made).unwrap();
        assert_eq!(check(&value), Vec::<String>::new());
        assert_eq!(
            (value.get("schema"), schema().pointer("/properties/schema/const")),
            (Some(&json!(SCHEMA)), Some(&json!(SCHEMA)))
        );
        let text = serde_json::to_string(&made).unwrap();
        let back: Made = serde_json::from_str(&text).unwrap();
        assert_eq!(back, made);
        assert_eq!(serde_json::to_string(&back).unwrap(), text, "to the byte");
    }
}

#[test]
fn what_is_not_as_the_schema_says_is_found() {
    let whole = serde_json::to_value(made(Lang::Zh)).unwrap();
    let cases: [(&str, Value); 5] = [
        ("/report/blocks/0", json!({"paragraph": 1})),
        ("/report/demo", json!("no")),
        ("/tasks/0/deadline", json!(null)),
        ("/areas/0/average", json!(12.5)),
        ("/report/signed", json!({"by": "", "on": ""})),
    ];
    for (at, value) in cases {
        let mut spoilt = whole.clone();
        *spoilt.pointer_mut(at).unwrap() = value;
        assert!(!check(&spoilt).is_empty(), "{at}");
    }
    let mut more = whole;
    more.as_object_mut().unwrap().insert("more".to_owned(), json!(1));
    assert_eq!(check(&more), [": `more` is not known"]);
}
