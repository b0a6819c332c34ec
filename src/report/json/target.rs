//! A target of a task, as programs read it.

use serde::Serialize;

use crate::catalog::Lang;
use crate::model::{Book, Period, Target, Task};
use crate::report::figures::amount;

/// A figure that a task has to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetView {
    /// Its number within the task.
    pub no: u16,
    /// What is measured.
    pub metric: String,
    /// `>=`, `>`, `=`, `<=`, `<`, `~`, `first`, `all`, `up`, `down`, `done`, `tiers`.
    pub comparator: &'static str,
    /// The number, or null where there is none to compare with.
    pub value: Option<String>,
    /// Its unit.
    pub unit: String,
    /// Its own deadline, or null: the task's.
    pub deadline: Option<String>,
    /// The words it was read from; empty where a person added it.
    pub phrase: String,
    /// The higher tiers of 保4争5拼6.
    pub tiers: Vec<String>,
    /// Compared with the whole number in every period, rather than counted up.
    pub rate: bool,
    /// Corrected or added by a person.
    pub by_hand: bool,
    /// The figure reached by the end of the period, or null.
    pub actual: Option<String>,
    /// 进度状态 on this target alone, or null while another milestone stands in its place.
    pub status: Option<&'static str>,
    /// 亮灯 on this target alone, or null where none is shown.
    pub light: Option<&'static str>,
}

impl TargetView {
    /// The targets of a task in a period.
    pub fn of(book: &Book<'_>, task: &Task, period: Period) -> Vec<Self> {
        let view = |(no, target, _): (u16, &Target, _)| {
            let rating = book.rate_target(task, no, period);
            let lit = rating.filter(|rating| rating.status.has_light());
            Self {
                actual: book.actual(task.key, no, period).map(|(value, _)| amount(value)),
                status: rating.map(|rating| Lang::Zh.status(rating.status)),
                light: lit.map(|rating| Lang::Zh.light(rating.light)),
                ..Self::read(no, target)
            }
        };
        book.targets(task.key).map(view).collect()
    }

    /// A target before anything is reached.
    pub(super) fn read(no: u16, target: &Target) -> Self {
        Self {
            no,
            metric: target.metric.clone(),
            comparator: target.comparator.sign(),
            value: target.value.map(amount),
            unit: target.unit.clone(),
            deadline: target.deadline.map(|day| day.to_string()),
            phrase: target.phrase.clone(),
            tiers: target.tiers.iter().map(|tier| amount(*tier)).collect(),
            rate: target.rate,
            by_hand: target.by_hand,
            actual: None,
            status: None,
            light: None,
        }
    }
}
