//! Counts by status and light, for the 总览 screen and the bulletin's 总体情况.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::figures::part;
use super::scope::Scope;
use crate::model::{Light, Period, Rating, Status};

/// How many items have each status, and show each light.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    statuses: BTreeMap<Status, usize>,
    lights: BTreeMap<Light, usize>,
    lagging: usize,
}

impl Counts {
    /// Counts these.
    pub fn new(ratings: impl IntoIterator<Item = Rating>) -> Self {
        let mut counts = Self::default();
        ratings.into_iter().for_each(|rating| counts.add(&rating));
        counts
    }

    /// Counts one more.
    pub fn add(&mut self, rating: &Rating) {
        *self.statuses.entry(rating.status).or_default() += 1;
        self.lagging += usize::from(rating.lags());
        if rating.status.has_light() {
            *self.lights.entry(rating.light).or_default() += 1;
        }
    }

    /// How many have a status.
    pub fn of(&self, status: Status) -> usize {
        self.statuses.get(&status).copied().unwrap_or(0)
    }

    /// How many show a light; items without a task, and stopped ones, show none.
    pub fn light(&self, light: Light) -> usize {
        self.lights.get(&light).copied().unwrap_or(0)
    }

    /// All items.
    pub fn total(&self) -> usize {
        self.statuses.values().sum()
    }

    /// The items that percentages are of: all but 不评定.
    pub fn rated(&self) -> usize {
        self.total() - self.of(Status::NotRated)
    }

    /// 已完成, with 超额完成.
    pub fn complete(&self) -> usize {
        self.of(Status::Complete) + self.of(Status::Exceeded)
    }

    /// 滞后, with 严重滞后, and 未启动 where that is late already.
    pub const fn lagging(&self) -> usize {
        self.lagging
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
        tasks: Counts::new(scope.tasks().map(|task| scope.rate_task(task, period))),
        rows: Counts::new(scope.rows().iter().map(|row| scope.rate_row(row, period))),
    }
}

/// Counts of each leader's tasks within a scope, in the order of [`Book::leaders`](crate::model::Book::leaders).
pub fn by_leader(scope: &Scope<'_>, period: Period) -> Vec<(Arc<str>, Counts)> {
    let mut by: BTreeMap<&str, Counts> = BTreeMap::new();
    for task in scope.tasks() {
        let rating = scope.rate_task(task, period);
        for leader in &task.leaders {
            by.entry(leader).or_default().add(&rating);
        }
    }
    in_order(scope.book().leaders().into_iter().map(|tally| tally.name), |name| by.get(name).cloned())
}

/// Counts of the tasks and rows within a scope that each unit leads, in the order of [`Book::units`](crate::model::Book::units); units that lead nothing are left out.
pub fn by_lead_unit(scope: &Scope<'_>, period: Period) -> Vec<(Arc<str>, Summary)> {
    let mut by: BTreeMap<Arc<str>, Summary> = BTreeMap::new();
    for task in scope.tasks() {
        let rating = scope.rate_task(task, period);
        for unit in &task.lead_units {
            by.entry(Arc::clone(scope.aliases().name(unit))).or_default().tasks.add(&rating);
        }
    }
    for row in scope.rows() {
        let rating = scope.rate_row(row, period);
        for unit in &row.lead_units {
            by.entry(Arc::clone(scope.aliases().name(unit))).or_default().rows.add(&rating);
        }
    }
    in_order(scope.book().units().into_iter().map(|tally| tally.name), |name| by.get(name).cloned())
}

fn in_order<T>(names: impl Iterator<Item = Arc<str>>, of: impl Fn(&str) -> Option<T>) -> Vec<(Arc<str>, T)> {
    names.filter_map(|name| of(&name).map(|found| (name, found))).collect()
}
