//! Targets without a figure: 零突破, 首家, 全覆盖, 双进位, 双下降, tiers, water classes, comparisons and dated milestones.

use crate::model::Comparator;

use super::clauses::Clause;
use super::dates::dates;
use super::sheet::Sheet;
use super::tiers::tiers;
use super::words::{ALL_DONE, BENCHMARKS, COMPARED, DOUBLES, FIRST_VERBS, FIRSTS, MILESTONES};
use super::{Found, Subject, lists, metric};

/// The targets of a clause that have no figure; `figures`: whether others of it have one.
pub(super) fn happenings(sheet: &Sheet, clause: &Clause, figures: bool, subject: &Subject, year: u16) -> Vec<Found> {
    let mut found = Vec::new();
    staged(sheet, clause, &mut found);
    key_words(sheet, clause, &mut found);
    doubles(sheet, clause, &mut found);
    if found.is_empty() && !figures {
        found.extend(first(sheet, clause).or_else(|| class(sheet, clause)).or_else(|| compared(sheet, clause)));
    }
    let due = dates(sheet, clause.from, clause.to, year);
    for one in &mut found {
        one.due = due.iter().rev().find(|due| due.to <= one.at).map(|due| due.day).or(subject.due);
    }
    if found.is_empty() && !figures {
        milestones(sheet, clause, subject, year, &mut found);
    }
    if found.is_empty() && !figures {
        found.extend(all_done(sheet, clause));
    }
    found
}

fn event(at: usize, phrase: (usize, usize), metric: String, comparator: Comparator) -> Found {
    Found { at, phrase, metric, comparator, value: None, tiers: Vec::new(), unit: String::new(), due: None }
}

/// Where the words before a key word begin, an opening quote before it left out, and their end.
fn before(sheet: &Sheet, clause: &Clause, at: usize) -> (usize, usize) {
    let quoted = at > clause.from && matches!(sheet.at(at - 1), Some('“' | '‘'));
    let end = if quoted { at - 1 } else { at };
    (metric::start(sheet, clause.from, end, true), end)
}

/// The place behind a key word and a closing quote.
fn behind(sheet: &Sheet, to: usize) -> usize {
    if matches!(sheet.at(to), Some('”' | '’')) { to + 1 } else { to }
}

fn staged(sheet: &Sheet, clause: &Clause, found: &mut Vec<Found>) {
    for one in tiers(sheet, clause.from, clause.to) {
        let (from, end) = before(sheet, clause, one.from);
        let words = sheet.words(from, end);
        let mut target =
            event(one.from, (from, behind(sheet, one.to)), metric::bare(&words).to_owned(), Comparator::Tiers);
        let mut values = one.values.into_iter();
        target.value = values.next();
        target.tiers = values.collect();
        target.unit = one.unit;
        found.push(target);
    }
}

/// 零突破 and 全覆盖, each closing its part of the clause.
fn key_words(sheet: &Sheet, clause: &Clause, found: &mut Vec<Found>) {
    let words = [("零突破", Comparator::First), ("零的突破", Comparator::First), ("全覆盖", Comparator::All)];
    for (word, comparator) in words {
        let Some(at) = sheet.find(clause.from, clause.to, word) else { continue };
        let to = behind(sheet, at + word.chars().count());
        let closes = to >= clause.to || matches!(sheet.at(to), Some('、' | '和' | '及' | '与' | '并' | '（'));
        let (from, end) = before(sheet, clause, at);
        let metric = sheet.words(from, end);
        let metric = metric::bare(&metric);
        if closes && !metric.is_empty() {
            found.push(event(at, (from, to), metric.to_owned(), comparator));
        }
    }
}

/// 双进位, 双下降: every thing listed.
fn doubles(sheet: &Sheet, clause: &Clause, found: &mut Vec<Found>) {
    for (word, count, comparator) in DOUBLES {
        let Some(at) = sheet.find(clause.from, clause.to, word) else { continue };
        let to = behind(sheet, at + word.chars().count());
        let (from, end) = before(sheet, clause, at);
        let words = sheet.words(from, end);
        let mut things = lists::split(&words, Some(count));
        if to < clause.to && sheet.at(to) != Some('、') || metric::bare(&words).is_empty() {
            continue;
        }
        things.dedup();
        found.extend(things.into_iter().map(|thing| event(at, (from, to), thing, comparator)));
    }
}

/// 实现首家…: something that never was before.
fn first(sheet: &Sheet, clause: &Clause) -> Option<Found> {
    FIRSTS.iter().find_map(|word| {
        let at = sheet.find(clause.from, clause.to, word).filter(|at| sheet.open_at(*at).is_some())?;
        let verb = FIRST_VERBS.iter().any(|verb| sheet.find(clause.from, at, verb).is_some());
        let short = at - clause.from <= 8 && clause.to > at + word.chars().count();
        let from = metric::start(sheet, clause.from, at, true);
        let metric = sheet.words(from, clause.to);
        (verb && short).then(|| event(at, (from, clause.to), metric, Comparator::First))
    })
}

/// 水质稳定在Ⅱ类及以上. A class is no figure: a lower one is better, and there is nothing to count.
fn class(sheet: &Sheet, clause: &Clause) -> Option<Found> {
    let at = (clause.from..clause.to)
        .find(|at| matches!(sheet.open_at(*at), Some('Ⅰ'..='Ⅻ')) && sheet.is_at(at + 1, "类"))?;
    let mut to = at + 2;
    let tail = sheet.longest(to, &["以上", "及以上", "或以上", "标准", "及以上标准", "标准以上", "水质"]);
    to += tail.map_or(0, |word| word.chars().count());
    let (word, lead) =
        sheet.longest_before(clause.from, at, &["稳定在", "保持在", "达到", "稳定达到", "优于", "达", "保持"])?;
    let from = metric::start(sheet, clause.from, lead, true);
    let metric = sheet.words(from, lead);
    if to < clause.to || metric.is_empty() {
        return None;
    }
    let strict = word == "优于" && tail.is_none();
    let comparator = if strict { Comparator::MoreThan } else { Comparator::AtLeast };
    let mut target = event(at, (from, to), metric, comparator);
    target.unit = sheet.words(at, at + 2);
    Some(target)
}

/// 增速高于全省平均: compared with another figure than one of the text.
fn compared(sheet: &Sheet, clause: &Clause) -> Option<Found> {
    BENCHMARKS.iter().find(|word| sheet.ends(clause.from, clause.to, word).is_some())?;
    COMPARED.iter().find_map(|(word, comparator)| {
        let at = sheet.find(clause.from, clause.to, word).filter(|at| sheet.open_at(*at).is_some())?;
        let from = metric::start(sheet, clause.from, at, true);
        let named = at > from + 1 && clause.to > at + word.chars().count() + 1;
        named.then(|| event(at, (from, clause.to), sheet.words(from, clause.to), *comparator))
    })
}

/// 6月底完成一期: every date with what is done by it.
fn milestones(sheet: &Sheet, clause: &Clause, subject: &Subject, year: u16, found: &mut Vec<Found>) {
    let due = dates(sheet, clause.from, clause.to, year);
    let Some(first) = due.first() else {
        let from = metric::start(sheet, clause.from, clause.to, true);
        if subject.due.is_some() && MILESTONES.iter().any(|verb| sheet.find(from, clause.to, verb).is_some()) {
            let mut target = event(from, (from, clause.to), sheet.words(from, clause.to), Comparator::Done);
            target.due = subject.due;
            found.push(target);
        }
        return;
    };
    let own = metric::start(sheet, clause.from, first.from, true);
    let thing = sheet.words(own, first.from);
    for (place, one) in due.iter().enumerate() {
        let end = due.get(place + 1).map_or(clause.to, |next| next.from);
        let end = if sheet.at(end.saturating_sub(1)) == Some('、') { end - 1 } else { end };
        let from = metric::start(sheet, one.to, end, true);
        if MILESTONES.iter().any(|verb| sheet.find(from, end, verb).is_some()) {
            let metric = format!("{}{}", metric::bare(&thing), sheet.words(from, end));
            let start = if place == 0 { own } else { one.from };
            let mut target = event(one.from, (start, end), metric, Comparator::Done);
            target.due = Some(one.day);
            found.push(target);
        }
    }
}

/// 全部达标.
fn all_done(sheet: &Sheet, clause: &Clause) -> Option<Found> {
    ALL_DONE.iter().find_map(|word| {
        let start = sheet.ends(clause.from, clause.to, word)?;
        let from = metric::start(sheet, clause.from, start, true);
        (start > from + 1).then(|| event(start, (from, clause.to), sheet.words(from, clause.to), Comparator::All))
    })
}
