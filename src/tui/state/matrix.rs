//! The livelihood matrix: where it stands, the figure that is being typed, the block that is being pasted.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::list::Cursor;
use crate::model::entry::Block;
use crate::model::{ItemKey, Period, Seq};
use crate::tui::deed::Onward;
use crate::tui::field::Field;
use crate::tui::sides::Sides;

/// What the matrix shows in its cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Done / target.
    #[default]
    Both,
    /// Targets.
    Target,
    /// Done.
    Done,
    /// 完成率.
    Percent,
    /// What is missing.
    Gap,
}

/// The livelihood matrix.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// The rows shown.
    pub rows: Vec<ItemKey>,
    /// The row.
    pub cursor: Cursor,
    /// The column: 0 is 全市, then the areas.
    pub column: usize,
    /// The first area column shown (the first columns stay).
    pub left: usize,
    /// What its cells show.
    pub mode: Mode,
    /// Only what this finds.
    pub query: String,
}

/// The done figure of a cell.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The row.
    pub row: ItemKey,
    /// The area, or 全市.
    pub area: Arc<str>,
    /// The period.
    pub period: Period,
    /// The version that is edited.
    pub base: Seq,
    /// The figure as typed.
    pub field: Field,
    /// What is recorded, and what somebody else made of it since.
    pub sides: Sides,
    /// Begun by typing over the cell: arrows then save and go on, as in a spreadsheet.
    pub typed_over: bool,
    /// A figure lower than an earlier period's that was asked about; saving it again confirms it.
    pub asked: Option<Decimal>,
    /// The question stands: what is typed now was meant for another cell, so only an answer or an edit is taken.
    pub asking: bool,
    /// Where the cursor goes once it is saved.
    pub onward: Option<Onward>,
    /// Why it was refused, or what is asked.
    pub problem: Option<String>,
    /// A commit is on its way.
    pub saving: bool,
}

/// A block pasted over the matrix, shown before it is written.
#[derive(Debug, Clone)]
pub struct PastedBlock {
    /// What it would do.
    pub block: Block,
    /// The text as pasted; read again when somebody else changes what it lies on.
    pub text: String,
    /// The rows that it lies on, from its first line on.
    pub rows: Vec<ItemKey>,
    /// The columns that it lies on.
    pub areas: Vec<Arc<str>>,
    /// Lines scrolled.
    pub scroll: usize,
    /// The cells that somebody else changed meanwhile: asked about before it is written.
    pub clashed: Vec<(ItemKey, Arc<str>)>,
    /// Why it was refused.
    pub problem: Option<String>,
    /// A commit is on its way.
    pub saving: bool,
}
