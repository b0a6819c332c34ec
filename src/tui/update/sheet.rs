//! A small form from its keys to the commit's answer. What its saving means is in `deeds`.

use super::super::key::{Code, Key, Named};
use super::super::sheet::{Purpose, Sheet};
use super::super::sides::Choice;
use super::super::state::{Popup, State};
use super::{Effect, deeds};
use crate::catalog::Say;
use crate::model::merge::{changed, field, name};
use crate::model::{Entry, ItemKey, Key as RecordKey};
use crate::report::figures::number;

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
        state.draft_due |= super::edit::keeps_draft(state);
        return Vec::new();
    }
    match key.code {
        Code::Named(Named::Enter) if sheet.at_last() => return super::edit::save(state),
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
        if let Some(sheet) = open(state) {
            sheet.looking = Some(name.clone());
        }
        return vec![Effect::LookUp(name)];
    }
    if let Some(problem) = asked(state) {
        if let Some(sheet) = open(state) {
            (sheet.problem, sheet.came) = (Some(problem), None);
        }
        return Vec::new();
    }
    let Some(Popup::Sheet(sheet)) = state.popups.last() else { return Vec::new() };
    let outcome = deeds::writes(state, sheet);
    let nothing = state.lang().say(Say::NothingChanged);
    let Some(sheet) = open(state) else { return Vec::new() };
    match outcome {
        Ok(writes) if writes.is_empty() => {
            let effects = super::edit::saved_without_commit(state);
            state.say(nothing, true);
            effects
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

/// What is asked before the sheet is saved: fields that both changed, or items that somebody else changed meanwhile.
fn asked(state: &mut State) -> Option<String> {
    let lang = state.lang();
    let sheet = open(state)?;
    let found = sheet.settle();
    if found > 0 {
        let slot = sheet.slots.get(sheet.focus).and_then(|slot| slot.sides.asked());
        let anew = slot.is_some_and(|clash| clash.mine.is_some());
        return Some(if anew { lang.say(Say::ClashRetyped).to_owned() } else { lang.fill(Say::ClashFound, &[&found]) });
    }
    let changed = meanwhile(state);
    let first = changed.first()?.clone();
    let items: Vec<ItemKey> = changed.iter().filter_map(RecordKey::about).collect();
    let names: Vec<String> = {
        let book = state.book()?;
        items.iter().map(|item| number(&book, *item)).collect()
    };
    let (who, what) = last_change(state, &first);
    let sheet = open(state)?;
    let all = sheet.purpose.items_mut().map_or(1, |items| items.len());
    let left = all.saturating_sub(items.len());
    sheet.clashed = items;
    if all == 1 {
        return Some(lang.fill(Say::SheetMeanwhile, &[&who, &what]));
    }
    Some(lang.fill(Say::ManyChanged, &[&names.join(lang.say(Say::Names)), &who, &left]))
}

/// The records of several items that somebody else changed since the sheet was opened, where that is what it would write: all
/// that is reviewed or chased; of what is filed only the parts that are filled in.
fn meanwhile(state: &State) -> Vec<RecordKey> {
    let Some(Popup::Sheet(sheet)) = state.popups.last() else { return Vec::new() };
    let given: Option<Vec<(&str, String)>> = match &sheet.purpose {
        Purpose::Return(_) | Purpose::Chase(_) => None,
        Purpose::FileAll(_) => {
            let names = [name::PERCENT, name::PROGRESS, name::PROBLEMS, name::NEXT];
            let typed = names.into_iter().enumerate().map(|(at, name)| (name, sheet.text(at).trim().to_owned()));
            Some(typed.filter(|(_, text)| !text.is_empty()).collect())
        }
        // What is about one record is followed field by field.
        _ => return Vec::new(),
    };
    let clashes = |(key, base): &&(RecordKey, Option<Entry>)| {
        let now = state.ledger.get(key);
        if now.map(|entry| entry.version) == base.as_ref().map(|entry| entry.version) {
            return false;
        }
        let (base, now) = (base.as_ref().map(|entry| &*entry.record), now.map(|entry| &*entry.record));
        let changed = changed(base, now);
        given.as_ref().map_or(!changed.is_empty(), |given| {
            given.iter().any(|(name, text)| changed.contains(name) && field(now, name) != *text)
        })
    };
    sheet.seen.iter().filter(clashes).map(|(key, _)| key.clone()).collect()
}

/// Mine: what somebody else changed meanwhile is written too. Theirs: those items stay as they are, and the others are written.
pub(super) fn decide_items(state: &mut State, choice: Choice) -> Vec<Effect> {
    let left = state.lang().say(Say::ManyLeft);
    let Some(sheet) = open(state) else { return Vec::new() };
    let clashed = std::mem::take(&mut sheet.clashed);
    sheet.problem = None;
    if choice == Choice::Theirs {
        sheet.seen.retain(|(key, _)| key.about().is_none_or(|item| !clashed.contains(&item)));
        let items = sheet.purpose.items_mut();
        if items.is_none_or(|items| {
            items.retain(|item| !clashed.contains(item));
            items.is_empty()
        }) {
            let effects = super::edit::saved_without_commit(state);
            state.say(left, true);
            return effects;
        }
    }
    let mut popups = std::mem::take(&mut state.popups);
    if let Some(Popup::Sheet(sheet)) = popups.last_mut() {
        look(state, sheet);
    }
    state.popups = popups;
    super::edit::save(state)
}

/// Who changed a record last, as far as the commits known tell, and what the change was.
fn last_change(state: &State, key: &RecordKey) -> (String, String) {
    let lang = state.lang();
    let changes = state.commits.iter().rev().flat_map(|sealed| {
        sealed.commit.changes.iter().filter(|change| change.key == *key).map(|change| (&sealed.commit, change))
    });
    match changes.into_iter().next() {
        Some((commit, change)) => (commit.actor.name.clone(), crate::report::changes::describe(lang, change)),
        None => (lang.say(Say::SomebodyElse).to_owned(), key.to_string()),
    }
}

/// The sheet stands on what is there now.
pub(super) fn look(state: &State, sheet: &mut Sheet) {
    for (key, entry) in &mut sheet.seen {
        *entry = state.ledger.get(key).cloned();
    }
}

/// What was added to a list stands under its cursor: behind the others, or, of what goes by a name, where that is.
pub(super) fn show_added(state: &mut State, sheet: &Sheet) {
    let name = || sheet.text(0).trim().to_owned();
    let added = match &sheet.purpose {
        Purpose::Step(_, None) | Purpose::Ask(_) | Purpose::Target(_, None) => None,
        Purpose::Role(None) => Some(RecordKey::role(&name())),
        Purpose::SaveView => Some(RecordKey::view(&state.document, &name())),
        _ => return,
    };
    let Some(Popup::Pick(pick)) = state.popups.last() else { return };
    let lines = state.book().map(|book| pick.of.keys(&book)).unwrap_or_default();
    let last = lines.len().saturating_sub(1);
    let at = added.map_or(Some(last), |added| lines.iter().position(|line| *line == added));
    if let (Some(Popup::Pick(pick)), Some(at)) = (state.popups.last_mut(), at) {
        (pick.cursor.at, pick.lost) = (at, false);
    }
}

/// Leaves the sheet. Words for several items are long to type again, so leaving them asks once.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    let asked = state.lang().say(Say::SheetLeaveAsks);
    if let Some(sheet) = open(state)
        && matches!(sheet.purpose, Purpose::FileAll(_))
        && (0..sheet.slots.len()).any(|at| !sheet.text(at).trim().is_empty())
        && sheet.problem.as_deref() != Some(asked)
    {
        sheet.problem = Some(asked.to_owned());
        return Vec::new();
    }
    super::drafts::give_up(state)
}
