//! Whether a batch may be written: the one rule, asked by every store before anything is written.

use std::sync::Arc;

use super::{Denial, May, contact, of};
use crate::model::{Actor, Batch, Commit, Intent, Ledger, Of, Seq};

/// Judges every write of a batch, by what stands in the ledger and what it would hold. What a batch says of itself is only a
/// client's word: the intent is held against what is written, and `commit` answers the commit that it says it takes back.
///
/// # Errors
/// The first reason why not.
pub fn allow(
    ledger: &Ledger,
    owner: u32,
    actor: &Actor,
    batch: &Batch,
    commit: &dyn Fn(Seq) -> Option<Arc<Commit>>,
) -> Result<(), Denial> {
    match of(ledger, owner, actor) {
        None => Err(Denial::NoRole { name: actor.name.clone(), uid: actor.uid }),
        Some(May::Reader) => Err(Denial::ReadOnly),
        Some(May::Admin) => Ok(()),
        Some(May::Editor) => {
            let roles = batch.writes.iter().any(|write| matches!(write.key.of, Of::Role(_)));
            if roles || batch.intent == Intent::Role { Err(Denial::AdminOnly) } else { Ok(()) }
        }
        Some(may @ May::Contact(_)) => contact::judge(ledger, &may, actor, batch, commit),
    }
}
