//! Two at work on the same: open forms follow what the others write, and fields that both changed are decided one by one.

use super::super::sheet::{Purpose, Sheet};
use super::super::sides::{By, Came, Choice};
use super::super::state::{Figure, Popup, State};
use super::drafts::figure_key;
use super::{Effect, asking, block, cells, edit, sheet};
use crate::catalog::{Lang, Say};
use crate::model::merge::field;
use crate::model::{Key as RecordKey, Seq};
use crate::text::number::plain;

/// Who changed a record last, as far as the commits known tell; with a name, who changed that field of it.
pub(super) fn by(state: &State, key: &RecordKey, name: Option<&str>) -> By {
    let changed = |change: &&crate::model::Change| {
        let differs = |name: &str| field(change.old.as_deref(), name) != field(change.new.as_deref(), name);
        change.key == *key && name.is_none_or(differs)
    };
    let last = state.commits.iter().rev().find(|sealed| sealed.commit.changes.iter().any(|change| changed(&change)));
    match last {
        Some(sealed) => By { who: sealed.commit.actor.name.clone(), at: Some(sealed.commit.at) },
        None => By { who: state.lang().say(Say::SomebodyElse).to_owned(), at: None },
    }
}

/// Every open form follows what is stored now.
pub(super) fn follow(state: &mut State) {
    let mut popups = std::mem::take(&mut state.popups);
    for popup in &mut popups {
        match popup {
            Popup::Form(form) => form.note = follow_form(state, form).or_else(|| form.note.take()),
            Popup::Figure(figure) => follow_figure(state, figure),
            Popup::Sheet(sheet) => follow_sheet(state, sheet),
            _ => {}
        }
    }
    state.popups = popups;
}

fn follow_form(state: &State, form: &mut super::super::form::Form) -> Option<String> {
    let book = state.book()?;
    let (item, period, stored) = (form.item(), form.period, form.key(&state.document));
    let author = |part: &super::super::form::Part| match part.target.zip(item) {
        Some((no, item)) => by(state, &RecordKey::actual(&state.document, item, no, period), None),
        None => by(state, &stored, Some(&part.name)),
    };
    said(state.lang(), &form.follow(&book, state.lang(), &author))
}

fn follow_figure(state: &State, figure: &mut Figure) {
    let recorded = state.book().and_then(|book| book.done(figure.row, &figure.area, figure.period));
    let now = recorded.map(|(value, _)| plain(value)).unwrap_or_default();
    figure.base = recorded.map_or(Seq::ZERO, |(_, version)| version);
    let key = figure_key(state, figure);
    let typed = figure.field.text();
    let came = figure.sides.follow(typed.trim(), &now, || by(state, &key, None));
    if came == Came::Taken {
        figure.field.set(&now);
        let who = figure.sides.taken.clone().unwrap_or_default();
        figure.problem = said(state.lang(), &[(came, who, figure.area.to_string())]);
    }
}

fn follow_sheet(state: &State, sheet: &mut Sheet) {
    // What is typed for several items, or only looked for, is an edit of nothing.
    let edits = matches!(
        sheet.purpose,
        Purpose::Light(_)
            | Purpose::Step(_, Some(_))
            | Purpose::Target(_, Some(_))
            | Purpose::Actual(..)
            | Purpose::Decide(..)
            | Purpose::Settings
            | Purpose::Role(Some(_))
            | Purpose::Reading(_)
            | Purpose::Succeed(..)
    );
    let Some(book) = state.book().filter(|_| edits && sheet.period == state.period) else { return };
    let key = sheet.purpose.key(&state.document, sheet.period);
    match asking::sheet(state, &book, sheet.purpose.clone()) {
        Ok(now) => {
            let author = key.map(|key| by(state, &key, None)).unwrap_or_default();
            sheet.came = said(state.lang(), &sheet.follow(&now, &author)).or_else(|| sheet.came.take());
        }
        Err(why) => sheet.problem = Some(why),
    }
}

/// What came into a form, in one line.
fn said(lang: Lang, came: &[(Came, String, String)]) -> Option<String> {
    let of = |wanted: Came, say: Say| {
        let found: Vec<&(Came, String, String)> = came.iter().filter(|(what, ..)| *what == wanted).collect();
        let (_, who, _) = found.first()?;
        let labels: Vec<&str> = found.iter().map(|(_, _, label)| label.trim_end_matches([':', '：'])).collect();
        Some(lang.fill(say, &[who, &labels.join(lang.say(Say::Names))]))
    };
    let lines = [of(Came::Clashed, Say::ClashWaits), of(Came::Taken, Say::TakenIn)];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join(lang.say(Say::Clauses)))
}

/// Whether the open form asks whose value a field shall have.
pub(in super::super) fn is_asked(state: &State) -> bool {
    match state.popups.last() {
        Some(Popup::Form(form)) => form.parts.get(form.focus).is_some_and(|part| part.sides.asked().is_some()),
        Some(Popup::Figure(figure)) => figure.sides.asked().is_some(),
        Some(Popup::Sheet(sheet)) => {
            let slot = sheet.slots.get(sheet.focus).is_some_and(|slot| slot.sides.asked().is_some());
            slot || !sheet.clashed.is_empty()
        }
        Some(Popup::Block(pasted)) => !pasted.clashed.is_empty(),
        _ => false,
    }
}

/// Decides the field with the caret, or the items that are asked about.
pub(super) fn decide(state: &mut State, choice: Choice) -> Vec<Effect> {
    let decided = state.lang().say(Say::ClashDecided);
    match state.popups.last_mut() {
        Some(Popup::Form(form)) => {
            let left = form.decide(choice);
            form.problem = if left == 0 { None } else { form.problem.take() };
            form.note = (left == 0).then(|| decided.to_owned());
        }
        Some(Popup::Figure(_)) => return cells::decide(state, choice),
        Some(Popup::Sheet(sheet)) if !sheet.clashed.is_empty() => return sheet::decide_items(state, choice),
        Some(Popup::Sheet(sheet)) => {
            let left = sheet.decide(choice);
            sheet.problem = if left == 0 { None } else { sheet.problem.take() };
            sheet.came = (left == 0).then(|| decided.to_owned());
        }
        Some(Popup::Block(_)) => return block::decide(state, choice),
        _ => {}
    }
    state.draft_due |= edit::keeps_draft(state);
    Vec::new()
}

/// What was taken in from others, for the line that says that the form is saved.
pub(super) fn taken(state: &State) -> Option<String> {
    let lang = state.lang();
    let fields: Vec<(String, String)> = match state.popups.last()? {
        Popup::Form(form) => {
            let taken = form.parts.iter().filter_map(|part| Some((part.sides.taken.clone()?, part.label.clone())));
            taken.collect()
        }
        Popup::Sheet(sheet) => {
            sheet.slots.iter().filter_map(|slot| Some((slot.sides.taken.clone()?, slot.label.clone()))).collect()
        }
        _ => Vec::new(),
    };
    let (who, _) = fields.first()?;
    let labels: Vec<&str> = fields.iter().map(|(_, label)| label.trim_end_matches([':', '：'])).collect();
    Some(lang.fill(Say::TakenSaved, &[who, &labels.join(lang.say(Say::Names))]))
}
