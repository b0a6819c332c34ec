//! One backup a day, and fewer of the older ones: each of the last fortnight, one a week for ten weeks more, then one a month.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use super::{BackupError, Made, at, make};
use crate::store::files;

/// So many of the newest stay whatever their dates: a clock that jumps ahead takes none of them.
const NEWEST: usize = 14;
/// Days of the fortnight, and of the ten weeks behind it.
const DAYS: i64 = 14;
const WEEKS: i64 = DAYS + 70;

/// What was done today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// Today's backup.
    pub file: PathBuf,
    /// What is in it; `None` where it was made earlier today.
    pub made: Option<Made>,
    /// How many there are now.
    pub kept: usize,
    /// Those that were removed.
    pub removed: Vec<PathBuf>,
}

/// Makes today's backup in a folder, where there is none yet, and then removes what need not stay. Touches no file of another name.
///
/// # Errors
/// As [`make`]; nothing is removed then.
pub fn daily(dir: &Path, folder: &Path, today: NaiveDate, readme: &str) -> Result<Daily, BackupError> {
    files::make_folder(folder).map_err(at(folder))?;
    let file = folder.join(name(today));
    let made = if file.try_exists().map_err(at(&file))? {
        None
    } else {
        // Under its name only once it was read back: what has the name is whole.
        let part = folder.join(format!("{}.part", name(today)));
        match std::fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&part)(error)),
            _ => {}
        }
        let made = make(dir, &part, readme)?;
        std::fs::rename(&part, &file).and_then(|()| files::sync_folder(folder)).map_err(at(&file))?;
        Some(made)
    };
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let date = entry.file_name().to_str().and_then(dated);
        there.extend(date.filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())));
    }
    let stay = staying(&there, today);
    let mut removed = Vec::new();
    for date in there.difference(&stay) {
        let path = folder.join(name(*date));
        std::fs::remove_file(&path).map_err(at(&path))?;
        removed.push(path);
    }
    Ok(Daily { file, made, kept: stay.len(), removed })
}

fn name(date: NaiveDate) -> String {
    format!("duban-{date}.zip")
}

fn dated(found: &str) -> Option<NaiveDate> {
    let date = found.strip_prefix("duban-")?.strip_suffix(".zip")?.parse().ok()?;
    (name(date) == found).then_some(date)
}

/// The dates that stay. Of a week and of a month it is the first that there is: the same one every day.
fn staying(dates: &BTreeSet<NaiveDate>, today: NaiveDate) -> BTreeSet<NaiveDate> {
    let (mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new());
    let newest: BTreeSet<NaiveDate> = dates.iter().rev().take(NEWEST).copied().collect();
    let stays = |date: &NaiveDate| {
        let age = (today - *date).num_days();
        let week = weeks.insert((date.iso_week().year(), date.iso_week().week()));
        let month = months.insert((date.year(), date.month()));
        newest.contains(date) || age < DAYS || (age < WEEKS && week) || month
    };
    dates.iter().copied().filter(stays).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A year and a half, each day as it comes.
    #[test]
    fn a_fortnight_of_days_ten_weeks_and_a_backup_a_month_stay() {
        let mut there = BTreeSet::new();
        let (first, days) = (day("2023-01-05"), 550);
        for today in first.iter_days().take(days) {
            there.insert(today);
            there = staying(&there, today);
        }
        let today = first.iter_days().nth(days - 1).unwrap();
        let ages: Vec<i64> = there.iter().rev().map(|date| (today - *date).num_days()).collect();
        assert_eq!(ages[..14], (0..14).collect::<Vec<_>>());
        let weekly: Vec<NaiveDate> =
            there.iter().copied().filter(|date| (14..84).contains(&(today - *date).num_days())).collect();
        assert!((10..=13).contains(&weekly.len()), "{weekly:?}: ten weeks, and the first of a month in them");
        let months: BTreeSet<(i32, u32)> = there.iter().map(|date| (date.year(), date.month())).collect();
        assert_eq!(months.len(), 19, "every month from January of the first year to July of the second");
        assert!(there.contains(&first), "the first of all stays");
        assert!(there.len() <= 14 + 13 + 19, "{}", there.len());
    }

    #[test]
    fn no_gap_is_longer_than_a_week_within_ten_weeks() {
        let mut there = BTreeSet::new();
        for today in day("2024-01-01").iter_days().take(200) {
            there.insert(today);
            there = staying(&there, today);
            let dates: Vec<NaiveDate> = there.iter().rev().copied().collect();
            for pair in dates.windows(2).filter(|pair| (today - pair[1]).num_days() < 84) {
                assert!((pair[0] - pair[1]).num_days() <= 7, "{today}: {pair:?}");
            }
        }
    }

    /// The last days of a year and the first of the next, a leap day among those before: the week over the turn keeps one, so does each month.
    #[test]
    fn the_turn_of_months_and_years_loses_no_week_and_no_month() {
        for (first, last) in [("2023-11-01", "2024-04-10"), ("2024-11-01", "2025-04-10"), ("2026-11-01", "2027-04-10")]
        {
            let mut there = BTreeSet::new();
            for today in day(first).iter_days().take_while(|today| *today <= day(last)) {
                there.insert(today);
                there = staying(&there, today);
                let kept = |from: NaiveDate, to: NaiveDate| there.range(from..=to).count();
                let age = |days: i64| today - chrono::Days::new(days.unsigned_abs());
                assert!(
                    kept(age(13), today) >= 14.min(usize::try_from((today - day(first)).num_days() + 1).unwrap()),
                    "{today}"
                );
                // Every week, Monday to Sunday, that lies between a fortnight and twelve weeks back as a whole.
                for monday in day(first)
                    .iter_days()
                    .take_while(|date| *date <= today)
                    .filter(|date| date.weekday() == chrono::Weekday::Mon)
                {
                    let sunday = monday + chrono::Days::new(6);
                    if sunday <= age(14) && monday >= age(83) {
                        assert!(kept(monday, sunday) >= 1, "{today}: the week of {monday}");
                    }
                }
                let mut month = day(first);
                while month <= today {
                    let next = month + chrono::Months::new(1);
                    assert!(kept(month, next.pred_opt().unwrap()) >= 1, "{today}: the month of {month}");
                    month = next;
                }
            }
        }
    }

    #[test]
    fn a_clock_that_jumps_leaves_the_newest() {
        let dates: BTreeSet<NaiveDate> = day("2024-03-01").iter_days().take(14).collect();
        let mut with_tomorrow = dates.clone();
        with_tomorrow.insert(day("2036-01-01"));
        let stay = staying(&with_tomorrow, day("2036-01-01"));
        assert_eq!(stay.len(), 15, "thirteen of the newest, the first of March, and the new one");
        assert_eq!(staying(&dates, day("2020-01-01")), dates, "those of the future stay");
    }

    #[test]
    fn other_names_are_not_ours() {
        assert_eq!(dated("duban-2024-03-01.zip"), Some(day("2024-03-01")));
        for other in [
            "duban-2024-3-1.zip",
            "duban-2024-03-01.zip.part",
            "duban-.zip",
            "x-2024-03-01.zip",
            "duban-2024-02-30.zip",
        ] {
            assert_eq!(dated(other), None, "{other}");
        }
    }
}
