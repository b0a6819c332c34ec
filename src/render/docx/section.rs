//! Sections: pages that stand upright and pages that lie.

use super::unit::{line, twips_mm};
use super::xml::Xml;
use crate::render::page::{LEFT, PAPER, TEXT, TOP};

/// Where the foot's lower edge stands, from that of the paper: the dash of the page number lies 7 mm below the text (7.5).
const FOOT: f64 = 25.5;

/// Writes what a section's pages are like. The last of a document stands at its end, others in their last paragraph. A page that lies
/// is the upright one turned (GB/T 9704, 8): what was its left edge is its upper one.
pub(super) fn section(xml: &mut Xml, lies: bool) {
    let (right, bottom) = (PAPER.0 - LEFT - TEXT.0, PAPER.1 - TOP - TEXT.1);
    let (odd, even) = if lies { ("foot3", "foot4") } else { ("foot1", "foot2") };
    let (width, height) = if lies { (PAPER.1, PAPER.0) } else { PAPER };
    let margins = if lies { [LEFT, TOP, right, bottom] } else { [TOP, right, bottom, LEFT] };
    let [top, right, bottom, left] = margins.map(|mm| twips_mm(mm).to_string());
    let (width, height) = (twips_mm(width).to_string(), twips_mm(height).to_string());
    let foot = twips_mm(if lies { 10.0 } else { FOOT }).to_string();
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", odd)]);
        xml.empty("w:footerReference", &[("w:type", "even"), ("r:id", even)]);
        xml.val("w:type", "nextPage");
        if lies {
            xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height), ("w:orient", "landscape")]);
        } else {
            xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
        }
        let edges = [
            ("w:top", &*top),
            ("w:right", &right),
            ("w:bottom", &bottom),
            ("w:left", &left),
            ("w:header", "851"),
            ("w:footer", &foot),
            ("w:gutter", "0"),
        ];
        xml.empty("w:pgMar", &edges);
        xml.empty("w:docGrid", &[("w:type", "lines"), ("w:linePitch", &line().to_string())]);
    });
}
