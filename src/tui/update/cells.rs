//! The cells of the matrix as a spreadsheet has them: type over, edit, empty, save and go on.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::command::Context;
use super::super::deed::{Deed, Motion, Onward, Screen};
use super::super::field::Field;
use super::super::input;
use super::super::key::{Code, Key, Named};
use super::super::sides::{Choice, Sides};
use super::super::state::{Figure, Popup, State};
use super::super::view::hints;
use super::drafts::{figure_key, forget, of_open};
use super::{Effect, navigate};
use crate::catalog::Say;
use crate::model::entry::{self, LooksWrong, takes_figure};
use crate::model::{Intent, ItemKey, Seq, Write};
use crate::text::number::plain;

/// Opens the figure of a cell for the period shown, with what is recorded.
pub(super) fn edit(state: &mut State, row: ItemKey, area: Arc<str>) -> Vec<Effect> {
    let recorded = state.book().and_then(|book| book.done(row, &area, state.period));
    open(state, row, area, &recorded.map(|(value, _)| plain(value)).unwrap_or_default(), false)
}

/// Opens the figure of a cell empty, for the key that begins it.
pub(super) fn type_over(state: &mut State, row: ItemKey, area: Arc<str>) -> Vec<Effect> {
    open(state, row, area, "", true)
}

fn open(state: &mut State, row: ItemKey, area: Arc<str>, text: &str, typed_over: bool) -> Vec<Effect> {
    let recorded = state.book().and_then(|book| book.done(row, &area, state.period));
    let sides = Sides::on(recorded.map(|(value, _)| plain(value)).unwrap_or_default());
    let figure = Figure {
        row,
        area,
        period: state.period,
        base: recorded.map_or(Seq::ZERO, |(_, version)| version),
        field: Field::line(text),
        sides,
        typed_over,
        asked: None,
        asking: false,
        onward: None,
        problem: None,
        saving: false,
    };
    state.popups.push(Popup::Figure(Box::new(figure)));
    Vec::new()
}

/// Takes the figure of a cell away.
pub(super) fn empty(state: &mut State, row: ItemKey, area: &str) -> Vec<Effect> {
    let Some(book) = state.book() else { return Vec::new() };
    match entry::put_done(&book, row, area, state.period, None) {
        Ok(writes) if !writes.is_empty() => vec![Effect::Commit(Intent::Quota, writes)],
        _ => Vec::new(),
    }
}

/// Writes the open figure and goes on; what does not fit is said and stays in the field. A figure lower than an earlier
/// period's is asked about first: saving it again confirms it.
pub(super) fn save(state: &mut State, onward: Option<Onward>) -> Vec<Effect> {
    let Some(Popup::Figure(figure)) = state.popups.last() else { return Vec::new() };
    if figure.saving {
        return Vec::new();
    }
    if let Some(asked) = asked(state, onward) {
        put(state, asked);
        return Vec::new();
    }
    let Some(Popup::Figure(figure)) = state.popups.last() else { return Vec::new() };
    let outcome = writes(state, figure);
    let lang = state.lang();
    let Some(Popup::Figure(figure)) = state.popups.last_mut() else { return Vec::new() };
    figure.onward = onward;
    match outcome {
        Ok(writes) if writes.is_empty() => {
            state.say(lang.say(Say::NothingChanged), true);
            close(state)
        }
        Ok(writes) => {
            (figure.saving, figure.problem) = (true, None);
            vec![Effect::Commit(Intent::Quota, writes)]
        }
        Err((problem, asked)) => {
            (figure.asked, figure.asking) = (asked, asked.is_some());
            figure.problem = Some(problem.clone());
            state.say(problem, false);
            Vec::new()
        }
    }
}

/// What saving a figure asks for; or what is said instead, with the figure that is asked about.
fn writes(state: &State, figure: &Figure) -> Result<Vec<Write>, (String, Option<Decimal>)> {
    let lang = state.lang();
    let Some(book) = state.book() else { return Ok(Vec::new()) };
    let Some(row) = book.row(figure.row) else { return Ok(Vec::new()) };
    let cell = (row, &*figure.area, figure.period);
    let value = input::done(lang, &book, cell, &figure.field.text()).map_err(|problem| (problem, None))?;
    let mut writes = entry::put_done(&book, figure.row, &figure.area, figure.period, value)
        .map_err(|why| (lang.say(super::super::answer::no_figure(why)).to_owned(), None))?;
    // Edited is what was seen when the field was opened, not what has come since.
    let key = figure_key(state, figure);
    for write in writes.iter_mut().filter(|write| write.key == key) {
        write.base = figure.base;
    }
    let doubt = value.filter(|value| figure.asked != Some(*value) && !writes.is_empty()).and_then(|value| {
        let text = match entry::looks_wrong(&book, row, &figure.area, figure.period, value)? {
            LooksWrong::Lower(period, before) => {
                lang.fill(Say::LowerThanBefore, &[&plain(value), &lang.period(period), &plain(before)])
            }
            LooksWrong::FarAbove(target) => lang.fill(Say::FarAboveTarget, &[&plain(value), &plain(target)]),
        };
        Some((text, Some(value)))
    });
    doubt.map_or(Ok(writes), Err)
}

/// The open figure is written (or was the same): it closes, its draft goes, and the cursor goes on.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    let draft = of_open(state);
    if let Some(Popup::Figure(figure)) = state.popups.pop()
        && let Some(onward) = figure.onward
        && state.screen == Screen::Matrix
        && state.item() == Some(figure.row)
    {
        go_on(state, onward);
    }
    draft.map(|draft| forget(state, &draft)).into_iter().collect()
}

/// What is said instead of saving: that an earlier save still waits, or what both sides made of the cell.
fn asked(state: &mut State, onward: Option<Onward>) -> Option<String> {
    if let Some(waits) = super::edit::still_waits(state) {
        return Some(waits);
    }
    let lang = state.lang();
    let hints: Vec<String> = hints(state, &[Context::Clash]).iter().map(|(key, name)| format!("{key}{name}")).collect();
    let Some(Popup::Figure(figure)) = state.popups.last_mut() else { return None };
    let typed = figure.field.text().trim().to_owned();
    if figure.sides.settle(&typed) {
        return None;
    }
    figure.onward = onward;
    let clash = figure.sides.asked()?;
    let shown = |text: &str| if text.is_empty() { lang.say(Say::BlockNone).to_owned() } else { text.to_owned() };
    let mine = clash.mine.clone().unwrap_or(typed);
    let (base, mine, theirs) = (shown(&clash.base), shown(&mine), shown(&clash.theirs));
    Some(lang.fill(Say::ClashFigure, &[&base, &mine, &clash.by.shown(), &theirs, &hints.join(" ")]))
}

fn put(state: &mut State, text: String) {
    if let Some(Popup::Figure(figure)) = state.popups.last_mut() {
        figure.problem = Some(text);
    }
}

/// Whose figure the cell shall have: mine is written at once, theirs is there already.
pub(super) fn decide(state: &mut State, choice: Choice) -> Vec<Effect> {
    let Some(Popup::Figure(figure)) = state.popups.last_mut() else { return Vec::new() };
    let typed = figure.field.text();
    if let Some(text) = figure.sides.decide(choice, typed.trim()) {
        figure.field.set(&text);
    }
    let onward = figure.onward;
    match choice {
        Choice::Mine => {
            figure.problem = None;
            save(state, onward)
        }
        Choice::Theirs => close(state),
        Choice::Anew => Vec::new(),
    }
}

/// A key while it is asked whether a lower figure is meant. `y` says yes; other characters were meant for another cell by
/// somebody who types ahead, so they are not taken and the question has to be answered anew. `None`: the key edits as ever.
pub(super) fn answer(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    let Some(Popup::Figure(figure)) = state.popups.last_mut() else { return None };
    if !figure.asking {
        return None;
    }
    match key.typed() {
        Some('y' | 'Y') => {
            let onward = figure.onward;
            Some(save(state, onward))
        }
        Some(_) => {
            figure.asked = None;
            Some(Vec::new())
        }
        None => {
            (figure.asking, figure.problem) = (false, None);
            None
        }
    }
}

/// Where an arrow leads from a cell that was just typed over. In one that is edited, arrows move the caret.
pub(super) fn leads_on(state: &State, key: Key) -> Option<Onward> {
    let Some(Popup::Figure(figure)) = state.popups.last() else { return None };
    let plain = figure.typed_over && !key.ctrl && !key.alt;
    let motion = match key.code {
        Code::Named(Named::Up) => Motion::Up,
        Code::Named(Named::Down) => Motion::Down,
        Code::Named(Named::Left) => Motion::Left,
        Code::Named(Named::Right) => Motion::Right,
        Code::Named(_) | Code::Char(_) | Code::F(_) => return None,
    };
    plain.then_some(Onward::Step(motion))
}

fn go_on(state: &mut State, onward: Onward) {
    match onward {
        Onward::Step(motion) => navigate::perform(state, Deed::Step(motion)),
        Onward::Cell(motion) => {
            if let Some((row, column)) = next_cell(state, motion) {
                state.matrix.cursor.at = row;
                state.matrix.column = column;
            }
        }
    }
}

/// The next cell that takes a figure: down or up its column, or right or left and over the ends of rows.
fn next_cell(state: &State, motion: Motion) -> Option<(usize, usize)> {
    let book = state.book()?;
    let (at, column) = (state.matrix.cursor.at, state.matrix.column);
    let (rows, columns) = (state.matrix.rows.len(), state.cache.columns.len());
    let takes = |(row, column): &(usize, usize)| {
        let row = state.matrix.rows.get(*row).and_then(|row| book.row(*row));
        let area = state.cache.columns.get(*column);
        row.zip(area).is_some_and(|(row, area)| takes_figure(row, area).is_ok())
    };
    let cells = |row: usize| (0..columns).map(move |column| (row, column));
    match motion {
        Motion::Down => (at + 1..rows).map(|row| (row, column)).find(takes),
        Motion::Up => (0..at).rev().map(|row| (row, column)).find(takes),
        Motion::Right => (at..rows).flat_map(cells).filter(|cell| *cell > (at, column)).find(takes),
        Motion::Left => (0..=at).rev().flat_map(|row| cells(row).rev()).filter(|cell| *cell < (at, column)).find(takes),
        Motion::PageUp | Motion::PageDown | Motion::Top | Motion::Bottom => None,
    }
}
