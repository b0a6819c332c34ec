//! Where the cursors stand, so that somebody else's commit does not move them: each stays on its item, and the item on its line.

use std::collections::HashSet;
use std::sync::Arc;

use super::deed::Screen;
use super::state::{Cursor, Popup, State};
use crate::model::{ItemKey, Key as RecordKey, Record};

/// What stood under the cursors.
pub(super) struct Stand {
    items: Vec<ItemKey>,
    list: Cursor,
    row: Option<ItemKey>,
    matrix: Cursor,
    leader: Option<Arc<str>>,
    unit: Option<Arc<str>>,
    finding: Option<RecordKey>,
    target: Option<(ItemKey, u16)>,
    /// What the lines under the cursors of the open lists are about.
    picked: Vec<Option<RecordKey>>,
    commits: usize,
}

impl Stand {
    /// Takes note of it.
    pub(super) fn of(state: &State) -> Self {
        let name = |tallies: &[crate::model::Tally], at: usize| {
            at.checked_sub(1).and_then(|at| tallies.get(at)).map(|tally| Arc::clone(&tally.name))
        };
        let picks = state.popups.iter().filter_map(|popup| match popup {
            Popup::Pick(pick) => Some(pick),
            _ => None,
        });
        let picked = picks.map(|pick| pick.of.keys(&state.book()?).into_iter().nth(pick.cursor.at)).collect();
        Self {
            items: state.list.items.clone(),
            list: state.list.cursor,
            row: state.matrix.rows.get(state.matrix.cursor.at).copied(),
            matrix: state.matrix.cursor,
            leader: name(&state.cache.leaders, state.leaders.at),
            unit: name(&state.cache.units, state.units.at),
            finding: state.finding().cloned(),
            target: state.cache.targets.get(state.targets.at).copied(),
            picked,
            commits: state.commits.len(),
        }
    }

    /// Stands there again once the lists are filled anew. An item that `foreign` commits took out of the list stays in it as
    /// long as the cursor is on it; after one's own commit the cursor goes to what comes next.
    pub(super) fn again(&self, state: &mut State, foreign: bool) {
        self.in_list(state, foreign);
        // Whether the next key would hit another line than the one that somebody else took away.
        let mut lost = false;
        if let Some(at) = state.matrix.rows.iter().position(|row| Some(*row) == self.row) {
            state.matrix.cursor = on_its_line(self.matrix, at);
        } else {
            state.matrix.cursor = self.matrix;
            lost |= state.screen == Screen::Matrix && self.row.is_some();
        }
        let named = |tallies: &[crate::model::Tally], name: &Option<Arc<str>>| {
            tallies.iter().position(|tally| Some(&tally.name) == name.as_ref()).map(|at| at + 1)
        };
        if let Some(at) = named(&state.cache.leaders, &self.leader) {
            state.leaders = on_its_line(state.leaders, at);
        }
        if let Some(at) = named(&state.cache.units, &self.unit) {
            state.units = on_its_line(state.units, at);
        }
        // A doubt that one has settled oneself goes to the others that are settled; the cursor to the next doubt.
        let now = self.finding.as_ref().and_then(|key| state.ledger.get(key)).map(|entry| entry.record.as_ref());
        let settled = matches!(now, Some(Record::Finding(finding)) if !finding.is_open());
        let place = state.cache.findings.iter().position(|(key, _)| Some(key) == self.finding.as_ref());
        lost |= state.screen == Screen::Check && !state.checks_targets && self.finding.is_some() && place.is_none();
        if let Some(at) = place.filter(|_| foreign || !settled) {
            state.check = on_its_line(state.check, at);
        }
        match state.cache.targets.iter().position(|target| Some(*target) == self.target) {
            Some(at) => state.targets = on_its_line(state.targets, at),
            None => lost |= state.screen == Screen::Check && state.checks_targets && self.target.is_some(),
        }
        state.lost |= foreign && lost;
        self.in_log(state);
        self.in_picks(state, foreign);
    }

    /// A line that a `foreign` commit took out of an open list leaves nothing under the cursor: the next key must not hit another.
    fn in_picks(&self, state: &mut State, foreign: bool) {
        let mut popups = std::mem::take(&mut state.popups);
        if let Some(book) = state.book() {
            let picks = popups.iter_mut().filter_map(|popup| match popup {
                Popup::Pick(pick) => Some(pick),
                _ => None,
            });
            for (pick, picked) in picks.zip(&self.picked).filter(|(_, picked)| picked.is_some()) {
                match pick.of.keys(&book).iter().position(|key| Some(key) == picked.as_ref()) {
                    Some(at) => pick.cursor = on_its_line(pick.cursor, at),
                    None => pick.lost |= foreign,
                }
            }
        }
        state.popups = popups;
    }

    fn in_list(&self, state: &mut State, foreign: bool) {
        let Some(item) = self.items.get(self.list.at).copied() else { return };
        let place = state.list.items.iter().position(|one| *one == item);
        if let Some(at) = place {
            state.list.cursor = on_its_line(self.list, at);
            return;
        }
        if foreign && state.book().is_some_and(|book| book.has_item(item)) {
            let at = self.list.at.min(state.list.items.len());
            state.list.items.insert(at, item);
            state.list.cursor = on_its_line(self.list, at);
            return;
        }
        let left: HashSet<ItemKey> = state.list.items.iter().copied().collect();
        let (before, after) = self.items.split_at(self.list.at);
        let next = after.iter().chain(before.iter().rev()).find(|one| left.contains(one));
        let at = next.and_then(|next| state.list.items.iter().position(|one| one == next)).unwrap_or(0);
        state.list.cursor = on_its_line(self.list, at);
    }

    /// The newest commits come in above: the cursor stays on its own. 日志 that is opened later begins with the newest.
    fn in_log(&self, state: &mut State) {
        if state.screen != Screen::Log && state.log.at == 0 {
            return;
        }
        let new = state.commits.len().saturating_sub(self.commits);
        state.log.at += new;
        if state.log.top > 0 {
            state.log.top += new;
        }
    }
}

/// The cursor on line `at` of the new list, which stays on the row of the screen where it was.
pub(super) const fn on_its_line(before: Cursor, at: usize) -> Cursor {
    let row = before.at.saturating_sub(before.top);
    Cursor { at, top: at.saturating_sub(row) }
}
