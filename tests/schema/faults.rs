//! A validator of JSON schemas, as far as ours use them.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

/// What of the value is not as the schema says; the keywords are those that the schema uses, any other is an error.
pub(crate) fn faults(schema: &Value, value: &Value, root: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let fault = |what: String| vec![format!("{at}: {what}")];
    for (keyword, rule) in schema.as_object().unwrap() {
        found.extend(match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "default" => Vec::new(),
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#").unwrap();
                faults(root.pointer(name).unwrap(), value, root, at)
            }
            "type" => {
                let kinds = rule.as_array().map_or_else(|| vec![rule], |kinds| kinds.iter().collect());
                let fits = kinds.iter().any(|kind| is(value, kind.as_str().unwrap()));
                if fits { Vec::new() } else { fault(format!("no {rule}: {value}")) }
            }
            "format" => {
                let fits = match (rule.as_str().unwrap(), value.as_str()) {
                    ("date", Some(text)) => text.parse::<NaiveDate>().is_ok(),
                    ("date-time", Some(text)) => DateTime::parse_from_rfc3339(text).is_ok(),
                    ("date" | "date-time", None) => true,
                    (number, _) => number.starts_with("uint"),
                };
                if fits { Vec::new() } else { fault(format!("not of the form {rule}: {value}")) }
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
            "anyOf" => {
                let fits = rule.as_array().unwrap().iter().any(|one| faults(one, value, root, at).is_empty());
                if fits { Vec::new() } else { fault("fits none of the choices".to_owned()) }
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
            "minimum" if value.as_i64().is_none_or(|value| Some(value) >= rule.as_i64()) => Vec::new(),
            "maximum" if value.as_i64().is_none_or(|value| Some(value) <= rule.as_i64()) => Vec::new(),
            "minItems" | "maxItems" | "minimum" | "maximum" => fault(format!("beyond {keyword} {rule}: {value}")),
            "pattern" => {
                let fits = value.as_str().is_none_or(|text| is_like(text, rule.as_str().unwrap()));
                if fits { Vec::new() } else { fault(format!("not like {rule}: {value}")) }
            }
            other => panic!("a keyword that this test does not know: {other}"),
        });
    }
    found
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("type {other}"),
    }
}

/// A few patterns, and no engine for them here: what parses is what they mean.
fn is_like(text: &str, pattern: &str) -> bool {
    let hex =
        |digits: usize| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    match pattern {
        "^-?[0-9]+(\\.[0-9]+)?$" | "^-?\\d+(\\.\\d+)?([eE]\\d+)?$" => text.parse::<rust_decimal::Decimal>().is_ok(),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => text.parse::<NaiveDate>().is_ok(),
        "^[0-9]{4}(Q[1-4]|H[12]|M[0-9]{2})$" => text.parse::<duban::model::Period>().is_ok(),
        "^[0-9a-f]{64}$" => hex(64),
        "^[0-9a-f]{32}$" => hex(32),
        "^[a-z0-9-]{1,64}$" => text.parse::<duban::model::Key>().is_ok() && !text.contains('/'),
        "^[A-Z]([1-9][0-9]*-)?[1-9][0-9]*(\\.[1-9][0-9]*)?$" => text.parse::<duban::model::ItemKey>().is_ok(),
        other => panic!("a pattern that this test does not know: {other}"),
    }
}
