//! A query's words, in the form in which they are compared.

use unicode_normalization::UnicodeNormalization;

use super::spelling::key_form;
use crate::text::sanitise::is_unwanted;

/// A word longer than this is compared by its beginning (a set of positions fits in 64 bits).
pub(super) const MAX_WORD: usize = 63;

/// One word; every word has to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word(pub(super) Vec<char>);

impl Word {
    /// A single letter. It finds names by pinyin but not texts: nearly every text has such a character.
    pub(super) fn is_single_letter(&self) -> bool {
        matches!(self.0.as_slice(), [c] if c.is_ascii_lowercase())
    }

    /// Whether any of it may be pinyin.
    pub(super) fn has_letters(&self) -> bool {
        self.0.iter().any(char::is_ascii_lowercase)
    }
}

/// The words of a query: compatibility form, lower case, split at spaces; `xi'an` is `xian`.
pub(super) fn words(query: &str) -> Vec<Word> {
    let mut words = vec![Word(Vec::new())];
    for c in key_form(query.chars().filter(|&c| c.is_whitespace() || !is_unwanted(c)).nfkc()) {
        let Some(Word(word)) = words.last_mut() else { break };
        if c.is_whitespace() {
            if !word.is_empty() {
                words.push(Word(Vec::new()));
            }
        } else if matches!(c, '\'' | '’') && word.last().is_some_and(char::is_ascii_lowercase) {
            // The mark between two syllables.
        } else if word.len() < MAX_WORD {
            word.push(c);
        }
    }
    words.retain(|word| !word.0.is_empty());
    words
}

/// Whether everything that `new` finds was found by `old` already: words have grown or were added.
pub(super) fn narrows(old: &[Word], new: &[Word]) -> bool {
    !old.is_empty()
        && old.len() <= new.len()
        && old.iter().zip(new).all(|(old, new)| old == new || (new.0.starts_with(&old.0) && !old.is_single_letter()))
}

#[cfg(test)]
mod tests {
    use super::{narrows, words};

    fn text(query: &str) -> Vec<String> {
        words(query).iter().map(|word| word.0.iter().collect()).collect()
    }

    #[test]
    fn widths_cases_and_spaces_do_not_matter() {
        assert_eq!(text("　Ｔ４８　 市CZJ "), ["t48", "市czj"]);
        assert_eq!(text("xi'an LÜ\u{200b}"), ["xian", "lv"]);
        assert!(text(" \u{3000}\n").is_empty());
    }

    #[test]
    fn grown_and_added_words_narrow() {
        assert!(narrows(&words("cz"), &words("czj")));
        assert!(narrows(&words("cz"), &words("cz 48")));
        assert!(narrows(&words("市"), &words("市c")));
        assert!(narrows(&words("c"), &words("c d")));
        assert!(!narrows(&words("c"), &words("cz")));
        assert!(!narrows(&words("czj"), &words("cz")));
        assert!(!narrows(&words(""), &words("cz")));
    }
}
