//! What is searched: items with their names and texts, in letters.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use std::thread;

use crate::model::{Aliases, Book, ItemKey, Office, Quota, QuotaRow, Successions, Task};

use super::Field;
use super::alphabet::{Alphabet, Letter};
use super::number::Mark;
use super::spelling::key_form;

/// With more items than this, the work is shared between two threads.
const SHARED_FROM: usize = 4_000;

/// The searchable state of one document. Made once for each state of the ledger; shared.
#[derive(Debug)]
pub struct Index {
    pub(super) alphabet: Alphabet,
    pub(super) marks: Vec<Mark>,
    pub(super) items: Vec<Item>,
    /// The texts of all items, one behind the other.
    pub(super) letters: Vec<Letter>,
    /// The names of all items, one behind the other.
    pub(super) refs: Vec<NameRef>,
    /// Each different leader and unit once, with every spelling it is known by.
    pub(super) names: Vec<Name>,
}

/// One task or row.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) key: ItemKey,
    pub(super) text: Range<usize>,
    pub(super) names: Range<usize>,
}

/// A leader or unit.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) spellings: Vec<NameLetters>,
}

/// One spelling of a name.
#[derive(Debug)]
pub(super) struct NameLetters {
    pub(super) letters: Vec<Letter>,
    /// How many letters stand before what people call it by: 市 in 市财政局.
    pub(super) prefix: usize,
}

/// A name's part in an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameRef {
    /// Its place in [`Index::names`].
    pub(super) name: u32,
    pub(super) field: Field,
}

impl Index {
    /// The index of a document: tasks in order of their keys, then rows in printed order.
    pub fn of(book: &Book) -> Self {
        let printed: Vec<Printed> =
            book.tasks().map(Printed::task).chain(book.rows().into_iter().map(Printed::row)).collect();
        let mark = |text: &str| key_form(text.chars()).collect();
        let lists = &book.document().lists;
        let marks = lists.iter().map(|list| Mark { list: list.code, mark: mark(&list.mark) }).collect();
        let mut alphabet = Alphabet::new();
        // Texts and names have nothing to do with each other until the names are put in letters, and those are few.
        let (texts, names) = if printed.len() < SHARED_FROM {
            (Texts::of(&printed, &mut alphabet), Names::of(&printed, book))
        } else {
            thread::scope(|scope| {
                let names = scope.spawn(|| Names::of(&printed, book));
                let texts = Texts::of(&printed, &mut alphabet);
                (texts, names.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            })
        };
        let items = printed
            .iter()
            .zip(texts.ranges)
            .zip(names.ranges)
            .map(|((printed, text), names)| Item { key: printed.key, text, names })
            .collect();
        let mut in_letters = |spelling: &Arc<str>| {
            let mut letters = Vec::new();
            alphabet.encode(spelling, &mut letters);
            NameLetters { letters, prefix: usize::from(spelling.starts_with(['省', '市', '县', '区'])) }
        };
        let names_of = |spellings: Vec<Arc<str>>| Name { spellings: spellings.iter().map(&mut in_letters).collect() };
        let all = names.spellings.into_iter().map(names_of).collect();
        Self { alphabet, marks, items, letters: texts.letters, refs: names.refs, names: all }
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn text(&self, item: &Item) -> &[Letter] {
        self.letters.get(item.text.clone()).unwrap_or_default()
    }

    pub(super) fn names_of(&self, item: &Item) -> &[NameRef] {
        self.refs.get(item.names.clone()).unwrap_or_default()
    }
}

/// What is indexed of a task or row.
struct Printed<'a> {
    key: ItemKey,
    texts: [&'a str; 4],
    leaders: &'a [Arc<str>],
    lead_units: &'a [Arc<str>],
    coop_units: &'a [Arc<str>],
}

impl<'a> Printed<'a> {
    fn task(task: &'a Task) -> Self {
        Self {
            key: task.key,
            texts: [&task.text, "", "", ""],
            leaders: &task.leaders,
            lead_units: &task.lead_units,
            coop_units: &task.coop_units,
        }
    }

    fn row(row: &'a QuotaRow) -> Self {
        let target = match &row.total {
            Quota::Text(text) => text.as_str(),
            _ => "",
        };
        Self {
            key: row.key,
            texts: [&row.name, row.goal.as_deref().unwrap_or(""), target, &row.category],
            leaders: &[],
            lead_units: &row.lead_units,
            coop_units: &row.coop_units,
        }
    }
}

/// The texts of all items.
struct Texts {
    letters: Vec<Letter>,
    ranges: Vec<Range<usize>>,
}

impl Texts {
    fn of(printed: &[Printed], alphabet: &mut Alphabet) -> Self {
        let bytes: usize = printed.iter().flat_map(|item| item.texts).map(str::len).sum();
        let mut letters = Vec::with_capacity(bytes / 2);
        let range = |item: &Printed| {
            let start = letters.len();
            for text in item.texts.into_iter().filter(|text| !text.is_empty()) {
                // Nothing is found across two parts.
                if letters.len() > start {
                    letters.push(0);
                }
                alphabet.encode(text, &mut letters);
            }
            start..letters.len()
        };
        let ranges = printed.iter().map(range).collect();
        Self { letters, ranges }
    }
}

/// A leader with those whose posts came to them and who are named nowhere any more: callers go on using the old name for months.
fn with_former(leader: &Arc<str>, known: &Successions, here: &HashSet<&Arc<str>>) -> Vec<Arc<str>> {
    let mut names = vec![Arc::clone(leader)];
    let mut at = 0;
    while let Some(now) = names.get(at).cloned() {
        let before = known.iter().filter(|(office, was, next)| {
            *office == Office::Leader && next.to == now && !here.contains(was) && !names.contains(was)
        });
        let before: Vec<Arc<str>> = before.map(|(_, was, _)| Arc::clone(was)).collect();
        names.extend(before);
        at += 1;
    }
    names
}

/// The leaders and units of all items.
struct Names {
    refs: Vec<NameRef>,
    ranges: Vec<Range<usize>>,
    /// Each different name once, under every spelling.
    spellings: Vec<Vec<Arc<str>>>,
}

impl Names {
    fn of(printed: &[Printed], book: &Book) -> Self {
        let aliases = book.aliases();
        let known = Successions::of(book.ledger(), book.id());
        let here: HashSet<&Arc<str>> = printed.iter().flat_map(|item| item.leaders).collect();
        let mut leaders: HashMap<&str, u32> = HashMap::new();
        let mut units: HashMap<Arc<str>, u32> = HashMap::new();
        let mut all = Self { refs: Vec::new(), ranges: Vec::with_capacity(printed.len()), spellings: Vec::new() };
        for item in printed {
            let start = all.refs.len();
            for leader in item.leaders {
                let name = *leaders.entry(leader).or_insert_with(|| all.add(with_former(leader, &known, &here)));
                all.refs.push(NameRef { name, field: Field::Leader });
            }
            for (spellings, field) in [(item.lead_units, Field::LeadUnit), (item.coop_units, Field::CoopUnit)] {
                for spelling in spellings {
                    let known = units.get(spelling).copied();
                    let name = known.unwrap_or_else(|| all.unit(spelling, &aliases, &mut units));
                    all.refs.push(NameRef { name, field });
                }
            }
            all.ranges.push(start..all.refs.len());
        }
        all
    }

    fn unit(&mut self, spelling: &Arc<str>, aliases: &Aliases, units: &mut HashMap<Arc<str>, u32>) -> u32 {
        let spellings = aliases.spellings(aliases.name(spelling));
        let name = self.add(spellings.clone());
        units.extend(spellings.into_iter().map(|spelling| (spelling, name)));
        name
    }

    fn add(&mut self, spellings: Vec<Arc<str>>) -> u32 {
        self.spellings.push(spellings);
        u32::try_from(self.spellings.len() - 1).unwrap_or(u32::MAX)
    }
}
