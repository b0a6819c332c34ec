//! Whether backups are whole, and of this ledger: their last commit is in its history.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::cli::fail::Stop;
use crate::cli::{backup_words, words};
use crate::store::backup::{self, BackupError, Chain, Relation};

/// A backup that was looked at.
pub(super) struct Checked {
    pub(super) good: bool,
    pub(super) line: String,
    pub(super) told: Told,
}

/// The same for programs.
#[derive(Clone, Serialize)]
pub(super) struct Told {
    file: String,
    state: &'static str,
    seq: Option<u64>,
    hash: Option<String>,
    behind: Option<u64>,
}

/// Checks a backup or export, or every backup in a folder.
pub(super) fn check(lang: Lang, folder: &Path, at: &Path) -> Result<Vec<Checked>, Stop> {
    let chain = Chain::of(folder).map_err(|error| backup_words::stop(lang, folder, &error))?;
    let found = found(at).map_err(|error| Stop::file(lang, at, &error))?;
    if found.is_empty() {
        return Err(Stop::input(
            lang.fill(Say::CliVerifyBackupNone, &[&words::path(at)]),
            lang.say(Say::CliBackupNowhereTodo),
        ));
    }
    Ok(found.iter().map(|file| one(lang, &chain, file)).collect())
}

/// The path itself where it is one; else what a folder has of backups, by their names.
fn found(at: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !at.is_dir() || at.join("export.json").is_file() {
        return Ok(vec![at.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(at)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "zip") && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn one(lang: Lang, chain: &Chain, file: &Path) -> Checked {
    let name = words::path(file);
    let mut told =
        Told { file: file.to_string_lossy().into_owned(), state: "bad", seq: None, hash: None, behind: None };
    let head = match backup::preview(file, None) {
        Ok(preview) => preview.head(),
        Err(error) => {
            let what = match &error {
                BackupError::Bad(bad) => backup_words::bad(lang, bad),
                BackupError::File { source, .. } => words::io(lang, source),
                other => other.to_string(),
            };
            return Checked { good: false, line: lang.fill(Say::CliVerifyBackupBad, &[&name, &what]), told };
        }
    };
    told.seq = Some(head.seq.0);
    told.hash = Some(head.hash.to_string());
    let (good, state, line) = match chain.relation(head) {
        Relation::GoesOn(behind) => {
            told.behind = Some(behind);
            (true, "agrees", lang.fill(Say::CliVerifyBackup, &[&name, &head.seq, &behind]))
        }
        Relation::Shorter(last) => {
            (false, "longer", lang.fill(Say::CliVerifyBackupLonger, &[&name, &head.seq, &last.seq]))
        }
        Relation::Another => (false, "other", lang.fill(Say::CliVerifyBackupOther, &[&name, &head.seq])),
        Relation::Unknown => (true, "unknown", lang.fill(Say::CliVerifyBackupUnknown, &[&name, &head.seq])),
    };
    told.state = state;
    Checked { good, line, told }
}
