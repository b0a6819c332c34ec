//! The form of a filing: 完成率, 进展情况, 存在问题, 下一步打算, under the task's own text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::canvas::{Canvas, cells};
use super::super::layout::Layout;
use super::super::state::{Form, State};
use super::items::shown_key;
use crate::catalog::Say;
use crate::text::width::pad;
use crate::text::wrap::lines;

/// Columns of a field's label.
const LABEL: usize = 11;

/// Draws the form; answers the caret.
pub(super) fn draw(state: &State, form: &Form, buffer: &mut Buffer, layout: &Layout) -> Option<Position> {
    let lang = state.lang();
    let theme = state.theme;
    let book = state.book()?;
    let title = lang.fill(Say::FormTitle, &[&shown_key(&book, form.item), &lang.period(form.period)]);
    let inside = Canvas::new(buffer, layout.body, state.glyphs()).frame(&title, theme.focused());
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    let (columns, rows) = (canvas.columns(), canvas.rows());
    let text = book.task(form.item).map(|task| task.text.clone()).or_else(|| Some(book.row(form.item)?.title()));
    let mut y = 0;
    for line in lines(&text.unwrap_or_default(), columns).into_iter().take(3) {
        canvas.put(0, y, columns, line, theme.text());
        y += 1;
    }
    if let Some(at) = form.draft_of {
        // A draft of this sitting has its time only on disk.
        let note = if at.timestamp() == 0 {
            lang.say(Say::DraftTakenUp).to_owned()
        } else {
            lang.fill(Say::DraftLoaded, &[&at.format("%m-%d %H:%M")])
        };
        canvas.put(0, y, columns, &note, theme.warn());
    }
    y += 1;
    let labels = [Say::LabelStated, Say::LabelProgress, Say::LabelProblems, Say::LabelNext];
    // The percentage takes one row, the three texts share what is left above the hints, most of it to the progress.
    let room = rows.saturating_sub(y + 2);
    let small = (room / 4).max(1);
    let heights = [1, room.saturating_sub(2 * small).max(1), small, small];
    let mut caret = None;
    for (at, ((label, field), height)) in labels.iter().zip(&form.fields).zip(heights).enumerate() {
        let focused = at == form.focus;
        let style = if focused { theme.focused() } else { theme.title() };
        let mark = if focused { ">" } else { " " };
        canvas.put(0, y, LABEL, &format!("{mark}{}", pad(lang.say(*label), LABEL - 1)), style);
        let area = Rect::new(
            inside.x + cells(LABEL),
            inside.y + cells(y),
            inside.width.saturating_sub(cells(LABEL)),
            cells(height.min(rows.saturating_sub(y))),
        );
        y += height;
        caret = if focused { field.draw(area, buffer) } else { field.draw(area, buffer).and(caret) };
        canvas = Canvas::new(buffer, inside, state.glyphs());
    }
    if let Some(problem) = &form.problem {
        canvas.put(0, rows.saturating_sub(1), columns, problem, theme.bad());
    }
    caret
}
