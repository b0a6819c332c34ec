//! A block: some records in key order, as one value of the codec.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::codec::{self, Undecodable};
use crate::model::{DocumentId, Entry, Key, Of, Record, Seq};

/// A block is closed once it is as long; a record takes at most 60 KiB.
const FULL: usize = 64 * 1024;

/// Records on their way into blocks.
#[derive(Default)]
pub(super) struct Filling {
    bytes: Vec<u8>,
    first: Option<Key>,
    count: u32,
}

/// A block that is full.
pub(super) struct Full {
    pub(super) first: Key,
    pub(super) count: u32,
    pub(super) bytes: Vec<u8>,
}

impl Filling {
    /// Puts a record in; answers the block that it filled, if it did.
    pub(super) fn put(&mut self, key: &Key, entry: &Entry) -> Result<Option<Full>, Undecodable> {
        codec::append(&(key, entry.version, entry.record.as_ref()), &mut self.bytes)?;
        self.first.get_or_insert_with(|| key.clone());
        self.count += 1;
        if self.bytes.len() < FULL { Ok(None) } else { self.close() }
    }

    /// What is left.
    pub(super) fn close(&mut self) -> Result<Option<Full>, Undecodable> {
        let Some(first) = self.first.take() else { return Ok(None) };
        let (count, bytes) = (std::mem::take(&mut self.count), std::mem::take(&mut self.bytes));
        Ok(Some(Full { first, count, bytes: codec::list(count, &bytes)? }))
    }
}

/// Reads blocks. Names that many records share are kept in memory once.
#[derive(Default)]
pub(super) struct Reading {
    document: Option<DocumentId>,
    names: HashSet<Arc<str>>,
}

impl Reading {
    /// The records of a block, put behind others.
    pub(super) fn read(&mut self, bytes: &[u8], count: u32, into: &mut Vec<(Key, Entry)>) -> Result<(), Undecodable> {
        let records: Vec<(Key, Seq, Record)> = codec::decode(bytes)?;
        if u32::try_from(records.len()) != Ok(count) {
            return Err(Undecodable::Content("another number of records".to_owned()));
        }
        into.extend(records.into_iter().map(|(mut key, version, mut record)| {
            match &self.document {
                Some(document) if *document == key.document => key.document = document.clone(),
                _ => self.document = Some(key.document.clone()),
            }
            if let Of::Done(_, area, _) = &mut key.of {
                self.share(area);
            }
            self.share_names(&mut record);
            (key, Entry { version, record: Arc::new(record) })
        }));
        Ok(())
    }

    fn share_names(&mut self, record: &mut Record) {
        match record {
            Record::Task(task) => {
                let names = [&mut task.leaders, &mut task.lead_units, &mut task.coop_units];
                names.into_iter().flatten().for_each(|name| self.share(name));
            }
            Record::Row(row) => {
                let units = [&mut row.lead_units, &mut row.coop_units].into_iter().flatten();
                units.chain(row.areas.iter_mut().map(|cell| &mut cell.area)).for_each(|name| self.share(name));
            }
            _ => {}
        }
    }

    fn share(&mut self, name: &mut Arc<str>) {
        if let Some(known) = self.names.get(name) {
            *name = Arc::clone(known);
        } else {
            self.names.insert(Arc::clone(name));
        }
    }
}
