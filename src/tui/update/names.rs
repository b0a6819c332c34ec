//! 更名、接任: the sheet that says who follows on a unit or a leader, and what saving it writes.

use std::sync::Arc;

use super::super::sheet::{Purpose, Sheet};
use super::super::state::State;
use super::deeds;
use super::sheet::Unsaved;
use crate::catalog::Say;
use crate::model::entry::succeed;
use crate::model::{Book, Key as RecordKey, Office, Successions, Write};

/// The name that something was said about, of a name as it is shown: the one that it follows on, or itself.
fn recorded(known: &Successions, office: Office, shown: &Arc<str>) -> Arc<str> {
    let follows = known.iter().find(|(of, _, next)| *of == office && next.to == *shown);
    follows.map_or_else(|| Arc::clone(shown), |(_, was, _)| Arc::clone(was))
}

/// The sheet: the name that follows, and from which day on. Where one follows already, it is there to be changed.
pub(super) fn sheet(state: &State, book: &Book<'_>, (office, name): (Office, &Arc<str>)) -> Sheet {
    let lang = state.lang();
    let known = Successions::of(&state.ledger, book.id());
    let name = recorded(&known, office, name);
    let next = known.next(office, &name);
    let to = next.map(|next| next.to.to_string()).unwrap_or_default();
    let since = next.map_or_else(|| state.setup.today.to_string(), |next| next.since.to_string());
    let mut sheet =
        Sheet::new(lang.fill(Say::PassOnTitle, &[&name]), Purpose::Succeed(office, Arc::clone(&name)), state.period)
            .note(lang.say(Say::PassOnNote))
            .line(lang.say(Say::SucceedHeadTo), &to)
            .line(lang.say(Say::SucceedHeadSince), &since);
    sheet.seen = vec![(RecordKey::successor(book.id(), office, &name), None)];
    sheet
}

/// The writes; an empty name takes back what was said.
pub(super) fn writes(state: &State, sheet: &Sheet, (office, name): (Office, &Arc<str>)) -> Result<Vec<Write>, Unsaved> {
    let Some(book) = Book::open(&state.ledger, &state.document) else { return Ok(Vec::new()) };
    let to = sheet.text(0).trim().to_owned();
    let next = if to.is_empty() {
        None
    } else {
        let day = deeds::day(state, &book, &sheet.text(1))?;
        let needed = || Unsaved::Refused(state.lang().say(Say::PassOnDay).to_owned());
        Some((to.as_str(), day.ok_or_else(needed)?))
    };
    succeed(&book, (office, name), next).map_err(|why| Unsaved::Refused(deeds::no_deed(state, why)))
}
