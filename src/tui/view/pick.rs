//! A list of what an item, or the document, has: its lines from the ledger, and what is to be known of the one under the cursor.

use ratatui::buffer::Buffer;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::sheet::Pick;
use super::super::state::State;
use super::listed::listed;
use super::popups::middle;

/// Columns of a list with its frame, where the terminal has them.
const COLUMNS: usize = 100;

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
    let head = usize::from(list.head.is_some());
    let shown = list.lines.len().max(1).min(all.saturating_sub(more + gap + head));
    let area = middle(layout, columns + 4, head + shown + gap + more + 2);
    let frame = Canvas::new(buffer, area, state.glyphs()).frame(&list.title, theme.focused());
    let inside = ratatui::layout::Rect::new(frame.x + 1, frame.y, frame.width.saturating_sub(2), frame.height);
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    if let Some(text) = &list.head {
        canvas.put(0, 0, columns, text, theme.title());
    }
    if list.lines.is_empty() {
        canvas.put(0, 0, columns, state.lang().say(list.none), theme.text());
    }
    let mut cursor = pick.cursor;
    cursor.settle(list.lines.len(), shown);
    for (y, (at, (line, style))) in list.lines.iter().enumerate().skip(cursor.top).take(shown).enumerate() {
        let style = if at == cursor.at && !pick.lost { theme.selected() } else { *style };
        canvas.put(0, head + y, columns, line, style);
    }
    for (at, (line, style)) in list.more.iter().take(more).enumerate() {
        canvas.put(0, head + shown + gap + at, columns, line, *style);
    }
}
