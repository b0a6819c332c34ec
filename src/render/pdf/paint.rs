//! Sheets as a file, by krilla.

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::face::{Faces, seen};
use super::flow::{Bookmark, Flow, Part, Role};
use super::line::Line;
use super::sheet::{Item, Shape, Sheet, paper};
use crate::catalog::Lang;
use crate::render::RenderError;
use crate::report::Report;

/// The file. No date goes into it: the same pages are the same bytes.
pub(super) fn paint(report: &Report, faces: &Faces<'_>, flow: &Flow<'_>) -> Result<Vec<u8>, RenderError> {
    let mut document = Document::new_with(SerializeSettings { enable_tagging: true, ..SerializeSettings::default() });
    let lang = match report.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let title = seen(&report.title);
    document.set_metadata(Metadata::new().title(title).language(lang.to_owned()).creator("duban".to_owned()));
    let mut said: Vec<Vec<Identifier>> = flow.parts.iter().map(|_| Vec::new()).collect();
    for sheet in &flow.sheets {
        let (width, height) = paper(sheet.lies);
        let settings = PageSettings::from_wh(f(width), f(height));
        let settings = settings.ok_or_else(|| RenderError::Library("a page without size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        page_of(&mut surface, faces, sheet, &mut said);
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(&flow.bookmarks));
    document.set_tag_tree(tree(&flow.parts, said, lang));
    document.finish().map_err(|error| RenderError::Library(format!("{error:?}")))
}

/// Lengths are small: a page has a few hundred points.
#[expect(clippy::cast_possible_truncation, reason = "krilla takes single precision")]
const fn f(length: f64) -> f32 {
    length as f32
}

fn page_of(surface: &mut Surface<'_>, faces: &Faces<'_>, sheet: &Sheet, said: &mut [Vec<Identifier>]) {
    for run in sheet.items.chunk_by(|one, other| one.of == other.of) {
        let of = run.first().and_then(|item| item.of);
        let tag = match of {
            Some(_) => ContentTag::Span(SpanTag::empty()),
            None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
        };
        let id = surface.start_tagged(tag);
        for item in run {
            draw(surface, faces, item, sheet.lies);
        }
        surface.end_tagged();
        if let Some(ids) = of.and_then(|of| said.get_mut(of)) {
            ids.push(id);
        }
    }
}

fn draw(surface: &mut Surface<'_>, faces: &Faces<'_>, item: &Item, lies: bool) {
    if item.turned {
        // From the page held upright to the one read lying: left becomes top, the foot becomes left.
        surface.push_transform(&Transform::from_row(0.0, 1.0, -1.0, 0.0, f(paper(lies).0), 0.0));
    }
    match &item.shape {
        Shape::Words { at, line, kind, ink } => {
            surface.set_stroke(None);
            surface.set_fill(Some(filled(*ink)));
            words(surface, faces, *at, line, kind.size);
        }
        Shape::Rule { from, to, width, ink, dashed } => {
            let mut path = PathBuilder::new();
            path.move_to(f(from.0), f(from.1));
            path.line_to(f(to.0), f(to.1));
            let dash = dashed.then(|| StrokeDash { array: vec![3.0, 2.0], offset: 0.0 });
            stroked(surface, path, Stroke { dash, ..stroke(*ink, *width) });
        }
        Shape::Fill { at, ink } => {
            if let Some(rect) = rect(*at) {
                surface.set_stroke(None);
                surface.set_fill(Some(filled(*ink)));
                let mut path = PathBuilder::new();
                path.push_rect(rect);
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
        Shape::Frame { at, width, ink } => {
            if let Some(rect) = rect(*at) {
                let mut path = PathBuilder::new();
                path.push_rect(rect);
                stroked(surface, path, stroke(*ink, *width));
            }
        }
    }
    if item.turned {
        surface.pop();
    }
}

fn rect((left, top, width, height): (f64, f64, f64, f64)) -> Option<Rect> {
    Rect::from_xywh(f(left), f(top), f(width), f(height))
}

fn filled([red, green, blue]: [u8; 3]) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn stroke([red, green, blue]: [u8; 3], width: f64) -> Stroke {
    Stroke { paint: rgb::Color::new(red, green, blue).into(), width: f(width), ..Stroke::default() }
}

fn stroked(surface: &mut Surface<'_>, path: PathBuilder, stroke: Stroke) {
    if let Some(path) = path.finish() {
        surface.set_fill(None);
        surface.set_stroke(Some(stroke));
        surface.draw_path(&path);
    }
}

/// Words, in as many pieces as there are changes of font.
fn words(surface: &mut Surface<'_>, faces: &Faces<'_>, (mut x, y): (f64, f64), line: &Line, size: f64) {
    for run in line.glyphs.chunk_by(|one, other| one.font == other.font) {
        let Some(font) = run.first().and_then(|set| faces.embedded(set.font)) else { continue };
        let glyphs: Vec<KrillaGlyph> = run
            .iter()
            .map(|set| {
                let advance = f(set.advance / size);
                KrillaGlyph::new(GlyphId::new(set.id), advance, 0.0, 0.0, 0.0, set.range.clone(), None)
            })
            .collect();
        surface.draw_glyphs(Point::from_xy(f(x), f(y)), &glyphs, font, &line.text, f(size), false);
        x += run.iter().map(|set| set.advance).sum::<f64>();
    }
}

fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    for node in nodes(bookmarks) {
        outline.push_child(node);
    }
    outline
}

/// Entries with those of lower levels below them.
fn nodes(mut bookmarks: &[Bookmark]) -> Vec<OutlineNode> {
    let mut list = Vec::new();
    while let Some((first, rest)) = bookmarks.split_first() {
        let below = rest.iter().take_while(|other| other.level > first.level).count();
        let (children, after) = rest.split_at(below);
        let point = Point::from_xy(0.0, f(first.y));
        let mut node = OutlineNode::new(first.text.clone(), XyzDestination::new(first.sheet, point)).with_open(true);
        for child in nodes(children) {
            node.push_child(child);
        }
        list.push(node);
        bookmarks = after;
    }
    list
}

/// What is read aloud, in order. Built from the last part to the first: each stands before those that belong to it.
fn tree(parts: &[Part], said: Vec<Vec<Identifier>>, lang: &str) -> TagTree {
    let mut groups: Vec<Option<TagGroup>> = parts.iter().map(|part| Some(group(&part.role))).collect();
    for (slot, ids) in groups.iter_mut().zip(said) {
        if let Some(group) = slot {
            group.children = ids.into_iter().map(Node::from).collect();
        }
    }
    let mut below: Vec<Vec<Node>> = parts.iter().map(|_| Vec::new()).collect();
    let mut top = Vec::new();
    for (at, part) in parts.iter().enumerate().rev() {
        let Some(mut group) = groups.get_mut(at).and_then(Option::take) else { continue };
        let mut children = below.get_mut(at).map(std::mem::take).unwrap_or_default();
        children.reverse();
        group.children.append(&mut children);
        match part.within.and_then(|within| below.get_mut(within)) {
            Some(list) => list.push(group.into()),
            None => top.push(Node::from(group)),
        }
    }
    top.reverse();
    TagTree::from(top).with_lang(Some(lang.to_owned()))
}

fn group(role: &Role) -> TagGroup {
    match role {
        Role::Heading(level) => TagGroup::new(Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), None)),
        Role::Text => TagGroup::new(Tag::P),
        Role::Table => TagGroup::new(Tag::Table),
        Role::Row => TagGroup::new(Tag::TR),
        Role::HeadCell => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
        Role::Cell => TagGroup::new(Tag::TD),
        Role::Figure(said) => TagGroup::new(Tag::Figure(Some(said.clone()))),
    }
}
