//! 去年: the document of the year before, and what of it an item continues.

use super::figures::{amount, number, percent, with_unit};
use super::why::target_text;
use crate::catalog::{Lang, Say};
use crate::model::{Book, Document, ItemKey, Ledger, Period, QuotaRow, Rating};
use crate::text::Pairs;

/// Texts that share fewer pairs of characters than this, in percent, do not continue each other.
const CONTINUES: u8 = 50;
/// And where the same unit leads.
const CONTINUES_WITH_UNIT: u8 = 38;
/// From this on nobody need look at both.
const SURELY: u8 = 75;
/// Targets whose metrics share less are not compared.
const SAME_METRIC: u8 = 60;
/// With more items than this nothing is looked for: it would be slow, and no such document has come.
const MOST: usize = 5_000;

/// The item of the year before that an item continues.
#[derive(Debug, Clone, Copy)]
pub struct Continued<'a> {
    /// The book of the year before.
    pub book: Book<'a>,
    /// The item there.
    pub item: ItemKey,
    /// How alike the texts are, in percent; figures do not count.
    pub alike: u8,
    /// Whether that leaves no doubt.
    pub surely: bool,
}

/// The document of the same place for the year before.
pub fn before<'a>(ledger: &'a Ledger, document: &Document) -> Option<Book<'a>> {
    let place = |document: &Document| {
        let slug = document.id.as_str();
        slug.split_once(&format!("-{}", document.year)).map_or(slug, |(place, _)| place).to_owned()
    };
    let own = place(document);
    let last = |one: &&Document| one.year.checked_add(1) == Some(document.year);
    let same = |one: &&Document| place(one) == own || (!one.issuer.is_empty() && one.issuer == document.issuer);
    // The same slug goes before the same office under another.
    let found = ledger.documents().filter(last).filter(same).min_by_key(|one| (place(one) != own, one.id.clone()))?;
    Book::open(ledger, &found.id)
}

/// The item of the year before that an item continues, if there is one: much the same words, figures aside.
pub fn continued<'a>(book: &Book<'a>, item: ItemKey) -> Option<Continued<'a>> {
    let earlier = before(book.ledger(), book.document())?;
    let text = Pairs::of(&words(&book.title(item)?));
    let is_task = book.task(item).is_some();
    let keys: Vec<ItemKey> = if is_task {
        earlier.tasks().map(|task| task.key).collect()
    } else {
        earlier.rows().into_iter().map(|row| row.key).collect()
    };
    if keys.len() > MOST {
        return None;
    }
    let (aliases, own) = (earlier.aliases(), book.aliases());
    let leads = |one: &Book<'_>, names: &crate::model::Aliases, item: ItemKey| {
        one.lead_units(item).first().map(|unit| names.name(unit).to_string())
    };
    let led_by = leads(book, &own, item);
    let score = |key: ItemKey| {
        let alike = text.alike(&Pairs::of(&words(&earlier.title(key)?)));
        let same_unit = led_by.is_some() && leads(&earlier, &aliases, key) == led_by;
        let enough = if same_unit { CONTINUES_WITH_UNIT } else { CONTINUES };
        (alike >= enough).then_some((alike, same_unit, key))
    };
    let best =
        keys.into_iter().filter_map(score).max_by_key(|(alike, same, key)| (*alike, *same, std::cmp::Reverse(*key)));
    best.map(|(alike, _, item)| Continued { book: earlier, item, alike, surely: alike >= SURELY })
}

/// A text without its figures: they are what changes from year to year.
fn words(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !c.is_numeric() && *c != '.').collect()
}

impl Continued<'_> {
    /// The last period in which anything is known of it, else the last of its year.
    pub fn period(&self) -> Option<Period> {
        let document = self.book.document();
        let known = |period: &Period| self.book.has_filed(self.item, *period);
        Period::all(document.year, document.settings.span)
            .filter(known)
            .last()
            .or_else(|| Period::all(document.year, document.settings.span).last())
    }

    /// How it stood then.
    pub fn rating(&self) -> Option<Rating> {
        Some(self.book.rate(self.item, self.period()?))
    }
}

/// What is to be said of the year before under an item: which item it was and how it ended, then its figures beside today's.
pub fn lines(book: &Book<'_>, item: ItemKey, lang: Lang) -> Vec<String> {
    let Some(last) = continued(book, item) else { return Vec::new() };
    let Some((period, rating)) = last.period().zip(last.rating()) else { return Vec::new() };
    let ended = match rating.percent {
        Some(value) => format!("{} {} {}", lang.light(rating.light), lang.status(rating.status), percent(value)),
        None => lang.status(rating.status).to_owned(),
    };
    let say = if last.surely { Say::LastYear } else { Say::LastYearPerhaps };
    let which = number(&last.book, last.item);
    let mut lines = vec![lang.fill(say, &[&which, &last.alike, &lang.period(period), &ended])];
    if let Some((now, was)) = book.row(item).zip(last.book.row(last.item)) {
        let done =
            last.book.row_done(was, period).map_or_else(|| "-".to_owned(), |value| with_unit(&amount(value), was));
        let total = |one: &QuotaRow| with_unit(&super::figures::quota(&one.total, lang), one);
        lines.push(lang.fill(Say::LastYearRow, &[&total(was), &done, &total(now)]));
    }
    for (_, target, _) in book.targets(item) {
        let metric = Pairs::of(&target.metric);
        let same = last
            .book
            .targets(last.item)
            .map(|(no, was, _)| (metric.alike(&Pairs::of(&was.metric)), no, was))
            .filter(|(alike, ..)| *alike >= SAME_METRIC)
            .max_by_key(|(alike, no, _)| (*alike, std::cmp::Reverse(*no)));
        let Some((_, no, was)) = same else { continue };
        let reached = last.book.actual(last.item, no, period);
        let reached = reached.map_or_else(|| "-".to_owned(), |(value, _)| format!("{}{}", amount(value), was.unit));
        lines.push(lang.fill(Say::LastYearTarget, &[&target_text(was, lang), &reached, &target_text(target, lang)]));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentId, Entry, Head, Key, Record, Seq};
    use crate::report::fixture::{Making, amount, cells, id, q};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    /// Two years of a place in one ledger: `last` is made anew under the year before.
    fn years(now: &Making, last: &Making) -> Ledger {
        let earlier = DocumentId::new("yunhe-2023").unwrap();
        let mut entries: BTreeMap<Key, Entry> = BTreeMap::new();
        for (key, entry) in now.ledger().entries() {
            entries.insert(key.clone(), entry.clone());
        }
        for (key, entry) in last.ledger().entries() {
            let record = match entry.record.as_ref() {
                Record::Document(document) => {
                    let document = Document { id: earlier.clone(), year: 2023, ..document.as_ref().clone() };
                    Record::Document(Box::new(document))
                }
                other => other.clone(),
            };
            // The periods of the year before.
            let text = key.to_string().replace("yunhe-2024", "yunhe-2023").replace("@2024", "@2023");
            entries.insert(text.parse().unwrap(), Entry { version: Seq(1), record: Arc::new(record) });
        }
        Ledger::from_parts(Head::default(), entries)
    }

    fn books() -> Ledger {
        let (mut now, mut last) = (Making::new("东城区 南溪县"), Making::new("东城区 南溪县"));
        now.task(1, "新建学校5所，改造提升校舍20万平方米。", "张三", "市教育局");
        now.task(2, "举办国际马拉松赛事。", "李四", "市体育局");
        now.target(1, 1, (crate::model::Comparator::AtLeast, "5", "所"));
        now.row("P1.1", "新建路灯20盏", amount("20"), &cells(&["东城区", "南溪县"], "12 8"));
        last.task(17, "新建学校3所，改造提升校舍12万平方米。", "张三", "市教育局");
        last.task(18, "整治河道30公里。", "李四", "市水利局");
        last.target(17, 1, (crate::model::Comparator::AtLeast, "3", "所"));
        last.actual(17, 1, q(4), "3").filed(17, q(4), Some("100"));
        last.row("P4.1", "新建路灯15盏", amount("15"), &cells(&["东城区", "南溪县"], "9 6"));
        last.done("P4.1", "东城区", q(4), "9");
        years(&now, &last)
    }

    #[test]
    fn an_item_that_goes_on_is_found_by_its_words_and_told_with_its_figures() {
        let ledger = books();
        let book = Book::open(&ledger, &id()).unwrap();
        let last = continued(&book, "T1".parse().unwrap()).unwrap();
        assert_eq!((last.item.to_string().as_str(), last.surely), ("T17", true));
        let told = lines(&book, "T1".parse().unwrap(), Lang::Zh);
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("去年 17") && told[0].contains("100.0%"), "{told:?}");
        assert!(told[1].contains("≥3所") && told[1].contains("≥5所"), "{told:?}");
        let row = lines(&book, "P1.1".parse().unwrap(), Lang::Zh);
        assert!(
            row[0].contains("省4") && row[1].contains("15个") && row[1].contains("9个") && row[1].contains("20个"),
            "{row:?}"
        );
    }

    #[test]
    fn what_is_new_continues_nothing_and_the_first_year_has_none_before() {
        let ledger = books();
        let book = Book::open(&ledger, &id()).unwrap();
        assert!(continued(&book, "T2".parse().unwrap()).is_none());
        let first = Book::open(&ledger, &DocumentId::new("yunhe-2023").unwrap()).unwrap();
        assert!(before(&ledger, first.document()).is_none());
        assert_eq!(lines(&first, "T17".parse().unwrap(), Lang::Zh), Vec::<String>::new());
    }
}
