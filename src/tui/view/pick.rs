//! A list of what an item has: its lines from the ledger, and what is to be known of the one under the cursor.

use ratatui::buffer::Buffer;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::sheet::{Pick, Picking};
use super::super::state::State;
use super::detail::Line;
use super::popups::middle;
use crate::catalog::Say;

/// Columns of a list with its frame, where the terminal has them.
const COLUMNS: usize = 100;

/// A list ready to be drawn.
pub(super) struct Listed {
    /// Its title.
    pub(super) title: String,
    /// A line each.
    pub(super) lines: Vec<Line>,
    /// What it says where it has no lines.
    pub(super) none: Say,
    /// More of the line under the cursor, wrapped to the columns given.
    pub(super) more: Vec<Line>,
}

/// What a list holds, its lines at most `columns` wide.
pub(super) fn listed(_state: &State, pick: &Pick, _columns: usize) -> Listed {
    match pick.of {
        Picking::Steps(_) | Picking::Requests(_) | Picking::Targets(_) => {
            Listed { title: String::new(), lines: Vec::new(), none: Say::NoHistory, more: Vec::new() }
        }
    }
}

/// Columns inside the frame.
fn columns(layout: &Layout) -> usize {
    COLUMNS.min(usize::from(layout.body.width)).saturating_sub(4)
}

/// Lines of a list.
pub(super) fn len(state: &State, pick: &Pick, layout: &Layout) -> usize {
    listed(state, pick, columns(layout)).lines.len()
}

/// Draws the list.
pub(super) fn draw(state: &State, pick: &Pick, buffer: &mut Buffer, layout: &Layout) {
    let theme = state.theme;
    let columns = columns(layout);
    let list = listed(state, pick, columns);
    let all = usize::from(layout.body.height).saturating_sub(2);
    let more = list.more.len().min(all / 2);
    let gap = usize::from(more > 0);
    let shown = list.lines.len().max(1).min(all.saturating_sub(more + gap));
    let area = middle(layout, columns + 4, shown + gap + more + 2);
    let frame = Canvas::new(buffer, area, state.glyphs()).frame(&list.title, theme.focused());
    let inside = ratatui::layout::Rect::new(frame.x + 1, frame.y, frame.width.saturating_sub(2), frame.height);
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    if list.lines.is_empty() {
        canvas.put(0, 0, columns, state.lang().say(list.none), theme.text());
    }
    let mut cursor = pick.cursor;
    cursor.settle(list.lines.len(), shown);
    for (y, (at, (line, style))) in list.lines.iter().enumerate().skip(cursor.top).take(shown).enumerate() {
        let style = if at == cursor.at { theme.selected() } else { *style };
        canvas.put(0, y, columns, line, style);
    }
    for (at, (line, style)) in list.more.iter().take(more).enumerate() {
        canvas.put(0, shown + gap + at, columns, line, *style);
    }
}
