//! Texts that a spreadsheet would take for formulas.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::sanitise::{is_unwanted, sanitise};

/// A cell that no spreadsheet takes for a formula: `'` before `=`, `+`, `-`, `@` (also full-width, also behind blanks: some programs
/// cut them off) and tab, unless the cell is a number, a percentage or a dash. Without characters that may not enter the ledger
/// either: a file is read by programs that filter nothing.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let blank = |c: char| c.is_whitespace();
    let risky = cell.starts_with(['\t', '\r'])
        || cell.trim_start_matches(blank).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let number = cell == "-" || cell.trim_end_matches('%').parse::<Decimal>().is_ok();
    let clean = if cell.contains(|c| c != '\t' && is_unwanted(c)) {
        Cow::Owned(sanitise(&cell.replace('\t', " ")).text)
    } else {
        Cow::Borrowed(cell)
    };
    if risky && !number { Cow::Owned(format!("'{clean}")) } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_guarded_and_numbers_are_not() {
        for cell in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "-rm", "@SUM(A1)", "\tx", "＝1", " =1+1", "　＠A1", "\n-1+2"]
        {
            assert_eq!(harmless(cell), format!("'{cell}"), "{cell:?}");
        }
        assert_eq!(harmless("\r=1\u{1b}\u{202e}"), "'\n=1");
        for cell in ["-5", "+5", "-3.5", "-0.5%", "-", "市财政局", "12/16", ""] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
