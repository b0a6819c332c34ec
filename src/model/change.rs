//! A change holds what was and what will be; applying it and inverting it are pure.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::key::{BadKey, Key};
use super::record::Record;

/// The number of a commit, from 1 without gaps. As the version of a record: the commit that wrote it last, 0 where there
/// is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// Before the first commit; the version of what does not exist.
    pub const ZERO: Self = Self(0);

    /// The number after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// 32 bytes of SHA-256, written in hexadecimal: a link of the journal's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl FromStr for Hash {
    type Err = BadKey;
    fn from_str(text: &str) -> Result<Self, BadKey> {
        read_hex(text).map(Self)
    }
}

impl TryFrom<String> for Hash {
    type Error = BadKey;
    fn try_from(text: String) -> Result<Self, BadKey> {
        text.parse()
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

/// The id that a client gives a batch: asked again with the same id, a store answers the first head and writes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct BatchId(pub [u8; 16]);

impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl TryFrom<String> for BatchId {
    type Error = BadKey;
    fn try_from(text: String) -> Result<Self, BadKey> {
        read_hex(&text).map(Self)
    }
}

impl From<BatchId> for String {
    fn from(id: BatchId) -> Self {
        id.to_string()
    }
}

fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

fn read_hex<const N: usize>(text: &str) -> Result<[u8; N], BadKey> {
    let bad = || BadKey(text.to_owned());
    let mut bytes = [0; N];
    let digits: Vec<u8> = text
        .bytes()
        .map(|b| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'a'..=b'f' => Some(b - b'a' + 10),
            _ => None,
        })
        .collect::<Option<_>>()
        .ok_or_else(bad)?;
    if digits.len() != 2 * N {
        return Err(bad());
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair.iter().fold(0, |high, low| high << 4 | low);
    }
    Ok(bytes)
}

/// Where a ledger stands: its last commit and that commit's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Head {
    /// The last commit; 0 for an empty ledger.
    pub seq: Seq,
    /// Its hash; zeros for an empty ledger.
    pub hash: Hash,
}

/// Who does something. Set by the host from the process's or the socket peer's user, never by a client.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Actor {
    /// The user number.
    pub uid: u32,
    /// The login name.
    pub name: String,
}

/// Why a batch was written; shown in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// A document was read in.
    Import,
    /// A filing was written.
    File,
    /// A done figure was written.
    Quota,
    /// Filings were accepted or returned.
    Review,
    /// A target was corrected, added or removed, or the figure reached on one was written.
    Target,
    /// A light was set by the office, or its setting taken back.
    Override,
    /// Units were chased.
    Chase,
    /// A step was written or ticked off.
    Step,
    /// 延期, 调整, 终止 or 办结 was asked for.
    Ask,
    /// What was asked for was granted or refused.
    Decide,
    /// A view was saved or removed.
    View,
    /// The document's settings were changed.
    Settings,
    /// The clerk's part of a bulletin was written.
    Bulletin,
    /// A bulletin was issued.
    Issue,
    /// An issued bulletin was taken back.
    Recall,
    /// A filled-in form was read.
    Form,
    /// A doubt was settled.
    Settle,
    /// A commit was undone.
    Undo,
    /// An undo was undone.
    Redo,
    /// Made-up progress for a demonstration.
    Demo,
    /// A role was given or taken away.
    Role,
    /// A unit was renamed, or a leader's posts passed on.
    Succeed,
}

/// One write asked for: a compare-and-set of a record's version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// Which record.
    pub key: Key,
    /// The version that was edited; [`Seq::ZERO`]: it must not exist.
    pub base: Seq,
    /// What it shall hold; `None` removes it.
    pub value: Option<Record>,
}

/// Writes that are done together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The client's id for it.
    pub id: BatchId,
    /// When it was asked for, in the user's zone.
    pub at: DateTime<FixedOffset>,
    /// Why.
    pub intent: Intent,
    /// The commit that it undoes, if it undoes one.
    pub undoes: Option<Seq>,
    /// The writes; at least one, no key twice.
    pub writes: Vec<Write>,
}

/// One record's change within a commit: what was, what is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// Which record.
    pub key: Key,
    /// Its version before.
    pub base: Seq,
    // Shared with the ledgers before and after it: the line of an import would hold every record twice else.
    /// What it held.
    pub old: Option<Arc<Record>>,
    /// What it holds.
    pub new: Option<Arc<Record>>,
}

/// A batch that was written: one line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Commit {
    /// Its number.
    pub seq: Seq,
    /// The hash of the commit before it; zeros for the first.
    pub prev: Hash,
    /// The batch's id.
    pub id: BatchId,
    /// When it was asked for.
    pub at: DateTime<FixedOffset>,
    /// Who asked.
    pub actor: Actor,
    /// Why.
    pub intent: Intent,
    /// The commit that it undoes.
    pub undoes: Option<Seq>,
    /// What it changed.
    pub changes: Vec<Change>,
}

impl Commit {
    /// The batch that takes this commit back. It is written like any other, and is refused like any other when somebody has
    /// changed one of the records since.
    pub fn inverse(&self, id: BatchId, at: DateTime<FixedOffset>) -> Batch {
        let writes = self
            .changes
            .iter()
            .map(|change| Write {
                key: change.key.clone(),
                base: if change.new.is_some() { self.seq } else { Seq::ZERO },
                value: change.old.as_deref().cloned(),
            })
            .collect();
        let intent = if self.intent == Intent::Undo { Intent::Redo } else { Intent::Undo };
        Batch { id, at, intent, undoes: Some(self.seq), writes }
    }

    /// Whether the batch asks for just what this commit wrote (a retry), rather than something else under the same id.
    pub fn answers(&self, batch: &Batch) -> bool {
        self.id == batch.id
            && self.undoes == batch.undoes
            && self.changes.len() == batch.writes.len()
            && self.changes.iter().zip(&batch.writes).all(|(change, write)| {
                change.key == write.key && change.base == write.base && change.new.as_deref() == write.value.as_ref()
            })
    }
}
