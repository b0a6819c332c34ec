//! The rows of a table, one below the other, over pages.

use super::super::flow::{Flow, Role};
use super::super::sheet::{BLACK, Shape};
use super::grid::{Block, Grid};
use super::{PAD, PAD_HIGH, RULE};
use crate::report::model::Align;

/// So few lines of a joined cell are said again in full after a page is turned, and make room for themselves.
const SAID_AGAIN: usize = 3;

/// A table being set.
pub(super) struct Placing<'f, 'a> {
    /// The pages.
    pub(super) flow: &'f mut Flow<'a>,
    /// The table's part of the text.
    pub(super) of: usize,
    /// The head rows.
    pub(super) head: &'f Grid,
    /// The rows.
    pub(super) body: &'f Grid,
    /// Whether the head was set once.
    pub(super) told: bool,
}

/// A cell that the page holds the beginning of.
struct Open<'f> {
    block: &'f Block,
    of: usize,
    /// Where its piece on this page begins.
    top: f64,
    /// How many of its lines stand on earlier pages.
    done: usize,
    /// Whether all of them do, and they are said again.
    again: bool,
}

impl<'f> Placing<'f, '_> {
    /// Sets it, from where the text is.
    pub(super) fn place(mut self) {
        self.heading();
        let mut open: Vec<Open<'f>> = Vec::new();
        let mut blocks = self.body.blocks.iter().peekable();
        for row in 0..self.body.rows {
            let tag = self.flow.part(Role::Row, Some(self.of));
            let mut starting: Vec<Open<'f>> = Vec::new();
            while let Some(block) = blocks.next_if(|block| block.row == row) {
                let of = self.flow.part(Role::Cell, Some(tag));
                starting.push(Open { block, of, top: self.flow.y, done: 0, again: false });
            }
            self.row(row, &mut open, starting);
        }
        self.close(&mut open, self.body.rows);
    }

    /// The head; of one that takes more than half of a page only the first page has it.
    fn heading(&mut self) {
        let heights = self.head.heights();
        let height: f64 = heights.iter().sum();
        let area = self.flow.area();
        if height > area.height / 2.0 {
            if !self.told {
                let none = Grid { rows: 0, blocks: Vec::new(), kind: self.head.kind };
                Placing { flow: &mut *self.flow, of: self.of, head: &none, body: self.head, told: true }.place();
            }
            self.told = true;
            return;
        }
        let tops: Vec<f64> = heights
            .iter()
            .scan(self.flow.y, |y, height| {
                let top = *y;
                *y += height;
                Some(top)
            })
            .collect();
        let tags: Vec<Option<usize>> =
            tops.iter().map(|_| (!self.told).then(|| self.flow.part(Role::Row, Some(self.of)))).collect();
        for block in &self.head.blocks {
            let top = tops.get(block.row).copied().unwrap_or_default();
            let high: f64 = heights.get(block.row..=block.last()).unwrap_or_default().iter().sum();
            let row = tags.get(block.row).copied().flatten();
            let of = row.map(|row| self.flow.part(Role::HeadCell, Some(row)));
            self.piece(self.head, block, of, (top, top + high), 0);
        }
        self.flow.y += height;
        self.told = true;
    }

    /// Sets a row, on the next page where this has no room for it, in pieces where no page has.
    fn row(&mut self, row: usize, open: &mut Vec<Open<'f>>, starting: Vec<Open<'f>>) {
        let mut starting = Some(starting);
        loop {
            let none = Vec::new();
            let fresh = starting.as_ref().unwrap_or(&none);
            let need = self.needed(row, open, fresh);
            let room = self.flow.room();
            let at_top = self.at_top();
            let fits = need <= room + 0.01;
            let whole = need + self.head_height() <= self.flow.area().height;
            let few = room < self.body.height(2);
            if !fits && !at_top && starting.is_some() && (whole || few) {
                self.turn(open);
                continue;
            }
            let y = self.flow.y;
            open.extend(starting.take().unwrap_or_default().into_iter().map(|cell| Open { top: y, ..cell }));
            if fits {
                self.flow.y += need;
                self.close(open, row);
                return;
            }
            self.flow.y = self.flow.area().height;
            self.turn(open);
        }
    }

    /// How high a row is: its own cells, and what is left of those that end in it.
    fn needed(&self, row: usize, open: &[Open<'f>], starting: &[Open<'f>]) -> f64 {
        let y = self.flow.y;
        let one = self.body.height(1);
        let of = |cell: &Open<'f>, top: f64| {
            let ends = cell.block.last() == row;
            let left = cell.block.lines.len() - cell.done;
            let waived = cell.again && left > SAID_AGAIN;
            if ends && !waived { self.body.height(left) - (y - top) } else { 0.0 }
        };
        let carried = open.iter().map(|cell| of(cell, cell.top));
        let own = starting.iter().map(|cell| of(cell, y));
        let least = if open.iter().any(|cell| cell.block.row == row && starting.is_empty()) { 0.0 } else { one };
        carried.chain(own).fold(least, f64::max)
    }

    fn head_height(&self) -> f64 {
        let height: f64 = self.head.heights().iter().sum();
        if height > self.flow.area().height / 2.0 { 0.0 } else { height }
    }

    /// Whether nothing but the head stands on the page.
    fn at_top(&self) -> bool {
        self.flow.y <= self.head_height() + 0.01
    }

    /// Ends the page and begins the next with the head.
    fn turn(&mut self, open: &mut [Open<'f>]) {
        let bottom = self.flow.y;
        for cell in open.iter_mut() {
            let fit = self.fit(cell, bottom);
            self.piece(self.body, cell.block, (!cell.again).then_some(cell.of), (cell.top, bottom), cell.done);
            cell.done += fit;
            if cell.done >= cell.block.lines.len() {
                (cell.done, cell.again) = (0, true);
            }
        }
        self.flow.turn();
        self.heading();
        for cell in open {
            cell.top = self.flow.y;
        }
    }

    /// How many further lines of a cell its piece has room for.
    fn fit(&self, cell: &Open<'f>, bottom: f64) -> usize {
        let left = cell.block.lines.len() - cell.done;
        (0..=left).rev().find(|lines| self.body.height(*lines) <= bottom - cell.top + 0.02).unwrap_or(0)
    }

    /// Sets the last pieces of the cells that end in a row.
    fn close(&mut self, open: &mut Vec<Open<'f>>, row: usize) {
        let bottom = self.flow.y;
        let (ended, rest) = std::mem::take(open).into_iter().partition(|cell| cell.block.last() <= row);
        *open = rest;
        let ended: Vec<Open<'f>> = ended;
        for cell in ended {
            self.piece(self.body, cell.block, (!cell.again).then_some(cell.of), (cell.top, bottom), cell.done);
        }
    }

    /// A piece of a cell: its edges, and as many of its lines as it has room for, in the middle where those are all.
    fn piece(&mut self, grid: &Grid, block: &Block, of: Option<usize>, (top, bottom): (f64, f64), done: usize) {
        let area = self.flow.area();
        let (left, high) = (area.left + block.left, bottom - top);
        if high < 0.01 {
            return;
        }
        let at = (left, area.top + top, block.width, high);
        if let Some(ink) = block.ground {
            self.flow.put(None, Shape::Fill { at, ink });
        }
        self.flow.put(None, Shape::Frame { at, width: RULE, ink: BLACK });
        let left_over = block.lines.len().saturating_sub(done);
        let fit = (0..=left_over).rev().find(|lines| grid.height(*lines) <= high + 0.02).unwrap_or(0);
        let free = if done == 0 && fit == left_over { ((high - grid.height(fit)) / 2.0).max(0.0) } else { 0.0 };
        let mut y = area.top + top + PAD_HIGH + free + (grid.lead() - grid.kind.size) / 2.0;
        for line in block.lines.iter().skip(done).take(fit) {
            let room = block.width - PAD - line.width;
            let x = match block.align {
                Align::Left => 0.0,
                Align::Center => room / 2.0,
                Align::Right => room,
            };
            self.flow.put_line(of, (left + PAD / 2.0 + x.max(0.0), y), line.clone(), grid.kind, BLACK);
            y += grid.lead();
        }
    }
}
