//! 催办: what needs a phone call today, and why.

use std::sync::Arc;

use chrono::NaiveDate;

use super::scope::Scope;
use crate::catalog::{Lang, Say};
use crate::model::{Book, FilingState, ItemKey, Light, Period, Rating, Review};

/// Why an item is on the chase list, the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// 逾期: its deadline passed this many days ago and it is not complete.
    Overdue(i64),
    /// 退回: sent back with this reason and not filed again.
    Returned(String),
    /// 未报: nothing is filed; the due day passed this many days ago, or (negative) is near.
    NotFiled(i64),
    /// 新转红: red now and not red a period ago.
    NewlyRed,
    /// 连续两期未动: the same figures for two periods in a row, and not complete.
    Unmoved,
    /// 临期: its deadline is this many days off, and it is not complete.
    Near(i64),
}

impl Reason {
    /// The reason in a few words.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Overdue(days) => lang.fill(Say::ChaseOverdue, &[days]),
            Self::Returned(_) => lang.say(Say::ChaseReturned).to_owned(),
            Self::NotFiled(days) if *days > 0 => lang.fill(Say::ChaseNotFiledLate, &[days]),
            Self::NotFiled(_) => lang.say(Say::ChaseNotFiled).to_owned(),
            Self::NewlyRed => lang.say(Say::ChaseNewlyRed).to_owned(),
            Self::Unmoved => lang.say(Say::ChaseUnmoved).to_owned(),
            Self::Near(days) => lang.fill(Say::ChaseNear, &[days]),
        }
    }

    /// The days it tells of: since the deadline or the due day, or (临期) until the deadline.
    pub const fn days(&self) -> Option<i64> {
        match self {
            Self::Overdue(days) | Self::NotFiled(days) | Self::Near(days) => Some(*days),
            Self::Returned(_) | Self::NewlyRed | Self::Unmoved => None,
        }
    }

    /// What reasons are ordered by, the most urgent first: the kind, then the days, the longest overdue and the nearest first.
    pub const fn urgency(&self) -> (u8, i64) {
        match self {
            Self::Overdue(days) => (0, days.saturating_neg()),
            Self::Returned(_) => (1, 0),
            Self::NotFiled(days) if *days > 0 => (2, days.saturating_neg()),
            Self::NewlyRed => (3, 0),
            Self::Unmoved => (4, 0),
            Self::Near(days) => (5, *days),
            // There is still time: after everything that has gone wrong already.
            Self::NotFiled(days) => (6, days.saturating_neg()),
        }
    }

    /// Its name for programs, whatever the language: `overdue`, `returned` …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Overdue(_) => "overdue",
            Self::Returned(_) => "returned",
            Self::NotFiled(_) => "not_filed",
            Self::NewlyRed => "newly_red",
            Self::Unmoved => "unmoved",
            Self::Near(_) => "near",
        }
    }
}

/// An item to chase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToChase {
    /// The task or quota row.
    pub item: ItemKey,
    /// Why, the most urgent first; empty only for a slip that somebody asks for although nothing is due.
    pub reasons: Vec<Reason>,
    /// How far it is.
    pub rating: Rating,
    /// Whom to call: its lead units as printed.
    pub units: Vec<Arc<str>>,
    /// How often it was chased in the period, and when last.
    pub chased: Option<(u16, Option<NaiveDate>)>,
}

/// What is to be chased within a scope as of a day, the most urgent first. Closed and stopped items are not.
pub fn chase_list(book: &Book<'_>, scope: &Scope<'_>, period: Period, today: NaiveDate) -> Vec<ToChase> {
    let tasks = scope.tasks().map(|task| task.key);
    let rows = scope.rows().into_iter().map(|row| row.key);
    let mut list: Vec<ToChase> =
        tasks.chain(rows).filter_map(|item| to_chase(book, scope, item, period, today)).collect();
    list.sort_by_cached_key(|one| (one.reasons.first().map(Reason::urgency), one.rating.badness(), one.item));
    list
}

fn to_chase(book: &Book<'_>, scope: &Scope<'_>, item: ItemKey, period: Period, today: NaiveDate) -> Option<ToChase> {
    if book.closed(item, period) || book.stopped(item, period) {
        return None;
    }
    let reasons = reasons(book, scope, item, period, today);
    (!reasons.is_empty()).then(|| ToChase {
        item,
        reasons,
        rating: scope.rate(item, period),
        units: book.lead_units(item).to_vec(),
        chased: book.chase_of(item, period).map(|(chase, _)| (chase.times, chase.last)),
    })
}

/// Why an item is to be chased as of a day; nothing for what is not.
pub fn reasons(book: &Book<'_>, scope: &Scope<'_>, item: ItemKey, period: Period, today: NaiveDate) -> Vec<Reason> {
    let rating = scope.rate(item, period);
    let mut reasons = Vec::new();
    let days = |from: NaiveDate| today.signed_duration_since(from).num_days();
    match scope.filing_state(item, period, today) {
        FilingState::Missing | FilingState::Overdue => {
            let late = days(book.document().settings.due(period));
            // Before the due day is near nobody is called for not having filed yet.
            if -late <= i64::from(book.document().settings.near_days) {
                reasons.push(Reason::NotFiled(late));
            }
        }
        FilingState::Returned => {
            let why = book.filing(item, period).map(|(filing, _)| &filing.review);
            let why = if let Some(Review::Returned(reason)) = why { reason.clone() } else { String::new() };
            reasons.push(Reason::Returned(why));
        }
        FilingState::Pending | FilingState::Accepted | FilingState::NotDue => {}
    }
    if rating.status.has_light() && !rating.status.is_complete() {
        let past = days(book.deadline(item, period));
        if past > 0 {
            reasons.push(Reason::Overdue(past));
        } else if -past <= i64::from(book.document().settings.near_days) {
            reasons.push(Reason::Near(-past));
        }
        if let Some(before) = period.previous() {
            let was = scope.rate(item, before);
            if rating.light == Light::Red && was.light != Light::Red {
                reasons.push(Reason::NewlyRed);
            }
            if rating.unmoved_since(&was) {
                reasons.push(Reason::Unmoved);
            }
        }
    }
    reasons.sort_by_key(Reason::urgency);
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DueMonth, RequestKind};
    use crate::report::For;
    use crate::report::fixture::{Making, amount, cells, day, id, q};

    /// The 25th of October, five days after the filings of the third quarter are due.
    fn today() -> NaiveDate {
        day(10, 25)
    }

    fn making() -> Making {
        let mut making = Making::new("东城区 南溪县");
        making.task(1, "引进项目", "张三", "市发改委");
        making
    }

    fn list(making: &Making, today: NaiveDate) -> Vec<(String, Vec<Reason>)> {
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let list = chase_list(&book, &Scope::new(&book, &For::All), q(3), today);
        list.into_iter().map(|one| (one.item.to_string(), one.reasons)).collect()
    }

    /// The reasons of the one task.
    fn why(making: &Making, today: NaiveDate) -> Vec<Reason> {
        list(making, today).into_iter().flat_map(|(_, reasons)| reasons).collect()
    }

    #[test]
    fn not_filed_is_a_reason_from_when_the_due_day_is_near() {
        assert_eq!(why(&making(), today()), [Reason::NotFiled(5)]);
        assert_eq!(why(&making(), day(10, 10)), [Reason::NotFiled(-10)]);
        assert_eq!(why(&making(), day(8, 1)), [], "nobody is called in the middle of the period");
    }

    #[test]
    fn returned_is_a_reason_until_it_is_filed_again() {
        let mut making = making();
        making.reviewed("T1", q(3), Some("75"), Review::Returned("太笼统".into()));
        assert_eq!(why(&making, today()), [Reason::Returned("太笼统".into())]);
        making.filed(1, q(3), Some("75"));
        assert_eq!(why(&making, today()), []);
    }

    #[test]
    fn overdue_is_a_reason_when_the_deadline_has_passed_and_near_before_it() {
        let mut making = making();
        making.filed(1, q(3), Some("95")).granted("T1", RequestKind::Adjust, q(3), Some(day(10, 20)));
        assert_eq!(why(&making, today()), [Reason::Overdue(5)]);
        assert_eq!(why(&making, day(10, 20)), [Reason::Near(0)]);
        assert_eq!(why(&making, day(9, 20)), [Reason::Near(30)]);
        assert_eq!(why(&making, day(9, 19)), []);
        making.filed(1, q(3), Some("100"));
        assert_eq!(why(&making, today()), [], "complete");
    }

    #[test]
    fn newly_red_and_unmoved_are_told_from_the_period_before() {
        let mut making = making();
        making.filed(1, q(2), Some("30")).filed(1, q(3), Some("40"));
        assert_eq!(why(&making, today()), [Reason::NewlyRed], "yellow at 30 of 50, red at 40 of 75");
        making.filed(1, q(2), Some("10"));
        assert_eq!(why(&making, today()), [], "red then, red now: nothing new");
        making.filed(1, q(3), Some("10"));
        assert_eq!(why(&making, today()), [Reason::Unmoved]);
    }

    #[test]
    fn closed_stopped_and_accepted_items_are_not_chased() {
        for kind in [RequestKind::Close, RequestKind::Stop] {
            let mut making = making();
            assert_eq!(why(making.granted("T1", kind, q(3), None), today()), []);
        }
        let mut making = making();
        assert_eq!(why(making.reviewed("T1", q(3), Some("75"), Review::Accepted), today()), []);
        making.row("P1.1", "无", crate::model::Quota::NoTask, &[]);
        assert_eq!(list(&making, today()), [], "无任务 asks for nothing");
    }

    #[test]
    fn the_most_urgent_come_first_and_the_longest_overdue_before_the_shorter() {
        let mut making = making();
        for no in 2..=5 {
            making.task(no, "任务", "张三", "市发改委").filed(no, q(3), Some("80"));
        }
        making.granted("T2", RequestKind::Adjust, q(3), Some(day(10, 20)));
        making.granted("T3", RequestKind::Adjust, q(3), Some(day(9, 20)));
        making.granted("T4", RequestKind::Adjust, q(3), Some(day(11, 1)));
        making.reviewed("T5", q(3), Some("80"), Review::Returned("太笼统".into()));
        let order: Vec<String> = list(&making, today()).into_iter().map(|(item, _)| item).collect();
        assert_eq!(order, ["T3", "T2", "T5", "T1", "T4"], "逾期, 退回, 未报, 临期");
    }

    #[test]
    fn an_area_is_chased_for_its_own_figure() {
        let mut making = Making::new("东城区 南溪县");
        making.row("P1.1", "水站", amount("20"), &cells(&["东城区", "南溪县"], "10 10")).done(
            "P1.1",
            "东城区",
            q(3),
            "8",
        );
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let of = |area: &str| {
            let scope = Scope::new(&book, &For::Area(area.into()));
            chase_list(&book, &scope, q(3), today()).into_iter().flat_map(|one| one.reasons).collect::<Vec<_>>()
        };
        assert_eq!((of("东城区"), of("南溪县")), (vec![], vec![Reason::NotFiled(5)]));
    }

    #[test]
    fn the_due_day_is_the_documents() {
        let mut making = making();
        let ledger = making.ledger();
        let mut document = Book::open(&ledger, &id()).unwrap().document().clone();
        document.settings.due_month = DueMonth::Last;
        making.put(crate::model::Key::document(&id()), crate::model::Record::Document(Box::new(document)));
        assert_eq!(why(&making, day(9, 30)), [Reason::NotFiled(10)]);
    }
}
