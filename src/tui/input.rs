//! What is typed into the fields, as values; and why not, in the language of the screen.

use rust_decimal::Decimal;

use crate::catalog::{Lang, Say};
use crate::model::entry::{self, NoFigure};
use crate::model::{Book, ItemKey, Period, QuotaRow, Target};
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

/// A figure in a unit; nothing typed is none.
///
/// # Errors
/// Why it is none, as a sentence.
pub(super) fn figure(lang: Lang, text: &str, unit: &str) -> Result<Option<Decimal>, String> {
    kept(lang, text, |text| parse_in_unit(text, unit, None), entry::figure)
}

/// The done figure of a cell; nothing typed takes it away.
///
/// # Errors
/// Why it is none, as a sentence.
pub(super) fn done(
    lang: Lang,
    book: &Book<'_>,
    (row, area, period): (&QuotaRow, &str, Period),
    text: &str,
) -> Result<Option<Decimal>, String> {
    kept(lang, text, |text| entry::typed_done(book, row, area, period, text), entry::figure)
}

/// The figure reached on a target; nothing typed takes it away. Of what happens or not, 已实现 or 1 is 1, 未实现 or 0 is 0.
///
/// # Errors
/// Why it is none, as a sentence.
pub(super) fn actual(
    lang: Lang,
    book: &Book<'_>,
    (item, no, period): (ItemKey, u16, Period),
    target: &Target,
    text: &str,
) -> Result<Option<Decimal>, String> {
    if target.comparator.has_value() {
        let read = |text: &str| entry::typed_actual(book, item, no, period, text);
        return kept(lang, text, read, |value| entry::figure_on(target, value));
    }
    if text.trim().is_empty() {
        return Ok(None);
    }
    lang.happened(text)
        .map(|happened| Some(u8::from(happened).into()))
        .ok_or_else(|| lang.say(Say::ActualYesNo).to_owned())
}

fn kept(
    lang: Lang,
    text: &str,
    read: impl Fn(&str) -> Result<Decimal, BadNumber>,
    keep: impl Fn(Decimal) -> Result<Decimal, NoFigure>,
) -> Result<Option<Decimal>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value = read(text).map_err(|bad| explain(lang, &bad))?;
    keep(value).map(Some).map_err(|_| lang.say(Say::FigureRange).to_owned())
}

/// What is wrong with a number, as a sentence.
pub(super) fn explain(lang: Lang, bad: &BadNumber) -> String {
    match bad {
        BadNumber::Empty => lang.say(Say::NumberEmpty).to_owned(),
        BadNumber::Stray { found, at } => lang.fill(Say::NumberStray, &[at, found]),
        BadNumber::Negative => lang.say(Say::NumberNegative).to_owned(),
        BadNumber::TwoPoints => lang.say(Say::NumberTwoPoints).to_owned(),
        BadNumber::Percent => lang.say(Say::CliNumberPercent).to_owned(),
        _ => lang.say(Say::NumberOther).to_owned(),
    }
}
