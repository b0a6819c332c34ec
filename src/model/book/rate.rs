//! How far each item of a book is: which figures its rating follows from. The arithmetic is in [`rating`](crate::model::rating).

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::Book;
use crate::model::rating::Basis;
use crate::model::{
    CITY_TOTAL, Comparator, Filing, ItemKey, Period, Quota, QuotaRow, Rating, RowKind, Status, Target, Task, Thresholds,
};

#[cfg(test)]
mod tests;

impl Book<'_> {
    /// How far a task or quota row is. [`Rating::NOT_RATED`] for a key that names neither.
    pub fn rate(&self, item: ItemKey, period: Period) -> Rating {
        match (self.task(item), self.row(item)) {
            (Some(task), _) => self.rate_task(task, period),
            (None, Some(row)) => self.rate_row(row, period),
            (None, None) => Rating::NOT_RATED,
        }
    }

    /// How far a task is: the worst of its targets; a target without a figure, and a task without targets, at the percentage its
    /// unit stated for the period.
    pub fn rate_task(&self, task: &Task, period: Period) -> Rating {
        self.as_decided(task.key, period, |period| self.task_figures(task, period))
    }

    /// How far a row is: counted rows on the city's total against time, percentages against the whole target (the worst
    /// area where no figure of the city is recorded: percentages are never added up), sentences at the stated percentage.
    pub fn rate_row(&self, row: &QuotaRow, period: Period) -> Rating {
        self.as_decided(row.key, period, |period| self.row_figures(row, period))
    }

    /// How far an area is on its own quota of a row.
    pub fn rate_cell(&self, row: &QuotaRow, area: &str, period: Period) -> Rating {
        self.as_granted(row.key, period, |period| self.cell_figures(row, area, period))
    }

    fn cell_figures(&self, row: &QuotaRow, area: &str, period: Period) -> Rating {
        let Some((quota, target)) = row.quota(area).and_then(|quota| Some((quota, quota.target()?))) else {
            return Rating::NOT_RATED;
        };
        match (self.done(row.key, area, period), quota) {
            (None, _) => Rating::UNKNOWN,
            (Some((done, _)), Quota::Percent(..)) => Rating::of_rate(done, target, self.margins()),
            (Some((done, _)), _) => Rating::of_count(done, target, self.share(row.key, period), self.margins()),
        }
    }

    /// How far a single target of a task is, under what was granted for the task; `None` for a milestone while another one of
    /// the same course stands in its place: of several the last that is due counts, and before any is due the first.
    pub fn rate_target(&self, task: &Task, no: u16, period: Period) -> Option<Rating> {
        let (target, _) = self.target(task.key, no)?;
        let siblings: Vec<(u16, &Target)> = self.targets(task.key).map(|(no, target, _)| (no, target)).collect();
        let figures = |period| self.target_figures(task, (no, target), &siblings, period);
        figures(period)?;
        Some(self.as_granted(task.key, period, |period| figures(period).unwrap_or(Rating::UNKNOWN)))
    }

    /// 序时进度 of an item in percent: its own milestones where it has some; else the months elapsed of twelve, or of more where
    /// a deadline after the year's end was granted; 100 once its deadline has passed.
    pub fn share(&self, item: ItemKey, period: Period) -> Decimal {
        let deadline = self.deadline(item, period);
        if deadline <= period.end() {
            return Decimal::ONE_HUNDRED;
        }
        let months = months_until(deadline, period.year()).max(12);
        let elapsed = Decimal::from(period.months_elapsed()) * Decimal::ONE_HUNDRED / Decimal::from(months);
        self.milestone_share(item, period, elapsed).unwrap_or(elapsed)
    }

    /// What an item's own milestones ask for by the end of a period: the last that is due; before any is due the share of time
    /// that has passed, but no more than the first. `None` where it has no course of milestones.
    fn milestone_share(&self, item: ItemKey, period: Period, elapsed: Decimal) -> Option<Decimal> {
        let targets: Vec<&Target> = self.targets(item).map(|(_, target, _)| target).collect();
        let in_course = |one: &&&Target| targets.iter().filter(|other| same_course(one, other)).count() > 1;
        let mut course: Vec<&&Target> = targets.iter().filter(in_course).collect();
        course.sort_by_key(|target| target.deadline);
        let first = course.first()?.value?;
        let due = course.iter().filter(|target| target.deadline.is_some_and(|day| day <= period.end()));
        let asked = due.filter_map(|target| target.value).max();
        Some(asked.unwrap_or(elapsed.min(first)).min(Decimal::ONE_HUNDRED))
    }

    fn margins(&self) -> Thresholds {
        self.document().settings.thresholds
    }

    /// What the figures say, under what the office decided: 终止, 办结, a light set by hand.
    fn as_decided(&self, item: ItemKey, period: Period, figures: impl Fn(Period) -> Rating) -> Rating {
        let rating = self.as_granted(item, period, figures);
        match self.override_of(item, period) {
            Some((set, _)) if rating.status.has_light() => rating.set_to(set.light),
            _ => rating,
        }
    }

    /// What the figures say, under what was granted: 终止, 办结.
    fn as_granted(&self, item: ItemKey, period: Period, figures: impl Fn(Period) -> Rating) -> Rating {
        if self.stopped(item, period) {
            return Rating::STOPPED;
        }
        let rating = figures(period);
        if !self.closed(item, period) || rating.status == Status::NotRated {
            return rating;
        }
        // Nothing more is filed on a closed item: its last figures stand.
        let earlier = std::iter::successors(Some(period), |period| period.previous());
        let known = earlier.map(figures).find(|rating| rating.basis != Basis::Nothing);
        known.unwrap_or(rating).closed()
    }

    fn task_figures(&self, task: &Task, period: Period) -> Rating {
        let targets: Vec<(u16, &Target)> = self.targets(task.key).map(|(no, target, _)| (no, target)).collect();
        let rated = targets.iter().filter_map(|one| self.target_figures(task, *one, &targets, period));
        Rating::worst(rated).unwrap_or_else(|| self.stated(task.key, period, self.share(task.key, period)))
    }

    /// The rating of the percentage that a unit stated, against what is asked for by now.
    fn stated(&self, item: ItemKey, period: Period, share: Decimal) -> Rating {
        match self.filing(item, period).and_then(|(filing, _)| filing.percent) {
            Some(percent) => Rating::of_percent(percent, share, self.margins()),
            None => Rating::UNKNOWN,
        }
    }

    fn target_figures(
        &self,
        task: &Task,
        (no, target): (u16, &Target),
        siblings: &[(u16, &Target)],
        period: Period,
    ) -> Option<Rating> {
        let chain: Vec<&(u16, &Target)> = siblings.iter().filter(|(_, other)| same_course(target, other)).collect();
        let milestone = is_milestone(target) && chain.len() > 1;
        if milestone && !decides(target, &chain, period) {
            return None;
        }
        let own = self.actual(task.key, no, period);
        let of_chain = || chain.iter().find_map(|(no, _)| self.actual(task.key, *no, period));
        let actual = own.or_else(|| if milestone { of_chain() } else { None }).map(|(value, _)| value);
        let margins = self.margins();
        let filing = self.filing(task.key, period).map(|(filing, _)| filing);
        // An extension is of the task with all that it asks for; its milestones stay the plan that they are.
        let own = target.deadline.map(|day| match self.granted_until(task.key, period) {
            Some(granted) if !milestone => day.max(granted),
            _ => day,
        });
        let due = own.unwrap_or_else(|| self.deadline(task.key, period)) <= period.end();
        let share = if due && !milestone { Decimal::ONE_HUNDRED } else { self.share(task.key, period) };
        let rating = match (actual, target.value.filter(|_| target.comparator.has_value())) {
            (None, None) if !target.comparator.has_value() => event_as_filed(filing, due),
            (None, _) => self.stated(task.key, period, share),
            (Some(actual), None) => event(actual >= Decimal::ONE, is_under_way(filing) || !actual.is_zero(), due),
            (Some(actual), Some(value)) if milestone => {
                let asked = if due { value.min(Decimal::ONE_HUNDRED) } else { share.min(value) };
                let rating = Rating::of_percent(actual, asked, margins);
                let last = chain.iter().all(|(_, other)| other.deadline <= target.deadline);
                if last && due && actual >= value { rating.reached() } else { rating }
            }
            (Some(actual), Some(value)) => figures(target, actual, value, share, margins),
        };
        Some(Rating { target: Some(no), ..rating })
    }

    fn row_figures(&self, row: &QuotaRow, period: Period) -> Rating {
        let margins = self.margins();
        match (row.kind(), row.total.target(), self.row_done(row, period)) {
            (RowKind::Text, _, _) => match self.stated(row.key, period, self.share(row.key, period)) {
                Rating::UNKNOWN => Rating::NOT_RATED,
                stated => stated,
            },
            (RowKind::None, _, _) | (_, None, _) => Rating::NOT_RATED,
            (RowKind::Number, Some(_), None) => Rating::UNKNOWN,
            (RowKind::Number, Some(target), Some(done)) => {
                Rating::of_count(done, target, self.share(row.key, period), margins)
            }
            (RowKind::Percent, Some(target), _) => match self.done(row.key, CITY_TOTAL, period) {
                Some((done, _)) => Rating::of_rate(done, target, margins),
                None => self.worst_area(row, period).map_or(Rating::UNKNOWN, |(_, rating)| rating),
            },
        }
    }

    /// The area on which a percentage row is rated: the worst one, where no figure of the city is recorded. `None` where the
    /// city's own figure decides, or none.
    pub fn deciding_area<'r>(&self, row: &'r QuotaRow, period: Period) -> Option<&'r Arc<str>> {
        let of_areas = row.kind() == RowKind::Percent && self.done(row.key, CITY_TOTAL, period).is_none();
        self.worst_area(row, period).filter(|_| of_areas).map(|(area, _)| area)
    }

    /// The worst area with a figure of a row that has none for the city.
    fn worst_area<'r>(&self, row: &'r QuotaRow, period: Period) -> Option<(&'r Arc<str>, Rating)> {
        let areas = row.areas.iter().filter(|cell| self.done(row.key, &cell.area, period).is_some());
        let rated = areas.map(|cell| (&cell.area, self.rate_cell(row, &cell.area, period)));
        rated.filter(|(_, rating)| rating.percent.is_some()).min_by_key(|(_, rating)| rating.badness())
    }
}

/// A figure against the value of its target.
fn figures(target: &Target, actual: Decimal, value: Decimal, share: Decimal, margins: Thresholds) -> Rating {
    if target.comparator.wants_less() {
        let met = if target.comparator == Comparator::LessThan { actual < value } else { actual <= value };
        Rating::of_ceiling(actual, value, met, share, margins)
    } else if target.rate {
        Rating::of_rate(actual, value, margins)
    } else {
        let rating = Rating::of_count(actual, value, share, margins);
        let off = rating.percent.map(|percent| percent.saturating_sub(Decimal::ONE_HUNDRED).abs());
        // 左右: within the first margin of its figure it is reached, on either side.
        let near = target.comparator == Comparator::About && off.is_some_and(|off| off < margins.behind);
        if near { rating.reached() } else { rating }
    }
}

/// What happens or does not, as a filing without a figure for it tells: a stated percentage says that it is under way, or (100)
/// that it has happened; it is not measured against time.
fn event_as_filed(filing: Option<&Filing>, due: bool) -> Rating {
    let stated = filing.and_then(|filing| filing.percent);
    if stated.is_none() && !is_under_way(filing) {
        return Rating::UNKNOWN;
    }
    let happened = stated.is_some_and(|percent| percent >= Decimal::ONE_HUNDRED);
    let under_way = is_under_way(filing) || stated.is_some_and(|percent| !percent.is_zero());
    Rating { percent: stated, ..event(happened, under_way, due) }
}

/// What happens or does not, once something is known of it. A 0 without a word says that nothing is under way yet: that is known,
/// and no green.
fn event(happened: bool, under_way: bool, due: bool) -> Rating {
    if happened || under_way || due { Rating::of_event(happened, true, due) } else { Rating::NOT_BEGUN }
}

/// Whether a unit's filing says that something is going on.
fn is_under_way(filing: Option<&Filing>) -> bool {
    filing.is_some_and(|filing| !filing.progress.is_empty())
}

/// Whether a target is a percentage to be reached by a day of its own (一季度达到30%).
fn is_milestone(target: &Target) -> bool {
    target.deadline.is_some() && target.unit == "%" && target.value.is_some() && !target.comparator.wants_less()
}

/// Whether two targets are milestones of the same thing.
fn same_course(a: &Target, b: &Target) -> bool {
    is_milestone(a) && is_milestone(b) && a.metric == b.metric
}

/// Whether a milestone is the one to be looked at: the last that is due by the end of the period, or else the first.
fn decides(target: &Target, chain: &[&(u16, &Target)], period: Period) -> bool {
    let days = || chain.iter().filter_map(|(_, other)| other.deadline);
    let last_due = days().filter(|day| *day <= period.end()).max();
    target.deadline == last_due.or_else(|| days().min())
}

/// Months from the start of a year to a day, the day's month counted in full.
fn months_until(day: NaiveDate, year: u16) -> i64 {
    let years = i64::from(day.year()) - i64::from(year);
    years.saturating_mul(12).saturating_add(i64::from(day.month()))
}
