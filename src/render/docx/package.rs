//! The package: which parts there are, how they hang together, and their packing.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::foot::foot;
use super::styles::{font_table, settings, styles};
use super::xml::Xml;
use crate::render::plain::clean;
use crate::report::Report;
use crate::text::one_line;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The parts beside the document: name, what it is to the document, and its content type.
const PARTS: [(&str, &str, &str); 7] = [
    ("styles", "styles", "styles"),
    ("settings", "settings", "settings"),
    ("fontTable", "fontTable", "fontTable"),
    ("foot1", "footer", "footer"),
    ("foot2", "footer", "footer"),
    ("foot3", "footer", "footer"),
    ("foot4", "footer", "footer"),
];

/// Packs the document with its other parts. No time and no name of a machine goes in.
pub(super) fn pack(report: &Report, document: Vec<u8>) -> ZipResult<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core(report)),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles()),
        ("word/settings.xml", settings()),
        ("word/fontTable.xml", font_table()),
        ("word/foot1.xml", foot(report, false, false)),
        ("word/foot2.xml", foot(report, true, false)),
        ("word/foot3.xml", foot(report, false, true)),
        ("word/foot4.xml", foot(report, true, true)),
    ];
    let options = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |xml| {
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", relations)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        let mut part = |name: &str, content: &str| {
            xml.empty("Override", &[("PartName", name), ("ContentType", content)]);
        };
        part("/word/document.xml", &format!("{WORD}.document.main+xml"));
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        for (name, _, content) in PARTS {
            part(&format!("/word/{name}.xml"), &format!("{WORD}.{content}+xml"));
        }
    });
    xml.finish()
}

fn relations(all: &[(&str, String, String)]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |xml| {
        for (id, kind, target) in all {
            xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    });
    xml.finish()
}

fn package_relations() -> Vec<u8> {
    relations(&[
        ("document", format!("{RELATION}/officeDocument"), "word/document.xml".to_owned()),
        ("core", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml".to_owned()),
    ])
}

fn document_relations() -> Vec<u8> {
    let part =
        |(name, kind, _): (&'static str, &str, &str)| (name, format!("{RELATION}/{kind}"), format!("{name}.xml"));
    relations(&PARTS.map(part))
}

/// Title and office; nothing of the machine.
fn core(report: &Report) -> Vec<u8> {
    let left = report.head.as_ref().map_or("", |head| &head.left);
    let office = if report.signed.by.is_empty() { left } else { &report.signed.by };
    let names = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let mut xml = Xml::new();
    xml.element("cp:coreProperties", &names, |xml| {
        for (name, text) in [("dc:title", &*report.title), ("dc:creator", office)] {
            xml.element(name, &[], |xml| xml.text(&clean(&one_line(text).text)));
        }
    });
    xml.finish()
}
