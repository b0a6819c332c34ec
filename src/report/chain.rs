//! Who did what to an item, when: each change of it with its words in full, for the chain under an item.

use super::figures::{amount, with_unit};
use super::why::target_text;
use crate::catalog::{Lang, Say};
use crate::model::merge::fields;
use crate::model::{Book, Change, Filing, Intent, Of, Outcome, Record, Request, Review};
use crate::text::number::plain;

/// One link of the chain: what was done, and the words that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What was done, in a phrase: 填报 2024年三季度, 退回 2024年三季度, 设灯 …
    pub what: String,
    /// Its words: a label (may be empty) and a text each.
    pub words: Vec<(String, String)>,
}

/// What a change of an item did. `book` is the present: names of targets are taken from it.
pub fn link(book: &Book<'_>, intent: Intent, change: &Change, lang: Lang) -> Link {
    let (old, new) = (change.old.as_deref(), change.new.as_deref());
    match (&change.key.of, old, new) {
        (Of::Filing(_, period), old, Some(Record::Filing(now))) => {
            let before = old.and_then(as_filing);
            filing(lang, before, now, &lang.period(*period))
        }
        (Of::Filing(_, period), Some(Record::Filing(before)), None) => {
            Link { what: about(lang.say(Say::ChainFilingGone), &lang.period(*period)), words: parts(lang, before) }
        }
        (Of::Done(row, area, period), old, new) => {
            let unit = |text: String| book.row(*row).map_or(text.clone(), |row| with_unit(&text, row));
            let words = vec![(area.to_string(), from_to(figure(old).map(unit), figure(new).map(unit)))];
            Link { what: about(lang.say(Say::IntentQuota), &lang.period(*period)), words }
        }
        (Of::Actual(item, no, period), old, new) => {
            let target = book.target(*item, *no).map(|(target, _)| target);
            let unit = |text: String| target.map_or(text.clone(), |target| format!("{text}{}", target.unit));
            let name = target.map_or_else(|| no.to_string(), |target| target_text(target, lang));
            Link {
                what: about(lang.say(Say::ChainFigure), &lang.period(*period)),
                words: vec![(name, from_to(figure(old).map(&unit), figure(new).map(&unit)))],
            }
        }
        (Of::Override(_, period), _, Some(Record::Override(set))) => Link {
            what: about(lang.say(Say::IntentOverride), &lang.period(*period)),
            words: vec![(lang.light(set.light).to_owned(), set.reason.clone())],
        },
        (Of::Override(_, period), ..) => {
            Link { what: about(lang.say(Say::ChainLightBack), &lang.period(*period)), words: Vec::new() }
        }
        (Of::Chase(_, period), _, Some(Record::Chase(chase))) => Link {
            what: about(&lang.fill(Say::ChainChased, &[&chase.times]), &lang.period(*period)),
            words: said("", &chase.note),
        },
        (Of::Step(_, no), old, Some(Record::Step(step))) => {
            let what = lang.say(if old.is_none() { Say::ChainStepAdded } else { Say::ChainStepChanged });
            let unit = step.unit.as_ref().map(|unit| format!("  {unit}")).unwrap_or_default();
            let day = step.deadline.map(|day| format!("  {day}")).unwrap_or_default();
            let text = format!("{}{unit}{day}", step.text);
            Link { what: about(what, &no.to_string()), words: vec![(lang.step_state(step.state).to_owned(), text)] }
        }
        (Of::Step(_, no), Some(Record::Step(step)), None) => {
            Link { what: about(lang.say(Say::ChainStepGone), &no.to_string()), words: said("", &step.text) }
        }
        (Of::Request(..), _, Some(Record::Request(request))) => asked(lang, request),
        (Of::Target(_, no), old, Some(Record::Target(target))) => {
            let before = match old {
                Some(Record::Target(before)) => format!("{} -> ", target_text(before, lang)),
                _ => String::new(),
            };
            let what = if old.is_none() { Say::ChainTargetAdded } else { Say::ChainTargetChanged };
            Link {
                what: about(lang.say(what), &no.to_string()),
                words: said("", &format!("{before}{}", target_text(target, lang))),
            }
        }
        (Of::Target(_, no), Some(Record::Target(target)), None) => Link {
            what: about(lang.say(Say::ChainTargetGone), &no.to_string()),
            words: said("", &target_text(target, lang)),
        },
        (Of::Bulletin(period), old, new) => {
            let before = fields(old);
            let words = fields(new).into_iter().filter(|field| !before.contains(field)).filter_map(|(name, text)| {
                let label = lang.wording_part(name)?.to_owned();
                Some((label, if text.is_empty() { "—".to_owned() } else { text }))
            });
            Link { what: about(lang.say(Say::ReportKindBulletin), &lang.period(*period)), words: words.collect() }
        }
        _ => Link { what: lang.intent(intent).to_owned(), words: said("", &super::changes::describe(lang, change)) },
    }
}

fn about(what: &str, which: &str) -> String {
    format!("{what} {which}")
}

/// A text with its label, unless it is empty.
fn said(label: &str, text: &str) -> Vec<(String, String)> {
    if text.is_empty() { Vec::new() } else { vec![(label.to_owned(), text.to_owned())] }
}

fn as_filing(record: &Record) -> Option<&Filing> {
    if let Record::Filing(filing) = record { Some(filing) } else { None }
}

fn figure(record: Option<&Record>) -> Option<String> {
    if let Some(Record::Done(done)) = record { Some(amount(done.value)) } else { None }
}

fn from_to(old: Option<String>, new: Option<String>) -> String {
    let shown = |figure: Option<String>| figure.unwrap_or_else(|| "-".to_owned());
    format!("{} -> {}", shown(old), shown(new))
}

/// A filing or its review: which of the two, follows from what differs.
fn filing(lang: Lang, before: Option<&Filing>, now: &Filing, period: &str) -> Link {
    let reviewed = before.is_some_and(|before| before.says_the_same(now) && before.review != now.review);
    match &now.review {
        Review::Returned(reason) if reviewed => {
            Link { what: about(lang.say(Say::CmdReturn), period), words: said(lang.say(Say::SheetReason), reason) }
        }
        // A row may be accepted before it has a filing of its own.
        Review::Accepted if reviewed || (before.is_none() && now.is_empty()) => {
            Link { what: about(lang.say(Say::CmdApprove), period), words: Vec::new() }
        }
        Review::Pending if reviewed => Link { what: about(lang.say(Say::ChainReopened), period), words: Vec::new() },
        _ => {
            let again = before.is_some_and(|before| matches!(before.review, Review::Returned(_)));
            let what = if again {
                Say::ChainFiledAgain
            } else if before.is_some() {
                Say::ChainFilingChanged
            } else {
                Say::CmdFile
            };
            let mut words = parts(lang, now);
            if let Some(before) = before.filter(|before| before.percent != now.percent) {
                let shown = |filing: &Filing| filing.percent.map(|value| format!("{}%", plain(value)));
                words.retain(|(label, _)| label != lang.say(Say::LabelStated));
                words.insert(0, (lang.say(Say::LabelStated).to_owned(), from_to(shown(before), shown(now))));
            }
            // Made-up progress is filed and reviewed in one.
            match &now.review {
                Review::Pending => {}
                Review::Returned(reason) => words.extend(said(lang.say(Say::CmdReturn), reason)),
                Review::Accepted => words.extend(said(lang.say(Say::IntentReview), lang.say(Say::CmdApprove))),
            }
            Link { what: about(lang.say(what), period), words }
        }
    }
}

fn parts(lang: Lang, filing: &Filing) -> Vec<(String, String)> {
    let percent = filing.percent.map(|value| format!("{}%", plain(value))).unwrap_or_default();
    [
        (Say::LabelStated, &percent),
        (Say::LabelProgress, &filing.progress),
        (Say::LabelProblems, &filing.problems),
        (Say::LabelNext, &filing.next),
    ]
    .into_iter()
    .flat_map(|(label, text)| said(lang.say(label), text))
    .collect()
}

fn asked(lang: Lang, request: &Request) -> Link {
    let kind = lang.request_kind(request.kind);
    let until = request.until.map(|day| lang.fill(Say::RequestUntil, &[&day])).unwrap_or_default();
    let wish = (format!("{kind}{until}"), request.reason.clone());
    match &request.outcome {
        Outcome::Asked => Link { what: about(lang.say(Say::SheetAsk), kind), words: vec![wish] },
        Outcome::Granted { approver, note } | Outcome::Refused { approver, note } => {
            let mut words = vec![wish];
            words.extend(said(approver, note));
            if note.is_empty() {
                words.extend(said(lang.say(Say::SheetApprover), approver));
            }
            Link { what: format!("{} {kind}", lang.outcome(&request.outcome)), words }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ItemKey, Key, Light, Override, Period, Seq};
    use crate::report::fixture::Making;
    use rust_decimal::Decimal;

    fn change(old: Option<Filing>, new: Option<Filing>) -> Change {
        let ledger = Making::new("甲区").ledger();
        let book = Book::newest(&ledger).unwrap();
        let key = Key::filing(book.id(), ItemKey::task(1), Period::quarter(2024, 3).unwrap());
        Change {
            key,
            base: Seq::ZERO,
            old: old.map(|was| Record::Filing(was).into()),
            new: new.map(|is| Record::Filing(is).into()),
        }
    }

    fn told(change: &Change) -> Link {
        let ledger = Making::new("甲区").ledger();
        link(&Book::newest(&ledger).unwrap(), Intent::File, change, Lang::Zh)
    }

    #[test]
    fn filing_return_and_filing_again_are_told_apart_and_both_versions_stay_readable() {
        let first = Filing { percent: Some(Decimal::from(40)), progress: "初稿".into(), ..Filing::default() };
        let returned = Filing { review: Review::Returned("太简单".into()), ..first.clone() };
        let second =
            Filing { percent: Some(Decimal::from(55)), progress: "补充了数字".into(), ..Filing::default() };
        let filed = told(&change(None, Some(first.clone())));
        assert!(filed.what.starts_with("填报") && filed.words.iter().any(|(_, text)| text == "初稿"), "{filed:?}");
        let back = told(&change(Some(first), Some(returned.clone())));
        assert!(back.what.starts_with("退回") && back.words == [("理由".to_owned(), "太简单".to_owned())], "{back:?}");
        let again = told(&change(Some(returned), Some(second.clone())));
        assert!(again.what.starts_with("再次填报"), "{again:?}");
        assert!(again.words.iter().any(|(_, text)| text == "40% -> 55%"), "{again:?}");
        let accepted = Filing { review: Review::Accepted, ..second.clone() };
        assert_eq!(told(&change(Some(second), Some(accepted))).words, []);
    }

    #[test]
    fn a_light_set_by_hand_is_told_with_its_reason() {
        let mut change = change(None, None);
        let period = Period::quarter(2024, 3).unwrap();
        change.key.of = Of::Override(ItemKey::task(1), period);
        change.new = Some(Record::Override(Override { light: Light::Red, reason: "现场停工".into() }).into());
        assert_eq!(told(&change).words, [("红".to_owned(), "现场停工".to_owned())]);
    }
}
