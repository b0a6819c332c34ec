//! `duban bulletin`: the clerk's part of a period's bulletin: shows it, changes it, issues the bulletin, takes it back.

use std::io::{self, Read as _, Write};

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::entry::{issue, put_wording, recall};
use crate::model::{self, Book, Intent, Issued, Period, Wording};
use crate::report::offers::offers;
use crate::report::{What, issue::freeze, make};

use super::args::{Bulletin, WordingArgs};
use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::target::optional_date;
use super::{json, login, pick, words};

/// A file of wording is not longer than this many bytes.
const LARGEST: u64 = 1024 * 1024;

/// The clerk's part, as programs read it.
#[derive(Serialize)]
struct View<'a> {
    period: String,
    #[serde(flatten)]
    wording: &'a Wording,
    issued: Option<IssuedView>,
}

#[derive(Serialize)]
struct IssuedView {
    on: String,
    seq: String,
    hash: String,
    sha256: String,
}

pub(super) fn run(session: &Session, args: &Bulletin) -> Result<Exit, Stop> {
    if args.issue || args.recall || args.wording.is_given() {
        return change(session, args);
    }
    let lang = session.lang;
    let desk = session.read_in(args.period.as_deref())?;
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    if args.offer {
        let offered = offers(&book, period, lang);
        if offered.is_empty() {
            return Err(Stop::new(Exit::Nothing, lang.say(Say::CliNoOffers), lang.say(Say::CliNoOffersTodo)));
        }
        return batch::say(session, &offered.join("\n"));
    }
    show(session, &book, period, args.json)
}

fn change(session: &Session, args: &Bulletin) -> Result<Exit, Stop> {
    let lang = session.lang;
    // Read before the ledger is held: standard input may take its time.
    let opening = args.wording.opening.as_deref().map(|typed| text(session, typed)).transpose()?;
    let next = args.wording.next.as_deref().map(|typed| text(session, typed)).transpose()?;
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let name = lang.period(period);
    let (intent, said, writes) = if args.issue {
        let today = pick::today(session, &book);
        // What is issued has the names of its period; what is written stands on the ledger itself.
        let named = session.named_as_in(&ledger, args.period.as_deref());
        let shown = named.as_ref().map_or(Ok(book), |named| pick::book(session, named))?;
        let made = make(&shown, &What::Fresh, period, today, lang);
        let (kept, sha256) = freeze(&made).map_err(|error| {
            Stop::new(Exit::Store, lang.fill(Say::CliOurFault, &[&error]), lang.say(Say::CliOurFaultTodo))
        })?;
        (Intent::Issue, Say::CliBulletinIssued, issue(&book, period, today, &kept, sha256))
    } else if args.recall {
        (Intent::Recall, Say::CliBulletinRecalled, recall(&book, period))
    } else {
        let wording =
            Wording { opening: opening.unwrap_or_default(), next: next.unwrap_or_default(), ..Wording::default() };
        let given = (&args.wording, wording);
        let wording = worded(session, &book, book.wording(period), given)?;
        (Intent::Bulletin, Say::CliBulletinPut, put_wording(&book, period, &wording))
    };
    let writes = writes.map_err(|why| Stop::no_deed(lang, &name, why))?;
    let deed = Deed { about: name.clone(), writes, doubts: Vec::new() };
    batch::single(session, &mut desk, intent, deed, |seq| lang.fill(said, &[&name, &seq]))
}

impl WordingArgs {
    fn is_given(&self) -> bool {
        let texts = [
            &self.name,
            &self.number,
            &self.title,
            &self.to,
            &self.opening,
            &self.next,
            &self.signature,
            &self.signed_on,
            &self.note,
            &self.copied_to,
            &self.printed_by,
            &self.printed_on,
        ];
        texts.into_iter().any(Option::is_some)
    }
}

/// The wording as it was with what is given put in; `read` holds the long texts, read from where they are.
fn worded(
    session: &Session,
    book: &Book<'_>,
    was: Wording,
    (args, read): (&WordingArgs, Wording),
) -> Result<Wording, Stop> {
    let line = |typed: &Option<String>, was: String| typed.as_deref().map_or(was, |typed| session.line(typed));
    let day = |typed: &Option<String>, was| match typed.as_deref() {
        Some(typed) => optional_date(session, book, typed),
        None => Ok(was),
    };
    Ok(Wording {
        name: line(&args.name, was.name),
        number: line(&args.number, was.number),
        title: line(&args.title, was.title),
        addressees: line(&args.to, was.addressees),
        opening: if args.opening.is_some() { read.opening } else { was.opening },
        next: if args.next.is_some() { read.next } else { was.next },
        signature: line(&args.signature, was.signature),
        signed_on: day(&args.signed_on, was.signed_on)?,
        note: line(&args.note, was.note),
        copied_to: line(&args.copied_to, was.copied_to),
        printed_by: line(&args.printed_by, was.printed_by),
        printed_on: day(&args.printed_on, was.printed_on)?,
    })
}

/// A long text as typed; of `@FILE` what the file holds, of `@-` what comes in.
fn text(session: &Session, typed: &str) -> Result<String, Stop> {
    let lang = session.lang;
    let Some(from) = typed.strip_prefix('@') else { return Ok(session.lines(typed)) };
    if session.restricted && from != "-" {
        return Err(login::refuse(lang, typed));
    }
    let path = std::path::Path::new(from);
    let mut bytes = Vec::new();
    let read = if from == "-" {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Stop::file(lang, path, &error))?;
    if bytes.len() as u64 > LARGEST {
        let what = lang.fill(Say::CliBatchTooLarge, &[&words::path(path), &LARGEST]);
        return Err(Stop::input(what, lang.say(Say::CliFileTroubleTodo)));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        Stop::input(lang.fill(Say::CliBatchNotUtf8, &[&words::path(path)]), lang.say(Say::CliFileNotUtf8Todo))
    })?;
    Ok(session.lines(&text))
}

fn show(session: &Session, book: &Book<'_>, period: Period, as_json: bool) -> Result<Exit, Stop> {
    let lang = session.lang;
    let wording = book.wording(period);
    let issued = book.bulletin(period).and_then(|(bulletin, _): (&model::Bulletin, _)| bulletin.issued);
    let mut out = session.out();
    let done = if as_json {
        let view = |issued: Issued| IssuedView {
            on: issued.on.to_string(),
            seq: issued.from.seq.to_string(),
            hash: issued.from.hash.to_string(),
            sha256: issued.sha256.to_string(),
        };
        json(&mut out, &View { period: period.to_string(), wording: &wording, issued: issued.map(view) })
    } else {
        fields(lang, period, &wording, issued)
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .try_for_each(|(say, text)| words::field(&mut out, lang.say(*say), text))
            .and_then(|()| out.flush())
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

fn fields(lang: Lang, period: Period, wording: &Wording, issued: Option<Issued>) -> [(Say, String); 14] {
    let state = match issued {
        None => lang.say(Say::CliNotIssued).to_owned(),
        Some(issued) => lang.fill(Say::CliIssuedOn, &[&issued.on, &issued.from.seq, &issued.from.hash]),
    };
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        (Say::CliHeadPeriod, lang.period(period)),
        (Say::CliHeadIssued, state),
        (Say::CliHeadMasthead, wording.name.clone()),
        (Say::CliHeadNumber, wording.number.clone()),
        (Say::CliHeadTitle, wording.title.clone()),
        (Say::CliHeadAddressees, wording.addressees.clone()),
        (Say::CliHeadOpening, wording.opening.clone()),
        (Say::CliHeadRequirements, wording.next.clone()),
        (Say::CliHeadSignature, wording.signature.clone()),
        (Say::CliHeadSignedOn, day(wording.signed_on)),
        (Say::CliHeadRemark, wording.note.clone()),
        (Say::CliHeadCopied, wording.copied_to.clone()),
        (Say::CliHeadPrintedBy, wording.printed_by.clone()),
        (Say::CliHeadPrintedOn, day(wording.printed_on)),
    ]
}
