//! Which report is meant, where it goes, and what is never overwritten.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::Fresh;

fn kind(fresh: &Fresh, args: &[&str]) -> String {
    let made = fresh.json([&["--demo", "report"], args, &["--format", "json"]].concat());
    made["report"]["kind"].as_str().unwrap().to_owned()
}

#[test]
fn every_kind_can_be_asked_for_in_the_words_that_come_to_mind() {
    let fresh = Fresh::new();
    for (args, expected) in [
        (&["2024Q3"][..], "bulletin"),
        (&["2024Q3", "bulletin"], "bulletin"),
        (&["2024Q3", "通报"], "bulletin"),
        (&["2024Q3", "--for", "leader:郑河江"], "leader"),
        (&["2024Q3", "--for", "unit：市财政局"], "unit"),
        (&["2024Q3", "--for", "地区:江山市"], "area"),
        (&["2024Q3", "slips"], "slips"),
        (&["slips", "--for", "unit:市财政局"], "slips"),
        (&["2024Q3", "--items", "T48,P17"], "slips"),
        (&["breakdown"], "breakdown"),
        (&["2024Q3", "matrix"], "matrix"),
        (&["2024Q3", "changes"], "changes"),
        (&["2024Q3", "--since", "2024-07-01"], "changes"),
    ] {
        assert_eq!(kind(&fresh, args), expected, "{args:?}");
    }
}

#[test]
fn the_data_of_a_report_is_what_falls_on_whom_it_is_for() {
    let fresh = Fresh::new();
    let tasks = |args: &[&str]| {
        let made = fresh.json([&["report", "2024Q3", "--format", "json"], args].concat());
        assert_eq!(made["schema"], 2);
        made["tasks"].as_array().unwrap().len()
    };
    assert_eq!(tasks(&[]), 130);
    let of_leader = tasks(&["--for", "leader:郑河江"]);
    let listed = fresh.json(["list", "--leader", "郑河江", "--json"]).as_array().unwrap().len();
    assert!(of_leader == listed && listed > 0);
}

#[test]
fn one_for_each_is_a_file_for_each_named_by_ids_and_none_is_written_over() {
    let fresh = Fresh::new();
    let listing = fresh.ok(["report", "2024Q3", "page", "--each", "leader", "--format", "json", "-o", "out"]);
    let lines: Vec<(&str, &str)> = listing.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let tasks = fresh.json(["list", "--json"]);
    let leaders: BTreeSet<&str> = tasks
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|task| task["leaders"].as_array().unwrap())
        .map(|name| name.as_str().unwrap())
        .collect();
    assert_eq!(lines.iter().map(|(_, name)| *name).collect::<BTreeSet<_>>(), leaders);
    for (file, name) in &lines {
        assert!(file.is_ascii() && file.starts_with("quzhou-2024-2024Q3-leader-"), "{file}");
        let made: Value = serde_json::from_slice(&std::fs::read(fresh.home().join("out").join(file)).unwrap()).unwrap();
        let of = |task: &Value| task["leaders"].as_array().unwrap().iter().any(|leader| leader == name);
        assert!(made["tasks"].as_array().unwrap().iter().all(of), "{file} is not {name}'s");
    }
    let again = fresh.fails(2, ["report", "2024Q3", "page", "--each", "leader", "--format", "json", "-o", "out"]);
    assert!(again.err.contains("不覆盖"), "{again:?}");
    assert_eq!(std::fs::read_dir(fresh.home().join("out")).unwrap().count(), lines.len());
}

#[test]
fn nobody_gets_a_paper_on_which_nothing_stands() {
    let fresh = Fresh::new();
    // No quota row names a leader.
    fresh.fails(1, ["report", "2024Q3", "matrix", "--each", "leader", "-o", "out"]);
    fresh.fails(1, ["report", "2024Q3", "matrix", "--for", "leader:郑河江"]);
    assert!(!fresh.home().join("out").exists());
}

#[test]
fn a_file_that_cannot_be_finished_is_taken_away_again() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    // No file of this process grows beyond 4 KiB; the signal that would end it is not taken.
    let limited = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} report 2024Q3 --format json -o 通报.json",
        env!("CARGO_BIN_EXE_duban")
    );
    let output = fresh.command([] as [&str; 0]);
    let vars: Vec<_> =
        output.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect();
    let output = std::process::Command::new("/bin/sh")
        .args(["-c", &limited])
        .env_clear()
        .envs(vars)
        .current_dir(fresh.home())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!fresh.home().join("通报.json").exists());
}

#[test]
fn a_paper_has_the_names_of_its_period_however_that_was_said() {
    let fresh = Fresh::new();
    // From a day after the document's year on: its last period, the current one since, has the old name.
    fresh.ok(["unit", "市住建局", "--to", "市建设局", "--since", "2025-02-01"]);
    fresh.ok(["file", "T103", "--period", "2024Q4", "--percent", "5"]);
    let last = fresh.ok(["report", "2024Q4", "--format", "md"]);
    assert!(last.contains("市住建局") && !last.contains("市建设局"), "{last}");
    assert_eq!(fresh.ok(["report", "--format", "md"]), last);
    let slips = fresh.ok(["report", "2024Q4", "slips", "--format", "md"]);
    assert_eq!(fresh.ok(["report", "slips", "--format", "md"]), slips);
    assert_eq!(fresh.ok(["list", "--json"]), fresh.ok(["list", "--period", "2024Q4", "--json"]));
    // What is issued of the current period is frozen with its names.
    fresh.ok(["bulletin", "--issue"]);
    let issued = fresh.ok(["report", "2024Q4", "--format", "md"]);
    assert!(issued.contains("市住建局") && !issued.contains("市建设局"), "{issued}");
}
