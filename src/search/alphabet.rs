//! The different characters of the indexed texts, numbered: some thousands, however many texts there are.

use super::spelling::{Spelling, is_skipped};

/// A character's number in an alphabet; 0 separates the parts of a text and matches nothing.
pub(super) type Letter = u16;

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

    /// Appends a text's letters; a newline separates parts.
    pub(super) fn encode(&mut self, text: &str, into: &mut Vec<Letter>) {
        into.extend(text.chars().filter(|&c| !is_skipped(c)).map(|c| self.letter(c)));
    }

    /// The letter of a character, which is learnt where it is new. Characters beyond 65,535 different ones match nothing.
    pub(super) fn letter(&mut self, c: char) -> Letter {
        if c == '\n' {
            return 0;
        }
        let known = match self.basic.get(c as usize) {
            Some(&letter) => letter,
            None => self.rare.iter().find(|(rare, _)| *rare == c).map_or(0, |(_, letter)| *letter),
        };
        if known == 0 { self.learn(c) } else { known }
    }

    fn learn(&mut self, c: char) -> Letter {
        let Ok(letter) = Letter::try_from(self.spellings.len()) else { return 0 };
        self.spellings.push(Spelling::of(c));
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
