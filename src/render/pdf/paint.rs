//! A report that is laid out, as a PDF.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::frame::{Item, paper};
use super::layout::{Laid, Mark};
use super::types::{Style, Types};
use crate::catalog::Lang;
use crate::render::page::RED;
use crate::render::{RenderError, Tell};
use crate::report::Report;
use crate::text::one_line;

/// Paints the sheets.
pub(super) fn paint(report: &Report, laid: &Laid, types: &Types, tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    let settings = SerializeSettings { xmp_metadata: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let all = laid.sheets.len();
    for (at, sheet) in laid.sheets.iter().enumerate() {
        let (width, height) = paper(sheet.across);
        let size = PageSettings::from_wh(short(width), short(height));
        let size = size.ok_or_else(|| RenderError::Library("a page without a size".to_owned()))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for item in &sheet.items {
            put(&mut surface, item, types);
        }
        surface.finish();
        page.finish();
        tell(at + 1, all);
    }
    document.set_outline(outline(&laid.marks));
    let language = match report.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let mut metadata =
        Metadata::new().title(one_line(&report.title).text).language(language.to_owned()).creator("duban".to_owned());
    if !report.signed.by.is_empty() {
        metadata = metadata.authors(vec![one_line(&report.signed.by).text]);
    }
    document.set_metadata(metadata);
    document.finish().map_err(|error| RenderError::Library(format!("{error:?}")))
}

/// Lengths are given to the library in single precision: a page has no use for more.
#[expect(clippy::cast_possible_truncation, reason = "lengths of a page in points")]
const fn short(length: f64) -> f32 {
    length as f32
}

fn put(surface: &mut Surface<'_>, item: &Item, types: &Types) {
    match item {
        Item::Text { x, y, style, text } => words(surface, (*x, *y), *style, text, types),
        Item::Line { from, to, width, colour, dashed } => {
            let mut path = PathBuilder::new();
            path.move_to(short(from.0), short(from.1));
            path.line_to(short(to.0), short(to.1));
            let Some(path) = path.finish() else { return };
            let dash = dashed.then(|| StrokeDash { array: vec![4.0, 3.0], offset: 0.0 });
            let stroke = Stroke { paint: paint_of(*colour), width: short(*width), dash, ..Stroke::default() };
            surface.set_fill(None);
            surface.set_stroke(Some(stroke));
            surface.draw_path(&path);
        }
        Item::Ground { at, colour } => {
            let (x, y, width, height) = *at;
            let Some(rect) = Rect::from_xywh(short(x), short(y), short(width), short(height)) else { return };
            let mut path = PathBuilder::new();
            path.push_rect(rect);
            let Some(path) = path.finish() else { return };
            surface.set_stroke(None);
            surface.set_fill(Some(filled(*colour)));
            surface.draw_path(&path);
        }
    }
}

fn paint_of([red, green, blue]: [u8; 3]) -> krilla::paint::Paint {
    rgb::Color::new(red, green, blue).into()
}

fn filled(colour: [u8; 3]) -> Fill {
    Fill { paint: paint_of(colour), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

/// A line of text, run by run of one font.
fn words(surface: &mut Surface<'_>, (x, y): (f64, f64), style: Style, text: &str, types: &Types) {
    surface.set_stroke(None);
    surface.set_fill(Some(filled(if style.red { RED } else { [0, 0, 0] })));
    let mut from = 0;
    let mut x = x;
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let font = rest.chars().next().map_or(0, |c| types.glyph(style.face, c).font);
        let end = rest
            .char_indices()
            .find(|(_, c)| types.glyph(style.face, *c).font != font)
            .map_or(rest.len(), |(at, _)| at);
        let Some(run) = rest.get(..end) else { return };
        let glyphs: Vec<KrillaGlyph> = run
            .char_indices()
            .map(|(at, c)| {
                let glyph = types.glyph(style.face, c);
                let advance = short(types.advance(style, c) / style.size);
                KrillaGlyph::new(GlyphId::new(glyph.id), advance, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None)
            })
            .collect();
        if let Some(embedded) = types.font(style.face, font) {
            let start = Point::from_xy(short(x), short(y));
            surface.draw_glyphs(start, &glyphs, embedded.clone(), run, short(style.size), false);
        }
        x += types.width(style, run);
        from += end;
    }
}

/// The headings as bookmarks, those of a level below the one above them.
fn outline(marks: &[Mark]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = marks;
    while !rest.is_empty() {
        let (node, behind) = node(rest);
        if let Some(node) = node {
            outline.push_child(node);
        }
        rest = behind;
    }
    outline
}

/// The first bookmark with those below it, and what follows them.
fn node(marks: &[Mark]) -> (Option<OutlineNode>, &[Mark]) {
    let Some((first, mut rest)) = marks.split_first() else { return (None, marks) };
    let point = Point::from_xy(0.0, short(first.y));
    let mut own = OutlineNode::new(first.text.clone(), XyzDestination::new(first.sheet, point));
    while rest.first().is_some_and(|next| next.level > first.level) {
        let (child, behind) = node(rest);
        if let Some(child) = child {
            own.push_child(child);
        }
        rest = behind;
    }
    (Some(own), rest)
}
