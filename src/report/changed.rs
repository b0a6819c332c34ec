//! What changed since a day.

use chrono::NaiveDate;

use super::model::Report;
use super::scope::For;
use crate::catalog::Lang;
use crate::model::{Book, Commit, ItemKey, Period};

/// What changed since a day.
pub fn changed(book: &Book<'_>, since: NaiveDate, commits: &[Commit], today: NaiveDate, lang: Lang) -> Report {
    let _ = book;
    Report::plain(lang, super::model::Kind::Unit, "")
}
