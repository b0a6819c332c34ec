//! `duban login`: what sshd runs for somebody who may use this program and nothing else (`ForceCommand`). Without a command it is the
//! screen; `ssh office duban who …` runs that verb. Nothing that it runs reads or writes files of a name of the user's choice, or
//! starts a program of the user's choice.

use std::ffi::{OsStr, OsString};

use clap::ArgMatches;

use crate::catalog::{Lang, Say};

use super::fail::{Exit, Stop};
use super::words::path;

/// The verbs that a restricted login may use. What each may write is the roles' matter.
const VERBS: [&str; 25] = [
    "who", "list", "show", "file", "quota", "review", "light", "why", "chase", "target", "step", "request", "decide",
    "view", "settings", "doubts", "check", "log", "undo", "redo", "report", "bulletin", "printers", "status", "role",
];
/// Also: pages that only print.
const PAGES: [&str; 2] = ["help", "man"];

/// The options that name a file, a folder or another ledger.
const PLACES: [&str; 6] = ["data", "server", "demo", "from", "output", "each"];

/// The words that were asked for, the program's name first: those of `SSH_ORIGINAL_COMMAND`, cut as a shell would, by no shell.
pub(super) fn words(lang: Lang, asked: Option<&OsStr>) -> Result<Vec<OsString>, Stop> {
    let Some(asked) = asked else { return Ok(vec![OsString::from("duban")]) };
    let unreadable = || refuse(lang, &asked.to_string_lossy());
    let words = shell_words::split(asked.to_str().ok_or_else(unreadable)?).map_err(|_| unreadable())?;
    match words.first().map(String::as_str) {
        None => Ok(vec![OsString::from("duban")]),
        Some("duban") => Ok(words.into_iter().map(OsString::from).collect()),
        Some(_) => Err(unreadable()),
    }
}

/// Whether what was typed stays within the bounds of a restricted login.
pub(super) fn permit(lang: Lang, matches: &ArgMatches) -> Result<(), Stop> {
    let (verb, own) = match matches.subcommand() {
        Some((verb, own)) if VERBS.contains(&verb) || PAGES.contains(&verb) => (verb, own),
        Some((verb, _)) => return Err(refuse(lang, verb)),
        None => ("", matches),
    };
    let given = |id: &str| {
        let typed = |matches: &ArgMatches| {
            matches.try_contains_id(id).is_ok()
                && matches.value_source(id) == Some(clap::parser::ValueSource::CommandLine)
        };
        typed(own) || typed(matches)
    };
    match PLACES.iter().find(|id| given(id)) {
        Some(option) => Err(refuse(lang, format!("{verb} --{option}").trim())),
        None => Ok(()),
    }
}

/// That a restricted login does not allow it.
pub(super) fn refuse(lang: Lang, what: &str) -> Stop {
    let what = path(std::path::Path::new(what));
    Stop::new(Exit::Refused, lang.fill(Say::LoginRefused, &[&what]), lang.say(Say::LoginRefusedTodo))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::localise::command;

    fn permitted(asked: &str) -> bool {
        let Ok(words) = words(Lang::Zh, Some(OsStr::new(asked))) else { return false };
        let matches = command(Lang::Zh).try_get_matches_from(words).unwrap();
        permit(Lang::Zh, &matches).is_ok()
    }

    #[test]
    fn the_screen_and_the_verbs_of_the_ledger_are_permitted() {
        for asked in ["", "duban", "duban who 充电桩", "duban file T1 --percent 30", "duban report 2024Q3 --format pdf"]
        {
            assert!(permitted(asked), "{asked}");
        }
    }

    /// Every option of every verb that takes a path, also those that are still to come.
    #[test]
    fn no_verb_takes_a_path_from_a_restricted_login() {
        let all = command(Lang::Zh);
        let path = clap::builder::ValueParser::path_buf().type_id();
        let mut tried = 0;
        let verbs = all
            .get_subcommands()
            .map(clap::Command::get_name)
            .filter(|verb| VERBS.contains(verb) || PAGES.contains(verb));
        for verb in std::iter::once("").chain(verbs) {
            let of = all.find_subcommand(verb).unwrap_or(&all);
            for arg in
                of.get_arguments().chain(all.get_arguments()).filter(|arg| arg.get_value_parser().type_id() == path)
            {
                let long =
                    arg.get_long().unwrap_or_else(|| panic!("{verb}: {} is no option: is it refused?", arg.get_id()));
                assert!(PLACES.contains(&arg.get_id().as_str()), "{verb} --{long} is not refused");
                tried += 1;
            }
        }
        assert!(tried > 10, "{tried}");
    }

    #[test]
    fn nothing_else_is() {
        for asked in [
            "sh",
            "/bin/sh -c id",
            "scp -t /tmp",
            "/usr/lib/openssh/sftp-server",
            "duban; id",
            "duban import /etc/passwd",
            "duban export /tmp/x",
            "duban backup /tmp/x.zip",
            "duban restore /tmp/x.zip /tmp/y",
            "duban restore /etc/shadow --dry-run",
            "duban repair --write",
            "duban forms out x",
            "duban serve",
            "duban --data /tmp/x list",
            "duban list --data /tmp/x",
            "duban --server /tmp/x list",
            "duban --demo",
            "duban file --from /etc/shadow",
            "duban report 2024Q3 -o x.pdf",
            "duban docs .",
        ] {
            let words = words(Lang::Zh, Some(OsStr::new(asked)));
            let matches = words.ok().and_then(|words| command(Lang::Zh).try_get_matches_from(words).ok());
            assert!(matches.is_none_or(|matches| permit(Lang::Zh, &matches).is_err()), "{asked}");
        }
    }
}
