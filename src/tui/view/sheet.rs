//! A small form: notes, labelled fields, and what is wrong.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::canvas::{Canvas, cells};
use super::super::layout::Layout;
use super::super::sheet::{Input, Sheet, Slot};
use super::super::state::State;
use super::form::{edited_by, three};
use super::popups::middle;
use crate::text::width::{head, pad, truncate, width};
use crate::text::wrap::wrap;

/// Columns of a sheet with its frame, where the terminal has them.
const COLUMNS: usize = 76;
/// The widest label.
const LABEL: usize = 16;
/// Rows of a field of several lines, where there is room.
const LINES: usize = 4;
/// The most rows of notes, and of what is wrong.
const NOTES: usize = 5;
const PROBLEM: usize = 3;

/// Draws the sheet; answers the caret.
pub(super) fn draw(state: &State, sheet: &Sheet, buffer: &mut Buffer, layout: &Layout) -> Option<Position> {
    let theme = state.theme;
    let columns = COLUMNS.min(usize::from(layout.body.width)).saturating_sub(4);
    let problem = wrapped(state, sheet.problem.as_deref().or(sheet.came.as_deref()).into_iter(), columns, PROBLEM);
    let sides = |slot: &Slot| slot.sides.asked().map(|clash| three(state, clash, columns.saturating_sub(2), 2));
    let sides: Vec<Vec<String>> = sheet.slots.iter().map(|slot| sides(slot).unwrap_or_default()).collect();
    let all = usize::from(layout.body.height).saturating_sub(2);
    let key = sheet.purpose.key(&state.document, sheet.period);
    let edited = key.and_then(|key| edited_by(state, &key));
    let least = sheet.slots.len()
        + problem.len()
        + 1
        + usize::from(edited.is_some())
        + sides.iter().map(Vec::len).sum::<usize>();
    let notes =
        wrapped(state, sheet.notes.iter().map(String::as_str), columns, NOTES.min(all.saturating_sub(least + 1)));
    let gap = usize::from(!notes.is_empty());
    let spare = all.saturating_sub(least + notes.len() + gap);
    let tall = sheet.slots.iter().filter(|slot| slot.input.has_lines()).count();
    let extra = spare.checked_div(tall).unwrap_or(0).min(LINES - 1);
    let rows = least + notes.len() + gap + extra * tall;
    let area = middle(layout, columns + 4, rows + 2);
    let frame = Canvas::new(buffer, area, state.glyphs()).frame(&sheet.title, theme.focused());
    // A blank column at either side.
    let inside = Rect::new(frame.x + 1, frame.y, frame.width.saturating_sub(2), frame.height);
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    let mut y = 0;
    if let Some((text, style)) = &edited {
        canvas.put(0, y, columns, text, *style);
        y += 1;
    }
    for note in &notes {
        canvas.put(0, y, columns, note, theme.text());
        y += 1;
    }
    y += gap;
    let label = sheet.slots.iter().map(|slot| width(&slot.label)).max().unwrap_or(0).min(LABEL) + 2;
    let mut caret = None;
    for (at, slot) in sheet.slots.iter().enumerate() {
        let focused = at == sheet.focus;
        let style = if focused { theme.focused() } else { theme.title() };
        let mark = match (focused, &slot.sides.taken) {
            (true, _) => ">",
            (false, Some(_)) => "+",
            (false, None) => " ",
        };
        let mut canvas = Canvas::new(buffer, inside, state.glyphs());
        canvas.put(0, y, label, &format!("{mark}{}", pad(&slot.label, label - 1)), style);
        let height = if slot.input.has_lines() { 1 + extra } else { 1 };
        let place = Rect::new(
            inside.x + cells(label),
            inside.y + cells(y),
            inside.width.saturating_sub(cells(label)),
            cells(height.min(usize::from(inside.height).saturating_sub(y))),
        );
        let at_field = match &slot.input {
            Input::Text(field) => field.draw(place, buffer),
            Input::Choice(words, at) => Some(choice(state, (words, *at), focused, buffer, place)),
        };
        caret = if focused { at_field } else { caret };
        y += height;
        let mut canvas = Canvas::new(buffer, inside, state.glyphs());
        for line in sides.get(at).into_iter().flatten() {
            canvas.put(2, y, columns, line, theme.warn());
            y += 1;
        }
    }
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    let from = canvas.rows().saturating_sub(problem.len());
    for (at, line) in problem.iter().enumerate() {
        canvas.put(0, from + at, columns, line, if sheet.problem.is_some() { theme.bad() } else { theme.warn() });
    }
    caret
}

/// The words of a choice, the chosen one in brackets; where they do not fit, that one alone between arrows.
fn choice(state: &State, (words, at): (&[String], usize), focused: bool, buffer: &mut Buffer, place: Rect) -> Position {
    let theme = state.theme;
    let mut canvas = Canvas::new(buffer, place, state.glyphs());
    let columns = canvas.columns();
    let chosen = if focused { theme.selected() } else { theme.title() };
    let all: usize = words.iter().map(|word| width(word) + 3).sum();
    if all > columns + 1 {
        let which = format!("  {}/{}", at + 1, words.len());
        let word = words.get(at).map(String::as_str).unwrap_or_default();
        // Between `< [` and `] >` and which it is.
        let word = truncate(word, columns.saturating_sub(6 + width(&which)), state.glyphs().ellipsis);
        let x = canvas.put(0, 0, columns, "< ", theme.key());
        let end = canvas.put(x, 0, columns, &format!("[{word}]"), chosen);
        let end = canvas.put(end, 0, columns, " >", theme.key());
        canvas.put(end, 0, columns, &which, theme.text());
        return Position::new(place.x + cells(x), place.y);
    }
    let mut x = 0;
    let mut caret = 0;
    for (no, word) in words.iter().enumerate() {
        if no == at {
            caret = x;
            x = canvas.put(x, 0, columns, &format!("[{word}]"), chosen) + 1;
        } else {
            x = canvas.put(x, 0, columns, &format!(" {word} "), theme.text()) + 1;
        }
    }
    Position::new(place.x + cells(caret), place.y)
}

/// Paragraphs as at most `most` lines, the last with an ellipsis where there is more.
pub(super) fn wrapped<'a>(
    state: &State,
    paragraphs: impl Iterator<Item = &'a str>,
    columns: usize,
    most: usize,
) -> Vec<String> {
    let ellipsis = state.glyphs().ellipsis;
    let mut lines: Vec<String> = paragraphs.flat_map(|text| wrap(text, columns)).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = format!("{}{ellipsis}", head(last, columns.saturating_sub(width(ellipsis))));
        }
    }
    lines
}
