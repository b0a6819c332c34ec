//! Amounts as clerks type them and notices print them: `14.66万`, `2.5亿`, `1,200`, `１２.５`, `十四点六六万`, `廿三`, `95%`,
//! `百分之五`. Decimals throughout.

use rust_decimal::{Decimal, RoundingStrategy};

use super::numeral::{Mark, in_ones, normal, strip_percent};

/// The largest scale word that an amount was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// None.
    One,
    /// 万, ten thousand.
    Wan,
    /// 亿, a hundred million.
    Yi,
}

impl Scale {
    /// How many ones it counts.
    pub fn factor(self) -> Decimal {
        match self {
            Self::One => Decimal::ONE,
            Self::Wan => Decimal::new(10_000, 0),
            Self::Yi => Decimal::new(100_000_000, 0),
        }
    }
}

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number before the scale word (14.66 of 14.66万), or the percentage. Never negative.
    pub value: Decimal,
    /// The scale word; compound amounts are brought to their largest (1亿2000万 is 1.2 亿).
    pub scale: Scale,
    /// Whether it is a percentage.
    pub percent: bool,
}

impl Amount {
    /// The number in ones; `None` where it is too large to hold.
    pub fn total(self) -> Option<Decimal> {
        self.value.checked_mul(self.scale.factor()).map(|total| total.normalize())
    }
}

/// What is wrong with a number. Places count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    /// Nothing was typed.
    #[error("nothing there")]
    Empty,
    /// A character that belongs to no number.
    #[error("`{found}` (character {at}) is not part of a number")]
    Stray {
        /// The character.
        found: char,
        /// Its place.
        at: usize,
    },
    /// A scale word, point or percent sign without a number: `万`, `5.`, `%`.
    #[error("no number with `{0}`")]
    NoDigits(char),
    /// More than one decimal point.
    #[error("two decimal points")]
    TwoPoints,
    /// A comma that does not part groups of three: `1,20`.
    #[error("commas do not stand before groups of three digits")]
    Grouping,
    /// Numeral characters in an order that says nothing: `三十百`, `1.5万2`.
    #[error("the numerals do not follow on each other")]
    Order,
    /// Below nothing.
    #[error("negative")]
    Negative,
    /// More digits than can be kept exactly.
    #[error("too large or too long")]
    TooLarge,
    /// A percentage where a count belongs.
    #[error("a percentage where an amount belongs")]
    Percent,
}

/// Reads an amount. Full-width digits, spaces, `，` between groups of three and `。` as decimal point are understood, as an
/// input method produces them; a lone digit behind a scale word is of the next lower one (一千二 is 1200).
///
/// # Errors
/// What is wrong, with its place where there is one.
pub fn parse_amount(text: &str) -> Result<Amount, BadNumber> {
    let chars = normal(text)?;
    let (body, percent) = strip_percent(&chars)?;
    if let [Mark { c: '-', .. }, ..] = body {
        return Err(BadNumber::Negative);
    }
    let value = in_ones(body)?;
    let scale = body.iter().map(|mark| scale_of(mark.c)).max().unwrap_or(Scale::One);
    let value = value.checked_div(scale.factor()).ok_or(BadNumber::TooLarge)?.normalize();
    Ok(Amount { value, scale, percent })
}

/// The amount in a row's unit, whose scale is its first 万 or 亿: 8.2万 and 82000 are both 8.2 in a row of 万人.
///
/// A plain number below the scale is taken to be in the row's unit already (8.2 is 8.2), one that reaches it to be in ones:
/// a city's row hardly ever counts ten thousand times ten thousand. One that does says so by `known`, the largest of what is asked for
/// and what is reached there, in its unit: there every plain number is in the row's unit. Percentages are returned as they are.
///
/// # Errors
/// When the result is too large to hold.
fn in_unit(amount: Amount, unit: &str, known: Option<Decimal>) -> Result<Decimal, BadNumber> {
    let scale = unit_scale(unit);
    let large = known.is_some_and(|known| known >= scale.factor());
    let plain = amount.scale == Scale::One && (large || amount.value < scale.factor());
    if amount.percent || plain {
        return Ok(amount.value);
    }
    let total = amount.total().ok_or(BadNumber::TooLarge)?;
    total.checked_div(scale.factor()).map(|value| value.normalize()).ok_or(BadNumber::TooLarge)
}

/// Reads a figure for a row that counts `unit`: as [`parse_amount`], brought to the unit, which may be typed behind it
/// (`8.2万人`, `61公里`). A percentage is refused unless the unit is `%`. `known`: the largest figure that is known of the row.
///
/// # Errors
/// What is wrong with it.
pub fn parse_in_unit(text: &str, unit: &str, known: Option<Decimal>) -> Result<Decimal, BadNumber> {
    let text = text.trim();
    let unit = unit.trim();
    let counted = unit.trim_start_matches(['万', '亿']);
    let bare = if counted.is_empty() { text } else { text.strip_suffix(counted).unwrap_or(text) };
    let amount = parse_amount(bare)?;
    if amount.percent && !matches!(unit, "%" | "％") {
        return Err(BadNumber::Percent);
    }
    in_unit(amount, unit, known)
}

fn unit_scale(unit: &str) -> Scale {
    unit.chars().next().map_or(Scale::One, scale_of)
}

fn scale_of(c: char) -> Scale {
    match c {
        '万' => Scale::Wan,
        '亿' => Scale::Yi,
        _ => Scale::One,
    }
}

/// One decimal with the percent sign, rounded half up: `25.0%`.
pub fn percent1(value: Decimal) -> String {
    format!("{:.1}%", value.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
}

/// Without trailing zeros: `61`, `8.2`.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[track_caller]
    fn reads(text: &str, total: &str) {
        let amount = parse_amount(text).unwrap_or_else(|bad| panic!("{text}: {bad}"));
        assert_eq!(amount.total(), Some(d(total)), "{text}");
        assert!(!amount.percent, "{text}");
    }

    #[test]
    fn digits_in_every_width_with_commas_and_spaces() {
        for (text, total) in [
            ("0", "0"),
            ("61.0", "61"),
            ("1,200", "1200"),
            ("１，２００．５", "1200.5"),
            ("１２.５", "12.5"),
            ("12。5", "12.5"),
            (" 160 亿", "16000000000"),
            ("1 200", "1200"),
            ("14.66万", "146600"),
            ("2.5亿", "250000000"),
            ("３０００", "3000"),
            ("1.5万亿", "1500000000000"),
            ("1亿2000万", "120000000"),
            ("3千", "3000"),
            ("3万5", "35000"),
            ("1.5千", "1500"),
            ("3千5百", "3500"),
        ] {
            reads(text, total);
        }
    }

    #[test]
    fn numerals() {
        for (text, total) in [
            ("十四点六六万", "146600"),
            ("廿三", "23"),
            ("卅", "30"),
            ("两千", "2000"),
            ("一千二", "1200"),
            ("一千零二", "1002"),
            ("一千二百零三", "1203"),
            ("十", "10"),
            ("十二", "12"),
            ("一百一十二", "112"),
            ("一百十二", "112"),
            ("一百廿三", "123"),
            ("两百五", "250"),
            ("二〇二四", "2024"),
            ("三万五", "35000"),
            ("三万零五", "30005"),
            ("三亿五千万", "350000000"),
            ("一万二千三百四十五", "12345"),
            ("十二点五", "12.5"),
            ("二百点五", "200.5"),
            ("千万", "10000000"),
            ("壹仟贰佰", "1200"),
            ("零", "0"),
            ("一亿二", "120000000"),
        ] {
            reads(text, total);
        }
    }

    #[test]
    fn percentages() {
        for (text, value) in
            [("95%", "95"), ("12.5％", "12.5"), ("百分之五", "5"), ("百分之十二点五", "12.5"), ("百分之百", "100")]
        {
            let amount = parse_amount(text).unwrap();
            assert_eq!((amount.value, amount.percent), (d(value), true), "{text}");
        }
    }

    #[test]
    fn the_scale_is_kept_as_written() {
        let amount = parse_amount("14.66万").unwrap();
        assert_eq!((amount.value, amount.scale), (d("14.66"), Scale::Wan));
        let amount = parse_amount("1亿2000万").unwrap();
        assert_eq!((amount.value, amount.scale), (d("1.2"), Scale::Yi));
    }

    #[test]
    fn nonsense_says_what_is_wrong() {
        use BadNumber::*;
        for (text, wrong) in [
            ("", Empty),
            ("  　", Empty),
            ("12a", Stray { found: 'a', at: 3 }),
            ("约5", Stray { found: '约', at: 1 }),
            ("1e5", Stray { found: 'e', at: 2 }),
            ("5%6", Stray { found: '%', at: 2 }),
            ("万", NoDigits('万')),
            ("%", NoDigits('%')),
            ("百分之", NoDigits('百')),
            ("5.", NoDigits('.')),
            (".5", NoDigits('.')),
            ("1.2.3", TwoPoints),
            ("1,20", Grouping),
            ("1200,000", Grouping),
            ("12 5", Grouping),
            (",200", Grouping),
            ("三十百", Order),
            ("1.5万2", Order),
            ("一百三千", Order),
            ("三十亿五亿", Order),
            ("2万3万", Order),
            ("-3", Negative),
            ("－3", Negative),
            ("99999999999999999999999999999999", TooLarge),
            ("9999999999999999999999999999亿", TooLarge),
            ("79228162514264337593543950335千", TooLarge),
            ("1亿79228162514264337593543950335十", TooLarge),
        ] {
            assert_eq!(parse_amount(text), Err(wrong), "{text}");
        }
    }

    #[test]
    fn amounts_in_a_rows_unit() {
        for (text, unit, value) in [
            ("82000", "万人", "8.2"),
            ("8.2万", "万人", "8.2"),
            ("8.2万人", "万人", "8.2"),
            ("8.2", "万人", "8.2"),
            ("82000人", "万人", "8.2"),
            ("8.2万", "人", "82000"),
            ("3500万", "亿元", "0.35"),
            ("160", "亿元", "160"),
            ("61公里", "公里", "61"),
            ("4700", "", "4700"),
            ("95%", "%", "95"),
            ("95", "%", "95"),
        ] {
            assert_eq!(parse_in_unit(text, unit, None), Ok(d(value)), "{text} in {unit}");
        }
        assert_eq!(parse_in_unit("95%", "公里", None), Err(BadNumber::Percent));
        assert_eq!(parse_in_unit("人", "万人", None), Err(BadNumber::Empty));
        // A target of 15000万元: there 12000 is not 1.2.
        for (text, value) in [("12000", "12000"), ("8.2", "8.2"), ("1.2亿", "12000"), ("1.5亿元", "15000")] {
            assert_eq!(parse_in_unit(text, "万元", Some(d("15000"))), Ok(d(value)), "{text}");
        }
        assert_eq!(parse_in_unit("12000", "万元", Some(d("9999"))), Ok(d("1.2")));
    }

    #[test]
    fn figures_are_shown_rounded_half_up_or_in_full() {
        assert_eq!(percent1(d("25")), "25.0%");
        assert_eq!(percent1(d("33.25")), "33.3%");
        assert_eq!(percent1(d("66.649")), "66.6%");
        assert_eq!(percent1(d("100.05")), "100.1%");
        assert_eq!(plain(d("61.0")), "61");
        assert_eq!(plain(d("8.20")), "8.2");
        assert_eq!(plain(d("300")), "300");
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "[0-9０-９.,，。%一二三十百千万亿零两廿点分之 a-]{0,12}") {
            if let Ok(amount) = parse_amount(&text) {
                prop_assert!(amount.value >= Decimal::ZERO);
            }
            let _ = parse_in_unit(&text, "万人", None);
        }

        #[test]
        fn decimals_read_back(units in 0_u64..10_000_000_000, places in 0_u32..4) {
            let value = Decimal::from_i128_with_scale(i128::from(units), places);
            prop_assert_eq!(parse_amount(&plain(value)).unwrap().value, value);
        }
    }
}
