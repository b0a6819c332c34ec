//! What stands in front of the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::{Popup, State};
use super::detail::{Line, draw_lines};
use super::items::shown_key;
use super::{chain, commit, detail, drafts, figure, form, help, overview, palette, pick, sheet, who, why};
use crate::catalog::Say;
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Draws a popup; answers the caret of its field, if it has one.
pub(super) fn draw(state: &State, popup: &Popup, buffer: &mut Buffer, layout: &Layout) -> Option<Position> {
    let lang = state.lang();
    let theme = state.theme;
    match popup {
        Popup::Detail(item, scroll) => {
            let title = state.book().map(|book| shown_key(&book, *item)).unwrap_or_default();
            let inside = Canvas::new(buffer, full(layout), state.glyphs()).frame(&title, theme.focused());
            let all = detail::draw(state, buffer, inside, *item, *scroll);
            how_far(state, buffer, inside, (all, *scroll));
            None
        }
        Popup::History(item, scroll) => {
            let number = state.book().map(|book| shown_key(&book, *item)).unwrap_or_default();
            let title = lang.fill(Say::HistoryOf, &[&number]);
            let inside = Canvas::new(buffer, full(layout), state.glyphs()).frame(&title, theme.focused());
            let text = chain::lines(state, *item, usize::from(inside.width));
            scrolled(state, buffer, inside, &text, *scroll);
            None
        }
        Popup::Commit(seq, scroll) => {
            let title = format!("{} #{seq}", lang.say(Say::CmdCommit));
            let inside = Canvas::new(buffer, full(layout), state.glyphs()).frame(&title, theme.focused());
            let text = commit::lines(state, *seq, usize::from(inside.width));
            scrolled(state, buffer, inside, &text, *scroll);
            None
        }
        Popup::Why(item, scroll) => {
            let number = state.book().map(|book| shown_key(&book, *item)).unwrap_or_default();
            let title = lang.fill(Say::WhyOf, &[&number, &lang.period(state.period)]);
            let inside = Canvas::new(buffer, full(layout), state.glyphs()).frame(&title, theme.focused());
            let text = why::lines(state, *item, usize::from(inside.width));
            scrolled(state, buffer, inside, &text, *scroll);
            None
        }
        Popup::Help(scroll) => {
            let title = lang.say(Say::CmdHelp);
            let inside = Canvas::new(buffer, full(layout), state.glyphs()).frame(title, theme.focused());
            let text = help::lines(state);
            scrolled(state, buffer, inside, &text, *scroll);
            None
        }
        Popup::Notices(scroll) => {
            let area = middle(layout, 72, 12);
            let inside = Canvas::new(buffer, area, state.glyphs()).frame(lang.say(Say::NoticesTitle), theme.warn());
            scrolled(state, buffer, inside, &notices(state, usize::from(inside.width)), *scroll);
            None
        }
        Popup::Who(scroll) => {
            let area = who::place(state, layout);
            let title = lang.fill(Say::WhoTitle, &[&(state.live.others.len() + 1)]);
            let inside = Canvas::new(buffer, area, state.glyphs()).frame(&title, theme.focused());
            scrolled(state, buffer, inside, &who::lines(state, usize::from(inside.width)), *scroll);
            None
        }
        Popup::Board(board) => {
            overview::page(state, board, buffer, layout);
            None
        }
        Popup::Palette(field, cursor) => palette::draw(state, field, *cursor, buffer, layout),
        Popup::Form(form) => form::draw(state, form, buffer, layout),
        Popup::Figure(figure) => figure::draw(state, figure, buffer, layout),
        Popup::Block(pasted) => {
            super::block::draw(state, pasted, buffer, full(layout));
            None
        }
        Popup::Sheet(sheet) => sheet::draw(state, sheet, buffer, layout),
        Popup::Pick(pick) => {
            pick::draw(state, pick, buffer, layout);
            None
        }
        Popup::Drafts(list, at) => {
            drafts::draw(state, (list, *at), buffer, layout);
            None
        }
    }
}

/// Lines within a frame from the `scroll`-th on, and on the frame how far they go.
fn scrolled(state: &State, buffer: &mut Buffer, inside: Rect, lines: &[Line], scroll: usize) {
    draw_lines(state, buffer, inside, lines, scroll);
    how_far(state, buffer, inside, (lines.len(), scroll));
}

/// On the lower edge of a frame, where not all lines fit: the last that is shown, of how many, and the key for more.
fn how_far(state: &State, buffer: &mut Buffer, inside: Rect, (all, scroll): (usize, usize)) {
    let rows = usize::from(inside.height);
    if all <= rows || inside.width < 20 {
        return;
    }
    let last = (scroll + rows).min(all);
    let text = if last < all { format!(" {last}/{all} PgDn ") } else { format!(" {all}/{all} ") };
    let place = Rect { y: inside.bottom(), height: 1, ..inside }.intersection(buffer.area);
    let mut canvas = Canvas::new(buffer, place, state.glyphs());
    let columns = canvas.columns();
    canvas.put(columns.saturating_sub(width(&text) + 1), 0, columns, &text, state.theme.key());
}

/// Nearly the whole body.
pub(super) fn full(layout: &Layout) -> Rect {
    layout.body
}

/// A place in the middle of the body.
pub(super) fn middle(layout: &Layout, columns: usize, rows: usize) -> Rect {
    let body = layout.body;
    let width = super::super::canvas::cells(columns).min(body.width);
    let height = super::super::canvas::cells(rows).min(body.height);
    Rect::new(body.x + (body.width - width) / 2, body.y + (body.height - height) / 3, width, height)
}

/// What the store had to say, wrapped.
pub(super) fn notices(state: &State, columns: usize) -> Vec<Line> {
    let wrapped = |text: &String| wrap(text, columns).into_iter().map(|line| (line, state.theme.text()));
    state.setup.notices.iter().flat_map(wrapped).collect()
}
