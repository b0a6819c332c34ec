//! Answers of the commands of the list of roles.

use std::sync::Arc;

use super::item::picked_or;
use super::writable;
use crate::catalog::Say;
use crate::model::role;
use crate::tui::command::Answer;
use crate::tui::deed::Deed;
use crate::tui::sheet::{Picking, Purpose};
use crate::tui::state::State;

pub(in crate::tui) fn role_add(state: &State) -> Answer {
    writable(state)?;
    Ok(Deed::Ask(Purpose::Role(None)))
}

pub(in crate::tui) fn role_change(state: &State) -> Answer {
    writable(state)?;
    let (_, no) = picked_or(state, Say::NoRoles)?;
    let role = role::all(&state.ledger).nth(usize::from(no).saturating_sub(1));
    role.map(|role| Deed::Ask(Purpose::Role(Some(Arc::clone(&role.name))))).ok_or(Say::NoRoles)
}

pub(in crate::tui) fn role_remove(state: &State) -> Answer {
    writable(state)?;
    let (_, no) = picked_or(state, Say::NoRoles)?;
    Ok(Deed::Remove(Picking::Roles, no))
}
