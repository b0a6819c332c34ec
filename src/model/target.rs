//! 指标: a figure that a task has to reach, with the words of its text that say so.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How a done figure is compared with its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// `>=`: 以上, 不少于, 达到.
    AtLeast,
    /// `>`: 突破, 超过, 高于.
    MoreThan,
    /// `=`: a bare figure (实施项目1000个).
    Equal,
    /// `<=`: 以内, 以下, 控制在, 不超过.
    AtMost,
    /// `<`: 低于.
    LessThan,
    /// `~`: 左右.
    About,
    /// `first`: 零突破, 首家, 首个.
    First,
    /// `all`: 全覆盖, 全部.
    All,
    /// `up`: 双进位, 提升 without a figure.
    Up,
    /// `down`: 双下降, 下降 without a figure.
    Down,
    /// `done`: a dated milestone.
    Done,
    /// `tiers`: 保4争5拼6.
    Tiers,
}

impl Comparator {
    /// Every comparator, in the order of the interface.
    pub const ALL: [Self; 12] = [
        Self::AtLeast,
        Self::MoreThan,
        Self::Equal,
        Self::AtMost,
        Self::LessThan,
        Self::About,
        Self::First,
        Self::All,
        Self::Up,
        Self::Down,
        Self::Done,
        Self::Tiers,
    ];

    /// Its sign in JSON and on the command line.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
            Self::Equal => "=",
            Self::AtMost => "<=",
            Self::LessThan => "<",
            Self::About => "~",
            Self::First => "first",
            Self::All => "all",
            Self::Up => "up",
            Self::Down => "down",
            Self::Done => "done",
            Self::Tiers => "tiers",
        }
    }

    /// The comparator of a sign; `≥`, `≤` and `≈` are taken too.
    pub fn named(sign: &str) -> Option<Self> {
        let sign = match sign {
            "≥" => ">=",
            "≤" => "<=",
            "≈" => "~",
            other => other,
        };
        Self::ALL.into_iter().find(|one| one.sign() == sign)
    }

    /// Whether it compares with a figure; the others ask whether something happened.
    pub const fn has_value(self) -> bool {
        match self {
            Self::AtLeast
            | Self::MoreThan
            | Self::Equal
            | Self::AtMost
            | Self::LessThan
            | Self::About
            | Self::Tiers => true,
            Self::First | Self::All | Self::Up | Self::Down | Self::Done => false,
        }
    }

    /// Whether less is better.
    pub const fn wants_less(self) -> bool {
        matches!(self, Self::AtMost | Self::LessThan)
    }
}

impl fmt::Display for Comparator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign())
    }
}

/// One target of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Target {
    /// What is measured: 规上工业增加值增速, 引进百亿项目.
    pub metric: String,
    /// How the figure is compared.
    pub comparator: Comparator,
    /// The figure; of tiers the lowest. Missing where the comparator has none, or compares with another figure of the text
    /// (增速高于各项贷款平均增速).
    pub value: Option<Decimal>,
    /// The higher tiers of 保4争5拼6 (5, 6); else empty.
    pub tiers: Vec<Decimal>,
    /// What the figure counts, with its scale: 亿元, 个, %, 个百分点; empty for mere numbers.
    pub unit: String,
    /// A rate or growth, compared with the whole target in every period; else counted up from the start of the year.
    pub rate: bool,
    /// Its own 完成时限, where the text gives one; else the task's.
    pub deadline: Option<NaiveDate>,
    /// The words of the task's text that it was read from, exactly; empty where a clerk added it.
    pub phrase: String,
    /// Corrected or added by a person: reading the document again does not touch it.
    pub by_hand: bool,
}
