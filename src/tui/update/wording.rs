//! The clerk's part of a bulletin: its form, and what is offered for 下一步工作要求.

use chrono::NaiveDate;

use super::super::form::{
    ADDRESSEES, COPIED_TO, Form, NAME, NEXT, NOTE, NUMBER, OPENING, PRINTED_BY, PRINTED_ON, Part, SIGNATURE, SIGNED_ON,
    Subject, TITLE,
};
use super::super::state::{Popup, State};
use super::sheet::Unsaved;
use super::{deeds, filing};
use crate::catalog::Say;
use crate::model::entry::{NoDeed, put_wording};
use crate::model::{Wording, Write};
use crate::report::offers::offers;

/// Opens the form, unless the bulletin was issued.
pub(super) fn open(state: &mut State) {
    if may_open(state) {
        filing::show(state, Subject::Wording);
    }
}

/// Whether the bulletin can still be changed; otherwise says why not.
pub(super) fn may_open(state: &mut State) -> bool {
    let issued = state
        .book()
        .and_then(|book| book.bulletin(state.period))
        .is_some_and(|(bulletin, _)| bulletin.issued.is_some());
    if issued {
        let text = deeds::no_deed(state, NoDeed::Issued);
        state.say(text, false);
    }
    !issued
}

/// The writes of what was typed; none: nothing changed.
pub(super) fn writes(state: &State, form: &Form) -> Result<Vec<Write>, Unsaved> {
    let Some(book) = state.book() else { return Ok(Vec::new()) };
    let text = |name: &str| form.part(name).map(Part::typed).unwrap_or_default();
    let day = |name: &str| -> Result<Option<NaiveDate>, Unsaved> { deeds::day(state, &book, &text(name)) };
    let wording = Wording {
        name: text(NAME),
        number: text(NUMBER),
        title: text(TITLE),
        addressees: text(ADDRESSEES),
        opening: text(OPENING),
        next: text(NEXT),
        signature: text(SIGNATURE),
        signed_on: day(SIGNED_ON)?,
        note: text(NOTE),
        copied_to: text(COPIED_TO),
        printed_by: text(PRINTED_BY),
        printed_on: day(PRINTED_ON)?,
    };
    put_wording(&book, form.period, &wording).map_err(|why| Unsaved::Refused(deeds::no_deed(state, why)))
}

/// Puts what is offered (一是…二是…) behind what stands in 下一步工作要求.
pub(super) fn take_offers(state: &mut State) {
    let lang = state.lang();
    let Some(Popup::Form(form)) = state.popups.last() else { return };
    let period = form.period;
    let offered = state.book().map(|book| offers(&book, period, lang)).unwrap_or_default();
    if offered.is_empty() {
        state.say(lang.say(Say::NothingOffered), false);
        return;
    }
    if let Some(Popup::Form(form)) = state.popups.last_mut()
        && let Some((at, part)) = form.parts.iter_mut().enumerate().find(|(_, part)| part.name == NEXT)
    {
        let before = part.field.text();
        let new: Vec<&str> = offered.iter().map(String::as_str).filter(|line| !before.contains(*line)).collect();
        let new = new.join("\n");
        let joined = [before.trim_end(), &new].into_iter().filter(|text| !text.is_empty());
        part.field.set(&joined.collect::<Vec<_>>().join("\n"));
        form.focus = at;
    }
    state.draft_due = true;
    state.say(lang.fill(Say::OffersTaken, &[&offered.len()]), true);
}
