//! What may be entered by hand, whichever face it is typed into: the done figure of a cell, the choice at a doubt.

use rust_decimal::Decimal;

use super::book::{Book, takes_city_figure};
use super::change::Write;
use super::document::CITY_TOTAL;
use super::finding::Finding;
use super::key::Key;
use super::quota::{Quota, QuotaRow, RowKind};
use super::record::Record;

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
    /// The row is counted, not a percentage.
    #[error("the row is counted, not a percentage")]
    NotAPercentage,
    /// The row is a percentage: neither 万 nor 亿 make sense.
    #[error("the row is a percentage")]
    Percentage,
    /// Below zero.
    #[error("below zero")]
    Negative,
    /// A trillion or more, or more than six decimals.
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

/// A typed amount in the row's own unit: 14.66万 on a row counted in 万人 is 14.66, on a row counted in 人 146600. Without a
/// scale the amount is in the row's unit already. `factor` is 1, 10,000 (万) or 100,000,000 (亿); `percent` is whether a
/// percent sign was typed.
///
/// # Errors
/// Below zero, out of range, or a percentage where the row is counted and the other way round.
pub fn in_unit_of(row: &QuotaRow, value: Decimal, factor: Decimal, percent: bool) -> Result<Decimal, NoFigure> {
    match row.kind() {
        RowKind::Number if percent => return Err(NoFigure::NotAPercentage),
        RowKind::Percent if factor != Decimal::ONE => return Err(NoFigure::Percentage),
        _ => {}
    }
    if value.is_sign_negative() && !value.is_zero() {
        return Err(NoFigure::Negative);
    }
    let value = if factor == Decimal::ONE {
        Some(value)
    } else {
        value.checked_mul(factor).and_then(|value| value.checked_div(scale_of(&row.unit)))
    };
    let value = value.map(|value| value.normalize()).ok_or(NoFigure::OutOfRange)?;
    let fine = value < Decimal::from(1_000_000_000_000_i64) && value.scale() <= 6;
    if fine { Ok(value) } else { Err(NoFigure::OutOfRange) }
}

fn scale_of(unit: &str) -> Decimal {
    match unit.chars().next() {
        Some('万') => Decimal::from(10_000),
        Some('亿') => Decimal::from(100_000_000),
        _ => Decimal::ONE,
    }
}

/// The writes that settle a doubt by its alternative `choice` (from 0): the doubt remembers the choice, and the row takes
/// its reading. `None`: there is no such alternative, or the row it is about is not there.
pub fn settle(book: &Book<'_>, finding: &Finding, choice: u16) -> Option<Vec<Write>> {
    let alternative = finding.alternatives.get(usize::from(choice))?;
    let write = |key: Key, value: Record| Write { base: book.ledger().version(&key), key, value: Some(value) };
    let settled = Finding { settled: Some(choice), ..finding.clone() };
    let mut writes = vec![write(Key::finding(book.id(), finding.line, finding.no), Record::Finding(settled))];
    if let Some(item) = finding.item {
        let row = book.row(item);
        if let Some(row) = row {
            let fixed = alternative.fix.applied_to(row);
            if fixed != *row {
                writes.push(write(Key::item(book.id(), item), Record::Row(fixed)));
            }
        } else if alternative.fix != super::finding::Fix::default() {
            return None;
        }
    }
    Some(writes)
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
    fn a_scale_is_turned_into_the_rows_unit() {
        let wan = Decimal::from(10_000);
        let typed = Decimal::new(1466, 2);
        assert_eq!(in_unit_of(&row(amount(98), "万人", &[]), typed, wan, false), Ok(typed));
        assert_eq!(in_unit_of(&row(amount(98), "人", &[]), typed, wan, false), Ok(Decimal::from(146_600)));
        assert_eq!(in_unit_of(&row(amount(98), "万人", &[]), typed, Decimal::ONE, false), Ok(typed));
    }

    #[test]
    fn nonsense_is_refused_with_its_reason() {
        let counted = row(amount(5), "公里", &[]);
        let rate = row(Quota::Percent(Decimal::from(95), true), "", &[]);
        let one = Decimal::ONE;
        assert_eq!(in_unit_of(&counted, -one, one, false), Err(NoFigure::Negative));
        assert_eq!(in_unit_of(&counted, one, one, true), Err(NoFigure::NotAPercentage));
        assert_eq!(in_unit_of(&rate, one, Decimal::from(10_000), false), Err(NoFigure::Percentage));
        assert_eq!(in_unit_of(&counted, Decimal::MAX, Decimal::from(10_000), false), Err(NoFigure::OutOfRange));
        assert_eq!(in_unit_of(&counted, Decimal::new(1, 7), one, false), Err(NoFigure::OutOfRange));
        assert_eq!(in_unit_of(&rate, Decimal::from(97), one, true), Ok(Decimal::from(97)));
    }
}
