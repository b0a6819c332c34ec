//! Tables: heads that repeat on every page, rows in one piece where a page has room, merged cells whose words are said again after a page
//! is turned.

use super::frame::Item;
use super::layout::{Setter, foot};
use super::types::Style;
use crate::catalog::Say;
use crate::model::Light;
use crate::render::fonts::Face;
use crate::render::page::{SIZE_5, SIZE_5_SMALL};
use crate::render::split::{Placed, groups};
use crate::render::unfold::spans;
use crate::report::model::{Align, Cell, Joined, Table, Value};
use crate::text::sanitise;

/// What is free at the left and right of a cell, and above and below its text, in points.
const SIDE: f64 = 3.0;
const OVER: f64 = 2.5;
/// From one line of a cell to the next, in sizes.
const LEADING: f64 = 1.35;
/// The width of the rules.
const RULE: f64 = 0.5;

/// A cell with its lines.
#[derive(Debug, Clone)]
struct Set {
    lines: Vec<String>,
    align: Align,
    joined: Joined,
    light: Option<Light>,
    /// Columns that it takes.
    across: usize,
}

/// A row: cells by column; `None` where the cell at its left reaches over.
type Row = Vec<Option<Set>>;

impl Setter<'_> {
    /// Sets a table, group after group of columns.
    pub(super) fn table(&mut self, table: &Table) {
        let size = if table.is_wide() { SIZE_5_SMALL } else { SIZE_5 };
        let (types, width) = (self.types, self.area.width);
        let style = Style::new(Face::Song, size);
        let measure = |text: &str| types.width(style, text);
        for (at, columns) in groups(table, width, 2.0 * SIDE, &measure).iter().enumerate() {
            if at > 0 {
                self.blank(size);
            }
            let continued = if at == 0 { "" } else { self.lang.say(Say::ReportContinued) };
            let caption = if table.caption.is_empty() {
                String::new()
            } else {
                format!("{}{continued}", sanitise(&table.caption).text.replace('\n', " "))
            };
            self.group(table, columns, &caption, size);
        }
    }

    fn group(&mut self, table: &Table, columns: &[Placed], caption: &str, size: f64) {
        let height = |row: &Row| {
            let lines = row.iter().flatten().filter(|cell| cell.joined == Joined::No);
            let most = lines.map(|cell| cell.lines.len()).max().unwrap_or(1).max(1);
            row_height(most, size)
        };
        let head = self.rows(table, &table.head, columns, (Face::Hei, size));
        let mut head_heights: Vec<f64> = head.iter().map(height).collect();
        stretch(&head, &mut head_heights, size);
        let head_height: f64 = head_heights.iter().sum();
        let caption_height = if caption.is_empty() { 0.0 } else { size * 2.0 };
        let repeats = head_height <= self.area.height / 2.0;
        let full = self.area.height - if repeats { head_height } else { 0.0 } - caption_height;
        let rows = self.rows(table, &table.rows, columns, (Face::Song, size));
        let rows = sliced(rows, full, size);
        let mut heights: Vec<f64> = rows.iter().map(height).collect();
        stretch(&rows, &mut heights, size);
        let first = heights.first().copied().unwrap_or(0.0);
        self.make_room(caption_height + head_height + first.min(full));
        if !caption.is_empty() {
            let style = Style::new(Face::Hei, size);
            let caption = self.types.cut(style, caption, self.area.width);
            let x = self.area.left + (self.area.width - self.types.width(style, &caption)) / 2.0;
            self.text(x, self.y + foot(caption_height, size), style, &caption);
            self.y += caption_height;
        }
        let mut from = 0;
        let mut begun = false;
        while from < rows.len() || !begun {
            if begun {
                self.new_sheet(self.across);
            }
            if !begun || repeats {
                self.piece(&head, &head_heights, columns, (Face::Hei, size));
            }
            begun = true;
            let mut room = self.room();
            let fits = heights.iter().skip(from).take_while(|height| {
                room -= **height;
                room >= 0.0
            });
            // At least one row goes on, so that this ends.
            let count = fits.count().max(1).min(rows.len() - from);
            let (some, some_heights) =
                (rows.get(from..from + count).unwrap_or_default(), heights.get(from..from + count).unwrap_or_default());
            self.piece(some, some_heights, columns, (Face::Song, size));
            from += count;
            if rows.is_empty() {
                break;
            }
        }
    }

    /// The cells of rows in the columns of a group, with their lines.
    fn rows(&self, table: &Table, rows: &[Vec<Cell>], columns: &[Placed], (face, size): (Face, f64)) -> Vec<Row> {
        let style = Style::new(face, size);
        let row = |(at, cells): (usize, &Vec<Cell>)| {
            let mut last: Option<usize> = None;
            let mut row: Row = Vec::with_capacity(columns.len());
            for (place, column) in columns.iter().enumerate() {
                let cell = cells.get(column.at).cloned().unwrap_or_default();
                let beside = last.is_some_and(|last| last + 1 == column.at);
                last = Some(column.at);
                if cell.joined == Joined::Left && beside && place > 0 {
                    row.push(None);
                    continue;
                }
                let (across, _) = spans(rows, at, column.at);
                let across = across.max(1).min(columns.len() - place);
                let own = columns.iter().skip(place).take(across).enumerate();
                let own = own.take_while(|(further, one)| one.at == column.at + further);
                let (across, width) = own.fold((0, 0.0), |(count, sum), (_, one)| (count + 1, sum + one.width));
                let text = sanitise(&cell.text).text;
                let lines = self.types.lines(style, &text, width - 2.0 * SIDE);
                let align = if face == Face::Hei {
                    Align::Center
                } else {
                    table.columns.get(column.at).map_or(Align::Left, |column| column.align)
                };
                row.push(Some(Set {
                    lines: lines.into_iter().map(|one| one.trim_end().to_owned()).collect(),
                    align,
                    joined: if cell.joined == Joined::Above && at > 0 { Joined::Above } else { Joined::No },
                    light: if let Value::Light(light) = cell.value { Some(light) } else { None },
                    across,
                }));
            }
            row
        };
        rows.iter().enumerate().map(row).collect()
    }

    /// Rows that stand on one page, with their rules. What goes on from a row on the page before begins anew.
    fn piece(&mut self, rows: &[Row], heights: &[f64], columns: &[Placed], (face, size): (Face, f64)) {
        let (left, top) = (self.area.left, self.y);
        let mut tops = vec![top];
        for height in heights {
            tops.push(tops.last().copied().unwrap_or(top) + height);
        }
        let mut lefts = vec![left];
        for column in columns {
            lefts.push(lefts.last().copied().unwrap_or(left) + column.width);
        }
        let y_of = |at: usize| tops.get(at).copied().unwrap_or(top);
        let x_of = |at: usize| lefts.get(at).copied().unwrap_or(left);
        for (at, row) in rows.iter().enumerate() {
            for (place, cell) in row.iter().enumerate() {
                let Some(cell) = cell.as_ref().filter(|cell| cell.joined == Joined::No || at == 0) else { continue };
                let goes_on = |row: &&Row| {
                    row.get(place).and_then(Option::as_ref).is_some_and(|below| below.joined == Joined::Above)
                };
                let down = 1 + rows.iter().skip(at + 1).take_while(goes_on).count();
                let at = (x_of(place), y_of(at), x_of(place + cell.across), y_of(at + down));
                self.cell(cell, at, (face, size));
            }
        }
        self.y = tops.last().copied().unwrap_or(top);
    }

    fn cell(&mut self, cell: &Set, (left, top, right, bottom): (f64, f64, f64, f64), (face, size): (Face, f64)) {
        if let Some(light) = cell.light {
            self.put(Item::Ground { at: (left, top, right - left, bottom - top), colour: ground(light) });
        }
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        for (from, to) in corners.iter().zip(corners.iter().skip(1)) {
            self.put(Item::Line { from: *from, to: *to, width: RULE, colour: [0, 0, 0], dashed: false });
        }
        let style = Style::new(face, size);
        let lead = size * LEADING;
        // A page may have room for fewer lines of a merged cell than its rows had together.
        let most = ((bottom - top - 2.0 * OVER + 0.1) / lead).floor().max(1.0);
        let shown = cell.lines.iter().zip(std::iter::successors(Some(1.0), |n: &f64| Some(n + 1.0)));
        let shown: Vec<&String> = shown.take_while(|(_, n)| *n <= most).map(|(text, _)| text).collect();
        let used = lead * f64::from(u16::try_from(shown.len()).unwrap_or(u16::MAX));
        let mut y = top + (bottom - top - used) / 2.0;
        for text in shown {
            let width = self.types.width(style, text);
            let x = match cell.align {
                Align::Left => left + SIDE,
                Align::Right => right - SIDE - width,
                Align::Center => left + (right - left - width) / 2.0,
            };
            self.text(x.max(left + SIDE / 2.0), y + foot(lead, size), style, text);
            y += lead;
        }
    }
}

fn row_height(lines: usize, size: f64) -> f64 {
    (size * LEADING).mul_add(f64::from(u32::try_from(lines).unwrap_or(u32::MAX)), 2.0 * OVER)
}

/// Makes the last of several rows higher where what is merged over them takes more room than they have.
fn stretch(rows: &[Row], heights: &mut [f64], size: f64) {
    for (at, row) in rows.iter().enumerate() {
        for (place, cell) in row.iter().enumerate() {
            let Some(cell) = cell.as_ref().filter(|cell| cell.joined == Joined::No) else { continue };
            let goes_on =
                |row: &&Row| row.get(place).and_then(Option::as_ref).is_some_and(|one| one.joined == Joined::Above);
            let down = 1 + rows.iter().skip(at + 1).take_while(goes_on).count();
            let wanted = row_height(cell.lines.len(), size);
            let has: f64 = heights.iter().skip(at).take(down).sum();
            if wanted > has
                && let Some(last) = heights.get_mut(at + down - 1)
            {
                *last += wanted - has;
            }
        }
    }
}

/// Rows with those cut that are higher than a page.
fn sliced(rows: Vec<Row>, full: f64, size: f64) -> Vec<Row> {
    use rust_decimal::prelude::ToPrimitive as _;
    let most = ((full - 2.0 * OVER) / (size * LEADING)).floor().to_usize().unwrap_or(1).max(1);
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let lines = row.iter().flatten().map(|cell| cell.lines.len()).max().unwrap_or(0);
        if lines <= most {
            out.push(row);
            continue;
        }
        for at in 0..lines.div_ceil(most) {
            let piece = row.iter().map(|cell| {
                let cell = cell.as_ref()?;
                let lines = cell.lines.iter().skip(at * most).take(most).cloned().collect();
                let joined = if at == 0 { cell.joined } else { Joined::No };
                Some(Set { lines, joined, ..cell.clone() })
            });
            out.push(piece.collect());
        }
    }
    out
}

/// The ground of a light's cell; the word in it says the same.
const fn ground(light: Light) -> [u8; 3] {
    match light {
        Light::Red => [0xff, 0xd6, 0xd6],
        Light::Yellow => [0xff, 0xf3, 0xbf],
        Light::Green => [0xd8, 0xf5, 0xd8],
        Light::Grey => [0xee, 0xee, 0xee],
    }
}
