//! What is offered to the clerk for 下一步工作要求: facts of the largest groups of laggards, a sentence each, to edit.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::areas::areas;
use super::behind::laggards;
use super::figures::{number, percent};
use super::filed::filed;
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Period};

/// At most this many units, and this many areas, are named.
const NAMED: usize = 3;
/// At most this many items are named by their numbers.
const NUMBERS: usize = 12;

/// Paragraphs (一是… 二是… 三是…) from the largest groups of laggards; none where nothing lags. What is past its deadline or not
/// filed is told as of the day after the period's filings were due.
pub fn offers(book: &Book<'_>, period: Period, lang: Lang) -> Vec<String> {
    let scope = Scope::new(book, &For::All);
    let teller = Teller { book, scope, period, lang };
    let parts = [teller.units(), teller.areas(), teller.overdue(), teller.missing()];
    let told = parts.into_iter().flatten();
    (1..).zip(told).map(|(no, text)| lang.fill(Say::OfferNo, &[&super::bulletin::counted(no, lang), &text])).collect()
}

struct Teller<'a> {
    book: &'a Book<'a>,
    scope: Scope<'a>,
    period: Period,
    lang: Lang,
}

impl Teller<'_> {
    fn list<T: AsRef<str>>(&self, names: &[T]) -> String {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        names.join(self.lang.say(Say::ReportListJoin))
    }

    fn numbers(&self, items: &[ItemKey]) -> String {
        let numbers: Vec<String> = items.iter().take(NUMBERS).map(|item| number(self.book, *item)).collect();
        let told = self.list(&numbers);
        if items.len() > NUMBERS { self.lang.fill(Say::OfferAmong, &[&told]) } else { told }
    }

    /// Whose items lag: the lead units with most of them.
    fn units(&self) -> Option<String> {
        let mut by: BTreeMap<Arc<str>, Vec<ItemKey>> = BTreeMap::new();
        let all = laggards(&self.scope, self.period);
        for one in &all {
            for unit in self.book.lead_units(one.item.key()) {
                let items = by.entry(Arc::clone(self.scope.aliases().name(unit))).or_default();
                if items.last() != Some(&one.item.key()) {
                    items.push(one.item.key());
                }
            }
        }
        let mut most: Vec<_> = by.into_iter().collect();
        most.sort_by_key(|(_, items)| std::cmp::Reverse(items.len()));
        let each: Vec<String> = most
            .iter()
            .take(NAMED)
            .map(|(unit, items)| self.lang.fill(Say::OfferUnit, &[unit, &items.len(), &self.numbers(items)]))
            .collect();
        let each = each.join(self.lang.say(Say::ReportClauseJoin));
        (!all.is_empty()).then(|| self.lang.fill(Say::OfferUnits, &[&all.len(), &each]))
    }

    /// Which areas are behind time on average, the last first.
    fn areas(&self) -> Option<String> {
        let share = self.period.share();
        let all = areas(self.book, self.period);
        let behind = |average: rust_decimal::Decimal| average < share;
        let mut slow: Vec<_> = all.iter().filter(|one| one.rank.is_some() && one.average.is_some_and(behind)).collect();
        slow.reverse();
        let each: Vec<String> = slow
            .iter()
            .take(NAMED)
            .map(|one| {
                let average = percent(one.average.unwrap_or_default());
                self.lang.fill(Say::OfferArea, &[&one.area, &average, &one.counts.lagging()])
            })
            .collect();
        let each = each.join(self.lang.say(Say::ReportClauseJoin));
        (!slow.is_empty()).then(|| self.lang.fill(Say::OfferAreas, &[&slow.len(), &percent(share), &each]))
    }

    /// What is past its deadline.
    fn overdue(&self) -> Option<String> {
        let day = self.book.document().settings.due(self.period).succ_opt()?;
        let items: Vec<ItemKey> = self
            .book
            .item_keys()
            .into_iter()
            .filter(|item| self.book.is_past_deadline(*item, self.period, day))
            .collect();
        (!items.is_empty()).then(|| self.lang.fill(Say::OfferOverdue, &[&items.len(), &self.numbers(&items)]))
    }

    /// What is not filed, and what was returned.
    fn missing(&self) -> Option<String> {
        let day = self.book.document().settings.due(self.period).succ_opt()?;
        let filed = filed(&self.scope, self.period, day);
        let each: Vec<String> = filed
            .missing
            .iter()
            .take(NAMED)
            .map(|one| self.lang.fill(Say::OfferUnit, &[&one.unit, &one.items.len(), &self.numbers(&one.items)]))
            .collect();
        let each = each.join(self.lang.say(Say::ReportClauseJoin));
        let (unfiled, returned) = (filed.unfiled(), filed.returned.len());
        let each = if each.is_empty() { each } else { self.lang.fill(Say::OfferMissingUnits, &[&each]) };
        (unfiled + returned > 0).then(|| self.lang.fill(Say::OfferMissing, &[&unfiled, &returned, &each]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RequestKind;
    use crate::report::fixture::{Making, amount, cells, day, id, q};

    fn told(making: &Making, lang: Lang) -> Vec<String> {
        let ledger = making.ledger();
        offers(&Book::open(&ledger, &id()).unwrap(), q(3), lang)
    }

    #[test]
    fn the_largest_groups_of_laggards_are_told_with_figures_and_numbers() {
        let areas = ["东城区", "南溪县"];
        let mut making = Making::new(&areas.join(" "));
        for (no, (unit, percent)) in
            (1..).zip([("市发改委", "20"), ("市人社局", "30"), ("市人力社保局", "10"), ("市商务局", "80")])
        {
            making.task(no, "任务", "张三", unit).filed(no, q(3), Some(percent));
        }
        making.task(5, "任务", "张三", "市教育局").unit("市人力社保局", "市人社局");
        making.granted("T4", RequestKind::Adjust, q(3), Some(day(10, 1)));
        making.row("P1.1", "路灯", amount("20"), &cells(&areas, "10 10"));
        making.done("P1.1", "东城区", q(3), "10").done("P1.1", "南溪县", q(3), "5");
        let told = told(&making, Lang::Zh);
        assert_eq!(told.len(), 4, "{told:#?}");
        assert!(
            told[0].starts_with("一是") && told[0].contains("市人力社保局2项（3、2）；市发改委1项（1）"),
            "{told:#?}"
        );
        assert!(told[1].starts_with("二是") && told[1].contains("南溪县50.0%") && !told[1].contains("东城区"));
        assert!(told[2].starts_with("三是") && told[2].contains("1项") && told[2].contains('4'), "{told:#?}");
        assert!(told[3].starts_with("四是") && told[3].contains("市教育局1项（5）"), "{told:#?}");
    }

    #[test]
    fn nothing_is_offered_where_nothing_lags_and_english_is_english() {
        let mut making = Making::new("");
        making.task(1, "x", "y", "z").filed(1, q(3), Some("80"));
        assert_eq!(told(&making, Lang::Zh), Vec::<String>::new());
        making.filed(1, q(3), Some("20"));
        let english = told(&making, Lang::En);
        assert!(english.len() == 1 && english[0].is_ascii(), "{english:?}");
    }
}
