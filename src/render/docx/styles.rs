//! Styles, fonts and settings: parts that are the same for every report.

use super::unit::{TIGHT, line, twips};
use super::xml::Xml;
use crate::render::fonts::Face;
use crate::render::page::{SIZE_2, SIZE_3, SIZE_4, SIZE_5, SIZE_5_SMALL, SIZE_MASTHEAD};

const W: (&str, &str) = ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");

/// A paragraph's style.
struct Style {
    id: &'static str,
    name: &'static str,
    face: Face,
    size: f64,
    red: bool,
    align: &'static str,
    /// First line set in by two characters (7.3.3).
    indent: bool,
    /// The level in the outline, from 0; stays with what follows.
    outline: Option<&'static str>,
    keep: bool,
    /// The line's height in twentieths of a point; `None`: as high as its letters.
    line: Option<i32>,
}

const fn style(id: &'static str, name: &'static str, face: Face, size: f64) -> Style {
    Style { id, name, face, size, red: false, align: "both", indent: false, outline: None, keep: false, line: None }
}

fn all() -> Vec<Style> {
    let full = Some(line());
    let body = |id, name, face| Style { line: full, ..style(id, name, face, SIZE_3) };
    let centred = |style: Style| Style { align: "center", ..style };
    let heading =
        |id, name, face, level| Style { indent: true, outline: Some(level), keep: true, ..body(id, name, face) };
    let table = |id, name, face, size: f64| Style {
        align: "left",
        line: Some(twips(size * 1.3)),
        ..style(id, name, face, size)
    };
    vec![
        body("Plain", "Normal", Face::Body),
        Style { indent: true, ..body("BodyText", "Body Text", Face::Body) },
        // 一、黑体 （一）楷体 1.仿宋 （1）仿宋 (7.3.3); none is bold.
        heading("Heading1", "heading 1", Face::Hei, "0"),
        heading("Heading2", "heading 2", Face::Kai, "1"),
        heading("Heading3", "heading 3", Face::Body, "2"),
        heading("Heading4", "heading 4", Face::Body, "3"),
        Style { keep: true, ..centred(Style { line: full, ..style("Title", "Title", Face::Title, SIZE_2) }) },
        centred(body("Subtitle", "Subtitle", Face::Kai)),
        Style { red: true, ..centred(style("Masthead", "Masthead", Face::Title, SIZE_MASTHEAD)) },
        centred(body("MastheadNumber", "Masthead Number", Face::Body)),
        Style { align: "left", ..body("MastheadLine", "Masthead Line", Face::Body) },
        Style { align: "left", keep: true, ..body("AttachmentMark", "Attachment Mark", Face::Hei) },
        Style { keep: true, ..centred(Style { line: full, ..style("Caption", "caption", Face::Hei, SIZE_4) }) },
        Style { indent: true, line: Some(twips(24.0)), ..style("Note", "Note", Face::Body, SIZE_4) },
        Style { keep: true, ..centred(style("Drawing", "Drawing", Face::Body, SIZE_5)) },
        table("TableText", "Table Text", Face::Song, SIZE_5),
        table("TableHead", "Table Head", Face::Hei, SIZE_5),
        table("TableSmall", "Table Text Small", Face::Song, SIZE_5_SMALL),
        table("TableSmallHead", "Table Head Small", Face::Hei, SIZE_5_SMALL),
        Style { align: "left", line: Some(twips(SIZE_4)), ..style("Footer", "footer", Face::Song, SIZE_4) },
        Style { align: "left", line: Some(480), ..style("Colophon", "Colophon", Face::Body, SIZE_4) },
    ]
}

/// `styles.xml`.
pub(super) fn styles() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:styles", &[W], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    fonts(xml, Face::Body);
                    size(xml, SIZE_3);
                    let tongues = [("w:val", "en-US"), ("w:eastAsia", "zh-CN"), ("w:bidi", "ar-SA")];
                    xml.empty("w:lang", &tongues);
                });
            });
            xml.empty("w:pPrDefault", &[]);
        });
        for style in all() {
            write(xml, &style);
        }
        xml.element("w:style", &[("w:type", "character"), ("w:customStyle", "1"), ("w:styleId", "FootMark")], |xml| {
            xml.val("w:name", "Foot Mark");
            xml.element("w:rPr", &[], |xml| size(xml, SIZE_5_SMALL));
        });
    });
    xml.finish()
}

fn write(xml: &mut Xml, style: &Style) {
    let builtin = ["Normal", "Body Text", "Title", "Subtitle", "caption", "footer"];
    let mut attributes = vec![("w:type", "paragraph")];
    if style.id == "Plain" {
        attributes.push(("w:default", "1"));
    } else if !builtin.contains(&style.name) && style.outline.is_none() {
        attributes.push(("w:customStyle", "1"));
    }
    attributes.push(("w:styleId", style.id));
    xml.element("w:style", &attributes, |xml| {
        xml.val("w:name", style.name);
        if style.id != "Plain" {
            xml.val("w:basedOn", "Plain");
        }
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| paragraph(xml, style));
        xml.element("w:rPr", &[], |xml| {
            fonts(xml, style.face);
            xml.val("w:b", "0");
            xml.val("w:color", if style.red { "FF0000" } else { "000000" });
            // 28 characters fill a line of the body.
            xml.val("w:spacing", &if style.size.total_cmp(&SIZE_3).is_eq() { TIGHT } else { 0 }.to_string());
            size(xml, style.size);
        });
    });
}

fn paragraph(xml: &mut Xml, style: &Style) {
    xml.val("w:keepNext", if style.keep { "1" } else { "0" });
    xml.val("w:widowControl", "0");
    if style.id == "MastheadLine" {
        xml.element("w:pBdr", &[], |xml| {
            let rule = [("w:val", "single"), ("w:sz", "12"), ("w:space", "11"), ("w:color", "FF0000")];
            xml.empty("w:bottom", &rule);
        });
    }
    // Punctuation does not hang over the edge of the text.
    xml.val("w:overflowPunct", "0");
    // A quarter of a space between letters and characters would spoil the 28.
    xml.val("w:autoSpaceDE", "0");
    xml.val("w:autoSpaceDN", "0");
    xml.val("w:snapToGrid", "0");
    let height = style.line.map(|line| line.to_string());
    let (height, rule) = match &height {
        Some(height) => (&**height, "exact"),
        None => ("240", "auto"),
    };
    xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "0"), ("w:line", height), ("w:lineRule", rule)]);
    if style.indent {
        let points = twips(style.size * 2.0) + if style.size.total_cmp(&SIZE_3).is_eq() { 2 * TIGHT } else { 0 };
        xml.empty("w:ind", &[("w:firstLineChars", "200"), ("w:firstLine", &points.to_string())]);
    } else {
        xml.empty("w:ind", &[("w:firstLineChars", "0"), ("w:firstLine", "0")]);
    }
    xml.val("w:jc", style.align);
    if let Some(level) = style.outline {
        xml.val("w:outlineLvl", level);
    }
}

fn fonts(xml: &mut Xml, face: Face) {
    let name = face.office_name();
    xml.empty("w:rFonts", &[("w:ascii", name), ("w:eastAsia", name), ("w:hAnsi", name), ("w:cs", name)]);
}

/// In half points.
fn size(xml: &mut Xml, size: f64) {
    let half = format!("{}", size * 2.0);
    xml.val("w:sz", &half);
    xml.val("w:szCs", &half);
}

/// `fontTable.xml`: under which other name the office's fonts are found, and which kind to take where they are missing.
pub(super) fn font_table() -> Vec<u8> {
    let fonts = [
        (Face::Title, "FZXiaoBiaoSong-B05S", "02010601030101010101", "roman"),
        (Face::Body, "仿宋", "02010609030101010101", "modern"),
        (Face::Hei, "SimHei", "02010609060101010101", "modern"),
        (Face::Kai, "楷体", "02010609030101010101", "modern"),
        (Face::Song, "SimSun", "02010600030101010101", "auto"),
    ];
    let mut xml = Xml::new();
    xml.element("w:fonts", &[W], |xml| {
        for (face, other, panose, family) in fonts {
            xml.element("w:font", &[("w:name", face.office_name())], |xml| {
                xml.val("w:altName", other);
                xml.val("w:panose1", panose);
                // GB 2312.
                xml.val("w:charset", "86");
                xml.val("w:family", family);
                xml.val("w:pitch", "variable");
            });
        }
    });
    xml.finish()
}

/// `settings.xml`.
pub(super) fn settings() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:settings", &[W], |xml| {
        xml.empty("w:evenAndOddHeaders", &[]);
        xml.val("w:drawingGridVerticalSpacing", &line().to_string());
        xml.val("w:characterSpacingControl", "doNotCompress");
        xml.element("w:compat", &[], |xml| {
            xml.empty("w:useFELayout", &[]);
            let mode = [
                ("w:name", "compatibilityMode"),
                ("w:uri", "http://schemas.microsoft.com/office/word"),
                ("w:val", "15"),
            ];
            xml.empty("w:compatSetting", &mode);
        });
        xml.empty("w:themeFontLang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN")]);
    });
    xml.finish()
}
