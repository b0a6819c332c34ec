//! A report without any layout: what it says, in order. One renderer a format (`render/`) turns it into pages.
//!
//! It can be kept as JSON (`{"lang":"zh","kind":"bulletin",…}`): an issued bulletin is, and the JSON format holds it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::Lang;
use crate::model::{Light, Status};

/// What a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 通报.
    Bulletin,
    /// A leader's page.
    Leader,
    /// A unit's sheet.
    Unit,
    /// An area's sheet.
    Area,
    /// 督办单.
    Slips,
    /// 责任分解, as printed.
    Breakdown,
    /// The matrix of livelihood quotas.
    Matrix,
    /// What changed since a day.
    Changes,
}

/// A finished report. Parts stand on paper in the order of the fields; empty texts are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The language of its wording.
    pub lang: Lang,
    /// What it is.
    pub kind: Kind,
    /// 版头; `None` for a paper without one.
    pub head: Option<Masthead>,
    /// Its title, on one line.
    pub title: String,
    /// Lines under the title: office, date, for whom.
    pub subtitle: Vec<String>,
    /// 主送, without the colon.
    pub addressees: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// 落款.
    pub signed: Signed,
    /// 附件, each beginning a page.
    pub attachments: Vec<Attachment>,
    /// 版记, at the foot of the last page.
    pub colophon: Colophon,
    /// What stands in the foot of every page beside its number: from which state of the ledger it was made.
    pub mark: String,
    /// Made of made-up data: every page says so.
    pub demo: bool,
}

/// 版头 (GB/T 9704-2012, 7.2; of a 简报, its customary head).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Masthead {
    /// 发文机关标志, in red.
    pub name: String,
    /// One line below it: （第3期）, 云政督〔2024〕3号.
    pub number: String,
    /// At the left over the red rule: the office.
    pub left: String,
    /// At the right over the red rule: the day.
    pub right: String,
}

/// 落款, without a seal (7.3.5).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Signed {
    /// Who.
    pub by: String,
    /// 成文日期, as written: 2024年10月25日.
    pub on: String,
    /// 附注, without its brackets.
    pub note: String,
}

/// 附件.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its title. Its number is its place, from 1; one alone has none.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// 版记 (7.4).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Colophon {
    /// 抄送, without the word and the full stop.
    pub copied_to: String,
    /// 印发机关.
    pub printed_by: String,
    /// 印发日期, as written, without 印发.
    pub printed_on: String,
}

/// A piece of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading with its number (`一、总体情况`), level 1 to 4: 一、 （一） 1. （1）.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// Number and words.
        text: String,
    },
    /// Running text.
    Paragraph(String),
    /// A table.
    Table(Table),
    /// A chart of figures that the text or a table holds too.
    Chart(Chart),
    /// A remark below a table or a section, such as how a figure is counted.
    Note(String),
    /// A title in the middle of the line, where a report holds several papers.
    Title(String),
    /// What follows begins a page.
    PageBreak,
}

/// A table. Every head row and row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// What it shows; stands above it.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many leading columns name the row: where a page is too narrow and the table is cut into groups of columns,
    /// these stand before each group (in full before the first).
    pub frozen: usize,
    /// Its head rows, repeated on every page.
    pub head: Vec<Vec<Cell>>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Where its cells stand.
    pub align: Align,
    /// Its share of the room that is left, beside the other columns' shares; 0: as wide as what it holds.
    pub share: u8,
    /// The names of the columns that stand in its place where there is no end to the width (workbook, CSV); empty: it stands
    /// as it is. Every cell below the head has a [`Value::Parts`] of as many cells then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
}

/// Where a cell stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left: text.
    Left,
    /// At the right: figures.
    Right,
    /// In the middle: numbers of items, marks.
    Center,
}

/// A cell: what is read, and what it is worth to a program.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// What is read; `\n` parts lines.
    pub text: String,
    /// What it is worth.
    #[serde(default, skip_serializing_if = "Value::is_text")]
    pub value: Value,
    /// Whether it is one with a neighbour. Its text is that of the whole, so that it can be said again after a page is turned.
    #[serde(default, skip_serializing_if = "Joined::is_no")]
    pub joined: Joined,
}

/// What a cell is worth to a program.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Its text.
    #[default]
    Text,
    /// A number.
    Number(Decimal),
    /// Percent: 75 is 75%.
    Percent(Decimal),
    /// 亮灯.
    Light(Light),
    /// 进度状态.
    Status(Status),
    /// A figure for each of the column's parts.
    Parts(Vec<Cell>),
}

/// Whether a cell is one with a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// It stands alone, or is the first of several that are one.
    #[default]
    No,
    /// With the one above.
    Above,
    /// With the one at its left.
    Left,
}

/// A chart of bars that lie, one below the other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Chart {
    /// What it shows; stands above it.
    pub caption: String,
    /// Its bars, top first.
    pub bars: Vec<Bar>,
    /// The value that the full width stands for; more than zero.
    pub full: Decimal,
    /// A line across all bars, with what it says: 序时进度75.0%.
    pub reference: Option<(Decimal, String)>,
    /// What each tone stands for, in the order of the parts; empty where there is but one.
    pub legend: Vec<(Tone, String)>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What stands at its left.
    pub label: String,
    /// Its parts, from the left; zero and up.
    pub parts: Vec<(Tone, Decimal)>,
    /// The figure at its right, as read.
    pub figure: String,
}

/// What a part of a bar stands for. Colour never carries it alone: print has a pattern or a figure beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// A quantity.
    Plain,
    /// 绿.
    Green,
    /// 黄.
    Yellow,
    /// 红.
    Red,
    /// 灰.
    Grey,
}

impl Column {
    /// A column of text that takes this share of the room.
    pub const fn text(share: u8) -> Self {
        Self { align: Align::Left, share, parts: Vec::new() }
    }

    /// A column of figures, as wide as they are.
    pub const fn figures() -> Self {
        Self { align: Align::Right, share: 0, parts: Vec::new() }
    }

    /// A column of short marks, as wide as they are.
    pub const fn marks() -> Self {
        Self { align: Align::Center, share: 0, parts: Vec::new() }
    }
}

impl Cell {
    /// A cell that is worth something.
    pub fn worth(text: impl Into<String>, value: Value) -> Self {
        Self { text: text.into(), value, joined: Joined::No }
    }

    /// The same cell, one with a neighbour.
    #[must_use]
    pub fn joined(self, joined: Joined) -> Self {
        Self { joined, ..self }
    }

    /// Plain cells of texts.
    pub fn row<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Vec<Self> {
        texts.into_iter().map(Self::from).collect()
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl Value {
    const fn is_text(&self) -> bool {
        matches!(self, Self::Text)
    }
}

impl Joined {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
    const fn is_no(&self) -> bool {
        matches!(self, Self::No)
    }
}

impl Report {
    /// A report of blocks alone.
    pub fn plain(lang: Lang, kind: Kind, title: impl Into<String>) -> Self {
        Self {
            lang,
            kind,
            head: None,
            title: title.into(),
            subtitle: Vec::new(),
            addressees: String::new(),
            blocks: Vec::new(),
            signed: Signed::default(),
            attachments: Vec::new(),
            colophon: Colophon::default(),
            mark: String::new(),
            demo: false,
        }
    }

    /// All blocks, those of the attachments last.
    pub fn all_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().chain(self.attachments.iter().flat_map(|attachment| &attachment.blocks))
    }

    /// All tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.all_blocks().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}

impl Table {
    /// Whether it stands across the page (A4 landscape): more columns, or more columns of text, than a page that stands upright
    /// has room for.
    pub fn is_wide(&self) -> bool {
        self.columns.len() > 8 || self.columns.iter().filter(|column| column.share > 1).count() > 3
    }
}
