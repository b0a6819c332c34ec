//! Finding an item by its number, as people say it: `48`, `T48`, `P17.3`, `省17`, `省17-3`.

use crate::model::{ItemKey, ListCode};

use super::query::Word;

/// A list that numbers can name: its letter, and the mark before its numbers on screen.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) list: ListCode,
    /// In the form of queries; may be empty.
    pub(super) mark: Vec<char>,
}

/// How a number fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is the item's, or that of the livelihood item the row belongs to.
    Exact,
    /// It is the beginning of the item's.
    Part,
}

/// The ways in which a word can be read as a number.
#[derive(Debug, Clone)]
pub(super) struct Number {
    readings: Vec<(Option<ListCode>, Parts)>,
}

/// Numbers parted by `.` or `-`, the last possibly unfinished or not begun.
#[derive(Debug, Clone)]
struct Parts {
    whole: Vec<u16>,
    last: Option<u16>,
}

impl Number {
    /// `None` where the word is no number in any way.
    pub(super) fn of(word: &Word, marks: &[Mark]) -> Option<Self> {
        let mut readings = Vec::new();
        readings.extend(Parts::of(&word.0).map(|parts| (None, parts)));
        for Mark { list, mark } in marks {
            let letter = [list.letter().to_ascii_lowercase()];
            if let Some(rest) = word.0.strip_prefix(&letter) {
                readings.extend(Parts::of(rest).map(|parts| (Some(*list), parts)));
            }
            if mark.is_empty() {
                continue;
            }
            if let Some(rest) = word.0.strip_prefix(mark.as_slice()).filter(|rest| !rest.is_empty()) {
                readings.extend(Parts::of(rest).map(|parts| (Some(*list), parts)));
            } else if mark.starts_with(&word.0) && !word.is_single_letter() {
                readings.push((Some(*list), Parts { whole: Vec::new(), last: None }));
            }
        }
        (!readings.is_empty()).then_some(Self { readings })
    }

    pub(super) fn fit(&self, key: ItemKey) -> Option<Fit> {
        self.readings
            .iter()
            .filter(|(list, _)| list.is_none_or(|list| list == key.list))
            .filter_map(|(_, parts)| parts.fit(key))
            .min()
    }
}

impl Parts {
    fn of(chars: &[char]) -> Option<Self> {
        let mut parts: Vec<&[char]> = chars.split(|c| matches!(c, '.' | '-')).collect();
        let last = parts.pop()?;
        let whole: Option<Vec<u16>> = parts.into_iter().map(count).collect();
        let whole = whole.filter(|whole| whole.len() <= 2)?;
        if last.is_empty() {
            return (!whole.is_empty()).then_some(Self { whole, last: None });
        }
        Some(Self { whole, last: Some(count(last)?) })
    }

    fn fit(&self, key: ItemKey) -> Option<Fit> {
        let full = [key.chapter, key.no, key.sub];
        let without_chapter = self.fit_path(&full[1..]);
        let with_chapter = if key.chapter > 0 { self.fit_path(&full) } else { None };
        without_chapter.into_iter().chain(with_chapter).min()
    }

    /// `path` ends with the number of the row within its item, 0 where there is none.
    fn fit_path(&self, path: &[u16]) -> Option<Fit> {
        let rest = path.strip_prefix(self.whole.as_slice())?;
        let behind = rest.get(1..);
        match (self.last, rest) {
            // `17.` asks for a row of 17.
            (None, [next, ..]) => (*next > 0).then_some(Fit::Part),
            (Some(last), [next, ..]) if last == *next => {
                // `2` is chapter 2 only in part, item 2 wholly.
                Some(if behind.is_some_and(|behind| behind.len() <= 1) { Fit::Exact } else { Fit::Part })
            }
            (Some(last), [next, ..]) => begins(last, *next).then_some(Fit::Part),
            (_, []) => None,
        }
    }
}

/// A number without leading zeros.
fn count(digits: &[char]) -> Option<u16> {
    let plain = !digits.is_empty() && digits.iter().all(char::is_ascii_digit) && digits.first() != Some(&'0');
    plain.then(|| digits.iter().collect::<String>().parse().ok()).flatten()
}

/// Whether `number` begins with the digits of `digits`.
fn begins(digits: u16, mut number: u16) -> bool {
    while number > digits {
        number /= 10;
    }
    digits > 0 && number == digits
}

#[cfg(test)]
mod tests {
    use super::super::query::words;
    use super::*;

    fn fit(query: &str, key: &str) -> Option<Fit> {
        let marks = [
            Mark { list: ListCode::TASKS, mark: Vec::new() },
            Mark { list: ListCode::PROVINCE, mark: vec!['省'] },
            Mark { list: ListCode::CITY, mark: vec!['市'] },
        ];
        Number::of(&words(query)[0], &marks).and_then(|number| number.fit(key.parse().unwrap()))
    }

    #[test]
    fn numbers_are_found_as_people_say_them() {
        for (query, key) in [
            ("48", "T48"),
            ("t48", "T48"),
            ("Ｔ４８", "T48"),
            ("17", "P17.3"),
            ("P17", "P17.3"),
            ("P17.3", "P17.3"),
            ("p17-3", "P17.3"),
            ("省17", "P17.3"),
            ("省１７－３", "P17.3"),
            ("市10.2", "C10.2"),
            ("17.3", "P17.3"),
            ("T2-48", "T2-48"),
            ("48", "T2-48"),
        ] {
            assert_eq!(fit(query, key), Some(Fit::Exact), "{query} {key}");
        }
    }

    #[test]
    fn the_beginning_of_a_number_fits_in_part() {
        for (query, key) in
            [("4", "T48"), ("省", "P17.3"), ("省1", "P17.3"), ("17.", "P17.3"), ("17.1", "P17.12"), ("2", "T2-48")]
        {
            assert_eq!(fit(query, key), Some(Fit::Part), "{query} {key}");
        }
    }

    #[test]
    fn other_numbers_and_lists_do_not_fit() {
        for (query, key) in [
            ("8", "T48"),
            ("480", "T48"),
            ("省48", "T48"),
            ("t17", "P17.1"),
            ("17.3", "P17.1"),
            ("048", "T48"),
            ("48.", "T48"),
        ] {
            assert_eq!(fit(query, key), None, "{query} {key}");
        }
        assert_eq!(fit("99999999", "T48"), None);
    }
}
