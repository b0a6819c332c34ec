//! What the office does to items, from a key to writes. The rules are in [`entry`]; here are the questions and the words.

use super::super::sheet::{Purpose, Sheet};
use super::super::state::State;
use super::sheet::Unsaved;
use crate::model::entry::{self, NoDeed, Verdict};
use crate::model::{Book, Intent, ItemKey, Write};

/// Why a commit is written when a sheet is saved.
pub(super) const fn intent(purpose: &Purpose) -> Intent {
    match purpose {
        Purpose::Return(_) => Intent::Review,
        Purpose::Light(_) => Intent::Override,
        Purpose::Chase(_) => Intent::Chase,
        Purpose::Step(..) => Intent::Step,
        Purpose::Ask(_) => Intent::Ask,
        Purpose::Decide(..) => Intent::Decide,
        Purpose::Target(..) | Purpose::Actual(..) => Intent::Target,
        Purpose::FileAll(_) => Intent::File,
    }
}

/// The writes that saving a sheet asks for; none: nothing would change.
///
/// # Errors
/// Why it cannot be saved, or what is asked before it is.
pub(super) fn writes(state: &State, sheet: &Sheet) -> Result<Vec<Write>, Unsaved> {
    let Some(book) = state.book() else { return Ok(Vec::new()) };
    let outcome = match &sheet.purpose {
        Purpose::Return(items) => {
            let verdict = Verdict::Return(sheet.text(0));
            of_each(items, |item| entry::review(&book, item, sheet.period, &verdict))
        }
        Purpose::Chase(items) => {
            of_each(items, |item| entry::chase(&book, item, sheet.period, state.setup.today, &sheet.text(0)))
        }
        _ => Ok(Vec::new()),
    };
    outcome.map_err(|(item, why)| Unsaved::Refused(refusal(state, &book, item, why)))
}

/// The writes of several items together, or the first that cannot be.
fn of_each(
    items: &[ItemKey],
    deed: impl Fn(ItemKey) -> Result<Vec<Write>, NoDeed>,
) -> Result<Vec<Write>, (ItemKey, NoDeed)> {
    let mut writes = Vec::new();
    for item in items {
        writes.extend(deed(*item).map_err(|why| (*item, why))?);
    }
    Ok(writes)
}

/// Why a deed is not possible, in words, with the item where it is about several.
pub(super) fn refusal(state: &State, book: &Book<'_>, item: ItemKey, why: NoDeed) -> String {
    let lang = state.lang();
    let number = crate::report::figures::number(book, item);
    format!("{number} {}", lang.no_deed(why))
}
