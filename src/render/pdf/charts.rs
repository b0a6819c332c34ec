//! Charts, as `render::chart` lays them out.

use super::face::seen;
use super::flow::{Flow, Role, pitch};
use super::line::{Type, squeeze};
use super::sheet::Shape as Put;
use crate::render::chart::{
    self, Anchor, Drawing, HATCH_WIDTH, OUTLINE, OUTLINE_WIDTH, Shape, draw_pages, fill, hatch_lines,
};
use crate::render::fonts::Face;
use crate::render::page::SIZE_5;
use crate::report::model::Chart;

/// What stays empty over and below a chart, in points.
const GAP: f64 = 8.0;

/// Sets a chart: in one piece where a page has room for it, else cut between bars.
pub(super) fn chart(flow: &mut Flow<'_>, chart: &Chart) {
    let area = flow.area();
    let figures = chart.bars.iter().map(|bar| format!("{} {}", bar.label, bar.figure)).collect::<Vec<_>>();
    let said = seen(&format!("{}: {}", chart.caption, figures.join("; ")));
    let of = flow.part(Role::Figure(said), None);
    for drawing in draw_pages(chart, area.width, SIZE_5, area.height - 2.0 * GAP) {
        flow.need(drawing.height + GAP);
        if !flow.is_fresh() {
            flow.y += GAP;
        }
        let area = flow.area();
        place(flow, of, &drawing, (area.left, area.top + flow.y));
        flow.y += drawing.height + GAP;
    }
    flow.snap();
}

/// How much of a page a chart's beginning takes.
pub(super) fn least(chart: &Chart, width: f64) -> f64 {
    chart::draw(chart, width, SIZE_5).height + GAP + pitch()
}

fn place(flow: &mut Flow<'_>, of: usize, drawing: &Drawing, (left, top): (f64, f64)) {
    let moved = |(x, y): (f64, f64)| (left + x, top + y);
    for shape in &drawing.shapes {
        match shape {
            Shape::Part { at, tone } => {
                let look = fill(*tone);
                let (x, y) = moved((at.0, at.1));
                let at = (x, y, at.2, at.3);
                flow.put(Some(of), Put::Fill { at, ink: look.ground });
                for (from, to) in hatch_lines(*tone, at) {
                    flow.put(Some(of), Put::Rule { from, to, width: HATCH_WIDTH, ink: look.ink, dashed: false });
                }
                flow.put(Some(of), Put::Frame { at, width: OUTLINE_WIDTH, ink: OUTLINE });
            }
            Shape::Line { from, to, dashed } => {
                let (from, to) = (moved(*from), moved(*to));
                flow.put(Some(of), Put::Rule { from, to, width: OUTLINE_WIDTH, ink: OUTLINE, dashed: *dashed });
            }
            Shape::Words { at, size, anchor, text } => {
                let kind = Type::of(Face::Song, *size);
                let mut line = flow.faces.line(text, kind);
                // The drawing was made before a font was known.
                let reckoned = chart::estimate(text, *size);
                if line.width > reckoned {
                    squeeze(&mut line, reckoned);
                }
                let (x, y) = moved(*at);
                let x = match anchor {
                    Anchor::Start => x,
                    Anchor::Middle => x - line.width / 2.0,
                    Anchor::End => x - line.width,
                };
                if !line.glyphs.is_empty() {
                    flow.put(Some(of), Put::Words { at: (x, y), line, kind, ink: OUTLINE });
                }
            }
        }
    }
}
