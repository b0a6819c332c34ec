//! A document: one year's breakdown of one place.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::key::{DocumentId, ListCode};
use super::period::{Period, Span};
use super::rating::Thresholds;

/// The pseudo-area 全市: the city as a whole, in matrices and in done figures of rows that are not divided among areas.
pub const CITY_TOTAL: &str = "全市";

/// One year's breakdown as printed, with the settings under which it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Document {
    /// The slug.
    pub id: DocumentId,
    /// The title, without the line breaks of the page.
    pub title: String,
    /// 发文字号, such as 衢政办发〔2024〕10号; empty where the page shows none.
    pub number: String,
    /// The office that issued it; empty where the page shows none.
    pub issuer: String,
    /// The day it was signed.
    pub date: Option<NaiveDate>,
    /// The year it plans.
    pub year: u16,
    /// Its lists, in printed order.
    pub lists: Vec<List>,
    /// The area columns of its quota matrix, in printed order.
    pub areas: Vec<Arc<str>>,
    /// Where it was read from.
    pub source: Source,
    /// A throw-away ledger with made-up progress: marked as such everywhere.
    pub demo: bool,
    /// What the office has set.
    pub settings: Settings,
}

impl Document {
    /// The period to stand on, within the document's year: that of `today`, or the one before it as long as its filings are not due
    /// yet, for in these days it is what everybody files and the office chases.
    pub fn current_period(&self, today: NaiveDate) -> Option<Period> {
        let now = Period::current(self.year, self.settings.span, today)?;
        Some(now.previous().filter(|before| today <= self.settings.due(*before)).unwrap_or(now))
    }

    /// The list with this letter.
    pub fn list(&self, code: ListCode) -> Option<&List> {
        self.lists.iter().find(|list| list.code == code)
    }
}

/// One list of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct List {
    /// Its letter in keys.
    pub code: ListCode,
    /// What it holds.
    pub kind: ListKind,
    /// Its title as printed.
    pub title: String,
    /// The short mark that stands before numbers on screen: empty for tasks, 省, 市.
    pub mark: String,
}

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// 重点工作: numbered tasks.
    Tasks,
    /// 民生实事: livelihood items with quotas by area.
    Livelihood,
}

/// Where a document was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Source {
    /// The file's name, without its folder.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal; the original is kept under this name.
    pub sha256: String,
    /// The layout it was recognised as.
    pub layout: String,
}

/// What an office may set for a document. Defaults are those of the field (`docs/decisions`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Settings {
    /// The length of a filing period.
    pub span: Span,
    /// The month in which filings are due.
    #[serde(default)]
    pub due_month: DueMonth,
    /// The day of that month, 1 to 31; the 20th by default. In a shorter month its last day.
    pub due_day: u8,
    /// 临期: an item is near its deadline from this many days before it, 0 to 365; 30 by default.
    #[serde(default = "near_days")]
    pub near_days: u16,
    /// Who leads where no label says so.
    pub lead: LeadCustom,
    /// The margins of the lights.
    pub thresholds: Thresholds,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            span: Span::Quarter,
            due_month: DueMonth::After,
            due_day: 20,
            near_days: near_days(),
            lead: LeadCustom::First,
            thresholds: Thresholds::default(),
        }
    }
}

const fn near_days() -> u16 {
    30
}

impl Settings {
    /// The day on which the filings of a period are due.
    pub fn due(&self, period: Period) -> NaiveDate {
        let month = match self.due_month {
            DueMonth::Last => period.end(),
            DueMonth::After => period.end().succ_opt().unwrap_or(NaiveDate::MAX),
        };
        (1..=self.due_day.clamp(1, 31)).rev().find_map(|day| month.with_day(day.into())).unwrap_or(month)
    }
}

/// The month in which the filings of a period are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueMonth {
    /// The last month of the period.
    Last,
    /// The month after the period, as most offices have it.
    #[default]
    After,
}

/// Who leads among the units of a 责任单位 line that has no 牵头单位 beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeadCustom {
    /// 列第一位者为牵头单位: the first, by custom.
    First,
    /// 分别牵头: all of them.
    All,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filings_are_due_on_a_day_of_the_last_month_or_of_the_one_after() {
        let due = |due_month, due_day, period: &str| {
            let settings = Settings { due_month, due_day, ..Settings::default() };
            settings.due(period.parse().unwrap()).to_string()
        };
        assert_eq!(due(DueMonth::After, 20, "2024Q3"), "2024-10-20");
        assert_eq!(due(DueMonth::After, 8, "2024Q4"), "2025-01-08");
        assert_eq!(due(DueMonth::Last, 20, "2024Q3"), "2024-09-20");
        assert_eq!(due(DueMonth::Last, 31, "2024Q2"), "2024-06-30", "the last day of a shorter month");
        assert_eq!(due(DueMonth::After, 30, "2024M01"), "2024-02-29");
    }

    #[test]
    fn until_the_filings_of_a_period_are_due_it_is_the_one_to_stand_on() {
        let ledger = crate::report::fixture::Making::new("东城区").ledger();
        let mut document = crate::model::Book::newest(&ledger).unwrap().document().clone();
        let stands = |document: &Document, day: &str| {
            document.current_period(day.parse().unwrap()).map(|period| period.to_string()).unwrap()
        };
        for (day, period) in [
            ("2024-09-30", "2024Q3"),
            ("2024-10-01", "2024Q3"),
            ("2024-10-20", "2024Q3"),
            ("2024-10-21", "2024Q4"),
            ("2024-01-05", "2024Q1"),
            ("2023-12-31", "2024Q1"),
            ("2025-01-05", "2024Q4"),
            ("2026-11-26", "2024Q4"),
        ] {
            assert_eq!(stands(&document, day), period, "{day}");
        }
        document.settings.due_month = DueMonth::Last;
        assert_eq!(stands(&document, "2024-10-01"), "2024Q4");
        document.settings = Settings { span: Span::Month, due_day: 5, ..Settings::default() };
        assert_eq!([stands(&document, "2024-10-05"), stands(&document, "2024-10-06")], ["2024M09", "2024M10"]);
    }
}
