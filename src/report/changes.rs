//! What a change did, in a phrase: for the log on screen, on the command line, and in reports.

mod settings;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;

use super::why::target_text;
use crate::catalog::{Lang, Say};
use crate::model::{
    Change, Chase, Commit, Filing, Finding, Key, Of, Outcome, Override, Record, Request, Review, Step, Target,
};
use crate::text::number::plain;
use crate::text::sanitise::one_line;
use crate::text::width::truncate;

/// At most this many changes are told one by one.
const TOLD: usize = 3;
/// At most this many columns of a text are quoted.
const QUOTED: usize = 24;

/// Several changes of one commit: the first few, and how many more.
pub fn changes(lang: Lang, changes: &[Change]) -> String {
    let told: Vec<String> = changes.iter().take(TOLD).map(|change| describe(lang, change)).collect();
    let more = changes.len().saturating_sub(TOLD);
    let told = told.join("; ");
    if more > 0 { lang.fill(Say::CliAndMore, &[&told, &more]) } else { told }
}

/// What a commit did; of one written under a clock that was set back, with the time of the commit before it.
pub fn told(lang: Lang, commit: &Commit, back: Option<&DateTime<FixedOffset>>) -> String {
    let what = changes(lang, &commit.changes);
    match back {
        Some(before) => lang.fill(Say::LogSetBack, &[&before.format("%Y-%m-%d %H:%M"), &what]),
        None => what,
    }
}

/// One change in a phrase: what, from what, to what.
pub fn describe(lang: Lang, change: &Change) -> String {
    if let Of::Role(name) = &change.key.of {
        return role(lang, name, change);
    }
    let name = short(lang, &change.key);
    let (old, new) = (change.old.as_deref(), change.new.as_deref());
    let what = match new.or(old) {
        Some(Record::Filing(_)) => filing(lang, old.and_then(as_filing), new.and_then(as_filing)),
        Some(Record::Done(_)) => format!("{} -> {}", figure(old), figure(new)),
        Some(Record::Finding(finding)) if new.is_some() => settled(finding),
        Some(Record::Document(_)) => match (old, new) {
            (Some(Record::Document(old)), Some(Record::Document(new))) => settings::told(lang, old, new),
            _ => changed(lang, change).to_owned(),
        },
        Some(Record::Target(_)) => match (old, new) {
            (Some(Record::Target(old)), Some(Record::Target(new))) => target(lang, old, new),
            (_, Some(Record::Target(one))) | (Some(Record::Target(one)), _) => {
                format!("{} {}", changed(lang, change), target_text(one, lang))
            }
            _ => String::new(),
        },
        Some(Record::Override(_)) => light(lang, new),
        Some(Record::Former(former)) if new.is_some() => lang.fill(Say::ChangeFormer, &[&former.was]),
        Some(Record::Successor(next)) if new.is_some() => lang.fill(Say::ChangeSuccessor, &[&next.since, &next.to]),
        Some(Record::Chase(one)) if new.is_some() => chased(lang, one),
        Some(Record::Step(_)) => match (old, new) {
            (Some(Record::Step(old)), Some(Record::Step(new))) => step(lang, old, new),
            (_, Some(Record::Step(one))) | (Some(Record::Step(one)), _) => {
                format!("{} {}", quoted(&one.text), changed(lang, change))
            }
            _ => String::new(),
        },
        Some(Record::Request(request)) => {
            let told = asked_or_decided(lang, request);
            if new.is_some() { told } else { format!("{} {told}", changed(lang, change)) }
        }
        _ => changed(lang, change).to_owned(),
    };
    format!("{name} {what}").trim_end().to_owned()
}

/// 新增, 修改, 删除.
fn changed(lang: Lang, change: &Change) -> &'static str {
    lang.say(match (&change.old, &change.new) {
        (None, Some(_)) => Say::CliChangeNew,
        (Some(_), Some(_)) => Say::CliChangeChanged,
        (_, None) => Say::CliChangeRemoved,
    })
}

/// The key without its document: `T5 2024Q3`, `P17.1 江山市 2024Q3`, `T5 指标1 2024Q3`.
fn short(lang: Lang, key: &Key) -> String {
    match &key.of {
        Of::Document => key.document.to_string(),
        Of::Item(item) | Of::Former(item) => item.to_string(),
        Of::Done(row, area, period) => format!("{row} {area} {period}"),
        Of::Target(item, no) => format!("{item} {}", lang.fill(Say::CliChangeTargetNo, &[no])),
        Of::Step(item, no) => format!("{item} {}", lang.fill(Say::CliChangeStepNo, &[no])),
        Of::Request(item, no) => format!("{item} {}", lang.fill(Say::CliChangeRequestNo, &[no])),
        Of::Actual(item, no, period) => format!("{item} {} {period}", lang.fill(Say::CliChangeTargetNo, &[no])),
        Of::Filing(item, period) | Of::Override(item, period) | Of::Chase(item, period) => {
            format!("{item} {period}")
        }
        Of::Finding(line, no) => format!("{line}.{no}"),
        Of::Unit(name) | Of::Role(name) | Of::Successor(_, name) => name.to_string(),
        Of::View(name) => lang.fill(Say::CliChangeView, &[name]),
        Of::Bulletin(period) => lang.fill(Say::CliChangeBulletin, &[period]),
        Of::Frozen(period, no) => lang.fill(Say::CliChangeFrozen, &[period, no]),
    }
}

/// What somebody may do now, and could before.
fn role(lang: Lang, name: &str, change: &Change) -> String {
    let of = |record: Option<&Record>| match record {
        Some(Record::Role(role)) => Some((role.uid, lang.may(&role.may))),
        _ => None,
    };
    match (of(change.old.as_deref()), of(change.new.as_deref())) {
        (Some((_, before)), None) => lang.fill(Say::ChangeRoleTaken, &[&name, &before]),
        (Some((old, before)), Some((new, after))) => {
            let told = lang.fill(Say::ChangeRoleMoved, &[&name, &before, &after]);
            if old == new { told } else { format!("{told}, {}", lang.fill(Say::ChangeRoleUid, &[&old, &new])) }
        }
        (None, after) => {
            lang.fill(Say::ChangeRoleGiven, &[&name, &after.map_or_else(|| "-".to_owned(), |(_, may)| may)])
        }
    }
}

fn as_filing(record: &Record) -> Option<&Filing> {
    match record {
        Record::Filing(filing) => Some(filing),
        _ => None,
    }
}

/// A text on one line, cut where it is long.
fn quoted(text: &str) -> String {
    format!("“{}”", truncate(&one_line(text).text, QUOTED, "…"))
}

/// A reason on one line.
fn reason(text: &str) -> String {
    truncate(&one_line(text).text, 2 * QUOTED, "…").into_owned()
}

fn figure(record: Option<&Record>) -> String {
    match record {
        Some(Record::Done(done)) => plain(done.value),
        _ => "-".to_owned(),
    }
}

fn settled(finding: &Finding) -> String {
    match finding.settled {
        Some(choice) => {
            finding.alternatives.get(usize::from(choice)).map(|one| one.reading.clone()).unwrap_or_default()
        }
        None => finding.what.clone(),
    }
}

fn filing(lang: Lang, old: Option<&Filing>, new: Option<&Filing>) -> String {
    let empty = Filing::default();
    let removed = new.is_none();
    let (old, new) = (old.unwrap_or(&empty), new.unwrap_or(&empty));
    let mut parts = Vec::new();
    if old.percent != new.percent {
        let shown =
            |percent: Option<Decimal>| percent.map_or_else(|| "-".to_owned(), |value| format!("{}%", plain(value)));
        let head = lang.say(Say::CliHeadPercent);
        parts.push(format!("{head} {} -> {}", shown(old.percent), shown(new.percent)));
    }
    for (say, old, new) in [
        (Say::CliHeadProgress, &old.progress, &new.progress),
        (Say::CliHeadProblems, &old.problems, &new.problems),
        (Say::CliHeadNext, &old.next, &new.next),
    ] {
        if old != new {
            parts.push(format!("{} {}", lang.say(say), quoted(new)));
        }
    }
    if old.review != new.review && !removed {
        parts.push(match &new.review {
            Review::Accepted => lang.say(Say::CliChangeAccepted).to_owned(),
            Review::Returned(why) => lang.fill(Say::CliChangeReturned, &[&reason(why)]),
            Review::Pending => lang.say(Say::CliChangeReopened).to_owned(),
        });
    }
    if parts.is_empty() && removed {
        parts.push(lang.say(Say::CliChangeRemoved).to_owned());
    }
    parts.join(", ")
}

fn target(lang: Lang, old: &Target, new: &Target) -> String {
    let (before, after) = (target_text(old, lang), target_text(new, lang));
    if before == after {
        let deadlines =
            (old.deadline != new.deadline).then(|| format!("{} -> {}", day(old.deadline), day(new.deadline)));
        deadlines.unwrap_or_else(|| format!("{} {after}", lang.say(Say::CliChangeChanged)))
    } else {
        format!("{before} -> {after}")
    }
}

fn light(lang: Lang, new: Option<&Record>) -> String {
    match new {
        Some(Record::Override(Override { light, reason: why })) => {
            lang.fill(Say::CliChangeLight, &[&lang.light(*light), &reason(why)])
        }
        _ => lang.say(Say::CliChangeLightBack).to_owned(),
    }
}

fn chased(lang: Lang, chase: &Chase) -> String {
    let told = lang.fill(Say::CliChangeChased, &[&chase.times]);
    if chase.note.is_empty() { told } else { format!("{told} {}", quoted(&chase.note)) }
}

fn step(lang: Lang, old: &Step, new: &Step) -> String {
    let mut parts = Vec::new();
    if old.state != new.state {
        parts.push(format!("{} -> {}", lang.step_state(old.state), lang.step_state(new.state)));
    }
    if old.text != new.text {
        parts.push(format!("-> {}", quoted(&new.text)));
    }
    if old.unit != new.unit {
        let name = |unit: &Option<std::sync::Arc<str>>| unit.as_deref().unwrap_or("-").to_owned();
        parts.push(format!("{} -> {}", name(&old.unit), name(&new.unit)));
    }
    if old.deadline != new.deadline {
        parts.push(format!("{} -> {}", day(old.deadline), day(new.deadline)));
    }
    format!("{} {}", quoted(&old.text), parts.join(", "))
}

fn asked_or_decided(lang: Lang, request: &Request) -> String {
    let mut what = lang.request_kind(request.kind).to_owned();
    if let Some(until) = request.until {
        what = format!("{what} {until}");
    }
    match &request.outcome {
        Outcome::Asked => lang.fill(Say::CliChangeAsked, &[&what, &reason(&request.reason)]),
        Outcome::Granted { approver, note } => {
            let words = [approver, note].into_iter().filter(|text| !text.is_empty()).map(|text| reason(text));
            let told = lang.fill(Say::CliChangeGranted, &[&what]);
            [told].into_iter().chain(words).collect::<Vec<_>>().join(" ")
        }
        Outcome::Refused { approver, note } => {
            let told = lang.fill(Say::CliChangeRefused, &[&what, &reason(note)]);
            if approver.is_empty() { told } else { format!("{told} {}", reason(approver)) }
        }
    }
}

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}
