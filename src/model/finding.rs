//! What the reading of a document left open, and what it corrected: 存疑 and 更正.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::key::ItemKey;
use super::quota::{AreaQuota, Quota, QuotaRow};
use super::record::Record;
use super::task::Task;

/// A place where the page and the reading differ, or where the page does not decide.
///
/// With alternatives and unsettled it is an open doubt; without alternatives it is a correction that was applied
/// and is shown beside the item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// What stood in the item where the choice changed it: choosing otherwise starts from there.
    #[serde(default)]
    pub before: Option<Fix>,
    /// The choice is one that a person typed.
    #[serde(default)]
    pub typed: bool,
}

impl Finding {
    /// Whether a person still has to decide.
    pub fn is_open(&self) -> bool {
        !self.alternatives.is_empty() && self.settled.is_none()
    }

    /// Whether it asks, or asked, a person to decide; a correction does not.
    pub fn asks(&self) -> bool {
        !self.alternatives.is_empty()
    }

    /// What kind of doubt it is: those of a kind can be settled together.
    pub fn kind(&self) -> &str {
        &self.what
    }
}

/// How sure a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Alternative {
    /// What it says, in a phrase.
    pub reading: String,
    /// What speaks for it.
    pub why: String,
    /// What choosing it changes in the item.
    pub fix: Fix,
}

/// The parts of an item that a reading decides; `None` leaves a part as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fix {
    /// The areas' quotas of a row.
    pub areas: Option<Vec<AreaQuota>>,
    /// 牵头单位.
    pub lead_units: Option<Vec<Arc<str>>>,
    /// 配合单位.
    pub coop_units: Option<Vec<Arc<str>>>,
    /// 全市任务 of a row.
    #[serde(default)]
    pub total: Option<Quota>,
    /// 事项名称 of a row, or the text of a task.
    #[serde(default)]
    pub text: Option<String>,
    /// 牵头领导 of a task.
    #[serde(default)]
    pub leaders: Option<Vec<Arc<str>>>,
    /// Two spellings are one unit.
    #[serde(default)]
    pub same_unit: Option<SameUnit>,
    /// 完成时限 of a task.
    #[serde(default)]
    pub deadline: Option<NaiveDate>,
}

/// Two spellings of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SameUnit {
    /// The name that it is listed under.
    pub name: Arc<str>,
    /// The other spelling.
    pub spelling: Arc<str>,
}

impl Fix {
    /// The row as this reading has it.
    pub fn applied_to(&self, row: &QuotaRow) -> QuotaRow {
        let mut row = row.clone();
        put(&mut row.areas, self.areas.as_ref());
        put(&mut row.lead_units, self.lead_units.as_ref());
        put(&mut row.coop_units, self.coop_units.as_ref());
        put(&mut row.total, self.total.as_ref());
        put(&mut row.name, self.text.as_ref());
        row
    }

    /// The task as this reading has it.
    pub fn applied_to_task(&self, task: &Task) -> Task {
        let mut task = task.clone();
        put(&mut task.lead_units, self.lead_units.as_ref());
        put(&mut task.coop_units, self.coop_units.as_ref());
        put(&mut task.leaders, self.leaders.as_ref());
        put(&mut task.text, self.text.as_ref());
        put(&mut task.deadline, self.deadline.as_ref());
        task
    }

    /// Whether it changes anything of an item.
    pub fn changes_an_item(&self) -> bool {
        *self != Self { same_unit: self.same_unit.clone(), ..Self::default() }
    }

    /// The record as this reading has it; `None` where it is neither task nor row.
    pub fn applied_to_record(&self, record: &Record) -> Option<Record> {
        match record {
            Record::Task(task) => Some(Record::Task(self.applied_to_task(task))),
            Record::Row(row) => Some(Record::Row(self.applied_to(row))),
            _ => None,
        }
    }

    /// What an item holds of the parts that this reading decides: the fix that takes it back.
    #[must_use]
    pub fn undone_on(&self, record: &Record) -> Self {
        let mut back = Self::default();
        match record {
            Record::Task(task) => {
                back.lead_units = self.lead_units.as_ref().map(|_| task.lead_units.clone());
                back.coop_units = self.coop_units.as_ref().map(|_| task.coop_units.clone());
                back.leaders = self.leaders.as_ref().map(|_| task.leaders.clone());
                back.text = self.text.as_ref().map(|_| task.text.clone());
                back.deadline = self.deadline.map(|_| task.deadline);
            }
            Record::Row(row) => {
                back.areas = self.areas.as_ref().map(|_| row.areas.clone());
                back.lead_units = self.lead_units.as_ref().map(|_| row.lead_units.clone());
                back.coop_units = self.coop_units.as_ref().map(|_| row.coop_units.clone());
                back.total = self.total.as_ref().map(|_| row.total.clone());
                back.text = self.text.as_ref().map(|_| row.name.clone());
            }
            _ => {}
        }
        back
    }
}

fn put<T: Clone>(part: &mut T, read: Option<&T>) {
    if let Some(read) = read {
        part.clone_from(read);
    }
}
