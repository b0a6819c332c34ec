//! 角色: who may do what. Records of the ledger as a whole, under the reserved name `office`; [`allow`] judges every batch.

mod allow;
mod contact;
mod denial;
mod fit;
mod reach;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use allow::allow;
pub use contact::own_words;
pub use denial::{Denial, Reserved};
pub use reach::Reach;

use super::change::{Actor, Write};
use super::key::Key;
use super::ledger::Ledger;
use super::record::Record;

/// The administrator of the machine, who can read and write every file anyway.
const ROOT: u32 = 0;

/// What the office lets somebody do. It holds for whoever has both the user number and the login name, as the system says
/// (an account that was removed and made anew under the same name has another number).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Role {
    /// The user number.
    pub uid: u32,
    /// The login name.
    pub name: Arc<str>,
    /// What they may do.
    pub may: May,
}

/// What somebody may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum May {
    /// 管理员: everything, roles too.
    Admin,
    /// 督查室: everything but roles.
    Editor,
    /// 联络员: file for what is their own.
    Contact(Contact),
    /// 只读: read and print.
    Reader,
}

/// Whose contact somebody is: a unit's, an area's, or a unit's of one area (各县（市、区）政府 of 江山市). At least one is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Contact {
    /// Files on the tasks and rows that this unit leads or supports, under any of its spellings; and, without an area,
    /// records every figure of those rows.
    pub unit: Option<Arc<str>>,
    /// Records the figures of this column of the matrix, and of no other.
    pub area: Option<Arc<str>>,
}

impl May {
    /// Whether everything but roles may be changed.
    pub const fn edits(&self) -> bool {
        matches!(self, Self::Admin | Self::Editor)
    }

    /// Whose contact, if one.
    pub const fn contact(&self) -> Option<&Contact> {
        match self {
            Self::Contact(contact) => Some(contact),
            Self::Admin | Self::Editor | Self::Reader => None,
        }
    }

    /// Whether what is the office's own may be done.
    ///
    /// # Errors
    /// To contacts and readers it is not.
    pub fn office(&self, what: Reserved) -> Result<(), Denial> {
        match self {
            Self::Admin | Self::Editor => Ok(()),
            Self::Contact(_) => Err(Denial::OfficeOnly(what)),
            Self::Reader => Err(Denial::ReadOnly),
        }
    }

    /// Whether roles may be given and taken.
    ///
    /// # Errors
    /// To everybody but an administrator they may not.
    pub fn admin(&self) -> Result<(), Denial> {
        match self {
            Self::Admin => Ok(()),
            Self::Editor | Self::Contact(_) => Err(Denial::AdminOnly),
            Self::Reader => Err(Denial::ReadOnly),
        }
    }
}

/// What somebody may do in a ledger whose host runs as `owner`; `None`: nothing, not even read. The owner and the administrator
/// of the machine may do everything without a record, so nobody can be locked out by one.
pub fn of(ledger: &Ledger, owner: u32, actor: &Actor) -> Option<May> {
    if is_owner(owner, actor.uid) {
        return Some(May::Admin);
    }
    let role = given(ledger, &actor.name)?;
    (role.uid == actor.uid && *role.name == *actor.name).then(|| role.may.clone())
}

/// Whether a user may do everything in a ledger whose host runs as `owner`, whatever is recorded.
pub const fn is_owner(owner: u32, uid: u32) -> bool {
    uid == ROOT || uid == owner
}

/// The role recorded under a login name.
pub fn given<'a>(ledger: &'a Ledger, name: &str) -> Option<&'a Role> {
    match ledger.get(&Key::role(name))?.record.as_ref() {
        Record::Role(role) => Some(role),
        _ => None,
    }
}

/// The roles recorded, by login name.
pub fn all(ledger: &Ledger) -> impl Iterator<Item = &Role> {
    ledger.from(Key::role("")).map_while(|(_, entry)| match entry.record.as_ref() {
        Record::Role(role) => Some(role),
        _ => None,
    })
}

/// The writes that give a role, in place of the one that the name has; none where it has just this.
pub fn give(ledger: &Ledger, role: Role) -> Vec<Write> {
    if given(ledger, &role.name) == Some(&role) {
        return Vec::new();
    }
    let key = Key::role(&role.name);
    vec![Write { base: ledger.version(&key), key, value: Some(Record::Role(role)) }]
}

/// The writes that take the role of a name away; none where it has none.
pub fn take(ledger: &Ledger, name: &str) -> Vec<Write> {
    let key = Key::role(name);
    let base = ledger.version(&key);
    given(ledger, name).map(|_| Write { key, base, value: None }).into_iter().collect()
}

#[cfg(test)]
mod tests;
