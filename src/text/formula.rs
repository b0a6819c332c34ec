//! Texts that a spreadsheet would take for formulas.

use std::borrow::Cow;

use rust_decimal::Decimal;

/// A cell that no spreadsheet takes for a formula: `'` before `=`, `+`, `-`, `@` (also full-width), tab and carriage
/// return, unless the cell is a number, a percentage or a dash.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let number = cell == "-" || cell.trim_end_matches('%').parse::<Decimal>().is_ok();
    if risky && !number { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_guarded_and_numbers_are_not() {
        for cell in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "-rm", "@SUM(A1)", "\tx", "\rx", "＝1"] {
            assert_eq!(harmless(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["-5", "+5", "-3.5", "-0.5%", "-", "市财政局", "12/16", ""] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
