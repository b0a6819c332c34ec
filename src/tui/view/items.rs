//! The task list: number, light, completion, text, leaders, lead unit.

use ratatui::buffer::Buffer;

use super::super::canvas::Canvas;
use super::super::deed::Focus;
use super::super::layout::Layout;
use super::super::state::State;
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Light, Rating};
use crate::search::marks;
use crate::text::number::percent1;
use crate::text::width::{fit, pad_start};

/// The columns of the list; the text takes what is left.
struct Columns {
    light: usize,
    text: usize,
    leaders: usize,
    unit: usize,
}

const KEY: usize = 6;
const PERCENT: usize = 6;

impl Columns {
    fn of(lang: Lang, width: usize) -> Self {
        let lights = [Light::Red, Light::Yellow, Light::Grey, Light::Green];
        let word = lights.into_iter().map(|light| crate::text::width::width(lang.light(light))).max();
        // The mark before the word, a gap behind it.
        let light = 2 + word.unwrap_or(0);
        let unit = (width / 6).clamp(10, 20);
        let leaders = if width >= 72 { (width / 9).clamp(6, 13) } else { 0 };
        let fixed = 1 + KEY + 1 + light + PERCENT + 1 + unit + 1 + if leaders > 0 { leaders + 1 } else { 0 };
        Self { light, text: width.saturating_sub(fixed), leaders, unit }
    }
}

/// What a row of the list says.
struct Row {
    key: String,
    rating: Rating,
    text: String,
    leaders: String,
    unit: String,
}

/// The number as it is shown: 48, 省21-1.
pub(super) fn shown_key(book: &Book<'_>, item: ItemKey) -> String {
    let mark = book.document().list(item.list).map(|list| list.mark.as_str()).unwrap_or_default();
    let chapter = if item.chapter > 0 { format!("{}-", item.chapter) } else { String::new() };
    let sub = if item.sub > 0 { format!("-{}", item.sub) } else { String::new() };
    format!("{mark}{chapter}{}{sub}", item.no)
}

fn row(state: &State, book: &Book<'_>, item: ItemKey) -> Option<Row> {
    let key = shown_key(book, item);
    if let Some(task) = book.task(item) {
        return Some(Row {
            key,
            rating: book.rate_task(task, state.period),
            text: task.text.clone(),
            leaders: joined(&task.leaders),
            unit: joined(&task.lead_units),
        });
    }
    let row = book.row(item)?;
    Some(Row {
        key,
        rating: book.rate_row(row, state.period),
        text: row.title(),
        leaders: String::new(),
        unit: joined(&row.lead_units),
    })
}

/// Names joined as the document joins them.
pub(super) fn joined(names: &[std::sync::Arc<str>]) -> String {
    names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("、")
}

pub(super) fn draw(state: &State, buffer: &mut Buffer, layout: &Layout) {
    let Some(book) = state.book() else { return };
    let lang = state.lang();
    let theme = state.theme;
    let mut canvas = Canvas::new(buffer, layout.main, state.glyphs());
    let width = canvas.columns();
    let columns = Columns::of(lang, width);
    let focused = state.focus == Focus::List;
    canvas.put(0, 0, width, &title(state), if focused { theme.focused() } else { theme.title() });

    let [key_x, light_x, percent_x, text_x] =
        [1, 1 + KEY + 1, 1 + KEY + 1 + columns.light, 1 + KEY + 1 + columns.light + PERCENT + 1];
    let leaders_x = text_x + columns.text + 1;
    let unit_x = if columns.leaders > 0 { leaders_x + columns.leaders + 1 } else { leaders_x };
    canvas.put(key_x, 1, KEY, &pad_start(lang.say(Say::ColumnNo), KEY), theme.title());
    canvas.put(light_x, 1, columns.light, lang.say(Say::ColumnLight), theme.title());
    canvas.put(percent_x, 1, PERCENT, &pad_start(lang.say(Say::ColumnPercent), PERCENT), theme.title());
    canvas.put(text_x, 1, columns.text, lang.say(Say::ColumnTask), theme.title());
    canvas.put(leaders_x, 1, columns.leaders, lang.say(Say::ColumnLeaders), theme.title());
    canvas.put(unit_x, 1, columns.unit, lang.say(Say::ColumnLeadUnit), theme.title());

    let cursor = state.list.cursor;
    let rows = Layout::list_rows(layout.main);
    let hits = (theme.text(), theme.hit());
    let query = state.list.query.as_str();
    for (y, (at, item)) in state.list.items.iter().enumerate().skip(cursor.top).take(rows).enumerate() {
        let Some(row) = row(state, &book, *item) else { continue };
        let y = y + 2;
        let here = at == cursor.at;
        if here {
            canvas.put(0, y, 1, ">", theme.title());
        }
        let key = pad_start(&row.key, KEY);
        canvas.put(key_x, y, KEY, &key, if here && focused { theme.selected() } else { theme.text() });
        let light = row.rating.light;
        let by_hand = if row.rating.by_hand { "*" } else { "" };
        let mark = format!("{}{}{by_hand}", state.glyphs().light(light), lang.light(light));
        canvas.put(light_x, y, columns.light, &mark, theme.light(light));
        let percent = row.rating.percent.map(percent1).unwrap_or_default();
        canvas.put(percent_x, y, PERCENT, &pad_start(&percent, PERCENT), theme.text());
        let text = fit(&row.text, columns.text, state.glyphs().ellipsis);
        canvas.put_marked((text_x, y), columns.text, text.trim_end(), hits, &found(query, &text));
        canvas.put_marked((leaders_x, y), columns.leaders, &row.leaders, hits, &found(query, &row.leaders));
        canvas.put_marked((unit_x, y), columns.unit, &row.unit, hits, &found(query, &row.unit));
    }
    if state.list.items.is_empty() {
        canvas.put(text_x, 3, width, lang.say(Say::NothingFound), theme.warn());
    }
}

fn found(query: &str, text: &str) -> Vec<std::ops::Range<usize>> {
    if query.is_empty() { Vec::new() } else { marks(query, text.trim_end()) }
}

/// 任务 27/130 · 牵头领导=周卫兵 · 滞后在前
fn title(state: &State) -> String {
    let lang = state.lang();
    let list = &state.list;
    let place = if list.items.is_empty() { 0 } else { list.cursor.at + 1 };
    let mut title = format!("{} {place}/{}", lang.say(Say::CmdTasks), list.items.len());
    if let Some(leader) = &list.leader {
        title = format!("{title} · {}={leader}", lang.say(Say::CmdLeaders));
    }
    if let Some(unit) = &list.unit {
        title = format!("{title} · {}={unit}", lang.say(Say::CmdUnits));
    }
    if !list.query.is_empty() {
        title = format!("{title} · /{}", list.query);
    } else if list.worst_first {
        title = format!("{title} · {}", lang.say(Say::WorstFirst));
    }
    title
}
