//! The cells of a group of columns, those that are one joined, with their lines.

use super::super::face::Faces;
use super::super::line::{Line, Measure, Type};
use super::{LEAD, PAD, PAD_HIGH};
use crate::model::Light;
use crate::render::split::Placed;
use crate::report::model::{Align, Cell, Column, Joined, Value};

/// A cell, or several that are one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// Its first row.
    pub(super) row: usize,
    /// How many rows it takes.
    pub(super) rows: usize,
    /// From the left edge of the table.
    pub(super) left: f64,
    /// How wide it is.
    pub(super) width: f64,
    /// Where its words stand.
    pub(super) align: Align,
    /// The colour of its ground, where it is a light; the word in it says the same.
    pub(super) ground: Option<[u8; 3]>,
    /// Its words.
    pub(super) lines: Vec<Line>,
}

impl Block {
    /// Its last row.
    pub(super) const fn last(&self) -> usize {
        self.row + self.rows - 1
    }
}

/// Rows of cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// How many rows.
    pub(super) rows: usize,
    /// The cells, row after row.
    pub(super) blocks: Vec<Block>,
    /// Their type.
    pub(super) kind: Type,
}

impl Grid {
    /// The cells of some columns; those of a head (`shape` is `None`) stand in the middle.
    pub(super) fn new(
        faces: &Faces<'_>,
        rows: &[Vec<Cell>],
        columns: &[Placed],
        kind: Type,
        shape: Option<&[Column]>,
    ) -> Self {
        let owners = owners(rows, columns);
        let mut blocks = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut left = 0.0;
            for (place, column) in columns.iter().enumerate() {
                let own = (at, place);
                if owner(&owners, own) == Some(own) {
                    let across = (place..columns.len()).take_while(|other| owner(&owners, (at, *other)) == Some(own));
                    let width: f64 = across.filter_map(|other| columns.get(other)).map(|column| column.width).sum();
                    let rows =
                        (at..rows.len()).take_while(|other| owner(&owners, (*other, place)) == Some(own)).count();
                    let align = shape.and_then(|shape| shape.get(column.at)).map_or(Align::Center, |shape| shape.align);
                    let cell = row.get(column.at);
                    let text = cell.map_or("", |cell| cell.text.trim_end());
                    let ground = cell.and_then(|cell| ground(&cell.value));
                    let lines = faces.lines(text, kind, Measure::plain((width - PAD).max(1.0)));
                    blocks.push(Block { row: at, rows, left, width, align, ground, lines });
                }
                left += column.width;
            }
        }
        Self { rows: rows.len(), blocks, kind }
    }

    /// From one line to the next.
    pub(super) fn lead(&self) -> f64 {
        self.kind.size * LEAD
    }

    /// How high so many lines are, with what is empty over and below.
    pub(super) fn height(&self, lines: usize) -> f64 {
        f64::from(u32::try_from(lines).unwrap_or(u32::MAX)).mul_add(self.lead(), 2.0 * PAD_HIGH)
    }

    /// How high each row is where all stand on one page.
    pub(super) fn heights(&self) -> Vec<f64> {
        let mut heights = vec![self.height(1); self.rows];
        for block in self.blocks.iter().filter(|block| block.rows == 1) {
            if let Some(height) = heights.get_mut(block.row) {
                *height = height.max(self.height(block.lines.len()));
            }
        }
        for block in self.blocks.iter().filter(|block| block.rows > 1) {
            let there: f64 = heights.get(block.row..=block.last()).unwrap_or_default().iter().sum();
            if let Some(last) = heights.get_mut(block.last()) {
                *last += (self.height(block.lines.len()) - there).max(0.0);
            }
        }
        heights
    }
}

const fn ground(value: &Value) -> Option<[u8; 3]> {
    match value {
        Value::Light(Light::Red) => Some([0xff, 0xd6, 0xd6]),
        Value::Light(Light::Yellow) => Some([0xff, 0xf3, 0xbf]),
        Value::Light(Light::Green) => Some([0xd8, 0xf5, 0xd8]),
        Value::Light(Light::Grey) => Some([0xee, 0xee, 0xee]),
        _ => None,
    }
}

type Owner = (usize, usize);

fn owner(owners: &[Vec<Owner>], (row, place): Owner) -> Option<Owner> {
    owners.get(row)?.get(place).copied()
}

/// For each cell the first of those that are one with it. One whose neighbour stands in another group of columns stands alone.
fn owners(rows: &[Vec<Cell>], columns: &[Placed]) -> Vec<Vec<Owner>> {
    let mut owners: Vec<Vec<Owner>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let mut line: Vec<Owner> = Vec::with_capacity(columns.len());
        for (place, column) in columns.iter().enumerate() {
            let joined = row.get(column.at).map_or(Joined::No, |cell| cell.joined);
            let beside = place
                .checked_sub(1)
                .filter(|before| columns.get(*before).is_some_and(|before| before.at + 1 == column.at));
            let found = match joined {
                Joined::No => None,
                Joined::Left => beside.and_then(|before| line.get(before).copied()),
                Joined::Above => at.checked_sub(1).and_then(|above| owner(&owners, (above, place))),
            };
            // What is one is a rectangle: with the whole of the row above, or with cells of this row alone.
            let found = found.filter(|found| found.1 == place || found.0 == at || joined == Joined::Left);
            line.push(found.unwrap_or((at, place)));
        }
        owners.push(line);
    }
    owners
}
