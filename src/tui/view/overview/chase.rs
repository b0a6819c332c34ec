//! 催办: what needs a phone call today, why, and whom to call.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::board::Board;
use super::super::super::canvas::Canvas;
use super::super::super::state::State;
use super::super::items::{joined, shown_key};
use super::list_rows;
use crate::catalog::{Lang, Say};
use crate::model::{Book, Light, Rating};
use crate::report::{Reason, ToChase};
use crate::text::width::{fit, pad, pad_start, width};

/// Columns of 催办次数.
const TIMES: usize = 4;

/// The columns of the list; the title takes what is left.
struct Columns {
    key: usize,
    reason: usize,
    light: usize,
    title: usize,
    unit: usize,
}

impl Columns {
    fn of(lang: Lang, key: usize, width: usize) -> Self {
        // English words are longer.
        let reason = (width / 5).clamp(17, 26) + if lang == Lang::En { 6 } else { 0 };
        let light = light_columns(lang);
        let unit = (width / 6).clamp(10, 20);
        let fixed = 1 + reason + 1 + key + 1 + light + 1 + unit + 1 + TIMES;
        Self { key, reason, light, title: width.saturating_sub(fixed + 1), unit }
    }
}

/// Columns of the number.
pub(super) fn key_columns(state: &State) -> usize {
    state.cache.keys.1.max(7)
}

/// Columns of a light: its mark, its word, `*` where it is set by hand.
pub(super) fn light_columns(lang: Lang) -> usize {
    Light::ALL.into_iter().map(|light| width(lang.light(light))).max().unwrap_or(0) + 2
}

/// A light's mark and word; one set by hand is marked.
pub(super) fn light_text(state: &State, rating: Rating) -> String {
    if !rating.status.has_light() {
        return String::new();
    }
    let by_hand = if rating.by_hand { "*" } else { "" };
    format!("{}{}{by_hand}", state.glyphs().light(rating.light), state.lang().light(rating.light))
}

pub(super) fn draw(state: &State, board: &Board, buffer: &mut Buffer, area: Rect, focused: bool) {
    let lang = state.lang();
    let theme = state.theme;
    let Some(book) = state.book() else { return };
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let all = canvas.columns();
    super::title(state, board, &mut canvas, (&title(lang, board), focused));
    let columns = Columns::of(lang, key_columns(state), all);
    let shown = board.chased.iter().enumerate().skip(board.chase.top).take(list_rows(area));
    for (y, (at, place)) in shown.enumerate() {
        let Some(one) = board.figures.chase.get(*place) else { continue };
        let y = y + 1;
        let here = focused && !board.lost && at == board.chase.at;
        if here {
            canvas.put(0, y, 1, ">", theme.title());
        }
        let urgent = matches!(one.reasons.first(), Some(Reason::Overdue(_) | Reason::Returned(_)));
        let style = if urgent { theme.bad() } else { theme.text() };
        let mut x = 1;
        canvas.put(x, y, columns.reason, &reasons(lang, one, columns.reason), style);
        x += columns.reason + 1;
        let key = pad_start(&shown_key(&book, one.item), columns.key);
        canvas.put(x, y, columns.key, &key, if here { theme.selected() } else { theme.text() });
        x += columns.key + 1;
        let light = if one.rating.status.has_light() { theme.light(one.rating.light) } else { theme.text() };
        canvas.put(x, y, columns.light, &light_text(state, one.rating), light);
        x += columns.light + 1;
        let text = text(state, &book, one, columns.title);
        canvas.put(x, y, columns.title, text.trim_end(), theme.text());
        x += columns.title + 1;
        canvas.put(x, y, columns.unit, &pad(&joined(&one.units), columns.unit), theme.text());
        if let Some((times, _)) = one.chased.filter(|(times, _)| *times > 0) {
            canvas.put_right(all, y, &lang.fill(Say::ChasedTimes, &[&times]), theme.title());
        }
    }
    if board.chased.is_empty() {
        canvas.put(1, 2, all, lang.say(Say::NothingToChase), theme.good());
    }
}

/// What it is about, and why it was sent back behind it.
fn text(state: &State, book: &Book<'_>, one: &ToChase, columns: usize) -> String {
    let title = book.title(one.item).unwrap_or_default().replace('\n', " ");
    let ellipsis = state.glyphs().ellipsis;
    let returned = one.reasons.iter().find_map(|reason| match reason {
        Reason::Returned(why) if !why.is_empty() => Some(format!("[{}]", why.replace('\n', " "))),
        _ => None,
    });
    let Some(why) = returned else { return fit(&title, columns, ellipsis) };
    let room = width(&why).min(columns / 2);
    let title = fit(&title, columns.saturating_sub(room + 1), ellipsis);
    format!("{title} {}", fit(&why, room, ellipsis))
}

/// As many reasons as there is room for, the most urgent first; `+1` for those left out.
fn reasons(lang: Lang, one: &ToChase, columns: usize) -> String {
    let mut shown = String::new();
    for (at, reason) in one.reasons.iter().enumerate() {
        let left = one.reasons.len() - at;
        let words = reason.text(lang);
        let next = if shown.is_empty() { words } else { format!("{shown} {words}") };
        let tail = if left > 1 { format!("+{}", left - 1) } else { String::new() };
        if at > 0 && width(&next) + width(&tail) > columns {
            return format!("{shown}+{left}");
        }
        shown = next;
    }
    shown
}

/// 催办 1/34 · 逾期3 退回2 未报29
fn title(lang: Lang, board: &Board) -> String {
    let place = if board.chased.is_empty() { 0 } else { board.chase.at + 1 };
    let mut title = format!("{} {place}/{}", lang.say(Say::BoardChase), board.chased.len());
    if let Some(kind) = board.narrow {
        return format!("{title} · {}", lang.fill(Say::OnlyReason, &[&kind_name(lang, kind)]));
    }
    for (at, (kind, count)) in board.figures.kinds.iter().enumerate() {
        let gap = if at == 0 { " · " } else { " " };
        title = format!("{title}{gap}{}{count}", kind_name(lang, kind));
    }
    title
}

/// A kind of reason in a word.
fn kind_name(lang: Lang, kind: &str) -> &'static str {
    lang.say(match kind {
        "overdue" => Say::KindOverdue,
        "returned" => Say::ChaseReturned,
        "not_filed" => Say::ChaseNotFiled,
        "newly_red" => Say::ChaseNewlyRed,
        "unmoved" => Say::KindUnmoved,
        _ => Say::KindNear,
    })
}
