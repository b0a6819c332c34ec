//! Which figures are targets.

use super::figures::{After, Figure};
use super::metric;
use super::sheet::Sheet;
use super::words::{COUNTING, DESCRIBES, Kind, VERBS};

/// Whether a figure is a target. `left` is where its words begin; `others` are the figures behind it in its clause.
pub(super) fn accepts(sheet: &Sheet, left: usize, figure: &Figure, others: &[Figure]) -> bool {
    let words = sheet.words(left, figure.lead);
    let bare = metric::bare(&words);
    if DESCRIBES.iter().any(|word| bare.ends_with(word)) {
        return false;
    }
    match figure.after {
        After::End => ends(sheet, left, figure),
        After::Of => figure.number.kind == Some(Kind::Rate) && share(sheet, left, figure),
        After::Words => describes_nothing(sheet, left, figure, others),
    }
}

/// Whether a share opens what is measured: `95%的行政村实现…`, `完成80%的工程量`.
pub(super) fn share(sheet: &Sheet, left: usize, figure: &Figure) -> bool {
    let words = sheet.words(left, figure.lead);
    let bare = metric::bare(&words);
    bare.is_empty() || VERBS.iter().any(|verb| bare.ends_with(verb))
}

/// A figure at the end of its part.
fn ends(sheet: &Sheet, left: usize, figure: &Figure) -> bool {
    let counted = matches!(figure.number.kind, Some(Kind::Count | Kind::Amount | Kind::Rate));
    let scaled = figure.number.unit.ends_with(['万', '亿']);
    if figure.number.numeral {
        let several = figure.number.value > rust_decimal::Decimal::ONE;
        let scale_only = sheet.at(figure.from).is_some_and(|c| matches!(c, '百' | '千' | '万' | '亿'));
        let named = counted && (figure.said || figure.each || several && !scale_only && !starts_word(sheet, figure));
        return named && figure.lead > left || scaled && figure.said && figure.lead < figure.from;
    }
    counted || figure.said && (figure.number.kind == Some(Kind::Mark) || figure.lead < figure.from)
}

/// A numeral that is the second part of a word: 统一, 十四五.
fn starts_word(sheet: &Sheet, figure: &Figure) -> bool {
    figure.lead.checked_sub(1).and_then(|place| sheet.at(place)).is_some_and(|c| "统之进同".contains(c))
}

/// A figure before what it counts: 建成 3 家中心, 储备 5000 亩左右熟地, 完成烧结等 5 个行业整治.
fn describes_nothing(sheet: &Sheet, left: usize, figure: &Figure, others: &[Figure]) -> bool {
    let words = sheet.words(left, figure.lead);
    let bare = metric::bare(&words);
    let verb = |words: &[&str]| words.iter().any(|verb| bare.ends_with(verb));
    let listed = bare.ends_with('等') && VERBS.iter().any(|verb| bare.starts_with(verb));
    let more = others.iter().any(|other| metric::joined(sheet, figure.to, other.lead));
    let scale = figure.number.unit.starts_with(['百', '千']);
    match figure.number.kind {
        Some(Kind::Count) if figure.number.numeral => {
            verb(COUNTING) && figure.number.value > rust_decimal::Decimal::ONE && !scale
        }
        Some(Kind::Count) => verb(VERBS) || listed,
        Some(Kind::Amount) => verb(VERBS) && !more && !figure.number.numeral && figure.lead == figure.from,
        Some(Kind::Rate) => verb(VERBS) && !more,
        Some(Kind::Mark) | None => false,
    }
}
