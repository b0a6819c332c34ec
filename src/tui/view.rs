//! From the state to a frame. Drawing changes nothing.

mod bar;
mod block;
mod chain;
mod check;
mod detail;
mod figure;
mod footer;
mod form;
mod help;
mod items;
mod listed;
mod lists;
mod log;
mod matrix;
mod overview;
mod pages;
mod palette;
mod panes;
mod pick;
mod popups;
mod sheet;
mod why;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::canvas::Canvas;
use super::deed::Screen;
use super::layout::{LEAST, Layout};
use super::state::{Popup, State};
use crate::catalog::Say;

pub(super) use check::rows as check_rows;
pub(super) use detail::copied_text;
pub(super) use matrix::settle_columns;
pub(super) use pages::printed_bulletin;
pub(super) use palette::matches as palette_matches;

/// Draws the state; answers where the real cursor stands while a field is edited.
pub(super) fn draw(state: &State, buffer: &mut Buffer) -> Option<Position> {
    buffer.reset();
    if buffer.area.width < LEAST.0 || buffer.area.height < LEAST.1 {
        too_small(state, buffer);
        return None;
    }
    let layout = Layout::of(state);
    bar::draw(state, buffer, &layout);
    match state.screen {
        Screen::Tasks => {
            items::draw(state, buffer, &layout);
            panes::draw(state, buffer, &layout);
            detail::beside(state, buffer, &layout);
        }
        Screen::Matrix => matrix::draw(state, buffer, &layout),
        Screen::Overview => overview::draw(state, buffer, layout.main),
        Screen::Bulletin => pages::draw(state, buffer, layout.main),
        Screen::Log => log::draw(state, buffer, layout.main),
        Screen::Check => check::draw(state, buffer, &layout),
    }
    let mut cursor = footer::draw(state, buffer, layout.footer);
    for popup in &state.popups {
        cursor = popups::draw(state, popup, buffer, &layout);
    }
    cursor
}

fn too_small(state: &State, buffer: &mut Buffer) {
    let area = buffer.area;
    let text = state.lang().fill(Say::TooSmall, &[&LEAST.0, &LEAST.1]);
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    for (y, line) in crate::text::wrap::lines(&text, columns).into_iter().enumerate() {
        canvas.put(0, y, columns, line, state.theme.text());
    }
}

/// The farthest that the text on top can be scrolled.
pub(super) fn scroll_limit(state: &State, layout: &Layout) -> usize {
    let (lines, rows) = match state.popups.last() {
        Some(Popup::Detail(item, _)) => {
            let area = inside(popups::full(layout));
            (detail::lines(state, *item, usize::from(area.width)).len(), usize::from(area.height))
        }
        Some(Popup::History(item, _)) => {
            let area = inside(popups::full(layout));
            (chain::lines(state, *item, usize::from(area.width)).len(), usize::from(area.height))
        }
        Some(Popup::Why(item, _)) => {
            let area = inside(popups::full(layout));
            (why::lines(state, *item, usize::from(area.width)).len(), usize::from(area.height))
        }
        Some(Popup::Pick(pick)) => return pick::len(state, pick, layout).saturating_sub(1),
        Some(Popup::Help(_)) => {
            let area = inside(popups::full(layout));
            (help::lines(state).len(), usize::from(area.height))
        }
        Some(Popup::Notices(_)) => {
            let area = inside(popups::middle(layout, 72, 12));
            (popups::notices(state, usize::from(area.width)).len(), usize::from(area.height))
        }
        Some(Popup::Block(pasted)) => {
            let area = inside(popups::full(layout));
            (block::lines(state, pasted, usize::from(area.width)).len(), usize::from(area.height.saturating_sub(1)))
        }
        Some(Popup::Palette(field, _)) => return palette::matches(state.lang(), &field.text()).len().saturating_sub(1),
        Some(_) => return 0,
        None => match state.screen {
            Screen::Overview => (overview::lines(state).len(), usize::from(layout.main.height)),
            Screen::Bulletin => (pages::lines(state).len(), usize::from(layout.main.height.saturating_sub(1))),
            _ => return 0,
        },
    };
    lines.saturating_sub(rows)
}

/// The place inside a frame.
fn inside(area: Rect) -> Rect {
    Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height.saturating_sub(2))
}
