//! The different characters of the indexed texts, numbered: some thousands, however many texts there are.

use super::spelling::{Spelling, is_skipped};

/// A character's number in an alphabet; 0 separates the parts of a text and matches nothing.
pub(super) type Letter = u16;

/// Stands in the table for characters that do not count.
const SKIPPED: Letter = Letter::MAX;

/// Numbers for characters, and how each can be typed.
#[derive(Debug)]
pub(super) struct Alphabet {
    /// By code point of the basic plane; 0 where the character has not been seen.
    basic: Vec<Letter>,
    /// The others, few.
    rare: Vec<(char, Letter)>,
    spellings: Vec<Spelling>,
}

impl Alphabet {
    pub(super) fn new() -> Self {
        Self { basic: vec![0; 0x1_0000], rare: Vec::new(), spellings: vec![Spelling::default()] }
    }

    /// An alphabet of these characters, numbered in their order.
    pub(super) fn of(characters: &str) -> Self {
        let mut alphabet = Self::new();
        for c in characters.chars() {
            alphabet.learn(c);
        }
        alphabet
    }

    /// The characters in the order of their numbers.
    pub(super) fn characters(&self) -> Vec<char> {
        let basic = (0u32..).zip(&self.basic).filter_map(|(c, letter)| Some((*letter, char::from_u32(c)?)));
        let rare = self.rare.iter().map(|(c, letter)| (*letter, *c));
        let mut known: Vec<(Letter, char)> =
            basic.chain(rare).filter(|(letter, _)| *letter != 0 && *letter != SKIPPED).collect();
        known.sort_unstable();
        known.into_iter().map(|(_, c)| c).collect()
    }

    /// Appends a text's letters; a newline separates parts, spaces are left out.
    pub(super) fn encode(&mut self, text: &str, into: &mut Vec<Letter>) {
        into.extend(text.chars().map(|c| self.letter(c)).filter(|&letter| letter != SKIPPED));
    }

    /// The letter of a character, which is learnt where it is new. Characters beyond 65,534 different ones match nothing.
    fn letter(&mut self, c: char) -> Letter {
        let known = match self.basic.get(c as usize) {
            Some(&letter) => letter,
            None => self.rare.iter().find(|(rare, _)| *rare == c).map_or(0, |(_, letter)| *letter),
        };
        match (known, c) {
            (0, '\n') => 0,
            (0, c) => self.learn(c),
            (letter, _) => letter,
        }
    }

    fn learn(&mut self, c: char) -> Letter {
        let letter = if is_skipped(c) {
            SKIPPED
        } else {
            let Some(letter) = Letter::try_from(self.spellings.len()).ok().filter(|&letter| letter != SKIPPED) else {
                return 0;
            };
            self.spellings.push(Spelling::of(c));
            letter
        };
        match self.basic.get_mut(c as usize) {
            Some(place) => *place = letter,
            None => self.rare.push((c, letter)),
        }
        letter
    }

    /// How each letter is typed, in order of the letters.
    pub(super) fn spellings(&self) -> &[Spelling] {
        &self.spellings
    }
}
