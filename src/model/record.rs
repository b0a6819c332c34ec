//! A record: whatever a key can hold.

use serde::{Deserialize, Serialize};

use super::bulletin::Bulletin;
use super::document::Document;
use super::filing::Filing;
use super::finding::Finding;
use super::former::Former;
use super::key::{Key, Of};
use super::quota::{Done, QuotaRow};
use super::role::Role;
use super::succession::Successor;
use super::target::Target;
use super::task::Task;
use super::unit::Unit;
use super::view::View;
use super::work::{Chase, Override, Request, Step};

/// The value of a record. In the journal it is tagged by its kind: `{"filing":{…}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A document.
    Document(Box<Document>),
    /// A task.
    Task(Task),
    /// A quota row.
    Row(QuotaRow),
    /// A filing.
    Filing(Filing),
    /// A figure done: of a cell, or reached on a target.
    Done(Done),
    /// A doubt or correction.
    Finding(Finding),
    /// A unit with its aliases.
    Unit(Unit),
    /// A target of a task.
    Target(Target),
    /// A light set by the office.
    Override(Override),
    /// The chasing of an item in a period.
    Chase(Chase),
    /// A step of a task.
    Step(Step),
    /// A request about an item.
    Request(Request),
    /// A saved view.
    View(View),
    /// A period's bulletin: the clerk's part of it, and whether it was issued.
    Bulletin(Box<Bulletin>),
    /// A piece of an issued bulletin.
    Frozen(String),
    /// What somebody may do.
    Role(Role),
    /// Where an item stood before.
    Former(Former),
    /// Who follows on a unit or a leader.
    Successor(Successor),
}

impl Record {
    /// The name of its kind, under which JSON holds it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Document(_) => "document",
            Self::Task(_) => "task",
            Self::Row(_) => "row",
            Self::Filing(_) => "filing",
            Self::Done(_) => "done",
            Self::Finding(_) => "finding",
            Self::Unit(_) => "unit",
            Self::Target(_) => "target",
            Self::Override(_) => "override",
            Self::Chase(_) => "chase",
            Self::Step(_) => "step",
            Self::Request(_) => "request",
            Self::View(_) => "view",
            Self::Bulletin(_) => "bulletin",
            Self::Frozen(_) => "frozen",
            Self::Role(_) => "role",
            Self::Former(_) => "former",
            Self::Successor(_) => "successor",
        }
    }

    /// Whether a record of this kind may stand under `key`; a store refuses a write where it may not.
    pub fn fits(&self, key: &Key) -> bool {
        // Roles are of the ledger as a whole, and nothing else is.
        if key.document.is_office() != matches!(self, Self::Role(_)) {
            return false;
        }
        match (self, &key.of) {
            (Self::Document(document), Of::Document) => document.id == key.document,
            (Self::Task(task), Of::Item(item)) => task.key == *item,
            (Self::Row(row), Of::Item(item)) => row.key == *item,
            (Self::Finding(finding), Of::Finding(line, no)) => (finding.line, finding.no) == (*line, *no),
            (Self::Unit(unit), Of::Unit(name)) => unit.name == *name,
            (Self::View(view), Of::View(name)) => view.name == *name,
            (Self::Role(role), Of::Role(name)) => role.name == *name,
            (Self::Filing(_), Of::Filing(..))
            | (Self::Done(_), Of::Done(..) | Of::Actual(..))
            | (Self::Target(_), Of::Target(..))
            | (Self::Override(_), Of::Override(..))
            | (Self::Chase(_), Of::Chase(..))
            | (Self::Step(_), Of::Step(..))
            | (Self::Request(_), Of::Request(..))
            | (Self::Bulletin(_), Of::Bulletin(_))
            | (Self::Frozen(_), Of::Frozen(..))
            | (Self::Former(_), Of::Former(_))
            | (Self::Successor(_), Of::Successor(..)) => true,
            _ => false,
        }
    }
}
