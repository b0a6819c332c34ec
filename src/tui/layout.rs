//! Where everything stands, from the size of the terminal and what is shown. Used by drawing and by scrolling alike.

use ratatui::layout::Rect;

use super::deed::{Focus, Screen};
use super::state::State;

/// The least size that a screen is drawn in; below it says what it needs.
pub(super) const LEAST: (u16, u16) = (60, 16);
/// From this width the panes and the detail stand beside the list all the time.
const WIDE: u16 = 110;
/// Columns of the panes 领导 and 单位.
const PANES: u16 = 22;

/// The places of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// The bar at the top.
    pub(super) bar: Rect,
    /// The names of the screens.
    pub(super) tabs: Rect,
    /// Everything between.
    pub(super) body: Rect,
    /// 领导.
    pub(super) leaders: Option<Rect>,
    /// 单位.
    pub(super) units: Option<Rect>,
    /// The list, the matrix, or the text.
    pub(super) main: Rect,
    /// The detail beside the list.
    pub(super) detail: Option<Rect>,
    /// Hints, messages, the search line.
    pub(super) footer: Rect,
}

impl Layout {
    /// The places for a state.
    pub(super) fn of(state: &State) -> Self {
        let (width, height) = state.size;
        let row = |y: u16| Rect::new(0, y.min(height.saturating_sub(1)), width, 1.min(height));
        let body = Rect::new(0, 2.min(height), width, height.saturating_sub(3));
        let wide = width >= WIDE;
        let panes = state.screen == Screen::Tasks && (wide || state.focus != Focus::List);
        let (mut leaders, mut units, mut main, mut detail) = (None, None, body, None);
        if panes {
            let wanted = u16::try_from(state.cache.leaders.len()).unwrap_or(u16::MAX).saturating_add(2);
            let above = wanted.min(body.height * 3 / 5);
            leaders = Some(Rect::new(0, body.y, PANES, above));
            units = Some(Rect::new(0, body.y + above, PANES, body.height - above));
            main = Rect::new(PANES + 1, body.y, width.saturating_sub(PANES + 1), body.height);
        }
        if wide && state.screen == Screen::Tasks {
            let columns = (main.width * 2 / 5).min(64);
            detail = Some(Rect::new(main.right() - columns, main.y, columns, main.height));
            main.width -= columns + 1;
        }
        Self { bar: row(0), tabs: row(1), body, leaders, units, main, detail, footer: row(height.saturating_sub(1)) }
    }

    /// Rows of a list under its title and its column heads.
    pub(super) fn list_rows(area: Rect) -> usize {
        usize::from(area.height.saturating_sub(2))
    }

    /// Rows of a pane under its title.
    pub(super) fn pane_rows(area: Rect) -> usize {
        usize::from(area.height.saturating_sub(1))
    }
}
