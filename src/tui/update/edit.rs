//! Saving what stands open, whatever it is, and the commit's answer.

use super::super::state::{Popup, State};
use super::drafts::{forget, of_open};
use super::{Effect, block, cells, filing, sheet};
use crate::store::Refused;

/// Writes what the open form, figure or block holds; what does not fit is said and stays in the field.
pub(super) fn save(state: &mut State) -> Vec<Effect> {
    match state.popups.last() {
        Some(Popup::Form(_)) => filing::save(state),
        Some(Popup::Figure(_)) => cells::save(state, None),
        Some(Popup::Block(_)) => block::save(state),
        _ => Vec::new(),
    }
}

/// Whether a form or figure waits for its commit.
pub(super) fn waits(state: &State) -> bool {
    match state.popups.last() {
        Some(Popup::Form(form)) => form.saving,
        Some(Popup::Figure(figure)) => figure.saving,
        Some(Popup::Block(pasted)) => pasted.saving,
        Some(Popup::Sheet(sheet)) => sheet.saving,
        _ => false,
    }
}

/// A commit was written: the form or figure that waited for it closes, and its draft goes.
pub(super) fn saved(state: &mut State) -> Vec<Effect> {
    match state.popups.last() {
        Some(Popup::Figure(figure)) if figure.saving => cells::close(state),
        Some(Popup::Block(pasted)) if pasted.saving => block::saved(state),
        _ if waits(state) => saved_without_commit(state),
        _ => Vec::new(),
    }
}

pub(super) fn saved_without_commit(state: &mut State) -> Vec<Effect> {
    let key = of_open(state).map(|draft| draft.key);
    if let Some(Popup::Sheet(sheet)) = state.popups.pop() {
        sheet::show_added(state, &sheet);
    }
    key.map(|key| forget(state, key)).into_iter().collect()
}

/// A commit was refused: the form stays with what was typed. The commits that were in its way were followed before.
pub(super) fn refused(state: &mut State, refused: &Refused, text: &str) {
    match state.popups.last_mut() {
        Some(Popup::Sheet(sheet)) if sheet.saving => sheet::refused(state, text),
        Some(Popup::Form(form)) if form.saving => {
            form.saving = false;
            form.problem = Some(text.to_owned());
        }
        Some(Popup::Figure(figure)) if figure.saving => cells::refused(state, refused, text),
        Some(Popup::Block(pasted)) if pasted.saving => block::refused(state, refused, text),
        _ => {}
    }
}
