//! The answers of the command table: for what is under the cursor, the deed or the reason why not.

mod item;
mod lists;
mod roles;

use std::sync::Arc;

pub(super) use item::*;
pub(super) use lists::*;
pub(super) use roles::*;

use super::command::Answer;
use super::deed::{Deed, Focus, Screen};
use super::sheet::Purpose;
use super::sides::Choice;
use super::state::{Popup, State};
use crate::catalog::Say;
use crate::model::entry::{NoFigure, open_of_kind, takes_figure};
use crate::model::{Finding, ItemKey, Key as RecordKey, Record};
use crate::report::For;

pub(super) fn matrix(state: &State) -> Answer {
    if state.cache.rows.is_empty() { Err(Say::NoRows) } else { Ok(Deed::Go(Screen::Matrix)) }
}

pub(super) fn undo(state: &State) -> Answer {
    writable(state)?;
    state.undo.undoable().map(Deed::Undo).ok_or(Say::NothingToUndo)
}

pub(super) fn redo(state: &State) -> Answer {
    writable(state)?;
    state.undo.redoable().map(Deed::Redo).ok_or(Say::NothingToRedo)
}

pub(super) fn undo_this(state: &State) -> Answer {
    writable(state)?;
    if let Some(Popup::Commit(seq, _)) = state.popups.last() {
        return Ok(Deed::Undo(*seq));
    }
    state.commit().map(|sealed| Deed::Undo(sealed.commit.seq)).ok_or(Say::NothingToUndo)
}

pub(super) fn commit(state: &State) -> Answer {
    if matches!(state.popups.last(), Some(Popup::Commit(..))) {
        return Err(Say::AlreadyOpen);
    }
    state.commit().map(|sealed| Deed::OpenCommit(sealed.commit.seq)).ok_or(Say::NoHistory)
}

pub(super) fn earlier(state: &State) -> Answer {
    state.period.previous().map(Deed::Period).ok_or(Say::FirstPeriod)
}

pub(super) fn later(state: &State) -> Answer {
    state.period.next().map(Deed::Period).ok_or(Say::LastPeriod)
}

/// Leave; with a popup open `q` closes it, like Esc: leaving goes one step at a time.
pub(super) fn leave_or_close(state: &State) -> Deed {
    if state.popups.is_empty() { Deed::Quit } else { Deed::Back }
}

pub(super) fn open(state: &State) -> Answer {
    if matches!(state.popups.last(), Some(Popup::Detail(..))) {
        return Err(Say::AlreadyOpen);
    }
    state.item().map(Deed::Open).ok_or(Say::NoItem)
}

pub(super) fn file(state: &State) -> Answer {
    writable(state)?;
    let items = state.chosen();
    match items.as_slice() {
        [] => Err(Say::NoItem),
        [item] => Ok(Deed::File(*item)),
        _ => Ok(Deed::Ask(Purpose::FileAll(items))),
    }
}

/// One field is typed anew; several items are not.
pub(super) fn retype(state: &State) -> Answer {
    let several = match state.popups.last() {
        Some(Popup::Sheet(sheet)) => !sheet.clashed.is_empty(),
        Some(Popup::Block(_)) => true,
        _ => false,
    };
    if several { Err(Say::NoRetype) } else { Ok(Deed::Decide(Choice::Anew)) }
}

pub(super) fn history(state: &State) -> Answer {
    if matches!(state.popups.last(), Some(Popup::History(..))) {
        return Err(Say::AlreadyOpen);
    }
    state.item().map(Deed::History).ok_or(Say::NoItem)
}

pub(super) fn copy(state: &State) -> Answer {
    let item = state.item().ok_or(Say::NoItem)?;
    super::view::copied_text(state, item).map(Deed::Copy).ok_or(Say::NoItem)
}

pub(super) fn mark(state: &State) -> Answer {
    if state.screen != Screen::Tasks {
        return Err(Say::NoItem);
    }
    if state.list.items.is_empty() { Err(Say::NothingFound) } else { Ok(Deed::Mark) }
}

pub(super) fn sort(state: &State) -> Answer {
    if state.list.query.is_empty() { Ok(Deed::Sort) } else { Err(Say::SortedByMatch) }
}

pub(super) fn all(state: &State) -> Answer {
    if !state.list.is_filtered() && state.list.query.is_empty() { Err(Say::NotFiltered) } else { Ok(Deed::ShowAll) }
}

/// The leader or unit under the cursor of its pane; its first line is "all".
pub(super) fn chosen(state: &State) -> Deed {
    if state.focus == Focus::Leaders {
        let chosen = state.leaders.at.checked_sub(1).and_then(|at| state.cache.leaders.get(at));
        Deed::ByLeader(chosen.map(|tally| Arc::clone(&tally.name)))
    } else {
        let chosen = state.units.at.checked_sub(1).and_then(|at| state.cache.units.get(at));
        Deed::ByUnit(chosen.map(|tally| Arc::clone(&tally.name)))
    }
}

/// The page of the leader, unit or area under the cursor; of an item, of the unit that leads it.
pub(super) fn page(state: &State) -> Answer {
    let of = match (state.board_here(), state.popups.is_empty(), state.screen, state.focus) {
        (Some(board), ..) => board.page(),
        (None, true, Screen::Tasks, Focus::Leaders) => match chosen(state) {
            Deed::ByLeader(leader) => leader.map(For::Leader),
            _ => None,
        },
        (None, true, Screen::Tasks, Focus::Units) => match chosen(state) {
            Deed::ByUnit(unit) => unit.map(For::Unit),
            _ => None,
        },
        _ => None,
    };
    // Beside a pane an item is shown, but the cursor is not on it.
    let item = state.item().filter(|_| !state.in_pane());
    let lead = || {
        let unit = state.book()?.lead_units(item?).first()?;
        Some(For::Unit(Arc::clone(state.cache.aliases.name(unit))))
    };
    of.or_else(lead).map(Deed::Page).ok_or(Say::NoPageHere)
}

/// Only what has one reason.
pub(super) fn narrow(state: &State) -> Answer {
    let kinds = state.board_here().map_or(0, |board| board.figures.kinds.len());
    if kinds > 1 { Ok(Deed::Narrow) } else { Err(Say::NoOtherReason) }
}

pub(super) fn figure(state: &State) -> Answer {
    cell(state).map(|(row, area)| Deed::EditCell(row, area))
}

pub(super) fn type_figure(state: &State) -> Answer {
    cell(state).map(|(row, area)| Deed::TypeCell(row, area))
}

pub(super) fn empty_figure(state: &State) -> Answer {
    let (row, area) = cell(state)?;
    let recorded = state.book().and_then(|book| book.done(row, &area, state.period));
    recorded.map(|_| Deed::EmptyCell(row, area)).ok_or(Say::CellIsEmpty)
}

/// The cell of the matrix under the cursor, if it takes a figure.
fn cell(state: &State) -> Result<(ItemKey, Arc<str>), Say> {
    writable(state)?;
    if state.screen != Screen::Matrix {
        return Err(Say::NoItem);
    }
    let book = state.book().ok_or(Say::NoItem)?;
    let row = state.item().and_then(|item| book.row(item)).ok_or(Say::NoItem)?;
    let area = state.area().ok_or(Say::NoItem)?;
    match takes_figure(row, &area) {
        Ok(()) => Ok((row.key, area)),
        Err(why) => Err(no_figure(why)),
    }
}

/// Why a cell takes no figure.
pub(super) const fn no_figure(why: NoFigure) -> Say {
    match why {
        NoFigure::NotAssigned => Say::NoQuotaHere,
        NoFigure::Summed => Say::TotalIsASum,
        NoFigure::OutOfRange => Say::FigureRange,
        NoFigure::NoTask | NoFigure::Text | NoFigure::UnknownArea => Say::NoFigureHere,
    }
}

pub(super) fn settle_first(state: &State) -> Answer {
    settle(state, 0)
}

pub(super) fn settle_second(state: &State) -> Answer {
    settle(state, 1)
}

pub(super) fn settle_third(state: &State) -> Answer {
    settle(state, 2)
}

pub(super) fn settle_fourth(state: &State) -> Answer {
    settle(state, 3)
}

/// The doubt under the cursor, open or settled, if it can be decided.
fn doubt(state: &State) -> Result<(&RecordKey, &Finding), Say> {
    writable(state)?;
    let key = state.finding().ok_or(if state.lost { Say::LineGone } else { Say::NothingOpen })?;
    match state.ledger.get(key).map(|entry| entry.record.as_ref()) {
        Some(Record::Finding(finding)) if finding.asks() => Ok((key, finding)),
        Some(Record::Finding(_)) => Err(Say::IsACorrection),
        Some(Record::Row(_)) => Err(Say::CheckSumOnly),
        _ => Err(Say::NothingOpen),
    }
}

fn settle(state: &State, choice: u16) -> Answer {
    let (key, finding) = doubt(state)?;
    if usize::from(choice) >= finding.alternatives.len() {
        return Err(Say::NoSuchReading);
    }
    if finding.settled == Some(choice) {
        return Err(Say::AlreadySettled);
    }
    Ok(Deed::Settle(key.clone(), choice))
}

/// What a person reads in the page: only of a doubt about an item.
pub(super) fn settle_typed(state: &State) -> Answer {
    let (key, finding) = doubt(state)?;
    finding.item.map(|_| Deed::Ask(Purpose::Reading(key.clone()))).ok_or(Say::CheckNoItem)
}

/// All open doubts of the kind under the cursor.
pub(super) fn settle_kind(state: &State) -> Answer {
    let (_, finding) = doubt(state)?;
    let book = state.book().ok_or(Say::NothingOpen)?;
    if open_of_kind(&book, finding.kind()).is_empty() {
        return Err(Say::CheckNoneOfKind);
    }
    Ok(Deed::Ask(Purpose::AcceptKind(finding.kind().to_owned())))
}

pub(super) fn reopen(state: &State) -> Answer {
    let (key, finding) = doubt(state)?;
    finding.settled.map(|_| Deed::Reopen(key.clone())).ok_or(Say::CheckNotSettled)
}

fn writable(state: &State) -> Result<(), Say> {
    if state.setup.read_only { Err(Say::ReadOnly) } else { Ok(()) }
}
