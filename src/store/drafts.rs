//! Drafts: what somebody was typing when the line broke. One small file each under `drafts/`, not part of the ledger.

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{files, line};
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
    fn an_unreadable_draft_does_not_hide_the_others() {
        let dir = tempfile::tempdir().unwrap();
        let good = draft("a-2024/T5@2024Q3", "正在");
        save(dir.path(), &good).unwrap();
        std::fs::write(folder(dir.path()).join("x.json"), b"{").unwrap();
        assert_eq!(load(dir.path()), [good]);
    }
}
