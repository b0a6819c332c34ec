//! The one gate through which text enters: files, edit fields, pastes, command line.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Text fit to be kept, and how many characters were taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// The text, in NFC, without what [`is_unwanted`] names.
    pub text: String,
    /// How many characters were dropped. Line ends written as CR or CR LF become `\n` and do not count.
    pub dropped: usize,
}

/// Whether a character may not enter a ledger: control characters but newline, and what is invisible or turns the
/// direction of writing (U+200B–200F, 202A–202E, 2060–2064, 2066–2069, FEFF, FFF9–FFFB, E0000–E007F).
pub const fn is_unwanted(c: char) -> bool {
    match c {
        '\n' => false,
        '\0'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => true,
        _ => false,
    }
}

/// Text of several lines: NFC, unwanted characters dropped, line ends as `\n`.
pub fn sanitise(text: &str) -> Cleaned {
    clean(text, false)
}

/// Text of one line: as [`sanitise`], and each run of newlines and tabs becomes one space, none at either end.
pub fn one_line(text: &str) -> Cleaned {
    clean(text, true)
}

/// Whether [`sanitise`] would leave the text as it is.
pub fn is_sanitised(text: &str) -> bool {
    !text.contains(is_unwanted) && is_nfc(text)
}

fn clean(text: &str, one_line: bool) -> Cleaned {
    let mut kept = String::with_capacity(text.len());
    let mut dropped = 0;
    let mut gap = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let line_end = match c {
            '\r' => {
                // A terminal pastes line ends as CR; Windows writes CR LF.
                let _ = chars.next_if_eq(&'\n');
                true
            }
            '\n' => true,
            '\t' => one_line,
            _ => false,
        };
        if line_end && one_line {
            gap = !kept.is_empty();
        } else if line_end {
            kept.push('\n');
        } else if is_unwanted(c) {
            dropped += 1;
        } else {
            if std::mem::take(&mut gap) {
                kept.push(' ');
            }
            kept.push(c);
        }
    }
    let text = if is_nfc(&kept) { kept } else { kept.nfc().collect() };
    Cleaned { text, dropped }
}

#[cfg(test)]
mod tests {
    use super::{is_unwanted, one_line, sanitise};
    use proptest::prelude::*;

    #[test]
    fn control_and_invisible_characters_are_dropped_and_counted() {
        let cleaned = sanitise("市\u{1b}[31m财\u{200b}政\u{202e}局\u{feff}\u{7f}\u{85}\u{e0041}\t。");
        assert_eq!((cleaned.text.as_str(), cleaned.dropped), ("市[31m财政局。", 8));
    }

    #[test]
    fn line_ends_become_newlines() {
        let cleaned = sanitise("一\r\n二\r三\n\n四");
        assert_eq!((cleaned.text.as_str(), cleaned.dropped), ("一\n二\n三\n\n四", 0));
    }

    #[test]
    fn one_line_folds_newlines_and_tabs_into_one_space() {
        let cleaned = one_line("\n一\r\n\t二\t三\u{0}四\n");
        assert_eq!((cleaned.text.as_str(), cleaned.dropped), ("一 二 三四", 1));
    }

    #[test]
    fn letters_and_marks_are_composed() {
        assert_eq!(sanitise("u\u{308}").text, "ü");
        // A dropped joiner between letter and mark does not keep them apart.
        assert_eq!(sanitise("u\u{200d}\u{308}").text, "ü");
    }

    #[test]
    fn full_width_and_circled_characters_stay_as_written() {
        assert_eq!(sanitise("，①㎡　１").text, "，①㎡　１");
    }

    proptest! {
        #[test]
        fn nothing_unwanted_remains_and_once_is_enough(text in any::<String>()) {
            let once = sanitise(&text);
            prop_assert!(!once.text.chars().any(is_unwanted));
            let twice = sanitise(&once.text);
            prop_assert_eq!(twice.dropped, 0);
            prop_assert_eq!(twice.text, once.text);
            prop_assert!(!one_line(&text).text.contains(['\n', '\t']));
        }
    }
}
