//! Charts as shapes, the same ones as in the other formats: a picture of bars that stays sharp, with what it says as its
//! alternative text.

use super::paragraph::{Look, blank, paragraph};
use super::text_box::bare;
use super::unit::{emu, line, twips};
use super::xml::Xml;
use crate::render::chart::{Anchor, Drawing, Hatch, OUTLINE, OUTLINE_WIDTH, Shape, draw_pages, estimate, fill};
use crate::render::fonts::Face;
use crate::render::page::{MM_PER_PT, SIZE_5, TEXT};
use crate::render::plain::clean;
use crate::report::model::{Chart, Tone};
use crate::text::one_line;

const GROUP: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup";
/// The most that a drawing takes of a page's height.
const MOST: f64 = 500.0;

/// Writes a chart; `look` is that of its first paragraph, `drawings` counts those of the document.
pub(super) fn chart(xml: &mut Xml, chart: &Chart, look: Look, drawings: &mut usize) {
    let mut look = look;
    let says = clean(&says(chart));
    for drawing in draw_pages(chart, TEXT.0 / MM_PER_PT, SIZE_5, MOST) {
        if drawing.height > 0.0 {
            paragraph(xml, "Drawing", look, |xml| draw(xml, &drawing, &says, *drawings));
            *drawings += 1;
            look = Look::default();
        }
    }
    blank(xml, Look { exact: Some(line() / 4), ..look });
}

/// What the chart says, for those who cannot see it.
fn says(chart: &Chart) -> String {
    let mut says = one_line(&chart.caption).text;
    for bar in &chart.bars {
        says = format!("{says}; {} {}", one_line(&bar.label).text, one_line(&bar.figure).text);
    }
    if let Some((_, words)) = &chart.reference {
        says = format!("{says}; {}", one_line(words).text);
    }
    says
}

fn draw(xml: &mut Xml, drawing: &Drawing, says: &str, number: usize) {
    let (width, height) = (emu(drawing.width).to_string(), emu(drawing.height).to_string());
    let name = format!("chart{number}");
    xml.drawing("wpg", |xml| {
        xml.element("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")], |xml| {
            xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
            xml.empty("wp:effectExtent", &[("l", "0"), ("t", "0"), ("r", "0"), ("b", "0")]);
            xml.empty("wp:docPr", &[("id", &number.to_string()), ("name", &name), ("descr", says)]);
            xml.empty("wp:cNvGraphicFramePr", &[]);
            xml.element("a:graphic", &[], |xml| {
                xml.element("a:graphicData", &[("uri", GROUP)], |xml| {
                    xml.element("wpg:wgp", &[], |xml| {
                        xml.empty("wpg:cNvGrpSpPr", &[]);
                        xml.element("wpg:grpSpPr", &[], |xml| {
                            let (at, size) = (("0", "0"), (&*width, &*height));
                            xml.element("a:xfrm", &[], |xml| {
                                xml.empty("a:off", &[("x", at.0), ("y", at.1)]);
                                xml.empty("a:ext", &[("cx", size.0), ("cy", size.1)]);
                                xml.empty("a:chOff", &[("x", at.0), ("y", at.1)]);
                                xml.empty("a:chExt", &[("cx", size.0), ("cy", size.1)]);
                            });
                        });
                        for (at, shape) in drawing.shapes.iter().enumerate() {
                            write(xml, shape, &format!("{}", number * 10_000 + at), drawing.width);
                        }
                    });
                });
            });
        });
    });
}

fn write(xml: &mut Xml, shape: &Shape, id: &str, room: f64) {
    xml.element("wps:wsp", &[], |xml| match shape {
        Shape::Part { at: (left, top, width, height), tone } => {
            xml.empty("wps:cNvPr", &[("id", id), ("name", "bar")]);
            xml.empty("wps:cNvSpPr", &[]);
            xml.element("wps:spPr", &[], |xml| {
                at(xml, (*left, *top), (*width, *height), "");
                geometry(xml, "rect");
                ground(xml, *tone);
                outline(xml, false);
            });
            xml.empty("wps:bodyPr", &[]);
        }
        Shape::Line { from, to, dashed } => {
            xml.empty("wps:cNvPr", &[("id", id), ("name", "line")]);
            xml.empty("wps:cNvCnPr", &[]);
            xml.element("wps:spPr", &[], |xml| {
                let place = (from.0.min(to.0), from.1.min(to.1));
                let size = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
                let rises = (to.0 - from.0) * (to.1 - from.1) < 0.0;
                at(xml, place, size, if rises { "flipV" } else { "" });
                geometry(xml, "line");
                outline(xml, *dashed);
            });
            xml.empty("wps:bodyPr", &[]);
        }
        Shape::Words { at: place, size, anchor, text } => words(xml, (*place, *size, *anchor, text), id, room),
    });
}

fn words(xml: &mut Xml, (place, size, anchor, text): ((f64, f64), f64, Anchor, &str), id: &str, room: f64) {
    // Room for a substitute of the font that is a little wider, but nothing beyond the drawing: it would grow and be moved.
    let wide = estimate(text, size) * 1.15 + size;
    let (left, right, align) = match anchor {
        Anchor::Start => (place.0, place.0 + wide, "left"),
        Anchor::Middle => (place.0 - wide / 2.0, place.0 + wide / 2.0, "center"),
        Anchor::End => (place.0 - wide, place.0, "right"),
    };
    let (left, width) = match anchor {
        Anchor::Middle => {
            let over = (-left).max(right - room).max(0.0);
            (left + over, (wide - 2.0 * over).max(size))
        }
        _ => (left.max(0.0), (right.min(room) - left.max(0.0)).max(size)),
    };
    let height = size * 1.3;
    xml.empty("wps:cNvPr", &[("id", id), ("name", "words")]);
    xml.empty("wps:cNvSpPr", &[("txBox", "1")]);
    xml.element("wps:spPr", &[], |xml| {
        // The foot of the letters lies about a whole size below the upper edge of a line of 1.3.
        at(xml, (left, place.1 - size * 1.02), (width, height), "");
        bare(xml);
    });
    xml.element("wps:txbx", &[], |xml| {
        xml.element("w:txbxContent", &[], |xml| {
            let look = Look { exact: Some(twips(height)), align: Some(align), ..Look::default() };
            paragraph(xml, "TableText", look, |xml| {
                xml.element("w:r", &[], |xml| {
                    xml.element("w:rPr", &[], |xml| {
                        let name = Face::Song.office_name();
                        xml.empty("w:rFonts", &[("w:ascii", name), ("w:eastAsia", name), ("w:hAnsi", name)]);
                        let half = format!("{}", (size * 2.0).round());
                        xml.val("w:sz", &half);
                        xml.val("w:szCs", &half);
                    });
                    xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(&clean(text)));
                });
            });
        });
    });
    let edges = [("wrap", "none"), ("lIns", "0"), ("tIns", "0"), ("rIns", "0"), ("bIns", "0"), ("anchor", "t")];
    xml.empty("wps:bodyPr", &edges);
}

fn at(xml: &mut Xml, place_at: (f64, f64), size: (f64, f64), flip: &str) {
    let [x, y, cx, cy] = [place_at.0, place_at.1, size.0, size.1].map(|points| emu(points).to_string());
    place(xml, (&x, &y), (&cx, &cy), flip);
}

/// Where a shape stands and how large it is.
pub(super) fn place(xml: &mut Xml, at: (&str, &str), size: (&str, &str), flip: &str) {
    let flipped = [(flip, "1")];
    xml.element("a:xfrm", if flip.is_empty() { &[] } else { &flipped }, |xml| {
        xml.empty("a:off", &[("x", at.0), ("y", at.1)]);
        xml.empty("a:ext", &[("cx", size.0), ("cy", size.1)]);
    });
}

/// A shape's form.
pub(super) fn geometry(xml: &mut Xml, form: &str) {
    xml.element("a:prstGeom", &[("prst", form)], |xml| xml.empty("a:avLst", &[]));
}

fn ground(xml: &mut Xml, tone: Tone) {
    let fill = fill(tone);
    let pattern = match fill.hatch {
        Hatch::None => return xml.element("a:solidFill", &[], |xml| colour(xml, fill.ground)),
        Hatch::Rising => "wdUpDiag",
        Hatch::Falling => "wdDnDiag",
        Hatch::Crossed => "openDmnd",
    };
    xml.element("a:pattFill", &[("prst", pattern)], |xml| {
        xml.element("a:fgClr", &[], |xml| colour(xml, fill.ink));
        xml.element("a:bgClr", &[], |xml| colour(xml, fill.ground));
    });
}

fn outline(xml: &mut Xml, dashed: bool) {
    xml.element("a:ln", &[("w", &emu(OUTLINE_WIDTH).to_string())], |xml| {
        xml.element("a:solidFill", &[], |xml| colour(xml, OUTLINE));
        if dashed {
            xml.empty("a:prstDash", &[("val", "dash")]);
        }
    });
}

fn colour(xml: &mut Xml, [red, green, blue]: [u8; 3]) {
    xml.empty("a:srgbClr", &[("val", &format!("{red:02X}{green:02X}{blue:02X}"))]);
}
