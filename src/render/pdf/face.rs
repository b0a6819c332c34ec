//! The fonts as they are set: which glyph a character is, in which font, and how wide.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use krilla::text::Font as Embedded;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use crate::render::fonts::{Face, Font};
use crate::render::{Fonts, RenderError};
use crate::text::one_line;
use crate::text::sanitise::is_unwanted;

/// What stands for a character that no font has: a printer's sign for a missing sort. The second where even that is missing.
const MISSING: [char; 2] = ['〓', '?'];

/// A character's picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Which of [`Faces::fonts`].
    pub(super) font: usize,
    /// Its number there.
    pub(super) id: u32,
    /// How wide it is, in parts of the size.
    pub(super) advance: f64,
}

struct Loaded<'a> {
    embedded: Embedded,
    chars: Charmap<'a>,
    metrics: GlyphMetrics<'a>,
    upem: f64,
}

/// The fonts of all faces, each loaded once.
pub(super) struct Faces<'a> {
    fonts: Vec<Loaded<'a>>,
    /// Indices of `fonts` in the order in which they are asked, for each of [`Face::ALL`].
    chains: [Vec<usize>; 5],
    known: RefCell<HashMap<(Face, char), Option<Glyph>>>,
    missing: RefCell<BTreeSet<char>>,
}

impl<'a> Faces<'a> {
    /// Loads them. A damaged spare font is passed over, a damaged face is an error.
    pub(super) fn new(fonts: &'a Fonts) -> Result<Self, RenderError> {
        let mut faces = Self {
            fonts: Vec::new(),
            chains: Default::default(),
            known: RefCell::default(),
            missing: RefCell::default(),
        };
        let mut seen: HashMap<(*const Vec<u8>, u32), Option<usize>> = HashMap::new();
        for (at, list) in fonts.faces.iter().enumerate() {
            let mut chain = Vec::new();
            for (place, font) in list.iter().enumerate() {
                let key = (Arc::as_ptr(&font.bytes), font.index);
                let index = *seen.entry(key).or_insert_with(|| faces.load(font));
                match index {
                    Some(index) => chain.push(index),
                    None if place == 0 => return Err(RenderError::BadFont(font.name.clone())),
                    None => {}
                }
            }
            if chain.is_empty() {
                return Err(RenderError::NoFonts);
            }
            if let Some(slot) = faces.chains.get_mut(at) {
                *slot = chain;
            }
        }
        Ok(faces)
    }

    fn load(&mut self, font: &'a Font) -> Option<usize> {
        let parsed = FontRef::from_index(&font.bytes, font.index).ok()?;
        let metrics = parsed.glyph_metrics(Size::unscaled(), LocationRef::default());
        let upem = f64::from(parsed.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let embedded = Embedded::new(Arc::clone(&font.bytes).into(), font.index)?;
        self.fonts.push(Loaded { embedded, chars: parsed.charmap(), metrics, upem: upem.max(1.0) });
        Some(self.fonts.len() - 1)
    }

    /// The font to be embedded.
    pub(super) fn embedded(&self, font: usize) -> Option<Embedded> {
        self.fonts.get(font).map(|font| font.embedded.clone())
    }

    /// The picture of a character; `None` for one that is not seen (controls, signs that turn the writing round).
    pub(super) fn glyph(&self, face: Face, c: char) -> Option<Glyph> {
        if let Some(known) = self.known.borrow().get(&(face, c)) {
            return *known;
        }
        let glyph = self.look_up(face, c);
        self.known.borrow_mut().insert((face, c), glyph);
        glyph
    }

    fn look_up(&self, face: Face, c: char) -> Option<Glyph> {
        let c = match c {
            '\t' | '\n' | '\u{a0}' => ' ',
            c => c,
        };
        if is_unwanted(c) || is_hidden(c) {
            return None;
        }
        let chain = Face::ALL.iter().position(|known| *known == face).and_then(|at| self.chains.get(at))?;
        let find = |c: char| chain.iter().find_map(|font| self.in_font(*font, c));
        find(c).or_else(|| {
            self.missing.borrow_mut().insert(c);
            MISSING.into_iter().find_map(find)
        })
    }

    fn in_font(&self, font: usize, c: char) -> Option<Glyph> {
        let loaded = self.fonts.get(font)?;
        let id = loaded.chars.map(c).filter(|id| id.to_u32() != 0)?;
        let advance = f64::from(loaded.metrics.advance_width(id).unwrap_or_default()) / loaded.upem;
        Some(Glyph { font, id: id.to_u32(), advance })
    }

    /// The characters asked for so far that no font has.
    pub(super) fn missing(&self) -> Vec<char> {
        self.missing.borrow().iter().copied().collect()
    }
}

/// A text on one line, of seen characters alone: for what stands in the file beside the pages.
pub(super) fn seen(text: &str) -> String {
    one_line(text).text.chars().filter(|c| !is_hidden(*c)).collect()
}

/// Signs that choose between shapes of the Mongolian letter before them; without a picture of their own.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180f}' | '\u{fffc}'..='\u{ffff}')
}

impl Faces<'_> {
    /// How high above the line of writing the ink of words ends, in parts of the size.
    pub(super) fn ink(&self, text: &str, kind: super::line::Type) -> f64 {
        let top = |c| {
            let glyph = self.glyph(kind.face, c)?;
            let font = self.fonts.get(glyph.font)?;
            let bounds = font.metrics.bounds(skrifa::GlyphId::new(glyph.id))?;
            Some(f64::from(bounds.y_max) / font.upem)
        };
        let highest = text.chars().filter_map(top).fold(0.0, f64::max);
        if highest > 0.0 { highest } else { super::sheet::ASCENT }
    }
}
