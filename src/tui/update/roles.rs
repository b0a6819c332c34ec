//! The sheet of a role, from what stands in it when it opens to its writes; taking a role away.

use std::sync::Arc;

use super::super::sheet::{Purpose, Sheet};
use super::super::state::{Popup, State};
use super::Effect;
use super::sheet::{Unsaved, save};
use crate::catalog::{Lang, Say};
use crate::model::succession::as_of;
use crate::model::{Actor, Book, Contact, Intent, Key as RecordKey, May, Role, Write, role};
use crate::search::{NotNamed, named};

/// The roles, in the order of the choice.
const NAMES: [Say; 4] = [Say::RoleContactWord, Say::RoleEditorWord, Say::RoleReader, Say::RoleAdmin];

/// The place of a slot: a role that is changed keeps its name, so its sheet does not ask for it.
#[derive(Clone, Copy)]
enum Slot {
    Kind,
    Unit,
    Area,
    Uid,
}

fn at(purpose: &Purpose, slot: Slot) -> usize {
    let named = usize::from(matches!(purpose, Purpose::Role(None)));
    named
        + match slot {
            Slot::Kind => 0,
            Slot::Unit => 1,
            Slot::Area => 2,
            Slot::Uid => 3,
        }
}

/// The sheet that gives a role (`None`) or changes somebody's.
pub(super) fn sheet(state: &State, name: Option<&Arc<str>>) -> Sheet {
    let lang = state.lang();
    let now = name.and_then(|name| role::given(&state.ledger, name));
    let title = match name {
        Some(name) => format!("{} {name}", lang.say(Say::CmdRoles)),
        None => lang.say(Say::RoleGive).to_owned(),
    };
    let mut sheet = Sheet::new(title, Purpose::Role(name.cloned()), state.period).note(lang.say(Say::RoleNote));
    if name.is_none() {
        sheet = sheet.line(lang.say(Say::RoleLogin), "");
    }
    let kind = match now.map(|role| &role.may) {
        Some(May::Contact(_)) | None => 0,
        Some(May::Editor) => 1,
        Some(May::Reader) => 2,
        Some(May::Admin) => 3,
    };
    let contact = now.and_then(|role| role.may.contact());
    let unit = contact.and_then(|contact| contact.unit.as_deref()).unwrap_or_default();
    let area = contact.and_then(|contact| contact.area.as_deref()).unwrap_or_default();
    let uid = now.map(|role| role.uid.to_string()).unwrap_or_default();
    sheet = sheet
        .choice(lang.say(Say::CmdRoles), NAMES.map(|name| lang.say(name).to_owned()).to_vec(), kind)
        .line(lang.say(Say::RoleUnit), unit)
        .line(lang.say(Say::RoleArea), area)
        .line(lang.say(Say::RoleUid), &uid);
    sheet.seen = name.map(|name| (RecordKey::role(name), None)).into_iter().collect();
    sheet
}

/// The login name of such a sheet whose number the system has to be asked for before it can be saved.
pub(super) fn without_number(sheet: &Sheet) -> Option<String> {
    let Purpose::Role(None) = &sheet.purpose else { return None };
    let name = sheet.text(0).trim().to_owned();
    let numbered = !sheet.text(at(&sheet.purpose, Slot::Uid)).trim().is_empty();
    (!name.is_empty() && !numbered).then_some(name)
}

/// The writes that saving such a sheet asks for.
pub(super) fn writes(state: &State, book: &Book<'_>, sheet: &Sheet) -> Result<Vec<Write>, Unsaved> {
    let lang = state.lang();
    let refused = |text: String| Unsaved::Refused(text);
    let text = |slot| sheet.text(at(&sheet.purpose, slot)).trim().to_owned();
    let name = match &sheet.purpose {
        Purpose::Role(Some(name)) => name.to_string(),
        _ => sheet.text(0).trim().to_owned(),
    };
    if name.is_empty() {
        return Err(refused(lang.say(Say::RoleNeedsLogin).to_owned()));
    }
    let may = match sheet.chosen(at(&sheet.purpose, Slot::Kind)) {
        1 => May::Editor,
        2 => May::Reader,
        3 => May::Admin,
        _ => May::Contact(contact(state, book, &text(Slot::Unit), &text(Slot::Area)).map_err(refused)?),
    };
    let uid = text(Slot::Uid).parse().map_err(|_| refused(lang.say(Say::RoleBadUid).to_owned()))?;
    if role::is_owner(state.setup.owner, uid) {
        return Err(refused(lang.fill(Say::CliRoleOfOwner, &[&name])));
    }
    let replaces = matches!(sheet.purpose, Purpose::Role(None)) && role::given(&state.ledger, &name).is_some();
    if replaces && !sheet.confirmed {
        return Err(Unsaved::Asked(lang.fill(Say::RoleReplaces, &[&name])));
    }
    Ok(role::give(&state.ledger, Role { uid, name: Arc::from(name), may }))
}

fn contact(state: &State, book: &Book<'_>, unit: &str, area: &str) -> Result<Contact, String> {
    let lang = state.lang();
    let unit = match unit {
        "" => None,
        typed => {
            // A role holds from today on, so it is given under the name of today, whichever period is shown.
            let named = as_of(&state.ledger, &state.document, state.setup.today);
            let today = Book::open(named.as_ref().unwrap_or(&state.ledger), &state.document);
            let today = today.as_ref().unwrap_or(book);
            let known: Arc<str> = Arc::from(typed);
            let listed: Vec<Arc<str>> = today.units().into_iter().map(|tally| tally.name).collect();
            let known = today.aliases().name(&known).clone();
            Some(if listed.contains(&known) { known } else { meant(lang, Say::CliNoUnit, &listed, typed)? })
        }
    };
    let area = match area {
        "" => None,
        typed => Some(meant(lang, Say::CliNoArea, &book.document().areas, typed)?),
    };
    if unit.is_none() && area.is_none() {
        return Err(lang.say(Say::RoleNeedsUnit).to_owned());
    }
    Ok(Contact { unit, area })
}

fn meant(lang: Lang, none: Say, names: &[Arc<str>], typed: &str) -> Result<Arc<str>, String> {
    named(names, typed).map_err(|why| match why {
        NotNamed::Unknown => lang.fill(none, &[&typed]),
        NotNamed::Ambiguous(several) => {
            let some: Vec<&str> = several.iter().take(6).map(|name| &**name).collect();
            format!("{} {}", lang.fill(Say::CliAmbiguous, &[&typed]), lang.fill(Say::CliCandidates, &[&some.join(" ")]))
        }
    })
}

/// The system's answer to whose a login name is: with their number, and the name as the system spells it, the sheet is saved
/// again.
pub(super) fn looked_up(state: &mut State, user: Option<Actor>) -> Vec<Effect> {
    let lang = state.lang();
    let Some(Popup::Sheet(sheet)) = state.popups.last_mut() else { return Vec::new() };
    // Another name may stand there by now, or another sheet.
    let asked = sheet.looking.take();
    if asked.is_none() || asked != without_number(sheet) {
        return Vec::new();
    }
    let slot = at(&sheet.purpose, Slot::Uid);
    let Some(Actor { uid, name }) = user else {
        (sheet.problem, sheet.focus) = (Some(lang.say(Say::RoleNoUser).to_owned()), slot);
        return Vec::new();
    };
    sheet.put(0, &name);
    sheet.put(slot, &uid.to_string());
    save(state)
}

/// Takes away the role at a place of the list.
pub(super) fn remove(state: &State, no: u16) -> Vec<Effect> {
    let role = role::all(&state.ledger).nth(usize::from(no).saturating_sub(1));
    let writes = role.map(|role| role::take(&state.ledger, &role.name)).unwrap_or_default();
    if writes.is_empty() { Vec::new() } else { vec![Effect::Commit(Intent::Role, writes)] }
}
