//! `duban status`: where the ledger lives, where it stands, who holds it, what is in it and how that stands in the period.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Book, FilingState, ItemKey, Light, May, Period, Status, role};
use crate::report::summary::{Counts, summary};
use crate::report::{For, Scope};
use crate::store::{self, Purpose};

use super::args;
use super::fail::{Exit, Stop};
use super::out::Out;
use super::role::Somebody;
use super::session::{Desk, Session};
use super::{json, pick, words};

/// The ledger, as programs read it.
#[derive(Serialize)]
struct View {
    version: &'static str,
    data: String,
    seq: u64,
    hash: String,
    records: usize,
    held_by: Option<Holder>,
    /// Whether it is the office's, behind its service.
    served: bool,
    user: Somebody,
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
    period: Option<String>,
    due: Option<String>,
    standing: Option<Standing>,
    open_requests: usize,
}

/// How tasks and rows stand in the current period: how many of each status, light and filing state, under the field's words.
#[derive(Serialize)]
struct Standing {
    tasks: Counted,
    quota_rows: Counted,
}

#[derive(Serialize)]
struct Counted {
    status: BTreeMap<&'static str, usize>,
    light: BTreeMap<&'static str, usize>,
    filing: BTreeMap<&'static str, usize>,
    late: usize,
}

pub(super) fn run(session: &Session, args: &args::Status) -> Result<Exit, Stop> {
    let lang = session.lang;
    if args.accept {
        session.accept();
    }
    let Desk { store, ledger, owner, actor, .. } = session.read()?;
    // On the very first start this process holds it itself.
    drop(store);
    let held_by = if session.is_demo() || session.office.is_some() { None } else { store::held_by(session.dir()) };
    let documents = ledger.documents().filter_map(|document| {
        let book = Book::open(&ledger, &document.id)?;
        let today = pick::today(session, &book);
        let period = document.current_period(today);
        Some(Document {
            slug: document.id.to_string(),
            number: document.number.clone(),
            title: document.title.clone(),
            year: document.year,
            demo: document.demo,
            tasks: book.tasks().count(),
            quota_rows: book.rows().len(),
            open_doubts: book.findings().filter(|finding| finding.is_open()).count(),
            period: period.map(|period| period.to_string()),
            due: period.map(|period| document.settings.due(period).to_string()),
            standing: period.map(|period| standing(&book, period, today)),
            open_requests: book.open_requests().count(),
        })
    });
    let head = ledger.head();
    let view = View {
        version: env!("CARGO_PKG_VERSION"),
        data: words::path(session.dir()),
        seq: head.seq.0,
        hash: head.hash.to_string(),
        records: ledger.len(),
        served: session.office.is_some(),
        held_by: held_by.map(|(pid, purpose)| Holder { pid, purpose: name(purpose) }),
        user: Somebody::of(&ledger, owner, &actor),
        documents: documents.collect(),
    };
    let mut out = session.out();
    let may = role::of(&ledger, owner, &actor);
    let who = who(lang, &view.user, may.as_ref());
    let done = if args.json { json(&mut out, &view) } else { for_people(&view, held_by, &who, (lang, &mut out)) };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

fn standing(book: &Book<'_>, period: Period, today: NaiveDate) -> Standing {
    let counts = summary(&Scope::new(book, &For::All), period);
    let counted = |counts: &Counts, items: Vec<ItemKey>| {
        let mut filing = BTreeMap::new();
        for item in &items {
            let state = Lang::Zh.filing_state(book.filing_state(*item, period, today));
            *filing.entry(state).or_insert(0) += 1;
        }
        let statuses = Status::ALL.into_iter().map(|status| (Lang::Zh.status(status), counts.of(status)));
        let lights = Light::ALL.into_iter().map(|light| (Lang::Zh.light(light), counts.light(light)));
        Counted {
            status: statuses.filter(|(_, count)| *count > 0).collect(),
            light: lights.filter(|(_, count)| *count > 0).collect(),
            filing,
            late: items.iter().filter(|item| book.is_late(**item, period, today)).count(),
        }
    };
    Standing {
        tasks: counted(&counts.tasks, book.tasks().map(|task| task.key).collect()),
        quota_rows: counted(&counts.rows, book.rows().iter().map(|row| row.key).collect()),
    }
}

const fn name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Screen => "screen",
        Purpose::Serve => "serve",
        Purpose::Command => "command",
    }
}

/// Who asks, which role they have, and what it lets them do.
fn who(lang: Lang, user: &Somebody, may: Option<&May>) -> String {
    let about = may.map_or_else(|| lang.say(Say::RoleNoneAbout).to_owned(), |may| lang.may_about(may));
    format!("{}\n{about}", lang.fill(Say::CliStatusUser, &[&user.name, &user.uid, &user.words(lang, may)]))
}

fn for_people(
    view: &View,
    held_by: Option<(u32, Purpose)>,
    who: &str,
    (lang, out): (Lang, &mut Out),
) -> io::Result<()> {
    let holder = match held_by {
        Some((pid, purpose)) => lang.fill(Say::CliStatusHeldBy, &[&pid, &words::purpose(lang, purpose)]),
        None => lang.say(Say::CliStatusFree).to_owned(),
    };
    words::field(out, lang.say(Say::CliStatusVersion), view.version)?;
    words::field(out, lang.say(Say::CliStatusData), &view.data)?;
    words::field(out, lang.say(Say::CliStatusHead), &format!("#{} {}", view.seq, view.hash))?;
    words::field(out, lang.say(Say::CliStatusRecords), &view.records.to_string())?;
    if !view.served {
        words::field(out, lang.say(Say::CliStatusHolder), &holder)?;
    }
    words::field(out, lang.say(Say::CliStatusWho), who)?;
    for document in &view.documents {
        let counts = lang.fill(Say::CliStatusCounts, &[&document.tasks, &document.quota_rows, &document.open_doubts]);
        let text = format!("{} {}\n{}\n{counts}", document.slug, document.number, document.title);
        words::field(out, lang.say(Say::CliStatusDocument), &text)?;
        let (Some(period), Some(due), Some(standing)) = (&document.period, &document.due, &document.standing) else {
            continue;
        };
        let shown = period.parse().map_or_else(|_| period.clone(), |period| lang.period(period));
        words::field(out, lang.say(Say::CliHeadPeriod), &lang.fill(Say::CliStatusPeriod, &[&shown, due]))?;
        for (say, counted) in [(Say::CliStatusTasks, &standing.tasks), (Say::CliStatusRows, &standing.quota_rows)] {
            words::field(out, lang.say(say), &in_words(counted, lang))?;
        }
        words::field(out, lang.say(Say::CliStatusRequests), &document.open_requests.to_string())?;
    }
    out.flush()
}

/// Counts a line each: lights, statuses, filing states, each the worst or most urgent first.
fn in_words(counted: &Counted, lang: Lang) -> String {
    let told = |names: Vec<(&'static str, &'static str)>, counts: &BTreeMap<&'static str, usize>| {
        let told = names.into_iter().filter_map(|(key, shown)| counts.get(key).map(|count| format!("{shown} {count}")));
        told.collect::<Vec<_>>().join("  ")
    };
    let lights = Light::ALL.map(|light| (Lang::Zh.light(light), lang.light(light)));
    let statuses = Status::ALL.map(|status| (Lang::Zh.status(status), lang.status(status)));
    let filing = FilingState::ALL.map(|state| (Lang::Zh.filing_state(state), lang.filing_state(state)));
    let late = lang.fill(Say::CliStatusLate, &[&counted.late]);
    [
        told(lights.to_vec(), &counted.light),
        told(statuses.to_vec(), &counted.status),
        format!("{}  {late}", told(filing.to_vec(), &counted.filing)),
    ]
    .join("\n")
}
