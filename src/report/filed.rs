//! 填报情况: what is filed, what is not, and by whom it should be.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::scope::Scope;
use crate::model::{FilingState, ItemKey, Period};

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
    /// Items to be filed: all but those without a task, and closed or stopped ones.
    pub due: usize,
    /// Items filed, reviewed or not; what was returned is not filed.
    pub filed: usize,
    /// Items returned and not filed again, in printed order.
    pub returned: Vec<ItemKey>,
    /// Who has filed nothing on what; those with most first. An item with several lead units stands under each. What was returned was
    /// filed once: it is not among them.
    pub missing: Vec<Missing>,
}

impl Filed {
    /// Items on which nothing was filed.
    pub const fn unfiled(&self) -> usize {
        self.due - self.filed - self.returned.len()
    }
}

/// What is filed within a scope as of a day, and who has not filed.
pub fn filed(scope: &Scope, period: Period, today: NaiveDate) -> Filed {
    let tasks = scope.tasks().map(|task| (task.key, &task.lead_units));
    let rows = scope.rows();
    let rows = rows.iter().map(|row| (row.key, &row.lead_units));
    let mut result = Filed { due: 0, filed: 0, returned: Vec::new(), missing: Vec::new() };
    let mut place: HashMap<Arc<str>, usize> = HashMap::new();
    let states = tasks.chain(rows).map(|(key, units)| (key, units, scope.filing_state(key, period, today)));
    for (key, units, state) in states.filter(|(_, _, state)| *state != FilingState::NotDue) {
        result.due += 1;
        if state.is_filed() {
            result.filed += 1;
            continue;
        }
        if state == FilingState::Returned {
            result.returned.push(key);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Book;
    use crate::report::For;
    use crate::report::fixture::{Making, amount, cells, day, id, q};

    #[test]
    fn what_was_returned_was_filed_once_and_is_told_apart_from_what_was_not() {
        let mut making = Making::new("东城区");
        making.task(1, "就业", "张三", "市人社局").task(2, "培训", "张三", "市人社局").task(
            3,
            "招商",
            "张三",
            "市商务局",
        );
        making.filed(3, q(3), None).reviewed("T1", q(3), Some("40"), crate::model::Review::Returned("太简单".into()));
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let filed = filed(&Scope::new(&book, &For::All), q(3), day(10, 25));
        assert_eq!((filed.due, filed.filed, filed.returned.len(), filed.unfiled()), (3, 1, 1, 1));
        let missing: Vec<String> = filed.missing.iter().flat_map(|one| &one.items).map(ToString::to_string).collect();
        assert_eq!(missing, ["T2"]);
    }

    #[test]
    fn who_has_not_filed_stands_under_one_name_whatever_the_spelling() {
        let mut making = Making::new("东城区");
        making.task(1, "就业", "张三", "市人社局").task(2, "培训", "张三", "市人力社保局");
        making.task(3, "招商", "张三", "市商务局").filed(3, q(3), None);
        making.unit("市人力社保局", "市人社局");
        making.row("P1.1", "路灯", amount("10"), &cells(&["东城区"], "10")).done("P1.1", "东城区", q(3), "0");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let filed = filed(&Scope::new(&book, &For::All), q(3), day(10, 1));
        assert_eq!((filed.due, filed.filed), (4, 2), "a filing in words is a filing; a figure of nothing is a figure");
        let missing: Vec<_> = filed.missing.iter().map(|one| (&*one.unit, one.items.len())).collect();
        assert_eq!(missing, [("市人力社保局", 2)]);
        let area = Scope::new(&book, &For::Area("东城区".into()));
        assert_eq!(super::filed(&area, q(2), day(10, 1)).missing.len(), 1, "nothing was there a quarter ago");
    }
}
