//! The demonstration's ledger: the 2024 notice with made-up progress.

use chrono::DateTime;
use duban::import::{demo, read, seed};
use duban::model::{Actor, Batch, BatchId, Book, Hash, Intent, Ledger, Period, Record};

fn write(ledger: &mut Ledger, batch: &Batch) {
    let actor = Actor { uid: 0, name: "clerk".to_owned() };
    let commit = ledger.prepare(&actor, batch).unwrap();
    ledger.apply(&commit, Hash::default()).unwrap();
}

fn seeded() -> Ledger {
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let mut ledger = Ledger::default();
    let batch = reading.batch(&ledger, BatchId([1; 16]), DateTime::UNIX_EPOCH.into()).unwrap();
    write(&mut ledger, &batch);
    ledger
}

/// The seed with made-up progress, marked as a demonstration.
pub(crate) fn demonstration() -> Ledger {
    let mut ledger = seeded();
    let book = Book::newest(&ledger).unwrap();
    let mut writes = demo::progress(&book);
    for write in &mut writes {
        if let Some(Record::Document(document)) = &mut write.value {
            document.demo = true;
        }
    }
    let at = DateTime::UNIX_EPOCH.into();
    write(&mut ledger, &Batch { id: BatchId([2; 16]), at, intent: Intent::Demo, undoes: None, writes });
    ledger
}

pub(crate) fn q(index: u8) -> Period {
    Period::quarter(2024, index).unwrap()
}
