//! 民生实事: livelihood items and their quotas by area.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::document::CITY_TOTAL;
use super::key::ItemKey;

/// One row of the livelihood matrix: what the city has to reach, and each area's share of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuotaRow {
    /// Its key: list, item, row (`P17.3`).
    pub key: ItemKey,
    /// 事项分类, inherited over merged cells; empty in lists without it.
    pub category: String,
    /// 事项名称 (or 项目名称).
    pub name: String,
    /// 工作目标, in lists that have this column.
    pub goal: Option<String>,
    /// 全市任务: the city's total.
    pub total: Quota,
    /// What amounts of the row count, with its scale: 公里, 家, 万人; empty where the page does not say.
    pub unit: String,
    /// Each area's quota, in the order of the document's columns.
    pub areas: Vec<AreaQuota>,
    /// 牵头单位.
    pub lead_units: Vec<Arc<str>>,
    /// 配合单位.
    pub coop_units: Vec<Arc<str>>,
    /// Its line in the source file, from 1.
    pub line: u32,
}

/// One area's quota on a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AreaQuota {
    /// The area, as its column is headed.
    pub area: Arc<str>,
    /// Its share.
    pub quota: Quota,
}

/// What a cell of the matrix asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Quota {
    /// A counted amount in the row's unit, with the note printed beside it (4700 （集聚区）).
    Amount(Decimal, Option<String>),
    /// A percentage: at least this (`true`) or exactly this. Never added up.
    Percent(Decimal, bool),
    /// A sentence.
    Text(String),
    /// `/`: no quota here.
    NotAssigned,
    /// 无任务: the item does not fall on this city at all.
    NoTask,
    /// An empty cell: the total's sentence applies to all.
    Blank,
}

impl Quota {
    /// The amount, if it is one.
    pub fn amount(&self) -> Option<Decimal> {
        match self {
            Self::Amount(value, _) => Some(*value),
            Self::Percent(..) | Self::Text(_) | Self::NotAssigned | Self::NoTask | Self::Blank => None,
        }
    }

    /// The number to reach: an amount or a percentage above nothing.
    pub fn target(&self) -> Option<Decimal> {
        match self {
            Self::Amount(value, _) | Self::Percent(value, _) => Some(*value).filter(|v| !v.is_zero()),
            Self::Text(_) | Self::NotAssigned | Self::NoTask | Self::Blank => None,
        }
    }
}

/// What kind of target a row has; only counted rows are ever added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// A counted total, divided among areas.
    Number,
    /// A percentage.
    Percent,
    /// A sentence.
    Text,
    /// 无任务.
    None,
}

/// How a counted row's areas compare with its printed total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SumCheck {
    /// What the areas add up to.
    pub sum: Decimal,
    /// What is printed as the total.
    pub total: Decimal,
}

impl SumCheck {
    /// Whether both agree.
    pub fn agrees(&self) -> bool {
        self.sum == self.total
    }
}

impl QuotaRow {
    /// The kind of its target, from the total.
    pub fn kind(&self) -> RowKind {
        match self.total {
            Quota::Amount(..) => RowKind::Number,
            Quota::Percent(..) => RowKind::Percent,
            Quota::Text(_) => RowKind::Text,
            Quota::NotAssigned | Quota::NoTask | Quota::Blank => RowKind::None,
        }
    }

    /// The quota of an area.
    pub fn quota(&self, area: &str) -> Option<&Quota> {
        self.areas.iter().find(|cell| &*cell.area == area).map(|cell| &cell.quota)
    }

    /// The quota of an area, or the total for 全市 ([`CITY_TOTAL`]).
    pub fn cell(&self, area: &str) -> Option<&Quota> {
        if area == CITY_TOTAL { Some(&self.total) } else { self.quota(area) }
    }

    /// The areas' sum beside the printed total, for a counted row. In decimals: 53.5 + 2 + … is exactly 69.
    pub fn sum_check(&self) -> Option<SumCheck> {
        // Rates are not added up.
        if self.unit.ends_with(['%', '％', '‰']) || self.name.ends_with('率') {
            return None;
        }
        let total = self.total.amount()?;
        let amounts = self.areas.iter().filter_map(|cell| cell.quota.amount());
        let sum = amounts.fold(Decimal::ZERO, Decimal::saturating_add);
        Some(SumCheck { sum, total })
    }

    /// The same of a row that is divided among areas at all: where none has an amount, nothing differs from the total.
    pub fn divided_sum(&self) -> Option<SumCheck> {
        self.sum_check().filter(|_| self.areas.iter().any(|cell| cell.quota.amount().is_some()))
    }

    /// All units, lead units first, as printed.
    pub fn units(&self) -> impl Iterator<Item = &Arc<str>> {
        self.lead_units.iter().chain(&self.coop_units)
    }

    /// What the row is about in full: name, and the goal where the list has one.
    pub fn title(&self) -> String {
        match &self.goal {
            Some(goal) => format!("{} {goal}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The figure done on a cell, cumulative from the start of the year to the end of a period, in the row's unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Done {
    /// The figure, not negative.
    pub value: Decimal,
}
