//! 核对's second part: the targets as they were read, with the words around them, for a clerk to correct.

use ratatui::buffer::Buffer;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::State;
use super::items::shown_key;
use crate::catalog::Say;
use crate::model::{Target, Task};
use crate::report::why;
use crate::text::width::{fit, pad_start, truncate, width};

pub(super) fn draw(state: &State, buffer: &mut Buffer, layout: &Layout) {
    let lang = state.lang();
    let theme = state.theme;
    let Some(book) = state.book() else { return };
    let mut canvas = Canvas::new(buffer, layout.main, state.glyphs());
    let columns = canvas.columns();
    let all = state.cache.targets.len();
    let place = if all == 0 { 0 } else { state.targets.at + 1 };
    canvas.put(0, 0, columns, &lang.fill(Say::CheckTargetsTitle, &[&place, &all]), theme.focused());
    let (key_columns, name) = (state.cache.keys.0, (columns * 2 / 5).min(44));
    let rows = rows(layout);
    for (y, (at, (item, no))) in state.cache.targets.iter().enumerate().skip(state.targets.top).take(rows).enumerate() {
        let Some((task, (target, _))) = book.task(*item).zip(book.target(*item, *no)) else { continue };
        let y = y + 1;
        let here = at == state.targets.at && !state.lost;
        if here {
            canvas.put(0, y, 1, ">", theme.title());
        }
        let key = pad_start(&shown_key(&book, *item), key_columns);
        canvas.put(1, y, key_columns, &key, if here { theme.selected() } else { theme.text() });
        let text = format!("{no}. {}", why::target_text(target, lang));
        canvas.put(2 + key_columns, y, name, fit(&text, name, state.glyphs().ellipsis).trim_end(), theme.text());
        context(state, &mut canvas, (3 + key_columns + name, y), task, target);
    }
    if all == 0 {
        canvas.put(1, 2, columns, lang.say(Say::NoTargets), theme.text());
    }
}

/// Rows of the list.
pub(in super::super) fn rows(layout: &Layout) -> usize {
    usize::from(layout.main.height.saturating_sub(1))
}

/// The phrase with the words before and behind it; a clerk's own targets have none.
fn context(state: &State, canvas: &mut Canvas<'_>, (x, y): (usize, usize), task: &Task, target: &Target) {
    let theme = state.theme;
    let room = canvas.columns().saturating_sub(x);
    let start = if target.phrase.is_empty() { None } else { task.text.find(&target.phrase) };
    let Some(start) = start else {
        canvas.put(x, y, room, state.lang().say(Say::TargetByHand), theme.text());
        return;
    };
    let before = task.text.get(..start).unwrap_or_default();
    let after = task.text.get(start + target.phrase.len()..).unwrap_or_default();
    // Half of what the phrase leaves over stands before it.
    let spare = room.saturating_sub(width(&target.phrase)) / 2;
    let mut head = String::new();
    for character in before.chars().rev().take_while(|character| *character != '\n') {
        if width(&head) + width(&character.to_string()) > spare {
            break;
        }
        head.insert(0, character);
    }
    let x = canvas.put(x, y, room, &head, theme.text());
    let x = canvas.put(x, y, room, &target.phrase, theme.hit());
    let rest = canvas.columns().saturating_sub(x);
    let after = after.lines().next().unwrap_or_default();
    canvas.put(x, y, rest, &truncate(after, rest, state.glyphs().ellipsis), theme.text());
}
