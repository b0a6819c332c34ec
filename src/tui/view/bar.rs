//! The bar at the top and the names of the screens.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::command::COMMANDS;
use super::super::deed::{Focus, Screen};
use super::super::layout::Layout;
use super::super::state::State;
use crate::catalog::Say;
use crate::model::{Contact, May, role};
use crate::text::width::{truncate, width};

/// Columns that are kept for who sits here, at most.
const WHO: usize = 16;

pub(super) fn draw(state: &State, buffer: &mut Buffer, layout: &Layout) {
    let lang = state.lang();
    let Some(book) = state.book() else { return };
    let document = book.document();
    let mut bar = Canvas::new(buffer, layout.bar, state.glyphs());
    let style = state.theme.bar();
    bar.style_row(0, style);
    let name = if document.number.is_empty() { &document.title } else { &document.number };
    // The owner goes by name; of everybody else the role says what can be done here.
    let who = match role::of(&state.ledger, state.setup.owner, &state.setup.actor) {
        _ if state.setup.read_only => lang.say(Say::LookingOnly).to_owned(),
        _ if role::is_owner(state.setup.owner, state.setup.actor.uid) => state.setup.actor.name.clone(),
        // An area says more in less room than 各县（市、区）政府 before it.
        Some(May::Contact(Contact { area: Some(area), .. })) => lang.fill(Say::RoleContact, &[&area]),
        Some(may) => lang.may(&may),
        None => lang.say(Say::RoleNone).to_owned(),
    };
    let saved = lang.fill(Say::HeadSeq, &[&state.ledger.head().seq]);
    let columns = bar.columns();
    let (before, period) = (format!(" {}  ", lang.say(Say::ProgramName)), format!("  {}", lang.period(state.period)));
    let demo = if document.demo { lang.say(Say::DemoMark) } else { "" };
    // A title may be long: what says how things stand keeps its place behind it.
    let demo_room = if demo.is_empty() { 0 } else { width(demo) + 2 };
    let right = 2 + width(&who).min(WHO) + 2 + width(&saved) + 1;
    let away = if state.live.gone().is_some() { width(lang.say(Say::LinkAway)) + 2 } else { 0 };
    let room = columns.saturating_sub(width(&before) + width(&period) + demo_room + away + right);
    let name = truncate(name, room, state.glyphs().ellipsis);
    let mut x = bar.put(0, 0, columns, &format!("{before}{name}{period}"), style);
    if document.demo {
        x = bar.put(x + 2, 0, columns, demo, state.theme.bar().patch(state.theme.phrase()));
    }
    let who = truncate(&who, columns.saturating_sub(x + 2 + 3 + width(&saved)), state.glyphs().ellipsis);
    let right = format!("{who}  {saved} ");
    if x + 2 + width(&right) <= columns {
        bar.put_right(columns, 0, &right, style);
        let room = columns - width(&right) - x - 2;
        if let Some((text, style)) = company(state, room) {
            bar.put_right(columns - width(&right), 0, &format!("{text}  "), style);
        }
    }

    let mut tabs = Canvas::new(buffer, layout.tabs, state.glyphs());
    let columns = tabs.columns();
    let shown = match (state.screen, state.focus) {
        (Screen::Tasks, Focus::List) => "tasks",
        (Screen::Tasks, Focus::Leaders) => "leaders",
        (Screen::Tasks, Focus::Units) => "units",
        (Screen::Matrix, _) => "matrix",
        (Screen::Overview, _) => "overview",
        (Screen::Bulletin, _) => "bulletin",
        (Screen::Log, _) => "log",
        (Screen::Check, _) => "check",
    };
    let mut x = 1;
    for command in COMMANDS.iter().take(8) {
        let key = command.keys.first().copied().unwrap_or_default();
        let mut text = format!("{key}{}", lang.say(command.name));
        if command.id == "check" && state.cache.open > 0 {
            text = format!("{text}({})", state.cache.open);
        }
        if command.id == "overview"
            && state.board.figures.stamp == Some(state.stamp())
            && state.board.figures.urgent > 0
        {
            text = format!("{text}({})", state.board.figures.urgent);
        }
        let style = if command.id == shown { state.theme.selected() } else { state.theme.text() };
        x = tabs.put(x, 0, columns, &text, style) + 1;
    }
}

/// Who else is in, or that the link is gone, in at most `room` columns: as many names as fit, at least the count.
fn company(state: &State, room: usize) -> Option<(String, Style)> {
    let (lang, live, style) = (state.lang(), &state.live, state.theme.bar());
    if live.gone().is_some() {
        return Some((lang.say(Say::LinkAway).to_owned(), style.patch(state.theme.bad())));
    }
    if live.others.is_empty() {
        return None;
    }
    let count = lang.fill(Say::OnlineCount, &[&(live.others.len() + 1)]);
    let names: Vec<&str> = live.others.iter().map(|other| other.actor.name.as_str()).collect();
    let shown = (0..=names.len()).rev().map(|most| {
        let more = if most < names.len() && most > 0 { state.glyphs().ellipsis } else { "" };
        format!("{count} {}{more}", names.iter().take(most).copied().collect::<Vec<_>>().join(" "))
            .trim_end()
            .to_owned()
    });
    shown.into_iter().find(|text| width(text) + 2 <= room).map(|text| (text, style))
}
