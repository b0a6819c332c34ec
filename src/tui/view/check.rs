//! 核对: what the reading of the document left open and what it corrected, the line as printed beside the reading.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::canvas::{Canvas, cells};
use super::super::layout::Layout;
use super::super::state::State;
use super::detail::{Line, draw_lines};
use super::items::shown_key;
use crate::catalog::Say;
use crate::model::{Finding, Record};
use crate::text::width::{pad, width};
use crate::text::wrap::wrap;

/// Rows of the list above the finding itself.
pub(in super::super) fn rows(layout: &Layout) -> usize {
    (Layout::list_rows(layout.main) / 3).max(3)
}

pub(super) fn draw(state: &State, buffer: &mut Buffer, layout: &Layout) {
    let lang = state.lang();
    let theme = state.theme;
    let Some(book) = state.book() else { return };
    let mut canvas = Canvas::new(buffer, layout.main, state.glyphs());
    let columns = canvas.columns();
    let title = lang.fill(Say::CheckTitle, &[&state.cache.open, &(state.cache.findings.len() - state.cache.open)]);
    let end = canvas.put(0, 0, columns, &title, theme.focused());
    // The other part, where there is room to name it.
    let other = lang.fill(Say::CheckOtherPart, &[&lang.say(Say::CmdTargets), &state.cache.targets.len()]);
    if end + 2 + width(&other) <= columns {
        canvas.put_right(columns, 0, &other, theme.text());
    }
    let shown = rows(layout);
    for (y, (at, (key, item))) in state.cache.findings.iter().enumerate().skip(state.check.top).take(shown).enumerate()
    {
        let Some(finding) = state.ledger.get(key).and_then(|entry| finding_of(&entry.record)) else { continue };
        let y = y + 1;
        let here = at == state.check.at;
        if here {
            canvas.put(0, y, 1, ">", theme.title());
        }
        let number = item.map(|item| shown_key(&book, item)).unwrap_or_default();
        let (mark, style) =
            if finding.is_open() { (Say::MarkOpen, theme.warn()) } else { (Say::MarkDone, theme.good()) };
        let x = canvas.put(1, y, 6, &pad(lang.say(mark), 6), style);
        let line = lang.fill(Say::SourceLine, &[&finding.line]);
        let text = format!("{} {} {}", pad(&line, 10), pad(&number, 7), finding.what);
        canvas.put(x, y, columns, &text, if here { theme.title() } else { theme.text() });
    }
    canvas.rule(1 + shown, theme.text());
    let below = layout.main.height.saturating_sub(cells(shown + 2));
    let area = Rect::new(layout.main.x, layout.main.y + cells(shown + 2), layout.main.width, below);
    let Some(finding) = state.finding().and_then(|key| finding_of(&state.ledger.get(key)?.record)) else { return };
    let text = lines(state, finding, columns);
    draw_lines(state, buffer, area, &text, 0);
}

fn finding_of(record: &Record) -> Option<&Finding> {
    match record {
        Record::Finding(finding) => Some(finding),
        _ => None,
    }
}

fn lines(state: &State, finding: &Finding, columns: usize) -> Vec<Line> {
    let lang = state.lang();
    let theme = state.theme;
    let mut lines = Vec::new();
    let mut part = |label: Say, text: &str| {
        let label = pad(lang.say(label), 10);
        for (at, line) in wrap(text, columns.saturating_sub(10).max(1)).into_iter().enumerate() {
            let head = if at == 0 { label.clone() } else { " ".repeat(10) };
            lines.push((format!("{head}{line}"), theme.text()));
        }
    };
    part(Say::LabelPrinted, &finding.printed.replace('\t', "|"));
    part(Say::LabelReading, &finding.reading);
    part(Say::LabelSure, lang.confidence(finding.confidence));
    part(Say::LabelWhy, &finding.why);
    for (at, alternative) in finding.alternatives.iter().enumerate() {
        let letter = char::from(b'a' + u8::try_from(at).unwrap_or(25).min(25));
        let chosen = finding.settled.is_some_and(|settled| usize::from(settled) == at);
        let mark = if chosen { state.glyphs().agrees } else { " " };
        let style = if chosen { theme.good() } else { theme.key() };
        let head = format!("{mark} {letter}  ");
        let text = format!("{}（{}）", alternative.reading, alternative.why);
        for (at, line) in wrap(&text, columns.saturating_sub(5).max(1)).into_iter().enumerate() {
            let head = if at == 0 { head.clone() } else { " ".repeat(5) };
            lines.push((format!("{head}{line}"), if at == 0 { style } else { theme.text() }));
        }
    }
    lines
}
