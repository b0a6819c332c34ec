//! `duban forms`: the lead units' workbooks, sent out and read in.

mod back;
mod out;

use crate::cli::args::{Forms, FormsDeed};
use crate::cli::fail::{Exit, Stop};
use crate::cli::session::Session;

pub(super) fn run(session: &Session, args: &Forms) -> Result<Exit, Stop> {
    match args.deed {
        FormsDeed::Out => out::run(session, args),
        FormsDeed::In => back::run(session, args),
    }
}
