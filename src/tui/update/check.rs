//! 核对: deciding doubts, and the lines of the document beside them.

use std::sync::Arc;

use super::super::deed::Screen;
use super::super::layout::Layout;
use super::super::original::Original;
use super::super::sheet::{Input, Purpose, Sheet};
use super::super::state::State;
use super::super::view::check_reach;
use super::Effect;
use super::deeds;
use super::sheet::Unsaved;
use crate::catalog::{Lang, Say};
use crate::import::typed::{self, NotTyped, Part};
use crate::model::entry::{self, open_of_kind, settle_kind, settle_typed};
use crate::model::{Book, Finding, Intent, Key as RecordKey, Record, Write};

/// The most places that are named of a kind.
const PLACES: usize = 12;

/// The ledger as it is written, not as it is shown: a choice is written into the item as printed.
fn book(state: &State) -> Option<Book<'_>> {
    Book::open(&state.ledger, &state.document)
}

fn finding<'a>(state: &'a State, key: &RecordKey) -> Option<&'a Finding> {
    match state.ledger.get(key)?.record.as_ref() {
        Record::Finding(finding) => Some(finding),
        _ => None,
    }
}

/// Settles a doubt: the item as the chosen reading has it, and the choice itself, in one commit.
pub(super) fn settle(state: &State, key: &RecordKey, choice: u16) -> Vec<Effect> {
    let Some((book, finding)) = book(state).zip(finding(state, key)) else { return Vec::new() };
    entry::settle(&book, finding, choice).map(|writes| Effect::Commit(Intent::Settle, writes)).into_iter().collect()
}

/// Opens a settled doubt again.
pub(super) fn reopen(state: &State, key: &RecordKey) -> Vec<Effect> {
    let Some((book, finding)) = book(state).zip(finding(state, key)) else { return Vec::new() };
    entry::reopen(&book, finding).map(|writes| Effect::Commit(Intent::Settle, writes)).into_iter().collect()
}

/// The original to be fetched, where 核对 shows a document whose lines are not there.
pub(super) fn wanted(state: &mut State) -> Option<Effect> {
    if state.screen != Screen::Check {
        return None;
    }
    let sha256 = state.book()?.document().source.sha256.clone();
    if state.checking.sha256 == sha256 && state.checking.original != Original::Unasked {
        return None;
    }
    state.checking.sha256.clone_from(&sha256);
    state.checking.original = Original::Coming;
    Some(Effect::Original(sha256))
}

/// The lines of an original have come, or why they have not.
pub(super) fn take_original(state: &mut State, sha256: &str, lines: Result<Vec<String>, String>) {
    if state.checking.sha256 == sha256 {
        state.checking.original = match lines {
            Ok(lines) => Original::Lines(Arc::new(lines)),
            Err(why) => Original::Missing(why),
        };
    }
}

/// Scrolls the original by half a pane's worth of lines.
pub(super) fn scroll_original(state: &mut State, down: bool) {
    let ((up, most), _) = check_reach(state, &Layout::of(state));
    let by = if down { 4 } else { -4 };
    state.checking.original_by = state.checking.original_by.saturating_add(by).clamp(up.min(0), most.max(0));
}

/// Scrolls the reading.
pub(super) fn scroll_reading(state: &mut State, down: bool) {
    let (_, most) = check_reach(state, &Layout::of(state));
    let by = state.checking.reading_by;
    state.checking.reading_by = if down { by.saturating_add(3).min(most) } else { by.saturating_sub(3) };
}

/// The sheet for what a person reads in the page: the parts of the item, as they would be printed.
pub(super) fn reading_sheet(state: &State, key: &RecordKey) -> Result<Sheet, String> {
    let lang = state.lang();
    let nothing = || lang.say(Say::CheckNoItem).to_owned();
    let found = finding(state, key).ok_or_else(nothing)?;
    let record = as_printed(state, found).ok_or_else(nothing)?;
    let mut sheet = Sheet::new(lang.say(Say::CheckTypedTitle), Purpose::Reading(key.clone()), state.period)
        .note(format!("{}{}{}", lang.say(Say::LabelPrinted), lang.say(Say::Colon), found.printed))
        .note(lang.say(Say::CheckTypedNote));
    let mut areas = Vec::new();
    for (part, text) in typed::parts(&record) {
        match part {
            Part::Area(area) => areas.push(format!("{area}={text}")),
            Part::Text if matches!(record, Record::Task(_)) => sheet = sheet.lines(lang.say(label(&part)), &text),
            part => sheet = sheet.line(lang.say(label(&part)), &text),
        }
    }
    if !areas.is_empty() {
        sheet = sheet.lines(lang.say(Say::LabelQuota), &areas.join("\n"));
        // What is in doubt may stand in any of them: they are read from the first.
        if let Some(Input::Text(field)) = sheet.slots.last_mut().map(|slot| &mut slot.input) {
            field.show_from_top();
        }
    }
    let item = found.item.map(|item| RecordKey::item(&state.document, item));
    sheet.seen = std::iter::once(key.clone()).chain(item).map(|key| (key, None)).collect();
    Ok(sheet)
}

const fn label(part: &Part) -> Say {
    match part {
        Part::Text => Say::LabelText,
        Part::Leaders => Say::LabelLeaders,
        Part::Lead => Say::LabelLead,
        Part::Coop => Say::LabelCoop,
        Part::Deadline => Say::LabelDeadline,
        Part::Total => Say::CheckTotalLabel,
        Part::Area(_) => Say::LabelQuota,
    }
}

/// The item of a doubt as it was read before anything was chosen.
fn as_printed(state: &State, finding: &Finding) -> Option<Record> {
    let record = state.ledger.get(&RecordKey::item(&state.document, finding.item?))?.record.as_ref();
    match &finding.before {
        Some(before) => before.applied_to_record(record),
        None => Some(record.clone()),
    }
}

/// The sheet that asks whether to accept all open doubts of a kind.
pub(super) fn kind_sheet(state: &State, kind: &str) -> Result<Sheet, String> {
    let lang = state.lang();
    let book = book(state).ok_or_else(|| lang.say(Say::NothingOpen).to_owned())?;
    let open = open_of_kind(&book, kind);
    let mut places: Vec<String> = open.iter().take(PLACES).map(|one| one.line.to_string()).collect();
    if open.len() > PLACES {
        places.push(state.glyphs().ellipsis.to_owned());
    }
    let first = open.first().and_then(|one| one.alternatives.first()).map(|one| one.reading.clone());
    let note = lang.fill(Say::CheckKindNote, &[&open.len(), &kind, &places.join(" ")]);
    Ok(Sheet::new(lang.say(Say::CmdSettleKind), Purpose::AcceptKind(kind.to_owned()), state.period)
        .note(note)
        .note(lang.fill(Say::CheckKindFirst, &[&first.unwrap_or_default()]))
        .choice(
            lang.say(Say::CmdSettleKind),
            [Say::CheckKindNo, Say::CheckKindYes].map(|say| lang.say(say).to_owned()).to_vec(),
            0,
        ))
}

/// The writes that saving such a sheet asks for.
pub(super) fn writes(state: &State, sheet: &Sheet) -> Result<Vec<Write>, Unsaved> {
    let Some(book) = book(state) else { return Ok(Vec::new()) };
    let key = match &sheet.purpose {
        Purpose::AcceptKind(kind) if sheet.chosen(0) == 1 => return Ok(settle_kind(&book, kind).0),
        Purpose::Reading(key) => key,
        _ => return Ok(Vec::new()),
    };
    let Some(found) = finding(state, key) else { return Ok(Vec::new()) };
    let Some(record) = as_printed(state, found) else { return Ok(Vec::new()) };
    let typed = typed_parts(state.lang(), sheet, &record)?;
    let year = book.document().year;
    let refused = |why: NotTyped| Unsaved::Refused(not_typed(state.lang(), &why, year));
    let alternative = typed::alternative(&record, &typed, year).map_err(refused)?;
    settle_typed(&book, found, alternative).map_err(|why| Unsaved::Refused(deeds::no_deed(state, why)))
}

/// What the sheet holds, part by part, in the order in which it was made.
fn typed_parts(lang: Lang, sheet: &Sheet, record: &Record) -> Result<Vec<(Part, String)>, Unsaved> {
    let parts = typed::parts(record).into_iter().map(|(part, _)| part);
    let own: Vec<Part> = parts.filter(|part| !matches!(part, Part::Area(_))).collect();
    let mut typed: Vec<(Part, String)> = Vec::new();
    for (at, slot) in sheet.slots.iter().enumerate() {
        let text = match &slot.input {
            Input::Text(field) => field.text(),
            Input::Choice(..) => continue,
        };
        if let Some(part) = own.get(at) {
            typed.push((part.clone(), text));
            continue;
        }
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let pair = line.split_once(['=', '＝']).or_else(|| line.split_once(char::is_whitespace));
            let (area, quota) = pair.ok_or_else(|| Unsaved::Refused(lang.fill(Say::DoubtBadSet, &[&line])))?;
            typed.push((Part::Area(area.trim().to_owned()), quota.trim().to_owned()));
        }
    }
    Ok(typed)
}

fn not_typed(lang: Lang, why: &NotTyped, year: u16) -> String {
    match why {
        NotTyped::NoPart(part) => lang.fill(Say::DoubtNoPart, &[&part.printed()]),
        NotTyped::Twice(part) => lang.fill(Say::DoubtTwice, &[&part.printed()]),
        NotTyped::Empty(part) => lang.fill(Say::DoubtEmpty, &[&part.printed()]),
        NotTyped::NoDay(text) => lang.fill(Say::DateUnreadable, &[text, &year]),
    }
}
