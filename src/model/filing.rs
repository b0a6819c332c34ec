//! 填报: what a unit says about an item for a period.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A filing: 完成率 as stated, 进展情况, 存在问题, 下一步打算, and what the office made of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Filing {
    /// The completion the unit states, in percent, 0 to 999; missing where it states none.
    pub percent: Option<Decimal>,
    /// 进展情况.
    pub progress: String,
    /// 存在问题.
    pub problems: String,
    /// 下一步打算.
    pub next: String,
    /// 审核. Filing again makes it pending again.
    #[serde(default)]
    pub review: Review,
}

/// 审核: what the inspection office made of a filing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// 待审核: not looked at yet.
    #[default]
    Pending,
    /// 退回, with the reason.
    Returned(String),
    /// 已审核: accepted.
    Accepted,
}

impl Filing {
    /// Whether nothing at all was entered.
    pub fn is_empty(&self) -> bool {
        self.percent.is_none() && [&self.progress, &self.problems, &self.next].iter().all(|text| text.is_empty())
    }

    /// Whether both say the same, whatever the office made of them.
    pub fn says_the_same(&self, other: &Self) -> bool {
        (self.percent, &self.progress, &self.problems, &self.next)
            == (other.percent, &other.progress, &other.problems, &other.next)
    }
}

/// 填报状态 of an item in a period. The order is the order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FilingState {
    /// 逾期未报: the due day has passed and nothing is filed.
    Overdue,
    /// 退回: to be filed again.
    Returned,
    /// 待填报.
    Missing,
    /// 待审核.
    Pending,
    /// 已审核.
    Accepted,
    /// 不需填报: closed (办结) or stopped (终止) before anything was filed, or 无任务.
    NotDue,
}

impl FilingState {
    /// The states, in order of urgency.
    pub const ALL: [Self; 6] =
        [Self::Overdue, Self::Returned, Self::Missing, Self::Pending, Self::Accepted, Self::NotDue];

    /// Whether something stands filed: 待审核 or 已审核.
    pub const fn is_filed(self) -> bool {
        matches!(self, Self::Pending | Self::Accepted)
    }

    /// Whether the unit still has to file: 待填报, 逾期未报, 退回.
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::Overdue | Self::Returned | Self::Missing)
    }
}
