//! The others who are in, the link to the host, and what is on its way to it.

use std::collections::VecDeque;

use super::state::{Popup, State};
use crate::model::{Batch, ItemKey, Key as RecordKey};
use crate::store::{Other, Refused, Seat, Whereabouts, drafts::Draft};

/// What the screen knows of everybody else, and of the host.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// Everybody else who is in.
    pub others: Vec<Other>,
    /// Who keeps the ledger; `None` before the first news.
    pub seat: Option<Seat>,
    /// Why the host does not answer; `None`: it does.
    pub away: Option<Refused>,
    /// Why a commit did not reach it, before the watcher has noticed: a host that is stopped says nothing to either.
    pub silent: Option<Refused>,
    /// Commits that came in with the link, after it was gone.
    pub missed: usize,
    /// What the others were told last of what is open here.
    pub told: Option<Whereabouts>,
    /// What somebody else has just changed of what is shown: said until the next key.
    pub news: Option<String>,
    /// What was sent and is not answered yet, in order.
    pub sent: VecDeque<Sent>,
    /// What could not be sent, or whose answer was lost. It is sent again under the same id when the link is back.
    pub unsent: Vec<Unsent>,
    /// How often the open form was saved anew because others were faster.
    pub again: u8,
}

/// What was sent: what its answer belongs to, and touches alone.
#[derive(Debug, Clone)]
pub enum Sent {
    /// A deed without a form; whether it takes a commit back, where a conflict means something else.
    Deed {
        /// An undo or redo.
        undoes: bool,
    },
    /// What the form or figure in front holds.
    Form,
    /// One of `unsent` once more.
    Again(Box<Unsent>),
}

/// A batch without an answer.
#[derive(Debug, Clone)]
pub struct Unsent {
    /// What is to be written; its id stays.
    pub batch: Batch,
    /// What the form held that it came from.
    pub draft: Option<Draft>,
}

impl Live {
    /// Why the host cannot be reached, as far as anybody has noticed.
    pub fn gone(&self) -> Option<&Refused> {
        self.away.as_ref().or(self.silent.as_ref())
    }

    /// Whether a deed or a form is not answered yet: what is changed meanwhile is meant for what will stand there then. What is
    /// sent once more has been told of: nobody waits for that.
    pub fn waits(&self) -> bool {
        self.sent.iter().any(|sent| !matches!(sent, Sent::Again(_)))
    }

    /// Whether anybody could want to know what is open here.
    pub fn is_shared(&self) -> bool {
        self.away.is_none() && matches!(self.seat, Some(Seat::Host | Seat::Guest { .. }))
    }
}

impl State {
    /// What this screen has open.
    pub fn here(&self) -> Whereabouts {
        let item = |item: ItemKey| RecordKey::item(&self.document, item);
        let (key, editing) = match self.popups.last() {
            Some(Popup::Form(form)) => (Some(form.key(&self.document)), true),
            Some(Popup::Figure(figure)) => {
                (Some(RecordKey::done(&self.document, figure.row, &figure.area, figure.period)), true)
            }
            Some(Popup::Sheet(sheet)) => (sheet.purpose.key(&self.document, sheet.period), true),
            _ => (self.item().map(item), false),
        };
        let editing = editing && key.is_some() && !self.setup.read_only;
        Whereabouts { key, editing }
    }

    /// The names of those who are editing an item, or anything of it.
    pub fn editors(&self, item: ItemKey) -> Vec<&str> {
        let at = |other: &&Other| {
            let key = other.at.key.as_ref().filter(|key| key.document == self.document);
            other.at.editing && key.and_then(RecordKey::about) == Some(item)
        };
        self.live.others.iter().filter(at).map(|other| other.actor.name.as_str()).collect()
    }

    /// The names of those who are editing the record that is open here, or its item.
    pub fn editors_of(&self, key: &RecordKey) -> Vec<&str> {
        if let Some(item) = key.about() {
            return self.editors(item);
        }
        let at = |other: &&Other| other.at.editing && other.at.key.as_ref() == Some(key);
        self.live.others.iter().filter(at).map(|other| other.actor.name.as_str()).collect()
    }
}
