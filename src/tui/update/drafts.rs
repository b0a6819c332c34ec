//! Drafts: what was typed and not saved. Kept while typing, offered again, gone with the save or when thrown away.

use std::sync::Arc;

use super::super::form::{self, Form};
use super::super::sheet::{Purpose, Sheet};
use super::super::sides::{By, Came, Sides};
use super::super::state::{Figure, Popup, State};
use super::{Effect, asking, block, cells, clash, edit, filing, views};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Filing, ItemKey, Key as RecordKey, Of, Period, Record, View};
use crate::store::drafts::{Draft, ITEMS, WAS};
use crate::text::number::plain;

/// The name of a figure's field in drafts.
pub(super) const FIGURE: &str = "done";
/// Before the name of what is no field: the period and the items of a small form.
pub(in super::super) const AS: &str = "as:";
pub(super) const PERIOD: &str = "as:period";
/// The filters that are saved as a view.
const VIEW: &str = "as:view";

/// The name of a small form's field in drafts.
pub(super) fn slot_name(at: usize) -> String {
    format!("slot-{at}")
}

/// What a small form is called in drafts; `None`: it keeps none.
const fn tag(purpose: &Purpose) -> Option<&'static str> {
    Some(match purpose {
        Purpose::Return(_) => "return",
        Purpose::Light(_) => "light",
        Purpose::Chase(_) => "chase",
        Purpose::Step(_, Some(_)) => "step",
        Purpose::Step(_, None) => "step-add",
        Purpose::Ask(_) => "ask",
        Purpose::Decide(..) => "decide",
        Purpose::Target(_, Some(_)) => "target",
        Purpose::Target(_, None) => "target-add",
        Purpose::Actual(..) => "actual",
        Purpose::FileAll(_) => "file-all",
        Purpose::Settings => "settings",
        Purpose::Role(Some(_)) => "role",
        Purpose::Reading(_) => "reading",
        Purpose::Succeed(..) => "succeed",
        Purpose::Role(None) => "role-add",
        Purpose::SaveView => "view",
        // The first two write nothing; in the others nothing is typed but yes or no.
        Purpose::Filter | Purpose::Print(_) | Purpose::Issue | Purpose::Recall | Purpose::AcceptKind(_) => return None,
    })
}

/// What a small form is for, from its draft.
fn purpose(draft: &Draft) -> Option<Purpose> {
    let items = || draft.field(ITEMS).split(' ').filter_map(|item| item.parse().ok()).collect::<Vec<ItemKey>>();
    Some(match (draft.form.as_str(), &draft.key.of) {
        ("return", _) => Purpose::Return(items()),
        ("chase", _) => Purpose::Chase(items()),
        ("file-all", _) => Purpose::FileAll(items()),
        ("succeed", Of::Successor(office, name)) => Purpose::Succeed(*office, Arc::clone(name)),
        ("reading", Of::Finding(..)) => Purpose::Reading(draft.key.clone()),
        ("role", Of::Role(name)) => Purpose::Role(Some(Arc::clone(name))),
        ("light", Of::Override(item, _)) => Purpose::Light(*item),
        ("step", Of::Step(item, no)) => Purpose::Step(*item, Some(*no)),
        ("step-add", Of::Item(item)) => Purpose::Step(*item, None),
        ("ask", Of::Item(item)) => Purpose::Ask(*item),
        ("decide", Of::Request(item, no)) => Purpose::Decide(*item, *no),
        ("target", Of::Target(item, no)) => Purpose::Target(*item, Some(*no)),
        ("target-add", Of::Item(item)) => Purpose::Target(*item, None),
        ("actual", Of::Actual(item, no, _)) => Purpose::Actual(*item, *no),
        ("settings", Of::Document) => Purpose::Settings,
        ("role-add", Of::Document) => Purpose::Role(None),
        ("view", Of::Document) => Purpose::SaveView,
        _ => return None,
    })
}

/// The draft of what is filled in now, if it is something that is kept.
pub(super) fn of_open(state: &State) -> Option<Draft> {
    let was = |name: &str, sides: &Sides| {
        let base = sides.clash.as_ref().map_or(&sides.stored, |clash| &clash.base);
        (format!("{WAS}{name}"), base.clone())
    };
    let draft = |key, base, form: &str, fields| Draft {
        key,
        base,
        form: form.to_owned(),
        fields,
        at: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
        known: None,
        sitting: String::new(),
        from: Vec::new(),
        elsewhere: false,
    };
    let mut draft = match state.popups.last()? {
        Popup::Form(form) => {
            let typed = form.parts.iter().map(|part| (part.name.clone(), part.field.text()));
            let stored = form.parts.iter().map(|part| was(&part.name, &part.sides));
            draft(form.key(&state.document), form.base, "", typed.chain(stored).collect())
        }
        Popup::Figure(figure) => {
            let fields = vec![(FIGURE.to_owned(), figure.field.text()), was(FIGURE, &figure.sides)];
            draft(figure_key(state, figure), figure.base, "", fields)
        }
        Popup::Block(pasted) => {
            let (key, fields) = block::kept(state, pasted)?;
            draft(key.clone(), state.ledger.version(&key), block::FORM, fields)
        }
        Popup::Sheet(sheet) => {
            let form = tag(&sheet.purpose)?;
            let key = sheet.purpose.key(&state.document, sheet.period);
            let key = key.unwrap_or_else(|| RecordKey::document(&state.document));
            let mut fields = sheet_fields(sheet, was);
            if sheet.purpose == Purpose::SaveView {
                fields.push((VIEW.to_owned(), serde_json::to_string(&state.list.view("")).ok()?));
            }
            draft(key.clone(), state.ledger.version(&key), form, fields)
        }
        _ => return None,
    };
    let before = state.resumed.iter().filter(|one| one.is_for(&draft) && !one.sitting.is_empty());
    draft.from = before.map(|one| one.sitting.clone()).collect();
    Some(draft)
}

fn sheet_fields(sheet: &Sheet, was: impl Fn(&str, &Sides) -> (String, String)) -> Vec<(String, String)> {
    let slots = || sheet.slots.iter().enumerate();
    let mut fields: Vec<(String, String)> = slots().map(|(at, slot)| (slot_name(at), slot.input.text())).collect();
    fields.extend(slots().map(|(at, slot)| was(&slot_name(at), &slot.sides)));
    fields.push((PERIOD.to_owned(), sheet.period.to_string()));
    if let Some(items) = sheet.purpose.clone().items_mut() {
        let items: Vec<String> = items.iter().map(ToString::to_string).collect();
        fields.push((ITEMS.to_owned(), items.join(" ")));
    }
    fields
}

/// The record that a figure is about.
pub(super) fn figure_key(state: &State, figure: &Figure) -> RecordKey {
    RecordKey::done(&state.document, figure.row, &figure.area, figure.period)
}

/// Whether what a draft holds is stored by now: it was written after all, or by somebody else.
pub(in super::super) fn is_spent(book: &Book<'_>, lang: Lang, draft: &Draft) -> bool {
    if *book.id() != draft.key.document {
        return false;
    }
    if !draft.form.is_empty() {
        return draft.form == block::FORM && block::is_spent(book, draft);
    }
    match &draft.key.of {
        Of::Filing(item, period) => {
            let form = Form::new(book, lang, form::Subject::Filing(*item), *period);
            form.parts.iter().all(|part| {
                let typed = draft.fields.iter().find(|(name, _)| *name == part.name);
                typed.is_none_or(|(_, typed)| typed.trim() == part.sides.stored)
            })
        }
        Of::Done(row, area, period) => {
            let now = book.done(*row, area, *period).map(|(value, _)| plain(value)).unwrap_or_default();
            draft.field(FIGURE).trim() == now
        }
        _ => false,
    }
}

/// Puts a draft's text into a field as if it had been open since the draft was begun: what the draft never touched keeps what is
/// stored now, and what both changed is decided when it is saved.
fn resumed(sides: &mut Sides, was: &str, typed: &str, by: impl FnOnce() -> By) -> (Came, bool) {
    let now = std::mem::replace(&mut sides.stored, was.to_owned());
    let came = sides.follow(typed.trim(), &now, by);
    // Nothing to be told of what the draft did not touch.
    sides.taken = None;
    (came, typed.trim() != was && came != Came::Taken)
}

/// Puts a draft's texts into the open form.
pub(super) fn fill_form(state: &mut State, draft: &Draft) {
    let seen = seen_by(state, draft);
    let mut popups = std::mem::take(&mut state.popups);
    if let Some(Popup::Form(form)) = popups.last_mut() {
        let mut waits: Option<(String, String)> = None;
        for part in &mut form.parts {
            let Some((_, typed)) = draft.fields.iter().find(|(name, _)| *name == part.name) else { continue };
            let was = draft.fields.iter().find(|(name, _)| name.strip_prefix(WAS) == Some(&part.name));
            let was = was.map_or_else(|| text_of(&seen, &part.name), |(_, was)| was.clone());
            let author = clash::by(state, &draft.key, part.target.is_none().then_some(part.name.as_str()));
            let (came, changed) = resumed(&mut part.sides, &was, typed, || author.clone());
            if changed {
                part.field.set(typed);
            }
            if came == Came::Clashed {
                waits.get_or_insert((author.who, part.label.clone()));
            }
        }
        form.note = waits.map(|(who, label)| state.lang().fill(Say::ClashWaits, &[&who, &label]));
        form.draft_of = Some(draft.at);
    }
    state.popups = popups;
    state.resumed.push(draft.clone());
}

/// The filing that a draft was begun on that does not say so itself.
fn seen_by(state: &State, draft: &Draft) -> Filing {
    let commit = state.commits.iter().map(|sealed| &sealed.commit).find(|commit| commit.seq == draft.base);
    let change = commit.and_then(|commit| commit.changes.iter().find(|change| change.key == draft.key));
    match change.and_then(|change| change.new.as_deref()) {
        Some(Record::Filing(filing)) => filing.clone(),
        _ => Filing::default(),
    }
}

/// A filing's part as its form shows it.
fn text_of(filing: &Filing, name: &str) -> String {
    crate::model::merge::field(Some(&Record::Filing(filing.clone())), name)
}

/// A draft has had its day: this sitting's own, and those that it was continued from.
pub(super) fn forget(state: &mut State, draft: &Draft) -> Effect {
    let mut gone: Vec<Draft> = vec![Draft { sitting: String::new(), ..draft.clone() }];
    gone.extend(state.resumed.extract_if(.., |one| one.is_for(draft)));
    state.drafts.retain(|one| !gone.iter().any(|other| one.is_for(other) && one.sitting == other.sitting));
    Effect::Discard(gone)
}

/// Closes a form; what was typed stays as a draft, and the footer says so.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Form(form)) = state.popups.last() else { return Vec::new() };
    let changed = form.is_changed();
    let Some(kept) = of_open(state) else { return Vec::new() };
    state.popups.pop();
    if !changed {
        return vec![forget(state, &kept)];
    }
    state.say(state.lang().say(Say::DraftKept), true);
    state.resumed.retain(|one| !one.is_for(&kept));
    let replaced = |one: &Draft| one.is_for(&kept) && (one.sitting.is_empty() || kept.from.contains(&one.sitting));
    state.drafts.retain(|one| !replaced(one));
    state.drafts.push(kept.clone());
    vec![Effect::Draft(kept)]
}

/// Throws away what was typed, or the draft under the cursor.
pub(super) fn discard(state: &mut State) -> Vec<Effect> {
    if let Some(Popup::Drafts(drafts, at)) = state.popups.last_mut() {
        if *at >= drafts.len() {
            return Vec::new();
        }
        if drafts.get(*at).is_some_and(|draft| draft.elsewhere) {
            state.say(state.lang().say(Say::DraftNotOurs), false);
            return Vec::new();
        }
        let draft = drafts.remove(*at);
        *at = (*at).min(drafts.len().saturating_sub(1));
        if drafts.is_empty() {
            state.popups.pop();
        }
        state.say(state.lang().say(Say::DraftDiscarded), true);
        state.drafts.retain(|one| *one != draft);
        return vec![Effect::Discard(vec![draft])];
    }
    if !matches!(state.popups.last(), Some(Popup::Form(_))) {
        return give_up(state);
    }
    let Some(draft) = of_open(state) else { return Vec::new() };
    state.popups.pop();
    // What waits for the link is thrown away with it.
    state.live.unsent.retain(|unsent| unsent.draft.as_ref().is_none_or(|one| !one.is_for(&draft)));
    state.say(state.lang().say(Say::DraftDiscarded), true);
    vec![forget(state, &draft)]
}

/// Closes a figure, a block or a small form: what was typed goes, and its draft. Of what waits for the link the footer has said
/// that it is saved by itself, and so it is; until then its draft stays.
pub(super) fn give_up(state: &mut State) -> Vec<Effect> {
    let (draft, waits) = (of_open(state), edit::still_waits(state));
    state.popups.pop();
    if let Some(waits) = waits {
        state.say(waits, true);
        return Vec::new();
    }
    draft.map(|draft| forget(state, &draft)).into_iter().collect()
}

/// Goes on with the draft under the cursor, in the form or field it was typed in.
pub(super) fn resume(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Drafts(drafts, at)) = state.popups.last_mut() else { return Vec::new() };
    if *at >= drafts.len() {
        return Vec::new();
    }
    let draft = drafts.remove(*at);
    *at = (*at).min(drafts.len().saturating_sub(1));
    if drafts.is_empty() {
        state.popups.pop();
    }
    take_up(state, &draft);
    Vec::new()
}

/// Opens the form or field of a draft with what was typed.
fn take_up(state: &mut State, draft: &Draft) {
    if state.document != draft.key.document && !draft.key.document.is_office() {
        state.say(state.lang().say(Say::DraftOfOther), false);
        return;
    }
    if draft.form == block::FORM {
        block::take_up(state, draft);
        return;
    }
    if !draft.form.is_empty() {
        take_up_sheet(state, draft);
        return;
    }
    match &draft.key.of {
        Of::Filing(item, period) => {
            state.show_period(*period);
            filing::open_empty(state, form::Subject::Filing(*item));
            fill_form(state, draft);
        }
        Of::Bulletin(period) => {
            state.show_period(*period);
            if super::wording::may_open(state) {
                filing::open_empty(state, form::Subject::Wording);
                fill_form(state, draft);
            }
        }
        Of::Done(row, area, period) => {
            state.show_period(*period);
            cells::edit(state, *row, Arc::clone(area));
            let author = clash::by(state, &draft.key, None);
            let was = draft.fields.iter().find(|(name, _)| name.strip_prefix(WAS) == Some(FIGURE));
            if let Some(Popup::Figure(figure)) = state.popups.last_mut() {
                let was = was.map_or_else(|| figure.sides.stored.clone(), |(_, was)| was.clone());
                resumed(&mut figure.sides, &was, draft.field(FIGURE), || author);
                figure.field.set(draft.field(FIGURE));
            }
            state.resumed.push(draft.clone());
        }
        _ => {}
    }
}

fn take_up_sheet(state: &mut State, draft: &Draft) {
    let Some(purpose) = purpose(draft) else { return };
    if let Ok(period) = draft.field(PERIOD).parse::<Period>() {
        state.show_period(period);
    }
    if let Ok(view) = serde_json::from_str::<View>(draft.field(VIEW)) {
        views::narrow(state, &view);
    }
    let open = state.popups.len();
    asking::open(state, purpose);
    if state.popups.len() == open {
        return;
    }
    let author = clash::by(state, &draft.key, None);
    let mut clashed = None;
    if let Some(Popup::Sheet(sheet)) = state.popups.last_mut() {
        for (at, slot) in sheet.slots.iter_mut().enumerate() {
            let name = slot_name(at);
            let (typed, was) = (draft.field(&name), draft.field(&format!("{WAS}{name}")));
            let (came, changed) = resumed(&mut slot.sides, was, typed, || author.clone());
            if changed {
                slot.input.set(typed);
            }
            if came == Came::Clashed {
                clashed.get_or_insert_with(|| slot.label.clone());
            }
        }
    }
    let came = clashed.map(|label| state.lang().fill(Say::ClashWaits, &[&author.who, &label]));
    if let Some(Popup::Sheet(sheet)) = state.popups.last_mut() {
        sheet.came = came;
    }
    state.resumed.push(draft.clone());
}
