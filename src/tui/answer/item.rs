//! Answers of the commands that act on an item, or on all that are marked.

use super::writable;
use crate::catalog::Say;
use crate::model::{Book, ItemKey};
use crate::tui::command::Answer;
use crate::tui::deed::Deed;
use crate::tui::sheet::{Picking, Purpose};
use crate::tui::state::{Popup, State};

pub(in crate::tui) fn why(state: &State) -> Answer {
    if matches!(state.popups.last(), Some(Popup::Why(..))) {
        return Err(Say::AlreadyOpen);
    }
    state.item().map(Deed::Why).ok_or(Say::NoItem)
}

pub(in crate::tui) fn approve(state: &State) -> Answer {
    filed(state).map(Deed::Approve)
}

pub(in crate::tui) fn give_back(state: &State) -> Answer {
    filed(state).map(|items| Deed::Ask(Purpose::Return(items)))
}

/// The items chosen, of which at least one is filed.
fn filed(state: &State) -> Result<Vec<ItemKey>, Say> {
    writable(state)?;
    let items = items(state)?;
    let book = state.book().ok_or(Say::NoItem)?;
    let any = items.iter().any(|item| book.has_filed(*item, state.period));
    if any { Ok(items) } else { Err(Say::NoDeedNothingFiled) }
}

pub(in crate::tui) fn light(state: &State) -> Answer {
    writable(state)?;
    let item = state.item().ok_or(Say::NoItem)?;
    let lit = state.book().and_then(|book| book.light(item, state.period));
    lit.map(|_| Deed::Ask(Purpose::Light(item))).ok_or(Say::NoDeedNoLight)
}

pub(in crate::tui) fn chase(state: &State) -> Answer {
    writable(state)?;
    items(state).map(|items| Deed::Ask(Purpose::Chase(items)))
}

pub(in crate::tui) fn steps(state: &State) -> Answer {
    task(state).map(|item| Deed::List(Picking::Steps(item)))
}

pub(in crate::tui) fn targets(state: &State) -> Answer {
    task(state).map(|item| Deed::List(Picking::Targets(item)))
}

pub(in crate::tui) fn requests(state: &State) -> Answer {
    state.item().map(|item| Deed::List(Picking::Requests(item))).ok_or(Say::NoItem)
}

pub(in crate::tui) fn step_add(state: &State) -> Answer {
    listed(state, |of| if let Picking::Steps(item) = of { Some(Purpose::Step(item, None)) } else { None })
}

pub(in crate::tui) fn step_edit(state: &State) -> Answer {
    numbered(state, |of, no| if let Picking::Steps(item) = of { Some(Purpose::Step(item, Some(no))) } else { None })
}

pub(in crate::tui) fn step_tick(state: &State) -> Answer {
    writable(state)?;
    match picked(state)? {
        (Picking::Steps(item), no) => Ok(Deed::Tick(item, no)),
        _ => Err(Say::NoDeedNoNumber),
    }
}

pub(in crate::tui) fn remove(state: &State) -> Answer {
    writable(state)?;
    match picked(state)? {
        (of @ (Picking::Steps(_) | Picking::Targets(_)), no) => Ok(Deed::Remove(of, no)),
        _ => Err(Say::NoDeedNoNumber),
    }
}

pub(in crate::tui) fn request_ask(state: &State) -> Answer {
    let answer = listed(state, |of| if let Picking::Requests(item) = of { Some(Purpose::Ask(item)) } else { None })?;
    let closed = |book: &Book<'_>, item| book.closed(item, state.period) || book.stopped(item, state.period);
    let is_closed = state.book().zip(state.item()).is_some_and(|(book, item)| closed(&book, item));
    if is_closed { Err(Say::NoDeedClosed) } else { Ok(answer) }
}

pub(in crate::tui) fn request_decide(state: &State) -> Answer {
    let (of, no) = picked(state)?;
    let book = state.book().ok_or(Say::NoItem)?;
    let open =
        of.item().is_some_and(|item| book.requests(item).any(|(one, request, _)| one == no && request.is_open()));
    if !open {
        return Err(Say::NoDeedDecided);
    }
    numbered(state, |of, no| if let Picking::Requests(item) = of { Some(Purpose::Decide(item, no)) } else { None })
}

pub(in crate::tui) fn target_figure(state: &State) -> Answer {
    numbered(state, |of, no| if let Picking::Targets(item) = of { Some(Purpose::Actual(item, no)) } else { None })
}

pub(in crate::tui) fn target_correct(state: &State) -> Answer {
    numbered(state, |of, no| if let Picking::Targets(item) = of { Some(Purpose::Target(item, Some(no))) } else { None })
}

pub(in crate::tui) fn target_add(state: &State) -> Answer {
    listed(state, |of| if let Picking::Targets(item) = of { Some(Purpose::Target(item, None)) } else { None })
}

/// What is asked about the item of the list on top.
fn listed(state: &State, purpose: impl Fn(Picking) -> Option<Purpose>) -> Answer {
    writable(state)?;
    let Some(Popup::Pick(pick)) = state.popups.last() else { return Err(Say::NoItem) };
    purpose(pick.of).map(Deed::Ask).ok_or(Say::NoItem)
}

/// What is asked about the line under the cursor of the list on top.
fn numbered(state: &State, purpose: impl Fn(Picking, u16) -> Option<Purpose>) -> Answer {
    writable(state)?;
    let (of, no) = picked(state)?;
    purpose(of, no).map(Deed::Ask).ok_or(Say::NoDeedNoNumber)
}

/// The list on top and the number of its line under the cursor.
pub(super) fn picked(state: &State) -> Result<(Picking, u16), Say> {
    picked_or(state, Say::NoDeedNoNumber)
}

/// The same; what is said where the list has no lines.
pub(super) fn picked_or(state: &State, none: Say) -> Result<(Picking, u16), Say> {
    let Some(Popup::Pick(pick)) = state.popups.last() else { return Err(Say::NoItem) };
    if pick.lost {
        return Err(Say::LineGone);
    }
    let book = state.book().ok_or(Say::NoItem)?;
    pick.of.numbers(&book).get(pick.cursor.at).map(|no| (pick.of, *no)).ok_or(none)
}

fn items(state: &State) -> Result<Vec<ItemKey>, Say> {
    let items = state.chosen();
    if items.is_empty() { Err(Say::NoItem) } else { Ok(items) }
}

fn task(state: &State) -> Result<ItemKey, Say> {
    let item = state.item().ok_or(Say::NoItem)?;
    let known = state.book().is_some_and(|book| book.task(item).is_some());
    if known { Ok(item) } else { Err(Say::NoDeedNotATask) }
}
