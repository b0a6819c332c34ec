//! How a tone is filled: a colour, and a pattern for those that a print without colour could not tell apart.

use crate::report::model::Tone;

/// The pattern over a fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hatch {
    /// None.
    None,
    /// Lines that rise to the right, at 45 degrees.
    Rising,
    /// Lines that fall to the right, at 45 degrees.
    Falling,
    /// Both.
    Crossed,
}

/// How a tone is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// The colour of the ground, red, green and blue.
    pub ground: [u8; 3],
    /// The colour of the pattern's lines.
    pub ink: [u8; 3],
    /// The pattern.
    pub hatch: Hatch,
}

/// From one line of a pattern to the next, along the edge of the part, in points.
pub const HATCH_STEP: f64 = 4.0;
/// The width of a pattern's lines, in points.
pub const HATCH_WIDTH: f64 = 0.8;
/// The colour of outlines, lines and words.
pub const OUTLINE: [u8; 3] = [0x33, 0x33, 0x33];
/// The width of outlines and lines, in points.
pub const OUTLINE_WIDTH: f64 = 0.5;

/// How a tone is filled. In print without colour: plain and green are even and dark, red is dark with a light lattice, yellow is light
/// with rising lines, grey is light with falling lines.
pub const fn fill(tone: Tone) -> Fill {
    match tone {
        Tone::Plain => Fill { ground: [0x2f, 0x5f, 0x9e], ink: OUTLINE, hatch: Hatch::None },
        Tone::Green => Fill { ground: [0x2e, 0x8b, 0x57], ink: OUTLINE, hatch: Hatch::None },
        Tone::Yellow => Fill { ground: [0xff, 0xd8, 0x4d], ink: OUTLINE, hatch: Hatch::Rising },
        Tone::Red => Fill { ground: [0xc6, 0x28, 0x28], ink: [0xff, 0xff, 0xff], hatch: Hatch::Crossed },
        Tone::Grey => Fill { ground: [0xd9, 0xd9, 0xd9], ink: OUTLINE, hatch: Hatch::Falling },
    }
}

/// A line from one place to another.
pub type Stroke = ((f64, f64), (f64, f64));

/// The lines of a tone's pattern within a part (left, top, width, height), cut at its edges. For formats without patterns of their
/// own, and for those whose patterns come out coarse.
pub fn hatch_lines(tone: Tone, at: (f64, f64, f64, f64)) -> Vec<Stroke> {
    match fill(tone).hatch {
        Hatch::None => Vec::new(),
        Hatch::Rising => rising(at),
        Hatch::Falling => falling(at),
        Hatch::Crossed => {
            let mut both = rising(at);
            both.extend(falling(at));
            both
        }
    }
}

/// Lines x + y = k, cut at the edges of the rectangle.
fn rising((left, top, width, height): (f64, f64, f64, f64)) -> Vec<Stroke> {
    let offsets = offsets(width + height);
    let line = |sum: f64| {
        let low = (left + (sum - height).max(0.0), top + sum.min(height));
        let high = (left + sum.min(width), top + (sum - width).max(0.0));
        (low, high)
    };
    offsets.map(line).collect()
}

/// The same in a mirror.
fn falling((left, top, width, height): (f64, f64, f64, f64)) -> Vec<Stroke> {
    let mirror = |(x, y): (f64, f64)| (2.0f64.mul_add(left, width) - x, y);
    rising((left, top, width, height)).into_iter().map(|(low, high)| (mirror(low), mirror(high))).collect()
}

/// Half a step, one and a half, … below `end`; no more than any page has room for.
fn offsets(end: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(HATCH_STEP / 2.0), |at| Some(at + HATCH_STEP))
        .take_while(move |at| *at < end)
        .take(5_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TONES: [Tone; 5] = [Tone::Plain, Tone::Green, Tone::Yellow, Tone::Red, Tone::Grey];

    /// What is left of a colour in print without colour, 0 to 255 (BT.601).
    fn luma([red, green, blue]: [u8; 3]) -> f64 {
        0.299f64.mul_add(f64::from(red), 0.587f64.mul_add(f64::from(green), 0.114 * f64::from(blue)))
    }

    #[test]
    fn the_lights_differ_without_their_colours() {
        let lights = &TONES[1..];
        for (at, one) in lights.iter().enumerate() {
            for other in &lights[at + 1..] {
                assert_ne!(fill(*one).hatch, fill(*other).hatch, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_pattern_shows_on_its_ground_without_colour() {
        for tone in TONES {
            let Fill { ground, ink, hatch } = fill(tone);
            assert!(hatch == Hatch::None || (luma(ground) - luma(ink)).abs() > 96.0, "{tone:?}");
        }
    }

    proptest! {
        #[test]
        fn lines_stay_within_the_part(left in 0.0..500.0, top in 0.0..500.0, width in 0.0..400.0, height in 0.0..40.0) {
            for tone in TONES {
                for ((x1, y1), (x2, y2)) in hatch_lines(tone, (left, top, width, height)) {
                    for (x, y) in [(x1, y1), (x2, y2)] {
                        prop_assert!(x >= left - 1e-6 && x <= left + width + 1e-6, "{tone:?} {x}");
                        prop_assert!(y >= top - 1e-6 && y <= top + height + 1e-6, "{tone:?} {y}");
                    }
                    prop_assert!(((x1 - x2).abs() - (y1 - y2).abs()).abs() < 1e-6, "at 45 degrees");
                }
            }
        }
    }
}
