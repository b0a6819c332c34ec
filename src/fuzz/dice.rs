//! Changed inputs, each from a number.

use super::package::{Part, package, parts};

/// A generator of numbers that is the same everywhere.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }
}

/// One of a corpus.
pub(super) struct Original {
    pub(super) bytes: Vec<u8>,
    /// Of a package; else none.
    pub(super) parts: Vec<Part>,
}

impl Original {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let parts = if bytes.starts_with(b"PK") { parts(bytes) } else { Vec::new() };
        Self { bytes: bytes.to_vec(), parts }
    }
}

/// Bytes that are off by one somewhere: lengths, tags, ends of ranges.
const EDGES: [u8; 10] = [0, 1, 2, 0x7F, 0x80, 0xFA, 0xFB, 0xFC, 0xFD, 0xFF];

/// One of a corpus, changed in a few places; of a package (zip) mostly within one of its parts, so that its checksums are right.
pub(super) fn mutation(corpus: &[Original], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    let original = &corpus[dice.below(corpus.len())];
    // Now and then as it is: what has to be taken is.
    if dice.below(64) == 0 {
        return original.bytes.clone();
    }
    if !original.parts.is_empty() && dice.below(4) > 0 {
        let mut parts = original.parts.clone();
        for _ in 0..=dice.below(2) {
            let at = dice.below(parts.len());
            if dice.below(30) == 0 && parts.len() > 1 {
                parts.remove(at);
            } else {
                parts[at].1 = mutated(&parts[at].1, corpus, words, dice);
            }
        }
        return package(&parts);
    }
    mutated(&original.bytes, corpus, words, dice)
}

fn mutated(bytes: &[u8], corpus: &[Original], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let word = |dice: &mut Dice| words.get(dice.below(words.len())).copied().unwrap_or_default().as_bytes();
    for _ in 0..=dice.below(5) {
        let at = dice.below(out.len() + 1);
        let to = (at + dice.below(40)).min(out.len());
        match dice.below(10) {
            0 if dice.below(4) == 0 => out.truncate(at),
            1 => drop(out.drain(at..to)),
            2 => drop(out.splice(at..at, out[at..to].to_vec())),
            3 => drop(out.splice(at..to, word(dice).iter().copied())),
            4 | 5 => drop(out.splice(at..at, word(dice).iter().copied())),
            6 if at < out.len() => out[at] = EDGES[dice.below(EDGES.len())],
            7 if at < out.len() => out[at] = dice.next().to_le_bytes()[0],
            8 if at < out.len() => out[at] ^= 1 << dice.below(8),
            _ => {
                // A piece of another one of the corpus.
                let other = &corpus[dice.below(corpus.len())].bytes;
                let from = dice.below(other.len() + 1);
                let piece = other[from..(from + dice.below(120)).min(other.len())].to_vec();
                drop(out.splice(at..at, piece));
            }
        }
    }
    out
}
