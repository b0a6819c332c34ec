//! The form of a filing (or of a wording) from opening it to the commit's answer.

use super::super::form::{Form, NEXT, PERCENT, PROBLEMS, PROGRESS, Subject};
use super::super::input;
use super::super::state::{Popup, State};
use super::asking::with_unit;
use super::sheet::{Unsaved, last_change};
use super::{Effect, deeds, drafts};
use crate::catalog::Say;
use crate::model::entry::{self, Said};
use crate::model::{Intent, ItemKey, Key as RecordKey, Write};

/// Opens the form of an item for the period shown, with what is filed already, and with the draft that was left.
pub(super) fn open(state: &mut State, item: ItemKey) -> Vec<Effect> {
    show(state, Subject::Filing(item));
    Vec::new()
}

/// Opens the form of a subject with what is stored, and with the draft that was left.
pub(super) fn show(state: &mut State, subject: Subject) {
    let Some(book) = state.book() else { return };
    let form = Form::new(&book, state.lang(), subject, state.period);
    let left = form.key(&state.document);
    state.popups.push(Popup::Form(Box::new(form)));
    if let Some(draft) = state.drafts.iter().find(|draft| draft.key == left).cloned() {
        drafts::fill_form(state, &draft);
    }
}

/// The form on top.
pub(super) fn top(state: &mut State) -> Option<&mut Form> {
    match state.popups.last_mut() {
        Some(Popup::Form(form)) => Some(form),
        _ => None,
    }
}

/// Writes what the form holds; what does not fit is said and stays in the field.
pub(super) fn save(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Form(form)) = state.popups.last() else { return Vec::new() };
    if form.saving {
        return Vec::new();
    }
    let (intent, outcome) = match form.subject {
        Subject::Filing(item) => (Intent::File, writes(state, form, item)),
        Subject::Wording => (Intent::Bulletin, super::wording::writes(state, form)),
    };
    let nothing = state.lang().say(Say::NothingChanged);
    let Some(form) = top(state) else { return Vec::new() };
    let problem = match outcome {
        Ok(writes) if writes.is_empty() => {
            let effects = super::edit::saved_without_commit(state);
            state.say(nothing, true);
            return effects;
        }
        Ok(writes) => {
            (form.saving, form.problem) = (true, None);
            return vec![Effect::Commit(intent, writes)];
        }
        Err(Unsaved::Refused(problem)) => problem,
        Err(Unsaved::Asked(question)) => {
            form.confirmed = true;
            question
        }
    };
    form.problem = Some(problem);
    Vec::new()
}

/// The writes of what was typed; none: nothing changed.
fn writes(state: &State, form: &Form, item: ItemKey) -> Result<Vec<Write>, Unsaved> {
    let Some(book) = state.book() else { return Ok(Vec::new()) };
    let lang = state.lang();
    let typed = |name: &str| form.part(name).filter(|part| part.is_changed()).map(super::super::form::Part::typed);
    let percent = typed(PERCENT).map(|text| input::percent(lang, &text)).transpose().map_err(Unsaved::Refused)?;
    let mut said =
        Said { percent, progress: typed(PROGRESS), problems: typed(PROBLEMS), next: typed(NEXT), actuals: Vec::new() };
    let mut lower = Vec::new();
    for part in form.parts.iter().filter(|part| part.is_changed()) {
        let Some(no) = part.target else { continue };
        let Some((target, _)) = book.target(item, no) else { continue };
        let value = input::actual(lang, &part.typed(), target)
            .map_err(|why| Unsaved::Refused(format!("{}{}{why}", target.metric, lang.say(Say::Colon))))?;
        let before = entry::earlier_actual(&book, item, no, form.period);
        if let (Some(value), Some((when, before))) = (value, before.filter(|(_, before)| value < Some(*before))) {
            let [now, before] = [value, before].map(|figure| with_unit(lang, target, figure));
            let now = format!("{} {now}", target.metric);
            lower.push(lang.fill(Say::ActualLower, &[&now, &lang.period(when), &before]));
        }
        said.actuals.push((no, value));
    }
    let writes = entry::file(&book, item, form.period, &said)
        .map_err(|why| Unsaved::Refused(deeds::refusal(state, &book, item, why)))?;
    if lower.is_empty() || form.confirmed {
        Ok(writes)
    } else {
        Err(Unsaved::Asked(lower.join(lang.say(Say::Clauses))))
    }
}

/// Every open form follows what is stored now. Where both sides changed a field, the form says so.
pub(super) fn follow(state: &mut State) {
    let lang = state.lang();
    let mut popups = std::mem::take(&mut state.popups);
    for popup in &mut popups {
        let (Popup::Form(form), Some(book)) = (popup, state.book()) else { continue };
        let (item, period, stored) = (form.item(), form.period, form.key(&state.document));
        let who = |target: Option<u16>| {
            let figure = target.zip(item).map(|(no, item)| RecordKey::actual(&state.document, item, no, period));
            let key = figure.unwrap_or_else(|| stored.clone());
            last_change(state, &key).0
        };
        if form.follow(&book, lang, &who) {
            form.problem = Some(lang.say(Say::BothChanged).to_owned());
        }
    }
    state.popups = popups;
}

/// What was said in the period before stands in the fields that are empty or untouched; the footer says from when it is.
pub(super) fn take_earlier(state: &mut State) {
    let Some(Popup::Form(form)) = state.popups.last() else { return };
    let lang = state.lang();
    let Subject::Filing(item) = form.subject else { return super::wording::take_offers(state) };
    let found = state
        .book()
        .and_then(|book| entry::earlier_filing(&book, item, form.period).map(|(when, filing)| (when, filing.clone())));
    let Some((when, filing)) = found else {
        state.say(lang.say(Say::NothingEarlier), false);
        return;
    };
    let texts = [(PROGRESS, filing.progress), (PROBLEMS, filing.problems), (NEXT, filing.next)];
    fill_free(state, &texts);
    state.say(lang.fill(Say::EarlierTaken, &[&lang.period(when)]), true);
}

/// Puts texts into the fields of these names that are empty or untouched.
pub(super) fn fill_free(state: &mut State, texts: &[(&str, String)]) {
    if let Some(form) = top(state) {
        for (name, text) in texts {
            let free = |part: &&mut super::super::form::Part| {
                part.name == *name && (!part.is_changed() || part.typed().is_empty())
            };
            if let Some(part) = form.parts.iter_mut().find(free)
                && !text.is_empty()
            {
                part.field.set(text);
            }
        }
    }
    state.draft_due = true;
}

/// The other side's words stand in the field with the caret.
pub(super) fn take_theirs(state: &mut State) {
    if let Some(form) = top(state) {
        let focus = form.focus;
        if let Some(part) = form.parts.get_mut(focus)
            && let Some((_, text)) = part.theirs.take()
        {
            part.field.set(&text);
        }
    }
    state.draft_due = true;
}
