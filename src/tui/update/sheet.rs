//! A small form from its keys to the commit's answer. What its saving means is in `deeds`.

use super::super::key::{Code, Key, Named};
use super::super::sheet::{Purpose, Sheet};
use super::super::state::{Popup, State};
use super::{Effect, deeds};
use crate::catalog::Say;
use crate::model::Key as RecordKey;

/// Why a sheet is not saved yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unsaved {
    /// It cannot be, for this reason.
    Refused(String),
    /// Saving again says yes to this.
    Asked(String),
}

/// The sheet on top.
pub(super) fn open(state: &mut State) -> Option<&mut Sheet> {
    match state.popups.last_mut() {
        Some(Popup::Sheet(sheet)) => Some(sheet),
        _ => None,
    }
}

/// A key for the sheet on top: for the slot with the caret, or Enter and the arrows to another slot. Enter on the last
/// slot of one line saves.
pub(super) fn key(state: &mut State, key: Key) -> Vec<Effect> {
    let Some(sheet) = open(state) else { return Vec::new() };
    if sheet.key(key) {
        return Vec::new();
    }
    match key.code {
        Code::Named(Named::Enter) if sheet.at_last() => return save(state),
        Code::Named(Named::Enter | Named::Down) => sheet.step(true),
        Code::Named(Named::Up) => sheet.step(false),
        _ => {}
    }
    Vec::new()
}

/// Writes what the sheet holds; what does not fit is said in the sheet and stays in its fields.
pub(super) fn save(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Sheet(sheet)) = state.popups.last() else { return Vec::new() };
    if sheet.saving {
        return Vec::new();
    }
    if matches!(sheet.purpose, Purpose::Print(_)) {
        return super::printing::go(state);
    }
    if sheet.purpose == Purpose::Filter {
        super::views::take_filters(state);
        return Vec::new();
    }
    if let Some(name) = super::roles::without_number(sheet) {
        return vec![Effect::LookUp(name)];
    }
    let outcome = match meanwhile(state, sheet) {
        Some(said) => Err(Unsaved::Refused(said)),
        None => deeds::writes(state, sheet),
    };
    look_again(state);
    let nothing = state.lang().say(Say::NothingChanged);
    let Some(sheet) = open(state) else { return Vec::new() };
    match outcome {
        Ok(writes) if writes.is_empty() => {
            state.popups.pop();
            state.say(nothing, true);
            Vec::new()
        }
        Ok(writes) => {
            (sheet.saving, sheet.problem) = (true, None);
            vec![Effect::Commit(deeds::intent(&sheet.purpose), writes)]
        }
        Err(Unsaved::Refused(problem)) => {
            sheet.problem = Some(problem);
            Vec::new()
        }
        Err(Unsaved::Asked(question)) => {
            (sheet.problem, sheet.confirmed) = (Some(question), true);
            Vec::new()
        }
    }
}

/// What somebody else changed since the sheet was opened, if anything.
fn meanwhile(state: &State, sheet: &Sheet) -> Option<String> {
    let (key, _) = sheet.seen.iter().find(|(key, version)| state.ledger.version(key) != *version)?;
    let lang = state.lang();
    let (who, what) = last_change(state, key);
    Some(lang.fill(Say::SheetMeanwhile, &[&who, &what]))
}

/// Who changed a record last, as far as the commits known tell, and what the change was.
pub(super) fn last_change(state: &State, key: &RecordKey) -> (String, String) {
    let lang = state.lang();
    let changes = state.commits.iter().rev().flat_map(|sealed| {
        sealed.commit.changes.iter().filter(|change| change.key == *key).map(|change| (&sealed.commit, change))
    });
    match changes.into_iter().next() {
        Some((commit, change)) => (commit.actor.name.clone(), crate::report::changes::describe(lang, change)),
        None => (lang.say(Say::SomebodyElse).to_owned(), key.to_string()),
    }
}

/// The sheet stands on what is there now: saving again keeps what was typed here.
fn look_again(state: &mut State) {
    let Some(Popup::Sheet(sheet)) = state.popups.last_mut() else { return };
    for (key, version) in &mut sheet.seen {
        *version = state.ledger.version(key);
    }
}

/// What was added to a list stands under its cursor.
pub(super) fn show_added(state: &mut State, sheet: &Sheet) {
    if !matches!(sheet.purpose, Purpose::Step(_, None) | Purpose::Ask(_) | Purpose::Target(_, None)) {
        return;
    }
    let Some(Popup::Pick(pick)) = state.popups.last() else { return };
    let lines = state.book().map_or(0, |book| pick.of.numbers(&book).len());
    if let Some(Popup::Pick(pick)) = state.popups.last_mut() {
        pick.cursor.at = lines.saturating_sub(1);
    }
}

/// The commit was refused: the sheet stays as it was typed.
pub(super) fn refused(state: &mut State, text: &str) {
    look_again(state);
    if let Some(sheet) = open(state) {
        (sheet.saving, sheet.problem) = (false, Some(text.to_owned()));
    }
}

/// Leaves the sheet. Words for several items are long to type again, so leaving them asks once.
pub(super) fn leave(state: &mut State) {
    let asked = state.lang().say(Say::SheetLeaveAsks);
    if let Some(sheet) = open(state)
        && matches!(sheet.purpose, Purpose::FileAll(_))
        && (0..sheet.slots.len()).any(|at| !sheet.text(at).trim().is_empty())
        && sheet.problem.as_deref() != Some(asked)
    {
        sheet.problem = Some(asked.to_owned());
        return;
    }
    state.popups.pop();
}
