//! The report that 通报 shows, as pages of text: made when it is looked at, and again when the ledger has changed.

use std::cell::RefCell;
use std::sync::Arc;

use super::state::State;
use crate::model::{DocumentId, Period, Seq};
use crate::render::text_pages;
use crate::report::{What, make};

/// Pages, and what they were made from.
#[derive(Debug, Default)]
pub struct Pages(RefCell<Option<(From, Arc<Vec<String>>)>>);

type From = (DocumentId, Seq, Period, What);

/// The pages of what is shown; none without a document.
pub(super) fn pages(state: &State) -> Arc<Vec<String>> {
    let from = (state.document.clone(), state.ledger.head().seq, state.period, state.shown.clone());
    if let Some((of, pages)) = &*state.pages.0.borrow()
        && *of == from
    {
        return Arc::clone(pages);
    }
    let made = state.book().map(|book| make(&book, &state.shown, state.period, state.setup.today, state.lang()));
    let pages = Arc::new(made.map(|made| text_pages(&made.report)).unwrap_or_default());
    *state.pages.0.borrow_mut() = Some((from, Arc::clone(&pages)));
    pages
}
