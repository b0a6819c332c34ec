//! 通报: the report page by page, as it is printed; on a wide screen two pages side by side.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::paper::pages;
use super::super::state::State;
use super::detail::{Line, draw_lines};
use crate::catalog::Say;
use crate::render::PageSize;
use crate::report::What;
use crate::report::bulletin::{date, mark};

/// Lines from the top of one page to that of the next: its own and the rule between them.
pub(in super::super) const PAGE: usize = PageSize::A4.rows + 1;
/// Columns between two pages.
const GAP: u16 = 4;
const COLUMNS: u16 = 56;

pub(super) fn draw(state: &State, buffer: &mut Buffer, area: Rect) {
    let lines = lines(state);
    let mut canvas = Canvas::new(buffer, Rect { height: 1.min(area.height), ..area }, state.glyphs());
    let columns = canvas.columns();
    canvas.put(0, 0, columns, &title(state, lines.len().div_ceil(PAGE)), state.theme.focused());
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let second = below.x + COLUMNS + GAP;
    if second + COLUMNS > below.right() {
        return draw_lines(state, buffer, below, &lines, state.scroll);
    }
    // As many whole pages as there is room for, so that the right side goes on where the left one ends and no page stands twice.
    let whole = ((usize::from(below.height) + 1) / PAGE).max(1) * PAGE;
    let height = below.height.min(u16::try_from(whole - 1).unwrap_or(u16::MAX));
    let left = Rect { height, ..below };
    let right = Rect { x: second, width: below.right() - second, ..left };
    draw_lines(state, buffer, left, &lines, state.scroll);
    draw_lines(state, buffer, right, &lines, state.scroll + whole);
}

/// What is shown, which page of how many, and whether it was issued.
fn title(state: &State, count: usize) -> String {
    let lang = state.lang();
    let name = lang.say(match &state.shown {
        What::Bulletin | What::Fresh => Say::CmdBulletin,
        What::Page(_) => Say::ReportKindPage,
        What::Slips(..) => Say::ReportKindSlips,
        What::Breakdown(_) => Say::ReportKindBreakdown,
        What::Matrix(_) => Say::ReportKindMatrix,
        What::Changes(..) => Say::ReportKindChanges,
    });
    let issued = state.book().and_then(|book| book.bulletin(state.period)?.0.issued);
    let standing = match (&state.shown, issued) {
        (What::Bulletin, Some(issued)) => {
            lang.fill(Say::BulletinIssuedFrom, &[&date(issued.on, lang), &mark(issued.from)])
        }
        (What::Bulletin, None) => lang.say(Say::BulletinDraft).to_owned(),
        (What::Fresh, Some(_)) => lang.say(Say::BulletinFresh).to_owned(),
        _ => String::new(),
    };
    let page = (state.scroll / PAGE + 1).min(count.max(1));
    let place = lang.fill(Say::PageOf, &[&page, &count]);
    format!("{name} {}  {place}  {standing}", lang.period(state.period)).trim_end().to_owned()
}

/// All pages, with a rule between them.
pub(super) fn lines(state: &State) -> Vec<Line> {
    let rule = state.glyphs().horizontal.repeat(usize::from(COLUMNS));
    let style = state.theme.text();
    let mut lines = Vec::new();
    for page in pages(state).iter() {
        lines.extend(page.lines().map(|line| (line.to_owned(), style)));
        lines.push((rule.clone(), style));
    }
    lines
}
