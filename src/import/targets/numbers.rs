//! Numbers and their units as they stand in a text.

use rust_decimal::Decimal;

use crate::text::{Scale, parse_amount};

use super::sheet::Sheet;
use super::words::{Kind, UNITS, WORDS_OF_UNITS};

/// A number with its unit.
#[derive(Debug, Clone)]
pub(super) struct Number {
    /// The place behind it.
    pub(super) to: usize,
    pub(super) value: Decimal,
    /// With its scale: 亿元, 万人次.
    pub(super) unit: String,
    pub(super) kind: Option<Kind>,
    /// Whether it is written in Chinese numerals.
    pub(super) numeral: bool,
    /// Whether it says that more is welcome: 200余家, 5—8家.
    pub(super) open: bool,
}

/// The number at a place; `None` where none starts there, or where it belongs to a name, an order or a date.
pub(super) fn number_at(sheet: &Sheet, from: usize) -> Option<Number> {
    let before = from.checked_sub(1).and_then(|place| sheet.at(place));
    let part_of_name =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '第' | '+' | '-' | '_' | '{' | '.' | '前' | '/' | 'Ⅰ'..='Ⅻ');
    if sheet.open_at(from).is_none() || before.is_some_and(part_of_name) {
        return None;
    }
    if sheet.is_at(from, "百分之") {
        let (value, _, to) = amount(sheet, from + 3)?;
        return Some(Number { to, value, unit: "%".to_owned(), kind: Some(Kind::Rate), numeral: false, open: false });
    }
    let (value, scale, to) = amount(sheet, from)?;
    let first = with_unit(sheet, value, scale.clone(), to);
    // A range: its lower end is what has to be reached.
    let joined = ["-", "至", "到"].iter().any(|word| sheet.is_at(first.to, word));
    if joined
        && !first.numeral
        && let Some((upper, upper_scale, to)) = amount(sheet, first.to + 1)
    {
        // What the first number says of itself holds; else it is counted as the second, unless it would be the larger one.
        let scale = if !scale.is_empty() || value > upper { scale } else { upper_scale };
        let second = with_unit(sheet, value, scale, to);
        let own = if first.kind.is_some() { Number { to: second.to, ..first } } else { second.clone() };
        return second.kind.is_some().then_some(Number { open: true, ..own });
    }
    let numeral = !sheet.at(from)?.is_ascii_digit();
    let joins = sheet.at(first.to).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_'));
    (!joins || sheet.is_at(first.to, "+、")).then_some(Number { numeral, ..first })
}

fn with_unit(sheet: &Sheet, value: Decimal, scale: String, to: usize) -> Number {
    let mut place = to;
    let open = ["余", "多"].iter().any(|word| sheet.is_at(place, word));
    place += usize::from(open);
    let mut unit = scale;
    if open && let Some(word) = sheet.longest(place, &["万", "亿", "万亿"]) {
        unit.push_str(word);
        place += word.chars().count();
    }
    let mut kind = None;
    if let Some((word, of)) = measure(sheet, place) {
        unit.push_str(word);
        place += word.chars().count();
        kind = Some(of);
        if sheet.is_at(place, "/")
            && let Some(long) = per(sheet, place + 1)
        {
            unit.push_str(&sheet.words(place, long));
            place = long;
            kind = Some(Kind::Amount);
        }
    }
    Number { to: place, value, unit, kind, numeral: false, open }
}

fn measure(sheet: &Sheet, place: usize) -> Option<(&'static str, Kind)> {
    let each = UNITS.iter().filter_map(|(words, kind)| Some((sheet.longest(place, words)?, *kind)));
    let longest = each.max_by_key(|(word, _)| word.len())?;
    let names = WORDS_OF_UNITS.iter().any(|word| word.starts_with(longest.0) && sheet.is_at(place, word));
    (!names).then_some(longest)
}

/// The place behind what a unit is counted by: 元/平方米, 单位/万人.
fn per(sheet: &Sheet, place: usize) -> Option<usize> {
    if let Some((word, _)) = measure(sheet, place) {
        return Some(place + word.chars().count());
    }
    sheet.longest(place, &["万", "亿", "百", "千"])?;
    let (word, _) = measure(sheet, place + 1)?;
    Some(place + 1 + word.chars().count())
}

/// Value, scale word and the place behind a number without its unit.
fn amount(sheet: &Sheet, from: usize) -> Option<(Decimal, String, usize)> {
    let first = sheet.at(from)?;
    let run = |keeps: &dyn Fn(char) -> bool, from: usize| -> String {
        (from..sheet.len()).map_while(|place| sheet.open_at(place)).take_while(|c| keeps(*c)).collect()
    };
    if first.is_ascii_digit() {
        let digits = run(&|c| c.is_ascii_digit() || matches!(c, '.' | ','), from);
        let digits = digits.trim_end_matches(['.', ',']);
        let to = from + digits.chars().count();
        let value = Decimal::from_str_exact(&digits.replace(',', "")).ok()?;
        let scale = run(&|c| matches!(c, '万' | '亿' | '百'), to);
        let scale = if sheet.is_at(to, "千万") { "千万".to_owned() } else { scale };
        let to = to + scale.chars().count();
        return Some((value, scale, to));
    }
    let numerals = run(&|c| "零〇一二两三四五六七八九十百千万亿点".contains(c), from);
    if numerals.is_empty() || numerals.chars().count() > 12 {
        return None;
    }
    let to = from + numerals.chars().count();
    if matches!(numerals.as_str(), "万" | "万亿") {
        return Some((Decimal::ONE, numerals, to));
    }
    let amount = parse_amount(&numerals).ok()?;
    let scale = match amount.scale {
        Scale::One => "",
        Scale::Wan => "万",
        Scale::Yi => "亿",
    };
    Some((amount.value, scale.to_owned(), to))
}
