//! `duban help`, `man`, `completions` and `docs`: what the program says about itself.

use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::Shell;

use crate::catalog::{Lang, Say};

use super::args::Page;
use super::fail::{Exit, Stop};
use super::localise::{command, examples};
use super::out::Out;
use super::{help, words};

pub(super) fn help(lang: Lang, page: &Page) -> Result<Exit, Stop> {
    let command = command(lang);
    let text = match &page.verb {
        None => help::page(&command, "duban", lang),
        Some(verb) => help::page(find(&command, lang, verb)?, &format!("duban {verb}"), lang),
    };
    print(lang, format!("{text}\n").as_bytes())
}

pub(super) fn completions(lang: Lang, shell: Shell) -> Result<Exit, Stop> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command(lang), "duban", &mut bytes);
    print(lang, &bytes)
}

pub(super) fn man(lang: Lang, page: &Page) -> Result<Exit, Stop> {
    let all = command(lang);
    let command = match &page.verb {
        None => all,
        Some(verb) => {
            let name = format!("duban-{verb}");
            find(&all, lang, verb)?.clone().display_name(&name).bin_name(format!("duban {verb}")).name(name)
        }
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(command.version(env!("CARGO_PKG_VERSION")))
        .render(&mut roff)
        .map_err(|error| Stop::output(lang, &error))?;
    let verb = page.verb.as_deref().unwrap_or_default();
    let mut text = in_words_of(lang, &String::from_utf8_lossy(&roff));
    if let Some(say) = examples(verb) {
        text.push_str(&section(lang.say(Say::CliManExamples), lang.say(say)));
    }
    if verb.is_empty() {
        text.push_str(&section(lang.say(Say::CliDocsStatus), lang.say(Say::CliExitStatus)));
    }
    print(lang, text.as_bytes())
}

/// A section of a manual page, line by line as it is.
fn section(heading: &str, text: &str) -> String {
    let escaped = text.replace('\\', "\\e").replace('-', "\\-");
    // A line that begins with a dot or a quote would be a request.
    let lines: Vec<String> = escaped.lines().map(|line| format!("\\&{line}")).collect();
    format!(".SH {heading}\n.nf\n{}\n.fi\n", lines.join("\n"))
}

/// Writes the command references of both languages, over those that are there.
pub(super) fn docs(lang: Lang, dir: &Path) -> Result<Exit, Stop> {
    for (name, of) in [("commands.zh.md", Lang::Zh), ("commands.en.md", Lang::En)] {
        let path = dir.join(name);
        std::fs::write(&path, help::reference(&command(of), of)).map_err(|error| Stop::file(lang, &path, &error))?;
    }
    Ok(Exit::Done)
}

fn find<'a>(command: &'a Command, lang: Lang, verb: &str) -> Result<&'a Command, Stop> {
    command.find_subcommand(verb).ok_or_else(|| {
        let verb = words::path(Path::new(verb));
        Stop::input(lang.fill(Say::CliNoVerb, &[&verb]), lang.say(Say::CliNoVerbTodo))
    })
}

/// The headings of a manual page in the language of the rest.
fn in_words_of(lang: Lang, roff: &str) -> String {
    let headings = [
        (".SH NAME", Say::CliManName),
        (".SH SYNOPSIS", Say::CliManSynopsis),
        (".SH DESCRIPTION", Say::CliManDescription),
        (".SH OPTIONS", Say::CliManOptions),
        (".SH SUBCOMMANDS", Say::CliManVerbs),
        (".SH VERSION", Say::CliManVersion),
    ];
    let line = |line: &str| match headings.iter().find(|(heading, _)| *heading == line) {
        Some((_, say)) => format!(".SH {}", lang.say(*say)),
        None => line.replace("\\fIsubcommands\\fR", lang.say(Say::CliValueVerb)),
    };
    let lines: Vec<String> = roff.lines().map(line).collect();
    format!("{}\n", lines.join("\n"))
}

fn print(lang: Lang, bytes: &[u8]) -> Result<Exit, Stop> {
    let mut out = Out::stdout(false);
    let done: io::Result<()> = out.write_all(bytes).and_then(|()| out.flush());
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}
