//! Plain text: UTF-8, UTF-16 with its mark, GB18030 (GBK, GB2312).

use std::borrow::Cow;

use crate::import::lines;
use crate::import::unreadable::{Cause, Unreadable};

/// A text in another encoding is believed when at least so many of a hundred characters beyond ASCII are of those that Chinese
/// documents are written with.
const BELIEVED: usize = 90;

/// The text of bytes without any markup.
///
/// # Errors
/// When they are no text, with the place of the first byte that is none.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes).filter(|(_, mark)| *mark == 2) {
        let (text, bad) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return if bad || text.contains('\0') { Err(Unreadable::new(Cause::Binary)) } else { Ok(text) };
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(lines::place(bytes, at, Cause::Binary));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(bad) => {
            let (text, wrong) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
            if wrong || !chinese(&text) {
                return Err(lines::place(bytes, bad.valid_up_to(), Cause::NotUtf8));
            }
            Ok(text)
        }
    }
}

/// Whether a text is written as Chinese documents are: nearly any bytes can be read as GB18030, but not as sense.
fn chinese(text: &str) -> bool {
    let usual = |c: char| {
        matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}')
            || "“”‘’—…·≥≤×℃①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ▲△●○■□◆◇★☆％‰㎡".contains(c)
    };
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    let fine = text.chars().filter(|c| usual(*c)).count();
    beyond > 0 && fine * 100 >= beyond * BELIEVED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_give_the_same_text() {
        let expected = "1.新建学校3所。\n责任单位：市教育局";
        let (gb, _, _) = encoding_rs::GB18030.encode(expected);
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(expected.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [expected.as_bytes(), &gb, &utf16, format!("\u{FEFF}{expected}").as_bytes()] {
            assert_eq!(text(bytes).unwrap(), expected);
        }
    }

    #[test]
    fn bytes_that_make_no_sense_are_refused_with_their_place() {
        for (bytes, line, column) in [
            (&b"\xE4\xB8\x80\n\xE4\xB8\x80\xE4\xB8\x80\xC8\xA9\xFF"[..], 2, Some(4)),
            (b"\n\xFF", 2, Some(1)),
            (b"a\r\n\xFF", 2, Some(1)),
        ] {
            assert_eq!(text(bytes).unwrap_err(), Unreadable::at(line, column, Cause::NotUtf8));
        }
        assert_eq!(text(b"ab\0c").unwrap_err(), Unreadable::at(1, Some(3), Cause::Binary));
    }
}
