//! 填报情况: what is filed, what is not, and by whom it should be.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::scope::{For, Scope};
use crate::model::{Book, ItemKey, Period, QuotaRow, RowKind, Task};

/// 填报状态 of an item in a period. Review and return come with the review issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingState {
    /// 待填报: nothing filed.
    Missing,
    /// 待审核: filed, not looked at.
    Filed,
}

impl FilingState {
    /// The word in the field's language; it stands in JSON whatever the language of the face.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "待填报",
            Self::Filed => "待审核",
        }
    }
}

/// Whether a task is filed for a period.
pub fn of_task(book: &Book, task: &Task, period: Period) -> FilingState {
    state(has_filing(book, task.key, period))
}

/// Whether a row is filed for a period: a figure for any area, or a text.
pub fn of_row(book: &Book, row: &QuotaRow, period: Period) -> FilingState {
    let figure = || {
        let areas = row.areas.iter().map(|cell| &*cell.area);
        areas.chain([crate::model::CITY_TOTAL]).any(|area| book.done(row.key, area, period).is_some())
    };
    state(has_filing(book, row.key, period) || figure())
}

const fn state(filed: bool) -> FilingState {
    if filed { FilingState::Filed } else { FilingState::Missing }
}

fn has_filing(book: &Book, item: ItemKey, period: Period) -> bool {
    book.filing(item, period).is_some_and(|(filing, _)| !filing.is_empty())
}

/// A lead unit and what it has not filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The unit, by its listed name.
    pub unit: Arc<str>,
    /// The items, in printed order.
    pub items: Vec<ItemKey>,
}

/// 填报情况 of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Items to be filed: all but rows without a task.
    pub due: usize,
    /// Items filed.
    pub filed: usize,
    /// Who has not filed what; those with most first. An item with several lead units stands under each.
    pub missing: Vec<Missing>,
}

/// What is filed within a scope, and who has not filed.
pub fn filed(book: &Book, scope: &Scope, period: Period) -> Filed {
    let tasks = scope.tasks().map(|task| (task.key, &task.lead_units, of_task(book, task, period)));
    let rows = scope.rows();
    let rows = rows.iter().filter(|row| row.kind() != RowKind::None);
    let rows = rows.map(|row| {
        let state = match scope.of() {
            // An area has filed when its own figure is there; where it has no figure to reach, words will do.
            For::Area(area) if row.quota(area).is_some_and(|quota| quota.target().is_some()) => {
                state(book.done(row.key, area, period).is_some())
            }
            _ => of_row(book, row, period),
        };
        (row.key, &row.lead_units, state)
    });
    let mut result = Filed { due: 0, filed: 0, missing: Vec::new() };
    let mut place: HashMap<Arc<str>, usize> = HashMap::new();
    for (key, units, state) in tasks.chain(rows) {
        result.due += 1;
        if state == FilingState::Filed {
            result.filed += 1;
            continue;
        }
        for unit in units {
            let name = scope.aliases().name(unit);
            let at = *place.entry(Arc::clone(name)).or_insert(result.missing.len());
            match result.missing.get_mut(at) {
                Some(missing) if missing.items.last() != Some(&key) => missing.items.push(key),
                Some(_) => {}
                None => result.missing.push(Missing { unit: Arc::clone(name), items: vec![key] }),
            }
        }
    }
    result.missing.sort_by_key(|missing| std::cmp::Reverse(missing.items.len()));
    result
}

/// The day filings of a period are due: the document's day of the month after it.
pub fn due_day(book: &Book, period: Period) -> NaiveDate {
    let days = u64::from(book.document().settings.due_day);
    period.end().checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Making, amount, cells, day, id, q};

    #[test]
    fn who_has_not_filed_stands_under_one_name_whatever_the_spelling() {
        let mut making = Making::new("东城区");
        making.task(1, "就业", "张三", "市人社局").task(2, "培训", "张三", "市人力社保局");
        making.task(3, "招商", "张三", "市商务局").filed(3, q(3), None);
        making.unit("市人力社保局", "市人社局");
        making.row("P1.1", "路灯", amount("10"), &cells(&["东城区"], "10")).done("P1.1", "东城区", q(3), "0");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let filed = filed(&book, &Scope::new(&book, &For::All), q(3));
        assert_eq!((filed.due, filed.filed), (4, 2), "a filing in words is a filing; a figure of nothing is a figure");
        let missing: Vec<_> = filed.missing.iter().map(|one| (&*one.unit, one.items.len())).collect();
        assert_eq!(missing, [("市人力社保局", 2)]);
        assert_eq!(due_day(&book, q(3)), day(10, 20));
        let area = Scope::new(&book, &For::Area("东城区".into()));
        assert_eq!(super::filed(&book, &area, q(2)).missing.len(), 1, "nothing was there a quarter ago");
    }
}
