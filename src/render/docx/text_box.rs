//! A box of text at a place of the page, past which the text runs.

use super::chart::{geometry, place};
use super::unit::emu;
use super::xml::Xml;

const SHAPE: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";

/// Where a box stands and how large it is; lengths in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextBox {
    /// What it is called, and its number among the drawings of its part.
    pub(super) name: (&'static str, usize),
    /// From the page's left and upper edge; `None`: at the foot of the text area.
    pub(super) at: Option<(f64, f64)>,
    /// Width and height.
    pub(super) size: (f64, f64),
    /// Its writing turned clockwise by a quarter.
    pub(super) turned: bool,
}

/// A run that holds the box, with what `inside` writes into it: paragraphs.
pub(super) fn text_box(xml: &mut Xml, of: TextBox, inside: impl FnOnce(&mut Xml)) {
    let (wide, high) = (emu(of.size.0).to_string(), emu(of.size.1).to_string());
    let anchor = [
        ("distT", "0"),
        ("distB", "0"),
        ("distL", "0"),
        ("distR", "0"),
        ("simplePos", "0"),
        ("relativeHeight", "1"),
        ("behindDoc", "0"),
        ("locked", "0"),
        ("layoutInCell", "1"),
        ("allowOverlap", "1"),
    ];
    xml.drawing("wps", |xml| {
        xml.element("wp:anchor", &anchor, |xml| {
            xml.empty("wp:simplePos", &[("x", "0"), ("y", "0")]);
            position(xml, "wp:positionH", of.at.map(|at| at.0), "left");
            position(xml, "wp:positionV", of.at.map(|at| at.1), "bottom");
            xml.empty("wp:extent", &[("cx", &wide), ("cy", &high)]);
            xml.empty("wp:effectExtent", &[("l", "0"), ("t", "0"), ("r", "0"), ("b", "0")]);
            xml.empty("wp:wrapNone", &[]);
            xml.empty("wp:docPr", &[("id", &of.name.1.to_string()), ("name", of.name.0)]);
            xml.empty("wp:cNvGraphicFramePr", &[]);
            xml.element("a:graphic", &[], |xml| {
                xml.element("a:graphicData", &[("uri", SHAPE)], |xml| {
                    xml.element("wps:wsp", &[], |xml| {
                        xml.empty("wps:cNvSpPr", &[("txBox", "1")]);
                        xml.element("wps:spPr", &[], |xml| {
                            place(xml, ("0", "0"), (&wide, &high), "");
                            bare(xml);
                        });
                        xml.element("wps:txbx", &[], |xml| xml.element("w:txbxContent", &[], inside));
                        let vert = if of.turned { "vert" } else { "horz" };
                        let anchor = if of.turned { "t" } else { "b" };
                        let edges = [
                            ("vert", vert),
                            ("lIns", "0"),
                            ("tIns", "0"),
                            ("rIns", "0"),
                            ("bIns", "0"),
                            ("anchor", anchor),
                        ];
                        xml.empty("wps:bodyPr", &edges);
                    });
                });
            });
        });
    });
}

/// A rectangle without ground and outline.
pub(super) fn bare(xml: &mut Xml) {
    geometry(xml, "rect");
    xml.empty("a:noFill", &[]);
    xml.element("a:ln", &[], |xml| xml.empty("a:noFill", &[]));
}

fn position(xml: &mut Xml, name: &str, at: Option<f64>, align: &str) {
    let from = if at.is_some() { "page" } else { "margin" };
    xml.element(name, &[("relativeFrom", from)], |xml| match at {
        Some(at) => xml.element("wp:posOffset", &[], |xml| xml.text(&emu(at).to_string())),
        None => xml.element("wp:align", &[], |xml| xml.text(align)),
    });
}
