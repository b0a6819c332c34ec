//! Tables by their ruled lines: where lines cross there are cells, and where a line is missing cells are merged.

use super::drawn::{Glyph, Rule};
use super::lines::{Line, lines};
use crate::import::names::is_units;
use crate::import::source::cells::{Cell, MOST_COLUMNS};

/// Lines that stand closer are one, in points.
const NEAR: f64 = 2.5;
/// Lines that end so close to others touch them, in points.
const TOUCH: f64 = 4.0;
/// More rows than a page has.
const MOST_ROWS: usize = 400;
/// More lines than the tables of a page have.
const MOST_RULES: usize = 1500;

/// The lines of a table: where its columns and its rows part, and which of the parting lines are really there.
#[derive(Debug)]
pub(super) struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    across: Vec<Rule>,
    down: Vec<Rule>,
    glyphs: Vec<Glyph>,
}

/// The tables that ruled lines make: groups that cross each other, with more than one column.
pub(super) fn grids(across: Vec<Rule>, down: Vec<Rule>) -> Vec<Grid> {
    let (across, down) = (merged(across), merged(down));
    if across.len() + down.len() > MOST_RULES {
        return Vec::new();
    }
    let mut group: Vec<usize> = (0..across.len() + down.len()).collect();
    for (h, row) in across.iter().enumerate() {
        for (v, column) in down.iter().enumerate() {
            let crosses = row.from - TOUCH <= column.at && column.at <= row.to + TOUCH;
            if crosses && column.from - TOUCH <= row.at && row.at <= column.to + TOUCH {
                join(&mut group, h, across.len() + v);
            }
        }
    }
    let mut grids: Vec<(usize, Vec<Rule>, Vec<Rule>)> = Vec::new();
    for (at, rule) in across.iter().chain(&down).enumerate() {
        let root = root(&mut group, at);
        let known = grids.iter().position(|(known, ..)| *known == root);
        let index = known.unwrap_or_else(|| {
            grids.push((root, Vec::new(), Vec::new()));
            grids.len() - 1
        });
        if let Some((_, rows, columns)) = grids.get_mut(index) {
            if at < across.len() { rows.push(*rule) } else { columns.push(*rule) }
        }
    }
    grids.into_iter().filter_map(|(_, across, down)| Grid::new(across, down)).collect()
}

impl Grid {
    fn new(across: Vec<Rule>, down: Vec<Rule>) -> Option<Self> {
        let ends = |rules: &[Rule]| {
            let from = rules.iter().map(|rule| rule.from).fold(f64::INFINITY, f64::min);
            let to = rules.iter().map(|rule| rule.to).fold(f64::NEG_INFINITY, f64::max);
            [from, to]
        };
        // A table may be open at its sides: its lines across say how far it goes.
        let xs = distinct(down.iter().map(|rule| rule.at).chain(ends(&across)));
        let ys = distinct(across.iter().map(|rule| rule.at).chain(ends(&down)));
        let fits = xs.len() > 2 && ys.len() > 1 && xs.len() <= MOST_COLUMNS && ys.len() <= MOST_ROWS;
        fits.then_some(Self { xs, ys, across, down, glyphs: Vec::new() })
    }

    /// The place of its upper edge.
    pub(super) fn top(&self) -> f64 {
        self.ys.first().copied().unwrap_or_default()
    }

    /// Where its columns part, so that a table can be known again on the next page.
    pub(super) fn columns(&self) -> &[f64] {
        &self.xs
    }

    /// Takes a character that stands in it.
    pub(super) fn take(&mut self, glyph: Glyph) -> bool {
        let (x, y) = middle(&glyph);
        let within = |edges: &[f64], at: f64| {
            edges.first().is_some_and(|first| *first <= at) && edges.last().is_some_and(|last| at <= *last)
        };
        let mine = within(&self.xs, x) && within(&self.ys, y);
        if mine {
            self.glyphs.push(glyph);
        }
        mine
    }

    /// Its rows from top to bottom, with merged cells marked.
    pub(super) fn rows(self) -> Vec<Vec<Cell>> {
        let (columns, rows) = (self.xs.len().saturating_sub(1), self.ys.len().saturating_sub(1));
        let at = |row: usize, column: usize| row * columns + column;
        let mut group: Vec<usize> = (0..rows * columns).collect();
        // For each parting line, which rows (columns) it really parts.
        let parts_columns = marks(&self.down, &self.xs, &self.ys);
        let parts_rows = marks(&self.across, &self.ys, &self.xs);
        let is = |marks: &[Vec<bool>], edge: usize, cell: usize| {
            marks.get(edge).and_then(|cells| cells.get(cell)).copied().unwrap_or(true)
        };
        for row in 0..rows {
            for column in 0..columns {
                if column + 1 < columns && !is(&parts_columns, column + 1, row) {
                    join(&mut group, at(row, column), at(row, column + 1));
                }
                if row + 1 < rows && !is(&parts_rows, row + 1, column) {
                    join(&mut group, at(row, column), at(row + 1, column));
                }
            }
        }
        let mut held: Vec<Vec<Glyph>> = vec![Vec::new(); rows * columns];
        for glyph in &self.glyphs {
            let (x, y) = middle(glyph);
            let index = |edges: &[f64], at: f64| edges.iter().skip(1).position(|edge| at <= *edge).unwrap_or(0);
            let cell = root(&mut group, at(index(&self.ys, y), index(&self.xs, x)));
            if let Some(held) = held.get_mut(cell) {
                held.push(*glyph);
            }
        }
        // `join` keeps the first cell as the root: the upper left one of a merged cell.
        let mut out = Vec::new();
        for row in 0..rows {
            let mut cells: Vec<Cell> = Vec::new();
            let mut last = None;
            for column in 0..columns {
                let root = root(&mut group, at(row, column));
                if last == Some(root) {
                    if let Some(cell) = cells.last_mut() {
                        cell.span += 1;
                    }
                    continue;
                }
                last = Some(root);
                let own = root == at(row, column);
                let glyphs = if own { held.get_mut(root).map(std::mem::take).unwrap_or_default() } else { Vec::new() };
                let right = (column + 1..=columns)
                    .take_while(|next| *next == column + 1 || group_is(&mut group, at(row, next - 1), root))
                    .last()
                    .unwrap_or(column + 1);
                let edges = (self.xs.get(column).copied(), self.xs.get(right).copied());
                let width = edges.0.zip(edges.1).map_or(0.0, |(left, right)| right - left);
                cells.push(Cell { lines: paragraphs(lines(glyphs), width), span: 1, continued: !own });
            }
            out.push(cells);
        }
        out
    }
}

fn group_is(group: &mut [usize], at: usize, wanted: usize) -> bool {
    root(group, at) == wanted
}

/// The lines of a cell as paragraphs: a line that fills the cell was broken by its width. Where the cell parts names by
/// signs, only a line that ends well before the others was broken on purpose.
pub(super) fn paragraphs(lines: Vec<Line>, width: f64) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let widest = lines.iter().map(|line| line.right - line.left).fold(0.0_f64, f64::max);
    let listed = lines.iter().any(|line| line.text.contains(['、', '，', '；', ',']));
    let mut full = false;
    for line in lines {
        let own = line.right - line.left;
        match out.last_mut() {
            // A cell may be just as wide as the names that it lists.
            Some(last) if full && (listed || !(is_units(last) && is_units(&line.text))) => last.push_str(&line.text),
            _ => out.push(line.text.clone()),
        }
        // As wide as the widest, or with no room for one more character between margins as wide as usual.
        let (less, margins) = if listed { (2.2, 3.2) } else { (0.9, 1.9) };
        full = own + less * line.size >= widest && own + margins * line.size + 8.0 >= width;
    }
    // Columns of a table that has no ruled lines do not stand within a cell.
    out.into_iter().map(|text| text.replace('\t', " ")).collect()
}

/// Which cells each parting line really parts: by line, then by cell along it.
fn marks(rules: &[Rule], edges: &[f64], along: &[f64]) -> Vec<Vec<bool>> {
    let mut marks = vec![vec![false; along.len().saturating_sub(1)]; edges.len()];
    for rule in rules {
        let edge = edges.iter().position(|edge| (rule.at - edge).abs() <= NEAR);
        let Some(cells) = edge.and_then(|edge| marks.get_mut(edge)) else { continue };
        for ((from, to), cell) in along.iter().zip(along.iter().skip(1)).zip(cells) {
            let middle = f64::midpoint(*from, *to);
            *cell = *cell || (rule.from - NEAR <= middle && middle <= rule.to + NEAR);
        }
    }
    marks
}

fn middle(glyph: &Glyph) -> (f64, f64) {
    (glyph.x + glyph.width / 2.0, glyph.y - 0.3 * glyph.size)
}

/// Lines that go on from each other, as one.
fn merged(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut at = f64::NEG_INFINITY;
    for rule in &mut rules {
        if rule.at - at > NEAR {
            at = rule.at;
        }
        rule.at = at;
    }
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Rule> = Vec::new();
    for rule in rules {
        match out.last_mut() {
            Some(last) if last.at.total_cmp(&rule.at).is_eq() && rule.from <= last.to + TOUCH => {
                last.to = last.to.max(rule.to);
            }
            _ => out.push(rule),
        }
    }
    out
}

/// Places that are not near each other, in order.
fn distinct(places: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut places: Vec<f64> = places.filter(|place| place.is_finite()).collect();
    places.sort_by(f64::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= NEAR);
    places
}

fn root(group: &mut [usize], at: usize) -> usize {
    let mut here = at;
    while let Some(next) = group.get(here).copied().filter(|next| *next != here) {
        let over = group.get(next).copied().unwrap_or(next);
        if let Some(link) = group.get_mut(here) {
            *link = over;
        }
        here = next;
    }
    here
}

fn join(group: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group, a), root(group, b));
    if let Some(link) = group.get_mut(a.max(b)) {
        *link = a.min(b);
    }
}
