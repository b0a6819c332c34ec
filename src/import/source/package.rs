//! Office documents that are a zip of XML parts.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::docx_numbers::Numbers;
use super::{MAX_BYTES, Unread, docx, foreign, xlsx, xlsx_strings};
use crate::import::unreadable::{Cause, Unreadable};

/// Parts that a document has at the most.
const MOST_PARTS: usize = 10_000;

/// The text of a docx or an xlsx.
///
/// # Errors
/// When it is another kind of package, damaged, or unpacks to more than is read.
pub(super) fn text(bytes: &[u8]) -> Result<(String, Vec<Unread>), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::new(Cause::Damaged))?;
    if archive.len() > MOST_PARTS {
        return Err(too_large());
    }
    let has = |archive: &ZipArchive<Cursor<&[u8]>>, name: &str| archive.index_for_name(name).is_some();
    if has(&archive, "word/document.xml") {
        let xml = part(&mut archive, "word/document.xml")?;
        let lists = part(&mut archive, "word/numbering.xml").ok();
        let styles = part(&mut archive, "word/styles.xml").ok();
        let text = docx::text(&xml, Numbers::new(lists.as_deref(), styles.as_deref()))?;
        return Ok((text, Vec::new()));
    }
    if has(&archive, "xl/workbook.xml") {
        unpacks(&mut archive)?;
        return xlsx::text(bytes);
    }
    let kind = foreign::PACKAGES.iter().find(|(part, _)| has(&archive, part)).map_or("ZIP", |(_, kind)| kind);
    Err(Unreadable::new(Cause::Foreign { kind }))
}

fn too_large() -> Unreadable {
    Unreadable::new(Cause::TooLarge { bytes: MAX_BYTES + 1, limit: MAX_BYTES })
}

/// A part of the package, no larger than is ever read: what its entry says about its size is not believed.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, Unreadable> {
    let damaged = |_| Unreadable::new(Cause::Damaged);
    let file = archive.by_name(name).map_err(|_| Unreadable::new(Cause::Damaged))?;
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(damaged)?;
    if bytes.len() > MAX_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// Unpacks every part of a workbook once without keeping it, so that a reader that keeps them all has not too much to keep.
fn unpacks(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Unreadable> {
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let mut left = limit;
    for at in 0..archive.len() {
        let damaged = || Unreadable::new(Cause::Damaged);
        let file = archive.by_index(at).map_err(|_| damaged())?;
        let strings = file.name().is_ok_and(|name| xlsx_strings::are_in(&name));
        let (mut part, mut kept) = (file.take(left.saturating_add(1)), Vec::new());
        let read =
            if strings { std::io::copy(&mut part, &mut kept) } else { std::io::copy(&mut part, &mut std::io::sink()) };
        left = left.checked_sub(read.map_err(|_| damaged())?).ok_or_else(too_large)?;
        if strings && xlsx_strings::are_too_many(&kept) {
            return Err(damaged());
        }
    }
    Ok(())
}
