//! `duban unit`, `duban leader`: who follows on a unit or a leader from a day on.

use std::sync::Arc;

use serde::Serialize;

use crate::catalog::Say;
use crate::model::entry::succeed;
use crate::model::{Intent, Office, Successions};

use super::args::{Format, Succession};
use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{figure, format, json, pick};

/// Who follows whom, as programs read it.
#[derive(Serialize)]
struct SuccessionView {
    name: Arc<str>,
    to: Arc<str>,
    since: String,
}

pub(super) fn run(session: &Session, office: Office, args: &Succession) -> Result<Exit, Stop> {
    let Some(name) = args.name.as_deref().filter(|_| args.to.is_some() || args.clear) else {
        return list(session, office, args);
    };
    let lang = session.lang;
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    // A name that follows on another is no name of the document: it is taken as it is typed.
    let typed: Arc<str> = Arc::from(session.line(name).as_str());
    let known = Successions::of(&ledger, book.id());
    let follows = known.iter().any(|(of, was, next)| of == office && (next.to == typed || *was == typed));
    let name = match office {
        _ if follows => typed,
        Office::Unit => pick::unit(session, &book, name)?,
        Office::Leader => pick::leader(session, &book, name)?,
    };
    let to = args.to.as_deref().map(|to| session.line(to));
    let since = args.since.as_deref().map(|day| figure::date(session, &book, day)).transpose()?;
    let next = to.as_deref().zip(since);
    let writes = succeed(&book, (office, &name), next).map_err(|why| Stop::no_deed(lang, &name, why))?;
    let deed = Deed { about: name.to_string(), writes, doubts: Vec::new() };
    batch::single(session, &mut desk, Intent::Succeed, deed, |seq| match next {
        Some((to, since)) => lang.fill(Say::SucceedDone, &[&name, &to, &since, &seq]),
        None => lang.fill(Say::CliRemoved, &[&name, &seq]),
    })
}

fn list(session: &Session, office: Office, args: &Succession) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read()?;
    let book = pick::book(session, &desk.ledger)?;
    let wanted = args.name.as_deref().map(|name| session.line(name));
    let known = Successions::of(&desk.ledger, book.id());
    let views: Vec<SuccessionView> = known
        .iter()
        .filter(|(of, ..)| *of == office)
        .filter(|(_, name, next)| wanted.as_deref().is_none_or(|one| one == &***name || one == &*next.to))
        .map(|(_, name, next)| SuccessionView {
            name: Arc::clone(name),
            to: Arc::clone(&next.to),
            since: next.since.to_string(),
        })
        .collect();
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => json(&mut out, &views),
        other => {
            let columns = vec![
                Column::new("name", Say::SucceedHeadName),
                Column::new("to", Say::SucceedHeadTo),
                Column::new("since", Say::SucceedHeadSince),
            ];
            let row = |one: &SuccessionView| {
                vec![Cell::new(one.name.to_string()), Cell::new(one.to.to_string()), Cell::new(one.since.clone())]
            };
            Table { columns, rows: views.iter().map(row).collect() }.print(other, lang, &mut out)
        }
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if views.is_empty() {
        return Err(Stop::new(Exit::Nothing, lang.say(Say::SucceedNone), lang.say(Say::SucceedNoneTodo)));
    }
    Ok(Exit::Done)
}
