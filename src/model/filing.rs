//! 填报: what a unit says about an item for a period.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A filing: 完成率 as stated, 进展情况, 存在问题, 下一步打算.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filing {
    /// The completion the unit states, in percent, 0 to 999; `None` where it states none.
    pub percent: Option<Decimal>,
    /// 进展情况.
    pub progress: String,
    /// 存在问题.
    pub problems: String,
    /// 下一步打算.
    pub next: String,
}

impl Filing {
    /// Whether nothing at all was entered.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}
