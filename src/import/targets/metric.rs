//! What is measured: the words about a figure.

use super::sheet::Sheet;
use super::words::{GROWTHS, OPENERS, VERBS};

/// The words without openers at their start and joints at both ends.
pub(super) fn bare(words: &str) -> &str {
    let mut words = words;
    loop {
        let before = words.len();
        words = words.trim_start_matches(['、', '，', '。', '；', '：']).trim_end_matches(['、', '：', '的', '，']);
        if let Some(opener) = OPENERS.iter().find(|opener| words.starts_with(**opener)) {
            words = words.strip_prefix(*opener).unwrap_or(words);
        }
        if words.len() == before {
            return words;
        }
    }
}

/// The verb that a metric begins with, the longest of those known.
pub(super) fn verb(words: &str) -> Option<&'static str> {
    VERBS.iter().copied().filter(|verb| words.starts_with(verb)).max_by_key(|verb| verb.len())
}

/// What grows, without its 增长: 外贸进出口总额.
pub(super) fn grown(metric: &str) -> &str {
    let ends = |word: &&&str| metric.ends_with(**word);
    GROWTHS
        .iter()
        .filter(ends)
        .max_by_key(|word| word.len())
        .and_then(|word| metric.strip_suffix(*word))
        .unwrap_or(metric)
}

/// Whether nothing separates two places.
pub(super) fn joined(sheet: &Sheet, from: usize, to: usize) -> bool {
    (from..to).all(|place| sheet.open_at(place) != Some('、'))
}

/// Where the metric begins between two places: behind joints and openers, and behind the last `、` or `和` that a verb
/// follows.
pub(super) fn start(sheet: &Sheet, from: usize, to: usize, first: bool) -> usize {
    let mut place = from;
    if !first {
        while sheet.longest(place, &["、", "以及", "和", "及", "与", "并", "且"]).is_some_and(|_| place < to) {
            place += sheet
                .longest(place, &["、", "以及", "和", "及", "与", "并", "且"])
                .map_or(1, |word| word.chars().count());
        }
    }
    let verbs: Vec<&str> =
        VERBS.iter().copied().chain(OPENERS.iter().copied()).filter(|verb| verb.chars().count() > 1).collect();
    let cut = (place + 1..to).rev().find_map(|at| {
        let joint = sheet.open_at(at)?;
        let behind = sheet.longest(at + 1, &verbs)?;
        let stands = matches!(joint, '、' | '并' | '，') || joint == '和' && sheet.open_at(at - 1) != Some('、');
        (stands && at + 1 + behind.chars().count() <= to).then_some(at + 1)
    });
    let mut place = cut.unwrap_or(place);
    while let Some(opener) = sheet.longest(place, OPENERS).filter(|word| place + word.chars().count() <= to) {
        place += opener.chars().count();
    }
    place.min(to)
}
