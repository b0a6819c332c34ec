//! Lines of writing: how wide words are, where lines end, and the glyphs of a line.

use std::ops::Range;

use super::face::Faces;
use crate::render::fonts::Face;
use crate::text::width::clusters;
use crate::text::wrap::{may_break, measured};

/// How much wider than its characters a line may be set so that it ends at the edge, in parts of the size.
const MOST_STRETCH: f64 = 5.0;
/// How much of that for one gap between two characters, in parts of the size.
const MOST_GAP: f64 = 0.5;

/// Face and size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    /// The face.
    pub(super) face: Face,
    /// The size, in points.
    pub(super) size: f64,
    /// How far from one character to the next, in parts of the font's own.
    pub(super) spread: f64,
}

impl Type {
    /// A face in a size, spaced as the font has it.
    pub(super) const fn of(face: Face, size: f64) -> Self {
        Self { face, size, spread: 1.0 }
    }
}

/// A glyph in its line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Set {
    /// Which font.
    pub(super) font: usize,
    /// Its number there.
    pub(super) id: u32,
    /// How far to the next, in points.
    pub(super) advance: f64,
    /// Which bytes of the line's text it shows.
    pub(super) range: Range<usize>,
}

/// A line of writing.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    /// What it says.
    pub(super) text: String,
    /// Its glyphs.
    pub(super) glyphs: Vec<Set>,
    /// How wide it is, in points.
    pub(super) width: f64,
}

/// How lines of a paragraph are broken and set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// How wide the first line may be, in points.
    pub(super) first: f64,
    /// How wide the others may be.
    pub(super) rest: f64,
    /// Whether all but the last are stretched to that width.
    pub(super) justified: bool,
}

impl Measure {
    /// Lines of one width, not stretched.
    pub(super) const fn plain(width: f64) -> Self {
        Self { first: width, rest: width, justified: false }
    }
}

impl Faces<'_> {
    /// How wide words are on one line, in points.
    pub(super) fn width(&self, text: &str, kind: Type) -> f64 {
        let advance = |c| self.glyph(kind.face, c).map_or(0.0, |glyph| glyph.advance);
        text.chars().map(advance).sum::<f64>() * kind.size * kind.spread
    }

    /// Words on one line.
    pub(super) fn line(&self, text: &str, kind: Type) -> Line {
        let mut line = Line { text: text.to_owned(), ..Line::default() };
        for (at, c) in text.char_indices() {
            if let Some(glyph) = self.glyph(kind.face, c) {
                let advance = glyph.advance * kind.size * kind.spread;
                let range = at..at + c.len_utf8();
                line.glyphs.push(Set { font: glyph.font, id: glyph.id, advance, range });
                line.width += advance;
            }
        }
        line
    }

    /// The lines of a text; at least one. A single character wider than the line is set closer.
    pub(super) fn lines(&self, text: &str, kind: Type, measure: Measure) -> Vec<Line> {
        // A hair's breadth, so that as many characters fit as were reckoned.
        let hair = 0.01;
        let rooms = (measure.first + hair, measure.rest + hair);
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let ranges = measured(&text, rooms, &|cluster| self.width(cluster, kind));
        let mut lines = Vec::with_capacity(ranges.len());
        let mut begins = true;
        for (at, range) in ranges.iter().enumerate() {
            let room = if begins { measure.first } else { measure.rest };
            let next = ranges.get(at + 1).map(|next| next.start);
            let ends = next.is_none_or(|next| text.get(range.end..next).is_some_and(|gap| gap.contains('\n')));
            let mut line = self.line(text.get(range.clone()).unwrap_or_default(), kind);
            if measure.justified && !ends {
                stretch(&mut line, room, kind.size);
            }
            if line.width > room + hair {
                squeeze(&mut line, room);
            }
            lines.push(line);
            begins = ends;
        }
        lines
    }

    /// Words on one line, cut with an ellipsis where they would be wider than `room`.
    pub(super) fn short(&self, text: &str, kind: Type, room: f64) -> Line {
        let whole = self.line(text, kind);
        if whole.width <= room {
            return whole;
        }
        let left = room - self.width("…", kind);
        let (mut kept, mut used) = (String::new(), 0.0);
        for cluster in clusters(text) {
            used += self.width(cluster.text, kind);
            if used > left {
                break;
            }
            kept.push_str(cluster.text);
        }
        self.line(&(kept + "…"), kind)
    }
}

/// Stretches the gaps at which a line could break, so that it ends at the edge.
fn stretch(line: &mut Line, room: f64, size: f64) {
    let left = room - line.width;
    let mut gaps = Vec::new();
    for (at, pair) in line.glyphs.windows(2).enumerate() {
        if let [one, other] = pair {
            let char_of = |set: &Set| line.text.get(set.range.clone()).and_then(|text| text.chars().next());
            if let (Some(before), Some(after)) = (char_of(one), char_of(other))
                && (before == ' ' || may_break(before, after) || is_punctuation(before))
            {
                gaps.push(at);
            }
        }
    }
    let count = f64::from(u16::try_from(gaps.len()).unwrap_or(u16::MAX));
    if left <= 0.0 || gaps.is_empty() || left > MOST_STRETCH * size || left / count > MOST_GAP * size {
        return;
    }
    for at in gaps {
        if let Some(glyph) = line.glyphs.get_mut(at) {
            glyph.advance += left / count;
        }
    }
    line.width = room;
}

const fn is_punctuation(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？')
}

/// Sets the glyphs closer, so that they do not stand out of their column.
pub(super) fn squeeze(line: &mut Line, room: f64) {
    let part = (room / line.width).clamp(0.0, 1.0);
    for glyph in &mut line.glyphs {
        glyph.advance *= part;
    }
    line.width *= part;
}
