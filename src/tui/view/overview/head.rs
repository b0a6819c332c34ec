//! The head of a board: tasks and rows by status with percentages, lights, what is filed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::board::Board;
use super::super::super::canvas::Canvas;
use super::super::super::state::State;
use super::super::usual_light;
use crate::catalog::Say;
use crate::model::{FilingState, Light, Status};
use crate::report::summary::Counts;
use crate::text::number::{percent1, plain};
use crate::text::width::{pad, pad_start, width};

/// Columns of the names of the lines.
const NAME: usize = 9;

/// Which counts have a line: those of something.
fn lines(board: &Board) -> Vec<(Say, &Counts)> {
    let summary = &board.figures.summary;
    let all = [(Say::CmdTasks, &summary.tasks), (Say::CmdMatrix, &summary.rows)];
    all.into_iter().filter(|(_, counts)| counts.total() > 0).collect()
}

/// Rows of the head: the names of the statuses, a line of tasks, one of rows, the lights.
pub(super) fn rows(board: &Board) -> u16 {
    super::super::super::canvas::cells(lines(board).len() + 2)
}

pub(super) fn draw(state: &State, board: &Board, buffer: &mut Buffer, area: Rect) {
    let lang = state.lang();
    let theme = state.theme;
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    let lines = lines(board);
    let statuses: Vec<Status> =
        Status::ALL.into_iter().filter(|status| lines.iter().any(|(_, counts)| counts.of(*status) > 0)).collect();
    // With a decimal where there is room for it.
    let room = columns.saturating_sub(NAME);
    let name_width = |status: &Status| width(lang.status(*status)).max(9) + 1;
    let short = statuses.iter().map(name_width).sum::<usize>() > room;
    let cell = |counts: &Counts, status: Status| {
        let count = counts.of(status);
        let share = counts.share(count);
        match (status, count) {
            (_, 0) => "0".to_owned(),
            // No percentages are of it.
            (Status::NotRated, _) => count.to_string(),
            _ if short => format!("{count} {}%", plain(share.round())),
            _ => format!("{count} {}", percent1(share)),
        }
    };
    let mut x = NAME;
    for status in statuses {
        let name = lang.status(status);
        let cells: Vec<String> = lines.iter().map(|(_, counts)| cell(counts, status)).collect();
        let wide = cells.iter().map(|cell| width(cell)).max().unwrap_or(0).max(width(name));
        let light = usual_light(status);
        canvas.put(x, 0, wide, &pad_start(name, wide), theme.title());
        for (y, ((_, counts), cell)) in lines.iter().zip(&cells).enumerate() {
            let style = if counts.of(status) > 0 { theme.light(light) } else { theme.text() };
            canvas.put(x, y + 1, wide, &pad_start(cell, wide), style);
        }
        x += wide + 1;
    }
    for (y, (name, counts)) in lines.iter().enumerate() {
        let text = format!(" {} {}", lang.say(*name), counts.total());
        canvas.put(0, y + 1, NAME, &pad(&text, NAME), theme.title());
    }
    lights(state, board, &mut canvas, lines.len() + 1);
}

/// ✗红 8 4.4%  !黄 … 已审核 3 待审核 5 退回 1
fn lights(state: &State, board: &Board, canvas: &mut Canvas<'_>, y: usize) {
    let lang = state.lang();
    let theme = state.theme;
    let figures = &board.figures;
    let columns = canvas.columns();
    let count = |light: Light| figures.summary.tasks.light(light) + figures.summary.rows.light(light);
    let all: usize = Light::ALL.into_iter().map(count).sum();
    let mut x = canvas.put(0, y, columns, &format!(" {}", lang.say(Say::BoardLights)), theme.title()) + 1;
    x = x.max(NAME);
    for light in Light::ALL {
        let share = crate::report::figures::part(count(light), all);
        let share = if columns < super::WIDE.into() { format!("{}%", plain(share.round())) } else { percent1(share) };
        let text = format!("{}{} {} {share}", state.glyphs().light(light), lang.light(light), count(light));
        x = canvas.put(x, y, columns, &text, theme.light(light)) + 2;
    }
    let mut rest: Vec<String> = FilingState::ALL
        .into_iter()
        .zip(figures.filing)
        .filter(|(state, count)| *count > 0 && *state != FilingState::NotDue)
        .map(|(state, count)| format!("{} {count}", lang.filing_state(state)))
        .collect();
    if figures.requests > 0 {
        rest.insert(0, format!("{} {}", lang.say(Say::HeadRequests), figures.requests));
    }
    for part in rest {
        // What does not fit whole is left out.
        if x + width(&part) > columns {
            break;
        }
        x = canvas.put(x, y, columns, &part, theme.text()) + 2;
    }
}
