//! How far an item is against time: 进度状态 and 亮灯. Pure arithmetic in decimals; every margin is a setting.
//!
//! A unit that has not filed is not "behind", and what is not known is never green.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The margins, in percentage points of lag behind 序时进度 (published practice: 10–30 yellow, over 30 red).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// 进度状态.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
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
    /// 无任务 or nothing that could be rated.
    NotRated,
}

/// 亮灯.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl Status {
    /// The light that a status shows.
    pub const fn light(self) -> Light {
        match self {
            Self::FarBehind => Light::Red,
            Self::Behind => Light::Yellow,
            Self::Unknown | Self::NotRated => Light::Grey,
            Self::OnTime | Self::Ahead | Self::Complete | Self::Exceeded => Light::Green,
        }
    }
}

/// A status with the figures it follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// 进度状态.
    pub status: Status,
    /// 完成率 in percent.
    pub percent: Option<Decimal>,
    /// 序时进度 − 完成率, in percentage points: positive when behind.
    pub lag: Option<Decimal>,
}

impl Rating {
    /// Nothing known.
    pub const UNKNOWN: Self = Self { status: Status::Unknown, percent: None, lag: None };
    /// Nothing to rate.
    pub const NOT_RATED: Self = Self { status: Status::NotRated, percent: None, lag: None };

    /// Rates a completion against the share of the year that has passed, both in percent.
    pub fn of_percent(percent: Decimal, share: Decimal, margins: Thresholds) -> Self {
        let lag = share.saturating_sub(percent);
        let status = if percent > Decimal::ONE_HUNDRED {
            Status::Exceeded
        } else if percent == Decimal::ONE_HUNDRED {
            Status::Complete
        } else if lag > margins.far_behind {
            Status::FarBehind
        } else if lag >= margins.behind {
            Status::Behind
        } else if -lag >= margins.behind {
            Status::Ahead
        } else {
            Status::OnTime
        };
        Self { status, percent: Some(percent), lag: Some(lag) }
    }

    /// Rates a counted figure against its target. A target of nothing cannot be rated.
    pub fn of_count(done: Decimal, target: Decimal, share: Decimal, margins: Thresholds) -> Self {
        match completion(done, target) {
            Some(percent) => Self::of_percent(percent, share, margins),
            None => Self::NOT_RATED,
        }
    }

    /// Rates a rate or percentage against the whole target, in every period: short by less than `behind` percent of the
    /// target is green, up to `far_behind` yellow, more red.
    pub fn of_rate(done: Decimal, target: Decimal, margins: Thresholds) -> Self {
        let Some(percent) = completion(done, target) else { return Self::NOT_RATED };
        let short = Decimal::ONE_HUNDRED.saturating_sub(percent);
        let status = if short <= Decimal::ZERO {
            Status::Complete
        } else if short > margins.far_behind {
            Status::FarBehind
        } else if short > margins.behind {
            Status::Behind
        } else {
            Status::OnTime
        };
        Self { status, percent: Some(percent), lag: Some(short) }
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
        assert_eq!(Rating::UNKNOWN.status.light(), Light::Grey);
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

    proptest! {
        #[test]
        fn more_done_never_makes_a_light_worse(a in 0i64..200, b in 0i64..200, share in 0i64..=100) {
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(status(high, share).light() >= status(low, share).light());
        }

        #[test]
        fn later_never_makes_a_light_better(percent in 0i64..200, a in 0i64..=100, b in 0i64..=100) {
            let (early, late) = (a.min(b), a.max(b));
            prop_assert!(status(percent, late).light() <= status(percent, early).light());
        }
    }
}
