//! One document of a ledger as people ask about it: its tasks, rows, leaders, units, and how far each is.

mod rate;
mod work;

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::change::Seq;
use super::document::{CITY_TOTAL, Document};
use super::filing::Filing;
use super::finding::Finding;
use super::former::Former;
use super::key::{DocumentId, ItemKey, Key, ListCode, Of};
use super::ledger::Ledger;
use super::period::Period;
use super::quota::{Quota, QuotaRow, RowKind};
use super::rating::completion;
use super::record::Record;
use super::task::Task;
use super::unit::{Aliases, Unit};

/// A read view of one document. Cheap to make; holds no copy.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    ledger: &'a Ledger,
    document: &'a Document,
}

/// A name with the number of tasks (and rows) that fall on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Leader or unit.
    pub name: Arc<str>,
    /// Tasks it leads (a leader: tasks in all).
    pub leads: usize,
    /// Tasks it has any part in.
    pub tasks: usize,
    /// Quota rows it has any part in.
    pub rows: usize,
}

/// The done figure of a cell, if one is recorded, beside its quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellState<'a> {
    /// What it has to reach.
    pub quota: &'a Quota,
    /// What is recorded for the period.
    pub done: Option<Decimal>,
    /// The version of the done figure, for editing it.
    pub version: Seq,
}

impl<'a> Book<'a> {
    /// The view of a document; `None` where the ledger has no such document.
    pub fn open(ledger: &'a Ledger, id: &DocumentId) -> Option<Self> {
        match ledger.get(&Key::document(id))?.record.as_ref() {
            Record::Document(document) => Some(Self { ledger, document }),
            _ => None,
        }
    }

    /// The newest document of a ledger (the one with the latest year), if there is any.
    pub fn newest(ledger: &'a Ledger) -> Option<Self> {
        let document = ledger.documents().max_by_key(|document| (document.year, document.id.clone()))?;
        Some(Self { ledger, document })
    }

    /// The document.
    pub const fn document(&self) -> &'a Document {
        self.document
    }

    /// The ledger it stands in.
    pub const fn ledger(&self) -> &'a Ledger {
        self.ledger
    }

    /// The slug of the document.
    pub const fn id(&self) -> &'a DocumentId {
        &self.document.id
    }

    fn records(&self) -> impl Iterator<Item = (&'a Of, &'a Record)> {
        self.ledger.of_document(&self.document.id).map(|(of, entry)| (of, entry.record.as_ref()))
    }

    fn items(&self) -> impl Iterator<Item = &'a Record> {
        self.records().take_while(|(of, _)| matches!(of, Of::Document | Of::Item(_))).map(|(_, record)| record)
    }

    /// Its tasks, in the order of their keys; those that were dropped are not among them.
    pub fn tasks(&self) -> impl Iterator<Item = &'a Task> {
        self.items().filter_map(|record| match record {
            Record::Task(task) if !task.key.is_dropped() => Some(task),
            _ => None,
        })
    }

    /// Its quota rows, list by list in printed order.
    pub fn rows(&self) -> Vec<&'a QuotaRow> {
        let mut rows: Vec<&QuotaRow> = self
            .items()
            .filter_map(|record| match record {
                Record::Row(row) if !row.key.is_dropped() => Some(row),
                _ => None,
            })
            .collect();
        let place = |row: &QuotaRow| self.document.lists.iter().position(|list| list.code == row.key.list);
        rows.sort_by_key(|row| (place(row), row.key));
        rows
    }

    /// The keys of what later readings no longer have, tasks and rows, in the order in which they went.
    pub fn dropped(&self) -> impl Iterator<Item = ItemKey> {
        let first = ItemKey { list: ListCode::DROPPED, chapter: 0, no: 0, sub: 0 };
        self.ledger.from(Key::item(self.id(), first)).map_while(|(of, _)| match of {
            Of::Item(item) if item.is_dropped() => Some(*item),
            _ => None,
        })
    }

    /// Where an item stood in an earlier reading of the document.
    pub fn former(&self, item: ItemKey) -> Option<&'a Former> {
        match self.ledger.get(&Key::former(self.id(), item))?.record.as_ref() {
            Record::Former(former) => Some(former),
            _ => None,
        }
    }

    /// A task by its key.
    pub fn task(&self, key: ItemKey) -> Option<&'a Task> {
        match self.ledger.get(&Key::item(self.id(), key))?.record.as_ref() {
            Record::Task(task) => Some(task),
            _ => None,
        }
    }

    /// A quota row by its key.
    pub fn row(&self, key: ItemKey) -> Option<&'a QuotaRow> {
        match self.ledger.get(&Key::item(self.id(), key))?.record.as_ref() {
            Record::Row(row) => Some(row),
            _ => None,
        }
    }

    /// Doubts and corrections, by line.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        let first = Key::finding(self.id(), 0, 0);
        self.ledger.from(first).map_while(|(_, entry)| match entry.record.as_ref() {
            Record::Finding(finding) => Some(finding),
            _ => None,
        })
    }

    /// Units with more than one spelling.
    pub fn units_with_aliases(&self) -> impl Iterator<Item = &'a Unit> {
        let first = Key::unit(self.id(), "");
        self.ledger.from(first).map_while(|(_, entry)| match entry.record.as_ref() {
            Record::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    /// Which name each unit's spelling stands for.
    pub fn aliases(&self) -> Aliases {
        Aliases::new(self.units_with_aliases())
    }

    /// What is filed on an item for a period.
    pub fn filing(&self, item: ItemKey, period: Period) -> Option<(&'a Filing, Seq)> {
        let entry = self.ledger.get(&Key::filing(self.id(), item, period))?;
        match entry.record.as_ref() {
            Record::Filing(filing) => Some((filing, entry.version)),
            _ => None,
        }
    }

    /// The figure done by an area (or 全市 on rows that are not divided) by the end of a period.
    pub fn done(&self, row: ItemKey, area: &str, period: Period) -> Option<(Decimal, Seq)> {
        let entry = self.ledger.get(&Key::done(self.id(), row, area, period))?;
        match entry.record.as_ref() {
            Record::Done(done) => Some((done.value, entry.version)),
            _ => None,
        }
    }

    /// A cell of the matrix for a period.
    pub fn cell(&self, row: &'a QuotaRow, area: &str, period: Period) -> Option<CellState<'a>> {
        let quota = if area == CITY_TOTAL { &row.total } else { row.quota(area)? };
        let (done, version) = match self.done(row.key, area, period) {
            Some((done, version)) => (Some(done), version),
            None => (None, Seq::ZERO),
        };
        Some(CellState { quota, done, version })
    }

    /// What the city has done on a row: the areas' sum where the row is divided among areas and counted, else what is
    /// recorded for 全市. `None` where nothing is recorded. Only areas with an amount are added up: `/`, percentages and sentences
    /// never are, whatever was once recorded there.
    pub fn row_done(&self, row: &QuotaRow, period: Period) -> Option<Decimal> {
        if takes_city_figure(row) {
            return self.done(row.key, CITY_TOTAL, period).map(|(done, _)| done);
        }
        let mut sum = None;
        for cell in row.areas.iter().filter(|cell| cell.quota.amount().is_some()) {
            if let Some((done, _)) = self.done(row.key, &cell.area, period) {
                sum = Some(sum.unwrap_or(Decimal::ZERO).saturating_add(done));
            }
        }
        sum
    }

    /// 完成率 of a cell in percent, where both figures are known.
    pub fn cell_completion(&self, row: &QuotaRow, area: &str, period: Period) -> Option<Decimal> {
        if area == CITY_TOTAL {
            return completion(self.row_done(row, period)?, row.total.target()?);
        }
        completion(self.done(row.key, area, period)?.0, row.quota(area)?.target()?)
    }

    /// The leaders with their tasks, most first, then in order of first appearance.
    pub fn leaders(&self) -> Vec<Tally> {
        let mut tally = Tallies::default();
        for task in self.tasks() {
            for leader in &task.leaders {
                tally.of(leader).tasks += 1;
                tally.of(leader).leads += 1;
            }
        }
        tally.sorted()
    }

    /// The units by their listed names, those that lead most first.
    pub fn units(&self) -> Vec<Tally> {
        let aliases = self.aliases();
        let mut tally = Tallies::default();
        for task in self.tasks() {
            for unit in &task.lead_units {
                tally.of(aliases.name(unit)).leads += 1;
            }
            for unit in task.units() {
                tally.of(aliases.name(unit)).tasks += 1;
            }
        }
        for row in self.rows() {
            for unit in row.units() {
                tally.of(aliases.name(unit)).rows += 1;
            }
        }
        tally.sorted()
    }
}

/// Whether the city's figure of a row is typed in (it is not the sum of its areas').
pub fn takes_city_figure(row: &QuotaRow) -> bool {
    match row.kind() {
        RowKind::Number => row.areas.iter().all(|cell| cell.quota.amount().is_none()),
        RowKind::Percent => true,
        RowKind::Text | RowKind::None => false,
    }
}

#[derive(Default)]
struct Tallies {
    order: Vec<Tally>,
    place: HashMap<Arc<str>, usize>,
}

impl Tallies {
    fn of(&mut self, name: &Arc<str>) -> &mut Tally {
        let at = *self.place.entry(Arc::clone(name)).or_insert_with(|| {
            self.order.push(Tally { name: Arc::clone(name), leads: 0, tasks: 0, rows: 0 });
            self.order.len() - 1
        });
        // The place was just looked up or made, so it exists.
        #[expect(clippy::indexing_slicing, reason = "`place` only holds positions in `order`")]
        &mut self.order[at]
    }

    fn sorted(mut self) -> Vec<Tally> {
        self.order.sort_by_key(|tally| std::cmp::Reverse((tally.leads, tally.tasks, tally.rows)));
        self.order
    }
}
