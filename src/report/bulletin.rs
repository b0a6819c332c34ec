//! 督查通报: the bulletin of a period. The facts come from the ledger; the opening, what is asked next, and what stands around them
//! are the clerk's ([`crate::model::Wording`]).

mod annex;
mod overall;
mod quantities;
mod sections;

use chrono::{Datelike, NaiveDate};

use super::charts;
use super::model::{Attachment, Block, Colophon, Kind, Masthead, Report, Signed};
use super::paper::mark;
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Period, Wording};

/// The bulletin of the whole document for a period, as the ledger stands now.
pub fn bulletin(book: &Book, period: Period, made_on: NaiveDate, lang: Lang) -> Report {
    let wording = book.wording(period);
    let mut writer = Writer::new(book, &For::All, (period, made_on), lang);
    writer.opening(&wording.opening);
    writer.overall();
    let scope = writer.scope.clone();
    let charts = [charts::against_last(&scope, period, lang), charts::lights_by_unit(&scope, period, lang)];
    writer.blocks.extend(charts.into_iter().flatten().map(Block::Chart));
    writer.quantities();
    writer.works();
    writer.livelihood();
    writer.areas();
    writer.filing();
    writer.next(&wording.next);
    let attachments = writer.annexes();
    let blocks = writer.blocks;
    dressed(book, &wording, (period, made_on), lang, (blocks, attachments))
}

/// The facts of a period narrowed to what falls on somebody: counts, what lags, quotas, areas, filing.
pub(super) fn facts(book: &Book, of: &For, period: Period, made_on: NaiveDate, lang: Lang) -> Vec<Block> {
    let mut writer = Writer::new(book, of, (period, made_on), lang);
    writer.overall();
    writer.behind();
    writer.matrix();
    writer.areas();
    writer.filing();
    writer.blocks
}

/// The facts with what stands around them: head, title, addressees, signature, colophon.
fn dressed(
    book: &Book,
    wording: &Wording,
    (period, made_on): (Period, NaiveDate),
    lang: Lang,
    (blocks, attachments): (Vec<Block>, Vec<Attachment>),
) -> Report {
    let document = book.document();
    let day = date(wording.signed_on.unwrap_or(made_on), lang);
    let office = if wording.signature.is_empty() { document.issuer.clone() } else { wording.signature.clone() };
    let mut subtitle = Vec::new();
    let head = (!wording.name.is_empty()).then(|| Masthead {
        name: wording.name.clone(),
        number: wording.number.clone(),
        left: office.clone(),
        right: day.clone(),
    });
    if head.is_none() {
        subtitle.extend((!wording.number.is_empty()).then(|| wording.number.clone()));
        subtitle.push(if office.is_empty() { day.clone() } else { format!("{office}　{day}") });
    }
    if document.demo {
        subtitle.push(lang.say(Say::ReportDemoLine).to_owned());
    }
    let title = if wording.title.is_empty() {
        lang.fill(Say::ReportTitle, &[&lang.period(period)])
    } else {
        wording.title.clone()
    };
    let signed = if wording.signature.is_empty() {
        Signed { note: wording.note.clone(), ..Signed::default() }
    } else {
        Signed { by: wording.signature.clone(), on: day, note: wording.note.clone() }
    };
    let printed_on = wording.printed_on.or(wording.signed_on).filter(|_| !wording.printed_by.is_empty());
    Report {
        head,
        subtitle,
        addressees: wording.addressees.clone(),
        blocks,
        signed,
        attachments,
        colophon: Colophon {
            copied_to: wording.copied_to.trim_end_matches('。').to_owned(),
            printed_by: wording.printed_by.clone(),
            printed_on: printed_on.map(|day| date(day, lang)).unwrap_or_default(),
        },
        mark: mark(book),
        demo: document.demo,
        ..Report::plain(lang, Kind::Bulletin, title)
    }
}

/// A day as it is written: 2024年3月4日, 2024-03-04.
pub fn date(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => day.to_string(),
    }
}

struct Writer<'a> {
    book: &'a Book<'a>,
    scope: Scope<'a>,
    period: Period,
    made_on: NaiveDate,
    lang: Lang,
    blocks: Vec<Block>,
    chapter: usize,
    section: usize,
}

impl<'a> Writer<'a> {
    fn new(book: &'a Book<'a>, of: &For, (period, made_on): (Period, NaiveDate), lang: Lang) -> Self {
        let scope = Scope::new(book, of);
        Self { book, scope, period, made_on, lang, blocks: Vec::new(), chapter: 0, section: 0 }
    }

    /// The clerk's opening, a paragraph a line, or else the program's own sentence.
    fn opening(&mut self, written: &str) {
        let written: Vec<&str> = written.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if !written.is_empty() {
            self.blocks.extend(written.into_iter().map(|line| Block::Paragraph(line.to_owned())));
            return;
        }
        let document = self.book.document();
        let source = if document.number.is_empty() {
            self.lang.fill(Say::ReportSource, &[&document.title])
        } else {
            self.lang.fill(Say::ReportSourceNumber, &[&document.title, &document.number])
        };
        let share = super::figures::percent(self.period.share());
        let until = date(self.period.end(), self.lang);
        self.say(Say::ReportOpening, &[&source, &until, &self.lang.period(self.period), &share]);
    }

    /// 下一步工作要求, a paragraph a line; left out where nothing is written.
    fn next(&mut self, written: &str) {
        let written: Vec<&str> = written.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if !written.is_empty() {
            self.chapter(Say::ReportNextChapter);
            self.blocks.extend(written.into_iter().map(|line| Block::Paragraph(line.to_owned())));
        }
    }

    /// A heading of the first level, numbered.
    fn chapter(&mut self, what: Say) {
        self.chapter += 1;
        self.section = 0;
        let text = match self.lang {
            Lang::Zh => format!("{}、{}", ordinal(self.chapter), self.lang.say(what)),
            Lang::En => format!("{}. {}", self.chapter, self.lang.say(what)),
        };
        self.blocks.push(Block::Heading { level: 1, text });
    }

    /// A heading of the second level, numbered within its chapter.
    fn section(&mut self, words: &str) {
        self.section += 1;
        let text = match self.lang {
            Lang::Zh => format!("（{}）{words}", ordinal(self.section)),
            Lang::En => format!("({}) {words}", self.section),
        };
        self.blocks.push(Block::Heading { level: 2, text });
    }

    fn say(&mut self, what: Say, values: &[&dyn std::fmt::Display]) {
        self.blocks.push(Block::Paragraph(self.lang.fill(what, values)));
    }

    fn list(&self, names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
        let names: Vec<String> = names.into_iter().map(|name| name.as_ref().to_owned()).collect();
        names.join(self.lang.say(Say::ReportListJoin))
    }
}

/// 一 to 九十九.
pub(super) fn ordinal(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or_default();
    match (n / 10, n % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Quota;
    use crate::report::fixture::{Making, amount, cells, day, id, q};
    use rust_decimal::Decimal;

    #[test]
    fn extremes_are_reported_without_a_fall() {
        let areas = ["东城区", "南溪县"];
        let most = Decimal::MAX.to_string();
        let mut making = Making::new(&areas.join(" "));
        making.task(1, "", "", "").task(2, &"长".repeat(5_000), "张三", "市府办").filed(2, q(3), Some(&most));
        making.row("P1.1", "", amount(&most), &cells(&areas, &format!("{most} {most}")));
        making.row("P2.1", "空", amount("0"), &cells(&areas, "0 0")).row("P3.1", "无", Quota::NoTask, &[]);
        making.done("P1.1", "东城区", q(3), &most).done("P1.1", "南溪县", q(3), &most).done(
            "P2.1",
            "东城区",
            q(3),
            "3",
        );
        making.row("P4.1", "率", Quota::Percent(Decimal::MAX, true), &[]).done("P4.1", "全市", q(3), "0.000001");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        for of in [For::All, For::Leader("张三".into()), For::Unit("".into()), For::Area("南溪县".into())] {
            let report = crate::report::person::page(&book, &of, q(3), day(12, 31), Lang::Zh);
            assert!(!crate::render::text_pages(&report).is_empty());
        }
        assert!(!crate::render::text_pages(&bulletin(&book, q(3), day(12, 31), Lang::Zh)).is_empty());
        assert_eq!(crate::report::check(&book).len(), 0, "more than a decimal holds is no difference");
    }

    #[test]
    fn an_empty_book_says_that_nothing_falls_within_it() {
        let making = Making::new("东城区");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let pages = crate::render::text_pages(&bulletin(&book, q(1), day(3, 1), Lang::Zh)).concat();
        assert!(pages.contains("本期无相关事项。"), "{pages}");
    }

    #[test]
    fn chapters_are_counted_in_chinese() {
        assert_eq!([1, 9, 10, 11, 20, 21].map(ordinal), ["一", "九", "十", "十一", "二十", "二十一"]);
    }
}
