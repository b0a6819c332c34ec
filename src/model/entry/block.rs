//! A block of cells as a spreadsheet puts it on the clipboard: lines of figures parted by tabs, laid over the matrix.

use std::collections::HashSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::deeds::put_done;
use super::{LooksWrong, NoFigure, figure, looks_wrong, takes_figure, typed_done};
use crate::model::{Book, ItemKey, Key, Period, Quota, QuotaRow, Seq, Write};
use crate::text::number::BadNumber;
use crate::text::sanitise;

/// The most cells of a block that are looked at.
pub const MOST_CELLS: usize = 5_000;

/// A block as it was read: what becomes of each of its cells that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The period that its figures are of.
    pub period: Period,
    /// Its cells, line by line; empty ones and `/` are left out.
    pub cells: Vec<BlockCell>,
    /// Whether it had more than [`MOST_CELLS`]; those are not looked at.
    pub cut: bool,
}

/// A cell of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockCell {
    /// Its line in the block, from 1.
    pub line: usize,
    /// Its column in the block, from 1.
    pub column: usize,
    /// What it says, on one line.
    pub text: String,
    /// The cell of the matrix it lies on; `None` beyond the matrix's edge.
    pub place: Option<(ItemKey, Arc<str>)>,
    /// What would become of it.
    pub fate: Fate,
}

/// What would become of a cell of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It changes the figure.
    Change {
        /// What is recorded now.
        old: Option<Decimal>,
        /// The version of what is recorded now.
        base: Seq,
        /// What it would be.
        new: Decimal,
        /// What makes it look mistyped.
        doubt: Option<LooksWrong>,
    },
    /// The figure is this already.
    Same(Decimal),
    /// It stays out.
    Refused(Refusal),
}

/// Why a cell of a block stays out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It lies beyond the last row or column.
    #[error("beyond the edge of the matrix")]
    Beyond,
    /// The cell of the matrix takes no figure, or not this one.
    #[error(transparent)]
    NoFigure(#[from] NoFigure),
    /// It is no number.
    #[error(transparent)]
    NotANumber(#[from] BadNumber),
}

impl Block {
    /// Lays a pasted text over the matrix: its lines over `rows`, the cells of a line over `areas` (全市 or an area), from
    /// the first of each. Line ends may be LF, CR LF or CR; a cell may stand in quotation marks.
    pub fn read(book: &Book<'_>, period: Period, text: &str, rows: &[ItemKey], areas: &[Arc<str>]) -> Self {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines = text.trim_end_matches('\n').split('\n').enumerate();
        let mut all = lines.flat_map(|(line, cells)| cells.split('\t').enumerate().map(move |cell| (line, cell)));
        let read = |(line, (column, raw)): (usize, (usize, &str))| {
            let text = sanitise::one_line(raw).text;
            let text = text.trim().trim_matches('"').trim().to_owned();
            if says_nothing(&text) {
                return None;
            }
            let place = rows.get(line).copied().zip(areas.get(column).map(Arc::clone));
            let fate = place.as_ref().map_or(Err(Refusal::Beyond), |(row, area)| fate(book, period, *row, area, &text));
            Some(BlockCell {
                line: line + 1,
                column: column + 1,
                text,
                place,
                fate: fate.unwrap_or_else(Fate::Refused),
            })
        };
        let cells = all.by_ref().take(MOST_CELLS).filter_map(read).collect();
        Self { period, cells, cut: all.next().is_some() }
    }

    /// How many cells change, are the same, stay out.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |wanted: fn(&Fate) -> bool| self.cells.iter().filter(|cell| wanted(&cell.fate)).count();
        (
            count(|fate| matches!(fate, Fate::Change { .. })),
            count(|fate| matches!(fate, Fate::Same(_))),
            count(|fate| matches!(fate, Fate::Refused(_))),
        )
    }

    /// The writes of all cells that change: one commit. A cell that somebody changed since the block was read is a conflict
    /// there.
    pub fn writes(&self, book: &Book<'_>) -> Vec<Write> {
        let mut seen: HashSet<Key> = HashSet::new();
        let mut writes = Vec::new();
        for cell in &self.cells {
            let (Some((row, area)), Fate::Change { base, new, .. }) = (&cell.place, &cell.fate) else { continue };
            let key = Key::done(book.id(), *row, area, self.period);
            for mut write in put_done(book, *row, area, self.period, Some(*new)).unwrap_or_default() {
                if write.key == key {
                    write.base = *base;
                }
                // Figures of one row open its review again once.
                if seen.insert(write.key.clone()) {
                    writes.push(write);
                }
            }
        }
        writes
    }
}

/// The unit that figures of a cell are typed in: `%` where a percentage is to be reached, else the row's.
pub fn unit_of_cell<'a>(row: &'a QuotaRow, area: &str) -> &'a str {
    if matches!(row.cell(area), Some(Quota::Percent(..))) { "%" } else { &row.unit }
}

fn says_nothing(text: &str) -> bool {
    matches!(text, "" | "/" | "／" | "-" | "—" | "——" | "－")
}

fn fate(book: &Book<'_>, period: Period, row: ItemKey, area: &str, text: &str) -> Result<Fate, Refusal> {
    let quota_row = book.row(row).ok_or(NoFigure::NoTask)?;
    takes_figure(quota_row, area)?;
    let new = figure(typed_done(book, quota_row, area, period, text)?)?;
    let recorded = book.done(row, area, period);
    if recorded.is_some_and(|(old, _)| old == new) {
        return Ok(Fate::Same(new));
    }
    let doubt = looks_wrong(book, quota_row, area, period, new);
    let (old, base) = recorded.map_or((None, Seq::ZERO), |(old, base)| (Some(old), base));
    Ok(Fate::Change { old, base, new, doubt })
}
