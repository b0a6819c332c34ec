//! Reports to a printer.

use crate::catalog::{Lang, Say};
use crate::output::fonts;
use crate::output::printer::{self, Job, NotPrinted, Sides};
use crate::render::Format;
use crate::report::Made;

use super::asked::Asked;
use super::made;
use crate::cli::args::Report;
use crate::cli::fail::Stop;
use crate::cli::session::Session;

/// What was asked of the printer.
pub(super) fn job(args: &Report, asked: &Asked) -> Job {
    Job {
        printer: asked.printer.clone(),
        title: String::new(),
        sides: args.sides.map_or(Sides::default(), Sides::from),
        copies: args.copies.unwrap_or(1),
    }
}

/// Prints a report; what `lp` said. Without a format it is typeset where there are fonts to typeset it with.
pub(super) fn print(session: &Session, made: &Made, format: Option<Format>, job: &Job) -> Result<String, Stop> {
    let lang = session.lang;
    let format = match format {
        Some(format @ (Format::Txt | Format::Pdf)) => format,
        None if fonts::find().is_ok() => Format::Pdf,
        None => Format::Txt,
        Some(other) => {
            let todo = lang.say(Say::CliPrintFormatTodo);
            return Err(Stop::input(lang.fill(Say::CliPrintFormat, &[&other.ending()]), todo));
        }
    };
    let bytes = made::bytes(session, made, format)?;
    let job = Job { title: format!("duban {}", made.report.title), ..job.clone() };
    printer::print(&job, format, &bytes).map_err(|why| not_printed(lang, &why))
}

/// Why nothing was printed, in words.
pub(in crate::cli) fn not_printed(lang: Lang, why: &NotPrinted) -> Stop {
    let (what, todo) = match why {
        NotPrinted::NoLp => (lang.say(Say::CliNoLp).to_owned(), Say::CliNoLpTodo),
        NotPrinted::NoPrinter => (lang.say(Say::CliNoPrinter).to_owned(), Say::CliNoPrinterTodo),
        NotPrinted::BadName(name) => (lang.fill(Say::CliBadPrinter, &[name]), Say::CliBadPrinterTodo),
        NotPrinted::Refused(said) => (lang.fill(Say::CliLpFailed, &[said]), Say::CliLpFailedTodo),
    };
    Stop::input(what, lang.say(todo))
}
