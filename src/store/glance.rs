//! A look at a long ledger without reading all of it: some records from the image, and what the journal says of them since. For a program that
//! is started for one question. Where anything is amiss there is no glance, and the ledger is opened in full, which says what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::image::Image;
use super::segments::Segments;
use super::survey::{FOLD_UP_TO, shows};
use super::{files, follow, format, journal, line};
use crate::model::{Entry, Hash, Head, Key, Ledger, Of, Record, Seq};

/// See the module.
#[derive(Debug)]
pub struct Glance {
    dir: PathBuf,
    image: Image,
    head: Head,
    /// What was written since the image; `None`: it was removed.
    since: BTreeMap<Key, Option<Entry>>,
}

/// A glance at the ledger in `dir`; `None` where it has to be opened in full.
pub fn glance(dir: &Path) -> Option<Glance> {
    glance_beyond(dir, FOLD_UP_TO)
}

pub(super) fn glance_beyond(dir: &Path, fold_up_to: u64) -> Option<Glance> {
    let folder = dir.join("journal");
    // Opened in full it is refused, with words.
    if files::exposed(dir).is_some() {
        return None;
    }
    format::check(dir).ok()?;
    // In this order: a writer may be at work.
    let acknowledged = journal::acknowledged(&folder);
    let image = Image::open(dir).ok()?;
    let segments = Segments::list(&folder).ok().filter(|segments| segments.bytes() > fold_up_to)?;
    if acknowledged == Seq::ZERO || !shows(&segments, image.place(), image.head()).ok()? {
        return None;
    }
    let (mut head, mut since) = (image.head(), BTreeMap::new());
    let mut lines = segments.lines_behind(image.place(), head.seq).ok()?;
    while let Some((sealed, _)) = follow::next(&mut lines).ok()?.ok()? {
        let commit = sealed.commit;
        if commit.prev != head.hash || commit.seq != head.seq.next() {
            return None;
        }
        head = Head { seq: commit.seq, hash: sealed.hash };
        since.extend(commit.changes.iter().map(|change| {
            let entry = |record: &Arc<Record>| Entry { version: commit.seq, record: Arc::clone(record) };
            (change.key.clone(), change.new.as_ref().map(entry))
        }));
    }
    (head.seq >= acknowledged).then(|| Glance { dir: dir.to_owned(), image, head, since })
}

impl Glance {
    /// The records of some kinds.
    pub fn of_kinds(&self, wanted: impl Fn(&Of) -> bool) -> Option<Ledger> {
        let firsts: Vec<&Key> = self.image.firsts().collect();
        let inside = |first: &Key, next: &Key| {
            first.document == next.document && std::mem::discriminant(&first.of) == std::mem::discriminant(&next.of)
        };
        let blocks = (0..firsts.len()).filter(|at| match (firsts.get(*at), firsts.get(at + 1)) {
            (Some(first), Some(next)) => wanted(&first.of) || !inside(first, next),
            _ => true,
        });
        let entries = self.image.blocks(blocks).ok()?;
        Some(self.up_to_date(entries.into_iter().filter(|(key, _)| wanted(&key.of)), |key| wanted(&key.of)))
    }

    /// A ledger with these records besides.
    pub fn with(&self, ledger: &Ledger, keys: &BTreeSet<Key>) -> Option<Ledger> {
        let firsts: Vec<&Key> = self.image.firsts().collect();
        let block = |key: &Key| firsts.partition_point(|first| *first <= key).checked_sub(1);
        let blocks: BTreeSet<usize> = keys.iter().filter_map(block).collect();
        let entries = self.image.blocks(blocks.into_iter()).ok()?;
        let known = ledger.entries().map(|(key, entry)| (key.clone(), entry.clone()));
        let asked = entries.into_iter().filter(|(key, _)| keys.contains(key));
        Some(self.up_to_date(known.chain(asked), |key| keys.contains(key)))
    }

    fn up_to_date(&self, entries: impl Iterator<Item = (Key, Entry)>, wanted: impl Fn(&Key) -> bool) -> Ledger {
        let mut entries: BTreeMap<Key, Entry> = entries.collect();
        for (key, entry) in self.since.iter().filter(|(key, _)| wanted(key)) {
            match entry {
                Some(entry) => drop(entries.insert(key.clone(), entry.clone())),
                None => drop(entries.remove(key)),
            }
        }
        Ledger::from_parts(self.head, entries)
    }

    /// Whether anything of some kinds was written since the image: what is kept beside it is not of today then.
    pub fn has_changed(&self, kinds: impl Fn(&Of) -> bool) -> bool {
        self.since.keys().any(|key| kinds(&key.of))
    }

    /// What was kept beside the image by [`Self::keep`], if it was made of this very image and is whole.
    pub fn kept(&self) -> Option<Vec<u8>> {
        let mut bytes = std::fs::read(self.kept_at()).ok()?;
        let (seal, rest) = bytes.split_first_chunk::<32>()?;
        if line::sha256(rest).0 != *seal || rest.get(..32)? != self.image.head().hash.0 {
            return None;
        }
        bytes.drain(..64);
        Some(bytes)
    }

    /// Keeps something that was derived from the ledger as the image has it. Best effort.
    pub fn keep(&self, bytes: &[u8]) {
        let Hash(of) = self.image.head().hash;
        let rest = [&of[..], bytes].concat();
        let whole = [&line::sha256(&rest).0[..], &rest].concat();
        drop(files::replace(&self.kept_at(), |file| std::io::Write::write_all(file, &whole)));
    }

    fn kept_at(&self) -> PathBuf {
        self.dir.join("index")
    }
}
