//! Figures of a clause with the words of comparison about them.

use crate::model::Comparator;

use super::BARE;
use super::numbers::{Number, number_at};
use super::sheet::Sheet;
use super::words::{ENDERS, GROWTHS, LEADS, Lead, NEXT, TAILS};

/// A number with what is said of it.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// Where the words of comparison before it begin.
    pub(super) lead: usize,
    /// Its first digit.
    pub(super) from: usize,
    /// The place behind the words of comparison after it.
    pub(super) to: usize,
    pub(super) number: Number,
    pub(super) comparator: Comparator,
    /// Whether a word of comparison stands with it.
    pub(super) said: bool,
    pub(super) each: bool,
    pub(super) respectively: bool,
    /// 增长 behind 分别 or 均, which belongs to every thing listed.
    pub(super) grows: &'static str,
    pub(super) after: After,
}

/// What follows a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// The end of its part of the sentence.
    End,
    /// 的.
    Of,
    /// More words.
    Words,
}

/// All figures between two places, of whatever use.
pub(super) fn figures(sheet: &Sheet, from: usize, to: usize) -> Vec<Figure> {
    let mut found = Vec::new();
    let (mut place, mut left) = (from, from);
    while place < to {
        let Some(number) = number_at(sheet, place).filter(|number| number.to <= to) else {
            // Past the whole of a number that is none: 14 of 8+14 is no 4.
            let digit = |at: usize| sheet.at(at).is_some_and(|c| c.is_ascii_digit());
            place += 1;
            while digit(place.saturating_sub(1)) && digit(place) {
                place += 1;
            }
            continue;
        };
        let figure = figure(sheet, left, place, to, number);
        place = figure.to.max(place + 1);
        left = place;
        found.push(figure);
    }
    found
}

fn figure(sheet: &Sheet, left: usize, from: usize, end: usize, number: Number) -> Figure {
    let words: Vec<&str> = LEADS.iter().map(|(word, _)| *word).collect();
    let (mut lead, mut before) = (from, None);
    let (mut each, mut respectively) = (false, false);
    let mut grows = "";
    if let Some((word, start)) = sheet.longest_before(left, lead, GROWTHS)
        && ["分别", "均", "都"].iter().any(|list| sheet.ends(left, start, list).is_some())
    {
        (grows, lead) = (word, start);
    }
    while let Some((word, start)) = sheet.longest_before(left, lead, &words) {
        match LEADS.iter().find(|(one, _)| *one == word).map(|(_, means)| *means) {
            Some(Lead::Compares(comparator)) => before = before.or(Some(comparator)),
            Some(Lead::Respectively) => respectively = true,
            Some(Lead::Each) => each = true,
            Some(Lead::Filler) | None => {}
        }
        lead = start;
    }
    let tails: Vec<&str> = TAILS.iter().map(|(word, _)| *word).collect();
    let tail = sheet.longest(number.to, &tails).filter(|word| number.to + word.chars().count() <= end);
    let behind = tail.and_then(|word| TAILS.iter().find(|(one, _)| *one == word)).map(|(_, means)| *means);
    let to = number.to + tail.map_or(0, |word| word.chars().count());
    let said = before.is_some() || behind.is_some();
    let comparator = match (before, behind) {
        // 超过 85% 以上: the stronger word.
        (Some(strict @ (Comparator::MoreThan | Comparator::LessThan)), _) | (Some(strict), None) => strict,
        (_, Some(behind)) => behind,
        (None, None) if number.open => Comparator::AtLeast,
        (None, None) => BARE,
    };
    let after = after(sheet, to, end);
    Figure { lead, from, to, number, comparator, said, each, respectively, grows, after }
}

fn after(sheet: &Sheet, to: usize, end: usize) -> After {
    if to >= end || sheet.longest(to, ENDERS).is_some_and(|word| !opens_name(sheet, to, word)) {
        return After::End;
    }
    if sheet.longest(to, NEXT).is_some() {
        return After::End;
    }
    if sheet.is_at(to, "的") { After::Of } else { After::Words }
}

/// 和美乡村: no `and`.
fn opens_name(sheet: &Sheet, place: usize, word: &str) -> bool {
    word == "和" && ["和美", "和谐", "和平"].iter().any(|name| sheet.is_at(place, name))
}
