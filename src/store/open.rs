//! Opening a ledger: lock, survey, put right what may be put right, and say what was found.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Once};

use super::follow::{self, Stop};
use super::image::{self, Ids, Image};
use super::journal::{self, Journal};
use super::local::{self, Local};
use super::lock::{self, Lock};
use super::read_only::Reader;
use super::segments::{RawLine, Segments};
use super::sled_state::{self, Failed, SledState};
use super::survey::{FOLD_UP_TO, Survey, survey, with_image};
use super::{
    BadLine, Damage, Notice, OpenError, Opened, Purpose, ReadOnly, Sealed, Store, Unsound, files, format, network,
};
use crate::model::{Ledger, Seq};

/// What is believed without folding the whole journal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trust {
    /// Up to so many bytes the journal is folded anew each time.
    pub(super) fold_up_to: u64,
    /// Beyond, whether an image is read and written; else sled alone is heard.
    pub(super) image: bool,
}

impl Trust {
    /// As everybody opens a ledger.
    pub(super) const USUAL: Self = Self { fold_up_to: FOLD_UP_TO, image: true };
}

/// When sled is looked at where an image served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settle {
    /// Before the ledger is used.
    Now,
    /// By [`Local::settle`], in the background.
    Later,
}

/// Opens a ledger to write, and makes it if there is none (for its owner alone: 0700, files 0600). Of a damaged ledger only
/// reading is given, with a [`Notice::ReadOnly`].
///
/// # Errors
/// [`OpenError::Held`] when another process holds it (after two seconds, if that is a mere command), and when the disk refuses.
pub fn open_to_write(dir: &Path, purpose: Purpose) -> Result<Opened, OpenError> {
    open_to_write_with(dir, purpose, Trust::USUAL)
}

/// Opens a ledger to read. Never refused because somebody else writes: then the journal alone is read.
///
/// # Errors
/// [`OpenError::Missing`] when there is none, and when the disk refuses.
pub fn open_to_read(dir: &Path) -> Result<Opened, OpenError> {
    open_to_read_with(dir, Trust::USUAL)
}

pub(super) fn open_to_write_with(dir: &Path, purpose: Purpose, trust: Trust) -> Result<Opened, OpenError> {
    let (kind, notices) = open(dir, take(dir, purpose)?, (purpose, Settle::Now), trust)?;
    let store: Arc<dyn Store> = match kind {
        Kind::Writer(local, _) => local,
        Kind::Reader(reader) => reader,
    };
    Ok(Opened::alone(store, dir, notices))
}

/// What an opened folder is worth.
pub(super) enum Kind {
    /// It can be written; whether sled is still to be looked at ([`Local::settle`]).
    Writer(Arc<Local>, bool),
    /// It is damaged: it can be read.
    Reader(Arc<Reader>),
}

/// The lock of a folder, which is made if there is none.
pub(super) fn take(dir: &Path, purpose: Purpose) -> Result<Lock, OpenError> {
    files::make_folder(dir).map_err(OpenError::disk(dir))?;
    OpenError::exposed(dir)?;
    if let Some(kind) = network::shared(dir) {
        return Err(OpenError::Network { dir: dir.to_owned(), kind });
    }
    Lock::take(dir, purpose)
}

/// Opens what the lock is held of.
pub(super) fn open(
    dir: &Path,
    lock: Lock,
    (purpose, settle): (Purpose, Settle),
    trust: Trust,
) -> Result<(Kind, Vec<Notice>), OpenError> {
    let folder = dir.join("journal");
    survive_file_size_limit();
    format::check(dir)?;
    files::make_folder(&folder).map_err(OpenError::disk(&folder))?;
    let sled_folder = dir.join("sled");
    let mut notices: Vec<Notice> =
        sled_state::remove_stale(&sled_folder).into_iter().map(Notice::StaleRemoved).collect();

    let acknowledged = journal::acknowledged(&folder);
    let segments = Segments::list(&folder).map_err(OpenError::disk(&folder))?;
    let quick = quick(dir, Image::open(dir), &segments, acknowledged, trust)?;
    if let Some(why) = quick.unsound {
        notices.push(Notice::Image { why, aside: files::move_aside(&image::path(dir)).ok(), served: false });
    }
    let image_end = quick.survey.as_ref().map(|(_, end)| *end);
    let found = if let Some((found, _)) = quick.survey {
        found
    } else {
        // A command on a short journal leaves sled alone: the next screen brings it up to date.
        let short = (1..=trust.fold_up_to).contains(&segments.bytes());
        let loaded = if short && purpose == Purpose::Command && sled_folder.is_dir() {
            Err(Failed::NotAsked)
        } else {
            SledState::load(&sled_folder)
        };
        survey(&folder, &segments, acknowledged, loaded, trust.fold_up_to).map_err(OpenError::disk(&folder))?
    };
    known_to_us(dir, found.stop.as_ref())?;
    let found = match found.stop {
        Some(Stop::Damage(_)) => {
            let reader = damaged(&folder, found, &mut notices);
            return Ok((Kind::Reader(reader), notices));
        }
        Some(Stop::Unfinished(ref torn)) => {
            let moved_to = journal::move_torn(&folder, torn).map_err(OpenError::disk(&folder))?;
            notices.push(Notice::TornLine { moved_to });
            found
        }
        None => found,
    };
    format::mark(dir)?;
    let journal = Journal::open(&folder).map_err(OpenError::disk(&folder))?;
    if found.ledger.head().seq > acknowledged {
        // Written by a process that was killed before or right after its sync.
        journal.sync(found.ledger.head()).map_err(OpenError::disk(&folder))?;
    }
    let empty = found.ledger.head().seq.0 == 0;
    let sled = match settle_sled(&sled_folder, &folder, found.sled, found.replayed, empty, &mut notices) {
        Ok(sled) => sled,
        Err(damage) => {
            let found = Survey { sled: Err(Failed::NotAsked), stop: Some(Stop::Damage(damage)), ..found };
            return Ok((Kind::Reader(damaged(&folder, found, &mut notices)), notices));
        }
    };
    let state = local::State {
        dir: dir.to_owned(),
        ledger: found.ledger,
        place: found.place,
        journal,
        sled,
        ids: found.ids,
        ids_whole: found.whole,
        recent: std::collections::VecDeque::new(),
        unimaged: segments.bytes().saturating_sub(image_end.unwrap_or(0)),
        image_from: if trust.image { trust.fold_up_to } else { u64::MAX },
        down: None,
    };
    let local = Local::new(dir, files::owner(dir), state, lock);
    let unsettled = image_end.is_some() && purpose != Purpose::Command;
    if unsettled && settle == Settle::Now {
        notices.extend(local.settle());
    }
    Ok((Kind::Writer(Arc::new(local), unsettled && settle == Settle::Later), notices))
}

/// What an image is good for.
#[derive(Default)]
struct Quick {
    /// The ledger by its image and what the journal holds beyond, and how many bytes the journal had at the image. `None` where the journal is
    /// short, where there is no sound image, or where anything does not fit: then sled and the journal are asked.
    survey: Option<(Survey, u64)>,
    /// What is wrong with the image, where it is damaged.
    unsound: Option<Unsound>,
}

/// Looks at the image of a long journal. Not at that of a ledger without a note of what was acknowledged: an image does not know of a
/// journal that was cut off behind it.
fn quick(
    dir: &Path,
    image: Result<Image, Unsound>,
    segments: &Segments,
    acknowledged: Seq,
    trust: Trust,
) -> Result<Quick, OpenError> {
    if !trust.image || segments.bytes() <= trust.fold_up_to || acknowledged == Seq::ZERO {
        return Ok(Quick::default());
    }
    let looked = match image {
        Ok(image) => {
            let found = with_image(segments, acknowledged, &image).map_err(OpenError::disk(dir))?;
            found.map(|found| found.map(|found| (found, segments.bytes_up_to(image.place()))))
        }
        Err(unsound) => Err(unsound),
    };
    Ok(match looked {
        Ok(survey) => Quick { survey, unsound: None },
        Err(why @ Unsound::Damaged(_)) => Quick { survey: None, unsound: Some(why) },
        // None yet, or of another version of the program.
        Err(_) => Quick::default(),
    })
}

/// Writes an image for the next start. Best effort, as all readers' writing is.
fn leave_image(dir: &Path, found: &Survey) {
    let Survey { ledger, place, sled: Ok(sled), stop: None, .. } = found else { return };
    let mut ids = Ids::default();
    for (id, seq) in sled.ids().unwrap_or_default() {
        ids.insert(id, seq);
    }
    if ids.len() as u64 == ledger.head().seq.0 {
        drop(image::write(dir, ledger, *place, &ids));
    }
}

pub(super) fn open_to_read_with(dir: &Path, trust: Trust) -> Result<Opened, OpenError> {
    let folder = dir.join("journal");
    if !folder.is_dir() {
        return Err(OpenError::Missing(dir.to_owned()));
    }
    OpenError::exposed(dir)?;
    format::check(dir)?;
    // Read before the segments: a writer may be at work, and then the segments are ahead of it.
    let acknowledged = journal::acknowledged(&folder);
    // Likewise: a writer may put another in its place.
    let image = Image::open(dir);
    let segments = Segments::list(&folder).map_err(OpenError::disk(&folder))?;
    // A short journal is folded sooner than anything else is open. A long one is read by its image; else with sled's help if nobody
    // holds it, and sled is closed again before this returns.
    let long = segments.bytes() > trust.fold_up_to;
    let mut notices = Vec::new();
    let quick = quick(dir, image, &segments, acknowledged, trust)?;
    let (lock, held) = match (long && quick.survey.is_none()).then(|| Lock::try_take(dir, Purpose::Command)) {
        Some(Ok(Some(lock))) => (Some(lock), false),
        Some(Ok(None)) => (None, true),
        // Not needed, or the lock file may not be written: reading does without.
        Some(Err(_)) | None => (None, false),
    };
    let found = if let Some((found, _)) = quick.survey {
        found
    } else {
        let sled = if lock.is_some() { SledState::load(&dir.join("sled")) } else { Err(Failed::NotAsked) };
        let found =
            survey(&folder, &segments, acknowledged, sled, trust.fold_up_to).map_err(OpenError::disk(&folder))?;
        if lock.is_some() && trust.image && long && quick.unsound.is_none() {
            leave_image(dir, &found);
        }
        found
    };
    notices.extend(quick.unsound.map(|why| Notice::Image { why, aside: None, served: false }));
    known_to_us(dir, found.stop.as_ref())?;
    match &found.stop {
        Some(Stop::Damage(_)) => {
            let reader = damaged(&folder, found, &mut notices);
            return Ok(Opened::alone(reader, dir, notices));
        }
        // Whoever holds the lock may be writing that line just now.
        Some(Stop::Unfinished(raw)) if lock.is_some() || is_free(dir) => {
            let damage = Damage { file: raw.file.clone(), line: raw.number, what: BadLine::Cut };
            notices.push(Notice::Unfinished(damage));
        }
        Some(Stop::Unfinished(_)) | None => {}
    }
    let why = if held {
        let (pid, purpose) = lock::holder(dir);
        ReadOnly::Held { pid, purpose }
    } else {
        ReadOnly::Asked
    };
    notices.push(Notice::ReadOnly(why.clone()));
    let store = Reader::new(&folder, found.ledger, found.place, why);
    drop(found.sled);
    drop(lock);
    Ok(Opened::alone(Arc::new(store), dir, notices))
}

/// Refuses a journal with a line that is what was written, by its own hash, and yet no commit to us: only a newer program writes those. It is
/// no damage.
fn known_to_us(dir: &Path, stop: Option<&Stop>) -> Result<(), OpenError> {
    match stop {
        Some(Stop::Damage(Damage { what: BadLine::Content(_), .. })) => Err(format::newer(dir, 0)),
        _ => Ok(()),
    }
}

fn is_free(dir: &Path) -> bool {
    matches!(Lock::try_take(dir, Purpose::Command), Ok(Some(_)))
}

/// A store that shows what there is of a damaged ledger.
fn damaged(folder: &Path, found: Survey, notices: &mut Vec<Notice>) -> Arc<Reader> {
    let shown = found.ledger.head().seq;
    let damage = match found.stop {
        Some(Stop::Damage(damage)) => damage,
        Some(Stop::Unfinished(raw)) => Damage { file: raw.file, line: raw.number, what: BadLine::Cut },
        None => Damage { file: folder.to_owned(), line: 0, what: BadLine::Cut },
    };
    let why = ReadOnly::Damaged { damage, shown };
    notices.push(Notice::ReadOnly(why.clone()));
    Arc::new(Reader::new(folder, found.ledger, found.place, why))
}

/// sled as it is if it is sound, else made anew from the journal; `None` when the system does not let us.
///
/// # Errors
/// The damage of the journal that sled would have to be made of.
fn settle_sled(
    sled_folder: &Path,
    folder: &Path,
    sled: Result<SledState, Failed>,
    replayed: u64,
    empty: bool,
    notices: &mut Vec<Notice>,
) -> Result<Option<SledState>, Damage> {
    let why = match sled {
        Ok(mut sled) => {
            if replayed > 0 {
                // So that the next start after another kill does not replay the same again; no harm if it fails.
                drop(sled.flush());
                notices.push(Notice::Replayed { commits: replayed });
            }
            return Ok(Some(sled));
        }
        Err(Failed::Unsound(why)) => why,
        Err(Failed::NotAsked) => return Ok(None),
        Err(failed) => {
            notices.push(Notice::WithoutSled(failed.to_string()));
            return Ok(None);
        }
    };
    match anew(sled_folder, folder, |_| {}) {
        Ok((sled, aside)) => {
            if aside.is_some() || !empty {
                notices.push(Notice::Rebuilt { why, aside });
            }
            Ok(Some(sled))
        }
        Err(Failed::Journal(damage)) => Err(damage),
        Err(failed) => {
            notices.push(Notice::WithoutSled(failed.to_string()));
            Ok(None)
        }
    }
}

/// Puts an unsound sled aside and makes another with everything that the journal holds; answers it and where the old one is. `seen` is
/// shown the ledger after each commit.
///
/// # Errors
/// With [`Failed::Journal`] nothing was touched: sled's copies are what a damaged journal is mended from, and `repair` looks for them where
/// they are.
pub(super) fn anew(
    sled_folder: &Path,
    folder: &Path,
    mut seen: impl FnMut(&Ledger),
) -> Result<(SledState, Option<PathBuf>), Failed> {
    fold(folder, |now, _, _| {
        seen(now);
        Ok(())
    })?;
    let aside = if sled_folder.exists() { Some(files::move_aside(sled_folder).map_err(system)?) } else { None };
    let mut sled = SledState::create(sled_folder)?;
    fold(folder, |_, sealed, raw| sled.write(sealed, &raw.text, raw.place))?;
    sled.flush()?;
    Ok((sled, aside))
}

/// Reads the journal to its end.
fn fold(folder: &Path, mut each: impl FnMut(&Ledger, &Sealed, &RawLine) -> Result<(), Failed>) -> Result<(), Failed> {
    let segments = Segments::list(folder).map_err(system)?;
    let mut done = Ok(());
    let stop = follow::follow(&mut segments.lines(), &mut Ledger::default(), |now, sealed, raw| {
        if done.is_ok() {
            done = each(now, sealed, raw);
        }
    });
    match stop.map_err(system)? {
        Some(Stop::Damage(damage)) => Err(Failed::Journal(damage)),
        // The writer of the ledger may be writing that line just now.
        Some(Stop::Unfinished(_)) | None => done,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn system(error: io::Error) -> Failed {
    Failed::System(error.to_string())
}

/// With a limit on file sizes, the system ends a process that writes beyond it, unless the signal is taken: then the write fails
/// like on a full disk, which is handled.
fn survive_file_size_limit() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let seen = Arc::new(AtomicBool::new(false));
        // Best effort: where it cannot be taken, the process ends and the journal is whole all the same.
        drop(signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen));
    });
}
