//! Answers of the commands about a document as a whole: views, settings, periods, documents, what was put away, names that pass on,
//! the bulletin.

use std::sync::Arc;

use super::item::{picked, picked_or};
use super::writable;
use crate::catalog::Say;
use crate::model::Office;
use crate::report::What;
use crate::tui::command::Answer;
use crate::tui::deed::Deed;
use crate::tui::sheet::{Picking, Purpose};
use crate::tui::state::State;

pub(in crate::tui) fn view_apply(state: &State) -> Answer {
    view(state).map(Deed::ApplyView)
}

pub(in crate::tui) fn view_remove(state: &State) -> Answer {
    writable(state)?;
    view(state).map(Deed::RemoveView)
}

pub(in crate::tui) fn view_save(state: &State) -> Answer {
    writable(state)?;
    Ok(Deed::Ask(Purpose::SaveView))
}

pub(in crate::tui) fn settings(state: &State) -> Answer {
    writable(state)?;
    Ok(Deed::Ask(Purpose::Settings))
}

/// The saved view under the cursor.
fn view(state: &State) -> Result<Arc<str>, Say> {
    let (_, no) = picked_or(state, Say::NoViews)?;
    let book = state.book().ok_or(Say::NoViews)?;
    let view = book.views().nth(usize::from(no).saturating_sub(1));
    view.map(|(view, _)| Arc::clone(&view.name)).ok_or(Say::NoViews)
}

pub(in crate::tui) fn period_choose(state: &State) -> Answer {
    let (_, no) = picked(state)?;
    let book = state.book().ok_or(Say::NoItem)?;
    let period = Picking::periods(&book).nth(usize::from(no).saturating_sub(1));
    period.map(Deed::Period).ok_or(Say::NoItem)
}

/// The documents, where there are several.
pub(in crate::tui) fn documents(state: &State) -> Answer {
    if state.ledger.documents().nth(1).is_some() { Ok(Deed::List(Picking::Documents)) } else { Err(Say::OneDocument) }
}

/// The requests that wait for a decision, where some do.
pub(in crate::tui) fn waiting(state: &State) -> Answer {
    let any = state.book().is_some_and(|book| book.open_requests().next().is_some());
    if any { Ok(Deed::List(Picking::Waiting)) } else { Err(Say::NothingWaits) }
}

/// The requests about the item of the line, where they are decided.
pub(in crate::tui) fn waiting_open(state: &State) -> Answer {
    let (_, place) = picked_or(state, Say::NothingWaits)?;
    let book = state.book().ok_or(Say::NoItem)?;
    let item = book.open_requests().nth(usize::from(place).saturating_sub(1)).map(|(item, ..)| item);
    item.map(|item| Deed::List(Picking::Requests(item))).ok_or(Say::NoItem)
}

/// What was put away, where something was.
pub(in crate::tui) fn dropped(state: &State) -> Answer {
    let any = state.book().is_some_and(|book| book.dropped().next().is_some());
    if any { Ok(Deed::List(Picking::Dropped)) } else { Err(Say::NothingDropped) }
}

pub(in crate::tui) fn dropped_open(state: &State) -> Answer {
    let (_, no) = picked(state)?;
    let item = state.book().and_then(|book| book.dropped().nth(usize::from(no).saturating_sub(1)));
    item.map(Deed::Open).ok_or(Say::NoItem)
}

/// Who follows on the leader or unit under the cursor.
pub(in crate::tui) fn pass_on(state: &State) -> Answer {
    writable(state)?;
    let (office, name) = match super::chosen(state) {
        Deed::ByLeader(Some(name)) => (Office::Leader, name),
        Deed::ByUnit(Some(name)) => (Office::Unit, name),
        _ => return Err(Say::PassOnNobody),
    };
    Ok(Deed::Ask(Purpose::Succeed(office, name)))
}

pub(in crate::tui) fn document_choose(state: &State) -> Answer {
    let (_, no) = picked(state)?;
    let document = state.ledger.documents().nth(usize::from(no).saturating_sub(1));
    document.map(|document| Deed::ShowDocument(document.id.clone())).ok_or(Say::NoItem)
}

pub(in crate::tui) fn wording(state: &State) -> Answer {
    writable(state)?;
    bulletin_shown(state)?;
    not_issued(state)?;
    Ok(Deed::Wording)
}

pub(in crate::tui) fn issue(state: &State) -> Answer {
    writable(state)?;
    bulletin_shown(state)?;
    not_issued(state)?;
    Ok(Deed::Ask(Purpose::Issue))
}

pub(in crate::tui) fn recall(state: &State) -> Answer {
    writable(state)?;
    bulletin_shown(state)?;
    Ok(Deed::Ask(Purpose::Recall))
}

/// The figures of now beside those that were issued; without an issue they are the same.
pub(in crate::tui) fn fresh(state: &State) -> Answer {
    bulletin_shown(state)?;
    if not_issued(state).is_err() || state.shown == What::Fresh { Ok(Deed::Fresh) } else { Err(Say::BulletinDraft) }
}

/// The bulletin of the period follows the ledger.
fn not_issued(state: &State) -> Result<(), Say> {
    let issued = state.book().and_then(|book| book.bulletin(state.period)?.0.issued);
    if issued.is_none() { Ok(()) } else { Err(Say::NoDeedIssued) }
}

/// The screen shows the bulletin, not another report.
fn bulletin_shown(state: &State) -> Result<(), Say> {
    if matches!(state.shown, What::Bulletin | What::Fresh) { Ok(()) } else { Err(Say::OtherReport) }
}
