//! A table where there is no end to the width: columns that hold several figures become several columns.

use crate::report::model::{Align, Cell, Column, Joined, Table, Value};

/// The table with every column of parts in its place as columns of its own. The names of the parts stand in the last head row;
/// where that has no room for them, in one more.
pub(super) fn unfold(table: &Table) -> Table {
    if table.columns.iter().all(|column| column.parts.is_empty()) {
        return table.clone();
    }
    let free = table.head.len() > 1
        && table.head.last().is_some_and(|last| {
            let of_parts = last.iter().zip(&table.columns).filter(|(_, column)| !column.parts.is_empty());
            of_parts.clone().all(|(cell, _)| cell.joined == Joined::Above)
        });
    let mut head = table.head.clone();
    if !free {
        let below = head.last().into_iter().flatten().map(|cell| cell.clone().joined(Joined::Above));
        head.push(below.collect());
    }
    let last = head.len().saturating_sub(1);
    let head = head.iter().enumerate().map(|(at, row)| {
        spread(table, row, |cell, column| {
            if at == last {
                return column.parts.iter().map(|part| Cell::from(part.as_str())).collect();
            }
            // The name of the whole stands over its parts.
            let mut cells = vec![cell.clone().joined(Joined::Left); column.parts.len()];
            if let Some(first) = cells.first_mut() {
                first.joined = cell.joined;
            }
            cells
        })
    });
    let rows = table.rows.iter().map(|row| {
        spread(table, row, |cell, column| match &cell.value {
            Value::Parts(parts) => padded(parts.iter().cloned(), column.parts.len()),
            _ => padded(std::iter::once(cell.clone()), column.parts.len()),
        })
    });
    let part = |column: &Column| match column.parts.len() {
        0 => vec![column.clone()],
        count => vec![Column { align: Align::Right, share: 0, parts: Vec::new() }; count],
    };
    Table {
        caption: table.caption.clone(),
        columns: table.columns.iter().flat_map(part).collect(),
        frozen: table.columns.iter().take(table.frozen).map(|column| column.parts.len().max(1)).sum(),
        head: head.collect(),
        rows: rows.collect(),
    }
}

/// Cells, with empty ones behind them where there are too few.
fn padded(cells: impl Iterator<Item = Cell>, count: usize) -> Vec<Cell> {
    let mut cells: Vec<Cell> = cells.take(count).collect();
    cells.resize(count, Cell::default());
    cells
}

fn spread(table: &Table, row: &[Cell], parts: impl Fn(&Cell, &Column) -> Vec<Cell>) -> Vec<Cell> {
    let cells = row
        .iter()
        .zip(&table.columns)
        .flat_map(|(cell, column)| if column.parts.is_empty() { vec![cell.clone()] } else { parts(cell, column) });
    cells.collect()
}

/// How many columns and rows the cell at a place takes: 0 and 0 where it is one with its neighbour. Rows end where the group
/// (head, or body) ends.
pub(super) fn spans(rows: &[Vec<Cell>], row: usize, column: usize) -> (usize, usize) {
    let joined = |row: usize, column: usize| rows.get(row).and_then(|cells| cells.get(column)).map(|cell| cell.joined);
    match joined(row, column) {
        Some(Joined::No) => {}
        // What is joined to nothing stands alone.
        Some(Joined::Above) if row == 0 => {}
        Some(Joined::Left) if column == 0 => {}
        _ => return (0, 0),
    }
    let width = rows.get(row).map_or(0, Vec::len);
    let across = 1 + (column + 1..width).take_while(|at| joined(row, *at) == Some(Joined::Left)).count();
    let down = 1 + (row + 1..rows.len()).take_while(|at| joined(*at, column) == Some(Joined::Above)).count();
    (across, down)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_become_columns_under_the_name_of_the_whole() {
        let parts = vec!["目标".to_owned(), "完成".to_owned()];
        let columns = vec![Column::marks(), Column { parts, ..Column::figures() }];
        let figures = Value::Parts(Cell::row(["16", "12"]));
        let table = Table {
            columns,
            frozen: 1,
            head: vec![Cell::row(["序号", "东区"])],
            rows: vec![vec!["1".into(), Cell::worth("12/16", figures)], Cell::row(["2", "无任务"])],
            ..Table::default()
        };
        let wide = unfold(&table);
        let texts = |rows: &[Vec<Cell>]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect()
        };
        assert_eq!(texts(&wide.head), [["序号", "东区", "东区"], ["序号", "目标", "完成"]]);
        assert_eq!(texts(&wide.rows), [["1", "16", "12"], ["2", "无任务", ""]]);
        assert_eq!(spans(&wide.head, 0, 1), (2, 1));
        assert_eq!((spans(&wide.head, 0, 0), spans(&wide.head, 1, 0)), ((1, 2), (0, 0)));
        assert!(wide.rows.iter().chain(&wide.head).all(|row| row.len() == wide.columns.len()));
    }
}
