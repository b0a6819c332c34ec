//! What is said when the host of a ledger does not answer.

use crate::catalog::{Lang, Say};
use crate::store::Away;

/// What happened, and what to do.
pub fn away(lang: Lang, away: &Away) -> (String, String) {
    match away {
        Away::NoHost => (lang.say(Say::AwayNoHost).to_owned(), lang.say(Say::AwayNoHostTodo).to_owned()),
        Away::Silent { pid } => (lang.fill(Say::AwaySilent, &[pid]), lang.fill(Say::AwaySilentTodo, &[pid, pid])),
        Away::Version { theirs, newer } => {
            let todo = if *newer { Say::AwayNewerTodo } else { Say::AwayOlderTodo };
            (lang.fill(Say::AwayVersion, &[theirs, &env!("CARGO_PKG_VERSION")]), lang.say(todo).to_owned())
        }
        Away::Crowded => (lang.say(Say::AwayCrowded).to_owned(), lang.say(Say::AwayCrowdedTodo).to_owned()),
        Away::Garbled(what) => (lang.fill(Say::AwayGarbled, &[what]), lang.say(Say::AwayGarbledTodo).to_owned()),
    }
}
