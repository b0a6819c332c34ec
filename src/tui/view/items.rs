//! The task list: number, light, completion, text, leaders, lead unit.

use chrono::Datelike as _;
use ratatui::buffer::Buffer;

use super::super::canvas::Canvas;
use super::super::deed::Focus;
use super::super::layout::Layout;
use super::super::state::State;
use super::super::update::view_words;
use crate::catalog::{Lang, Say};
use crate::model::{Book, FilingState, ItemKey, Light, Rating};
use crate::search::marks;
use crate::text::number::percent1;
use crate::text::width::{fit, pad_start, truncate, width as width_of};

/// The columns of the list; the text takes what is left.
struct Columns {
    key: usize,
    light: usize,
    /// 填报状态: in words, in one character, or (0) not at all.
    filing: usize,
    /// Whether the filing state is in words.
    words: bool,
    /// 完成时限.
    deadline: usize,
    text: usize,
    leaders: usize,
    unit: usize,
}

const PERCENT: usize = 6;

impl Columns {
    fn of(lang: Lang, key: usize, width: usize) -> Self {
        let lights = [Light::Red, Light::Yellow, Light::Grey, Light::Green];
        let word = lights.into_iter().map(|light| crate::text::width::width(lang.light(light))).max();
        // The mark before the word, a gap behind it.
        let light = 2 + word.unwrap_or(0);
        let unit = (width / 6).clamp(10, 20);
        let leaders = if width >= 72 { (width / 9).clamp(6, 13) } else { 0 };
        let words = width >= WORDS;
        let states = FilingState::ALL.into_iter().map(|state| crate::text::width::width(lang.filing_state(state)));
        let filing = if words { states.max().unwrap_or(0).min(12) } else { 2 };
        let filing = if width >= 72 { filing } else { 0 };
        let deadline = if width >= DEADLINE { 5 } else { 0 };
        let gapped = |columns: usize| if columns > 0 { columns + 1 } else { 0 };
        let fixed = 1 + key + 1 + light + PERCENT + 1 + unit + 1;
        let fixed = fixed + gapped(leaders) + gapped(filing) + gapped(deadline);
        Self { key, light, filing, words, deadline, text: width.saturating_sub(fixed), leaders, unit }
    }
}

/// From this width the filing state is in words, and from this one the deadline has a column.
const WORDS: usize = 82;
const DEADLINE: usize = 100;

/// Behind the number of an item that is marked.
const MARKED: &str = "*";

/// A filing state in one character.
const fn filing_short(state: FilingState) -> Say {
    match state {
        FilingState::Overdue => Say::FilingShortOverdue,
        FilingState::Returned => Say::FilingShortReturned,
        FilingState::Missing => Say::FilingShortMissing,
        FilingState::Pending => Say::FilingShortPending,
        FilingState::Accepted => Say::FilingShortAccepted,
        FilingState::NotDue => Say::FilingShortNotDue,
    }
}

/// What a row of the list says.
struct Row {
    key: String,
    rating: Rating,
    filing: FilingState,
    deadline: String,
    text: String,
    leaders: String,
    unit: String,
}

/// The number as it is shown: 48, 省21-1.
pub(in super::super) fn shown_key(book: &Book<'_>, item: ItemKey) -> String {
    let mark = book.document().list(item.list).map(|list| list.mark.as_str()).unwrap_or_default();
    let chapter = if item.chapter > 0 { format!("{}-", item.chapter) } else { String::new() };
    let sub = if item.sub > 0 { format!("-{}", item.sub) } else { String::new() };
    format!("{mark}{chapter}{}{sub}", item.no)
}

fn row(state: &State, book: &Book<'_>, item: ItemKey) -> Option<Row> {
    let key = shown_key(book, item);
    let filing = book.filing_state(item, state.period, state.setup.today);
    let day = book.deadline(item, state.period);
    // Of another year the year says more than the day does.
    let deadline = if day.year() == i32::from(book.document().year) { "%m-%d" } else { "%y-%m" };
    let deadline = day.format(deadline).to_string();
    if let Some(task) = book.task(item) {
        return Some(Row {
            key,
            rating: book.rate_task(task, state.period),
            filing,
            deadline,
            text: task.text.clone(),
            leaders: joined(&task.leaders),
            unit: joined(&task.lead_units),
        });
    }
    let row = book.row(item)?;
    Some(Row {
        key,
        rating: book.rate_row(row, state.period),
        filing,
        deadline,
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
    // Quota rows, whose numbers are longer, are only listed of a unit and by a search.
    let with_rows = state.list.unit.is_some() || !state.list.query.is_empty();
    let key_columns = if with_rows { state.cache.keys.1 } else { state.cache.keys.0 };
    let columns = Columns::of(lang, key_columns, width);
    let focused = state.focus == Focus::List;
    canvas.put(0, 0, width, &title(state), if focused { theme.focused() } else { theme.title() });

    let behind = |x: usize, columns: usize| if columns > 0 { x + columns + 1 } else { x };
    let (key_x, light_x) = (1, 1 + columns.key + 1);
    let percent_x = light_x + columns.light;
    let filing_x = percent_x + PERCENT + 1;
    let deadline_x = behind(filing_x, columns.filing);
    let text_x = behind(deadline_x, columns.deadline);
    let leaders_x = text_x + columns.text + 1;
    let unit_x = behind(leaders_x, columns.leaders);
    canvas.put(key_x, 1, columns.key, &pad_start(lang.say(Say::ColumnNo), columns.key), theme.title());
    canvas.put(light_x, 1, columns.light, lang.say(Say::ColumnLight), theme.title());
    canvas.put(percent_x, 1, PERCENT, &pad_start(lang.say(Say::ColumnPercent), PERCENT), theme.title());
    let filed = lang.say(if columns.words { Say::ColumnFiling } else { Say::ColumnFilingShort });
    canvas.put(filing_x, 1, columns.filing, filed, theme.title());
    canvas.put(deadline_x, 1, columns.deadline, lang.say(Say::ColumnDeadline), theme.title());
    canvas.put(text_x, 1, columns.text, lang.say(Say::ColumnTask), theme.title());
    canvas.put(leaders_x, 1, columns.leaders, lang.say(Say::ColumnLeaders), theme.title());
    canvas.put(unit_x, 1, columns.unit, lang.say(Say::ColumnLeadUnit), theme.title());

    let list = &state.list;
    let cursor = list.cursor;
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
        let key = pad_start(&row.key, columns.key);
        canvas.put(key_x, y, columns.key, &key, if here && focused { theme.selected() } else { theme.text() });
        let light = row.rating.light;
        let by_hand = if row.rating.by_hand { "*" } else { "" };
        let mark = format!("{}{}{by_hand}", state.glyphs().light(light), lang.light(light));
        // What is stopped or not rated has no light, as everywhere else.
        let mark = if row.rating.status.has_light() { mark } else { String::new() };
        canvas.put(light_x, y, columns.light, &mark, theme.light(light));
        let percent = row.rating.percent.map(percent1).unwrap_or_default();
        canvas.put(percent_x, y, PERCENT, &pad_start(&percent, PERCENT), theme.text());
        let filing = if columns.words { lang.filing_state(row.filing) } else { lang.say(filing_short(row.filing)) };
        let style = if row.filing.is_owed() { theme.warn() } else { theme.text() };
        canvas.put(filing_x, y, columns.filing, filing, style);
        canvas.put(deadline_x, y, columns.deadline, &row.deadline, theme.text());
        if list.marked.contains(item) {
            canvas.put(light_x - 1, y, 1, MARKED, theme.title());
        }
        let by = editing(state, *item, columns.text);
        canvas.put(text_x, y, columns.text, &by, theme.warn());
        let (x, room) = (text_x + width_of(&by), columns.text.saturating_sub(width_of(&by)));
        let text = fit(&row.text, room, state.glyphs().ellipsis);
        canvas.put_marked((x, y), room, text.trim_end(), hits, &found(query, &text));
        canvas.put_marked((leaders_x, y), columns.leaders, &row.leaders, hits, &found(query, &row.leaders));
        canvas.put_marked((unit_x, y), columns.unit, &row.unit, hits, &found(query, &row.unit));
    }
    if state.list.items.is_empty() {
        canvas.put(text_x, 3, width, lang.say(Say::NothingFound), theme.warn());
    }
}

/// Who else is editing an item, with the mark of that, before its text.
pub(super) fn editing(state: &State, item: ItemKey, columns: usize) -> String {
    let names = state.editors(item).join(state.lang().say(Say::Names));
    if names.is_empty() {
        return names;
    }
    let names = truncate(&names, columns / 3, state.glyphs().ellipsis);
    format!("{}{names} ", state.glyphs().edited)
}

fn found(query: &str, text: &str) -> Vec<std::ops::Range<usize>> {
    if query.is_empty() { Vec::new() } else { marks(query, text.trim_end()) }
}

/// 任务 27/130 · 牵头领导=周卫兵 · 滞后在前
fn title(state: &State) -> String {
    let lang = state.lang();
    let list = &state.list;
    let place = if list.items.is_empty() { 0 } else { list.cursor.at + 1 };
    let mut title = format!("{} {place}/{}{}", lang.say(Say::CmdTasks), list.items.len(), marked(state));
    for word in view_words(lang, &list.view("")) {
        title = format!("{title} · {word}");
    }
    title
}

/// How many items are marked, and how many of those are not in the list now.
fn marked(state: &State) -> String {
    let (lang, list) = (state.lang(), &state.list);
    let count = list.marked.len();
    let hidden = count - list.items.iter().filter(|item| list.marked.contains(item)).count().min(count);
    let text = match (count, hidden) {
        (0, _) => String::new(),
        (_, 0) => format!(" · {}", lang.fill(Say::MarkedCount, &[&count])),
        _ => format!(" · {}", lang.fill(Say::MarkedHidden, &[&count, &hidden])),
    };
    if list.range.is_some() { format!("{text} {}", lang.say(Say::MarkingRange)) } else { text }
}
