//! Several deeds as one commit: each is judged as if those before it were done, and what they write comes out record by record.

use std::collections::BTreeSet;

use crate::model::{Book, DocumentId, Key, Ledger, Write};

/// Deeds that are done together or not at all.
#[derive(Debug, Clone)]
pub struct Together<'a> {
    before: &'a Ledger,
    supposed: Ledger,
    keys: BTreeSet<Key>,
}

impl<'a> Together<'a> {
    /// None yet.
    pub fn new(before: &'a Ledger) -> Self {
        Self { before, supposed: before.clone(), keys: BTreeSet::new() }
    }

    /// The document as it would be after what was added.
    pub fn book(&self, document: &DocumentId) -> Option<Book<'_>> {
        Book::open(&self.supposed, document)
    }

    /// The ledger as it would be.
    pub const fn ledger(&self) -> &Ledger {
        &self.supposed
    }

    /// Adds the writes of one more deed.
    pub fn add(&mut self, writes: &[Write]) {
        self.supposed.suppose(writes);
        self.keys.extend(writes.iter().map(|write| write.key.clone()));
    }

    /// What has to be written for all of them: each record once, and none that ends as it was.
    pub fn writes(&self) -> Vec<Write> {
        let record = |ledger: &Ledger, key: &Key| ledger.get(key).map(|entry| entry.record.as_ref().clone());
        let changed = self.keys.iter().filter(|key| record(self.before, key) != record(&self.supposed, key));
        changed
            .map(|key| Write { key: key.clone(), base: self.before.version(key), value: record(&self.supposed, key) })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::{Verdict, put_done, put_step, review};
    use crate::model::{Step, StepState};
    use crate::report::fixture::{Making, amount, cells, dec, id, q};

    fn making() -> Making {
        let mut making = Making::new("东城区 南溪县");
        making.task(1, "修路", "张三", "市交通局");
        making.row("P1.1", "路灯", amount("20"), &cells(&["东城区", "南溪县"], "10 10"));
        making.done("P1.1", "东城区", q(3), "1");
        making
    }

    #[test]
    fn what_comes_later_sees_what_was_added_and_no_record_is_written_twice() {
        let ledger = making().ledger();
        let mut together = Together::new(&ledger);
        let task = "T1".parse().unwrap();
        let step = |text: &str| Step { text: text.to_owned(), unit: None, deadline: None, state: StepState::Todo };
        for text in ["招标", "开工"] {
            let writes = put_step(&together.book(&id()).unwrap(), task, None, Some(step(text))).unwrap();
            together.add(&writes);
        }
        let row = "P1.1".parse().unwrap();
        let writes = review(&together.book(&id()).unwrap(), row, q(3), &Verdict::Accept).unwrap();
        together.add(&writes);
        for area in ["东城区", "南溪县"] {
            let writes = put_done(&together.book(&id()).unwrap(), row, area, q(3), Some(dec("5"))).unwrap();
            together.add(&writes);
        }
        let keys: Vec<String> = together.writes().iter().map(|write| write.key.to_string()).collect();
        assert_eq!(keys.len(), 5, "two steps, two figures, one filing: {keys:?}");
        assert!(together.writes().iter().all(|write| write.base == ledger.version(&write.key)));
    }

    #[test]
    fn what_ends_as_it_was_is_not_written() {
        let ledger = making().ledger();
        let mut together = Together::new(&ledger);
        let row = "P1.1".parse().unwrap();
        for value in ["7", "1"] {
            let writes = put_done(&together.book(&id()).unwrap(), row, "东城区", q(3), Some(dec(value))).unwrap();
            assert_eq!(writes.len(), 1);
            together.add(&writes);
        }
        assert_eq!(together.writes(), []);
    }
}
