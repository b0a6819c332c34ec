//! Characters as lines of text: those on one base line, from left to right, with blanks where there are gaps.

use super::drawn::Glyph;

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Its base line.
    pub(super) y: f64,
    pub(super) size: f64,
    /// A blank is drawn at its end, which belongs between it and its next line.
    pub(super) blank: bool,
}

/// A gap as wide as this, in sizes of the type, is a blank between Chinese characters.
const BLANK: f64 = 0.6;
/// The same between letters and digits.
const NARROW_BLANK: f64 = 0.2;
/// A gap as wide parts columns.
const COLUMN: f64 = 2.5;

/// The lines of text that characters make, from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut lines = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    // The base line and size of the row: those of its largest characters, so that a raised number does not lift it.
    let mut base: Option<(f64, f64)> = None;
    for glyph in glyphs {
        match base {
            Some((y, size)) if (glyph.y - y).abs() <= 0.5 * size.max(glyph.size) => {
                if glyph.size > size * 1.05 {
                    base = Some((glyph.y, glyph.size));
                }
            }
            _ => {
                lines.extend(line(std::mem::take(&mut row)));
                base = Some((glyph.y, glyph.size));
            }
        }
        row.push(glyph);
    }
    lines.extend(line(row));
    lines
}

/// The characters of one row as a line; `None` for blanks alone.
fn line(mut row: Vec<Glyph>) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut text = String::new();
    let mut before: Option<Glyph> = None;
    // A blank that is drawn, however narrow it is.
    let mut blank = false;
    let (mut left, mut size, mut y) = (f64::INFINITY, 0.0_f64, 0.0);
    let mut right = f64::NEG_INFINITY;
    for glyph in row {
        if glyph.c.is_whitespace() || glyph.c.is_control() {
            blank = true;
            continue;
        }
        if let Some(last) = before {
            // Bold type that is drawn twice.
            if last.c == glyph.c && (glyph.x - last.x).abs() < 0.2 * glyph.size {
                continue;
            }
            let unit = last.size.max(glyph.size);
            let gap = (glyph.x - (last.x + last.width)) / unit;
            let narrow = last.c.is_ascii_alphanumeric() && glyph.c.is_ascii_alphanumeric();
            if gap >= COLUMN {
                text.push('\t');
            } else if blank || gap >= if narrow { NARROW_BLANK } else { BLANK } {
                text.push(' ');
            }
        }
        blank = false;
        text.push(glyph.c);
        left = left.min(glyph.x);
        right = right.max(glyph.x + glyph.width);
        if glyph.size > size {
            (size, y) = (glyph.size, glyph.y);
        }
        before = Some(glyph);
    }
    before.map(|_| Line { text, left, right, y, size, blank })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, x: f64, y: f64, size: f64) -> Vec<Glyph> {
        let mut x = x;
        let mut out = Vec::new();
        for c in text.chars() {
            let width = if c.is_ascii() { size / 2.0 } else { size };
            out.push(Glyph { c, x, y, size, width });
            x += width;
        }
        out
    }

    #[test]
    fn characters_come_in_reading_order_whatever_order_they_are_drawn_in() {
        let mut glyphs = set("第二行", 100.0, 130.0, 16.0);
        glyphs.extend(set("PM", 100.0, 100.0, 16.0));
        glyphs.extend(set("2.5", 116.0, 103.0, 8.0));
        glyphs.extend(set("浓度", 128.0, 100.0, 16.0));
        glyphs.extend(set("浓度", 128.3, 100.0, 16.0));
        glyphs.extend(set("下降", 176.0, 100.0, 16.0));
        glyphs.extend(set("市环保局", 300.0, 100.5, 16.0));
        let texts: Vec<String> = lines(glyphs).into_iter().map(|line| line.text).collect();
        assert_eq!(texts, ["PM2.5浓度 下降\t市环保局", "第二行"]);
    }
}
