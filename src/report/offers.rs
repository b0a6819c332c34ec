//! What is offered to the clerk for 下一步工作要求: facts of the largest groups of laggards, a sentence each, to edit.

use crate::catalog::Lang;
use crate::model::{Book, Period};

/// Paragraphs (一是… 二是… 三是…) from the largest groups of laggards; none where nothing lags.
pub fn offers(book: &Book<'_>, period: Period, lang: Lang) -> Vec<String> {
    let _ = (book, period, lang);
    Vec::new()
}
