//! Made-up figures of targets: about as far as the percentage that the unit states.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Maker, at_least_zero};
use crate::model::{Comparator, Done, Key, Period, Record, Status, Target, Task};

impl Maker<'_> {
    /// Writes the figure of each target of a task that has one by the end of a period.
    pub(super) fn reached(&mut self, task: &Task, course: Status, period: Period, percent: Decimal) {
        let targets: Vec<(u16, Target)> =
            self.book.targets(task.key).map(|(no, target, _)| (no, target.clone())).collect();
        let course_of =
            |metric: &str| targets.iter().filter(|(_, one)| is_dated_rate(one) && one.metric == metric).count();
        for (no, target) in &targets {
            let dated = is_dated_rate(target) && course_of(&target.metric) > 1;
            let due = target.deadline.is_none_or(|day| day <= period.end());
            if dated && !due {
                continue;
            }
            if let Some(value) = figure(target, course, period, percent) {
                let key = Key::actual(self.book.id(), task.key, *no, period);
                self.write(key, Record::Done(Done { value }));
            }
        }
    }
}

/// Whether a target is a percentage to be reached by a day of its own: one of several milestones, perhaps.
fn is_dated_rate(target: &Target) -> bool {
    target.deadline.is_some() && target.unit == "%"
}

/// The figure of a target that goes its task's way; `None`: it is told in words.
fn figure(target: &Target, course: Status, period: Period, percent: Decimal) -> Option<Decimal> {
    if !target.comparator.has_value() {
        let happened = percent >= Decimal::ONE_HUNDRED;
        return happened.then_some(Decimal::ONE);
    }
    let value = target.value?;
    // What is compared with the whole figure in every period moves a little from period to period.
    let moved = Decimal::new(i64::from(12 - period.months_elapsed().min(12)), 1);
    let (part, strategy) = if target.comparator.wants_less() {
        let over = match course {
            Status::FarBehind | Status::NotStarted => 38,
            Status::Behind => 18,
            _ => -4,
        };
        (Decimal::from(100 + over) + moved, RoundingStrategy::MidpointAwayFromZero)
    } else if target.rate {
        let of_whole = match course {
            Status::FarBehind => 60,
            Status::Behind => 80,
            Status::NotStarted => 0,
            Status::Complete | Status::Exceeded | Status::Ahead => 103,
            _ => 97,
        };
        (at_least_zero(Decimal::from(of_whole) - moved), RoundingStrategy::MidpointAwayFromZero)
    } else {
        let strategy = match course {
            Status::FarBehind | Status::Behind | Status::NotStarted => RoundingStrategy::ToZero,
            _ if target.comparator == Comparator::Tiers => RoundingStrategy::ToZero,
            _ => RoundingStrategy::MidpointAwayFromZero,
        };
        (percent, strategy)
    };
    let exact = value.checked_mul(part)?.checked_div(Decimal::ONE_HUNDRED)?;
    let scale = value.normalize().scale().max(u32::from(target.rate));
    Some(exact.round_dp_with_strategy(scale, strategy))
}
