//! Cells of a quota row: `44880`, `14.66万`, `≥95%`, `/`, `/（无任务）`, `4700 （集聚区）`, a sentence, nothing.

use rust_decimal::Decimal;

use crate::model::Quota;

/// A cell as printed, its scale not yet applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// A number, whether 万 follows it, and a note in brackets.
    Amount(Decimal, bool, Option<String>),
    /// Anything else.
    Other(Quota),
}

impl Cell {
    /// Reads a cell.
    pub(super) fn read(cell: &str) -> Self {
        let cell = cell.trim();
        let bare: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
        match bare.as_str() {
            "" => return Self::Other(Quota::Blank),
            "/" | "／" | "-" | "—" | "——" => return Self::Other(Quota::NotAssigned),
            _ => {}
        }
        if bare.trim_matches(['/', '／', '(', ')', '（', '）']) == "无任务" {
            return Self::Other(Quota::NoTask);
        }
        if let Some(percent) = percent(&bare) {
            return Self::Other(percent);
        }
        amount(&bare).unwrap_or_else(|| Self::Other(Quota::Text(cell.to_owned())))
    }

    /// Whether it is what an area's cell holds: a number, a percentage or a mark for none.
    pub(super) fn is_quota(&self) -> bool {
        !matches!(self, Self::Other(Quota::Text(_) | Quota::Blank))
    }
}

fn percent(bare: &str) -> Option<Quota> {
    let number = bare.strip_suffix(['%', '％'])?;
    let least = number.strip_prefix(['≥', '≧']);
    let value = decimal(least.unwrap_or(number))?;
    Some(Quota::Percent(value, least.is_some()))
}

fn amount(bare: &str) -> Option<Cell> {
    let (number, note) = match bare.split_once(['（', '(']) {
        Some((number, _)) => {
            // The note stays as printed, brackets and all.
            let note = bare.strip_prefix(number).filter(|note| note.ends_with(['）', ')']))?;
            (number, Some(note.to_owned()))
        }
        None => (bare, None),
    };
    if let Some(number) = number.strip_suffix('亿') {
        // 1 亿 is 10,000 万: a row that counts in either adds up.
        let value = decimal(number)?.checked_mul(10_000.into())?;
        return Some(Cell::Amount(value.normalize(), true, note));
    }
    let (number, wan) = match number.strip_suffix('万') {
        Some(number) => (number, true),
        None => (number, false),
    };
    Some(Cell::Amount(decimal(number)?, wan, note))
}

/// A plain decimal: digits with at most one point, ASCII or full-width, thousands perhaps marked off by commas.
fn decimal(text: &str) -> Option<Decimal> {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            '．' => '.',
            _ => c,
        })
        .collect();
    let plain = without_thousands(&plain).unwrap_or(plain);
    let digits = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let framed = plain.starts_with(|c: char| c.is_ascii_digit()) && plain.ends_with(|c: char| c.is_ascii_digit());
    if digits && framed && plain.len() <= 16 { Decimal::from_str_exact(&plain).ok() } else { None }
}

/// `233,000` as `233000`: groups of three after the first.
fn without_thousands(text: &str) -> Option<String> {
    let (whole, point) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split([',', '，']);
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()))?;
    let rest: Vec<&str> = groups.collect();
    if rest.is_empty() || rest.iter().any(|group| group.len() != 3) {
        return None;
    }
    let dot = if point.is_empty() { "" } else { "." };
    Some(format!("{first}{}{dot}{point}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn every_kind_of_cell() {
        assert_eq!(Cell::read("53.5"), Cell::Amount(number("53.5"), false, None));
        assert_eq!(Cell::read("14.66万"), Cell::Amount(number("14.66"), true, None));
        assert_eq!(Cell::read("1.5亿"), Cell::Amount(number("15000"), true, None));
        assert_eq!(Cell::read("4700 （集聚区）"), Cell::Amount(number("4700"), false, Some("（集聚区）".to_owned())));
        assert_eq!(Cell::read("233,000"), Cell::Amount(number("233000"), false, None));
        assert_eq!(Cell::read("１２"), Cell::Amount(number("12"), false, None));
        assert_eq!(Cell::read("≥95%"), Cell::Other(Quota::Percent(number("95"), true)));
        assert_eq!(Cell::read("100%"), Cell::Other(Quota::Percent(number("100"), false)));
        assert_eq!(Cell::read("/"), Cell::Other(Quota::NotAssigned));
        assert_eq!(Cell::read("/（无任务）"), Cell::Other(Quota::NoTask));
        assert_eq!(Cell::read("/(无任务)"), Cell::Other(Quota::NoTask));
        assert_eq!(Cell::read(" "), Cell::Other(Quota::Blank));
        for text in ["门诊报销比例≥50%", "1.2.3", ".5", "5.", "-3", "12,34", "（", "万", "亿"] {
            assert_eq!(Cell::read(text), Cell::Other(Quota::Text(text.to_owned())), "{text}");
        }
    }
}
