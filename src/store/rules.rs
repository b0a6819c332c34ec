//! What every store checks alike before it writes.

use super::{Refused, codec};
use crate::model::{Batch, Commit, Head, Misfit};

/// The largest record, encoded: 20,000 characters of Chinese. Keeps sled's values well under the size from which it puts them
/// into files of their own.
const MAX_RECORD: u64 = 60 * 1024;

/// Refuses what no store takes, before the ledger is asked.
pub(super) fn admit(batch: &Batch) -> Result<(), Refused> {
    for write in &batch.writes {
        if let Some(record) = &write.value {
            let size = codec::size(record).map_err(|error| Refused::Invalid(error.to_string()))?;
            if size > MAX_RECORD {
                return Err(Refused::Invalid(format!("{} would take {size} bytes, at most {MAX_RECORD}", write.key)));
            }
        }
    }
    Ok(())
}

/// The ledger's refusal in the contract's words.
pub(super) fn refusal(misfit: Misfit) -> Refused {
    match misfit {
        Misfit::Conflict(clashes) => Refused::Conflict(clashes),
        Misfit::Malformed(_) | Misfit::Gap { .. } => Refused::Invalid(misfit.to_string()),
    }
}

/// The answer to a batch whose id was seen before, as `first`.
pub(super) fn answer_again(first: &Commit, head: Head, batch: &Batch) -> Result<Head, Refused> {
    if first.answers(batch) { Ok(head) } else { Err(Refused::Reused(first.seq)) }
}
