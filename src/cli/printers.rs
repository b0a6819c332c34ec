//! `duban printers`: the printers that the system knows.

use serde::Serialize;

use crate::catalog::Say;
use crate::output::printer::{self, NotPrinted, Printer};

use super::args::{Format, Printers};
use super::fail::{Exit, Stop};
use super::report::not_printed;
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{format, json};

/// A printer, as programs read it.
#[derive(Serialize)]
struct View {
    name: String,
    default: bool,
    state: String,
}

pub(super) fn run(session: &Session, args: &Printers) -> Result<Exit, Stop> {
    let lang = session.lang;
    let printers = printer::printers().map_err(|why| not_printed(lang, &why))?;
    if printers.is_empty() {
        return Err(not_printed(lang, &NotPrinted::NoPrinter));
    }
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => {
            let view = |one: &Printer| View { name: one.name.clone(), default: one.default, state: one.state.clone() };
            let views: Vec<View> = printers.iter().map(view).collect();
            json(&mut out, &views)
        }
        other => {
            let columns = vec![
                Column::new("name", Say::CliHeadPrinter),
                Column::new("default", Say::CliHeadDefault),
                Column::new("state", Say::CliHeadPrinterState),
            ];
            let default = |printer: &Printer| {
                let shown = if printer.default { lang.say(Say::CliPrinterDefault) } else { "" };
                Cell::word(printer.default.to_string(), shown.to_owned())
            };
            let row = |one: &Printer| vec![Cell::new(one.name.clone()), default(one), Cell::new(one.state.clone())];
            Table { columns, rows: printers.iter().map(row).collect() }.print(other, lang, &mut out)
        }
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}
