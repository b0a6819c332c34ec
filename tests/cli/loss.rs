//! One story on real processes: work through the service, backups while it runs, damage in the middle of the journal, repair, yesterday's
//! ledger elsewhere, everything exported and made again in a third place.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::run::Fresh;

/// The office's service; ended in order, which closes the database.
struct Service(Child);

impl Service {
    fn start(fresh: &Fresh) -> Self {
        let child = fresh.command(["serve", "--socket", "socket"]).spawn().unwrap();
        let began = Instant::now();
        while fresh.run(["--server", "socket", "status"]).status != 0 {
            assert!(began.elapsed() < Duration::from_mins(1), "the service does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self(child)
    }

    fn stop(mut self) {
        kill_process(Pid::from_raw(i32::try_from(self.0.id()).unwrap()).unwrap(), Signal::TERM).unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Every file under a folder, with its bytes.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            found.extend(files(&entry.path()).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// All that a person can see of a ledger: items with what was filed, figures, history.
fn seen(fresh: &Fresh, data: &str) -> Vec<String> {
    let look = |args: &[&str]| fresh.ok(["--data", data].iter().chain(args).copied());
    let period = ["--period", "2024Q3", "--json"];
    let mut seen = vec![
        look(&["log", "--json"]),
        look(&[&["list"][..], &period].concat()),
        look(&[&["list", "--livelihood"][..], &period].concat()),
        look(&["doubts", "--json"]),
        look(&["role", "--json"]),
        look(&["settings", "--json"]),
        look(&["bulletin", "2024Q3", "--json"]),
        look(&["report", "2024Q3", "--format", "json"]),
    ];
    seen.extend(["T5", "T7", "P1.1"].map(|key| look(&[&["show", key][..], &period].concat())));
    seen
}

/// The mark in the foot of the pages of a report.
fn mark(text: &str) -> [String; 2] {
    let foot = text.lines().find(|line| line.contains('#') && line.contains('—')).unwrap();
    let mut words = foot.split('#').nth(1).unwrap().split_whitespace();
    [words.next().unwrap().to_owned(), words.next().unwrap().to_owned()]
}

#[test]
fn what_was_damaged_is_mended_and_what_was_is_found_again() {
    let fresh = Fresh::new();
    let path = |name: &str| fresh.home().join(name);
    fresh.ok(["status"]);
    let office = |args: &[&str]| fresh.ok(["--server", "socket"].iter().chain(args).copied());
    std::fs::create_dir(path("daily")).unwrap();

    // Yesterday.
    let service = Service::start(&fresh);
    office(&["file", "T5", "--period", "2024Q3", "--percent", "60", "--progress", "已开工"]);
    office(&["quota", "P1.1", "江山市", "8.2", "--period", "2024Q3"]);
    office(&["file", "T7", "--period", "2024Q3", "--progress", "已立项"]);
    fresh.ok(["backup", "daily/duban-2024-10-24.zip"]);
    service.stop();
    let yesterday = seen(&fresh, "data");
    // Today, with a bulletin that goes out on paper, and work after it.
    let service = Service::start(&fresh);
    office(&["review", "T5", "--period", "2024Q3", "--accept"]);
    office(&["step", "T5", "--add", "竣工验收"]);
    office(&["bulletin", "2024Q3", "--next", "抓紧收尾。"]);
    office(&["bulletin", "2024Q3", "--issue"]);
    office(&["file", "T7", "--period", "2024Q3", "--progress", "已开工"]);
    office(&["undo"]);
    let printed = office(&["report", "2024Q3"]);
    fresh.ok(["backup", "--daily", "daily"]);
    service.stop();
    let today = seen(&fresh, "data");
    let head = fresh.head();

    // The printed head is that of the ledger from which the bulletin was issued, and is found in it.
    let [seq, begins] = mark(&printed);
    let issued: Value = fresh.json(["bulletin", "2024Q3", "--json"]);
    assert_eq!(issued["issued"]["seq"].as_str(), Some(&*seq), "{issued}");
    assert!(issued["issued"]["hash"].as_str().unwrap().starts_with(&begins));
    let told = fresh.json(["verify", "--json", "--head", &seq, &begins, "--backups", "daily"]);
    assert_eq!((&told["good"], &told["head"]["found"], &told["sled"]), (&true.into(), &true.into(), &"agrees".into()));
    assert_eq!(told["head"]["seq"].to_string(), seq);
    let states: Vec<&Value> = told["backups"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["agrees", "agrees"]);

    // Damage in the middle.
    let journal = fresh.data().join("journal/000001.jsonl");
    let good = std::fs::read(&journal).unwrap();
    let mut spoilt = good.clone();
    let third = good.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0 + 1;
    spoilt[third + 200] ^= 4;
    std::fs::write(&journal, &spoilt).unwrap();
    let told = fresh.run(["verify", "--json"]);
    assert_eq!(told.status, 4);
    let told: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!((&told["seq"], &told["damages"][0]["line"]), (&2.into(), &3.into()));
    assert_eq!(told["damages"][0]["file"].as_str(), journal.to_str());
    let ran = fresh.fails(4, ["file", "T9", "--period", "2024Q3", "--progress", "x"]);
    assert!(ran.err.contains("repair"), "{ran:?}");
    assert_eq!(std::fs::read(&journal).unwrap(), spoilt);

    // Repair: said, done, taken back, done again.
    let plan = fresh.json(["repair", "--dry-run", "--json"]);
    assert_eq!(
        (&plan["found"][0]["seq"], &plan["found"][0]["backup"], &plan["copies"], &plan["written"]),
        (&3.into(), &false.into(), &Value::Null, &false.into())
    );
    assert_eq!(std::fs::read(&journal).unwrap(), spoilt);
    fresh.fails(2, ["repair", "--dry-run", "--write"]);
    let said = fresh.ok(["repair", "--write"]);
    let back = said.lines().find_map(|line| line.split_once("mv ")).unwrap().1;
    assert_eq!(std::fs::read(&journal).unwrap(), good);
    let moved: Vec<&str> = back.split(' ').collect();
    std::fs::rename(path(moved[0]), path(moved[1])).unwrap();
    assert_eq!(std::fs::read(&journal).unwrap(), spoilt, "what was there before the repair");
    fresh.ok(["repair", "--write"]);
    fresh.ok(["verify", "--backups", "daily", "--head", &seq, &begins]);
    assert_eq!(seen(&fresh, "data"), today);

    // Yesterday's ledger, elsewhere.
    let before = files(&path("daily"));
    let preview = fresh.json(["restore", "daily/duban-2024-10-24.zip", "--dry-run", "--json"]);
    let against = &preview["against"];
    assert_eq!((&against["relation"], &against["gone"]), (&"goes_on".into(), &(head - 4).into()), "{preview}");
    let kinds: BTreeMap<&str, [u64; 3]> = against["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), ["gone", "changed", "come"].map(|of| one[of].as_u64().unwrap())))
        .collect();
    assert_eq!((kinds["filing"], kinds["step"], kinds["bulletin"]), ([0, 1, 0], [1, 0, 0], [1, 0, 0]), "{kinds:?}");
    let said = fresh.ok(["restore", "daily/duban-2024-10-24.zip", "--dry-run"]);
    assert!(said.contains(&format!("少 {} 次提交", head - 4)) && said.contains(&format!("#{head} ")), "{said}");
    fresh.ok(["restore", "daily/duban-2024-10-24.zip", "yesterday"]);
    assert_eq!(files(&path("daily")), before, "the backups are left as they are");
    assert_eq!(seen(&fresh, "yesterday"), yesterday);
    let ran = fresh.fails(4, ["--data", "yesterday", "verify", "--head", &seq, &begins]);
    assert!(ran.err.contains("台账只到 #4 "), "{ran:?}");

    // Everything exported, and made again in a third place.
    fresh.ok(["export", "out"]);
    fresh.ok(["restore", "out", "third"]);
    assert_eq!(seen(&fresh, "third"), today);
    assert_eq!(std::fs::read(path("third/journal/000001.jsonl")).unwrap(), good);
    fresh.ok(["--data", "third", "export", "again"]);
    assert_eq!(files(&path("again")), files(&path("out")), "to the byte, with every table and the issued bulletin");
    assert!(path("out/bulletins/quzhou-2024-2024Q3.json").exists());
    fresh.ok(["--data", "third", "verify", "--head", &seq, &begins, "--backups", "daily"]);
    let ran = fresh.fails(2, ["restore", "out", "third"]);
    assert!(ran.err.contains("third"), "{ran:?}");
}
