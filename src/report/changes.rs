//! What a change did, in a phrase: for the log on screen, on the command line, and in reports.

use crate::catalog::{Lang, Say};
use crate::model::{Change, Filing, Key, Of, Record};
use crate::text::number::plain;
use crate::text::sanitise::one_line;
use crate::text::width::truncate;

/// At most this many changes are told one by one.
const TOLD: usize = 3;

/// Several changes of one commit: the first few, and how many more.
pub fn changes(lang: Lang, changes: &[Change]) -> String {
    let told: Vec<String> = changes.iter().take(TOLD).map(|change| describe(lang, change)).collect();
    let more = changes.len().saturating_sub(TOLD);
    let told = told.join("; ");
    if more > 0 { lang.fill(Say::CliAndMore, &[&told, &more]) } else { told }
}

/// One change in a phrase: what, from what, to what.
pub fn describe(lang: Lang, change: &Change) -> String {
    let name = short(&change.key);
    let what = match (&change.old, &change.new) {
        (old, Some(Record::Filing(new))) => filing(lang, as_filing(old.as_ref()), new),
        (Some(Record::Filing(old)), None) => filing(lang, Some(old), &Filing::default()),
        (Some(Record::Done(_)), None) | (_, Some(Record::Done(_))) => {
            let figure = |record: Option<&Record>| match record {
                Some(Record::Done(done)) => plain(done.value),
                _ => "-".to_owned(),
            };
            format!("{} -> {}", figure(change.old.as_ref()), figure(change.new.as_ref()))
        }
        (_, Some(Record::Finding(finding))) => match finding.settled {
            Some(choice) => {
                finding.alternatives.get(usize::from(choice)).map(|one| one.reading.clone()).unwrap_or_default()
            }
            None => finding.what.clone(),
        },
        (None, Some(_)) => lang.say(Say::CliChangeNew).to_owned(),
        (Some(_), Some(_)) => lang.say(Say::CliChangeChanged).to_owned(),
        (_, None) => lang.say(Say::CliChangeRemoved).to_owned(),
    };
    format!("{name} {what}").trim_end().to_owned()
}

/// The key without its document, in words that can be typed again: `T5 2024Q3`, `P17.1 江山市 2024Q3`.
fn short(key: &Key) -> String {
    match &key.of {
        Of::Document => key.document.to_string(),
        Of::Item(item) => item.to_string(),
        Of::Filing(item, period) => format!("{item} {period}"),
        Of::Done(row, area, period) => format!("{row} {area} {period}"),
        Of::Target(item, no) | Of::Step(item, no) | Of::Request(item, no) => format!("{item} {no}"),
        Of::Actual(item, no, period) => format!("{item} {no} {period}"),
        Of::Override(item, period) | Of::Chase(item, period) => format!("{item} {period}"),
        Of::Finding(line, no) => format!("{line}.{no}"),
        Of::Unit(name) | Of::View(name) => name.to_string(),
    }
}

fn as_filing(record: Option<&Record>) -> Option<&Filing> {
    match record {
        Some(Record::Filing(filing)) => Some(filing),
        _ => None,
    }
}

fn filing(lang: Lang, old: Option<&Filing>, new: &Filing) -> String {
    let empty = Filing::default();
    let old = old.unwrap_or(&empty);
    let mut parts = Vec::new();
    if old.percent != new.percent {
        let shown = |percent: Option<rust_decimal::Decimal>| {
            percent.map_or_else(|| "-".to_owned(), |value| format!("{}%", plain(value)))
        };
        let head = lang.say(Say::CliHeadPercent);
        parts.push(format!("{head} {} -> {}", shown(old.percent), shown(new.percent)));
    }
    for (say, old, new) in [
        (Say::CliHeadProgress, &old.progress, &new.progress),
        (Say::CliHeadProblems, &old.problems, &new.problems),
        (Say::CliHeadNext, &old.next, &new.next),
    ] {
        if old != new {
            let text = one_line(new).text;
            parts.push(format!("{} “{}”", lang.say(say), truncate(&text, 24, "…")));
        }
    }
    parts.join(", ")
}
