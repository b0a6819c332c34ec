//! The chain of an item: who did what to it when, the newest first, each with its words.

use ratatui::style::Style;

use super::super::state::State;
use super::detail::Line;
use crate::catalog::Say;
use crate::model::former::history;
use crate::model::{Intent, ItemKey};
use crate::report::chain::link;
use crate::text::width::width;
use crate::text::wrap::wrap;

/// The chain as lines of at most `columns`. It holds what is known of the history: all of it once that has come.
pub(super) fn lines(state: &State, item: ItemKey, columns: usize) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    let Some(book) = state.book() else { return Vec::new() };
    let colon = lang.say(Say::Colon);
    let mut lines: Vec<Line> = Vec::new();
    let commits = state.commits.iter().map(|sealed| sealed.commit.as_ref());
    for (commit, changes) in history(commits, &state.document, item).into_iter().rev() {
        for change in changes.iter().rev().filter(|change| change.key.about().is_some()) {
            let link = link(&book, commit.intent, change, lang);
            let what = match commit.undoes {
                Some(undone) => format!("{} #{undone}{colon}{}", lang.intent(commit.intent), link.what),
                // What nobody here did says so.
                None if matches!(commit.intent, Intent::Demo | Intent::Import)
                    && link.what != lang.intent(commit.intent) =>
                {
                    format!("{}{colon}{}", lang.intent(commit.intent), link.what)
                }
                None => link.what,
            };
            let at = commit.at.format("%Y-%m-%d %H:%M");
            if !lines.is_empty() {
                lines.push((String::new(), theme.text()));
            }
            lines.push((format!("{at}  {}  {what}  #{}", commit.actor.name, commit.seq), theme.title()));
            for (label, text) in link.words {
                lines.extend(worded(&label, &text, columns, theme.text()));
            }
        }
    }
    if lines.is_empty() {
        lines.push((lang.say(Say::NoHistory).to_owned(), theme.text()));
    }
    lines
}

/// A text behind its label, which may be empty, wrapped beside it.
pub(super) fn worded(label: &str, text: &str, columns: usize, style: Style) -> Vec<Line> {
    let head = if label.is_empty() { "  ".to_owned() } else { format!("  {label}  ") };
    let room = columns.saturating_sub(width(&head)).max(1);
    let beside = " ".repeat(width(&head));
    let lines = wrap(text, room).into_iter().enumerate();
    lines.map(|(at, line)| (format!("{}{line}", if at == 0 { &head } else { &beside }), style)).collect()
}
