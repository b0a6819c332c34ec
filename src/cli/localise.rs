//! Puts the words of a language on what can be typed: about texts, option texts, value names, and whole help pages.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory as _};

use crate::catalog::{Lang, Say};

use super::args::Line;
use super::{backup_words, deed_words, help, paper_words, reading_words};

/// The command line as it is read: its shape, without the words that explain it. Those take longer to put on than a line takes to be read.
/// Of the verbs only names are there (`defer` in `args.rs`): clap asks for the options of the one that was typed.
fn bare() -> Command {
    Line::command()
        .version(env!("CARGO_PKG_VERSION"))
        .arg(flag("help", 'h', ArgAction::Help).global(true))
        .arg(flag("version", 'V', ArgAction::Version))
        .mut_subcommands(|sub| sub.disable_help_flag(true).disable_version_flag(true))
}

/// The command line in a language, with all that is said of it.
pub(super) fn command(lang: Lang) -> Command {
    with_help_pages(worded(whole(), "", lang), lang)
}

/// The command line with the options of all verbs.
fn whole() -> Command {
    bare().mut_subcommands(|sub| {
        let mut built = sub.clone();
        built.build();
        sub.defer(std::convert::identity).args(built.get_arguments()).groups(built.get_groups())
    })
}

/// Reads a command line. Whoever mistyped it or asks for help gets the words of a language.
///
/// # Errors
/// Whatever clap finds; help and version are errors too.
pub(super) fn matches(lang: Lang, words: &[OsString]) -> Result<ArgMatches, clap::Error> {
    bare().try_get_matches_from(words).or_else(|_| command(lang).try_get_matches_from(words))
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    Arg::new(name).short(short).long(name).action(action)
}

fn worded(command: Command, verb: &str, lang: Lang) -> Command {
    let about = about(verb).map_or("", |say| lang.say(say));
    command
        .about(about)
        .mut_args(|arg| {
            let arg = match option(verb, arg.get_id().as_str()) {
                Some(say) => {
                    let text = lang.say(say);
                    let choices = choices(&arg);
                    if choices.is_empty() {
                        arg.help(text)
                    } else {
                        arg.help(lang.fill(Say::CliHelpChoices, &[&text, &choices])).hide_possible_values(true)
                    }
                }
                None => arg,
            };
            match value_name(verb, arg.get_id().as_str()) {
                Some(say) => {
                    let names: Vec<&'static str> = lang.say(say).split(' ').collect();
                    arg.value_names(names)
                }
                None => arg,
            }
        })
        .mut_subcommands(|sub| {
            let name = sub.get_name().to_owned();
            worded(sub, &name, lang)
        })
}

/// The words that an option takes, where it takes certain words only.
pub(super) fn choices(arg: &Arg) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    let values = arg.get_possible_values();
    let names: Vec<&str> =
        values.iter().filter(|value| !value.is_hide_set()).map(clap::builder::PossibleValue::get_name).collect();
    names.join(", ")
}

fn with_help_pages(command: Command, lang: Lang) -> Command {
    let page = help::page(&command, "duban", lang);
    command.override_help(page).mut_subcommands(|sub| {
        let path = format!("duban {}", sub.get_name());
        let page = help::page(&sub, &path, lang);
        sub.override_help(page)
    })
}

/// What a verb is for; the program itself has no name here.
pub(super) fn about(verb: &str) -> Option<Say> {
    Some(match verb {
        "" => Say::CliAboutDuban,
        "who" => Say::CliAboutWho,
        "list" => Say::CliAboutList,
        "show" => Say::CliAboutShow,
        "file" => Say::CliAboutFile,
        "quota" => Say::CliAboutQuota,
        "review" => Say::CliAboutReview,
        "light" => Say::CliAboutLight,
        "why" => Say::CliAboutWhy,
        "chase" => Say::CliAboutChase,
        "target" => Say::CliAboutTarget,
        "step" => Say::CliAboutStep,
        "request" => Say::CliAboutRequest,
        "decide" => Say::CliAboutDecide,
        "view" => Say::CliAboutView,
        "settings" => Say::CliAboutSettings,
        "doubts" => Say::CliAboutDoubts,
        "unit" => Say::CliAboutUnit,
        "leader" => Say::CliAboutLeader,
        "check" => Say::CliAboutCheck,
        "import" => Say::CliAboutImport,
        "log" => Say::CliAboutLog,
        "undo" => Say::CliAboutUndo,
        "redo" => Say::CliAboutRedo,
        "verify" => Say::CliAboutVerify,
        "backup" => Say::CliAboutBackup,
        "restore" => Say::CliAboutRestore,
        "repair" => Say::CliAboutRepair,
        "export" => Say::CliAboutExport,
        "report" => Say::CliAboutReport,
        "bulletin" => Say::CliAboutBulletin,
        "printers" => Say::CliAboutPrinters,
        "forms" => Say::CliAboutForms,
        "role" => Say::CliAboutRole,
        "status" => Say::CliAboutStatus,
        "serve" => Say::CliAboutServe,
        "login" => Say::CliAboutLogin,
        "completions" => Say::CliAboutCompletions,
        "man" => Say::CliAboutMan,
        "help" => Say::CliAboutHelp,
        "docs" => Say::CliAboutDocs,
        _ => return None,
    })
}

/// Lines to type, where they tell more than the options do.
pub(super) fn examples(verb: &str) -> Option<Say> {
    Some(match verb {
        "" => Say::CliExampleDuban,
        "who" => Say::CliExampleWho,
        "list" => Say::CliExampleList,
        "show" => Say::CliExampleShow,
        "file" => Say::CliExampleFile,
        "quota" => Say::CliExampleQuota,
        "review" => Say::CliExampleReview,
        "light" => Say::CliExampleLight,
        "why" => Say::CliExampleWhy,
        "chase" => Say::CliExampleChase,
        "target" => Say::CliExampleTarget,
        "step" => Say::CliExampleStep,
        "request" => Say::CliExampleRequest,
        "decide" => Say::CliExampleDecide,
        "view" => Say::CliExampleView,
        "settings" => Say::CliExampleSettings,
        "doubts" => Say::CliExampleDoubts,
        "import" => Say::CliExampleImport,
        "unit" => Say::CliExampleUnit,
        "leader" => Say::CliExampleLeader,
        "log" => Say::CliExampleLog,
        "undo" => Say::CliExampleUndo,
        "verify" => Say::CliExampleVerify,
        "backup" => Say::CliExampleBackup,
        "restore" => Say::CliExampleRestore,
        "repair" => Say::CliExampleRepair,
        "export" => Say::CliExampleExport,
        "report" => Say::CliExampleReport,
        "bulletin" => Say::CliExampleBulletin,
        "forms" => Say::CliExampleForms,
        "serve" => Say::CliExampleServe,
        "role" => Say::CliExampleRole,
        "completions" => Say::CliExampleCompletions,
        "man" => Say::CliExampleMan,
        _ => return None,
    })
}

/// What an option or argument of a verb means.
pub(super) fn option(verb: &str, id: &str) -> Option<Say> {
    Some(match (verb, id) {
        (_, "help") => Say::CliOptHelp,
        (_, "version") => Say::CliOptVersion,
        (_, "data") => Say::CliOptData,
        (_, "server") => Say::CliOptServer,
        ("serve", "socket") => Say::CliOptSocket,
        ("serve", "group") => Say::CliOptGroup,
        (_, "lang") => Say::CliOptLang,
        (_, "doc") => Say::CliOptDoc,
        (_, "demo") => Say::CliOptDemo,
        (_, "ascii") => Say::CliOptAscii,
        (_, "no_color") => Say::CliOptNoColor,
        (_, "read_only") => Say::CliOptReadOnly,
        ("report", "format") => Say::CliOptReportFormat,
        (_, "format") => Say::CliOptFormat,
        (_, "json") => Say::CliOptJson,
        ("who", "words") => Say::CliOptWords,
        ("list" | "chase" | "view", "leader") => Say::CliOptLeader,
        ("list" | "chase" | "view", "unit") => Say::CliOptUnit,
        ("list" | "chase", "area") => Say::CliOptArea,
        ("list" | "view", "light") => Say::CliOptLight,
        ("status", "accept") => Say::CliOptAcceptHead,
        ("list" | "view", "status") => Say::CliOptStatus,
        ("list" | "view", "filing") => Say::CliOptFiling,
        ("list" | "view", "late") => Say::CliOptLate,
        ("list" | "view", "search") => Say::CliOptSearch,
        ("list" | "view", "sort") => Say::CliOptSort,
        ("list" | "view", "reverse") => Say::CliOptReverse,
        ("list", "view") => Say::CliOptView,
        ("list", "livelihood") => Say::CliOptLivelihood,
        ("forms", "period") => Say::CliOptFormsPeriod,
        ("report" | "bulletin", "period") => Say::CliOptReportPeriod,
        (_, "period") => Say::CliOptPeriod,
        ("log", "key") => Say::CliOptLogKey,
        (_, "key") => Say::CliOptKey,
        (_, "keys") => Say::CliOptKeys,
        ("file", "percent") => Say::CliOptPercent,
        ("file", "progress") => Say::CliOptProgress,
        ("file", "problems") => Say::CliOptProblems,
        ("file", "next") => Say::CliOptNext,
        ("quota", "row") => Say::CliOptRow,
        ("quota", "area") => Say::CliOptCellArea,
        ("quota", "value") => Say::CliOptValue,
        ("role", "deed") => Say::CliOptRoleDeed,
        ("role", "user") => Say::CliOptRoleUser,
        ("role", "may") => Say::CliOptRoleMay,
        ("role", "unit") => Say::CliOptRoleUnit,
        ("role", "area") => Say::CliOptRoleArea,
        ("role", "uid") => Say::CliOptRoleUid,
        ("quota", "clear") => Say::CliOptClear,
        ("doubts", "all") => Say::CliOptAll,
        ("doubts", "settle") => Say::CliOptSettle,
        ("import", "file") => Say::CliOptFile,
        ("import", "dry_run") => Say::CliOptDryRun,
        ("import", "corrections") => Say::CliOptCorrections,
        ("import", "layout") => Say::ImportOptLayout,
        ("log", "number") => Say::CliOptNumber,
        ("undo", "seq") => Say::CliOptSeq,
        ("export", "dir") => Say::CliOptDir,
        ("docs", "dir") => Say::CliOptDocsDir,
        ("completions", "shell") => Say::CliOptShell,
        ("man" | "help", "verb") => Say::CliOptVerb,
        _ => {
            let mine = reading_words::option(verb, id).or_else(|| backup_words::option(verb, id));
            return mine.or_else(|| deed_words::option(verb, id)).or_else(|| paper_words::option(verb, id));
        }
    })
}

/// What stands for an option's value; two words for two values.
fn value_name(verb: &str, id: &str) -> Option<Say> {
    Some(match (verb, id) {
        (_, "data" | "dir") => Say::CliValueDir,
        (_, "server" | "socket") => Say::CliValueSocket,
        (_, "doc") => Say::CliValueDoc,
        (_, "lang") => Say::CliValueLang,
        (_, "format") => Say::CliValueFormat,
        ("who", "words") | ("list" | "view", "search") => Say::CliValueWords,
        (_, "leader") => Say::CliValueLeader,
        (_, "unit") => Say::CliValueUnit,
        (_, "area") => Say::CliValueArea,
        (_, "light" | "color") => Say::CliValueLight,
        ("list" | "view", "status" | "filing") => Say::CliValueStatus,
        ("list" | "view", "sort") => Say::CliValueSort,
        ("list", "view") | ("view", "name") | ("decide", "approver") => Say::CliValueName,
        ("file", "actual") => Say::CliValueActual,
        ("review", "back") | ("light" | "request", "reason") | ("decide", "refuse") => Say::CliValueReason,
        (_, "no") => Say::CliValueNo,
        ("target", "metric") => Say::CliValueMetric,
        ("target", "comparator") => Say::CliValueComparator,
        ("target", "rate") => Say::CliValueYesNo,
        (_, "deadline" | "until") => Say::CliValueDate,
        ("step", "state") => Say::CliValueState,
        ("role", "deed") => Say::CliValueRoleDeed,
        ("role", "user") => Say::RoleLogin,
        ("role", "may") => Say::CmdRoles,
        ("role", "uid") => Say::RoleUid,
        ("request", "kind") => Say::CliValueKind,
        ("settings", "span") => Say::CliValueSpan,
        ("settings", "due_month") => Say::CliValueMonth,
        ("settings", "due_day" | "near_days") => Say::CliValueDays,
        ("settings", "behind" | "far_behind") => Say::CliValuePoints,
        (_, "period") => Say::CliValuePeriod,
        (_, "key" | "keys") => Say::CliValueKey,
        ("quota", "row") => Say::CliValueRow,
        ("quota" | "target", "value") | ("target", "actual" | "tiers") => Say::CliValueFigure,
        ("file", "percent") => Say::CliValuePercent,
        ("file", "progress" | "problems" | "next")
        | ("step", "add" | "text")
        | ("chase", "note")
        | ("decide", "grant") => Say::CliValueText,
        ("doubts", "settle") => Say::CliValueSettle,
        ("import", "layout") => Say::ImportValueLayout,
        (_, "from") | ("import", "file" | "corrections") => Say::CliValueFile,
        ("log", "number") => Say::CliValueNumber,
        ("undo", "seq") => Say::CliValueSeq,
        ("completions", "shell") => Say::CliValueShell,
        ("man" | "help", "verb") => Say::CliValueVerb,
        _ => {
            let mine = reading_words::value(verb, id).or_else(|| backup_words::value(verb, id));
            return mine.or_else(|| paper_words::value(verb, id));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_and_option_is_explained() {
        let command = whole();
        let verbs = std::iter::once(&command).chain(command.get_subcommands());
        for verb in verbs {
            let name = if verb.get_name() == "duban" { "" } else { verb.get_name() };
            assert!(about(name).is_some(), "{name}");
            for arg in verb.get_arguments() {
                let id = arg.get_id().as_str();
                assert!(option(name, id).is_some(), "{name} {id}");
                assert!(!arg.get_action().takes_values() || value_name(name, id).is_some(), "value of {name} {id}");
            }
        }
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            command(lang).debug_assert();
        }
    }
}
