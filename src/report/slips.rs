//! 督办单.

use chrono::NaiveDate;

use super::model::Report;
use super::scope::For;
use crate::catalog::Lang;
use crate::model::{Book, Commit, ItemKey, Period};

/// 督办单.
pub fn slips(
    book: &Book<'_>,
    of: &For,
    items: Option<&[ItemKey]>,
    period: Period,
    today: NaiveDate,
    lang: Lang,
) -> Report {
    let _ = book;
    Report::plain(lang, super::model::Kind::Unit, "")
}
