//! Counts by status and light, for the 总览 screen and the bulletin's 总体情况.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::figures::part;
use super::scope::{For, Scope};
use crate::model::{Book, Light, Period, Quota, Rating, RowKind, Status};

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

/// Counts of each leader's tasks, in the order of [`Book::leaders`].
pub fn by_leader(book: &Book, period: Period) -> Vec<(Arc<str>, Counts)> {
    by_leader_within(&Scope::new(book, &For::All), period)
}

/// The same of what is within a scope.
pub fn by_leader_within(scope: &Scope<'_>, period: Period) -> Vec<(Arc<str>, Counts)> {
    let mut by: BTreeMap<&str, Counts> = BTreeMap::new();
    for task in scope.tasks() {
        let rating = scope.rate_task(task, period);
        for leader in &task.leaders {
            by.entry(leader).or_default().add(&rating);
        }
    }
    in_order(scope.book().leaders().into_iter().map(|tally| tally.name), |name| by.get(name).cloned())
}

/// Counts of the tasks and rows that each unit leads, in the order of [`Book::units`]; units that lead nothing are left out.
pub fn by_lead_unit(book: &Book, period: Period) -> Vec<(Arc<str>, Summary)> {
    by_lead_unit_within(&Scope::new(book, &For::All), period)
}

/// The same of what is within a scope.
pub fn by_lead_unit_within(scope: &Scope<'_>, period: Period) -> Vec<(Arc<str>, Summary)> {
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

/// Counts of each area's quotas, in the order of the columns: counted cells only (`/`, 无任务, percentages and sentences are
/// none); areas without any are left out.
pub fn by_area(book: &Book, period: Period) -> Vec<(Arc<str>, Counts)> {
    let rows = book.rows();
    let counted = |area: &str| {
        let rows = rows.iter().filter(|row| row.kind() == RowKind::Number);
        let rows = rows.filter(|row| row.quota(area).and_then(Quota::amount).is_some());
        let rated = rows.map(|row| book.rate_cell(row, area, period));
        Counts::new(rated.filter(|rating| rating.status.has_light()))
    };
    let each = book.document().areas.iter().map(|area| (Arc::clone(area), counted(area)));
    each.filter(|(_, counts)| counts.total() > 0).collect()
}

fn in_order<T>(names: impl Iterator<Item = Arc<str>>, of: impl Fn(&str) -> Option<T>) -> Vec<(Arc<str>, T)> {
    names.filter_map(|name| of(&name).map(|found| (name, found))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Making, amount, cells, dec, id, q};

    #[test]
    fn an_area_counts_its_own_quotas_and_nothing_else() {
        let areas = ["东城区", "南溪县", "高新区"];
        let mut making = Making::new(&areas.join(" "));
        making.row("P1.1", "路灯", amount("20"), &cells(&areas, "10 10 /"));
        making.row("P2.1", "水站", amount("10"), &cells(&areas, "10 0 /"));
        making.row("P3.1", "比例", Quota::Percent(dec("95"), true), &[("东城区", Quota::Percent(dec("95"), true))]);
        making.row("P4.1", "无", Quota::NoTask, &[("东城区", Quota::NoTask)]);
        making.done("P1.1", "东城区", q(3), "0").done("P1.1", "南溪县", q(3), "8").done("P3.1", "东城区", q(3), "1");
        let ledger = making.ledger();
        let by = by_area(&Book::open(&ledger, &id()).unwrap(), q(3));
        let names: Vec<&str> = by.iter().map(|(area, _)| &**area).collect();
        assert_eq!(names, ["东城区", "南溪县"], "高新区 has no quota");
        let east = &by.first().unwrap().1;
        assert_eq!((east.total(), east.light(Light::Red), east.light(Light::Grey)), (2, 1, 1));
        assert_eq!(east.lagging(), 1, "nothing done at three quarters of the year is late");
        let south = &by.get(1).unwrap().1;
        assert_eq!((south.total(), south.light(Light::Green)), (1, 1), "a quota of 0 asks for nothing");
    }
}
