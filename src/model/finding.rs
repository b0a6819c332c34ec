//! What the reading of a document left open, and what it corrected: 存疑 and 更正.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::key::ItemKey;
use super::quota::AreaQuota;

/// A place where the page and the reading differ, or where the page does not decide.
///
/// With alternatives and unsettled it is an open doubt; without alternatives it is a correction that was applied
/// and is shown beside the item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The line of the source file, from 1.
    pub line: u32,
    /// Number among the findings of this line, from 1.
    pub no: u16,
    /// The item it is about.
    pub item: Option<ItemKey>,
    /// What is wrong or open, in a phrase.
    pub what: String,
    /// The place as printed.
    pub printed: String,
    /// How it is read now.
    pub reading: String,
    /// Why it is read so.
    pub why: String,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// The readings to choose from; empty for a correction.
    pub alternatives: Vec<Alternative>,
    /// Which alternative a person chose, from 0.
    pub settled: Option<u16>,
}

impl Finding {
    /// Whether a person still has to decide.
    pub fn is_open(&self) -> bool {
        !self.alternatives.is_empty() && self.settled.is_none()
    }
}

/// How sure a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The page does not decide.
    Open,
    /// By a pattern seen elsewhere in the document.
    Probable,
    /// By the arithmetic or the wording of the line itself.
    Certain,
}

/// One way to read a doubtful place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// What it says, in a phrase.
    pub reading: String,
    /// What speaks for it.
    pub why: String,
    /// What choosing it changes in the item.
    pub fix: Fix,
}

/// The parts of a quota row that a reading decides; `None` leaves a part as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fix {
    /// The areas' quotas.
    pub areas: Option<Vec<AreaQuota>>,
    /// 牵头单位.
    pub lead_units: Option<Vec<Arc<str>>>,
    /// 配合单位.
    pub coop_units: Option<Vec<Arc<str>>>,
}

impl Fix {
    /// The row as this reading has it.
    pub fn applied_to(&self, row: &super::quota::QuotaRow) -> super::quota::QuotaRow {
        let mut row = row.clone();
        if let Some(areas) = &self.areas {
            row.areas.clone_from(areas);
        }
        if let Some(units) = &self.lead_units {
            row.lead_units.clone_from(units);
        }
        if let Some(units) = &self.coop_units {
            row.coop_units.clone_from(units);
        }
        row
    }
}
