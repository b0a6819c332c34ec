//! What is made holds to `docs/reference/report.schema.json`, member by member.

#[path = "../schema/faults.rs"]
mod faults;

use chrono::NaiveDate;
use duban::catalog::Lang;
use duban::model::Book;
use duban::report::ask::SCHEMA;
use duban::report::{Made, What, make};
use serde_json::{Value, json};

use crate::books::demonstration;
use faults::faults;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/reference/report.schema.json")).unwrap()
}

fn made(lang: Lang) -> Made {
    let ledger = demonstration();
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
