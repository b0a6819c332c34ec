//! Why an item shows its light: the arithmetic in one sentence.

use rust_decimal::Decimal;

use super::figures::{amount, one_decimal, percent, points};
use crate::catalog::{Lang, Say};
use crate::model::rating::Basis;
use crate::model::{Book, Comparator, ItemKey, Period, Rating, Status, Target, Thresholds};

/// Why an item shows its light in a period: 完成率 25.0%，序时进度 75%，慢 50.0 个百分点，超过 30：红.
pub fn why(book: &Book<'_>, item: ItemKey, period: Period, lang: Lang) -> String {
    let rating = book.rate(item, period);
    let sentence = of_rating(book, item, rating, lang);
    match book.override_of(item, period) {
        Some((set, _)) if rating.by_hand => {
            lang.fill(Say::WhyByHand, &[&lang.light(set.light), &set.reason, &sentence])
        }
        _ => sentence,
    }
}

/// Why a rating of an item is what it is.
pub fn of_rating(book: &Book<'_>, item: ItemKey, rating: Rating, lang: Lang) -> String {
    let margins = book.document().settings.thresholds;
    let target = rating.target.and_then(|no| book.target(item, no)).map(|(target, _)| target);
    let sentence = arithmetic(&rating, margins, target, lang);
    match target {
        Some(target) => lang.fill(Say::WhyTarget, &[&target_text(target, lang), &sentence]),
        None => sentence,
    }
}

/// A target in a few words: 引进百亿项目 ≥4个.
pub fn target_text(target: &Target, lang: Lang) -> String {
    let value = target.value.map(amount).unwrap_or_default();
    let value = if target.comparator.has_value() { format!("{value}{}", target.unit) } else { value };
    let sign = match target.comparator {
        Comparator::AtLeast => "≥".to_owned(),
        Comparator::AtMost => "≤".to_owned(),
        Comparator::MoreThan => ">".to_owned(),
        Comparator::LessThan => "<".to_owned(),
        Comparator::Equal => "=".to_owned(),
        Comparator::About => "≈".to_owned(),
        Comparator::First => lang.say(Say::TargetFirst).to_owned(),
        Comparator::All => lang.say(Say::TargetAll).to_owned(),
        Comparator::Up => lang.say(Say::TargetUp).to_owned(),
        Comparator::Down => lang.say(Say::TargetDown).to_owned(),
        Comparator::Done => lang.say(Say::TargetDone).to_owned(),
        Comparator::Tiers => lang.say(Say::TargetTiers).to_owned(),
    };
    let tiers = target.tiers.iter().fold(String::new(), |tiers, tier| format!("{tiers}/{}", amount(*tier)));
    format!("{} {sign}{value}{tiers}", target.metric)
}

fn arithmetic(rating: &Rating, margins: Thresholds, target: Option<&Target>, lang: Lang) -> String {
    // The computed light: what the office set is told around this sentence.
    let light = lang.light(rating.computed_light(margins));
    let unit = target.map(|target| target.unit.as_str()).unwrap_or_default();
    match rating.basis {
        Basis::Nothing if rating.status == Status::NotRated => lang.say(Say::WhyNotRated).to_owned(),
        Basis::Nothing => lang.fill(Say::WhyUnknown, &[&light]),
        Basis::Stopped => lang.say(Say::WhyStopped).to_owned(),
        Basis::Closed => lang.fill(Say::WhyClosed, &[&light]),
        Basis::Event { happened: true, .. } => lang.fill(Say::WhyHappened, &[&light]),
        Basis::Event { .. } if rating.status == Status::NotStarted => lang.fill(Say::WhyNotBegun, &[&light]),
        Basis::Event { due: true, .. } => lang.fill(Say::WhyNotHappened, &[&light]),
        Basis::Event { .. } => lang.fill(Say::WhyUnderWay, &[&light]),
        Basis::Percent { share } => {
            let stated = rating.percent.unwrap_or_default();
            let head = lang.fill(Say::WhyPercent, &[&percent(stated), &short(share)]);
            format!("{head}{}", against_time(rating, margins, light, lang))
        }
        Basis::Count { done, target, share } => {
            let stated = rating.percent.unwrap_or_default();
            let figures = [amount(done), amount(target)].map(|figure| format!("{figure}{unit}"));
            let [done, target] = &figures;
            let head = lang.fill(Say::WhyCount, &[done, target, &percent(stated), &short(share)]);
            format!("{head}{}", against_time(rating, margins, light, lang))
        }
        Basis::Rate { done, target } => {
            let short = rating.lag.unwrap_or_default();
            let figures = [amount(done), amount(target)].map(|figure| format!("{figure}{unit}"));
            let [done, target] = &figures;
            if short <= Decimal::ZERO {
                lang.fill(Say::WhyRateMet, &[done, target, &light])
            } else {
                let margin = margin_of(short, margins, false, lang);
                lang.fill(Say::WhyRateShort, &[done, target, &percent(short), &margin, &light])
            }
        }
        Basis::Ceiling { done, target } => {
            let figures = [amount(done), amount(target)].map(|figure| format!("{figure}{unit}"));
            let [done, target] = &figures;
            match rating.lag.filter(|over| *over > Decimal::ZERO) {
                None if rating.status == Status::FarBehind => lang.fill(Say::WhyCeilingNone, &[done, target, &light]),
                None => lang.fill(Say::WhyCeilingMet, &[done, target, &light]),
                Some(over) => {
                    let margin = margin_of(over, margins, false, lang);
                    lang.fill(Say::WhyCeilingOver, &[done, target, &percent(over), &margin, &light])
                }
            }
        }
    }
}

/// 慢 50.0 个百分点，超过 30：红
fn against_time(rating: &Rating, margins: Thresholds, light: &str, lang: Lang) -> String {
    let behind = rating.lag.unwrap_or_default();
    if rating.status.is_complete() {
        return lang.fill(Say::WhyComplete, &[&light]);
    }
    if behind > Decimal::ZERO {
        return lang.fill(Say::WhyBehind, &[&points(behind), &margin_of(behind, margins, true, lang), &light]);
    }
    if behind.is_zero() {
        lang.fill(Say::WhyLevel, &[&light])
    } else {
        lang.fill(Say::WhyAhead, &[&points(-behind), &light])
    }
}

/// Which margin something is beyond, or within. At exactly the first margin a lag in points is yellow, a shortfall is green.
fn margin_of(by: Decimal, margins: Thresholds, at_is_beyond: bool, lang: Lang) -> String {
    let [behind, far] = [margins.behind, margins.far_behind].map(amount);
    if by > margins.far_behind {
        lang.fill(Say::WhyOver, &[&far])
    } else if by > margins.behind || (at_is_beyond && by == margins.behind) {
        lang.fill(Say::WhyBetween, &[&behind, &far])
    } else {
        lang.fill(Say::WhyUnder, &[&behind])
    }
}

/// A share of time: whole where it is whole.
fn short(share: Decimal) -> String {
    format!("{}%", amount(one_decimal(share)))
}

#[cfg(test)]
mod tests;
