//! 完成时限: year end, unless the text names a last month of its own.

use chrono::NaiveDate;

use super::targets::{last_milestone, month_end};

/// The last day of the year.
pub(super) fn year_end(year: u16) -> NaiveDate {
    NaiveDate::from_ymd_opt(i32::from(year), 12, 31).unwrap_or(NaiveDate::MAX)
}

/// The deadline that a task's text names: `6月底` is the last day of June. Of several milestones (`一季度达到…，10 月底前…`) it
/// is the last, where that is a month; quarters alone are steps on the way.
pub(super) fn of_text(text: &str, year: u16) -> Option<NaiveDate> {
    last_milestone(text, year)
}

/// Whether a few words say when something is due: 6月底前, 全年.
pub(super) fn is_deadline(text: &str) -> bool {
    let has = ["月", "年底", "季度", "全年", "长期", "上半年", "下半年", "年内", "常年", "日前", "持续"];
    text.chars().count() <= 20 && !text.ends_with('。') && has.iter().any(|word| text.contains(word))
}

/// The deadline of a label: `6月底`, `2024年11月`, `9月30日前`; anything else (`全年`, `长期`) names none.
pub(super) fn of_label(value: &str, year: u16) -> Option<NaiveDate> {
    let value = &ascii_digits(value);
    let (before, after) = value.split_once('月')?;
    let month = month_before(value, before.len())?;
    let year = match before.split_once('年') {
        Some((digits, _)) => digits.trim().parse().ok()?,
        None => year,
    };
    let day: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
    match day.parse() {
        Ok(day) => NaiveDate::from_ymd_opt(i32::from(year), month, day),
        Err(_) => month_end(i32::from(year), month),
    }
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
        assert_eq!(of_text("本月底", 2024), None);
        assert_eq!(of_text("13月底", 2024), None);
    }

    #[test]
    fn labels() {
        assert_eq!(of_label("2024年11月", 2024), Some(day("2024-11-30")));
        assert_eq!(of_label("2月底前", 2024), Some(day("2024-02-29")));
        assert_eq!(of_label("9月15日前", 2024), Some(day("2024-09-15")));
        assert_eq!(of_label("全年", 2024), None);
        assert_eq!(year_end(2024), day("2024-12-31"));
    }
}
