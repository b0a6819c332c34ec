//! What can be typed for what goes out on paper: reports, the clerk's part of the bulletin, printers.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use super::Shape;
use super::names::{EachName, KindName, ReportFormat, SidesName};

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("where").args(["output", "print"])))]
pub(in crate::cli) struct Report {
    pub period: Option<String>,
    pub kind: Option<KindName>,
    #[arg(long = "for", conflicts_with = "each")]
    pub whom: Option<String>,
    #[arg(long)]
    pub fresh: bool,
    #[arg(long, conflicts_with_all = ["whom", "each"])]
    pub items: Vec<String>,
    #[arg(long)]
    pub since: Option<String>,
    #[arg(long, requires = "where")]
    pub each: Option<EachName>,
    #[arg(long)]
    pub format: Option<ReportFormat>,
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    #[arg(long, num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "given or not, with a printer's name or not")]
    pub print: Option<Option<String>>,
    #[arg(long, requires = "print")]
    pub sides: Option<SidesName>,
    #[arg(long, requires = "print", value_parser = clap::value_parser!(u16).range(1..=999))]
    pub copies: Option<u16>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Printers {
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("deed").args(["offer", "issue", "recall"])))]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(in crate::cli) struct Bulletin {
    pub period: Option<String>,
    #[command(flatten)]
    pub wording: WordingArgs,
    #[arg(long)]
    pub offer: bool,
    #[arg(long)]
    pub issue: bool,
    #[arg(long)]
    pub recall: bool,
    #[arg(long, conflicts_with_all = ["wording", "deed"])]
    pub json: bool,
}

/// The parts of the clerk's wording. What is not given stays.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("wording").multiple(true).conflicts_with("deed").args([
    "name", "number", "title", "to", "opening", "next", "signature", "signed_on", "note", "copied_to", "printed_by",
    "printed_on",
])))]
pub(in crate::cli) struct WordingArgs {
    #[arg(long, allow_hyphen_values = true)]
    pub name: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub number: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub title: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub to: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub opening: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub next: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub signature: Option<String>,
    #[arg(long)]
    pub signed_on: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub note: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub copied_to: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub printed_by: Option<String>,
    #[arg(long)]
    pub printed_on: Option<String>,
}
