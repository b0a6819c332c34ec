//! Tables: groups of columns as wide as the page, the head at the top of every page, rows in one piece where a page has room for them.

mod grid;
mod place;

use grid::Grid;
use place::Placing;

use super::flow::{Flow, Role, Stand, pitch};
use super::line::{Measure, Type};
use crate::catalog::Say;
use crate::render::fonts::Face;
use crate::render::page::{SIZE_4, SIZE_5, SIZE_5_SMALL};
use crate::render::split::{self, Placed};
use crate::report::model::Table;
use crate::text::one_line;

/// What is empty at the left and the right of a cell's words together, in points.
const PAD: f64 = 5.0;
/// What is empty over and below them, each.
const PAD_HIGH: f64 = 2.5;
/// From one line of a cell to the next, in parts of the size.
const LEAD: f64 = 1.35;
/// The thickness of the lines, in points.
const RULE: f64 = 0.5;
/// From one line of a caption to the next, and to the table.
const CAPTION_LEAD: f64 = 22.0;

/// The sizes of a wide table, in points: 小五, and where only a smaller one has room for all columns beside each other that one, down to
/// 六号.
const WIDE: [f64; 3] = [SIZE_5_SMALL, 8.25, 7.5];

/// A table's columns as they stand beside each other, and the type of its cells and of its head.
struct Shape {
    groups: Vec<Vec<Placed>>,
    cells: Type,
    heads: Type,
}

fn shape(flow: &Flow<'_>, table: &Table) -> Shape {
    let width = flow.area().width;
    let of = |size: f64| {
        let cells = Type::of(Face::Song, size);
        // A hair more, so that a column as wide as its words holds them.
        let measure = |text: &str| flow.faces.width(text, cells) + 0.1;
        Shape { groups: split::groups(table, width, PAD, &measure), cells, heads: Type::of(Face::Hei, size) }
    };
    if !table.is_wide() {
        return of(SIZE_5);
    }
    let whole = WIDE.into_iter().map(of).find(|shape| shape.groups.len() == 1);
    whole.unwrap_or_else(|| of(SIZE_5_SMALL))
}

/// Sets a table under a caption.
pub(super) fn table(flow: &mut Flow<'_>, table: &Table, caption: &str) {
    let caption = one_line(caption).text;
    let Shape { groups, cells, heads } = shape(flow, table);
    for (at, columns) in groups.into_iter().enumerate() {
        let head = Grid::new(flow.faces, &table.head, &columns, heads, None);
        let body = Grid::new(flow.faces, &table.rows, &columns, cells, Some(&table.columns));
        let words = match at {
            0 => caption.clone(),
            _ if caption.is_empty() => caption.clone(),
            _ => format!("{caption}{}", flow.lang.say(Say::ReportContinued)),
        };
        let kind = Type::of(Face::Hei, SIZE_4);
        let set = match words.as_str() {
            "" => Vec::new(),
            words => flow.faces.lines(words, kind, Measure::plain(flow.area().width)),
        };
        let first = body.heights().first().copied().unwrap_or(0.0).min(flow.area().height / 2.0);
        let begins = head.heights().iter().sum::<f64>() + first;
        flow.need(f64::from(u32::try_from(set.len()).unwrap_or(u32::MAX)).mul_add(CAPTION_LEAD, begins));
        if !set.is_empty() {
            let of = flow.part(Role::Text, None);
            flow.lines(of, set, kind, CAPTION_LEAD, Stand::Middle);
            // Under a caption as long as a page the table begins on the next.
            flow.need(begins);
        } else if at > 0 && !flow.is_fresh() {
            flow.y += pitch() / 2.0;
        }
        let of = flow.part(Role::Table, None);
        Placing { flow, of, head: &head, body: &body, told: false }.place();
        flow.y += pitch() / 3.0;
    }
}

/// How much of a page the beginning of a table takes: caption, head and first row.
pub(super) fn least(flow: &Flow<'_>, table: &Table) -> f64 {
    let Shape { groups, cells, heads } = shape(flow, table);
    let Some(columns) = groups.into_iter().next() else { return 0.0 };
    let head = Grid::new(flow.faces, &table.head, &columns, heads, None);
    let first = table.rows.get(..1).unwrap_or_default();
    let row = Grid::new(flow.faces, first, &columns, cells, Some(&table.columns));
    let height = |grid: &Grid| grid.heights().iter().sum::<f64>();
    CAPTION_LEAD + height(&head) + height(&row).min(flow.area().height / 2.0)
}
