//! `duban request` and `duban decide`: asking for a later deadline, other content, an end or a closure; granting and refusing.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::entry;
use crate::model::{Book, Intent, ItemKey, Outcome, RequestKind};
use crate::report::json::{RequestView, requests};

use super::args::{Decide, Format, Request};
use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{figure, format, json, pick};

/// A request with the item it is about, as programs read it.
#[derive(Serialize)]
pub(super) struct Asked {
    key: String,
    #[serde(flatten)]
    view: RequestView,
}

pub(super) fn run(session: &Session, args: &Request) -> Result<Exit, Stop> {
    let lang = session.lang;
    let (Some(key), Some(kind)) = (&args.key, args.kind) else { return list(session, args) };
    let kind = RequestKind::from(kind);
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let item = pick::one_item(session, &book, key)?.key();
    let period = pick::period(session, &book, args.period.as_deref())?;
    let until = args.until.as_deref().map(|typed| figure::date(session, &book, typed)).transpose()?;
    let reason = session.lines(args.reason.as_deref().unwrap_or_default());
    let writes =
        entry::ask(&book, item, period, (kind, &reason, until)).map_err(|why| Stop::no_deed(lang, &item, why))?;
    let no = book.requests(item).map(|(no, _, _)| no).last().unwrap_or(0).saturating_add(1);
    let name = format!("{item}/{no}");
    let deed = Deed { about: name.clone(), writes, doubts: Vec::new() };
    let told = |seq| lang.fill(Say::CliAsked, &[&name, &lang.request_kind(kind), &seq]);
    batch::single(session, &mut desk, Intent::Ask, deed, told)
}

pub(super) fn decide(session: &Session, args: &Decide) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let item = pick::one_item(session, &book, &args.key)?.key();
    let until = args.until.as_deref().map(|typed| figure::date(session, &book, typed)).transpose()?;
    let approver = session.line(args.approver.as_deref().unwrap_or_default());
    let outcome = match (&args.grant, &args.refuse) {
        (_, Some(note)) => Outcome::Refused { approver, note: session.lines(note) },
        (note, None) => {
            let note = note.as_ref().and_then(Option::as_deref).unwrap_or_default();
            Outcome::Granted { approver, note: session.lines(note) }
        }
    };
    let said = lang.outcome(&outcome);
    let name = format!("{item}/{}", args.no);
    let writes = entry::decide(&book, item, args.no, outcome, until).map_err(|why| Stop::no_deed(lang, &name, why))?;
    let kind = book.requests(item).find(|(no, _, _)| *no == args.no).map(|(_, request, _)| request.kind);
    let kind = kind.map(|kind| lang.request_kind(kind)).unwrap_or_default();
    let deed = Deed { about: name.clone(), writes, doubts: Vec::new() };
    let told = |seq| lang.fill(Say::CliDecided, &[&name, &kind, &said, &seq]);
    batch::single(session, &mut desk, Intent::Decide, deed, told)
}

fn list(session: &Session, args: &Request) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read_in(None)?;
    let book = pick::book(session, &desk.ledger)?;
    let views = match &args.key {
        Some(key) => views(&book, pick::one_item(session, &book, key)?.key()),
        None => open(&book),
    };
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => json(&mut out, &views),
        other => table(&views, lang).print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if views.is_empty() {
        return Err(Stop::new(Exit::Nothing, lang.say(Say::CliNoRequests), lang.say(Say::CliNoRequestsTodo)));
    }
    Ok(Exit::Done)
}

/// The requests that wait for a decision.
fn open(book: &Book<'_>) -> Vec<Asked> {
    let items: BTreeSet<ItemKey> = book.open_requests().map(|(item, _, _)| item).collect();
    let asked = items.into_iter().flat_map(|item| views(book, item));
    asked.filter(|asked| asked.view.outcome == "asked").collect()
}

/// The requests about an item.
pub(super) fn views(book: &Book<'_>, item: ItemKey) -> Vec<Asked> {
    requests(book, item).into_iter().map(|view| Asked { key: item.to_string(), view }).collect()
}

/// A table of requests.
pub(super) fn table(views: &[Asked], lang: Lang) -> Table {
    let columns = vec![
        Column::new("key", Say::CliHeadKey),
        Column::new("no", Say::CliHeadNo),
        Column::new("kind", Say::CliHeadRequest),
        Column::new("outcome", Say::CliHeadOutcome),
        Column::new("until", Say::CliHeadDeadline),
        Column::new("since", Say::CliHeadPeriod),
        Column::new("reason", Say::CliHeadReason),
        Column::new("approver", Say::CliHeadApprover),
        Column::new("note", Say::CliHeadNote),
    ];
    let row = |asked: &Asked| {
        let view = &asked.view;
        let shown = lang.say(match view.outcome {
            "granted" => Say::OutcomeGranted,
            "refused" => Say::OutcomeRefused,
            _ => Say::OutcomeAsked,
        });
        let kind = match view.kind {
            RequestKind::Extend => "extend",
            RequestKind::Adjust => "adjust",
            RequestKind::Stop => "stop",
            RequestKind::Close => "close",
        };
        vec![
            Cell::new(asked.key.clone()),
            Cell::new(view.no.to_string()),
            Cell::word(kind, lang.request_kind(view.kind)),
            Cell::word(view.outcome, shown),
            Cell::new(view.until.clone().unwrap_or_default()),
            Cell::new(view.since.clone()),
            Cell::new(view.reason.clone()),
            Cell::new(view.approver.clone().unwrap_or_default()),
            Cell::new(view.note.clone().unwrap_or_default()),
        ]
    };
    Table { columns, rows: views.iter().map(row).collect() }
}
