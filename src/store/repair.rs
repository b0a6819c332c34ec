//! Mending a damaged journal from sled's copies of its lines, or a backup's. It never guesses: each commit names the hash of the one before,
//! so the last one that is known says, one by one, which bytes every line before it must have; only those are put there.
//!
//! Known at the end are the last good line, the head that was noted beside the journal, and sled's. Nothing is changed before the whole
//! journal is found. What is replaced stays beside it as `*.aside.N`. Where the journal is whole and sled is not, sled is made anew from it.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::backup::{BackupError, Source};
use super::lock::Lock;
use super::segments::{self, Place, Segments};
use super::sled_state::{Failed, SledState};
use super::verify::{SledVerdict, Verdict};
use super::{
    BadLine, Damage, Notice, OpenError, Purpose, ReadOnly, Unsound, files, format, journal, line, open_to_write, verify,
};
use crate::model::{Hash, Head, Ledger, Seq};

/// What a repair would do, or did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repair {
    /// The last commit of the whole journal.
    pub head: Head,
    /// What is damaged now.
    pub damages: Vec<Damage>,
    /// The commits whose lines come from a copy.
    pub found: Vec<Found>,
    /// The commits of which no whole line is left anywhere. With one of them nothing is repaired.
    pub lost: Vec<Seq>,
    /// The files that are replaced, each with where its damaged state was put; `None` until it was.
    pub files: Vec<(PathBuf, Option<PathBuf>)>,
    /// Why sled's state beside a whole journal is made anew from it; the old one's folder is among `files`.
    pub database: Option<Unsound>,
    /// Why sled beside a damaged journal could not be asked for its copies.
    pub copies: Option<Unsound>,
}

/// A line that was found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its commit.
    pub seq: Seq,
    /// Its hash, which the chain demands.
    pub hash: Hash,
    /// Who wrote it, and when: for people to see.
    pub who: String,
    /// When.
    pub at: chrono::DateTime<chrono::FixedOffset>,
    /// Whether it comes from the backup; else from sled.
    pub backup: bool,
}

/// Where a whole line can be read again.
#[derive(Debug, Clone)]
enum Bytes {
    Journal(PathBuf, Place),
    Sled,
    Backup(Vec<u8>),
}

#[derive(Debug, Clone)]
struct Candidate {
    hash: Hash,
    prev: Hash,
    from: Bytes,
}

type Candidates = BTreeMap<Seq, Vec<Candidate>>;

/// Says how a journal can be mended, with the lines of a backup beside sled's if one is given; with `write` does it.
///
/// # Errors
/// When there is no ledger, somebody holds it, it is of a newer program, or the disk or the backup does not let us.
pub fn repair(dir: &Path, backup: Option<&Path>, write: bool) -> Result<Repair, BackupError> {
    let folder = dir.join("journal");
    if !folder.is_dir() {
        return Err(OpenError::Missing(dir.to_owned()).into());
    }
    OpenError::exposed(dir)?;
    let Verdict { damages, head, sled, .. } = verify(dir)?;
    let unknown = |damage: &Damage| matches!(damage.what, BadLine::Content(_));
    if damages.iter().any(unknown) {
        return Err(format::newer(dir, 0).into());
    }
    let lock = Lock::take(dir, Purpose::Command)?;
    if damages.is_empty() {
        let mut repair = Repair { head, damages, ..Repair::default() };
        if let SledVerdict::Unsound(why) = sled
            && why != Unsound::Missing
        {
            let folder = dir.join("sled");
            let aside = write.then(|| rebuild(dir, &folder, lock)).transpose()?;
            repair.database = Some(why);
            repair.files.push((folder, aside));
        }
        return Ok(repair);
    }
    let disk = || OpenError::disk(&folder);
    let segments = Segments::list(&folder).map_err(disk())?;
    let mut candidates = Candidates::new();
    let mut last = of_journal(&segments, &mut candidates).map_err(disk())?;
    let (sled, copies) = copies(&dir.join("sled"))?;
    if let Some(sled) = &sled {
        last = later(last, of_sled(sled, &mut candidates));
    }
    last = later(last, journal::acknowledged_head(&folder));
    let beyond = match backup {
        Some(backup) => later(last, of_backup(backup, &mut candidates)?),
        None => last,
    };
    let (mut chain, mut missing) = demanded(&candidates, beyond);
    if chain.get(&last.seq).is_some_and(|candidate| candidate.hash == last.hash) || last.seq == Seq::ZERO {
        last = beyond;
    } else if beyond != last {
        // The backup goes on from something else than what is known of this ledger: another one, or one that went its own way.
        (chain, missing) = demanded(&candidates, last);
    }
    let mut repair = Repair { head: last, damages, lost: missing, copies, ..Repair::default() };
    for (seq, candidate) in &chain {
        repair.found.extend(told(*seq, candidate, sled.as_ref()));
    }
    if !repair.lost.is_empty() {
        return Ok(repair);
    }
    let rebuilt = Rebuilt { folder: &folder, chain: &chain, sled: sled.as_ref(), last: last.seq };
    rebuilt.check(last)?;
    repair.files = rebuilt.replace(&segments, write).map_err(disk())?;
    if write {
        journal::note_head(&folder, last).map_err(disk())?;
        files::sync_folder(&folder).map_err(disk())?;
    }
    drop(sled);
    drop(lock);
    Ok(repair)
}

/// sled with its copies of the lines, else why it has none to give; neither where there is no sled.
fn copies(folder: &Path) -> Result<(Option<SledState>, Option<Unsound>), OpenError> {
    match SledState::open_copies(folder) {
        Ok(sled) => Ok((Some(sled), None)),
        Err(Failed::Unsound(Unsound::Missing)) => Ok((None, None)),
        Err(Failed::Unsound(why)) => Ok((None, Some(why))),
        // What the system does not let us look at now is not gone.
        Err(failed) => Err(refused(folder, &failed.to_string())),
    }
}

fn refused(folder: &Path, why: &str) -> OpenError {
    OpenError::disk(folder)(io::Error::other(why))
}

/// Puts sled's folder out of the way and makes it anew from the journal. Answers where the old one is.
fn rebuild(dir: &Path, folder: &Path, lock: Lock) -> Result<PathBuf, OpenError> {
    let aside = files::move_aside(folder).map_err(OpenError::disk(folder))?;
    drop(lock);
    // Whoever was faster to open the ledger makes it instead.
    match open_to_write(dir, Purpose::Screen) {
        Ok(opened) => opened.notices.iter().find_map(not_made).map_or(Ok(aside), |why| Err(refused(folder, &why))),
        Err(OpenError::Held { .. }) => Ok(aside),
        Err(error) => Err(error),
    }
}

/// Why there is no sled after all.
fn not_made(notice: &Notice) -> Option<String> {
    match notice {
        Notice::WithoutSled(why) => Some(why.clone()),
        Notice::ReadOnly(ReadOnly::Damaged { damage, .. }) => Some(damage.to_string()),
        _ => None,
    }
}

fn later(one: Head, other: Head) -> Head {
    if other.seq > one.seq { other } else { one }
}

/// Every line that is whole by itself, wherever it stands. Answers the last one.
fn of_journal(segments: &Segments, candidates: &mut Candidates) -> io::Result<Head> {
    let mut last = Head::default();
    let mut lines = segments.lines();
    while let Some(raw) = lines.next()? {
        if let Ok(sealed) = line::decode(&raw.text) {
            let head = Head { seq: sealed.commit.seq, hash: sealed.hash };
            last = later(last, head);
            let from = Bytes::Journal(raw.file, raw.place);
            candidates.entry(head.seq).or_default().push(Candidate { hash: head.hash, prev: sealed.commit.prev, from });
        }
    }
    Ok(last)
}

/// Every copy that is whole by itself. Answers where sled stands.
fn of_sled(sled: &SledState, candidates: &mut Candidates) -> Head {
    let stands = sled.meta().head;
    let mut last = stands;
    // More than where it stands by its own words, when those are spoilt.
    let copies = sled.last_copy().unwrap_or(stands.seq);
    for seq in 1..=copies.max(stands.seq).0 {
        let copy = sled.copy_of(Seq(seq)).ok().and_then(|text| line::decode(&text).ok());
        if let Some(sealed) = copy.filter(|sealed| sealed.commit.seq == Seq(seq)) {
            last = later(last, Head { seq: Seq(seq), hash: sealed.hash });
            let candidate = Candidate { hash: sealed.hash, prev: sealed.commit.prev, from: Bytes::Sled };
            candidates.entry(Seq(seq)).or_default().push(candidate);
        }
    }
    last
}

/// The lines of a backup that the rest lacks.
fn of_backup(backup: &Path, candidates: &mut Candidates) -> Result<Head, BackupError> {
    let mut last = Head::default();
    Source::open(backup)?.good_lines(&mut |text, sealed| {
        let head = Head { seq: sealed.commit.seq, hash: sealed.hash };
        last = later(last, head);
        let known = candidates.entry(head.seq).or_default();
        if known.iter().all(|candidate| candidate.hash != head.hash) {
            known.push(Candidate { hash: head.hash, prev: sealed.commit.prev, from: Bytes::Backup(text.to_vec()) });
        }
    })?;
    Ok(last)
}

/// Goes from the last commit back to the first: the lines that the chain demands, and the commits of which there is none.
fn demanded(candidates: &Candidates, last: Head) -> (BTreeMap<Seq, Candidate>, Vec<Seq>) {
    let (mut chain, mut missing) = (BTreeMap::new(), Vec::new());
    let mut hash = Some(last.hash);
    for seq in (1..=last.seq.0).rev().map(Seq) {
        let here = candidates.get(&seq).map(Vec::as_slice).unwrap_or_default();
        let found = match hash {
            Some(hash) => here.iter().find(|candidate| candidate.hash == hash),
            // Behind a gap nothing demands a line; one that stands there alone is shown as what is left.
            None => here.first(),
        };
        hash = found.map(|candidate| candidate.prev);
        if let Some(candidate) = found {
            chain.insert(seq, candidate.clone());
        } else {
            missing.push(seq);
        }
    }
    missing.reverse();
    (chain, missing)
}

fn told(seq: Seq, candidate: &Candidate, sled: Option<&SledState>) -> Option<Found> {
    let (text, backup) = match &candidate.from {
        Bytes::Journal(..) => return None,
        Bytes::Sled => (sled?.copy_of(seq).ok()?, false),
        Bytes::Backup(text) => (text.clone(), true),
    };
    let commit = line::decode(&text).ok()?.commit;
    Some(Found { seq, hash: candidate.hash, who: commit.actor.name.clone(), at: commit.at, backup })
}

/// The journal as it has to be.
struct Rebuilt<'a> {
    folder: &'a Path,
    chain: &'a BTreeMap<Seq, Candidate>,
    sled: Option<&'a SledState>,
    last: Seq,
}

impl Rebuilt<'_> {
    fn text(&self, seq: Seq) -> io::Result<Vec<u8>> {
        let gone = || io::Error::new(io::ErrorKind::InvalidData, format!("commit {seq} changed meanwhile"));
        let candidate = self.chain.get(&seq).ok_or_else(gone)?;
        let text = match &candidate.from {
            Bytes::Backup(text) => text.clone(),
            Bytes::Sled => self.sled.and_then(|sled| sled.copy_of(seq).ok()).ok_or_else(gone)?,
            Bytes::Journal(file, place) => {
                let mut file = std::fs::File::open(file)?;
                file.seek(SeekFrom::Start(place.start))?;
                let mut text = Vec::new();
                BufReader::new(file.take(place.end - place.start)).read_until(b'\n', &mut text)?;
                let _ = text.pop_if(|byte| *byte == b'\n');
                text
            }
        };
        if line::decode(&text).is_ok_and(|sealed| sealed.hash == candidate.hash) { Ok(text) } else { Err(gone()) }
    }

    /// Whether it is one chain from the first commit to the head, each commit on the records that it says.
    fn check(&self, last: Head) -> Result<(), BackupError> {
        let mut ledger = Ledger::default();
        for seq in (1..=self.last.0).map(Seq) {
            let damage = |what| BackupError::Damaged(Damage { file: self.folder.to_owned(), line: seq.0, what });
            let text = self.text(seq).map_err(OpenError::disk(self.folder))?;
            let sealed = line::decode(&text).map_err(damage)?;
            ledger.apply(&sealed.commit, sealed.hash).map_err(|misfit| damage(BadLine::Chain(misfit.to_string())))?;
        }
        if ledger.head() == last {
            return Ok(());
        }
        let what = BadLine::Chain(format!("commit {} is another", last.seq));
        Err(BackupError::Damaged(Damage { file: self.folder.to_owned(), line: last.seq.0, what }))
    }

    /// Replaces the segments that are not as they have to be; without `write` only names them. All new ones are on disk before the first is
    /// put in its place: a line may have to come from another file than its own.
    fn replace(&self, segments: &Segments, write: bool) -> io::Result<Vec<(PathBuf, Option<PathBuf>)>> {
        let mut firsts: Vec<Seq> = segments.firsts().filter(|first| *first > Seq(1) && *first <= self.last).collect();
        firsts.insert(0, Seq(1));
        let mut wrong = Vec::new();
        if let Err(error) = self.beside(segments, &firsts, write, &mut wrong) {
            // Nothing was replaced yet.
            wrong.iter().filter_map(|(_, part)| part.as_ref()).for_each(|part| drop(std::fs::remove_file(part)));
            return Err(error);
        }
        if !write {
            return Ok(wrong);
        }
        wrong.into_iter().map(|(path, part)| swap(&path, part.as_deref()).map(|aside| (path, aside))).collect()
    }

    /// Names the segments that are not as they have to be, each with the new one beside it, which is on disk when this returns.
    fn beside(
        &self,
        segments: &Segments,
        firsts: &[Seq],
        write: bool,
        wrong: &mut Vec<(PathBuf, Option<PathBuf>)>,
    ) -> io::Result<()> {
        let ends = firsts.iter().skip(1).map(|first| first.0).chain([self.last.0 + 1]);
        for (first, end) in firsts.iter().copied().zip(ends) {
            let mut bytes = Vec::new();
            for seq in (first.0..end).map(Seq) {
                bytes.extend_from_slice(&self.text(seq)?);
                bytes.push(b'\n');
            }
            let path = segments::path(self.folder, first);
            if std::fs::read(&path).is_ok_and(|found| found == bytes) {
                continue;
            }
            let part = if write { Some(part(&path, &bytes)?) } else { None };
            wrong.push((path, part));
        }
        // What is named after a commit behind the last one holds nothing good.
        for segment in segments.firsts().filter(|first| *first > self.last || *first == Seq::ZERO) {
            let path = segments::path(self.folder, segment);
            if std::fs::metadata(&path)?.len() > 0 {
                wrong.push((path, None));
            }
        }
        if write { files::sync_folder(self.folder) } else { Ok(()) }
    }
}

/// A new file beside the one that it is to replace, on disk.
fn part(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let part = path.with_extension("jsonl.part");
    files::write_whole(&part, bytes)?;
    Ok(part)
}

/// Puts the new file in its place, or nothing, and answers where the old one is kept. At every moment one of them stands there.
fn swap(path: &Path, part: Option<&Path>) -> io::Result<Option<PathBuf>> {
    let mut aside = None;
    if path.try_exists()? {
        let kept = files::free_aside(path)?;
        std::fs::hard_link(path, &kept)?;
        aside = Some(kept);
    }
    match part {
        Some(part) => std::fs::rename(part, path)?,
        None => std::fs::remove_file(path)?,
    }
    Ok(aside)
}
