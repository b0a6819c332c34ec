//! The ways in which one character of a text can be typed.

use pinyin::{Pinyin, ToPinyin};
use unicode_normalization::UnicodeNormalization;

use super::polyphone::polyphone;

/// What can be typed for one character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Itself, in the form of queries: compatibility form and lower case (Ａ is `a`, ㎡ is `m2`).
    pub(super) literal: Vec<char>,
    /// Its pinyin readings in use, without tones; ü is `v`. Empty for what has none.
    pub(super) readings: Vec<Vec<char>>,
}

impl Spelling {
    /// As itself only.
    pub(super) fn written(c: char) -> Self {
        let literal = match c {
            // By far the most, and the same in every form.
            '\u{4e00}'..='\u{9fff}' => vec![c],
            _ => key_form(c.nfkc()).collect(),
        };
        Self { literal, readings: Vec::new() }
    }

    /// As itself and by its readings.
    pub(super) fn of(c: char) -> Self {
        let Self { literal, mut readings } = Self::written(c);
        let han = match literal.as_slice() {
            [one] => *one,
            _ => c,
        };
        let first = han.to_pinyin().map(Pinyin::plain);
        for reading in first.into_iter().chain(polyphone(han).iter().copied()) {
            let typed: Vec<char> = key_form(reading.chars()).collect();
            // 略 and 虐 are typed both ways.
            let loose = typed.iter().map(|&c| if c == 'v' { 'u' } else { c }).collect();
            let both = typed.ends_with(&['v', 'e']).then_some(loose);
            for typed in std::iter::once(typed).chain(both) {
                if typed.iter().all(char::is_ascii_lowercase) && !readings.contains(&typed) {
                    readings.push(typed);
                }
            }
        }
        Self { literal, readings }
    }
}

/// Lower case, and ü as `v`.
pub(super) fn key_form(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.flat_map(char::to_lowercase).map(|c| if c == 'ü' { 'v' } else { c })
}

/// Whether a character of a text does not count: a query finds `160 亿` by `160亿`.
pub(super) fn is_skipped(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

#[cfg(test)]
mod tests {
    use super::Spelling;

    fn readings(c: char) -> Vec<String> {
        Spelling::of(c).readings.iter().map(|r| r.iter().collect()).collect()
    }

    #[test]
    fn polyphones_have_all_their_readings() {
        for (c, wanted) in [('长', ["chang", "zhang"]), ('重', ["chong", "zhong"]), ('行', ["hang", "xing"])] {
            let readings = readings(c);
            assert!(wanted.iter().all(|w| readings.iter().any(|r| r == w)), "{c}: {readings:?}");
        }
        assert!(readings('衢').contains(&"qu".to_owned()));
    }

    #[test]
    fn readings_that_nobody_types_are_left_out() {
        assert_eq!(readings('体'), ["ti"]);
        assert_eq!(readings('育'), ["yu"]);
    }

    #[test]
    fn u_with_dots_is_v() {
        assert_eq!(readings('绿').first().map(String::as_str), Some("lv"));
        assert_eq!(readings('略'), ["lve", "lue"]);
        assert!(readings('女').contains(&"nv".to_owned()));
    }

    #[test]
    fn widths_and_cases_are_one() {
        assert_eq!(Spelling::of('Ａ').literal, ['a']);
        assert_eq!(Spelling::of('㎡').literal, ['m', '2']);
        assert_eq!(Spelling::of('，').literal, [',']);
    }
}
