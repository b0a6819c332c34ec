//! 完成时限: what a label or a cell says; else the last month that the text names; else the year's end.

use chrono::NaiveDate;

use crate::text::parse_date;

use super::numbering::han;
use super::targets::{last_milestone, month_end};
use super::vocabulary::{NO_DEADLINE, OPEN_ENDED};

/// The last day of the year.
pub(super) fn year_end(year: u16) -> NaiveDate {
    NaiveDate::from_ymd_opt(i32::from(year), 12, 31).unwrap_or(NaiveDate::MAX)
}

/// The deadline that a task's text names: `6月底` is the last day of June. Of several milestones (`一季度达到…，10 月底前…`) it
/// is the last, where that is a month; quarters alone are steps on the way, and so is a month before what takes the whole year
/// (`3月底前完成前期，全年完成投资5亿元`).
pub(super) fn of_text(text: &str, year: u16) -> Option<NaiveDate> {
    let goes_on = text.rsplit_once('月').is_some_and(|(_, after)| after.contains("全年") || after.contains("年内"));
    last_milestone(text, year).filter(|_| !goes_on)
}

/// Whether a few words say when something is due: 6月底前, 全年.
pub(super) fn is_deadline(text: &str) -> bool {
    let has = ["月", "年底", "季度", "全年", "长期", "上半年", "下半年", "年内", "常年", "日前", "持续"];
    text.chars().count() <= 20 && !text.ends_with('。') && has.iter().any(|word| text.contains(word))
}

/// What a label says about when a task is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// By the end of a day.
    By(NaiveDate),
    /// Within the year, or always: 全年, 长期, 年底.
    Open,
    /// Words that name no time that is known.
    Unknown,
}

/// What names a deadline is no longer, in characters.
const LONGEST: usize = 200;

/// The deadline of a label: `6月底`, `2024年11月`, `9月30日前`, `2024-06-30`, `第二季度`, `上半年`; of several the latest, of which the
/// end of the year is one too: `6月底前出方案，年底前完成`.
pub(super) fn of_label(value: &str, year: u16) -> Due {
    if value.chars().take(LONGEST + 1).count() > LONGEST {
        return Due::Unknown;
    }
    let value: String = ascii_digits(value).chars().filter(|c| !c.is_whitespace()).collect();
    let value = value.trim_matches(['。', '；', ';', '，', ',', '（', '）', '(', ')']);
    if let Some(day) = in_figures(value, year).or_else(|| latest_named(value, year)) {
        let end = YEAR_ENDS.iter().any(|word| value.contains(word)).then(|| year_end(year));
        return Due::By(end.map_or(day, |end| end.max(day)));
    }
    let open = NO_DEADLINE.contains(&value) || OPEN_ENDED.iter().any(|word| value.contains(word));
    if open { Due::Open } else { Due::Unknown }
}

/// Words for the end of the document's year, beside other times.
const YEAR_ENDS: [&str; 5] = ["年底", "年末", "年终", "年内", "全年"];

/// A day or a month in figures alone, as spreadsheets print them; of a span its end: `2024/6/30`, `2024.6`, `2024.1-2024.6`,
/// `2024.1-6`.
fn in_figures(value: &str, year: u16) -> Option<NaiveDate> {
    let bare = ["之前", "以前", "前", "底", "止"].iter().find_map(|end| value.strip_suffix(end)).unwrap_or(value);
    let figures = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "-/.".contains(c));
    let day = |text: &str| {
        let mut parts = text.split(['-', '/', '.']);
        let of_month = match (parts.next(), parts.next(), parts.next()) {
            (Some(year), Some(month), None) if year.len() == 4 => month_end(year.parse().ok()?, month.parse().ok()?),
            _ => None,
        };
        of_month.or_else(|| parse_date(text, i32::from(year))).filter(|_| figures(text))
    };
    let last = |signs: &[char]| bare.rsplit_once(signs).and_then(|(_, last)| day(last));
    // Where other signs part year and month, a hyphen parts months: no day of the first.
    if let Some((from, to)) = bare.split_once('-')
        && from.contains(['.', '/'])
        && figures(bare)
    {
        let year = || from.split(['.', '/']).next().filter(|year| year.len() == 4)?.parse().ok();
        let is_day = to.contains(['.', '/', '-']);
        return if is_day { day(to) } else { month_end(year()?, to.parse().ok()?) };
    }
    day(bare).or_else(|| last(&['至', '到', '—', '–', '~', '～', '－'])).or_else(|| {
        // A hyphen parts the figures of a day, and days.
        figures(bare).then(|| last(&['-'])).flatten()
    })
}

/// The latest month, quarter, half of a year or year that a text names.
fn latest_named(value: &str, year: u16) -> Option<NaiveDate> {
    let at = |word: &'static str| {
        value.match_indices(word).filter_map(move |(at, _)| Some((value.get(..at)?, value.get(at + word.len()..)?)))
    };
    let months = at("月").filter_map(|(before, after)| in_month(before, after, year));
    let quarters = at("季度").filter_map(|(before, _)| {
        let quarter = QUARTERS.iter().position(|words| before.ends_with(*words))?;
        month_end(year_before(before, year), u32::try_from(quarter + 1).ok()? * 3)
    });
    let halves = at("半年").filter_map(|(before, _)| {
        let month = if before.ends_with('上') { 6 } else { 12 };
        before.ends_with(['上', '下']).then(|| month_end(year_before(before, year), month)).flatten()
    });
    // A year alone is its end.
    let years = at("年").filter_map(|(before, after)| {
        let own = after.split(CLAUSE_ENDS).next().unwrap_or_default();
        // 春节前, 春季学期: when in the year that is, the words alone do not say.
        let unknown = ["月", "季度", "半年", "节", "季", "Q", "学期", "周", "旬"];
        let alone = !unknown.iter().any(|word| own.contains(word));
        month_end(year_at_end(before, year).filter(|_| alone)?, 12)
    });
    let in_latin = at("Q").chain(at("q")).filter_map(|(before, after)| {
        let quarter = after.chars().next().and_then(|digit| digit.to_digit(10)).filter(|no| (1..=4).contains(no))?;
        month_end(year_before(before, year), quarter * 3)
    });
    months.chain(in_latin).chain(quarters).chain(halves).chain(years).max()
}

/// What parts the clauses of a deadline.
const CLAUSE_ENDS: [char; 9] = ['，', ',', '；', ';', '、', '。', '（', '(', '）'];

/// The names of the quarters, before 季度.
const QUARTERS: [[char; 2]; 4] = [['一', '1'], ['二', '2'], ['三', '3'], ['四', '4']];

/// The day that a month and what follows it name: its last day, unless a day of it stands there.
fn in_month(before: &str, after: &str, year: u16) -> Option<NaiveDate> {
    let month = month_before(before, before.len()).or_else(|| han_month(before))?;
    let year = year_before(before, year);
    // What stands before a further month is that month's number.
    let own = after.split('月').next().unwrap_or_default();
    let number = |text: &str| -> Option<u32> {
        let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        text.get(text.len() - digits..)?.parse().ok()
    };
    let day = own.match_indices(['日', '号']).filter_map(|(at, _)| number(own.get(..at)?)).next_back();
    let leading: String = own.chars().take_while(char::is_ascii_digit).collect();
    let third = [("上旬", 10), ("初", 10), ("中旬", 20)]
        .into_iter()
        .find(|(word, _)| own.starts_with(word))
        .map(|(_, day)| day);
    match day.or_else(|| leading.parse().ok()).or(third) {
        Some(day) => NaiveDate::from_ymd_opt(year, month, day),
        None => month_end(year, month),
    }
}

/// 六月, 十二月.
fn han_month(before: &str) -> Option<u32> {
    let rest = before.trim_end_matches(|c| "一二三四五六七八九十".contains(c));
    han(before.strip_prefix(rest)?).map(u32::from).filter(|month| (1..=12).contains(month))
}

/// The year that holds for what stands behind a text: the last one in it, or else the document's.
fn year_before(before: &str, year: u16) -> i32 {
    let last = before.rsplit_once('年').and_then(|(before, _)| year_at_end(before, year));
    last.unwrap_or_else(|| i32::from(year))
}

/// The year of the digits that a text ends with, or of 明 and 次 before 年; none of 今, 本 and 全: that is the document's.
fn year_at_end(before: &str, year: u16) -> Option<i32> {
    if before.ends_with(['明', '次', '翌']) {
        return Some(i32::from(year) + 1);
    }
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let digits = before.get(before.len() - digits..).filter(|digits| digits.len() == 4)?;
    digits.parse().ok().filter(|year| (1980..2200).contains(year))
}

/// Full-width digits as plain ones.
fn ascii_digits(text: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        _ => c,
    };
    text.chars().map(plain).collect()
}

fn month_before(text: &str, at: usize) -> Option<u32> {
    let (before, _) = text.split_at_checked(at)?;
    let before = before.trim_end();
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (_, number) = before.split_at_checked(before.len() - digits)?;
    number.parse().ok().filter(|month| (1..=12).contains(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_month_is_the_deadline_quarters_alone_are_not() {
        assert_eq!(of_text("力争 6 月底完成一期", 2024), Some(day("2024-06-30")));
        assert_eq!(of_text("12月底前完成", 2024), Some(day("2024-12-31")));
        assert_eq!(of_text("一季度达到 30%、三季度 85%，10 月底前全部开工", 2024), Some(day("2024-10-31")));
        assert_eq!(of_text("6月底开工，9月底完工", 2024), Some(day("2024-09-30")));
        assert_eq!(of_text("一季度达到 30%、二季度达到 60%", 2024), None);
        assert_eq!(of_text("6月底前完成三成，四季度完成六成", 2024), None);
        assert_eq!(of_text("3月底前完成前期，全年完成投资5亿元", 2024), None);
        assert_eq!(of_text("全年开工20个，10月底前竣工", 2024), Some(day("2024-10-31")));
        assert_eq!(of_text("本月底", 2024), None);
        assert_eq!(of_text("13月底", 2024), None);
    }

    #[test]
    fn labels() {
        for (value, due) in [
            ("2024年11月", "2024-11-30"),
            ("2月底前", "2024-02-29"),
            ("9月15日前", "2024-09-15"),
            ("2024-06-30", "2024-06-30"),
            ("2024/6/30前", "2024-06-30"),
            ("2024.6", "2024-06-30"),
            ("2024.1-2024.6", "2024-06-30"),
            ("2024.3.1—2024.11.15", "2024-11-15"),
            ("第二季度", "2024-06-30"),
            ("2025年一季度", "2025-03-31"),
            ("前3季度", "2024-09-30"),
            ("上半年", "2024-06-30"),
            ("今年6月底前", "2024-06-30"),
            ("截至2024年6月", "2024-06-30"),
            ("3月至11月", "2024-11-30"),
            ("2024年11月—次年3月", "2025-03-31"),
            ("2024—2026年", "2026-12-31"),
            ("6月15日至20日", "2024-06-20"),
            ("六月底", "2024-06-30"),
            ("10月中旬", "2024-10-20"),
            ("6月底前开工，四季度完工", "2024-12-31"),
            ("6月底前出台方案，年底前完成", "2024-12-31"),
            ("一季度启动，全年推进", "2024-12-31"),
            ("年底前（其中一期6月底前）", "2024-12-31"),
            ("2025年底前（其中一期2024年6月底前）", "2025-12-31"),
            ("2025年6月底前，今年9月出方案", "2025-06-30"),
            ("今年完成立项，2025年6月底前竣工", "2025-06-30"),
            ("2024.3-10", "2024-10-31"),
            ("2024/3-2025/10", "2025-10-31"),
            ("2024.3.1-2024.11.15", "2024-11-15"),
            ("2024-3-10", "2024-03-10"),
            ("9月初", "2024-09-10"),
            ("长期坚持，6月底前见效", "2024-06-30"),
        ] {
            assert_eq!(of_label(value, 2024), Due::By(day(due)), "{value}");
        }
        for open in ["全年", "长期", "年底前", "持续推进", "每月底", "/", "按序时进度"] {
            assert_eq!(of_label(open, 2024), Due::Open, "{open}");
        }
        for unknown in ["尽快", "2月30日", "3个月内", "见附件", "13月底", "2024.3-13"] {
            assert_eq!(of_label(unknown, 2024), Due::Unknown, "{unknown}");
        }
        assert_eq!(year_end(2024), day("2024-12-31"));
    }
}
