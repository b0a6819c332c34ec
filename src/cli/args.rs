//! What can be typed: every verb and option, in one place. What each means in words is in the catalogue
//! ([`super::localise`] puts it in), so nothing here carries a help text.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::catalog::Lang;
use crate::model;

#[derive(Debug, Parser)]
#[command(
    name = "duban",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(super) struct Line {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(super) struct Global {
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    #[arg(long, global = true)]
    pub lang: Option<LangName>,
    #[arg(long, global = true)]
    pub doc: Option<String>,
    #[arg(long, global = true)]
    pub demo: bool,
    #[arg(long, global = true)]
    pub ascii: bool,
    #[arg(long, global = true)]
    pub no_color: bool,
    #[arg(long, global = true)]
    pub read_only: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Who(Who),
    List(List),
    Show(Show),
    File(File),
    Quota(Quota),
    Doubts(Doubts),
    Check(Check),
    Import(Import),
    Log(Log),
    Undo(Undo),
    Redo,
    Verify,
    Export(Export),
    Report(Report),
    Status(Status),
    Completions(Completions),
    Man(Page),
    Help(Page),
    #[command(hide = true)]
    Docs(Docs),
}

/// How a listing is printed.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Shape {
    #[arg(long)]
    pub format: Option<Format>,
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Who {
    #[arg(required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[arg(long)]
    pub leader: Option<String>,
    #[arg(long)]
    pub unit: Option<String>,
    #[arg(long)]
    pub area: Option<String>,
    #[arg(long)]
    pub light: Option<LightName>,
    #[arg(long)]
    pub status: Option<StatusName>,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long)]
    pub search: Option<String>,
    #[arg(long)]
    pub livelihood: bool,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    pub key: String,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("said").required(true).multiple(true).args(["percent", "progress", "problems", "next"])))]
pub(super) struct File {
    pub key: String,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub percent: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub progress: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub problems: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub next: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Quota {
    pub row: String,
    pub area: String,
    #[arg(allow_negative_numbers = true, required_unless_present = "clear")]
    pub value: Option<String>,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long, conflicts_with = "value")]
    pub clear: bool,
}

#[derive(Debug, Args)]
pub(super) struct Doubts {
    #[arg(long)]
    pub all: bool,
    #[arg(long, num_args = 2, value_names = ["PLACE", "CHOICE"])]
    pub settle: Option<Vec<String>>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    pub file: PathBuf,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub corrections: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Log {
    pub key: Option<String>,
    #[arg(short = 'n', long)]
    pub number: Option<usize>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(super) struct Undo {
    pub seq: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Report {
    pub period: Option<String>,
    #[arg(long = "for")]
    pub whom: Option<String>,
    #[arg(long)]
    pub format: Option<ReportFormat>,
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    #[arg(long, num_args = 0..=1, conflicts_with_all = ["output", "format"])]
    #[expect(clippy::option_option, reason = "given or not, with a printer's name or not")]
    pub print: Option<Option<String>>,
}

#[derive(Debug, Args)]
pub(super) struct Status {
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    pub shell: clap_complete::Shell,
}

/// A page of help or manual: of the program, or of one verb.
#[derive(Debug, Args)]
pub(super) struct Page {
    pub verb: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Docs {
    pub dir: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Tsv,
    Csv,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Txt,
    Json,
    Csv,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangName {
    Zh,
    En,
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::Zh => Self::Zh,
            LangName::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LightName {
    #[value(aliases = ["红", "红灯"])]
    Red,
    #[value(aliases = ["黄", "黄灯"])]
    Yellow,
    #[value(aliases = ["绿", "绿灯"])]
    Green,
    #[value(aliases = ["灰", "灰灯", "gray"])]
    Grey,
}

impl From<LightName> for model::Light {
    fn from(name: LightName) -> Self {
        match name {
            LightName::Red => Self::Red,
            LightName::Yellow => Self::Yellow,
            LightName::Green => Self::Green,
            LightName::Grey => Self::Grey,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum StatusName {
    #[value(aliases = ["严重滞后", "far-behind"])]
    FarBehind,
    #[value(aliases = ["滞后"])]
    Behind,
    #[value(aliases = ["未报"])]
    Unknown,
    #[value(aliases = ["按序时推进", "按序时", "on-time"])]
    OnTime,
    #[value(aliases = ["超序时"])]
    Ahead,
    #[value(aliases = ["已完成"])]
    Complete,
    #[value(aliases = ["超额完成"])]
    Exceeded,
    #[value(aliases = ["不评定", "not-rated"])]
    NotRated,
}

impl From<StatusName> for model::Status {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::FarBehind => Self::FarBehind,
            StatusName::Behind => Self::Behind,
            StatusName::Unknown => Self::Unknown,
            StatusName::OnTime => Self::OnTime,
            StatusName::Ahead => Self::Ahead,
            StatusName::Complete => Self::Complete,
            StatusName::Exceeded => Self::Exceeded,
            StatusName::NotRated => Self::NotRated,
        }
    }
}
