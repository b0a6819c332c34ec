//! What people do to a ledger, as the writes that it takes, whichever face it is typed into. Here: the done figure of a cell; the
//! other deeds are in the files below.

mod block;
mod deeds;
mod settle;
mod succeed;
mod together;
mod typed;

use rust_decimal::Decimal;

pub use block::*;
pub use deeds::*;
pub use settle::*;
pub use succeed::*;
pub use together::Together;
pub use typed::*;

use super::book::takes_city_figure;
use super::document::CITY_TOTAL;
use super::quota::{Quota, QuotaRow, RowKind};

/// Why a cell takes no figure, or not this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoFigure {
    /// 无任务: the row does not fall on this city.
    #[error("the row does not fall on this city")]
    NoTask,
    /// The row (or this cell) asks for something in words.
    #[error("the target is a text")]
    Text,
    /// `/`: the area has no quota on this row.
    #[error("the area has no quota here")]
    NotAssigned,
    /// 全市 of a row that is divided among areas is their sum.
    #[error("the city's figure is the sum of the areas")]
    Summed,
    /// Below zero, a trillion or more, or more than six decimals.
    #[error("out of range")]
    OutOfRange,
    /// No such area in the document.
    #[error("no such area")]
    UnknownArea,
}

/// Whether a done figure can be recorded for an area (or 全市) of a row.
///
/// # Errors
/// The reason why not.
pub fn takes_figure(row: &QuotaRow, area: &str) -> Result<(), NoFigure> {
    match row.kind() {
        RowKind::None => return Err(NoFigure::NoTask),
        RowKind::Text => return Err(NoFigure::Text),
        RowKind::Number | RowKind::Percent => {}
    }
    if area == CITY_TOTAL {
        return if takes_city_figure(row) { Ok(()) } else { Err(NoFigure::Summed) };
    }
    match row.quota(area) {
        None => Err(NoFigure::UnknownArea),
        Some(Quota::Amount(..) | Quota::Percent(..)) => Ok(()),
        Some(Quota::NotAssigned | Quota::NoTask) => Err(NoFigure::NotAssigned),
        Some(Quota::Text(_) | Quota::Blank) => Err(NoFigure::Text),
    }
}

/// A done figure as it is kept: without trailing zeros.
///
/// # Errors
/// Below zero, a trillion or more, or more than six decimals.
pub fn figure(value: Decimal) -> Result<Decimal, NoFigure> {
    let value = value.normalize();
    let fine = value >= Decimal::ZERO && value < Decimal::from(1_000_000_000_000_i64) && value.scale() <= 6;
    if fine { Ok(value) } else { Err(NoFigure::OutOfRange) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AreaQuota, ItemKey, ListCode};
    use std::sync::Arc;

    fn row(total: Quota, unit: &str, areas: &[(&str, Quota)]) -> QuotaRow {
        QuotaRow {
            key: ItemKey::row(ListCode::PROVINCE, 1, 1),
            category: String::new(),
            name: "新建步道".to_owned(),
            goal: None,
            total,
            unit: unit.to_owned(),
            areas: areas
                .iter()
                .map(|(area, quota)| AreaQuota { area: Arc::from(*area), quota: quota.clone() })
                .collect(),
            lead_units: vec![],
            coop_units: vec![],
            line: 1,
        }
    }

    fn amount(value: i64) -> Quota {
        Quota::Amount(Decimal::from(value), None)
    }

    #[test]
    fn a_cell_takes_a_figure_only_where_a_number_is_asked_for() {
        let counted = row(amount(5), "公里", &[("甲县", amount(5)), ("乙区", Quota::NotAssigned)]);
        assert_eq!(takes_figure(&counted, "甲县"), Ok(()));
        assert_eq!(takes_figure(&counted, "乙区"), Err(NoFigure::NotAssigned));
        assert_eq!(takes_figure(&counted, "丙市"), Err(NoFigure::UnknownArea));
        assert_eq!(takes_figure(&counted, CITY_TOTAL), Err(NoFigure::Summed));
        let undivided = row(amount(5), "公里", &[("甲县", Quota::Blank)]);
        assert_eq!(takes_figure(&undivided, CITY_TOTAL), Ok(()));
        assert_eq!(takes_figure(&row(Quota::Text("完成".into()), "", &[]), CITY_TOTAL), Err(NoFigure::Text));
        assert_eq!(takes_figure(&row(Quota::NoTask, "", &[]), CITY_TOTAL), Err(NoFigure::NoTask));
    }

    #[test]
    fn a_figure_is_kept_plain_and_within_reason() {
        assert_eq!(figure(Decimal::new(820, 2)).unwrap().to_string(), "8.2");
        for nonsense in [Decimal::new(-1, 0), Decimal::MAX, Decimal::new(1, 7)] {
            assert_eq!(figure(nonsense), Err(NoFigure::OutOfRange), "{nonsense}");
        }
    }
}
