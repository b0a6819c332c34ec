//! Reading the journal: every line checked, every commit applied, and how it ends.

use std::io;
use std::path::Path;

use super::segments::{Lines, RawLine, Segments};
use super::{BadLine, Damage, Refused, Sealed, line};
use crate::model::{Ledger, Seq};

/// Why reading stopped before the end.
#[derive(Debug)]
pub(super) enum Stop {
    /// A line that is not what was written.
    Damage(Damage),
    /// A last line that was being written when its process ended, or is being written now. It was never acknowledged, unless
    /// sled knows better.
    Unfinished(RawLine),
}

/// Reads the next commit.
pub(super) fn next(lines: &mut Lines) -> io::Result<Result<Option<(Sealed, RawLine)>, Stop>> {
    let Some(raw) = lines.next()? else { return Ok(Ok(None)) };
    let bad = |what| Stop::Damage(Damage { file: raw.file.clone(), line: raw.number, what });
    let outcome = match line::decode(&raw.text) {
        _ if !raw.ended && raw.last => Err(Stop::Unfinished(raw)),
        _ if !raw.ended => Err(bad(BadLine::Cut)),
        // A file that grew before its pages were written shows zeros there. No JSON text holds a zero byte.
        Err(_) if raw.last && raw.text.contains(&0) => Err(Stop::Unfinished(raw)),
        Err(what) => Err(bad(what)),
        Ok(sealed) if raw.number == 1 && raw.place.segment != sealed.commit.seq => {
            Err(bad(BadLine::Chain(format!("commit {} begins the file", sealed.commit.seq))))
        }
        Ok(sealed) => Ok(Some((sealed, raw))),
    };
    Ok(outcome)
}

/// Applies the commits that follow, telling `each` of every one together with the ledger after it.
pub(super) fn follow(
    lines: &mut Lines,
    ledger: &mut Ledger,
    mut each: impl FnMut(&Ledger, &Sealed, &RawLine),
) -> io::Result<Option<Stop>> {
    loop {
        match next(lines)? {
            Err(stop) => return Ok(Some(stop)),
            Ok(None) => return Ok(None),
            Ok(Some((sealed, raw))) => match ledger.apply(&sealed.commit, sealed.hash) {
                Ok(()) => each(ledger, &sealed, &raw),
                Err(misfit) => {
                    let what = BadLine::Chain(misfit.to_string());
                    return Ok(Some(Stop::Damage(Damage { file: raw.file, line: raw.number, what })));
                }
            },
        }
    }
}

/// The commits after `after` up to `last`, at most `max`, from the files.
pub(super) fn commits(folder: &Path, after: Seq, last: Option<Seq>, max: usize) -> Result<Vec<Sealed>, Refused> {
    let disk = |error: io::Error| Refused::Down(error.to_string());
    let segments = Segments::list(folder).map_err(disk)?;
    let mut lines = segments.lines_from(after.next()).map_err(disk)?;
    let mut found: Vec<Sealed> = Vec::new();
    let mut expected = after.next();
    while found.len() < max && last.is_none_or(|last| expected <= last) {
        match next(&mut lines).map_err(disk)? {
            Ok(Some((sealed, _))) if sealed.commit.seq == expected => {
                found.push(sealed);
                expected = expected.next();
            }
            Ok(Some((sealed, raw))) => {
                let what = format!("commit {} stands where {expected} belongs", sealed.commit.seq);
                return Err(damaged(&Damage { file: raw.file, line: raw.number, what: BadLine::Chain(what) }));
            }
            Ok(None) | Err(Stop::Unfinished(_)) => break,
            // What is whole before it is served first; whoever asks on is told.
            Err(Stop::Damage(_)) if !found.is_empty() => break,
            Err(Stop::Damage(damage)) => return Err(damaged(&damage)),
        }
    }
    Ok(found)
}

/// As far back as this many bytes of the journal the newest commits are looked for.
const RECENT_BYTES: u64 = 4 * 1024 * 1024;

/// The newest commits up to `head`, at most `max`; fewer where they are large. Read from the end: what stands before is not looked at.
pub(super) fn recent(folder: &Path, head: Seq, max: u64) -> Result<Vec<Sealed>, Refused> {
    let disk = |error: io::Error| Refused::Down(error.to_string());
    let first = head.0.saturating_sub(max);
    let tail = Segments::list(folder).and_then(|segments| segments.tail(RECENT_BYTES)).map_err(disk)?;
    let mut found: Vec<Sealed> = Vec::new();
    for text in tail.rsplit(|byte| *byte == b'\n') {
        let Ok(sealed) = line::decode(text) else {
            // Half a line at either end; should more be wrong, reading on from the front says what.
            if found.is_empty() {
                continue;
            }
            break;
        };
        let seq = sealed.commit.seq;
        let next = found.last().map_or(head, |later| Seq(later.commit.seq.0 - 1));
        if seq == next && seq.0 > first {
            found.push(sealed);
        } else if seq <= next {
            break;
        }
    }
    found.reverse();
    Ok(found)
}

pub(super) fn damaged(damage: &Damage) -> Refused {
    Refused::Down(format!("the journal is damaged: {damage}"))
}
