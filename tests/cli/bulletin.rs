//! The clerk's part of the bulletin.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::json;

use crate::run::{Fresh, Ran};

#[test]
fn what_is_given_is_put_in_and_what_is_not_stays() {
    let fresh = Fresh::new();
    fresh.ok(["bulletin", "2024Q3", "--name", "政务督查", "--number", "（第3期）", "--to", "各县（市、区）政府"]);
    std::fs::write(fresh.home().join("要求.txt"), "\u{feff}一是抓紧。\n二是\u{202e}补报。\n").unwrap();
    let ran = fresh.run(["bulletin", "2024Q3", "--next", "@要求.txt", "--signed-on", "10-25"]);
    assert!(ran.status == 0 && ran.err.contains('2'), "two characters were dropped: {ran:?}");
    let view = || fresh.json(["bulletin", "2024Q3", "--json"]);
    let wording = view();
    assert_eq!(wording["next"], "一是抓紧。\n二是补报。");
    let kept = ["name", "number", "addressees", "signed_on"].map(|field| wording[field].clone());
    assert_eq!(kept, ["政务督查", "（第3期）", "各县（市、区）政府", "2024-10-25"].map(|text| json!(text)));
    fresh.ok(["bulletin", "2024Q3", "--signed-on", "", "--name", ""]);
    assert_eq!((&view()["signed_on"], &view()["name"]), (&json!(null), &json!("")));
    // The next issue counts on from it.
    assert_eq!(fresh.json(["bulletin", "2024Q4", "--json"])["number"], "（第4期）");
}

#[test]
fn the_same_again_is_no_commit_and_undo_takes_it_back() {
    let fresh = Fresh::new();
    fresh.ok(["bulletin", "2024Q3", "--number", "（第3期）"]);
    let head = fresh.head();
    fresh.ok(["bulletin", "2024Q3", "--number", "（第3期）"]);
    assert_eq!(fresh.head(), head);
    assert!(fresh.ok(["log", "-n", "1"]).contains("通报"));
    fresh.ok(["undo"]);
    assert_eq!(fresh.json(["bulletin", "2024Q3", "--json"])["number"], "");
}

#[test]
fn long_texts_come_from_standard_input_too() {
    let fresh = Fresh::new();
    let mut child = fresh
        .command(["bulletin", "2024Q3", "--opening", "@-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("现将情况通报如下。".as_bytes()).unwrap();
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(fresh.json(["bulletin", "2024Q3", "--json"])["opening"], "现将情况通报如下。");
    fresh.fails(2, ["bulletin", "2024Q3", "--opening", "@没有的.txt"]);
    fresh.fails(2, ["bulletin", "2024Q3", "--next", &"长".repeat(9_000)]);
}

#[test]
fn an_issued_bulletin_stays_as_it_is_until_it_is_taken_back() {
    let fresh = Fresh::new();
    fresh.ok(["bulletin", "2024Q3", "--number", "（第3期）"]);
    let from = fresh.head();
    fresh.fails(3, ["bulletin", "2024Q3", "--recall"]);
    fresh.ok(["bulletin", "2024Q3", "--issue"]);
    let issued = fresh.json(["bulletin", "2024Q3", "--json"])["issued"].clone();
    assert_eq!(issued["seq"], from.to_string());
    assert_eq!(issued["hash"], fresh.json(["log", "--json"])[1]["hash"], "where the ledger stood");
    for again in [&["--issue"][..], &["--number", "（第9期）"]] {
        fresh.fails(3, [&["bulletin", "2024Q3"], again].concat());
    }
    fresh.ok(["bulletin", "2024Q3", "--recall"]);
    assert_eq!(fresh.json(["bulletin", "2024Q3", "--json"])["issued"], json!(null));
    fresh.ok(["bulletin", "2024Q3", "--number", "（第9期）"]);
}

#[test]
fn an_issued_bulletin_prints_the_same_whatever_is_filed_later() {
    let fresh = Fresh::new();
    let print = || fresh.ok(["report", "2024Q3"]);
    fresh.ok(["bulletin", "2024Q3", "--issue"]);
    let issued = print();
    fresh.ok(["quota", "P17.1", "江山市", "8.2", "--period", "2024Q3"]);
    assert!(print() == issued, "it followed the ledger");
    assert!(fresh.ok(["report", "2024Q3", "--fresh"]) != issued, "it is computed anew when that is asked for");
    fresh.ok(["bulletin", "2024Q3", "--recall"]);
    assert!(print() != issued, "it no longer follows the ledger");
}
