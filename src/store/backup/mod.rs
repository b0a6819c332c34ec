//! Backups: one zip file of a ledger's journal and originals, made while people work; exports: the same and every record in open files; and
//! the way back from both.
//!
//! ```text
//! make      a ledger → a backup, read back before it counts        members   what may be in one, and no more
//! export    a ledger → a folder of open files                      exported  their lines, out and in
//! source    a backup, an export or a folder, read within bounds    restore   a source → a new ledger
//!           and checked                                            compare   two ledgers: what differs, are they one?
//! daily     which of many backups stay
//! ```
//!
//! A backup holds `journal/*.jsonl` and `originals/*` as they lie in the folder, `README.txt`, and `backup.json`: the commit up to which it
//! reaches. Unpacked into an empty folder it is a ledger, without this program too. sled, drafts and locks are not in it: derived, or not saved.

mod compare;
mod daily;
mod export;
pub(super) mod exported;
mod make;
mod members;
mod restore;
mod source;

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

pub use compare::{Chain, Counts, Difference, Printed, Relation, difference, since};
pub use daily::{Daily, daily};
pub use export::{Exported, commits, empty, export};
pub use exported::Fault;
pub use make::{Made, make};
pub use restore::{Preview, last_by, preview, restore};

use super::{BadLine, Damage, OpenError};
use crate::model::{Head, Seq};

pub(super) use source::Source;

/// What a backup says of itself, in `backup.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    /// Of this file; 1.
    format: u8,
    /// The schema of the program that made it.
    schema: u8,
    /// The last commit in it.
    head: Head,
}

/// Why there is no backup, or none of it is restored, by who must act.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The ledger cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The journal is damaged, or ends too soon: repair it first.
    #[error("{0}")]
    Damaged(Damage),
    /// A file or folder that the user named cannot be read or made.
    #[error("{}: {source}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The backup is not what was written, or is none.
    #[error("{0}")]
    Bad(Bad),
    /// It does not reach to the commit that was asked for.
    #[error("reaches to commit {head} only")]
    TooEarly {
        /// Its last commit.
        head: Seq,
    },
    /// Its first commit is later than the moment that was asked for.
    #[error("begins at {first}")]
    TooLate {
        /// When the first commit was written.
        first: DateTime<FixedOffset>,
    },
}

/// What is wrong with a backup.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Bad {
    /// No zip file, or one without `backup.json`.
    #[error("not a backup: {0}")]
    Foreign(String),
    /// It was made by a newer program, of this schema.
    #[error("of a newer program (schema {0})")]
    Newer(u8),
    /// A member that no backup has: another name, a link, a name twice.
    #[error("does not belong into a backup: {0}")]
    Member(String),
    /// It unpacks to more than a backup of its size does.
    #[error("unpacks to too much")]
    Bomb,
    /// A line of its journal is not what was written.
    #[error("{file} line {line}: {what}")]
    Line {
        /// The member.
        file: String,
        /// The line in it, from 1.
        line: u64,
        /// What is wrong.
        what: BadLine,
    },
    /// A line of an export is not what was written.
    #[error("{file} line {line} column {column}: {what}")]
    Export {
        /// The file in the export.
        file: String,
        /// The line in it, from 1.
        line: u64,
        /// The column, in characters from 1.
        column: u64,
        /// What is wrong.
        what: Fault,
    },
    /// A document whose bytes no longer have its hash.
    #[error("original {0} is damaged")]
    Original(String),
    /// It does not end with the commit that it says it ends with.
    #[error("ends with commit {found}, not with commit {said}")]
    Head {
        /// What it says.
        said: Seq,
        /// What it holds.
        found: Seq,
    },
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::File { path, source }
}
