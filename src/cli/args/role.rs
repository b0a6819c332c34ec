//! What can be typed for roles.

use clap::{Args, ValueEnum};

use super::Shape;

#[derive(Debug, Args)]
pub(in crate::cli) struct Role {
    #[arg(requires = "user", conflicts_with = "Shape")]
    pub deed: Option<RoleDeed>,
    pub user: Option<String>,
    #[arg(required_if_eq("deed", "add"))]
    pub may: Option<RoleName>,
    #[arg(long, requires = "may")]
    pub unit: Option<String>,
    #[arg(long, requires = "may")]
    pub area: Option<String>,
    #[arg(long, requires = "may")]
    pub uid: Option<u32>,
    #[command(flatten)]
    pub shape: Shape,
}

/// What is done with a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RoleDeed {
    Add,
    Remove,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RoleName {
    #[value(alias = "管理员")]
    Admin,
    #[value(aliases = ["督查室", "编辑"])]
    Editor,
    #[value(alias = "联络员")]
    Contact,
    #[value(aliases = ["只读", "领导", "秘书"])]
    Reader,
}
