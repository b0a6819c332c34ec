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

#[derive(Debug, Clone, Args)]
#[command(group(clap::ArgGroup::new("said").required(true).multiple(true).args(["percent", "progress", "problems", "next", "actual", "from"])))]
pub(super) struct File {
    #[arg(required_unless_present = "from")]
    pub key: Option<String>,
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
    #[arg(long)]
    pub actual: Vec<String>,
    #[arg(long, conflicts_with_all = ["key", "percent", "progress", "problems", "next", "actual"])]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Quota {
    #[arg(required_unless_present = "from")]
    pub row: Option<String>,
    #[arg(required_unless_present = "from")]
    pub area: Option<String>,
    #[arg(allow_negative_numbers = true, required_unless_present_any = ["clear", "from"])]
    pub value: Option<String>,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long, conflicts_with = "value")]
    pub clear: bool,
    #[arg(long, conflicts_with_all = ["row", "area", "value", "clear"])]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("verdict").required(true).args(["accept", "back", "from"])))]
pub(super) struct Review {
    #[arg(required_unless_present = "from")]
    pub keys: Vec<String>,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long)]
    pub accept: bool,
    #[arg(long = "return", allow_hyphen_values = true)]
    pub back: Option<String>,
    #[arg(long, conflicts_with = "keys")]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Light {
    #[arg(required_unless_present = "from")]
    pub key: Option<String>,
    #[arg(required_unless_present_any = ["clear", "from"])]
    pub color: Option<SetLight>,
    #[arg(required_unless_present_any = ["clear", "from"])]
    pub reason: Option<String>,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long, conflicts_with_all = ["color", "reason"])]
    pub clear: bool,
    #[arg(long, conflicts_with_all = ["key", "color", "reason", "clear"])]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Why {
    pub key: String,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Chase {
    pub keys: Vec<String>,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long, requires = "keys", allow_hyphen_values = true)]
    pub note: Option<String>,
    #[arg(long, conflicts_with = "keys")]
    pub leader: Option<String>,
    #[arg(long, conflicts_with = "keys")]
    pub unit: Option<String>,
    #[arg(long, conflicts_with = "keys")]
    pub area: Option<String>,
    #[arg(long, conflicts_with_all = ["keys", "note", "leader", "unit", "area"])]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(super) struct Target {
    #[arg(required_unless_present = "from")]
    pub key: Option<String>,
    pub no: Option<u16>,
    #[arg(long, allow_negative_numbers = true, requires = "no")]
    pub actual: Option<String>,
    #[arg(long, requires = "no", conflicts_with = "actual")]
    pub clear: bool,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long, conflicts_with_all = ["no", "actual", "clear"])]
    pub add: bool,
    #[arg(long, requires = "no", conflicts_with_all = ["actual", "clear", "add"])]
    pub remove: bool,
    #[command(flatten)]
    pub parts: TargetParts,
    #[arg(long, conflicts_with_all = ["key", "no", "actual", "clear", "add", "remove", "parts"])]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub shape: Shape,
}

/// The parts of a target that can be given.
#[derive(Debug, Clone, Args)]
#[command(group(clap::ArgGroup::new("parts").multiple(true).args(["metric", "comparator", "value", "tiers", "unit", "deadline", "rate"]).conflicts_with_all(["actual", "clear", "remove"])))]
pub(super) struct TargetParts {
    #[arg(long, allow_hyphen_values = true)]
    pub metric: Option<String>,
    #[arg(long)]
    pub comparator: Option<String>,
    #[arg(long, allow_negative_numbers = true)]
    pub value: Option<String>,
    #[arg(long)]
    pub tiers: Option<String>,
    #[arg(long)]
    pub unit: Option<String>,
    #[arg(long)]
    pub deadline: Option<String>,
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    pub rate: Option<YesNo>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Step {
    #[arg(required_unless_present = "from")]
    pub key: Option<String>,
    pub no: Option<u16>,
    #[arg(long, conflicts_with_all = ["no", "text"], allow_hyphen_values = true)]
    pub add: Option<String>,
    #[arg(long, requires = "no", allow_hyphen_values = true)]
    pub text: Option<String>,
    #[arg(long)]
    pub unit: Option<String>,
    #[arg(long)]
    pub deadline: Option<String>,
    #[arg(long)]
    pub state: Option<StepName>,
    #[arg(long, requires = "no", conflicts_with_all = ["text", "unit", "deadline", "state"])]
    pub remove: bool,
    #[arg(long, conflicts_with_all = ["key", "no", "add", "text", "unit", "deadline", "state", "remove"])]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(super) struct Request {
    pub key: Option<String>,
    #[arg(requires = "reason")]
    pub kind: Option<RequestName>,
    pub reason: Option<String>,
    #[arg(long, requires = "kind")]
    pub until: Option<String>,
    #[arg(long)]
    pub period: Option<String>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("decision").required(true).args(["grant", "refuse"])))]
pub(super) struct Decide {
    pub key: String,
    pub no: u16,
    #[arg(long, num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "given or not, with a note or not")]
    pub grant: Option<Option<String>>,
    #[arg(long, allow_hyphen_values = true)]
    pub refuse: Option<String>,
    #[arg(long)]
    pub approver: Option<String>,
    #[arg(long)]
    pub until: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct View {
    #[arg(required = false)]
    pub name: Option<String>,
    #[arg(long, requires = "name")]
    pub save: bool,
    #[arg(long, requires = "name", conflicts_with = "save")]
    pub remove: bool,
    #[command(flatten)]
    pub filters: Filters,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(super) struct Settings {
    #[arg(long)]
    pub span: Option<SpanName>,
    #[arg(long)]
    pub due_month: Option<DueMonthName>,
    #[arg(long)]
    pub due_day: Option<u8>,
    #[arg(long)]
    pub near_days: Option<u16>,
    #[arg(long)]
    pub behind: Option<String>,
    #[arg(long)]
    pub far_behind: Option<String>,
    #[arg(long)]
    pub json: bool,
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

/// A light that can be set by hand: grey, that nothing is known, cannot.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SetLight {
    #[value(aliases = ["红", "红灯"])]
    Red,
    #[value(aliases = ["黄", "黄灯"])]
    Yellow,
    #[value(aliases = ["绿", "绿灯"])]
    Green,
}

impl From<SetLight> for model::Light {
    fn from(name: SetLight) -> Self {
        match name {
            SetLight::Red => Self::Red,
            SetLight::Yellow => Self::Yellow,
            SetLight::Green => Self::Green,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum StatusName {
    #[value(aliases = ["未启动", "not-started"])]
    NotStarted,
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
    #[value(aliases = ["终止", "调整/终止"])]
    Stopped,
    #[value(aliases = ["不评定", "not-rated"])]
    NotRated,
}

impl From<StatusName> for model::Status {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::NotStarted => Self::NotStarted,
            StatusName::FarBehind => Self::FarBehind,
            StatusName::Behind => Self::Behind,
            StatusName::Unknown => Self::Unknown,
            StatusName::OnTime => Self::OnTime,
            StatusName::Ahead => Self::Ahead,
            StatusName::Complete => Self::Complete,
            StatusName::Exceeded => Self::Exceeded,
            StatusName::Stopped => Self::Stopped,
            StatusName::NotRated => Self::NotRated,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum FilingName {
    #[value(aliases = ["逾期未报"])]
    Overdue,
    #[value(aliases = ["退回"])]
    Returned,
    #[value(aliases = ["待填报", "未报"])]
    Missing,
    #[value(aliases = ["待审核"])]
    Pending,
    #[value(aliases = ["已审核"])]
    Accepted,
    #[value(aliases = ["不需填报", "not-due"])]
    NotDue,
}

impl From<FilingName> for model::FilingState {
    fn from(name: FilingName) -> Self {
        match name {
            FilingName::Overdue => Self::Overdue,
            FilingName::Returned => Self::Returned,
            FilingName::Missing => Self::Missing,
            FilingName::Pending => Self::Pending,
            FilingName::Accepted => Self::Accepted,
            FilingName::NotDue => Self::NotDue,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum SortName {
    #[value(aliases = ["序号"])]
    Number,
    #[value(aliases = ["滞后"])]
    Worst,
    #[value(aliases = ["完成率"])]
    Percent,
    #[value(aliases = ["填报"])]
    Filing,
    #[value(aliases = ["时限"])]
    Deadline,
    #[value(aliases = ["领导"])]
    Leader,
    #[value(aliases = ["单位"])]
    Unit,
}

impl From<SortName> for model::SortBy {
    fn from(name: SortName) -> Self {
        match name {
            SortName::Number => Self::Number,
            SortName::Worst => Self::Worst,
            SortName::Percent => Self::Percent,
            SortName::Filing => Self::Filing,
            SortName::Deadline => Self::Deadline,
            SortName::Leader => Self::Leader,
            SortName::Unit => Self::Unit,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum StepName {
    #[value(aliases = ["未启动"])]
    Todo,
    #[value(aliases = ["进行中"])]
    Doing,
    #[value(aliases = ["已完成"])]
    Done,
}

impl From<StepName> for model::StepState {
    fn from(name: StepName) -> Self {
        match name {
            StepName::Todo => Self::Todo,
            StepName::Doing => Self::Doing,
            StepName::Done => Self::Done,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum RequestName {
    #[value(aliases = ["延期"])]
    Extend,
    #[value(aliases = ["调整"])]
    Adjust,
    #[value(aliases = ["终止"])]
    Stop,
    #[value(aliases = ["办结"])]
    Close,
}

impl From<RequestName> for model::RequestKind {
    fn from(name: RequestName) -> Self {
        match name {
            RequestName::Extend => Self::Extend,
            RequestName::Adjust => Self::Adjust,
            RequestName::Stop => Self::Stop,
            RequestName::Close => Self::Close,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum SpanName {
    #[value(aliases = ["月"])]
    Month,
    #[value(aliases = ["季", "季度"])]
    Quarter,
    #[value(aliases = ["半年"])]
    Half,
}

impl From<SpanName> for model::Span {
    fn from(name: SpanName) -> Self {
        match name {
            SpanName::Month => Self::Month,
            SpanName::Quarter => Self::Quarter,
            SpanName::Half => Self::Half,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum DueMonthName {
    #[value(aliases = ["当月", "期末月"])]
    Last,
    #[value(aliases = ["次月"])]
    After,
}

impl From<DueMonthName> for model::DueMonth {
    fn from(name: DueMonthName) -> Self {
        match name {
            DueMonthName::Last => Self::Last,
            DueMonthName::After => Self::After,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum YesNo {
    #[value(aliases = ["是"])]
    Yes,
    #[value(aliases = ["否"])]
    No,
}
