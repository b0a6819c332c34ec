//! 通报: the bulletin of the period, page by page, as it is printed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::state::State;
use super::detail::{Line, draw_lines};
use crate::catalog::Say;
use crate::render::text_pages;
use crate::report::bulletin::bulletin;

pub(super) fn draw(state: &State, buffer: &mut Buffer, area: Rect) {
    let lines = lines(state);
    let mut canvas = Canvas::new(buffer, Rect { height: 1.min(area.height), ..area }, state.glyphs());
    let columns = canvas.columns();
    let title = format!("{} {}", state.lang().say(Say::CmdBulletin), state.lang().period(state.period));
    canvas.put(0, 0, columns, &title, state.theme.focused());
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    draw_lines(state, buffer, below, &lines, state.scroll);
}

/// All pages, with a rule between them.
pub(super) fn lines(state: &State) -> Vec<Line> {
    let rule = state.glyphs().horizontal.repeat(56);
    let style = state.theme.text();
    let mut lines = Vec::new();
    for page in pages(state) {
        lines.extend(page.lines().map(|line| (line.to_owned(), style)));
        lines.push((rule.clone(), style));
    }
    lines
}

fn pages(state: &State) -> Vec<String> {
    let made_on = state.setup.today;
    state.book().map(|book| text_pages(&bulletin(&book, state.period, made_on, state.lang()))).unwrap_or_default()
}

/// The bulletin as a printer takes it: pages parted by form feeds.
pub(in super::super) fn printed_bulletin(state: &State) -> Option<String> {
    let pages = pages(state);
    (!pages.is_empty()).then(|| pages.join("\u{c}"))
}
