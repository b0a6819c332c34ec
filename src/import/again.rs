//! Which items of a reading are which items of an earlier one: by key and text, whatever their numbers are now.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Book, ItemKey, Ledger, ListCode, QuotaRow, Record, Task};
use crate::text::{Pairs, fold_key};

use super::reading::Reading;

/// Texts that share fewer pairs of characters than this, in percent, are not one item under one number.
const SAME_NUMBER: u8 = 40;
/// And under another number.
const OTHER_NUMBER: u8 = 65;
/// What the same number counts for beside the text, in percent.
const FOR_THE_NUMBER: u16 = 15;
/// More comparisons than this are not made: then only the same number makes an item the same.
const COMPARISONS: usize = 4_000_000;
/// From this many items on both sides, a document that shares next to nothing with the earlier one is another document.
const ENOUGH: usize = 5;

/// A reading beside what a ledger holds of the same document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Of each item of the reading that the ledger knows: its key there.
    pub(super) was: BTreeMap<ItemKey, ItemKey>,
    /// The items that the reading does not have any more, with the key under which they are kept from now on.
    pub(super) dropped: Vec<(ItemKey, ItemKey)>,
    /// How many items the ledger lists.
    pub(super) before: usize,
    /// How many items the reading has.
    pub(super) now: usize,
}

/// An item while it is compared.
struct Piece {
    key: ItemKey,
    text: String,
}

impl Piece {
    fn task(task: &Task) -> Self {
        Self { key: task.key, text: squeezed(&task.text) }
    }

    fn row(row: &QuotaRow) -> Self {
        Self { key: row.key, text: squeezed(&row.title()) }
    }
}

impl Again {
    /// Compares a reading with what a ledger holds.
    pub(super) fn of(reading: &Reading, ledger: &Ledger) -> Self {
        let (mut tasks, mut rows) = (Vec::new(), Vec::new());
        let (mut gone_tasks, mut gone_rows) = (Vec::new(), Vec::new());
        let mut last = 0;
        if let Some(book) = Book::open(ledger, &reading.document.id) {
            tasks = book.tasks().map(Piece::task).collect();
            rows = book.rows().into_iter().map(Piece::row).collect();
            for key in book.dropped() {
                last = last.max(key.no);
                gone_tasks.extend(book.task(key).map(Piece::task));
                gone_rows.extend(book.row(key).map(Piece::row));
            }
        }
        let new_tasks: Vec<Piece> = reading.tasks.iter().map(Piece::task).collect();
        let new_rows: Vec<Piece> = reading.rows.iter().map(Piece::row).collect();
        let mut was = BTreeMap::new();
        matched(&tasks, &gone_tasks, &new_tasks, &mut was);
        matched(&rows, &gone_rows, &new_rows, &mut was);
        let known: BTreeSet<ItemKey> = was.values().copied().collect();
        let missing = tasks.iter().chain(&rows).map(|piece| piece.key).filter(|key| !known.contains(key));
        let numbers = (last..u16::MAX).map(|no| no + 1);
        let kept = |(key, no): (ItemKey, u16)| (key, ItemKey { list: ListCode::DROPPED, chapter: 0, no, sub: 0 });
        Self {
            dropped: missing.zip(numbers).map(kept).collect(),
            was,
            before: tasks.len() + rows.len(),
            now: new_tasks.len() + new_rows.len(),
        }
    }

    /// Every item whose key changes: from, to. What goes comes after what moves.
    pub(super) fn moves(&self) -> impl Iterator<Item = (ItemKey, ItemKey)> {
        let moved = self.was.iter().filter(|(key, was)| key != was).map(|(key, was)| (*was, *key));
        moved.chain(self.dropped.iter().copied())
    }

    /// Whether this is another document that only goes by the same name: hardly an item of one is in the other.
    pub fn is_another(&self) -> bool {
        let least = self.before.min(self.now);
        let common = self.was.values().filter(|was| !was.is_dropped()).count();
        least >= ENOUGH && common * 5 < least
    }

    /// How many items the reading shares with the ledger's lists, and how many those hold.
    pub fn common(&self) -> (usize, usize) {
        (self.was.values().filter(|was| !was.is_dropped()).count(), self.before)
    }
}

/// Finds for every new piece the old one that it is, the surest first: the same text under the same number, the same text,
/// much the same text. What was dropped may come back by its text.
fn matched(old: &[Piece], gone: &[Piece], new: &[Piece], was: &mut BTreeMap<ItemKey, ItemKey>) {
    let mut free_old: Vec<&Piece> = old.iter().collect();
    let mut free_new: Vec<&Piece> = new.iter().collect();
    let by_key: HashMap<ItemKey, &str> = old.iter().map(|piece| (piece.key, piece.text.as_str())).collect();
    let mut pair = |one: &Piece, other: &Piece| {
        was.insert(one.key, other.key);
    };
    let same = |piece: &&Piece| by_key.get(&piece.key).is_some_and(|text| *text == piece.text);
    for piece in free_new.iter().filter(|piece| same(piece)) {
        pair(piece, piece);
    }
    let settled: BTreeSet<ItemKey> = free_new.iter().filter(|piece| same(piece)).map(|piece| piece.key).collect();
    free_new.retain(|piece| !settled.contains(&piece.key));
    free_old.retain(|piece| !settled.contains(&piece.key));
    for pool in [&mut free_old, &mut gone.iter().collect()] {
        // The same text several times: in the order of the numbers.
        let mut by_text: HashMap<&str, std::collections::VecDeque<ItemKey>> = HashMap::new();
        for piece in pool.iter().filter(|piece| !piece.text.is_empty()) {
            by_text.entry(&piece.text).or_default().push_back(piece.key);
        }
        let mut taken = BTreeSet::new();
        free_new.retain(|piece| {
            match by_text.get_mut(piece.text.as_str()).and_then(std::collections::VecDeque::pop_front) {
                Some(key) => {
                    was.insert(piece.key, key);
                    taken.insert(key);
                    false
                }
                None => true,
            }
        });
        pool.retain(|piece| !taken.contains(&piece.key));
    }
    alike(&free_old, &free_new, was);
}

/// Pairs what is left by how alike the texts are.
fn alike(old: &[&Piece], new: &[&Piece], was: &mut BTreeMap<ItemKey, ItemKey>) {
    let pairs = |pieces: &[&Piece]| -> Vec<(ItemKey, Pairs)> {
        pieces.iter().map(|piece| (piece.key, Pairs::of(&piece.text))).collect()
    };
    let (old, new) = (pairs(old), pairs(new));
    let near = old.len().saturating_mul(new.len()) > COMPARISONS;
    let by_key: HashMap<ItemKey, &Pairs> = old.iter().map(|(key, text)| (*key, text)).collect();
    let mut found: Vec<(u16, ItemKey, ItemKey)> = Vec::new();
    for (key, text) in &new {
        let mut consider = |other: ItemKey, theirs: &Pairs| {
            let same = other == *key;
            let percent = text.alike(theirs);
            if percent >= if same { SAME_NUMBER } else { OTHER_NUMBER } {
                found.push((u16::from(percent) + if same { FOR_THE_NUMBER } else { 0 }, *key, other));
            }
        };
        if near {
            if let Some(theirs) = by_key.get(key) {
                consider(*key, theirs);
            }
        } else {
            for (other, theirs) in &old {
                consider(*other, theirs);
            }
        }
    }
    found.sort_by_key(|(score, key, other)| (std::cmp::Reverse(*score), *key, *other));
    let mut taken = BTreeSet::new();
    for (_, key, other) in found {
        if !was.contains_key(&key) && taken.insert(other) {
            was.insert(key, other);
        }
    }
}

/// A text as far as it counts: without white space, whatever the width of its characters.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(fold_key).collect()
}

/// An item before and after a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAgain {
    /// Its key: as read now; of one that goes, as it was.
    pub key: ItemKey,
    /// Its key before; `None`: it is new.
    pub was: Option<ItemKey>,
    /// What the ledger held.
    pub old: Option<Record>,
    /// What it holds once the reading is written; `None`: it goes.
    pub new: Option<Record>,
}
