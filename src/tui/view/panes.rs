//! The panes 领导 and 单位 beside the task list.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::deed::Focus;
use super::super::layout::Layout;
use super::super::state::{Cursor, State};
use crate::catalog::Say;
use crate::model::Tally;
use crate::text::width::width as width_of;

pub(super) fn draw(state: &State, buffer: &mut Buffer, layout: &Layout) {
    if let Some(area) = layout.leaders {
        let chosen = state.list.leader.as_ref();
        pane(state, buffer, area, (Focus::Leaders, Say::CmdLeaders), &state.cache.leaders, state.leaders, chosen);
    }
    if let Some(area) = layout.units {
        let chosen = state.list.unit.as_ref();
        pane(state, buffer, area, (Focus::Units, Say::CmdUnits), &state.cache.units, state.units, chosen);
        let rule = Rect::new(area.right(), layout.body.y, 1, layout.body.height);
        Canvas::new(buffer, rule, state.glyphs()).upright(0, state.theme.text());
    }
}

fn pane(
    state: &State,
    buffer: &mut Buffer,
    area: Rect,
    (focus, name): (Focus, Say),
    tallies: &[Tally],
    cursor: Cursor,
    chosen: Option<&Arc<str>>,
) {
    let lang = state.lang();
    let theme = state.theme;
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let width = canvas.columns();
    let focused = state.focus == focus;
    let with_tasks = tallies.iter().filter(|tally| tally.tasks > 0).count();
    let only_rows = tallies.len() - with_tasks;
    let more = if only_rows > 0 { format!("+{only_rows}") } else { String::new() };
    let title = format!("{} {with_tasks}{more}", lang.say(name));
    canvas.put(0, 0, width, &title, if focused { theme.focused() } else { theme.title() });
    let units = focus == Focus::Units;
    if units {
        canvas.put_right(width.saturating_sub(1), 0, lang.say(Say::LeadsOfTasks), theme.text());
    }
    let count = |tally: &Tally| match (units, tally.tasks) {
        (true, 0) => lang.fill(Say::RowsOnly, &[&tally.rows]),
        (true, tasks) => format!("{}/{tasks}", tally.leads),
        (false, tasks) => tasks.to_string(),
    };
    let all = (lang.say(Say::All), state.cache.tasks.len().to_string());
    let entries = std::iter::once(all).chain(tallies.iter().map(|tally| (&*tally.name, count(tally))));
    let rows = Layout::pane_rows(area);
    for (y, (at, (name, tasks))) in entries.enumerate().skip(cursor.top).take(rows).enumerate() {
        let y = y + 1;
        let here = focused && at == cursor.at;
        if here {
            canvas.put(0, y, 1, ">", theme.title());
        }
        let is_chosen = at > 0 && chosen.is_some_and(|chosen| **chosen == *name);
        let style = match (here, is_chosen) {
            (true, _) => theme.selected(),
            (false, true) => theme.focused(),
            (false, false) => theme.text(),
        };
        // A gap before the count, however long that is.
        canvas.put(1, y, width.saturating_sub((width_of(&tasks) + 3).max(8)), name, style);
        canvas.put_right(width.saturating_sub(1), y, &tasks, theme.text());
    }
}
