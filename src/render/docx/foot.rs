//! The feet of the pages: the number, and opposite what the report was made from and whether it is made up.

use super::paragraph::{Look, paragraph, run, tab};
use super::text_box::{TextBox, text_box};
use super::unit::{twips, twips_mm};
use super::xml::Xml;
use crate::catalog::Say;
use crate::render::page::{LEFT, MM_PER_PT, SIZE_4, TEXT};
use crate::report::Report;

/// The part's root and what it declares.
pub(super) const NAMES: [(&str, &str); 7] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("xmlns:wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    ("xmlns:wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"),
];

/// The foot of odd or even pages that stand or lie.
pub(super) fn foot(report: &Report, even: bool, lies: bool) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:ftr", &NAMES, |xml| {
        if lies {
            paragraph(xml, "Footer", Look::default(), |xml| turned(xml, |xml| line(xml, report, even)));
        } else {
            line(xml, report, even);
        }
    });
    xml.finish()
}

/// The number right on odd pages, left on even ones, one character free (7.5).
fn line(xml: &mut Xml, report: &Report, even: bool) {
    let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
    let words = [demo, &report.mark].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("　");
    let words = words.replace('\n', " ");
    let right = twips_mm(TEXT.0) - twips(SIZE_4);
    let look = Look { indent: Some((twips(SIZE_4), 0)), tab: Some(right), ..Look::default() };
    paragraph(xml, "Footer", look, |xml| {
        if even {
            number(xml);
            tab(xml);
        }
        run(xml, Some("FootMark"), &words);
        if !even {
            tab(xml);
            number(xml);
        }
    });
}

fn number(xml: &mut Xml) {
    run(xml, None, "— ");
    xml.element("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", "begin")]));
    xml.element("w:r", &[], |xml| {
        xml.element("w:instrText", &[("xml:space", "preserve")], |xml| xml.text(" PAGE "));
    });
    xml.element("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", "separate")]));
    run(xml, None, "1");
    xml.element("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", "end")]));
    run(xml, None, " —");
}

/// A box at the left edge of a page that lies, where its foot would be if it stood (GB/T 9704, 8).
fn turned(xml: &mut Xml, inside: impl FnOnce(&mut Xml)) {
    const WIDTH: f64 = 10.0;
    // The number's line ends 30.4 mm from the edge, like the upper edge of an upright foot.
    const RIGHT: f64 = 30.4;
    let at = Some(((RIGHT - WIDTH) / MM_PER_PT, LEFT / MM_PER_PT));
    let size = (WIDTH / MM_PER_PT, TEXT.0 / MM_PER_PT);
    text_box(xml, TextBox { name: ("foot", 1), at, size, turned: true }, inside);
}
