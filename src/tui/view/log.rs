//! 日志: who changed what, when.

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::State;
use crate::catalog::{Lang, Say};
use crate::model::{Commit, clock};
use crate::report::changes::told;
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
    let commits = &state.commits;
    for (y, (at, sealed)) in commits.iter().rev().enumerate().skip(state.log.top).take(rows).enumerate() {
        let y = y + 2;
        let before = commits.iter().rev().nth(at + 1).map(|sealed| sealed.commit.as_ref());
        let back = clock::set_back(before, &sealed.commit);
        if at == state.log.at {
            canvas.put(0, y, 1, ">", theme.title());
        }
        canvas.put(1, y, columns, &summary(lang, &sealed.commit, back.as_ref()), theme.text());
    }
}

/// A commit in one line.
fn summary(lang: Lang, commit: &Commit, back: Option<&DateTime<FixedOffset>>) -> String {
    let head = format!(
        "{} {} {} {}",
        pad(&format!("#{}", commit.seq), 7),
        commit.at.format("%m-%d %H:%M"),
        pad(&commit.actor.name, 10),
        pad(lang.intent(commit.intent), 10)
    );
    let what = match (commit.undoes, back) {
        (Some(undone), None) => format!("#{undone}"),
        _ => told(lang, commit, back),
    };
    format!("{head} {what}")
}
