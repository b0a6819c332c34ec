//! `duban forms in FILES…`: what filled-in forms would change; with `--write`, one commit a form.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::cli::args::Forms;
use crate::cli::fail::{Exit, Stop};
use crate::cli::out::{Out, note};
use crate::cli::session::{Desk, Session};
use crate::cli::{json, log, pick, words};
use crate::forms::{self, Bad, Change, Compared, Form, Why};
use crate::model::{Hash, Head, Intent, Period, Seq};
use crate::text::one_line;

/// What came of a form, for programs.
#[derive(Serialize)]
struct FormView {
    file: String,
    document: Option<String>,
    period: Option<String>,
    unit: Option<String>,
    /// `changes`, `nothing`, `conflict`, `written` or `refused`.
    state: &'static str,
    changes: Vec<ChangeView>,
    seq: Option<u64>,
    problem: Option<Problem>,
}

#[derive(Serialize)]
struct ChangeView {
    key: String,
    about: String,
    field: &'static str,
    old: String,
    new: String,
    sheet: &'static str,
    cell: String,
    changed_since: bool,
    reviewed_since: bool,
}

#[derive(Serialize)]
struct Problem {
    what: String,
    sheet: Option<String>,
    cell: Option<String>,
}

/// What is expected of all forms.
struct Expected {
    period: Period,
    unit: Option<Arc<str>>,
    /// The commits by number.
    commits: HashMap<Seq, Hash>,
}

/// Each form by itself: one that is refused keeps no other from being read.
pub(super) fn run(session: &Session, args: &Forms) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut desk = if args.write { session.write()? } else { session.read()? };
    let expected = expected(session, &desk, args)?;
    session.tell_dropped();
    let mut out = session.out();
    let (mut views, mut exit, mut dry) = (Vec::new(), Exit::Done, false);
    for path in &args.args {
        let view = one(session, &mut desk, &expected, path, args)?;
        let worst = match view.state {
            "refused" => Exit::BadInput,
            "conflict" => Exit::Refused,
            _ => Exit::Done,
        };
        dry |= view.state == "changes";
        exit = if exit == Exit::BadInput || worst == Exit::Done { exit } else { worst };
        if !args.json {
            tell(&mut out, lang, &view).map_err(|error| Stop::output(lang, &error))?;
        }
        views.push(view);
    }
    let done = if args.json { json(&mut out, &views) } else { out.flush() };
    done.map_err(|error| Stop::output(lang, &error))?;
    complain(lang, &views);
    if dry {
        note(lang.say(Say::CliFormsDry));
    }
    Ok(exit)
}

fn expected(session: &Session, desk: &Desk, args: &Forms) -> Result<Expected, Stop> {
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    // Whose a form is has the name of its period, as it had when it was sent out.
    let dated = session.named_as_in(&desk.ledger, args.period.as_deref());
    let named = dated.as_ref().map_or(Ok(book), |dated| pick::book(session, dated))?;
    let unit = args.unit.as_deref().map(|typed| pick::unit(session, &named, typed)).transpose()?;
    let all = log::all(desk.store.as_ref()).map_err(|refused| Stop::refused(session.lang, &refused))?;
    let mut commits: HashMap<Seq, Hash> = all.iter().map(|sealed| (sealed.commit.seq, sealed.hash)).collect();
    let Head { seq, hash } = desk.ledger.head();
    commits.insert(seq, hash);
    Ok(Expected { period, unit, commits })
}

fn one(session: &Session, desk: &mut Desk, expected: &Expected, path: &Path, args: &Forms) -> Result<FormView, Stop> {
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        // A folder, a device: whatever it is, no workbook.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            return Ok(refused(session, path, None, &Bad::file(Why::Type)));
        }
        Err(error) => return Ok(unread(session, path, &error)),
    };
    let form = match forms::read(&bytes) {
        Ok(form) => form,
        Err(bad) => return Ok(refused(session, path, None, &bad)),
    };
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let dated = session.named_as_in(&ledger, args.period.as_deref());
    let named = dated.as_ref().map_or(Ok(book), |dated| pick::book(session, dated))?;
    let made = expected.commits.get(&form.identity.seq).copied();
    let compared = match forms::compare((&book, &named), &form, (expected.period, expected.unit.as_ref()), made) {
        Ok(compared) => compared,
        Err(bad) => return Ok(refused(session, path, Some(&form), &bad)),
    };
    let mut view = shown(path, &form, &compared);
    if compared.changes.is_empty() {
        return Ok(view);
    }
    if compared.conflicts() > 0 && !args.mine {
        view.state = "conflict";
    } else if args.write {
        let seq = desk.commit(session, Intent::Form, None, compared.writes)?;
        (view.state, view.seq) = ("written", Some(seq.0));
    }
    Ok(view)
}

/// No more than a form can have, whatever is behind the name.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    file.take(forms::LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn shown(path: &Path, form: &Form, compared: &Compared) -> FormView {
    let view = |change: &Change| ChangeView {
        key: change.about.item().to_string(),
        about: change.about.to_string(),
        field: change.field.name(),
        old: change.old.clone(),
        new: change.new.clone(),
        sheet: change.sheet,
        cell: change.cell.clone(),
        changed_since: change.changed,
        reviewed_since: change.reviewed,
    };
    let identity = &form.identity;
    FormView {
        file: words::path(path),
        document: Some(identity.document.to_string()),
        period: Some(identity.period.to_string()),
        unit: Some(one_line(&identity.unit).text),
        state: if compared.changes.is_empty() { "nothing" } else { "changes" },
        changes: compared.changes.iter().map(view).collect(),
        seq: None,
        problem: None,
    }
}

fn refused(session: &Session, path: &Path, form: Option<&Form>, bad: &Bad) -> FormView {
    let (sheet, cell) = bad.place.clone().map_or((None, None), |(sheet, cell)| (Some(sheet), cell));
    let problem = Problem { what: session.lang.say(bad.why.say()).to_owned(), sheet, cell };
    let identity = form.map(|form| &form.identity);
    FormView {
        file: words::path(path),
        document: identity.map(|identity| identity.document.to_string()),
        period: identity.map(|identity| identity.period.to_string()),
        unit: identity.map(|identity| one_line(&identity.unit).text),
        state: "refused",
        changes: Vec::new(),
        seq: None,
        problem: Some(problem),
    }
}

fn unread(session: &Session, path: &Path, error: &io::Error) -> FormView {
    let what = words::io(session.lang, error);
    FormView {
        file: words::path(path),
        document: None,
        period: None,
        unit: None,
        state: "refused",
        changes: Vec::new(),
        seq: None,
        problem: Some(Problem { what, sheet: None, cell: None }),
    }
}

/// A form for people: whose it is, then a line a change.
fn tell(out: &mut Out, lang: Lang, view: &FormView) -> io::Result<()> {
    if view.problem.is_some() {
        return Ok(());
    }
    let unit = view.unit.as_deref().unwrap_or_default();
    let period = view.period.as_deref().unwrap_or_default();
    writeln!(out, "{}", lang.fill(Say::CliFormsHead, &[&view.file, &unit, &period, &view.changes.len()]))?;
    for change in &view.changes {
        let conflict = change.changed_since || change.reviewed_since;
        let say = if conflict { Say::CliFormsClash } else { Say::CliFormsChange };
        let value = |text: &str| if text.is_empty() { "—".to_owned() } else { one_line(text).text };
        let (old, new) = (value(&change.old), value(&change.new));
        let field = field(lang, change.field);
        writeln!(out, "{}", lang.fill(say, &[&one_line(&change.about).text, &field, &change.cell, &old, &new]))?;
        if change.reviewed_since {
            writeln!(out, "{}", lang.fill(Say::CliFormsReviewed, &[&change.key]))?;
        }
    }
    if let Some(seq) = view.seq {
        writeln!(out, "{}", lang.fill(Say::CliFormsWritten, &[&seq]))?;
    }
    Ok(())
}

fn field(lang: Lang, name: &str) -> &'static str {
    let fields = forms::Page::ALL.into_iter().flat_map(forms::Page::fields);
    fields.map(|(_, field)| *field).find(|field| field.name() == name).map_or("", |field| lang.say(field.say()))
}

/// What was not read or not written, on standard error: one line what, one line what to do.
fn complain(lang: Lang, views: &[FormView]) {
    for view in views {
        if let Some(problem) = &view.problem {
            let place = match (&problem.sheet, &problem.cell) {
                (Some(sheet), cell) => {
                    let cell = cell.as_deref().unwrap_or_default();
                    lang.fill(Say::CliFormsCell, &[&view.file, sheet, &cell]).trim_end().to_owned()
                }
                (None, _) => view.file.clone(),
            };
            note(&lang.fill(Say::CliFormsBad, &[&place, &problem.what]));
            note(lang.say(Say::CliFormsBadTodo));
        }
        if view.state == "conflict" {
            let conflicts = view.changes.iter().filter(|one| one.changed_since || one.reviewed_since).count();
            note(&lang.fill(Say::CliFormsClashed, &[&view.file, &conflicts]));
            note(lang.say(Say::CliFormsClashedTodo));
        }
    }
}
