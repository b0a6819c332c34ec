//! A saved view: which tasks are listed, and in which order, under a name.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::filing::FilingState;
use super::rating::{Light, Status};

/// A saved view of the task list. Every part that is set narrows it further.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct View {
    /// Its name.
    pub name: Arc<str>,
    /// Only tasks of this leader.
    pub leader: Option<Arc<str>>,
    /// Only items of this unit, under any of its spellings.
    pub unit: Option<Arc<str>>,
    /// Only this light.
    pub light: Option<Light>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this filing state.
    pub filing: Option<FilingState>,
    /// Only what is owed or past its deadline.
    pub late: bool,
    /// Only what this search finds; empty: all.
    pub search: String,
    /// By what it is sorted.
    pub sort: SortBy,
    /// From the other end.
    pub reversed: bool,
}

/// The column that a list is sorted by; ties are in the order of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// 序号.
    #[default]
    Number,
    /// 滞后在前: the worst light first, within a light the largest lag.
    Worst,
    /// 完成率, the lowest first.
    Percent,
    /// 填报状态, the most urgent first.
    Filing,
    /// 完成时限, the nearest first.
    Deadline,
    /// 牵头领导.
    Leader,
    /// 牵头单位.
    Unit,
}

impl SortBy {
    /// The columns, in the order in which a key goes through them.
    pub const ALL: [Self; 7] =
        [Self::Number, Self::Worst, Self::Percent, Self::Filing, Self::Deadline, Self::Leader, Self::Unit];

    /// The next one, from the last back to the first.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|one| *one == self).map_or(0, |at| at + 1);
        Self::ALL.get(at).copied().unwrap_or_default()
    }
}
