//! 督查通报: the bulletin of a period. The facts from the ledger in chapters, the clerk's part around them, the tables attached.

mod attached;
mod overall;
mod sections;
mod table;
mod targets;
mod work;

use chrono::{Datelike, NaiveDate};

use super::model::{Block, Colophon, Kind, Masthead, Report, Signed};
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Head, Period, QuotaRow};

/// The bulletin of the whole document for a period, with the clerk's part.
pub fn bulletin(book: &Book, period: Period, made_on: NaiveDate, lang: Lang) -> Report {
    let wording = book.wording(period);
    let document = book.document();
    let mut writer = Writer::new(book, &For::All, period, made_on, lang);
    if wording.opening.trim().is_empty() {
        writer.opening();
    } else {
        writer.words(&wording.opening);
    }
    writer.blocks.push(Block::Heading { level: 1, text: lang.say(Say::ReportOverall).to_owned() });
    if writer.overall() {
        writer.pictures();
    }
    writer.targets();
    writer.key_work();
    writer.livelihood_items();
    writer.areas();
    writer.filing();
    if !wording.next.trim().is_empty() {
        writer.chapter(Say::BulletinNext);
        writer.words(&wording.next);
    }
    let attachments = writer.attachments();
    let written = |day: Option<NaiveDate>| day.map(|day| date(day, lang)).unwrap_or_default();
    let signed_on = wording.signed_on.unwrap_or(made_on);
    let office = if wording.signature.is_empty() { &document.issuer } else { &wording.signature };
    let head = (!wording.name.is_empty()).then(|| Masthead {
        name: wording.name.clone(),
        number: wording.number.clone(),
        left: office.clone(),
        right: date(signed_on, lang),
    });
    let mut subtitle = Vec::new();
    if head.is_none() {
        subtitle.push(byline(office, signed_on, lang));
    }
    if document.demo {
        subtitle.push(lang.say(Say::ReportDemoLine).to_owned());
    }
    let title = if wording.title.is_empty() {
        lang.fill(Say::ReportTitle, &[&lang.period(period)])
    } else {
        wording.title.clone()
    };
    Report {
        head,
        subtitle,
        // The colon and the brackets of the page are its own, also where they were typed.
        addressees: wording.addressees.trim_end_matches(['：', ':']).to_owned(),
        blocks: writer.blocks,
        signed: Signed {
            by: wording.signature.clone(),
            on: written(wording.signed_on),
            note: bare(&wording.note).to_owned(),
        },
        attachments,
        colophon: Colophon {
            copied_to: wording.copied_to.clone(),
            printed_by: wording.printed_by.clone(),
            printed_on: written(wording.printed_on),
        },
        mark: mark(book.ledger().head()),
        demo: document.demo,
        ..Report::plain(lang, Kind::Bulletin, title)
    }
}

/// A remark without the brackets that stand around the whole of it.
fn bare(note: &str) -> &str {
    let inside = |open, close| note.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inside('（', '）').or_else(|| inside('(', ')')).unwrap_or(note)
}

/// The bulletin narrowed to what falls on somebody; of everything, the whole bulletin.
pub fn bulletin_for(book: &Book, period: Period, made_on: NaiveDate, lang: Lang, of: &For) -> Report {
    let whom = match of {
        For::All => return bulletin(book, period, made_on, lang),
        For::Leader(name) => lang.fill(Say::ReportForLeader, &[name]),
        For::Unit(name) => lang.fill(Say::ReportForUnit, &[name]),
        For::Area(name) => lang.fill(Say::ReportForArea, &[name]),
    };
    let mut writer = Writer::new(book, of, period, made_on, lang);
    writer.opening();
    writer.chapter(Say::ReportOverall);
    writer.overall();
    writer.behind();
    writer.livelihood();
    writer.areas();
    writer.filing();
    let document = book.document();
    let mut subtitle = vec![whom, byline(&document.issuer, made_on, lang)];
    if document.demo {
        subtitle.push(lang.say(Say::ReportDemoLine).to_owned());
    }
    Report {
        subtitle,
        blocks: writer.blocks,
        mark: mark(book.ledger().head()),
        demo: document.demo,
        ..Report::plain(lang, Kind::Bulletin, lang.fill(Say::ReportTitle, &[&lang.period(period)]))
    }
}

/// The tables of the rows within a scope, with their notes; of an area with its own figures. Nothing where there are no rows.
pub(super) fn row_tables(book: &Book, of: &For, period: Period, made_on: NaiveDate, lang: Lang) -> Vec<Block> {
    let mut writer = Writer::new(book, of, period, made_on, lang);
    if matches!(of, For::Area(_)) {
        writer.livelihood();
        writer.blocks.retain(|block| !matches!(block, Block::Heading { .. }));
        return writer.blocks;
    }
    let rows = writer.scope.rows();
    writer.matrices(&rows)
}

/// The tables of just these rows, with their notes and the city's light.
pub(super) fn tables_of(book: &Book, rows: &[&QuotaRow], period: Period, made_on: NaiveDate, lang: Lang) -> Vec<Block> {
    Writer::new(book, &For::All, period, made_on, lang).matrices(rows)
}

/// From which state of the ledger a report was made: `#1284 9f86d081884c`, the last commit and how its hash begins.
pub fn mark(head: Head) -> String {
    let hash: String = head.hash.to_string().chars().take(12).collect();
    format!("#{} {hash}", head.seq)
}

fn byline(office: &str, day: NaiveDate, lang: Lang) -> String {
    let day = date(day, lang);
    if office.is_empty() { day } else { format!("{office}　{day}") }
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
    fn new(book: &'a Book<'a>, of: &For, period: Period, made_on: NaiveDate, lang: Lang) -> Self {
        let scope = Scope::new(book, of);
        Self { book, scope, period, made_on, lang, blocks: Vec::new(), chapter: 0, section: 0 }
    }

    /// The clerk's words, a paragraph a line.
    fn words(&mut self, text: &str) {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        self.blocks.extend(lines.map(|line| Block::Paragraph(line.to_owned())));
    }

    fn opening(&mut self) {
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

/// A number as a language counts chapters: 一, 1.
pub(super) fn counted(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => ordinal(n),
        Lang::En => n.to_string(),
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
    use crate::model::{Comparator, Quota, RequestKind};
    use crate::report::fixture::{Making, amount, cells, day, id, q};
    use rust_decimal::Decimal;

    #[test]
    fn what_the_page_puts_around_addressees_and_remark_is_not_doubled_where_it_was_typed() {
        let ledger = Making::new("东城区").ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        for (to, note) in
            [("各直属单位：", "（此件公开发布）"), ("各直属单位", "此件公开发布"), ("各直属单位:", "(此件公开发布)")]
        {
            let wording =
                crate::model::Wording { addressees: to.into(), note: note.into(), ..crate::model::Wording::default() };
            let writes = crate::model::entry::put_wording(&book, q(3), &wording).unwrap();
            let mut together = crate::model::entry::Together::new(&ledger);
            together.add(&writes);
            let report = bulletin(&together.book(&id()).unwrap(), q(3), day(10, 8), Lang::Zh);
            assert_eq!((&*report.addressees, &*report.signed.note), ("各直属单位", "此件公开发布"));
        }
    }

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
            let report = bulletin_for(&book, q(3), day(12, 31), Lang::Zh, &of);
            assert!(!crate::render::text_pages(&report).is_empty());
        }
        assert_eq!(crate::report::check(&book).len(), 0, "more than a decimal holds is no difference");
    }

    #[test]
    fn a_row_that_is_behind_tells_the_figures_that_it_is_rated_on() {
        let areas = ["东城区", "南溪县"];
        let rate = || Quota::Percent("90".parse().unwrap(), true);
        let mut making = Making::new(&areas.join(" "));
        making.row("P1.1", "覆盖率", rate(), &areas.map(|area| (area, rate())));
        making.done("P1.1", "东城区", q(3), "88").done("P1.1", "南溪县", q(3), "45");
        making.row("P2.1", "整治", Quota::Text("完成下达任务".into()), &[]);
        making.reviewed("P2.1", q(3), Some("40"), crate::model::Review::Pending);
        let paragraphs = |making: &Making| {
            let ledger = making.ledger();
            let book = Book::open(&ledger, &id()).unwrap();
            let report = bulletin_for(&book, q(3), day(10, 25), Lang::Zh, &For::All);
            let texts = report.blocks.iter().filter_map(|block| match block {
                Block::Paragraph(text) => Some(text.clone()),
                _ => None,
            });
            texts.collect::<Vec<_>>().join("\n")
        };
        let told = paragraphs(&making);
        assert!(told.contains("覆盖率。南溪县目标≥90%，实际45%，差45.0个百分点。"), "the worst area: {told}");
        let stated = "整治。完成率 40.0%，序时进度 75%，慢 35.0 个百分点，超过 30：红。";
        assert!(told.contains(stated), "a sentence has no figures: {told}");
        making.done("P1.1", "全市", q(3), "60");
        let told = paragraphs(&making);
        assert!(told.contains("覆盖率。全市目标≥90%，实际60%，差30.0个百分点。"), "the city's own: {told}");
    }

    #[test]
    fn targets_of_what_was_stopped_or_closed_are_not_waited_for() {
        let mut making = Making::new("东城区");
        for no in 1..=5 {
            making.task(no, "招商", "张三", "市商务局").target(no, 1, (Comparator::AtLeast, "4", "个"));
        }
        // T1 stopped with a red figure, T2 closed with an earlier one, T3 closed without any, T4 open with one, T5 without.
        making.actual(1, 1, q(3), "0").granted("T1", RequestKind::Stop, q(3), None);
        making.actual(2, 1, q(2), "3").granted("T2", RequestKind::Close, q(2), None);
        making.granted("T3", RequestKind::Close, q(2), None).actual(4, 1, q(3), "1");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let report = bulletin(&book, q(3), day(10, 25), Lang::Zh);
        let pages = crate::render::text_pages(&report).concat().replace(['\n', ' '], "");
        let counted =
            "可量化指标3项，其中本期已有完成数2项：已完成1项；亮绿灯1项、黄灯0项、红灯1项。另有1项未报完成数。";
        assert!(pages.contains(counted), "{pages}");
        let table = report.tables().find(|table| table.caption.starts_with("主要量化指标")).unwrap();
        let numbers: Vec<&str> = table.rows.iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(numbers, ["4", "2"]);
        let json = serde_json::to_value(super::super::json::TargetView::of(
            &book,
            book.task("T1".parse().unwrap()).unwrap(),
            q(3),
        ));
        assert_eq!(json.unwrap()[0]["light"], serde_json::Value::Null);
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
