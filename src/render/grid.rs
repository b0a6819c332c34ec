//! A table in columns of characters: which columns stand beside each other, how wide each is, and the lines of a row.

use super::plain::clean;
use crate::report::model::{Align, Cell, Joined, Table};
use crate::text::width::{centre, pad, pad_start, truncate, width};
use crate::text::wrap::wrap;

/// What a column of text is never narrower than while there is a choice: five characters.
const TEXT_MIN: usize = 10;
/// The same for a column that names the row.
const NAME_MIN: usize = 14;
/// How much of a row's name is repeated before the second and further groups of columns.
const BRIEF: usize = 12;

/// Columns that stand beside each other on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    columns: Vec<Placed>,
    gap: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placed {
    at: usize,
    align: Align,
    share: usize,
    width: usize,
    /// As wide as it would like to be.
    wish: usize,
    /// Cut to one line: it stands in full in the first group.
    brief: bool,
}

/// Cuts a table into groups of columns no wider than `cols`, which is at least 20. Where one group does not do, the first
/// holds what names the row, as many columns as fit, and the last column if that is text (牵头单位); each further group
/// repeats, shortened, what names the row. No column is left out.
pub(super) fn groups(table: &Table, cols: usize) -> Vec<Group> {
    let mut rest = measured(table, cols);
    let wished = rest.iter().map(|column| column.wish + 2).sum::<usize>();
    let gap = if wished <= cols + 2 { 2 } else { 1 };
    if span(&rest, gap) <= cols {
        grow(&mut rest, cols, gap);
        return vec![Group { columns: rest, gap }];
    }
    let mut named = rest;
    let mut rest = named.split_off(table.frozen.min(named.len()).min(cols / 8));
    // The columns that name the row never take more than half of the page from what they name.
    narrow(&mut named, cols / 2, gap);
    let tail = rest.pop_if(|last| last.share > 0 && span(&named, gap) + gap + last.width <= cols * 3 / 4);
    let mut short = named.clone();
    for column in short.iter_mut().filter(|column| column.share > 0) {
        (column.brief, column.width) = (true, column.wish.min(BRIEF));
    }
    narrow(&mut short, cols / 2, gap);

    let mut groups = Vec::new();
    let mut group = named;
    let mut fixed = group.len();
    let mut end: Vec<Placed> = tail.into_iter().collect();
    for mut column in rest {
        let reserved = if end.is_empty() { 0 } else { span(&end, gap) + gap };
        if span(&group, gap) + gap + column.width + reserved > cols && group.len() + end.len() > fixed {
            group.append(&mut end);
            groups.push(std::mem::replace(&mut group, short.clone()));
            fixed = short.len();
        }
        let taken = if group.is_empty() { 0 } else { span(&group, gap) + gap };
        column.width = column.width.min(cols.saturating_sub(taken)).max(2);
        group.push(column);
    }
    group.append(&mut end);
    groups.push(group);
    let done = groups.into_iter().map(|mut columns| {
        grow(&mut columns, cols, gap);
        Group { columns, gap }
    });
    done.collect()
}

fn measured(table: &Table, cols: usize) -> Vec<Placed> {
    let widest = |rows: &[Vec<Cell>], at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.flat_map(|cell| cell.text.split('\n').map(width)).max().unwrap_or(0)
    };
    let column = |(at, column): (usize, &crate::report::model::Column)| {
        let body = widest(&table.rows, at);
        let wish = body.max(widest(&table.head, at)).max(2);
        let text_min = if at < table.frozen { NAME_MIN.min(cols / 4) } else { TEXT_MIN };
        // Heads may wrap, but not within a word.
        let heads = table.head.iter().filter_map(|row| row.get(at));
        let word = heads
            .flat_map(|head| head.text.split_whitespace())
            .map(|word| if word.is_ascii() { width(word) } else { 4 });
        let word = word.max().unwrap_or(0).min(wish);
        let least = if column.share > 0 { wish.min(text_min) } else { body.max(word).min(cols / 3) };
        let share = usize::from(column.share);
        Placed { at, align: column.align, share, width: least.max(2), wish, brief: false }
    };
    table.columns.iter().enumerate().map(column).collect()
}

fn span(columns: &[Placed], gap: usize) -> usize {
    columns.iter().map(|column| column.width + gap).sum::<usize>().saturating_sub(gap)
}

/// Takes columns off the widest until all fit into `most`.
fn narrow(columns: &mut [Placed], most: usize, gap: usize) {
    while span(columns, gap) > most {
        match columns.iter_mut().max_by_key(|column| column.width) {
            Some(widest) if widest.width > 2 => widest.width -= 1,
            _ => return,
        }
    }
}

/// Gives the room that is left: first so that heads stand on one line, then to text by shares, as far as it is of use.
fn grow(columns: &mut [Placed], cols: usize, gap: usize) {
    for at in 0..columns.len() {
        let room = cols.saturating_sub(span(columns, gap));
        if let Some(column) = columns.get_mut(at).filter(|column| column.share == 0) {
            let most = column.wish.min(cols / 3).max(column.width);
            column.width += room.min(most - column.width);
        }
    }
    // One column of characters at a time to whoever is furthest from its share.
    while span(columns, gap) < cols {
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
        span(&self.columns, self.gap)
    }

    /// A row's lines; cells wrap within their columns. A cell that is one with its neighbour says nothing again, but for one that
    /// goes on from above where a page begins (`fresh`).
    pub(super) fn lines(&self, row: &[Cell], fresh: bool) -> Vec<String> {
        let cells: Vec<Vec<String>> = self
            .columns
            .iter()
            .map(|column| {
                let said = |cell: &&Cell| match cell.joined {
                    Joined::No => true,
                    Joined::Above => fresh,
                    Joined::Left => false,
                };
                let cell = clean(row.get(column.at).filter(said).map_or("", |cell| cell.text.as_str()));
                if column.brief {
                    vec![truncate(&cell.replace('\n', " "), column.width, "…").into_owned()]
                } else {
                    wrap(&cell, column.width)
                }
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        (0..height).map(|at| self.line(&cells, at)).collect()
    }

    fn line(&self, cells: &[Vec<String>], at: usize) -> String {
        let mut line = String::new();
        for (place, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            if place > 0 {
                line.push_str(&" ".repeat(self.gap));
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
