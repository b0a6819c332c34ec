//! Who else is in, what they have open and whether they edit it; and who keeps the ledger.

use ratatui::layout::Rect;

use super::super::layout::Layout;
use super::super::state::State;
use super::detail::Line;
use super::items::shown_key;
use super::popups::middle;
use crate::catalog::Say;
use crate::model::{Key, Of};
use crate::store::{Other, Seat};
use crate::text::width::{pad, truncate, width};
use crate::text::wrap::wrap;

/// Columns of the list with its frame, where the terminal has them.
const COLUMNS: usize = 72;
/// The widest name.
const NAME: usize = 16;

/// Where it stands.
pub(super) fn place(state: &State, layout: &Layout) -> Rect {
    let lines = lines(state, COLUMNS.min(usize::from(layout.body.width)).saturating_sub(2)).len();
    middle(layout, COLUMNS, lines + 2)
}

/// This screen's user, then the others, then the host.
pub(super) fn lines(state: &State, columns: usize) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    let mut lines: Vec<Line> = vec![(lang.fill(Say::WhoSelf, &[&state.setup.actor.name]), theme.title())];
    let others = &state.live.others;
    let name = others.iter().map(|other| width(&other.actor.name)).max().unwrap_or(0).min(NAME);
    for other in others {
        let mark = if other.at.editing { state.glyphs().edited } else { " " };
        let text = format!("{mark} {}  {}", pad(&other.actor.name, name), at(state, other));
        let style = if other.at.editing { theme.warn() } else { theme.text() };
        lines.extend(wrap(text.trim_end(), columns).into_iter().map(|line| (line, style)));
    }
    if others.is_empty() {
        lines.push((lang.say(Say::WhoAlone).to_owned(), theme.text()));
    }
    let seat = match state.live.seat {
        Some(Seat::Host) => lang.say(Say::WhoHost).to_owned(),
        Some(Seat::Guest { pid, uid }) => lang.fill(Say::WhoGuest, &[&pid, &uid]),
        Some(Seat::Alone) | None => lang.say(Say::WhoAlonePid).to_owned(),
    };
    lines.push((String::new(), theme.text()));
    lines.extend(wrap(&seat, columns).into_iter().map(|line| (line, theme.text())));
    lines
}

/// What somebody has open, in words.
fn at(state: &State, other: &Other) -> String {
    let Some(key) = &other.at.key else { return String::new() };
    let say = if other.at.editing { Say::WhoEdits } else { Say::WhoLooks };
    state.lang().fill(say, &[&named(state, key)])
}

/// A record as people call it, with the title of its item.
fn named(state: &State, key: &Key) -> String {
    let book = state.book().filter(|book| *book.id() == key.document);
    let title = book.zip(key.about()).and_then(|(book, item)| book.title(item));
    let title = title.map(|title| format!(" {}", truncate(&title, 30, state.glyphs().ellipsis))).unwrap_or_default();
    format!("{}{title}", short(state, key))
}

/// A record as people call it: the number of its item, and the area; what is of no item by what it is. One of another document
/// goes by its key.
pub(super) fn short(state: &State, key: &Key) -> String {
    let lang = state.lang();
    match &key.of {
        Of::Role(name) => return format!("{} {name}", lang.say(Say::CmdRoles)),
        Of::Document if key.document.is_office() => return lang.say(Say::CmdRoles).to_owned(),
        _ => {}
    }
    let Some(book) = state.book().filter(|book| *book.id() == key.document) else { return key.to_string() };
    let area = match &key.of {
        Of::Done(_, area, _) => format!(" {area}"),
        _ => String::new(),
    };
    match (&key.of, key.about()) {
        (_, Some(item)) => format!("{}{area}", shown_key(&book, item)),
        (Of::Document, _) => lang.say(Say::CmdSettings).to_owned(),
        (Of::Bulletin(period), _) => format!("{} {}", lang.say(Say::CmdBulletin), lang.period(*period)),
        (Of::Successor(_, name), _) => format!("{} {name}", lang.say(Say::CmdPassOn)),
        (Of::Finding(line, _), _) => format!("{} {line}", lang.say(Say::CmdCheck)),
        _ => key.to_string(),
    }
}
