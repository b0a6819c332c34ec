//! A page as lines and rows in reading order.

use super::columns::{self, Table};
use super::drawn::Drawn;
use super::grid::{Grid, grids};
use super::lines::{Line, lines};
use crate::import::source::cells::Cell;

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) height: f64,
    pub(super) blocks: Vec<Block>,
}

/// A line, or a row of a table.
#[derive(Debug)]
pub(super) enum Block {
    Line(Line),
    /// The cells, and where the columns of the table part.
    Row(Vec<Cell>, Vec<f64>),
}

/// What was drawn on a page, as lines and rows.
pub(super) fn page(drawn: Drawn, height: f64, known: &mut Option<Vec<f64>>) -> Page {
    let mut grids = grids(drawn.across, drawn.down);
    let mut rest = Vec::new();
    for glyph in drawn.glyphs {
        if !grids.iter_mut().any(|grid| grid.take(glyph)) {
            rest.push(glyph);
        }
    }
    let (tables, rest) = columns::take(rest, known);
    let mut tables = tables.into_iter().peekable();
    grids.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let mut blocks = Vec::new();
    let mut grids = grids.into_iter().peekable();
    for line in lines(rest) {
        while let Some(grid) = grids.next_if(|grid| grid.top() < line.y) {
            put(grid, &mut blocks);
        }
        while let Some(table) = tables.next_if(|table| table.top < line.y) {
            put_unruled(table, &mut blocks);
        }
        blocks.push(Block::Line(line));
    }
    grids.for_each(|grid| put(grid, &mut blocks));
    tables.for_each(|table| put_unruled(table, &mut blocks));
    Page { height, blocks }
}

fn put_unruled(table: Table, blocks: &mut Vec<Block>) {
    let columns = table.columns;
    blocks.extend(table.rows.into_iter().map(|row| Block::Row(row, columns.clone())));
}

fn put(grid: Grid, blocks: &mut Vec<Block>) {
    let columns = grid.columns().to_vec();
    let filled = |row: &Vec<Cell>| row.iter().any(|cell| !cell.lines.is_empty() || cell.continued);
    blocks.extend(grid.rows().into_iter().filter(filled).map(|row| Block::Row(row, columns.clone())));
}
