//! An index as bytes, and back: for a program that is started for one query, and would take longer to make it than to search it.
//!
//! Numbers are little-endian; a list is its length and its elements. Whoever keeps the bytes sees to it that they come back as they were and
//! belong to the document as it stands; what is no index all the same is refused.

use crate::model::{ItemKey, ListCode};

use super::Field;
use super::alphabet::{Alphabet, Letter};
use super::index::{Index, Item, Name, NameLetters, NameRef};
use super::number::Mark;

/// Of this form.
const FORM: &[u8; 8] = b"index 1\n";

const FIELDS: [Field; 3] = [Field::Leader, Field::LeadUnit, Field::CoopUnit];

impl Index {
    /// Its bytes; `None` where something is larger than they can say.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(self.letters.len() * 2 + self.items.len() * 16 + self.refs.len() * 4);
        out.extend_from_slice(FORM);
        text(&mut out, &self.alphabet.characters())?;
        length(&mut out, self.marks.len())?;
        for mark in &self.marks {
            out.extend_from_slice(&u32::from(mark.list.letter()).to_le_bytes());
            text(&mut out, &mark.mark)?;
        }
        length(&mut out, self.items.len())?;
        for item in &self.items {
            let ItemKey { list, chapter, no, sub } = item.key;
            out.push(u8::try_from(list.letter()).ok()?);
            for number in
                [chapter, no, sub, u16::try_from(item.text.len()).ok()?, u16::try_from(item.names.len()).ok()?]
            {
                out.extend_from_slice(&number.to_le_bytes());
            }
        }
        letters(&mut out, &self.letters)?;
        length(&mut out, self.refs.len())?;
        for NameRef { name, field } in &self.refs {
            let field = FIELDS.iter().position(|one| one == field).and_then(|at| u32::try_from(at).ok())?;
            let both = name.checked_mul(4)?.checked_add(field)?;
            out.extend_from_slice(&both.to_le_bytes());
        }
        length(&mut out, self.names.len())?;
        for name in &self.names {
            length(&mut out, name.spellings.len())?;
            for spelling in &name.spellings {
                length(&mut out, spelling.prefix)?;
                letters(&mut out, &spelling.letters)?;
            }
        }
        Some(out)
    }

    /// The index of bytes; `None` where they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Reading(bytes.strip_prefix(FORM)?);
        let alphabet = Alphabet::of(from.text()?);
        let marks =
            (0..from.length()?).map(|_| Some(Mark { list: from.list_code()?, mark: from.text()?.chars().collect() }));
        let marks = marks.collect::<Option<_>>()?;
        let (mut text, mut names) = (0, 0);
        let items = (0..from.length()?).map(|_| {
            let list = ListCode::new(char::from(*from.take(1)?.first()?))?;
            let [chapter, no, sub] = [from.short()?, from.short()?, from.short()?];
            let (text_end, names_end) = (text + usize::from(from.short()?), names + usize::from(from.short()?));
            let item = Item { key: ItemKey { list, chapter, no, sub }, text: text..text_end, names: names..names_end };
            (text, names) = (text_end, names_end);
            Some(item)
        });
        let items = items.collect::<Option<_>>()?;
        let letters = from.letters()?;
        let count = from.length()?;
        let (refs, rest) = from.take(count.checked_mul(4)?)?.as_chunks::<4>();
        let name_ref = |both: &[u8; 4]| {
            let both = u32::from_le_bytes(*both);
            Some(NameRef { name: both / 4, field: *FIELDS.get(usize::try_from(both % 4).ok()?)? })
        };
        let refs = refs.iter().map(name_ref).collect::<Option<Vec<_>>>()?;
        let spelling = |from: &mut Reading| Some(NameLetters { prefix: from.length()?, letters: from.letters()? });
        let known = (0..from.length()?).map(|_| {
            let spellings = (0..from.length()?).map(|_| spelling(&mut from)).collect::<Option<_>>()?;
            Some(Name { spellings })
        });
        let known: Vec<Name> = known.collect::<Option<_>>()?;
        let whole = rest.is_empty() && from.0.is_empty() && (letters.len(), refs.len()) == (text, names);
        whole.then_some(Self { alphabet, marks, items, letters, refs, names: known })
    }
}

fn length(out: &mut Vec<u8>, length: usize) -> Option<()> {
    out.extend_from_slice(&u32::try_from(length).ok()?.to_le_bytes());
    Some(())
}

fn text(out: &mut Vec<u8>, text: &[char]) -> Option<()> {
    let text: String = text.iter().collect();
    length(out, text.len())?;
    out.extend_from_slice(text.as_bytes());
    Some(())
}

fn letters(out: &mut Vec<u8>, letters: &[Letter]) -> Option<()> {
    length(out, letters.len())?;
    out.extend(letters.iter().flat_map(|letter| letter.to_le_bytes()));
    Some(())
}

/// What is still to be read.
struct Reading<'a>(&'a [u8]);

impl<'a> Reading<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn short(&mut self) -> Option<u16> {
        self.take(2)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn list_code(&mut self) -> Option<ListCode> {
        char::from_u32(self.number()?).and_then(ListCode::new)
    }

    fn text(&mut self) -> Option<&'a str> {
        let count = self.length()?;
        std::str::from_utf8(self.take(count)?).ok()
    }

    fn letters(&mut self) -> Option<Vec<Letter>> {
        let count = self.length()?;
        let (letters, _) = self.take(count.checked_mul(2)?)?.as_chunks::<2>();
        Some(letters.iter().map(|letter| Letter::from_le_bytes(*letter)).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::town;
    use super::super::{Finder, Index};

    #[test]
    fn an_index_read_back_finds_the_same() {
        let index = town();
        let bytes = index.to_bytes().unwrap();
        let again = Index::from_bytes(&bytes).unwrap();
        assert_eq!(again.to_bytes().unwrap(), bytes);
        let (mut one, mut other) = (Finder::new(index), Finder::new(Arc::new(again)));
        for query in ["", "czj", "caizheng", "市czj", "48", "T1", "省1", "a", "充电桩", "县", "zh s"] {
            assert_eq!(one.find(query), other.find(query), "{query}");
        }
    }

    #[test]
    fn what_is_no_index_is_refused() {
        let bytes = town().to_bytes().unwrap();
        for len in 0..bytes.len() {
            assert!(Index::from_bytes(bytes.get(..len).unwrap()).is_none(), "cut at {len}");
        }
        assert!(Index::from_bytes(&[&bytes[..], b"\0"].concat()).is_none());
        // Flipped bits are for whoever keeps it to notice; here they only must not hurt.
        for at in 0..bytes.len() {
            let mut spoilt = bytes.clone();
            spoilt[at] ^= 1 << (at % 8);
            if let Some(index) = Index::from_bytes(&spoilt) {
                Finder::new(Arc::new(index)).find("czj 4");
            }
        }
    }
}
