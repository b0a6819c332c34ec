//! What the office does to items, from a key to writes. The rules are in [`entry`]; here are the questions and the words.

use std::sync::Arc;

use chrono::NaiveDate;

use super::super::input;
use super::super::sheet::{Picking, Purpose, Sheet};
use super::super::state::State;
use super::Effect;
use super::asking::{LIGHTS, STEPS, numbers, with_unit};
use super::sheet::Unsaved;
use crate::catalog::Say;
use crate::model::entry::{self, NoDeed, Said, Verdict};
use crate::model::{
    BatchId, Book, Comparator, Intent, ItemKey, Outcome, RequestKind, Seq, Step, StepState, Target, Write,
};
use crate::report::figures::number;

/// The writes of an item, or why not.
type Deed = Result<Vec<Write>, NoDeed>;

/// Why a commit is written when a sheet is saved.
pub(super) const fn intent(purpose: &Purpose) -> Intent {
    match purpose {
        Purpose::Return(_) => Intent::Review,
        Purpose::Light(_) => Intent::Override,
        Purpose::Chase(_) => Intent::Chase,
        Purpose::Step(..) => Intent::Step,
        Purpose::Ask(_) => Intent::Ask,
        Purpose::Decide(..) => Intent::Decide,
        Purpose::Target(..) | Purpose::Actual(..) => Intent::Target,
        Purpose::FileAll(_) => Intent::File,
        Purpose::Filter | Purpose::SaveView => Intent::View,
        Purpose::Settings => Intent::Settings,
        Purpose::Issue | Purpose::Print(_) => Intent::Issue,
        Purpose::Recall => Intent::Recall,
        Purpose::Role(_) => Intent::Role,
        Purpose::Reading(_) | Purpose::AcceptKind(_) => Intent::Settle,
        Purpose::Succeed(..) => Intent::Succeed,
    }
}

/// The writes that saving a sheet asks for; none: nothing would change.
///
/// # Errors
/// Why it cannot be saved, or what is asked before it is.
pub(super) fn writes(state: &State, sheet: &Sheet) -> Result<Vec<Write>, Unsaved> {
    let Some(book) = state.book() else { return Ok(Vec::new()) };
    let period = sheet.period;
    let one = |item: ItemKey, deed: Deed| deed.map_err(|why| Unsaved::Refused(refusal(state, &book, item, why)));
    let each = |items: &[ItemKey], deed: &dyn Fn(ItemKey) -> Deed| {
        let mut writes = Vec::new();
        for item in items {
            writes.extend(one(*item, deed(*item))?);
        }
        Ok(writes)
    };
    match &sheet.purpose {
        Purpose::Filter | Purpose::SaveView | Purpose::Settings => super::views::writes(state, &book, sheet),
        Purpose::Issue | Purpose::Recall => super::printing::writes(state, &book, sheet),
        Purpose::Role(_) => super::roles::writes(state, &book, sheet),
        Purpose::Print(_) => Ok(Vec::new()),
        Purpose::Reading(_) | Purpose::AcceptKind(_) => super::check::writes(state, sheet),
        Purpose::Succeed(office, name) => super::names::writes(state, sheet, (*office, name)),
        Purpose::Return(items) => {
            let verdict = Verdict::Return(sheet.text(0));
            each(items, &|item| entry::review(&book, item, period, &verdict))
        }
        Purpose::Chase(items) => {
            each(items, &|item| entry::chase(&book, item, period, state.setup.today, &sheet.text(0)))
        }
        Purpose::FileAll(items) => {
            let said = said_of_all(state, sheet)?;
            each(items, &|item| entry::file(&book, item, period, &said))
        }
        Purpose::Light(item) => {
            let reason = sheet.text(1);
            let light = sheet.chosen(0).checked_sub(1).and_then(|at| LIGHTS.get(at));
            if light.is_none() && !reason.trim().is_empty() && book.override_of(*item, period).is_none() {
                return Err(Unsaved::Refused(state.lang().say(Say::SheetLightNotChosen).to_owned()));
            }
            one(*item, entry::set_light(&book, *item, period, light.map(|light| (*light, reason.as_str()))))
        }
        Purpose::Step(item, no) => {
            let unit = sheet.text(1).trim().to_owned();
            let step = Step {
                text: sheet.text(0),
                unit: (!unit.is_empty()).then(|| Arc::from(unit)),
                deadline: day(state, &book, &sheet.text(2))?,
                state: STEPS.get(sheet.chosen(3)).copied().unwrap_or_default(),
            };
            one(*item, entry::put_step(&book, *item, *no, Some(step)))
        }
        Purpose::Ask(item) => {
            let kind = RequestKind::ALL.get(sheet.chosen(0)).copied().unwrap_or(RequestKind::Extend);
            let until = day(state, &book, &sheet.text(2))?;
            one(*item, entry::ask(&book, *item, period, (kind, &sheet.text(1), until)))
        }
        Purpose::Decide(item, no) => {
            let (approver, note) = (sheet.text(1).trim().to_owned(), sheet.text(2).trim().to_owned());
            let outcome = if sheet.chosen(0) == 0 {
                Outcome::Granted { approver, note }
            } else {
                Outcome::Refused { approver, note }
            };
            one(*item, entry::decide(&book, *item, *no, outcome, day(state, &book, &sheet.text(3))?))
        }
        Purpose::Target(item, no) => {
            let before = no.and_then(|no| book.target(*item, no)).map(|(target, _)| target);
            let target = target_of(state, &book, sheet, before)?;
            one(*item, entry::put_target(&book, *item, *no, Some(target)))
        }
        Purpose::Actual(item, no) => {
            let Some((target, _)) = book.target(*item, *no) else { return one(*item, Err(NoDeed::NoNumber)) };
            let value = input::actual(state.lang(), &book, (*item, *no, period), target, &sheet.text(0))
                .map_err(Unsaved::Refused)?;
            let lower = entry::earlier_actual(&book, *item, *no, period).filter(|(_, before)| value < Some(*before));
            if let (Some((when, before)), Some(value), false) = (lower, value, sheet.confirmed) {
                let lang = state.lang();
                let figures = [value, before].map(|figure| with_unit(lang, target, figure));
                let [now, before] = &figures;
                return Err(Unsaved::Asked(lang.fill(Say::ActualLower, &[now, &lang.period(when), before])));
            }
            one(*item, entry::put_actual(&book, *item, *no, period, value))
        }
    }
}

/// The same words for several items; what is left empty stays as it is on each.
fn said_of_all(state: &State, sheet: &Sheet) -> Result<Said, Unsaved> {
    let percent = input::percent(state.lang(), &sheet.text(0)).map_err(Unsaved::Refused)?;
    let text = |at| Some(sheet.text(at).trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Said { percent: percent.map(Some), progress: text(1), problems: text(2), next: text(3), actuals: Vec::new() })
}

/// The target that a sheet describes; what it does not ask stays as it was.
fn target_of(state: &State, book: &Book<'_>, sheet: &Sheet, before: Option<&Target>) -> Result<Target, Unsaved> {
    let comparator = Comparator::ALL.get(sheet.chosen(1)).copied().unwrap_or(Comparator::AtLeast);
    let unit = sheet.text(3).trim().to_owned();
    let typed = sheet.text(2);
    let figure = |text: &str| input::figure(state.lang(), text, &unit).map_err(Unsaved::Refused);
    let mut values = Vec::new();
    if comparator == Comparator::Tiers {
        for part in typed.split(['/', '、', '／']) {
            values.extend(figure(part)?);
        }
    } else if comparator.has_value() {
        values.extend(figure(&typed)?);
    }
    let mut values = values.into_iter();
    Ok(Target {
        metric: sheet.text(0).trim().to_owned(),
        comparator,
        value: values.next(),
        tiers: values.collect(),
        unit: unit.clone(),
        rate: sheet.chosen(4) == 1,
        deadline: day(state, book, &sheet.text(5))?,
        phrase: before.map(|target| target.phrase.clone()).unwrap_or_default(),
        by_hand: true,
    })
}

/// A day as typed; nothing typed is none.
pub(super) fn day(state: &State, book: &Book<'_>, text: &str) -> Result<Option<NaiveDate>, Unsaved> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let year = i32::from(book.document().year);
    let found = crate::text::typed_date(text, year);
    let unreadable = || Unsaved::Refused(state.lang().fill(Say::DateUnreadable, &[&text.trim(), &year]));
    found.map(Some).ok_or_else(unreadable)
}

/// Takes a commit back, unless no document would be left.
pub(super) fn take_back(state: &mut State, seq: Seq) -> Vec<Effect> {
    let commit = state.commits.iter().find(|sealed| sealed.commit.seq == seq).map(|sealed| &sealed.commit);
    let batch = commit.map(|commit| state.ledger.taking_back(commit, BatchId::default(), commit.at));
    if batch.is_some_and(|batch| state.ledger.would_be_empty(&batch)) {
        state.say(state.lang().fill(Say::CliLastDocument, &[&seq]), false);
        return Vec::new();
    }
    vec![Effect::Undo(seq, state.may())]
}

/// 通过: accepts what is filed on the items, at once. Those on which nothing is filed are passed over, and that is said.
pub(super) fn approve(state: &mut State, items: &[ItemKey]) -> Vec<Effect> {
    let Some(book) = state.book() else { return Vec::new() };
    let review = |item: ItemKey| entry::review(&book, item, state.period, &Verdict::Accept);
    match sorted_out(state, items, review) {
        Ok((items, aside)) => {
            let writes: Vec<Write> = items.iter().filter_map(|item| review(*item).ok()).flatten().collect();
            if writes.is_empty() {
                state.say(state.lang().say(Say::NothingChanged), true);
                return Vec::new();
            }
            state.aside = aside;
            vec![Effect::Commit(Intent::Review, writes)]
        }
        Err(why) => {
            state.say(why, false);
            Vec::new()
        }
    }
}

/// The items on which a deed is possible, and a sentence about the others; of none, why not.
///
/// # Errors
/// Why it is not possible on any.
pub(super) fn sorted_out(
    state: &State,
    items: &[ItemKey],
    deed: impl Fn(ItemKey) -> Deed,
) -> Result<(Vec<ItemKey>, Option<String>), String> {
    let Some(book) = state.book() else { return Ok((Vec::new(), None)) };
    let refused: Vec<(ItemKey, NoDeed)> =
        items.iter().filter_map(|item| deed(*item).err().map(|why| (*item, why))).collect();
    let Some((first, why)) = refused.first() else { return Ok((items.to_vec(), None)) };
    let possible: Vec<ItemKey> =
        items.iter().copied().filter(|item| !refused.iter().any(|(other, _)| other == item)).collect();
    if possible.is_empty() {
        return Err(refusal(state, &book, *first, *why));
    }
    let others: Vec<ItemKey> = refused.iter().map(|(item, _)| *item).collect();
    let lang = state.lang();
    let aside = lang.fill(Say::PassedOver, &[&refused.len(), &numbers(state, &book, &others), &lang.no_deed(*why)]);
    Ok((possible, Some(aside)))
}

/// The next state of a step: 未启动, 进行中, 已完成, and round.
pub(super) fn tick(state: &mut State, item: ItemKey, no: u16) -> Vec<Effect> {
    let Some(book) = state.book() else { return Vec::new() };
    let Some((_, step, _)) = book.steps(item).find(|(one, _, _)| *one == no) else { return Vec::new() };
    let next = match step.state {
        StepState::Todo => StepState::Doing,
        StepState::Doing => StepState::Done,
        StepState::Done => StepState::Todo,
    };
    let deed = entry::put_step(&book, item, Some(no), Some(Step { state: next, ..step.clone() }));
    at_once(state, item, Intent::Step, deed)
}

/// Removes a line of a list.
pub(super) fn remove(state: &mut State, of: Picking, no: u16) -> Vec<Effect> {
    let Some(book) = state.book() else { return Vec::new() };
    let (item, intent, deed) = match of {
        Picking::Steps(item) => (item, Intent::Step, entry::put_step(&book, item, Some(no), None)),
        Picking::Targets(item) => (item, Intent::Target, entry::put_target(&book, item, Some(no), None)),
        Picking::Roles => return super::roles::remove(state, no),
        Picking::Requests(_)
        | Picking::Waiting
        | Picking::Views
        | Picking::Periods
        | Picking::Documents
        | Picking::Dropped => {
            return Vec::new();
        }
    };
    at_once(state, item, intent, deed)
}

/// A deed without a sheet: its commit, or why not in the footer.
fn at_once(state: &mut State, item: ItemKey, intent: Intent, deed: Deed) -> Vec<Effect> {
    let refused = state.book().and_then(|book| Some(refusal(state, &book, item, *deed.as_ref().err()?)));
    if let Some(why) = refused {
        state.say(why, false);
    }
    deed.ok().filter(|writes| !writes.is_empty()).map(|writes| Effect::Commit(intent, writes)).into_iter().collect()
}

/// Why a deed is not possible, with the item it is about.
pub(super) fn refusal(state: &State, book: &Book<'_>, item: ItemKey, why: NoDeed) -> String {
    let lang = state.lang();
    format!("{} {}", number(book, item), lang.no_deed(why))
}

/// Why something that is about no item cannot be done.
pub(super) fn no_deed(state: &State, why: NoDeed) -> String {
    let lang = state.lang();
    format!("{}{}{}", lang.no_deed(why), lang.say(Say::ReportClauseJoin), lang.no_deed_todo(why))
}
