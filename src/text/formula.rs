//! Texts that a spreadsheet would take for formulas.

use std::borrow::Cow;

use rust_decimal::Decimal;

/// A cell that a spreadsheet would take for a formula gets a quote in front, unless it is a number.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && text.parse::<Decimal>().is_err() { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_defused_and_a_negative_number_is_not() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@sum"), "'@sum");
        assert_eq!(harmless("-3.5"), "-3.5");
        assert_eq!(harmless("-rm"), "'-rm");
    }
}
