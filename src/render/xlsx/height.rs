//! How high a row is. Programs do not agree on whether they work it out when they open a file, so every row says it.

use super::looks::SIZE;
use crate::text::{width, wrap};

/// No row is higher, in points.
const HIGHEST: f64 = 409.0;
/// The type in which the width of columns is counted, in points; a column of one holds one letter, half a Chinese character.
const COUNTED: f64 = 10.5;
/// A line is higher than its type by this.
const LEADING: f64 = 1.35;
/// What stands above and below the lines, in points.
const AROUND: f64 = 4.0;

/// The height, in points, of a row that holds a text in a column of a width, set in type of a size.
pub(super) fn height(text: &str, column: f64, size: f64) -> f64 {
    let letters = (column - 1.0) * COUNTED / size;
    (lines(text, letters) * size * LEADING + AROUND).min(HIGHEST)
}

/// The height of a table's row with these texts in columns of these widths.
pub(super) fn of_row<'a>(cells: impl Iterator<Item = (&'a str, f64)>) -> f64 {
    let heights = cells.map(|(text, column)| height(text, column, SIZE));
    heights.fold(height("", 2.0, SIZE), f64::max)
}

/// How many lines a text takes: counted in full, for a program may break it elsewhere than we would.
fn lines(text: &str, letters: f64) -> f64 {
    // A few hundred letters at most: nothing is lost.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to small whole numbers")]
    let letters = letters.clamp(2.0, 500.0) as usize;
    // Text that fits needs no breaking; most of a table does.
    let most = if width(text) <= letters && !text.contains('\n') { 1 } else { wrap(text, letters).len().max(1) };
    f64::from(u16::try_from(most).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_cell_and_never_too_high() {
        let one = height("督查", 20.0, SIZE);
        assert!(height("", 20.0, SIZE) >= one);
        let three = of_row([("督查", 20.0), ("督".repeat(25).as_str(), 20.0), ("a\nb", 20.0)].into_iter());
        assert!(three > one * 2.0 && three < one * 3.5, "{one} {three}");
        assert!((height(&"督".repeat(9_000), 6.0, SIZE) - HIGHEST).abs() < 1e-9);
    }
}
