//! DOCX for Word and WPS, in the geometry of GB/T 9704-2012, with the office's fonts by name. A zip of XML parts: the few that an
//! official document needs are written here, the zip and the escaping by libraries.

mod body;
mod charts;
mod parts;
mod table;
mod xml;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{RenderError, Tell};
use crate::report::Report;

/// The report as a file. The same report gives the same bytes.
///
/// # Errors
/// When the library refuses.
pub fn render(report: &Report, tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    let body = body::body(report, tell);
    let mut files: Vec<(String, String)> = vec![
        ("[Content_Types].xml".to_owned(), parts::content_types(body.charts.len())),
        ("_rels/.rels".to_owned(), parts::RELS.to_owned()),
        ("docProps/core.xml".to_owned(), parts::core(report)),
        ("docProps/app.xml".to_owned(), parts::APP.to_owned()),
        ("word/document.xml".to_owned(), body.xml),
        ("word/_rels/document.xml.rels".to_owned(), parts::document_rels(body.charts.len())),
        ("word/styles.xml".to_owned(), parts::styles(report.lang)),
        ("word/settings.xml".to_owned(), parts::SETTINGS.to_owned()),
        ("word/fontTable.xml".to_owned(), parts::fonts()),
        ("word/footer1.xml".to_owned(), parts::footer(report, true)),
        ("word/footer2.xml".to_owned(), parts::footer(report, false)),
    ];
    files
        .extend(body.charts.into_iter().enumerate().map(|(at, xml)| (format!("word/charts/chart{}.xml", at + 1), xml)));
    pack(&files).map_err(|error| RenderError::Library(error.to_string()))
}

fn pack(files: &[(String, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, xml) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(xml.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
