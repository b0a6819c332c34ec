//! 日志: who changed what, when.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::State;
use crate::catalog::{Lang, Say};
use crate::model::Commit;
use crate::report::changes::changes;
use crate::text::width::pad;

pub(super) fn draw(state: &State, buffer: &mut Buffer, area: Rect) {
    let lang = state.lang();
    let theme = state.theme;
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    let title = format!("{} {}", lang.say(Say::CmdLog), state.ledger.head().seq);
    canvas.put(0, 0, columns, &title, theme.focused());
    canvas.put(1, 1, columns, lang.say(Say::LogHead), theme.title());
    let rows = Layout::list_rows(area);
    for (y, (at, sealed)) in state.commits.iter().rev().enumerate().skip(state.log.top).take(rows).enumerate() {
        let y = y + 2;
        if at == state.log.at {
            canvas.put(0, y, 1, ">", theme.title());
        }
        canvas.put(1, y, columns, &summary(lang, &sealed.commit), theme.text());
    }
}

/// A commit in one line.
fn summary(lang: Lang, commit: &Commit) -> String {
    let head = format!(
        "{} {} {} {}",
        pad(&format!("#{}", commit.seq), 7),
        commit.at.format("%m-%d %H:%M"),
        pad(&commit.actor.name, 10),
        pad(lang.intent(commit.intent), 10)
    );
    let what = match commit.undoes {
        Some(undone) => format!("#{undone}"),
        None => changes(lang, &commit.changes),
    };
    format!("{head} {what}")
}
