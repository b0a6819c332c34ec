//! The page of a leader, the sheet of a unit or an area.

use chrono::NaiveDate;

use super::model::Report;
use super::scope::For;
use crate::catalog::Lang;
use crate::model::{Book, Commit, ItemKey, Period};

/// The page of a leader, the sheet of a unit or an area.
pub fn page(book: &Book<'_>, of: &For, period: Period, today: NaiveDate, lang: Lang) -> Report {
    let _ = book;
    Report::plain(lang, super::model::Kind::Unit, "")
}
