//! 滞后事项: what lags, worst first.

use rust_decimal::Decimal;

use super::scope::Scope;
use crate::model::{ItemKey, Period, QuotaRow, Rating, Task};

/// A task or a quota row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// A task.
    Task(&'a Task),
    /// A quota row.
    Row(&'a QuotaRow),
}

impl Item<'_> {
    /// Its key.
    pub const fn key(&self) -> ItemKey {
        match self {
            Self::Task(task) => task.key,
            Self::Row(row) => row.key,
        }
    }
}

/// An item that lags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Laggard<'a> {
    /// What.
    pub item: Item<'a>,
    /// How far it is.
    pub rating: Rating,
}

/// The items within a scope that are 严重滞后 or 滞后, or 未启动 and late already: by status, then by lag, greatest first; equal
/// lags in printed order.
pub fn laggards<'a>(scope: &Scope<'a>, period: Period) -> Vec<Laggard<'a>> {
    let tasks = scope.tasks().map(|task| Laggard { item: Item::Task(task), rating: scope.rate_task(task, period) });
    let rows = scope.rows();
    let rows = rows.iter().map(|row| Laggard { item: Item::Row(row), rating: scope.rate_row(row, period) });
    let mut all: Vec<Laggard> = tasks.chain(rows).filter(|one| one.rating.lags()).collect();
    all.sort_by_key(|one| (one.rating.status, std::cmp::Reverse(one.rating.lag.unwrap_or(Decimal::ZERO))));
    all
}
