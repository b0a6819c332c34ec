//! `:` — any command by its name, its id or its pinyin.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::canvas::Canvas;
use super::super::command::{COMMANDS, Command, Context};
use super::super::field::Field;
use super::super::key::shown;
use super::super::layout::Layout;
use super::super::state::{Cursor, State};
use super::popups::middle;
use crate::catalog::Lang;
use crate::search::marks;
use crate::text::width::pad;

/// Commands that make sense by name: not those that only move a cursor, edit a field or answer what a form or a block asks.
fn offered(command: &Command) -> bool {
    !matches!(
        command.context,
        Context::Form
            | Context::Field
            | Context::Sheet
            | Context::Block
            | Context::Clash
            | Context::Prompt
            | Context::Drafts
            | Context::Lines
    )
}

/// The commands that a query names, in the order of the table.
pub(in super::super) fn matches(lang: Lang, query: &str) -> Vec<&'static Command> {
    let query = query.trim();
    let wanted = |command: &&Command| {
        let name = lang.say(command.name);
        query.is_empty() || command.id.starts_with(query) || !marks(query, name).is_empty()
    };
    COMMANDS.iter().filter(|command| offered(command)).filter(wanted).collect()
}

pub(super) fn draw(
    state: &State,
    field: &Field,
    cursor: Cursor,
    buffer: &mut Buffer,
    layout: &Layout,
) -> Option<Position> {
    let lang = state.lang();
    let area = middle(layout, 72, 16);
    let inside = Canvas::new(buffer, area, state.glyphs()).frame(":", state.theme.focused());
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    let (columns, rows) = (canvas.columns(), canvas.rows());
    let commands = matches(lang, &field.text());
    let room = rows.saturating_sub(1);
    let top = (cursor.at + 1).saturating_sub(room);
    for (y, (at, command)) in commands.iter().enumerate().skip(top).take(room).enumerate() {
        let key = command.keys.first().map(|key| shown(key)).unwrap_or_default();
        let text = format!("{} {} {}", pad(&key, 7), pad(lang.say(command.name), 12), lang.say(command.about));
        let style = if at == cursor.at { state.theme.selected() } else { state.theme.text() };
        canvas.put(0, y + 1, columns, &text, style);
    }
    field.draw(Rect::new(inside.x, inside.y, inside.width, 1), buffer)
}
