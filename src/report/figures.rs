//! Figures as they are printed: percentages with one decimal, amounts without needless zeros.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::catalog::{Lang, Say};
use crate::model::{Book, QuotaRow};
use crate::model::{ItemKey, ListKind, Quota, Rating};

/// Rounded to one decimal, half away from zero, as official figures are.
pub fn one_decimal(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
}

/// A percentage with one decimal: `25.0%`.
pub fn percent(value: Decimal) -> String {
    format!("{}%", points(value))
}

/// Percentage points with one decimal: `25.0`.
pub fn points(value: Decimal) -> String {
    format!("{:.1}", one_decimal(value))
}

/// An amount as short as it can be written exactly: `53.5`, `36000`.
pub fn amount(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A part of a whole in percent; nothing of nothing is 0.
pub fn part(count: usize, whole: usize) -> Decimal {
    let [count, whole] = [count, whole].map(|n| Decimal::from(u64::try_from(n).unwrap_or(u64::MAX)));
    crate::model::rating::completion(count, whole).unwrap_or(Decimal::ZERO)
}

/// A quota as it is shown: `53.5`, `≥95%`, `/`; a sentence as it is, an empty cell empty.
pub fn quota(quota: &Quota, lang: Lang) -> String {
    match quota {
        Quota::Amount(value, _) => amount(*value),
        Quota::Percent(value, true) => format!("≥{}%", amount(*value)),
        Quota::Percent(value, false) => format!("{}%", amount(*value)),
        Quota::Text(text) => text.clone(),
        Quota::NotAssigned => "/".to_owned(),
        Quota::NoTask => lang.say(Say::ReportNoTask).to_owned(),
        Quota::Blank => String::new(),
    }
}

/// A done figure in the manner of its quota: with `%` where the quota is a percentage.
pub fn done(value: Option<Decimal>, quota: &Quota) -> String {
    match (value, quota) {
        (None, _) => "-".to_owned(),
        (Some(value), Quota::Percent(..)) => format!("{}%", amount(value)),
        (Some(value), _) => amount(value),
    }
}

/// 完成率, or `-` where it is not known.
pub fn completion(rating: Rating) -> String {
    rating.percent.map_or_else(|| "-".to_owned(), percent)
}

/// The number of an item as offices say it: `25`, `省17-3`; an item with a single row goes without the row's number.
pub fn number(book: &Book, key: ItemKey) -> String {
    // What was put away has no number in any list.
    if key.is_dropped() {
        return key.to_string();
    }
    let list = book.document().list(key.list);
    let mark = match list {
        Some(list) if list.kind == ListKind::Livelihood => list.mark.as_str(),
        _ => "",
    };
    let chapter = if key.chapter > 0 { format!("{}-", key.chapter) } else { String::new() };
    let alone = key.sub == 1 && book.row(ItemKey { sub: 2, ..key }).is_none();
    if key.sub == 0 || alone {
        format!("{mark}{chapter}{}", key.no)
    } else {
        format!("{mark}{chapter}{}-{}", key.no, key.sub)
    }
}

/// A row's own figures for the city: target and done as shown, with the row's unit after amounts.
pub fn with_unit(text: &str, row: &QuotaRow) -> String {
    if row.total.amount().is_some() { format!("{text}{}", row.unit) } else { text.to_owned() }
}
