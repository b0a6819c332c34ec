//! Whether a ledger is what was written: every line, the chain, the fold, sled beside it, and the documents that it keeps.

use std::path::Path;

use super::follow::{self, Stop};
use super::image::Image;
use super::lock::Lock;
use super::segments::{Lines, RawLine, Segments};
use super::sled_state::{Failed, SledState};
use super::{BadLine, Damage, Exposed, OpenError, Purpose, Sealed, Unsound};
use super::{files, format, journal, originals};
use crate::model::{Change, Hash, Head, Ledger, Record, Seq};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The last commit that is good with all before it.
    pub head: Head,
    /// The records at that commit.
    pub records: usize,
    /// Every bad line.
    pub damages: Vec<Damage>,
    /// A half-written last line; opening to write moves it out of the way.
    pub unfinished: Option<Damage>,
    /// sled beside the journal.
    pub sled: SledVerdict,
    /// The image beside the journal; `None` where there is none, which is no fault.
    pub image: Option<ImageVerdict>,
    /// How many documents are kept as they were handed in, and whole.
    pub originals: usize,
    /// Documents whose bytes no longer have their hash.
    pub damaged_originals: Vec<Hash>,
    /// Why the folder is no place for a ledger, if it is none: whoever may change what is in it may do so again.
    pub exposed: Option<Exposed>,
    /// Documents of the ledger that are not kept, with the names of their files.
    pub missing_originals: Vec<(String, String)>,
}

/// How the image compares with the journal. It is one file, read as it stands: nobody's work is in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageVerdict {
    /// Its records and ids are those of the journal.
    Agrees,
    /// They are those at an earlier commit; what follows is read from the journal.
    Behind(Seq),
    /// It has commits that the journal lacks.
    Ahead(Seq),
    /// It is damaged or different.
    Unsound(Unsound),
}

/// How sled compares with the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SledVerdict {
    /// State, history, ids and copies are those of the journal.
    Agrees,
    /// It stands at an earlier commit, rightly so; the next screen brings it up to date.
    Behind(Seq),
    /// It has commits that the journal lacks.
    Ahead(Seq),
    /// It is missing, damaged or different. Opening to write makes it anew where its state is concerned; where only its copies or
    /// indexes are, [`super::repair`] does.
    Unsound(Unsound),
    /// It could not be looked at: another process works with it.
    InUse {
        /// The process.
        pid: u32,
        /// What it is there for.
        purpose: Purpose,
    },
    /// It could not be looked at: the system refuses; the text says why.
    NotChecked(String),
}

impl Verdict {
    /// Whether nothing is wrong with the ledger itself and where it is. sled may be behind: commands on a short journal leave it alone.
    pub fn is_good(&self) -> bool {
        let image = |image: &ImageVerdict| matches!(image, ImageVerdict::Agrees | ImageVerdict::Behind(_));
        self.damages.is_empty()
            && self.unfinished.is_none()
            && self.exposed.is_none()
            && matches!(self.sled, SledVerdict::Agrees | SledVerdict::Behind(_))
            && self.image.as_ref().is_none_or(image)
    }
}

/// Checks a ledger. Changes nothing in the journal; sled is opened only after the journal was read.
///
/// # Errors
/// When there is no ledger or the disk refuses. Damage is no error but part of the verdict.
pub fn verify(dir: &Path) -> Result<Verdict, OpenError> {
    let folder = dir.join("journal");
    if !folder.is_dir() {
        return Err(OpenError::Missing(dir.to_owned()));
    }
    format::check(dir)?;
    // With the lock nothing moves underneath; without it the journal is still checked as far as it goes.
    let lock = Lock::take(dir, Purpose::Command);
    let acknowledged = journal::acknowledged(&folder);
    // Before the journal is read: whoever writes may put a newer one in its place.
    let image = Image::open(dir);
    let segments = Segments::list(&folder).map_err(OpenError::disk(&folder))?;
    let mut journal = read(&segments).map_err(OpenError::disk(&folder))?;
    let sled = match &lock {
        Ok(_) => journal.compare(dir),
        Err(error) => {
            // What another process is writing just now is no damage.
            journal.unfinished = None;
            match error {
                OpenError::Held { pid, purpose } => SledVerdict::InUse { pid: *pid, purpose: *purpose },
                error => SledVerdict::NotChecked(error.to_string()),
            }
        }
    };
    let image = journal.compare_image(image);
    let known = if let SledVerdict::Ahead(seq) = sled { seq.max(acknowledged) } else { acknowledged };
    if known > journal.ledger.head().seq && journal.damages.is_empty() {
        let head = journal.ledger.head().seq;
        journal.damages.push(Damage::lost(&folder, &segments, head, known));
    }
    let (mut originals, mut damaged_originals) = (Vec::new(), Vec::new());
    for hash in originals::kept(&dir.join("originals")).map_err(OpenError::disk(dir))? {
        match originals::read(dir, &hash.to_string()) {
            Ok(_) => originals.push(hash.to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => damaged_originals.push(hash),
            Err(error) => return Err(OpenError::disk(&dir.join("originals").join(hash.to_string()))(error)),
        }
    }
    let there = |sha256: &String| {
        originals.contains(sha256) || damaged_originals.iter().any(|hash| hash.to_string() == *sha256)
    };
    let sources = journal.ledger.documents().map(|document| &document.source);
    let missing_originals = sources
        .filter(|source| !there(&source.sha256))
        .map(|source| (source.sha256.clone(), source.file.clone()))
        .collect();
    Ok(Verdict {
        originals: originals.len(),
        damaged_originals,
        missing_originals,
        exposed: files::exposed(dir),
        head: journal.ledger.head(),
        records: journal.ledger.len(),
        damages: journal.damages,
        unfinished: journal.unfinished,
        sled,
        image,
    })
}

#[derive(Default)]
struct Journal {
    ledger: Ledger,
    damages: Vec<Damage>,
    unfinished: Option<Damage>,
    segments: Segments,
}

/// Reads every line. After the first damage the fold stands still, but each line is still checked by itself and against
/// the line before it.
fn read(segments: &Segments) -> std::io::Result<Journal> {
    let mut journal = Journal { segments: segments.clone(), ..Journal::default() };
    let mut lines: Lines = segments.lines();
    let mut before = Some(Head::default());
    loop {
        match follow::next(&mut lines)? {
            Ok(None) => return Ok(journal),
            Err(Stop::Unfinished(raw)) => {
                journal.unfinished = Some(Damage { file: raw.file, line: raw.number, what: BadLine::Cut });
                return Ok(journal);
            }
            Err(Stop::Damage(damage)) => {
                journal.damages.push(damage);
                before = None;
            }
            Ok(Some((sealed, raw))) => {
                journal.take(&sealed, &raw, before);
                before = Some(Head { seq: sealed.commit.seq, hash: sealed.hash });
            }
        }
    }
}

impl Journal {
    fn take(&mut self, sealed: &Sealed, raw: &RawLine, before: Option<Head>) {
        let commit = &sealed.commit;
        let follows = before.is_none_or(|head| head.seq.next() == commit.seq && head.hash == commit.prev);
        if !follows {
            let what = BadLine::Chain(format!("commit {} does not follow on the line before", commit.seq));
            self.damages.push(Damage { file: raw.file.clone(), line: raw.number, what });
        } else if self.damages.is_empty() {
            let wrong = commit.changes.iter().find(|change| self.held(change) != change.old.as_deref());
            let what = match wrong {
                Some(change) => Err(format!("{} was not what the commit says", change.key)),
                None => self.ledger.apply(commit, sealed.hash).map_err(|misfit| misfit.to_string()),
            };
            if let Err(what) = what {
                self.damages.push(Damage { file: raw.file.clone(), line: raw.number, what: BadLine::Chain(what) });
            }
        }
    }

    fn held(&self, change: &Change) -> Option<&Record> {
        self.ledger.get(&change.key).map(|entry| entry.record.as_ref())
    }

    fn compare(&self, dir: &Path) -> SledVerdict {
        let (sled, state) = match SledState::load(&dir.join("sled")) {
            Ok(loaded) => loaded,
            Err(Failed::Unsound(why)) => return SledVerdict::Unsound(why),
            Err(failed) => return SledVerdict::NotChecked(failed.to_string()),
        };
        let (stands, head) = (sled.meta().head, self.ledger.head());
        if stands.seq > head.seq {
            return SledVerdict::Ahead(stands.seq);
        }
        match self.differs(&sled, &state) {
            Ok(true) => SledVerdict::Unsound(Unsound::Differs),
            Err(Failed::Unsound(why)) => SledVerdict::Unsound(why),
            Err(failed) => SledVerdict::NotChecked(failed.to_string()),
            Ok(false) if stands.seq < head.seq => SledVerdict::Behind(stands.seq),
            Ok(false) => SledVerdict::Agrees,
        }
    }

    /// The image against the fold up to its head.
    fn compare_image(&self, image: Result<Image, Unsound>) -> Option<ImageVerdict> {
        let read = image.and_then(|image| Ok((image.ledger()?, image.ids()?)));
        let (state, ids) = match read {
            // One of another version of the program is passed over and replaced.
            Err(Unsound::Missing | Unsound::Schema(_)) => return None,
            Err(why) => return Some(ImageVerdict::Unsound(why)),
            Ok(read) => read,
        };
        let (stands, head) = (state.head().seq, self.ledger.head().seq);
        if stands > head {
            return Some(ImageVerdict::Ahead(stands));
        }
        let mut ledger = Ledger::default();
        let mut lines = self.segments.lines();
        while ledger.head().seq < stands {
            let Ok(Ok(Some((Sealed { commit, hash }, _)))) = follow::next(&mut lines) else {
                return Some(ImageVerdict::Unsound(Unsound::Differs));
            };
            if ledger.apply(&commit, hash).is_err() || ids.get(commit.id) != Some(commit.seq) {
                return Some(ImageVerdict::Unsound(Unsound::Differs));
            }
        }
        Some(match ledger == state {
            false => ImageVerdict::Unsound(Unsound::Differs),
            true if stands < head => ImageVerdict::Behind(stands),
            true => ImageVerdict::Agrees,
        })
    }

    /// Whether sled's state at its own head, or its index of anything up to there, is not that of the journal.
    fn differs(&self, sled: &SledState, state: &Ledger) -> Result<bool, Failed> {
        let disk = |error: std::io::Error| Failed::System(error.to_string());
        let stands = sled.meta().head;
        let mut ledger = Ledger::default();
        let mut lines = self.segments.lines();
        while ledger.head().seq < stands.seq {
            let Ok(Some((sealed, raw))) = follow::next(&mut lines).map_err(disk)? else { return Ok(true) };
            let commit = &sealed.commit;
            if ledger.apply(commit, sealed.hash).is_err()
                || sled.copy_of(commit.seq)? != raw.text
                || sled.commit_of(commit.id)? != Some(commit.seq)
            {
                return Ok(true);
            }
            for change in &commit.changes {
                if !sled.remembers(&change.key, commit.seq)? {
                    return Ok(true);
                }
            }
        }
        Ok(ledger != *state || stands.hash != ledger.head().hash)
    }
}
