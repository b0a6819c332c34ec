//! Quota tables whose rows are the areas and whose columns the items: 镇（街道） | 新增学位（个） | 新建幼儿园（所）. They are turned, and read like
//! the others.

use std::borrow::Cow;

use super::shape::{Shaped, What};
use super::source::DITTO;
use super::vocabulary::{AREA_HEADS, Field, Label, SUMS, field, is_area, measured};

/// The lines with such tables turned.
pub(super) fn turned<'a>(shaped: &[Shaped<'a>]) -> Vec<Shaped<'a>> {
    let mut out = Vec::with_capacity(shaped.len());
    let mut rest = shaped;
    while let Some((first, behind)) = rest.split_first() {
        if let Some((rows, table)) = table(rest) {
            out.extend(table);
            rest = rest.get(rows..).unwrap_or_default();
        } else {
            out.push(first.clone());
            rest = behind;
        }
    }
    out
}

/// What a row of such a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Area,
    Total,
    Lead,
}

/// How many lines the table takes that begins here, and its rows as those of another table have them.
fn table<'a>(lines: &[Shaped<'a>]) -> Option<(usize, Vec<Shaped<'a>>)> {
    let (head, behind) = lines.split_first()?;
    let upper = cells(head)?;
    let at = (0..2).find(|at| upper.get(*at).is_some_and(|cell| AREA_HEADS.contains(&bare(cell).as_str())))?;
    if at == 1 && field(upper.first()?) != Some(Field::No) {
        return None;
    }
    // A head of two rows names the items in the lower one.
    let lower = behind.first().and_then(cells).filter(|cells| cells.get(at).is_some_and(|cell| cell == DITTO));
    let heads = 1 + usize::from(lower.is_some());
    let said = |cell: Option<&Cow<'a, str>>| cell.filter(|cell| !cell.is_empty() && *cell != DITTO).cloned();
    let width = upper.len().max(lower.as_ref().map_or(0, Vec::len));
    let items: Vec<(usize, Cow<'a, str>)> = (at + 1..width)
        .filter_map(|column| {
            Some((
                column,
                said(lower.as_ref().and_then(|lower| lower.get(column))).or_else(|| said(upper.get(column)))?,
            ))
        })
        .collect();
    if items.is_empty() || items.iter().any(|(_, head)| is_area(head) || matches!(field(head), Some(Field::Label(_)))) {
        return None;
    }
    let rows: Vec<(Row, Vec<Cow<'a, str>>)> = lines
        .get(heads..)?
        .iter()
        .map_while(|line| cells(line).and_then(|cells| Some((row(cells.get(at)?)?, cells))))
        .collect();
    let of = |wanted| rows.iter().filter(move |(row, _)| *row == wanted).map(|(_, cells)| cells);
    if of(Row::Area).count() < 2 {
        return None;
    }
    let line = |cells| Shaped { line: head.line, printed: head.printed, what: What::Cells(cells) };
    let name = |cells: &Vec<Cow<'a, str>>| cells.get(at).cloned().unwrap_or_default();
    let total = of(Row::Total).next_back();
    let mut first: Vec<Cow<'a, str>> = vec!["序号".into(), "项目".into(), "单位".into()];
    first.extend(total.map(|_| "合计".into()));
    first.extend(of(Row::Area).map(name));
    first.push("责任单位".into());
    let mut out = vec![line(first)];
    let mut lead = Cow::Borrowed("");
    for (no, (column, item)) in items.into_iter().enumerate() {
        let cell = |cells: &Vec<Cow<'a, str>>| said(cells.get(column)).unwrap_or_default();
        // One cell over several items.
        if let Some(own) = of(Row::Lead).next_back().and_then(|cells| said(cells.get(column))) {
            lead = own;
        }
        let (name, measure) = measured(&item);
        let measure = measure.unwrap_or_default().to_owned();
        let mut row: Vec<Cow<'a, str>> = vec![(no + 1).to_string().into(), name.to_owned().into(), measure.into()];
        row.extend(total.map(cell));
        row.extend(of(Row::Area).map(cell));
        row.push(lead.clone());
        out.push(line(row));
    }
    Some((heads + rows.len(), out))
}

fn row(name: &str) -> Option<Row> {
    let bare = bare(name);
    if is_area(&bare) {
        return Some(Row::Area);
    }
    if SUMS.iter().any(|sum| bare.ends_with(sum)) || ["全市", "全县", "全区"].contains(&bare.as_str()) {
        return Some(Row::Total);
    }
    matches!(field(&bare), Some(Field::Label(Label::Lead | Label::Units))).then_some(Row::Lead)
}

fn cells<'a>(line: &Shaped<'a>) -> Option<Vec<Cow<'a, str>>> {
    line.what.clone().cells()
}

fn bare(cell: &str) -> String {
    cell.chars().filter(|c| !c.is_whitespace()).collect()
}
