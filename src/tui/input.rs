//! What is typed into the fields, as values; and why not, in the language of the screen.

use rust_decimal::Decimal;

use crate::catalog::{Lang, Say};
use crate::model::{Target, entry};
use crate::text::number::{BadNumber, Scale, parse_amount, parse_in_unit, plain};

/// The most that a unit may state, in percent.
const MOST_PERCENT: Decimal = Decimal::from_parts(999, 0, 0, false, 0);

/// A percentage; nothing typed is nothing stated.
///
/// # Errors
/// Why it is none, as a sentence.
pub(super) fn percent(lang: Lang, text: &str) -> Result<Option<Decimal>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let amount = parse_amount(text).map_err(|bad| explain(lang, &bad))?;
    if amount.scale != Scale::One || amount.value > MOST_PERCENT {
        return Err(lang.fill(Say::PercentRange, &[&plain(MOST_PERCENT)]));
    }
    Ok(Some(amount.value.normalize()))
}

/// A done figure in a row's unit; nothing typed takes the figure away.
///
/// # Errors
/// Why it is none, as a sentence.
pub(super) fn figure(lang: Lang, text: &str, unit: &str) -> Result<Option<Decimal>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value = parse_in_unit(text, unit).map_err(|bad| explain(lang, &bad))?;
    entry::figure(value).map(Some).map_err(|_| lang.say(Say::FigureRange).to_owned())
}

/// The figure reached on a target; nothing typed takes it away. Of what happens or not, 已实现 or 1 is 1, 未实现 or 0 is 0.
///
/// # Errors
/// Why it is none, as a sentence.
pub(super) fn actual(lang: Lang, text: &str, target: &Target) -> Result<Option<Decimal>, String> {
    if target.comparator.has_value() {
        return figure(lang, text, &target.unit);
    }
    match text.trim() {
        "" => Ok(None),
        "0" | "０" | "否" | "未实现" => Ok(Some(Decimal::ZERO)),
        "1" | "１" | "是" | "已实现" => Ok(Some(Decimal::ONE)),
        word if word == lang.say(Say::ActualHappened) => Ok(Some(Decimal::ONE)),
        word if word == lang.say(Say::ActualNotHappened) => Ok(Some(Decimal::ZERO)),
        _ => Err(lang.say(Say::ActualYesNo).to_owned()),
    }
}

fn explain(lang: Lang, bad: &BadNumber) -> String {
    match bad {
        BadNumber::Empty => lang.say(Say::NumberEmpty).to_owned(),
        BadNumber::Stray { found, at } => lang.fill(Say::NumberStray, &[at, found]),
        BadNumber::Negative => lang.say(Say::NumberNegative).to_owned(),
        BadNumber::TwoPoints => lang.say(Say::NumberTwoPoints).to_owned(),
        _ => lang.say(Say::NumberOther).to_owned(),
    }
}
