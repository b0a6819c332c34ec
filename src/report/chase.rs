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
    /// Why, the most urgent first; never empty.
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
