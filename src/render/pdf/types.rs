//! The fonts as they are set: which glyph a character is, in which font, and how wide.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use krilla::text::Font as Embedded;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use crate::render::fonts::{Face, Font};
use crate::render::{Fonts, RenderError};
use crate::text::width::{Cluster, clusters};
use crate::text::wrap::ranges_by;

/// What stands for a character that no font has.
const UNKNOWN: char = '〓';
/// Parts of an em in which widths are summed.
const PARTS: f64 = 1000.0;

/// A glyph and where it comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Which font of the face.
    pub(super) font: usize,
    pub(super) id: u32,
    /// In ems.
    pub(super) advance: f64,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) face: Face,
    /// In points.
    pub(super) size: f64,
    /// What is added after each character, in points; below zero where 28 characters stand on a line.
    pub(super) spacing: f64,
    /// In the red of 版头.
    pub(super) red: bool,
}

impl Style {
    pub(super) const fn new(face: Face, size: f64) -> Self {
        Self { face, size, spacing: 0.0, red: false }
    }
}

/// The fonts of a document.
pub(super) struct Types {
    faces: [Vec<(Font, Embedded)>; 5],
    known: RefCell<HashMap<(Face, char), Glyph>>,
}

impl Types {
    /// Takes the fonts up.
    pub(super) fn new(fonts: &Fonts) -> Result<Self, RenderError> {
        let mut faces: [Vec<(Font, Embedded)>; 5] = Default::default();
        for (own, given) in faces.iter_mut().zip(&fonts.faces) {
            for font in given {
                let data: std::sync::Arc<Vec<u8>> = std::sync::Arc::clone(&font.bytes);
                let embedded = Embedded::new(data.into(), font.index)
                    .filter(|_| FontRef::from_index(&font.bytes, font.index).is_ok())
                    .ok_or_else(|| RenderError::BadFont(font.name.clone()))?;
                own.push((font.clone(), embedded));
            }
            if own.is_empty() {
                return Err(RenderError::NoFonts);
            }
        }
        Ok(Self { faces, known: RefCell::new(HashMap::new()) })
    }

    /// The fonts of a face, its own first.
    fn of(&self, face: Face) -> &[(Font, Embedded)] {
        let at = Face::ALL.iter().position(|one| *one == face).unwrap_or(0);
        self.faces.get(at).map_or(&[], Vec::as_slice)
    }

    /// A font to paint with.
    pub(super) fn font(&self, face: Face, at: usize) -> Option<&Embedded> {
        self.of(face).get(at).map(|(_, embedded)| embedded)
    }

    /// The glyph of a character; of one that no font has, that of 〓.
    pub(super) fn glyph(&self, face: Face, c: char) -> Glyph {
        if let Some(known) = self.known.borrow().get(&(face, c)) {
            return *known;
        }
        let found = self.look(face, c).or_else(|| self.look(face, UNKNOWN)).or_else(|| self.look(face, '?'));
        let glyph = found.unwrap_or(Glyph { font: 0, id: 0, advance: 1.0 });
        self.known.borrow_mut().insert((face, c), glyph);
        glyph
    }

    fn look(&self, face: Face, c: char) -> Option<Glyph> {
        self.of(face).iter().enumerate().find_map(|(at, (font, _))| {
            let font = FontRef::from_index(&font.bytes, font.index).ok()?;
            let id = font.charmap().map(c).filter(|id| id.to_u32() != 0)?;
            let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
            let advance = f64::from(metrics.advance_width(id)?) / f64::from(units.max(1));
            Some(Glyph { font: at, id: id.to_u32(), advance })
        })
    }

    /// How wide a character is, in points.
    pub(super) fn advance(&self, style: Style, c: char) -> f64 {
        self.glyph(style.face, c).advance.mul_add(style.size, style.spacing)
    }

    /// How wide a text is on one line, in points.
    pub(super) fn width(&self, style: Style, text: &str) -> f64 {
        text.chars().map(|c| self.advance(style, c)).sum()
    }

    /// The lines of a text on a width in points. A character more than the width stands alone.
    pub(super) fn lines<'t>(&self, style: Style, text: &'t str, width: f64) -> Vec<&'t str> {
        self.ranges(style, text, width).into_iter().filter_map(|range| text.get(range)).collect()
    }

    fn ranges(&self, style: Style, text: &str, width: f64) -> Vec<Range<usize>> {
        let parts = |points: f64| {
            use rust_decimal::prelude::ToPrimitive as _;
            (points * PARTS).round().to_usize().unwrap_or(0)
        };
        let of = |cluster: &Cluster<'_>| parts(cluster.text.chars().map(|c| self.advance(style, c)).sum());
        // Sums of rounded widths may be a little more than the whole.
        ranges_by(text, parts(width) + 30, &of)
    }

    /// As [`Types::lines`], so that no line is much shorter than the others: for titles (7.3.1).
    pub(super) fn balanced<'t>(&self, style: Style, text: &'t str, width: f64) -> Vec<&'t str> {
        let count = self.lines(style, text, width).len();
        if count < 2 {
            return self.lines(style, text, width);
        }
        let (mut low, mut high) = (0.0, width);
        for _ in 0..12 {
            let middle = f64::midpoint(low, high);
            if self.lines(style, text, middle).len() > count { low = middle } else { high = middle }
        }
        self.lines(style, text, high)
    }

    /// A text on one line, cut with an ellipsis where it would be wider.
    pub(super) fn cut(&self, style: Style, text: &str, width: f64) -> String {
        if self.width(style, text) <= width {
            return text.to_owned();
        }
        let mut used = self.advance(style, '…');
        let mut kept = String::new();
        for cluster in clusters(text) {
            used += self.width(style, cluster.text);
            if used > width {
                break;
            }
            kept.push_str(cluster.text);
        }
        kept + "…"
    }
}
