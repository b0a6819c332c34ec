//! Editing: filings and doubts, from opening a form to the commit's answer.

use super::super::field::Field;
use super::super::input;
use super::super::state::{Form, Popup, State};
use super::drafts::{fill_form, forget, of_open, texts};
use super::{Effect, block, cells, sheet};
use crate::catalog::Say;
use crate::model::{Filing, Intent, ItemKey, Key as RecordKey, Record, Seq, Write, entry};
use crate::store::Refused;

/// Opens the form of an item for the period shown, with what is filed already.
pub(super) fn open_form(state: &mut State, item: ItemKey) -> Vec<Effect> {
    let filed = state.book().and_then(|book| book.filing(item, state.period).map(|(f, v)| (f.clone(), v)));
    let (original, base) = filed.unwrap_or((Filing::default(), Seq::ZERO));
    let percent = original.percent.map(crate::text::number::plain).unwrap_or_default();
    let form = Form {
        item,
        period: state.period,
        base,
        fields: [
            Field::replaceable(&percent),
            Field::lines(&original.progress),
            Field::lines(&original.problems),
            Field::lines(&original.next),
        ],
        original,
        focus: 0,
        draft_of: None,
        problem: None,
        saving: false,
    };
    state.popups.push(Popup::Form(Box::new(form)));
    let left = RecordKey::filing(&state.document, item, state.period);
    if let Some(draft) = state.drafts.iter().find(|draft| draft.key == left).cloned() {
        fill_form(state, &draft);
    }
    Vec::new()
}

/// Writes what the open form or figure holds; what does not fit is said and stays in the field.
pub(super) fn save(state: &mut State) -> Vec<Effect> {
    let lang = state.lang();
    let outcome = match state.popups.last() {
        Some(Popup::Form(form)) if !form.saving => form_write(state, form),
        Some(Popup::Figure(_)) => return cells::save(state, None),
        Some(Popup::Block(_)) => return block::save(state),
        _ => return Vec::new(),
    };
    match outcome {
        Ok(Some((intent, write))) => {
            if let Some(Popup::Form(form)) = state.popups.last_mut() {
                (form.saving, form.problem) = (true, None);
            }
            vec![Effect::Commit(intent, vec![write])]
        }
        Ok(None) => {
            let effects = saved_without_commit(state);
            state.say(lang.say(Say::NothingChanged), true);
            effects
        }
        Err(problem) => {
            if let Some(Popup::Form(form)) = state.popups.last_mut() {
                form.problem = Some(problem.clone());
            }
            state.say(problem, false);
            Vec::new()
        }
    }
}

type Asked = Result<Option<(Intent, Write)>, String>;

/// What saving the form asks for; `None`: nothing changed.
pub(super) fn form_write(state: &State, form: &Form) -> Asked {
    let [percent, progress, problems, next] = &form.fields;
    let filing = Filing {
        percent: input::percent(state.lang(), &percent.text())?,
        progress: progress.text().trim().to_owned(),
        problems: problems.text().trim().to_owned(),
        next: next.text().trim().to_owned(),
        review: crate::model::Review::Pending,
    };
    if filing.says_the_same(&form.original) && (form.base != Seq::ZERO || filing.is_empty()) {
        return Ok(None);
    }
    let key = RecordKey::filing(&state.document, form.item, form.period);
    Ok(Some((Intent::File, Write { key, base: form.base, value: Some(Record::Filing(filing)) })))
}

/// Whether a form or figure waits for its commit.
pub(super) fn waits(state: &State) -> bool {
    match state.popups.last() {
        Some(Popup::Form(form)) => form.saving,
        Some(Popup::Figure(figure)) => figure.saving,
        Some(Popup::Block(pasted)) => pasted.saving,
        Some(Popup::Sheet(sheet)) => sheet.saving,
        _ => false,
    }
}

/// A commit was written: the form or figure that waited for it closes, and its draft goes.
pub(super) fn saved(state: &mut State) -> Vec<Effect> {
    match state.popups.last() {
        Some(Popup::Figure(figure)) if figure.saving => cells::close(state),
        Some(Popup::Block(pasted)) if pasted.saving => block::saved(state),
        _ if waits(state) => saved_without_commit(state),
        _ => Vec::new(),
    }
}

pub(super) fn saved_without_commit(state: &mut State) -> Vec<Effect> {
    let key = of_open(state).map(|draft| draft.key);
    state.popups.pop();
    key.map(|key| forget(state, key)).into_iter().collect()
}

/// A commit was refused: the form stays. After a conflict it stands on what is there now, with the parts that only the other
/// side changed taken over; the parts that both changed keep what was typed here, and the footer says whose is whose.
pub(super) fn refused(state: &mut State, refused: &Refused, text: &str) {
    if sheet::open(state).is_some_and(|sheet| sheet.saving) {
        sheet::refused(state, text);
        return;
    }
    let now = match refused {
        Refused::Conflict(clashes) => clashes.first().and_then(|clash| clash.now.clone()),
        _ => None,
    };
    let conflict = matches!(refused, Refused::Conflict(_));
    match state.popups.last_mut() {
        Some(Popup::Form(form)) if form.saving => {
            form.saving = false;
            form.problem = Some(text.to_owned());
            if conflict {
                let theirs = now.as_ref().and_then(|entry| match entry.record.as_ref() {
                    Record::Filing(filing) => Some(filing.clone()),
                    _ => None,
                });
                form.base = now.as_ref().map_or(Seq::ZERO, |entry| entry.version);
                rebase(form, theirs.unwrap_or_default());
            }
        }
        Some(Popup::Figure(figure)) if figure.saving => cells::refused(state, refused, text),
        Some(Popup::Block(pasted)) if pasted.saving => block::refused(state, refused, text),
        _ => {}
    }
}

/// Takes over the fields that were not touched here.
fn rebase(form: &mut Form, theirs: Filing) {
    let (base, new) = (texts(&form.original), texts(&theirs));
    for ((field, base), new) in form.fields.iter_mut().zip(base).zip(new) {
        if field.text().trim() == base {
            field.set(&new);
        }
    }
    form.original = theirs;
}

/// Settles a doubt: the row as the chosen reading has it, and the choice itself, in one commit.
pub(super) fn settle(state: &mut State, key: &RecordKey, choice: u16) -> Vec<Effect> {
    let Some(book) = state.book() else { return Vec::new() };
    let Some(Record::Finding(finding)) = state.ledger.get(key).map(|entry| entry.record.as_ref()) else {
        return Vec::new();
    };
    entry::settle(&book, finding, choice).map(|writes| Effect::Commit(Intent::Settle, writes)).into_iter().collect()
}
