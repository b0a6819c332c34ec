//! Dates of milestones: 一季度, 上半年, 10月底前, 年底.

use chrono::{Datelike, NaiveDate};

use super::sheet::Sheet;

/// A date and its places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    /// Its first place, a 到 or 在 before it within.
    pub(super) from: usize,
    /// The place behind its last.
    pub(super) to: usize,
    /// The last day.
    pub(super) day: NaiveDate,
    /// Whether a quarter or half-year is named, not a month or the year's end.
    pub(super) part: bool,
}

/// The dates between two places.
pub(super) fn dates(sheet: &Sheet, from: usize, to: usize, year: u16) -> Vec<Due> {
    let mut found = Vec::new();
    let mut place = from;
    while place < to {
        let Some(due) = date_at(sheet, place, year).filter(|due| due.to <= to) else {
            place += 1;
            continue;
        };
        place = due.to;
        found.push(due);
    }
    found
}

/// The date that a stretch consists of; `None` where it holds anything else.
pub(super) fn alone(sheet: &Sheet, from: usize, to: usize, year: u16) -> Option<NaiveDate> {
    match dates(sheet, from, to, year).as_slice() {
        [one] if one.from == from && one.to == to => Some(one.day),
        _ => None,
    }
}

/// The last of a text's milestones where it is a month; quarters alone are steps on the way and end nothing.
pub(in crate::import) fn last_milestone(text: &str, year: u16) -> Option<NaiveDate> {
    let sheet = Sheet::of(text);
    let all = dates(&sheet, 0, sheet.len(), year);
    let year = i32::from(year);
    let last = all.iter().max_by_key(|due| (due.day, !due.part))?;
    (!last.part && last.day.year() == year && is_month_end(&sheet, *last)).then_some(last.day)
}

fn is_month_end(sheet: &Sheet, due: Due) -> bool {
    sheet.find(due.from, due.to, "月底").or_else(|| sheet.find(due.from, due.to, "月末")).is_some()
}

fn date_at(sheet: &Sheet, start: usize, year: u16) -> Option<Due> {
    if sheet.open_at(start).is_none() || start.checked_sub(1).is_some_and(|before| continues(sheet, before)) {
        return None;
    }
    let mut place = start + usize::from(["到", "在", "于"].iter().any(|word| sheet.is_at(start, word)));
    if sheet.is_at(place, "截至") || sheet.is_at(place, "每") {
        return None;
    }
    let (year, named) = match number(sheet, place) {
        Some((value @ 1900..=2200, after)) if sheet.is_at(after, "年") => {
            place = after + 1;
            (i32::try_from(value).ok()?, true)
        }
        _ => (i32::from(year), false),
    };
    let (month, day, mut to, part) = body(sheet, place).or_else(|| named.then_some((12, None, place, false)))?;
    if named && to == place && to == start + 5 {
        // 2025年 alone dates nothing unless something says until: 到2025年.
        return None;
    }
    while let Some(word) = sheet.longest(to, &["之前", "以前", "前", "底", "末"]) {
        to += word.chars().count();
    }
    let day = match day {
        Some(day) => NaiveDate::from_ymd_opt(year, month, day)?,
        None => month_end(year, month)?,
    };
    Some(Due { from: start, to, day, part })
}

/// Month, day, the place behind, and whether it is a part of the year.
fn body(sheet: &Sheet, place: usize) -> Option<(u32, Option<u32>, usize, bool)> {
    let parts: [(&str, u32); 14] = [
        ("上半年度", 6),
        ("上半年", 6),
        ("前三季度", 9),
        ("一季度", 3),
        ("二季度", 6),
        ("三季度", 9),
        ("四季度", 12),
        ("第一季度", 3),
        ("第二季度", 6),
        ("第三季度", 9),
        ("第四季度", 12),
        ("1季度", 3),
        ("2季度", 6),
        ("3季度", 9),
    ];
    let names: Vec<&str> = parts.iter().map(|(word, _)| *word).collect();
    if let Some(word) = sheet.longest(place, &names) {
        let month = parts.iter().find(|(name, _)| *name == word)?.1;
        return Some((month, None, place + word.chars().count(), true));
    }
    if let Some(word) = sheet.longest(place, &["年底", "年末", "年内", "底前"]) {
        // 底前 only behind a year: 2025年底前.
        let year_before = place.checked_sub(1).and_then(|before| sheet.at(before)) == Some('年');
        return (word != "底前" || year_before).then(|| (12, None, place + word.chars().count(), false));
    }
    let (month, after) = number(sheet, place)?;
    if !(1..=12).contains(&month) || !sheet.is_at(after, "月") {
        return None;
    }
    if let Some((day @ 1..=31, behind)) = number(sheet, after + 1)
        && ["日", "号"].iter().any(|word| sheet.is_at(behind, word))
    {
        return Some((month, Some(day), behind + 1, false));
    }
    let rest = sheet.longest(after + 1, &["底", "末", "前", "份", "建", "完", "开", "投", "竣", "通"])?;
    let within = usize::from(matches!(rest, "底" | "末" | "前" | "份"));
    Some((month, None, after + 1 + within, false))
}

/// Whether the character before a date makes it part of something longer: 12月 within 1-12月, 每年.
fn continues(sheet: &Sheet, before: usize) -> bool {
    sheet.at(before).is_some_and(|c| c.is_ascii_digit() || matches!(c, '-' | '每' | '至' | '第' | '前' | '十'))
}

fn number(sheet: &Sheet, place: usize) -> Option<(u32, usize)> {
    let digits: String =
        (place..sheet.len()).map_while(|at| sheet.at(at)).take_while(char::is_ascii_digit).take(9).collect();
    Some((digits.parse().ok()?, place + digits.len()))
}

/// The last day of a month.
pub(in crate::import) fn month_end(year: i32, month: u32) -> Option<NaiveDate> {
    let (year, month) = if month == 12 { (year.checked_add(1)?, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
}
