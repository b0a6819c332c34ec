//! What lies within a role's reach: the items somebody files on, the cells whose figures they record.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Contact, Denial, May};
use crate::model::{Aliases, Book, ItemKey, QuotaRow, Successions, Task, Whose};

/// A role beside a document. Both the store's rule and the faces ask it, so that a screen offers just what will be taken.
#[derive(Debug, Clone)]
pub struct Reach<'a> {
    may: &'a May,
    book: Book<'a>,
    aliases: Aliases,
    known: Successions,
    today: NaiveDate,
}

impl<'a> Reach<'a> {
    /// The reach of a role in a document as it stands in the ledger, with the names as printed, on a day: whoever follows on a
    /// unit by then has what was its own, and so does still whoever was its contact under the name that was.
    pub fn new(may: &'a May, book: Book<'a>, today: NaiveDate) -> Self {
        Self { may, book, aliases: book.aliases(), known: Successions::of(book.ledger(), book.id()), today }
    }

    /// The document.
    pub const fn book(&self) -> Book<'a> {
        self.book
    }

    /// Whether somebody files on an item: words, the percentage, figures reached on targets, steps, requests.
    ///
    /// # Errors
    /// A contact's unit has no part in it; a reader files nothing.
    pub fn files(&self, item: ItemKey) -> Result<(), Denial> {
        let contact = match self.may {
            May::Admin | May::Editor => return Ok(()),
            May::Reader => return Err(Denial::ReadOnly),
            May::Contact(contact) => contact,
        };
        let units = self.book.task(item).map(Task::units).into_iter().flatten();
        let units = units.chain(self.book.row(item).map(QuotaRow::units).into_iter().flatten());
        if self.is_own(contact, units) { Ok(()) } else { Err(foreign(contact)) }
    }

    /// Whether somebody records the figures of a cell. With an area it is that column of every row; without one, every cell
    /// of the unit's own rows.
    ///
    /// # Errors
    /// The cell is of another column, or of a row in which a contact's unit has no part; a reader records nothing.
    pub fn records(&self, row: ItemKey, area: &str) -> Result<(), Denial> {
        match self.may.contact().and_then(|contact| contact.area.as_ref()) {
            Some(own) if **own == *area => Ok(()),
            Some(own) => Err(Denial::OwnAreaOnly { area: Arc::clone(own) }),
            None => self.files(row),
        }
    }

    fn is_own<'u>(&self, contact: &Contact, mut units: impl Iterator<Item = &'u Arc<str>>) -> bool {
        let whose = Whose { aliases: &self.aliases, known: &self.known, day: self.today };
        contact.unit.as_ref().is_some_and(|own| units.any(|unit| whose.is(unit, own)))
    }
}

/// Why a contact does not file on what is somebody else's.
pub(super) fn foreign(contact: &Contact) -> Denial {
    match (&contact.unit, &contact.area) {
        (Some(unit), _) => Denial::OwnUnitOnly { unit: Arc::clone(unit) },
        (None, Some(area)) => Denial::OwnAreaOnly { area: Arc::clone(area) },
        (None, None) => Denial::ReadOnly,
    }
}
