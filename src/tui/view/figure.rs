//! The done figure of a cell: one line at the foot of the screen, so that the matrix stays in view.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::canvas::{Canvas, cells};
use super::super::layout::Layout;
use super::super::state::{Figure, State};
use super::items::shown_key;
use crate::catalog::Say;
use crate::model::Key;

/// Draws the field; answers the caret.
pub(super) fn draw(state: &State, figure: &Figure, buffer: &mut Buffer, layout: &Layout) -> Option<Position> {
    let book = state.book()?;
    let unit = book.row(figure.row).map(|row| row.unit.as_str()).unwrap_or_default();
    let unit = if unit.is_empty() { String::new() } else { format!("（{unit}）") };
    let lang = state.lang();
    let title =
        lang.fill(Say::FigureTitle, &[&shown_key(&book, figure.row), &figure.area, &lang.period(figure.period), &unit]);
    let key = Key::done(&state.document, figure.row, &figure.area, figure.period);
    let edited = super::form::edited_by(state, &key).filter(|_| figure.problem.is_none());
    let rows = if figure.problem.is_some() || edited.is_some() { 2 } else { 1 };
    let area = Rect::new(0, layout.footer.y + 1 - rows, layout.footer.width, rows);
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    for y in 0..usize::from(rows) {
        canvas.put(0, y, columns, &" ".repeat(columns), state.theme.text());
    }
    let x = canvas.put(0, 0, columns, &title, state.theme.focused()) + 1;
    if let Some(problem) = &figure.problem {
        canvas.put(0, 1, columns, problem, state.theme.bad());
    }
    if let Some((text, style)) = edited {
        canvas.put(0, 1, columns, &text, style);
    }
    field_at(figure, buffer, area, x)
}

fn field_at(figure: &Figure, buffer: &mut Buffer, area: Rect, x: usize) -> Option<Position> {
    let place = Rect::new(area.x + cells(x), area.y, area.width.saturating_sub(cells(x)), 1);
    figure.field.draw(place, buffer)
}
