//! What happens to an item in the course of the year beside its filings: lights set by hand, chasing, steps, requests.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::period::Period;
use super::rating::Light;

/// A light that the office sets for a period, whatever is computed; it ends with the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Override {
    /// The light that is shown.
    pub light: Light,
    /// Why; never empty.
    pub reason: String,
}

/// 催办: that the units of an item were reminded in a period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Chase {
    /// How often so far, 1 and up.
    pub times: u16,
    /// When last.
    pub last: Option<NaiveDate>,
    /// What was said, or who answered; may be empty.
    pub note: String,
}

/// 工作举措: one of the steps a task is split into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    /// What is to be done; never empty.
    pub text: String,
    /// Who does it; missing: the task's lead unit.
    pub unit: Option<Arc<str>>,
    /// By when; missing: the task's deadline.
    pub deadline: Option<NaiveDate>,
    /// How far it is.
    pub state: StepState,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// 未启动.
    #[default]
    Todo,
    /// 进行中.
    Doing,
    /// 已完成.
    Done,
}

/// What may be asked for an item: a later deadline, another content, its end, its closure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Request {
    /// What is asked for.
    pub kind: RequestKind,
    /// The period it was asked in; once granted it holds from this period on.
    pub since: Period,
    /// Why it is asked for; never empty.
    pub reason: String,
    /// The new deadline that is asked for, or was granted: needed for 延期, possible for 调整.
    pub until: Option<NaiveDate>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// 延期: a later deadline.
    Extend,
    /// 调整: other content or targets; the item goes on.
    Adjust,
    /// 终止: the item ends without being done.
    Stop,
    /// 办结: the item is done and struck off.
    Close,
}

impl RequestKind {
    /// The kinds, in the order of the menus.
    pub const ALL: [Self; 4] = [Self::Extend, Self::Adjust, Self::Stop, Self::Close];
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Waits for a decision.
    Asked,
    /// Granted, by whom (分管领导, 办公室主任 …; may be empty: then the journal's actor) and with what words.
    Granted {
        /// The approver.
        approver: String,
        /// What was said.
        note: String,
    },
    /// Refused, by whom and why.
    Refused {
        /// The approver.
        approver: String,
        /// Why; never empty.
        note: String,
    },
}

impl Request {
    /// Whether it was granted and holds in a period.
    pub fn holds(&self, period: Period) -> bool {
        matches!(self.outcome, Outcome::Granted { .. }) && self.since.end() <= period.end()
    }

    /// Whether it waits for a decision.
    pub const fn is_open(&self) -> bool {
        matches!(self.outcome, Outcome::Asked)
    }
}
