//! Typing: keys and pasted text go into the field that has the caret; what was typed is kept as a draft when typing pauses.

use super::super::deed::Screen;
use super::super::key::{Code, Key, Named};
use super::super::state::{Cursor, Popup, State};
use super::{Effect, block, cells, navigate, sheet};
use crate::catalog::Say;

/// A key for the field that is being typed into.
pub(super) fn key(state: &mut State, key: Key) -> Vec<Effect> {
    if let Some(onward) = cells::leads_on(state, key) {
        return cells::save(state, Some(onward));
    }
    if let Some(effects) = cells::answer(state, key) {
        return effects;
    }
    match state.popups.last_mut() {
        Some(Popup::Form(form)) => {
            let lines = form.parts.get(form.focus).is_some_and(|part| part.field.has_lines());
            if form.press(key) {
                return typed(state);
            }
            // In a field of one line, Enter and the arrows go to the next field.
            match key.code {
                Code::Named(Named::Enter | Named::Down) if !lines => form.step(true),
                Code::Named(Named::Up) if !lines => form.step(false),
                _ => {}
            }
            Vec::new()
        }
        Some(Popup::Figure(figure)) => {
            figure.field.key(key);
            typed(state)
        }
        Some(Popup::Sheet(_)) => sheet::key(state, key),
        Some(Popup::Palette(field, cursor)) => {
            if field.key(key) {
                *cursor = Cursor::default();
            }
            Vec::new()
        }
        _ => {
            find_key(state, key);
            Vec::new()
        }
    }
}

fn find_key(state: &mut State, key: Key) {
    let Some(field) = state.find.as_mut() else { return };
    if field.key(key) {
        let query = field.text();
        let known = if state.screen == Screen::Matrix { &state.matrix.query } else { &state.list.query };
        if *known != query {
            navigate::set_query(state, query);
        }
    }
}

/// Pasted text goes where typed text would go, or into the cells of the matrix; elsewhere it is ignored, so that it never
/// runs as commands.
pub(super) fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(effects) = block::paste(state, text) {
        return effects;
    }
    match state.popups.last_mut() {
        Some(Popup::Form(form)) => {
            let focus = form.focus;
            form.confirmed = false;
            if let Some(part) = form.parts.get_mut(focus) {
                part.field.paste(text);
            }
            typed(state)
        }
        Some(Popup::Figure(figure)) => {
            figure.field.paste(text);
            typed(state)
        }
        Some(Popup::Sheet(sheet)) => {
            sheet.paste(text);
            state.draft_due |= super::edit::keeps_draft(state);
            Vec::new()
        }
        Some(Popup::Palette(field, cursor)) => {
            field.paste(text);
            *cursor = Cursor::default();
            Vec::new()
        }
        Some(_) => Vec::new(),
        None => {
            if let Some(field) = state.find.as_mut() {
                field.paste(text);
                let query = field.text();
                navigate::set_query(state, query);
            } else {
                state.say(state.lang().say(Say::PasteIgnored), false);
            }
            Vec::new()
        }
    }
}

/// What was typed is kept as a draft when typing pauses or the terminal goes away: a dropped line loses none of it.
fn typed(state: &mut State) -> Vec<Effect> {
    state.draft_due = true;
    Vec::new()
}
