//! What is searched: items with their names and texts, in letters.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::model::{Aliases, Book, ItemKey, Quota, QuotaRow, Task};

use super::Field;
use super::alphabet::{Alphabet, Letter};
use super::number::Mark;
use super::spelling::key_form;

/// The searchable state of one document. Made once for each state of the ledger; shared.
#[derive(Debug)]
pub struct Index {
    pub(super) alphabet: Alphabet,
    pub(super) marks: Vec<Mark>,
    pub(super) items: Vec<Item>,
    /// The texts of all items, one behind the other.
    letters: Vec<Letter>,
    /// The names of all items, one behind the other.
    refs: Vec<NameRef>,
    /// Each different leader and unit once, with every spelling it is known by.
    pub(super) names: Vec<Name>,
}

/// One task or row.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) key: ItemKey,
    text: Range<usize>,
    names: Range<usize>,
}

/// A leader or unit.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) spellings: Vec<Vec<Letter>>,
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
        let mut builder = Builder::new(book);
        for task in book.tasks() {
            builder.task(task);
        }
        for row in book.rows() {
            builder.row(row);
        }
        builder.index
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

struct Builder {
    index: Index,
    aliases: Aliases,
    leaders: HashMap<Arc<str>, u32>,
    units: HashMap<Arc<str>, u32>,
}

impl Builder {
    fn new(book: &Book) -> Self {
        let mark = |text: &str| key_form(text.chars()).collect();
        let lists = &book.document().lists;
        let marks = lists.iter().map(|list| Mark { list: list.code, mark: mark(&list.mark) }).collect();
        let index = Index {
            alphabet: Alphabet::new(),
            marks,
            items: Vec::new(),
            letters: Vec::new(),
            refs: Vec::new(),
            names: Vec::new(),
        };
        Self { index, aliases: book.aliases(), leaders: HashMap::new(), units: HashMap::new() }
    }

    fn task(&mut self, task: &Task) {
        let names = self.index.refs.len();
        for leader in &task.leaders {
            self.leader(leader);
        }
        self.units(&task.lead_units, &task.coop_units);
        self.item(task.key, names, [task.text.as_str()]);
    }

    fn row(&mut self, row: &QuotaRow) {
        let names = self.index.refs.len();
        self.units(&row.lead_units, &row.coop_units);
        let target = match &row.total {
            Quota::Text(text) => text.as_str(),
            _ => "",
        };
        self.item(row.key, names, [&row.name, row.goal.as_deref().unwrap_or(""), target, &row.category]);
    }

    fn item<'a>(&mut self, key: ItemKey, names: usize, parts: impl IntoIterator<Item = &'a str>) {
        let text = self.index.letters.len();
        for part in parts {
            // Nothing is found across two parts.
            if self.index.letters.len() > text {
                self.index.letters.push(0);
            }
            self.index.alphabet.encode(part, &mut self.index.letters);
        }
        let item = Item { key, text: text..self.index.letters.len(), names: names..self.index.refs.len() };
        self.index.items.push(item);
    }

    fn leader(&mut self, leader: &Arc<str>) {
        let known = self.leaders.get(leader).copied();
        let name = known.unwrap_or_else(|| self.name(std::slice::from_ref(leader)));
        if known.is_none() {
            self.leaders.insert(Arc::clone(leader), name);
        }
        self.index.refs.push(NameRef { name, field: Field::Leader });
    }

    fn units(&mut self, lead: &[Arc<str>], coop: &[Arc<str>]) {
        for (units, field) in [(lead, Field::LeadUnit), (coop, Field::CoopUnit)] {
            for unit in units {
                let name = self.unit(unit);
                self.index.refs.push(NameRef { name, field });
            }
        }
    }

    fn unit(&mut self, spelling: &Arc<str>) -> u32 {
        if let Some(&name) = self.units.get(spelling) {
            return name;
        }
        let listed = Arc::clone(self.aliases.name(spelling));
        let spellings = self.aliases.spellings(&listed);
        let name = self.name(&spellings);
        for spelling in spellings {
            self.units.insert(spelling, name);
        }
        name
    }

    fn name(&mut self, spellings: &[Arc<str>]) -> u32 {
        let encode = |spelling: &Arc<str>| {
            let mut letters = Vec::new();
            self.index.alphabet.encode(spelling, &mut letters);
            letters
        };
        let spellings = spellings.iter().map(encode).collect();
        let place = u32::try_from(self.index.names.len()).unwrap_or(u32::MAX);
        self.index.names.push(Name { spellings });
        place
    }
}
