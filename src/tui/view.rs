//! From the state to a frame. Drawing changes nothing.

mod bar;
mod block;
mod chain;
mod check;
mod commit;
mod detail;
mod drafts;
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
mod roles;
mod sheet;
mod targets;
mod who;
mod why;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::board::{Entry, Part};
use super::canvas::Canvas;
use super::deed::Screen;
use super::layout::{LEAST, Layout};
use super::paint::Painter;
use super::state::{Popup, State, Widths};
use crate::catalog::Say;
use crate::model::{Light, Status};
use crate::text::width::Ambiguous;

pub(super) use check::{reach as check_reach, rows as check_rows};
pub(super) use detail::copied_text;
pub(super) use footer::hints;
pub(super) use items::shown_key;
pub(super) use matrix::settle_columns;
pub(super) use pages::PAGE;
pub(super) use palette::matches as palette_matches;
pub(super) use targets::rows as target_rows;

/// Draws the state; answers where the real cursor stands while a field is edited.
pub(super) fn draw(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let _width = Ambiguous::wide(state.widths == Widths::Wide);
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
        Screen::Overview => overview::draw(state, &state.board, buffer, layout.main),
        Screen::Bulletin => pages::draw(state, buffer, layout.main),
        Screen::Log => log::draw(state, buffer, layout.main),
        Screen::Check if state.checks_targets => targets::draw(state, buffer, &layout),
        Screen::Check => check::draw(state, buffer, &layout),
    }
    let mut cursor = footer::draw(state, buffer, layout.footer);
    for popup in &state.popups {
        cursor = popups::draw(state, popup, buffer, &layout);
    }
    cursor
}

/// The bytes that bring the terminal to what the state shows now.
pub(super) fn frame(state: &State, painter: &mut Painter) -> String {
    let _width = Ambiguous::wide(state.widths == Widths::Wide);
    let (columns, rows) = state.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let cursor = draw(state, &mut buffer);
    painter.knows_widths(state.widths != Widths::Unknown);
    painter.frame(&buffer, cursor)
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
        Some(Popup::Commit(seq, _)) => {
            let area = inside(popups::full(layout));
            (commit::lines(state, *seq, usize::from(area.width)).len(), usize::from(area.height))
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
        Some(Popup::Who(_)) => {
            let area = inside(who::place(state, layout));
            (who::lines(state, usize::from(area.width)).len(), usize::from(area.height))
        }
        Some(Popup::Block(pasted)) => {
            let area = inside(popups::full(layout));
            (block::lines(state, pasted, usize::from(area.width)).len(), usize::from(area.height.saturating_sub(1)))
        }
        Some(Popup::Palette(field, _)) => return palette::matches(state.lang(), &field.text()).len().saturating_sub(1),
        Some(_) => return 0,
        None => match state.screen {
            Screen::Bulletin => (pages::lines(state).len(), usize::from(layout.main.height.saturating_sub(1))),
            _ => return 0,
        },
    };
    lines.saturating_sub(rows)
}

/// Keeps the cursors of the board that is shown on their lists and on the screen.
pub(super) fn settle_board(state: &mut State, layout: &Layout) {
    let Some((board, area)) = overview::shown(state, layout) else { return };
    let places = overview::Places::of(state, board, area);
    let heat = places.part(Part::Heat);
    let areas = overview::heat_room(state, board, heat);
    let charts = (board.part == Part::Charts).then(|| overview::charts_limit(state, places.part(Part::Charts)));
    let Some(board) = state.board_mut() else { return };
    let figures = std::sync::Arc::clone(&board.figures);
    board.chase.settle(board.chased.len(), overview::list_rows(places.part(Part::Chase)));
    board.heat.settle(figures.heat.len(), overview::heat_rows(heat));
    for (part, cursor, entries) in [
        (Part::Lights, &mut board.lights, &figures.lights),
        (Part::Items, &mut board.items, &figures.items),
        (Part::Compare, &mut board.compare, &figures.compare),
    ] {
        let rows = overview::list_rows(places.part(part));
        cursor.settle(entries.len(), rows);
        let fits = |at: &usize| entries.get(*at).is_some_and(Entry::can_be_chosen);
        if !fits(&cursor.at) {
            // The next line that the cursor can stand on, else the last one.
            let next = (cursor.at..entries.len()).find(fits).or_else(|| (0..cursor.at).rev().find(fits));
            cursor.at = next.unwrap_or(cursor.at);
            cursor.settle(entries.len(), rows);
        }
    }
    board.scroll = board.scroll.min(charts.unwrap_or(board.scroll));
    board.column = board.column.min(figures.areas.len());
    let last = figures.areas.len().saturating_sub(areas);
    board.left = match board.column.checked_sub(1) {
        Some(area) if area < board.left => area,
        Some(area) if areas > 0 && area >= board.left + areas => area + 1 - areas,
        _ => board.left.min(last),
    };
}

/// Rows of the part of the board that has the keyboard.
pub(super) fn board_page(state: &State, layout: &Layout) -> usize {
    let Some((board, area)) = overview::shown(state, layout) else { return 1 };
    let area = overview::Places::of(state, board, area).part(board.part);
    if board.part == Part::Heat { overview::heat_rows(area) } else { overview::list_rows(area) }
}

/// The light that a status has as a rule: the colour of its line.
const fn usual_light(status: Status) -> Light {
    match status {
        Status::FarBehind | Status::NotStarted => Light::Red,
        Status::Behind => Light::Yellow,
        Status::Unknown | Status::Stopped | Status::NotRated => Light::Grey,
        Status::OnTime | Status::Ahead | Status::Complete | Status::Exceeded => Light::Green,
    }
}

/// The place inside a frame.
fn inside(area: Rect) -> Rect {
    Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height.saturating_sub(2))
}
