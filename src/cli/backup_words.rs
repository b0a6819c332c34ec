//! What the options of backups mean, and why there is none, in words.

use crate::catalog::{Lang, Say};
use crate::store::backup::{BackupError, Bad, Fault};
use crate::text;

use super::fail::{Exit, Stop};
use super::words;

/// What an option or argument means.
pub(super) fn option(verb: &str, id: &str) -> Option<Say> {
    Some(match (verb, id) {
        ("backup", "file") => Say::CliOptBackupFile,
        ("backup", "daily") => Say::CliOptDaily,
        ("restore", "file") => Say::CliOptRestoreFile,
        ("restore", "dir") => Say::CliOptRestoreDir,
        ("restore", "at") => Say::CliOptRestoreAt,
        ("restore", "dry_run") => Say::CliOptRestoreDry,
        ("repair", "from") => Say::CliOptRepairFrom,
        ("repair", "dry_run") => Say::CliOptRepairDry,
        ("verify", "head") => Say::CliOptVerifyHead,
        ("verify", "backups") => Say::CliOptVerifyBackups,
        ("repair", "write") => Say::CliOptRepairWrite,
        _ => return None,
    })
}

/// What stands for an option's value.
pub(super) fn value(verb: &str, id: &str) -> Option<Say> {
    Some(match (verb, id) {
        ("backup" | "restore", "file") => Say::CliValueFile,
        ("backup", "daily") => Say::CliValueDir,
        ("restore", "at") => Say::CliValueWhen,
        ("verify", "head") => Say::CliValueHead,
        ("verify", "backups") => Say::CliValuePath,
        _ => return None,
    })
}

/// Why there is no backup, or nothing restored of the one in `file`.
pub(super) fn stop(lang: Lang, file: &std::path::Path, error: &BackupError) -> Stop {
    match error {
        BackupError::Open(error) => Stop::opening(lang, error),
        BackupError::Damaged(damage) => Stop::new(
            Exit::Store,
            lang.fill(
                Say::CliBackupDamaged,
                &[&words::path(&damage.file), &damage.line, &words::bad_line(lang, &damage.what)],
            ),
            lang.say(Say::CliBackupDamagedTodo),
        ),
        BackupError::File { path, source } => Stop::file(lang, path, source),
        BackupError::TooEarly { head } => {
            Stop::input(lang.fill(Say::CliTooEarly, &[head]), lang.say(Say::CliTooEarlyTodo))
        }
        BackupError::TooLate { first } => {
            Stop::input(lang.fill(Say::CliTooLate, &[&first.format("%Y-%m-%d %H:%M")]), lang.say(Say::CliTooEarlyTodo))
        }
        BackupError::Bad(what) => Stop::input(
            lang.fill(Say::CliBadBackup, &[&words::path(file), &bad(lang, what)]),
            lang.say(Say::CliBadBackupTodo),
        ),
    }
}

/// What is wrong with a backup or an export.
pub(super) fn bad(lang: Lang, bad: &Bad) -> String {
    match bad {
        Bad::Foreign(_) => lang.say(Say::CliBadForeign).to_owned(),
        Bad::Newer(schema) => lang.fill(Say::CliBadNewer, &[schema]),
        Bad::Member(name) => lang.fill(Say::CliBadMember, &[&text::one_line(name).text]),
        Bad::Bomb => lang.say(Say::CliBadBomb).to_owned(),
        Bad::Line { file, line, what } => lang.fill(Say::CliBadLine, &[file, line, &words::bad_line(lang, what)]),
        Bad::Export { file, line, column, what } => {
            lang.fill(Say::CliBadExport, &[file, line, column, &fault(lang, what)])
        }
        Bad::Original(name) => lang.fill(Say::CliBadOriginal, &[name]),
        Bad::Head { said, found } => lang.fill(Say::CliBadHead, &[said, found]),
    }
}

fn fault(lang: Lang, fault: &Fault) -> String {
    match fault {
        Fault::Syntax(what) => lang.fill(Say::CliFaultSyntax, &[&text::one_line(what).text]),
        Fault::Content(what) => lang.fill(Say::CliFaultContent, &[&text::one_line(what).text]),
        Fault::Cut => lang.say(Say::CliFaultCut).to_owned(),
        Fault::Hash => lang.say(Say::CliFaultHash).to_owned(),
        Fault::Differs => lang.say(Say::CliFaultDiffers).to_owned(),
        Fault::Lines { said, found } => lang.fill(Say::CliFaultLines, &[said, found]),
    }
}
