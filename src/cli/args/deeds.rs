//! What can be typed for the deeds of the quarter: filing, reviewing, chasing, targets, steps, requests, views, settings.

use std::path::PathBuf;

use clap::Args;

use super::names::{DueMonthName, RequestName, SetLight, SpanName, StepName, YesNo};
use super::{Filters, Shape};

#[derive(Debug, Clone, Args)]
#[command(group(clap::ArgGroup::new("said").required(true).multiple(true).args(["percent", "progress", "problems", "next", "actual", "from"])))]
pub(in crate::cli) struct File {
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
pub(in crate::cli) struct Quota {
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
pub(in crate::cli) struct Review {
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
pub(in crate::cli) struct Light {
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
pub(in crate::cli) struct Why {
    pub key: String,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Chase {
    #[arg(conflicts_with = "Shape")]
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
    #[arg(long, conflicts_with_all = ["keys", "note", "leader", "unit", "area", "Shape"])]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Target {
    #[arg(required_unless_present = "from")]
    pub key: Option<String>,
    pub no: Option<u16>,
    #[arg(long, allow_negative_numbers = true, requires = "no", conflicts_with = "Shape")]
    pub actual: Option<String>,
    #[arg(long, requires = "no", conflicts_with_all = ["actual", "Shape"])]
    pub clear: bool,
    #[arg(long, conflicts_with_all = ["add", "remove", "parts"])]
    pub period: Option<String>,
    #[arg(long, conflicts_with_all = ["no", "actual", "clear", "Shape"])]
    pub add: bool,
    #[arg(long, requires = "no", conflicts_with_all = ["actual", "clear", "add", "Shape"])]
    pub remove: bool,
    #[command(flatten)]
    pub parts: TargetParts,
    #[arg(long, conflicts_with_all = ["key", "no", "actual", "clear", "add", "remove", "parts", "Shape"])]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub shape: Shape,
}

/// The parts of a target that can be given.
#[derive(Debug, Clone, Args)]
#[command(group(clap::ArgGroup::new("parts").multiple(true).args(["metric", "comparator", "value", "tiers", "unit", "deadline", "rate"]).conflicts_with_all(["actual", "clear", "remove", "Shape"])))]
pub(in crate::cli) struct TargetParts {
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
#[command(group(clap::ArgGroup::new("change").multiple(true).args(["add", "text", "unit", "deadline", "state", "remove"]).conflicts_with("Shape")))]
pub(in crate::cli) struct Step {
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
    #[arg(long, conflicts_with_all = ["key", "no", "change", "Shape"])]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Request {
    pub key: Option<String>,
    #[arg(requires = "reason", conflicts_with = "Shape")]
    pub kind: Option<RequestName>,
    pub reason: Option<String>,
    #[arg(long, requires = "kind")]
    pub until: Option<String>,
    #[arg(long, requires = "kind")]
    pub period: Option<String>,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("decision").required(true).args(["grant", "refuse"])))]
pub(in crate::cli) struct Decide {
    pub key: String,
    pub no: u16,
    #[arg(long, num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "given or not, with a note or not")]
    pub grant: Option<Option<String>>,
    #[arg(long, allow_hyphen_values = true)]
    pub refuse: Option<String>,
    #[arg(long)]
    pub approver: Option<String>,
    #[arg(long, conflicts_with = "refuse")]
    pub until: Option<String>,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("kept").multiple(true).args(["leader", "unit", "light", "status", "filing", "late", "search", "sort", "reverse"]).requires("save")))]
pub(in crate::cli) struct View {
    #[arg(required = false)]
    pub name: Option<String>,
    #[arg(long, requires = "name", conflicts_with = "Shape")]
    pub save: bool,
    #[arg(long, requires = "name", conflicts_with_all = ["save", "Shape", "kept"])]
    pub remove: bool,
    #[command(flatten)]
    pub filters: Filters,
    #[command(flatten)]
    pub shape: Shape,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Settings {
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
    #[arg(long, conflicts_with_all = ["span", "due_month", "due_day", "near_days", "behind", "far_behind"])]
    pub json: bool,
}
