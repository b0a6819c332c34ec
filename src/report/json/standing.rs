//! How an item stands in a period, and what was done about it, as programs read it: the same for tasks and rows.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::catalog::Lang;
use crate::model::{Book, FilingState, ItemKey, Outcome, Period, Rating, RequestKind, Review, StepState};
use crate::report::figures::points;
use crate::report::why;

/// How an item stands in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// 进度状态.
    pub status: String,
    /// 亮灯, as computed or as the office set it; null where none is shown (终止, 不评定).
    pub light: Option<String>,
    /// Why the office set the light, or null where it is as computed.
    pub light_by_hand: Option<String>,
    /// 完成率 in percent, with one decimal, or null.
    pub percent: Option<String>,
    /// The arithmetic in one sentence; null before anything is in the ledger.
    pub why: Option<String>,
    /// 填报状态.
    pub filing: String,
    /// Why the filing was returned, or null.
    pub review: Option<String>,
    /// Whether 办结 was granted.
    pub closed: bool,
    /// Whether a filing is overdue, or the deadline has passed without its being complete.
    pub late: bool,
    /// How it was chased in the period, or null.
    pub chased: Option<ChaseView>,
    /// The steps it is split into.
    pub steps: Vec<StepView>,
    /// What was asked for it.
    pub requests: Vec<RequestView>,
    /// Open doubts on it.
    pub doubts: usize,
}

/// How an item was chased in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChaseView {
    /// How often, 1 and up.
    pub times: u16,
    /// When last, or null.
    pub last: Option<String>,
    /// What was said; may be empty.
    pub note: String,
}

/// A step of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Its number within the task.
    pub no: u16,
    /// What is to be done.
    pub text: String,
    /// Who does it, or null: the lead unit.
    pub unit: Option<Arc<str>>,
    /// By when, or null: the task's deadline.
    pub deadline: Option<String>,
    /// `todo`, `doing`, `done`.
    pub state: StepState,
}

/// A request about an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestView {
    /// Its number within the item.
    pub no: u16,
    /// `extend`, `adjust`, `stop`, `close`.
    pub kind: RequestKind,
    /// The period it was asked in.
    pub since: String,
    /// Why.
    pub reason: String,
    /// The deadline that is asked for, or was granted, or null.
    pub until: Option<String>,
    /// `asked`, `granted`, `refused`.
    pub outcome: &'static str,
    /// Who decided, or null.
    pub approver: Option<String>,
    /// What was said about it, or null.
    pub note: Option<String>,
}

impl Standing {
    /// An item in a period, as of a day.
    pub fn of(book: &Book<'_>, item: ItemKey, period: Period, today: NaiveDate) -> Self {
        let rating = book.rate(item, period);
        let set = book.override_of(item, period).filter(|_| rating.by_hand);
        let returned = |review: &Review| match review {
            Review::Returned(reason) => Some(reason.clone()),
            Review::Pending | Review::Accepted => None,
        };
        let chased = book.chase_of(item, period).map(|(chase, _)| ChaseView {
            times: chase.times,
            last: chase.last.map(|day| day.to_string()),
            note: chase.note.clone(),
        });
        let filing = book.filing_state(item, period, today);
        Self {
            light_by_hand: set.map(|(set, _)| set.reason.clone()),
            why: Some(why(book, item, period, Lang::Zh)),
            review: book.filing(item, period).and_then(|(filing, _)| returned(&filing.review)),
            closed: book.closed(item, period),
            late: book.is_late(item, period, today),
            chased,
            steps: steps(book, item),
            requests: requests(book, item),
            ..Self::bare(rating, filing, super::open_doubts(book, item))
        }
    }

    /// Before anything is in the ledger.
    pub(super) fn bare(rating: Rating, filing: FilingState, doubts: usize) -> Self {
        Self {
            status: Lang::Zh.status(rating.status).to_owned(),
            light: rating.status.has_light().then(|| Lang::Zh.light(rating.light).to_owned()),
            light_by_hand: None,
            percent: rating.percent.map(points),
            why: None,
            filing: Lang::Zh.filing_state(filing).to_owned(),
            review: None,
            closed: false,
            late: false,
            chased: None,
            steps: Vec::new(),
            requests: Vec::new(),
            doubts,
        }
    }
}

/// The steps of a task.
pub fn steps(book: &Book<'_>, item: ItemKey) -> Vec<StepView> {
    let view = |(no, step, _): (u16, &crate::model::Step, _)| StepView {
        no,
        text: step.text.clone(),
        unit: step.unit.clone(),
        deadline: step.deadline.map(|day| day.to_string()),
        state: step.state,
    };
    book.steps(item).map(view).collect()
}

/// The requests about an item, in the order they were asked.
pub fn requests(book: &Book<'_>, item: ItemKey) -> Vec<RequestView> {
    let view = |(no, request, _): (u16, &crate::model::Request, _)| {
        let (outcome, words) = match &request.outcome {
            Outcome::Asked => ("asked", None),
            Outcome::Granted { approver, note } => ("granted", Some((approver.clone(), note.clone()))),
            Outcome::Refused { approver, note } => ("refused", Some((approver.clone(), note.clone()))),
        };
        let (approver, note) = words.unzip();
        RequestView {
            no,
            kind: request.kind,
            since: request.since.to_string(),
            reason: request.reason.clone(),
            until: request.until.map(|day| day.to_string()),
            outcome,
            approver,
            note,
        }
    };
    book.requests(item).map(view).collect()
}
