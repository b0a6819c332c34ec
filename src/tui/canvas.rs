//! Drawing text by columns: clipped to its place, cut without half glyphs, frames that survive wide glyphs beneath.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::glyph::Glyphs;
use crate::text::width::{clusters, truncate, width};

/// Columns or rows as the screen counts them.
pub(super) fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// Puts text into the cells of a row, as the buffer itself would, but by our widths: those of the terminal that is drawn for.
pub(super) fn set(buffer: &mut Buffer, (left, y): (u16, u16), text: &str, style: Style) {
    let mut x = left;
    for cluster in clusters(text).filter(|cluster| cluster.cols > 0) {
        for column in x..x.saturating_add(cells(cluster.cols)) {
            let Some(cell) = buffer.cell_mut((column, y)) else { return };
            if column == x {
                cell.set_symbol(cluster.text).set_style(style);
            } else {
                // The other half of a wide glyph.
                cell.reset();
            }
        }
        x = x.saturating_add(cells(cluster.cols));
    }
}

/// A place on the screen to draw in. Nothing drawn leaves it.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// The place.
    pub(super) area: Rect,
    glyphs: Glyphs,
}

impl<'a> Canvas<'a> {
    /// The part of `area` that is on the screen.
    pub(super) fn new(buffer: &'a mut Buffer, area: Rect, glyphs: Glyphs) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area, glyphs }
    }

    /// Columns of the place.
    pub(super) fn columns(&self) -> usize {
        usize::from(self.area.width)
    }

    /// Rows of the place.
    pub(super) fn rows(&self) -> usize {
        usize::from(self.area.height)
    }

    /// Puts text at a column and row of the place, cut with an ellipsis after `columns`; answers the column behind it.
    pub(super) fn put(&mut self, x: usize, y: usize, columns: usize, text: &str, style: Style) -> usize {
        let columns = columns.min(self.columns().saturating_sub(x));
        if y >= self.rows() || columns == 0 {
            return x;
        }
        let shown = truncate(text, columns, self.glyphs.ellipsis);
        let (left, top) = (self.area.x + cells(x), self.area.y + cells(y));
        set(self.buffer, (left, top), &shown, style);
        x + width(&shown)
    }

    /// Like [`Self::put`], with parts of the text in another style. A cut text loses the marks that are cut.
    pub(super) fn put_marked(
        &mut self,
        (x, y): (usize, usize),
        columns: usize,
        text: &str,
        (style, marked): (Style, Style),
        marks: &[Range<usize>],
    ) -> usize {
        let end = self.put(x, y, columns, text, style);
        let shown = truncate(text, columns.min(self.columns().saturating_sub(x)), self.glyphs.ellipsis);
        let common = text.bytes().zip(shown.bytes()).take_while(|(a, b)| a == b).count();
        for mark in marks.iter().filter(|mark| mark.end <= common) {
            let (Some(before), Some(hit)) = (text.get(..mark.start), text.get(mark.clone())) else { continue };
            self.put(x + width(before), y, width(hit), hit, marked);
        }
        end
    }

    /// Puts text so that it ends at column `right`.
    pub(super) fn put_right(&mut self, right: usize, y: usize, text: &str, style: Style) {
        self.put(right.saturating_sub(width(text)), y, width(text), text, style);
    }

    /// Gives a row one style.
    pub(super) fn style_row(&mut self, y: usize, style: Style) {
        if y < self.rows() {
            self.buffer.set_style(Rect::new(self.area.x, self.area.y + cells(y), self.area.width, 1), style);
        }
    }

    /// A horizontal rule.
    pub(super) fn rule(&mut self, y: usize, style: Style) {
        let line = self.glyphs.horizontal.repeat(self.columns());
        self.put(0, y, self.columns(), &line, style);
    }

    /// A vertical rule down a column of the place.
    pub(super) fn upright(&mut self, x: usize, style: Style) {
        for y in 0..self.rows() {
            self.put(x, y, 1, self.glyphs.vertical, style);
        }
    }

    /// Clears the place, draws a frame with a title, and answers the place inside.
    ///
    /// A wide glyph that begins one column to the left of the frame would swallow its border, so it is blanked whole.
    pub(super) fn frame(&mut self, title: &str, style: Style) -> Rect {
        let area = self.area;
        for y in area.top()..area.bottom() {
            if area.x > 0
                && let Some(cell) = self.buffer.cell_mut((area.x - 1, y))
                && width(cell.symbol()) > 1
            {
                *cell = Cell::EMPTY;
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    *cell = Cell::EMPTY;
                }
            }
        }
        let (columns, rows) = (self.columns(), self.rows());
        if columns < 2 || rows < 2 {
            return Rect::ZERO;
        }
        let [top_left, top_right, bottom_left, bottom_right] = self.glyphs.corners;
        self.rule(0, Style::new());
        self.rule(rows - 1, Style::new());
        self.upright(0, Style::new());
        self.upright(columns - 1, Style::new());
        self.put(0, 0, 1, top_left, Style::new());
        self.put(columns - 1, 0, 1, top_right, Style::new());
        self.put(0, rows - 1, 1, bottom_left, Style::new());
        self.put(columns - 1, rows - 1, 1, bottom_right, Style::new());
        self.put(2, 0, columns.saturating_sub(4), &format!(" {title} "), style);
        Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
    }
}
