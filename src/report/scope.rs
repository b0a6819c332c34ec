//! For whom a report is: everything, or what falls on one leader, one unit, one area.

use std::sync::Arc;

use crate::model::{Aliases, Book, Period, Quota, QuotaRow, Rating, Task};

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
}

impl<'a> Scope<'a> {
    /// The scope of a book.
    pub fn new(book: &Book<'a>, of: &For) -> Self {
        Self { book: *book, aliases: book.aliases(), of: of.clone() }
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

    /// How far a task is.
    pub fn rate_task(&self, task: &Task, period: Period) -> Rating {
        self.book.rate_task(task, period)
    }

    /// How far a row is: on the city's total, or on the area's own quota where the scope is an area.
    pub fn rate_row(&self, row: &QuotaRow, period: Period) -> Rating {
        match &self.of {
            For::Area(area) => rate_cell(&self.book, row, area, period),
            For::All | For::Leader(_) | For::Unit(_) => self.book.rate_row(row, period),
        }
    }

    fn has_unit<'u>(&self, unit: &Arc<str>, mut units: impl Iterator<Item = &'u Arc<str>>) -> bool {
        let name = self.aliases.name(unit);
        units.any(|unit| self.aliases.name(unit) == name)
    }
}

/// How far an area is on its own quota of a row.
pub fn rate_cell(book: &Book, row: &QuotaRow, area: &str, period: Period) -> Rating {
    let margins = book.document().settings.thresholds;
    let Some(quota) = row.quota(area) else { return Rating::NOT_RATED };
    let Some(target) = quota.target() else { return Rating::NOT_RATED };
    match (book.done(row.key, area, period), quota) {
        (None, _) => Rating::UNKNOWN,
        (Some((done, _)), Quota::Percent(..)) => Rating::of_rate(done, target, margins),
        (Some((done, _)), _) => Rating::of_count(done, target, period.share(), margins),
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
