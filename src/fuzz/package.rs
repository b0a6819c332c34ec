//! Packages (zip), and a form of them that stays whole however it is changed.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The name of a part, and what is in it.
pub(crate) type Part = (String, Vec<u8>);

/// What a package laid open begins with. One that is none begins with other bytes behind `PK`.
const OPEN: &[u8] = b"PK\n";

/// What the name of a part stands behind, its line. No XML has such characters in it.
const NAME: &[u8] = b"\x01\x02";

/// A package whose parts are whole.
pub(crate) fn package(parts: &[Part]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        out.start_file(name.as_str(), plain).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The parts of a package that is whole.
pub(crate) fn parts(package: &[u8]) -> Vec<Part> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            std::io::copy(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// A package laid open: whatever is changed in it, it can be made a package whose checksums are right.
pub(super) fn open(parts: &[Part]) -> Vec<u8> {
    let part = |(name, bytes): &Part| [NAME, name.as_bytes(), b"\n", bytes].concat();
    [OPEN.to_vec()].into_iter().chain(parts.iter().map(part)).collect::<Vec<_>>().concat()
}

/// The package that was laid open; other bytes as they are.
pub(super) fn closed(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(mut rest) = bytes.strip_prefix(OPEN) else { return Cow::Borrowed(bytes) };
    let (mut parts, mut names) = (Vec::new(), HashSet::new());
    while let Some(begin) = find(rest, NAME) {
        rest = &rest[begin + NAME.len()..];
        let part = &rest[..find(rest, NAME).unwrap_or(rest.len())];
        let line = find(part, b"\n").unwrap_or(part.len());
        // Longer ones, and one twice, are not written by the library.
        let name = String::from_utf8_lossy(&part[..line.min(200)]).into_owned();
        if names.insert(name.clone()) {
            parts.push((name, part.get(line + 1..).unwrap_or_default().to_vec()));
        }
    }
    Cow::Owned(package(&parts))
}

/// What has a meaning in a package that is laid open: its beginning, and the names of the parts with what is before them.
pub(super) fn words(parts: &[Part]) -> Vec<Vec<u8>> {
    let names = parts.iter().map(|(name, _)| [NAME, name.as_bytes(), b"\n"].concat());
    [OPEN.to_vec(), NAME.to_vec()].into_iter().chain(names).collect()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[test]
fn a_package_laid_open_is_closed_again() {
    let part = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
    let whole = [part("a/b.xml", b"<a>\n</a>"), part("empty", b""), part("c", &[0, 255, 1, 1])];
    assert_eq!(parts(&closed(&open(&whole))), whole);
    // However it is changed, what comes out is a package.
    let changed = [
        ("PK\nlost\u{1}\u{2}a\nb\u{1}\u{2}a\nc", vec![part("a", b"b")]),
        ("PK\n\u{1}\u{2}no line", vec![part("no line", b"")]),
        ("PK\n", vec![]),
    ];
    for (bytes, left) in changed {
        assert_eq!(parts(&closed(bytes.as_bytes())), left, "{bytes:?}");
    }
    assert_eq!(closed(b"PK\x03\x04"), b"PK\x03\x04".as_slice());
}
