//! Which items a list shows and in which order: the filters and the columns of a saved view. Both faces list by these rules.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Book, ItemKey, Period, SortBy, View, Whose};

/// Whether an item passes every filter that a view sets, in a period and as of the day of `whose`. Its search and its order are
/// not asked. A unit finds what is its own by the names of today also where the book has those of an earlier period.
pub fn admits(book: &Book<'_>, whose: Whose<'_>, view: &View, item: ItemKey, period: Period) -> bool {
    let today = whose.day;
    if !book.has_item(item) {
        return false;
    }
    // Quota rows name no leader.
    let led = |leader| book.task(item).is_some_and(|task| task.leaders.contains(leader));
    if view.leader.as_ref().is_some_and(|leader| !led(leader)) {
        return false;
    }
    if let Some(unit) = &view.unit {
        let is_unit = |named: &Arc<str>| whose.is(named, unit);
        let task = book.task(item).is_some_and(|task| task.units().any(is_unit));
        if !task && !book.row(item).is_some_and(|row| row.units().any(is_unit)) {
            return false;
        }
    }
    if view.light.is_some() || view.status.is_some() {
        let rating = book.rate(item, period);
        let lit = view.light.is_none_or(|light| rating.status.has_light() && rating.light == light);
        if !lit || view.status.is_some_and(|status| rating.status != status) {
            return false;
        }
    }
    view.filing.is_none_or(|state| book.filing_state(item, period, today) == state)
        && (!view.late || book.is_late(item, period, today))
}

/// Puts items that stand in the order of their numbers into the order of a column; ties stay in the order of numbers, also
/// from the other end.
pub fn sort(
    book: &Book<'_>,
    items: &mut Vec<ItemKey>,
    (by, reversed): (SortBy, bool),
    (period, today): (Period, NaiveDate),
) {
    match by {
        SortBy::Number if reversed => items.reverse(),
        SortBy::Number => {}
        SortBy::Worst => order(items, reversed, |item| book.rate(item, period).badness()),
        // What is not known stands behind what is.
        SortBy::Percent => order(items, reversed, |item| {
            let percent = book.rate(item, period).percent;
            (percent.is_none(), percent)
        }),
        SortBy::Filing => order(items, reversed, |item| book.filing_state(item, period, today)),
        SortBy::Deadline => order(items, reversed, |item| book.deadline(item, period)),
        SortBy::Leader => {
            let tallies = book.leaders();
            let places: HashMap<&str, usize> = tallies.iter().enumerate().map(|(at, one)| (&*one.name, at)).collect();
            let leader = |item| book.task(item).and_then(|task| task.leaders.first());
            order(items, reversed, |item| leader(item).map_or(usize::MAX, |name| place(&places, name)));
        }
        SortBy::Unit => {
            let (tallies, aliases) = (book.units(), book.aliases());
            let places: HashMap<&str, usize> = tallies.iter().enumerate().map(|(at, one)| (&*one.name, at)).collect();
            let unit = |item| book.lead_units(item).first();
            order(items, reversed, |item| unit(item).map_or(usize::MAX, |name| place(&places, aliases.name(name))));
        }
    }
}

fn place(places: &HashMap<&str, usize>, name: &str) -> usize {
    places.get(name).copied().unwrap_or(usize::MAX)
}

fn order<K: Ord>(items: &mut Vec<ItemKey>, reversed: bool, key: impl Fn(ItemKey) -> K) {
    let mut keyed: Vec<(K, ItemKey)> = items.iter().map(|item| (key(*item), *item)).collect();
    let compare = |a: &(K, ItemKey), b: &(K, ItemKey)| -> Ordering {
        let order = a.0.cmp(&b.0);
        if reversed { order.reverse() } else { order }
    };
    keyed.sort_by(compare);
    *items = keyed.into_iter().map(|(_, item)| item).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FilingState, Light};
    use crate::report::fixture::{Making, id, q};

    fn making() -> Making {
        let mut making = Making::new("东城区 南溪县");
        making.task(1, "修路", "张三", "市交通局");
        making.task(2, "种树", "李四", "市人社局");
        making.task(3, "招商", "李四", "市交通局");
        making.unit("市人力社保局", "市人社局");
        making
    }

    fn sorted(by: SortBy, reversed: bool) -> Vec<u16> {
        let ledger = making().ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let mut items: Vec<ItemKey> = book.tasks().map(|task| task.key).collect();
        sort(&book, &mut items, (by, reversed), (q(3), NaiveDate::from_ymd_opt(2024, 9, 30).unwrap()));
        items.into_iter().map(|item| item.no).collect()
    }

    #[test]
    fn ties_stand_in_the_order_of_numbers_from_either_end() {
        assert_eq!(sorted(SortBy::Number, true), [3, 2, 1]);
        assert_eq!(sorted(SortBy::Filing, true), [1, 2, 3]);
        assert_eq!(sorted(SortBy::Leader, false), [2, 3, 1], "who has most tasks first, as in the list of leaders");
        assert_eq!(sorted(SortBy::Leader, true), [1, 2, 3]);
        assert_eq!(sorted(SortBy::Unit, false), [1, 3, 2]);
    }

    #[test]
    fn every_filter_that_is_set_narrows() {
        let ledger = making().ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let (aliases, known) = (book.aliases(), crate::model::Successions::of(book.ledger(), book.id()));
        let day = NaiveDate::from_ymd_opt(2024, 10, 21).unwrap();
        let whose = Whose { aliases: &aliases, known: &known, day };
        let shown = |view: View| -> Vec<u16> {
            let tasks = book.tasks().map(|task| task.key);
            tasks.filter(|item| admits(&book, whose, &view, *item, q(3))).map(|item| item.no).collect()
        };
        assert_eq!(shown(View::default()), [1, 2, 3]);
        assert_eq!(shown(View { leader: Some("李四".into()), ..View::default() }), [2, 3]);
        assert_eq!(shown(View { unit: Some("市人力社保局".into()), ..View::default() }), [2]);
        assert_eq!(shown(View { filing: Some(FilingState::Overdue), ..View::default() }), [1, 2, 3]);
        assert_eq!(shown(View { filing: Some(FilingState::Accepted), ..View::default() }), Vec::<u16>::new());
        assert_eq!(shown(View { light: Some(Light::Green), ..View::default() }), Vec::<u16>::new());
        assert_eq!(shown(View { late: true, leader: Some("张三".into()), ..View::default() }), [1]);
    }
}
