//! 亮灯, the items of a page, 对比: lines of which some are items or bars.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::board::{Board, Counted, Entry, Part};
use super::super::super::canvas::Canvas;
use super::super::super::state::{Cursor, State};
use super::super::items::{joined, shown_key};
use super::super::usual_light;
use super::chase::{key_columns, light_columns, light_text};
use super::list_rows;
use crate::catalog::Say;
use crate::model::{ItemKey, Rating};
use crate::text::number::percent1;
use crate::text::width::{fit, pad, pad_start};

/// Columns of the name of a bar.
const NAME: usize = 14;
/// Columns of an area's rank and mean.
const STANDING: usize = 12;

pub(super) fn draw(
    state: &State,
    board: &Board,
    buffer: &mut Buffer,
    (area, focused): (Rect, bool),
    (part, cursor): (Part, Cursor),
) {
    let theme = state.theme;
    let figures = &board.figures;
    let entries = match part {
        Part::Lights => &figures.lights,
        Part::Items => &figures.items,
        _ => &figures.compare,
    };
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let columns = canvas.columns();
    super::title(state, board, &mut canvas, (&title(state, part), focused));
    let digits = super::bars::digits(entries);
    for (y, (at, entry)) in entries.iter().enumerate().skip(cursor.top).take(list_rows(area)).enumerate() {
        let y = y + 1;
        let here = focused && !board.lost && at == cursor.at && entry.can_be_chosen();
        if here {
            canvas.put(0, y, 1, ">", theme.title());
        }
        line(state, &mut canvas, (y, digits), entry, here);
    }
    if entries.is_empty() {
        canvas.put(1, 2, columns, state.lang().say(Say::NoItemsHere), theme.text());
    }
}

fn title(state: &State, part: Part) -> String {
    let lang = state.lang();
    match (part, state.period.previous()) {
        (Part::Compare, Some(before)) => lang.fill(Say::BoardCompare, &[&lang.period(before)]),
        _ => super::part_name(lang, part).to_owned(),
    }
}

fn line(state: &State, canvas: &mut Canvas<'_>, (y, digits): (usize, usize), entry: &Entry, here: bool) {
    let lang = state.lang();
    let theme = state.theme;
    let columns = canvas.columns();
    match entry {
        Entry::Gap => {}
        Entry::Head(name, count) => {
            let none = if *count == 0 { format!(" {}", lang.say(Say::NoneOfThese)) } else { format!(" {count}") };
            canvas.put(0, y, columns, &format!("{}{none}", lang.say(*name)), theme.title());
        }
        Entry::Note(text) => {
            canvas.put(1, y, columns, lang.say(*text), theme.text());
        }
        Entry::Bar { name, lights, standing, .. } => {
            let style = if here { theme.selected() } else { theme.text() };
            canvas.put(1, y, NAME, name, style);
            let after = if standing.is_some() { STANDING } else { 0 };
            // The name, a gap, four marks and counts with a gap each.
            let bar = columns.saturating_sub(1 + NAME + 1 + 4 * (1 + digits + 1) + after + 1);
            super::bars::draw(state, canvas, (1 + NAME + 1, y), (*lights, digits), bar);
            if let Some((rank, average)) = standing {
                let rank = rank.map(|rank| lang.fill(Say::RankOf, &[&rank])).unwrap_or_default();
                let average = average.map(percent1).unwrap_or_default();
                canvas.put_right(columns, y, &format!("{average} {}", pad_start(&rank, 4)), theme.text());
            }
        }
        Entry::Item(item, rating) => self::item(state, canvas, y, (*item, *rating), here),
        Entry::Changes(left, right) => {
            for (x, change) in [(1, Some(left)), (1 + columns / 2, right.as_ref())] {
                let Some(change) = change else { continue };
                let (name, light) = match change.of {
                    Counted::Light(light) => (format!("{}{}", state.glyphs().light(light), lang.light(light)), light),
                    Counted::Status(status) => (lang.status(status).to_owned(), usual_light(status)),
                };
                canvas.put(x, y, columns / 2, &changed(&name, change.then, change.now), theme.tone(light));
            }
        }
    }
}

fn item(state: &State, canvas: &mut Canvas<'_>, y: usize, (item, rating): (ItemKey, Rating), here: bool) {
    let theme = state.theme;
    let lang = state.lang();
    let Some(book) = state.book() else { return };
    let columns = canvas.columns();
    let wide = key_columns(state);
    let key = pad_start(&shown_key(&book, item), wide);
    canvas.put(1, y, wide, &key, if here { theme.selected() } else { theme.text() });
    let mut x = 1 + wide + 1;
    let light = if rating.status.has_light() { theme.light(rating.light) } else { theme.text() };
    canvas.put(x, y, light_columns(lang), &light_text(state, rating), light);
    x += light_columns(lang);
    let percent = rating.percent.map(percent1).unwrap_or_default();
    canvas.put(x, y, 7, &pad_start(&percent, 7), theme.text());
    x += 8;
    let unit = (columns / 5).min(16);
    let room = columns.saturating_sub(x + unit + 1);
    let title = book.title(item).unwrap_or_default().replace('\n', " ");
    canvas.put(x, y, room, fit(&title, room, state.glyphs().ellipsis).trim_end(), theme.text());
    canvas.put(x + room + 1, y, unit, &joined(book.lead_units(item)), theme.text());
}

/// 红  12  15  +3
fn changed(name: &str, then: usize, now: usize) -> String {
    let change = if now >= then { format!("+{}", now - then) } else { format!("-{}", then - now) };
    let change = if now == then { "0".to_owned() } else { change };
    let figures = [then.to_string(), now.to_string(), change].map(|text| pad_start(&text, 6));
    format!("{}{}", pad(name, 12), figures.concat())
}
