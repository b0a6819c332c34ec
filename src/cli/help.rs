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
    let mut page = String::new();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    page.push_str(&about);
    page.push_str("\n\n");
    page.push_str(&format!("{} {}\n", lang.say(Say::CliHelpUsage), usage(command, path, lang)));
    let verbs: Vec<(String, String)> = verbs(command).map(|verb| (verb.get_name().to_owned(), text_of(verb))).collect();
    section(&mut page, lang.say(Say::CliHelpVerbs), &verbs);
    let place = |arg: &&Arg| arg.is_positional();
    section(&mut page, lang.say(Say::CliHelpArguments), &entries(command.get_arguments().filter(place)));
    let option = |arg: &&Arg| !arg.is_positional();
    section(&mut page, lang.say(Say::CliHelpOptions), &entries(command.get_arguments().filter(option)));
    let verb = verb_name(command);
    if let Some(say) = examples(verb) {
        page.push_str(&format!("\n{}\n", lang.say(Say::CliHelpExamples)));
        for line in lang.say(say).lines() {
            page.push_str(&format!("  {line}\n"));
        }
    }
    page.push('\n');
    page.push_str(lang.say(if verb.is_empty() { Say::CliHelpFootDuban } else { Say::CliHelpFootVerb }));
    page
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
    let mut usage = path.to_owned();
    if verbs(command).next().is_some() {
        usage.push_str(&format!(" [{}]", lang.say(Say::CliValueVerb)));
    }
    for arg in command.get_positionals() {
        let values = values(arg);
        let optional = !arg.is_required_set();
        usage.push_str(&if optional { format!(" [{values}]") } else { format!(" <{values}>") });
    }
    if command.get_arguments().any(|arg| !arg.is_positional()) {
        usage.push_str(&format!(" [{}]", lang.say(Say::CliHelpOptionsWord)));
    }
    usage
}

/// The options or arguments with their texts.
pub(super) fn entries<'a>(args: impl Iterator<Item = &'a Arg>) -> Vec<(String, String)> {
    args.filter(|arg| !arg.is_hide_set())
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

fn section(page: &mut String, heading: &str, entries: &[(String, String)]) {
    if entries.is_empty() {
        return;
    }
    page.push_str(&format!("\n{heading}\n"));
    let left = entries.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(32);
    for (name, text) in entries {
        let lines = wrap(text, COLUMNS - left - 4);
        for (at, line) in lines.iter().enumerate() {
            let name = if at == 0 { name.as_str() } else { "" };
            page.push_str(&format!("  {}  {line}\n", pad(name, left)));
        }
    }
}

/// The command reference as Markdown.
pub(super) fn reference(command: &Command, lang: Lang) -> String {
    let mut text = format!("# {}\n\n{}\n", lang.say(Say::CliDocsTitle), lang.say(Say::CliDocsIntro));
    let all = std::iter::once(command).chain(verbs(command));
    for verb in all {
        let name = verb_name(verb);
        let path = if name.is_empty() { "duban".to_owned() } else { format!("duban {name}") };
        text.push_str(&format!("\n## {path}\n\n{}\n\n```text\n{}\n```\n", text_of(verb), usage(verb, &path, lang)));
        let listed = entries(verb.get_arguments());
        if !listed.is_empty() {
            text.push('\n');
        }
        for (name, help) in listed {
            text.push_str(&format!("- `{name}`: {help}\n"));
        }
        if let Some(say) = examples(name) {
            text.push_str(&format!("\n```sh\n{}\n```\n", lang.say(say)));
        }
    }
    text
}
