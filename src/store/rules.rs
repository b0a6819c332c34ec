//! What every store checks alike before it writes.

use std::sync::Arc;

use serde_json::Value;

use super::{Refused, codec};
use crate::model::{Actor, Batch, Commit, Head, Ledger, Misfit, Seq, Write, role};
use crate::text::{is_sanitised, sanitise};

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
        // A line of the journal that could not be read again would be taken for one of a newer program.
        if write.key.to_string().parse().as_ref() != Ok(&write.key) {
            return Err(Refused::Invalid(format!("{} names another record", write.key)));
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

/// The fields whose texts may have several lines; all others, also those that are still to come, have one. A line end in a name would
/// end a line of a list, a log or a table, and what stands behind it would pass for a line of its own.
const OF_LINES: [&str; 9] =
    ["progress", "problems", "next", "returned", "reason", "note", "opening", "text", "reading"];

/// Whether a write holds only text that has passed the sanitiser, as every face's text has. Asked here because a host's guest may be no
/// face of ours.
fn is_clean(write: &Write) -> bool {
    fn clean((of, field): (&str, &str), value: &Value) -> bool {
        // A task's text has lines; a cell of the matrix that holds a text instead of an amount has one.
        let lines = OF_LINES.contains(&field) && !matches!(of, "quota" | "total");
        match value {
            Value::String(text) => is_sanitised(text) && (lines || !text.contains('\n')),
            Value::Array(values) => values.iter().all(|value| clean((of, field), value)),
            Value::Object(fields) => {
                fields.iter().all(|(name, value)| is_one_line(name) && clean((field, name), value))
            }
            _ => true,
        }
    }
    fn is_one_line(text: &str) -> bool {
        is_sanitised(text) && !text.contains('\n')
    }
    is_one_line(&write.key.to_string()) && serde_json::to_value(&write.value).is_ok_and(|value| clean(("", ""), &value))
}

/// Takes out of every text what may not enter.
pub(super) fn clean(value: &mut Value) {
    match value {
        Value::String(text) => *text = sanitise(text).text,
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        _ => {}
    }
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
