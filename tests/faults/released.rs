//! The data folders of every released schema, as its own program left them behind: opened by today's, with everything that is in them.
//!
//! `tests/golden/folder-N.zip` holds the whole folder (journal, sled, originals) and what that program said is in it (`log.json`);
//! `tests/golden/make-folder.sh` makes one. 1, 2 and 3 were made by the last programs of their schemas (906c557, 91e5eb4, 6f1f806), 4 by 5267b1e, 5 by bf43d5e.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use duban::model::{Ledger, Seq};
use duban::store::{Notice, Opened, Purpose, ReadOnly, SledVerdict, Unsound, open_to_read, open_to_write, verify};
use serde_json::Value;

use super::writer::{batch, clerk, duban};

const FOLDERS: [(u8, &[u8]); 5] = [
    (1, include_bytes!("../golden/folder-1.zip")),
    (2, include_bytes!("../golden/folder-2.zip")),
    (3, include_bytes!("../golden/folder-3.zip")),
    (4, include_bytes!("../golden/folder-4.zip")),
    (5, include_bytes!("../golden/folder-5.zip")),
];

/// A copy of a folder, and its commits by the words of the program that wrote them, oldest first.
fn unpacked(bytes: &[u8]) -> (tempfile::TempDir, Vec<Value>) {
    let folder = tempfile::tempdir().unwrap();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().extract(folder.path()).unwrap();
    let text = std::fs::read_to_string(folder.path().join("log.json")).unwrap();
    let mut log: Vec<Value> = serde_json::from_str(&text).unwrap();
    log.reverse();
    (folder, log)
}

/// Whether everything that was said is still so; what has come since may stand beside it.
fn holds(now: &Value, said: &Value) -> bool {
    match (now, said) {
        (Value::Object(now), Value::Object(said)) => {
            said.iter().all(|(name, said)| now.get(name).is_some_and(|now| holds(now, said)))
        }
        (Value::Array(now), Value::Array(said)) => {
            now.len() == said.len() && now.iter().zip(said).all(|(now, said)| holds(now, said))
        }
        _ => now == said,
    }
}

/// That a ledger holds what the commits said, folded here.
fn is_as_said(opened: &Opened, log: &[Value], what: &str) {
    let commits = opened.store.since(Seq::ZERO, usize::MAX, Duration::ZERO).unwrap();
    assert!(commits.len() >= log.len(), "{what}");
    let mut records: BTreeMap<&str, &Value> = BTreeMap::new();
    for (sealed, said) in commits.iter().zip(log) {
        let now = serde_json::to_value(sealed.commit.as_ref()).unwrap();
        let mut said_of_itself = said.clone();
        let hash = said_of_itself.as_object_mut().unwrap().remove("hash").unwrap();
        assert_eq!(hash, sealed.hash.to_string().as_str(), "{what}");
        assert!(holds(&now, &said_of_itself), "{what}: {said}");
        for change in said["changes"].as_array().unwrap() {
            let key = change["key"].as_str().unwrap();
            match &change["new"] {
                Value::Null => drop(records.remove(key)),
                record => drop(records.insert(key, record)),
            }
        }
    }
    let ledger: Ledger = opened.store.snapshot().unwrap();
    for (key, said) in &records {
        let entry = ledger.get(&key.parse().unwrap());
        assert!(entry.is_some(), "{what}: {key} is gone");
        let now = serde_json::to_value(entry.unwrap().record.as_ref()).unwrap();
        assert!(holds(&now, said), "{what}: {key}: {now} but {said}");
    }
    let new = commits.len() - log.len();
    assert_eq!(ledger.len(), records.len() + new, "{what}: nothing else is in it");
}

/// Runs what has to succeed, and answers what it printed.
fn ok(data: &Path, words: &[&str]) -> String {
    let ran = duban(data, words);
    assert_eq!(ran.status, Some(0), "{words:?}: {}{}", ran.out, ran.err);
    ran.out
}

fn journal(data: &Path) -> Vec<u8> {
    std::fs::read(data.join("journal/000001.jsonl")).unwrap()
}

/// The schema that a folder is marked with.
fn marked(data: &Path) -> u8 {
    let text = std::fs::read_to_string(data.join("version")).unwrap();
    text.trim().rsplit_once(' ').unwrap().1.parse().unwrap()
}

#[test]
fn the_folder_of_every_released_schema_is_opened_with_everything_in_it() {
    let mut newest = 0;
    for (schema, bytes) in FOLDERS {
        let what = format!("schema {schema}");
        let (folder, log) = unpacked(bytes);
        let data = folder.path().join("data");
        let before = journal(&data);
        assert!(log.len() > 5, "{what}: {}", log.len());

        // Looking at it changes nothing.
        let opened = open_to_read(&data).unwrap();
        assert_eq!(opened.notices, [Notice::ReadOnly(ReadOnly::Asked)], "{what}");
        is_as_said(&opened, &log, &what);
        drop(opened);
        let verdict = verify(&data).unwrap();
        assert!(verdict.damages.is_empty() && verdict.unfinished.is_none(), "{what}: {verdict:?}");
        let sled_is_ours = !matches!(verdict.sled, SledVerdict::Unsound(Unsound::Schema(of)) if of == schema);
        assert!(
            !sled_is_ours || matches!(verdict.sled, SledVerdict::Agrees | SledVerdict::Behind(_)),
            "{what}: {verdict:?}"
        );
        assert_eq!(journal(&data), before, "{what}");

        // A screen makes what is derived anew where it is of another schema, and says no more than that.
        let opened = open_to_write(&data, Purpose::Screen).unwrap();
        let expected = |notice: &Notice| match notice {
            Notice::Rebuilt { why: Unsound::Schema(of), aside: Some(_) } => *of == schema && !sled_is_ours,
            Notice::Replayed { .. } => sled_is_ours,
            _ => false,
        };
        assert!(opened.notices.len() == 1 && opened.notices.iter().all(expected), "{what}: {:?}", opened.notices);
        is_as_said(&opened, &log, &what);
        let head = opened.store.commit(&clerk(), &batch(0, 1, 5)).unwrap();
        assert_eq!(head.seq.0, log.len() as u64 + 1, "{what}");
        is_as_said(&opened, &log, &what);
        drop(opened);
        assert!(journal(&data).starts_with(&before), "{what}: what was written stays as it was written");
        newest = marked(&data);

        // And so on the command line.
        ok(&data, &["verify"]);
        assert!(ok(&data, &["show", "T1", "--period", "2023Q1", "--json"]).contains("开门红"), "{what}");
        let (zip, back) = (folder.path().join("b.zip"), folder.path().join("back"));
        ok(&data, &["backup", zip.to_str().unwrap()]);
        ok(&data, &["restore", zip.to_str().unwrap(), back.to_str().unwrap()]);
        is_as_said(&open_to_read(&back).unwrap(), &log, &what);
        let original = |data: &Path| {
            let file = std::fs::read_dir(data.join("originals")).unwrap().next().unwrap().unwrap();
            std::fs::read(file.path()).unwrap()
        };
        assert_eq!(original(&back), std::fs::read("tests/fixtures/donglan-2023.txt").unwrap(), "{what}");
        assert!(verify(&data).unwrap().is_good(), "{what}");
    }
    let kept: Vec<u8> = FOLDERS.iter().map(|(schema, _)| *schema).collect();
    assert!(
        (1..=newest).all(|schema| kept.contains(&schema)),
        "a schema was left behind: keep a folder of it ({kept:?}, {newest})"
    );
}
