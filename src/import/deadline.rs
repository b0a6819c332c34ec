//! 完成时限: year end, unless the text names one month of its own.

use chrono::NaiveDate;

/// The last day of the year.
pub(super) fn year_end(year: u16) -> NaiveDate {
    NaiveDate::from_ymd_opt(i32::from(year), 12, 31).unwrap_or(NaiveDate::MAX)
}

/// The deadline that a task's text names: `6月底` is the last day of June. A text with several milestones (`一季度达到…，10 月底前…`)
/// names none of them as its deadline.
pub(super) fn of_text(text: &str, year: u16) -> Option<NaiveDate> {
    if text.contains("季度") {
        return None;
    }
    let mut months = text.match_indices("月底").map(|(at, _)| month_before(text, at));
    let only = months.next()??;
    if months.next().is_some() {
        return None;
    }
    month_end(year, only)
}

/// The deadline of a label: `6月底`, `2024年11月`, `9月30日前`; anything else (`全年`, `长期`) names none.
pub(super) fn of_label(value: &str, year: u16) -> Option<NaiveDate> {
    let (before, after) = value.split_once('月')?;
    let month = month_before(value, before.len())?;
    let year = match before.split_once('年') {
        Some((digits, _)) => digits.trim().parse().ok()?,
        None => year,
    };
    let day: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
    match day.parse() {
        Ok(day) => NaiveDate::from_ymd_opt(i32::from(year), month, day),
        Err(_) => month_end(year, month),
    }
}

fn month_before(text: &str, at: usize) -> Option<u32> {
    let (before, _) = text.split_at_checked(at)?;
    let before = before.trim_end();
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (_, number) = before.split_at_checked(before.len() - digits)?;
    number.parse().ok().filter(|month| (1..=12).contains(month))
}

fn month_end(year: u16, month: u32) -> Option<NaiveDate> {
    let (year, month) = if month == 12 { (year.checked_add(1)?, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(i32::from(year), month, 1)?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn one_month_is_a_deadline_several_milestones_are_not() {
        assert_eq!(of_text("力争 6 月底完成一期", 2024), Some(day("2024-06-30")));
        assert_eq!(of_text("12月底前完成", 2024), Some(day("2024-12-31")));
        assert_eq!(of_text("一季度达到 30%，10 月底前全部开工", 2024), None);
        assert_eq!(of_text("6月底开工，9月底完工", 2024), None);
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
