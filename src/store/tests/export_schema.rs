//! `docs/reference/export.schema.json` is made of the types whose JSON an export holds; their comments are its descriptions.

use std::{env, fs};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::model::{Commit, Hash};
use crate::store::backup::exported::{ExportNote, RecordLine};

/// A commit, as a line of a file in `history/`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is made")]
struct HistoryLine {
    /// SHA-256 of the text of `commit`, byte for byte as it stands in the line.
    hash: Hash,
    /// The commit. Its `prev` is the `hash` of the line before; the first has zeros.
    commit: Commit,
}

/// What the texts of some types look like.
const PATTERNS: [(&str, &str); 5] = [
    ("Hash", "^[0-9a-f]{64}$"),
    ("BatchId", "^[0-9a-f]{32}$"),
    ("DocumentId", "^[a-z0-9-]{1,64}$"),
    ("Period", "^[0-9]{4}(Q[1-4]|H[12]|M[0-9]{2})$"),
    ("ItemKey", "^[A-Z]([1-9][0-9]*-)?[1-9][0-9]*(\\.[1-9][0-9]*)?$"),
];

fn made() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let (note, record, commit) = (
        generator.subschema_for::<ExportNote>(),
        generator.subschema_for::<RecordLine<'static>>(),
        generator.subschema_for::<HistoryLine>(),
    );
    let mut defs = Value::Object(generator.take_definitions(true));
    strict(&mut defs);
    for (name, pattern) in PATTERNS {
        defs[name]["pattern"] = pattern.into();
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "duban export",
        "description": "export.json is an ExportNote; each line of records.jsonl a RecordLine; each line of history/*.jsonl a HistoryLine.",
        "oneOf": [note, record, commit],
        "$defs": defs,
    })
}

/// An export holds nothing but what is described.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.contains_key("properties") && !members.contains_key("additionalProperties") {
                members.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            members.values_mut().for_each(strict);
        }
        Value::Array(items) => items.iter_mut().for_each(strict),
        _ => {}
    }
}

#[test]
fn the_schema_that_is_checked_in_is_that_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference/export.schema.json");
    let made = format!("{}\n", serde_json::to_string_pretty(&made()).unwrap());
    if env::var_os("DUBAN_BLESS").is_some() {
        fs::write(path, &made).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(made == kept, "out of date: run `DUBAN_BLESS=1 cargo test --lib export_schema`");
}

#[test]
fn every_field_is_described() {
    fn undescribed(schema: &Value, at: &str, found: &mut Vec<String>) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            for (name, property) in properties {
                // The one member that says which of several something is has its description beside it.
                if property.get("description").is_none()
                    && schema.get("required").is_none_or(|all| all != &json!([name]))
                {
                    found.push(format!("{at}/{name}"));
                }
            }
        }
        match schema {
            Value::Object(members) => {
                members.iter().for_each(|(name, value)| undescribed(value, &format!("{at}/{name}"), found));
            }
            Value::Array(items) => items.iter().for_each(|value| undescribed(value, at, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    undescribed(&made(), "", &mut found);
    assert_eq!(found, Vec::<String>::new());
}
