//! Drafts: what somebody was typing when the line broke. One small file each under `drafts/`, not part of the ledger.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{Sealed, files, line};
use crate::model::former::key_after;
use crate::model::{Key, Seq};

/// An edit that was not written. Its texts are as they were typed: they pass the sanitiser when they are used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The record that was edited.
    pub key: Key,
    /// The version that was edited.
    pub base: Seq,
    /// The fields of the form with what they held, by name.
    pub fields: Vec<(String, String)>,
    /// When it was kept.
    pub at: DateTime<FixedOffset>,
}

impl Draft {
    /// What a field held; empty where there is none of that name.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text.as_str())
    }
}

/// Keeps a draft, in place of an earlier one of the same record.
///
/// # Errors
/// When the disk refuses; an earlier draft is whole then.
pub fn save(dir: &Path, draft: &Draft) -> io::Result<()> {
    files::make_folder(&folder(dir))?;
    let text = serde_json::to_vec(draft).map_err(io::Error::other)?;
    files::write_whole(&path(dir, &draft.key), &text)
}

/// The drafts that were kept, oldest first. A file that cannot be read is left where it is and passed over.
pub fn load(dir: &Path) -> Vec<Draft> {
    let Ok(entries) = std::fs::read_dir(folder(dir)) else { return Vec::new() };
    let mut drafts: Vec<Draft> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "json"))
        .filter_map(|entry| serde_json::from_slice(&std::fs::read(entry.path()).ok()?).ok())
        .collect();
    drafts.sort_by_key(|draft| draft.at);
    drafts
}

/// The drafts that were kept, those of items that have another number since under the key that they have now.
///
/// `commits` are in order. A draft that cannot be put under its new key on disk is there under the old one again the next time.
pub fn load_after(dir: &Path, commits: &[Sealed]) -> Vec<Draft> {
    let since = |draft: &Draft| {
        let at = draft.at;
        commits.iter().map(|sealed| sealed.commit.as_ref()).filter(move |commit| commit.at > at)
    };
    let (mut drafts, moved): (Vec<Draft>, Vec<Draft>) =
        load(dir).into_iter().partition(|draft| key_after(since(draft), &draft.key) == draft.key);
    // What was typed about an item after its move is newer than what was typed before.
    let newer: HashSet<Key> = drafts.iter().map(|draft| draft.key.clone()).collect();
    // All are kept under their new keys before any is forgotten under its old one: the keys may change places.
    let mut old = Vec::new();
    let mut new = HashSet::new();
    for draft in moved {
        let key = key_after(since(&draft), &draft.key);
        // Kept as of the last of these commits: none of them moves it again.
        let at = since(&draft).next_back().map_or(draft.at, |commit| commit.at);
        let now = Draft { key, at, ..draft.clone() };
        if newer.contains(&now.key) {
            old.push(draft.key);
        } else {
            if save(dir, &now).is_ok() {
                old.push(draft.key);
                new.insert(now.key.clone());
            }
            drafts.push(now);
        }
    }
    for key in old.iter().filter(|key| !new.contains(*key)) {
        let _ = discard(dir, key);
    }
    drafts.sort_by_key(|draft| draft.at);
    drafts
}

/// Forgets the draft of a record, if there is one: it was written, or its user said so.
///
/// # Errors
/// When the disk refuses.
pub fn discard(dir: &Path, key: &Key) -> io::Result<()> {
    match std::fs::remove_file(path(dir, key)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn folder(dir: &Path) -> PathBuf {
    dir.join("drafts")
}

/// Keys hold slashes and Chinese, so the file is named by the key's hash.
fn path(dir: &Path, key: &Key) -> PathBuf {
    folder(dir).join(format!("{}.json", line::sha256(key.to_string().as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, BatchId, Change, Commit, DocumentId, Former, Hash, Intent, ItemKey, Record};
    use std::os::unix::fs::PermissionsExt as _;

    fn draft(key: &str, text: &str) -> Draft {
        let at = DateTime::parse_from_rfc3339("2024-09-30T17:00:00+08:00").unwrap();
        Draft { key: key.parse().unwrap(), base: Seq(3), fields: vec![("progress".into(), text.into())], at }
    }

    #[test]
    fn a_draft_comes_back_until_it_is_discarded() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(load(dir.path()), []);
        let (first, second) = (draft("a-2024/T5@2024Q3", "正在"), draft("a-2024/T5@2024Q3", "正在推进\n第二行"));
        save(dir.path(), &first).unwrap();
        save(dir.path(), &second).unwrap();
        assert_eq!(load(dir.path()), std::slice::from_ref(&second), "one draft a record");
        let mode = std::fs::metadata(path(dir.path(), &second.key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        discard(dir.path(), &second.key).unwrap();
        discard(dir.path(), &second.key).unwrap();
        assert_eq!(load(dir.path()), []);
    }

    #[test]
    fn a_draft_follows_its_item_to_another_number_and_only_once() {
        let dir = tempfile::tempdir().unwrap();
        save(dir.path(), &draft("a-2024/T5@2024Q3", "五")).unwrap();
        save(dir.path(), &draft("a-2024/T6@2024Q3", "六")).unwrap();
        let id = DocumentId::new("a-2024").unwrap();
        let on = chrono::NaiveDate::from_ymd_opt(2024, 10, 8).unwrap();
        let moved = |was: u16, at: u16| Change {
            key: Key::former(&id, ItemKey::task(at)),
            base: Seq::ZERO,
            old: None,
            new: Some(Record::Former(Former { was: ItemKey::task(was), on, source: String::new() })),
        };
        let commit = Commit {
            seq: Seq(9),
            prev: Hash::default(),
            id: BatchId::default(),
            at: DateTime::parse_from_rfc3339("2024-10-08T09:00:00+08:00").unwrap(),
            actor: Actor { uid: 1, name: "li".into() },
            intent: Intent::Import,
            undoes: None,
            changes: vec![moved(5, 6), moved(6, 7)],
        };
        let commits = [Sealed { commit: commit.into(), hash: Hash::default() }];
        for _ in 0..2 {
            let mut kept: Vec<(String, String)> = load_after(dir.path(), &commits)
                .iter()
                .map(|one| (one.key.to_string(), one.field("progress").to_owned()))
                .collect();
            kept.sort();
            let expected = [("a-2024/T6@2024Q3", "五"), ("a-2024/T7@2024Q3", "六")];
            assert_eq!(kept, expected.map(|(key, text)| (key.to_owned(), text.to_owned())));
        }
        assert_eq!(load(dir.path()).len(), 2, "nothing is left behind");
    }

    #[test]
    fn an_unreadable_draft_does_not_hide_the_others() {
        let dir = tempfile::tempdir().unwrap();
        let good = draft("a-2024/T5@2024Q3", "正在");
        save(dir.path(), &good).unwrap();
        std::fs::write(folder(dir.path()).join("x.json"), b"{").unwrap();
        assert_eq!(load(dir.path()), [good]);
    }
}
