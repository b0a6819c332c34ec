//! How a number is formatted so that it reads as the report has it, and is a number all the same.

use rust_decimal::{Decimal, RoundingStrategy};

/// More than this around a number is a sentence.
const WORDS: usize = 12;

/// The number format under which `value` reads as `text`: its decimals, the sign before it, the unit behind it (`≥95%`, `83公里`).
/// `None` where the text holds something else, such as `-` or a sentence: then the text has to stand.
pub(super) fn code(text: &str, value: Decimal, percent: bool) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at_checked(at)?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end)?;
    let (before, minus) = before.strip_suffix('-').map_or((before, false), |before| (before, true));
    let read: Decimal = digits.parse().ok()?;
    let read = if minus { -read } else { read };
    if value.round_dp_with_strategy(read.scale(), RoundingStrategy::MidpointAwayFromZero) != read {
        return None;
    }
    let after = if percent { after.strip_prefix('%')? } else { after };
    let zeros = usize::try_from(read.scale()).unwrap_or(0);
    let number = if zeros == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(zeros)) };
    let sign = if percent { "%" } else { "" };
    Some(format!("{}{number}{sign}{}", literal(before)?, literal(after)?))
}

/// Words within a number format, where they can be.
fn literal(words: &str) -> Option<String> {
    let fine = words.chars().count() <= WORDS && !words.chars().any(|c| c == '"' || c.is_control());
    match words {
        "" => Some(String::new()),
        _ => fine.then(|| format!("\"{words}\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, value: &str, percent: bool) -> Option<String> {
        code(text, value.parse().unwrap(), percent)
    }

    #[test]
    fn a_number_reads_as_the_report_has_it() {
        assert_eq!(of("300", "300", false).as_deref(), Some("0"), "no point behind a whole number");
        assert_eq!(of("1200.50", "1200.5", false).as_deref(), Some("0.00"));
        assert_eq!(of("25.0%", "25.04", true).as_deref(), Some("0.0%"));
        assert_eq!(of("≥95%", "95", true).as_deref(), Some("\"≥\"0%"));
        assert_eq!(of("53.5公里", "53.5", false).as_deref(), Some("0.0\"公里\""));
        assert_eq!(of("-3.2%", "-3.2", true).as_deref(), Some("0.0%"));
    }

    #[test]
    fn what_is_no_such_number_stays_a_text() {
        for (text, value, percent) in [
            ("-", "0", false),
            ("", "1", false),
            ("12", "13", false),
            ("25.0", "25", true),
            ("1 \"=x", "1", false),
            ("1\n2", "1", false),
            ("1.2.3", "1.2", false),
        ] {
            assert_eq!(of(text, value, percent), None, "{text}");
        }
    }
}
