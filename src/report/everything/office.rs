//! Units, names that follow on each other, views, bulletins, roles.

use super::{Row, Table, or_empty, yes_no};
use crate::catalog::Lang;
use crate::model::key::{Key, Of};
use crate::model::{Bulletin, Contact, Issued, May, Role, Successor, Unit, View, Wording};

/// One row a spelling.
pub(super) fn unit(unit: &Unit) -> Vec<Row> {
    let Unit { name, aliases } = unit;
    let row = |alias: String| (Table::Units, vec![name.to_string(), alias]);
    if aliases.is_empty() {
        return vec![row(String::new())];
    }
    aliases.iter().map(|alias| row(alias.to_string())).collect()
}

pub(super) fn successor(key: &Key, successor: &Successor) -> Row {
    let Successor { to, since } = successor;
    let (office, name) = match &key.of {
        Of::Successor(office, name) => (office.to_string(), name.to_string()),
        _ => (String::new(), String::new()),
    };
    (Table::Successors, vec![office, name, to.to_string(), since.to_string()])
}

pub(super) fn view(view: &View, lang: Lang) -> Row {
    let View { name, leader, unit, light, status, filing, late, search, sort, reversed } = view;
    let cells = vec![
        name.to_string(),
        or_empty(leader.as_ref()),
        or_empty(unit.as_ref()),
        light.map(|light| lang.light(light).to_owned()).unwrap_or_default(),
        status.map(|status| lang.status(status).to_owned()).unwrap_or_default(),
        filing.map(|filing| lang.filing_state(filing).to_owned()).unwrap_or_default(),
        yes_no(*late),
        search.clone(),
        lang.sort_by(*sort).to_owned(),
        yes_no(*reversed),
    ];
    (Table::Views, cells)
}

pub(super) fn bulletin(key: &Key, bulletin: &Bulletin) -> Row {
    let Bulletin { wording, issued } = bulletin;
    let Wording {
        name,
        number,
        title,
        addressees,
        opening,
        next,
        signature,
        signed_on,
        note,
        copied_to,
        printed_by,
        printed_on,
    } = wording;
    let period = match &key.of {
        Of::Bulletin(period) => period.to_string(),
        _ => String::new(),
    };
    let mut cells = vec![
        period,
        name.clone(),
        number.clone(),
        title.clone(),
        addressees.clone(),
        opening.clone(),
        next.clone(),
        signature.clone(),
        or_empty(signed_on.as_ref()),
        note.clone(),
        copied_to.clone(),
        printed_by.clone(),
        or_empty(printed_on.as_ref()),
    ];
    cells.extend(match issued {
        Some(Issued { on, from, sha256, pieces }) => {
            [on.to_string(), from.seq.to_string(), from.hash.to_string(), sha256.to_string(), pieces.to_string()]
        }
        None => <[String; 5]>::default(),
    });
    (Table::Bulletins, cells)
}

pub(super) fn role(role: &Role) -> Row {
    let Role { uid, name, may } = role;
    let (what, unit, area) = match may {
        May::Admin => ("admin", None, None),
        May::Editor => ("editor", None, None),
        May::Contact(Contact { unit, area }) => ("contact", unit.as_ref(), area.as_ref()),
        May::Reader => ("reader", None, None),
    };
    (Table::Roles, vec![name.to_string(), uid.to_string(), what.to_owned(), or_empty(unit), or_empty(area)])
}
