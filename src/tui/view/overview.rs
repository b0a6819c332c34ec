//! 总览: the period at a glance: counts by status, by leader, by area, who has not filed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::state::State;
use super::detail::{Line, draw_lines};
use crate::catalog::Say;
use crate::model::{Light, Status};
use crate::report::areas::areas;
use crate::report::scope::{For, Scope};
use crate::report::summary::{Counts, by_leader, summary};
use crate::text::number::percent1;
use crate::text::width::{pad, pad_start};

pub(super) fn draw(state: &State, buffer: &mut Buffer, area: Rect) {
    draw_lines(state, buffer, area, &lines(state), state.scroll);
}

/// The whole text.
pub(super) fn lines(state: &State) -> Vec<Line> {
    let Some(book) = state.book() else { return Vec::new() };
    let lang = state.lang();
    let theme = state.theme;
    let plain = theme.text();
    let counts = summary(&Scope::new(&book, &For::All), state.period);
    let mut lines: Vec<Line> =
        vec![(format!("{}  {}", lang.period(state.period), book.document().title), theme.title())];
    for (name, counts) in [(Say::CmdTasks, &counts.tasks), (Say::CmdMatrix, &counts.rows)] {
        lines.push((String::new(), plain));
        lines.push((format!("{} {}", lang.say(name), counts.total()), theme.focused()));
        for status in Status::ALL {
            let count = counts.of(status);
            let light = usual_light(status);
            let bar = bar(state, count, counts.total());
            let mark = state.glyphs().light(light);
            let text = format!("  {mark} {} {} {bar}", pad(lang.status(status), 12), pad_start(&count.to_string(), 5));
            lines.push((text, theme.light(light)));
        }
    }
    lines.push((String::new(), plain));
    lines.push((head(state, Say::CmdLeaders), theme.focused()));
    for (name, counts) in by_leader(&book, state.period) {
        lines.push((format!("  {} {}", pad(&name, 14), lights(&counts)), plain));
    }
    lines.push((String::new(), plain));
    lines.push((head(state, Say::Areas), theme.focused()));
    for area in areas(&book, state.period) {
        let rank = area.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        let average = area.average.map(percent1).unwrap_or_default();
        let text = format!("  {} {} {}  {rank}", pad(&area.area, 14), lights(&area.counts), pad_start(&average, 8));
        lines.push((text, plain));
    }
    lines
}

/// The light that a status has as a rule: the colour of its line.
const fn usual_light(status: Status) -> Light {
    match status {
        Status::FarBehind | Status::NotStarted => Light::Red,
        Status::Behind => Light::Yellow,
        Status::Unknown | Status::Stopped | Status::NotRated => Light::Grey,
        Status::OnTime | Status::Ahead | Status::Complete | Status::Exceeded => Light::Green,
    }
}

fn head(state: &State, name: Say) -> String {
    let lang = state.lang();
    let lights = [Light::Red, Light::Yellow, Light::Green, Light::Grey];
    let names: Vec<String> = lights.iter().map(|light| pad_start(lang.light(*light), 5)).collect();
    format!("{} {}", pad(lang.say(name), 16), names.join(" "))
}

fn lights(counts: &Counts) -> String {
    let lights = [Light::Red, Light::Yellow, Light::Green, Light::Grey];
    let numbers: Vec<String> = lights.iter().map(|light| pad_start(&counts.light(*light).to_string(), 5)).collect();
    numbers.join(" ")
}

/// A bar of at most 40 columns.
fn bar(state: &State, count: usize, total: usize) -> String {
    let filled = (count * 40).div_ceil(total.max(1));
    if state.glyphs() == super::super::glyph::Glyphs::ASCII { "#".repeat(filled) } else { "=".repeat(filled) }
}
