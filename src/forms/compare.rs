//! What a form would change in the ledger as it is now: three texts a field, the form's, the ledger's, and what the form was
//! made with.

use std::sync::Arc;

use super::identity::{review, short};
use super::lines::{About, Field};
use super::read::{Bad, Form, Typed, Why};
use super::sheets::as_read;
use crate::model::entry::{self, NoDeed, NoFigure, Said, Together, put_actual, put_done, typed_actual, typed_done};
use crate::model::{Aliases, Book, FilingState, Hash, Period, Write};
use crate::text::number::plain;

/// A field that the form changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The item, target or cell.
    pub about: About,
    /// The field.
    pub field: Field,
    /// What the ledger holds.
    pub old: String,
    /// What the form says.
    pub new: String,
    /// The sheet.
    pub sheet: &'static str,
    /// The cell: `F7`.
    pub cell: String,
    /// Whether the ledger holds something else than when the form was made.
    pub changed: bool,
    /// Whether the item was reviewed since the form was made.
    pub reviewed: bool,
}

impl Change {
    /// Whether the clerk has to decide.
    pub const fn is_conflict(&self) -> bool {
        self.changed || self.reviewed
    }
}

/// What a form comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// The changes, in the order of its lines.
    pub changes: Vec<Change>,
    /// What has to be written for all of them.
    pub writes: Vec<Write>,
}

impl Compared {
    /// How many of the changes are conflicts.
    pub fn conflicts(&self) -> usize {
        self.changes.iter().filter(|change| change.is_conflict()).count()
    }
}

/// What a form would change. `unit` and `period` are those that are expected; `made` the hash of the commit that the form names, if
/// there is such a commit. `named` is the book with the names of the period, as forms are made from it: whose a form and an item
/// are is judged on that one, what is written stands on `book`.
///
/// # Errors
/// When it is a form of something else, or a field takes no such value.
pub fn compare(
    (book, named): (&Book<'_>, &Book<'_>),
    form: &Form,
    (period, unit): (Period, Option<&Arc<str>>),
    made: Option<Hash>,
) -> Result<Compared, Bad> {
    let identity = &form.identity;
    let wrong = |why, row| Err(Bad::cell(why, super::identity::sheet(), (row, 1)));
    if identity.document != *book.id() {
        return wrong(Why::Document, 1);
    }
    if identity.period != period {
        return wrong(Why::Period, 2);
    }
    let aliases = named.aliases();
    let owner = aliases.name(&identity.unit);
    if unit.is_some_and(|unit| unit != owner) {
        return wrong(Why::Unit, 3);
    }
    if made != Some(identity.hash) {
        return wrong(Why::Ledger, 5);
    }
    let mut compared = Compared::default();
    let mut together = Together::new(book.ledger());
    for (line, typed) in identity.lines.iter().zip(&form.typed) {
        let about = &line.line.about;
        let page = about.page();
        for (((column, field), typed), held) in page.fields().iter().zip(typed).zip(&line.held) {
            let bad = |why| Bad::cell(why, page.name(), (line.line.row, *column));
            let old = about.kept(book, period, *field);
            let typed = match typed {
                // A cell keeps fewer digits than the ledger.
                Typed::Figure(Some(value)) if as_read(&old) == Some(*value) => Typed::Figure(old.parse().ok()),
                typed => in_unit(book, period, about, typed).map_err(bad)?,
            };
            let new = match &typed {
                Typed::Words(words) => words.clone(),
                Typed::Figure(figure) => figure.map(plain).unwrap_or_default(),
            };
            // What nobody touched stays as it is, whatever was filed meanwhile.
            if short(&new) == *held || new == old {
                continue;
            }
            if !takes((named, &aliases), period, owner, about) {
                return Err(Bad::cell(Why::Item, page.name(), (line.line.row, 0)));
            }
            let now = together.book(book.id()).ok_or(Bad::file(Why::Document))?;
            let writes = deed(&now, period, about, *field, typed).map_err(bad)?;
            together.add(&writes);
            let (changed, reviewed) = (short(&old) != *held, was_reviewed(book, period, line));
            let cell = super::read::cell_name(line.line.row, *column);
            let (about, field) = (about.clone(), *field);
            compared.changes.push(Change { about, field, old, new, sheet: page.name(), cell, changed, reviewed });
        }
    }
    compared.writes = together.writes();
    Ok(compared)
}

/// Whether the item has been accepted or returned since.
fn was_reviewed(book: &Book<'_>, period: Period, made: &super::identity::Made) -> bool {
    let now = review(book, period, &made.line);
    now != made.review && now != short("")
}

/// Whether the unit still leads the item, and something is to be filed on it.
fn takes((book, aliases): (&Book<'_>, &Aliases), period: Period, unit: &Arc<str>, about: &About) -> bool {
    let item = about.item();
    book.lead_units(item).iter().any(|one| aliases.name(one) == unit)
        && book.filing_state(item, period, period.end()) != FilingState::NotDue
}

/// A figure in its unit, as it is read on every face: 82000 in a row of 万人 is 8.2.
fn in_unit(book: &Book<'_>, period: Period, about: &About, typed: &Typed) -> Result<Typed, Why> {
    let Typed::Figure(Some(value)) = typed else { return Ok(typed.clone()) };
    let text = value.to_string();
    let read = match about {
        About::Item(_) => return Ok(typed.clone()),
        About::Target(item, no) => typed_actual(book, *item, *no, period, &text),
        About::Cell(row, area) => {
            let row = book.row(*row).ok_or(Why::Item)?;
            typed_done(book, row, area, period, &text)
        }
    };
    read.map(|read| Typed::Figure(Some(read))).map_err(|_| Why::Figure)
}

fn deed(book: &Book<'_>, period: Period, about: &About, field: Field, typed: Typed) -> Result<Vec<Write>, Why> {
    match (about, typed) {
        (About::Item(item), typed) => {
            let mut said = Said::default();
            match (field, typed) {
                (Field::Percent, Typed::Figure(percent)) => said.percent = Some(percent),
                (Field::Progress, Typed::Words(words)) => said.progress = Some(words),
                (Field::Problems, Typed::Words(words)) => said.problems = Some(words),
                (Field::Next, Typed::Words(words)) => said.next = Some(words),
                _ => return Err(Why::Identity),
            }
            entry::file(book, *item, period, &said).map_err(no_deed)
        }
        (About::Target(item, no), Typed::Figure(figure)) => {
            put_actual(book, *item, *no, period, figure).map_err(|why| match why {
                NoDeed::BadFigure if about.is_event(book) => Why::NotYesNo,
                why => no_deed(why),
            })
        }
        (About::Cell(row, area), Typed::Figure(figure)) => {
            put_done(book, *row, area, period, figure).map_err(|why| match why {
                NoFigure::OutOfRange => Why::Figure,
                NoFigure::NoTask
                | NoFigure::Text
                | NoFigure::NotAssigned
                | NoFigure::Summed
                | NoFigure::UnknownArea => Why::Item,
            })
        }
        (About::Target(..) | About::Cell(..), Typed::Words(_)) => Err(Why::NotNumber),
    }
}

const fn no_deed(why: NoDeed) -> Why {
    match why {
        NoDeed::TooLong => Why::Long,
        NoDeed::BadPercent | NoDeed::RowPercent => Why::Percent,
        NoDeed::BadFigure | NoDeed::OutOfRange => Why::Figure,
        _ => Why::Item,
    }
}
