//! 任务: one numbered item of the breakdown.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::key::ItemKey;

/// A task as printed: its text, who leads it, which units answer for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Task {
    /// Its key, from list, chapter and number.
    pub key: ItemKey,
    /// The number as printed (`48`, `(一)`).
    pub no: String,
    /// The heading it stands under, levels joined by `/`; empty where the list has none.
    pub chapter: String,
    /// The paragraph, re-joined over page breaks, without its number.
    pub text: String,
    /// 牵头市领导, in printed order.
    pub leaders: Vec<Arc<str>>,
    /// 牵头单位, by label or by the document's custom.
    pub lead_units: Vec<Arc<str>>,
    /// 配合单位: the other responsible units, in printed order.
    pub coop_units: Vec<Arc<str>>,
    /// 完成时限: year end unless the text says otherwise.
    pub deadline: NaiveDate,
    /// First line of it in the source file, from 1.
    pub line: u32,
}

impl Task {
    /// All responsible units, lead units first, as printed.
    pub fn units(&self) -> impl Iterator<Item = &Arc<str>> {
        self.lead_units.iter().chain(&self.coop_units)
    }
}
