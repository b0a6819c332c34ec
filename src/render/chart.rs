//! A chart as shapes on a plane, for every format that draws: bars, lines and words with their places. Lengths in points from the
//! upper left corner.

use crate::report::model::{Chart, Tone};

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
    /// A filled part of a bar; yellow, red and grey have a pattern as well, so that print without colour tells them apart.
    Part {
        /// Left, top, width, height.
        at: (f64, f64, f64, f64),
        /// What it stands for.
        tone: Tone,
    },
    /// A straight line.
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
        /// Where the line of writing begins, ends or has its middle.
        at: (f64, f64),
        /// The size of the type.
        size: f64,
        /// Which of them `at` is.
        anchor: Anchor,
        /// The words.
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

/// Lays a chart out to a width in points, with words of a size.
pub fn draw(_chart: &Chart, width: f64, _size: f64) -> Drawing {
    Drawing { width, ..Drawing::default() }
}
