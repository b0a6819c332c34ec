//! Counts by status and light, for the 总览 screen and the bulletin's 总体情况.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::figures::part;
use super::scope::{For, Scope};
use crate::model::{Book, Light, Period, Status};

/// How many items have each status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts(BTreeMap<Status, usize>);

impl Counts {
    /// Counts these.
    pub fn new(statuses: impl IntoIterator<Item = Status>) -> Self {
        let mut counts = Self::default();
        statuses.into_iter().for_each(|status| counts.add(status));
        counts
    }

    /// Counts one more.
    pub fn add(&mut self, status: Status) {
        *self.0.entry(status).or_default() += 1;
    }

    /// How many have a status.
    pub fn of(&self, status: Status) -> usize {
        self.0.get(&status).copied().unwrap_or(0)
    }

    /// How many show a light; items that are not rated show none.
    pub fn light(&self, light: Light) -> usize {
        self.0
            .iter()
            .filter(|(status, _)| **status != Status::NotRated && status.light() == light)
            .map(|(_, n)| n)
            .sum()
    }

    /// All items.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// The items that percentages are of: all but 不评定.
    pub fn rated(&self) -> usize {
        self.total() - self.of(Status::NotRated)
    }

    /// 已完成, with 超额完成.
    pub fn complete(&self) -> usize {
        self.of(Status::Complete) + self.of(Status::Exceeded)
    }

    /// 滞后, with 严重滞后.
    pub fn lagging(&self) -> usize {
        self.of(Status::Behind) + self.of(Status::FarBehind)
    }

    /// A count's share of the rated items, in percent.
    pub fn share(&self, count: usize) -> Decimal {
        part(count, self.rated())
    }
}

/// The counts of a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Of tasks.
    pub tasks: Counts,
    /// Of quota rows.
    pub rows: Counts,
}

/// Counts what is within a scope.
pub fn summary(scope: &Scope, period: Period) -> Summary {
    Summary {
        tasks: Counts::new(scope.tasks().map(|task| scope.rate_task(task, period).status)),
        rows: Counts::new(scope.rows().iter().map(|row| scope.rate_row(row, period).status)),
    }
}

/// Counts of each leader's tasks, in the order of [`Book::leaders`].
pub fn by_leader(book: &Book, period: Period) -> Vec<(Arc<str>, Counts)> {
    let mut by: BTreeMap<&str, Counts> = BTreeMap::new();
    for task in book.tasks() {
        let status = book.rate_task(task, period).status;
        for leader in &task.leaders {
            by.entry(leader).or_default().add(status);
        }
    }
    in_order(book.leaders().into_iter().map(|tally| tally.name), |name| by.get(name).cloned())
}

/// Counts of the tasks and rows that each unit leads, in the order of [`Book::units`]; units that lead nothing are left out.
pub fn by_lead_unit(book: &Book, period: Period) -> Vec<(Arc<str>, Summary)> {
    let scope = Scope::new(book, &For::All);
    let mut by: BTreeMap<Arc<str>, Summary> = BTreeMap::new();
    for task in book.tasks() {
        let status = book.rate_task(task, period).status;
        for unit in &task.lead_units {
            by.entry(Arc::clone(scope.aliases().name(unit))).or_default().tasks.add(status);
        }
    }
    for row in book.rows() {
        let status = book.rate_row(row, period).status;
        for unit in &row.lead_units {
            by.entry(Arc::clone(scope.aliases().name(unit))).or_default().rows.add(status);
        }
    }
    in_order(book.units().into_iter().map(|tally| tally.name), |name| by.get(name).cloned())
}

fn in_order<T>(names: impl Iterator<Item = Arc<str>>, of: impl Fn(&str) -> Option<T>) -> Vec<(Arc<str>, T)> {
    names.filter_map(|name| of(&name).map(|found| (name, found))).collect()
}
