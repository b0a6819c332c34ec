//! A filled-in form from bytes, whoever saved it; or what is wrong with it, and where.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::identity::{self, Identity, Made, VERSION};
use super::lines::{About, Field, Line, Page};
use super::sheets::{Cells, Value, sheets};
use crate::catalog::{Lang, Say};
use crate::model::{DocumentId, Period};
use crate::text::sanitise;

/// Why a form is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is told in the catalogue")]
pub enum Why {
    Type,
    Old,
    Large,
    Broken,
    Entity,
    Rows,
    Sheet,
    Version,
    Identity,
    Row,
    Formula,
    Error,
    NotNumber,
    NotYesNo,
    NotWords,
    Long,
    Percent,
    Figure,
    Document,
    Period,
    Unit,
    Ledger,
    Item,
}

impl Why {
    /// The reason in words.
    pub const fn say(self) -> Say {
        match self {
            Self::Type => Say::FormBadType,
            Self::Old => Say::FormBadOld,
            Self::Large => Say::FormBadLarge,
            Self::Broken => Say::FormBadBroken,
            Self::Entity => Say::FormBadEntity,
            Self::Rows => Say::FormBadRows,
            Self::Sheet => Say::FormBadSheet,
            Self::Version => Say::FormBadVersion,
            Self::Identity => Say::FormBadIdentity,
            Self::Row => Say::FormBadRow,
            Self::Formula => Say::FormBadFormula,
            Self::Error => Say::FormBadError,
            Self::NotNumber => Say::FormBadText,
            Self::NotYesNo => Say::FormBadYesNo,
            Self::NotWords => Say::FormBadOther,
            Self::Long => Say::FormBadLong,
            Self::Percent => Say::FormBadPercent,
            Self::Figure => Say::FormBadFigure,
            Self::Document => Say::FormBadDocument,
            Self::Period => Say::FormBadPeriod,
            Self::Unit => Say::FormBadUnit,
            Self::Ledger => Say::FormBadLedger,
            Self::Item => Say::FormBadItem,
        }
    }
}

/// What is wrong with a form, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// The reason.
    pub why: Why,
    /// The sheet and, where it is one cell's, the cell (`B7`).
    pub place: Option<(String, Option<String>)>,
}

impl Bad {
    /// About the whole file.
    pub const fn file(why: Why) -> Self {
        Self { why, place: None }
    }

    /// About a cell, by row and column from 0.
    pub fn cell(why: Why, sheet: &str, (row, column): (u32, u16)) -> Self {
        Self { why, place: Some((sheet.to_owned(), Some(cell_name(row, column)))) }
    }
}

impl From<Why> for Bad {
    fn from(why: Why) -> Self {
        Self::file(why)
    }
}

/// What was typed into an input cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// Words; nothing where it is empty. Sanitised.
    Words(String),
    /// A figure; nothing where it is empty.
    Figure(Option<Decimal>),
}

/// A form that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What it says of itself.
    pub identity: Identity,
    /// What stands in the input cells of each of its lines, in the order of the page's fields.
    pub typed: Vec<Vec<Typed>>,
}

/// Reads a form.
///
/// # Errors
/// What is wrong with it, the first thing found.
pub fn read(bytes: &[u8]) -> Result<Form, Bad> {
    let sheets = sheets(bytes)?;
    let identity = identity_of(sheets.get(identity::sheet()).ok_or(Bad::file(Why::Version))?)?;
    for page in Page::ALL {
        let cells = sheets
            .get(page.name())
            .ok_or_else(|| Bad { why: Why::Sheet, place: Some((page.name().to_owned(), None)) })?;
        in_place(&identity, page, cells)?;
    }
    let empty = Cells::new();
    let typed = identity.lines.iter().map(|made| {
        let page = made.line.about.page();
        let cells = sheets.get(page.name()).unwrap_or(&empty);
        page.fields().iter().map(|(column, field)| typed(page, (made.line.row, *column), *field, cells)).collect()
    });
    let typed: Result<Vec<Vec<Typed>>, Bad> = typed.collect();
    Ok(Form { identity: identity.clone(), typed: typed? })
}

/// Each key where it was put, and none elsewhere.
fn in_place(identity: &Identity, page: Page, cells: &Cells) -> Result<(), Bad> {
    let expected: BTreeMap<u32, String> = identity
        .lines
        .iter()
        .filter(|made| made.line.about.page() == page)
        .map(|made| (made.line.row, made.line.about.to_string()))
        .collect();
    for (row, key) in &expected {
        if cells.get(&(*row, 0)) != Some(&Value::Text(key.clone())) {
            return Err(Bad::cell(Why::Row, page.name(), (*row, 0)));
        }
    }
    let last = page.fields().last().map_or(0, |(column, _)| *column);
    let stray = cells
        .keys()
        .find(|(row, column)| *row >= super::layout::FIRST && *column <= last && !expected.contains_key(row));
    stray.map_or(Ok(()), |at| Err(Bad::cell(Why::Row, page.name(), *at)))
}

fn typed(page: Page, at: (u32, u16), field: Field, cells: &Cells) -> Result<Typed, Bad> {
    let bad = |why| Err(Bad::cell(why, page.name(), at));
    match (cells.get(&at), field.is_text()) {
        (Some(Value::Formula), _) => bad(Why::Formula),
        (Some(Value::Error), _) => bad(Why::Error),
        (Some(Value::Other), _) => bad(if field.is_text() { Why::NotWords } else { Why::NotNumber }),
        (None, true) => Ok(Typed::Words(String::new())),
        (Some(Value::Text(text)), true) => Ok(Typed::Words(sanitise(text).text.trim().to_owned())),
        (Some(Value::Number(number)), true) => Ok(Typed::Words(number.to_string())),
        (None, false) => Ok(Typed::Figure(None)),
        (Some(Value::Number(number)), false) => Ok(Typed::Figure(Some(*number))),
        (Some(Value::Text(text)), false) => {
            let text = text.trim();
            if text == Lang::Zh.say(Say::FormYes) && field == Field::Figure {
                Ok(Typed::Figure(Some(Decimal::ONE)))
            } else if text == Lang::Zh.say(Say::FormNo) && field == Field::Figure {
                Ok(Typed::Figure(Some(Decimal::ZERO)))
            } else {
                bad(Why::NotNumber)
            }
        }
    }
}

fn identity_of(cells: &Cells) -> Result<Identity, Bad> {
    let sheet = identity::sheet();
    let text = |row: u32, column: u16| match cells.get(&(row, column)) {
        Some(Value::Text(text)) => Ok(text.clone()),
        // A spreadsheet may make a number of digits.
        Some(Value::Number(number)) => Ok(number.to_string()),
        _ => Err(Bad::cell(Why::Identity, sheet, (row, column))),
    };
    if text(0, 1)? != VERSION {
        return Err(Bad::cell(Why::Version, sheet, (0, 1)));
    }
    let bad = |row: u32| Bad::cell(Why::Identity, sheet, (row, 1));
    let document = DocumentId::new(&text(1, 1)?).map_err(|_| bad(1))?;
    let period: Period = text(2, 1)?.parse().map_err(|_| bad(2))?;
    let unit: Arc<str> = Arc::from(text(3, 1)?);
    let seq = crate::model::Seq(text(4, 1)?.parse().map_err(|_| bad(4))?);
    let hash = text(5, 1)?.parse().map_err(|_| bad(5))?;
    let mut lines = Vec::new();
    let last = cells.keys().next_back().map_or(0, |(row, _)| *row);
    for row in 7..=last {
        lines.push(line(row, &text)?);
    }
    let found = Identity { document, period, unit, seq, hash, lines };
    // The rows are made again from what was read: their checksum is the one written, or something was changed.
    let written = text(6, 1)?;
    let remade = found.rows();
    if remade.get(6).and_then(|row| row.get(1)) == Some(&written) { Ok(found) } else { Err(bad(6)) }
}

fn line(row: u32, text: &dyn Fn(u32, u16) -> Result<String, Bad>) -> Result<Made, Bad> {
    let bad = |column| Bad::cell(Why::Identity, identity::sheet(), (row, column));
    let about: About = text(row, 0)?.parse().map_err(|()| bad(0))?;
    let at: u32 = text(row, 2)?.parse().map_err(|_| bad(2))?;
    let held: Vec<String> = text(row, 4)?.split(' ').map(str::to_owned).collect();
    if held.len() != about.page().fields().len() || text(row, 1)? != about.page().name() {
        return Err(bad(4));
    }
    let line = Line { about, row: at.checked_sub(1).ok_or_else(|| bad(2))? };
    Ok(Made { line, held, review: text(row, 3)? })
}

/// `B7` of row and column from 0.
pub(super) fn cell_name(row: u32, column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}
