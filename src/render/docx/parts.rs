//! The parts of the package beside the document itself: styles, fonts, settings, feet, properties.

use super::xml::{Look, paragraph, run, text, twips};
use crate::catalog::{Lang, Say};
use crate::render::fonts::Face;
use crate::render::page;
use crate::report::Report;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"";

pub(super) const RELS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
</Relationships>";

pub(super) const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>duban</Application></Properties>";

/// Odd and even pages have feet of their own; punctuation does not hang out of the line.
pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:evenAndOddHeaders/><w:defaultTabStop w:val=\"640\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>\
<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>";

pub(super) fn content_types(charts: usize) -> String {
    let of =
        |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"application/{kind}+xml\"/>");
    let word = "vnd.openxmlformats-officedocument.wordprocessingml.";
    let mut parts = String::new();
    for (name, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ] {
        parts.push_str(&of(&format!("word/{name}.xml"), &format!("{word}{kind}")));
    }
    parts.push_str(&of("docProps/core.xml", "vnd.openxmlformats-package.core-properties"));
    parts.push_str(&of("docProps/app.xml", "vnd.openxmlformats-officedocument.extended-properties"));
    for at in 1..=charts {
        parts.push_str(&of(&format!("word/charts/chart{at}.xml"), "vnd.openxmlformats-officedocument.drawingml.chart"));
    }
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}

/// The parts that the document names; charts from `chart1` on.
pub(super) fn document_rels(charts: usize) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    let named = [("rId1", "styles"), ("rId2", "settings"), ("rId3", "fontTable")];
    let mut rels: Vec<(String, String, String)> =
        named.map(|(id, part)| (id.to_owned(), part.to_owned(), format!("{part}.xml"))).to_vec();
    rels.push(("odd".to_owned(), "footer".to_owned(), "footer1.xml".to_owned()));
    rels.push(("even".to_owned(), "footer".to_owned(), "footer2.xml".to_owned()));
    rels.extend((1..=charts).map(|at| (format!("chart{at}"), "chart".to_owned(), format!("charts/chart{at}.xml"))));
    let rels: String = rels
        .iter()
        .map(|(id, part, target)| format!("<Relationship Id=\"{id}\" Type=\"{kind}{part}\" Target=\"{target}\"/>"))
        .collect();
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rels}</Relationships>"
    )
}

/// Title and office; no day of now, so that the same report gives the same file.
pub(super) fn core(report: &Report) -> String {
    let office = if report.signed.by.is_empty() { "duban" } else { report.signed.by.as_str() };
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator></cp:coreProperties>",
        text(&report.title),
        text(office)
    )
}

/// The fonts that are asked for by name, with what stands in where they are missing.
pub(super) fn fonts() -> String {
    let instead = |face: Face| match face {
        Face::Title => ("FZXiaoBiaoSong-B05S", "roman"),
        Face::Body => ("FangSong_GB2312", "modern"),
        Face::Hei => ("SimHei", "swiss"),
        Face::Kai => ("KaiTi_GB2312", "modern"),
        Face::Song => ("SimSun", "roman"),
    };
    let fonts: String = Face::ALL
        .into_iter()
        .map(|face| {
            let (other, family) = instead(face);
            format!(
                "<w:font w:name=\"{}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/><w:family w:val=\"{family}\"/>\
                 <w:pitch w:val=\"variable\"/></w:font>",
                face.office_name()
            )
        })
        .collect();
    format!("{HEAD}<w:fonts {NAMESPACES}>{fonts}</w:fonts>")
}

/// The spacing between characters that puts 28 of 16 points on 156 mm, in twentieths of a point (5.2.3).
const PITCH: i64 = -5;

/// From one line to the next, in twentieths of a point: 22 lines on 225 mm (5.2.3), rounded down so that they fit.
pub(super) fn line() -> i64 {
    twips(page::LINE) - 1
}

/// The styles: the body, four levels of headings (7.3.3), the title (7.3.1), tables.
pub(super) fn styles(lang: Lang) -> String {
    let fonts = |face: Face| {
        let name = face.office_name();
        format!("<w:rFonts w:ascii=\"{name}\" w:eastAsia=\"{name}\" w:hAnsi=\"{name}\" w:cs=\"{name}\"/>")
    };
    let size = |points: f64| {
        let half = super::xml::whole(points * 2.0);
        format!("<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>")
    };
    let line = line();
    let exact = format!("<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{line}\" w:lineRule=\"exact\"/>");
    let indent = match lang {
        Lang::Zh => "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>",
        Lang::En => "<w:ind w:firstLine=\"640\"/>",
    };
    let language = "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>";
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let mut all = format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>{}<w:spacing w:val=\"{PITCH}\"/>{}{language}</w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:widowControl w:val=\"0\"/>{exact}</w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:widowControl w:val=\"0\"/><w:overflowPunct w:val=\"0\"/></w:pPr></w:style>",
        fonts(Face::Body),
        size(page::SIZE_3)
    );
    all.push_str(&style("Body", "Body Text", indent, ""));
    for (level, face) in [(1, Face::Hei), (2, Face::Kai), (3, Face::Body), (4, Face::Body)] {
        let paragraph = format!("<w:keepNext/>{indent}<w:outlineLvl w:val=\"{}\"/>", level - 1);
        all.push_str(&style(&format!("Heading{level}"), &format!("heading {level}"), &paragraph, &fonts(face)));
    }
    let title = format!(
        "<w:keepNext/><w:spacing w:line=\"{}\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
        line + line / 5
    );
    let title_run = format!("{}<w:spacing w:val=\"0\"/>{}", fonts(Face::Title), size(page::SIZE_2));
    all.push_str(&style("Title", "Title", &title, &title_run));
    all.push_str(&style("Centred", "Centred", "<w:jc w:val=\"center\"/>", ""));
    let small = |points: f64, face: Face| format!("{}<w:spacing w:val=\"0\"/>{}", fonts(face), size(points));
    let auto = "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>";
    all.push_str(&style(
        "Caption",
        "caption",
        &format!("<w:keepNext/>{auto}<w:jc w:val=\"center\"/>"),
        &small(page::SIZE_5, Face::Hei),
    ));
    all.push_str(&style("Cell", "Table Cell", auto, &small(page::SIZE_5, Face::Song)));
    all.push_str(&style(
        "Note",
        "Note",
        &format!("{auto}<w:ind w:firstLine=\"420\"/>"),
        &small(page::SIZE_5, Face::Body),
    ));
    all.push_str(&style(
        "Colophon",
        "Colophon",
        &format!("{auto}<w:ind w:left=\"280\" w:right=\"280\"/>"),
        &small(page::SIZE_4, Face::Body),
    ));
    format!("{HEAD}<w:styles {NAMESPACES}>{all}</w:styles>")
}

/// The foot of odd or even pages: the number in 4号 between dashes, at the outer side with one character free (7.5); at the inner side
/// from which state of the ledger the report was made.
pub(super) fn footer(report: &Report, odd: bool) -> String {
    let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
    let mark: Vec<&str> = [demo, report.mark.as_str()].into_iter().filter(|mark| !mark.is_empty()).collect();
    let small = Look { face: Some(Face::Song), size: Some(page::SIZE_5_SMALL), red: false };
    let look = Look { face: Some(Face::Song), size: Some(page::SIZE_4), red: false };
    let name = Face::Song.office_name();
    let field = format!(
        "<w:r><w:rPr><w:rFonts w:ascii=\"{name}\" w:eastAsia=\"{name}\" w:hAnsi=\"{name}\"/><w:spacing w:val=\"0\"/>\
         <w:sz w:val=\"28\"/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:rPr><w:rFonts w:ascii=\"{name}\" w:eastAsia=\"{name}\" w:hAnsi=\"{name}\"/><w:spacing w:val=\"0\"/><w:sz w:val=\"28\"/></w:rPr>\
         <w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
         <w:r><w:rPr><w:rFonts w:ascii=\"{name}\" w:eastAsia=\"{name}\" w:hAnsi=\"{name}\"/><w:spacing w:val=\"0\"/><w:sz w:val=\"28\"/></w:rPr>\
         <w:fldChar w:fldCharType=\"end\"/></w:r>"
    );
    let number = format!("{}{field}{}", run("— ", look), run(" —", look));
    let mark = run(&mark.join(" "), small);
    // A tab that ends at the right margin whatever the width of the page, one character inside.
    let tab = "<w:r><w:ptab w:relativeTo=\"margin\" w:alignment=\"right\" w:leader=\"none\"/></w:r>";
    let runs = if odd { format!("{mark}{tab}{number}") } else { format!("{number}{tab}{mark}") };
    let properties = "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:left=\"280\" w:right=\"280\"/>";
    format!("{HEAD}<w:ftr {NAMESPACES}>{}</w:ftr>", paragraph(properties, &runs))
}
