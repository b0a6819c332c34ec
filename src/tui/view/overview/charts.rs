//! 图: the charts of the bulletin, in characters.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::board::{Board, Part};
use super::super::super::canvas::Canvas;
use super::super::super::paper::charts;
use super::super::super::state::State;
use super::list_rows;
use crate::catalog::Say;

/// Columns beyond which a chart gets no wider.
const WIDEST: usize = 100;

fn lines(state: &State, columns: usize) -> Arc<Vec<String>> {
    charts(state, columns.saturating_sub(1).min(WIDEST))
}

/// The farthest that they can be scrolled.
pub(in super::super::super) fn limit(state: &State, area: Rect) -> usize {
    lines(state, usize::from(area.width)).len().saturating_sub(list_rows(area))
}

pub(super) fn draw(state: &State, board: &Board, buffer: &mut Buffer, area: Rect, focused: bool) {
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    super::title(state, board, &mut canvas, (super::part_name(state.lang(), Part::Charts), focused));
    let lines = lines(state, columns);
    let rows = list_rows(area);
    let top = board.scroll.min(limit(state, area));
    for (y, line) in lines.iter().skip(top).take(rows).enumerate() {
        canvas.put(0, y + 1, columns, line, state.theme.text());
    }
    if lines.is_empty() {
        canvas.put(1, 2, columns, state.lang().say(Say::NoItemsHere), state.theme.text());
    }
}
