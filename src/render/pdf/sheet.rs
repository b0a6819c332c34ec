//! Pages before they are written: what stands where. Lengths in points from the upper left corner.

use super::line::{Line, Type};
use crate::render::page::{LEFT, MM_PER_PT, PAPER, RED, TEXT, TOP};

/// Points of millimetres.
pub(super) fn mm(millimetres: f64) -> f64 {
    millimetres / MM_PER_PT
}

/// Black.
pub(super) const BLACK: [u8; 3] = [0, 0, 0];
/// The red of 发文机关标志 and its rule.
pub(super) const MASTHEAD_RED: [u8; 3] = RED;

/// How high above the line of writing a character's square ends, in parts of the size; the rest of it lies below.
pub(super) const ASCENT: f64 = 0.88;

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sheet {
    /// Whether it is read with its long side below.
    pub(super) lies: bool,
    /// What stands on it.
    pub(super) items: Vec<Item>,
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Which part of the text it is; `None` for what is there for the page's sake: rules, feet, repeated heads.
    pub(super) of: Option<usize>,
    /// Whether its place is that on the page held upright, its head at the left, though it is read lying.
    pub(super) turned: bool,
    /// What it is.
    pub(super) shape: Shape,
}

impl Item {
    /// How far the line of writing is from the upper edge, of words.
    pub(super) const fn baseline(&self) -> Option<f64> {
        match &self.shape {
            Shape::Words { at, .. } => Some(at.1),
            _ => None,
        }
    }
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Words.
    Words {
        /// Where the line of writing begins.
        at: (f64, f64),
        /// The words.
        line: Line,
        /// Their face and size.
        kind: Type,
        /// Their colour.
        ink: [u8; 3],
    },
    /// A straight line.
    Rule {
        /// From.
        from: (f64, f64),
        /// To.
        to: (f64, f64),
        /// How thick.
        width: f64,
        /// Its colour.
        ink: [u8; 3],
        /// Of dashes.
        dashed: bool,
    },
    /// A filled rectangle: left, top, width, height.
    Fill {
        /// Its place.
        at: (f64, f64, f64, f64),
        /// Its colour.
        ink: [u8; 3],
    },
    /// The edges of a rectangle.
    Frame {
        /// Its place: left, top, width, height.
        at: (f64, f64, f64, f64),
        /// How thick.
        width: f64,
        /// Their colour.
        ink: [u8; 3],
    },
}

/// Where text may stand on a page: 版心 (5.2.1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    /// From the left edge.
    pub(super) left: f64,
    /// From the upper edge.
    pub(super) top: f64,
    /// How wide.
    pub(super) width: f64,
    /// How high.
    pub(super) height: f64,
}

/// The page's own size: width and height.
pub(super) fn paper(lies: bool) -> (f64, f64) {
    let (width, height) = (mm(PAPER.0), mm(PAPER.1));
    if lies { (height, width) } else { (width, height) }
}

/// The area of a page. On one that lies, the head is on the side that is the left one of the page held upright (clause 8): its four
/// margins are the same paper's.
pub(super) fn area(lies: bool) -> Area {
    if lies {
        let left = mm(PAPER.1 - TOP - TEXT.1);
        Area { left, top: mm(LEFT), width: mm(TEXT.1), height: mm(TEXT.0) }
    } else {
        Area { left: mm(LEFT), top: mm(TOP), width: mm(TEXT.0), height: mm(TEXT.1) }
    }
}
