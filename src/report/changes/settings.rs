//! What changed of a document: each setting from what to what.

use super::plain;
use crate::catalog::{Lang, Say};
use crate::model::document::LeadCustom;
use crate::model::{Document, DueMonth, Settings, Span};

/// Each setting that changed, from what to what; where something else of the document changed, that it did.
pub(super) fn told(lang: Lang, old: &Document, new: &Document) -> String {
    let (before, after) = (words(lang, &old.settings), words(lang, &new.settings));
    let changed = before.into_iter().zip(after).filter(|(before, after)| before != after);
    let mut parts: Vec<String> =
        changed.map(|((head, before), (_, after))| format!("{} {before} -> {after}", lang.say(head))).collect();
    let rest = Document { settings: new.settings.clone(), ..old.clone() };
    if rest != *new || parts.is_empty() {
        parts.insert(0, lang.say(Say::CliChangeChanged).to_owned());
    }
    parts.join(", ")
}

/// Every setting in words, in the order of the settings.
fn words(lang: Lang, settings: &Settings) -> [(Say, String); 7] {
    let span = match settings.span {
        Span::Month => Say::CliChangeSpanMonth,
        Span::Quarter => Say::CliChangeSpanQuarter,
        Span::Half => Say::CliChangeSpanHalf,
    };
    let month = match settings.due_month {
        DueMonth::Last => Say::CliChangeDueLast,
        DueMonth::After => Say::CliChangeDueAfter,
    };
    let lead = match settings.lead {
        LeadCustom::First => Say::CliChangeLeadFirst,
        LeadCustom::All => Say::CliChangeLeadAll,
    };
    [
        (Say::CliChangeSpan, lang.say(span).to_owned()),
        (Say::CliChangeDueMonth, lang.say(month).to_owned()),
        (Say::CliChangeDueDay, settings.due_day.to_string()),
        (Say::CliChangeNearDays, settings.near_days.to_string()),
        (Say::CliChangeLead, lang.say(lead).to_owned()),
        (Say::CliChangeBehind, plain(settings.thresholds.behind)),
        (Say::CliChangeFarBehind, plain(settings.thresholds.far_behind)),
    ]
}
