//! 日志: who changed what, when; and the changes of one item.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::State;
use super::detail::Line;
use crate::catalog::{Lang, Say};
use crate::model::{Change, Commit, Filing, ItemKey, Of, Record};
use crate::text::number::plain;
use crate::text::width::pad;
use crate::text::wrap::wrap;

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
    let what = match (commit.undoes, commit.changes.as_slice()) {
        (Some(undone), _) => format!("#{undone}"),
        (None, [change]) => describe(lang, change),
        (None, changes) => lang.fill(Say::ManyRecords, &[&changes.len()]),
    };
    format!("{head} {what}")
}

/// A change in one line: what was, what is.
fn describe(lang: Lang, change: &Change) -> String {
    let of = match &change.key.of {
        Of::Filing(item, period) => format!("{item} {}", lang.period(*period)),
        Of::Done(row, area, period) => format!("{row} {area} {}", lang.period(*period)),
        Of::Item(item) => item.to_string(),
        Of::Finding(line, _) => lang.fill(Say::SourceLine, &[line]),
        Of::Unit(name) => name.to_string(),
        Of::Document => change.key.document.to_string(),
    };
    let figure = |record: Option<&Record>| match record {
        Some(Record::Done(done)) => plain(done.value),
        Some(Record::Filing(filing)) => {
            filing.percent.map(|percent| format!("{}%", plain(percent))).unwrap_or_default()
        }
        _ => String::new(),
    };
    let (old, new) = (figure(change.old.as_ref()), figure(change.new.as_ref()));
    let mut text = of;
    if old != new {
        let nothing = "/".to_owned();
        let shown = |figure: &String| if figure.is_empty() { nothing.clone() } else { figure.clone() };
        text = format!("{text}: {} -> {}", shown(&old), shown(&new));
    }
    if let Some(Record::Filing(filing)) = &change.new {
        let empty = Filing::default();
        let before = match &change.old {
            Some(Record::Filing(before)) => before,
            _ => &empty,
        };
        for (old, new) in
            [(&before.progress, &filing.progress), (&before.problems, &filing.problems), (&before.next, &filing.next)]
        {
            if old != new {
                text = format!("{text}; {}", new.replace('\n', " "));
            }
        }
    }
    text
}

/// The changes of one item, newest first.
pub(super) fn history(state: &State, item: ItemKey, columns: usize) -> Vec<Line> {
    let lang = state.lang();
    let mut lines = Vec::new();
    for sealed in state.commits.iter().rev() {
        let commit = &sealed.commit;
        for change in commit.changes.iter().filter(|change| change.key.about() == Some(item)) {
            let head = format!(
                "#{} {} {} {}",
                commit.seq,
                commit.at.format("%Y-%m-%d %H:%M"),
                commit.actor.name,
                lang.intent(commit.intent)
            );
            lines.push((head, state.theme.title()));
            lines.extend(wrap(&describe(lang, change), columns).into_iter().map(|line| (line, state.theme.text())));
        }
    }
    if lines.is_empty() {
        lines.push((lang.say(Say::NoHistory).to_owned(), state.theme.text()));
    }
    lines
}
