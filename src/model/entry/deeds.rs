//! What people do to an item in a period, as the writes it takes: file, review, set a light, chase, split, ask, decide.
//!
//! Both faces go through here, so a rule cannot differ between them. No writes: nothing would change.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

mod bulletin;

pub use bulletin::*;

use super::{NoFigure, figure, takes_figure};
use crate::model::{
    Book, Chase, Document, Done, Filing, ItemKey, Key, Light, Outcome, Override, Period, Record, Request, RequestKind,
    Review, Settings, Step, Target, View, Write,
};

/// The longest text of a filing's part, in characters; three such texts still fit a record.
pub const LONGEST_TEXT: usize = 8_000;
/// The longest reason, note, name of a step or phrase, in characters.
pub const LONGEST_REASON: usize = 500;
/// The longest name of a view, in characters.
pub const LONGEST_NAME: usize = 40;

/// Why a deed is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDeed {
    /// No task or row has this key.
    #[error("no such item")]
    NoItem,
    /// A row takes no stated percentage: it is rated on its figures.
    #[error("a quota row is rated on its figures")]
    RowPercent,
    /// A percentage below 0, above 999, or with more than two decimals.
    #[error("a percentage is 0 to 999 with at most two decimals")]
    BadPercent,
    /// A text is longer than it may be.
    #[error("the text is too long")]
    TooLong,
    /// A reason (or a text, a name) is needed.
    #[error("a reason is needed")]
    NoReason,
    /// There is nothing filed that could be reviewed.
    #[error("nothing is filed")]
    NothingFiled,
    /// Nothing is shown that a light could be set for: 无任务, or stopped.
    #[error("no light is shown")]
    NoLight,
    /// 办结 or 终止 was granted: the item is not chased, and nothing more is asked for it.
    #[error("the item is closed")]
    Closed,
    /// Nothing is owed or behind, the deadline is far, and something has moved: there is nothing to chase.
    #[error("nothing is owed")]
    NothingOwed,
    /// No target, step or request of this number.
    #[error("no such number")]
    NoNumber,
    /// The item is not a task: rows have no targets and no steps.
    #[error("only tasks have targets and steps")]
    NotATask,
    /// The target takes no figure like this.
    #[error("not a figure for this target")]
    BadFigure,
    /// An extension needs a new deadline, later than the present one.
    #[error("a later deadline is needed")]
    NoDate,
    /// A deadline for what has none: an end, a closure.
    #[error("only an extension or an adjustment has a deadline")]
    Dateless,
    /// The request was decided already.
    #[error("decided already")]
    Decided,
    /// The same is asked for already and waits.
    #[error("asked for already")]
    Asked,
    /// Filings stand under periods of another length.
    #[error("filings stand under other periods")]
    OtherPeriods,
    /// A setting is beyond what makes sense.
    #[error("out of range")]
    OutOfRange,
    /// The bulletin was issued: it is not changed any more.
    #[error("the bulletin is issued")]
    Issued,
    /// The bulletin was not issued.
    #[error("the bulletin is not issued")]
    NotIssued,
}

/// What a unit says when it files. `None` leaves a part as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// 完成率 in percent; `Some(None)` takes it back.
    pub percent: Option<Option<Decimal>>,
    /// 进展情况.
    pub progress: Option<String>,
    /// 存在问题.
    pub problems: Option<String>,
    /// 下一步打算.
    pub next: Option<String>,
    /// The figures reached on targets, by their numbers; `None` takes one back.
    pub actuals: Vec<(u16, Option<Decimal>)>,
}

/// 审核's two answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// 通过.
    Accept,
    /// 退回, with the reason.
    Return(String),
}

type Writes = Result<Vec<Write>, NoDeed>;

/// The writes of a filing. Saying anything new makes it 待审核 again.
///
/// # Errors
/// When the item, a percentage, a text or a figure is not one.
pub fn file(book: &Book<'_>, item: ItemKey, period: Period, said: &Said) -> Writes {
    known(book, item)?;
    let before = book.filing(item, period).map(|(filing, _)| filing.clone()).unwrap_or_default();
    let mut filing = before.clone();
    if let Some(stated) = said.percent {
        if stated.is_some() && book.row(item).is_some_and(|row| row.total.target().is_some()) {
            return Err(NoDeed::RowPercent);
        }
        filing.percent = stated.map(percent).transpose()?;
    }
    let parts = [
        (&mut filing.progress, &said.progress),
        (&mut filing.problems, &said.problems),
        (&mut filing.next, &said.next),
    ];
    for (part, said) in parts {
        if let Some(text) = said {
            *part = within(text, LONGEST_TEXT)?;
        }
    }
    let mut writes = Vec::new();
    for (no, value) in &said.actuals {
        writes.extend(actual(book, item, *no, period, *value)?);
    }
    // After a return the same words may be filed again: the unit stands by them.
    let returned = matches!(before.review, Review::Returned(_));
    if filing.says_the_same(&before) && writes.is_empty() && !returned {
        return Ok(Vec::new());
    }
    filing.review = Review::Pending;
    if filing != before || before.is_empty() {
        let nothing = filing.is_empty() && writes.is_empty();
        let key = Key::filing(book.id(), item, period);
        writes.push(write(book, key, (!nothing).then_some(Record::Filing(filing))));
    }
    Ok(writes)
}

/// The writes of a review. A row on which only figures were recorded gets its filing with the review.
///
/// # Errors
/// When nothing is filed, or a return gives no reason.
pub fn review(book: &Book<'_>, item: ItemKey, period: Period, verdict: &Verdict) -> Writes {
    known(book, item)?;
    let filing = book.filing(item, period).map(|(filing, _)| filing.clone());
    if !book.has_filed(item, period) {
        return Err(NoDeed::NothingFiled);
    }
    let before = filing.unwrap_or_default();
    let review = match verdict {
        Verdict::Accept => Review::Accepted,
        Verdict::Return(reason) => Review::Returned(reasoned(reason)?),
    };
    if before.review == review {
        return Ok(Vec::new());
    }
    let filing = Filing { review, ..before };
    Ok(vec![write(book, Key::filing(book.id(), item, period), Some(Record::Filing(filing)))])
}

/// The writes that set a light for a period, or (`None`) take the setting back.
///
/// # Errors
/// When no light is shown for the item, or the reason is missing.
pub fn set_light(book: &Book<'_>, item: ItemKey, period: Period, light: Option<(Light, &str)>) -> Writes {
    known(book, item)?;
    if book.light(item, period).is_none() {
        return Err(NoDeed::NoLight);
    }
    let value = match light {
        Some((light, reason)) => Some(Record::Override(Override { light, reason: reasoned(reason)? })),
        None => None,
    };
    Ok(changed(book, Key::light(book.id(), item, period), value))
}

/// The writes of one more chasing.
///
/// # Errors
/// When the item is closed, or nothing is owed, behind, unmoved, near or past its deadline.
pub fn chase(book: &Book<'_>, item: ItemKey, period: Period, today: NaiveDate, note: &str) -> Writes {
    known(book, item)?;
    if book.closed(item, period) || book.stopped(item, period) {
        return Err(NoDeed::Closed);
    }
    let owed = book.filing_state(item, period, today).is_owed();
    let lit = matches!(book.light(item, period), Some(Light::Red | Light::Yellow));
    let dated = book.is_past_deadline(item, period, today) || book.is_near_deadline(item, period, today);
    if !owed && !lit && !dated && !book.is_unmoved(item, period) {
        return Err(NoDeed::NothingOwed);
    }
    let before = book.chase_of(item, period).map(|(chase, _)| chase.clone()).unwrap_or_default();
    let chase = Chase { times: before.times.saturating_add(1), last: Some(today), note: within(note, LONGEST_REASON)? };
    Ok(vec![write(book, Key::chase(book.id(), item, period), Some(Record::Chase(chase)))])
}

/// The writes that add a step (`no` of `None`), change one, or (`step` of `None`) remove one.
///
/// # Errors
/// When the item is no task, the number none of its steps, or the text missing or too long.
pub fn put_step(book: &Book<'_>, item: ItemKey, no: Option<u16>, step: Option<Step>) -> Writes {
    task(book, item)?;
    let no = number(no, book.steps(item).map(|(no, _, _)| no))?;
    let value = match step {
        Some(step) => Some(Record::Step(Step { text: reasoned(&step.text)?, ..step })),
        None => None,
    };
    Ok(changed(book, Key::step(book.id(), item, no), value))
}

/// The writes that add a target (`no` of `None`), correct one, or (`target` of `None`) remove one with its figures.
///
/// # Errors
/// When the item is no task, the number none of its targets, the metric missing, or the value missing where it is compared with.
pub fn put_target(book: &Book<'_>, item: ItemKey, no: Option<u16>, target: Option<Target>) -> Writes {
    task(book, item)?;
    let no = number(no, book.targets(item).map(|(no, _, _)| no))?;
    let Some(target) = target else {
        let document = book.document();
        let periods = Period::all(document.year, document.settings.span);
        let figures = periods.flat_map(|period| changed(book, Key::actual(book.id(), item, no, period), None));
        return Ok(changed(book, Key::target(book.id(), item, no), None).into_iter().chain(figures).collect());
    };
    let metric = reasoned(&target.metric)?;
    let value = target.value.map(figure).transpose().map_err(|_| NoDeed::BadFigure)?;
    // A figure that is compared with another one of the text (增速高于平均) has no value of its own; none is added like this.
    let had_none = book.target(item, no).is_some_and(|(old, _)| old.value.is_none() && old.comparator.has_value());
    if target.comparator.has_value() && value.is_none() && !had_none {
        return Err(NoDeed::BadFigure);
    }
    let value = value.filter(|_| target.comparator.has_value());
    Ok(changed(book, Key::target(book.id(), item, no), Some(Record::Target(Target { metric, value, ..target }))))
}

/// The writes of the figure reached on a target. A review that was given is open again.
///
/// # Errors
/// When there is no such target, or the figure is out of range.
pub fn put_actual(book: &Book<'_>, item: ItemKey, no: u16, period: Period, value: Option<Decimal>) -> Writes {
    let writes = actual(book, item, no, period, value)?;
    Ok(reopening(book, item, period, writes))
}

/// The writes of a done figure of the matrix. A review that was given is open again.
///
/// # Errors
/// When the cell takes no figure, or not this one.
pub fn put_done(
    book: &Book<'_>,
    row: ItemKey,
    area: &str,
    period: Period,
    value: Option<Decimal>,
) -> Result<Vec<Write>, NoFigure> {
    let Some(quota_row) = book.row(row) else { return Err(NoFigure::NoTask) };
    takes_figure(quota_row, area)?;
    let value = value.map(figure).transpose()?.map(|value| Record::Done(Done { value }));
    let writes = changed(book, Key::done(book.id(), row, area, period), value);
    Ok(reopening(book, row, period, writes))
}

/// The writes of a request.
///
/// # Errors
/// When the item is closed, the same waits already, the reason is missing, an extension has no later deadline, or an end or a
/// closure has one.
pub fn ask(
    book: &Book<'_>,
    item: ItemKey,
    since: Period,
    (kind, reason, until): (RequestKind, &str, Option<NaiveDate>),
) -> Writes {
    known(book, item)?;
    if book.closed(item, since) || book.stopped(item, since) {
        return Err(NoDeed::Closed);
    }
    if book.requests(item).any(|(_, request, _)| request.kind == kind && request.is_open()) {
        return Err(NoDeed::Asked);
    }
    dated(book, item, (kind, since), until)?;
    let no = number(None, book.requests(item).map(|(no, _, _)| no))?;
    let request = Request { kind, since, reason: reasoned(reason)?, until, outcome: Outcome::Asked };
    Ok(vec![write(book, Key::request(book.id(), item, no), Some(Record::Request(request)))])
}

/// Whether a request of a kind may have this deadline: an extension has a later one than the present, an adjustment may have any, an
/// end and a closure none.
fn dated(
    book: &Book<'_>,
    item: ItemKey,
    (kind, since): (RequestKind, Period),
    until: Option<NaiveDate>,
) -> Result<(), NoDeed> {
    match (kind, until) {
        (RequestKind::Extend, until) if until.is_none_or(|until| until <= book.deadline(item, since)) => {
            Err(NoDeed::NoDate)
        }
        (RequestKind::Stop | RequestKind::Close, Some(_)) => Err(NoDeed::Dateless),
        _ => Ok(()),
    }
}

/// The writes of a decision; `until` is the date granted, if another than was asked for: what is refused keeps the one asked for.
///
/// # Errors
/// When there is no such request, it is decided already, a refusal gives no reason, a granted extension has no later date, or an end
/// or a closure has one.
pub fn decide(book: &Book<'_>, item: ItemKey, no: u16, outcome: Outcome, until: Option<NaiveDate>) -> Writes {
    let (_, request, _) = book.requests(item).find(|(one, _, _)| *one == no).ok_or(NoDeed::NoNumber)?;
    if !request.is_open() {
        return Err(NoDeed::Decided);
    }
    let until = match &outcome {
        Outcome::Asked => return Err(NoDeed::NoReason),
        Outcome::Granted { approver, note } => {
            within(approver, LONGEST_NAME)?;
            within(note, LONGEST_REASON)?;
            let until = until.or(request.until);
            dated(book, item, (request.kind, request.since), until)?;
            until
        }
        Outcome::Refused { approver, note } => {
            within(approver, LONGEST_NAME)?;
            reasoned(note)?;
            request.until
        }
    };
    let decided = Request { until, outcome, ..request.clone() };
    Ok(vec![write(book, Key::request(book.id(), item, no), Some(Record::Request(decided)))])
}

/// The writes that save a view under its name, or (`None`) remove the one of that name.
///
/// # Errors
/// When the name is empty or too long.
pub fn put_view(book: &Book<'_>, name: &str, view: Option<View>) -> Writes {
    let name = within(name, LONGEST_NAME)?;
    if name.is_empty() {
        return Err(NoDeed::NoReason);
    }
    let value = view.map(|view| Record::View(View { name: Arc::from(name.as_str()), ..view }));
    Ok(changed(book, Key::view(book.id(), &name), value))
}

/// The writes that change the document's settings. The length of a period can be changed only while nothing stands under one:
/// nothing filed, chased, lit by hand or written for a bulletin, which nobody could reach any more.
///
/// # Errors
/// When a number is beyond what makes sense, or something stands under periods of another length.
pub fn put_settings(book: &Book<'_>, settings: Settings) -> Writes {
    let document = book.document();
    let margins = settings.thresholds;
    let fine = (1..=31).contains(&settings.due_day)
        && settings.near_days <= 365
        && Decimal::ZERO < margins.behind
        && margins.behind < margins.far_behind
        && margins.far_behind <= Decimal::ONE_HUNDRED;
    if !fine {
        return Err(NoDeed::OutOfRange);
    }
    let is_there = |record: &Record| !matches!(record, Record::Filing(filing) if filing.is_empty());
    let mut records = book.ledger().of_document(book.id());
    if settings.span != document.settings.span
        && records.any(|(of, entry)| of.period().is_some() && is_there(&entry.record))
    {
        return Err(NoDeed::OtherPeriods);
    }
    let changed_document = Document { settings, ..document.clone() };
    Ok(changed(book, Key::document(book.id()), Some(Record::Document(Box::new(changed_document)))))
}

/// The figure recorded last before a period on a target: a smaller one now is asked about, not refused.
pub fn earlier_actual(book: &Book<'_>, item: ItemKey, no: u16, period: Period) -> Option<(Period, Decimal)> {
    earlier(period, |period| book.actual(item, no, period).map(|(value, _)| value))
}

/// The figure recorded last before a period on a cell of the matrix.
pub fn earlier_done(book: &Book<'_>, row: ItemKey, area: &str, period: Period) -> Option<(Period, Decimal)> {
    earlier(period, |period| book.done(row, area, period).map(|(value, _)| value))
}

/// What was filed last before a period: the text to start from.
pub fn earlier_filing<'a>(book: &Book<'a>, item: ItemKey, period: Period) -> Option<(Period, &'a Filing)> {
    earlier(period, |period| book.filing(item, period).map(|(filing, _)| filing).filter(|filing| !filing.is_empty()))
}

/// A percentage as it is kept: 0 to 999, at most two decimals, without trailing zeros.
///
/// # Errors
/// When it is none.
pub fn percent(value: Decimal) -> Result<Decimal, NoDeed> {
    let value = value.normalize();
    let fine = value >= Decimal::ZERO && value <= Decimal::from(999) && value.scale() <= 2;
    if fine { Ok(value) } else { Err(NoDeed::BadPercent) }
}

/// A figure reached on a target as it is kept. A growth may turn out below nothing; what is counted cannot. What happens or not is 1 or 0.
///
/// # Errors
/// When it is out of range.
pub fn figure_on(target: &Target, value: Decimal) -> Result<Decimal, NoFigure> {
    if !target.comparator.has_value() && ![Decimal::ZERO, Decimal::ONE].contains(&value) {
        return Err(NoFigure::OutOfRange);
    }
    if target.rate && value.is_sign_negative() { figure(-value).map(|fall| -fall) } else { figure(value) }
}

fn earlier<T>(period: Period, known: impl Fn(Period) -> Option<T>) -> Option<(Period, T)> {
    std::iter::successors(period.previous(), |period| period.previous())
        .find_map(|period| known(period).map(|known| (period, known)))
}

fn actual(book: &Book<'_>, item: ItemKey, no: u16, period: Period, value: Option<Decimal>) -> Writes {
    task(book, item)?;
    let (target, _) = book.target(item, no).ok_or(NoDeed::NoNumber)?;
    let value = value.map(|value| figure_on(target, value)).transpose().map_err(|_| NoDeed::BadFigure)?;
    let value = value.map(|value| Record::Done(Done { value }));
    Ok(changed(book, Key::actual(book.id(), item, no, period), value))
}

/// With the filing set back to 待审核 where it was reviewed and a figure under it changes.
fn reopening(book: &Book<'_>, item: ItemKey, period: Period, mut writes: Vec<Write>) -> Vec<Write> {
    if let Some((filing, _)) = book.filing(item, period)
        && !writes.is_empty()
        && filing.review != Review::Pending
    {
        let filing = Filing { review: Review::Pending, ..filing.clone() };
        writes.push(write(book, Key::filing(book.id(), item, period), Some(Record::Filing(filing))));
    }
    writes
}

fn write(book: &Book<'_>, key: Key, value: Option<Record>) -> Write {
    Write { base: book.ledger().version(&key), key, value }
}

/// The write of a record, unless it holds just this already.
fn changed(book: &Book<'_>, key: Key, value: Option<Record>) -> Vec<Write> {
    let now = book.ledger().get(&key).map(|entry| entry.record.as_ref());
    if now == value.as_ref() { Vec::new() } else { vec![write(book, key, value)] }
}

fn known(book: &Book<'_>, item: ItemKey) -> Result<(), NoDeed> {
    if book.has_item(item) { Ok(()) } else { Err(NoDeed::NoItem) }
}

fn task(book: &Book<'_>, item: ItemKey) -> Result<(), NoDeed> {
    known(book, item)?;
    book.task(item).map(|_| ()).ok_or(NoDeed::NotATask)
}

/// A number that exists, or the one after the last.
fn number(no: Option<u16>, taken: impl Iterator<Item = u16>) -> Result<u16, NoDeed> {
    let taken: Vec<u16> = taken.collect();
    match no {
        Some(no) if taken.contains(&no) => Ok(no),
        Some(_) => Err(NoDeed::NoNumber),
        None => taken.last().copied().unwrap_or(0).checked_add(1).ok_or(NoDeed::OutOfRange),
    }
}

fn within(text: &str, longest: usize) -> Result<String, NoDeed> {
    let text = text.trim();
    if text.chars().count() > longest { Err(NoDeed::TooLong) } else { Ok(text.to_owned()) }
}

fn reasoned(text: &str) -> Result<String, NoDeed> {
    let text = within(text, LONGEST_REASON)?;
    if text.is_empty() { Err(NoDeed::NoReason) } else { Ok(text) }
}

#[cfg(test)]
mod tests;
