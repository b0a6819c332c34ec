//! The batch ids of a ledger: under which id each commit was written.

use std::collections::HashMap;

use crate::model::{BatchId, Seq};

/// An id and the commit's number, big-endian.
pub(super) type Written = [u8; 24];

/// See the module. Those of an image stay as they were read, in order.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Ids {
    read: Vec<Written>,
    new: HashMap<BatchId, Seq>,
}

impl Ids {
    /// Those of an image; `None` where they are not in order.
    pub(super) fn of_image(read: Vec<Written>) -> Option<Self> {
        read.is_sorted().then(|| Self { read, new: HashMap::new() })
    }

    /// The commit that was written under an id.
    pub(in crate::store) fn get(&self, id: BatchId) -> Option<Seq> {
        self.new.get(&id).copied().or_else(|| {
            let at = self.read.partition_point(|written| split(written).0 < id);
            self.read.get(at).map(split).filter(|(found, _)| *found == id).map(|(_, seq)| seq)
        })
    }

    /// Takes note of a commit.
    pub(in crate::store) fn insert(&mut self, id: BatchId, seq: Seq) {
        self.new.insert(id, seq);
    }

    /// How many there are.
    pub(in crate::store) fn len(&self) -> usize {
        self.read.len() + self.new.len()
    }

    /// All of them, in order.
    pub(super) fn sorted(&self) -> Vec<Written> {
        let mut all = self.read.clone();
        all.extend(self.new.iter().map(|(id, seq)| {
            let mut written = [0; 24];
            for (to, from) in written.iter_mut().zip(id.0.iter().chain(&seq.0.to_be_bytes())) {
                *to = *from;
            }
            written
        }));
        all.sort_unstable();
        all
    }
}

fn split(written: &Written) -> (BatchId, Seq) {
    let id = written.first_chunk().copied().unwrap_or_default();
    let seq = written.last_chunk().copied().unwrap_or_default();
    (BatchId(id), Seq(u64::from_be_bytes(seq)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_whether_read_or_new() {
        let mut ids = Ids::default();
        for n in 0..200_u8 {
            ids.insert(BatchId([n.wrapping_mul(37); 16]), Seq(u64::from(n) + 1));
        }
        let mut read = Ids::of_image(ids.sorted()).unwrap();
        read.insert(BatchId([7; 16]), Seq(900));
        for n in 0..200_u8 {
            let id = BatchId([n.wrapping_mul(37); 16]);
            assert_eq!(ids.get(id), Some(Seq(u64::from(n) + 1)));
            assert!(read.get(id) == ids.get(id) || id == BatchId([7; 16]));
        }
        assert_eq!(
            (read.get(BatchId([7; 16])), read.get(BatchId([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]))),
            (Some(Seq(900)), None)
        );
        assert!(Ids::of_image(vec![[2; 24], [1; 24]]).is_none());
    }
}
