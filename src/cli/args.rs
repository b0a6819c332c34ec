//! What can be typed: every verb and option, in one place. What each means in words is in the catalogue
//! ([`super::localise`] puts it in), so nothing here carries a help text.

mod backup;
mod deeds;
mod forms;
mod names;
mod paper;
mod role;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(super) use backup::*;
pub(super) use deeds::*;
pub(super) use forms::*;
pub(super) use names::*;
pub(super) use paper::*;
pub(super) use role::*;

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
    #[arg(long, global = true, conflicts_with = "data")]
    pub server: Option<PathBuf>,
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
    /// Set by `duban login`, never typed.
    #[arg(skip)]
    pub restricted: bool,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    Who(Who),
    List(List),
    Show(Show),
    File(File),
    Quota(Quota),
    Review(Review),
    Light(Light),
    Why(Why),
    Chase(Chase),
    Target(Target),
    Step(Step),
    Request(Request),
    Decide(Decide),
    View(View),
    Settings(Settings),
    Doubts(Doubts),
    Unit(Succession),
    Leader(Succession),
    Check(Check),
    Import(Import),
    Log(Log),
    Undo(Undo),
    Redo,
    Verify(Verify),
    Backup(Backup),
    Restore(Restore),
    Repair(Repair),
    Export(Export),
    Report(Report),
    Bulletin(Bulletin),
    Printers(Printers),
    Forms(Forms),
    Role(Role),
    Status(Status),
    Serve(Serve),
    Login,
    Completions(Completions),
    Man(Page),
    Help(Page),
    #[command(hide = true)]
    Docs(Docs),
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[arg(long)]
    pub socket: Option<PathBuf>,
    #[arg(long)]
    pub group: bool,
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

/// What a list is narrowed to, and how it is sorted.
#[derive(Debug, Clone, Args)]
pub(super) struct Filters {
    #[arg(long)]
    pub leader: Option<String>,
    #[arg(long)]
    pub unit: Option<String>,
    #[arg(long)]
    pub light: Option<LightName>,
    #[arg(long)]
    pub status: Option<StatusName>,
    #[arg(long)]
    pub filing: Option<FilingName>,
    #[arg(long)]
    pub late: bool,
    #[arg(long)]
    pub search: Option<String>,
    #[arg(long)]
    pub sort: Option<SortName>,
    #[arg(long)]
    pub reverse: bool,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    pub filters: Filters,
    #[arg(long)]
    pub area: Option<String>,
    #[arg(long)]
    pub view: Option<String>,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long)]
    pub livelihood: bool,
    #[arg(long, conflicts_with_all = ["Filters", "area", "view", "period", "livelihood"])]
    pub removed: bool,
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
#[command(group(clap::ArgGroup::new("decision").args(["settle", "accept", "read", "reopen"]).conflicts_with("Shape")))]
pub(super) struct Doubts {
    #[arg(long, conflicts_with = "decision")]
    pub all: bool,
    #[arg(long, conflicts_with = "decision")]
    pub kind: Option<String>,
    #[arg(long, num_args = 2, value_names = ["PLACE", "CHOICE"], conflicts_with_all = ["accept", "read", "reopen"])]
    pub settle: Option<Vec<String>>,
    #[arg(long, conflicts_with_all = ["read", "reopen"])]
    pub accept: Option<String>,
    #[arg(long, requires = "set", conflicts_with = "reopen")]
    pub read: Option<String>,
    #[arg(long, requires = "read")]
    pub set: Vec<String>,
    #[arg(long)]
    pub reopen: Option<String>,
    #[command(flatten)]
    pub shape: Shape,
}

/// Who follows on a unit or a leader.
#[derive(Debug, Args)]
pub(super) struct Succession {
    pub name: Option<String>,
    #[arg(long, requires = "name", requires = "since", conflicts_with = "Shape")]
    pub to: Option<String>,
    #[arg(long, requires = "to")]
    pub since: Option<String>,
    #[arg(long, requires = "name", conflicts_with_all = ["to", "Shape"])]
    pub clear: bool,
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
    #[arg(long = "as")]
    pub slug: Option<String>,
    #[arg(long, value_enum, default_value_t, hide_default_value = true)]
    pub layout: LayoutName,
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
pub(super) struct Status {
    #[arg(long)]
    pub json: bool,
    /// Take the office's ledger for right as it stands now.
    #[arg(long)]
    pub accept: bool,
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
