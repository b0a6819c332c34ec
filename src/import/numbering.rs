//! Numbers before paragraphs: `1. `, `12．`, `3、`, full- and half-width; chapter heads `一、`, `（二）`.

/// A number before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number<'a> {
    /// Its value, from 1.
    pub(super) value: u16,
    /// What follows it.
    pub(super) rest: &'a str,
}

/// The number that a paragraph begins with, if it does. `1.5 亿元` is an amount, not a number, and so is `2024 年`.
pub(super) fn number(line: &str) -> Option<Number<'_>> {
    let line = line.trim();
    let digits: String = line.chars().map_while(ascii_digit).take(6).collect();
    let rest = line.trim_start_matches(|c| ascii_digit(c).is_some());
    let value = digits.parse().ok().filter(|value| *value > 0)?;
    let after = rest.trim_start().strip_prefix(['.', '．', '、', '﹒', '｡'])?;
    // A decimal goes on with a digit; a text that begins with its year (`5.2021年…`) does too.
    let next: String = after.chars().map_while(ascii_digit).collect();
    let year = next.len() == 4 && after.chars().nth(4) == Some('年');
    (next.is_empty() || year).then_some(Number { value, rest: after.trim() })
}

/// A plain whole number, such as the 序号 of a table's row.
pub(super) fn plain(text: &str) -> Option<u16> {
    let text = text.trim();
    let digits: Option<String> = text.chars().map(ascii_digit).collect();
    digits.filter(|digits| digits.len() <= 5)?.parse().ok().filter(|value| *value > 0)
}

/// A numbered line of the outline: a heading, or a task, by what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outline<'a> {
    /// How deep: 1 第一章, 2 一、, 3 （一）, 4 `1.`, 5 （1）, 6 ①.
    pub(super) level: u8,
    /// The number's value.
    pub(super) value: u16,
    /// The number as printed, without what parts it from the words: `一`, `(一)`, `3`, `（3）`.
    pub(super) printed: &'a str,
    /// The words.
    pub(super) rest: &'a str,
}

/// The level of plain numbers, `1.`.
pub(super) const PLAIN: u8 = 4;

/// Reads the number that a line begins with, whatever its kind.
pub(super) fn outline(line: &str) -> Option<Outline<'_>> {
    let line = line.trim();
    if let Some(Number { value, rest }) = number(line) {
        let printed = line.strip_suffix(rest).unwrap_or(line).trim_end();
        let printed = printed.trim_end_matches(['.', '．', '、', '﹒', '｡']).trim_end();
        return Some(Outline { level: PLAIN, value, printed, rest });
    }
    if let Some(one) = sign(line) {
        return Some(one);
    }
    if let Some(one) = half_bracketed(line) {
        return Some(one);
    }
    if let Some(one) = worded(line) {
        return Some(one);
    }
    let bracketed = line.strip_prefix(['（', '(']);
    let chapter = line.strip_prefix('第');
    let inner = bracketed.or(chapter).unwrap_or(line);
    let arabic = bracketed.is_some() && inner.starts_with(|c| ascii_digit(c).is_some());
    let is_digit = |c: char| if arabic { ascii_digit(c).is_some() } else { HAN_DIGITS.contains(c) };
    let after = inner.trim_start_matches(is_digit);
    let digits = inner.strip_suffix(after).filter(|digits| !digits.is_empty())?;
    let value = if arabic { plain(digits)? } else { han(digits)? };
    let (level, rest) = if let Some(part) = chapter.and(after.strip_prefix("部分")) {
        (1, part)
    } else if chapter.is_some() {
        (1, after.strip_prefix(['章', '篇', '编'])?)
    } else if bracketed.is_some() {
        (if arabic { 5 } else { 3 }, after.strip_prefix(['）', ')'])?)
    } else {
        (2, after.trim_start().strip_prefix(['、', '.', '．'])?)
    };
    let printed = match (bracketed.is_some(), chapter.is_some()) {
        (true, _) | (_, true) => line.strip_suffix(rest)?,
        _ => digits,
    };
    Some(Outline { level, value, printed, rest: rest.trim_start_matches(['、', '.', '．']).trim() })
}

/// The number that follows the last one, before a text that begins with a figure of its own: `2.50个小区` after 1.
pub(super) fn expected(line: &str, last: u16) -> Option<Outline<'_>> {
    let next = last.checked_add(1).filter(|_| last > 0)?;
    let after = line.trim_start_matches(|c| ascii_digit(c).is_some());
    let printed = line.strip_suffix(after)?;
    let rest = after.strip_prefix(['.', '．', '、'])?;
    let figure = rest.starts_with(|c| ascii_digit(c).is_some());
    (figure && plain(printed) == Some(next)).then_some(Outline { level: PLAIN, value: next, printed, rest })
}

/// A number behind a word for what is numbered: `项目一：办学`.
fn worded(line: &str) -> Option<Outline<'_>> {
    let digits_on = NUMBERED.iter().find_map(|word| line.strip_prefix(word))?;
    let after = digits_on.trim_start_matches(|c| HAN_DIGITS.contains(c) || ascii_digit(c).is_some());
    let digits = digits_on.strip_suffix(after).filter(|digits| !digits.is_empty())?;
    let rest = after.strip_prefix(['：', ':', '、', '.', '．'])?.trim();
    let value = han(digits).or_else(|| plain(digits))?;
    (!rest.is_empty()).then_some(Outline { level: 2, value, printed: digits, rest })
}

/// Words that a number stands behind.
const NUMBERED: [&str; 5] = ["项目", "任务", "事项", "实事", "工程"];

/// A number with the second half of its brackets: `3）办学`.
fn half_bracketed(line: &str) -> Option<Outline<'_>> {
    let after = line.trim_start_matches(|c| ascii_digit(c).is_some());
    let digits = line.strip_suffix(after).filter(|digits| (1..=3).contains(&digits.chars().count()))?;
    let rest = after.strip_prefix(['）', ')'])?.trim_start_matches(['、', '.', '．']).trim();
    let words = rest.starts_with(|c: char| !c.is_ascii() && c.is_alphabetic());
    words.then_some(Outline { level: 5, value: plain(digits)?, printed: digits, rest })
}

/// A number that is one sign: ① ⑴ ⒈ ㈠.
fn sign(line: &str) -> Option<Outline<'_>> {
    let first = line.chars().next()?;
    let (level, value) = SIGNS.iter().find_map(|(from, last, level)| {
        let range = u32::from(*from)..=u32::from(*last);
        range.contains(&u32::from(first)).then(|| (*level, u32::from(first) - u32::from(*from) + 1))
    })?;
    let rest = line.strip_prefix(first)?;
    let printed = line.strip_suffix(rest)?;
    let rest = rest.trim_start_matches(['、', '.', '．']).trim();
    Some(Outline { level, value: u16::try_from(value).ok()?, printed, rest })
}

/// Signs that are numbers from 1 on, and how deep they stand.
const SIGNS: [(char, char, u8); 5] = [('⒈', '⒛', PLAIN), ('⑴', '⒇', 5), ('㈠', '㈩', 3), ('①', '⑳', 6), ('❶', '❿', 6)];

const HAN_DIGITS: &str = "一二三四五六七八九十百〇零";

/// 一 to 九百九十九 as a number.
pub(super) fn han(digits: &str) -> Option<u16> {
    let mut value = 0_u16;
    let mut ones = 0_u16;
    for c in digits.chars() {
        match c {
            '〇' | '零' => ones = 0,
            '十' | '百' => {
                let unit = if c == '十' { 10 } else { 100 };
                value = value.checked_add(ones.max(1).checked_mul(unit)?)?;
                ones = 0;
            }
            _ => ones = u16::try_from("一二三四五六七八九".chars().position(|digit| digit == c)?).ok()? + 1,
        }
    }
    value.checked_add(ones).filter(|value| *value > 0)
}

fn ascii_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_paragraphs() {
        let read = |line| number(line).map(|n| (n.value, n.rest.to_owned()));
        assert_eq!(read("12. 甲"), Some((12, "甲".to_owned())));
        assert_eq!(read("12.甲"), Some((12, "甲".to_owned())));
        assert_eq!(read("１２．甲"), Some((12, "甲".to_owned())));
        assert_eq!(read("3、甲"), Some((3, "甲".to_owned())));
        assert_eq!(read("5.2021年新建"), Some((5, "2021年新建".to_owned())));
        for not in ["1.5 亿元", "2024 年重点", "0. 甲", "甲", "", "70000. 甲", "1234567. 甲"] {
            assert_eq!(read(not), None, "{not}");
        }
    }

    #[test]
    fn every_kind_of_number() {
        let read = |line| outline(line).map(|one| (one.level, one.value, one.printed.to_owned(), one.rest.to_owned()));
        let is = |level, value, printed: &str, rest: &str| Some((level, value, printed.to_owned(), rest.to_owned()));
        assert_eq!(read("第三章 兴业"), is(1, 3, "第三章", "兴业"));
        assert_eq!(read("十二、兴业"), is(2, 12, "十二", "兴业"));
        assert_eq!(read("(二十一)兴业"), is(3, 21, "(二十一)", "兴业"));
        assert_eq!(read("（一）、兴业"), is(3, 1, "（一）", "兴业"));
        assert_eq!(read("3.兴业"), is(4, 3, "3", "兴业"));
        assert_eq!(read("１２．兴业"), is(4, 12, "１２", "兴业"));
        assert_eq!(read("（3）兴业"), is(5, 3, "（3）", "兴业"));
        assert_eq!(read("③兴业"), is(6, 3, "③", "兴业"));
        assert_eq!(read("⑾ 兴业"), is(5, 11, "⑾", "兴业"));
        assert_eq!(read("⒉兴业"), is(4, 2, "⒉", "兴业"));
        assert_eq!(read("㈢兴业"), is(3, 3, "㈢", "兴业"));
        assert_eq!(read("第二部分 兴业"), is(1, 2, "第二部分", "兴业"));
        assert_eq!(read("3 、兴业"), is(4, 3, "3", "兴业"));
        assert_eq!(han("一百零二"), Some(102));
        assert_eq!(read("项目二：兴业"), is(2, 2, "二", "兴业"));
        assert_eq!(read("项目建设：兴业"), None);
        assert_eq!(read("3）兴业"), is(5, 3, "3", "兴业"));
        assert_eq!(read("一 、兴业"), is(2, 1, "一", "兴业"));
        assert_eq!(expected("2.50个小区", 1).map(|one| (one.value, one.rest)), Some((2, "50个小区")));
        assert_eq!(expected("2.50个小区", 2), None, "a decimal");
        assert_eq!(expected("1.50个小区", 0), None, "a decimal");
        for not in ["一年来", "（一般）", "第三产业", "十分重要", "（2024年）", "", "（）"] {
            assert_eq!(read(not), None, "{not}");
        }
    }

    #[test]
    fn plain_numbers() {
        assert_eq!(plain(" 17 "), Some(17));
        assert_eq!(plain("合计"), None);
    }
}
