//! The answers of the command table: for what is under the cursor, the deed or the reason why not.

use std::sync::Arc;

use super::command::Answer;
use super::deed::{Deed, Focus, Motion, Screen};
use super::state::{Popup, State};
use crate::catalog::Say;
use crate::model::Record;
use crate::model::entry::{NoFigure, takes_figure};

pub(super) fn tasks(_: &State) -> Answer {
    Ok(Deed::Focus(Focus::List))
}

pub(super) fn leaders(_: &State) -> Answer {
    Ok(Deed::Focus(Focus::Leaders))
}

pub(super) fn units(_: &State) -> Answer {
    Ok(Deed::Focus(Focus::Units))
}

pub(super) fn matrix(state: &State) -> Answer {
    if state.cache.rows.is_empty() { Err(Say::NoRows) } else { Ok(Deed::Go(Screen::Matrix)) }
}

pub(super) fn overview(_: &State) -> Answer {
    Ok(Deed::Go(Screen::Overview))
}

pub(super) fn bulletin(_: &State) -> Answer {
    Ok(Deed::Go(Screen::Bulletin))
}

pub(super) fn log(_: &State) -> Answer {
    Ok(Deed::Go(Screen::Log))
}

pub(super) fn check(_: &State) -> Answer {
    Ok(Deed::Go(Screen::Check))
}

pub(super) fn find(_: &State) -> Answer {
    Ok(Deed::Find)
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
    state.commit().map(|sealed| Deed::Undo(sealed.commit.seq)).ok_or(Say::NothingToUndo)
}

pub(super) fn earlier(state: &State) -> Answer {
    state.period.previous().map(Deed::Period).ok_or(Say::FirstPeriod)
}

pub(super) fn later(state: &State) -> Answer {
    state.period.next().map(Deed::Period).ok_or(Say::LastPeriod)
}

pub(super) fn next_pane(_: &State) -> Answer {
    Ok(Deed::NextPane(true))
}

pub(super) fn previous_pane(_: &State) -> Answer {
    Ok(Deed::NextPane(false))
}

pub(super) fn help(_: &State) -> Answer {
    Ok(Deed::Help)
}

pub(super) fn palette(_: &State) -> Answer {
    Ok(Deed::Palette)
}

pub(super) fn redraw(_: &State) -> Answer {
    Ok(Deed::Redraw)
}

pub(super) fn back(_: &State) -> Answer {
    Ok(Deed::Back)
}

pub(super) fn quit(state: &State) -> Answer {
    // With a popup open `q` closes it, like Esc: leaving one step at a time.
    if state.popups.is_empty() { Ok(Deed::Quit) } else { Ok(Deed::Back) }
}

pub(super) fn up(_: &State) -> Answer {
    Ok(Deed::Step(Motion::Up))
}

pub(super) fn down(_: &State) -> Answer {
    Ok(Deed::Step(Motion::Down))
}

pub(super) fn page_up(_: &State) -> Answer {
    Ok(Deed::Step(Motion::PageUp))
}

pub(super) fn page_down(_: &State) -> Answer {
    Ok(Deed::Step(Motion::PageDown))
}

pub(super) fn top(_: &State) -> Answer {
    Ok(Deed::Step(Motion::Top))
}

pub(super) fn bottom(_: &State) -> Answer {
    Ok(Deed::Step(Motion::Bottom))
}

pub(super) fn left(_: &State) -> Answer {
    Ok(Deed::Step(Motion::Left))
}

pub(super) fn right(_: &State) -> Answer {
    Ok(Deed::Step(Motion::Right))
}

pub(super) fn open(state: &State) -> Answer {
    if matches!(state.popups.last(), Some(Popup::Detail(..))) {
        return Err(Say::AlreadyOpen);
    }
    state.item().map(Deed::Open).ok_or(Say::NoItem)
}

pub(super) fn file(state: &State) -> Answer {
    writable(state)?;
    state.item().map(Deed::File).ok_or(Say::NoItem)
}

pub(super) fn history(state: &State) -> Answer {
    state.item().map(Deed::History).ok_or(Say::NoItem)
}

pub(super) fn copy(state: &State) -> Answer {
    let item = state.item().ok_or(Say::NoItem)?;
    super::view::copied_text(state, item).map(Deed::Copy).ok_or(Say::NoItem)
}

pub(super) fn sort(state: &State) -> Answer {
    if state.list.query.is_empty() { Ok(Deed::Sort) } else { Err(Say::SortedByMatch) }
}

pub(super) fn all(state: &State) -> Answer {
    if state.list.leader.is_none() && state.list.unit.is_none() && state.list.query.is_empty() {
        Err(Say::NotFiltered)
    } else {
        Ok(Deed::ShowAll)
    }
}

pub(super) fn choose(state: &State) -> Answer {
    if state.focus == Focus::Leaders {
        let chosen = state.leaders.at.checked_sub(1).and_then(|at| state.cache.leaders.get(at));
        Ok(Deed::ByLeader(chosen.map(|tally| Arc::clone(&tally.name))))
    } else {
        let chosen = state.units.at.checked_sub(1).and_then(|at| state.cache.units.get(at));
        Ok(Deed::ByUnit(chosen.map(|tally| Arc::clone(&tally.name))))
    }
}

pub(super) fn figure(state: &State) -> Answer {
    writable(state)?;
    let book = state.book().ok_or(Say::NoItem)?;
    let row = state.item().and_then(|item| book.row(item)).ok_or(Say::NoItem)?;
    let area = state.area().ok_or(Say::NoItem)?;
    match takes_figure(row, &area) {
        Ok(()) => Ok(Deed::EditCell(row.key, area)),
        Err(NoFigure::NotAssigned) => Err(Say::NoQuotaHere),
        Err(NoFigure::Summed) => Err(Say::TotalIsASum),
        Err(NoFigure::NoTask | NoFigure::Text | NoFigure::OutOfRange | NoFigure::UnknownArea) => Err(Say::NoFigureHere),
    }
}

pub(super) fn mode(_: &State) -> Answer {
    Ok(Deed::Mode)
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

fn settle(state: &State, choice: u16) -> Answer {
    writable(state)?;
    let key = state.finding().ok_or(Say::NothingOpen)?;
    let Some(Record::Finding(finding)) = state.ledger.get(key).map(|entry| entry.record.as_ref()) else {
        return Err(Say::NothingOpen);
    };
    if finding.alternatives.is_empty() {
        return Err(Say::IsACorrection);
    }
    if finding.settled.is_some() {
        return Err(Say::AlreadySettled);
    }
    if usize::from(choice) >= finding.alternatives.len() {
        return Err(Say::NoSuchReading);
    }
    Ok(Deed::Settle(key.clone(), choice))
}

pub(super) fn print(_: &State) -> Answer {
    Ok(Deed::Print)
}

pub(super) fn save(_: &State) -> Answer {
    Ok(Deed::Save)
}

pub(super) fn leave(_: &State) -> Answer {
    Ok(Deed::Leave)
}

pub(super) fn discard(_: &State) -> Answer {
    Ok(Deed::Discard)
}

pub(super) fn accept(_: &State) -> Answer {
    Ok(Deed::Accept)
}

pub(super) fn resume(_: &State) -> Answer {
    Ok(Deed::Resume)
}

fn writable(state: &State) -> Result<(), Say> {
    if state.setup.read_only { Err(Say::ReadOnly) } else { Ok(()) }
}
