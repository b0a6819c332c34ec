//! 热图: every row in every area by the light of its own figures.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::board::Board;
use super::super::super::canvas::Canvas;
use super::super::super::state::State;
use super::super::items::shown_key;
use super::super::matrix::quota_text;
use super::below;
use super::chase::key_columns;
use crate::catalog::Say;
use crate::model::{Book, CITY_TOTAL, ItemKey, Light, Rating};
use crate::text::number::{percent1, plain};
use crate::text::width::{fit, pad_start, truncate, width};

/// The least columns of a row's name.
const NAME: usize = 14;
/// The least and the most columns of a cell, without the gap before it.
const CELL: (usize, usize) = (4, 10);

/// The most columns of a quota: sentences are cut.
const QUOTA: usize = 20;

/// The columns of the map.
struct Columns {
    key: usize,
    name: usize,
    cell: usize,
    areas: usize,
}

impl Columns {
    fn of(board: &Board, key: usize, all: usize) -> Self {
        let room = all.saturating_sub(1 + key + 1 + NAME);
        let count = board.figures.areas.len() + 1;
        let widest = board.figures.areas.iter().map(|area| width(area)).max().unwrap_or(0);
        let cell = (room / count).saturating_sub(1).min(widest).clamp(CELL.0, CELL.1);
        // 全市 always stands first.
        let areas = (room / (cell + 1)).saturating_sub(1).min(board.figures.areas.len());
        let name = NAME + room.saturating_sub((areas + 1) * (cell + 1));
        Self { key, name: name.min(44), cell, areas }
    }

    const fn x(&self, slot: usize) -> usize {
        1 + self.key + 1 + self.name + slot * (self.cell + 1) + 1
    }
}

/// How many areas are shown at once.
pub(in super::super::super) fn room(state: &State, board: &Board, area: Rect) -> usize {
    Columns::of(board, key_columns(state), usize::from(area.width)).areas
}

/// Rows of the map under its title and heads, above the figures of the cell.
pub(in super::super::super) fn rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(3))
}

pub(super) fn draw(state: &State, board: &Board, buffer: &mut Buffer, area: Rect, focused: bool) {
    let lang = state.lang();
    let theme = state.theme;
    let figures = &board.figures;
    let Some(book) = state.book() else { return };
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = Columns::of(board, key_columns(state), canvas.columns());
    let legend: Vec<String> =
        Light::ALL.iter().map(|light| format!("{}{}", state.glyphs().light(*light), lang.light(*light))).collect();
    // Without the place of the cursor: moving it has to stay within its bytes.
    let title = format!("{} {}  {}", lang.say(Say::BoardHeat), figures.heat.len(), legend.join(" "));
    super::title(state, board, &mut canvas, (&title, focused));
    let shown: Vec<usize> = std::iter::once(0).chain((board.left + 1..).take(columns.areas)).collect();
    for (slot, column) in shown.iter().enumerate() {
        let name = if *column == 0 { lang.say(Say::CityTotal) } else { area_of(board, *column) };
        let style = if *column == board.column { theme.focused() } else { theme.title() };
        canvas.put(columns.x(slot), 1, columns.cell, &truncate(name, columns.cell, ""), style);
    }
    for (y, (at, (item, ratings))) in figures.heat.iter().enumerate().skip(board.heat.top).take(rows(area)).enumerate()
    {
        let y = y + 2;
        let on_row = focused && !board.lost && at == board.heat.at;
        if on_row {
            canvas.put(0, y, 1, ">", theme.title());
        }
        canvas.put(1, y, columns.key, &pad_start(&shown_key(&book, *item), columns.key), theme.text());
        let name = book.title(*item).unwrap_or_default().replace('\n', " ");
        let name = fit(&name, columns.name, state.glyphs().ellipsis);
        canvas.put(2 + columns.key, y, columns.name, name.trim_end(), theme.text());
        for (slot, column) in shown.iter().enumerate() {
            let Some(rating) = ratings.get(*column) else { continue };
            let here = on_row && *column == board.column;
            cell(state, &mut canvas, (columns.x(slot), y), *rating, here);
        }
    }
    let foot = below(area, usize::from(area.height.saturating_sub(1)));
    if let Some((item, ratings)) = figures.heat.get(board.heat.at)
        && let Some(rating) = ratings.get(board.column)
    {
        let mut canvas = Canvas::new(buffer, foot, state.glyphs());
        let all = canvas.columns();
        // One line of figures and no sentence: moving the cursor has to stay within its bytes. `w` tells the rest.
        let mut text = figure(state, &book, board, *item);
        if rating.status.has_light() {
            let percent = rating.percent.map(percent1).unwrap_or_default();
            text = format!("{text}  {percent} {}", lang.status(rating.status));
        } else {
            text = format!("{text}  {}", lang.say(Say::HeatNoQuota));
        }
        canvas.put(0, 0, all, &text, theme.text());
    }
}

fn area_of(board: &Board, column: usize) -> &str {
    column.checked_sub(1).and_then(|at| board.figures.areas.get(at)).map_or(CITY_TOTAL, |area| area)
}

/// The mark of a cell, in the middle of two columns; nothing where nothing is asked for.
fn cell(state: &State, canvas: &mut Canvas<'_>, (x, y): (usize, usize), rating: Rating, here: bool) {
    let theme = state.theme;
    let (mark, style) = if rating.status.has_light() {
        (state.glyphs().light(rating.light), theme.light(rating.light))
    } else {
        (" ", theme.text())
    };
    if here {
        canvas.put(x, y, 3, &format!("[{mark}]"), theme.selected());
    } else {
        canvas.put(x + 1, y, 1, mark, style);
    }
}

/// 省17-1 江山市 8.2/12.6公里
fn figure(state: &State, book: &Book<'_>, board: &Board, item: ItemKey) -> String {
    let lang = state.lang();
    let area = area_of(board, board.column);
    let Some(row) = book.row(item) else { return String::new() };
    let Some(cell) = book.cell(row, area, state.period) else { return String::new() };
    let done = if area == CITY_TOTAL { book.row_done(row, state.period) } else { cell.done };
    let name = if area == CITY_TOTAL { lang.say(Say::CityTotal) } else { area };
    let done = done.map_or_else(|| "-".to_owned(), plain);
    let quota = quota_text(cell.quota).replace('\n', " ");
    let quota = truncate(&quota, QUOTA, state.glyphs().ellipsis);
    format!("{} {name} {done}/{quota}{}", shown_key(book, item), row.unit)
}
