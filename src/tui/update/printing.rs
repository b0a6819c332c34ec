//! 打印: what, for whom, in which format, where to; on any screen. And the sheets that issue a bulletin and take it back.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::deed::{Focus, Screen};
use super::super::sheet::{Choices, Input, Purpose, Sheet};
use super::super::state::{Popup, State};
use super::super::work::{Order, To};
use super::sheet::Unsaved;
use super::{Effect, deeds};
use crate::catalog::{Lang, Say};
use crate::model::entry::{NoDeed, issue, recall};
use crate::model::{Book, Write};
use crate::output::printer::{NotPrinted, Printer, Sides};
use crate::output::save::file_name;
use crate::render::Format;
use crate::report::{For, What, freeze, make};
use crate::text::typed_date;

/// The slots of the sheet, from the top.
const WHAT: usize = 0;
const WHOM: usize = 1;
const FORMAT: usize = 2;
const TO: usize = 3;
const FILE: usize = 4;
const SIDES: usize = 5;
const COPIES: usize = 6;
const SINCE: usize = 7;
/// Of WHAT, the chase slips.
const SLIPS: usize = 2;

/// What can be printed, in the order of the choice.
const KINDS: [Say; 6] = [
    Say::ReportKindBulletin,
    Say::ReportKindPage,
    Say::ReportKindSlips,
    Say::ReportKindBreakdown,
    Say::ReportKindMatrix,
    Say::ReportKindChanges,
];
/// Before the printers in the choice of where to: a file, the screen.
const PLACES: usize = 2;

/// Opens the sheet for what is under the cursor, and asks which printers there are.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let Some(book) = state.book() else { return Vec::new() };
    let lang = state.lang();
    let items = if state.in_pane() { Vec::new() } else { state.chosen() };
    let whom = whom(state, &book);
    let about = items.first().and_then(|item| book.title(*item)).map(|title| {
        let title: String = title.chars().take(16).collect();
        if items.len() > 1 { lang.fill(Say::PrintMarked, &[&items.len()]) } else { title }
    });
    let names = whom.iter().map(|of| named(of, lang)).chain(about).collect();
    let kind = match state.screen {
        Screen::Matrix => 4,
        Screen::Tasks if state.focus != Focus::List => 1,
        Screen::Log => 5,
        _ if state.board_here().is_some_and(|board| board.of != For::All) => 1,
        _ => 0,
    };
    let chosen = usize::from(kind == 1 && whom.len() > 1);
    let say = |what: Say| lang.say(what).to_owned();
    let sheet =
        Sheet::new(say(Say::CmdPrint), Purpose::Print(Choices { whom, items, printers: Vec::new() }), state.period)
            .note(lang.say(Say::PrintLooking))
            .choice(say(Say::PrintWhat), KINDS.map(say).to_vec(), kind)
            .choice(say(Say::PrintWhom), names, chosen)
            .choice(say(Say::PrintFormat), Format::ALL.map(|format| format.ending().to_owned()).to_vec(), 5)
            .choice(say(Say::PrintTo), vec![say(Say::PrintToFile), say(Say::PrintToScreen)], 0)
            .line(say(Say::PrintFile), "")
            .choice(say(Say::PrintSides), vec![say(Say::PrintBoth), say(Say::PrintOne)], 0)
            .replaceable(say(Say::PrintCopies), "1")
            .line(say(Say::PrintSince), &super::asking::shown_day(since(state)));
    state.popups.push(Popup::Sheet(Box::new(sheet)));
    vec![Effect::Printers]
}

/// For whom, as the cursor stands: everybody, then whoever is there.
fn whom(state: &State, book: &Book<'_>) -> Vec<For> {
    let mut whom = vec![For::All];
    let mut add = |of: For| {
        if !whom.contains(&of) {
            whom.push(of);
        }
    };
    if let Some(board) = state.board_here() {
        add(board.of.clone());
    }
    match (state.screen, state.focus) {
        (Screen::Tasks, Focus::Leaders) => {
            if let Some(tally) = state.leaders.at.checked_sub(1).and_then(|at| state.cache.leaders.get(at)) {
                add(For::Leader(Arc::clone(&tally.name)));
            }
        }
        (Screen::Tasks, Focus::Units) => {
            if let Some(tally) = state.units.at.checked_sub(1).and_then(|at| state.cache.units.get(at)) {
                add(For::Unit(Arc::clone(&tally.name)));
            }
        }
        (Screen::Matrix, _) => {
            if let Some(area) = state.area().filter(|area| book.document().areas.contains(area)) {
                add(For::Area(area));
            }
        }
        _ => {}
    }
    if let Some(item) = state.item().filter(|_| !state.in_pane()) {
        if let Some(task) = book.task(item) {
            task.leaders.iter().for_each(|leader| add(For::Leader(Arc::clone(leader))));
        }
        book.lead_units(item).iter().for_each(|unit| add(For::Unit(Arc::clone(unit))));
    }
    whom
}

fn named(of: &For, lang: Lang) -> String {
    match of {
        For::All => lang.say(Say::PrintForAll).to_owned(),
        For::Leader(name) | For::Unit(name) | For::Area(name) => name.to_string(),
    }
}

/// The first day of the period shown.
fn since(state: &State) -> Option<chrono::NaiveDate> {
    match state.period.previous() {
        Some(before) => before.end().succ_opt(),
        None => chrono::NaiveDate::from_ymd_opt(i32::from(state.period.year()), 1, 1),
    }
}

/// The printers have been listed: they stand behind the file and the screen. None is chosen: printing is a choice of its own.
pub(super) fn take_printers(state: &mut State, found: &Result<Vec<Printer>, NotPrinted>) {
    let lang = state.lang();
    let Some(sheet) = super::sheet::open(state) else { return };
    let Purpose::Print(choices) = &mut sheet.purpose else { return };
    let (printers, note) = match found {
        Ok(printers) if printers.is_empty() => (Vec::new(), lang.say(Say::CliNoPrinter).to_owned()),
        Ok(printers) => {
            let told = printers
                .iter()
                .map(|one| if one.state.is_empty() { one.name.clone() } else { format!("{} {}", one.name, one.state) });
            (
                printers.clone(),
                lang.fill(Say::PrintersFound, &[&told.collect::<Vec<_>>().join(lang.say(Say::ReportClauseJoin))]),
            )
        }
        Err(_) => (Vec::new(), lang.say(Say::CliNoLp).to_owned()),
    };
    choices.printers = printers.iter().map(|printer| printer.name.clone()).collect();
    if let Some(Input::Choice(words, _)) = sheet.slots.get_mut(TO).map(|slot| &mut slot.input) {
        words.truncate(PLACES);
        words.extend(choices.printers.iter().cloned());
    }
    sheet.notes = vec![note, lang.say(Say::PrintFileEmpty).to_owned()];
}

/// Carries the sheet out: shows the pages, or orders the file or the print.
pub(super) fn go(state: &mut State) -> Vec<Effect> {
    match order(state) {
        Ok((what, None)) => {
            state.popups.pop();
            super::navigate::perform(state, super::Deed::Go(Screen::Bulletin));
            // What the screen does not know yet of what changed comes with the history.
            let history = matches!(what, What::Changes(..)).then_some(Effect::History);
            (state.shown, state.scroll) = (what, 0);
            history.into_iter().collect()
        }
        Ok((what, Some((format, to)))) => {
            state.popups.pop();
            state.say(state.lang().say(Say::PrintMaking), true);
            let order = Order {
                document: state.document.clone(),
                what,
                period: state.period,
                today: state.setup.today,
                format,
                to,
            };
            vec![Effect::Report(Box::new(order))]
        }
        Err(problem) => {
            if let Some(sheet) = super::sheet::open(state) {
                sheet.problem = Some(problem);
            }
            Vec::new()
        }
    }
}

type Asked = (What, Option<(Format, To)>);

fn order(state: &State) -> Result<Asked, String> {
    let lang = state.lang();
    let nothing = || lang.say(Say::PrintNothing).to_owned();
    let Some(Popup::Sheet(sheet)) = state.popups.last() else { return Err(nothing()) };
    let Purpose::Print(choices) = &sheet.purpose else { return Err(nothing()) };
    let book = state.book().ok_or_else(nothing)?;
    let at = sheet.chosen(WHOM);
    let of = choices.whom.get(at).cloned();
    // Behind the names stand the items under the cursor: slips for these alone.
    let items = of.is_none().then(|| choices.items.clone());
    if items.is_some() && sheet.chosen(WHAT) != SLIPS {
        // Nothing else is made of one item: the whole would come instead.
        return Err(lang.say(Say::PrintItemSlips).to_owned());
    }
    let of = of.unwrap_or(For::All);
    let what = match sheet.chosen(WHAT) {
        0 if of == For::All => What::Bulletin,
        0 | 1 => What::Page(of),
        SLIPS => What::Slips(of, items),
        3 => What::Breakdown(of),
        4 => What::Matrix(of),
        _ => {
            let day = typed_date(&sheet.text(SINCE), i32::from(state.period.year()))
                .ok_or_else(|| lang.fill(Say::PrintBadDay, &[&sheet.text(SINCE)]))?;
            state.changes_since(day)
        }
    };
    let format = Format::ALL.get(sheet.chosen(FORMAT)).copied().unwrap_or(Format::Pdf);
    let to = match sheet.chosen(TO) {
        0 if state.setup.restricted => return Err(lang.say(Say::PrintNoFiles).to_owned()),
        0 => {
            let typed = sheet.text(FILE).trim().to_owned();
            if typed.is_empty() {
                let name = file_name(&book, &what, state.period, format);
                return Ok((what, Some((format, To::File(name.into())))));
            }
            let (format, file) = named_file(PathBuf::from(typed), format, lang)?;
            return Ok((what, Some((format, To::File(file)))));
        }
        1 => return Ok((what, None)),
        printer => {
            if !matches!(format, Format::Txt | Format::Pdf) {
                return Err(lang.fill(Say::CliPrintFormat, &[&format.ending()]));
            }
            let copies = sheet.text(COPIES).trim().parse().ok().filter(|copies| (1..=99).contains(copies));
            let copies = copies.ok_or_else(|| lang.fill(Say::PrintBadCopies, &[&sheet.text(COPIES)]))?;
            let sides = if sheet.chosen(SIDES) == 0 { Sides::Both } else { Sides::One };
            To::Printer { name: choices.printers.get(printer - PLACES).cloned(), sides, copies }
        }
    };
    Ok((what, Some((format, to))))
}

/// A typed file with the format that its name says, as on the command line; a name that says none gets that of the chosen one.
fn named_file(file: PathBuf, chosen: Format, lang: Lang) -> Result<(Format, PathBuf), String> {
    match file.extension().map(|ending| ending.to_string_lossy().into_owned()) {
        None => Ok((chosen, file.with_extension(chosen.ending()))),
        Some(ending) => match Format::of_ending(&ending) {
            Some(format) => Ok((format, file)),
            None => Err(lang.fill(Say::CliNoReportFormat, &[&ending])),
        },
    }
}

/// The sheet that asks whether to issue the bulletin.
pub(super) fn issue_sheet(state: &State, book: &Book<'_>) -> Result<Sheet, String> {
    let lang = state.lang();
    if book.bulletin(state.period).is_some_and(|(bulletin, _)| bulletin.issued.is_some()) {
        return Err(deeds::no_deed(state, NoDeed::Issued));
    }
    let note = lang.fill(Say::IssueAbout, &[&lang.period(state.period), &book.ledger().head().seq]);
    Ok(Sheet::new(lang.say(Say::CmdIssue), Purpose::Issue, state.period).note(note).choice(
        lang.say(Say::CmdIssue),
        [Say::IssueNo, Say::IssueYes].map(|say| lang.say(say).to_owned()).to_vec(),
        0,
    ))
}

/// The sheet that asks whether to take an issue back.
pub(super) fn recall_sheet(state: &State, book: &Book<'_>) -> Result<Sheet, String> {
    let lang = state.lang();
    if book.bulletin(state.period).is_none_or(|(bulletin, _)| bulletin.issued.is_none()) {
        return Err(deeds::no_deed(state, NoDeed::NotIssued));
    }
    Ok(Sheet::new(lang.say(Say::CmdRecall), Purpose::Recall, state.period)
        .note(lang.fill(Say::RecallAbout, &[&lang.period(state.period)]))
        .choice(
            lang.say(Say::CmdRecall),
            [Say::RecallNo, Say::RecallYes].map(|say| lang.say(say).to_owned()).to_vec(),
            0,
        ))
}

/// The writes that issue a bulletin as it stands, or take an issue back; none where the answer is no.
pub(super) fn writes(state: &State, book: &Book<'_>, sheet: &Sheet) -> Result<Vec<Write>, Unsaved> {
    if sheet.chosen(0) == 0 {
        return Ok(Vec::new());
    }
    let period = sheet.period;
    let writes = if sheet.purpose == Purpose::Recall {
        recall(book, period)
    } else {
        let today = state.setup.today;
        let made = make(book, &What::Fresh, period, today, state.lang());
        let (kept, sha256) = freeze(&made).map_err(|error| Unsaved::Refused(error.to_string()))?;
        issue(book, period, today, &kept, sha256)
    };
    writes.map_err(|why| Unsaved::Refused(deeds::no_deed(state, why)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_typed_name_is_the_format() {
        let named = |file: &str| named_file(PathBuf::from(file), Format::Pdf, Lang::Zh);
        assert_eq!(named("通报.txt"), Ok((Format::Txt, PathBuf::from("通报.txt"))));
        assert_eq!(named("通报"), Ok((Format::Pdf, PathBuf::from("通报.pdf"))));
        assert!(named("a.xyz").unwrap_err().contains("xyz"));
    }
}
