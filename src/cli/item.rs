//! A task or a quota row, as the verbs that show either see it.

use std::sync::Arc;

use crate::model::{Book, ItemKey, Period, QuotaRow, Rating, Task};

/// Either.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Task(&'a Task),
    Row(&'a QuotaRow),
}

impl<'a> Item<'a> {
    pub(super) fn of(book: &Book<'a>, key: ItemKey) -> Option<Self> {
        book.task(key).map(Self::Task).or_else(|| book.row(key).map(Self::Row))
    }

    pub(super) fn key(self) -> ItemKey {
        match self {
            Self::Task(task) => task.key,
            Self::Row(row) => row.key,
        }
    }

    pub(super) fn title(self) -> String {
        match self {
            Self::Task(task) => task.text.clone(),
            Self::Row(row) => row.title(),
        }
    }

    pub(super) fn leaders(self) -> &'a [Arc<str>] {
        match self {
            Self::Task(task) => &task.leaders,
            Self::Row(_) => &[],
        }
    }

    pub(super) fn lead_units(self) -> &'a [Arc<str>] {
        match self {
            Self::Task(task) => &task.lead_units,
            Self::Row(row) => &row.lead_units,
        }
    }

    pub(super) fn coop_units(self) -> &'a [Arc<str>] {
        match self {
            Self::Task(task) => &task.coop_units,
            Self::Row(row) => &row.coop_units,
        }
    }

    pub(super) fn rating(self, book: &Book<'_>, period: Period) -> Rating {
        match self {
            Self::Task(task) => book.rate_task(task, period),
            Self::Row(row) => book.rate_row(row, period),
        }
    }
}

/// The quota rows of an item.
pub(super) fn rows_of<'a>(book: &Book<'a>, key: ItemKey) -> Vec<&'a QuotaRow> {
    book.rows().into_iter().filter(|row| row.key.item() == key.item()).collect()
}

/// Names, joined as they are printed.
pub(super) fn names(names: &[Arc<str>]) -> String {
    names.join("、")
}
