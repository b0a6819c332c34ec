//! 核对: what the reading of the document left open and what it corrected. The lines of the document on one side, the place marked;
//! on the other the list, and how the place is read.
//!
//! Wide screens have the original at the left; narrow ones between the list and the reading.

mod original;
mod reading;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::State;
use super::detail::{Line, draw_lines};
use super::items::shown_key;
use crate::catalog::Say;
use crate::model::{Finding, QuotaRow, Record};
use crate::text::width::{pad, width};

/// From this width on the original stands beside the reading.
const WIDE: u16 = 110;

/// The parts of the screen.
struct Places {
    /// The title with its list below.
    list: Rect,
    original: Rect,
    reading: Rect,
    /// Where a rule stands above the original, on narrow screens.
    rule: Option<u16>,
    /// Where a rule stands above the reading.
    below: u16,
}

impl Places {
    fn of(layout: &Layout) -> Self {
        let main = layout.main;
        let part = |y: u16, height: u16| Rect::new(main.x, y, main.width, height);
        if main.width >= WIDE {
            let left = main.width * 9 / 20;
            let right = |y: u16, height: u16| Rect::new(main.x + left + 1, y, main.width - left - 1, height);
            let list = (main.height / 3).max(4);
            let rest = main.height.saturating_sub(list + 1);
            return Self {
                list: right(main.y, list),
                original: Rect::new(main.x, main.y, left, main.height),
                reading: right(main.y + list + 1, rest),
                rule: None,
                below: main.y + list,
            };
        }
        let list = (main.height / 4).max(3);
        let original = (main.height / 4).max(3);
        let rest = main.height.saturating_sub(list + original + 2);
        Self {
            list: part(main.y, list),
            original: part(main.y + list + 1, original),
            reading: part(main.y + list + original + 2, rest),
            rule: Some(main.y + list),
            below: main.y + list + 1 + original,
        }
    }
}

/// Rows of the list.
pub(in super::super) fn rows(layout: &Layout) -> usize {
    usize::from(Places::of(layout).list.height).saturating_sub(1)
}

/// How far the original can be scrolled up and down, and the reading down.
pub(in super::super) fn reach(state: &State, layout: &Layout) -> ((i32, i32), usize) {
    let places = Places::of(layout);
    let Some(entry) = entry(state) else { return ((0, 0), 0) };
    let lines = entry.lines(state, usize::from(places.reading.width)).len();
    (original::reach(state, places.original, entry.line()), lines.saturating_sub(usize::from(places.reading.height)))
}

/// What is under the cursor.
enum Entry<'a> {
    Finding(&'a Finding),
    /// A row whose areas do not add up to its total.
    Sum(&'a QuotaRow),
}

impl Entry<'_> {
    fn of(record: &Record) -> Option<Entry<'_>> {
        match record {
            Record::Finding(finding) => Some(Entry::Finding(finding)),
            Record::Row(row) => Some(Entry::Sum(row)),
            _ => None,
        }
    }

    const fn line(&self) -> u32 {
        match self {
            Self::Finding(finding) => finding.line,
            Self::Sum(row) => row.line,
        }
    }

    fn printed(&self) -> &str {
        match self {
            Self::Finding(finding) => &finding.printed,
            Self::Sum(_) => "",
        }
    }

    fn lines(&self, state: &State, columns: usize) -> Vec<Line> {
        match self {
            Self::Finding(finding) => reading::of_finding(state, finding, columns),
            Self::Sum(row) => reading::of_row(state, row, columns),
        }
    }
}

fn entry(state: &State) -> Option<Entry<'_>> {
    Entry::of(&state.ledger.get(state.finding()?)?.record)
}

pub(super) fn draw(state: &State, buffer: &mut Buffer, layout: &Layout) {
    let places = Places::of(layout);
    list(state, buffer, places.list);
    let rule = |y: u16, area: Rect, buffer: &mut Buffer| {
        let line = Rect::new(area.x, y, area.width, 1);
        Canvas::new(buffer, line, state.glyphs()).rule(0, state.theme.text());
    };
    if let Some(y) = places.rule {
        rule(y, layout.main, buffer);
    } else {
        let upright = Rect::new(places.list.x.saturating_sub(1), layout.main.y, 1, layout.main.height);
        Canvas::new(buffer, upright, state.glyphs()).upright(0, state.theme.text());
    }
    rule(places.below, places.reading, buffer);
    let Some(entry) = entry(state) else { return };
    original::draw(state, buffer, places.original, (entry.line(), entry.printed()));
    let lines = entry.lines(state, usize::from(places.reading.width));
    let last = lines.len().saturating_sub(usize::from(places.reading.height));
    draw_lines(state, buffer, places.reading, &lines, state.checking.reading_by.min(last));
}

/// How much is settled, and the findings, those that are open first.
fn list(state: &State, buffer: &mut Buffer, area: Rect) {
    let (lang, theme) = (state.lang(), state.theme);
    let Some(book) = state.book() else { return };
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    let (settled, asked) = (state.cache.asked - state.cache.open, state.cache.asked);
    let title = lang.fill(Say::CheckProgress, &[&settled, &asked, &(state.cache.findings.len() - asked)]);
    let end = canvas.put(0, 0, columns, &title, theme.focused());
    // The other part, where there is room to name it.
    let other = lang.fill(Say::CheckOtherPart, &[&lang.say(Say::CmdTargets), &state.cache.targets.len()]);
    if end + 2 + width(&other) <= columns {
        canvas.put_right(columns, 0, &other, theme.text());
    }
    let shown = usize::from(area.height).saturating_sub(1);
    let lines = state.cache.findings.iter().enumerate().skip(state.check.top).take(shown).enumerate();
    for (y, (at, (key, item))) in lines {
        let Some(entry) = state.ledger.get(key).and_then(|entry| Entry::of(&entry.record)) else { continue };
        let y = y + 1;
        let here = at == state.check.at && !state.lost;
        if here {
            canvas.put(0, y, 1, ">", theme.title());
        }
        let number = item.map(|item| shown_key(&book, item)).unwrap_or_default();
        let (mark, style, what) = match &entry {
            Entry::Finding(finding) if finding.is_open() => (Say::MarkOpen, theme.warn(), finding.what.as_str()),
            Entry::Finding(finding) if finding.asks() => (Say::MarkDone, theme.good(), finding.what.as_str()),
            Entry::Finding(finding) => (Say::MarkCorrected, theme.text(), finding.what.as_str()),
            Entry::Sum(_) => (Say::MarkLook, theme.warn(), lang.say(Say::CheckSumDiffers)),
        };
        let x = canvas.put(1, y, 6, &pad(lang.say(mark), 6), style);
        let line = lang.fill(Say::SourceLine, &[&entry.line()]);
        let text = format!("{} {} {what}", pad(&line, 10), pad(&number, 7));
        canvas.put(x, y, columns.saturating_sub(x), &text, if here { theme.title() } else { theme.text() });
    }
    if state.cache.findings.is_empty() {
        canvas.put(1, 1, columns, lang.say(Say::NothingOpen), theme.text());
    }
}
