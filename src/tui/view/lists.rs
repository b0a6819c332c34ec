//! The lines of the lists of a document: saved views, periods, documents, what was put away.

use super::super::state::State;
use super::super::update::view_words;
use super::detail::Line;
use super::items::{joined, shown_key};
use super::listed::Listed;
use crate::catalog::Say;
use crate::model::Book;
use crate::report::filed::filed;
use crate::report::{For, Scope};
use crate::text::width::{fit, pad, width};
use crate::tui::sheet::Picking;

/// The widest name of a view.
const NAME: usize = 24;

/// The saved views: the name, and what it holds.
pub(super) fn views(state: &State, book: &Book<'_>, (columns, list): (usize, &mut Listed)) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    lang.say(Say::CmdViews).clone_into(&mut list.title);
    let widest = book.views().map(|(view, _)| width(&view.name)).max().unwrap_or(0).min(NAME);
    for (view, _) in book.views() {
        let words = view_words(lang, view).join(" · ");
        let words = if words.is_empty() { lang.say(Say::ViewHoldsNothing).to_owned() } else { words };
        let name = pad(&fit(&view.name, widest, state.glyphs().ellipsis), widest);
        let line = fit(&format!("{name}  {words}"), columns, state.glyphs().ellipsis);
        list.lines.push((line, theme.text()));
    }
    Vec::new()
}

/// The periods: when filings are due, and how many are there.
pub(super) fn periods(state: &State, book: &Book<'_>, (columns, list): (usize, &mut Listed)) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    lang.say(Say::CmdPeriod).clone_into(&mut list.title);
    let scope = Scope::new(book, &For::All);
    let current = book.document().current_period(state.setup.today);
    for period in Picking::periods(book) {
        let of = filed(&scope, period, state.setup.today);
        let due = book.document().settings.due(period);
        let text = lang.fill(Say::PeriodLine, &[&pad(&lang.period(period), 16), &due, &of.filed, &of.due]);
        let text = if current == Some(period) { format!("{text}  {}", lang.say(Say::PeriodNow)) } else { text };
        let style = if period == state.period { theme.focused() } else { theme.text() };
        list.lines.push((fit(&text, columns, state.glyphs().ellipsis), style));
    }
    Vec::new()
}

/// The documents: the slug, the year, how many items, how many doubts are open.
pub(super) fn documents(state: &State, (columns, list): (usize, &mut Listed)) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    lang.say(Say::CmdDoc).clone_into(&mut list.title);
    for document in state.ledger.documents() {
        let Some(book) = Book::open(&state.ledger, &document.id) else { continue };
        let items = book.tasks().count() + book.rows().len();
        let open = book.findings().filter(|finding| finding.is_open()).count();
        let name = pad(&fit(document.id.as_str(), NAME, state.glyphs().ellipsis), NAME);
        let text = lang.fill(Say::DocumentLine, &[&name, &document.year, &items, &open, &document.title]);
        let style = if document.id == state.document { theme.focused() } else { theme.text() };
        list.lines.push((fit(&text, columns, state.glyphs().ellipsis), style));
    }
    Vec::new()
}

/// The requests that wait for a decision: the item's number, what is asked, the item; below, the reason of the one under the cursor.
pub(super) fn waiting(state: &State, book: &Book<'_>, at: usize, (columns, list): (usize, &mut Listed)) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    lang.say(Say::CmdWaiting).clone_into(&mut list.title);
    let mut more = Vec::new();
    for (row, (item, _, request)) in book.open_requests().enumerate() {
        let until = request.until.map(|day| lang.fill(Say::RequestUntil, &[&day])).unwrap_or_default();
        let asked = format!("{}{until}", lang.request_kind(request.kind));
        let text =
            format!("{} {}  {}", pad(&shown_key(book, item), 7), pad(&asked, 20), book.title(item).unwrap_or_default());
        list.lines.push((fit(&text, columns, state.glyphs().ellipsis), theme.text()));
        if row == at {
            more.push((
                format!("{}{}", lang.say(Say::SheetReason), lang.say(Say::Colon)) + &request.reason,
                theme.text(),
            ));
            more.push((joined(book.lead_units(item)), theme.text()));
        }
    }
    more
}

/// What later readings no longer have: its key, where it stood, since when it is gone.
pub(super) fn dropped(state: &State, book: &Book<'_>, (columns, list): (usize, &mut Listed)) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    lang.say(Say::CmdDropped).clone_into(&mut list.title);
    for item in book.dropped() {
        let former = book.former(item);
        let (was, on) = former.map_or((String::new(), String::new()), |one| (one.was.to_string(), one.on.to_string()));
        let title = book.title(item).unwrap_or_default();
        let text = format!("{} {} {on}  {title}", pad(&item.to_string(), 5), pad(&was, 7));
        list.lines.push((fit(&text, columns, state.glyphs().ellipsis), theme.text()));
    }
    Vec::new()
}
