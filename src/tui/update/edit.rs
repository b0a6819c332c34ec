//! Editing: filings, figures, doubts, from opening a form to the commit's answer.

use std::sync::Arc;

use super::super::field::Field;
use super::super::input;
use super::super::state::{Figure, Popup, State};
use super::drafts::{figure_key, forget, of_open};
use super::{Effect, filing, sheet};
use crate::catalog::Say;
use crate::model::{Done, Intent, ItemKey, Key as RecordKey, Record, Seq, Write, entry};
use crate::store::Refused;

/// Opens the figure of a cell for the period shown.
pub(super) fn open_figure(state: &mut State, row: ItemKey, area: Arc<str>) -> Vec<Effect> {
    let recorded = state.book().and_then(|book| book.done(row, &area, state.period));
    let (text, base) = recorded.map_or((String::new(), Seq::ZERO), |(v, base)| (crate::text::number::plain(v), base));
    let figure = Figure {
        row,
        area,
        period: state.period,
        base,
        field: Field::replaceable(&text),
        problem: None,
        saving: false,
    };
    state.popups.push(Popup::Figure(Box::new(figure)));
    Vec::new()
}

/// Writes what the open form or figure holds; what does not fit is said and stays in the field.
pub(super) fn save(state: &mut State) -> Vec<Effect> {
    let lang = state.lang();
    let outcome = match state.popups.last() {
        Some(Popup::Form(_)) => return filing::save(state),
        Some(Popup::Figure(figure)) if !figure.saving => figure_write(state, figure),
        _ => return Vec::new(),
    };
    match outcome {
        Ok(Some((intent, write))) => {
            if let Some(Popup::Figure(figure)) = state.popups.last_mut() {
                (figure.saving, figure.problem) = (true, None);
            }
            vec![Effect::Commit(intent, vec![write])]
        }
        Ok(None) => {
            let effects = saved_without_commit(state);
            state.say(lang.say(Say::NothingChanged), true);
            effects
        }
        Err(problem) => {
            if let Some(Popup::Figure(figure)) = state.popups.last_mut() {
                figure.problem = Some(problem.clone());
            }
            state.say(problem, false);
            Vec::new()
        }
    }
}

type Asked = Result<Option<(Intent, Write)>, String>;

fn figure_write(state: &State, figure: &Figure) -> Asked {
    let row = state.book().and_then(|book| book.row(figure.row));
    let unit = row.map(|row| row.unit.as_str()).unwrap_or_default();
    let value = input::figure(state.lang(), &figure.field.text(), unit)?;
    let key = figure_key(state, figure);
    let known = state.book().and_then(|book| book.done(figure.row, &figure.area, figure.period));
    if known.map(|(value, _)| value) == value {
        return Ok(None);
    }
    let value = value.map(|value| Record::Done(Done { value }));
    Ok(Some((Intent::Quota, Write { key, base: figure.base, value })))
}

/// Whether a form or figure waits for its commit.
pub(super) fn waits(state: &State) -> bool {
    match state.popups.last() {
        Some(Popup::Form(form)) => form.saving,
        Some(Popup::Figure(figure)) => figure.saving,
        Some(Popup::Sheet(sheet)) => sheet.saving,
        _ => false,
    }
}

/// A commit was written: the form or figure that waited for it closes, and its draft goes.
pub(super) fn saved(state: &mut State) -> Vec<Effect> {
    if waits(state) { saved_without_commit(state) } else { Vec::new() }
}

pub(super) fn saved_without_commit(state: &mut State) -> Vec<Effect> {
    let key = of_open(state).map(|draft| draft.key);
    if let Some(Popup::Sheet(sheet)) = state.popups.pop() {
        sheet::show_added(state, &sheet);
    }
    key.map(|key| forget(state, key)).into_iter().collect()
}

/// A commit was refused: the form stays with what was typed. The commits that were in its way were followed before.
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
        }
        Some(Popup::Figure(figure)) if figure.saving => {
            figure.saving = false;
            figure.problem = Some(text.to_owned());
            if conflict {
                figure.base = now.as_ref().map_or(Seq::ZERO, |entry| entry.version);
            }
        }
        _ => {}
    }
}

/// Settles a doubt: the row as the chosen reading has it, and the choice itself, in one commit.
pub(super) fn settle(state: &mut State, key: &RecordKey, choice: u16) -> Vec<Effect> {
    let Some(book) = state.book() else { return Vec::new() };
    let Some(Record::Finding(finding)) = state.ledger.get(key).map(|entry| entry.record.as_ref()) else {
        return Vec::new();
    };
    entry::settle(&book, finding, choice).map(|writes| Effect::Commit(Intent::Settle, writes)).into_iter().collect()
}
