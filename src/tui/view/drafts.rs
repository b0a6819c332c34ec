//! Drafts from before: when each was left, what it is of, and the words themselves.

use ratatui::buffer::Buffer;

use super::super::canvas::Canvas;
use super::super::command::Context;
use super::super::layout::Layout;
use super::super::state::State;
use super::super::update::AS;
use super::popups::middle;
use super::who::short;
use crate::catalog::Say;
use crate::model::Of;
use crate::store::drafts::{Draft, WAS};

/// The most drafts that are shown at once.
const MOST: usize = 10;

pub(super) fn draw(state: &State, (drafts, at): (&[Draft], usize), buffer: &mut Buffer, layout: &Layout) {
    let (lang, theme) = (state.lang(), state.theme);
    // Below them an empty line and the keys.
    let area = middle(layout, 70, drafts.len().min(MOST) + 4);
    let inside = Canvas::new(buffer, area, state.glyphs()).frame(lang.say(Say::DraftsTitle), theme.warn());
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    let columns = canvas.columns();
    let room = canvas.rows().saturating_sub(2);
    let top = (at + 1).saturating_sub(room);
    for (y, (place, draft)) in drafts.iter().enumerate().skip(top).take(room).enumerate() {
        let style = if place == at { theme.selected() } else { theme.text() };
        canvas.put(0, y, columns, &line(state, draft), style);
    }
    let hints = super::footer::hints(state, &[Context::Drafts]);
    let line: Vec<String> = hints.iter().map(|(key, name)| format!("{key} {name}")).collect();
    canvas.put(0, canvas.rows().saturating_sub(1), columns, &line.join("   "), theme.key());
}

/// 09-30 09:00 5 2024年三季度  完成两个项目
fn line(state: &State, draft: &Draft) -> String {
    let lang = state.lang();
    let period = match &draft.key.of {
        Of::Filing(_, period) | Of::Done(_, _, period) => format!(" {}", lang.period(*period)),
        _ => String::new(),
    };
    let elsewhere = if draft.elsewhere { lang.say(Say::DraftElsewhere) } else { "" };
    let texts = draft.fields.iter().filter(|(name, _)| !name.starts_with(WAS) && !name.starts_with(AS));
    let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).filter(|text| !text.is_empty()).collect();
    let (when, what) = (draft.at.format("%m-%d %H:%M"), short(state, &draft.key));
    format!("{when} {what}{period}{elsewhere}  {}", texts.join(" / ")).replace(['\t', '\r', '\n'], " ")
}
