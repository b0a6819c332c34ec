//! One word against many texts.
//!
//! For each letter of the alphabet the word is asked once at which of its positions the letter could be typed, and how far
//! that leads. A text is then read letter by letter with a set of positions reached (a bit each): reading on from a
//! letter that can begin the word, until no position is left.

use super::alphabet::Letter;
use super::query::Word;
use super::spelling::Spelling;

/// How a word was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// As written.
    Literal,
    /// With pinyin readings in full; the last may be unfinished after two letters.
    Pinyin,
    /// With first letters.
    Initials,
}

impl Class {
    pub(super) const ALL: [Self; 3] = [Self::Literal, Self::Pinyin, Self::Initials];
}

/// Where matches that begin at one letter end, for each class: after how many letters, the shortest.
pub(super) type Ends = [Option<usize>; 3];

/// Positions of the word from which one letter leads on, as bits.
#[derive(Debug, Clone, Default)]
struct Moves {
    /// By one position, for each class.
    one: [u64; 3],
    /// By several: (how many, positions, whether literally).
    several: Vec<(usize, u64, bool)>,
    /// To the end, for each class: the rest of the word is the beginning of what is typed for the letter; of a reading,
    /// two letters or more.
    finish: [u64; 3],
}

impl Moves {
    fn of(spelling: &Spelling, word: &[char]) -> Self {
        let mut moves = Self::default();
        for at in 0..word.len() {
            let bit = 1 << at;
            let rest = word.get(at..).unwrap_or_default();
            if !spelling.literal.is_empty() && rest.starts_with(&spelling.literal) {
                moves.step(spelling.literal.len(), bit, true);
            } else if spelling.literal.starts_with(rest) {
                moves.finish = moves.finish.map(|mask| mask | bit);
            }
            for reading in &spelling.readings {
                if rest.starts_with(reading) {
                    moves.step(reading.len(), bit, false);
                } else if rest.len() > 1 && reading.starts_with(rest) {
                    moves.finish[1] |= bit;
                    moves.finish[2] |= bit;
                }
                if rest.first() == reading.first() {
                    moves.one[2] |= bit;
                }
            }
        }
        moves
    }

    fn step(&mut self, by: usize, bit: u64, literal: bool) {
        if by == 1 {
            for (class, mask) in self.one.iter_mut().enumerate() {
                if literal || class > 0 {
                    *mask |= bit;
                }
            }
        } else if let Some(same) = self.several.iter_mut().find(|(len, _, lit)| (*len, *lit) == (by, literal)) {
            same.1 |= bit;
        } else {
            self.several.push((by, bit, literal));
        }
    }

    fn begins(&self) -> bool {
        (self.one[2] | self.finish[2]) & 1 != 0 || self.several.iter().any(|(_, mask, _)| mask & 1 != 0)
    }

    fn is_none(&self) -> bool {
        self.one[2] | self.finish[2] == 0 && self.several.is_empty()
    }

    /// The positions reached from `reached`, for each class.
    fn follow(&self, reached: [u64; 3]) -> [u64; 3] {
        let [literal, pinyin, initials] = reached;
        let mut next = [(literal & self.one[0]) << 1, (pinyin & self.one[1]) << 1, (initials & self.one[2]) << 1];
        for &(by, mask, is_literal) in &self.several {
            if is_literal {
                next[0] |= (literal & mask) << by;
            }
            next[1] |= (pinyin & mask) << by;
            next[2] |= (initials & mask) << by;
        }
        next
    }

    /// Whether the word ends here, unfinished, from the positions in `reached`.
    fn finished(&self, reached: [u64; 3]) -> [bool; 3] {
        let [literal, pinyin, initials] = self.finish;
        [reached[0] & literal != 0, reached[1] & pinyin != 0, reached[2] & initials != 0]
    }
}

/// A word made ready for one alphabet.
#[derive(Debug)]
pub(super) struct Matcher {
    /// By letter: whether it can begin the word.
    begins: Vec<bool>,
    /// By letter: place in `moves`, 0 for none.
    place: Vec<u16>,
    moves: Vec<Moves>,
    /// The bit of the word's end.
    goal: u64,
    /// Texts are searched for the word as written only.
    literal_texts: bool,
}

impl Matcher {
    pub(super) fn new(word: &Word, spellings: &[Spelling]) -> Self {
        let mut matcher = Self {
            begins: Vec::with_capacity(spellings.len()),
            place: Vec::with_capacity(spellings.len()),
            moves: vec![Moves::default()],
            goal: 1 << word.0.len(),
            literal_texts: word.is_single_letter(),
        };
        for spelling in spellings {
            let moves = Moves::of(spelling, &word.0);
            matcher.begins.push(moves.begins());
            matcher.place.push(if moves.is_none() { 0 } else { u16::try_from(matcher.moves.len()).unwrap_or(0) });
            if !moves.is_none() {
                matcher.moves.push(moves);
            }
        }
        matcher
    }

    /// The best way in which a text has the word; single letters only as written.
    pub(super) fn in_text(&self, text: &[Letter]) -> Option<Class> {
        let mut best: Option<Class> = None;
        for (at, &letter) in text.iter().enumerate() {
            if !self.can_begin(letter) {
                continue;
            }
            let ends = self.ends(text.get(at..).unwrap_or_default());
            let class = Class::ALL.into_iter().zip(ends).find_map(|(class, end)| end.map(|_| class));
            match class {
                Some(Class::Literal) => return class,
                Some(class) if !self.literal_texts && best.is_none_or(|best| class < best) => best = Some(class),
                _ => {}
            }
        }
        best
    }

    /// The best way in which a name has the word, and whether the match reaches one of its ends; a `prefix` of so many
    /// letters may stand before it.
    pub(super) fn in_name(&self, name: &[Letter], prefix: usize) -> Option<(Class, bool)> {
        let mut best: Option<(Class, bool)> = None;
        for (at, ends) in self.matches(name) {
            for (class, end) in Class::ALL.into_iter().zip(ends) {
                let Some(end) = end else { continue };
                let found = (class, at <= prefix || at + end == name.len());
                let better = |best: (Class, bool)| (found.0, !found.1) < (best.0, !best.1);
                if best.is_none_or(better) {
                    best = Some(found);
                }
            }
        }
        best
    }

    /// Every place where the word begins, with its ends.
    pub(super) fn matches<'a>(&'a self, text: &'a [Letter]) -> impl Iterator<Item = (usize, Ends)> + 'a {
        text.iter().enumerate().filter(|(_, letter)| self.can_begin(**letter)).filter_map(|(at, _)| {
            let ends = self.ends(text.get(at..).unwrap_or_default());
            (ends != [None; 3]).then_some((at, ends))
        })
    }

    fn can_begin(&self, letter: Letter) -> bool {
        self.begins.get(usize::from(letter)).copied().unwrap_or(false)
    }

    /// Reads on from the first letter of `text`.
    fn ends(&self, text: &[Letter]) -> Ends {
        let mut ends = [None; 3];
        let mut reached = [1; 3];
        for (at, &letter) in text.iter().enumerate() {
            let place = self.place.get(usize::from(letter)).copied().unwrap_or(0);
            let Some(moves) = self.moves.get(usize::from(place)).filter(|_| place > 0) else { break };
            let next = moves.follow(reached);
            let finished = moves.finished(reached);
            for ((end, next), finished) in ends.iter_mut().zip(next).zip(finished) {
                if end.is_none() && (finished || next & self.goal != 0) {
                    *end = Some(at + 1);
                }
            }
            reached = next;
            if reached[2] == 0 {
                break;
            }
        }
        ends
    }
}
