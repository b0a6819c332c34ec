//! `duban status`: where the ledger lives, where it stands, who holds it, what is in it.

use std::io::{self, Write};

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::store::{self, Purpose};

use super::args::Status;
use super::fail::{Exit, Stop};
use super::out::Out;
use super::session::{Desk, Session};
use super::{json, words};

/// The ledger, as programs read it.
#[derive(Serialize)]
struct View {
    version: &'static str,
    data: String,
    seq: u64,
    hash: String,
    records: usize,
    held_by: Option<Holder>,
    documents: Vec<Document>,
}

#[derive(Serialize)]
struct Holder {
    pid: u32,
    purpose: &'static str,
}

#[derive(Serialize)]
struct Document {
    slug: String,
    number: String,
    title: String,
    year: u16,
    demo: bool,
    tasks: usize,
    quota_rows: usize,
    open_doubts: usize,
}

pub(super) fn run(session: &Session, args: &Status) -> Result<Exit, Stop> {
    let lang = session.lang;
    let Desk { store, ledger, .. } = session.read()?;
    // On the very first start this process holds it itself.
    drop(store);
    let held_by = if session.is_demo() { None } else { store::held_by(session.dir()) };
    let documents = ledger.documents().filter_map(|document| {
        let book = crate::model::Book::open(&ledger, &document.id)?;
        Some(Document {
            slug: document.id.to_string(),
            number: document.number.clone(),
            title: document.title.clone(),
            year: document.year,
            demo: document.demo,
            tasks: book.tasks().count(),
            quota_rows: book.rows().len(),
            open_doubts: book.findings().filter(|finding| finding.is_open()).count(),
        })
    });
    let head = ledger.head();
    let view = View {
        version: env!("CARGO_PKG_VERSION"),
        data: words::path(session.dir()),
        seq: head.seq.0,
        hash: head.hash.to_string(),
        records: ledger.len(),
        held_by: held_by.map(|(pid, purpose)| Holder { pid, purpose: name(purpose) }),
        documents: documents.collect(),
    };
    let mut out = session.out();
    let done = if args.json { json(&mut out, &view) } else { for_people(&view, held_by, lang, &mut out) };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

const fn name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Screen => "screen",
        Purpose::Command => "command",
    }
}

fn for_people(view: &View, held_by: Option<(u32, Purpose)>, lang: Lang, out: &mut Out) -> io::Result<()> {
    let holder = match held_by {
        Some((pid, purpose)) => lang.fill(Say::CliStatusHeldBy, &[&pid, &words::purpose(lang, purpose)]),
        None => lang.say(Say::CliStatusFree).to_owned(),
    };
    words::field(out, lang.say(Say::CliStatusVersion), view.version)?;
    words::field(out, lang.say(Say::CliStatusData), &view.data)?;
    words::field(out, lang.say(Say::CliStatusHead), &format!("#{} {}", view.seq, view.hash))?;
    words::field(out, lang.say(Say::CliStatusRecords), &view.records.to_string())?;
    words::field(out, lang.say(Say::CliStatusHolder), &holder)?;
    for document in &view.documents {
        let counts = lang.fill(Say::CliStatusCounts, &[&document.tasks, &document.quota_rows, &document.open_doubts]);
        let text = format!("{} {}\n{}\n{counts}", document.slug, document.number, document.title);
        words::field(out, lang.say(Say::CliStatusDocument), &text)?;
    }
    out.flush()
}
