//! Sheets of paper and what stands on them. Lengths in points from the upper left corner.

use super::types::Style;
use crate::render::page::{LEFT, MM_PER_PT, PAPER, TEXT, TOP};

/// Points of millimetres.
pub(super) fn pt(mm: f64) -> f64 {
    mm / MM_PER_PT
}

/// Something that stands on a sheet.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// Text on one line, from its left end on the foot of its letters.
    Text { x: f64, y: f64, style: Style, text: String },
    /// A line.
    Line { from: (f64, f64), to: (f64, f64), width: f64, colour: [u8; 3], dashed: bool },
    /// A filled rectangle: left, top, width, height.
    Ground { at: (f64, f64, f64, f64), colour: [u8; 3] },
}

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// A4 landscape.
    pub(super) across: bool,
    pub(super) items: Vec<Item>,
}

/// The text area of a sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    /// Upright as the standard has it (5.2.1). Across the page the head of the table stands at the binding side: the margins go round
    /// by a quarter (chapter 8).
    pub(super) fn new(across: bool) -> Self {
        let bottom = PAPER.1 - TOP - TEXT.1;
        let (left, top, width, height) =
            if across { (bottom, LEFT, TEXT.1, TEXT.0) } else { (LEFT, TOP, TEXT.0, TEXT.1) };
        Self { left: pt(left), top: pt(top), width: pt(width), height: pt(height) }
    }

    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// The size of a sheet.
pub(super) fn paper(across: bool) -> (f64, f64) {
    let (wide, high) = (pt(PAPER.0), pt(PAPER.1));
    if across { (high, wide) } else { (wide, high) }
}
