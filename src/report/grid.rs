//! A table in columns of characters: which columns stand beside each other, how wide each is, and the lines of a row.

use super::model::{Align, Table};
use crate::text::width::{centre, pad, pad_start, width};
use crate::text::wrap::wrap;

/// Between two columns.
const GAP: usize = 2;
/// What a column of text is never narrower than while there is a choice: five characters.
const TEXT_MIN: usize = 10;

/// Columns that stand beside each other on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    columns: Vec<Placed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placed {
    at: usize,
    align: Align,
    share: usize,
    width: usize,
    /// As wide as it would like to be.
    wish: usize,
}

/// Cuts a table into groups of columns no wider than `cols`. The frozen columns stand before each group; no other column is
/// in two groups, and none is left out.
pub(super) fn groups(table: &Table, cols: usize) -> Vec<Group> {
    let mut placed: Vec<Placed> = measured(table, cols);
    let rest = placed.split_off(table.frozen.min(placed.len()));
    let mut frozen = placed;
    // The columns that name the row never take more than half of the page from what they name.
    let most = if rest.is_empty() { cols } else { cols / 2 };
    narrow(&mut frozen, most);
    let used = span(&frozen);
    let room = if used == 0 { cols } else { cols.saturating_sub(used + GAP).max(2) };
    let mut groups = Vec::new();
    let mut group: Vec<Placed> = Vec::new();
    for mut column in rest {
        column.width = column.width.min(room);
        if !group.is_empty() && span(&group) + GAP + column.width > room {
            groups.push(std::mem::take(&mut group));
        }
        group.push(column);
    }
    if !group.is_empty() || groups.is_empty() {
        groups.push(group);
    }
    groups
        .into_iter()
        .map(|group| {
            let mut columns: Vec<Placed> = frozen.iter().copied().chain(group).collect();
            grow(&mut columns, cols);
            Group { columns }
        })
        .collect()
}

fn measured(table: &Table, cols: usize) -> Vec<Placed> {
    let widest = |rows: &[Vec<String>], at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.flat_map(|cell| cell.split('\n').map(width)).max().unwrap_or(0)
    };
    let column = |(at, column): (usize, &super::model::Column)| {
        let body = widest(&table.rows, at);
        let wish = body.max(widest(&table.head, at)).max(2);
        let least = if column.share > 0 { wish.min(TEXT_MIN) } else { body.max(wish.min(4)).min(cols / 3) };
        Placed { at, align: column.align, share: usize::from(column.share), width: least.max(2), wish }
    };
    table.columns.iter().enumerate().map(column).collect()
}

fn span(columns: &[Placed]) -> usize {
    columns.iter().map(|column| column.width + GAP).sum::<usize>().saturating_sub(GAP)
}

/// Takes columns off the widest until all fit into `most`.
fn narrow(columns: &mut [Placed], most: usize) {
    while span(columns) > most {
        match columns.iter_mut().max_by_key(|column| column.width) {
            Some(widest) if widest.width > 2 => widest.width -= 1,
            _ => return,
        }
    }
}

/// Gives the room that is left: first so that heads stand on one line, then to text by shares, as far as it is of use.
fn grow(columns: &mut [Placed], cols: usize) {
    for column in 0..columns.len() {
        let room = cols.saturating_sub(span(columns));
        if let Some(column) = columns.get_mut(column).filter(|column| column.share == 0) {
            let most = column.wish.min(cols / 3).max(column.width);
            column.width += room.min(most - column.width);
        }
    }
    // One column at a time to whoever is furthest from its share.
    while span(columns) < cols {
        let next = columns
            .iter_mut()
            .filter(|column| column.share > 0 && column.width < column.wish)
            .min_by_key(|column| column.width * 100 / column.share);
        match next {
            Some(column) => column.width += 1,
            None => return,
        }
    }
}

impl Group {
    /// How wide it is.
    pub(super) fn span(&self) -> usize {
        span(&self.columns)
    }

    /// A row's lines; cells wrap within their columns.
    pub(super) fn lines(&self, row: &[String]) -> Vec<String> {
        let cells: Vec<Vec<String>> = self
            .columns
            .iter()
            .map(|column| wrap(row.get(column.at).map_or("", String::as_str), column.width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        (0..height).map(|at| self.line(&cells, at)).collect()
    }

    fn line(&self, cells: &[Vec<String>], at: usize) -> String {
        let mut line = String::new();
        for (column, cell) in self.columns.iter().zip(cells) {
            if !line.is_empty() {
                line.push_str(&" ".repeat(GAP));
            }
            let text = cell.get(at).map_or("", |text| text.trim_end());
            line.push_str(&match column.align {
                Align::Left => pad(text, column.width),
                Align::Right => pad_start(text, column.width),
                Align::Center => centre(text, column.width),
            });
        }
        line.trim_end_matches(' ').to_owned()
    }
}
