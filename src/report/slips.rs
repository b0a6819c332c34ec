//! 督办单: what a lead unit is asked to see to, in three colours: 蓝 (the deadline is near), 黄 (behind, not filed, returned), 红 (overdue, far
//! behind). The colour's word stands in the title: paper may be printed in black.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::bulletin::date;
use super::chase::{Reason, ToChase, chase_list};
use super::figures::number;
use super::model::{Block, Cell, Column, Kind, Report};
use super::paper::{Paper, flat, gap};
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Light, Period, Status};

/// Working time that a unit is given to answer, in days.
const DAYS_TO_ANSWER: i64 = 7;

/// The colour of a slip, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// 红: overdue, or far behind.
    Red,
    /// 黄: behind, not filed, returned.
    Yellow,
    /// 蓝: the deadline is near.
    Blue,
}

/// The slips for what is due for chasing: of somebody, or of these items alone. One for each lead unit and colour, each beginning
/// a page.
pub fn slips(
    book: &Book<'_>,
    of: &For,
    items: Option<&[ItemKey]>,
    period: Period,
    today: NaiveDate,
    lang: Lang,
) -> Report {
    let scope = Scope::new(book, of);
    let mut paper = Paper::new(book, lang);
    let mut by: BTreeMap<(Colour, Arc<str>), Vec<ToChase>> = BTreeMap::new();
    let due = chase_list(book, &scope, period, today);
    for one in due.into_iter().filter(|one| items.is_none_or(|items| items.contains(&one.item))) {
        for unit in &one.units {
            let unit = Arc::clone(scope.aliases().name(unit));
            by.entry((colour(&one), unit)).or_default().push(one.clone());
        }
    }
    if by.is_empty() {
        paper.say(Say::KindSlipNone, &[]);
    }
    let until = date(today.checked_add_signed(TimeDelta::days(DAYS_TO_ANSWER)).unwrap_or(today), lang);
    for (at, ((colour, unit), items)) in by.iter().enumerate() {
        if at > 0 {
            paper.blocks.push(Block::PageBreak);
        }
        slip(&mut paper, *colour, unit, items, (&until, period));
    }
    let title = lang.fill(Say::KindSlipsTitle, &[&lang.period(period)]);
    let whom = super::person::for_whom(of, lang);
    paper.report(Kind::Slips, title, whom, today)
}

/// The colour that an item's reasons and light call for.
pub fn colour(one: &ToChase) -> Colour {
    let overdue = one.reasons.iter().any(|reason| matches!(reason, Reason::Overdue(_) | Reason::NewlyRed));
    let red = one.rating.status == Status::FarBehind || one.rating.light == Light::Red;
    if overdue || (red && one.rating.status.has_light()) {
        return Colour::Red;
    }
    let near = |reason: &Reason| matches!(reason, Reason::Near(_));
    if one.reasons.iter().all(near) && !one.rating.lags() { Colour::Blue } else { Colour::Yellow }
}

fn slip(paper: &mut Paper<'_>, colour: Colour, unit: &str, items: &[ToChase], (until, period): (&str, Period)) {
    let lang = paper.lang;
    let (word, text) = match colour {
        Colour::Red => (Say::KindSlipRed, Say::KindSlipRedText),
        Colour::Yellow => (Say::KindSlipYellow, Say::KindSlipYellowText),
        Colour::Blue => (Say::KindSlipBlue, Say::KindSlipBlueText),
    };
    paper.blocks.push(Block::Title(lang.fill(Say::KindSlipTitle, &[&lang.say(word)])));
    paper.say(Say::KindSlipTo, &[&unit]);
    paper.say(text, &[&until]);
    let book = paper.book;
    let rows = items.iter().map(|one| {
        let text = book.task(one.item).map(|task| flat(&task.text)).or_else(|| book.title(one.item));
        let reasons: Vec<String> = one.reasons.iter().map(|reason| said(reason, lang)).collect();
        let chased = one.chased.map_or_else(|| "-".to_owned(), |(times, _)| times.to_string());
        vec![
            number(book, one.item).into(),
            text.unwrap_or_default().into(),
            reasons.join(lang.say(Say::ReportClauseJoin)).into(),
            gap(book, one.item, one.rating, lang).into(),
            date(book.deadline(one.item, period), lang).into(),
            Cell::from(chased),
        ]
    });
    let rows = rows.collect();
    let columns = [
        (Say::ReportColNo, Column::marks()),
        (Say::ReportColTask, Column::text(3)),
        (Say::KindColWhy, Column::text(1)),
        (Say::KindColState, Column::text(2)),
        (Say::ReportColDeadline, Column::text(1)),
        (Say::KindColChased, Column::marks()),
    ];
    paper.table("", 2, &columns, rows);
    // What the unit fills in by hand.
    let reply = [Say::KindReplyDone, Say::KindReplyBy, Say::KindReplyHead, Say::KindReplyDay];
    let rows = reply.map(|what| {
        vec![Cell::from(lang.say(what)), Cell::from("\n".repeat(usize::from(what == Say::KindReplyDone) * 5))]
    });
    let columns = [(Say::KindReply, Column::text(1)), (Say::KindReply, Column::text(5))];
    paper.table("", 1, &columns, rows.to_vec());
    if let Some(Block::Table(table)) = paper.blocks.last_mut() {
        for head in table.head.iter_mut().filter_map(|row| row.get_mut(1)) {
            head.joined = super::model::Joined::Left;
        }
    }
}

/// A reason with what was said when it was sent back.
fn said(reason: &Reason, lang: Lang) -> String {
    match reason {
        Reason::Returned(why) if !why.trim().is_empty() => {
            format!("{}{}{}", reason.text(lang), lang.say(Say::Colon), flat(why))
        }
        _ => reason.text(lang),
    }
}
