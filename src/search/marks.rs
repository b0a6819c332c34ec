//! Which part of a shown text a query found.

use std::collections::HashMap;
use std::ops::Range;

use super::alphabet::Letter;
use super::matcher::{Class, Matcher};
use super::query::{Word, words};
use super::spelling::{Spelling, is_skipped};

/// The longest text in which a single letter marks characters by their pinyin, in characters: a name, not a sentence.
const NAME_CHARS: usize = 16;

/// The byte ranges of `text` that the query's words find, in order and apart: as written where they stand so, else by
/// pinyin, else by first letters (`czj` marks 财政局).
pub fn marks(query: &str, text: &str) -> Vec<Range<usize>> {
    let words = words(query);
    // Readings are looked up only where letters were typed: this runs for every row of a screen.
    let spelling =
        if words.iter().any(Word::has_letters) { Spelling::of as fn(char) -> Spelling } else { Spelling::written };
    let mut seen: HashMap<char, Letter> = HashMap::new();
    let mut spellings = vec![Spelling::default()];
    let mut letters = Vec::new();
    let mut places = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !is_skipped(*c)) {
        let letter = *seen.entry(c).or_insert_with(|| match (c, Letter::try_from(spellings.len())) {
            ('\n', _) | (_, Err(_)) => 0,
            (_, Ok(letter)) => {
                spellings.push(spelling(c));
                letter
            }
        });
        letters.push(letter);
        places.push(at..at + c.len_utf8());
    }
    let mut ranges = Vec::new();
    for word in words {
        let matcher = Matcher::new(&word, &spellings);
        let classes: &[Class] =
            if word.is_single_letter() && letters.len() > NAME_CHARS { &[Class::Literal] } else { &Class::ALL };
        for class in classes {
            let found = of_class(&matcher, &letters, *class);
            if !found.is_empty() {
                ranges.extend(found.into_iter().filter_map(|found| {
                    let first = places.get(found.start)?;
                    let last = places.get(found.end.checked_sub(1)?)?;
                    Some(first.start..last.end)
                }));
                break;
            }
        }
    }
    joined(ranges)
}

fn of_class(matcher: &Matcher, letters: &[Letter], class: Class) -> Vec<Range<usize>> {
    let place = Class::ALL.iter().position(|other| *other == class).unwrap_or(0);
    let end_of = |ends: [Option<usize>; 3]| ends.get(place).copied().flatten();
    matcher.matches(letters).filter_map(|(at, ends)| end_of(ends).map(|end| at..at + end)).collect()
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::marks;

    fn marked(query: &str, text: &str) -> Vec<String> {
        marks(query, text).into_iter().map(|range| text.get(range).unwrap().to_owned()).collect()
    }

    #[test]
    fn what_was_found_is_marked() {
        assert_eq!(marked("czj", "市财政局"), ["财政局"]);
        assert_eq!(marked("市czj", "市财政局"), ["市财政局"]);
        assert_eq!(marked("caizhe", "市财政局"), ["财政"]);
        assert_eq!(marked("财 局", "市财政局"), ["财", "局"]);
        assert_eq!(marked("gdp", "人均ＧＤＰ增长"), ["ＧＤＰ"]);
        assert_eq!(marked("160亿", "资金 160 亿元"), ["160 亿"]);
        assert!(marked("", "市财政局").is_empty());
        assert!(marked("xyz", "市财政局").is_empty());
    }

    #[test]
    fn the_best_kind_of_match_is_marked() {
        // 上市 begins with s, as does 市; the word as written wins over the letters.
        assert_eq!(marked("ab", "奥博ab"), ["ab"]);
    }

    #[test]
    fn one_letter_marks_names_but_not_sentences() {
        assert_eq!(marked("c", "市财政局"), ["财"]);
        assert!(marked("c", "积极争取和用好国家政策，统筹做好项目甄选、申报等工作。").is_empty());
    }
}
