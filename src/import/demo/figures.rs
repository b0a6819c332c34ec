//! Made-up figures: where an item ends for the status it shall have, and how it came there.

use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::at_least_zero;
use super::dice::Dice;
use crate::model::book::takes_city_figure;
use crate::model::{CITY_TOTAL, Period, Quota, QuotaRow, Status, Thresholds};

/// A completion in whole percent that has this status when `share` percent of the year have passed.
pub(super) fn goal(course: Status, share: Decimal, margins: Thresholds, dice: &mut Dice) -> Decimal {
    let whole = |value: Decimal| value.to_i64().unwrap_or(0);
    let (share, behind, far) = (whole(share), whole(margins.behind), whole(margins.far_behind));
    let (low, high) = match course {
        Status::FarBehind => (share - far - 30, share - far - 1),
        Status::Behind => (share - far, share - behind),
        Status::Ahead => (share + behind, 99),
        Status::Complete => (100, 100),
        Status::Exceeded => (102, 125),
        Status::NotStarted => return Decimal::ZERO,
        Status::OnTime | Status::Unknown | Status::Stopped | Status::NotRated => {
            (share - behind + 1, share + behind - 1)
        }
    };
    let low = low.max(3);
    at_least_zero(Decimal::from(dice.between(low, high.max(low))))
}

/// The way to a figure: about in proportion to time, never falling, the last one exactly the end.
pub(super) fn path(end: Decimal, periods: &[Period], scale: u32, dice: &mut Dice) -> Vec<Decimal> {
    let whole = periods.last().map_or(Decimal::ONE_HUNDRED, |last| last.share());
    let mut before = Decimal::ZERO;
    let mut path = Vec::with_capacity(periods.len());
    for (at, period) in periods.iter().enumerate() {
        let wobble = Decimal::new(dice.between(82, 108), 2);
        let part = if at + 1 == periods.len() { Decimal::ONE } else { period.share() * wobble / whole };
        let value = end.checked_mul(part).unwrap_or(end);
        let value = value.round_dp_with_strategy(scale, RoundingStrategy::ToZero).clamp(before, end.max(before));
        path.push(value);
        before = value;
    }
    path
}

/// The way to a rate: it rises a little from period to period.
pub(super) fn slope(end: Decimal, periods: &[Period]) -> Vec<Decimal> {
    let steps = (0..periods.len()).rev().map(|left| Decimal::new(i64::try_from(left * 13).unwrap_or(0), 1));
    steps.map(|off| at_least_zero(end - off)).collect()
}

/// Decimals that the row's figures are given with: as many as its quotas have.
pub(super) fn scale(row: &QuotaRow) -> u32 {
    let areas = row.areas.iter().map(|cell| &cell.quota);
    let amounts = areas.chain([&row.total]).filter_map(Quota::amount);
    amounts.map(|amount| amount.normalize().scale()).max().unwrap_or(0)
}

/// Where each area (or 全市) of a row ends.
pub(super) fn ends(
    row: &QuotaRow,
    course: Status,
    share: Decimal,
    margins: Thresholds,
    dice: &mut Dice,
) -> Vec<(Arc<str>, Decimal)> {
    if let Quota::Percent(target, _) = row.total {
        let part = rate_part(course, margins, dice);
        let areas = row.areas.iter().filter_map(|cell| Some((Arc::clone(&cell.area), cell.quota.target()?)));
        return areas
            .chain([(Arc::from(CITY_TOTAL), target)])
            .map(|(area, target)| (area, rate(target, part)))
            .collect();
    }
    let goal = goal(course, share, margins, dice);
    let scale = scale(row);
    if takes_city_figure(row) {
        let target = row.total.target().unwrap_or_default();
        return vec![(Arc::from(CITY_TOTAL), of(target, goal, scale, course))];
    }
    let with_quota = row.areas.iter().filter_map(|cell| Some((&cell.area, cell.quota.target()?)));
    let with_quota: Vec<(&Arc<str>, Decimal)> = with_quota.collect();
    let idle = idle(course, with_quota.len(), dice);
    let ahead = usize::try_from(dice.below(with_quota.len() as u64)).unwrap_or(0);
    // What is lost by rounding one area's figure is carried over to the next, so that the row's sum comes out right.
    let mut carry = Decimal::ZERO;
    let each = with_quota.into_iter().enumerate().map(|(at, (area, quota))| {
        let percent = match course {
            _ if idle == Some(at) => Decimal::ZERO,
            // Without an idle area one area is ahead; with one all the others make up for it.
            Status::Exceeded if idle.is_some() => Decimal::from(dice.between(128, 140)),
            Status::Exceeded if at == ahead => Decimal::from(dice.between(115, 130)),
            Status::Complete | Status::Exceeded => Decimal::ONE_HUNDRED,
            Status::NotStarted => Decimal::ZERO,
            _ => at_least_zero(goal + Decimal::from(dice.between(-7, 7))),
        };
        if percent.is_zero() || percent >= Decimal::ONE_HUNDRED {
            return (Arc::clone(area), of(quota, percent, scale, course));
        }
        let exact = (quota.checked_mul(percent).unwrap_or(quota) / Decimal::ONE_HUNDRED).saturating_add(carry);
        let done = exact.round_dp_with_strategy(scale, RoundingStrategy::ToZero).clamp(Decimal::ZERO, quota);
        carry = (exact - done).min(Decimal::ONE);
        (Arc::clone(area), done)
    });
    each.collect()
}

/// Which area has done nothing at all, if one has: most often where the row lags, now and then where the total hides it.
fn idle(course: Status, areas: usize, dice: &mut Dice) -> Option<usize> {
    let chance = match course {
        Status::FarBehind => 1,
        Status::Behind | Status::Exceeded => 2,
        Status::OnTime => 6,
        _ => return None,
    };
    let hit = areas > 3 && dice.below(chance) == 0;
    hit.then(|| usize::try_from(dice.below(areas as u64)).unwrap_or(0))
}

fn of(quota: Decimal, percent: Decimal, scale: u32, course: Status) -> Decimal {
    let exact = quota.checked_mul(percent).unwrap_or(quota) / Decimal::ONE_HUNDRED;
    let strategy = match course {
        Status::FarBehind | Status::Behind => RoundingStrategy::ToZero,
        Status::Exceeded => RoundingStrategy::AwayFromZero,
        _ => RoundingStrategy::MidpointAwayFromZero,
    };
    exact.round_dp_with_strategy(scale, strategy)
}

/// Which part of a rate's whole target is reached, in percent: the rating of rates does not depend on time.
fn rate_part(course: Status, margins: Thresholds, dice: &mut Dice) -> Decimal {
    let short = match course {
        Status::FarBehind => margins.far_behind + Decimal::from(dice.between(2, 15)),
        Status::Behind => margins.behind + Decimal::from(dice.between(2, 12)),
        Status::NotStarted => Decimal::ONE_HUNDRED,
        Status::OnTime | Status::Unknown | Status::Stopped | Status::NotRated => Decimal::from(dice.between(1, 5)),
        Status::Ahead | Status::Complete | Status::Exceeded => Decimal::ZERO,
    };
    at_least_zero(Decimal::ONE_HUNDRED - short)
}

fn rate(target: Decimal, part: Decimal) -> Decimal {
    let reached = target.checked_mul(part).unwrap_or(target) / Decimal::ONE_HUNDRED;
    reached.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero).min(target)
}
