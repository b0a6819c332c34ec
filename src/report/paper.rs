//! What the smaller papers share: the lines under a title, numbered headings, cells, and the words for how far an item is.

use std::fmt::Display;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::bulletin::{date, mark, ordinal};
use super::compare::told;
use super::figures::{amount, completion, number, one_decimal, percent, points};
use super::model::{Block, Cell, Column, Kind, Report, Table, Value};
use super::scope::{For, Scope};
use super::summary::Counts;
use super::why::{of_rating, target_text};
use crate::catalog::{Lang, Say};
use crate::model::rating::Basis;
use crate::model::{Book, ItemKey, Light, Period, QuotaRow, Rating};

/// A paper being written.
pub(super) struct Paper<'a> {
    pub(super) book: &'a Book<'a>,
    pub(super) lang: Lang,
    pub(super) blocks: Vec<Block>,
    chapter: usize,
}

impl<'a> Paper<'a> {
    pub(super) const fn new(book: &'a Book<'a>, lang: Lang) -> Self {
        Self { book, lang, blocks: Vec::new(), chapter: 0 }
    }

    /// A heading of the first level, numbered.
    pub(super) fn chapter(&mut self, words: &str) {
        self.chapter += 1;
        let text = match self.lang {
            Lang::Zh => format!("{}、{words}", ordinal(self.chapter)),
            Lang::En => format!("{}. {words}", self.chapter),
        };
        self.blocks.push(Block::Heading { level: 1, text });
    }

    /// A paragraph of the catalogue.
    pub(super) fn say(&mut self, what: Say, values: &[&dyn Display]) {
        self.blocks.push(Block::Paragraph(self.lang.fill(what, values)));
    }

    /// A remark of the catalogue.
    pub(super) fn note(&mut self, what: Say, values: &[&dyn Display]) {
        self.blocks.push(Block::Note(self.lang.fill(what, values)));
    }

    /// A table; one without rows is left out.
    pub(super) fn table(&mut self, caption: &str, frozen: usize, columns: &[(Say, Column)], rows: Vec<Vec<Cell>>) {
        if rows.is_empty() {
            return;
        }
        self.blocks.push(Block::Table(Table {
            caption: caption.to_owned(),
            columns: columns.iter().map(|(_, column)| column.clone()).collect(),
            frozen,
            head: vec![Cell::row(columns.iter().map(|(head, _)| self.lang.say(*head)))],
            rows,
        }));
    }

    /// 与上期相比: what turned red, what recovered, what did not move. Nothing in the first period of a year.
    pub(super) fn compared(&mut self, scope: &Scope<'_>, period: Period) {
        self.blocks.extend(told(scope, period, self.lang).map(Block::Paragraph));
    }

    /// The numbers of items, as offices say them.
    pub(super) fn numbers<'i>(&self, items: impl IntoIterator<Item = &'i ItemKey>) -> String {
        list(self.lang, items.into_iter().map(|item| number(self.book, *item)))
    }

    /// The finished paper: its lines under the title, then office and day.
    pub(super) fn report(self, kind: Kind, title: String, mut lines: Vec<String>, today: NaiveDate) -> Report {
        lines.push(self.office(today));
        self.finish(kind, title, lines)
    }

    /// Office and day, on one line.
    pub(super) fn office(&self, day: NaiveDate) -> String {
        let issuer = &self.book.document().issuer;
        let day = date(day, self.lang);
        if issuer.is_empty() { day } else { format!("{issuer}　{day}") }
    }

    /// The finished paper with just these lines under its title, and the mark of a demonstration.
    pub(super) fn finish(self, kind: Kind, title: String, mut lines: Vec<String>) -> Report {
        let document = self.book.document();
        if document.demo {
            lines.push(self.lang.say(Say::ReportDemoLine).to_owned());
        }
        Report {
            subtitle: lines,
            blocks: self.blocks,
            mark: mark(self.book.ledger().head()),
            demo: document.demo,
            ..Report::plain(self.lang, kind, title)
        }
    }
}

/// The line that says for whom a paper is; none for the whole.
pub(super) fn for_whom(of: &For, lang: Lang) -> Vec<String> {
    match of {
        For::All => Vec::new(),
        For::Leader(name) => vec![lang.fill(Say::ReportForLeader, &[name])],
        For::Unit(name) => vec![lang.fill(Say::ReportForUnit, &[name])],
        For::Area(name) => vec![lang.fill(Say::ReportForArea, &[name])],
    }
}

/// Names with the list mark of the language between them.
pub(super) fn list(lang: Lang, names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| name.as_ref().to_owned()).collect();
    names.join(lang.say(Say::ReportListJoin))
}

/// What a row is about: its name; with its goal where the name alone would leave several rows of an item alike.
pub(super) fn row_title(book: &Book<'_>, row: &QuotaRow) -> String {
    let alike = book.rows().iter().any(|other| other.key != row.key && same_name(other, row));
    if row.name.is_empty() || alike { row.title() } else { row.name.clone() }
}

/// What an item is about, on one line.
pub(super) fn title(book: &Book<'_>, item: ItemKey) -> String {
    let title = book.row(item).map(|row| row_title(book, row)).or_else(|| book.title(item));
    flat(&title.unwrap_or_default())
}

/// Whether two rows are of one item and go by the same name.
pub(super) fn same_name(a: &QuotaRow, b: &QuotaRow) -> bool {
    a.key.item() == b.key.item() && a.name == b.name
}

/// Several lines as one.
pub(super) fn flat(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("")
}

/// 红3项、黄2项…; those without a light last, where there are some.
pub(super) fn lights(lang: Lang, counts: &Counts) -> String {
    let shown = Light::ALL.map(|light| lang.fill(Say::KindLightCount, &[&lang.light(light), &counts.light(light)]));
    let lit: usize = Light::ALL.iter().map(|light| counts.light(*light)).sum();
    let dark = counts.total().saturating_sub(lit);
    let dark = (dark > 0).then(|| lang.fill(Say::KindNoLightCount, &[&dark]));
    list(lang, shown.into_iter().chain(dark))
}

/// The light of a rating; a dash where it shows none.
pub(super) fn light(lang: Lang, rating: Rating) -> Cell {
    if rating.status.has_light() {
        Cell::worth(lang.light(rating.light), Value::Light(rating.light))
    } else {
        "-".into()
    }
}

/// 完成率, or a dash.
pub(super) fn rate(rating: Rating) -> Cell {
    match rating.percent {
        Some(value) => Cell::worth(completion(rating), Value::Percent(one_decimal(value))),
        None => "-".into(),
    }
}

/// A count.
pub(super) fn count(n: usize) -> Cell {
    Cell::worth(n.to_string(), Value::Number(Decimal::from(u64::try_from(n).unwrap_or(u64::MAX))))
}

/// Whether a leader would ask about it: behind, or lit red or yellow by the office.
pub(super) fn is_behind(rating: &Rating) -> bool {
    rating.lags() || (rating.status.has_light() && matches!(rating.light, Light::Red | Light::Yellow))
}

/// What items are ordered by, the worst first; those that show no light last.
pub(super) fn worst_first(rating: &Rating) -> (bool, (Light, Decimal, crate::model::Status)) {
    (!rating.status.has_light(), rating.badness())
}

/// The figure with its gap: 引进百亿项目 ≥4个：完成1个，慢50.0个百分点，还差3个. Where no figure lags behind time: why it is rated so.
pub(super) fn gap(book: &Book<'_>, item: ItemKey, rating: Rating, lang: Lang) -> String {
    let behind = rating.lag.unwrap_or_default();
    let target = rating.target.and_then(|no| book.target(item, no)).map(|(target, _)| target);
    let sentence = match rating.basis {
        Basis::Count { done, target: whole, .. } if behind > Decimal::ZERO => {
            let unit = target.map(|target| target.unit.as_str());
            let unit = unit.or_else(|| book.row(item).map(|row| row.unit.as_str())).unwrap_or_default();
            let left = whole.saturating_sub(done).max(Decimal::ZERO);
            let [done, whole, left] = [done, whole, left].map(|value| format!("{}{unit}", amount(value)));
            lang.fill(Say::KindGapCount, &[&done, &whole, &completion(rating), &points(behind), &left])
        }
        Basis::Percent { share } if behind > Decimal::ZERO => {
            lang.fill(Say::KindGapPercent, &[&completion(rating), &percent(share), &points(behind)])
        }
        _ => return of_rating(book, item, rating, lang),
    };
    match target {
        Some(target) => lang.fill(Say::WhyTarget, &[&target_text(target, lang), &sentence]),
        None => sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Commit, Comparator, Quota, RequestKind, Review};
    use crate::report::fixture::{Making, amount, cells, day, id, q};
    use crate::report::model::{Joined, Value};
    use crate::report::{What, make};

    /// Everything that can be asked for, for these and for nobody.
    fn asked(commits: &[Commit]) -> Vec<What> {
        let whom = ["张三", "市府办", "市住建局", "东城区", "谁也不是", ""];
        let mut asked = vec![What::Changes(day(1, 1), commits.to_vec())];
        let of = whom
            .iter()
            .flat_map(|name| [For::Leader((*name).into()), For::Unit((*name).into()), For::Area((*name).into())]);
        for of in of.chain([For::All]) {
            asked.extend([What::Page(of.clone()), What::Slips(of.clone(), None), What::Breakdown(of.clone())]);
            asked.push(What::Matrix(of.clone()));
            asked.push(What::Slips(of, Some(vec!["T1".parse().unwrap(), "P1.1".parse().unwrap()])));
        }
        asked
    }

    /// Each paper is sound: tables are whole, merged cells have something to be merged with, no place is left unfilled.
    fn sound(making: &Making) {
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        for what in asked(&[]) {
            for (period, today) in [(q(3), day(10, 25)), (q(1), day(1, 1)), (q(4), NaiveDate::MAX)] {
                for lang in [Lang::Zh, Lang::En] {
                    let report = make(&book, &what, period, today, lang).report;
                    assert!(!report.title.is_empty() && !report.blocks.is_empty(), "{what:?}");
                    for table in report.tables() {
                        whole(table);
                    }
                    let json = serde_json::to_string(&report).unwrap();
                    assert!(!json.contains("{}"), "{what:?}: {json}");
                    assert!(!crate::render::text_pages(&report).is_empty());
                }
            }
        }
    }

    fn whole(table: &Table) {
        assert!(!table.rows.is_empty() && table.frozen < table.columns.len(), "{}", table.caption);
        for rows in [&table.head, &table.rows] {
            for (at, row) in rows.iter().enumerate() {
                assert_eq!(row.len(), table.columns.len());
                assert_ne!(row.first().unwrap().joined, Joined::Left);
                assert!(at > 0 || row.iter().all(|cell| cell.joined != Joined::Above), "{row:?}");
            }
        }
        for (cell, column) in table.rows.iter().flat_map(|row| row.iter().zip(&table.columns)) {
            if !column.parts.is_empty() {
                let Value::Parts(parts) = &cell.value else { panic!("{cell:?}") };
                assert_eq!(parts.len(), column.parts.len());
            }
        }
    }

    #[test]
    fn odd_books_make_sound_papers() {
        sound(&Making::new(""));
        sound(Making::new("").task(1, "唯一的任务", "", ""));
        sound(Making::new("东城区").task(1, "唯一的任务", "张三 张三", "市府办 市府办").filed(1, q(3), Some("0")));
        sound(Making::new("").row("P1.1", "无地区", amount("3"), &[]));
        sound(Making::new("东城区").row("P1.1", "", Quota::NoTask, &[("东城区", Quota::Blank)]));
        let text = || Quota::Text("一句很长的话。\n第二行".into());
        sound(Making::new("东城区 南溪县").row("P1.1", "话", text(), &[("东城区", text()), ("南溪县", Quota::Blank)]));
    }

    #[test]
    fn extremes_make_sound_papers() {
        let areas = ["东城区", "南溪县"];
        let most = Decimal::MAX.to_string();
        let mut making = Making::new(&areas.join(" "));
        making.task(1, &"长".repeat(5_000), "张三", "市府办").filed(1, q(3), Some(&most));
        making.task(2, "比率", "张三", "市府办").target(2, 1, (Comparator::AtLeast, &most, "个"));
        making.actual(2, 1, q(3), "0.000001").reviewed("T2", q(3), Some("0"), Review::Returned("理由\n两行".into()));
        making.granted("T2", RequestKind::Adjust, q(3), Some(NaiveDate::MIN));
        making.row("P1.1", "\u{202e}倒", amount(&most), &cells(&areas, &format!("{most} {most}")));
        making.row("P1.2", "\u{202e}倒", Quota::Percent(Decimal::MAX, true), &[]);
        making.done("P1.1", "东城区", q(3), &most).done("P1.1", "南溪县", q(3), "0.0000000000000000000000000001");
        sound(&making);
    }

    #[test]
    fn the_gap_is_told_in_the_items_own_unit() {
        let mut making = Making::new("东城区");
        making.task(1, "引进", "张三", "市府办").target(1, 1, (Comparator::AtLeast, "4", "个")).actual(1, 1, q(3), "1");
        making.row("P1.1", "路灯", amount("10"), &cells(&["东城区"], "10")).done("P1.1", "东城区", q(3), "2.5");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let told = |item: &str| {
            let item = item.parse().unwrap();
            gap(&book, item, book.rate(item, q(3)), Lang::Zh)
        };
        assert_eq!(told("T1"), "指标 ≥4个：完成1个，目标4个，完成率25.0%，慢50.0个百分点，还差3个");
        assert_eq!(told("P1.1"), "完成2.5个，目标10个，完成率25.0%，慢50.0个百分点，还差7.5个");
    }
}
