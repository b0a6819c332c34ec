//! Answering queries as they are typed.

use std::sync::Arc;
use std::thread;

use super::index::{Index, Item, Name};
use super::matcher::{Class, Matcher};
use super::number::{Fit, Number};
use super::query::{Word, narrows, words};
use super::{Field, Hit};

/// With more items to look at than this, the work is shared among threads.
const SHARED_FROM: usize = 4_000;
/// More threads than this gain nothing.
const MAX_THREADS: usize = 4;

/// Finds items, and remembers the last hits: when the query grows, only they are looked at.
#[derive(Debug)]
pub struct Finder {
    index: Arc<Index>,
    words: Vec<Word>,
    hits: Vec<Hit>,
    /// The places of the hits in the index, in index order.
    found: Vec<u32>,
}

impl Finder {
    /// A finder over an index; before the first query it has found nothing.
    pub fn new(index: Arc<Index>) -> Self {
        Self { index, words: Vec::new(), hits: Vec::new(), found: Vec::new() }
    }

    /// The items in which every word of the query is found, best first, else in order of the document. An empty query
    /// finds everything.
    pub fn find(&mut self, query: &str) -> &[Hit] {
        let words = words(query);
        let candidates = if words == self.words && !words.is_empty() {
            return &self.hits;
        } else if narrows(&self.words, &words) {
            std::mem::take(&mut self.found)
        } else {
            (0..u32::try_from(self.index.items.len()).unwrap_or(u32::MAX)).collect()
        };
        let asked: Vec<Asked> = words.iter().map(|word| Asked::new(word, &self.index)).collect();
        let scored = score_all(&self.index, &asked, &candidates);
        self.found = scored.iter().map(|(place, _)| *place).collect();
        self.hits = best_first(scored.into_iter().map(|(_, hit)| hit).collect());
        self.words = words;
        &self.hits
    }
}

/// A word made ready: what it finds among names is known beforehand, for they are few.
struct Asked {
    matcher: Matcher,
    number: Option<Number>,
    /// By name: the score in the best role, if the word is in it.
    names: Vec<Option<u16>>,
}

/// Scores; smaller is better. Names lie between, in steps of a role each.
const NUMBER: u16 = 0;
const NAMES: u16 = 1;
const NUMBER_PART: u16 = 20;
const TEXT: u16 = 21;

impl Asked {
    fn new(word: &Word, index: &Index) -> Self {
        let matcher = Matcher::new(word, index.alphabet.spellings());
        let in_name = |name: &Name| {
            let spellings = name.spellings.iter();
            spellings.filter_map(|name| matcher.in_name(&name.letters, name.prefix)).map(name_score).min()
        };
        let names = index.names.iter().map(in_name).collect();
        Self { number: Number::of(word, &index.marks), names, matcher }
    }

    /// The best score of the word in an item.
    fn score(&self, index: &Index, item: &Item) -> Option<(u16, Field)> {
        let number = self.number.as_ref().and_then(|number| number.fit(item.key));
        if number == Some(Fit::Exact) {
            return Some((NUMBER, Field::Number));
        }
        let name = index
            .names_of(item)
            .iter()
            .filter_map(|name| {
                let score = self.names.get(usize::try_from(name.name).ok()?).copied().flatten()?;
                Some((score + role(name.field), name.field))
            })
            .min();
        if name.is_some() {
            return name;
        }
        if number == Some(Fit::Part) {
            return Some((NUMBER_PART, Field::NumberPart));
        }
        let class = self.matcher.in_text(index.text(item))?;
        Some((TEXT + class_rank(class), Field::Text))
    }
}

fn name_score((class, reaches_an_end): (Class, bool)) -> u16 {
    NAMES + class_rank(class) * 6 + if reaches_an_end { 0 } else { 3 }
}

const fn class_rank(class: Class) -> u16 {
    match class {
        Class::Literal => 0,
        Class::Pinyin => 1,
        Class::Initials => 2,
    }
}

const fn role(field: Field) -> u16 {
    match field {
        Field::LeadUnit => 1,
        Field::CoopUnit => 2,
        _ => 0,
    }
}

fn score_all(index: &Index, asked: &[Asked], candidates: &[u32]) -> Vec<(u32, Hit)> {
    let threads = if candidates.len() < SHARED_FROM {
        1
    } else {
        thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS)
    };
    let share = candidates.len().div_ceil(threads).max(1);
    let mut shares = candidates.chunks(share);
    let first = shares.next().unwrap_or_default();
    thread::scope(|scope| {
        let others: Vec<_> = shares.map(|share| scope.spawn(move || score_some(index, asked, share))).collect();
        let mut scored = score_some(index, asked, first);
        for other in others {
            match other.join() {
                Ok(more) => scored.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        scored
    })
}

fn score_some(index: &Index, asked: &[Asked], candidates: &[u32]) -> Vec<(u32, Hit)> {
    let mut scored = Vec::new();
    for &place in candidates {
        let Some(item) = usize::try_from(place).ok().and_then(|place| index.items.get(place)) else { continue };
        scored.extend(score(index, asked, item).map(|hit| (place, hit)));
    }
    scored
}

fn score(index: &Index, asked: &[Asked], item: &Item) -> Option<Hit> {
    let mut total = 0;
    let mut best = None;
    for word in asked {
        let found = word.score(index, item)?;
        total = u16::saturating_add(total, found.0);
        best = Some(best.map_or(found, |best: (u16, Field)| best.min(found)));
    }
    Some(Hit { item: item.key, field: best.map_or(Field::Text, |(_, field)| field), score: total })
}

/// Sorted by score, equal scores in the order they came: counted, for scores are small and hits may be many.
fn best_first(hits: Vec<Hit>) -> Vec<Hit> {
    let worst = hits.iter().map(|hit| hit.score).max().unwrap_or(0);
    if hits.iter().all(|hit| hit.score == worst) {
        return hits;
    }
    let mut buckets: Vec<Vec<Hit>> = vec![Vec::new(); usize::from(worst) + 1];
    for hit in hits {
        if let Some(bucket) = buckets.get_mut(usize::from(hit.score)) {
            bucket.push(hit);
        }
    }
    buckets.concat()
}
