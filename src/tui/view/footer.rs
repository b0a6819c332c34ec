//! The last line: the search, a message, or what can be done here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::canvas::{Canvas, cells};
use super::super::command::{COMMANDS, Context};
use super::super::deed::Screen;
use super::super::explain::explain;
use super::super::key::shown;
use super::super::state::State;
use crate::catalog::Say;
use crate::text::width::width;

/// Draws the footer; answers the caret of the search line.
pub(super) fn draw(state: &State, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    if let Some(field) = &state.find {
        let found = if state.screen == Screen::Matrix { state.matrix.rows.len() } else { state.list.items.len() };
        let count = state.lang().fill(Say::FoundCount, &[&found]);
        canvas.put_right(columns, 0, &count, state.theme.text());
        canvas.put(0, 0, 1, "/", state.theme.key());
        let room = columns.saturating_sub(width(&count) + 3);
        return field.draw(Rect::new(area.x + 1, area.y, cells(room), 1), buffer);
    }
    if let Some(message) = &state.message {
        let style = if message.good { state.theme.good() } else { state.theme.bad() };
        canvas.put(0, 0, columns, &message.text, style);
        return None;
    }
    if let Some(news) = &state.live.news
        && !state.typing()
    {
        canvas.put(0, 0, columns, news, state.theme.good());
        return None;
    }
    if let Some(why) = state.live.gone()
        && state.popups.is_empty()
    {
        canvas.put(0, 0, columns, &explain(state.lang(), why), state.theme.bad());
        return None;
    }
    let hints = hints(state, &state.contexts());
    let mut x = 0;
    for (key, name) in hints {
        if x + 2 + width(&key) + width(name) > columns {
            break;
        }
        x = canvas.put(x, 0, columns, &key, state.theme.key());
        // Chinese stands close to its key, English needs a space.
        x += usize::from(name.is_ascii());
        x = canvas.put(x, 0, columns, name, state.theme.text()) + 1;
    }
    None
}

/// The keys worth showing, innermost context first, and only of commands that would do something now.
pub(in super::super) fn hints(state: &State, contexts: &[Context]) -> Vec<(String, &'static str)> {
    let mut hints = Vec::new();
    let mut taken = Vec::new();
    for context in contexts {
        for command in COMMANDS.iter().filter(|command| command.context == *context) {
            let Some(key) = command.keys.first() else { continue };
            let fresh = !command.keys.iter().any(|key| taken.contains(key));
            taken.extend(command.keys);
            if command.hint && fresh && command.ask(state).is_ok() {
                hints.push((shown(key), state.lang().say(command.name)));
            }
        }
    }
    hints
}
