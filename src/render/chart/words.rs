//! How wide words will be, before any font is known.

use crate::text::one_line;
use crate::text::width::{clusters, is_ambiguous};

/// How wide words of a size will be, in points: a Chinese character is as wide as its size, a letter or figure half of it.
pub fn estimate(text: &str, size: f64) -> f64 {
    clusters(text).map(|cluster| ems(cluster.text, cluster.cols)).sum::<f64>() * size
}

/// In Chinese fonts quotation marks and dashes are as wide as characters.
fn ems(cluster: &str, cols: usize) -> f64 {
    let wide = cols >= 2 || cluster.chars().next().is_some_and(is_ambiguous);
    match cols {
        0 => 0.0,
        _ if wide => 1.0,
        _ => 0.5,
    }
}

/// A text on one line, without what is not to be seen, and cut with an ellipsis where it would be wider than `most`.
pub(super) fn short(text: &str, size: f64, most: f64) -> String {
    let text = one_line(text).text;
    // Sums of fractions: what just fits, fits.
    if estimate(&text, size) <= most + 1e-6 {
        return text;
    }
    let mut kept = String::new();
    let mut used = size;
    for cluster in clusters(&text) {
        used += ems(cluster.text, cluster.cols) * size;
        if used > most {
            break;
        }
        kept.push_str(cluster.text);
    }
    if size <= most { kept + "…" } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_is_as_wide_as_its_size_and_figures_half() {
        assert!((estimate("市a1", 10.0) - 20.0).abs() < 1e-9);
        assert!((estimate("“市”", 10.0) - 30.0).abs() < 1e-9, "quotation marks are as wide as characters");
    }

    #[test]
    fn what_is_too_wide_ends_in_an_ellipsis_and_fits() {
        assert_eq!(short("市发改委", 10.0, 40.0), "市发改委");
        assert_eq!(short("市发改委", 10.0, 39.0), "市发…");
        assert_eq!(short("市发改委", 10.0, 5.0), "");
        assert_eq!(short("一\n二\u{202e}", 10.0, 99.0), "一 二");
    }
}
