//! Which items a list shows, and in which order: a saved view (or what was typed like one) as a question to a book.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::scope::{For, Scope};
use crate::model::{Book, FilingState, ItemKey, Light, Period, SortBy, Status, View};

/// A view ready to be asked.
#[derive(Debug, Clone)]
pub struct Listing<'a> {
    book: Book<'a>,
    view: View,
    scopes: Vec<Scope<'a>>,
    found: Option<HashSet<ItemKey>>,
    period: Period,
    today: NaiveDate,
}

/// What an item is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Worst(Light, Decimal, Status),
    Percent(Decimal),
    Filing(FilingState),
    Day(NaiveDate),
    Number(usize),
}

impl<'a> Listing<'a> {
    /// The view of a book in a period, as of a day; `found` is what its search finds, where it has one.
    pub fn new(
        book: &Book<'a>,
        view: &View,
        found: Option<HashSet<ItemKey>>,
        (period, today): (Period, NaiveDate),
    ) -> Self {
        let leader = view.leader.clone().map(For::Leader);
        let unit = view.unit.clone().map(For::Unit);
        let scopes = leader.into_iter().chain(unit).map(|of| Scope::new(book, &of)).collect();
        Self { book: *book, view: view.clone(), scopes, found, period, today }
    }

    /// Narrows it further.
    #[must_use]
    pub fn within(mut self, of: &For) -> Self {
        self.scopes.push(Scope::new(&self.book, of));
        self
    }

    /// Whether an item belongs to it: every part that is set has to agree.
    pub fn has(&self, item: ItemKey) -> bool {
        let (task, row) = (self.book.task(item), self.book.row(item));
        let scoped = self.scopes.iter().all(|scope| match (task, row) {
            (Some(task), _) => scope.has_task(task),
            (None, Some(row)) => scope.has_row(row),
            (None, None) => false,
        });
        scoped && self.found.as_ref().is_none_or(|found| found.contains(&item)) && self.stands(item)
    }

    /// Whether light, status, filing state and lateness are those asked for.
    fn stands(&self, item: ItemKey) -> bool {
        let View { light, status, filing, late, .. } = &self.view;
        if light.is_some() || status.is_some() {
            let rating = self.book.rate(item, self.period);
            let lit = light.is_none_or(|light| rating.status.has_light() && rating.light == light);
            if !lit || status.is_some_and(|status| rating.status != status) {
                return false;
            }
        }
        let filed = |state: FilingState| self.book.filing_state(item, self.period, self.today) == state;
        filing.is_none_or(filed) && (!late || self.book.is_late(item, self.period, self.today))
    }

    /// The items that belong to it, in its order; ties stay in the order in which they came.
    pub fn of(&self, items: impl IntoIterator<Item = ItemKey>) -> Vec<ItemKey> {
        let leaders = self.order(SortBy::Leader, || self.book.leaders());
        let units = self.order(SortBy::Unit, || self.book.units());
        let aliases = self.book.aliases();
        let place = |(at, item): (usize, ItemKey)| {
            let place = match self.view.sort {
                SortBy::Number => Some(Place::Number(at)),
                SortBy::Worst => {
                    let rating = self.book.rate(item, self.period);
                    let (light, lag, status) = rating.badness();
                    rating.status.has_light().then_some(Place::Worst(light, lag, status))
                }
                SortBy::Percent => self.book.rate(item, self.period).percent.map(Place::Percent),
                SortBy::Filing => Some(Place::Filing(self.book.filing_state(item, self.period, self.today))),
                SortBy::Deadline => Some(Place::Day(self.book.deadline(item, self.period))),
                SortBy::Leader => {
                    let leader = self.book.task(item).and_then(|task| task.leaders.first());
                    leader.and_then(|leader| leaders.get(leader)).copied().map(Place::Number)
                }
                SortBy::Unit => {
                    let unit = self.book.lead_units(item).first();
                    unit.and_then(|unit| units.get(aliases.name(unit))).copied().map(Place::Number)
                }
            };
            (item, place)
        };
        let items = items.into_iter().filter(|item| self.has(*item)).enumerate();
        let mut placed: Vec<(ItemKey, Option<Place>)> = items.map(place).collect();
        placed.sort_by(|(_, a), (_, b)| self.compare(a.as_ref(), b.as_ref()));
        placed.into_iter().map(|(item, _)| item).collect()
    }

    /// What has no place (no leader, nothing known) comes last from either end.
    fn compare(&self, a: Option<&Place>, b: Option<&Place>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if self.view.reversed => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }

    fn order(&self, sort: SortBy, names: impl Fn() -> Vec<crate::model::Tally>) -> HashMap<Arc<str>, usize> {
        if self.view.sort != sort {
            return HashMap::new();
        }
        names().into_iter().enumerate().map(|(at, tally)| (tally.name, at)).collect()
    }
}
