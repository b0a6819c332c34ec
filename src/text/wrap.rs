//! One way to break lines, for the screen and for paper.
//!
//! Lines break between any two Han characters, and at spaces. No line begins with closing punctuation or ends with
//! opening punctuation (GB/T 15834, 5.1); words, and numbers with their point, commas and percent sign, stay whole.
//! Where a line has no permitted break, a word is cut; where even that is impossible, any two characters are parted.

use std::ops::{AddAssign, Range};

use unicode_width::UnicodeWidthChar;

use super::width::{clusters, width};

/// The lines of a text, at most `cols` wide (a single character wider than `cols` stands alone). At least one line.
pub fn wrap(text: &str, cols: usize) -> Vec<String> {
    lines(text, cols).into_iter().map(str::to_owned).collect()
}

/// As [`wrap`], borrowed from the text.
pub fn lines(text: &str, cols: usize) -> Vec<&str> {
    ranges(text, cols).into_iter().filter_map(|range| text.get(range)).collect()
}

/// As [`wrap`], as byte ranges of the text. Between two ranges there is a newline, or the spaces at which the line was
/// broken, or nothing.
pub fn ranges(text: &str, cols: usize) -> Vec<Range<usize>> {
    let cols = cols.max(1);
    measured(text, (cols, cols), &width)
}

/// As [`ranges`], for type that does not stand in columns: `measure` says how wide a character with its marks is, in the unit of
/// `rooms`: how wide the first line of each paragraph may be, and every other.
pub fn measured<W>(text: &str, rooms: (W, W), measure: &dyn Fn(&str) -> W) -> Vec<Range<usize>>
where
    W: Copy + Default + PartialOrd + AddAssign,
{
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, start, rooms, measure, &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

/// Whether a line may end behind the one character and the next begin with the other.
pub fn may_break(before: char, after: char) -> bool {
    between(before, after, false) == Break::Free
}

/// How willingly a line is parted between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// Only where nothing else is possible.
    Never,
    /// Inside a word that is longer than the line.
    Word,
    /// Anywhere the rules permit.
    Free,
}

/// Where a line could end (`end`) and the next begin (`next`: behind the spaces).
#[derive(Debug, Clone, Copy)]
struct Place {
    kind: Break,
    end: usize,
    next: usize,
}

fn wrap_paragraph<W>(
    text: &str,
    offset: usize,
    rooms: (W, W),
    measure: &dyn Fn(&str) -> W,
    lines: &mut Vec<Range<usize>>,
) where
    W: Copy + Default + PartialOrd + AddAssign,
{
    let mut start = 0;
    let mut room = rooms.0;
    while let Some(place) = first_line(text.get(start..).unwrap_or_default(), room, measure) {
        lines.push(offset + start..offset + start + place.end);
        start += place.next;
        room = rooms.1;
    }
    let rest = text.get(start..).unwrap_or_default();
    lines.push(offset + start..offset + start + fitting_end(rest, room, measure));
}

/// The whole of the last line, without the trailing spaces that do not fit.
fn fitting_end<W>(text: &str, room: W, measure: &dyn Fn(&str) -> W) -> usize
where
    W: Copy + Default + PartialOrd + AddAssign,
{
    let mut used = W::default();
    let mut end = 0;
    for cluster in clusters(text) {
        used += measure(cluster.text);
        if used > room {
            break;
        }
        end = cluster.end();
    }
    end.max(text.trim_end_matches(is_space).len())
}

/// Where the first line ends; `None` where all of the text fits (spaces at the end may hang over).
fn first_line<W>(text: &str, room: W, measure: &dyn Fn(&str) -> W) -> Option<Place>
where
    W: Copy + Default + PartialOrd + AddAssign,
{
    let mut best = Place { kind: Break::Never, end: 0, next: 0 };
    let mut used = W::default();
    let mut before: Option<char> = None;
    let mut solid_end = 0;
    let mut spaces = false;
    for cluster in clusters(text) {
        let c = cluster.text.chars().next()?;
        if cluster.text.chars().all(is_space) && before.is_some() {
            used += measure(cluster.text);
            spaces = true;
            continue;
        }
        if let Some(before) = before {
            let kind = between(before, c, spaces);
            if kind >= best.kind || best.end == 0 {
                best = Place { kind, end: solid_end, next: cluster.start };
            }
        }
        used += measure(cluster.text);
        if used > room && best.end > 0 {
            return Some(best);
        }
        before = Some(c);
        spaces = false;
        solid_end = cluster.end();
    }
    None
}

fn between(before: char, after: char, spaces: bool) -> Break {
    use Class::{Close, Dash, Han, Open, Quote, Word};
    let (left, right) = (class(before), class(after));
    match (left, right) {
        (Open, _) | (_, Close) if !(is_wordy(before) && is_wordy(after)) => Break::Never,
        _ if spaces => Break::Free,
        (Quote, _) | (_, Quote) | (Dash, Dash) => Break::Never,
        (Word | Dash, Word | Dash) => Break::Word,
        _ if is_wordy(before) && is_wordy(after) => Break::Word,
        (Han | Word | Dash | Close | Open, _) => Break::Free,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// May not end a line.
    Open,
    /// May not begin a line.
    Close,
    /// The ASCII quotation marks: open or close, so they hold on to both sides.
    Quote,
    /// Part of a word or number.
    Word,
    /// `—`: two stay together, and so does a range of numbers.
    Dash,
    /// Everything else.
    Han,
}

fn class(c: char) -> Class {
    match c {
        '（'
        | '《'
        | '〈'
        | '「'
        | '『'
        | '【'
        | '〔'
        | '〖'
        | '［'
        | '｛'
        | '“'
        | '‘'
        | '('
        | '['
        | '{'
        | '￥'
        | '¥'
        | '＄'
        | '$'
        | '№'
        | '＃'
        | '①'..='⒛' => Class::Open,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '〗'
        | '］' | '｝' | '”' | '’' | '…' | '·' | '～' | '／' | '．' | '％' | '‰' | '℃' | '°' | '′' | '″' | ',' | '.'
        | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' => Class::Close,
        '"' | '\'' => Class::Quote,
        '—' | '–' => Class::Dash,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '≥' | '≤' | '±' => Class::Word,
        c if c.is_ascii_graphic() || (c.is_alphanumeric() && c.width() == Some(1)) => Class::Word,
        _ => Class::Han,
    }
}

/// Whether it can stand inside a word: `1,200.5%`, `e.g.(a)`, `１２．５`.
fn is_wordy(c: char) -> bool {
    c.is_ascii_graphic() || c == '．' || c == '％' || class(c) == Class::Word
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_between_han_characters() {
        assert_eq!(wrap("关于印发重点工作", 6), ["关于印", "发重点", "工作"]);
        assert_eq!(wrap("关于 2024 年第三季度", 12), ["关于 2024 年", "第三季度"]);
    }

    #[test]
    fn no_line_begins_with_closing_or_ends_with_opening_punctuation() {
        assert_eq!(wrap("重点工作，抓实", 8), ["重点工", "作，抓实"]);
        assert_eq!(wrap("关于《通知》的", 6), ["关于", "《通", "知》的"]);
        assert_eq!(wrap("达到“百亿”项目", 7), ["达到“百", "亿”项目"]);
    }

    #[test]
    fn numbers_keep_their_point_commas_and_percent_sign() {
        assert_eq!(wrap("增长12.5%以上", 8), ["增长", "12.5%以", "上"]);
        assert_eq!(wrap("完成1,200个", 8), ["完成", "1,200个"]);
        assert_eq!(wrap("新增１２．５％", 10), ["新增", "１２．５％"]);
    }

    #[test]
    fn words_stay_whole_unless_longer_than_the_line() {
        assert_eq!(wrap("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn newlines_and_empty_lines_are_kept() {
        assert_eq!(wrap("一\n\n二\n", 4), ["一", "", "二", ""]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn dashes_stay_together() {
        assert_eq!(wrap("看护——暑假", 5), ["看护", "——暑", "假"]);
        assert_eq!(wrap("为3—6岁儿童", 4), ["为", "3—6", "岁儿", "童"]);
    }

    #[test]
    fn an_indent_is_kept() {
        assert_eq!(wrap("　　各地要高度重视", 8), ["　　各地", "要高度重", "视"]);
    }

    fn texts() -> impl Strategy<Value = String> {
        "[a-c1-3 .,%()\"\n市财政局，。、；：！？（）《》“”…—①Ａ１．％e\u{301}　\t]{0,40}"
    }

    proptest! {
        #[test]
        fn never_wider_than_asked(text in texts(), cols in 0_usize..16) {
            for line in wrap(&text, cols) {
                prop_assert!(width(&line) <= cols.max(1) || clusters(&line).count() == 1, "{line:?} at {cols}");
            }
        }

        #[test]
        fn nothing_but_spaces_and_newlines_is_left_out(text in texts(), cols in 0_usize..16) {
            let mut end = 0;
            for range in ranges(&text, cols) {
                prop_assert!(range.start >= end && range.end >= range.start);
                prop_assert!(text.get(end..range.start).unwrap().chars().all(|c| is_space(c) || c == '\n'));
                end = range.end;
            }
            prop_assert!(text.get(end..).unwrap().chars().all(is_space));
        }

        #[test]
        fn punctuation_keeps_its_side_of_a_break(
            text in "([市财政局]{1,3}[，。]?|（[市财]{1,2}）[，。]?|“《[财政]{1,3}》”[，。]?){0,8}",
            cols in 12_usize..20,
        ) {
            let lines = wrap(&text, cols);
            for line in lines.iter().skip(1) {
                prop_assert!(!line.starts_with(['，', '。', '）', '》', '”']), "{lines:?}");
            }
            for line in lines.iter().rev().skip(1) {
                prop_assert!(!line.ends_with(['（', '《', '“']), "{lines:?}");
            }
        }
    }
}
