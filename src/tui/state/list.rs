//! A cursor in a list, and the list of items with what narrows it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{FilingState, ItemKey, Light, SortBy, Status, View};

/// A cursor in a list, and the first line shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The line under the cursor.
    pub at: usize,
    /// The first line shown.
    pub top: usize,
}

impl Cursor {
    /// Keeps the cursor within `len` lines and on the `height` lines shown.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.at = self.at.min(len.saturating_sub(1));
        self.top = self.top.min(len.saturating_sub(height.max(1))).min(self.at);
        if height > 0 && self.at >= self.top + height {
            self.top = self.at + 1 - height;
        }
    }
}

/// The task list: what it shows, and why only that.
#[derive(Debug, Clone, Default)]
pub struct ItemList {
    /// The items shown, in order.
    pub items: Vec<ItemKey>,
    /// The cursor.
    pub cursor: Cursor,
    /// The items marked, wherever they are shown: deeds act on all of them.
    pub marked: BTreeSet<ItemKey>,
    /// Only this leader's.
    pub leader: Option<Arc<str>>,
    /// Only this unit's.
    pub unit: Option<Arc<str>>,
    /// Only what this finds.
    pub query: String,
    /// Only with this light.
    pub light: Option<Light>,
    /// Only with this status.
    pub status: Option<Status>,
    /// Only in this filing state.
    pub filing: Option<FilingState>,
    /// Only what is owed after its due day or past its deadline.
    pub late: bool,
    /// The column it is sorted by; what a search finds stands by how well it matches.
    pub sort: SortBy,
    /// From the other end.
    pub reversed: bool,
    /// The range that is being marked.
    pub range: Option<Range>,
}

/// A range that is being marked: it ends where the cursor is.
#[derive(Debug, Clone)]
pub struct Range {
    /// Where it begins.
    pub anchor: ItemKey,
    /// What was marked before.
    pub before: BTreeSet<ItemKey>,
}

impl ItemList {
    /// Its filters, search and order as a view of this name.
    pub fn view(&self, name: &str) -> View {
        View {
            name: Arc::from(name),
            leader: self.leader.clone(),
            unit: self.unit.clone(),
            light: self.light,
            status: self.status,
            filing: self.filing,
            late: self.late,
            search: self.query.clone(),
            sort: self.sort,
            reversed: self.reversed,
        }
    }

    /// Takes over a view's filters, search and order.
    pub fn take_view(&mut self, view: &View) {
        self.leader.clone_from(&view.leader);
        self.unit.clone_from(&view.unit);
        (self.light, self.status, self.filing, self.late) = (view.light, view.status, view.filing, view.late);
        self.query.clone_from(&view.search);
        (self.sort, self.reversed) = (view.sort, view.reversed);
    }

    /// Stands at its top, as it shows something else or in another order; a range that was being marked ends.
    pub fn to_top(&mut self) {
        (self.cursor, self.range) = (Cursor::default(), None);
    }

    /// Whether anything but the search narrows it.
    pub fn is_filtered(&self) -> bool {
        let names = self.leader.is_some() || self.unit.is_some();
        names || self.light.is_some() || self.status.is_some() || self.filing.is_some() || self.late
    }
}
