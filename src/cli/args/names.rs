//! The words that options take: each with its names in the field.

use clap::ValueEnum;

use crate::catalog::Lang;
use crate::import::Layout;
use crate::output::printer::Sides;
use crate::{model, render};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    Table,
    Tsv,
    Csv,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    Txt,
    #[value(alias = "markdown")]
    Md,
    #[value(alias = "htm")]
    Html,
    #[value(aliases = ["word", "wps"])]
    Docx,
    #[value(alias = "excel")]
    Xlsx,
    Pdf,
    Csv,
    Json,
}

impl From<ReportFormat> for render::Format {
    fn from(name: ReportFormat) -> Self {
        match name {
            ReportFormat::Txt => Self::Txt,
            ReportFormat::Md => Self::Md,
            ReportFormat::Html => Self::Html,
            ReportFormat::Docx => Self::Docx,
            ReportFormat::Xlsx => Self::Xlsx,
            ReportFormat::Pdf => Self::Pdf,
            ReportFormat::Csv => Self::Csv,
            ReportFormat::Json => Self::Json,
        }
    }
}

/// What a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum KindName {
    #[value(alias = "通报")]
    Bulletin,
    #[value(aliases = ["单页", "清单"])]
    Page,
    #[value(aliases = ["督办单", "slip"])]
    Slips,
    #[value(alias = "责任分解")]
    Breakdown,
    #[value(aliases = ["民生实事", "民生实事进度", "进度表"])]
    Matrix,
    #[value(alias = "变动")]
    Changes,
}

impl KindName {
    /// Its name on the command line.
    pub(in crate::cli) const fn word(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin",
            Self::Page => "page",
            Self::Slips => "slips",
            Self::Breakdown => "breakdown",
            Self::Matrix => "matrix",
            Self::Changes => "changes",
        }
    }
}

/// For each of whom a report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum EachName {
    #[value(alias = "领导")]
    Leader,
    #[value(alias = "单位")]
    Unit,
    #[value(alias = "地区")]
    Area,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SidesName {
    #[value(aliases = ["单面", "1"])]
    One,
    #[value(aliases = ["双面", "2"])]
    Both,
}

impl From<SidesName> for Sides {
    fn from(name: SidesName) -> Self {
        match name {
            SidesName::One => Self::One,
            SidesName::Both => Self::Both,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum LangName {
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
pub(in crate::cli) enum LightName {
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
pub(in crate::cli) enum SetLight {
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
pub(in crate::cli) enum StatusName {
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
pub(in crate::cli) enum FilingName {
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
pub(in crate::cli) enum SortName {
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
pub(in crate::cli) enum StepName {
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
pub(in crate::cli) enum RequestName {
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
pub(in crate::cli) enum SpanName {
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
pub(in crate::cli) enum DueMonthName {
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
pub(in crate::cli) enum YesNo {
    #[value(aliases = ["是"])]
    Yes,
    #[value(aliases = ["否"])]
    No,
}

/// What is done with the units' forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FormsDeed {
    Out,
    In,
}

/// The layout that a document is read as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LayoutName {
    #[default]
    #[value(alias = "自动")]
    Auto,
    #[value(alias = "段落")]
    Labels,
    #[value(alias = "括号")]
    Brackets,
    #[value(alias = "任务表")]
    Table,
    #[value(alias = "实事表")]
    Quotas,
}

impl LayoutName {
    pub(in crate::cli) const fn layout(self) -> Layout {
        match self {
            Self::Auto => Layout::Auto,
            Self::Labels => Layout::Labels,
            Self::Brackets => Layout::Brackets,
            Self::Table => Layout::Table,
            Self::Quotas => Layout::Quotas,
        }
    }
}
