//! Drafts: what was typed and not saved. Kept while typing, offered again, gone with the save or when thrown away.

use std::sync::Arc;

use super::super::form;
use super::super::state::{Figure, Popup, State};
use super::{Effect, cells, filing};
use crate::catalog::Say;
use crate::model::{Filing, Key as RecordKey, Of, Record};
use crate::store::drafts::Draft;

/// The name of a figure's field in drafts.
const FIGURE: &str = "done";
/// Before the name of a field: what was stored there when the draft was begun.
pub(in super::super) const WAS: &str = "was:";

/// The draft of the open form or figure, if it differs from what is stored.
pub(super) fn of_open(state: &State) -> Option<Draft> {
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    match state.popups.last()? {
        Popup::Form(form) => {
            let typed = form.parts.iter().map(|part| (part.name.clone(), part.field.text()));
            let stored = form.parts.iter().map(|part| (format!("{WAS}{}", part.name), part.stored.clone()));
            let key = form.key(&state.document);
            Some(Draft { key, base: form.base, fields: typed.chain(stored).collect(), at })
        }
        Popup::Figure(figure) => {
            let fields = vec![(FIGURE.to_owned(), figure.field.text())];
            Some(Draft { key: figure_key(state, figure), base: figure.base, fields, at })
        }
        _ => None,
    }
}

/// The record that a figure is about.
pub(super) fn figure_key(state: &State, figure: &Figure) -> RecordKey {
    RecordKey::done(&state.document, figure.row, &figure.area, figure.period)
}

/// Puts a draft's texts into the open form. A field that the draft never touched keeps what is stored now, so that somebody
/// else's newer words are not overwritten by ones that were only looked at; of a field that both changed, both are shown.
pub(super) fn fill_form(state: &mut State, draft: &Draft) {
    let seen = seen_by(state, draft);
    let (who, _) = super::sheet::last_change(state, &draft.key);
    let Some(form) = filing::top(state) else { return };
    for part in &mut form.parts {
        let Some((_, typed)) = draft.fields.iter().find(|(name, _)| *name == part.name) else { continue };
        let was = draft.fields.iter().find(|(name, _)| name.strip_prefix(WAS) == Some(&part.name));
        let was = was.map_or_else(|| text_of(&seen, &part.name), |(_, was)| was.clone());
        if typed.trim() == was || *typed == part.field.text() {
            continue;
        }
        if part.stored != was && part.stored != typed.trim() {
            part.theirs = Some((who.clone(), part.stored.clone()));
        }
        part.field.set(typed);
    }
    form.draft_of = Some(draft.at);
}

/// The filing that a draft was begun on.
fn seen_by(state: &State, draft: &Draft) -> Filing {
    let commit = state.commits.iter().map(|sealed| &sealed.commit).find(|commit| commit.seq == draft.base);
    let change = commit.and_then(|commit| commit.changes.iter().find(|change| change.key == draft.key));
    match change.and_then(|change| change.new.as_ref()) {
        Some(Record::Filing(filing)) => filing.clone(),
        _ => Filing::default(),
    }
}

/// A filing's part as its form shows it.
fn text_of(filing: &Filing, name: &str) -> String {
    match name {
        form::PERCENT => filing.percent.map(crate::text::number::plain).unwrap_or_default(),
        form::PROGRESS => filing.progress.clone(),
        form::PROBLEMS => filing.problems.clone(),
        form::NEXT => filing.next.clone(),
        _ => String::new(),
    }
}

/// A draft has had its day.
pub(super) fn forget(state: &mut State, key: RecordKey) -> Effect {
    state.drafts.retain(|draft| draft.key != key);
    Effect::Discard(key)
}

/// Closes a form; what was typed stays as a draft, and the footer says so.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Form(form)) = state.popups.last() else { return Vec::new() };
    let changed = form.is_changed();
    let kept = of_open(state);
    state.popups.pop();
    if changed {
        state.say(state.lang().say(Say::DraftKept), true);
        if let Some(draft) = &kept {
            state.drafts.retain(|other| other.key != draft.key);
            state.drafts.push(draft.clone());
        }
        kept.map(Effect::Draft).into_iter().collect()
    } else {
        kept.map(|draft| forget(state, draft.key)).into_iter().collect()
    }
}

/// Throws away what was typed, or the draft under the cursor.
pub(super) fn discard(state: &mut State) -> Vec<Effect> {
    if let Some(Popup::Drafts(drafts, at)) = state.popups.last_mut() {
        if *at >= drafts.len() {
            return Vec::new();
        }
        let draft = drafts.remove(*at);
        *at = (*at).min(drafts.len().saturating_sub(1));
        if drafts.is_empty() {
            state.popups.pop();
        }
        state.say(state.lang().say(Say::DraftDiscarded), true);
        return vec![forget(state, draft.key)];
    }
    let Some(draft) = of_open(state) else { return Vec::new() };
    let form = matches!(state.popups.last(), Some(Popup::Form(_)));
    state.popups.pop();
    if form {
        state.say(state.lang().say(Say::DraftDiscarded), true);
    }
    vec![forget(state, draft.key)]
}

/// Goes on with the draft under the cursor, in the form or field it was typed in.
pub(super) fn resume(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Drafts(drafts, at)) = state.popups.last_mut() else { return Vec::new() };
    if *at >= drafts.len() {
        return Vec::new();
    }
    let draft = drafts.remove(*at);
    if drafts.is_empty() {
        state.popups.pop();
    }
    take_up(state, &draft);
    Vec::new()
}

/// Opens the form or field of a draft with what was typed.
fn take_up(state: &mut State, draft: &Draft) {
    if state.document != draft.key.document {
        state.say(state.lang().say(Say::DraftOfOther), false);
        return;
    }
    match &draft.key.of {
        Of::Filing(item, period) => {
            state.period = *period;
            filing::open(state, *item);
            fill_form(state, draft);
        }
        Of::Bulletin(period) => {
            state.period = *period;
            super::wording::open(state);
            if !matches!(state.popups.last(), Some(Popup::Form(_))) {
                return;
            }
        }
        Of::Done(row, area, period) => {
            state.period = *period;
            cells::edit(state, *row, Arc::clone(area));
            if let Some(Popup::Figure(figure)) = state.popups.last_mut() {
                figure.field.set(draft.field(FIGURE));
            }
        }
        _ => {}
    }
    let known = state.ledger.version(&draft.key);
    if known != draft.base {
        state.say(state.lang().say(Say::DraftIsOld), false);
    }
}
