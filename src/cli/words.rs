//! What the library answers in types, in words; and small pieces of text for people.

use std::io::{self, Write};
use std::path::Path;

use rust_decimal::Decimal;

use crate::catalog::{Lang, Say};
use crate::import::{Cause, Unreadable};
use crate::model::Head;
use crate::model::entry::NoFigure;
use crate::store::{BadLine, Damage, Notice, Purpose, ReadOnly, Rewritten, Unsound};
use crate::text::width::{pad, width};
use crate::text::{self, BadNumber};

use super::fail::Stop;
use super::out::Out;

/// A path as it can be shown: it is not ours, so it is cleaned like any text that comes in.
pub(super) fn path(path: &Path) -> String {
    text::one_line(&path.to_string_lossy()).text
}

/// What the system said about a file, in the language of the face where it is one of the usual things.
pub(super) fn io(lang: Lang, error: &io::Error) -> String {
    let say = match error.kind() {
        io::ErrorKind::NotFound => Say::CliIoNotFound,
        io::ErrorKind::PermissionDenied => Say::CliIoDenied,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Say::CliIoFull,
        io::ErrorKind::IsADirectory => Say::CliIoFolder,
        // Where a folder is to be made, a file of that name is in the way.
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => Say::CliIoNoFolder,
        io::ErrorKind::ReadOnlyFilesystem => Say::CliIoReadOnly,
        _ => return error.to_string(),
    };
    lang.say(say).to_owned()
}

/// A figure as it is shown.
pub(super) fn figure(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A labelled text, wrapped under its label.
pub(super) fn field(out: &mut Out, label: &str, value: &str) -> io::Result<()> {
    let indent = 2;
    let label_columns = if label.is_empty() { 0 } else { width(label).max(9) + 1 };
    let room = out.columns.saturating_sub(indent + label_columns).clamp(20, 100);
    let mut first = true;
    for paragraph in value.lines() {
        for line in text::wrap(paragraph, room) {
            let lead = if first { pad(label, label_columns) } else { " ".repeat(label_columns) };
            writeln!(out, "{}{lead}{}", " ".repeat(indent), line.trim_end())?;
            first = false;
        }
    }
    Ok(())
}

/// What a person should know about the opening of the ledger.
pub(super) fn notice(lang: Lang, notice: &Notice) -> String {
    match notice {
        Notice::Rebuilt { why, aside } => {
            let why = unsound(lang, why);
            match aside {
                Some(aside) => lang.fill(Say::CliNoticeRebuiltAside, &[&why, &path(aside)]),
                None => lang.fill(Say::CliNoticeRebuilt, &[&why]),
            }
        }
        Notice::Replayed { commits } => lang.fill(Say::CliNoticeReplayed, &[commits]),
        Notice::TornLine { moved_to } => lang.fill(Say::CliNoticeTorn, &[&path(moved_to)]),
        Notice::Unfinished(damage) => lang.fill(Say::CliNoticeUnfinished, &[&path(&damage.file), &damage.line]),
        Notice::StaleRemoved(file) => lang.fill(Say::CliNoticeStale, &[&path(file)]),
        Notice::WithoutSled(why) => lang.fill(Say::CliNoticeWithoutSled, &[why]),
        Notice::Image { why, served: true, .. } => lang.fill(Say::CliNoticeImageServed, &[&unsound(lang, why)]),
        Notice::Image { why, aside, .. } => {
            let why = unsound(lang, why);
            match aside {
                Some(aside) => lang.fill(Say::CliNoticeImageAside, &[&why, &path(aside)]),
                None => lang.fill(Say::CliNoticeImage, &[&why]),
            }
        }
        Notice::NotShared(why) => lang.fill(Say::CliNoticeNotShared, &[why]),
        Notice::ReadOnly(ReadOnly::Asked) => lang.say(Say::CliNoticeReadOnly).to_owned(),
        Notice::ReadOnly(ReadOnly::Held { pid, purpose }) => {
            lang.fill(Say::CliNoticeHeld, &[pid, &self::purpose(lang, *purpose)])
        }
        Notice::ReadOnly(ReadOnly::Damaged { damage, shown }) => {
            let what = bad_line(lang, &damage.what);
            lang.fill(Say::CliNoticeDamaged, &[&path(&damage.file), &damage.line, &what, shown])
        }
    }
}

/// That the office's ledger has another history than the one that was seen.
pub(super) fn rewritten(lang: Lang, rewritten: &Rewritten) -> String {
    let Head { seq, hash } = rewritten.seen;
    match rewritten.now {
        Some(now) => lang.fill(Say::WitnessChanged, &[&seq, &hash, &now]),
        None => lang.fill(Say::WitnessGone, &[&seq, &hash]),
    }
}

/// Why sled's state is not used.
pub(super) fn unsound(lang: Lang, why: &Unsound) -> String {
    match why {
        Unsound::Missing => lang.say(Say::CliUnsoundMissing).to_owned(),
        Unsound::Schema(schema) => lang.fill(Say::CliUnsoundSchema, &[schema]),
        Unsound::Damaged(what) => lang.fill(Say::CliUnsoundDamaged, &[what]),
        Unsound::Differs => lang.say(Say::CliUnsoundDiffers).to_owned(),
    }
}

/// What a process holds a ledger for.
pub(super) fn purpose(lang: Lang, purpose: Purpose) -> &'static str {
    lang.say(match purpose {
        Purpose::Screen => Say::CliHeldByScreen,
        Purpose::Serve => Say::CliHeldByServe,
        Purpose::Command => Say::CliHeldByCommand,
    })
}

/// What is wrong with a line of the journal.
pub(super) fn bad_line(lang: Lang, bad: &BadLine) -> String {
    match bad {
        BadLine::Shape => lang.say(Say::CliLineShape).to_owned(),
        BadLine::Checksum => lang.say(Say::CliLineChecksum).to_owned(),
        BadLine::Content(what) => lang.fill(Say::CliLineContent, &[what]),
        BadLine::Chain(what) => lang.fill(Say::CliLineChain, &[what]),
        BadLine::Cut => lang.say(Say::CliLineCut).to_owned(),
        BadLine::Lost(seq) => lang.fill(Say::CliLineLost, &[seq]),
    }
}

/// A bad line of the journal, with its place.
pub(super) fn damage(lang: Lang, damage: &Damage) -> String {
    lang.fill(Say::CliVerifyDamage, &[&path(&damage.file), &damage.line, &bad_line(lang, &damage.what)])
}

/// A file that cannot be read as a document.
pub(super) fn unreadable(lang: Lang, file: &str, error: &Unreadable) -> Stop {
    let what = match &error.what {
        Cause::Empty => lang.say(Say::CliFileEmpty).to_owned(),
        Cause::TooLarge { bytes, limit } => lang.fill(Say::CliFileTooLarge, &[bytes, limit]),
        Cause::Scanned => lang.say(Say::ImportScanned).to_owned(),
        Cause::Locked => lang.say(Say::ImportLocked).to_owned(),
        Cause::Foreign { kind } => lang.fill(Say::ImportForeign, &[kind]),
        Cause::OldOffice => lang.say(Say::CliFileOldOffice).to_owned(),
        Cause::Damaged => lang.say(Say::CliFileDamaged).to_owned(),
        Cause::Binary => lang.say(Say::CliFileBinary).to_owned(),
        Cause::NotUtf8 => lang.say(Say::CliFileNotUtf8).to_owned(),
        Cause::Report => lang.say(Say::ImportReport).to_owned(),
        Cause::UnknownLayout { missing } => lang.fill(Say::CliFileUnknownLayout, &[&missing.join(" ")]),
        Cause::NoYear => lang.say(Say::CliFileNoYear).to_owned(),
        Cause::TooMany => lang.say(Say::CliFileTooMany).to_owned(),
        Cause::BadCorrections { why, .. } => lang.fill(Say::CliFileBadCorrections, &[&text::one_line(why).text]),
        Cause::StaleCorrection { quoted, found, .. } => lang.fill(Say::CliFileStaleCorrection, &[quoted, found]),
    };
    let place = match (error.line, error.column) {
        (Some(line), Some(column)) => lang.fill(Say::CliPlaceLineColumn, &[&line, &column]),
        (Some(line), None) => lang.fill(Say::CliPlaceLine, &[&line]),
        _ => String::new(),
    };
    let todo = match &error.what {
        Cause::NotUtf8 => Say::CliFileNotUtf8Todo,
        Cause::NoYear => Say::CliFileNoYearTodo,
        Cause::Scanned => Say::ImportScannedTodo,
        Cause::Locked => Say::ImportLockedTodo,
        Cause::Foreign { .. } => Say::ImportForeignTodo,
        Cause::Report => Say::ImportReportTodo,
        Cause::OldOffice => Say::CliFileOldOfficeTodo,
        Cause::BadCorrections { .. } | Cause::StaleCorrection { .. } => Say::CliFileCorrectionsTodo,
        _ => Say::CliFileUnreadableTodo,
    };
    Stop::input(lang.fill(Say::CliCannotRead, &[&file, &place, &what]), lang.say(todo))
}

/// What is wrong with a typed number.
pub(super) fn bad_number(lang: Lang, bad: &BadNumber) -> String {
    match bad {
        BadNumber::Empty => lang.say(Say::CliNumberEmpty).to_owned(),
        BadNumber::Stray { found, at } => lang.fill(Say::CliNumberStray, &[at, found]),
        BadNumber::NoDigits(mark) => lang.fill(Say::CliNumberNoDigits, &[mark]),
        BadNumber::TwoPoints => lang.say(Say::CliNumberTwoPoints).to_owned(),
        BadNumber::Grouping => lang.say(Say::CliNumberGrouping).to_owned(),
        BadNumber::Order => lang.say(Say::CliNumberOrder).to_owned(),
        BadNumber::Negative => lang.say(Say::CliNumberNegative).to_owned(),
        BadNumber::TooLarge => lang.say(Say::CliNumberTooLarge).to_owned(),
        BadNumber::Percent => lang.say(Say::CliNumberPercent).to_owned(),
    }
}

/// Why a cell takes no figure.
pub(super) fn no_figure(lang: Lang, why: NoFigure) -> &'static str {
    lang.say(match why {
        NoFigure::NoTask => Say::CliCellNoTask,
        NoFigure::Text => Say::CliCellText,
        NoFigure::NotAssigned => Say::CliCellNotAssigned,
        NoFigure::Summed => Say::CliCellSummed,
        NoFigure::OutOfRange => Say::CliCellOutOfRange,
        NoFigure::UnknownArea => Say::CliCellUnknownArea,
    })
}
