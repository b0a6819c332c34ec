//! 总览 and the pages of a leader, a unit, an area: what needs a phone call, the lights, the heat map, the comparison.

mod bars;
mod charts;
mod chase;
mod entries;
mod head;
mod heat;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::board::{Board, Part};
use super::super::canvas::{Canvas, cells};
use super::super::layout::Layout;
use super::super::state::{Popup, State};
use crate::catalog::{Lang, Say};
use crate::report::For;

pub(in super::super) use charts::limit as charts_limit;
pub(in super::super) use heat::{room as heat_room, rows as heat_rows};

/// From this width several parts stand side by side.
const WIDE: u16 = 110;
/// From this height the right side has two parts.
const TALL: u16 = 14;

/// Where the parts of a board stand.
pub(in super::super) struct Places {
    head: Rect,
    parts: Vec<(Part, Rect)>,
}

impl Places {
    /// The places of a board in an area.
    pub(in super::super) fn of(state: &State, board: &Board, area: Rect) -> Self {
        let rows = head::rows(state, board, area.width).min(area.height);
        let head = Rect { height: rows, ..area };
        let body = Rect::new(area.x, area.y + rows, area.width, area.height - rows);
        if body.width < WIDE {
            return Self { head, parts: vec![(board.part, body)] };
        }
        let main = if matches!(board.part, Part::Heat | Part::Charts) { board.part } else { Part::Chase };
        let second = if board.of == For::All { Part::Lights } else { Part::Items };
        let left = body.width * 3 / 5;
        let mut parts = vec![(main, Rect { width: left, ..body })];
        let right = Rect::new(body.x + left + 2, body.y, body.width - left - 2, body.height);
        if body.height < TALL {
            let shown = if board.part == Part::Compare { Part::Compare } else { second };
            parts.push((shown, right));
        } else {
            let above = body.height / 2;
            parts.push((second, Rect { height: above, ..right }));
            parts.push((Part::Compare, Rect::new(right.x, right.y + above, right.width, right.height - above)));
        }
        Self { head, parts }
    }

    /// Where a part stands, if it is shown.
    pub(in super::super) fn part(&self, part: Part) -> Rect {
        self.parts.iter().find(|(known, _)| *known == part).map_or(Rect::ZERO, |(_, area)| *area)
    }
}

/// Where a board that is a popup stands: inside its frame.
pub(in super::super) fn popup_area(layout: &Layout) -> Rect {
    super::inside(super::popups::full(layout))
}

/// Draws a board.
pub(super) fn draw(state: &State, board: &Board, buffer: &mut Buffer, area: Rect) {
    let places = Places::of(state, board, area);
    head::draw(state, board, buffer, places.head);
    for (part, area) in &places.parts {
        // Only the topmost board has the keyboard.
        let focused = *part == board.part;
        match part {
            Part::Chase => chase::draw(state, board, buffer, *area, focused),
            Part::Heat => heat::draw(state, board, buffer, *area, focused),
            Part::Charts => charts::draw(state, board, buffer, *area, focused),
            Part::Lights => entries::draw(state, board, buffer, (*area, focused), (Part::Lights, board.lights)),
            Part::Items => entries::draw(state, board, buffer, (*area, focused), (Part::Items, board.items)),
            Part::Compare => entries::draw(state, board, buffer, (*area, focused), (Part::Compare, board.compare)),
        }
    }
    if let [(_, left), (_, right), ..] = places.parts.as_slice() {
        let rule = Rect::new(right.x.saturating_sub(1), left.y, 1, left.height);
        Canvas::new(buffer, rule, state.glyphs()).upright(0, state.theme.text());
    }
}

/// Draws the page of a leader, a unit, an area in front of the screen.
pub(super) fn page(state: &State, board: &Board, buffer: &mut Buffer, layout: &Layout) {
    let title = format!("{}  {}", name(state.lang(), &board.of), state.lang().period(state.period));
    let inside = Canvas::new(buffer, super::popups::full(layout), state.glyphs()).frame(&title, state.theme.focused());
    draw(state, board, buffer, inside);
}

/// Whose page it is.
fn name(lang: Lang, of: &For) -> String {
    match of {
        For::All => lang.say(Say::CmdOverview).to_owned(),
        For::Leader(name) => lang.fill(Say::PageOfLeader, &[name]),
        For::Unit(name) => lang.fill(Say::PageOfUnit, &[name]),
        For::Area(name) => lang.fill(Say::PageOfArea, &[name]),
    }
}

/// A part's title with the names of the others behind it where only one part is shown.
fn title(state: &State, board: &Board, canvas: &mut Canvas<'_>, (text, focused): (&str, bool)) {
    let theme = state.theme;
    let columns = canvas.columns();
    let end = canvas.put(0, 0, columns, text, if focused { theme.focused() } else { theme.title() });
    if canvas.area.width >= WIDE || !focused || state.size.0 >= WIDE {
        return;
    }
    let others: Vec<&str> = board.parts().into_iter().map(|part| part_name(state.lang(), part)).collect();
    let tabs = format!("Tab {}", others.join(" "));
    if end + 2 + crate::text::width::width(&tabs) <= columns {
        canvas.put_right(columns, 0, &tabs, theme.text());
    }
}

const fn part_say(part: Part) -> Say {
    match part {
        Part::Chase => Say::BoardChase,
        Part::Lights => Say::BoardLights,
        Part::Items => Say::BoardItems,
        Part::Heat => Say::BoardHeat,
        Part::Compare => Say::BoardCompareNone,
        Part::Charts => Say::BoardCharts,
    }
}

fn part_name(lang: Lang, part: Part) -> &'static str {
    lang.say(part_say(part))
}

/// The board that has the keyboard, with the place it is drawn in.
pub(in super::super) fn shown<'a>(state: &'a State, layout: &Layout) -> Option<(&'a Board, Rect)> {
    match state.popups.last() {
        Some(Popup::Board(board)) => Some((board, popup_area(layout))),
        Some(_) => None,
        None => (state.screen == super::super::deed::Screen::Overview).then_some((&state.board, layout.main)),
    }
}

/// Rows of a list under the title of its part.
pub(in super::super) fn list_rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(1))
}

/// A part of an area's rows, from the second on.
fn below(area: Rect, rows: usize) -> Rect {
    let rows = cells(rows).min(area.height);
    Rect::new(area.x, area.y + rows, area.width, area.height - rows)
}
