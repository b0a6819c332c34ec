//! Tables: heads that repeat on every page, merged cells, columns as wide as they need.

use super::xml::{Look, paragraph, run, styled, twips_of_points};
use crate::catalog::{Lang, Say};
use crate::model::Light;
use crate::render::chart::estimate;
use crate::render::fonts::Face;
use crate::render::page;
use crate::render::split::{Placed, groups};
use crate::render::unfold::spans;
use crate::report::model::{Align, Cell, Joined, Table, Value};

/// What the left and right edge of a cell take together, in points.
const PAD: f64 = 6.0;
/// A row with a longer text may be cut by the end of a page, in characters.
const WHOLE: usize = 400;

/// The table on a line of this width in points; cut into several where it has more columns than fit.
pub(super) fn table(table: &Table, room: f64, lang: Lang) -> String {
    let size = if table.is_wide() { page::SIZE_5_SMALL } else { page::SIZE_5 };
    let measure = |text: &str| estimate(text, size);
    let mut out = String::new();
    for (at, columns) in groups(table, room, PAD, &measure).iter().enumerate() {
        if !table.caption.is_empty() {
            let continued = if at == 0 { "" } else { lang.say(Say::ReportContinued) };
            out.push_str(&styled("Caption", &format!("{}{continued}", table.caption)));
        }
        group(table, columns, size, &mut out);
        // Two tables without a paragraph between them would be one.
        out.push_str("<w:p><w:pPr><w:spacing w:line=\"120\" w:lineRule=\"exact\"/></w:pPr></w:p>");
    }
    out
}

fn group(table: &Table, columns: &[Placed], size: f64, out: &mut String) {
    let widths: Vec<i64> = columns.iter().map(|column| twips_of_points(column.width)).collect();
    let all: i64 = widths.iter().sum();
    out.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid>",
        ["top", "left", "bottom", "right", "insideH", "insideV"]
            .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
            .concat()
    ));
    for width in &widths {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid>");
    for (rows, head) in [(&table.head, true), (&table.rows, false)] {
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| picked(row, columns)).collect();
        for at in 0..rows.len() {
            row(table, (&rows, at), (columns, &widths), (head, size), out);
        }
    }
    out.push_str("</w:tbl>");
}

/// The cells of a row that stand in a group. One that is joined to a column that stands elsewhere stands alone.
fn picked(row: &[Cell], columns: &[Placed]) -> Vec<Cell> {
    let mut last = None;
    columns
        .iter()
        .map(|column| {
            let mut cell = row.get(column.at).cloned().unwrap_or_default();
            if cell.joined == Joined::Left && last.is_none_or(|last| last + 1 != column.at) {
                cell.joined = Joined::No;
            }
            last = Some(column.at);
            cell
        })
        .collect()
}

fn row(
    table: &Table,
    (rows, at): (&[Vec<Cell>], usize),
    (columns, widths): (&[Placed], &[i64]),
    (head, size): (bool, f64),
    out: &mut String,
) {
    let Some(cells) = rows.get(at) else { return };
    let long = cells.iter().any(|cell| cell.text.chars().count() > WHOLE);
    out.push_str("<w:tr><w:trPr>");
    if !long {
        out.push_str("<w:cantSplit/>");
    }
    if head {
        out.push_str("<w:tblHeader/>");
    }
    out.push_str("</w:trPr>");
    let mut column = 0;
    while let Some(cell) = cells.get(column) {
        let (across, down) = spans(rows, at, column);
        // A cell below the first of several that are one: its column is there, its text is not.
        let goes_on = cell.joined == Joined::Above && across == 0;
        let across = if across == 0 { self_across(cells, column) } else { across };
        let width: i64 = widths.iter().skip(column).take(across).sum();
        out.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
        if across > 1 {
            out.push_str(&format!("<w:gridSpan w:val=\"{across}\"/>"));
        }
        if goes_on {
            out.push_str("<w:vMerge/>");
        } else if down > 1 {
            out.push_str("<w:vMerge w:val=\"restart\"/>");
        }
        if let Value::Light(light) = cell.value {
            out.push_str(&format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", shade(light)));
        }
        out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
        let align = columns.get(column).and_then(|placed| table.columns.get(placed.at)).map(|column| column.align);
        let text = if goes_on { "" } else { cell.text.as_str() };
        out.push_str(&content(text, align.unwrap_or(Align::Left), head, size));
        out.push_str("</w:tc>");
        column += across.max(1);
    }
    out.push_str("</w:tr>");
}

/// How many columns a cell takes that goes on from above: those joined to it.
fn self_across(cells: &[Cell], column: usize) -> usize {
    1 + cells.iter().skip(column + 1).take_while(|cell| cell.joined == Joined::Left).count()
}

fn content(text: &str, align: Align, head: bool, size: f64) -> String {
    let side = match align {
        _ if head => "center",
        Align::Left => "left",
        Align::Right => "right",
        Align::Center => "center",
    };
    let look = Look { face: Some(if head { Face::Hei } else { Face::Song }), size: Some(size), red: false };
    paragraph(&format!("<w:pStyle w:val=\"Cell\"/><w:jc w:val=\"{side}\"/>"), &run(text, look))
}

/// The ground of a light's cell; the word in it says the same.
const fn shade(light: Light) -> &'static str {
    match light {
        Light::Red => "FFD6D6",
        Light::Yellow => "FFF3BF",
        Light::Green => "D8F5D8",
        Light::Grey => "EEEEEE",
    }
}
