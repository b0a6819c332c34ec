//! `duban forms`: the lead units' workbooks, sent out and read in.

mod back;
mod out;

use crate::catalog::Say;
use crate::cli::args::{Forms, FormsDeed};
use crate::cli::fail::{Exit, Stop};
use crate::cli::session::Session;

pub(super) fn run(session: &Session, args: &Forms) -> Result<Exit, Stop> {
    match args.deed {
        FormsDeed::Out => {
            let lang = session.lang;
            let given = [("--period", args.period.is_some()), ("--write", args.write), ("--mine", args.mine)];
            if let Some((option, _)) = given.into_iter().find(|(_, given)| *given) {
                let what = lang.fill(Say::CliOptionOnly, &[&option, &"forms in"]);
                return Err(Stop::input(what, lang.say(Say::CliSeeHelp)));
            }
            out::run(session, args)
        }
        FormsDeed::In => back::run(session, args),
    }
}
