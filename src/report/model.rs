//! A report without any layout: what it says, in order. One renderer a format turns it into pages.

use crate::catalog::Lang;

/// A finished report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The language of its wording.
    pub lang: Lang,
    /// Its title, on one line.
    pub title: String,
    /// Lines under the title: office, date, for whom.
    pub subtitle: Vec<String>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Made of made-up data: every page says so.
    pub demo: bool,
}

/// A piece of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading with its number (`一、总体情况`), level 1 to 3.
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
    /// A remark below a table or a section, such as how a figure is counted.
    Note(String),
}

/// A table. Every head row and row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What it shows; stands above it.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many leading columns name the row: where a page is too narrow and the table is cut into groups of columns,
    /// these stand before each group (in full before the first).
    pub frozen: usize,
    /// Its head rows, repeated on every page.
    pub head: Vec<Vec<String>>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Where its cells stand.
    pub align: Align,
    /// Its share of the room that is left, beside the other columns' shares; 0: as wide as what it holds.
    pub share: u8,
}

/// Where a cell stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left: text.
    Left,
    /// At the right: figures.
    Right,
    /// In the middle: numbers of items, marks.
    Center,
}

impl Column {
    /// A column of text that takes this share of the room.
    pub const fn text(share: u8) -> Self {
        Self { align: Align::Left, share }
    }

    /// A column of figures, as wide as they are.
    pub const fn figures() -> Self {
        Self { align: Align::Right, share: 0 }
    }

    /// A column of short marks, as wide as they are.
    pub const fn marks() -> Self {
        Self { align: Align::Center, share: 0 }
    }
}

impl Report {
    /// All tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading { .. } | Block::Paragraph(_) | Block::Note(_) => None,
        })
    }
}
