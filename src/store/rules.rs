//! What every store checks alike before it writes.

use std::sync::Arc;

use super::{Refused, codec};
use crate::model::{Actor, Batch, Commit, Head, Ledger, Misfit, Seq, Write, role};
use crate::text::is_sanitised;

/// The largest record, encoded: 20,000 characters of Chinese. Keeps sled's values well under the size from which it puts them
/// into files of their own.
const MAX_RECORD: u64 = 60 * 1024;

/// Refuses what no store takes, and what the actor's role does not allow as the ledger stands: before versions are compared and
/// before anything is written, under the lock under which both happen.
pub(super) fn admit(
    ledger: &Ledger,
    owner: u32,
    actor: &Actor,
    batch: &Batch,
    commit: &dyn Fn(Seq) -> Option<Arc<Commit>>,
) -> Result<(), Refused> {
    for write in &batch.writes {
        // Of what is removed too: its key stands in the log.
        if !is_clean(write) {
            let what = format!("{} holds characters that may not enter", write.key);
            return Err(Refused::Invalid(what.escape_debug().to_string()));
        }
        if let Some(record) = &write.value {
            let size = codec::size(record).map_err(|error| Refused::Invalid(error.to_string()))?;
            if size > MAX_RECORD {
                return Err(Refused::Invalid(format!("{} would take {size} bytes, at most {MAX_RECORD}", write.key)));
            }
        }
    }
    role::allow(ledger, owner, actor, batch, commit).map_err(Refused::Denied)
}

/// Whether a write holds only text that has passed the sanitiser, as every face's text has. Asked here because a host's guest may be no
/// face of ours.
fn is_clean(write: &Write) -> bool {
    fn clean(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::String(text) => is_sanitised(text),
            serde_json::Value::Array(values) => values.iter().all(clean),
            serde_json::Value::Object(fields) => fields.iter().all(|(name, value)| is_sanitised(name) && clean(value)),
            _ => true,
        }
    }
    is_sanitised(&write.key.to_string()) && serde_json::to_value(&write.value).is_ok_and(|value| clean(&value))
}

/// The ledger's refusal in the contract's words.
pub(super) fn refusal(misfit: Misfit) -> Refused {
    match misfit {
        Misfit::Conflict(clashes) => Refused::Conflict(clashes),
        Misfit::Malformed(_) | Misfit::Gap { .. } => Refused::Invalid(misfit.to_string()),
    }
}

/// The answer to a batch whose id was seen before, as `first`. Only who wrote it is told that it is in.
pub(super) fn answer_again(first: &Commit, head: Head, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
    if first.actor == *actor && first.answers(batch) { Ok(head) } else { Err(Refused::Reused(first.seq)) }
}
