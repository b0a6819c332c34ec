//! A chart as a picture within the page (SVG).

use super::text::escape;
use crate::render::chart::{Anchor, Drawing, HATCH_WIDTH, OUTLINE, OUTLINE_WIDTH, Shape, draw, fill, hatch_lines};
use crate::report::model::{Chart, Tone};

/// As wide as the text area, 156 mm, in points.
const WIDTH: f64 = 442.2;
/// 五号.
const SIZE: f64 = crate::render::page::SIZE_5;

/// A figure; nothing where the chart has no bars. Its caption is text of the page; a reader that shows no pictures says its figures.
pub(super) fn chart(chart: &Chart, page: &mut String) {
    let drawing = draw(&Chart { caption: String::new(), ..chart.clone() }, WIDTH, SIZE);
    if drawing.shapes.is_empty() {
        return;
    }
    page.push_str("<figure>\n");
    if !chart.caption.is_empty() {
        page.extend([format!("<figcaption>{}</figcaption>\n", escape(&chart.caption))]);
    }
    page.push_str(&svg(&drawing, &spoken(chart)));
    page.push_str("</figure>\n");
}

fn spoken(chart: &Chart) -> String {
    let bars = chart.bars.iter().map(|bar| format!("{} {}", bar.label, bar.figure));
    let reference = chart.reference.iter().map(|(_, words)| words.clone());
    let words: Vec<String> = reference.chain(bars).collect();
    escape(&words.join("; ")).replace('\n', " ")
}

fn svg(drawing: &Drawing, spoken: &str) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.1} {:.1}\" role=\"img\" aria-label=\"{spoken}\">\n",
        drawing.width, drawing.height
    );
    for shape in &drawing.shapes {
        match shape {
            Shape::Part { at, tone } => part(*at, *tone, &mut svg),
            Shape::Line { from, to, dashed } => {
                let dashes = if *dashed { " stroke-dasharray=\"4 2\"" } else { "" };
                let ink = hex(OUTLINE);
                svg.extend([format!(
                    "<path d=\"M{:.2} {:.2}L{:.2} {:.2}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{}\"{dashes}/>\n",
                    from.0, from.1, to.0, to.1, OUTLINE_WIDTH * 2.0
                )]);
            }
            Shape::Words { at, size, anchor, text } => {
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                let (x, y) = at;
                let text = escape(text);
                svg.extend([format!(
                    "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size}\" text-anchor=\"{anchor}\">{text}</text>\n"
                )]);
            }
        }
    }
    svg + "</svg>\n"
}

fn part(at: (f64, f64, f64, f64), tone: Tone, svg: &mut String) {
    let fill = fill(tone);
    let (ground, outline, ink) = (hex(fill.ground), hex(OUTLINE), hex(fill.ink));
    let (x, y, width, height) = at;
    svg.extend([format!(
        "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{ground}\" \
         stroke=\"{outline}\" stroke-width=\"{OUTLINE_WIDTH}\"/>\n"
    )]);
    let lines: Vec<String> = hatch_lines(tone, at)
        .into_iter()
        .map(|(from, to)| format!("M{:.2} {:.2}L{:.2} {:.2}", from.0, from.1, to.0, to.1))
        .collect();
    if !lines.is_empty() {
        let lines = lines.concat();
        svg.extend([format!("<path d=\"{lines}\" stroke=\"{ink}\" stroke-width=\"{HATCH_WIDTH}\"/>\n")]);
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
