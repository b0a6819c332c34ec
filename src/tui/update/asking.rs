//! The sheets of the deeds: what each asks, with what stands in it when it opens.

use chrono::NaiveDate;

use super::super::sheet::{Pick, Picking, Purpose, Sheet};
use super::super::state::{Cursor, Popup, State};
use super::deeds::{refusal, sorted_out};
use crate::catalog::{Lang, Say};
use crate::model::entry::{self, Verdict};
use crate::model::{
    Book, Comparator, ItemKey, Key as RecordKey, Light, Period, RequestKind, Review, StepState, Target,
};
use crate::report::figures::{amount, number};
use crate::report::scope::{For, Scope};
use crate::report::{chase::reasons as chase_reasons, why};
use crate::text::number::plain;

/// The most items that are named one by one.
const NUMBERS: usize = 20;
/// The lights that the office may set, in the order of the choice; before them stands what is computed.
pub(super) const LIGHTS: [Light; 3] = [Light::Red, Light::Yellow, Light::Green];
/// How far a step is, in the order of the choice.
pub(super) const STEPS: [StepState; 3] = [StepState::Todo, StepState::Doing, StepState::Done];

/// A sheet, or why there is nothing to ask.
type Asked = Result<Sheet, String>;

/// Opens a list.
pub(super) fn list(state: &mut State, of: Picking) {
    state.popups.push(Popup::Pick(Pick { of, cursor: Cursor::default(), lost: false }));
}

/// Opens the sheet of a purpose, or says why there is nothing to ask.
pub(super) fn open(state: &mut State, purpose: Purpose) {
    let Some(book) = state.book() else { return };
    match sheet(state, &book, purpose) {
        Ok(mut sheet) => {
            super::sheet::look(state, &mut sheet);
            state.popups.push(Popup::Sheet(Box::new(sheet)));
        }
        Err(why) => state.say(why, false),
    }
}

/// The sheet of a purpose with what stands in it now.
///
/// # Errors
/// Why there is nothing to ask.
pub(super) fn sheet(state: &State, book: &Book<'_>, purpose: Purpose) -> Asked {
    match purpose {
        Purpose::Filter | Purpose::SaveView | Purpose::Settings => Ok(super::views::sheet(state, book, &purpose)),
        Purpose::Return(items) => give_back(state, book, &items),
        Purpose::Chase(items) => chase(state, book, &items),
        Purpose::FileAll(items) => Ok(file_all(state, book, &items)),
        Purpose::Light(item) => Ok(light(state, book, item)),
        Purpose::Step(item, no) => Ok(step(state, book, (item, no))),
        Purpose::Ask(item) => Ok(ask(state, book, item)),
        Purpose::Decide(item, no) => decide(state, book, (item, no)),
        Purpose::Target(item, no) => Ok(target(state, book, (item, no))),
        Purpose::Actual(item, no) => actual(state, book, (item, no)),
        Purpose::Role(name) => Ok(super::roles::sheet(state, name.as_ref())),
        Purpose::Issue => super::printing::issue_sheet(state, book),
        Purpose::Recall => super::printing::recall_sheet(state, book),
        Purpose::Reading(key) => super::check::reading_sheet(state, &key),
        Purpose::AcceptKind(kind) => super::check::kind_sheet(state, &kind),
        Purpose::Succeed(office, name) => Ok(super::names::sheet(state, book, (office, &name))),
        // 打印 is opened by a deed of its own.
        Purpose::Print(_) => Err(String::new()),
    }
}

fn give_back(state: &State, book: &Book<'_>, items: &[ItemKey]) -> Asked {
    let (lang, period) = (state.lang(), state.period);
    let (items, aside) =
        sorted_out(state, items, |item| entry::review(book, item, period, &Verdict::Return("-".to_owned())))?;
    let title = heading(state, book, Say::SheetReturn, &items);
    let mut sheet = Sheet::new(title, Purpose::Return(items.clone()), period);
    sheet = about(state, book, sheet, &items, aside, |item| filed_words(state, book, item, period));
    sheet.seen = items.iter().map(|item| (RecordKey::filing(book.id(), *item, period), None)).collect();
    Ok(sheet.line(lang.say(Say::SheetReason), ""))
}

fn chase(state: &State, book: &Book<'_>, items: &[ItemKey]) -> Asked {
    let (lang, period) = (state.lang(), state.period);
    let (items, aside) = sorted_out(state, items, |item| entry::chase(book, item, period, state.setup.today, ""))?;
    let title = heading(state, book, Say::SheetChase, &items);
    let mut sheet = Sheet::new(title, Purpose::Chase(items.clone()), period);
    sheet = about(state, book, sheet, &items, aside, |item| chase_words(state, book, item));
    sheet.seen = items.iter().map(|item| (RecordKey::chase(book.id(), *item, period), None)).collect();
    Ok(sheet.line(lang.say(Say::SheetNote), ""))
}

fn file_all(state: &State, book: &Book<'_>, items: &[ItemKey]) -> Sheet {
    let (lang, period) = (state.lang(), state.period);
    let title = heading(state, book, Say::CmdFile, items);
    let mut sheet = Sheet::new(title, Purpose::FileAll(items.to_vec()), period)
        .note(lang.fill(Say::SheetSeveral, &[&items.len(), &numbers(state, book, items)]))
        .note(lang.say(Say::SheetEmptyStays))
        .line(lang.say(Say::LabelStated), "")
        .lines(lang.say(Say::LabelProgress), "")
        .lines(lang.say(Say::LabelProblems), "")
        .lines(lang.say(Say::LabelNext), "");
    sheet.seen = items.iter().map(|item| (RecordKey::filing(book.id(), *item, period), None)).collect();
    sheet
}

fn light(state: &State, book: &Book<'_>, item: ItemKey) -> Sheet {
    let (lang, period) = (state.lang(), state.period);
    let set = book.override_of(item, period).map(|(set, _)| set.clone());
    let computed = book.rate(item, period).computed_light(book.document().settings.thresholds);
    let by_figures = lang.fill(Say::SheetComputed, &[&lang.light(computed)]);
    let words = std::iter::once(by_figures).chain(LIGHTS.map(|light| lang.light(light).to_owned())).collect();
    let at = set.as_ref().and_then(|set| LIGHTS.iter().position(|light| *light == set.light)).map_or(0, |at| at + 1);
    let reason = set.map(|set| set.reason).unwrap_or_default();
    let mut sheet =
        headed(state, book, Sheet::new(titled(state, book, Say::SheetLight, item), Purpose::Light(item), period), item)
            .note(why::why(book, item, period, lang))
            .choice(lang.say(Say::SheetLight), words, at)
            .line(lang.say(Say::SheetReason), &reason);
    sheet.seen = vec![(RecordKey::light(book.id(), item, period), None)];
    sheet
}

fn step(state: &State, book: &Book<'_>, (item, no): (ItemKey, Option<u16>)) -> Sheet {
    let (lang, period) = (state.lang(), state.period);
    let step = no.and_then(|no| book.steps(item).find(|(one, _, _)| *one == no)).map(|(_, step, _)| step.clone());
    let (text, unit, day, at) = step.map_or((String::new(), String::new(), None, 0), |step| {
        let at = STEPS.iter().position(|state| *state == step.state).unwrap_or(0);
        (step.text, step.unit.map(|unit| unit.to_string()).unwrap_or_default(), step.deadline, at)
    });
    let words = STEPS.iter().map(|state| lang.step_state(*state).to_owned()).collect();
    let mut sheet = headed(
        state,
        book,
        Sheet::new(titled(state, book, Say::SheetStep, item), Purpose::Step(item, no), period),
        item,
    )
    .note(lang.fill(Say::SheetStepNote, &[&book.deadline(item, period)]))
    .line(lang.say(Say::SheetStep), &text)
    .line(lang.say(Say::SheetUnit), &unit)
    .line(lang.say(Say::LabelDeadline), &shown_day(day))
    .choice(lang.say(Say::SheetState), words, at);
    sheet.seen = no.map(|no| (RecordKey::step(book.id(), item, no), None)).into_iter().collect();
    sheet
}

fn ask(state: &State, book: &Book<'_>, item: ItemKey) -> Sheet {
    let (lang, period) = (state.lang(), state.period);
    let words = RequestKind::ALL.map(|kind| lang.request_kind(kind).to_owned()).to_vec();
    headed(state, book, Sheet::new(titled(state, book, Say::SheetAsk, item), Purpose::Ask(item), period), item)
        .note(lang.fill(Say::SheetAskNote, &[&book.deadline(item, period)]))
        .choice(lang.say(Say::SheetAsk), words, 0)
        .line(lang.say(Say::SheetReason), "")
        .line(lang.say(Say::SheetUntil), "")
}

fn decide(state: &State, book: &Book<'_>, (item, no): (ItemKey, u16)) -> Asked {
    let (lang, period) = (state.lang(), state.period);
    let found = book.requests(item).find(|(one, _, _)| *one == no);
    let (_, request, _) = found.ok_or_else(|| refusal(state, book, item, entry::NoDeed::NoNumber))?;
    let until = request.until.map(|day| lang.fill(Say::RequestUntil, &[&day])).unwrap_or_default();
    let words = vec![lang.say(Say::OutcomeGranted).to_owned(), lang.say(Say::OutcomeRefused).to_owned()];
    let mut sheet = headed(
        state,
        book,
        Sheet::new(titled(state, book, Say::SheetDecide, item), Purpose::Decide(item, no), period),
        item,
    )
    .note(format!("{}{until}{}{}", lang.request_kind(request.kind), lang.say(Say::Colon), request.reason))
    .choice(lang.say(Say::SheetDecide), words, 0)
    .line(lang.say(Say::SheetApprover), "")
    .line(lang.say(Say::SheetOpinion), "");
    if matches!(request.kind, RequestKind::Extend | RequestKind::Adjust) {
        sheet = sheet.line(lang.say(Say::SheetUntil), &shown_day(request.until));
    }
    sheet.seen = vec![(RecordKey::request(book.id(), item, no), None)];
    Ok(sheet)
}

fn target(state: &State, book: &Book<'_>, (item, no): (ItemKey, Option<u16>)) -> Sheet {
    let (lang, period) = (state.lang(), state.period);
    let target = no.and_then(|no| book.target(item, no)).map(|(target, _)| target.clone());
    let mut sheet = Sheet::new(titled(state, book, Say::SheetTarget, item), Purpose::Target(item, no), period);
    sheet = match target.as_ref().filter(|target| !target.phrase.is_empty()) {
        Some(target) => sheet.note(lang.fill(Say::TargetPhrase, &[&target.phrase])),
        None => headed(state, book, sheet, item),
    };
    let at = target.as_ref().and_then(|target| Comparator::ALL.iter().position(|one| *one == target.comparator));
    let words = Comparator::ALL.map(|one| lang.comparator(one).to_owned()).to_vec();
    let kinds = vec![lang.say(Say::TargetCount).to_owned(), lang.say(Say::TargetRate).to_owned()];
    let rate = usize::from(target.as_ref().is_some_and(|target| target.rate));
    let text = |part: fn(&Target) -> String| target.as_ref().map(part).unwrap_or_default();
    let mut sheet = sheet
        .line(lang.say(Say::TargetMetric), &text(|target| target.metric.clone()))
        .choice(lang.say(Say::TargetComparator), words, at.unwrap_or(0))
        .line(lang.say(Say::TargetValue), &text(value_text))
        .line(lang.say(Say::TargetUnit), &text(|target| target.unit.clone()))
        .choice(lang.say(Say::TargetKind), kinds, rate)
        .line(lang.say(Say::LabelDeadline), &text(|target| shown_day(target.deadline)));
    sheet.seen = no.map(|no| (RecordKey::target(book.id(), item, no), None)).into_iter().collect();
    sheet
}

fn actual(state: &State, book: &Book<'_>, (item, no): (ItemKey, u16)) -> Asked {
    let (lang, period) = (state.lang(), state.period);
    let found = book.target(item, no);
    let (target, _) = found.ok_or_else(|| refusal(state, book, item, entry::NoDeed::NoNumber))?;
    let now = book.actual(item, no, period).map(|(value, _)| actual_text(lang, target, value));
    let mut sheet = Sheet::new(titled(state, book, Say::SheetActual, item), Purpose::Actual(item, no), period)
        .note(why::target_text(target, lang));
    if let Some((before, value)) = entry::earlier_actual(book, item, no, period) {
        sheet = sheet.note(lang.fill(Say::ActualBefore, &[&lang.period(before), &with_unit(lang, target, value)]));
    }
    sheet = sheet.note(lang.say(if target.comparator.has_value() { Say::ActualCumulative } else { Say::ActualYesNo }));
    sheet = sheet.replaceable(lang.say(Say::SheetActual), &now.unwrap_or_default());
    sheet.seen = vec![(RecordKey::actual(book.id(), item, no, period), None)];
    Ok(sheet)
}

fn titled(state: &State, book: &Book<'_>, what: Say, item: ItemKey) -> String {
    let lang = state.lang();
    format!("{} {} {}", lang.say(what), number(book, item), lang.period(state.period))
}

fn headed(state: &State, book: &Book<'_>, sheet: Sheet, item: ItemKey) -> Sheet {
    sheet.note(short(state, book, item))
}

/// The title of a sheet about one item or several.
fn heading(state: &State, book: &Book<'_>, what: Say, items: &[ItemKey]) -> String {
    let lang = state.lang();
    let which = match items {
        [item] => number(book, *item),
        several => lang.fill(Say::SheetItems, &[&several.len()]),
    };
    format!("{} {which} {}", lang.say(what), lang.period(state.period))
}

/// One item with what is known of it; several by their numbers; and those that are passed over.
fn about(
    state: &State,
    book: &Book<'_>,
    mut sheet: Sheet,
    items: &[ItemKey],
    aside: Option<String>,
    words: impl Fn(ItemKey) -> String,
) -> Sheet {
    let lang = state.lang();
    match items {
        [item] => {
            sheet = sheet.note(short(state, book, *item));
            let words = words(*item);
            if !words.is_empty() {
                sheet = sheet.note(words);
            }
        }
        several => {
            sheet = sheet.note(lang.fill(Say::SheetSeveral, &[&several.len(), &numbers(state, book, several)]));
        }
    }
    if let Some(aside) = aside { sheet.note(aside) } else { sheet }
}

/// The numbers of items: the first few where they are many.
pub(super) fn numbers(state: &State, book: &Book<'_>, items: &[ItemKey]) -> String {
    let mut shown: Vec<String> = items.iter().take(NUMBERS).map(|item| number(book, *item)).collect();
    if items.len() > NUMBERS {
        shown.push(state.glyphs().ellipsis.to_owned());
    }
    shown.join(" ")
}

/// What an item is about, in a line or two.
fn short(state: &State, book: &Book<'_>, item: ItemKey) -> String {
    crate::text::width::truncate(&book.title(item).unwrap_or_default(), 140, state.glyphs().ellipsis).into_owned()
}

/// What is filed, in a few words.
fn filed_words(state: &State, book: &Book<'_>, item: ItemKey, period: Period) -> String {
    let Some((filing, _)) = book.filing(item, period) else { return String::new() };
    let lang = state.lang();
    let percent = filing.percent.map(|value| format!("{}%  ", plain(value))).unwrap_or_default();
    let said = crate::text::width::truncate(&filing.progress, 100, state.glyphs().ellipsis);
    let before = match &filing.review {
        Review::Returned(reason) => format!("  {}", lang.fill(Say::ReturnedWith, &[reason])),
        Review::Pending | Review::Accepted => String::new(),
    };
    format!("{percent}{said}{before}")
}

/// Why an item is to be chased, whom, and how often it was.
fn chase_words(state: &State, book: &Book<'_>, item: ItemKey) -> String {
    let (lang, period) = (state.lang(), state.period);
    let reasons = chase_reasons(book, &Scope::new(book, &For::All), item, period, state.setup.today);
    let reasons: Vec<String> = reasons.iter().map(|reason| reason.text(lang)).collect();
    let units: Vec<&str> = book.lead_units(item).iter().map(|unit| &**unit).collect();
    let mut words = vec![reasons.join(lang.say(Say::Clauses)), units.join(lang.say(Say::Names))];
    if let Some((chase, _)) = book.chase_of(item, period) {
        let last = chase.last.map(|day| day.to_string()).unwrap_or_default();
        words.push(lang.fill(Say::ChasedBefore, &[&chase.times, &last]));
        words.push(chase.note.clone());
    }
    words.retain(|word| !word.is_empty());
    words.join("  ")
}

/// A day as it is typed.
pub(in crate::tui) fn shown_day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The value of a target as it is typed: tiers parted by `/`.
fn value_text(target: &Target) -> String {
    target.value.iter().chain(&target.tiers).map(|value| plain(*value)).collect::<Vec<_>>().join("/")
}

/// A figure reached on a target as it is typed and shown: a number, or whether it has happened.
pub(in super::super) fn actual_text(lang: Lang, target: &Target, value: rust_decimal::Decimal) -> String {
    if target.comparator.has_value() {
        return amount(value);
    }
    let happened = value >= rust_decimal::Decimal::ONE;
    lang.say(if happened { Say::ActualHappened } else { Say::ActualNotHappened }).to_owned()
}

/// A figure reached on a target with its unit.
pub(in super::super) fn with_unit(lang: Lang, target: &Target, value: rust_decimal::Decimal) -> String {
    let text = actual_text(lang, target, value);
    if target.comparator.has_value() { format!("{text}{}", target.unit) } else { text }
}
