//! Marks in the task list: one, a range, all that are shown. Deeds then act on all marked at once.

use std::collections::BTreeSet;

use super::super::state::{Range, State};
use crate::model::ItemKey;

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
    /// What lies between the anchor of an open range and the cursor; `None` without a range, or where the anchor is not shown.
    pub(in super::super) fn ranged(&self) -> Option<BTreeSet<ItemKey>> {
        let list = &self.list;
        let range = list.range.as_ref()?;
        let anchor = list.items.iter().position(|item| *item == range.anchor)?;
        let (top, bottom) = (anchor.min(list.cursor.at), anchor.max(list.cursor.at));
        Some(list.items.get(top..=bottom).unwrap_or_default().iter().copied().collect())
    }

    /// Marks what lies in an open range. A range whose anchor is no longer shown ends.
    pub(in super::super) fn extend_range(&mut self) {
        let ranged = self.ranged();
        let list = &mut self.list;
        match (&list.range, ranged) {
            (Some(range), Some(ranged)) => {
                list.marked = range.before.clone();
                list.marked.extend(ranged);
            }
            _ => list.range = None,
        }
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
