//! Help pages and the command reference, made from the command line's own definition.

use clap::{Arg, Command};

use crate::catalog::{Lang, Say};
use crate::text::width::{pad, width};
use crate::text::wrap;

use super::localise::examples;

/// Help is as wide as this.
const COLUMNS: usize = 100;

/// A help page for a terminal.
pub(super) fn page(command: &Command, path: &str, lang: Lang) -> String {
    let verb = verb_name(command);
    let mut lines = vec![text_of(command), String::new()];
    lines.push(format!("{} {}", lang.say(Say::CliHelpUsage), usage(command, path, lang)));
    let verbs: Vec<(String, String)> = verbs(command).map(|verb| (verb.get_name().to_owned(), text_of(verb))).collect();
    section(&mut lines, lang.say(Say::CliHelpVerbs), &verbs);
    let (places, options): (Vec<&Arg>, Vec<&Arg>) = command.get_arguments().partition(|arg| arg.is_positional());
    section(&mut lines, lang.say(Say::CliHelpArguments), &entries(places));
    section(&mut lines, lang.say(Say::CliHelpOptions), &entries(options));
    if let Some(say) = examples(verb) {
        lines.extend([String::new(), lang.say(Say::CliHelpExamples).to_owned()]);
        lines.extend(lang.say(say).lines().map(|line| format!("  {line}")));
    }
    lines.push(String::new());
    let foot: &[Say] =
        if verb.is_empty() { &[Say::CliExitStatus, Say::CliHelpFootDuban] } else { &[Say::CliHelpFootVerb] };
    lines.extend(foot.iter().flat_map(|say| wrap(lang.say(*say), COLUMNS)));
    lines.join("\n")
}

/// The name of a verb; the program itself has none.
pub(super) fn verb_name(command: &Command) -> &str {
    if command.get_name() == "duban" { "" } else { command.get_name() }
}

/// The verbs that are shown.
pub(super) fn verbs(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|verb| !verb.is_hide_set())
}

/// `duban file <编号> [选项]`.
pub(super) fn usage(command: &Command, path: &str, lang: Lang) -> String {
    let mut words = vec![path.to_owned()];
    if verbs(command).next().is_some() {
        words.push(format!("[{}]", lang.say(Say::CliValueVerb)));
    }
    for arg in command.get_positionals() {
        let values = values(arg);
        words.push(if arg.is_required_set() { format!("<{values}>") } else { format!("[{values}]") });
    }
    if command.get_arguments().any(|arg| !arg.is_positional()) {
        words.push(format!("[{}]", lang.say(Say::CliHelpOptionsWord)));
    }
    words.join(" ")
}

/// The options or arguments with their texts.
pub(super) fn entries<'a>(args: impl IntoIterator<Item = &'a Arg>) -> Vec<(String, String)> {
    args.into_iter()
        .filter(|arg| !arg.is_hide_set())
        .map(|arg| (spelled(arg), arg.get_help().map(ToString::to_string).unwrap_or_default()))
        .collect()
}

/// `-o, --output <文件>`, `[打印机]` where a value may be left out.
fn spelled(arg: &Arg) -> String {
    if arg.is_positional() {
        return format!("<{}>", values(arg));
    }
    let short = arg.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let long = arg.get_long().map(|long| format!("--{long}")).unwrap_or_default();
    if !arg.get_action().takes_values() {
        return format!("{short}{long}");
    }
    let optional = arg.get_num_args().is_some_and(|range| range.min_values() == 0);
    let value = if optional { format!("[{}]", values(arg)) } else { format!("<{}>", values(arg)) };
    format!("{short}{long} {value}")
}

fn values(arg: &Arg) -> String {
    let names: Vec<&str> = arg.get_value_names().unwrap_or_default().iter().map(clap::builder::Str::as_str).collect();
    let more = if matches!(arg.get_action(), clap::ArgAction::Append) { "…" } else { "" };
    format!("{}{more}", names.join("> <"))
}

fn text_of(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn section(lines: &mut Vec<String>, heading: &str, entries: &[(String, String)]) {
    if entries.is_empty() {
        return;
    }
    lines.extend([String::new(), heading.to_owned()]);
    let left = entries.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(32);
    for (name, text) in entries {
        for (at, line) in wrap(text, COLUMNS - left - 4).iter().enumerate() {
            let name = if at == 0 { name.as_str() } else { "" };
            lines.push(format!("  {}  {line}", pad(name, left)));
        }
    }
}

/// The command reference as Markdown.
pub(super) fn reference(command: &Command, lang: Lang) -> String {
    let mut parts = vec![format!("# {}", lang.say(Say::CliDocsTitle)), lang.say(Say::CliDocsIntro).to_owned()];
    for verb in std::iter::once(command).chain(verbs(command)) {
        let name = verb_name(verb);
        let path = if name.is_empty() { "duban".to_owned() } else { format!("duban {name}") };
        parts.push(format!("## {path}"));
        parts.push(text_of(verb));
        parts.push(format!("```text\n{}\n```", usage(verb, &path, lang)));
        let listed: Vec<String> =
            entries(verb.get_arguments()).iter().map(|(name, help)| format!("- `{name}`: {help}")).collect();
        if !listed.is_empty() {
            parts.push(listed.join("\n"));
        }
        if let Some(say) = examples(name) {
            parts.push(format!("```sh\n{}\n```", lang.say(say)));
        }
    }
    parts.push(format!("## {}", lang.say(Say::CliDocsStatus)));
    parts.push(lang.say(Say::CliExitStatus).to_owned());
    format!("{}\n", parts.join("\n\n"))
}
