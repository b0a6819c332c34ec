//! Backups, restoring, repair, folders of newer versions: on files, by the real binary.

use crate::run::Fresh;

/// A ledger with two commits beside its seed.
fn worked_on() -> Fresh {
    let fresh = Fresh::new();
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", "已开工"]);
    fresh.ok(["file", "T5", "--period", "2024Q3", "--progress", "已完工"]);
    fresh
}

#[test]
fn a_backup_is_made_previewed_and_restored_and_says_its_head() {
    let fresh = worked_on();
    let made = fresh.json(["backup", "b.zip", "--json"]);
    let status = fresh.json(["status", "--json"]);
    assert_eq!((&made["seq"], &made["records"]), (&status["seq"], &status["records"]));
    assert_eq!(made["bytes"].as_u64().unwrap(), std::fs::metadata(fresh.home().join("b.zip")).unwrap().len());
    let log = fresh.json(["log", "-n", "1", "--json"]);
    assert_eq!(made["hash"], log[0]["hash"]);
    assert_eq!(made["originals"], 1);

    let preview = fresh.json(["restore", "b.zip", "--dry-run", "--at", "2", "--json"]);
    assert_eq!((&preview["seq"], preview["documents"][0]["id"].as_str()), (&2.into(), Some("quzhou-2024")));
    assert_eq!(preview["left_out"].as_array().unwrap().len(), 1);
    assert_eq!(preview["left_out"][0]["seq"], 3);

    fresh.ok(["restore", "b.zip", "back"]);
    let shown = |data: &str| fresh.json(["--data", data, "show", "T5", "--period", "2024Q3", "--json"]);
    assert_eq!(shown("back"), shown("data"));
    fresh.ok(["--data", "back", "verify"]);
    fresh.ok(["restore", "b.zip", "earlier", "--at", "2"]);
    assert!(shown("earlier").to_string().contains("已开工") && shown("data").to_string().contains("已完工"));
    // What was restored is worked on.
    fresh.ok(["--data", "back", "file", "T5", "--period", "2024Q3", "--progress", "再报"]);
    fresh.ok(["--data", "back", "verify"]);
}

#[test]
fn an_export_is_restored_too() {
    let fresh = worked_on();
    fresh.ok(["export", "out"]);
    fresh.ok(["restore", "out", "back"]);
    let log = |data: &str| fresh.ok(["--data", data, "log", "--json"]);
    assert_eq!(log("back"), log("data"));
    let original = |data: &str| std::fs::read_dir(fresh.home().join(data).join("originals")).unwrap().count();
    assert_eq!(original("back"), 1);
}

#[test]
fn nothing_is_written_over() {
    let fresh = worked_on();
    fresh.ok(["backup", "b.zip"]);
    let before = std::fs::read(fresh.home().join("b.zip")).unwrap();
    fresh.fails(2, ["backup", "b.zip"]);
    assert_eq!(std::fs::read(fresh.home().join("b.zip")).unwrap(), before);
    let ran = fresh.fails(2, ["restore", "b.zip", "data"]);
    assert!(ran.err.contains("data"), "{ran:?}");
    fresh.fails(2, ["restore", "b.zip", "back", "--at", "99"]);
    fresh.fails(2, ["restore", "b.zip"]);
    fresh.fails(2, ["backup"]);
    fresh.fails(2, ["restore", "missing.zip", "back"]);
    std::fs::write(fresh.home().join("text.zip"), "hello").unwrap();
    fresh.fails(2, ["restore", "text.zip", "back"]);
    assert!(!fresh.home().join("back").exists());
}

#[test]
fn a_guest_of_the_office_is_told_who_can_do_it() {
    let fresh = worked_on();
    for verb in [vec!["backup", "b.zip"], vec!["repair"]] {
        let ran = fresh.fails(3, ["--server", "socket"].into_iter().chain(verb.iter().copied()));
        assert!(ran.err.contains(&format!("/var/lib/duban {}", verb[0])), "{ran:?}");
    }
    assert!(!fresh.home().join("b.zip").exists());
}

#[test]
fn one_a_day_is_made_once_a_day() {
    let fresh = worked_on();
    let first = fresh.json(["backup", "--daily", "daily", "--json"]);
    assert_eq!((&first["seq"], &first["kept"]), (&3.into(), &1.into()));
    let again = fresh.json(["backup", "--daily", "daily", "--json"]);
    assert_eq!((&again["seq"], &again["file"]), (&serde_json::Value::Null, &first["file"]));
    fresh.ok(["restore", first["file"].as_str().unwrap(), "back"]);
}

#[test]
fn a_damaged_journal_is_explained_then_mended() {
    let fresh = worked_on();
    let path = fresh.data().join("journal/000001.jsonl");
    fresh.ok(["repair"]);
    let good = std::fs::read(&path).unwrap();
    // Commands leave sled alone: the copies come from a backup here.
    fresh.ok(["backup", "b.zip"]);
    let mut spoilt = good.clone();
    let at = good.iter().position(|byte| *byte == b'\n').unwrap() + 100;
    spoilt[at] ^= 1;
    std::fs::write(&path, &spoilt).unwrap();
    let ran = fresh.fails(4, ["backup", "c.zip"]);
    assert!(ran.err.contains("duban repair"), "{ran:?}");
    let plan = fresh.json(["repair", "--from", "b.zip", "--json"]);
    assert_eq!(
        (&plan["written"], &plan["found"][0]["seq"], &plan["lost"]),
        (&false.into(), &2.into(), &serde_json::json!([]))
    );
    assert_eq!(std::fs::read(&path).unwrap(), spoilt);
    fresh.fails(3, ["--read-only", "repair", "--from", "b.zip", "--write"]);
    fresh.ok(["repair", "--from", "b.zip", "--write"]);
    assert_eq!(std::fs::read(&path).unwrap(), good);
    assert_eq!(std::fs::read(fresh.data().join("journal/000001.jsonl.aside.1")).unwrap(), spoilt);
    fresh.ok(["verify"]);
}

#[test]
fn what_cannot_be_mended_is_said_with_what_to_do() {
    let fresh = worked_on();
    let path = fresh.data().join("journal/000001.jsonl");
    let mut spoilt = std::fs::read(&path).unwrap();
    let at = spoilt.len() - 100;
    spoilt[at] ^= 1;
    std::fs::write(&path, &spoilt).unwrap();
    drop(std::fs::remove_dir_all(fresh.data().join("sled")));
    let ran = fresh.run(["repair", "--write"]);
    assert_eq!(ran.status, 4, "{ran:?}");
    assert!(ran.out.contains("第 3 次提交") && ran.err.contains("--at 2"), "{ran:?}");
    assert_eq!(std::fs::read(&path).unwrap(), spoilt);
    fresh.ok(["restore", "data", "back", "--at", "2"]);
    assert_eq!(fresh.json(["--data", "back", "status", "--json"])["seq"], 2);
}

#[test]
fn a_ledger_of_a_newer_version_is_refused_with_a_sentence() {
    let fresh = worked_on();
    let text = "schema 200";
    let note = format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes()));
    std::fs::write(fresh.data().join("version"), note).unwrap();
    for verb in
        [vec!["list"], vec!["file", "T5", "--percent", "1"], vec!["verify"], vec!["backup", "b.zip"], vec!["repair"]]
    {
        let ran = fresh.fails(4, &verb);
        assert!(ran.err.contains("更新版本") && ran.err.contains("200"), "{ran:?}");
    }
}

#[test]
fn a_day_is_restored_as_well_as_a_commit() {
    let fresh = worked_on();
    fresh.ok(["backup", "b.zip"]);
    let log = fresh.json(["log", "-n", "1", "--json"]);
    let at = log[0]["at"].as_str().unwrap();
    let (day, minute) = (at.get(..10).unwrap(), at.get(..16).unwrap());
    let seq = |at: &str| fresh.json(["restore", "b.zip", "--dry-run", "--json", "--at", at])["seq"].clone();
    for at in [day, minute, &day.replace('-', "/"), &minute.replace('T', " "), "3", "#3", "＃３"] {
        assert_eq!(seq(at), 3, "{at}");
    }
    let ran = fresh.fails(2, ["restore", "b.zip", "back", "--at", "2001-01-01"]);
    assert!(ran.err.contains("还没有台账"), "{ran:?}");
    let ran = fresh.fails(2, ["restore", "b.zip", "back", "--at", "昨天"]);
    assert!(ran.err.contains("昨天"), "{ran:?}");
    assert!(!fresh.home().join("back").exists());
}

#[test]
fn a_preview_says_what_would_differ_from_the_ledger_of_now() {
    let fresh = worked_on();
    fresh.ok(["backup", "b.zip"]);
    let against =
        |args: &[&str]| fresh.json(["restore", "--dry-run", "--json"].iter().chain(args).copied())["against"].clone();
    let same = against(&["b.zip"]);
    assert_eq!(
        (&same["relation"], &same["gone"], &same["records"]),
        (&"goes_on".into(), &0.into(), &serde_json::json!([]))
    );
    fresh.ok(["chase", "T5", "--period", "2024Q3"]);
    let gone = against(&["b.zip"]);
    assert_eq!(
        (&gone["gone"], &gone["records"]),
        (&1.into(), &serde_json::json!([{"kind": "chase", "gone": 1, "changed": 0, "come": 0}]))
    );
    let said = fresh.ok(["restore", "b.zip", "--dry-run", "--at", "1"]);
    assert!(said.contains("少 3 次提交") && said.contains("  填报：去掉 1，改回 0，多出 0"), "{said}");
    // A ledger that is shorter than the backup, and another one.
    fresh.ok(["restore", "b.zip", "shorter", "--at", "2"]);
    assert_eq!(against(&["b.zip", "--data", "shorter"])["relation"], "shorter");
    fresh.ok(["--data", "other", "file", "T5", "--period", "2024Q3", "--progress", "别的"]);
    fresh.ok(["--data", "other", "file", "T6", "--period", "2024Q3", "--progress", "别的"]);
    assert_eq!(against(&["b.zip", "--data", "other"])["relation"], "another");
    // Without a ledger it is compared with all that the backup holds.
    let whole = against(&["b.zip", "--at", "1", "--data", "none"]);
    assert_eq!((&whole["dir"], &whole["gone"]), (&serde_json::Value::Null, &2.into()));
    assert!(!fresh.home().join("none").exists());
}

#[test]
fn a_head_on_paper_is_found_or_not() {
    let fresh = worked_on();
    let log = fresh.json(["log", "--json"]);
    let hash = |seq: u64| {
        let commit = log.as_array().unwrap().iter().find(|one| one["seq"] == seq).unwrap();
        commit["hash"].as_str().unwrap().get(..12).unwrap().to_owned()
    };
    let said = fresh.ok(["verify", "--head", "2", &hash(2)]);
    assert!(said.contains(&format!("#2 {} 在这份台账里：第 2 次提交", hash(2))), "{said}");
    for typed in [
        vec![format!("#2 {}", hash(2))],
        vec![format!("＃２　{}", hash(2))],
        vec![hash(2)],
        vec![hash(2).to_uppercase()],
    ] {
        let args = ["verify", "--head"].iter().map(ToString::to_string).chain(typed);
        fresh.ok(args);
    }
    let ran = fresh.fails(4, ["verify", "--head", "2", &hash(3)]);
    assert!(ran.err.contains(&format!("这里第 2 次提交是 #2 {}", hash(2))), "{ran:?}");
    assert!(fresh.fails(4, ["verify", "--head", "9", &hash(3)]).err.contains("台账只到 #3"));
    fresh.fails(4, ["verify", "--head", "0123456789ab"]);
    for typed in ["abc", "2", "x 0123456789ab", "2 0123456789ag"] {
        assert!(fresh.fails(2, ["verify", "--head", typed]).err.contains("页脚"), "{typed}");
    }
    // A history that was rewritten from its second commit on: whole by itself, and found out by the paper.
    fresh.ok(["restore", "data", "rewritten", "--at", "1"]);
    for progress in ["已开工", "已竣工"] {
        fresh.ok(["--data", "rewritten", "file", "T5", "--period", "2024Q3", "--progress", progress]);
    }
    fresh.ok(["--data", "rewritten", "verify"]);
    fresh.fails(4, ["--data", "rewritten", "verify", "--head", "3", &hash(3)]);
    // So do the backups.
    fresh.ok(["backup", "b.zip"]);
    fresh.ok(["verify", "--backups", "b.zip"]);
    let ran = fresh.fails(4, ["--data", "rewritten", "verify", "--backups", "b.zip"]);
    assert!(ran.err.contains("第 3 次提交与台账不同"), "{ran:?}");
    assert!(fresh.fails(2, ["verify", "--backups", "data"]).err.contains("没有备份"));
}

#[test]
fn originals_are_verified_and_backups_too() {
    let fresh = worked_on();
    fresh.ok(["backup", "b.zip"]);
    assert!(fresh.ok(["verify"]).contains("原文 1 份，都完好"));
    let folder = fresh.data().join("originals");
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let name = file.file_name().unwrap().to_str().unwrap().to_owned();
    std::fs::write(&file, "spoilt").unwrap();
    let told = fresh.run(["verify", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!((&told["good"], &told["damaged_originals"][0]), (&false.into(), &name.clone().into()));
    std::fs::remove_file(&file).unwrap();
    let ran = fresh.run(["verify"]);
    assert!(ran.status == 4 && ran.out.contains(&format!("原文不见了：{name}")), "{ran:?}");
    // A backup with a flipped bit.
    let path = fresh.home().join("b.zip");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let ran = fresh.run(["verify", "--json", "--backups", "b.zip"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["backups"][0]["state"], "bad");
}

/// The first line is the import, nearly all of a young ledger.
#[test]
fn damage_of_the_first_line_is_said_as_such_and_nothing_is_written_over_it() {
    let fresh = worked_on();
    let path = fresh.data().join("journal/000001.jsonl");
    let good = std::fs::read(&path).unwrap();
    let mut spoilt = good.clone();
    spoilt[500] ^= 1;
    std::fs::write(&path, &spoilt).unwrap();
    drop(std::fs::remove_dir_all(fresh.data().join("originals")));
    let file = &["file", "T9", "--period", "2024Q3", "--progress", "x"][..];
    for args in [&["list"][..], &["status"], &["log"], &["show", "T1"], &["--read-only", "list"], file] {
        let ran = fresh.fails(4, args.iter().copied());
        assert!(ran.err.contains("日志损坏") && ran.err.contains("duban repair"), "{args:?}: {ran:?}");
    }
    assert!(!fresh.data().join("originals").exists(), "no document is read into a damaged ledger");
    assert_eq!(std::fs::read(&path).unwrap(), spoilt);
}

#[test]
fn a_half_written_line_is_said_as_what_it_is() {
    let fresh = worked_on();
    let path = fresh.data().join("journal/000001.jsonl");
    let good = std::fs::read(&path).unwrap();
    std::fs::write(&path, [&good[..], b"abc"].concat()).unwrap();
    let said = fresh.ok(["verify"]);
    assert!(said.contains("没写完") && !said.contains("日志损坏"), "{said}");
}

#[test]
fn a_repair_of_what_is_sound_writes_nothing_and_says_so() {
    let fresh = worked_on();
    let done = fresh.json(["repair", "--write", "--json"]);
    assert_eq!(
        (&done["written"], &done["files"], &done["copies"]),
        (&false.into(), &serde_json::json!([]), &serde_json::Value::Null)
    );
}
