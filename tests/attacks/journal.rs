//! A ledger whose journal somebody wrote by hand: every text of every record holds everything hostile, and each line has a right checksum.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::hostile;
use crate::run::Fresh;
use crate::scan;

/// A ledger with a record of every kind that a person makes, by the command line.
pub(crate) fn worked_on() -> Fresh {
    let fresh = Fresh::new();
    let task = fresh.plain_task();
    for args in [
        &[
            "file",
            &task,
            "--period",
            "2024Q3",
            "--percent",
            "40",
            "--progress",
            "推进中",
            "--problems",
            "用地",
            "--next",
            "协调",
        ][..],
        &["quota", "P17.1", "江山市", "8.2", "--period", "2024Q3"],
        &["light", &task, "red", "核查不实", "--period", "2024Q3"],
        &["chase", &task, "--period", "2024Q3", "--note", "已电话催办"],
        &["step", &task, "--add", "招标", "--unit", "市财政局"],
        &["request", &task, "extend", "征地未完", "--until", "2099-12-31"],
        &["decide", &task, "1", "--refuse", "理由不足", "--approver", "分管领导"],
        &["view", "红灯", "--save", "--light", "red"],
        &[
            "bulletin",
            "2024Q3",
            "--name",
            "政务督查",
            "--number",
            "（第3期）",
            "--opening",
            "现通报如下",
            "--next",
            "一是抓紧。",
            "--to",
            "各县市",
        ],
        &["review", &task, "--return", "请补充", "--period", "2024Q3"],
        &["unit", "市财政局", "--to", "市财政和国资局", "--since", "2024-07-01"],
    ] {
        fresh.ok(args);
    }
    fresh
}

fn spoil(value: &mut Value) {
    match value {
        Value::String(text) => {
            let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            if let Some((at, c)) = text.char_indices().rfind(|(_, c)| han(*c)) {
                text.insert_str(at + c.len_utf8(), &hostile::all());
            }
        }
        Value::Array(values) => values.iter_mut().for_each(spoil),
        Value::Object(fields) => fields.values_mut().for_each(spoil),
        _ => {}
    }
}

/// Writes every line of a ledger's journal anew, with the chain that belongs to it, and takes away what is derived.
pub(crate) fn rewrite(data: &Path, change: impl Fn(&mut Value)) {
    let file = data.join("journal/000001.jsonl");
    let mut prev = "0".repeat(64);
    let mut text = String::new();
    for line in fs::read_to_string(&file).unwrap().lines() {
        let mut commit: Value = serde_json::from_str(&line[65..]).unwrap();
        change(&mut commit);
        commit["prev"] = prev.clone().into();
        let json = commit.to_string();
        prev = Sha256::digest(json.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        let _ = writeln!(text, "{prev} {json}");
    }
    fs::write(&file, text).unwrap();
    fs::remove_dir_all(data.join("sled")).unwrap();
    fs::remove_file(data.join("journal/head")).unwrap();
}

/// The hostile ledger.
pub(crate) fn hostile() -> Fresh {
    let fresh = worked_on();
    rewrite(&fresh.data(), |commit| {
        spoil(&mut commit["changes"]);
        commit["actor"]["name"] = format!("root{}", hostile::all()).into();
    });
    fresh
}

/// Whether any text of a ledger's journal acts, told with its place.
pub(crate) fn wrong_in_journal(data: &Path) -> Vec<String> {
    fn look(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::String(text) => {
                found.extend(scan::wrong(text.as_bytes()).into_iter().map(|wrong| format!("{at}: {wrong}")));
            }
            Value::Array(values) => values.iter().for_each(|value| look(value, at, found)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    found.extend(scan::wrong(name.as_bytes()));
                    look(value, &format!("{at}/{name}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for line in fs::read_to_string(data.join("journal/000001.jsonl")).unwrap().lines() {
        look(&serde_json::from_str(&line[65..]).unwrap(), "", &mut found);
    }
    found
}

#[test]
fn the_hostile_journal_is_hostile_and_sound() {
    let fresh = hostile();
    assert!(wrong_in_journal(&fresh.data()).len() > 10_000);
    let told = fresh.ok(["verify"]);
    assert_eq!(scan::wrong(told.as_bytes()), [""; 0], "the chain is right: only the texts are not");
    // What was not hostile is still shown.
    assert!(fresh.ok(["who", "充电桩"]).contains("充电桩"));
}
