//! Why somebody may not do something, by who may.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{ItemKey, Key, Seq};

/// Why somebody may not do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Denial {
    /// The user has no role here.
    #[error("{name} ({uid}) has no role")]
    NoRole {
        /// The login name.
        name: String,
        /// The user number.
        uid: u32,
    },
    /// The user may read only.
    #[error("may only read")]
    ReadOnly,
    /// Only an administrator may.
    #[error("only an administrator may")]
    AdminOnly,
    /// Only the inspection office may.
    #[error("only the office may: {0:?}")]
    OfficeOnly(Reserved),
    /// The user is the contact of a unit that has no part in the item.
    #[error("only for {unit}")]
    OwnUnitOnly {
        /// The user's unit.
        unit: Arc<str>,
    },
    /// The user is the contact of an area, and this is not of its column.
    #[error("only for {area}")]
    OwnAreaOnly {
        /// The user's area.
        area: Arc<str>,
    },
    /// A contact takes back only what they did themselves.
    #[error("commit {0} is somebody else's")]
    NotYours(Seq),
    /// The filing was reviewed, and the figure under it would change without the review being open again.
    #[error("the filing of {0} was reviewed")]
    Reviewed(ItemKey),
    /// Not what a filing of this kind writes: another intent, period, figure or text than it can have.
    #[error("not what is filed: {0}")]
    Unfit(Key),
    /// The ledger was opened to read.
    #[error("opened for reading")]
    OpenedToRead,
    /// Another process writes.
    #[error("process {pid} holds the ledger")]
    HeldBy {
        /// That process.
        pid: u32,
    },
}

/// What is the inspection office's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reserved {
    /// 审核: accept and return filings.
    Review,
    /// 定灯: set a light by hand.
    Lights,
    /// 催办.
    Chases,
    /// 批复: grant and refuse requests.
    Decisions,
    /// 导入: documents, their tasks, rows and units.
    Documents,
    /// Correct, add and remove targets.
    Targets,
    /// Settle doubts.
    Findings,
    /// The settings of a document.
    Settings,
    /// Save and remove views: everybody has the same.
    Views,
    /// 通报: write, issue and recall.
    Bulletins,
}

impl Reserved {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Review,
        Self::Lights,
        Self::Chases,
        Self::Decisions,
        Self::Documents,
        Self::Targets,
        Self::Findings,
        Self::Settings,
        Self::Views,
        Self::Bulletins,
    ];
}
