//! A field that text is typed into: Chinese, an input method, paste. The editing itself is ratatui-textarea's; what enters is
//! sanitised here, and words are deleted by their punctuation, not by whole sentences.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::canvas::{cells, set};
use super::key::{Code, Key, Named};
use crate::text::sanitise;
use crate::text::width::{Ambiguous, clusters, head, width};

/// A field of one line or of several.
#[derive(Debug, Clone)]
pub struct Field {
    area: TextArea<'static>,
    lines: bool,
}

impl Field {
    /// A field of one line.
    pub fn line(text: &str) -> Self {
        Self::new(text, false)
    }

    /// A field of several lines.
    pub fn lines(text: &str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &str, lines: bool) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_cursor_style(Style::new());
        area.set_cursor_line_style(Style::new());
        area.set_wrap_mode(if lines { WrapMode::Glyph } else { WrapMode::None });
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, lines }
    }

    /// A field of one line whose text is replaced by what is typed first, as in a spreadsheet's cell.
    pub fn replaceable(text: &str) -> Self {
        let mut field = Self::line(text);
        field.area.set_selection_style(Style::new().add_modifier(Modifier::REVERSED));
        field.area.select_all();
        field
    }

    /// Puts the caret before the first character, so that its first line is seen.
    pub fn show_from_top(&mut self) {
        self.area.move_cursor(CursorMove::Top);
        self.area.move_cursor(CursorMove::Head);
    }

    /// Whether Enter starts a new line in it.
    pub const fn has_lines(&self) -> bool {
        self.lines
    }

    /// What it holds, fit to be kept: letters and marks that were typed one by one are composed, drafts are files.
    pub fn text(&self) -> String {
        sanitise::sanitise(&self.area.lines().join("\n")).text
    }

    /// Replaces what it holds.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text, self.lines);
    }

    /// Takes a key; answers whether it was one for a field.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.paste(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        let moved = match (key.code, key.ctrl) {
            (Code::Named(Named::Left), false) => CursorMove::Back,
            (Code::Named(Named::Right), false) => CursorMove::Forward,
            (Code::Named(Named::Up), false) if self.lines => CursorMove::Up,
            (Code::Named(Named::Down), false) if self.lines => CursorMove::Down,
            (Code::Named(Named::Home), false) | (Code::Char('a'), true) => CursorMove::Head,
            (Code::Named(Named::End), false) | (Code::Char('e'), true) => CursorMove::End,
            _ => return self.edit(key),
        };
        self.area.cancel_selection();
        self.area.move_cursor(moved);
        true
    }

    fn edit(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl) {
            (Code::Named(Named::Enter), false) if self.lines => self.area.insert_newline(),
            // PuTTY and others send Ctrl-H for Backspace.
            (Code::Named(Named::Backspace), false) | (Code::Char('h'), true) => {
                self.area.delete_char();
            }
            (Code::Named(Named::Delete), false) | (Code::Char('d'), true) => {
                self.area.delete_next_char();
            }
            (Code::Char('w'), true) => self.delete_word(),
            (Code::Char('u'), true) => {
                self.area.delete_line_by_head();
            }
            (Code::Char('k'), true) => {
                self.area.delete_line_by_end();
            }
            (Code::Char('z'), true) => {
                self.area.undo();
            }
            (Code::Char('y'), true) => {
                self.area.redo();
            }
            _ => return false,
        }
        true
    }

    /// Puts text at the caret, without what may not enter.
    pub fn paste(&mut self, text: &str) {
        // Cells copied from a spreadsheet are parted by tabs; without them figures would run together.
        let text = &text.replace('\t', " ");
        let clean = if self.lines { sanitise::sanitise(text) } else { sanitise::one_line(text) };
        self.area.insert_str(clean.text);
    }

    /// Deletes back to the last punctuation or space: a phrase, not the whole paragraph.
    fn delete_word(&mut self) {
        let cursor = self.area.cursor();
        let Some(line) = self.area.lines().get(cursor.0) else { return };
        let before: Vec<char> = line.chars().take(cursor.1).collect();
        let word = |c: &char| c.is_alphanumeric();
        let gap = before.iter().rev().take_while(|c| !word(c)).count();
        let body = before.iter().rev().skip(gap).take_while(|c| word(c)).count();
        for _ in 0..(gap + body).max(1) {
            self.area.delete_char();
        }
    }

    /// Draws it and answers where the caret is.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return None;
        }
        if Ambiguous::is_wide() {
            return Some(self.draw_wide(area, buffer));
        }
        (&self.area).render(area, buffer);
        let caret = self.area.screen_cursor();
        let (top, left) = self.area.scroll_offset();
        let x = u16::try_from(caret.col).unwrap_or(u16::MAX).saturating_sub(left);
        let y = u16::try_from(caret.row).unwrap_or(u16::MAX).saturating_sub(top);
        let position = Position::new(
            area.x.saturating_add(x).min(area.right() - 1),
            area.y.saturating_add(y).min(area.bottom() - 1),
        );
        Some(position)
    }

    /// The same for a terminal that shows characters of ambiguous width in two columns, of which the text area knows nothing.
    fn draw_wide(&self, area: Rect, buffer: &mut Buffer) -> Position {
        let columns = usize::from(area.width);
        let cursor = self.area.cursor();
        let (line, character) = (cursor.0, cursor.1);
        let mut rows: Vec<String> = vec![String::new()];
        let mut caret = (0, 0);
        for (at, text) in self.area.lines().iter().enumerate() {
            if at > 0 {
                rows.push(String::new());
            }
            let mut before = 0;
            for cluster in clusters(text) {
                let used = rows.last().map_or(0, |row| width(row));
                if self.lines && used + cluster.cols > columns {
                    rows.push(String::new());
                }
                if (at, before) == (line, character) {
                    caret = (rows.len() - 1, rows.last().map_or(0, |row| width(row)));
                }
                before += cluster.text.chars().count();
                if let Some(row) = rows.last_mut() {
                    row.push_str(cluster.text);
                }
            }
            if at == line && character >= before {
                caret = (rows.len() - 1, rows.last().map_or(0, |row| width(row)));
            }
        }
        let (row, column) = caret;
        let top = (row + 1).saturating_sub(usize::from(area.height));
        // A field of one line is shown from where the caret can be seen.
        let left = if self.lines { 0 } else { (column + 1).saturating_sub(columns) };
        let style = if self.area.is_selecting() { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
        for (y, row) in rows.iter().skip(top).take(usize::from(area.height)).enumerate() {
            let hidden = head(row, left).len();
            let shown = head(row.get(hidden..).unwrap_or_default(), columns);
            set(buffer, (area.x, area.y + cells(y)), shown, style);
        }
        Position::new(
            area.x.saturating_add(cells(column.saturating_sub(left))).min(area.right() - 1),
            area.y.saturating_add(cells(row - top)).min(area.bottom() - 1),
        )
    }
}
