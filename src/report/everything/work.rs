//! What happens to items in the course of the year.

use super::{Row, Table, or_empty};
use crate::catalog::Lang;
use crate::model::key::{Key, Of};
use crate::model::{Chase, Done, Filing, Outcome, Override, Request, Review, Step};

/// The item and the period or number that a key names.
fn place(key: &Key) -> [String; 2] {
    match &key.of {
        Of::Filing(item, period) | Of::Override(item, period) | Of::Chase(item, period) => {
            [item.to_string(), period.to_string()]
        }
        Of::Step(item, no) | Of::Request(item, no) => [item.to_string(), no.to_string()],
        _ => [String::new(), String::new()],
    }
}

fn row(table: Table, key: &Key, cells: impl IntoIterator<Item = String>) -> Row {
    (table, place(key).into_iter().chain(cells).collect())
}

pub(super) fn filing(key: &Key, filing: &Filing) -> Row {
    let Filing { percent, progress, problems, next, review } = filing;
    let (state, reason) = match review {
        Review::Pending => ("pending", ""),
        Review::Returned(reason) => ("returned", reason.as_str()),
        Review::Accepted => ("accepted", ""),
    };
    let cells = [
        or_empty(percent.as_ref()),
        progress.clone(),
        problems.clone(),
        next.clone(),
        state.to_owned(),
        reason.to_owned(),
    ];
    row(Table::Filings, key, cells)
}

pub(super) fn done(key: &Key, done: &Done) -> Row {
    let Done { value } = done;
    match &key.of {
        Of::Actual(item, no, period) => {
            (Table::Actuals, vec![item.to_string(), no.to_string(), period.to_string(), value.to_string()])
        }
        Of::Done(item, area, period) => {
            (Table::Done, vec![item.to_string(), area.to_string(), period.to_string(), value.to_string()])
        }
        _ => (Table::Done, vec![String::new(), String::new(), String::new(), value.to_string()]),
    }
}

pub(super) fn light(key: &Key, set: &Override, lang: Lang) -> Row {
    let Override { light, reason } = set;
    row(Table::Lights, key, [lang.light(*light).to_owned(), reason.clone()])
}

pub(super) fn chase(key: &Key, chase: &Chase) -> Row {
    let Chase { times, last, note } = chase;
    row(Table::Chases, key, [times.to_string(), or_empty(last.as_ref()), note.clone()])
}

pub(super) fn step(key: &Key, step: &Step, lang: Lang) -> Row {
    let Step { text, unit, deadline, state } = step;
    let state = lang.step_state(*state).to_owned();
    row(Table::Steps, key, [text.clone(), or_empty(unit.as_ref()), or_empty(deadline.as_ref()), state])
}

pub(super) fn request(key: &Key, request: &Request, lang: Lang) -> Row {
    let Request { kind, since, reason, until, outcome } = request;
    let (approver, note) = match outcome {
        Outcome::Asked => ("", ""),
        Outcome::Granted { approver, note } | Outcome::Refused { approver, note } => (approver.as_str(), note.as_str()),
    };
    let cells = [
        lang.request_kind(*kind).to_owned(),
        since.to_string(),
        reason.clone(),
        or_empty(until.as_ref()),
        lang.outcome(outcome).to_owned(),
        approver.to_owned(),
        note.to_owned(),
    ];
    row(Table::Requests, key, cells)
}
