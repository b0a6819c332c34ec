//! How far an item is against time: 进度状态 and 亮灯. Pure arithmetic in decimals; every margin is a setting.
//!
//! A unit that has not filed is not "behind", and what is not known is never green.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The margins, in percentage points of lag behind 序时进度 (published practice: 10–30 yellow, over 30 red).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Thresholds {
    /// From this lag on an item is 滞后 (yellow); this much ahead it is 超序时.
    pub behind: Decimal,
    /// Beyond this lag it is 严重滞后 (red).
    pub far_behind: Decimal,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { behind: Decimal::TEN, far_behind: Decimal::from(30) }
    }
}

/// 进度状态. The order is that of the bulletin, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 未启动: known to be at nothing; the light says whether that is late already.
    NotStarted,
    /// 严重滞后.
    FarBehind,
    /// 滞后.
    Behind,
    /// Nothing known yet: 未报.
    Unknown,
    /// 按序时推进.
    OnTime,
    /// 超序时.
    Ahead,
    /// 已完成.
    Complete,
    /// 超额完成.
    Exceeded,
    /// 调整/终止: the office has granted that it ends.
    Stopped,
    /// 无任务 or nothing that could be rated.
    NotRated,
}

impl Status {
    /// Every status, in the order of the bulletin's table.
    pub const ALL: [Self; 10] = [
        Self::NotStarted,
        Self::FarBehind,
        Self::Behind,
        Self::Unknown,
        Self::OnTime,
        Self::Ahead,
        Self::Complete,
        Self::Exceeded,
        Self::Stopped,
        Self::NotRated,
    ];

    /// Whether a light is shown for it at all: not for what has no task or was stopped.
    pub const fn has_light(self) -> bool {
        !matches!(self, Self::Stopped | Self::NotRated)
    }

    /// 已完成 or 超额完成.
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Complete | Self::Exceeded)
    }
}

/// 亮灯, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// 红.
    Red,
    /// 黄.
    Yellow,
    /// 灰: nothing known.
    Grey,
    /// 绿.
    Green,
}

impl Light {
    /// Every light, the worst first.
    pub const ALL: [Self; 4] = [Self::Red, Self::Yellow, Self::Grey, Self::Green];
}

/// From which figures a rating follows; `w` tells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// From none: nothing is known, or nothing is asked for.
    Nothing,
    /// The percentage a unit stated, against the share of time (or its own milestone), both in percent.
    Percent {
        /// 序时进度, or what the milestone asks for by now.
        share: Decimal,
    },
    /// A counted figure against its target and the share of time.
    Count {
        /// What is done.
        done: Decimal,
        /// What is asked for.
        target: Decimal,
        /// 序时进度 in percent.
        share: Decimal,
    },
    /// A rate against its whole target.
    Rate {
        /// What is reached.
        done: Decimal,
        /// What is asked for.
        target: Decimal,
    },
    /// A figure that must not be more than its target.
    Ceiling {
        /// Where it stands.
        done: Decimal,
        /// What it must not pass.
        target: Decimal,
    },
    /// 零突破, 首家, 全覆盖, a milestone: it happened or not.
    Event {
        /// Whether it happened.
        happened: bool,
        /// Whether its deadline has passed.
        due: bool,
    },
    /// 办结 was granted.
    Closed,
    /// 终止 was granted.
    Stopped,
}

/// A status and a light with the figures they follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// 进度状态, as computed.
    pub status: Status,
    /// 亮灯: as computed, or as the office set it.
    pub light: Light,
    /// 完成率 in percent.
    pub percent: Option<Decimal>,
    /// 序时进度 − 完成率, in percentage points: positive when behind. Of rates and ceilings: by how many percent of the target
    /// it is missed.
    pub lag: Option<Decimal>,
    /// From which figures.
    pub basis: Basis,
    /// The number of the target that decides; `None` where no target does.
    pub target: Option<u16>,
    /// Whether the office set the light.
    pub by_hand: bool,
}

impl Rating {
    /// Nothing known.
    pub const UNKNOWN: Self = Self::bare(Status::Unknown, Light::Grey, Basis::Nothing);
    /// Nothing to rate.
    pub const NOT_RATED: Self = Self::bare(Status::NotRated, Light::Grey, Basis::Nothing);
    /// What happens or does not, before its deadline, and nothing is under way.
    pub const NOT_BEGUN: Self =
        Self::bare(Status::NotStarted, Light::Grey, Basis::Event { happened: false, due: false });
    /// 终止 was granted.
    pub const STOPPED: Self = Self::bare(Status::Stopped, Light::Grey, Basis::Stopped);

    const fn bare(status: Status, light: Light, basis: Basis) -> Self {
        Self { status, light, percent: None, lag: None, basis, target: None, by_hand: false }
    }

    /// Rates a completion against the share of the year that has passed, both in percent.
    pub fn of_percent(percent: Decimal, share: Decimal, margins: Thresholds) -> Self {
        let lag = share.saturating_sub(percent);
        let (mut status, light) = margins.by_lag(lag);
        if percent > Decimal::ONE_HUNDRED {
            status = Status::Exceeded;
        } else if percent == Decimal::ONE_HUNDRED {
            status = Status::Complete;
        } else if percent.is_zero() {
            status = Status::NotStarted;
        } else if -lag >= margins.behind {
            status = Status::Ahead;
        }
        let light = if status.is_complete() { Light::Green } else { light };
        Self { percent: Some(percent), lag: Some(lag), ..Self::bare(status, light, Basis::Percent { share }) }
    }

    /// Rates a counted figure against its target. A target of nothing cannot be rated.
    pub fn of_count(done: Decimal, target: Decimal, share: Decimal, margins: Thresholds) -> Self {
        match completion(done, target) {
            Some(percent) => {
                Self { basis: Basis::Count { done, target, share }, ..Self::of_percent(percent, share, margins) }
            }
            None => Self::NOT_RATED,
        }
    }

    /// Rates a rate or percentage against the whole target, in every period: short by up to `behind` percent of the
    /// target is green, up to `far_behind` yellow, more red.
    pub fn of_rate(done: Decimal, target: Decimal, margins: Thresholds) -> Self {
        let Some(percent) = completion(done, target) else { return Self::NOT_RATED };
        let short = Decimal::ONE_HUNDRED.saturating_sub(percent);
        let (mut status, mut light) = margins.by_shortfall(short);
        if short <= Decimal::ZERO {
            (status, light) = (Status::Complete, Light::Green);
        }
        Self { percent: Some(percent), lag: Some(short), ..Self::bare(status, light, Basis::Rate { done, target }) }
    }

    /// Rates a figure that must not pass its target (控制在…以内): over it by up to `behind` percent of the target is green, up
    /// to `far_behind` yellow, more red. It is 已完成 only when the time is over (`share` of 100), for until then it can still
    /// rise. `met` says whether it is kept, which `<` and `≤` answer differently.
    pub fn of_ceiling(done: Decimal, target: Decimal, met: bool, share: Decimal, margins: Thresholds) -> Self {
        let over = if met { Some(Decimal::ZERO) } else { completion(done.saturating_sub(target), target.abs()) };
        let (status, light) = match over {
            Some(_) if met && share >= Decimal::ONE_HUNDRED => (Status::Complete, Light::Green),
            Some(over) => margins.by_shortfall(over),
            // Anything at all where nothing is allowed.
            None => (Status::FarBehind, Light::Red),
        };
        Self { lag: over, ..Self::bare(status, light, Basis::Ceiling { done, target }) }
    }

    /// Rates what happens or does not (零突破, 首家, 全覆盖, a milestone): done when it happened; before its deadline green if the
    /// filing says that it is under way; nothing known otherwise; red when its deadline has passed without it.
    pub fn of_event(happened: bool, under_way: bool, due: bool) -> Self {
        let basis = Basis::Event { happened, due };
        match (happened, under_way, due) {
            (true, _, _) => {
                Self { percent: Some(Decimal::ONE_HUNDRED), ..Self::bare(Status::Complete, Light::Green, basis) }
            }
            (false, false, _) => Self::UNKNOWN,
            (false, true, false) => Self::bare(Status::OnTime, Light::Green, basis),
            (false, true, true) => Self::bare(Status::FarBehind, Light::Red, basis),
        }
    }

    /// As reached: 已完成, whatever the share of time says.
    #[must_use]
    pub const fn reached(self) -> Self {
        Self { status: Status::Complete, light: Light::Green, ..self }
    }

    /// As granted 办结: done, whatever the last figures say.
    #[must_use]
    pub const fn closed(self) -> Self {
        if self.status.is_complete() {
            return self;
        }
        Self { status: Status::Complete, light: Light::Green, basis: Basis::Closed, ..self }
    }

    /// With the light that the office set.
    #[must_use]
    pub const fn set_to(self, light: Light) -> Self {
        Self { light, by_hand: true, ..self }
    }

    /// The light before anybody set it: what the status and the lag give.
    pub fn computed_light(&self, margins: Thresholds) -> Light {
        match self.status {
            Status::FarBehind => Light::Red,
            Status::Behind => Light::Yellow,
            Status::Unknown | Status::Stopped | Status::NotRated => Light::Grey,
            // What is not measured against time is neither late nor in time before its deadline.
            Status::NotStarted => self.lag.map_or(Light::Grey, |lag| margins.by_lag(lag).1),
            Status::OnTime | Status::Ahead | Status::Complete | Status::Exceeded => Light::Green,
        }
    }

    /// Whether it is behind: 滞后, 严重滞后, or 未启动 with a light that says so.
    pub const fn lags(&self) -> bool {
        match self.status {
            Status::FarBehind | Status::Behind => true,
            Status::NotStarted => matches!(self.light, Light::Red | Light::Yellow),
            _ => false,
        }
    }

    /// Whether what is known is the same as it was, and not complete: nothing has moved.
    pub fn unmoved_since(&self, before: &Self) -> bool {
        let known = |rating: &Self| rating.percent.filter(|percent| *percent < Decimal::ONE_HUNDRED);
        let open = self.status.has_light() && !self.status.is_complete();
        open && known(self).is_some() && known(self) == known(before) && self.target == before.target
    }

    /// What ratings are ordered by, the worst first: the light, then the lag, then the status.
    pub fn badness(&self) -> (Light, Decimal, Status) {
        (self.light, -self.lag.unwrap_or_default(), self.status)
    }

    /// The worst of several; `None` of none. What cannot be rated decides only where nothing else can.
    pub fn worst(ratings: impl IntoIterator<Item = Self>) -> Option<Self> {
        ratings.into_iter().min_by_key(|rating| (rating.status == Status::NotRated, rating.badness()))
    }
}

impl Thresholds {
    /// The status and light of a lag in percentage points behind time.
    fn by_lag(self, lag: Decimal) -> (Status, Light) {
        if lag > self.far_behind {
            (Status::FarBehind, Light::Red)
        } else if lag >= self.behind {
            (Status::Behind, Light::Yellow)
        } else {
            (Status::OnTime, Light::Green)
        }
    }

    /// The status and light of missing a whole target by so many percent of it.
    fn by_shortfall(self, short: Decimal) -> (Status, Light) {
        if short > self.far_behind {
            (Status::FarBehind, Light::Red)
        } else if short > self.behind {
            (Status::Behind, Light::Yellow)
        } else {
            (Status::OnTime, Light::Green)
        }
    }
}

/// 完成率 in percent; `None` where the target is zero or the figures are beyond what decimals can hold.
pub fn completion(done: Decimal, target: Decimal) -> Option<Decimal> {
    done.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn status(percent: i64, share: i64) -> Status {
        Rating::of_percent(Decimal::from(percent), Decimal::from(share), Thresholds::default()).status
    }

    #[test]
    fn the_margins_are_those_of_the_field() {
        assert_eq!(status(66, 75), Status::OnTime, "lag 9 < 10");
        assert_eq!(status(65, 75), Status::Behind, "lag 10");
        assert_eq!(status(45, 75), Status::Behind, "lag 30 is not over 30");
        assert_eq!(status(44, 75), Status::FarBehind, "lag 31");
        assert_eq!(status(85, 75), Status::Ahead, "10 ahead");
        assert_eq!(status(84, 75), Status::OnTime, "9 ahead");
        assert_eq!(status(100, 75), Status::Complete);
        assert_eq!(status(101, 75), Status::Exceeded);
    }

    #[test]
    fn not_known_is_never_green_and_nothing_divides_by_zero() {
        assert_eq!(Rating::UNKNOWN.light, Light::Grey);
        let zero = Rating::of_count(Decimal::ONE, Decimal::ZERO, Decimal::from(75), Thresholds::default());
        assert_eq!(zero, Rating::NOT_RATED);
        assert_eq!(completion(Decimal::MAX, Decimal::ONE), None);
    }

    #[test]
    fn a_rate_is_compared_with_the_whole_target_in_every_period() {
        let rate = |done: i64| Rating::of_rate(Decimal::from(done), Decimal::from(100), Thresholds::default()).status;
        assert_eq!(
            [rate(100), rate(90), rate(89), rate(70), rate(69)],
            [Status::Complete, Status::OnTime, Status::Behind, Status::Behind, Status::FarBehind]
        );
    }

    #[test]
    fn nothing_done_is_not_started_and_its_light_says_whether_that_is_late() {
        let rated = |share: i64| {
            let rating = Rating::of_percent(Decimal::ZERO, Decimal::from(share), Thresholds::default());
            (rating.status, rating.light)
        };
        assert_eq!(rated(8), (Status::NotStarted, Light::Green));
        assert_eq!(rated(25), (Status::NotStarted, Light::Yellow));
        assert_eq!(rated(50), (Status::NotStarted, Light::Red));
    }

    #[test]
    fn what_must_not_be_passed_is_green_within_and_by_the_same_margins_above() {
        let rated = |done: i64, share: i64| {
            let met = done <= 100;
            let [done, share] = [done, share].map(Decimal::from);
            Rating::of_ceiling(done, Decimal::ONE_HUNDRED, met, share, Thresholds::default())
        };
        assert_eq!(rated(100, 75).light, Light::Green);
        assert_eq!((rated(90, 75).status, rated(90, 100).status), (Status::OnTime, Status::Complete));
        assert_eq!(
            [110, 111, 130, 131].map(|done| rated(done, 75).light),
            [Light::Green, Light::Yellow, Light::Yellow, Light::Red]
        );
        let none = Rating::of_ceiling(Decimal::ONE, Decimal::ZERO, false, Decimal::ONE_HUNDRED, Thresholds::default());
        assert_eq!(none.light, Light::Red, "anything where nothing is allowed");
    }

    #[test]
    fn an_event_is_green_before_its_deadline_only_if_it_is_under_way() {
        assert_eq!(Rating::of_event(true, true, false).status, Status::Complete);
        assert_eq!(Rating::of_event(false, true, false).light, Light::Green);
        assert_eq!(Rating::of_event(false, true, true).light, Light::Red);
        assert_eq!(Rating::of_event(false, false, false).light, Light::Grey, "nothing was filed");
    }

    #[test]
    fn the_worst_is_by_light_first() {
        let of = |percent: i64| Rating::of_percent(Decimal::from(percent), Decimal::from(75), Thresholds::default());
        assert_eq!(
            Rating::worst([of(80), Rating::UNKNOWN, of(100)]),
            Some(Rating::UNKNOWN),
            "not known is never green"
        );
        assert_eq!(Rating::worst([of(60), of(50), Rating::UNKNOWN]), Some(of(50)));
        assert_eq!(Rating::worst([]), None);
    }

    fn light(percent: i64, share: i64) -> Light {
        Rating::of_percent(Decimal::from(percent), Decimal::from(share), Thresholds::default()).light
    }

    proptest! {
        #[test]
        fn more_done_never_makes_a_light_worse(a in 0i64..200, b in 0i64..200, share in 0i64..=100) {
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(light(high, share) >= light(low, share));
        }

        #[test]
        fn later_never_makes_a_light_better(percent in 0i64..200, a in 0i64..=100, b in 0i64..=100) {
            let (early, late) = (a.min(b), a.max(b));
            prop_assert!(light(percent, late) <= light(percent, early));
        }
    }
}
