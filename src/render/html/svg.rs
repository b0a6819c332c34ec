//! A chart as inline SVG.

use std::fmt::Write as _;

use super::escaped;
use crate::render::chart::{Anchor, HATCH_WIDTH, OUTLINE, OUTLINE_WIDTH, Shape, draw, fill, hatch_lines};
use crate::report::model::Chart;

/// The width of a drawing, in points: that of the text area.
const WIDTH: f64 = 442.0;
/// The size of its words.
const SIZE: f64 = 10.5;

/// The chart, with its figures as words for those who do not see it. `id` tells it from the others of the page.
pub(super) fn svg(chart: &Chart, id: usize) -> String {
    let drawing = draw(chart, WIDTH, SIZE);
    let mut out = String::new();
    let told: Vec<String> = chart.bars.iter().map(|bar| format!("{} {}", bar.label, bar.figure)).collect();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.1} {:.1}\" role=\"img\" aria-labelledby=\"t{id} d{id}\" \
         font-family=\"SimSun, 宋体, 'Noto Serif CJK SC', serif\">\n<title id=\"t{id}\">{}</title>\n<desc id=\"d{id}\">{}</desc>\n",
        drawing.width,
        drawing.height,
        escaped(&chart.caption),
        escaped(&told.join("; "))
    );
    for shape in &drawing.shapes {
        put(shape, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

fn put(shape: &Shape, out: &mut String) {
    match shape {
        Shape::Part { at, tone } => {
            let (x, y, width, height) = *at;
            let look = fill(*tone);
            let (ground, ink) = (colour(look.ground), colour(look.ink));
            let _ = writeln!(
                out,
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{ground}\" stroke=\"{}\" \
                 stroke-width=\"{OUTLINE_WIDTH}\"/>",
                colour(OUTLINE)
            );
            let mut lines = String::new();
            for ((x1, y1), (x2, y2)) in hatch_lines(*tone, *at) {
                let _ = write!(lines, "M{x1:.2} {y1:.2}L{x2:.2} {y2:.2}");
            }
            if !lines.is_empty() {
                let _ = writeln!(out, "<path d=\"{lines}\" stroke=\"{ink}\" stroke-width=\"{HATCH_WIDTH}\"/>");
            }
        }
        Shape::Line { from, to, dashed } => {
            let dashes = if *dashed { " stroke-dasharray=\"4 3\"" } else { "" };
            let _ = writeln!(
                out,
                "<line x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\" stroke=\"{}\" stroke-width=\"{OUTLINE_WIDTH}\"{dashes}/>",
                from.0,
                from.1,
                to.0,
                to.1,
                colour(OUTLINE)
            );
        }
        Shape::Words { at, size, anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let _ = writeln!(
                out,
                "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{size}\" text-anchor=\"{anchor}\">{}</text>",
                at.0,
                at.1,
                escaped(text)
            );
        }
    }
}

fn colour([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
