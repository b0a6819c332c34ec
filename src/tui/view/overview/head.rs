//! The head of a board: tasks and rows by status with percentages, lights, what is filed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::board::Board;
use super::super::super::canvas::{Canvas, cells};
use super::super::super::command::COMMANDS;
use super::super::super::key::shown;
use super::super::super::state::State;
use super::super::usual_light;
use crate::catalog::Say;
use crate::model::{FilingState, Light, Status};
use crate::report::For;
use crate::report::summary::Counts;
use crate::text::number::{percent1, plain};
use crate::text::width::{pad_start, width};

/// Columns of the names of the lines.
const NAME: usize = 10;

/// A piece of a line: where it begins, what it says, how.
type Piece = (usize, String, Style);

/// Rows of the head.
pub(super) fn rows(state: &State, board: &Board, columns: u16) -> u16 {
    cells(lines(state, board, columns.into()).len())
}

pub(super) fn draw(state: &State, board: &Board, buffer: &mut Buffer, area: Rect) {
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    for (y, line) in lines(state, board, columns).into_iter().enumerate() {
        for (x, text, style) in line {
            canvas.put(x, y, columns, &text, style);
        }
    }
}

/// The statuses as a table where it fits, else one after the other; then the lights.
fn lines(state: &State, board: &Board, columns: usize) -> Vec<Vec<Piece>> {
    let summary = &board.figures.summary;
    let all = [(Say::CmdTasks, &summary.tasks), (Say::CmdMatrix, &summary.rows)];
    let counts: Vec<(Say, &Counts)> = all.into_iter().filter(|(_, counts)| counts.total() > 0).collect();
    let table = [false, true].into_iter().find_map(|short| table(state, &counts, columns, short));
    let mut lines = table.unwrap_or_else(|| listed(state, &counts, columns));
    lines.push(lights(state, board, columns));
    lines
}

fn name(state: &State, name: Say, counts: &Counts) -> Piece {
    (0, format!(" {} {}", state.lang().say(name), counts.total()), state.theme.title())
}

/// 41 37.7%; without the decimal where there is little room. No percentages are of 不评定.
fn cell(counts: &Counts, status: Status, short: bool) -> String {
    let count = counts.of(status);
    let share = counts.share(count);
    match (status, count) {
        (_, 0) | (Status::NotRated, _) => count.to_string(),
        _ if short => format!("{count} {}%", plain(share.round())),
        _ => format!("{count} {}", percent1(share)),
    }
}

/// The statuses that something has, as columns; `None` where they are too many for the width.
fn table(state: &State, all: &[(Say, &Counts)], columns: usize, short: bool) -> Option<Vec<Vec<Piece>>> {
    let theme = state.theme;
    let mut lines = vec![Vec::new()];
    lines.extend(all.iter().map(|(say, counts)| vec![name(state, *say, counts)]));
    let mut x = all.iter().map(|(say, counts)| width(&name(state, *say, counts).1) + 1).max().unwrap_or(0).max(NAME);
    for status in Status::ALL.into_iter().filter(|status| all.iter().any(|(_, counts)| counts.of(*status) > 0)) {
        let head = state.lang().status(status);
        let cells: Vec<String> = all.iter().map(|(_, counts)| cell(counts, status, short)).collect();
        let wide = cells.iter().map(|cell| width(cell)).max().unwrap_or(0).max(width(head));
        if x + wide > columns {
            return None;
        }
        let mut column = vec![(pad_start(head, wide), theme.title())];
        for ((_, counts), cell) in all.iter().zip(&cells) {
            let style = if counts.of(status) > 0 { theme.tone(usual_light(status)) } else { theme.text() };
            column.push((pad_start(cell, wide), style));
        }
        for (line, (text, style)) in lines.iter_mut().zip(column) {
            line.push((x, text, style));
        }
        x += wide + 1;
    }
    Some(lines)
}

/// The same one after the other, wrapped: 任务 130 未启动6(5%) 严重滞后10(8%) …
fn listed(state: &State, all: &[(Say, &Counts)], columns: usize) -> Vec<Vec<Piece>> {
    let mut lines = Vec::new();
    for (say, counts) in all {
        let mut line = vec![name(state, *say, counts)];
        let mut x = line.iter().map(|(_, text, _)| width(text) + 1).sum::<usize>().max(NAME);
        for status in Status::ALL.into_iter().filter(|status| counts.of(*status) > 0) {
            let count = counts.of(status);
            let share = plain(counts.share(count).round());
            let share = if status == Status::NotRated { String::new() } else { format!("({share}%)") };
            let gap = if state.lang().status(status).is_ascii() { " " } else { "" };
            let text = format!("{}{gap}{count}{share}", state.lang().status(status));
            if x + width(&text) > columns {
                lines.push(std::mem::take(&mut line));
                x = NAME;
            }
            let end = x + width(&text) + 1;
            line.push((x, text, state.theme.tone(usual_light(status))));
            x = end;
        }
        lines.push(line);
    }
    lines
}

/// ✗红 8 4.4%  !黄 … 待批申请 2  逾期未报 3  退回 1
fn lights(state: &State, board: &Board, columns: usize) -> Vec<Piece> {
    let lang = state.lang();
    let theme = state.theme;
    let figures = &board.figures;
    let count = |light: Light| figures.summary.tasks.light(light) + figures.summary.rows.light(light);
    let all: usize = Light::ALL.into_iter().map(count).sum();
    let mut line = vec![(0, format!(" {}", lang.say(Say::BoardLights)), theme.title())];
    let mut x = NAME;
    for light in Light::ALL {
        let share = crate::report::figures::part(count(light), all);
        let share = if columns < super::WIDE.into() { format!("{}%", plain(share.round())) } else { percent1(share) };
        let text = format!("{}{} {} {share}", state.glyphs().light(light), lang.light(light), count(light));
        let end = x + width(&text) + 2;
        line.push((x, text, theme.light(light)));
        x = end;
    }
    let mut rest: Vec<String> = FilingState::ALL
        .into_iter()
        .zip(figures.filing)
        .filter(|(state, count)| *count > 0 && *state != FilingState::NotDue)
        .map(|(state, count)| format!("{} {count}", lang.filing_state(state)))
        .collect();
    if figures.requests > 0 {
        // Of everything the list is one key away.
        let key = COMMANDS.iter().find(|command| command.id == "waiting").and_then(|command| command.keys.first());
        let key = key.filter(|_| board.of == For::All).map(|key| format!("({})", shown(key))).unwrap_or_default();
        rest.insert(0, format!("{} {}{key}", lang.say(Say::HeadRequests), figures.requests));
    }
    // What does not fit whole is left out.
    for text in rest {
        let end = x + width(&text);
        if end > columns {
            break;
        }
        line.push((x, text, theme.text()));
        x = end + 2;
    }
    line
}
