//! For whom a report is: everything, or what falls on one leader, one unit, one area.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Aliases, Book, FilingState, ItemKey, Period, Quota, QuotaRow, Rating, Task};

/// For whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum For {
    /// The whole document.
    #[default]
    All,
    /// The tasks of a leader. Quota rows name no leader.
    Leader(Arc<str>),
    /// What a unit has any part in, under any of its spellings.
    Unit(Arc<str>),
    /// What falls on an area: rows in which it has a quota, rated on that quota, and tasks of its government or of all
    /// counties' governments.
    Area(Arc<str>),
}

/// A [`For`] ready to be asked.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    book: Book<'a>,
    aliases: Aliases,
    of: For,
    /// What was rated before: counts, comparisons and lists all ask for the same, and a rating looks up a dozen records.
    rated: RefCell<HashMap<(ItemKey, Period), Rating>>,
}

impl<'a> Scope<'a> {
    /// The scope of a book.
    pub fn new(book: &Book<'a>, of: &For) -> Self {
        Self { book: *book, aliases: book.aliases(), of: of.clone(), rated: RefCell::default() }
    }

    /// The book that is asked.
    pub const fn book(&self) -> Book<'a> {
        self.book
    }

    /// For whom.
    pub const fn of(&self) -> &For {
        &self.of
    }

    /// Which name each spelling of a unit stands for.
    pub const fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    /// The tasks within it.
    pub fn tasks(&self) -> impl Iterator<Item = &'a Task> {
        self.book.tasks().filter(|task| self.has_task(task))
    }

    /// The quota rows within it, in printed order.
    pub fn rows(&self) -> Vec<&'a QuotaRow> {
        self.book.rows().into_iter().filter(|row| self.has_row(row)).collect()
    }

    /// Whether a task is within it.
    pub fn has_task(&self, task: &Task) -> bool {
        match &self.of {
            For::All => true,
            For::Leader(leader) => task.leaders.contains(leader),
            For::Unit(unit) => self.has_unit(unit, task.units()),
            For::Area(area) => task.units().any(|unit| answers_for(unit, area)),
        }
    }

    /// Whether a quota row is within it.
    pub fn has_row(&self, row: &QuotaRow) -> bool {
        match &self.of {
            For::All => true,
            For::Leader(_) => false,
            For::Unit(unit) => self.has_unit(unit, row.units()),
            For::Area(area) => row.quota(area).is_some_and(|quota| match quota {
                Quota::Amount(value, _) => !value.is_zero(),
                Quota::Percent(..) | Quota::Text(_) => true,
                // An empty cell beside a sentence: the city's sentence applies to every area.
                Quota::Blank => matches!(row.total, Quota::Text(_)),
                Quota::NotAssigned | Quota::NoTask => false,
            }),
        }
    }

    /// How far a task or row is, seen from the scope: an area's rows on its own quotas.
    pub fn rate(&self, item: ItemKey, period: Period) -> Rating {
        self.once(item, period, || match (&self.of, self.book.row(item)) {
            (For::Area(area), Some(row)) => self.book.rate_cell(row, area, period),
            _ => self.book.rate(item, period),
        })
    }

    /// How far a task is.
    pub fn rate_task(&self, task: &Task, period: Period) -> Rating {
        self.once(task.key, period, || self.book.rate_task(task, period))
    }

    /// How far a row is: on the city's total, or on the area's own quota where the scope is an area.
    pub fn rate_row(&self, row: &QuotaRow, period: Period) -> Rating {
        self.once(row.key, period, || match &self.of {
            For::Area(area) => self.book.rate_cell(row, area, period),
            For::All | For::Leader(_) | For::Unit(_) => self.book.rate_row(row, period),
        })
    }

    fn once(&self, item: ItemKey, period: Period, rate: impl FnOnce() -> Rating) -> Rating {
        let known = self.rated.borrow().get(&(item, period)).copied();
        known.unwrap_or_else(|| {
            let rating = rate();
            self.rated.borrow_mut().insert((item, period), rating);
            rating
        })
    }

    /// 填报状态 of an item as of a day. An area has filed a row when its own figure is there; where it has no figure to reach,
    /// words will do.
    pub fn filing_state(&self, item: ItemKey, period: Period, today: NaiveDate) -> FilingState {
        let state = self.book.filing_state(item, period, today);
        let For::Area(area) = &self.of else { return state };
        let asked = |row: &QuotaRow| row.quota(area).is_some_and(|quota| quota.target().is_some());
        let without = self.book.row(item).is_some_and(asked) && self.book.done(item, area, period).is_none();
        match state {
            FilingState::Pending | FilingState::Accepted if without => {
                let overdue = today > self.book.document().settings.due(period);
                if overdue { FilingState::Overdue } else { FilingState::Missing }
            }
            state => state,
        }
    }

    fn has_unit<'u>(&self, unit: &Arc<str>, mut units: impl Iterator<Item = &'u Arc<str>>) -> bool {
        let name = self.aliases.name(unit);
        units.any(|unit| self.aliases.name(unit) == name)
    }
}

/// Whether a unit is an area's government or committee (江山市政府, 智造新城管委会), or stands for all counties'
/// (各县（市、区）政府) and the area is a county.
fn answers_for(unit: &str, area: &str) -> bool {
    let all = unit.starts_with('各') && unit.contains('县') && unit.ends_with("政府");
    unit.starts_with(area) || (all && is_county(area))
}

/// Whether an area column is a county, county-level city or district, by its name; 市本级 and development zones are not.
pub fn is_county(area: &str) -> bool {
    area.ends_with(['县', '区', '市', '旗']) && !area.ends_with("新区") && !area.ends_with("开发区")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Light, Status};
    use crate::report::fixture::{Making, amount, cells, id, q};

    fn falling(making: &Making, of: &For) -> Vec<String> {
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let scope = Scope::new(&book, of);
        let tasks = scope.tasks().map(|task| task.key.to_string());
        tasks.chain(scope.rows().iter().map(|row| row.key.to_string())).collect()
    }

    fn making() -> Making {
        let mut making = Making::new("市本级 东城区 高新新城");
        making.task(1, "修路", "张三", "市交通局 各县（市、区）政府");
        making.task(2, "种树", "张三 李四", "市林业局 东城区政府");
        making.task(3, "招商", "李四", "市商务局 高新新城管委会");
        making.task(4, "就业", "李四", "市人社局");
        making.unit("市人力社保局", "市人社局");
        making.row("P1.1", "路灯", amount("10"), &cells(&["市本级", "东城区", "高新新城"], "0 10 /"));
        making
    }

    #[test]
    fn an_areas_page_has_what_falls_on_its_government_alone_or_with_all_others() {
        let making = making();
        assert_eq!(falling(&making, &For::Area("东城区".into())), ["T1", "T2", "P1.1"]);
        assert_eq!(falling(&making, &For::Area("高新新城".into())), ["T3"], "no county, no quota");
        assert_eq!(falling(&making, &For::Area("市本级".into())), Vec::<String>::new(), "a quota of 0 is none");
    }

    #[test]
    fn a_unit_is_found_under_every_spelling_and_a_leader_by_name() {
        let making = making();
        assert_eq!(falling(&making, &For::Unit("市人力社保局".into())), ["T4"]);
        assert_eq!(falling(&making, &For::Unit("市人社局".into())), ["T4"]);
        assert_eq!(falling(&making, &For::Leader("张三".into())), ["T1", "T2"]);
        assert_eq!(falling(&making, &For::All).len(), 5);
    }

    #[test]
    fn within_an_area_a_row_is_rated_on_the_areas_own_quota() {
        let mut making = Making::new("东城区 南溪县");
        making.row("P1.1", "路灯", amount("20"), &cells(&["东城区", "南溪县"], "10 10"));
        making.done("P1.1", "东城区", q(3), "20").done("P1.1", "南溪县", q(3), "0");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let row = book.row("P1.1".parse().unwrap()).unwrap();
        let rate = |of: For| {
            let rating = Scope::new(&book, &of).rate_row(row, q(3));
            (rating.status, rating.light)
        };
        assert_eq!(rate(For::All), (Status::Complete, Light::Green));
        assert_eq!(rate(For::Area("南溪县".into())), (Status::NotStarted, Light::Red));
    }
}
