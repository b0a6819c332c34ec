//! Lines and rows of all pages as one text: what the width of a page and its end have cut is joined.

use super::lines::Line;
use super::page::{Block, Page};
use crate::import::numbering::outline;
use crate::import::source::cells::{Cell, put_row};
use crate::import::vocabulary::labels;

/// The text of the pages: a line a paragraph or a row.
pub(super) fn flow(pages: Vec<Page>) -> Vec<String> {
    let mut out = Flow::default();
    for page in pages {
        out.margins = margins(&page);
        out.page_begins = true;
        for block in page.blocks {
            match block {
                Block::Line(line) => out.line(line),
                Block::Row(cells, columns) => out.row(cells, columns),
            }
            out.page_begins = false;
        }
    }
    out.close_row();
    out.lines
}

/// Words that a line of its own begins with.
pub(super) const BEGINS: [&str; 6] = ["抄送", "主送", "附件", "附：", "附表", "注："];

#[derive(Default)]
struct Flow {
    lines: Vec<String>,
    /// Whether the last line of `lines` fills its page's width, so that the next may belong to it.
    full: bool,
    /// Whether a blank ends it.
    blank: bool,
    /// The last row, while the next page may go on with it.
    row: Option<(Vec<Cell>, Vec<f64>)>,
    /// Left and right of the page's text.
    margins: (f64, f64),
    page_begins: bool,
}

impl Flow {
    fn line(&mut self, line: Line) {
        self.close_row();
        let (left, right) = self.margins;
        let indented = line.left > left + 0.8 * line.size;
        let begins = indented
            || BEGINS.iter().any(|word| line.text.starts_with(word))
            || outline(&line.text).is_some()
            || !labels(&line.text).is_empty();
        // From margin to margin: a centred title or a date on the right is not cut by the width.
        let full = line.right + 1.6 * line.size >= right && line.left <= left + 2.6 * line.size;
        match self.lines.last_mut() {
            Some(last) if self.full && !begins => {
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                if self.blank || (latin(last.chars().last()) && latin(line.text.chars().next())) {
                    last.push(' ');
                }
                last.push_str(&line.text);
            }
            _ => self.lines.push(line.text),
        }
        (self.full, self.blank) = (full, line.blank);
    }

    fn row(&mut self, cells: Vec<Cell>, columns: Vec<f64>) {
        self.full = false;
        if self.page_begins
            && let Some((last, known)) = &mut self.row
            && same(known, &columns)
            && goes_on(last, &cells)
        {
            for (cell, rest) in last.iter_mut().zip(cells) {
                append(cell, rest);
            }
            return;
        }
        self.close_row();
        self.row = Some((cells, columns));
    }

    fn close_row(&mut self) {
        if let Some((cells, _)) = self.row.take() {
            put_row(cells, &mut self.lines);
        }
    }
}

/// Whether two tables have the same columns.
fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 6.0)
}

/// Whether the first row of a page is the rest of the last row of the page before: it has no number, and the longest text of
/// the other breaks off.
fn goes_on(last: &[Cell], row: &[Cell]) -> bool {
    let text = |cell: &Cell| cell.lines.concat();
    let longest = last.iter().map(text).max_by_key(String::len).unwrap_or_default();
    let whole = longest.trim_end().ends_with(['。', '；', ';', '！', '）', ')']);
    let headless = row.first().is_some_and(|cell| cell.lines.is_empty());
    last.len() == row.len() && headless && !whole && longest.chars().count() > 8
}

fn append(cell: &mut Cell, rest: Cell) {
    let mut more = rest.lines.into_iter();
    match (cell.lines.last_mut(), more.next()) {
        (Some(last), Some(first)) => last.push_str(&first),
        (None, Some(first)) => cell.lines.push(first),
        (_, None) => {}
    }
    cell.lines.extend(more);
}

/// Where the text of a page begins and ends: as its lines do, but for a few, and its tables.
fn margins(page: &Page) -> (f64, f64) {
    let lines = || {
        page.blocks.iter().filter_map(|block| match block {
            Block::Line(line) => Some(line),
            Block::Row(..) => None,
        })
    };
    let columns = || {
        page.blocks.iter().filter_map(|block| match block {
            Block::Line(_) => None,
            Block::Row(_, columns) => columns.first().copied().zip(columns.last().copied()),
        })
    };
    let mut rights: Vec<f64> = lines().map(|line| line.right).collect();
    rights.sort_by(f64::total_cmp);
    let left = lines().map(|line| line.left).chain(columns().map(|(left, _)| left)).fold(f64::INFINITY, f64::min);
    let right = rights.get(rights.len().saturating_sub(1 + rights.len() / 40)).copied().unwrap_or_default();
    (left, columns().map(|(_, right)| right).fold(right, f64::max))
}
