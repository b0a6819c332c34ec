//! The form of a filing (or of a wording) from opening it to the commit's answer.

use super::super::form::{Form, NEXT, PERCENT, PROBLEMS, PROGRESS, Subject};
use super::super::input;
use super::super::state::{Popup, State};
use super::asking::with_unit;
use super::sheet::Unsaved;
use super::{Effect, deeds, drafts};
use crate::catalog::Say;
use crate::model::entry::{self, NoDeed, Said};
use crate::model::{Intent, ItemKey, Key as RecordKey, Write};

/// Opens the form of an item for the period shown, with what is filed already, and with the draft that was left.
pub(super) fn open(state: &mut State, item: ItemKey) -> Vec<Effect> {
    show(state, Subject::Filing(item));
    Vec::new()
}

/// Opens the form of a subject with what is stored.
pub(super) fn open_empty(state: &mut State, subject: Subject) {
    let form = state.book().map(|book| Form::new(&book, state.lang(), subject, state.period));
    state.popups.extend(form.map(|form| Popup::Form(Box::new(form))));
}

/// Opens the form of a subject with what is stored, and with the draft that was left last.
pub(super) fn show(state: &mut State, subject: Subject) {
    open_empty(state, subject);
    let Some(left) = top(state).map(|form| form.subject) else { return };
    let left = match left {
        Subject::Filing(item) => RecordKey::filing(&state.document, item, state.period),
        Subject::Wording => RecordKey::bulletin(&state.document, state.period),
    };
    if let Some(draft) =
        state.drafts.iter().rfind(|draft| draft.key == left && draft.form.is_empty() && !draft.elsewhere).cloned()
    {
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
    let found = top(state).map_or(0, super::super::form::Form::settle);
    if found > 0 {
        let anew = top(state).and_then(|form| form.parts.get(form.focus)).and_then(|part| part.sides.asked());
        let anew = anew.is_some_and(|clash| clash.mine.is_some());
        let lang = state.lang();
        let text = if anew { lang.say(Say::ClashRetyped).to_owned() } else { lang.fill(Say::ClashFound, &[&found]) };
        if let Some(form) = top(state) {
            (form.problem, form.note) = (Some(text), None);
        }
        return Vec::new();
    }
    let Some(Popup::Form(form)) = state.popups.last() else { return Vec::new() };
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
        let gone = || Unsaved::Refused(deeds::refusal(state, &book, item, NoDeed::NoNumber));
        let (target, _) = book.target(item, no).ok_or_else(gone)?;
        let value = input::actual(lang, &book, (item, no, form.period), target, &part.typed())
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
