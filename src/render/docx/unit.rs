//! Lengths as the format counts them.

use crate::render::chart::estimate;
use crate::render::page::{LINE, MM_PER_PT};

/// Twentieths of a point.
pub(super) fn twips(points: f64) -> i32 {
    whole(points * 20.0)
}

/// Twentieths of a point of millimetres.
pub(super) fn twips_mm(mm: f64) -> i32 {
    twips(mm / MM_PER_PT)
}

/// English metric units: 12,700 a point.
pub(super) fn emu(points: f64) -> i32 {
    whole(points * 12_700.0)
}

/// One line of the page, rounded down so that 22 of them fit.
pub(super) fn line() -> i32 {
    twips((LINE / MM_PER_PT * 20.0).floor() / 20.0)
}

/// Between two characters of the body, in twentieths of a point: 28 of 16 points are wider than 156 mm by 5.8 points.
pub(super) const TIGHT: i32 = -5;

/// The width of a character of the body.
pub(super) const EM: f64 = 15.75;

/// How wide a text of the body is, in points.
pub(super) fn body_width(text: &str) -> f64 {
    estimate(text, EM)
}

fn whole(value: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "it saturates, and no page is that long")]
    let whole = value.round() as i32;
    whole
}
