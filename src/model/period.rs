//! Filing periods: quarters by default, months or half-years where an office files so.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::key::BadKey;

/// How long a filing period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// One month.
    Month,
    /// Three months, the norm.
    #[default]
    Quarter,
    /// Six months.
    Half,
}

impl Span {
    /// Months in a period of this length.
    pub const fn months(self) -> u8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Month => 'M',
            Self::Quarter => 'Q',
            Self::Half => 'H',
        }
    }
}

/// A filing period of a year, written `2024Q3`, `2024M07` or `2024H1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: u16,
    span: Span,
    /// 1 to 12 ÷ months of the span.
    index: u8,
}

impl Period {
    /// The one that sorts before all others.
    pub(crate) const FIRST: Self = Self { year: 1900, span: Span::Month, index: 1 };

    /// Period `index` (1 and up) of a year.
    pub fn new(year: u16, span: Span, index: u8) -> Option<Self> {
        let fine = (1900..=2999).contains(&year) && index >= 1 && index <= 12 / span.months();
        fine.then_some(Self { year, span, index })
    }

    /// A quarter of a year.
    pub fn quarter(year: u16, index: u8) -> Option<Self> {
        Self::new(year, Span::Quarter, index)
    }

    /// The periods of a year, in order.
    pub fn all(year: u16, span: Span) -> impl Iterator<Item = Self> {
        (1..=12 / span.months()).filter_map(move |index| Self::new(year, span, index))
    }

    /// The period of `year` that a day falls in; before the year its first, after it its last: a document of 2024 opened in
    /// 2026 stands at 2024Q4.
    pub fn current(year: u16, span: Span, today: NaiveDate) -> Option<Self> {
        let last = 12 / span.months();
        let index = match today.year().cmp(&i32::from(year)) {
            std::cmp::Ordering::Less => 1,
            std::cmp::Ordering::Greater => last,
            std::cmp::Ordering::Equal => u8::try_from(today.month0()).unwrap_or(0) / span.months() + 1,
        };
        Self::new(year, span, index)
    }

    /// The year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The length.
    pub const fn span(self) -> Span {
        self.span
    }

    /// Its number in the year, 1 and up.
    pub const fn index(self) -> u8 {
        self.index
    }

    /// The period before it, within the same year.
    pub fn previous(self) -> Option<Self> {
        Self::new(self.year, self.span, self.index.checked_sub(1)?)
    }

    /// The period after it, within the same year.
    pub fn next(self) -> Option<Self> {
        Self::new(self.year, self.span, self.index.checked_add(1)?)
    }

    /// Months of the year that have passed when the period ends, 1 to 12.
    pub const fn months_elapsed(self) -> u8 {
        self.index * self.span.months()
    }

    /// 序时进度: the share of the year, in percent, that has passed when the period ends (25, 50, 75, 100 for quarters).
    pub fn share(self) -> Decimal {
        Decimal::from(self.months_elapsed()) * Decimal::ONE_HUNDRED / Decimal::from(12)
    }

    /// The last day of the period.
    pub fn end(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(i32::from(self.year), 1, 1)
            .and_then(|first| first.checked_add_months(Months::new(u32::from(self.months_elapsed()))))
            .and_then(|next| next.checked_sub_days(Days::new(1)))
            .unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Span::Month => write!(f, "{}M{:02}", self.year, self.index),
            Span::Quarter | Span::Half => write!(f, "{}{}{}", self.year, self.span.letter(), self.index),
        }
    }
}

impl FromStr for Period {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let bad = || BadKey(text.to_owned());
        let at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
        let (year, rest) = text.split_at_checked(at).ok_or_else(bad)?;
        let mut rest = rest.chars();
        let span = match rest.next().map(|c| c.to_ascii_uppercase()) {
            Some('M') => Span::Month,
            Some('Q') => Span::Quarter,
            Some('H') => Span::Half,
            _ => return Err(bad()),
        };
        let year = year.parse().map_err(|_| bad())?;
        let index = rest.as_str().parse().map_err(|_| bad())?;
        Self::new(year, span, index).ok_or_else(bad)
    }
}

impl TryFrom<String> for Period {
    type Error = BadKey;
    fn try_from(text: String) -> Result<Self, BadKey> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn the_current_period_stays_within_the_documents_year() {
        let at = |date| Period::current(2024, Span::Quarter, date).unwrap().to_string();
        assert_eq!(at(day(2024, 1, 1)), "2024Q1");
        assert_eq!(at(day(2024, 9, 30)), "2024Q3");
        assert_eq!(at(day(2023, 5, 1)), "2024Q1");
        assert_eq!(at(day(2026, 5, 1)), "2024Q4");
    }

    #[test]
    fn shares_are_25_50_75_100() {
        let shares: Vec<String> = Period::all(2024, Span::Quarter).map(|p| p.share().to_string()).collect();
        assert_eq!(shares, ["25", "50", "75", "100"]);
        assert_eq!(Period::quarter(2024, 1).unwrap().end(), day(2024, 3, 31));
        assert_eq!(Period::quarter(2024, 4).unwrap().end(), day(2024, 12, 31));
    }

    #[test]
    fn periods_read_back_and_nonsense_is_refused() {
        for text in ["2024Q3", "2024M07", "2024H2"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        assert_eq!("2024q3".parse::<Period>().unwrap().to_string(), "2024Q3");
        for text in ["2024Q0", "2024Q5", "2024", "Q3", "2024H3", "2024M13", "99999Q1", "2024Q3x", ""] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
