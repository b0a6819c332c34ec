//! The lines of the document around a place, the place marked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::canvas::Canvas;
use super::super::super::original::Original;
use super::super::super::state::State;
use crate::catalog::Say;
use crate::text::width::pad_start;
use crate::text::wrap::wrap;

/// Columns of a line's number with its mark and a blank.
const GUTTER: usize = 7;
/// Lines of the file that are laid out on either side of the place; more are never seen at once.
const AROUND: usize = 400;

/// A row of the pane.
struct Row {
    text: String,
    /// It belongs to the place.
    marked: bool,
}

/// Draws the pane: a title, then the lines around line `at`, from 1.
pub(super) fn draw(state: &State, buffer: &mut Buffer, area: Rect, (at, printed): (u32, &str)) {
    let (lang, theme) = (state.lang(), state.theme);
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    let file = state.book().map(|book| book.document().source.file.clone()).unwrap_or_default();
    canvas.put(0, 0, columns, &lang.fill(Say::CheckOriginal, &[&file, &at]), theme.title());
    let rows = canvas.rows().saturating_sub(1);
    let lines = match &state.checking.original {
        Original::Lines(lines) => lines,
        Original::Missing(why) => {
            for (y, line) in wrap(why, columns.max(1)).iter().take(rows).enumerate() {
                canvas.put(0, y + 1, columns, line, theme.warn());
            }
            return;
        }
        Original::Coming | Original::Unasked => {
            canvas.put(0, 1, columns, lang.say(Say::CheckComing), theme.text());
            return;
        }
    };
    let (all, first) = around(lines, usize::try_from(at).unwrap_or(0), columns);
    let from = top(first, all.len(), (rows, state.checking.original_by));
    for (y, row) in all.iter().skip(from).take(rows).enumerate() {
        let style = if row.marked { theme.marked() } else { theme.text() };
        canvas.put(0, y + 1, columns, &row.text, style);
        if row.marked {
            mark_words(&mut canvas, (y + 1, columns), row, (printed, style.patch(theme.phrase())));
        }
    }
}

/// Words that are quoted of a longer line are marked in it.
fn mark_words(
    canvas: &mut Canvas<'_>,
    (y, columns): (usize, usize),
    row: &Row,
    (printed, style): (&str, ratatui::style::Style),
) {
    let printed = printed.trim();
    let Some(start) = row.text.find(printed).filter(|_| !printed.is_empty()) else { return };
    let before = row.text.get(..start).map_or(0, crate::text::width::width);
    canvas.put(before, y, columns.saturating_sub(before), printed, style);
}

/// The first row shown: the place at a third of the pane, moved by as much as was scrolled.
fn top(first: usize, all: usize, (rows, by): (usize, i32)) -> usize {
    let wished = i64::try_from(first).unwrap_or(0) - i64::try_from(rows / 3).unwrap_or(0) + i64::from(by);
    let last = all.saturating_sub(rows.max(1));
    usize::try_from(wished.max(0)).unwrap_or(0).min(last)
}

/// How far the original can be scrolled up and down from its place.
pub(super) fn reach(state: &State, area: Rect, at: u32) -> (i32, i32) {
    let Original::Lines(lines) = &state.checking.original else { return (0, 0) };
    let rows = usize::from(area.height).saturating_sub(1);
    let (all, first) = around(lines, usize::try_from(at).unwrap_or(0), usize::from(area.width));
    let place = |top: usize| i32::try_from(top).unwrap_or(i32::MAX);
    let start = place(first) - place(rows / 3);
    (-start.max(0), place(all.len().saturating_sub(rows.max(1))) - start)
}

/// The rows around a line, and which of them the line begins on. Empty lines of the page are left out.
fn around(lines: &[String], at: usize, columns: usize) -> (Vec<Row>, usize) {
    let room = columns.saturating_sub(GUTTER).max(1);
    let from = at.saturating_sub(AROUND);
    let (mut rows, mut first) = (Vec::new(), 0);
    for (no, line) in (1..).zip(lines).skip(from.saturating_sub(1)).take(2 * AROUND) {
        let marked = no == at;
        if line.trim().is_empty() && !marked {
            continue;
        }
        if marked {
            first = rows.len();
        }
        let shown = line.trim_end().replace('\t', "｜");
        for (part, text) in wrap(&shown, room).into_iter().enumerate() {
            let number = if part == 0 { no.to_string() } else { String::new() };
            let mark = if marked && part == 0 { ">" } else { " " };
            rows.push(Row { text: format!("{mark}{} {text}", pad_start(&number, GUTTER - 2)), marked });
        }
    }
    (rows, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> Vec<String> {
        (1..=count).map(|no| if no % 2 == 0 { String::new() } else { format!("第{no}行的字") }).collect()
    }

    #[test]
    fn the_place_is_marked_and_the_lines_around_it_keep_their_numbers() {
        let (rows, first) = around(&lines(9), 5, 40);
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        assert_eq!(
            texts,
            ["     1 第1行的字", "     3 第3行的字", ">    5 第5行的字", "     7 第7行的字", "     9 第9行的字"]
        );
        assert_eq!(first, 2);
        assert_eq!(rows.iter().filter(|row| row.marked).count(), 1);
    }

    #[test]
    fn a_place_far_down_a_long_document_lays_out_only_what_is_near() {
        let (rows, first) = around(&lines(100_000), 50_001, 40);
        assert!(rows.len() <= 2 * AROUND);
        assert!(rows[first].text.contains("第50001行"));
    }

    #[test]
    fn the_place_stands_at_a_third_and_scrolling_ends_at_the_ends() {
        assert_eq!(top(50, 100, (9, 0)), 47);
        assert_eq!(top(50, 100, (9, -60)), 0);
        assert_eq!(top(50, 100, (9, 900)), 91);
        assert_eq!(top(1, 4, (9, 0)), 0);
    }
}
