//! Files of other kinds, by the bytes that they begin with, so that a refusal can say what the file is.

/// Beginnings of files, and what such a file is called.
const KINDS: [(&[u8], &str); 17] = [
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"\x89PNG\r\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7Z"),
    (b"\x1F\x8B", "GZIP"),
    (b"MZ", "EXE"),
    (b"\x7FELF", "ELF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"CAJ", "CAJ"),
    (b"%!PS", "PostScript"),
    (b"ID3", "MP3"),
    (b"PK\x05\x06", "ZIP"),
];

/// Two letters begin a text as well: they only count where a zero byte follows soon.
const DOUBTFUL: usize = 3;

/// What a file is, where it is none that is read.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let riff = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let known = KINDS.iter().find(|(begin, _)| bytes.starts_with(begin)).filter(|(begin, _)| {
        let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
        begin.len() > DOUBTFUL || head.contains(&0) || !begin.is_ascii()
    });
    if riff { Some("WEBP") } else { known.map(|(_, kind)| *kind) }
}

/// What a package of parts is, by a part that it has.
pub(super) const PACKAGES: [(&str, &str); 6] = [
    ("OFD.xml", "OFD"),
    ("ppt/presentation.xml", "PPTX"),
    ("content.xml", "ODT/ODS"),
    ("xl/workbook.bin", "XLSB"),
    ("META-INF/container.xml", "EPUB"),
    ("AndroidManifest.xml", "APK"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_and_archives_are_told_by_name_and_texts_are_none() {
        assert_eq!(kind(b"\xFF\xD8\xFF\xE0\0\x10JFIF"), Some("JPEG"));
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n"), Some("PNG"));
        assert_eq!(kind(b"{\\rtf1\\ansi"), Some("RTF"));
        assert_eq!(kind(b"MZ\x90\0\x03"), Some("EXE"));
        assert_eq!(kind(b"BM\x36\0"), Some("BMP"));
        assert_eq!(kind("BM项目清单".as_bytes()), None);
        assert_eq!(kind("1.办学".as_bytes()), None);
    }
}
