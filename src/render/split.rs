//! A table on paper: which columns stand beside each other and how wide each is, in the unit that `measure` answers in (points).
//! Where a page has no room for all of them the table is cut into groups, as [`super::grid`] does it in characters.

use crate::report::model::{Cell, Column, Joined, Table};

/// Characters of Chinese that a column of text is never narrower than while there is a choice.
const TEXT_MIN: f64 = 5.0;
/// The same for a column that names the row.
const NAME_MIN: f64 = 7.0;
/// How much wider than it likes a column of figures becomes to fill the line.
const STRETCH: f64 = 1.5;

/// A column with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Which column of the table.
    pub(super) at: usize,
    /// How wide it is, with `pad`.
    pub(super) width: f64,
}

#[derive(Debug, Clone, Copy)]
struct Measured {
    at: usize,
    share: f64,
    least: f64,
    wish: f64,
}

/// Cuts a table into groups of columns no wider than `room`. `pad` is what a cell's left and right edge take together, `measure`
/// how wide a text is on one line. Where one group does not do, the first holds what names the row, as many columns as fit, and
/// the last column if that is text (牵头单位); each further group repeats what names the row. Every other column stands once.
pub(super) fn groups(table: &Table, room: f64, pad: f64, measure: &dyn Fn(&str) -> f64) -> Vec<Vec<Placed>> {
    let em = measure("督");
    let mut rest: Vec<Measured> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| measured(table, at, column, (room, pad, em), measure))
        .collect();
    if span(&rest) <= room {
        return vec![placed(rest, room)];
    }
    let mut taken = 0.0;
    let named = rest.iter().take(table.frozen).take_while(|_| {
        taken += em * 4.0;
        taken <= room
    });
    let mut named: Vec<Measured> = named.copied().collect();
    rest.drain(..named.len());
    // The columns that name the row never take more than half of the page from what they name.
    narrow(&mut named, if rest.is_empty() { room } else { room / 2.0 });
    let mut end: Vec<Measured> =
        rest.pop_if(|last| last.share > 0.0 && span(&named) + last.least <= room * 0.75).into_iter().collect();

    let mut groups = Vec::new();
    let mut group = named.clone();
    for mut column in rest {
        let alone = group.len() == named.len() && end.is_empty();
        if !alone && span(&group) + span(&end) + column.least > room {
            group.append(&mut end);
            groups.push(std::mem::replace(&mut group, named.clone()));
        }
        column.least = column.least.min(room - span(&group));
        group.push(column);
    }
    group.append(&mut end);
    groups.push(group);
    groups.into_iter().map(|group| placed(group, room)).collect()
}

fn measured(
    table: &Table,
    at: usize,
    column: &Column,
    (room, pad, em): (f64, f64, f64),
    measure: &dyn Fn(&str) -> f64,
) -> Measured {
    // A cell that lies across several columns has the room of all of them.
    let across =
        |row: &[Cell]| [at, at + 1].iter().any(|at| row.get(*at).is_some_and(|cell| cell.joined == Joined::Left));
    let widest = |rows: &[Vec<Cell>]| {
        let cells = rows.iter().filter(|row| !across(row)).filter_map(|row| row.get(at));
        let lines = cells.flat_map(|cell| cell.text.split('\n').map(measure));
        lines.fold(0.0, f64::max)
    };
    let body = widest(&table.rows);
    let wish = body.max(widest(&table.head)).max(em);
    // Heads may wrap, but not within a word, and not to one character a line.
    let heads = table.head.iter().filter(|row| !across(row)).filter_map(|row| row.get(at));
    let words = heads.flat_map(|head| head.text.split_whitespace());
    let word = words.map(|word| if word.is_ascii() { measure(word) } else { em * 2.0 }).fold(0.0, f64::max).min(wish);
    let text_min = em * if at < table.frozen { NAME_MIN } else { TEXT_MIN };
    let least = if column.share > 0 { wish.min(text_min) } else { body.max(word) };
    let most = room / 3.0;
    Measured { at, share: f64::from(column.share), least: (least.max(em) + pad).min(most), wish: wish + pad }
}

fn span(columns: &[Measured]) -> f64 {
    columns.iter().map(|column| column.least).sum()
}

/// Cuts the widest down until all fit into `most`.
fn narrow(columns: &mut [Measured], most: f64) {
    let limit = level(most, |limit| columns.iter().map(|column| column.least.min(limit)).sum());
    for column in columns {
        column.least = column.least.min(limit);
    }
}

/// The greatest number between 0 and `most` whose `sum`, which grows with it, is no more than `most`.
fn level(most: f64, sum: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, most);
    if sum(high) <= most {
        return high;
    }
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if sum(middle) <= most { low = middle } else { high = middle }
    }
    low
}

/// Gives the room that is left: first so that heads stand on one line, then to text by shares as far as it is of use, then so
/// that the line is full.
fn placed(mut columns: Vec<Measured>, room: f64) -> Vec<Placed> {
    for at in 0..columns.len() {
        let left = (room - span(&columns)).max(0.0);
        if let Some(column) = columns.get_mut(at).filter(|column| column.share == 0.0) {
            let more = column.wish.min(room / 3.0) - column.least;
            column.least += more.clamp(0.0, left);
        }
    }
    let grown = |column: &Measured, share: f64| (column.share * share).min(column.wish).max(column.least);
    let share = level(room, |share| columns.iter().map(|column| grown(column, share)).sum());
    for column in &mut columns {
        column.least = grown(column, share);
    }
    let left = (room - span(&columns)).max(0.0);
    let shares: f64 = columns.iter().map(|column| column.share).sum();
    let stretch = (room / span(&columns).max(1.0)).clamp(1.0, STRETCH);
    let width = |column: &Measured| {
        if shares > 0.0 { column.least + left * column.share / shares } else { column.least * stretch }
    };
    columns.iter().map(|column| Placed { at: column.at, width: width(column) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;
    use proptest::prelude::*;

    fn measure(text: &str) -> f64 {
        f64::from(u16::try_from(width(text)).unwrap_or(u16::MAX)) * 5.0
    }

    fn table(shares: &[u8], frozen: usize, cell: &str) -> Table {
        let columns = shares.iter().map(|share| Column { share: *share, ..Column::figures() }).collect();
        let row = Cell::row(shares.iter().map(|_| cell));
        Table { caption: String::new(), columns, frozen, head: vec![row.clone()], rows: vec![row] }
    }

    #[test]
    fn one_group_fills_the_line_and_text_takes_the_room() {
        let groups = groups(&table(&[0, 4, 2, 0], 1, "督查室"), 400.0, 6.0, &measure);
        let widths: Vec<f64> = groups.concat().iter().map(|column| column.width).collect();
        assert_eq!(groups.len(), 1);
        assert!((widths.iter().sum::<f64>() - 400.0).abs() < 0.01, "{widths:?}");
        assert!((widths[0] - 36.0).abs() < 0.01 && widths[1] > widths[2], "{widths:?}");
    }

    #[test]
    fn a_long_text_beside_short_ones_leaves_them_their_least() {
        let mut table = table(&[1, 1], 0, "督");
        table.rows[0][1] = "查".repeat(5_000).into();
        let widths = groups(&table, 400.0, 0.0, &measure).concat();
        assert!((widths[0].width - 10.0).abs() < 0.01 && (widths[1].width - 390.0).abs() < 0.01, "{widths:?}");
    }

    proptest! {
        #[test]
        fn no_group_is_wider_than_the_page_and_every_column_stands_once(
            shares in proptest::collection::vec(0_u8..5, 1..70), frozen in 0_usize..6,
            cell in "[督查a-z0-9 /]{0,40}", room in 200.0_f64..700.0,
        ) {
            let groups = groups(&table(&shares, frozen, &cell), room, 6.0, &measure);
            for group in &groups {
                let span: f64 = group.iter().map(|column| column.width).sum();
                prop_assert!(span <= room + 0.01, "{span} of {room}");
                prop_assert!(group.iter().all(|column| column.width > 0.0));
            }
            let mut seen: Vec<usize> = groups.concat().iter().map(|column| column.at).filter(|at| *at >= frozen).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (frozen..shares.len()).collect::<Vec<_>>());
        }
    }
}
