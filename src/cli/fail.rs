//! How a verb ends: its exit status, or why it stopped: one line what, one line what to do.

use std::io;
use std::process::ExitCode;

use crate::catalog::{Lang, Say};
use crate::model::{BadKey, Clash};
use crate::store::{OpenError, Purpose, Refused};

/// The exit statuses. They are an interface: scripts rely on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done = 0,
    /// Nothing found.
    Nothing = 1,
    /// Bad usage or bad input.
    BadInput = 2,
    /// Refused: a conflict, or not allowed.
    Refused = 3,
    /// The ledger cannot be opened or written, or the disk fails.
    Store = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a verb stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// Whoever read our output has gone (`duban list | head`): nothing to say.
    ReaderGone,
    /// Something to tell.
    Failed(Failure),
}

/// What went wrong and what to do about it, a line each, in the language of the face.
#[derive(Debug)]
pub(super) struct Failure {
    pub what: String,
    pub todo: String,
    pub exit: Exit,
}

impl Stop {
    pub(super) fn new(exit: Exit, what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self::Failed(Failure { what: what.into(), todo: todo.into(), exit })
    }

    /// Bad usage or input.
    pub(super) fn input(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self::new(Exit::BadInput, what, todo)
    }

    /// Our output could not be written.
    pub(super) fn output(lang: Lang, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ReaderGone;
        }
        Self::new(Exit::Store, lang.fill(Say::CannotPrint, &[error]), lang.say(Say::CannotPrintTodo))
    }

    /// A file that the user named could not be read or made.
    pub(super) fn file(lang: Lang, path: &std::path::Path, error: &io::Error) -> Self {
        let name = super::words::path(path);
        if error.kind() == io::ErrorKind::AlreadyExists {
            return Self::input(lang.fill(Say::FileExists, &[&name]), lang.say(Say::FileExistsTodo));
        }
        Self::input(lang.fill(Say::FileTrouble, &[&name, error]), lang.say(Say::FileTroubleTodo))
    }

    /// The store refused.
    pub(super) fn refused(lang: Lang, refused: &Refused) -> Self {
        let (exit, what, todo) = match refused {
            Refused::Conflict(clashes) => {
                (Exit::Refused, lang.fill(Say::Conflict, &[&clashing(clashes)]), Say::ConflictTodo)
            }
            Refused::Denied(why) => (Exit::Refused, lang.fill(Say::Denied, &[why]), Say::DeniedTodo),
            Refused::Unknown => (Exit::Store, lang.say(Say::Unknown).to_owned(), Say::UnknownTodo),
            Refused::Down(why) => (Exit::Store, lang.fill(Say::StoreDown, &[why]), Say::StoreDownTodo),
            Refused::Invalid(_) | Refused::Reused(_) => {
                (Exit::Store, lang.fill(Say::OurFault, &[refused]), Say::OurFaultTodo)
            }
        };
        Self::new(exit, what, lang.say(todo))
    }

    /// The ledger could not be opened.
    pub(super) fn opening(lang: Lang, error: &OpenError) -> Self {
        let (what, todo) = match error {
            OpenError::Held { pid, purpose, .. } => {
                let who = lang.say(match purpose {
                    Purpose::Screen => Say::HeldByScreen,
                    Purpose::Command => Say::HeldByCommand,
                });
                (lang.fill(Say::Held, &[pid, &who]), lang.fill(Say::HeldTodo, &[pid]))
            }
            OpenError::Missing(dir) => {
                (lang.fill(Say::NoLedger, &[&super::words::path(dir)]), lang.say(Say::NoLedgerTodo).to_owned())
            }
            OpenError::Network(dir) => {
                (lang.fill(Say::OnNetwork, &[&super::words::path(dir)]), lang.say(Say::OnNetworkTodo).to_owned())
            }
            OpenError::Disk { path, source } => (
                lang.fill(Say::CannotOpen, &[&super::words::path(path), source]),
                lang.say(Say::CannotOpenTodo).to_owned(),
            ),
        };
        Self::new(Exit::Store, what, todo)
    }
}

impl Stop {
    /// A key that is not one, or names nothing.
    pub(super) fn key(lang: Lang, bad: &BadKey) -> Self {
        Self::input(lang.fill(Say::NotAKey, &[&bad.0]), lang.say(Say::NotAKeyTodo))
    }
}

fn clashing(clashes: &[Clash]) -> String {
    let keys: Vec<String> = clashes.iter().map(|clash| clash.key.to_string()).collect();
    keys.join(", ")
}
