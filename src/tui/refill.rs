//! What the lists hold, by filter, search and order; and keeping every cursor on its line.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::board::Figures;
use super::cache::Cache;
use super::deed::Screen;
use super::form::Subject;
use super::layout::Layout;
use super::live::Sent;
use super::stand::Stand;
use super::state::{Popup, State};
use crate::catalog::Say;
use crate::model::former::moves;
use crate::model::succession::as_of;
use crate::model::{Book, Commit, ItemKey, Key, Period, Seq, UndoStack, Whose, clock};
use crate::report::{What, listing};
use crate::store::Sealed;

/// Up to this many items the figures of 总览 are worked out before anybody looks at them: some milliseconds.
const UNASKED: usize = 2_000;

impl State {
    /// Fills the lists anew, keeping the cursors on their items where they are still shown.
    pub(super) fn refill(&mut self) {
        let task = self.list.items.get(self.list.cursor.at).copied();
        let row = self.matrix.rows.get(self.matrix.cursor.at).copied();
        let ranged = self.ranged();
        self.list.items = self.listed();
        self.settle_marks();
        self.matrix.rows = if self.matrix.query.is_empty() {
            self.cache.rows.clone()
        } else {
            let found: HashSet<ItemKey> =
                self.cache.finder.find(&self.matrix.query).iter().map(|hit| hit.item).collect();
            self.cache.rows.iter().copied().filter(|row| found.contains(row)).collect()
        };
        let place = |items: &[ItemKey], item: Option<ItemKey>| items.iter().position(|it| Some(*it) == item);
        self.list.cursor.at = place(&self.list.items, task).unwrap_or(0);
        self.matrix.cursor.at = place(&self.matrix.rows, row).unwrap_or(0);
        if self.ranged() != ranged {
            // What comes in between was not meant: the range ends with the marks that it has.
            self.list.range = None;
        }
    }

    /// The items of the task list: all tasks, or what the search finds (tasks and quota rows), narrowed by the
    /// filters.
    fn listed(&mut self) -> Vec<ItemKey> {
        let searching = !self.list.query.is_empty();
        let candidates: Vec<ItemKey> = if searching {
            self.cache.finder.find(&self.list.query).iter().map(|hit| hit.item).collect()
        } else if self.list.unit.is_some() {
            self.cache.tasks.iter().chain(&self.cache.rows).copied().collect()
        } else {
            self.cache.tasks.clone()
        };
        let Some(book) = Book::open(self.named.as_ref().unwrap_or(&self.ledger), &self.document) else {
            return Vec::new();
        };
        let mut items = candidates;
        let when = (self.period, self.setup.today);
        // Without a filter nothing is looked up: this runs for every typed character of a search.
        if self.list.is_filtered() {
            let view = self.list.view("");
            let whose = Whose { aliases: &self.cache.aliases, known: &self.cache.known, day: self.setup.today };
            items.retain(|item| listing::admits(&book, whose, &view, *item, self.period));
        }
        if !searching {
            listing::sort(&book, &mut items, (self.list.sort, self.list.reversed), when);
        }
        items
    }

    /// Of which state of the ledger, which period and which day the figures of a board have to be.
    pub(super) fn stamp(&self) -> (Seq, Period, NaiveDate) {
        (self.ledger.head().seq, self.period, self.setup.today)
    }

    /// Works out the figures of the boards anew where the ledger or the period has changed since: of those that are shown, and,
    /// for the count in the bar, of a document of a usual size. After `foreign` commits no cursor gets on another item.
    fn refigure(&mut self, foreign: bool) {
        let Some(book) = Book::open(self.named.as_ref().unwrap_or(&self.ledger), &self.document) else { return };
        let shown = self.screen == Screen::Overview || self.popups.iter().any(|popup| matches!(popup, Popup::Board(_)));
        if !shown && self.cache.tasks.len() + self.cache.rows.len() > UNASKED {
            return;
        }
        let (period, today) = (self.period, self.setup.today);
        let stamp = Some(self.stamp());
        let pages = self.popups.iter_mut().filter_map(|popup| match popup {
            Popup::Board(board) => Some(&mut **board),
            _ => None,
        });
        for board in std::iter::once(&mut self.board).chain(pages).filter(|board| board.figures.stamp != stamp) {
            board.take(Arc::new(Figures::of(&book, &board.of, period, today)), foreign);
        }
    }

    /// Keeps cursors within their lists and on the screen.
    pub(super) fn settle(&mut self) {
        self.refigure(false);
        let layout = Layout::of(self);
        let rows = Layout::list_rows(layout.main);
        self.list.cursor.settle(self.list.items.len(), rows);
        self.extend_range();
        self.matrix.cursor.settle(self.matrix.rows.len(), rows.saturating_sub(1));
        self.matrix.column = self.matrix.column.min(self.cache.columns.len().saturating_sub(1));
        self.log.settle(self.commits.len(), rows);
        self.check.settle(self.cache.findings.len(), super::view::check_rows(&layout));
        let under = self.cache.findings.get(self.check.at).map(|(key, _)| key);
        self.checking.look_at(under);
        // One line more than names: the first line is "all".
        self.leaders.settle(self.cache.leaders.len() + 1, layout.leaders.map_or(0, Layout::pane_rows));
        self.units.settle(self.cache.units.len() + 1, layout.units.map_or(0, Layout::pane_rows));
        self.targets.settle(self.cache.targets.len(), super::view::target_rows(&layout));
        super::view::settle_board(self, &layout);
        if self.screen == Screen::Matrix {
            super::view::settle_columns(self, &layout);
        }
        self.settle_scroll(&layout);
    }

    /// A text that has become shorter is not scrolled past its end.
    fn settle_scroll(&mut self, layout: &Layout) {
        let limit = super::view::scroll_limit(self, layout);
        let scroll = match self.popups.last_mut() {
            Some(Popup::Block(pasted)) => &mut pasted.scroll,
            Some(popup) => match popup.scroll_mut() {
                Some(scroll) => scroll,
                None => return,
            },
            None if self.screen == Screen::Bulletin => &mut self.scroll,
            None => return,
        };
        *scroll = (*scroll).min(limit);
    }

    /// The keys rest: the detail pane may follow the cursor.
    pub(super) fn rest(&mut self) {
        if let Some(item) = self.item() {
            self.resting_on = Some(item);
        }
    }

    /// Whether something waits for the keys to rest: a draft to be kept, the others to be told, or the detail pane still shows an
    /// earlier item.
    pub fn unrested(&self) -> bool {
        if self.draft_due {
            return true;
        }
        // The others hear of what is open here when the keys rest.
        if self.live.is_shared() && self.live.told.as_ref() != Some(&self.here()) {
            return true;
        }
        let beside = Layout::of(self).detail.is_some() && self.popups.is_empty();
        beside && self.item().is_some() && self.resting_on != self.item()
    }

    /// Follows commits from the store, in order, and answers those that were not known. No cursor moves from its item.
    pub(super) fn follow(&mut self, commits: Vec<Sealed>) -> Vec<Sealed> {
        let stand = Stand::of(self);
        let mut derived = false;
        let mut fresh: Vec<Sealed> = Vec::new();
        for sealed in commits {
            if sealed.commit.seq <= self.ledger.head().seq {
                continue;
            }
            if self.ledger.apply(&sealed.commit, sealed.hash).is_err() {
                // A gap: the watcher asks again from our head.
                break;
            }
            derived |= Cache::touched_by(&sealed.commit);
            self.move_along(&sealed.commit);
            self.undo.note(&self.setup.actor, &sealed.commit);
            self.commits.push(sealed.clone());
            fresh.push(sealed);
        }
        if derived && let Some(book) = Book::open(&self.ledger, &self.document) {
            // Another length of period: the one shown is of the old length.
            let moved = (book.document().settings.span != self.period.span())
                .then(|| book.document().current_period(self.setup.today))
                .flatten();
            self.period = moved.unwrap_or(self.period);
            self.cache = Cache::of(&book);
        }
        if !fresh.is_empty() {
            self.rename();
            self.refill();
            let foreign = fresh.iter().all(|sealed| !self.is_own(sealed));
            stand.again(self, foreign);
            self.refigure(foreign);
        }
        fresh
    }

    /// What is open about items that a commit moved goes with them; small forms and lists about them close.
    fn move_along(&mut self, commit: &Commit) {
        let moves = moves(commit, &self.document);
        if moves.is_empty() {
            return;
        }
        let now = |item: ItemKey| moves.get(&item).copied().unwrap_or(item);
        let (ledger, document) = (&self.ledger, &self.document);
        self.popups.retain(|popup| !matches!(popup, Popup::Sheet(_) | Popup::Pick(_) | Popup::Block(_)));
        for popup in &mut self.popups {
            match popup {
                Popup::Detail(item, _) | Popup::History(item, _) | Popup::Why(item, _) => *item = now(*item),
                Popup::Form(form) => {
                    if let Subject::Filing(item) = form.subject {
                        form.subject = Subject::Filing(now(item));
                        form.base = ledger.version(&form.key(document));
                    }
                }
                Popup::Figure(figure) => {
                    figure.row = now(figure.row);
                    figure.base = ledger.version(&Key::done(document, figure.row, &figure.area, figure.period));
                }
                _ => {}
            }
        }
        self.list.marked = self.list.marked.iter().map(|item| now(*item)).collect();
        self.list.range = None;
        self.resting_on = self.resting_on.map(now);
        let again = self.live.sent.iter_mut().filter_map(|sent| match sent {
            Sent::Again(unsent) => Some(&mut **unsent),
            Sent::Deed { .. } | Sent::Form => None,
        });
        let unsent = self.live.unsent.iter_mut().chain(again).filter_map(|unsent| unsent.draft.as_mut());
        for draft in self.drafts.iter_mut().chain(unsent) {
            let to = draft.key.about().and_then(|item| moves.get(&item));
            if let Some(key) = to.and_then(|item| draft.key.moved_to(*item)) {
                draft.key = key;
            }
        }
        self.say(self.lang().say(Say::NumbersMoved), true);
    }

    /// Names units and leaders as in the period shown: as of its last day, or of today where that is to come.
    pub(super) fn rename(&mut self) {
        let named = as_of(&self.ledger, &self.document, self.period.end().min(self.setup.today));
        if named.is_none() && self.named.is_none() {
            return;
        }
        self.named = named;
        if let Some(book) = Book::open(self.reading(), &self.document) {
            self.cache = Cache::of(&book);
        }
    }

    /// Shows another period, with the names of its time.
    pub(super) fn show_period(&mut self, period: Period) {
        self.period = period;
        self.rename();
        self.refill();
    }

    /// It is this day now: what is owed, and who answers to which name, may be others. No cursor moves from its item.
    pub(super) fn turn_to(&mut self, day: NaiveDate) {
        let stand = Stand::of(self);
        self.setup.today = day;
        self.rename();
        self.refill();
        stand.again(self, true);
        self.refigure(true);
    }

    /// Takes the whole history in place of the newest part.
    pub(super) fn take_history(&mut self, commits: Vec<Sealed>) {
        let mut undo = UndoStack::default();
        for sealed in &commits {
            undo.note(&self.setup.actor, &sealed.commit);
        }
        if commits.last().map(|s| s.commit.seq) >= self.commits.last().map(|s| s.commit.seq) {
            self.undo = undo;
            self.commits = commits;
            if let What::Changes(day, _) = self.shown {
                self.shown = self.changes_since(day);
            }
        }
    }

    /// 变动 from a day on, of the commits that are here.
    pub(super) fn changes_since(&self, day: NaiveDate) -> What {
        let commits = self.commits.iter().map(|sealed| sealed.commit.as_ref());
        What::Changes(day, clock::since(commits, day, self.setup.today).into_iter().cloned().collect())
    }
}
