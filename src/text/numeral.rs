//! The grammar of numerals, of both scripts: what [`super::number`] reads, in ones.

use rust_decimal::Decimal;

use super::fold::fold_key;
use super::number::{BadNumber, Scale};

/// The longest text that is read as a number, in characters.
const MAX_CHARS: usize = 64;

/// A character of the number in its plain form, and where it stood.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) c: char,
    at: usize,
}

/// Full-width and variant characters in one form, spaces gone (between digits they part groups, as commas do).
pub(super) fn normal(text: &str) -> Result<Vec<Mark>, BadNumber> {
    let text = text.trim();
    if text.chars().count() > MAX_CHARS {
        return Err(BadNumber::TooLarge);
    }
    let mut marks: Vec<Mark> = Vec::new();
    let mut space = false;
    for (at, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let c = one_form(c);
        let at = at + 1;
        let after_digit = marks.last().is_some_and(|mark| mark.c.is_ascii_digit());
        if std::mem::take(&mut space) && after_digit && c.is_ascii_digit() {
            marks.push(Mark { c: ',', at });
        }
        marks.push(Mark { c, at });
    }
    if marks.is_empty() { Err(BadNumber::Empty) } else { Ok(marks) }
}

fn one_form(c: char) -> char {
    match c {
        '〇' | '○' => '零',
        '壹' => '一',
        '贰' | '两' | '兩' => '二',
        '叁' => '三',
        '肆' => '四',
        '伍' => '五',
        '陆' => '六',
        '柒' => '七',
        '捌' => '八',
        '玖' => '九',
        '拾' => '十',
        '佰' => '百',
        '仟' => '千',
        '萬' => '万',
        '億' => '亿',
        '點' => '点',
        '−' | '－' | '负' => '-',
        '、' => c,
        _ => fold_key(c),
    }
}

/// What is left without `%` or 百分之, and whether it is a percentage.
pub(super) fn strip_percent(marks: &[Mark]) -> Result<(&[Mark], bool), BadNumber> {
    match marks {
        [Mark { c: '%', .. }] => Err(BadNumber::NoDigits('%')),
        [Mark { c: '百', .. }, Mark { c: '分', .. }, Mark { c: '之', .. }] => Err(BadNumber::NoDigits('百')),
        [body @ .., Mark { c: '%', .. }]
        | [Mark { c: '百', .. }, Mark { c: '分', .. }, Mark { c: '之', .. }, body @ ..] => Ok((body, true)),
        _ => Ok((marks, false)),
    }
}

/// A number in ones: split at its largest scale word, what stands before times that, plus what stands behind.
pub(super) fn in_ones(marks: &[Mark]) -> Result<Decimal, BadNumber> {
    for (word, scale) in [('亿', Scale::Yi), ('万', Scale::Wan)] {
        if let Some(place) = marks.iter().rposition(|mark| mark.c == word) {
            let (before, rest) = marks.split_at(place);
            let behind = rest.get(1..).unwrap_or_default();
            if before.is_empty() {
                return Err(BadNumber::NoDigits(word));
            }
            if before.iter().any(|mark| mark.c == word) {
                return Err(BadNumber::Order);
            }
            let before = in_ones(before)?;
            if behind.is_empty() {
                return before.checked_mul(scale.factor()).ok_or(BadNumber::TooLarge);
            }
            let behind = behind_scale(behind, scale.factor())?;
            if !before.is_integer() || behind >= scale.factor() {
                return Err(BadNumber::Order);
            }
            let whole = before.checked_mul(scale.factor()).ok_or(BadNumber::TooLarge)?;
            return whole.checked_add(behind).ok_or(BadNumber::TooLarge);
        }
    }
    below_wan(marks)
}

/// What stands behind a scale word: 零 is skipped, a lone digit counts tenths of the scale (3万5).
fn behind_scale(marks: &[Mark], scale: Decimal) -> Result<Decimal, BadNumber> {
    match marks {
        [one] if one.c != '零' => match digit(one.c) {
            Some(value) => Ok(Decimal::from(value) * scale / Decimal::TEN),
            None => in_ones(marks),
        },
        [Mark { c: '零', .. }, rest @ ..] if !rest.is_empty() => in_ones(rest),
        _ => in_ones(marks),
    }
}

/// A number without 万 and 亿: digits (`1,200.5`, with 千 or 百 behind: `3千`), or numerals (`二百零五`, `十四点六六`).
fn below_wan(marks: &[Mark]) -> Result<Decimal, BadNumber> {
    if let Some(stray) = marks.iter().find(|mark| !belongs(mark.c)) {
        return Err(BadNumber::Stray { found: stray.c, at: stray.at });
    }
    if marks.iter().filter(|mark| matches!(mark.c, '.' | '点')).count() > 1 {
        return Err(BadNumber::TwoPoints);
    }
    if let Some(place) = marks.iter().position(|mark| tens_of(mark.c).is_some()) {
        return with_units(marks, place);
    }
    digits(marks)
}

fn belongs(c: char) -> bool {
    digit(c).is_some() || tens_of(c).is_some() || matches!(c, '.' | ',' | '点' | '廿' | '卅' | '卌')
}

/// 0 to 9, of either script.
fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| "零一二三四五六七八九".chars().position(|d| d == c).and_then(|at| u32::try_from(at).ok()))
}

/// What 十, 百 and 千 stand for; 廿, 卅 and 卌 hold a digit as well.
fn tens_of(c: char) -> Option<u32> {
    match c {
        '十' | '廿' | '卅' | '卌' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// A run of digits with commas and a point; 二〇二四 is 2024.
fn digits(marks: &[Mark]) -> Result<Decimal, BadNumber> {
    let point = marks.iter().position(|mark| matches!(mark.c, '.' | '点'));
    let (whole, fraction) = match point {
        Some(place) => (marks.get(..place).unwrap_or_default(), marks.get(place + 1..).unwrap_or_default()),
        None => (marks, &[][..]),
    };
    if let (Some(place), true) = (point, whole.is_empty() || fraction.is_empty()) {
        return Err(BadNumber::NoDigits(marks.get(place).map_or('.', |mark| mark.c)));
    }
    let groups: Vec<&[Mark]> = whole.split(|mark| mark.c == ',').collect();
    let (first, others) = groups.split_first().ok_or(BadNumber::Empty)?;
    let grouped = !others.is_empty();
    if grouped && (first.is_empty() || first.len() > 3 || others.iter().any(|group| group.len() != 3)) {
        return Err(BadNumber::Grouping);
    }
    let mut text = String::new();
    for mark in whole.iter().filter(|mark| mark.c != ',') {
        text.extend(digit(mark.c).and_then(|value| char::from_digit(value, 10)));
    }
    if !fraction.is_empty() {
        text.push('.');
        for mark in fraction {
            let value = digit(mark.c).ok_or(BadNumber::Stray { found: mark.c, at: mark.at })?;
            text.extend(char::from_digit(value, 10));
        }
    }
    Decimal::from_str_exact(&text).map_err(|_| BadNumber::TooLarge)
}

/// A number with 十, 百 or 千, the first of them at `place`: 三百二十, 3千5, 十四点六六, 一百零五, 廿三.
fn with_units(marks: &[Mark], mut place: usize) -> Result<Decimal, BadNumber> {
    let mut sum = Decimal::ZERO;
    let mut last = 10_000;
    let mut rest = marks;
    loop {
        let unit = rest.get(place).and_then(|mark| tens_of(mark.c)).ok_or(BadNumber::Order)?;
        if unit >= last {
            return Err(BadNumber::Order);
        }
        let before = rest.get(..place).unwrap_or_default();
        let before = match before {
            [Mark { c: '零', .. }, others @ ..] if last < 10_000 => others,
            all => all,
        };
        let times = match (rest.get(place).map(|mark| mark.c), before) {
            (Some('廿'), []) => Decimal::TWO,
            (Some('卅'), []) => Decimal::from(3),
            (Some('卌'), []) => Decimal::from(4),
            (Some('廿' | '卅' | '卌'), _) => return Err(BadNumber::Order),
            // 十二, 百万, and 一百十二.
            (_, []) if last == 10_000 || unit == 10 => Decimal::ONE,
            (_, []) => return Err(BadNumber::Order),
            (_, digits_before) => digits(digits_before)?,
        };
        let behind = rest.get(place + 1..).unwrap_or_default();
        let single = times < Decimal::TEN && times.is_integer();
        let alone = behind.is_empty() && last == 10_000;
        if !(single || alone) {
            return Err(BadNumber::Order);
        }
        let part = times.checked_mul(Decimal::from(unit)).ok_or(BadNumber::TooLarge)?;
        sum = sum.checked_add(part).ok_or(BadNumber::TooLarge)?;
        last = unit;
        rest = behind;
        match rest.iter().position(|mark| tens_of(mark.c).is_some()) {
            Some(next) => place = next,
            None => return sum.checked_add(tail(rest, unit)?).ok_or(BadNumber::TooLarge),
        }
    }
}

/// What stands behind the last of 十, 百, 千: ones, a fraction, or the short form (一千二).
fn tail(marks: &[Mark], unit: u32) -> Result<Decimal, BadNumber> {
    match marks {
        [] => Ok(Decimal::ZERO),
        [Mark { c: '零', .. }, rest @ ..] if !rest.is_empty() => ones(rest),
        [Mark { c: '点' | '.', .. }, fraction @ ..] => {
            let zero = [Mark { c: '0', at: 0 }];
            let whole: Vec<Mark> = zero.into_iter().chain(marks.iter().copied()).collect();
            if fraction.is_empty() { Err(BadNumber::NoDigits('点')) } else { digits(&whole) }
        }
        [one] => ones(&[*one]).map(|value| value * Decimal::from(unit) / Decimal::TEN),
        more if unit == 10 => ones(more),
        _ => Err(BadNumber::Order),
    }
}

/// One digit, with a fraction or without.
fn ones(marks: &[Mark]) -> Result<Decimal, BadNumber> {
    let value = digits(marks)?;
    if value < Decimal::TEN { Ok(value) } else { Err(BadNumber::Order) }
}
