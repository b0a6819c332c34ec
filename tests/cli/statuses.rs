//! Exit statuses, and what hostile input comes to.

use std::io::Read as _;
use std::process::Stdio;

use duban::store::{Purpose, open_to_write};

use crate::run::Fresh;

#[test]
fn nothing_found_is_1() {
    let fresh = Fresh::new();
    fresh.fails(1, ["who", "不存在的事情"]);
    fresh.fails(1, ["show", "T999"]);
    fresh.fails(1, ["list", "--leader", "无此人"]);
    fresh.fails(1, ["list", "--light", "red"]);
    fresh.fails(1, ["list", "--removed"]);
    fresh.fails(1, ["doubts", "--settle", "1.1", "1"]);
}

#[test]
fn bad_usage_is_2_and_the_help_is_named() {
    let fresh = Fresh::new();
    let cases: [&[&str]; 20] = [
        &["lst"],
        &["list", "--ligt", "red"],
        &["list", "--light", "purple"],
        &["list", "--format"],
        &["list", "--json", "--format", "tsv"],
        &["file", "T5"],
        &["quota", "P17.1"],
        &["who"],
        &["show", "不是编号"],
        &["help", "nothing"],
        &["quota", "P17.1", "智", "1"],
        &["report", "2024Q3", "--for", "somebody"],
        &["report", "2024Q3", "bulletin", "--for", "leader:郑河江"],
        &["report", "2024Q3", "changes", "--each", "area", "-o", "out"],
        &["report", "2024Q3", "--each", "area"],
        &["report", "2024Q3", "page", "--items", "T48"],
        &["report", "2024Q3", "page", "--since", "7-1"],
        &["report", "2024Q3", "--sides", "one"],
        &["report", "2024Q3", "--print", "--format", "docx"],
        &["bulletin", "2024Q3", "--issue", "--next", "一是抓紧。"],
    ];
    for args in cases {
        fresh.fails(2, args);
    }
    assert!(fresh.run(["lst"]).err.contains("list"), "a likely verb is suggested");
    assert!(fresh.run(["list", "--light", "purple"]).err.contains("red"), "the valid words are named");
}

#[test]
fn the_screen_needs_a_terminal() {
    let fresh = Fresh::new();
    fresh.fails(2, [] as [&str; 0]);
    assert!(!fresh.data().exists(), "nothing is made for nothing");
}

#[test]
fn a_held_ledger_refuses_writers_with_4_and_serves_readers() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let held = open_to_write(&fresh.data(), Purpose::Screen).unwrap();
    let ran = fresh.fails(4, ["quota", "P17.1", "江山市", "8.2", "--period", "2024Q3"]);
    assert!(ran.err.contains(&std::process::id().to_string()), "{ran:?}");
    fresh.ok(["who", "充电桩"]);
    assert_eq!(fresh.json(["status", "--json"])["held_by"]["pid"], std::process::id());
    drop(held);
    fresh.ok(["quota", "P17.1", "江山市", "8.2", "--period", "2024Q3"]);
    assert_eq!(fresh.json(["status", "--json"])["held_by"], serde_json::Value::Null);
}

#[test]
fn commands_at_the_same_time_wait_for_each_other() {
    let fresh = Fresh::new();
    let areas = ["柯城区", "衢江区", "龙游县", "江山市", "常山县", "开化县"];
    let children: Vec<_> = areas
        .map(|area| fresh.command(["quota", "P17.1", area, "1", "--period", "2024Q3"]).spawn().unwrap())
        .into_iter()
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    // One of them read the notice in, all wrote.
    assert_eq!(fresh.head(), 1 + areas.len() as u64);
    let done = fresh.json(["show", "P17.1", "--period", "2024Q3", "--json"])[0]["done"].clone();
    assert_eq!(done.as_object().unwrap().len(), areas.len());
}

#[test]
fn read_only_changes_nothing_and_makes_nothing() {
    let fresh = Fresh::new();
    fresh.fails(4, ["list", "--read-only"]);
    assert!(!fresh.data().exists());
    fresh.ok(["list"]);
    fresh.fails(3, ["file", "T5", "--percent", "1", "--read-only"]);
    fresh.ok(["list", "--read-only"]);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    for args in [&["list", "--json"][..], &["list"], &["report", "2024Q3"], &["--help"], &["log", "--json"]] {
        let mut child = fresh.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}: {err}");
        assert_eq!(err, "", "{args:?}");
    }
}

#[test]
fn an_output_that_is_full_is_told() {
    let fresh = Fresh::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = fresh.command(["list"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(!output.stderr.is_empty());
}

#[test]
fn control_characters_are_dropped_and_told_and_never_echoed() {
    let fresh = Fresh::new();
    let ran = fresh.run(["file", "T5", "--period", "2024Q3", "--progress", "已\u{1b}[31m完成\u{202e}了"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains('2'), "two were dropped: {ran:?}");
    assert_eq!(fresh.json(["show", "T5", "--period", "2024Q3", "--json"])[0]["progress"], "已[31m完成了");
    let hostile = "x\u{1b}]0;title\u{7}\u{202e}y";
    let cases: [&[&str]; 22] = [
        &["review", hostile, "--accept"],
        &["light", "T5", hostile, hostile],
        &["why", hostile],
        &["chase", hostile],
        &["target", "T5", "--add", "--metric", "x", "--comparator", hostile],
        &["step", "T5", "--add", "x", "--deadline", hostile],
        &["request", "T5", hostile, "x"],
        &["list", "--view", hostile],
        &["file", "T5", "--actual", hostile],
        &["file", "--from", hostile],
        &["who", hostile],
        &["list", "--leader", hostile],
        &["list", "--period", hostile],
        &["show", hostile],
        &["list", "--doc", hostile],
        &["list", "--light", hostile],
        &[hostile],
        &["import", hostile],
        &["report", "2024Q3", "--for", hostile],
        &["report", "2024Q3", "--format", "txt", "--print", hostile],
        &["bulletin", "2024Q3", "--next", "@\u{1b}[31m"],
        &["help", hostile],
    ];
    for args in cases {
        let ran = fresh.run(args);
        assert!((1..=4).contains(&ran.status), "{ran:?}");
        let printed = format!("{}{}", ran.out, ran.err);
        assert!(!printed.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{args:?}: {ran:?}");
    }
}

#[test]
fn a_word_that_is_no_text_is_bad_usage() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let fresh = Fresh::new();
    fresh.fails(2, [OsStr::new("who"), OsStr::from_bytes(b"\xff\xfe")]);
}

#[test]
fn no_option_is_taken_and_left_out_of_account() {
    let fresh = Fresh::new();
    fresh.ok(["view", "红灯", "--save", "--light", "red"]);
    let head = fresh.head();
    let cases = "
        list --removed --leader 周卫兵
        list --removed --unit 市财政局
        list --removed --light red
        list --removed --late
        list --removed --search 充电桩
        list --removed --sort worst
        list --removed --area 江山市
        list --removed --view 红灯
        list --removed --livelihood
        list --removed --period 2024Q3
        view 红灯 --light red
        view 红灯 --remove --light red
        view 红灯 --save --light red --json
        view 红灯 --remove --format csv
        chase T5 --json
        chase --from x.json --json
        target T25 1 --actual 3 --json
        target T25 1 --clear --format tsv
        target T25 1 --remove --json
        target T25 1 --value 3 --json
        target T25 1 --value 3 --period 2024Q3
        target T25 --add --metric 步道 --value 3 --period 2024Q3
        target --from x.json --json
        step T5 --add 招标 --json
        step T5 1 --state done --json
        step T5 1 --remove --format csv
        step --from x.json --json
        request T5 close 完成 --json
        request T5 --period 2024Q3
        request --period 2024Q3
        decide T5 1 --refuse 不行 --until 2025-03-31
        role add li editor --uid 41000 --json
        role remove li --json
        unit 市财政局 --to 市国资局 --since 2024-07-01 --json
        leader 周卫兵 --clear --format csv
        doubts --settle 843 2 --all
        doubts --settle 843 2 --kind 错格
        doubts --settle 843 2 --json
        doubts --accept 错格 --all
        doubts --reopen 843 --kind 错格
        doubts --read 843 --set 全市=1 --json
        settings --due-day 8 --json
        forms out 2024Q3 forms --period 2024Q3
        forms out 2024Q3 forms --write
        bulletin 2024Q3 --issue --json
    ";
    for line in cases.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let ran = fresh.fails(2, line.split_whitespace());
        // For what was typed, not for what it is about.
        let says = ["同用", "少了：", "只用于"].iter().any(|word| ran.err.contains(word));
        assert!(says, "{line}: {ran:?}");
    }
    assert_eq!(fresh.head(), head, "nothing was written");
    assert!(!fresh.home().join("forms").exists());
}

#[test]
fn where_another_document_may_be_meant_it_is_named() {
    let fresh = Fresh::new();
    fresh.ok(["status"]);
    let text = "云溪市2025年重点工作责任分解\n1. 办学3所。\n责任单位：市教育局\n";
    std::fs::write(fresh.home().join("next.txt"), text).unwrap();
    let missing = fresh.fails(1, ["show", "T999"]);
    assert!(!missing.err.contains("--doc"), "{missing:?}");
    fresh.ok(["import", "next.txt", "--as", "next-2025"]);
    for (status, args) in [(2, ["list", "--period", "2024Q3"].as_slice()), (1, &["show", "P17.1"])] {
        let ran = fresh.fails(status, args.iter().copied());
        assert!(ran.err.contains("next-2025") && ran.err.contains("--doc：quzhou-2024"), "{ran:?}");
    }
}

#[test]
fn a_unit_is_found_by_some_of_its_characters_and_a_light_set_by_hand_shows_before_anything_is_filed() {
    let fresh = Fresh::new();
    let listed = fresh.run(["list", "--unit", "人社局", "--format", "tsv"]);
    assert!(listed.err.contains("市人力社保局") && listed.out.lines().count() > 2, "{listed:?}");
    fresh.ok(["light", "T48", "yellow", "现场未开工", "--period", "2024Q3"]);
    let shown = fresh.ok(["show", "T48", "--period", "2024Q3"]);
    assert!(shown.lines().any(|line| line.contains("状态") && line.contains('黄')), "{shown}");
}
