//! Days as people type them: `2024-10-31`, `10-31`, `10月31日`, `10月底`, `20241031`.

use chrono::{Datelike as _, NaiveDate};

use super::fold::fold_key;

/// The years that a day may be of: whatever else is typed is a slip.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// A day that somebody types for the ledger, as [`parse_date`] reads it; `None` also beyond the years 1900 to 2999.
pub fn typed_date(text: &str, year: i32) -> Option<NaiveDate> {
    parse_date(text, year).filter(|day| YEARS.contains(&day.year()))
}

/// Reads a day. Without a year it is one of `year`; a month alone (`10月`, `10月底`) is its last day. `None`: it is no day.
pub fn parse_date(text: &str, year: i32) -> Option<NaiveDate> {
    let text: String = text.trim().chars().map(fold_key).collect();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::parse_from_str(&text, "%Y%m%d").ok();
    }
    let month_only = text.ends_with('月') || text.ends_with("月底") || text.ends_with("月末");
    let bare = text.trim_end_matches(['日', '号', '底', '末', '月']);
    let parts: Vec<&str> = bare.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    let (year, month, day) = match (month_only, parts.as_slice()) {
        (true, [month]) => (year, number(month)?, None),
        (true, [year, month]) if year.len() == 4 => (year.parse().ok()?, number(month)?, None),
        (false, [month, day]) => (year, number(month)?, Some(number(day)?)),
        (false, [year, month, day]) if year.len() == 4 => (year.parse().ok()?, number(month)?, Some(number(day)?)),
        _ => return None,
    };
    if let Some(day) = day {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    if month == 0 {
        return None;
    }
    let (year, month) = if month == 12 { (year.checked_add(1)?, 1) } else { (year, month.checked_add(1)?) };
    NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_usual_form() {
        let day = NaiveDate::from_ymd_opt(2024, 10, 31);
        for text in [
            "2024-10-31",
            "2024/10/31",
            "2024.10.31",
            "2024年10月31日",
            "20241031",
            "10-31",
            "10月31日",
            "10月31号",
            "10月底",
            "10月",
            "2024年10月底",
            "１０－３１",
            " 10-31 ",
        ] {
            assert_eq!(parse_date(text, 2024), day, "{text}");
        }
        assert_eq!(parse_date("12月底", 2024), NaiveDate::from_ymd_opt(2024, 12, 31));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "明天", "13-01", "2-30", "10", "2024", "24-10-31", "13月底", "0月底", "-", "99999年10月底"]
        {
            assert_eq!(parse_date(text, 2024), None, "{text}");
        }
    }
}
