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
    let after = rest.strip_prefix(['.', '．', '、'])?;
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

/// The head of a chapter: `一、…`, `（二）…`, `第三章 …`; `None` for other text.
pub(super) fn chapter(line: &str) -> Option<&str> {
    let line = line.trim();
    let inner = line.trim_start_matches(['（', '(', '第']);
    let rest = inner.trim_start_matches(|c| "一二三四五六七八九十百".contains(c));
    let numbered = rest.len() < inner.len();
    let after = rest.strip_prefix(['、', '）', ')', '章', '篇', '部']).map(str::trim)?;
    (numbered && !after.is_empty() && !line.ends_with(['。', '；'])).then_some(line)
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
    fn heads_of_chapters() {
        assert_eq!(chapter("二、市政府民生实事"), Some("二、市政府民生实事"));
        assert_eq!(chapter("（十一）扩大内需"), Some("（十一）扩大内需"));
        assert_eq!(chapter("一、要高度重视。"), None, "a sentence");
        assert_eq!(chapter("一年来"), None);
        assert_eq!(plain(" 17 "), Some(17));
        assert_eq!(plain("合计"), None);
    }
}
