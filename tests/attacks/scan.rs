//! Looks through bytes that the program produced. Knows nothing of the program's own tables.

/// What is wrong with a text, with what stands around it; nothing: nothing.
pub(crate) fn wrong(bytes: &[u8]) -> Vec<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return vec![format!("no UTF-8 at {}", error.valid_up_to())],
    };
    let mut marks = 0;
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        marks = if matches!(c, '\u{300}'..='\u{36f}') { marks + 1 } else { 0 };
        if acts(c) || marks > 8 {
            let around: String = text[..at].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
            found.push(format!("{c:?} behind {around:?}"));
        }
    }
    found
}

/// Control characters but line end and tab; what turns the direction of writing; what is not seen.
pub(crate) fn acts(c: char) -> bool {
    let n = u32::from(c);
    let in_any = |ranges: &[(u32, u32)]| ranges.iter().any(|(from, to)| (*from..=*to).contains(&n));
    (n < 0x20 && c != '\n' && c != '\t')
        || in_any(&[
            (0x7F, 0x9F),
            (0x200B, 0x200F),
            (0x2028, 0x202E),
            (0x2060, 0x206F),
            (0xFFF9, 0xFFFB),
            (0xE0000, 0xE01EF),
        ])
        || in_any(&[(0xFE00, 0xFE0F), (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF)])
        || [0xAD, 0x34F, 0x61C, 0xFEFF, 0x3164, 0xFFA0].contains(&n)
}

/// The same of what was sent to a terminal: our own escapes (styles, cursor, erasing, scroll region, modes) are taken out first. What is
/// none of them stays, and is found. Keypad and widths are set and asked once, at the start.
pub(crate) fn wrong_on_a_terminal(bytes: &[u8]) -> Vec<String> {
    let start = bytes.windows(KEYPAD_AND_WIDTHS.len()).position(|part| part == KEYPAD_AND_WIDTHS.as_bytes());
    let (before, behind) = start.map_or((bytes, &b""[..]), |at| (&bytes[..at], &bytes[at + KEYPAD_AND_WIDTHS.len()..]));
    wrong(&without_own_escapes(&[before, behind].concat()))
}

/// What is sent once, as the screen begins: the keypad as it is usually, then some characters, after each the question where the cursor is.
const KEYPAD_AND_WIDTHS: &str = "\x1b>\x1b[2H中中\x1b[6n\x1b[2H“\x1b[6n\x1b[2H─\x1b[6n";

/// `ESC [ digits and semicolons, perhaps behind ?, and one of m H C K J r h l`; `ESC M`; a line end of the terminal.
pub(crate) fn without_own_escapes(bytes: &[u8]) -> Vec<u8> {
    let mut rest = bytes;
    let mut kept = Vec::with_capacity(bytes.len());
    while let Some((first, behind)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(b"\x1bM").or_else(|| rest.strip_prefix(b"\r\n")) {
            kept.push(b'\n');
            rest = after;
        } else if let Some(parameters) = rest.strip_prefix(b"\x1b[") {
            let parameters = parameters.strip_prefix(b"?").unwrap_or(parameters);
            let length = parameters.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
            if matches!(parameters.get(length), Some(b'm' | b'H' | b'C' | b'K' | b'J' | b'r' | b'h' | b'l')) {
                rest = &parameters[length + 1..];
            } else {
                kept.push(*first);
                rest = behind;
            }
        } else {
            kept.push(*first);
            rest = behind;
        }
    }
    kept
}

#[test]
fn the_scanner_finds_what_it_looks_for() {
    for bad in
        ["\u{1b}[31m", "\r", "\u{8}", "\u{9b}", "\u{7f}", "\u{202e}", "\u{200b}", "\u{e0041}", "\u{feff}", "\u{fe0f}"]
    {
        assert_eq!(wrong(format!("甲{bad}乙").as_bytes()).len(), 1, "{bad:?}");
    }
    assert_eq!(wrong(format!("甲{}", "\u{301}".repeat(20)).as_bytes()).len(), 12);
    assert_eq!(wrong("督办 25.0%\t①\n".as_bytes()), [""; 0]);
    assert_eq!(wrong(&[0xff]).len(), 1);
    let ours = b"\x1b[?1049h\x1b[1;31m\xe7\x9d\xa3\x1b[0m\x1b[5;1H\x1b[K\r\n";
    assert_eq!(wrong_on_a_terminal(ours), [""; 0]);
    for foreign in ["\u{1b}]52;c;eA==\u{7}", "\u{1b}P+q\u{1b}\\", "\u{1b}[6n", "\u{1b}c", "\u{1b}[21t"] {
        assert!(!wrong_on_a_terminal(foreign.as_bytes()).is_empty(), "{foreign:?}");
    }
}
