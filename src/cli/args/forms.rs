//! What can be typed for the units' forms.

use std::path::PathBuf;

use clap::Args;

use super::names::FormsDeed;

#[derive(Debug, Args)]
pub(in crate::cli) struct Forms {
    pub deed: FormsDeed,
    #[arg(required = true)]
    pub args: Vec<PathBuf>,
    #[arg(long)]
    pub unit: Option<String>,
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long)]
    pub write: bool,
    #[arg(long, requires = "write")]
    pub mine: bool,
    #[arg(long)]
    pub json: bool,
}
