//! What is made holds to `docs/reference/report.schema.json`, member by member.

use chrono::NaiveDate;
use duban::catalog::Lang;
use duban::model::Book;
use duban::report::ask::SCHEMA;
use duban::report::{Made, What, make};
use serde_json::{Value, json};

use crate::books::demonstration;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/reference/report.schema.json")).unwrap()
}

fn made(lang: Lang) -> Made {
    let ledger = demonstration();
    let day = NaiveDate::from_ymd_opt(2024, 10, 25).unwrap();
    make(&Book::newest(&ledger).unwrap(), &What::Bulletin, "2024Q3".parse().unwrap(), day, lang)
}

/// What of the value is not as the schema says; the keywords are those that the schema uses, any other is an error.
fn faults(schema: &Value, value: &Value, root: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let fault = |what: String| vec![format!("{at}: {what}")];
    for (keyword, rule) in schema.as_object().unwrap() {
        found.extend(match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => Vec::new(),
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#").unwrap();
                faults(root.pointer(name).unwrap(), value, root, at)
            }
            "type" => {
                let fits = match rule.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    other => panic!("type {other}"),
                };
                if fits { Vec::new() } else { fault(format!("no {rule}: {value}")) }
            }
            "const" if value == rule => Vec::new(),
            "const" => fault(format!("not {rule}: {value}")),
            "enum" if rule.as_array().unwrap().contains(value) => Vec::new(),
            "enum" => fault(format!("none of {rule}: {value}")),
            "oneOf" => {
                let fitting =
                    rule.as_array().unwrap().iter().filter(|one| faults(one, value, root, at).is_empty()).count();
                if fitting == 1 { Vec::new() } else { fault(format!("fits {fitting} of the choices")) }
            }
            "required" => {
                let names = rule.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                let missing: Vec<&str> = names.filter(|name| value.get(name).is_none()).collect();
                if missing.is_empty() { Vec::new() } else { fault(format!("without {missing:?}")) }
            }
            "properties" => {
                let each = rule.as_object().unwrap().iter();
                let each = each.filter_map(|(name, rule)| Some((name, rule, value.get(name)?)));
                each.flat_map(|(name, rule, value)| faults(rule, value, root, &format!("{at}/{name}"))).collect()
            }
            "additionalProperties" => {
                let named = |name: &str| schema.get("properties").is_some_and(|known| known.get(name).is_some());
                let others = value.as_object().into_iter().flatten().filter(|(name, _)| !named(name));
                let others = others.flat_map(|(name, value)| match rule {
                    Value::Bool(true) => Vec::new(),
                    Value::Bool(false) => fault(format!("`{name}` is not known")),
                    rule => faults(rule, value, root, &format!("{at}/{name}")),
                });
                others.collect()
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                items.flat_map(|(no, item)| faults(rule, item, root, &format!("{at}/{no}"))).collect()
            }
            "prefixItems" => {
                let items = value.as_array().into_iter().flatten().zip(rule.as_array().unwrap()).enumerate();
                items.flat_map(|(no, (item, rule))| faults(rule, item, root, &format!("{at}/{no}"))).collect()
            }
            "minItems" if value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()) => {
                Vec::new()
            }
            "maxItems" if value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()) => {
                Vec::new()
            }
            "minimum" if value.as_i64() >= rule.as_i64() => Vec::new(),
            "maximum" if value.as_i64() <= rule.as_i64() => Vec::new(),
            "minItems" | "maxItems" | "minimum" | "maximum" => fault(format!("beyond {keyword} {rule}: {value}")),
            "pattern" => {
                // Three patterns, and no engine for them here: what parses is what they mean.
                let text = value.as_str().unwrap_or_default();
                let fits = match rule.as_str().unwrap() {
                    "^-?[0-9]+(\\.[0-9]+)?$" => text.parse::<rust_decimal::Decimal>().is_ok(),
                    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => text.parse::<NaiveDate>().is_ok(),
                    _ => text.parse::<duban::model::Period>().is_ok(),
                };
                if fits { Vec::new() } else { fault(format!("not like {rule}: {value}")) }
            }
            other => panic!("a keyword that this test does not know: {other}"),
        });
    }
    found
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
