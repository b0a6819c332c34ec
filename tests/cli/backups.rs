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
