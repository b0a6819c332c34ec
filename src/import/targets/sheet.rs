//! A text as places of characters: white space gone, full-width figures and half-width punctuation in one form, and what
//! stands in quotes or brackets set apart.

use crate::text::fold_key;

/// The longest quotation or bracket that is set apart, in characters: a quote that never ends hides nothing.
const LONGEST: usize = 40;

#[derive(Debug, Clone, Copy)]
struct Mark {
    c: char,
    from: usize,
    to: usize,
    inside: bool,
}

/// The text with its marks.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    text: &'a str,
    marks: Vec<Mark>,
}

impl<'a> Sheet<'a> {
    /// Lays out a text.
    pub(super) fn of(text: &'a str) -> Self {
        let seen: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let mut open = false;
        let mut marks: Vec<Mark> = Vec::with_capacity(seen.len());
        for (at, (from, raw)) in seen.iter().enumerate() {
            let near = |step: usize| seen.get(step).is_some_and(|(_, c)| fold_key(*c).is_ascii_digit());
            let within_number = at > 0 && near(at.saturating_sub(1)) && near(at + 1) && near(at + 3);
            let mut c = one_form(*raw, within_number);
            if c == '"' {
                c = if open { '”' } else { '“' };
                open = !open;
            }
            marks.push(Mark { c, from: *from, to: from + raw.len_utf8(), inside: false });
        }
        set_apart(&mut marks);
        Self { text, marks }
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.marks.len()
    }

    /// The character of a place.
    pub(super) fn at(&self, place: usize) -> Option<char> {
        self.marks.get(place).map(|mark| mark.c)
    }

    /// The character of a place outside quotes and brackets.
    pub(super) fn open_at(&self, place: usize) -> Option<char> {
        self.marks.get(place).filter(|mark| !mark.inside).map(|mark| mark.c)
    }

    /// Whether a word starts at a place.
    pub(super) fn is_at(&self, place: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(step, c)| self.at(place + step) == Some(c))
    }

    /// Whether a word ends before a place, and not before `from`; where it starts.
    pub(super) fn ends(&self, from: usize, place: usize, word: &str) -> Option<usize> {
        let start = place.checked_sub(word.chars().count())?;
        (start >= from && self.is_at(start, word)).then_some(start)
    }

    /// The longest of the words that starts at a place.
    pub(super) fn longest<'w>(&self, place: usize, words: &[&'w str]) -> Option<&'w str> {
        words.iter().copied().filter(|word| self.is_at(place, word)).max_by_key(|word| word.len())
    }

    /// The longest of the words that ends before a place, with its start.
    pub(super) fn longest_before<'w>(&self, from: usize, place: usize, words: &[&'w str]) -> Option<(&'w str, usize)> {
        let ends = |word: &&'w str| self.ends(from, place, word).map(|start| (*word, start));
        words.iter().filter_map(ends).max_by_key(|(word, _)| word.len())
    }

    /// Where a word stands first between two places.
    pub(super) fn find(&self, from: usize, to: usize, word: &str) -> Option<usize> {
        let long = word.chars().count();
        (from..to).find(|place| place + long <= to && self.is_at(*place, word))
    }

    /// The characters between two places, white space left out.
    pub(super) fn words(&self, from: usize, to: usize) -> String {
        (from..to).filter_map(|place| self.at(place)).collect()
    }

    /// The text itself between two places.
    pub(super) fn phrase(&self, from: usize, to: usize) -> &'a str {
        let start = self.marks.get(from).map_or(0, |mark| mark.from);
        let end = to.checked_sub(1).and_then(|last| self.marks.get(last)).map_or(start, |mark| mark.to);
        self.text.get(start..end).unwrap_or_default()
    }
}

fn one_form(c: char, within_number: bool) -> char {
    match c {
        ',' | '，' if within_number => ',',
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        '!' => '！',
        '?' => '？',
        '％' => '%',
        '．' => '.',
        '≧' => '≥',
        '≦' => '≤',
        '＞' => '>',
        '＜' => '<',
        '＋' => '+',
        '－' | '–' | '—' | '～' => '-',
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => fold_key(c),
        _ => c,
    }
}

/// Marks what stands between quotes and brackets, the signs too.
fn set_apart(marks: &mut [Mark]) {
    let pairs = [('“', '”'), ('‘', '’'), ('《', '》'), ('（', '）'), ('「', '」'), ('〔', '〕')];
    let mut place = 0;
    while let Some(mark) = marks.get(place) {
        let close = pairs.iter().find(|(open, _)| *open == mark.c).and_then(|(_, close)| {
            let rest = marks.get(place..).unwrap_or_default();
            let until = rest.iter().take(LONGEST).take_while(|one| one.c != '。').position(|one| one.c == *close)?;
            Some(place + until)
        });
        match close {
            Some(last) => {
                for one in marks.iter_mut().take(last + 1).skip(place) {
                    one.inside = true;
                }
                place = last + 1;
            }
            None => place += 1,
        }
    }
}
