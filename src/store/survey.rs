//! What a journal and its sled say together, before anything is changed.
//!
//! The journal is the truth: the state that is served is the fold of the journal. Up to [`FOLD_UP_TO`] bytes of it that fold
//! is made anew at each start, and compared with sled's state when a screen opens. Beyond, sled's state is believed when its own digest is right
//! and the journal holds, at the place that sled noted, the line with the hash that sled noted; only what follows is folded.
//! Damage before that place does not change the state, and is found by `verify` or when the line is read.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::follow::{self, Stop};
use super::image::{Ids, Image};
use super::segments::{Place, Segments};
use super::sled_state::{Failed, Meta, SledState};
use super::{BadLine, Damage, Unsound, line};
use crate::model::{Head, Ledger, Seq};

/// The first import (0.14 MB for the seed) and some weeks of one office's work. Reading, hashing and folding it takes 5 ms, the import alone
/// 2 ms; opening sled takes 3 ms.
pub(super) const FOLD_UP_TO: u64 = 1024 * 1024;

/// The outcome.
#[derive(Debug)]
pub(super) struct Survey {
    /// The state to serve.
    pub(super) ledger: Ledger,
    /// The last line that was read.
    pub(super) place: Place,
    /// sled, up to date with the journal's good lines, or why it cannot be used.
    pub(super) sled: Result<SledState, Failed>,
    /// How many commits sled lacked.
    pub(super) replayed: u64,
    /// The batch ids of the lines that were read.
    pub(super) ids: Ids,
    /// Whether those are all.
    pub(super) whole: bool,
    /// How the journal ends, when not well.
    pub(super) stop: Option<Stop>,
}

/// Reads the journal, with sled's help when it is long, and brings sled up to date. Changes nothing in the journal.
pub(super) fn survey(
    folder: &Path,
    segments: &Segments,
    acknowledged: Seq,
    loaded: Result<(SledState, Ledger), Failed>,
    fold_up_to: u64,
) -> io::Result<Survey> {
    let (mut sled, mut known) = match loaded {
        Ok((sled, ledger)) => (Ok(sled), ledger),
        Err(failed) => (Err(failed), Ledger::default()),
    };
    let meta = sled.as_ref().map_or_else(|_| Meta::default(), |sled| *sled.meta());
    let trusted = segments.bytes() > fold_up_to && meta.head.seq > Seq::ZERO && shows(segments, meta.place, meta.head)?;
    let (mut lines, mut ledger, mut place) = if trusted {
        (segments.lines_behind(meta.place, meta.head.seq)?, std::mem::take(&mut known), meta.place)
    } else {
        (segments.lines(), Ledger::default(), Place::default())
    };
    let (mut ids, mut replayed) = (Ids::default(), 0);
    let stop = follow::follow(&mut lines, &mut ledger, |now, sealed, raw| {
        place = raw.place;
        ids.insert(sealed.commit.id, sealed.commit.seq);
        let Ok(state) = &mut sled else { return };
        let seq = sealed.commit.seq;
        if seq == meta.head.seq && *now != known {
            sled = Err(Failed::Unsound(Unsound::Differs));
        } else if seq > meta.head.seq {
            replayed += 1;
            if let Err(failed) = state.write(sealed, &raw.text, raw.place) {
                sled = Err(failed);
            }
        }
    })?;
    let mut survey = Survey { ledger, place, sled, replayed, ids, whole: !trusted, stop };
    let sled_head = if survey.sled.is_ok() { meta.head.seq } else { Seq::ZERO };
    let head = survey.ledger.head().seq;
    if head < sled_head.max(acknowledged) {
        survey.lost(folder, segments, sled_head.max(acknowledged));
    }
    if head < sled_head {
        survey.ledger = known;
    }
    Ok(survey)
}

impl Survey {
    /// The journal lacks commits that were acknowledged up to `known`: it is damaged. Where sled has them, its state is the better
    /// one to look at.
    fn lost(&mut self, folder: &Path, segments: &Segments, known: Seq) {
        self.stop = Some(Stop::Damage(match self.stop.take() {
            Some(Stop::Damage(damage)) => damage,
            Some(Stop::Unfinished(raw)) => Damage { file: raw.file, line: raw.number, what: BadLine::Cut },
            None => Damage::lost(folder, segments, self.ledger.head().seq, known),
        }));
    }
}

/// What the journal and its image say together; `None` where they do not fit to the last byte, so that sled has to be heard, too.
pub(super) fn with_image(
    segments: &Segments,
    acknowledged: Seq,
    image: &Image,
) -> io::Result<Result<Option<Survey>, Unsound>> {
    let (head, mut place) = (image.head(), image.place());
    if !shows(segments, place, head)? {
        return Ok(Ok(None));
    }
    let read = image.ledger().and_then(|ledger| Ok((ledger, image.ids()?)));
    let (mut ledger, mut ids) = match read {
        Ok(read) => read,
        Err(unsound) => return Ok(Err(unsound)),
    };
    let mut lines = segments.lines_behind(place, head.seq)?;
    let stop = follow::follow(&mut lines, &mut ledger, |_, sealed, raw| {
        place = raw.place;
        ids.insert(sealed.commit.id, sealed.commit.seq);
    })?;
    if matches!(stop, Some(Stop::Damage(_))) || ledger.head().seq < acknowledged {
        return Ok(Ok(None));
    }
    let sled = Err(Failed::NotAsked);
    Ok(Ok(Some(Survey { ledger, place, sled, replayed: 0, ids, whole: true, stop })))
}

/// Whether the journal holds, at a place, the line of a commit.
pub(super) fn shows(segments: &Segments, place: Place, head: Head) -> io::Result<bool> {
    let Some(segment) = segments.segment(place.segment).filter(|segment| segment.len >= place.end) else {
        return Ok(false);
    };
    let mut file = File::open(&segment.path)?;
    let mut ends = Vec::new();
    file.seek(SeekFrom::Start(place.start))?;
    file.by_ref().take(64).read_to_end(&mut ends)?;
    let hash = line::claimed_hash(&ends);
    file.seek(SeekFrom::Start(place.end.saturating_sub(1)))?;
    file.take(1).read_to_end(&mut ends)?;
    Ok(hash == Some(head.hash) && ends.last() == Some(&b'\n'))
}
