//! Moving about on a board: its parts, their cursors, pages.

use super::super::board::{Board, Entry, Part};
use super::super::deed::Motion;
use super::super::layout::Layout;
use super::super::state::{Popup, State};
use super::super::view::board_page;
use super::navigate::{advance, moved};
use crate::report::For;

/// Opens somebody's page.
pub(super) fn open(state: &mut State, of: For) {
    state.popups.push(Popup::Board(Box::new(Board::new(of))));
}

/// Gives the keyboard to the next part, or to the one before.
pub(super) fn next_part(state: &mut State, forward: bool) {
    let Some(board) = state.board_mut() else { return };
    board.lost = false;
    let parts = board.parts();
    let at = parts.iter().position(|part| *part == board.part).unwrap_or(0);
    let next = at + if forward { 1 } else { parts.len().saturating_sub(1) };
    if let Some(part) = parts.iter().cycle().nth(next) {
        board.part = *part;
    }
}

/// Moves the cursor of the part that has the keyboard.
pub(super) fn step(state: &mut State, motion: Motion) {
    let page = board_page(state, &Layout::of(state));
    let Some(board) = state.board_mut() else { return };
    if std::mem::take(&mut board.lost) && motion == Motion::Down {
        // What came up from below is the next one.
        return;
    }
    match (board.part, motion) {
        // How many lines there are is known when they are settled.
        (Part::Charts, _) => board.scroll = moved(board.scroll, motion, page),
        (Part::Heat, Motion::Left) => board.column = board.column.saturating_sub(1),
        (Part::Heat, Motion::Right) => board.column = (board.column + 1).min(board.figures.areas.len()),
        (Part::Heat, _) => advance(&mut board.heat, motion, page, board.figures.heat.len()),
        (Part::Chase, _) => advance(&mut board.chase, motion, page, board.chased.len()),
        (Part::Lights | Part::Items | Part::Compare, _) => {
            let figures = std::sync::Arc::clone(&board.figures);
            let (cursor, entries) = match board.part {
                Part::Lights => (&mut board.lights, &figures.lights),
                Part::Items => (&mut board.items, &figures.items),
                _ => (&mut board.compare, &figures.compare),
            };
            let back = matches!(motion, Motion::Up | Motion::PageUp | Motion::Bottom);
            let from = cursor.at;
            advance(cursor, motion, page, entries.len());
            let fits = |at: &usize| entries.get(*at).is_some_and(Entry::can_be_chosen);
            // Headings are passed over in the direction of the motion.
            let place = if back { (0..=cursor.at).rev().find(fits) } else { (cursor.at..entries.len()).find(fits) };
            if let Some(at) = place {
                cursor.at = at;
            } else if entries.iter().any(Entry::can_be_chosen) {
                // At an end the cursor stays, and what stands beyond comes into sight.
                cursor.at = from;
                cursor.top = if back { 0 } else { entries.len() };
            }
        }
    }
}
