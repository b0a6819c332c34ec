//! What a store has to say about opening: errors by who must act, notices, kinds of damage. Typed; the faces word them.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::Away;
use super::codec::Undecodable;
use super::files::{self, Exposed};
use super::segments::Segments;
use crate::model::Seq;

/// What a process holds a ledger for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A screen: holds it until its user leaves.
    Screen,
    /// The office's service: holds it until it is stopped.
    Serve,
    /// A single command: holds it for an instant, so others wait for it.
    Command,
}

impl Purpose {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Serve => "serve",
            Self::Command => "command",
        }
    }
}

/// Why a ledger cannot be opened, by who must act.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process writes: its user has to leave first.
    #[error("held by process {pid} ({})", .purpose.word())]
    Held {
        /// The process; 0 where it did not say.
        pid: u32,
        /// What it holds the ledger for.
        purpose: Purpose,
    },
    /// The host of the ledger cannot be reached.
    #[error(transparent)]
    Away(Away),
    /// There is no ledger here.
    #[error("no ledger in {}", .0.display())]
    Missing(PathBuf),
    /// The folder is on a file system that other machines may write, where locks do not protect: choose another folder.
    #[error("{} is on a network file system ({kind})", .dir.display())]
    Network {
        /// The folder.
        dir: PathBuf,
        /// The kind of file system, as the table of mounts calls it.
        kind: String,
    },
    /// Somebody else could change the files of the folder under our hands.
    #[error("{} is no safe place: {why:?}", .dir.display())]
    Exposed {
        /// The folder.
        dir: PathBuf,
        /// Why.
        why: Exposed,
    },
    /// A newer program wrote in the folder: this one would lose what it does not know.
    #[error("{} is of a newer program (schema {theirs}, this one knows {ours})", .dir.display())]
    Newer {
        /// The folder.
        dir: PathBuf,
        /// The schema of the newest program that wrote in it; 0 where only its lines tell.
        theirs: u8,
        /// The schema of this program.
        ours: u8,
    },
    /// The disk or its permissions: the administrator has to act.
    #[error("{}: {source}", .path.display())]
    Disk {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OpenError {
    /// Refuses a folder that is no safe place.
    pub(super) fn exposed(dir: &std::path::Path) -> Result<(), Self> {
        files::exposed(dir).map_or(Ok(()), |why| Err(Self::Exposed { dir: dir.to_owned(), why }))
    }

    /// Wraps what the system said about a path.
    pub(super) fn disk(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Disk { path, source }
    }
}

/// What happened at opening that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// sled's state was made anew from the journal.
    Rebuilt {
        /// Why.
        why: Unsound,
        /// Where the old one was put; `None` where there was none.
        aside: Option<PathBuf>,
    },
    /// sled was behind the journal (the last process was killed) and was brought up to date.
    Replayed {
        /// How many commits it lacked.
        commits: u64,
    },
    /// A half-written last line, never acknowledged, was moved out of the journal.
    TornLine {
        /// Where it is now.
        moved_to: PathBuf,
    },
    /// The last line is half-written, although nobody is writing; opening to write moves it out of the journal.
    Unfinished(Damage),
    /// A half-written snapshot of sled's was removed; it holds nothing that is not elsewhere.
    StaleRemoved(PathBuf),
    /// sled cannot be used now (the text says why); the journal alone serves.
    WithoutSled(String),
    /// The image was damaged, or is not what the journal says, and is not used; another is made.
    Image {
        /// What is wrong with it.
        why: Unsound,
        /// Where it was put; `None` where it lies where it was.
        aside: Option<PathBuf>,
        /// Whether the ledger was opened by it: then nothing is written any more, and the program is to be started anew.
        served: bool,
    },
    /// The user's other processes cannot work through this one; the text says why.
    NotShared(String),
    /// The ledger can be read, not written.
    ReadOnly(ReadOnly),
}

/// Why a ledger can only be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// It was asked for so.
    Asked,
    /// Another process holds it.
    Held {
        /// The process; 0 where it did not say.
        pid: u32,
        /// What it holds the ledger for.
        purpose: Purpose,
    },
    /// The journal is damaged; nothing is written until it is repaired.
    Damaged {
        /// The first damage.
        damage: Damage,
        /// The last commit of the state that is shown.
        shown: Seq,
    },
}

/// Why sled's state is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsound {
    /// There is none.
    Missing,
    /// It was written by another version of the program, under this schema.
    Schema(u8),
    /// It does not open, does not read, or its digest is wrong.
    Damaged(String),
    /// It is whole, but not the state that the journal says.
    Differs,
}

impl From<Undecodable> for Unsound {
    fn from(error: Undecodable) -> Self {
        match error {
            Undecodable::Schema(schema) => Self::Schema(schema),
            Undecodable::Checksum | Undecodable::Content(_) => Self::Damaged(error.to_string()),
        }
    }
}

/// A place where the journal is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The segment.
    pub file: PathBuf,
    /// The line in it, from 1.
    pub line: u64,
    /// What is wrong.
    pub what: BadLine,
}

impl Damage {
    /// That a journal in `folder` which ends with `head` lacks the commits up to `known`. Where no segment is left, there is no file to
    /// name but the folder.
    pub(super) fn lost(folder: &Path, segments: &Segments, head: Seq, known: Seq) -> Self {
        let (file, line) = match segments.last() {
            Some(last) => (last.path.clone(), (head.0 + 2).saturating_sub(last.first.0)),
            None => (folder.to_owned(), 1),
        };
        Self { file, line, what: BadLine::Lost(known) }
    }
}

/// What is wrong with a line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// It does not begin with a hash and a space.
    #[error("no checksum in front of it")]
    Shape,
    /// Its checksum is not that of its text.
    #[error("checksum does not match")]
    Checksum,
    /// The checksum is right but the text is not a commit that this version reads.
    #[error("not a commit: {0}")]
    Content(String),
    /// It does not follow on the line before.
    #[error("does not follow: {0}")]
    Chain(String),
    /// It ends too soon although it was acknowledged, or is followed by more.
    #[error("cut off")]
    Cut,
    /// The file ends before this commit, which was acknowledged.
    #[error("commits up to {0} are missing")]
    Lost(Seq),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("missing"),
            Self::Schema(schema) => write!(f, "schema {schema}"),
            Self::Damaged(what) => write!(f, "damaged: {what}"),
            Self::Differs => f.write_str("differs from the journal"),
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rebuilt { why, .. } => write!(f, "sled rebuilt from the journal: {why}"),
            Self::Replayed { commits } => write!(f, "sled caught up by {commits} commits"),
            Self::TornLine { moved_to } => write!(f, "half-written last line moved to {}", moved_to.display()),
            Self::Unfinished(damage) => write!(f, "half-written last line: {damage}"),
            Self::StaleRemoved(path) => write!(f, "stale file removed: {}", path.display()),
            Self::WithoutSled(why) => write!(f, "sled not used: {why}"),
            Self::Image { why, served, .. } => {
                write!(f, "image not used: {why}{}", if *served { "; start anew" } else { "" })
            }
            Self::NotShared(why) => write!(f, "not shared: {why}"),
            Self::ReadOnly(ReadOnly::Asked) => f.write_str("read-only"),
            Self::ReadOnly(ReadOnly::Held { pid, purpose }) => {
                write!(f, "read-only: held by process {pid} ({})", purpose.word())
            }
            Self::ReadOnly(ReadOnly::Damaged { damage, shown }) => {
                write!(f, "read-only, shown up to commit {shown}: {damage}")
            }
        }
    }
}
