//! Which lines a unit's form has, in the order of the document.

use std::sync::Arc;

use super::lines::{About, Line, Page};
use crate::model::entry::takes_figure;
use crate::model::{Book, CITY_TOTAL, FilingState, ItemKey, Period};

/// The row of the first line, from 0: above it stand the title and the heads.
pub(super) const FIRST: u32 = 2;

/// The units that lead something, by their listed names, in the order of the book's list, with their places in it from 1.
pub fn lead_units(book: &Book<'_>) -> Vec<(usize, Arc<str>)> {
    let units = book.units().into_iter().enumerate().map(|(at, tally)| (at + 1, tally.name));
    let aliases = book.aliases();
    let mut leading = std::collections::HashSet::new();
    for item in book.item_keys() {
        leading.extend(book.lead_units(item).iter().map(|unit| Arc::clone(aliases.name(unit))));
    }
    units.filter(|(_, name)| leading.contains(name)).collect()
}

/// The lines of a unit's form: the items that it leads and that something can be filed on in the period.
pub fn lines(book: &Book<'_>, period: Period, unit: &Arc<str>) -> Vec<Line> {
    let aliases = book.aliases();
    let listed = aliases.name(unit);
    let leads = |item: &ItemKey| book.lead_units(*item).iter().any(|one| aliases.name(one) == listed);
    let due = |item: &ItemKey| book.filing_state(*item, period, period.end()) != FilingState::NotDue;
    let items: Vec<ItemKey> = book.item_keys().into_iter().filter(leads).filter(due).collect();
    let words = items.iter().map(|item| About::Item(*item));
    let figures = items.iter().flat_map(|item| figures(book, *item));
    Page::ALL
        .into_iter()
        .zip([words.collect::<Vec<_>>(), figures.collect()])
        .flat_map(|(_, abouts)| (FIRST..).zip(abouts).map(|(row, about)| Line { about, row }))
        .collect()
}

fn figures(book: &Book<'_>, item: ItemKey) -> Vec<About> {
    let Some(row) = book.row(item) else {
        return book.targets(item).map(|(no, ..)| About::Target(item, no)).collect();
    };
    let areas = row.areas.iter().map(|cell| Arc::clone(&cell.area)).chain([Arc::from(CITY_TOTAL)]);
    areas.filter(|area| takes_figure(row, area).is_ok()).map(|area| About::Cell(item, area)).collect()
}
