//! `duban doubts`: what the reading left open, and settling it.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::catalog::{Lang, Say};
use crate::import::typed::{self, NotTyped, Part};
use crate::model::entry::{reopen, settle, settle_kind, settle_typed};
use crate::model::{Book, Finding, Intent, Key, Record};
use crate::report::doubt::sum_of;
use crate::report::figures::number;
use crate::report::json::DoubtView;

use super::args::{Doubts, Format};
use super::fail::{Exit, Stop};
use super::out::Out;
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{batch, format, json, pick, words};

pub(super) fn run(session: &Session, args: &Doubts) -> Result<Exit, Stop> {
    if let Some([place, choice]) = args.settle.as_deref() {
        return decide(session, place, choice);
    }
    if let Some(kind) = &args.accept {
        return accept(session, kind);
    }
    if let Some(place) = &args.read {
        return read(session, place, &args.set);
    }
    if let Some(place) = &args.reopen {
        return open_again(session, place);
    }
    let lang = session.lang;
    let desk = session.read()?;
    let book = pick::book(session, &desk.ledger)?;
    let kind = args.kind.as_deref().map(|typed| kind(session, &book, typed)).transpose()?;
    let found: Vec<&Finding> = book
        .findings()
        .filter(|finding| args.all || finding.is_open())
        .filter(|finding| kind.as_ref().is_none_or(|kind| finding.kind() == kind))
        .collect();
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => json(&mut out, &found.iter().map(|finding| DoubtView::of(finding)).collect::<Vec<_>>()),
        Format::Table => for_people(&book, &found, lang, &mut out),
        other => table(&book, &found, lang).print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

/// The one kind of doubts that a word names: whole, or a part of it.
fn kind(session: &Session, book: &Book<'_>, typed: &str) -> Result<String, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    let kinds: BTreeSet<&str> = book.findings().filter(|finding| finding.asks()).map(Finding::kind).collect();
    let fits: Vec<&str> = match kinds.get(typed.as_str()) {
        Some(kind) => vec![kind],
        None => kinds.iter().copied().filter(|kind| !typed.is_empty() && kind.contains(&typed)).collect(),
    };
    match fits.as_slice() {
        [one] => Ok((*one).to_owned()),
        several => {
            let known: Vec<&str> = if several.is_empty() { kinds.into_iter().collect() } else { several.to_vec() };
            let todo = lang.fill(Say::CliCandidates, &[&known.join(lang.say(Say::Names))]);
            Err(Stop::new(Exit::Nothing, lang.fill(Say::NoDoubtKind, &[&typed]), todo))
        }
    }
}

/// Accepts the first reading of all open doubts of a kind.
fn accept(session: &Session, typed: &str) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut desk = session.write()?;
    let book = pick::book(session, &desk.ledger)?;
    let kind = kind(session, &book, typed)?;
    let (writes, count) = settle_kind(&book, &kind);
    if writes.is_empty() {
        return batch::say(session, &lang.fill(Say::CliNothingChanged, &[&kind]));
    }
    let seq = desk.commit(session, Intent::Settle, None, writes)?;
    batch::say(session, &lang.fill(Say::DoubtsAccepted, &[&count, &kind, &seq]))
}

/// Settles a doubt by what is typed: `FIELD=TEXT`, as often as there are fields.
fn read(session: &Session, place: &str, set: &[String]) -> Result<Exit, Stop> {
    let lang = session.lang;
    let place = session.line(place);
    let mut typed = Vec::new();
    for one in set {
        let one = session.line(one);
        let (field, text) = one
            .split_once(['=', '＝'])
            .ok_or_else(|| Stop::input(lang.fill(Say::DoubtBadSet, &[&one]), lang.say(Say::DoubtBadSetTodo)))?;
        typed.push((Part::named(field), text.trim().to_owned()));
    }
    let mut desk = session.write()?;
    let book = pick::book(session, &desk.ledger)?;
    let finding = found(session, &book, &place)?;
    let item = finding.item.and_then(|item| book.ledger().get(&Key::item(book.id(), item)));
    let item = item.ok_or_else(|| {
        Stop::new(Exit::Refused, lang.fill(Say::DoubtNoItem, &[&place]), lang.say(Say::DoubtNoItemTodo))
    })?;
    let as_printed = finding.before.as_ref().and_then(|before| before.applied_to_record(&item.record));
    let record = as_printed.as_ref().unwrap_or(&item.record);
    let year = book.document().year;
    let alternative = typed::alternative(record, &typed, year).map_err(|why| not_typed(lang, record, &why))?;
    let reading = alternative.reading.clone();
    let writes = settle_typed(&book, finding, alternative).map_err(|why| Stop::no_deed(lang, &place, why))?;
    let seq = desk.commit(session, Intent::Settle, None, writes)?;
    batch::say(session, &lang.fill(Say::CliSettled, &[&place, &reading, &seq]))
}

/// Why what was typed of an item cannot be read, and which fields it has.
fn not_typed(lang: Lang, record: &Record, why: &NotTyped) -> Stop {
    let (say, part) = match why {
        NotTyped::NoPart(part) => (Say::DoubtNoPart, part),
        NotTyped::Twice(part) => (Say::DoubtTwice, part),
        NotTyped::Empty(part) => (Say::DoubtEmpty, part),
        NotTyped::NoDay(text) => {
            return Stop::input(lang.fill(Say::CliBadDate, &[text]), lang.say(Say::CliBadDateTodo));
        }
    };
    let known: Vec<String> = typed::parts(record).iter().map(|(part, _)| part.printed().to_owned()).collect();
    Stop::input(lang.fill(say, &[&part.printed()]), lang.fill(Say::CliCandidates, &[&known.join(" ")]))
}

/// Opens a settled doubt again.
fn open_again(session: &Session, place: &str) -> Result<Exit, Stop> {
    let lang = session.lang;
    let place = session.line(place);
    let mut desk = session.write()?;
    let book = pick::book(session, &desk.ledger)?;
    let finding = found(session, &book, &place)?;
    match reopen(&book, finding) {
        None => batch::say(session, &lang.fill(Say::CliNothingChanged, &[&place])),
        Some(writes) => {
            let seq = desk.commit(session, Intent::Settle, None, writes)?;
            batch::say(session, &lang.fill(Say::DoubtReopened, &[&place, &seq]))
        }
    }
}

/// The doubt at a place.
fn found<'a>(session: &Session, book: &Book<'a>, place: &str) -> Result<&'a Finding, Stop> {
    let lang = session.lang;
    at(book, place)
        .ok_or_else(|| Stop::new(Exit::Nothing, lang.fill(Say::CliNoDoubt, &[&place]), lang.say(Say::CliNoDoubtTodo)))
}

/// What is open or was corrected, and how it is read, in a sentence.
pub(super) fn sentence(lang: Lang, finding: &Finding) -> String {
    let state = match finding.settled {
        Some(_) => lang.say(Say::CliDoubtSettled),
        None if finding.is_open() => lang.say(Say::CliDoubtOpen),
        None => lang.confidence(finding.confidence),
    };
    lang.fill(Say::CliDoubtSentence, &[&finding.line, &finding.no, &finding.what, &reading(finding), &state])
}

/// The reading that holds: the chosen alternative's, once there is one.
fn reading(finding: &Finding) -> &str {
    let chosen = finding.settled.and_then(|choice| finding.alternatives.get(usize::from(choice)));
    chosen.map_or(&finding.reading, |alternative| &alternative.reading)
}

fn for_people(book: &Book<'_>, found: &[&Finding], lang: Lang, out: &mut Out) -> io::Result<()> {
    if found.is_empty() {
        writeln!(out, "{}", lang.say(Say::CliNoDoubts))?;
    }
    for finding in found {
        let item = finding.item.map(|key| number(book, key)).unwrap_or_default();
        let record = finding.item.and_then(|item| book.ledger().get(&Key::item(book.id(), item)));
        let record = record.map(|entry| &entry.record);
        let head = format!("{}.{}  {item}  {}", finding.line, finding.no, finding.what);
        writeln!(out, "{}", out.bold(&head))?;
        words::field(out, lang.say(Say::CliHeadPrinted), &finding.printed)?;
        words::field(out, lang.say(Say::CliHeadReading), &finding.reading)?;
        words::field(out, lang.say(Say::CliHeadWhy), &finding.why)?;
        for (at, alternative) in finding.alternatives.iter().enumerate() {
            let mark = if finding.settled.map(usize::from) == Some(at) { "✓" } else { "" };
            let text = format!("{} {mark}", alternative.reading);
            words::field(out, &lang.fill(Say::CliChoice, &[&(at + 1)]), text.trim_end())?;
            words::field(out, "", &alternative.why)?;
            if let Some(sum) = record.and_then(|record| sum_of(finding, at, record)) {
                let say = if sum.agrees { Say::DoubtSumAgrees } else { Say::DoubtSumDiffers };
                words::field(out, "", &lang.fill(say, &[&sum.text]))?;
            }
        }
        if finding.is_open() {
            words::field(out, "", &lang.fill(Say::CliSettleHint, &[&finding.line, &finding.no]))?;
        }
        writeln!(out)?;
    }
    let asked = book.findings().filter(|finding| finding.asks());
    let (settled, all) = asked.fold((0, 0), |(settled, all), one| (settled + usize::from(!one.is_open()), all + 1));
    writeln!(out, "{}", lang.fill(Say::DoubtProgress, &[&settled, &all]))?;
    out.flush()
}

fn table(book: &Book<'_>, found: &[&Finding], lang: Lang) -> Table {
    let columns = vec![
        Column::new("place", Say::CliHeadPlace),
        Column::new("key", Say::CliHeadKey),
        Column::new("no", Say::CliHeadNo),
        Column::new("what", Say::CliHeadWhat),
        Column::new("reading", Say::CliHeadReading),
        Column::new("alternatives", Say::CliHeadAlternatives),
        Column::new("confidence", Say::CliHeadConfidence),
        Column::new("settled", Say::CliHeadSettled),
    ];
    let row = |finding: &&Finding| {
        let readings: Vec<&str> = finding.alternatives.iter().map(|one| one.reading.as_str()).collect();
        vec![
            Cell::new(format!("{}.{}", finding.line, finding.no)),
            Cell::new(finding.item.map(|key| key.to_string()).unwrap_or_default()),
            Cell::new(finding.item.map(|key| number(book, key)).unwrap_or_default()),
            Cell::new(finding.what.clone()),
            Cell::new(reading(finding)),
            Cell::new(readings.join(" | ")),
            Cell::word(Lang::Zh.confidence(finding.confidence), lang.confidence(finding.confidence)),
            match finding.settled {
                Some(choice) => Cell::word(choice.to_string(), (choice + 1).to_string()),
                None => Cell::new(String::new()),
            },
        ]
    };
    Table { columns, rows: found.iter().map(row).collect() }
}

/// Settles the doubt at `place` (`843.1`, or `843` where the line has one) by its alternative `choice`, from 1.
fn decide(session: &Session, place: &str, choice: &str) -> Result<Exit, Stop> {
    let lang = session.lang;
    let (place, choice) = (session.line(place), session.line(choice));
    let mut desk = session.write()?;
    let book = pick::book(session, &desk.ledger)?;
    let finding = found(session, &book, &place)?;
    let index = choice.parse::<u16>().ok().and_then(|number| number.checked_sub(1));
    let writes = index.and_then(|index| settle(&book, finding, index)).ok_or_else(|| {
        let count = finding.alternatives.len();
        Stop::input(lang.fill(Say::CliNoChoice, &[&place, &choice]), lang.fill(Say::CliNoChoiceTodo, &[&count]))
    })?;
    let chosen = index.and_then(|index| finding.alternatives.get(usize::from(index)));
    let reading = chosen.map(|alternative| alternative.reading.clone()).unwrap_or_default();
    let same = finding.settled == index;
    let mut out = session.out();
    let said = if same {
        lang.fill(Say::CliNothingChanged, &[&place])
    } else {
        let seq = desk.commit(session, Intent::Settle, None, writes)?;
        lang.fill(Say::CliSettled, &[&place, &reading, &seq])
    };
    writeln!(out, "{said}").and_then(|()| out.flush()).map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

fn at<'a>(book: &Book<'a>, place: &str) -> Option<&'a Finding> {
    let mut on_line = book.findings().filter(|finding| !finding.alternatives.is_empty());
    if let Some((line, no)) = place.split_once('.') {
        let (line, no): (u32, u16) = (line.parse().ok()?, no.parse().ok()?);
        return on_line.find(|finding| (finding.line, finding.no) == (line, no));
    }
    let line: u32 = place.parse().ok()?;
    let mut found = on_line.filter(|finding| finding.line == line);
    let one = found.next();
    if found.next().is_some() { None } else { one }
}
