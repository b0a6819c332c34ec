//! One backup a day, and fewer of the older ones: the newest fourteen, one a week of ten weeks behind them, then one a month.
//!
//! Which those are is a matter of their order, not of how old the clock says they are: a clock that jumps ahead thins nothing that it would
//! not have thinned on the day before.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use super::source::Source;
use super::{BackupError, Made, at, make};
use crate::model::Head;
use crate::store::files;

/// So many of the newest stay.
const NEWEST: usize = 14;
/// Of so many weeks behind them one stays: ten whole ones, and the one that the fourteenth day falls into.
const WEEKS: usize = 11;

/// What was done today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// Today's backup.
    pub file: PathBuf,
    /// What is in it; `None` where it was made earlier today.
    pub made: Option<Made>,
    /// Where one went that had today's name and holds what the new one does not.
    pub aside: Option<PathBuf>,
    /// How many there are now.
    pub kept: usize,
    /// Those that were removed.
    pub removed: Vec<PathBuf>,
}

/// Makes today's backup in a folder, where there is none yet, and then removes what need not stay. Touches no file of another name.
///
/// Backups of days to come say that the clock was ahead once, or is behind now: then one of today's name may be from another day, and is made
/// anew where the ledger has grown since.
///
/// # Errors
/// As [`make`]; nothing is removed then.
pub fn daily(dir: &Path, folder: &Path, today: NaiveDate, readme: &str) -> Result<Daily, BackupError> {
    files::make_folder(folder).map_err(at(folder))?;
    let file = folder.join(name(today));
    let exists = file.try_exists().map_err(at(&file))?;
    let before = dates(folder)?;
    let doubtful = before.last().is_some_and(|last| *last > today);
    let (made, aside) = if exists && !doubtful { (None, None) } else { made(dir, folder, &file, readme, exists)? };
    let there = dates(folder)?;
    let stay = staying(&there, today);
    let mut removed = Vec::new();
    for date in there.difference(&stay) {
        let path = folder.join(name(*date));
        std::fs::remove_file(&path).map_err(at(&path))?;
        removed.push(path);
    }
    Ok(Daily { file, made, aside, kept: stay.len(), removed })
}

/// Makes a backup and gives it its name; `None` where the one that has the name already holds as much. Answers where that one went, if it is
/// not a beginning of what was made.
fn made(
    dir: &Path,
    folder: &Path,
    file: &Path,
    readme: &str,
    exists: bool,
) -> Result<(Option<Made>, Option<PathBuf>), BackupError> {
    // Under its name only once it was read back: what has the name is whole.
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    match std::fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&part)(error)),
        _ => {}
    }
    let made = make(dir, &part, readme)?;
    let there = if exists { held(file) } else { None };
    if there == Some(made.head) {
        std::fs::remove_file(&part).map_err(at(&part))?;
        return Ok((None, None));
    }
    let begins = |head: Head| {
        let fold = Source::open(&part).and_then(|mut source| source.fold(Some(head.seq), &mut |_, _, _| Ok(())));
        fold.is_ok_and(|ledger| ledger.head() == head)
    };
    let aside = match there {
        _ if !exists => None,
        Some(head) if begins(head) => None,
        _ => Some(files::move_aside(file).map_err(at(file))?),
    };
    std::fs::rename(&part, file).and_then(|()| files::sync_folder(folder)).map_err(at(file))?;
    Ok((Some(made), aside))
}

/// The last commit of a backup; `None` where it cannot be read.
fn held(file: &Path) -> Option<Head> {
    Source::open(file).ok()?.fold(None, &mut |_, _, _| Ok(())).ok().map(|ledger| ledger.head())
}

/// The days whose backups are in a folder.
fn dates(folder: &Path) -> Result<BTreeSet<NaiveDate>, BackupError> {
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let date = entry.file_name().to_str().and_then(dated);
        there.extend(date.filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())));
    }
    Ok(there)
}

fn name(date: NaiveDate) -> String {
    format!("duban-{date}.zip")
}

fn dated(found: &str) -> Option<NaiveDate> {
    let date = found.strip_prefix("duban-")?.strip_suffix(".zip")?.parse().ok()?;
    (name(date) == found).then_some(date)
}

/// The dates that stay. Of a week and of a month it is the first that there is: the same one every day. What is still to come by this clock
/// stays, and takes nobody's place.
fn staying(dates: &BTreeSet<NaiveDate>, today: NaiveDate) -> BTreeSet<NaiveDate> {
    let week = |date: &NaiveDate| (date.iso_week().year(), date.iso_week().week());
    let newest: BTreeSet<NaiveDate> = dates.range(..=today).rev().take(NEWEST).copied().collect();
    let behind: BTreeSet<(i32, u32)> = dates.range(..=today).filter(|date| !newest.contains(date)).map(week).collect();
    let weeks: BTreeSet<(i32, u32)> = behind.into_iter().rev().take(WEEKS).collect();
    let (mut weeks_seen, mut months_seen) = (BTreeSet::new(), BTreeSet::new());
    let stays = |date: &NaiveDate| {
        let first_of_week = weeks_seen.insert(week(date));
        let first_of_month = months_seen.insert((date.year(), date.month()));
        *date > today || newest.contains(date) || (first_of_week && weeks.contains(&week(date))) || first_of_month
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

    /// Runs the daily backup on each of so many days from a day on.
    fn run(there: &mut BTreeSet<NaiveDate>, from: &str, days: usize) {
        for today in day(from).iter_days().take(days) {
            there.insert(today);
            *there = staying(there, today);
        }
    }

    #[test]
    fn a_clock_that_jumps_ahead_for_any_time_and_back_thins_nothing_that_it_would_not_have_thinned() {
        for away in [1, 2, 13, 14, 15, 60, 400] {
            let mut there = BTreeSet::new();
            run(&mut there, "2024-01-01", 200);
            let before = there.clone();
            run(&mut there, "2099-01-01", away);
            let old: Vec<NaiveDate> = there.range(..day("2090-01-01")).copied().collect();
            // As on any other day: what is behind a fortnight grows into weeks, and what is behind ten weeks into months.
            let weeks = i64::try_from(10_usize.saturating_sub(away.saturating_sub(14).div_ceil(7))).unwrap();
            let last = *old.last().unwrap();
            let near = old.windows(2).filter(|pair| (last - pair[0]).num_days() < weeks * 7);
            assert!(near.clone().all(|pair| (pair[1] - pair[0]).num_days() <= 7), "{away}: {old:?}");
            assert!(away > 1 || before.len() - old.len() <= 1, "{away}");
            run(&mut there, "2024-07-19", 40);
            let now: Vec<NaiveDate> = there.range(..=day("2024-08-27")).rev().copied().take(NEWEST).collect();
            let last: Vec<NaiveDate> = (0..14).map(|back| day("2024-08-27") - chrono::Days::new(back)).collect();
            assert_eq!(now, last, "{away}: a fortnight of days is there, whatever lies in the future");
        }
    }

    #[test]
    fn a_clock_that_jumps_back_takes_nothing() {
        let mut there = BTreeSet::new();
        run(&mut there, "2024-01-01", 200);
        let before = there.clone();
        run(&mut there, "1970-01-01", 40);
        assert!(before.is_subset(&there));
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
