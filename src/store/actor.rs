//! Who is at work, and ids for what they do.

use std::ffi::OsStr;

use super::now;
use crate::model::{Actor, BatchId};
use crate::text::one_line;

/// The user of this process, by the number the system vouches for; the login name is only for people.
pub fn current_actor() -> Actor {
    actor_of(uzers::get_current_uid())
}

/// The user with this number, under the login name that the system has for it.
pub(super) fn actor_of(uid: u32) -> Actor {
    Actor { uid, name: name_of(uid) }
}

/// The user with a login name, as the system knows them: directories may take other spellings than the one that they give.
pub fn user_named(name: &str) -> Option<Actor> {
    let user = uzers::get_user_by_name(name)?;
    Some(Actor { uid: user.uid(), name: shown(user.name()) })
}

/// A directory of users may hold any name; it stands in every line of the log.
fn shown(name: &OsStr) -> String {
    one_line(&name.to_string_lossy()).text
}

/// The login name of a user; the number where the system knows none.
pub fn name_of(uid: u32) -> String {
    uzers::get_user_by_uid(uid).map_or_else(|| uid.to_string(), |user| shown(user.name()))
}

/// A batch id that nobody had before.
pub fn new_batch_id() -> BatchId {
    let mut id = [0; 16];
    if getrandom::fill(&mut id).is_err() {
        // A system without randomness: time and process number are unique enough on one machine.
        let nanos = now().timestamp_nanos_opt().and_then(|nanos| u128::try_from(nanos).ok()).unwrap_or_default();
        id = (nanos << 32 | u128::from(std::process::id())).to_be_bytes();
    }
    BatchId(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_known_by_name_and_by_number_alike() {
        let root = user_named("root").unwrap();
        assert_eq!((root.uid, name_of(0)), (0, root.name));
        assert_eq!(user_named("nobody-of-this-name"), None);
        assert_eq!(name_of(4_000_000_000), "4000000000");
    }

    #[test]
    fn ids_differ_and_the_actor_is_the_user_of_the_process() {
        assert_ne!(new_batch_id(), new_batch_id());
        assert_eq!(current_actor().uid, rustix::process::getuid().as_raw());
        assert!(!current_actor().name.is_empty());
    }
}
