//! A document: one year's breakdown of one place.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::key::{DocumentId, ListCode};
use super::period::{Period, Span};
use super::rating::Thresholds;

/// The pseudo-area 全市: the city as a whole, in matrices and in done figures of rows that are not divided among areas.
pub const CITY_TOTAL: &str = "全市";

/// One year's breakdown as printed, with the settings under which it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The period in which `today` stands, within the document's year.
    pub fn current_period(&self, today: NaiveDate) -> Option<Period> {
        Period::current(self.year, self.settings.span, today)
    }

    /// The list with this letter.
    pub fn list(&self, code: ListCode) -> Option<&List> {
        self.lists.iter().find(|list| list.code == code)
    }
}

/// One list of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// 重点工作: numbered tasks.
    Tasks,
    /// 民生实事: livelihood items with quotas by area.
    Livelihood,
}

/// Where a document was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct Settings {
    /// The length of a filing period.
    pub span: Span,
    /// The day of the month after a period on which filings are due (1 to 28; 20 by default).
    pub due_day: u8,
    /// Who leads where no label says so.
    pub lead: LeadCustom,
    /// The margins of the lights.
    pub thresholds: Thresholds,
}

impl Default for Settings {
    fn default() -> Self {
        Self { span: Span::Quarter, due_day: 20, lead: LeadCustom::First, thresholds: Thresholds::default() }
    }
}

/// Who leads among the units of a 责任单位 line that has no 牵头单位 beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadCustom {
    /// 列第一位者为牵头单位: the first, by custom.
    First,
    /// 分别牵头: all of them.
    All,
}
