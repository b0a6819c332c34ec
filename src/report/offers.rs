//! What is offered to the clerk for 下一步工作要求: facts of the largest groups of laggards, a sentence each, to edit.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::areas::areas;
use super::behind::laggards;
use super::bulletin::ordinal;
use super::compare::compare;
use super::figures::{number, percent, points};
use super::filed::filed;
use super::paper::list;
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Period};

/// So many names and numbers stand in a sentence; the others are counted.
const NAMED: usize = 5;

/// Paragraphs (一是… 二是… 三是…) from the largest groups of laggards; none where nothing lags.
pub fn offers(book: &Book<'_>, period: Period, today: NaiveDate, lang: Lang) -> Vec<String> {
    let scope = Scope::new(book, &For::All);
    let found = [
        units(book, &scope, period, lang),
        lagging_areas(book, period, lang),
        overdue(book, &scope, period, today, lang),
        not_filed(&scope, period, today, lang),
        unmoved(book, &scope, period, lang),
    ];
    let found = found.into_iter().flatten();
    found
        .enumerate()
        .map(|(at, (say, values))| {
            let no = if lang == Lang::Zh { ordinal(at + 1) } else { (at + 1).to_string() };
            let values: Vec<&dyn std::fmt::Display> =
                std::iter::once(&no as &dyn std::fmt::Display).chain(values.iter().map(|value| value as _)).collect();
            lang.fill(say, &values)
        })
        .collect()
}

type Offer = Option<(Say, Vec<String>)>;

/// The lead units with most items behind.
fn units(book: &Book<'_>, scope: &Scope<'_>, period: Period, lang: Lang) -> Offer {
    let mut by: BTreeMap<Arc<str>, Vec<ItemKey>> = BTreeMap::new();
    let all = laggards(scope, period);
    for one in &all {
        for unit in book.lead_units(one.item.key()) {
            by.entry(Arc::clone(scope.aliases().name(unit))).or_default().push(one.item.key());
        }
    }
    let mut by: Vec<(Arc<str>, Vec<ItemKey>)> = by.into_iter().collect();
    by.sort_by_key(|(_, items)| std::cmp::Reverse(items.len()));
    let (most, items) = by.first()?.clone();
    let names = list(lang, by.iter().take(NAMED).map(|(unit, _)| unit));
    let values = [
        names,
        by.len().to_string(),
        all.len().to_string(),
        most.to_string(),
        items.len().to_string(),
        numbers(book, &items, lang),
    ];
    Some((Say::OfferUnits, values.to_vec()))
}

/// The area furthest behind the share of time.
fn lagging_areas(book: &Book<'_>, period: Period, lang: Lang) -> Offer {
    let share = period.share();
    let all = areas(book, period);
    let last = all.iter().filter(|one| one.rank.is_some()).filter_map(|one| Some((one, one.average?)));
    let (area, average) = last.min_by_key(|(_, average)| *average)?;
    let gap = share - average;
    let _ = lang;
    (gap > Decimal::ZERO).then(|| (Say::OfferAreas, vec![area.area.to_string(), percent(average), points(gap)]))
}

fn overdue(book: &Book<'_>, scope: &Scope<'_>, period: Period, today: NaiveDate, lang: Lang) -> Offer {
    let past = |item: &ItemKey| {
        book.is_past_deadline(*item, period, today)
            && !scope.rate(*item, period).status.is_complete()
            && !book.closed(*item, period)
            && !book.stopped(*item, period)
    };
    let items: Vec<ItemKey> = book.item_keys().into_iter().filter(past).collect();
    (!items.is_empty()).then(|| (Say::OfferOverdue, vec![numbers(book, &items, lang)]))
}

fn not_filed(scope: &Scope<'_>, period: Period, today: NaiveDate, lang: Lang) -> Offer {
    let filed = filed(scope, period, today);
    let missing = filed.due - filed.filed;
    let names = list(lang, filed.missing.iter().take(NAMED).map(|one| &one.unit));
    (missing > 0).then(|| (Say::OfferFiling, vec![names, filed.missing.len().to_string(), missing.to_string()]))
}

fn unmoved(book: &Book<'_>, scope: &Scope<'_>, period: Period, lang: Lang) -> Offer {
    let compared = compare(scope, period)?;
    (!compared.unmoved.is_empty()).then(|| (Say::OfferUnmoved, vec![numbers(book, &compared.unmoved, lang)]))
}

/// The first few numbers, and how many more there are.
fn numbers(book: &Book<'_>, items: &[ItemKey], lang: Lang) -> String {
    let some = list(lang, items.iter().take(NAMED).map(|item| number(book, *item)));
    match items.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(_) if lang == Lang::Zh => format!("{some}等{}项", items.len()),
        Some(more) => format!("{some} and {more} more"),
        None => some,
    }
}
