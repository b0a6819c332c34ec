//! The notice before the lists: title, number, issuer, date, year.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::lists::joined;
use super::numbering::han;
use super::scan::{Kind, Part};
use super::vocabulary::ISSUER_ENDS;

/// What the notice says about itself; empty where it does not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) title: String,
    pub(super) number: String,
    pub(super) issuer: String,
    pub(super) date: Option<NaiveDate>,
}

/// Reads the notice from the lines before the first list.
pub(super) fn notice(parts: &[Part<'_>]) -> Notice {
    let before =
        parts.iter().take_while(|part| !matches!(part.kind, Kind::Labels(_) | Kind::Head(_) | Kind::Columns(..)));
    let texts: Vec<&str> = before
        .filter_map(|part| match part.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    let title = (0..texts.len()).find_map(|at| titled(texts.get(at..).unwrap_or_default()));
    let number = texts.iter().find_map(|text| number(text)).unwrap_or_default();
    let dated = texts.iter().enumerate().find_map(|(at, text)| Some((at, date(&joined(text))?)));
    let signed =
        dated.and_then(|(at, _)| texts.get(at.checked_sub(1)?)).map(|text| joined(text)).filter(|text| is_issuer(text));
    let titled = title.as_deref().and_then(|title| title.split_once("关于")).map(|(issuer, _)| issuer);
    let issuer = signed.or_else(|| titled.filter(|issuer| is_issuer(issuer)).map(str::to_owned));
    let title = title.or_else(|| texts.iter().rev().map(|text| unattached(&joined(text))).find(|text| is_title(text)));
    Notice {
        issuer: issuer.unwrap_or_default(),
        number,
        date: dated.map(|(_, date)| date),
        title: title.unwrap_or_default(),
    }
}

/// A title that begins with the first of these lines and takes three at the most: 关于印发……的通知.
fn titled(texts: &[&str]) -> Option<String> {
    let first = texts.first().map(|text| without_label(text))?;
    let about = |text: &&str| joined(text).starts_with("关于");
    let begins = first.contains("关于") || (is_issuer(&first) && texts.get(1).is_some_and(about));
    if !begins {
        return None;
    }
    let mut title = String::new();
    for text in texts.iter().take(3) {
        // The lines of a title are no sentences.
        if !title.is_empty() && text.contains(['。', '：', ':', '；']) {
            return None;
        }
        let words = if title.is_empty() { without_label(text) } else { joined(text) };
        title.push_str(&words);
        if title.contains("关于") && TITLE_ENDS.iter().any(|end| title.ends_with(end)) {
            return (title.chars().count() <= LONGEST_TITLE).then_some(title);
        }
    }
    None
}

/// A line without the word before it that says it is the title, as pages print it in their index: `名 称: 关于……`.
fn without_label(text: &str) -> String {
    let cell = text.rsplit('\t').find(|cell| cell.contains("关于")).unwrap_or(text);
    let bare = joined(cell);
    // A page's rubric before the title: 【重点工作】某市人民政府关于…….
    let bare = match bare.strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        Some((_, title)) if title.contains("关于") => title.to_owned(),
        _ => bare,
    };
    let rest = bare.split_once([':', '：']).filter(|(label, _)| TITLE_LABELS.contains(label)).map(|(_, rest)| rest);
    // A page printed from the web parts the cells of its index by a blank.
    let spaced = || TITLE_LABELS.iter().find_map(|label| bare.strip_prefix(label)).filter(|rest| rest.contains("关于"));
    rest.or_else(spaced).map(str::to_owned).unwrap_or(bare)
}

/// What stands before a title in the index of a page.
const TITLE_LABELS: [&str; 6] = ["名称", "标题", "文件名称", "文件标题", "信息名称", "题名"];

/// How the title of a notice ends.
const TITLE_ENDS: [&str; 3] = ["通知", "分工的意见", "实施意见"];

/// A title is no longer, in characters.
const LONGEST_TITLE: usize = 120;

/// A title without the number of the attachment that it is: 附件1.……, 附件：2.…….
fn unattached(text: &str) -> String {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表")).unwrap_or(text);
    if rest.len() == text.len() {
        return text.to_owned();
    }
    let bare = rest.trim_start_matches(['：', ':']);
    let after = bare.trim_start_matches(|c: char| c.is_ascii_digit() || HAN_NUMBERS.contains(c));
    // `附件2024年……` is no number.
    match after.strip_prefix(['.', '．', '、', '：', ':']) {
        Some(title) if !title.is_empty() => title.to_owned(),
        _ => bare.to_owned(),
    }
}

/// The numbers of attachments.
const HAN_NUMBERS: &str = "一二三四五六七八九十";

/// A line that names a list of tasks: 2008年政府工作目标任务分解, 2022年民生实事项目进展情况表.
fn is_title(text: &str) -> bool {
    let named = ["分解", "清单", "任务", "实事", "分工", "重点工作", "进展情况", "工作目标"]
        .iter()
        .any(|word| text.contains(word));
    named
        && year(text).is_some()
        && text.chars().count() <= 60
        && !text.contains(['。', '，', ',', '；', '、'])
        && !text.ends_with(['：', ':'])
}

fn is_issuer(text: &str) -> bool {
    text.chars().count() <= 30 && ISSUER_ENDS.iter().any(|end| text.ends_with(end))
}

/// A line of the imprint: the office that signs, or the day.
pub(super) fn is_signature(text: &str) -> bool {
    let text = joined(text);
    is_issuer(&text) || date(text.trim_end_matches("印发")).is_some()
}

/// 发文字号 anywhere in a line: 衢政办发〔2024〕10号.
fn number(text: &str) -> Option<String> {
    let (before, after) = text.split_once(['〔', '［', '[', '【', '﹝'])?;
    let (year, rest) = after.split_once(['〕', '］', ']', '】', '﹞'])?;
    let (count, _) = rest.split_once('号')?;
    let year = year.trim();
    let count = count.trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // In brackets behind a title it is the number of another notice.
    if before.rfind(['（', '(']).is_some_and(|at| before.get(..at).is_some_and(|text| text.ends_with('》'))) {
        return None;
    }
    let office = before.trim_end().rsplit(|c: char| c.is_whitespace() || "：:|（(".contains(c)).next()?;
    let fine = year.len() == 4 && digits(year) && digits(count.trim_start_matches('第')) && !office.is_empty();
    fine.then(|| format!("{office}〔{year}〕{count}号"))
}

/// A line that is a date and nothing else: 2024年3月4日, 二〇二四年三月四日.
fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim_matches(['（', '）', '(', ')']);
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let number = |word: &str| digits(word).parse().ok().or_else(|| han(word).map(u32::from));
    let four = digits(year);
    NaiveDate::from_ymd_opt(four.parse().ok()?, number(month)?, number(day)?).filter(|_| four.chars().count() == 4)
}

/// Digits of any kind as plain ones: ２０２４, 二〇二四, 二OO八; other characters as they are.
fn digits(text: &str) -> String {
    const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let plain = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        '○' | 'O' | 'o' | 'Ｏ' | '零' | '◯' => '0',
        _ => HAN
            .iter()
            .position(|han| *han == c)
            .and_then(|at| char::from_digit(u32::try_from(at).ok()?, 10))
            .unwrap_or(c),
    };
    text.chars().map(plain).collect()
}

/// The first year that a text names: 2024 of `印发2024年政府工作报告`, 2018 of `二〇一八年`.
pub(super) fn year(text: &str) -> Option<u16> {
    let bare = joined(text);
    let mut ends = bare.match_indices('年').filter_map(|(at, _)| bare.split_at_checked(at));
    ends.find_map(|(before, _)| {
        let last: Vec<char> = before.chars().rev().take(5).collect();
        let plain: String = digits(&last.iter().rev().collect::<String>());
        let reversed: String = plain.chars().rev().take_while(char::is_ascii_digit).collect();
        let four: String = reversed.chars().rev().collect();
        four.parse().ok().filter(|year| (1980..2200).contains(year))
    })
}

/// The year that texts name most often; of several the latest.
pub(super) fn usual_year<'a>(texts: impl Iterator<Item = &'a str>) -> Option<u16> {
    let mut times: BTreeMap<u16, usize> = BTreeMap::new();
    for year in texts.filter_map(year) {
        *times.entry(year).or_default() += 1;
    }
    times.into_iter().max_by_key(|(_, times)| *times).map(|(year, _)| year)
}

/// The year of the days that texts name without 年, as pages print them: 2022-07-14, /2014/; of several the most frequent.
pub(super) fn written_year<'a>(texts: impl Iterator<Item = &'a str>) -> Option<u16> {
    let mut times: BTreeMap<u16, usize> = BTreeMap::new();
    for text in texts {
        // Signs part the numbers of a day; a quantity is followed by its measure.
        let words =
            text.split(|c: char| !(c.is_ascii_digit() || "-/.".contains(c))).filter(|word| word.contains(['-', '/']));
        for piece in words.flat_map(|word| word.split(['-', '/', '.'])).filter(|piece| piece.len() == 4) {
            let year = piece.parse().ok().filter(|year| (1990..2100).contains(year));
            if let Some(year) = year {
                *times.entry(year).or_default() += 1;
            }
        }
    }
    times.into_iter().max_by_key(|(_, times)| *times).map(|(year, _)| year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_told_from_what_stands_before_it() {
        let title = "云溪市人民政府关于2020年重点工作的通知";
        assert_eq!(titled(&[title]).as_deref(), Some(title));
        assert_eq!(titled(&[&format!("【重点工作】{title}")]).as_deref(), Some(title));
        assert_eq!(titled(&[&format!("名 称: {title}")]).as_deref(), Some(title));
    }

    #[test]
    fn numbers_dates_and_years() {
        assert_eq!(number("文件编号: 衢政办发〔2021〕3号 统一编号:").as_deref(), Some("衢政办发〔2021〕3号"));
        assert_eq!(number("东政办[2024]10号").as_deref(), Some("东政办〔2024〕10号"));
        assert_eq!(number("字体:[ ]"), None);
        assert_eq!(date("2024年3月4日"), NaiveDate::from_ymd_opt(2024, 3, 4));
        assert_eq!(date("2024年3月4日印发"), None);
        assert_eq!(date("2024年2月30日"), None);
        assert_eq!(date("二OO八年二月二十六日"), NaiveDate::from_ymd_opt(2008, 2, 26));
        assert_eq!(number("根据《某省关于分解落实的通知》（云政办发〔2018〕4号）要求"), None);
        assert_eq!(unattached("附件:1.2019年目标任务分解表"), "2019年目标任务分解表");
        assert_eq!(unattached("附件2024年任务表"), "2024年任务表");
        assert_eq!(number("景政 [2020] 20号").as_deref(), Some("景政〔2020〕20号"));
        assert_eq!(number("(汾政发〔2018〕8号)").as_deref(), Some("汾政发〔2018〕8号"));
        assert_eq!(year("２０２３年任务"), Some(2023));
        assert_eq!(year("二〇一八年“十件实事”"), Some(2018));
        assert_eq!(year("印发 2024 年政府工作报告"), Some(2024));
        assert_eq!(year("“十四五”时期"), None);
        let written = |text: &str| written_year([text].into_iter());
        assert_eq!(written("发文日期 | 2022-07-14 |"), Some(2022));
        assert_eq!(written("http://x.cn/2014/04.html"), Some(2014));
        assert_eq!(written("投资2014万元，电话0635-7219958"), None);
    }
}
