//! Paragraphs and runs.

use super::xml::Xml;
use crate::render::plain::clean;

/// What a paragraph has beside its style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// It begins a page.
    pub(super) new_page: bool,
    /// It stays with the next one.
    pub(super) keep: bool,
    /// From the left, then what the first line stands out to the left; in twentieths of a point.
    pub(super) indent: Option<(i32, i32)>,
    /// Where it stands: `left`, `center`, `right`.
    pub(super) align: Option<&'static str>,
    /// The line's height, in twentieths of a point.
    pub(super) exact: Option<i32>,
    /// Where a tab goes, to the left of which its text ends.
    pub(super) tab: Option<i32>,
}

/// A paragraph with what `inside` writes into it.
pub(super) fn paragraph(xml: &mut Xml, style: &str, look: Look, inside: impl FnOnce(&mut Xml)) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| properties(xml, style, look));
        inside(xml);
    });
}

/// Paragraphs of a text, one a line: lines parted within one would be stretched to the full width.
pub(super) fn paragraphs(xml: &mut Xml, style: &str, look: Look, text: &str) {
    for (at, line) in clean(text).split('\n').enumerate() {
        let look = Look { new_page: look.new_page && at == 0, ..look };
        text_paragraph(xml, style, look, line);
    }
}

/// A paragraph of a text; `\n` parts lines.
pub(super) fn text_paragraph(xml: &mut Xml, style: &str, look: Look, text: &str) {
    paragraph(xml, style, look, |xml| run(xml, None, text));
}

/// An empty line.
pub(super) fn blank(xml: &mut Xml, look: Look) {
    paragraph(xml, "Plain", look, |_| ());
}

/// The properties, in the order that the schema prescribes.
pub(super) fn properties(xml: &mut Xml, style: &str, look: Look) {
    xml.val("w:pStyle", style);
    if look.keep {
        xml.empty("w:keepNext", &[]);
    }
    if look.new_page {
        xml.empty("w:pageBreakBefore", &[]);
    }
    if let Some(at) = look.tab {
        xml.element("w:tabs", &[], |xml| xml.empty("w:tab", &[("w:val", "right"), ("w:pos", &at.to_string())]));
    }
    if let Some(height) = look.exact {
        xml.empty("w:spacing", &[("w:line", &height.to_string()), ("w:lineRule", "exact")]);
    }
    if let Some((left, hanging)) = look.indent {
        let (left, hanging) = (left.to_string(), hanging.to_string());
        xml.empty("w:ind", &[("w:left", &left), ("w:right", "0"), ("w:hanging", &hanging)]);
    }
    if let Some(align) = look.align {
        xml.val("w:jc", align);
    }
}

/// A run of a text, in a character style where one is named.
pub(super) fn run(xml: &mut Xml, style: Option<&str>, text: &str) {
    xml.element("w:r", &[], |xml| {
        if let Some(style) = style {
            xml.element("w:rPr", &[], |xml| xml.val("w:rStyle", style));
        }
        for (at, line) in clean(text).split('\n').enumerate() {
            if at > 0 {
                xml.empty("w:br", &[]);
            }
            if !line.is_empty() {
                xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(line));
            }
        }
    });
}

/// A tab.
pub(super) fn tab(xml: &mut Xml) {
    xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
}
