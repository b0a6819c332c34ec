//! Saving what stands open, whatever it is, and the commit's answer.

use std::time::Duration;

use super::super::explain::explain;
use super::super::live::{Sent, Unsent};
use super::super::state::{Popup, State};
use super::drafts::{forget, of_open};
use super::{Effect, block, cells, clash, filing, sheet};
use crate::catalog::Say;
use crate::model::{Batch, Head, Key as RecordKey};
use crate::report::figures::number;
use crate::store::{Away, Refused, Sealed};

/// How often a form is saved anew because others were faster, before it is left to its user.
const AGAIN: u8 = 50;
/// The pause before a batch is sent again while nobody says that the link is gone.
const PAUSE: Duration = Duration::from_millis(500);

/// Writes what the open form, figure or block holds; what does not fit is said and stays in the field.
pub(super) fn save(state: &mut State) -> Vec<Effect> {
    if let Some(said) = still_waits(state) {
        put_problem(state, &said);
        return Vec::new();
    }
    let effects = match state.popups.last() {
        Some(Popup::Form(_)) => filing::save(state),
        Some(Popup::Figure(_)) => cells::save(state, None),
        Some(Popup::Block(_)) => block::save(state),
        Some(Popup::Sheet(_)) => sheet::save(state),
        _ => Vec::new(),
    };
    if is_saving(state) {
        state.aside = clash::taken(state).or_else(|| state.aside.take());
    }
    effects
}

/// An earlier save of what stands open that is not answered yet: what it wrote must not be written twice.
pub(super) fn still_waits(state: &State) -> Option<String> {
    let open = of_open(state)?;
    let pending = pending(state).any(|unsent| unsent.draft.as_ref().is_some_and(|draft| draft.is_for(&open)));
    pending.then(|| state.lang().say(Say::UnsentWaits).to_owned())
}

fn pending(state: &State) -> impl Iterator<Item = &Unsent> {
    let sent = state.live.sent.iter().filter_map(|sent| match sent {
        Sent::Again(unsent) => Some(&**unsent),
        Sent::Deed { .. } | Sent::Form => None,
    });
    state.live.unsent.iter().chain(sent)
}

/// Whether what stands open waits for its commit.
pub(super) fn is_saving(state: &State) -> bool {
    match state.popups.last() {
        Some(Popup::Form(form)) => form.saving,
        Some(Popup::Figure(figure)) => figure.saving,
        Some(Popup::Block(pasted)) => pasted.saving,
        Some(Popup::Sheet(sheet)) => sheet.saving,
        _ => false,
    }
}

/// Whether what stands open is kept as a draft.
pub(super) fn keeps_draft(state: &State) -> bool {
    of_open(state).is_some()
}

/// What the open form or figure holds was written: it closes, and its draft goes.
pub(super) fn saved(state: &mut State) -> Vec<Effect> {
    state.live.again = 0;
    match state.popups.last() {
        Some(Popup::Figure(figure)) if figure.saving => cells::close(state),
        Some(Popup::Block(pasted)) if pasted.saving => block::saved(state),
        _ if is_saving(state) => saved_without_commit(state),
        _ => Vec::new(),
    }
}

pub(super) fn saved_without_commit(state: &mut State) -> Vec<Effect> {
    let draft = of_open(state);
    if let Some(Popup::Sheet(sheet)) = state.popups.pop() {
        sheet::show_added(state, &sheet);
    }
    draft.map(|draft| forget(state, &draft)).into_iter().collect()
}

/// What the open form or figure holds was refused: it stays with what was typed. The commits that were in its way were followed
/// before, so where they changed other fields, it is saved anew at once.
pub(super) fn refused(state: &mut State, refused: &Refused) -> Vec<Effect> {
    let conflict = matches!(refused, Refused::Conflict(_));
    let text = &explain(state.lang(), refused);
    if !is_saving(state) {
        // It closed meanwhile, with the item that it was about.
        state.say(text, false);
        drop_held(state);
        return Vec::new();
    }
    stop_saving(state);
    put_problem(state, text);
    if conflict && matches!(state.popups.last(), Some(Popup::Block(_))) {
        block::changed(state, refused);
        drop_held(state);
        return Vec::new();
    }
    state.live.again += 1;
    if !conflict || state.live.again > AGAIN {
        state.live.again = 0;
        state.say(text, false);
        drop_held(state);
        return Vec::new();
    }
    put_problem(state, "");
    let open = state.popups.len();
    let effects = match state.popups.last() {
        Some(Popup::Figure(figure)) => {
            let onward = figure.onward;
            cells::save(state, onward)
        }
        _ => save(state),
    };
    if !is_saving(state) {
        state.live.again = 0;
        if state.popups.len() == open {
            // Something is asked first.
            drop_held(state);
        }
    }
    effects
}

/// What stands open waits for its commit no more.
fn stop_saving(state: &mut State) {
    match state.popups.last_mut() {
        Some(Popup::Sheet(sheet)) => sheet.saving = false,
        Some(Popup::Form(form)) => form.saving = false,
        Some(Popup::Figure(figure)) => figure.saving = false,
        Some(Popup::Block(pasted)) => pasted.saving = false,
        _ => {}
    }
}

/// What was typed since is not carried out: what was meant for the next place must not fall into the one that could not be saved,
/// nor on what nobody has seen yet. The footer says so.
pub(super) fn drop_held(state: &mut State) {
    if state.held.is_empty() {
        return;
    }
    state.held.clear();
    let dropped = state.lang().say(Say::HeldDropped);
    let said = state.message.take().map(|message| message.text).unwrap_or_default();
    state.say(format!("{dropped}{said}"), false);
}

/// What stands open says why it was not saved; nothing to say takes an earlier problem away.
fn put_problem(state: &mut State, text: &str) {
    let problem = Some(text.to_owned()).filter(|text| !text.is_empty());
    match state.popups.last_mut() {
        Some(Popup::Sheet(sheet)) => sheet.problem = problem,
        Some(Popup::Form(form)) => form.problem = problem,
        Some(Popup::Figure(figure)) => figure.problem = problem,
        Some(Popup::Block(pasted)) => pasted.problem = problem,
        _ => {}
    }
}

/// The host could not be reached, or its answer was lost: the form stays, its draft is kept, and the batch is sent again under
/// the same id as soon as the link is back.
pub(super) fn unsent(state: &mut State, batch: Batch, why: &Refused) -> Vec<Effect> {
    let lang = state.lang();
    let mut effects = Vec::new();
    let unsent = match state.live.sent.pop_front() {
        Some(Sent::Again(unsent)) => *unsent,
        sent => {
            let saving = matches!(sent, Some(Sent::Form)) && is_saving(state);
            state.aside = None;
            let draft = of_open(state).filter(|_| saving);
            let todo = lang.say(match why {
                // A host that is stopped writes what it was sent when it goes on.
                Refused::Unknown | Refused::Away(Away::Silent { .. }) => Say::UnsentLost,
                _ if draft.is_some() => Say::UnsentKept,
                _ => Say::UnsentDeed,
            });
            let text = match why {
                Refused::Unknown => todo.to_owned(),
                why => format!("{todo}  {}", explain(lang, why)),
            };
            if saving {
                stop_saving(state);
                put_problem(state, &text);
            }
            state.say(text, false);
            drop_held(state);
            effects.extend(draft.clone().map(Effect::Draft));
            Unsent { batch, draft }
        }
    };
    if matches!(why, Refused::Away(_)) {
        state.live.silent = Some(why.clone());
    }
    if state.live.away.is_some() {
        state.live.unsent.push(unsent);
    } else {
        effects.push(Effect::Again(Box::new(unsent), PAUSE));
    }
    effects
}

/// The link is back: what could not be sent is sent again.
pub(super) fn send_again(state: &mut State) -> Vec<Effect> {
    let unsent = std::mem::take(&mut state.live.unsent);
    unsent.into_iter().map(|unsent| Effect::Again(Box::new(unsent), Duration::ZERO)).collect()
}

/// Commits that were sent before the link broke: what the form that they came from holds is an edit of them now.
pub(super) fn recognise(state: &mut State, fresh: &[Sealed]) {
    let own = |unsent: &&Unsent| fresh.iter().any(|sealed| sealed.commit.id == unsent.batch.id);
    let written: Vec<_> = pending(state).filter(own).filter_map(|unsent| unsent.draft.clone()).collect();
    for draft in written {
        let open = of_open(state).is_some_and(|open| open.is_for(&draft));
        if !open {
            continue;
        }
        match state.popups.last_mut() {
            Some(Popup::Form(form)) => {
                for part in &mut form.parts {
                    part.sides.stored = draft.field(&part.name).trim().to_owned();
                }
            }
            Some(Popup::Figure(figure)) => {
                draft.field(super::drafts::FIGURE).trim().clone_into(&mut figure.sides.stored);
            }
            Some(Popup::Sheet(sheet)) => {
                for (at, slot) in sheet.slots.iter_mut().enumerate() {
                    draft.field(&super::drafts::slot_name(at)).trim().clone_into(&mut slot.sides.stored);
                }
            }
            _ => {}
        }
    }
}

/// How the batch went that was sent again. The form that it came from closes if nothing else was typed since.
pub(super) fn went(state: &mut State, unsent: &Unsent, outcome: Result<Head, Refused>) -> Vec<Effect> {
    let lang = state.lang();
    let open = of_open(state).zip(unsent.draft.as_ref()).filter(|(open, draft)| open.is_for(draft));
    let same = open.as_ref().is_some_and(|(open, draft)| draft.says_the_same(open));
    let is_open = open.is_some();
    match outcome {
        Ok(head) => {
            state.say(lang.fill(Say::UnsentWritten, &[&head.seq]), true);
            match &unsent.draft {
                Some(_) if same => saved_without_commit(state),
                Some(draft) if !is_open => vec![forget(state, draft)],
                Some(_) => {
                    put_problem(state, "");
                    Vec::new()
                }
                // What stands open is another matter.
                None => Vec::new(),
            }
        }
        Err(refused) => {
            let what = if unsent.draft.is_some() { Say::UnsentRefused } else { Say::UnsentDeedRefused };
            let text = lang.fill(what, &[&explain(lang, &refused)]);
            if let Some(draft) = unsent.draft.clone().filter(|_| !is_open) {
                state.drafts.retain(|other| !other.is_for(&draft) || other.sitting != draft.sitting);
                state.drafts.push(draft);
            } else if is_open && matches!(refused, Refused::Conflict(_)) {
                put_problem(state, "");
                return save(state);
            }
            if is_open {
                put_problem(state, &text);
            }
            state.say(text, false);
            Vec::new()
        }
    }
}

/// Why nothing was done at once of what somebody else was faster with: which items, by whom. Those are not marked any more, so
/// that the same key does the rest.
pub(super) fn outrun(state: &mut State, keys: &[RecordKey]) -> Option<String> {
    let first = keys.first()?;
    let lang = state.lang();
    let who = clash::by(state, first, None).who;
    let items: std::collections::BTreeSet<_> = keys.iter().filter_map(RecordKey::about).collect();
    let book = state.book()?;
    let names: Vec<String> = items.iter().map(|item| number(&book, *item)).collect();
    let names = if names.is_empty() { first.to_string() } else { names.join(lang.say(Say::Names)) };
    let left = state.list.marked.iter().filter(|item| !items.contains(item)).count();
    if left == 0 {
        return Some(lang.fill(Say::OneRefused, &[&names, &who]));
    }
    state.list.marked.retain(|item| !items.contains(item));
    Some(lang.fill(Say::ManyRefused, &[&names, &who, &left]))
}
