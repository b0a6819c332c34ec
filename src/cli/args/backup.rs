//! Backups, checking, repair.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct Backup {
    #[arg(conflicts_with = "daily")]
    pub file: Option<PathBuf>,
    #[arg(long)]
    pub daily: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Restore {
    pub file: PathBuf,
    #[arg(required_unless_present = "dry_run")]
    pub dir: Option<PathBuf>,
    #[arg(long)]
    pub at: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Repair {
    #[arg(long)]
    pub from: Option<PathBuf>,
    #[arg(long)]
    pub write: bool,
    #[arg(long, conflicts_with = "write")]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Verify {
    #[arg(long, num_args = 1..=2)]
    pub head: Vec<String>,
    #[arg(long)]
    pub backups: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}
