//! The data folder, harmed in one place at a time: each file and folder of it deleted, emptied, replaced by something else, or a link to nothing.
//! Whoever works on it is told in a sentence what to do, or is not disturbed at all; nothing that was acknowledged is lost; and where the place
//! is put right again, everything is.

use std::path::{Path, PathBuf};
use std::time::Duration;

use duban::model::Seq;
use duban::store::{Purpose, Refused, drafts, open_to_read, open_to_write, verify};

use super::writer::{Ran, batch, clerk, copy, duban};

const NOTICE: &str = "云溪市2024年重点工作责任分解\n\n\
    1. 推进公园城市建设，新建城市公园20个以上。\n\n牵头市领导：林一舟\n\n责任单位：市住建局、市财政局\n";

/// What happens to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harm {
    Gone,
    /// A file of no bytes, a folder without anything in it.
    Emptied,
    /// A folder where there was a file, a file where there was a folder.
    Swapped,
    /// A link to nothing.
    Link,
}

const HARMS: [Harm; 4] = [Harm::Gone, Harm::Emptied, Harm::Swapped, Harm::Link];

fn remove(path: &Path) {
    if path.is_dir() && !path.is_symlink() {
        std::fs::remove_dir_all(path).unwrap();
    } else if path.symlink_metadata().is_ok() {
        std::fs::remove_file(path).unwrap();
    }
}

impl Harm {
    fn inflict(self, path: &Path) {
        let folder = path.is_dir();
        remove(path);
        match self {
            Self::Gone => {}
            Self::Emptied if folder => std::fs::create_dir(path).unwrap(),
            Self::Emptied => std::fs::write(path, b"").unwrap(),
            Self::Swapped if folder => std::fs::write(path, b"something else").unwrap(),
            Self::Swapped => std::fs::create_dir(path).unwrap(),
            Self::Link => std::os::unix::fs::symlink("nowhere", path).unwrap(),
        }
    }
}

/// Everything in a folder, by its place in it.
fn places(folder: &Path, within: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(within).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        found.push(path.strip_prefix(folder).unwrap().to_owned());
        if path.is_dir() {
            places(folder, &path, found);
        }
    }
}

/// Runs a verb; whatever is wrong is said in words, not by a panic.
fn run(data: &Path, words: &[&str], what: &str) -> Ran {
    let ran = duban(data, words);
    assert!(!ran.err.contains("panicked"), "{what}: {words:?}: {}", ran.err);
    assert!(matches!(ran.status, Some(0..=9)), "{what}: {words:?}: {:?} {}", ran.status, ran.err);
    if ran.status != Some(0) && words != ["verify"] {
        let said = ran.err.lines().filter(|line| line.chars().count() > 4).count();
        assert!(said >= 2, "{what}: {words:?}: what, and what to do: {}", ran.err);
    }
    ran
}

/// The texts that were filed, oldest first; `None` where the ledger does not open.
fn filed(data: &Path) -> Option<Vec<String>> {
    let commits = open_to_read(data).ok()?.store.since(Seq::ZERO, usize::MAX, Duration::ZERO).ok()?;
    Some(commits.iter().map(|sealed| format!("{:?}", sealed.commit.changes)).collect())
}

/// A ledger as it lies there between two sittings: commits, an original, sled with a snapshot of its own, a draft, a dead socket.
fn ledger() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("yunxi-2024.txt"), NOTICE).unwrap();
    let data = dir.path().join("data");
    let document = dir.path().join("yunxi-2024.txt");
    assert_eq!(run(&data, &["import", document.to_str().unwrap()], "import").status, Some(0));
    for text in ["一", "二"] {
        assert_eq!(run(&data, &file(text), "file").status, Some(0));
    }
    // A screen was open: sled is up to date.
    drop(open_to_write(&data, Purpose::Screen).unwrap());
    let draft = drafts::Draft {
        key: "yunxi-2024/T1@2024Q3".parse().unwrap(),
        base: Seq::ZERO,
        form: String::new(),
        fields: vec![("progress".into(), "正在".into())],
        at: chrono::DateTime::parse_from_rfc3339("2024-09-30T17:05:00+08:00").unwrap(),
        known: None,
        sitting: "1.1".into(),
        from: Vec::new(),
        elsewhere: false,
    };
    drafts::keep(&data, &draft).unwrap();
    drop(std::os::unix::net::UnixListener::bind(data.join("socket")).unwrap());
    dir
}

fn file(text: &str) -> [&str; 6] {
    ["file", "T1", "--period", "2024Q2", "--progress", text]
}

#[test]
fn each_place_of_the_data_folder_harmed_by_itself_loses_nothing_and_is_said() {
    let whole = ledger();
    let good = whole.path().join("data");
    let before = filed(&good).unwrap();
    assert_eq!(before.len(), 3);
    let mut all = Vec::new();
    places(&good, &good, &mut all);
    for needed in
        ["journal", "journal/000001.jsonl", "journal/head", "sled", "sled/db", "originals", "drafts", "version", "lock"]
    {
        assert!(all.contains(&PathBuf::from(needed)), "{needed} in {all:?}");
    }
    let mut outcomes = std::collections::BTreeMap::new();
    for place in &all {
        for harm in HARMS {
            let what = format!("{} {harm:?}", place.display());
            let outcome = suffer(&good, place, harm, &before, &what);
            outcomes.entry(outcome).or_insert_with(Vec::new).push(what);
        }
    }
    for (outcome, what) in outcomes {
        println!("{outcome}: {} ({})", what.len(), what.join("; "));
    }
}

/// Copies sockets too: they cannot be read.
fn copied(good: &Path) -> tempfile::TempDir {
    let work = tempfile::tempdir().unwrap();
    std::fs::create_dir(work.path().join("data")).unwrap();
    for entry in std::fs::read_dir(good).unwrap().map(Result::unwrap) {
        let target = work.path().join("data").join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else if entry.file_name() == "socket" {
            drop(std::os::unix::net::UnixListener::bind(target).unwrap());
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
    work
}

/// Harms one place, works on the ledger, and puts the place right again.
fn suffer(good: &Path, place: &Path, harm: Harm, before: &[String], what: &str) -> &'static str {
    let work = copied(good);
    let data = work.path().join("data");
    harm.inflict(&data.join(place));
    let segment = place.starts_with("journal") && !place.ends_with("head");

    let read = run(&data, &["log", "--json"], what);
    let verified = run(&data, &["verify"], what);
    let reported = run(&data, &["show", "T1", "--period", "2024Q2", "--json"], what);
    if !segment {
        // Whatever is derived or beside the ledger: who reads is not disturbed.
        assert_eq!(read.status, Some(0), "{what}: {}", read.err);
        assert!(read.out.contains('一') && reported.out.contains('二'), "{what}: {}", reported.out);
    } else if harm != Harm::Swapped || place.ends_with("000001.jsonl") {
        // It says where: also where there is no file left to name.
        let said = [&read.err, &verified.out, &verified.err].map(String::as_str).concat();
        assert!(said.contains("journal"), "{what}: {said}");
        assert_ne!(verified.status, Some(0), "{what}: {}", verified.out);
    }
    let wrote = run(&data, &file("三"), what);
    let acknowledged = wrote.status == Some(0);
    assert!(!(segment && acknowledged), "{what}: what was acknowledged is not all there, so nothing is written");
    if acknowledged {
        let now = filed(&data).unwrap();
        assert_eq!(now.get(..3), Some(before), "{what}");
        assert!(now.len() == 4 && now[3].contains('三'), "{what}: {now:?}");
    }
    // A screen, and a commit by it.
    let by_screen = open_to_write(&data, Purpose::Screen).ok().map(|opened| {
        let answer = opened.store.commit(&clerk(), &batch(0, 1, 5));
        assert!(matches!(answer, Ok(_) | Err(Refused::Down(_))), "{what}: {answer:?}");
        answer.is_ok()
    });
    assert!(!(segment && by_screen == Some(true)), "{what}");

    // Put right again: where something new stands, it stays beside it.
    let path = data.join(place);
    if segment || path.symlink_metadata().is_err() || path.is_dir() != good.join(place).is_dir() || path.is_symlink() {
        remove(&path);
        let origin = good.join(place);
        if origin.is_dir() {
            copy(&origin, &path);
        } else if place != Path::new("socket") {
            std::fs::copy(origin, &path).unwrap();
        }
    }
    let opened = open_to_write(&data, Purpose::Screen);
    assert!(opened.is_ok(), "{what}: put right: {opened:?}");
    drop(opened);
    let now = filed(&data).unwrap();
    let written = 3 + usize::from(acknowledged) + usize::from(by_screen == Some(true));
    assert_eq!(now.get(..3), Some(before), "{what}: put right");
    assert_eq!(now.len(), written, "{what}: put right: {now:?}");
    let verdict = verify(&data).unwrap();
    assert!(verdict.damages.is_empty() && verdict.head.seq.0 == written as u64, "{what}: {verdict:?}");
    match (acknowledged, by_screen == Some(true)) {
        (true, true) => "not disturbed",
        (true, false) => "commands write, screens say why not",
        (false, true) => "a command says why not, the next screen writes",
        (false, false) => "nothing is written, and it is said why",
    }
}
