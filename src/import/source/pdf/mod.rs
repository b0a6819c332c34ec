//! The text of a PDF: its lines in reading order, without what stands on every page; tables, ruled or not, as rows.
//!
//! ```text
//! bounds → library → drawn → lines, grid, columns → page → furniture → flow
//! ```
//!
//! The library (hayro) interprets the pages as for a screen and tells what each character is, also for the Chinese fonts of
//! official typesetting that carry no table of their own. What is drawn is put in order here.

mod bounds;
mod columns;
mod drawn;
mod flow;
mod furniture;
mod grid;
mod lines;
mod page;
mod radicals;

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt as _, interpret_page};

use self::drawn::Drawn;
use super::{MAX_BYTES, Unread};
use crate::caught::caught;
use crate::import::unreadable::{Cause, Unreadable};

/// More pages than a notice has.
const MOST_PAGES: usize = 3000;
/// A page with fewer characters and a picture is a picture.
const FEWEST: usize = 8;

/// The text of a PDF, and which of its pages are pictures.
///
/// # Errors
/// When it is locked, damaged, has no text, or unpacks to more than is read.
pub(super) fn text(bytes: &[u8], tell: &mut dyn FnMut(usize, usize)) -> Result<(String, Vec<Unread>), Unreadable> {
    let too_large = || Unreadable::new(Cause::TooLarge { bytes: MAX_BYTES + 1, limit: MAX_BYTES });
    if !bounds::fit(bytes) {
        return Err(too_large());
    }
    // A page is a program that strangers wrote; and what it is drawn to cannot tell the library to stop, except by unwinding.
    caught(|| pages(bytes, tell)).unwrap_or_else(|_| Err(Unreadable::new(Cause::Damaged)))
}

fn pages(bytes: &[u8], tell: &mut dyn FnMut(usize, usize)) -> Result<(String, Vec<Unread>), Unreadable> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| {
        Unreadable::new(match error {
            LoadPdfError::Decryption(_) => Cause::Locked,
            LoadPdfError::Invalid => Cause::Damaged,
        })
    })?;
    let all = pdf.pages();
    if all.len() > MOST_PAGES {
        return Err(Unreadable::new(Cause::TooMany));
    }
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    // Those of a table without ruled lines that the page before ended with.
    let mut columns = None;
    let mut scanned: Vec<usize> = Vec::new();
    let (mut work, mut known, mut unknown) = (0, 0, 0);
    for (at, page) in all.iter().enumerate() {
        tell(at, all.len());
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let place = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(place, bounds, &cache, pdf.xref(), settings);
        let mut drawn = Drawn::after(work);
        interpret_page(page, &mut context, &mut drawn);
        let (drawn, worked) = drawn.upright();
        work = worked;
        let characters = drawn.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()).count();
        known += characters;
        unknown += drawn.unknown;
        if characters < FEWEST && drawn.pictures > 0 {
            scanned.push(at + 1);
        }
        let bottom = drawn.glyphs.iter().map(|glyph| glyph.y).fold(f64::from(height), f64::max);
        pages.push(page::page(drawn, bottom, &mut columns));
    }
    if known == 0 || unknown > known {
        let cause = if scanned.is_empty() && unknown == 0 { Cause::Empty } else { Cause::Scanned };
        return Err(Unreadable::new(cause));
    }
    furniture::strip(&mut pages);
    let unread = scanned.iter().map(|page| Unread::page(*page)).collect();
    Ok((flow::flow(pages).join("\n"), unread))
}
