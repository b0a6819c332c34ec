//! 保4争5拼6.

use rust_decimal::Decimal;

use super::numbers::number_at;
use super::sheet::Sheet;

/// Tiers and their places.
#[derive(Debug, Clone)]
pub(super) struct Tiers {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Lowest first; at least two.
    pub(super) values: Vec<Decimal>,
    pub(super) unit: String,
}

/// The tiers between two places, in quotes or not.
pub(super) fn tiers(sheet: &Sheet, from: usize, to: usize) -> Vec<Tiers> {
    (from..to).filter(|place| sheet.is_at(*place, "保")).filter_map(|place| at(sheet, place, to)).collect()
}

fn at(sheet: &Sheet, from: usize, end: usize) -> Option<Tiers> {
    let (mut values, mut unit, mut place) = (Vec::new(), String::new(), from);
    while sheet.longest(place, &["保", "争", "拼", "冲", "望"]).is_some() && place < end {
        let Some((value, of, behind)) = figure(sheet, place + 1) else { break };
        if values.last().is_some_and(|last| *last >= value) {
            return None;
        }
        values.push(value);
        unit = of;
        place = behind;
        place += usize::from(sheet.is_at(place, "、") && sheet.longest(place + 1, &["争", "拼", "冲", "望"]).is_some());
    }
    (values.len() > 1).then_some(Tiers { from, to: place, values, unit })
}

fn figure(sheet: &Sheet, place: usize) -> Option<(Decimal, String, usize)> {
    if let Some(number) = number_at(sheet, place) {
        return Some((number.value, number.unit, number.to));
    }
    // Within quotes, where figures are otherwise names.
    let keeps = |c: &char| c.is_ascii_digit() || *c == '.';
    let digits: String = (place..sheet.len()).map_while(|at| sheet.at(at)).take_while(keeps).take(12).collect();
    let value = Decimal::from_str_exact(&digits).ok()?;
    let behind = place + digits.len();
    let unit = sheet.longest(behind, &["%", "家", "个", "亿元", "亿", "名", "位"]).unwrap_or_default();
    Some((value, unit.to_owned(), behind + unit.chars().count()))
}
