//! The livelihood matrix: frozen first columns, area columns that scroll, row and city totals.

use std::ops::Range;

use ratatui::buffer::Buffer;
use rust_decimal::Decimal;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::{Mode, State};
use super::items::shown_key;
use crate::catalog::{Lang, Say};
use crate::model::{Book, CITY_TOTAL, Quota, QuotaRow, RowKind};
use crate::search::marks;
use crate::text::number::{percent1, plain};
use crate::text::width::{fit, pad_start, width};

/// The least and the most columns of an area's cell, without the gap before it; between them, the widest figure decides.
const CELL: (usize, usize) = (8, 11);
/// The same for 全市.
const CITY: (usize, usize) = (8, 14);
/// Columns of the check mark at the end.
const MARK: usize = 3;

/// The places of the matrix's columns at a width.
struct Columns {
    /// Columns of the number.
    key: usize,
    name: usize,
    /// Columns of 全市.
    city: usize,
    /// Columns of an area's cell.
    cell: usize,
    /// How many areas are shown at once; 全市 always is.
    areas: usize,
}

impl Columns {
    fn of(state: &State, width: usize) -> Self {
        let all = state.cache.columns.len();
        let city = widest(state, 0..1).clamp(CITY.0, CITY.1);
        let cell = widest(state, 1..all).clamp(CELL.0, CELL.1);
        let key = state.cache.keys.1;
        let fixed = 1 + key + 1 + city + 1 + MARK;
        let name = (width / 4).clamp(14, 34);
        let room = width.saturating_sub(fixed + name);
        let areas = (room / (cell + 1)).min(all.saturating_sub(1));
        // What the cells leave over goes to the name.
        let name = name + room.saturating_sub(areas * (cell + 1));
        Self { key, name, city, cell, areas }
    }

    /// Where the `slot`-th column shown begins.
    fn x(&self, slot: usize) -> usize {
        let first = 1 + self.key + 1 + self.name + 1;
        if slot == 0 { first } else { first + self.city + 1 + (slot - 1) * (self.cell + 1) }
    }

    /// How wide it is.
    fn width(&self, slot: usize) -> usize {
        if slot == 0 { self.city } else { self.cell }
    }

    /// The columns shown: 全市, then areas from the first one that is scrolled to.
    fn visible(&self, state: &State) -> Vec<usize> {
        let all = state.cache.columns.len();
        let first = 1 + state.matrix.left;
        std::iter::once(0).chain((first..all).take(self.areas)).collect()
    }
}

/// Keeps the column under the cursor among those shown.
pub(in super::super) fn settle_columns(state: &mut State, layout: &Layout) {
    let columns = Columns::of(state, usize::from(layout.main.width));
    let areas = state.cache.columns.len().saturating_sub(1);
    let room = columns.areas;
    let last = areas.saturating_sub(room);
    let left = state.matrix.left.min(last);
    state.matrix.left = match state.matrix.column.checked_sub(1) {
        Some(area) if area < left => area,
        Some(area) if room > 0 && area >= left + room => area + 1 - room,
        _ => left,
    };
}

/// The widest figure in some columns of the rows shown; sentences do not count.
fn widest(state: &State, columns: Range<usize>) -> usize {
    let Some(book) = state.book() else { return 0 };
    let rows = state.matrix.rows.iter().filter_map(|item| book.row(*item)).filter(|row| row.kind() != RowKind::Text);
    rows.flat_map(|row| {
        state.cache.columns.get(columns.clone()).unwrap_or_default().iter().map(move |area| (row, area))
    })
    .filter(|(row, area)| row.quota(area).or(Some(&row.total)).is_some_and(|quota| quota.target().is_some()))
    .map(|(row, area)| width(&cell_text(state, &book, row, area)))
    .max()
    .unwrap_or(0)
}

/// A quota as it stands in its cell.
pub(super) fn quota_text(quota: &Quota) -> String {
    match quota {
        Quota::Amount(value, _) => plain(*value),
        Quota::Percent(value, least) => format!("{}{}%", if *least { "≥" } else { "" }, plain(*value)),
        Quota::Text(text) => text.clone(),
        Quota::NotAssigned | Quota::NoTask => "/".to_owned(),
        Quota::Blank => String::new(),
    }
}

/// What a cell shows.
fn cell_text(state: &State, book: &Book<'_>, row: &QuotaRow, area: &str) -> String {
    let Some(cell) = book.cell(row, area, state.period) else { return String::new() };
    let done = if area == CITY_TOTAL { book.row_done(row, state.period) } else { cell.done };
    let target = quota_text(cell.quota);
    let numeric = matches!(cell.quota, Quota::Amount(..) | Quota::Percent(..));
    match state.matrix.mode {
        Mode::Target => target,
        _ if !numeric => target,
        Mode::Both => match done {
            Some(done) => format!("{}/{target}", plain(done)),
            None => target,
        },
        Mode::Done => done.map(plain).unwrap_or_default(),
        Mode::Percent => book.cell_completion(row, area, state.period).map(percent1).unwrap_or_default(),
        Mode::Gap => gap(cell.quota, done).map(plain).unwrap_or_default(),
    }
}

/// What is missing to the target; nothing below nothing.
fn gap(quota: &Quota, done: Option<Decimal>) -> Option<Decimal> {
    Some((quota.target()? - done.unwrap_or_default()).max(Decimal::ZERO))
}

/// What the matrix's cells show now.
fn mode_name(lang: Lang, mode: Mode) -> &'static str {
    lang.say(match mode {
        Mode::Both => Say::ModeBoth,
        Mode::Target => Say::ModeTarget,
        Mode::Done => Say::ModeDone,
        Mode::Percent => Say::ModePercent,
        Mode::Gap => Say::ModeGap,
    })
}

pub(super) fn draw(state: &State, buffer: &mut Buffer, layout: &Layout) {
    let Some(book) = state.book() else { return };
    let theme = state.theme;
    let mut canvas = Canvas::new(buffer, layout.main, state.glyphs());
    let total = canvas.columns();
    let columns = Columns::of(state, total);
    let visible = columns.visible(state);
    canvas.put(0, 0, total, &title(state, &book), theme.focused());

    head(state, &mut canvas, &columns, &visible);

    let cursor = state.matrix.cursor;
    let query = state.matrix.query.as_str();
    let rows = Layout::list_rows(layout.main).saturating_sub(1);
    for (y, (at, item)) in state.matrix.rows.iter().enumerate().skip(cursor.top).take(rows).enumerate() {
        let Some(row) = book.row(*item) else { continue };
        let y = y + 2;
        let here = at == cursor.at && !state.lost;
        if here {
            canvas.put(0, y, 1, ">", theme.title());
        }
        canvas.put(1, y, columns.key, &pad_start(&shown_key(&book, *item), columns.key), theme.text());
        let by = super::items::editing(state, *item, columns.name);
        let x = canvas.put(2 + columns.key, y, columns.name, &by, theme.warn());
        let name = name(row, columns.name.saturating_sub(width(&by)), state.glyphs().ellipsis);
        let hits = if query.is_empty() { Vec::new() } else { marks(query, name.trim_end()) };
        canvas.put_marked((x, y), columns.name, name.trim_end(), (theme.text(), theme.hit()), &hits);
        for (slot, column) in visible.iter().enumerate() {
            let Some(area) = state.cache.columns.get(*column) else { continue };
            let text = cell_text(state, &book, row, area).replace('\n', " ");
            let chosen = here && *column == state.matrix.column;
            let style = if chosen { theme.selected() } else { theme.text() };
            let cell = columns.width(slot);
            let text =
                if width(&text) > cell { fit(&text, cell, state.glyphs().ellipsis) } else { pad_start(&text, cell) };
            canvas.put(columns.x(slot), y, cell, &text, style);
        }
        if let Some(check) = row.divided_sum() {
            let (mark, style) = if check.agrees() {
                (state.glyphs().agrees, theme.good())
            } else {
                (state.glyphs().differs, theme.bad())
            };
            canvas.put_right(total, y, mark, style);
        }
    }
    totals(state, &book, &mut canvas, &columns, &visible);
    if state.matrix.rows.is_empty() {
        canvas.put(2 + columns.key, 3, total, state.lang().say(Say::NothingFound), theme.warn());
    }
}

fn head(state: &State, canvas: &mut Canvas<'_>, columns: &Columns, visible: &[usize]) {
    let theme = state.theme;
    let lang = state.lang();
    canvas.put(1, 1, columns.key, &pad_start(lang.say(Say::ColumnNo), columns.key), theme.title());
    canvas.put(2 + columns.key, 1, columns.name, lang.say(Say::ColumnItem), theme.title());
    for (slot, column) in visible.iter().enumerate() {
        let Some(area) = state.cache.columns.get(*column) else { continue };
        let name = if *column == 0 { lang.say(Say::CityTotal) } else { area };
        let x = columns.x(slot);
        let style = if *column == state.matrix.column { theme.focused() } else { theme.title() };
        canvas.put(x, 1, columns.width(slot), &pad_start(name, columns.width(slot)), style);
    }
    let end = canvas.columns();
    canvas.put_right(end, 1, lang.say(Say::ColumnSum), theme.title());
}

/// The foot: how many rows have a figure in each column, and how many of those have reached it. Amounts of different units
/// are never added up.
fn totals(state: &State, book: &Book<'_>, canvas: &mut Canvas<'_>, columns: &Columns, visible: &[usize]) {
    let y = canvas.rows().saturating_sub(1);
    canvas.put(2 + columns.key, y, columns.name, state.lang().say(Say::RowsReached), state.theme.title());
    for (slot, column) in visible.iter().enumerate() {
        let Some(area) = state.cache.columns.get(*column) else { continue };
        let (mut reached, mut asked) = (0, 0);
        for row in state.matrix.rows.iter().filter_map(|item| book.row(*item)) {
            let quota = if *column == 0 { Some(&row.total) } else { row.quota(area) };
            if quota.and_then(Quota::target).is_none() {
                continue;
            }
            asked += 1;
            if book.cell_completion(row, area, state.period).is_some_and(|percent| percent >= Decimal::ONE_HUNDRED) {
                reached += 1;
            }
        }
        let x = columns.x(slot);
        let text = pad_start(&format!("{reached}/{asked}"), columns.width(slot));
        canvas.put(x, y, columns.width(slot), &text, state.theme.title());
    }
}

/// The least columns of a name whose unit is kept whole behind it; in fewer, names of several rows would look the same.
/// The title tells the unit of the row under the cursor at any width.
const NAME_BEFORE_UNIT: usize = 26;

/// The row's name, or its goal where one project has several rows, with the unit behind it.
fn name(row: &QuotaRow, columns: usize, ellipsis: &str) -> String {
    let unit = if row.unit.is_empty() { String::new() } else { format!("（{}）", row.unit) };
    let name = match (&row.goal, row.key.sub) {
        (Some(goal), sub) if sub > 1 => goal,
        _ => &row.name,
    };
    let room = columns.saturating_sub(width(&unit));
    if room < NAME_BEFORE_UNIT {
        return fit(&format!("{name}{unit}"), columns, ellipsis);
    }
    format!("{}{unit}", fit(name, room, ellipsis).trim_end())
}

/// What is to be known of the cell under the cursor beside its figures: its unit, areas that do not add up, its printed note.
fn remarks(state: &State, book: &Book<'_>) -> Vec<String> {
    let Some(row) = state.item().and_then(|item| book.row(item)) else { return Vec::new() };
    let area = state.area();
    let quota = area.and_then(|area| row.cell(&area));
    let note = match quota {
        Some(Quota::Amount(_, Some(note))) => Some(note.trim().replace('\n', " ")),
        _ => None,
    };
    let check = row.divided_sum().filter(|check| !check.agrees());
    let sum = check.map(|check| state.lang().fill(Say::SumDiffers, &[&plain(check.sum)]));
    let unit = Some(row.unit.clone()).filter(|unit| !unit.is_empty());
    unit.into_iter().chain(sum).chain(note).collect()
}

/// 民生 17/53 · 城乡宜居 · 显示: 完成/目标
fn title(state: &State, book: &Book<'_>) -> String {
    let lang = state.lang();
    let place = if state.matrix.rows.is_empty() { 0 } else { state.matrix.cursor.at + 1 };
    let mut title = format!("{} {place}/{}", lang.say(Say::CmdMatrix), state.matrix.rows.len());
    if !state.matrix.query.is_empty() {
        title = format!("{title} · /{}", state.matrix.query);
    }
    title = format!("{title} · {}", lang.fill(Say::Showing, &[&mode_name(lang, state.matrix.mode)]));
    if !state.setup.read_only {
        title = format!("{title} · {}", lang.say(Say::TypeToFill));
    }
    let category = state.item().and_then(|item| book.row(item)).map(|row| row.category.as_str()).unwrap_or_default();
    for remark in remarks(state, book) {
        title = format!("{title} · {remark}");
    }
    if !category.is_empty() {
        title = format!("{title} · {category}");
    }
    title
}
