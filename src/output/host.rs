//! What is said when the host of a ledger does not answer.

use crate::catalog::{Lang, Say};
use crate::store::Away;

/// What happened, and what to do.
pub fn away(lang: Lang, away: &Away) -> (String, String) {
    match away {
        Away::NoHost => (lang.say(Say::AwayNoHost).to_owned(), lang.say(Say::AwayNoHostTodo).to_owned()),
        Away::OwnGone => (lang.say(Say::AwayOwnGone).to_owned(), lang.say(Say::AwayOwnGoneTodo).to_owned()),
        Away::Silent { pid: 0 } => (lang.say(Say::AwayQueue).to_owned(), lang.say(Say::AwayQueueTodo).to_owned()),
        Away::NotForYou => (lang.say(Say::AwayNotForYou).to_owned(), lang.say(Say::AwayNotForYouTodo).to_owned()),
        Away::Silent { pid } => (lang.fill(Say::AwaySilent, &[pid]), lang.fill(Say::AwaySilentTodo, &[pid, pid])),
        Away::Version { theirs, newer } => {
            let todo = if *newer { Say::AwayNewerTodo } else { Say::AwayOlderTodo };
            (lang.fill(Say::AwayVersion, &[theirs, &env!("CARGO_PKG_VERSION")]), lang.say(todo).to_owned())
        }
        Away::Rewritten => (lang.say(Say::AwayRewritten).to_owned(), lang.say(Say::AwayRewrittenTodo).to_owned()),
        Away::Crowded => (lang.say(Say::AwayCrowded).to_owned(), lang.say(Say::AwayCrowdedTodo).to_owned()),
        Away::Garbled(what) => (lang.fill(Say::AwayGarbled, &[what]), lang.say(Say::AwayGarbledTodo).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_done_fits_what_happened() {
        let (_, todo) = away(Lang::En, &Away::OwnGone);
        assert!(!todo.contains("systemctl") && !todo.contains("administrator"), "it is the user's own: {todo}");
        let (_, todo) = away(Lang::En, &Away::NotForYou);
        assert!(todo.contains("duban-users"), "{todo}");
        let (what, todo) = away(Lang::En, &Away::Silent { pid: 0 });
        assert!(!what.contains('0') && !todo.contains("-CONT 0"), "nobody is asked to wake process 0: {what} {todo}");
    }
}
