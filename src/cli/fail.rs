//! How a verb ends: its exit status, or why it stopped: one line what, one line what to do.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::catalog::{Lang, Say};
use crate::model::entry::NoDeed;
use crate::model::{Clash, Denial};
use crate::output::host::away;
use crate::store::{Away, Exposed, OpenError, Purpose, Refused};

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
    /// Which field of what was asked is wrong, where it is one; only batches tell it.
    pub field: Option<&'static str>,
}

impl Stop {
    pub(super) fn new(exit: Exit, what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self::Failed(Failure { what: what.into(), todo: todo.into(), exit, field: None })
    }

    /// Bad usage or input.
    pub(super) fn input(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self::new(Exit::BadInput, what, todo)
    }

    /// The same, about a field of what was asked.
    #[must_use]
    pub(super) fn in_field(self, field: &'static str) -> Self {
        match self {
            Self::Failed(failure) => Self::Failed(Failure { field: failure.field.or(Some(field)), ..failure }),
            Self::ReaderGone => Self::ReaderGone,
        }
    }

    /// A deed on an item is not possible.
    pub(super) fn no_deed(lang: Lang, name: &dyn std::fmt::Display, why: NoDeed) -> Self {
        let (exit, field) = match why {
            NoDeed::NoItem => (Exit::Nothing, Some("key")),
            NoDeed::NoNumber => (Exit::Nothing, Some("no")),
            NoDeed::NotATask => (Exit::BadInput, Some("key")),
            NoDeed::RowPercent | NoDeed::BadPercent => (Exit::BadInput, Some("percent")),
            NoDeed::NoDate | NoDeed::Dateless => (Exit::BadInput, Some("until")),
            NoDeed::TooLong | NoDeed::NoReason | NoDeed::BadFigure | NoDeed::OutOfRange => (Exit::BadInput, None),
            NoDeed::NothingFiled
            | NoDeed::NoLight
            | NoDeed::Closed
            | NoDeed::NothingOwed
            | NoDeed::Decided
            | NoDeed::Asked
            | NoDeed::Issued
            | NoDeed::NotIssued
            | NoDeed::OtherPeriods => (Exit::Refused, None),
        };
        let what = lang.fill(Say::CliNoDeed, &[name, &lang.no_deed(why)]);
        let stop = Self::new(exit, what, lang.fill(Say::CliNoDeedTodo, &[&lang.no_deed_todo(why)]));
        match field {
            Some(field) => stop.in_field(field),
            None => stop,
        }
    }

    /// Our output could not be written.
    pub(super) fn output(lang: Lang, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ReaderGone;
        }
        Self::new(
            Exit::Store,
            lang.fill(Say::CliCannotPrint, &[&super::words::io(lang, error)]),
            lang.say(Say::CliCannotPrintTodo),
        )
    }

    /// A file that the user named could not be read or made.
    pub(super) fn file(lang: Lang, path: &std::path::Path, error: &io::Error) -> Self {
        let name = super::words::path(path);
        if error.kind() == io::ErrorKind::AlreadyExists {
            return Self::input(lang.fill(Say::CliFileExists, &[&name]), lang.say(Say::CliFileExistsTodo));
        }
        Self::input(
            lang.fill(Say::CliFileTrouble, &[&name, &super::words::io(lang, error)]),
            lang.say(Say::CliFileTroubleTodo),
        )
    }

    /// The store refused.
    pub(super) fn refused(lang: Lang, refused: &Refused) -> Self {
        if let Refused::Away(why) = refused {
            let (what, todo) = away(lang, why);
            return Self::new(Exit::Store, what, todo);
        }
        if let Refused::Denied(why) = refused {
            return Self::denied(lang, why);
        }
        let (exit, what, todo) = match refused {
            Refused::Conflict(clashes) => {
                (Exit::Refused, lang.fill(Say::CliConflict, &[&clashing(clashes)]), Say::CliConflictTodo)
            }
            Refused::Unknown => (Exit::Store, lang.say(Say::CliUnknown).to_owned(), Say::CliUnknownTodo),
            Refused::Down(why) => (Exit::Store, lang.fill(Say::CliStoreDown, &[why]), Say::CliStoreDownTodo),
            Refused::Invalid(_) | Refused::Reused(_) | Refused::Away(_) | Refused::Denied(_) => {
                (Exit::Store, lang.fill(Say::CliOurFault, &[refused]), Say::CliOurFaultTodo)
            }
        };
        Self::new(exit, what, lang.say(todo))
    }

    /// The store refused to write, or nobody knows whether it did.
    pub(super) fn unwritten(lang: Lang, refused: &Refused) -> Self {
        match refused {
            Refused::Away(why @ Away::Silent { .. }) => {
                let (what, todo) = away(lang, why);
                Self::new(Exit::Store, what, format!("{todo} {}", lang.say(Say::CliSilentTodo)))
            }
            refused => Self::refused(lang, refused),
        }
    }

    /// The user's role does not allow it.
    pub(super) fn denied(lang: Lang, why: &Denial) -> Self {
        Self::new(Exit::Refused, lang.fill(Say::CliDenied, &[&lang.denial(why)]), lang.denial_todo(why))
    }

    /// The ledger could not be opened.
    pub(super) fn opening(lang: Lang, error: &OpenError) -> Self {
        let (what, todo) = match error {
            OpenError::Held { pid, purpose, .. } => {
                let who = lang.say(match purpose {
                    Purpose::Screen => Say::CliHeldByScreen,
                    Purpose::Serve => Say::CliHeldByServe,
                    Purpose::Command => Say::CliHeldByCommand,
                });
                (lang.fill(Say::CliHeld, &[pid, &who]), lang.fill(Say::CliHeldTodo, &[pid]))
            }
            OpenError::Away(why) => away(lang, why),
            OpenError::Missing(dir) => {
                (lang.fill(Say::CliNoLedger, &[&super::words::path(dir)]), lang.say(Say::CliNoLedgerTodo).to_owned())
            }
            OpenError::Network { dir, kind } => {
                let what = lang.fill(Say::CliOnNetwork, &[&super::words::path(dir), kind]);
                (what, lang.say(Say::CliOnNetworkTodo).to_owned())
            }
            OpenError::Exposed { dir, why } => exposed(lang, dir, *why),
            OpenError::Newer { dir, theirs, ours } => {
                let schema = if *theirs == 0 { "?".to_owned() } else { theirs.to_string() };
                (
                    lang.fill(Say::CliNewer, &[&super::words::path(dir), &schema, ours]),
                    lang.say(Say::CliNewerTodo).to_owned(),
                )
            }
            OpenError::Disk { path, source } => (
                lang.fill(Say::CliCannotOpen, &[&super::words::path(path), &super::words::io(lang, source)]),
                lang.say(Say::CliCannotOpenTodo).to_owned(),
            ),
        };
        Self::new(Exit::Store, what, todo)
    }
}

/// Why a folder is no place for a ledger, and what to do.
pub(super) fn exposed(lang: Lang, dir: &Path, why: Exposed) -> (String, String) {
    let (what, todo) = match why {
        Exposed::Writable => (Say::CliExposedWritable, Say::CliExposedWritableTodo),
        Exposed::Foreign => (Say::CliExposedForeign, Say::CliExposedForeignTodo),
    };
    let dir = super::words::path(dir);
    (lang.fill(what, &[&dir]), lang.fill(todo, &[&dir]))
}

fn clashing(clashes: &[Clash]) -> String {
    let keys: Vec<String> = clashes.iter().map(|clash| clash.key.to_string()).collect();
    keys.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All or nothing: of many items that were to be reviewed at once, those are named that somebody else was faster with.
    #[test]
    fn a_conflict_names_every_record_that_clashes() {
        let clash = |key: &str| Clash { key: key.parse().unwrap(), now: None };
        let refused = Refused::Conflict(vec![clash("yunxi-2024/T5@2024Q3"), clash("yunxi-2024/P17.3@2024Q3")]);
        for lang in [Lang::Zh, Lang::En] {
            let Stop::Failed(failure) = Stop::refused(lang, &refused) else { panic!() };
            assert!(failure.what.contains("yunxi-2024/T5@2024Q3, yunxi-2024/P17.3@2024Q3"), "{}", failure.what);
            assert_eq!(failure.exit, Exit::Refused);
        }
    }

    /// A host that was stopped with the batch in its socket writes it when it goes on.
    #[test]
    fn what_a_silent_host_was_sent_is_to_be_looked_up_before_it_is_done_again() {
        for lang in [Lang::Zh, Lang::En] {
            let silent = Refused::Away(Away::Silent { pid: 7 });
            let Stop::Failed(failure) = Stop::unwritten(lang, &silent) else { panic!() };
            assert!(failure.todo.contains("kill -CONT 7") && failure.todo.contains("duban log"), "{}", failure.todo);
        }
    }

    #[test]
    fn after_a_failed_write_it_is_said_that_the_host_has_to_be_restarted() {
        for lang in [Lang::Zh, Lang::En] {
            let Stop::Failed(failure) = Stop::refused(lang, &Refused::Down("x".into())) else { panic!() };
            assert!(failure.todo.contains("systemctl restart duban"), "{}", failure.todo);
        }
    }
}
