//! 督办单 in three colours: 蓝 what is near, 黄 what is behind, 红 what is overdue or far behind. One a lead unit and colour,
//! each on a page of its own, with room for the answer.

use std::sync::Arc;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::bulletin::date;
use super::chase::{Reason, ToChase, chase_list, reasons};
use super::figures::number;
use super::model::{Block, Cell, Column, Joined, Kind, Report, Table};
use super::paper::{Paper, count, flat, for_whom, gap};
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Light, Period, Rating};

/// The colour of a slip, the most urgent first. The word stands in its title: paper may be white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Colour {
    Red,
    Yellow,
    Blue,
}

impl Colour {
    /// The colour of an item: red past its deadline or lit red; yellow when lit yellow, returned, unmoved, or its filing late
    /// (a late filing is not work behind); else blue.
    fn of(reasons: &[Reason], rating: &Rating) -> Self {
        let lit = |light| rating.status.has_light() && rating.light == light;
        let late = |reason: &Reason| match reason {
            Reason::Returned(_) | Reason::Unmoved => true,
            Reason::NotFiled(days) => *days > 0,
            Reason::Overdue(_) | Reason::NewlyRed | Reason::Near(_) => false,
        };
        if lit(Light::Red) || reasons.iter().any(|reason| matches!(reason, Reason::Overdue(_))) {
            Self::Red
        } else if lit(Light::Yellow) || reasons.iter().any(late) {
            Self::Yellow
        } else {
            Self::Blue
        }
    }

    const fn word(self) -> Say {
        match self {
            Self::Red => Say::KindSlipRed,
            Self::Yellow => Say::KindSlipYellow,
            Self::Blue => Say::KindSlipBlue,
        }
    }

    const fn asks(self) -> Say {
        match self {
            Self::Red => Say::KindSlipAsksRed,
            Self::Yellow => Say::KindSlipAsksYellow,
            Self::Blue => Say::KindSlipAsksBlue,
        }
    }

    /// Days for the answer.
    const fn days(self) -> u64 {
        match self {
            Self::Red => 3,
            Self::Yellow => 7,
            Self::Blue => 10,
        }
    }

    /// The day by which an answer is asked for; never on a weekend.
    fn answer_by(self, today: NaiveDate) -> NaiveDate {
        let day = today.checked_add_days(Days::new(self.days())).unwrap_or(today);
        let rest = match day.weekday() {
            Weekday::Sat => 2,
            Weekday::Sun => 1,
            _ => 0,
        };
        day.checked_add_days(Days::new(rest)).unwrap_or(day)
    }
}

/// A slip: to whom, in which colour, about what.
struct Slip {
    colour: Colour,
    to: Arc<str>,
    items: Vec<ToChase>,
}

/// The slips for what is to be chased within a scope, or for these items alone. Several begin with a list of all, each then
/// a page; one stands alone.
pub fn slips(
    book: &Book<'_>,
    of: &For,
    items: Option<&[ItemKey]>,
    period: Period,
    today: NaiveDate,
    lang: Lang,
) -> Report {
    let scope = Scope::new(book, of);
    let chosen = match items {
        None => chase_list(book, &scope, period, today),
        Some(items) => given(book, &scope, items, period, today),
    };
    let slips = sorted(&scope, chosen);
    let mut paper = Paper::new(book, lang);
    let said = lang.period(period);
    let (title, lines) = match slips.as_slice() {
        [] => {
            paper.say(Say::KindNoSlips, &[]);
            (lang.say(Say::KindSlips).to_owned(), for_whom(of, lang))
        }
        [only] => {
            let number = slip_number(book, period, 1);
            body(&mut paper, only, (period, today));
            (title(only.colour, lang), vec![lang.fill(Say::KindSlipNumber, &[&number, &said])])
        }
        several => {
            overview(&mut paper, several, (period, today));
            for (at, slip) in several.iter().enumerate() {
                paper.blocks.push(Block::PageBreak);
                paper.blocks.push(Block::Title(title(slip.colour, lang)));
                let number = slip_number(book, period, at + 1);
                paper.say(Say::KindSlipNumber, &[&number, &said]);
                body(&mut paper, slip, (period, today));
            }
            (lang.fill(Say::KindSlipsTitle, &[&said]), for_whom(of, lang))
        }
    };
    paper.report(Kind::Slips, title, lines, today)
}

/// Items that somebody picked, whatever the chase list says of them; once each, in the order given.
fn given(book: &Book<'_>, scope: &Scope<'_>, items: &[ItemKey], period: Period, today: NaiveDate) -> Vec<ToChase> {
    let mut chosen: Vec<ToChase> = Vec::new();
    for item in items {
        if book.has_item(*item) && chosen.iter().all(|one| one.item != *item) {
            chosen.push(ToChase {
                item: *item,
                reasons: reasons(book, scope, *item, period, today),
                rating: scope.rate(*item, period),
                units: book.lead_units(*item).to_vec(),
                chased: book.chase_of(*item, period).map(|(chase, _)| (chase.times, chase.last)),
            });
        }
    }
    chosen
}

/// One slip a unit and colour, red first; units in the order in which their most urgent item stands. An item with several lead
/// units goes to each. A unit's own slips are about what it leads; an area's go to the area.
fn sorted(scope: &Scope<'_>, chosen: Vec<ToChase>) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    for one in chosen {
        let colour = Colour::of(&one.reasons, &one.rating);
        let mut to: Vec<Arc<str>> = match scope.of() {
            For::Area(area) => vec![Arc::clone(area)],
            _ => one.units.iter().map(|unit| Arc::clone(scope.aliases().name(unit))).collect(),
        };
        if let For::Unit(unit) = scope.of() {
            to.retain(|name| name == scope.aliases().name(unit));
        }
        let mut seen: Vec<&Arc<str>> = Vec::new();
        for name in &to {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            match slips.iter_mut().find(|slip| slip.colour == colour && slip.to == *name) {
                Some(slip) => slip.items.push(one.clone()),
                None => slips.push(Slip { colour, to: Arc::clone(name), items: vec![one.clone()] }),
            }
        }
    }
    slips.sort_by_key(|slip| slip.colour);
    slips
}

/// 督办单（红色）.
fn title(colour: Colour, lang: Lang) -> String {
    lang.fill(Say::KindSlipTitle, &[&lang.say(colour.word())])
}

/// The period, the ledger's last commit and a number that runs through: printed twice from one state it is the same.
fn slip_number(book: &Book<'_>, period: Period, at: usize) -> String {
    format!("{period}-{}-{at}", book.ledger().head().seq)
}

/// 清单: for the desk's own file.
fn overview(paper: &mut Paper<'_>, slips: &[Slip], (period, today): (Period, NaiveDate)) {
    let lang = paper.lang;
    let of = |colour| slips.iter().filter(|slip| slip.colour == colour).count();
    let counts = [of(Colour::Red), of(Colour::Yellow), of(Colour::Blue)];
    let [red, yellow, blue] = &counts;
    paper.say(Say::KindSlipsCount, &[&slips.len(), red, yellow, blue]);
    let rows = slips.iter().enumerate().map(|(at, slip)| {
        vec![
            slip_number(paper.book, period, at + 1).into(),
            lang.say(slip.colour.word()).into(),
            slip.to.as_ref().into(),
            count(slip.items.len()),
            paper.numbers(slip.items.iter().map(|one| &one.item)).into(),
            date(slip.colour.answer_by(today), lang).into(),
        ]
    });
    let rows = rows.collect();
    let columns = [
        (Say::KindColSlip, Column::marks()),
        (Say::KindColColour, Column::marks()),
        (Say::KindColTo, Column::text(2)),
        (Say::KindColCount, Column::figures()),
        (Say::KindColNumbers, Column::text(3)),
        (Say::KindColAnswer, Column::marks()),
    ];
    paper.table("", 1, &columns, rows);
    paper.note(Say::KindSlipsNote, &[]);
}

/// To whom, what is asked by when, the items, and the room for the answer.
fn body(paper: &mut Paper<'_>, slip: &Slip, (period, today): (Period, NaiveDate)) {
    let (book, lang) = (paper.book, paper.lang);
    let document = book.document();
    let source = if document.number.is_empty() {
        lang.fill(Say::ReportSource, &[&document.title])
    } else {
        lang.fill(Say::ReportSourceNumber, &[&document.title, &document.number])
    };
    paper.say(Say::KindSlipTo, &[&slip.to]);
    let (today_said, by) = (date(today, lang), date(slip.colour.answer_by(today), lang));
    paper.say(slip.colour.asks(), &[&source, &today_said, &slip.items.len(), &by]);
    let rows = slip.items.iter().map(|one| item(book, one, period, lang)).collect();
    let columns = [
        (Say::ReportColNo, Column::marks()),
        (Say::ReportColItem, Column::text(3)),
        (Say::KindColOwed, Column::text(2)),
        (Say::ReportColDeadline, Column::marks()),
        (Say::KindColGap, Column::text(2)),
        (Say::KindColAsked, Column::text(1)),
    ];
    paper.table(lang.say(Say::KindSlipItems), 1, &columns, rows);
    paper.blocks.push(Block::Table(reply(lang)));
    if !document.issuer.is_empty() {
        paper.say(Say::KindSlipSigned, &[&document.issuer, &today_said]);
    }
}

/// A line of a slip: what, why, by when, how far, what was asked before.
fn item(book: &Book<'_>, one: &ToChase, period: Period, lang: Lang) -> Vec<Cell> {
    let owed = one.reasons.iter().map(|reason| match reason {
        Reason::Returned(why) if !why.is_empty() => lang.fill(Say::CliChangeReturned, &[&flat(why)]),
        other => other.text(lang),
    });
    let owed: Vec<String> = owed.collect();
    let owed = if owed.is_empty() { lang.status(one.rating.status).to_owned() } else { owed.join("\n") };
    let asked = book.chase_of(one.item, period).map_or_else(
        || lang.say(Say::KindNeverAsked).to_owned(),
        |(chase, _)| {
            let last = chase.last.map_or_else(|| "-".to_owned(), |day| date(day, lang));
            let told = lang.fill(Say::ChasedBefore, &[&chase.times, &last]);
            if chase.note.is_empty() { told } else { format!("{told}\n{}", flat(&chase.note)) }
        },
    );
    vec![
        number(book, one.item).into(),
        super::paper::title(book, one.item).into(),
        owed.into(),
        book.deadline(one.item, period).to_string().into(),
        gap(book, one.item, one.rating, lang).into(),
        asked.into(),
    ]
}

/// The room for the answer: 办理情况 over the full width, then who, the unit's head, and the day.
fn reply(lang: Lang) -> Table {
    let empty = "\n".repeat(5);
    let first = vec![
        Cell::from(lang.say(Say::KindReplyWhat)),
        Cell::from(empty.as_str()),
        Cell::from(empty.as_str()).joined(Joined::Left),
        Cell::from(empty.as_str()).joined(Joined::Left),
    ];
    let say = |what: Say| Cell::from(lang.say(what));
    let second = vec![say(Say::KindReplyWho), Cell::default(), say(Say::KindReplyHead), Cell::default()];
    let third = vec![say(Say::KindReplyPhone), Cell::default(), say(Say::KindReplyDay), Cell::default()];
    Table {
        caption: lang.say(Say::KindReply).to_owned(),
        columns: vec![Column::marks(), Column::text(1), Column::marks(), Column::text(1)],
        frozen: 0,
        head: Vec::new(),
        rows: vec![first, second, third],
    }
}
