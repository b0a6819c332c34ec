//! sled beside a ledger that was opened by its image alone: looked at, compared and brought up to date, in the background where somebody
//! waits for the screen. It is the proof by another way: of two derived copies that disagree, the journal says which is right.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use super::follow;
use super::image;
use super::local::Local;
use super::segments::{RawLine, Segments};
use super::sled_state::{Failed, Meta, SledState};
use super::survey::shows;
use super::{BadLine, Damage, Notice, ReadOnly, Sealed, Unsound, files, open};
use crate::model::{Head, Key, Ledger, Seq};

/// What sled turned out to be.
enum Found {
    /// It agrees, and has the commits up to the ledger's head as it was then; how many it lacked.
    Sound(SledState, u64),
    /// It has an acknowledged commit that the journal lacks.
    Ahead(Seq),
}

impl Local {
    /// Looks at sled and takes it into use; answers what a person should know of it. Blocks nobody for long: whoever commits
    /// meanwhile waits for the last few lines only.
    pub(super) fn settle(&self) -> Vec<Notice> {
        let ledger = self.state().ledger.clone();
        let sled_folder = self.dir().join("sled");
        let mut notices = Vec::new();
        let (sled, served_wrong) = match self.look(&sled_folder, &ledger) {
            Ok(Found::Sound(sled, lacked)) => {
                notices.extend((lacked > 0).then_some(Notice::Replayed { commits: lacked }));
                (Ok(sled), false)
            }
            Ok(Found::Ahead(known)) => {
                // So that whoever opens it next hears sled first.
                drop(files::move_aside(&image::path(self.dir())));
                let (journal, head) = (self.journal(), ledger.head().seq);
                let segments = Segments::list(&journal).unwrap_or_default();
                return vec![self.stop(Damage::lost(&journal, &segments, head, known), head)];
            }
            Err(Failed::Unsound(why)) => self.anew(&sled_folder, &ledger, why, &mut notices),
            Err(failed) => (Err(failed), false),
        };
        // An old line: what is shown is right by the image, and sled's copies stay where `repair` finds them.
        if let Err(Failed::Journal(damage)) = sled {
            return vec![self.stop(damage, ledger.head().seq)];
        }
        drop(ledger);
        if served_wrong {
            self.state().down = Some("the image is not the state that the journal says".to_owned());
            let aside = files::move_aside(&image::path(self.dir())).ok();
            notices.push(Notice::Image { why: Unsound::Differs, aside, served: true });
            return notices;
        }
        let mut state = self.state();
        let used = sled.and_then(|mut sled| {
            self.catch_up(&mut sled, state.ledger.head().seq)?;
            Ok(sled)
        });
        match used {
            Ok(sled) => state.sled = Some(sled),
            Err(failed) => notices.push(Notice::WithoutSled(failed.to_string())),
        }
        drop(state);
        self.write_image();
        notices
    }

    /// Nothing is written any more.
    fn stop(&self, damage: Damage, shown: Seq) -> Notice {
        self.state().down = Some(format!("the journal is damaged: {damage}"));
        Notice::ReadOnly(ReadOnly::Damaged { damage, shown })
    }

    fn journal(&self) -> std::path::PathBuf {
        self.dir().join("journal")
    }

    /// Compares sled with the ledger and writes into it what it lacks.
    fn look(&self, folder: &Path, ledger: &Ledger) -> Result<Found, Failed> {
        let mut sled = SledState::open(folder)?;
        let meta = *sled.meta();
        if meta.head.seq > ledger.head().seq {
            return Ok(Found::Ahead(meta.head.seq));
        }
        let segments = Segments::list(&self.journal()).map_err(disk)?;
        if meta.head.seq > Seq::ZERO && !shows(&segments, meta.place, meta.head).map_err(disk)? {
            return Err(Failed::Unsound(Unsound::Differs));
        }
        let mut since: HashSet<Key> = HashSet::new();
        behind(&segments, &meta, ledger.head().seq, |sealed, _| {
            since.extend(sealed.commit.changes.iter().map(|change| change.key.clone()));
            Ok(())
        })?;
        if !sled.agrees(ledger, &since)? {
            return Err(Failed::Unsound(Unsound::Differs));
        }
        self.catch_up(&mut sled, ledger.head().seq)?;
        Ok(Found::Sound(sled, ledger.head().seq.0 - meta.head.seq.0))
    }

    /// Writes the commits up to `last` into sled.
    fn catch_up(&self, sled: &mut SledState, last: Seq) -> Result<(), Failed> {
        if sled.meta().head.seq >= last {
            return Ok(());
        }
        let segments = Segments::list(&self.journal()).map_err(disk)?;
        let meta = *sled.meta();
        behind(&segments, &meta, last, |sealed, raw| sled.write(&sealed, &raw.text, raw.place))?;
        sled.flush()
    }

    /// Moves an unsound sled aside and makes another from the journal, which is the moment to hold the ledger against the journal too: answers
    /// the new one, and whether the ledger is not what the journal says.
    fn anew(
        &self,
        folder: &Path,
        ledger: &Ledger,
        why: Unsound,
        notices: &mut Vec<Notice>,
    ) -> (Result<SledState, Failed>, bool) {
        let mut differs = false;
        let compare = |now: &Ledger| differs |= now.head().seq == ledger.head().seq && now != ledger;
        match open::anew(folder, &self.journal(), compare) {
            Ok((sled, aside)) => {
                notices.push(Notice::Rebuilt { why, aside });
                (Ok(sled), differs)
            }
            Err(failed) => (Err(failed), differs),
        }
    }
}

/// The commits of the journal that sled, which stands at `meta`, lacks up to `last`.
fn behind(
    segments: &Segments,
    meta: &Meta,
    last: Seq,
    mut each: impl FnMut(Sealed, RawLine) -> Result<(), Failed>,
) -> Result<(), Failed> {
    let mut head = meta.head;
    let mut lines = if head.seq == Seq::ZERO {
        segments.lines()
    } else {
        segments.lines_behind(meta.place, head.seq).map_err(disk)?
    };
    while head.seq < last {
        match follow::next(&mut lines).map_err(disk)? {
            Ok(Some((sealed, raw))) if sealed.commit.prev == head.hash && sealed.commit.seq == head.seq.next() => {
                head = Head { seq: sealed.commit.seq, hash: sealed.hash };
                each(sealed, raw)?;
            }
            Ok(Some((sealed, raw))) => {
                let what = BadLine::Chain(format!("commit {} does not follow on the line before", sealed.commit.seq));
                return Err(Failed::Journal(Damage { file: raw.file, line: raw.number, what }));
            }
            Ok(None) => return Err(Failed::System(format!("the journal ends before commit {last}"))),
            Err(follow::Stop::Damage(damage)) => return Err(Failed::Journal(damage)),
            Err(follow::Stop::Unfinished(raw)) => {
                return Err(Failed::System(format!("{}: line {} is cut off", raw.file.display(), raw.number)));
            }
        }
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn disk(error: io::Error) -> Failed {
    Failed::System(error.to_string())
}
