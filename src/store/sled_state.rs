//! sled: the state, the history by record, the batch ids and a copy of the commits, all derived from the journal; the only file
//! that names sled.
//!
//! sled's batches are atomic within one tree, so one tree holds everything, and the first byte of a key says what it is:
//! `s<key>` state, `h<key>\0<commit>` history, `c<commit><piece>` copy of the journal's line, `i<id>` batch ids, `m` meta.
//!
//! Bit flips can leave a database that opens without complaint and has fewer records or other bytes. So meta, written with
//! each commit, holds the number of records and a digest over all of them: the sum of 128 bits of SHA-256 of each key with its
//! value. A commit changes it by subtracting what was and adding what is. Loading adds it up anew: for the seed's 200 records
//! 0.1 ms, for 100,000 records some 50 ms; a difference means the state is not believed.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::io::ErrorKind;
use std::num::NonZeroU64;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::codec::{self, Undecodable};
use super::segments::Place;
use super::{Damage, Sealed, Unsound, line};
use crate::model::{BatchId, Commit, Entry, Head, Key, Ledger, Record, Seq};

const CACHE: u64 = 16 * 1024 * 1024;
/// Pieces of the journal's lines; values from 128 KiB on go to files of their own, which sled never syncs.
const PIECE: usize = 60 * 1024;
/// Operations in one of sled's batches. A larger commit takes several, meta in the last: a kill in between leaves a digest that
/// does not match, and the state is rebuilt.
const BATCH: usize = 4096;
/// sled's buffers are flushed after so much journal, which bounds what has to be replayed after a kill.
const FLUSH_EVERY: u64 = 1024 * 1024;
/// How long sled's own lock may still be held by the threads of an instance that was just closed.
const LINGER: Duration = Duration::from_secs(10);
/// How late a timer of sled's threads may be: an hour, in nanoseconds.
const LATE: u64 = 3600 * 1_000_000_000;

/// Where sled stands: the last commit in it, where that one is in the journal, and what the records add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) head: Head,
    pub(super) place: Place,
    count: u64,
    digest: [u8; 16],
}

/// The open database.
#[derive(Debug)]
pub(super) struct SledState {
    db: sled::Db,
    meta: Meta,
    unflushed: u64,
}

/// Why sled cannot be used.
#[derive(Debug)]
pub(super) enum Failed {
    /// The database is unusable: put it aside and make it anew.
    Unsound(Unsound),
    /// The system refuses (disk full, no permission, locked): nothing is wrong with the database.
    System(String),
    /// The journal is damaged, and none can be made of it.
    Journal(Damage),
    /// It was not looked at: the journal is short, and opening sled would take longer than the command.
    NotAsked,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsound(why) => why.fmt(f),
            Self::Journal(damage) => damage.fmt(f),
            Self::System(why) => f.write_str(why),
            Self::NotAsked => f.write_str("not looked at"),
        }
    }
}

impl From<sled::Error> for Failed {
    fn from(error: sled::Error) -> Self {
        match &error {
            sled::Error::Io(io) if io.raw_os_error().is_some() => Self::System(error.to_string()),
            _ => Self::Unsound(Unsound::Damaged(error.to_string())),
        }
    }
}

impl From<Undecodable> for Failed {
    fn from(error: Undecodable) -> Self {
        Self::Unsound(error.into())
    }
}

fn damaged(what: &str) -> Failed {
    Failed::Unsound(Unsound::Damaged(what.to_owned()))
}

/// A folder that cannot be looked for is not missing: the system refuses.
fn is_there(folder: &Path) -> Result<(), Failed> {
    match std::fs::metadata(folder) {
        Ok(found) if found.is_dir() => Ok(()),
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(Failed::System(error.to_string()))
        }
        _ => Err(Failed::Unsound(Unsound::Missing)),
    }
}

/// Removes snapshots that sled was writing when it was killed: with one of them there it never opens again. Returns them.
pub(super) fn remove_stale(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let stale = |name: &str| name.starts_with("snap.") && name.ends_with(".generating");
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_str().is_some_and(stale))
        .map(|entry| entry.path())
        .filter(|path| std::fs::remove_file(path).is_ok())
        .collect()
}

impl SledState {
    /// Opens a database that exists and reads its state; the digest was checked.
    pub(super) fn load(folder: &Path) -> Result<(Self, Ledger), Failed> {
        is_there(folder)?;
        caught(|| {
            let state = Self::open_database(folder)?;
            let ledger = state.read_ledger()?;
            Ok((state, ledger))
        })
    }

    /// Opens a database that exists, and leaves its state to be looked at with [`Self::agrees`].
    pub(super) fn open(folder: &Path) -> Result<Self, Failed> {
        is_there(folder)?;
        caught(|| Self::open_database(folder))
    }

    fn open_database(folder: &Path) -> Result<Self, Failed> {
        let mut state = Self { db: open(folder)?, meta: Meta::default(), unflushed: 0 };
        match state.db.get(b"m")? {
            Some(meta) => state.meta = codec::decode(&meta)?,
            None if state.db.is_empty() => {}
            None => return Err(damaged("no head")),
        }
        Ok(state)
    }

    /// Whether its records are what they were written as, and those of a ledger that has come further: all the same, but for the
    /// keys that were changed `since`. One record at a time is held in memory.
    pub(super) fn agrees(&self, ledger: &Ledger, since: &HashSet<Key>) -> Result<bool, Failed> {
        caught(|| {
            let (mut sum, mut count, mut same, mut agrees) = (0, 0, 0, true);
            for pair in self.db.scan_prefix(b"s") {
                let (key, value) = pair?;
                sum = add(sum, &key, &value);
                count += 1;
                let (version, record): (Seq, Record) = codec::decode(&value)?;
                let key = read_key(&key)?;
                if ledger.get(&key).is_some_and(|entry| entry.version == version && *entry.record == record) {
                    same += 1;
                } else {
                    agrees &= since.contains(&key);
                }
            }
            self.check_sum(count, sum)?;
            let known = ledger.entries().filter(|(_, entry)| entry.version <= self.meta.head.seq).count();
            Ok(agrees && same == known)
        })
    }

    fn check_sum(&self, count: u64, sum: u128) -> Result<(), Failed> {
        if count == self.meta.count && sum == u128::from_le_bytes(self.meta.digest) {
            Ok(())
        } else {
            Err(damaged("the digest of the records does not match"))
        }
    }

    /// Opens a database for its copies of the journal's lines, whatever its state is worth: each copy is checked by its own hash.
    pub(super) fn open_copies(folder: &Path) -> Result<Self, Failed> {
        is_there(folder)?;
        caught(|| {
            let db = open(folder)?;
            let meta = db.get(b"m")?.and_then(|meta| codec::decode(&meta).ok()).unwrap_or_default();
            Ok(Self { db, meta, unflushed: 0 })
        })
    }

    /// The last commit that there is a copy of.
    pub(super) fn last_copy(&self) -> Result<Seq, Failed> {
        caught(|| {
            let last = self.db.scan_prefix(b"c").next_back().transpose()?;
            let number = last.and_then(|(key, _)| key.get(1..9)?.try_into().ok().map(u64::from_be_bytes));
            Ok(Seq(number.unwrap_or(0)))
        })
    }

    /// Makes an empty database.
    pub(super) fn create(folder: &Path) -> Result<Self, Failed> {
        super::files::make_folder(folder).map_err(|error| Failed::System(error.to_string()))?;
        caught(|| Ok(Self { db: open(folder)?, meta: Meta::default(), unflushed: 0 }))
    }

    /// Where it stands.
    pub(super) const fn meta(&self) -> &Meta {
        &self.meta
    }

    fn read_ledger(&self) -> Result<Ledger, Failed> {
        let mut entries = BTreeMap::new();
        let mut sum = 0;
        for pair in self.db.scan_prefix(b"s") {
            let (key, value) = pair?;
            sum = add(sum, &key, &value);
            let (version, record): (Seq, Record) = codec::decode(&value)?;
            entries.insert(read_key(&key)?, Entry { version, record: Arc::new(record) });
        }
        self.check_sum(entries.len() as u64, sum)?;
        Ok(Ledger::from_parts(self.meta.head, entries))
    }

    /// Writes a commit, which stands in the journal at `place` as `text`.
    pub(super) fn write(&mut self, sealed: &Sealed, text: &[u8], place: Place) -> Result<(), Failed> {
        let commit = &sealed.commit;
        let mut meta = Meta { head: Head { seq: commit.seq, hash: sealed.hash }, place, ..self.meta };
        let mut writes = Vec::with_capacity(2 * commit.changes.len() + 3);
        note_changes(commit, &mut meta, &mut writes)?;
        for (number, piece) in (0u32..).zip(text.chunks(PIECE)) {
            writes.push((copy_key(commit.seq, Some(number)), Some(piece.to_vec())));
        }
        writes.push((id_key(commit.id), Some(codec::encode(&commit.seq)?)));
        writes.push((b"m".to_vec(), Some(codec::encode(&meta)?)));
        caught(|| {
            for part in writes.chunks(BATCH) {
                let mut batch = sled::Batch::default();
                for (key, value) in part {
                    match value {
                        Some(value) => batch.insert(key.as_slice(), value.as_slice()),
                        None => batch.remove(key.as_slice()),
                    }
                }
                unhurried(|| self.db.apply_batch(batch))?;
            }
            Ok(())
        })?;
        self.meta = meta;
        self.unflushed += text.len() as u64;
        if self.unflushed >= FLUSH_EVERY { self.flush() } else { Ok(()) }
    }

    /// Hands everything to the system.
    pub(super) fn flush(&mut self) -> Result<(), Failed> {
        self.unflushed = 0;
        caught(|| Ok(unhurried(|| self.db.flush()).map(drop)?))
    }

    /// The commit that was written under a batch id.
    pub(super) fn commit_of(&self, id: BatchId) -> Result<Option<Seq>, Failed> {
        caught(|| match self.db.get(id_key(id))? {
            Some(bytes) => Ok(Some(codec::decode(&bytes)?)),
            None => Ok(None),
        })
    }

    /// All batch ids.
    pub(super) fn ids(&self) -> Result<Vec<(BatchId, Seq)>, Failed> {
        caught(|| {
            let id = |pair: sled::Result<(sled::IVec, sled::IVec)>| {
                let (key, value) = pair?;
                let id = key.get(1..).and_then(|id| id.try_into().ok()).ok_or_else(|| damaged("a batch id"))?;
                Ok((BatchId(id), codec::decode(&value)?))
            };
            self.db.scan_prefix(b"i").map(id).collect()
        })
    }

    /// The copy of a commit's line, without its newline.
    pub(super) fn copy_of(&self, seq: Seq) -> Result<Vec<u8>, Failed> {
        caught(|| {
            let mut text = Vec::new();
            for pair in self.db.scan_prefix(copy_key(seq, None)) {
                text.extend_from_slice(&pair?.1);
            }
            Ok(text)
        })
    }

    /// Whether the history of a record names a commit.
    pub(super) fn remembers(&self, key: &Key, seq: Seq) -> Result<bool, Failed> {
        caught(|| Ok(self.db.contains_key(history_key(key, seq))?))
    }
}

type Writes = Vec<(Vec<u8>, Option<Vec<u8>>)>;

fn note_changes(commit: &Commit, meta: &mut Meta, writes: &mut Writes) -> Result<(), Failed> {
    let mut sum = u128::from_le_bytes(meta.digest);
    for change in &commit.changes {
        let mut key = vec![b's'];
        key.extend_from_slice(change.key.to_string().as_bytes());
        if let Some(old) = &change.old {
            sum = subtract(sum, &key, &codec::encode(&(change.base, old))?);
            meta.count = meta.count.saturating_sub(1);
        }
        let value = change.new.as_ref().map(|new| codec::encode(&(commit.seq, new))).transpose()?;
        if let Some(value) = &value {
            sum = add(sum, &key, value);
            meta.count += 1;
        }
        writes.push((key, value));
        writes.push((history_key(&change.key, commit.seq), Some(Vec::new())));
    }
    meta.digest = sum.to_le_bytes();
    Ok(())
}

/// The key of a record, from the key that it stands under.
fn read_key(raw: &[u8]) -> Result<Key, Failed> {
    let key = raw.get(1..).and_then(|name| std::str::from_utf8(name).ok()?.parse::<Key>().ok());
    key.ok_or_else(|| damaged("a key"))
}

fn term(key: &[u8], value: &[u8]) -> u128 {
    let mut bytes = Vec::with_capacity(key.len() + 1 + value.len());
    bytes.extend_from_slice(key);
    bytes.push(0);
    bytes.extend_from_slice(value);
    let hash = line::sha256(&bytes).0;
    hash.first_chunk::<16>().map_or(0, |half| u128::from_le_bytes(*half))
}

fn add(sum: u128, key: &[u8], value: &[u8]) -> u128 {
    sum.wrapping_add(term(key, value))
}

fn subtract(sum: u128, key: &[u8], value: &[u8]) -> u128 {
    sum.wrapping_sub(term(key, value))
}

fn id_key(id: BatchId) -> Vec<u8> {
    [b"i".as_slice(), &id.0].concat()
}

fn copy_key(seq: Seq, piece: Option<u32>) -> Vec<u8> {
    let piece = piece.map(u32::to_be_bytes);
    [b"c".as_slice(), &seq.0.to_be_bytes(), piece.as_ref().map_or(&[], |p| p.as_slice())].concat()
}

fn history_key(key: &Key, seq: Seq) -> Vec<u8> {
    [b"h".as_slice(), key.to_string().as_bytes(), &[0], &seq.0.to_be_bytes()].concat()
}

/// Opens a database, waiting for the threads of an instance that was just closed to let go of its lock. Whoever does holds the ledger's own
/// lock: a snapshot that is half-written then is a dead process's.
fn open(folder: &Path) -> Result<sled::Db, Failed> {
    remove_stale(folder);
    let until = Instant::now() + LINGER;
    loop {
        // No flushing thread: it would wake an idle process twice a second, and sled is only derived.
        let config = sled::Config::new().path(folder).cache_capacity(CACHE).flush_every_ms(None);
        match unhurried(|| config.open()) {
            Err(sled::Error::Io(error)) if error.to_string().contains("could not acquire lock") => {
                if Instant::now() > until {
                    return Err(Failed::System(error.to_string()));
                }
                std::thread::sleep(Duration::from_millis(2));
            }
            other => {
                let database = other?;
                close_to_others(folder).map_err(|error| Failed::System(error.to_string()))?;
                return Ok(database);
            }
        }
    }
}

/// sled makes its files by the umask; the folder above is closed already, its files are made like all others here.
fn close_to_others(folder: &Path) -> std::io::Result<()> {
    // sled renames and removes snapshots on threads of its own: what has gone meanwhile needs no closing.
    let gone = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        match std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)) {
            Err(error) if gone(&error) => {}
            outcome => outcome?,
        }
    }
    Ok(())
}

/// Runs code of sled's that may start its threads, so that they leave an idle process alone. There are seven, which look for work once a
/// second as long as the process lives, and no setting for it; they are woken when there is work, so their looking is not needed. Threads
/// inherit how late their timers may be from the one that starts them, which is any that has the first work for them. Nothing of
/// our own may wait in here.
fn unhurried<T>(deed: impl FnOnce() -> T) -> T {
    let usual = rustix::thread::current_timer_slack().ok().and_then(NonZeroU64::new);
    // Best effort: a system that does not let us has idle threads that tick.
    let _ = rustix::thread::set_current_timer_slack(NonZeroU64::new(LATE));
    let outcome = deed();
    let _ = rustix::thread::set_current_timer_slack(usual);
    outcome
}

/// Runs sled's code; its panics over damaged files become errors.
fn caught<T>(deed: impl FnOnce() -> Result<T, Failed>) -> Result<T, Failed> {
    crate::caught::caught(deed).unwrap_or_else(|panic| Err(damaged(&panic)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The raw bytes under a raw key of a closed database.
    pub(in crate::store) fn raw(folder: &Path, key: &[u8]) -> Option<Vec<u8>> {
        open(folder).unwrap().get(key).unwrap().map(|value| value.to_vec())
    }

    /// Puts raw bytes under a raw key of a closed database, or removes it: damage that sled itself cannot notice.
    pub(in crate::store) fn put_raw(folder: &Path, key: &[u8], value: Option<Vec<u8>>) {
        let db = open(folder).unwrap();
        match value {
            Some(value) => db.insert(key, value).unwrap(),
            None => db.remove(key).unwrap(),
        };
        db.flush().unwrap();
    }
}
