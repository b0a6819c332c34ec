//! Saved views, the filters of the task list, the choice of a period, and the document's settings.

use std::sync::Arc;

use super::super::board::Board;
use super::super::deed::{Focus, Screen};
use super::super::input;
use super::super::sheet::{Picking, Purpose, Sheet};
use super::super::state::{Cursor, ItemList, Matrix, Popup, State};
use super::Effect;
use super::sheet::Unsaved;
use crate::catalog::{Lang, Say};
use crate::model::entry::{self, NoDeed};
use crate::model::{
    Book, DocumentId, DueMonth, FilingState, Intent, Key as RecordKey, Light, Settings, Span, Status, Thresholds, View,
    Write,
};
use crate::report::{For, What};
use crate::text::number::plain;

/// The lengths of a period, in the order of the choice.
const SPANS: [Span; 3] = [Span::Quarter, Span::Month, Span::Half];
/// The months in which filings are due, in the order of the choice.
const DUE: [DueMonth; 2] = [DueMonth::After, DueMonth::Last];

/// The sheet of a purpose that is about the list or the document, not about an item.
pub(super) fn sheet(state: &State, book: &Book<'_>, purpose: &Purpose) -> Sheet {
    let lang = state.lang();
    let empty = |title: Say| Sheet::new(lang.say(title), purpose.clone(), state.period);
    match purpose {
        Purpose::Settings => {
            let settings = &book.document().settings;
            let at = |found: Option<usize>| found.unwrap_or(0);
            let mut sheet = empty(Say::CmdSettings)
                .note(lang.say(Say::SettingsNote))
                .choice(
                    lang.say(Say::SettingsSpan),
                    spans(lang),
                    at(SPANS.iter().position(|one| *one == settings.span)),
                )
                .choice(
                    lang.say(Say::SettingsDueMonth),
                    due_months(lang),
                    at(DUE.iter().position(|one| *one == settings.due_month)),
                )
                .line(lang.say(Say::SettingsDueDay), &settings.due_day.to_string())
                .line(lang.say(Say::SettingsNearDays), &settings.near_days.to_string())
                .line(lang.say(Say::SettingsBehind), &plain(settings.thresholds.behind))
                .line(lang.say(Say::SettingsFarBehind), &plain(settings.thresholds.far_behind));
            sheet.seen = vec![(RecordKey::document(book.id()), None)];
            sheet
        }
        Purpose::SaveView => {
            let view = state.list.view("");
            let what = words(lang, &view).join(" · ");
            let what = if what.is_empty() { lang.say(Say::ViewHoldsNothing).to_owned() } else { what };
            empty(Say::ViewSaveTitle).note(what).line(lang.say(Say::ViewName), "")
        }
        _ => {
            let list = &state.list;
            let any = || lang.say(Say::FilterAny).to_owned();
            let words =
                |words: Vec<&'static str>| std::iter::once(any()).chain(words.into_iter().map(str::to_owned)).collect();
            let lights = words(Light::ALL.map(|one| lang.light(one)).to_vec());
            let statuses = words(Status::ALL.map(|one| lang.status(one)).to_vec());
            let filings = words(FilingState::ALL.map(|one| lang.filing_state(one)).to_vec());
            let late = words(vec![lang.say(Say::LateOnly)]);
            empty(Say::CmdFilter)
                .choice(lang.say(Say::ColumnLight), lights, place(&Light::ALL, list.light))
                .choice(lang.say(Say::FilterStatus), statuses, place(&Status::ALL, list.status))
                .choice(lang.say(Say::FilterFiling), filings, place(&FilingState::ALL, list.filing))
                .choice(lang.say(Say::LateOnly), late, usize::from(list.late))
        }
    }
}

/// The place of a value in a choice whose first word is "any".
fn place<T: PartialEq>(all: &[T], value: Option<T>) -> usize {
    value.and_then(|value| all.iter().position(|one| *one == value)).map_or(0, |at| at + 1)
}

fn spans(lang: Lang) -> Vec<String> {
    [Say::SpanQuarter, Say::SpanMonth, Say::SpanHalf].map(|word| lang.say(word).to_owned()).to_vec()
}

fn due_months(lang: Lang) -> Vec<String> {
    [Say::DueMonthAfter, Say::DueMonthLast].map(|word| lang.say(word).to_owned()).to_vec()
}

/// What a view holds, in words.
pub(in super::super) fn words(lang: Lang, view: &View) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(view.leader.as_ref().map(|leader| format!("{}={leader}", lang.say(Say::CmdLeaders))));
    words.extend(view.unit.as_ref().map(|unit| format!("{}={unit}", lang.say(Say::CmdUnits))));
    words.extend(view.light.map(|light| lang.light(light).to_owned()));
    words.extend(view.status.map(|status| lang.status(status).to_owned()));
    words.extend(view.filing.map(|filing| lang.filing_state(filing).to_owned()));
    words.extend(view.late.then(|| lang.say(Say::LateOnly).to_owned()));
    if !view.search.is_empty() {
        words.push(format!("/{}", view.search));
    } else if view.sort != crate::model::SortBy::Number || view.reversed {
        let reversed = if view.reversed { lang.say(Say::SortReversed) } else { "" };
        words.push(format!("{}{reversed}", lang.sort_by(view.sort)));
    }
    words
}

/// The writes that saving such a sheet asks for.
pub(super) fn writes(state: &State, book: &Book<'_>, sheet: &Sheet) -> Result<Vec<Write>, Unsaved> {
    let lang = state.lang();
    let refused = |why: NoDeed| Unsaved::Refused(lang.no_deed(why).to_owned());
    match sheet.purpose {
        Purpose::SaveView => {
            let name = sheet.text(0).trim().to_owned();
            let view = state.list.view(&name);
            let there = book.views().any(|(one, _)| *one.name == *name && *one != view);
            if there && !sheet.confirmed {
                return Err(Unsaved::Asked(lang.fill(Say::ViewReplaces, &[&name])));
            }
            if name.is_empty() {
                return Err(Unsaved::Refused(lang.say(Say::ViewNeedsName).to_owned()));
            }
            entry::put_view(book, &name, Some(view)).map_err(refused)
        }
        Purpose::Settings => {
            let number = |at: usize| {
                let value = input::figure(lang, &sheet.text(at), "").map_err(Unsaved::Refused)?;
                value.ok_or_else(|| Unsaved::Refused(lang.say(Say::NumberEmpty).to_owned()))
            };
            let out_of_range = || refused(NoDeed::OutOfRange);
            // Half a day is no number of days.
            let whole =
                |at: usize| number(at).and_then(|days| if days.is_integer() { Ok(days) } else { Err(out_of_range()) });
            let before = &book.document().settings;
            let settings = Settings {
                span: SPANS.get(sheet.chosen(0)).copied().unwrap_or(before.span),
                due_month: DUE.get(sheet.chosen(1)).copied().unwrap_or(before.due_month),
                due_day: u8::try_from(whole(2)?).map_err(|_| out_of_range())?,
                near_days: u16::try_from(whole(3)?).map_err(|_| out_of_range())?,
                thresholds: Thresholds { behind: number(4)?, far_behind: number(5)? },
                ..before.clone()
            };
            entry::put_settings(book, settings).map_err(refused)
        }
        _ => Ok(Vec::new()),
    }
}

/// Narrows the list by the filter sheet on top, which closes. Nothing is written.
pub(super) fn take_filters(state: &mut State) {
    let Some(Popup::Sheet(sheet)) = state.popups.pop() else { return };
    let list = &mut state.list;
    let at = |slot: usize| sheet.chosen(slot).checked_sub(1);
    list.light = at(0).and_then(|at| Light::ALL.get(at)).copied();
    list.status = at(1).and_then(|at| Status::ALL.get(at)).copied();
    list.filing = at(2).and_then(|at| FilingState::ALL.get(at)).copied();
    list.late = at(3).is_some();
    narrowed(state);
}

/// The task list shows something else: it comes to the front, from its top.
fn narrowed(state: &mut State) {
    (state.screen, state.focus, state.find) = (Screen::Tasks, Focus::List, None);
    state.refill();
    state.list.to_top();
}

/// Shows the task list as a saved view has it.
pub(super) fn apply(state: &mut State, name: &str) {
    let Some(book) = state.book() else { return };
    let Some(view) = book.views().map(|(view, _)| view.clone()).find(|view| *view.name == *name) else { return };
    state.popups.clear();
    narrow(state, &view);
    state.say(state.lang().fill(Say::ViewShown, &[&view.name]), true);
}

/// Narrows the task list as a view does.
pub(super) fn narrow(state: &mut State, view: &View) {
    state.list.take_view(view);
    narrowed(state);
}

/// Removes a saved view.
pub(super) fn remove(state: &State, name: &Arc<str>) -> Vec<Effect> {
    let Some(book) = state.book() else { return Vec::new() };
    let writes = entry::put_view(&book, name, None).unwrap_or_default();
    if writes.is_empty() { Vec::new() } else { vec![Effect::Commit(Intent::View, writes)] }
}

/// The lists of periods and of documents open on the one that is shown.
pub(super) fn stand_on_shown(state: &mut State) {
    let Some(book) = state.book() else { return };
    let period = Picking::periods(&book).position(|period| period == state.period);
    let document = state.ledger.documents().position(|document| document.id == state.document);
    if let Some(Popup::Pick(pick)) = state.popups.last_mut() {
        let at = match pick.of {
            Picking::Periods => period,
            Picking::Documents => document,
            _ => None,
        };
        pick.cursor.at = at.unwrap_or(pick.cursor.at);
    }
}

/// Shows another document: its list from the top, in its own current period, without filters.
pub(super) fn show_document(state: &mut State, document: DocumentId) {
    let Some(book) = Book::open(&state.ledger, &document) else { return };
    let Some(period) = book.document().current_period(state.setup.today) else { return };
    let said = state.lang().fill(Say::DocumentShown, &[&book.document().title]);
    state.cache = super::super::cache::Cache::of(&book);
    (state.document, state.period) = (document, period);
    state.popups.clear();
    state.list = ItemList::default();
    state.matrix = Matrix::default();
    (state.leaders, state.units) = (Cursor::default(), Cursor::default());
    (state.check, state.targets, state.lost) = (Cursor::default(), Cursor::default(), false);
    state.board = Board::new(For::All);
    (state.shown, state.scroll) = (What::Bulletin, 0);
    state.resting_on = None;
    (state.screen, state.focus, state.find) = (Screen::Tasks, Focus::List, None);
    state.rename();
    state.refill();
    state.rest();
    state.say(said, true);
}
