//! 责任分解 as printed.

use chrono::NaiveDate;

use super::model::Report;
use super::scope::For;
use crate::catalog::Lang;
use crate::model::{Book, Commit, ItemKey, Period};

/// 责任分解 as printed.
pub fn breakdown(book: &Book<'_>, of: &For, today: NaiveDate, lang: Lang) -> Report {
    let _ = book;
    Report::plain(lang, super::model::Kind::Unit, "")
}
