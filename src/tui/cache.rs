//! What the screen derives from the ledger: remade when the ledger changes, not on every keystroke.

use std::sync::Arc;

use super::view::shown_key;
use crate::model::{Aliases, Book, CITY_TOTAL, Commit, ItemKey, Key, Of, Successions, Tally};
use crate::report::doubt::sum;
use crate::search::{Finder, Index};
use crate::text::width::width;

/// The least columns of a number: those of 省17-1.
const NUMBER: usize = 6;

/// Lists and tables derived from one document.
#[derive(Debug)]
pub struct Cache {
    /// Every task, in order.
    pub tasks: Vec<ItemKey>,
    /// Every quota row, in printed order.
    pub rows: Vec<ItemKey>,
    /// Leaders with their tasks.
    pub leaders: Vec<Tally>,
    /// Units with their tasks and rows.
    pub units: Vec<Tally>,
    /// Which name each spelling stands for.
    pub aliases: Aliases,
    /// Who follows on a unit or a leader.
    pub known: Successions,
    /// The columns of the matrix: 全市, then the areas.
    pub columns: Vec<Arc<str>>,
    /// Open doubts, then rows that do not add up, then what was settled, then corrections; each by line.
    pub findings: Vec<(Key, Option<ItemKey>)>,
    /// The targets of the tasks, as read from their text or set by hand.
    pub targets: Vec<(ItemKey, u16)>,
    /// How many doubts are open.
    pub open: usize,
    /// How many doubts there are, open or settled.
    pub asked: usize,
    /// The search.
    pub finder: Finder,
    /// Columns of the widest number of a task, and of a task or a quota row, as they are shown.
    pub keys: (usize, usize),
}

impl Cache {
    /// Derives everything.
    pub fn of(book: &Book<'_>) -> Self {
        let mut findings: Vec<_> = book.findings().collect();
        findings.sort_by_key(|finding| (!finding.is_open(), !finding.asks(), finding.line, finding.no));
        let open = findings.iter().filter(|finding| finding.is_open()).count();
        let asked = findings.iter().filter(|finding| finding.asks()).count();
        let mut listed: Vec<(Key, Option<ItemKey>)> =
            findings.iter().map(|finding| (Key::finding(book.id(), finding.line, finding.no), finding.item)).collect();
        // A row that does not add up is looked at, too, where nothing else is said about it.
        let said = |row: ItemKey| findings.iter().any(|finding| finding.item == Some(row));
        let differ = book.rows().into_iter().filter(|row| sum(row).is_some_and(|sum| !sum.agrees) && !said(row.key));
        let rows: Vec<_> = differ.map(|row| (Key::item(book.id(), row.key), Some(row.key))).collect();
        listed.splice(open..open, rows);
        let areas = book.document().areas.iter().map(Arc::clone);
        let widest = |items: &mut dyn Iterator<Item = ItemKey>| {
            items.map(|item| width(&shown_key(book, item))).max().unwrap_or(0).max(NUMBER)
        };
        let of_tasks = widest(&mut book.tasks().map(|task| task.key));
        let of_rows = widest(&mut book.rows().into_iter().map(|row| row.key));
        Self {
            keys: (of_tasks, of_tasks.max(of_rows)),
            tasks: book.tasks().map(|task| task.key).collect(),
            rows: book.rows().iter().map(|row| row.key).collect(),
            leaders: book.leaders(),
            units: book.units(),
            aliases: book.aliases(),
            known: Successions::of(book.ledger(), book.id()),
            columns: std::iter::once(Arc::from(CITY_TOTAL)).chain(areas).collect(),
            findings: listed,
            targets: book.tasks().flat_map(|task| book.targets(task.key).map(|(no, ..)| (task.key, no))).collect(),
            open,
            asked,
            finder: Finder::new(Arc::new(Index::of(book))),
        }
    }

    /// Whether a commit changes anything that is derived here. What is filed, chased or asked for does not.
    pub fn touched_by(commit: &Commit) -> bool {
        let derived = |of: &Of| {
            matches!(
                of,
                Of::Document | Of::Item(_) | Of::Target(..) | Of::Finding(..) | Of::Unit(_) | Of::Successor(..)
            )
        };
        commit.changes.iter().any(|change| derived(&change.key.of))
    }
}
