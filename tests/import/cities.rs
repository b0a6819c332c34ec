//! Each file of `cities` is read as its JSON says.

use std::fs;

use duban::import::read;

use crate::expected;

#[test]
fn every_document_is_read_as_a_careful_clerk_reads_it() {
    let mut all = Vec::new();
    for path in expected::documents() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let wrong = expected::wrong(read(&name, &fs::read(&path).unwrap(), None), &expected::of(&path));
        all.extend(wrong.into_iter().map(|what| format!("{name} {what}")));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn encodings_and_line_ends_change_nothing() {
    for path in expected::documents().iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
        let text = fs::read_to_string(path).unwrap();
        let (gb, _, _) = encoding_rs::GB18030.encode(&text);
        let windows = text.replace('\n', "\r\n");
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [gb.as_ref(), windows.as_bytes(), &utf16] {
            let wrong = expected::wrong(read("甲.txt", bytes, None), &expected::of(path));
            assert!(wrong.is_empty(), "{}: {}", path.display(), wrong.join("\n"));
        }
    }
}
