//! `duban role`: who may do what, given by login name, kept in the journal, taken back like anything else.

use serde_json::json;

use crate::run::{Fresh, has_han};

/// The roles as programs read them, but for the owner's line.
fn given(fresh: &Fresh) -> serde_json::Value {
    let all = fresh.json(["role", "--json"]);
    let (owner, others) = all.as_array().unwrap().split_first().unwrap();
    assert_eq!((&owner["role"], &owner["owner"]), (&json!("admin"), &json!(true)));
    json!(others)
}

#[test]
fn a_role_is_given_changed_taken_and_all_of_it_is_in_the_log_and_can_be_undone() {
    let fresh = Fresh::new();
    assert_eq!(given(&fresh), json!([]), "nobody but the owner");
    // A system account that every machine has, under the number that `id` tells.
    let told = std::process::Command::new("id").args(["-u", "daemon"]).output().unwrap();
    let uid: u32 = String::from_utf8(told.stdout).unwrap().trim().parse().unwrap();
    let told = fresh.ok(["role", "add", "daemon", "contact", "--unit", "市发改委"]);
    assert!(told.contains("daemon") && told.contains("市发改委·联络员"), "{told}");
    let daemon = |role: &str, unit: Option<&str>, area: Option<&str>| json!([{"name": "daemon", "uid": uid, "role": role, "unit": unit, "area": area, "owner": false}]);
    assert_eq!(given(&fresh), daemon("contact", Some("市发改委"), None));
    fresh.ok(["role", "add", "daemon", "contact", "--unit", "各县（市、区）政府", "--area", "江山"]);
    assert_eq!(given(&fresh), daemon("contact", Some("各县（市、区）政府"), Some("江山市")));
    assert!(fresh.ok(["role", "add", "daemon", "reader"]).contains("只读"));
    assert!(fresh.ok(["role", "add", "daemon", "reader"]).contains("没有"), "the same again writes nothing");
    fresh.ok(["role", "remove", "daemon"]);
    assert_eq!(given(&fresh), json!([]));
    let log = fresh.ok(["log"]);
    for words in ["角色 daemon：市发改委·联络员", "角色 daemon：取消 只读", "江山市）·联络员 -> 只读"]
    {
        assert!(log.contains(words), "{words}: {log}");
    }
    fresh.ok(["undo"]);
    assert_eq!(given(&fresh), daemon("reader", None, None));
    fresh.ok(["redo"]);
    assert_eq!(given(&fresh), json!([]));
    // Everything stands in the journal as text.
    let journal = std::fs::read_to_string(fresh.data().join("journal/000001.jsonl")).unwrap();
    assert!(journal.contains(&format!(
        r#"{{"role":{{"uid":{uid},"name":"daemon","may":{{"contact":{{"unit":"市发改委","area":null}}}}}}}}"#
    )));
    assert!(journal.contains(r#""key":"office/role/daemon""#));
}

#[test]
fn who_is_not_here_yet_is_named_by_number() {
    let fresh = Fresh::new();
    let ran = fresh.fails(1, ["role", "add", "nobody-of-this-name", "editor"]);
    assert!(ran.err.contains("没有用户") && ran.err.contains("--uid"), "{ran:?}");
    fresh.ok(["role", "add", "nobody-of-this-name", "editor", "--uid", "41000"]);
    assert_eq!(given(&fresh)[0]["uid"], 41_000);
}

#[test]
fn a_unit_is_known_by_every_spelling_and_an_unknown_one_is_refused_with_others() {
    let fresh = Fresh::new();
    fresh.ok(["role", "add", "li", "contact", "--uid", "41000", "--unit", "市人社局"]);
    assert_eq!(given(&fresh)[0]["unit"], "市人力社保局", "by the name it is listed under");
    let ran = fresh.fails(1, ["role", "add", "li", "contact", "--uid", "41000", "--unit", "没有这个单位"]);
    assert!(ran.err.contains("没有单位"), "{ran:?}");
    let ran = fresh.fails(1, ["role", "add", "li", "contact", "--uid", "41000", "--area", "没有这个地区"]);
    assert!(ran.err.contains("江山市"), "the areas there are: {ran:?}");
    let ran = fresh.fails(2, ["role", "add", "li", "contact", "--uid", "41000", "--unit", "市"]);
    assert!(ran.err.contains("市发改委"), "several fit: {ran:?}");
}

#[test]
fn what_makes_no_sense_is_refused_and_writes_nothing() {
    let fresh = Fresh::new();
    let head = fresh.head();
    for args in [
        &["role", "add"][..],
        &["role", "add", "li"],
        &["role", "add", "li", "king"],
        &["role", "add", "li", "contact", "--uid", "41000"],
        &["role", "add", "li", "reader", "--uid", "41000", "--unit", "市发改委"],
        &["role", "remove"],
        &["role", "remove", "li", "reader"],
        // Who owns the ledger and the system's administrator may do everything anyway.
        &["role", "add", "root", "reader"],
        &["role", "add", "me", "reader", "--uid", &rustix::process::getuid().as_raw().to_string()],
        &["--read-only", "role", "remove", "li"],
    ] {
        let ran = fresh.run(args);
        assert!([2, 3].contains(&ran.status), "{args:?} {ran:?}");
    }
    let ran = fresh.fails(1, ["role", "remove", "li"]);
    assert!(ran.err.contains("没有角色"), "{ran:?}");
    assert_eq!(fresh.head(), head);
}

#[test]
fn the_list_is_printed_in_every_format_and_both_languages() {
    let fresh = Fresh::new();
    fresh.ok(["role", "add", "li", "contact", "--uid", "41000", "--unit", "市发改委", "--area", "江山市"]);
    let tsv = fresh.ok(["role"]);
    let lines: Vec<&str> = tsv.lines().collect();
    assert_eq!(lines[0], "name\tuid\trole\tunit\tarea");
    assert_eq!(lines[2], "li\t41000\tcontact\t市发改委\t江山市");
    assert_eq!(fresh.ok(["role", "--format", "csv"]).lines().nth(2), Some("li,41000,contact,市发改委,江山市"));
    let table = fresh.ok(["role", "--format", "table"]);
    assert!(table.contains("台账的主人") && table.contains("联络员"), "{table}");
    let english = fresh.ok(["--lang", "en", "role", "--format", "table"]);
    assert!(english.contains("owns the ledger") && english.contains("contact"), "{english}");
    assert!(!has_han(english.lines().next().unwrap()));
}

#[test]
fn status_says_who_one_is_and_what_one_may_do() {
    let fresh = Fresh::new();
    let user = &fresh.json(["status", "--json"])["user"];
    assert_eq!(user["uid"], rustix::process::getuid().as_raw());
    assert_eq!((&user["role"], &user["owner"]), (&json!("admin"), &json!(true)));
    let told = fresh.ok(["status"]);
    assert!(told.contains("台账的主人") && told.contains("包括增减角色"), "{told}");
    assert!(fresh.ok(["--lang", "en", "status"]).contains("owns the ledger"));
}

#[test]
fn a_unit_that_was_renamed_gets_its_contact_under_the_name_of_today() {
    let fresh = Fresh::new();
    fresh.ok(["unit", "市发改委", "--to", "市发展改革局", "--since", "2024-07-01"]);
    for typed in ["市发展改革局", "市发改委"] {
        fresh.ok(["role", "add", "li", "contact", "--uid", "41000", "--unit", typed]);
        assert_eq!(given(&fresh)[0]["unit"], "市发展改革局", "{typed}");
    }
}
