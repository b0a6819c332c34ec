//! `duban role`: who may do what.

use std::io;
use std::sync::Arc;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Actor, Book, Contact, Intent, Ledger, May, Role, role};
use crate::store;

use super::args::{self, Format, RoleDeed, RoleName};
use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::out::Out;
use super::session::{Desk, Session};
use super::table::{Cell, Column, Table};
use super::{format, json, pick};

/// Somebody with their role, as programs read it.
#[derive(Serialize)]
pub(super) struct Somebody {
    pub(super) name: String,
    pub(super) uid: u32,
    /// `admin`, `editor`, `contact`, `reader`; `null`: none.
    role: Option<&'static str>,
    unit: Option<Arc<str>>,
    area: Option<Arc<str>>,
    /// Everything may be done by who owns the ledger, whatever is recorded.
    owner: bool,
}

impl Somebody {
    /// An actor as the ledger has them.
    pub(super) fn of(ledger: &Ledger, owner: u32, actor: &Actor) -> Self {
        Self::new(actor.name.clone(), actor.uid, role::of(ledger, owner, actor).as_ref(), owner)
    }

    fn new(name: String, uid: u32, may: Option<&May>, owner: u32) -> Self {
        let contact = may.and_then(May::contact);
        Self {
            name,
            uid,
            role: may.map(word),
            unit: contact.and_then(|contact| contact.unit.clone()),
            area: contact.and_then(|contact| contact.area.clone()),
            owner: role::is_owner(owner, uid),
        }
    }

    /// The role in words, and, of a ledger's owner, why.
    pub(super) fn words(&self, lang: Lang, may: Option<&May>) -> String {
        match may {
            _ if self.owner => lang.say(Say::RoleOwner).to_owned(),
            Some(may) => lang.may(may),
            None => lang.say(Say::RoleNone).to_owned(),
        }
    }
}

/// A role's name on the command line and for programs.
const fn word(may: &May) -> &'static str {
    match may {
        May::Admin => "admin",
        May::Editor => "editor",
        May::Contact(_) => "contact",
        May::Reader => "reader",
    }
}

pub(super) fn run(session: &Session, args: &args::Role) -> Result<Exit, Stop> {
    match (args.deed, args.user.as_deref(), args.may) {
        (Some(RoleDeed::Add), Some(user), Some(may)) => add(session, args, user, may),
        (Some(RoleDeed::Remove), Some(user), None) => remove(session, user),
        (Some(_), _, _) => Err(Stop::input(session.lang.say(Say::CliRoleUsage), session.lang.say(Say::CliExampleRole))),
        (None, _, _) => list(session, args),
    }
}

fn add(session: &Session, args: &args::Role, user: &str, may: RoleName) -> Result<Exit, Stop> {
    let lang = session.lang;
    let name = session.line(user);
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let named = |uid| Actor { uid, name: name.clone() };
    let Some(Actor { uid, name }) = args.uid.map(named).or_else(|| store::user_named(&name)) else {
        let todo = lang.say(Say::CliNoUserTodo);
        return Err(Stop::new(Exit::Nothing, lang.fill(Say::CliNoUser, &[&name]), todo));
    };
    if role::is_owner(desk.owner, uid) {
        return Err(Stop::input(lang.fill(Say::CliRoleOfOwner, &[&name]), lang.say(Say::CliRoleOfOwnerTodo)));
    }
    let may = meant(session, &ledger, args, may)?;
    let told = lang.may(&may);
    let writes = role::give(&ledger, Role { uid, name: Arc::from(name.as_str()), may });
    let deed = Deed { about: name.clone(), writes, doubts: Vec::new() };
    batch::single(session, &mut desk, Intent::Role, deed, |seq| {
        lang.fill(Say::CliRoleGiven, &[&name, &uid, &told, &seq])
    })
}

fn meant(session: &Session, ledger: &Ledger, args: &args::Role, may: RoleName) -> Result<May, Stop> {
    let lang = session.lang;
    if may != RoleName::Contact && (args.unit.is_some() || args.area.is_some()) {
        return Err(Stop::input(lang.say(Say::CliRoleNoUnit), lang.say(Say::CliExampleRole)));
    }
    Ok(match may {
        RoleName::Admin => May::Admin,
        RoleName::Editor => May::Editor,
        RoleName::Reader => May::Reader,
        RoleName::Contact => {
            // Under the name that the unit has today.
            let named = session.named_today(ledger);
            let book: Book<'_> = pick::book(session, named.as_ref().unwrap_or(ledger))?;
            let unit = args.unit.as_deref().map(|typed| pick::unit(session, &book, typed)).transpose()?;
            let area = args.area.as_deref().map(|typed| pick::area(session, &book, typed)).transpose()?;
            if unit.is_none() && area.is_none() {
                return Err(Stop::input(lang.say(Say::RoleNeedsUnit), lang.say(Say::CliExampleRole)));
            }
            May::Contact(Contact { unit, area })
        }
    })
}

fn remove(session: &Session, user: &str) -> Result<Exit, Stop> {
    let lang = session.lang;
    let name = session.line(user);
    let mut desk = session.write()?;
    let writes = role::take(&desk.ledger, &name);
    if writes.is_empty() {
        let known: Vec<&str> = role::all(&desk.ledger).map(|role| &*role.name).collect();
        let todo = match known.as_slice() {
            [] => lang.say(Say::NoRoles).to_owned(),
            known => lang.fill(Say::CliCandidates, &[&known.join(" ")]),
        };
        return Err(Stop::new(Exit::Nothing, lang.fill(Say::CliNoRole, &[&name]), todo));
    }
    let deed = Deed { about: name.clone(), writes, doubts: Vec::new() };
    batch::single(session, &mut desk, Intent::Role, deed, |seq| lang.fill(Say::CliRemoved, &[&name, &seq]))
}

fn list(session: &Session, args: &args::Role) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read()?;
    let mut out = session.out();
    print(&desk, format(args.shape, &out), lang, &mut out).map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

/// The owner first, then everybody with a role, by name.
fn print(desk: &Desk, format: Format, lang: Lang, out: &mut Out) -> io::Result<()> {
    let owner = Somebody::new(store::name_of(desk.owner), desk.owner, Some(&May::Admin), desk.owner);
    let others = role::all(&desk.ledger)
        .map(|role| (Somebody::new(role.name.to_string(), role.uid, Some(&role.may), desk.owner), role.may.clone()));
    let all: Vec<(Somebody, May)> = std::iter::once((owner, May::Admin)).chain(others).collect();
    if format == Format::Json {
        return json(out, &all.iter().map(|(somebody, _)| somebody).collect::<Vec<_>>());
    }
    let columns = vec![
        Column::new("name", Say::RoleLogin),
        Column::new("uid", Say::RoleUid),
        Column::new("role", Say::CmdRoles),
        Column::new("unit", Say::RoleUnit),
        Column::new("area", Say::RoleArea),
    ];
    let rows = all.iter().map(|(somebody, may)| {
        let named = |name: &Option<Arc<str>>| Cell::new(name.as_deref().unwrap_or_default());
        let kind = match may {
            May::Contact(_) if !somebody.owner => lang.say(Say::RoleContactWord).to_owned(),
            may => somebody.words(lang, Some(may)),
        };
        vec![
            Cell::new(somebody.name.clone()),
            Cell::new(somebody.uid.to_string()),
            Cell::word(somebody.role.unwrap_or_default(), kind),
            named(&somebody.unit),
            named(&somebody.area),
        ]
    });
    Table { columns, rows: rows.collect() }.print(format, lang, out)
}
