//! The demonstration's ledger: the 2024 notice with made-up progress, marked as a demonstration.

use chrono::DateTime;
use duban::import::{demo, read, seed};
use duban::model::{Actor, Batch, BatchId, Book, Commit, Hash, Intent, Ledger, Period, Record};

/// Every commit's hash, so that what bears the head can be told.
pub(crate) const HASH: Hash = Hash([0xab; 32]);

/// Writes a batch as a clerk.
pub(crate) fn write(ledger: &mut Ledger, batch: &Batch) -> Commit {
    let actor = Actor { uid: 0, name: "clerk".to_owned() };
    let commit = ledger.prepare(&actor, batch).unwrap();
    ledger.apply(&commit, HASH).unwrap();
    commit
}

/// The notice as read in.
fn notice(ledger: &Ledger) -> Batch {
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    reading.batch(ledger, BatchId([1; 16]), DateTime::UNIX_EPOCH.into()).unwrap()
}

/// The notice without progress.
pub(crate) fn seeded() -> Ledger {
    let mut ledger = Ledger::default();
    let batch = notice(&ledger);
    write(&mut ledger, &batch);
    ledger
}

/// The ledger, and the commits that made it.
pub(crate) fn demonstration_with_commits() -> (Ledger, [Commit; 2]) {
    let mut ledger = Ledger::default();
    let batch = notice(&ledger);
    let read_in = write(&mut ledger, &batch);
    let mut writes = demo::progress(&Book::newest(&ledger).unwrap());
    for write in &mut writes {
        if let Some(Record::Document(document)) = &mut write.value {
            document.demo = true;
        }
    }
    let at = DateTime::UNIX_EPOCH.into();
    let progress = write(&mut ledger, &Batch { id: BatchId([2; 16]), at, intent: Intent::Demo, undoes: None, writes });
    (ledger, [read_in, progress])
}

/// The ledger.
pub(crate) fn demonstration() -> Ledger {
    demonstration_with_commits().0
}

pub(crate) fn q(index: u8) -> Period {
    Period::quarter(2024, index).unwrap()
}
