//! Editing: filings, figures, doubts; drafts while typing.

use std::sync::Arc;

use super::super::field::Field;
use super::super::state::{Cursor, Figure, Form, Popup, State};
use super::super::{input, key::Key};
use super::{Effect, navigate};
use crate::catalog::Say;
use crate::model::{Done, Filing, Intent, ItemKey, Key as RecordKey, Of, Record, Seq, Write, entry};
use crate::store::Refused;
use crate::store::drafts::Draft;

/// The names of a form's fields in drafts.
const FIELDS: [&str; 4] = ["percent", "progress", "problems", "next"];
/// The name of a figure's field in drafts.
const FIGURE: &str = "done";

/// A key for the field that is being typed into.
pub(super) fn key(state: &mut State, key: Key) -> Vec<Effect> {
    match state.popups.last_mut() {
        Some(Popup::Form(form)) => {
            let focus = form.focus;
            let Some(field) = form.fields.get_mut(focus) else { return Vec::new() };
            // In the one-line field of the percentage, Enter and the arrows go to the next field.
            if !field.key(key) && focus == 0 {
                form.focus = 1;
                return Vec::new();
            }
            typed(state)
        }
        Some(Popup::Figure(figure)) => {
            figure.field.key(key);
            typed(state)
        }
        Some(Popup::Palette(field, cursor)) => {
            if field.key(key) {
                *cursor = Cursor::default();
            }
            Vec::new()
        }
        _ => {
            find_key(state, key);
            Vec::new()
        }
    }
}

fn find_key(state: &mut State, key: Key) {
    let Some(field) = state.find.as_mut() else { return };
    if field.key(key) {
        let query = field.text();
        let known =
            if state.screen == super::super::deed::Screen::Matrix { &state.matrix.query } else { &state.list.query };
        if *known != query {
            navigate::set_query(state, query);
        }
    }
}

/// Pasted text goes where typed text would go; outside fields it is ignored, so that it never runs as commands.
pub(super) fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    match state.popups.last_mut() {
        Some(Popup::Form(form)) => {
            let focus = form.focus;
            if let Some(field) = form.fields.get_mut(focus) {
                field.paste(text);
            }
            typed(state)
        }
        Some(Popup::Figure(figure)) => {
            figure.field.paste(text);
            typed(state)
        }
        Some(Popup::Palette(field, _)) => {
            field.paste(text);
            Vec::new()
        }
        Some(_) => Vec::new(),
        None => {
            if let Some(field) = state.find.as_mut() {
                field.paste(text);
                let query = field.text();
                navigate::set_query(state, query);
            } else {
                state.say(state.lang().say(Say::PasteIgnored), false);
            }
            Vec::new()
        }
    }
}

/// What was typed is kept as a draft at once: a dropped line or a killed program loses none of it.
fn typed(state: &mut State) -> Vec<Effect> {
    draft(state).map(Effect::Draft).into_iter().collect()
}

/// The draft of the open form or figure, if it differs from what is stored.
pub(in super::super) fn draft(state: &State) -> Option<Draft> {
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    match state.popups.last()? {
        Popup::Form(form) => {
            let texts = form.fields.iter().map(Field::text);
            let fields = FIELDS.iter().map(|name| (*name).to_owned()).zip(texts).collect();
            let key = RecordKey::filing(&state.document, form.item, form.period);
            Some(Draft { key, base: form.base, fields, at })
        }
        Popup::Figure(figure) => {
            let fields = vec![(FIGURE.to_owned(), figure.field.text())];
            Some(Draft { key: figure_key(state, figure), base: figure.base, fields, at })
        }
        _ => None,
    }
}

fn figure_key(state: &State, figure: &Figure) -> RecordKey {
    RecordKey::done(&state.document, figure.row, &figure.area, figure.period)
}

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

/// Puts a draft's texts into the open form.
fn fill_form(state: &mut State, draft: &Draft) {
    if let Some(Popup::Form(form)) = state.popups.last_mut() {
        for (field, name) in form.fields.iter_mut().zip(FIELDS) {
            // A field without a change stays as it is, so that its figure is still typed over.
            if field.text() != draft.field(name) {
                field.set(draft.field(name));
            }
        }
        form.draft_of = Some(draft.at);
    }
}

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
        Some(Popup::Form(form)) if !form.saving => form_write(state, form),
        Some(Popup::Figure(figure)) if !figure.saving => figure_write(state, figure),
        _ => return Vec::new(),
    };
    match outcome {
        Ok(Some((intent, write))) => {
            match state.popups.last_mut() {
                Some(Popup::Form(form)) => (form.saving, form.problem) = (true, None),
                Some(Popup::Figure(figure)) => (figure.saving, figure.problem) = (true, None),
                _ => {}
            }
            vec![Effect::Commit(intent, vec![write])]
        }
        Ok(None) => {
            let effects = saved_without_commit(state);
            state.say(lang.say(Say::NothingChanged), true);
            effects
        }
        Err(problem) => {
            match state.popups.last_mut() {
                Some(Popup::Form(form)) => form.problem = Some(problem.clone()),
                Some(Popup::Figure(figure)) => figure.problem = Some(problem.clone()),
                _ => {}
            }
            state.say(problem, false);
            Vec::new()
        }
    }
}

type Asked = Result<Option<(Intent, Write)>, String>;

fn form_write(state: &State, form: &Form) -> Asked {
    let [percent, progress, problems, next] = &form.fields;
    let filing = Filing {
        percent: input::percent(state.lang(), &percent.text())?,
        progress: progress.text().trim().to_owned(),
        problems: problems.text().trim().to_owned(),
        next: next.text().trim().to_owned(),
    };
    if filing == form.original && (form.base != Seq::ZERO || filing.is_empty()) {
        return Ok(None);
    }
    let key = RecordKey::filing(&state.document, form.item, form.period);
    Ok(Some((Intent::File, Write { key, base: form.base, value: Some(Record::Filing(filing)) })))
}

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
        _ => false,
    }
}

/// A commit was written: the form or figure that waited for it closes, and its draft goes.
pub(super) fn saved(state: &mut State) -> Vec<Effect> {
    if waits(state) { saved_without_commit(state) } else { Vec::new() }
}

fn saved_without_commit(state: &mut State) -> Vec<Effect> {
    let key = draft(state).map(|draft| draft.key);
    state.popups.pop();
    key.map(|key| forget(state, key)).into_iter().collect()
}

/// A draft has had its day.
fn forget(state: &mut State, key: RecordKey) -> Effect {
    state.drafts.retain(|draft| draft.key != key);
    Effect::Discard(key)
}

/// A commit was refused: the form stays. After a conflict it stands on what is there now, with the parts that only the other
/// side changed taken over; the parts that both changed keep what was typed here, and the footer says whose is whose.
pub(super) fn refused(state: &mut State, refused: &Refused, text: &str) {
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

/// Takes over the fields that were not touched here.
fn rebase(form: &mut Form, theirs: Filing) {
    let texts = |filing: &Filing| {
        let percent = filing.percent.map(crate::text::number::plain).unwrap_or_default();
        [percent, filing.progress.clone(), filing.problems.clone(), filing.next.clone()]
    };
    let (base, new) = (texts(&form.original), texts(&theirs));
    for ((field, base), new) in form.fields.iter_mut().zip(base).zip(new) {
        if field.text().trim() == base {
            field.set(&new);
        }
    }
    form.original = theirs;
}

/// Closes a form; what was typed stays as a draft, and the footer says so.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Form(form)) = state.popups.last() else { return Vec::new() };
    let changed = !matches!(form_write(state, form), Ok(None));
    let kept = draft(state);
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
    let Some(draft) = draft(state) else { return Vec::new() };
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
            open_form(state, *item);
            fill_form(state, draft);
        }
        Of::Done(row, area, period) => {
            state.period = *period;
            open_figure(state, *row, Arc::clone(area));
            if let Some(Popup::Figure(figure)) = state.popups.last_mut() {
                figure.field.set(draft.field(FIGURE));
            }
        }
        Of::Document | Of::Item(_) | Of::Finding(..) | Of::Unit(_) => {}
    }
    let known = state.ledger.version(&draft.key);
    if known != draft.base {
        state.say(state.lang().say(Say::DraftIsOld), false);
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
