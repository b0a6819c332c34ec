//! A line of a form: the item, target or cell that it is about, and its input cells.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::catalog::{Lang, Say};
use crate::model::entry::LONGEST_TEXT;
use crate::model::{Book, ItemKey, Period};
use crate::text::number::plain;

/// A sheet with lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// 工作进展: a line an item, in words.
    Words,
    /// 指标数据: a line a target or a cell of the matrix, in figures.
    Figures,
}

impl Page {
    /// Both, in their order.
    pub const ALL: [Self; 2] = [Self::Words, Self::Figures];

    /// The sheet's name. Forms are in Chinese, whatever language the face speaks.
    pub fn name(self) -> &'static str {
        Lang::Zh.say(match self {
            Self::Words => Say::FormSheetWords,
            Self::Figures => Say::FormSheetFigures,
        })
    }

    /// The input cells of a line, with their columns from 0.
    pub const fn fields(self) -> &'static [(u16, Field)] {
        match self {
            Self::Words => &[(4, Field::Percent), (5, Field::Progress), (6, Field::Problems), (7, Field::Next)],
            Self::Figures => &[(6, Field::Figure)],
        }
    }
}

/// What an input cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 完成率.
    Percent,
    /// 进展情况.
    Progress,
    /// 存在问题.
    Problems,
    /// 下一步打算.
    Next,
    /// The figure of a target or cell.
    Figure,
}

impl Field {
    /// Whether it takes words; the others take a number.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Progress | Self::Problems | Self::Next)
    }

    /// Its head on the sheet, and its name in what is shown.
    pub const fn say(self) -> Say {
        match self {
            Self::Percent => Say::FormColPercent,
            Self::Progress => Say::FormColProgress,
            Self::Problems => Say::FormColProblems,
            Self::Next => Say::FormColNext,
            Self::Figure => Say::FormColFigure,
        }
    }

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Progress => "progress",
            Self::Problems => "problems",
            Self::Next => "next",
            Self::Figure => "figure",
        }
    }
}

/// What a line is about, as the first column says it: `T48`, `T48#1` (its first target), `P17.3/江山市`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A task or a quota row, in words.
    Item(ItemKey),
    /// A target of a task.
    Target(ItemKey, u16),
    /// A cell of the matrix.
    Cell(ItemKey, Arc<str>),
}

impl About {
    /// The task or row.
    pub const fn item(&self) -> ItemKey {
        match self {
            Self::Item(item) | Self::Target(item, _) | Self::Cell(item, _) => *item,
        }
    }

    /// The sheet that it stands on.
    pub const fn page(&self) -> Page {
        match self {
            Self::Item(_) => Page::Words,
            Self::Target(..) | Self::Cell(..) => Page::Figures,
        }
    }

    /// What the ledger holds for one of its input cells, as text: figures without trailing zeros, nothing as nothing.
    pub fn kept(&self, book: &Book<'_>, period: Period, field: Field) -> String {
        let filing = |item: &ItemKey| book.filing(*item, period).map(|(filing, _)| filing);
        match (self, field) {
            (Self::Item(item), field) => filing(item).map_or_else(String::new, |filing| match field {
                Field::Percent => filing.percent.map(plain).unwrap_or_default(),
                Field::Progress => filing.progress.clone(),
                Field::Problems => filing.problems.clone(),
                Field::Next => filing.next.clone(),
                Field::Figure => String::new(),
            }),
            (Self::Target(item, no), _) => book.actual(*item, *no, period).map(|(v, _)| plain(v)).unwrap_or_default(),
            (Self::Cell(row, area), _) => book.done(*row, area, period).map(|(v, _)| plain(v)).unwrap_or_default(),
        }
    }

    /// Whether its figure is a yes or a no: the target asks whether something happened.
    pub fn is_event(&self, book: &Book<'_>) -> bool {
        match self {
            Self::Target(item, no) => book.target(*item, *no).is_some_and(|(target, _)| !target.comparator.has_value()),
            Self::Item(_) | Self::Cell(..) => false,
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(item) => item.fmt(f),
            Self::Target(item, no) => write!(f, "{item}#{no}"),
            Self::Cell(row, area) => write!(f, "{row}/{area}"),
        }
    }
}

impl FromStr for About {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let key = |text: &str| text.parse::<ItemKey>().map_err(|_| ());
        if let Some((row, area)) = text.split_once('/') {
            return Ok(Self::Cell(key(row)?, Arc::from(area)));
        }
        match text.split_once('#') {
            Some((item, no)) => Ok(Self::Target(key(item)?, no.parse().map_err(|_| ())?)),
            None => key(text).map(Self::Item),
        }
    }
}

/// A line of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub about: About,
    /// Its row on the sheet, from 0.
    pub row: u32,
}

/// The longest text that a text cell takes, in characters.
pub(super) const MOST_TEXT: usize = LONGEST_TEXT;
