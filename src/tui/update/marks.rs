//! Marks in the task list: one, a range, all that are shown. Deeds then act on all marked at once.

use super::super::state::{Range, State};

/// Marks the item under the cursor, or takes its mark away, and goes down. A range that is open ends instead.
pub(super) fn one(state: &mut State) {
    if state.list.range.take().is_some() {
        return;
    }
    let Some(item) = state.list.items.get(state.list.cursor.at).copied() else { return };
    if !state.list.marked.remove(&item) {
        state.list.marked.insert(item);
    }
    state.list.cursor.at += 1;
}

/// Begins a range at the cursor, or ends the one that is open.
pub(super) fn range(state: &mut State) {
    if state.list.range.take().is_some() {
        return;
    }
    let Some(anchor) = state.list.items.get(state.list.cursor.at).copied() else { return };
    state.list.range = Some(Range { anchor, before: state.list.marked.clone() });
}

/// Marks all that are shown; if they all are marked, takes their marks away.
pub(super) fn all(state: &mut State) {
    let list = &mut state.list;
    list.range = None;
    if list.items.iter().all(|item| list.marked.contains(item)) {
        list.marked.retain(|item| !list.items.contains(item));
    } else {
        list.marked.extend(list.items.iter().copied());
    }
}

/// Takes all marks away; answers whether there were any.
pub(super) fn drop_all(state: &mut State) -> bool {
    let any = !state.list.marked.is_empty() || state.list.range.is_some();
    state.list.range = None;
    state.list.marked.clear();
    any
}

impl State {
    /// Marks what lies between the anchor of an open range and the cursor. A range whose anchor is no longer shown ends.
    pub(in super::super) fn extend_range(&mut self) {
        let list = &mut self.list;
        let Some(range) = &list.range else { return };
        let Some(anchor) = list.items.iter().position(|item| *item == range.anchor) else {
            list.range = None;
            return;
        };
        let (top, bottom) = (anchor.min(list.cursor.at), anchor.max(list.cursor.at));
        list.marked = range.before.clone();
        list.marked.extend(list.items.get(top..=bottom).unwrap_or_default());
    }

    /// Marks of items that are gone go.
    pub(in super::super) fn settle_marks(&mut self) {
        if self.list.marked.is_empty() {
            return;
        }
        let Some(book) = crate::model::Book::open(self.named.as_ref().unwrap_or(&self.ledger), &self.document) else {
            return;
        };
        self.list.marked.retain(|item| book.has_item(*item));
        if let Some(range) = &mut self.list.range {
            range.before.retain(|item| book.has_item(*item));
        }
    }
}
