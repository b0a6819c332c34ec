//! Workbooks as if somebody had typed into them.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The cells replaced on a sheet, each with what stands in it.
pub(crate) fn typed(bytes: &[u8], cells: &[(u8, String, String)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().to_string(), String::new());
        part.read_to_string(&mut text).unwrap();
        for (_, cell, inner) in cells.iter().filter(|(sheet, ..)| name == format!("xl/worksheets/sheet{sheet}.xml")) {
            let (before, rest) = text.split_once(&format!("<c r=\"{cell}\"")).unwrap();
            let (tag, inside) = rest.split_once('>').unwrap();
            let after = if tag.ends_with('/') { inside } else { inside.split_once("</c>").unwrap().1 };
            let look = tag.split(' ').find(|part| part.starts_with("s=")).unwrap().trim_end_matches('/');
            let kind = if inner.starts_with("<is>") { " t=\"inlineStr\"" } else { "" };
            text = format!("{before}<c r=\"{cell}\" {look}{kind}>{inner}</c>{after}");
        }
        out.start_file(&*name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}
