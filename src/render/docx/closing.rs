//! What stands after the text: 附件说明, 落款, 附注, and the 版记 at the foot of the last page (GB/T 9704-2012, 7.3.4–7.3.6, 7.4).

use super::paragraph::{Look, blank, paragraph, run, tab, text_paragraph};
use super::text_box::{TextBox, text_box};
use super::unit::{EM, body_width, line, twips, twips_mm};
use super::xml::Xml;
use crate::catalog::{Lang, Say};
use crate::render::chart::estimate;
use crate::render::page::{LINES, MM_PER_PT, SIZE_4, TEXT};
use crate::render::plain::clean;
use crate::report::Report;
use crate::report::model::Colophon;
use crate::text::one_line;

/// The thick rules of the 版记, 0.35 mm, in eighths of a point (7.4.1).
const THICK: &str = "8";
/// The thin one, 0.25 mm.
const THIN: &str = "6";
/// A line of the 版记, in twentieths of a point.
const COLOPHON_LINE: i32 = 480;

/// 附件说明, one empty line below the text; names aligned (7.3.4).
pub(super) fn attachment_list(xml: &mut Xml, report: &Report) {
    let many = report.attachments.len() > 1;
    let word = report.lang.fill(Say::ReportAnnexLine, &[&""]);
    let first = body_width(&word);
    for (at, attachment) in report.attachments.iter().enumerate() {
        if at == 0 {
            blank(xml, Look::default());
        }
        let number = if many { format!("{}. ", at + 1) } else { String::new() };
        let own = body_width(&number);
        let hanging = if at == 0 { first + own } else { own };
        let left = 2.0 * EM + first + own;
        let look = Look { indent: Some((twips(left), twips(hanging))), ..Look::default() };
        let word = if at == 0 { &*word } else { "" };
        text_paragraph(xml, "Plain", look, &format!("{word}{number}{}", one_line(&attachment.title).text));
    }
}

/// 落款 without a seal: the issuer one line below, two characters free at the right; the day's first character two to the right of
/// the issuer's (7.3.5). 附注 below, in brackets (7.3.6).
pub(super) fn signature(xml: &mut Xml, report: &Report) {
    let signed = &report.signed;
    let (by, on) = (one_line(&clean(&signed.by)).text, one_line(&clean(&signed.on)).text);
    let full = TEXT.0 / MM_PER_PT;
    let by_width = body_width(&by).max(body_width(&on) + if by.is_empty() { 0.0 } else { 2.0 * EM });
    let left = (full - 2.0 * EM - by_width).max(0.0);
    if !(by.is_empty() && on.is_empty()) {
        blank(xml, Look { keep: true, ..Look::default() });
    }
    let place = |left: f64, keep| Look { indent: Some((twips(left), 0)), align: Some("left"), keep, ..Look::default() };
    if !by.is_empty() {
        text_paragraph(xml, "Plain", place(left, !on.is_empty()), &by);
    }
    if !on.is_empty() {
        let on_left = if by.is_empty() { left } else { left + 2.0 * EM };
        text_paragraph(xml, "Plain", place(on_left, false), &on);
    }
    if !signed.note.is_empty() {
        text_paragraph(
            xml,
            "BodyText",
            Look::default(),
            &report.lang.fill(Say::PrintRemark, &[&one_line(&signed.note).text]),
        );
    }
}

/// 版记: in a box at the foot of the text area, and as much room kept free in the text, so that they never meet. One that takes more
/// than half a page stands in the text. `number` is that of the box among the drawings.
pub(super) fn colophon(xml: &mut Xml, colophon: &Colophon, lang: Lang, number: usize) {
    let printed = !(colophon.printed_by.is_empty() && colophon.printed_on.is_empty());
    if colophon.copied_to.is_empty() && !printed {
        return;
    }
    let copied = clean(&lang.fill(Say::PrintCopiedTo, &[&one_line(&colophon.copied_to).text]));
    let lines = copied_lines(&copied) * i32::from(!colophon.copied_to.is_empty()) + i32::from(printed);
    let room = (lines * COLOPHON_LINE).saturating_add(80);
    if room > line().saturating_mul(i32::try_from(LINES / 2).unwrap_or(11)) {
        return rows(xml, colophon, lang, &copied);
    }
    let size = (TEXT.0 / MM_PER_PT, f64::from(room) / 20.0);
    paragraph(xml, "Plain", Look { exact: Some(room), ..Look::default() }, |xml| {
        let place = TextBox { name: ("colophon", number), at: None, size, turned: false };
        text_box(xml, place, |xml| rows(xml, colophon, lang, &copied));
    });
}

/// A table of one column with rules between its rows: they are as wide as the text, whatever is free beside the words.
fn rows(xml: &mut Xml, colophon: &Colophon, lang: Lang, copied: &str) {
    let width = twips_mm(TEXT.0);
    let (wide, edge) = (width.to_string(), twips(SIZE_4).to_string());
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblW", &[("w:w", &wide), ("w:type", "dxa")]);
            xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
            xml.element("w:tblBorders", &[], |xml| {
                for (name, size) in [("w:top", THICK), ("w:bottom", THICK), ("w:insideH", THIN)] {
                    let rule = [("w:val", "single"), ("w:sz", size), ("w:space", "0"), ("w:color", "000000")];
                    xml.empty(name, &rule);
                }
            });
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.element("w:tblCellMar", &[], |xml| {
                // One character free on both sides (7.4.2).
                for name in ["w:left", "w:right"] {
                    xml.empty(name, &[("w:w", &edge), ("w:type", "dxa")]);
                }
            });
        });
        xml.element("w:tblGrid", &[], |xml| xml.empty("w:gridCol", &[("w:w", &wide)]));
        if !colophon.copied_to.is_empty() {
            row(xml, &wide, |xml| {
                let word = twips(SIZE_4 * 3.0);
                text_paragraph(xml, "Colophon", Look { indent: Some((word, word)), ..Look::default() }, copied);
            });
        }
        if !(colophon.printed_by.is_empty() && colophon.printed_on.is_empty()) {
            row(xml, &wide, |xml| {
                let look = Look { tab: Some(width - 2 * twips(SIZE_4)), ..Look::default() };
                paragraph(xml, "Colophon", look, |xml| {
                    run(xml, None, &one_line(&colophon.printed_by).text);
                    if !colophon.printed_on.is_empty() {
                        tab(xml);
                        run(xml, None, &lang.fill(Say::PrintPrintedOn, &[&one_line(&colophon.printed_on).text]));
                    }
                });
            });
        }
    });
    // A box and a document end with a paragraph.
    blank(xml, Look { exact: Some(20), ..Look::default() });
}

fn row(xml: &mut Xml, wide: &str, inside: impl FnOnce(&mut Xml)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:tc", &[], |xml| {
            xml.element("w:tcPr", &[], |xml| xml.empty("w:tcW", &[("w:w", wide), ("w:type", "dxa")]));
            inside(xml);
        });
    });
}

fn copied_lines(copied: &str) -> i32 {
    let room = TEXT.0 / MM_PER_PT - SIZE_4 * 5.0;
    let lines = copied.split('\n').map(|part| (estimate(part, SIZE_4) / room).ceil().max(1.0)).sum::<f64>();
    twips(lines.min(1_000.0)) / 20
}
