//! The one gate through which text enters: files, edit fields, pastes, command line.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Marks that may stand on one letter. Vietnamese takes two, the phonetic alphabet four; hundreds bury the lines above.
const MARKS: usize = 8;

/// Text fit to be kept, and how many characters were taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// The text, in NFC, without what [`is_unwanted`] names.
    pub text: String,
    /// How many characters were dropped. Line ends written as CR or CR LF become `\n` and do not count.
    pub dropped: usize,
}

/// Whether a character may not enter a ledger: control characters but newline, the other line ends of Unicode (they become
/// newlines), what is invisible or turns the direction of writing, and what is no character at all.
///
/// Invisible is what Unicode calls default ignorable (DerivedCoreProperties 17.0, `Default_Ignorable_Code_Point`), but for the signs
/// that choose between the shapes of Mongolian letters (U+180B–180F): these are part of how the language is written. Characters for
/// private use stay: older documents write rare names with them, and they do nothing but look odd.
pub const fn is_unwanted(c: char) -> bool {
    match c {
        // Nearly all that is ever asked about, first.
        '\n' | ' '..='~' | '\u{3400}'..='\u{9FFF}' => false,
        '\0'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => true,
        // The last two of each plane are no characters.
        c => c as u32 & 0xFFFE == 0xFFFE,
    }
}

/// Text of several lines: NFC, unwanted characters and marks beyond the eighth on a letter dropped, line ends as `\n`.
pub fn sanitise(text: &str) -> Cleaned {
    clean(text, false)
}

/// Text of one line: as [`sanitise`], and each run of newlines and tabs becomes one space, none at either end.
pub fn one_line(text: &str) -> Cleaned {
    clean(text, true)
}

/// Whether [`sanitise`] would leave the text as it is.
pub fn is_sanitised(text: &str) -> bool {
    !text.contains(is_unwanted) && is_nfc(text) && surplus(text).next().is_none()
}

/// Where the marks stand that are too many on their letter.
fn surplus(text: &str) -> impl Iterator<Item = usize> {
    let mut run = 0;
    text.char_indices().filter_map(move |(at, c)| {
        // No mark stands before the block of combining marks, nor among the ideographs.
        let mark = c >= '\u{300}' && !matches!(c, '\u{3400}'..='\u{9FFF}') && is_combining_mark(c);
        run = if mark { run + 1 } else { 0 };
        (run > MARKS).then_some(at)
    })
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
            '\n' | '\u{2028}' | '\u{2029}' => true,
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
    let mut text = if is_nfc(&kept) { kept } else { kept.nfc().collect() };
    dropped += drop_surplus(&mut text);
    Cleaned { text, dropped }
}

/// Drops the marks that are too many on their letter, as they are where clean texts were joined; answers how many.
pub fn drop_surplus(text: &mut String) -> usize {
    let surplus: Vec<usize> = surplus(text).collect();
    let mut next = surplus.iter().peekable();
    let mut at = 0;
    text.retain(|c| {
        let here = at;
        at += c.len_utf8();
        next.next_if_eq(&&here).is_none()
    });
    surplus.len()
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
    fn every_invisible_and_turning_character_is_unwanted_and_every_script_stays() {
        // Soft hyphen, Arabic letter mark, fillers, paragraph separator, old direction marks, shape selectors, no characters.
        for c in
            "\u{ad}\u{61c}\u{3164}\u{ffa0}\u{2029}\u{206a}\u{fe0f}\u{e0100}\u{fdd0}\u{1ffff}\u{ffff}\u{e007f}".chars()
        {
            assert!(is_unwanted(c), "{c:?}");
        }
        // Mongolian with a shape selector, Uyghur, Tibetan, a name written with a character for private use, rare ideographs.
        for text in ["\u{182d}\u{180b}", "ئۇيغۇر", "བོད་སྐད།", "\u{e863}", "𠮷㐂", "①㎡"] {
            assert_eq!((sanitise(text).text.as_str(), sanitise(text).dropped), (text, 0));
        }
    }

    #[test]
    fn line_ends_of_unicode_become_newlines() {
        assert_eq!(sanitise("一\u{2028}二\u{2029}三").text, "一\n二\n三");
        assert_eq!(one_line("一\u{2028}二\u{2029}三").text, "一 二 三");
    }

    #[test]
    fn a_letter_is_not_buried_under_marks() {
        let cleaned = sanitise(&format!("甲{}乙", "\u{336}".repeat(100)));
        assert_eq!((cleaned.text, cleaned.dropped), (format!("甲{}乙", "\u{336}".repeat(8)), 92));
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
        fn nothing_unwanted_remains_and_once_is_enough(text in "(\\PC|[\u{300}-\u{36f}\u{e31}-\u{e4e}\u{9be}-\u{9d7}\u{1161}-\u{11ff}]{0,12}|\\p{any}){0,40}") {
            let once = sanitise(&text);
            prop_assert!(super::is_sanitised(&once.text));
            prop_assert!(!once.text.chars().any(is_unwanted));
            let twice = sanitise(&once.text);
            prop_assert_eq!(twice.dropped, 0);
            prop_assert_eq!(twice.text, once.text);
            prop_assert!(!one_line(&text).text.contains(['\n', '\t']));
        }
    }
}
