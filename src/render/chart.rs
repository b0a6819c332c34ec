//! A chart as shapes on a plane, for every format that draws: bars, lines and words with their places. Lengths in points from the
//! upper left corner. How a tone is filled stands here once ([`fill`]), so that all formats look alike.

mod hatch;
mod layout;
mod words;

pub use hatch::{Fill, HATCH_STEP, HATCH_WIDTH, Hatch, OUTLINE, OUTLINE_WIDTH, Stroke, fill, hatch_lines};
pub use layout::{draw, draw_pages};
pub use words::estimate;

use crate::report::model::Tone;

/// A chart laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// What stands on it, in the order of drawing.
    pub shapes: Vec<Shape>,
}

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled part of a bar, or a sample of one in the legend; yellow, red and grey have a pattern as well, so that print
    /// without colour tells them apart: [`fill`] says how, [`hatch_lines`] draws it. Its outline is [`OUTLINE`].
    Part {
        /// Left, top, width, height.
        at: (f64, f64, f64, f64),
        /// What it stands for.
        tone: Tone,
    },
    /// A straight line, [`OUTLINE_WIDTH`] wide.
    Line {
        /// From.
        from: (f64, f64),
        /// To.
        to: (f64, f64),
        /// Of dashes.
        dashed: bool,
    },
    /// Words.
    Words {
        /// Where the line of writing begins, ends or has its middle; on the foot of its letters (the baseline).
        at: (f64, f64),
        /// The size of the type.
        size: f64,
        /// Which of them `at` is.
        anchor: Anchor,
        /// The words, on one line and without control characters.
        text: String,
    },
}

/// Which part of a line of words stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The beginning.
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}
