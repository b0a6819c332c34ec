//! What a contact may write: what is filed on what is their own, never what the office made of it.

use std::sync::Arc;

use super::{Denial, May, Reach, Reserved, fit};
use crate::model::{
    Actor, Batch, Book, Change, Commit, DocumentId, Filing, Intent, ItemKey, Key, Ledger, Of, Outcome, Period, Record,
    Review, Seq, Write,
};

/// Judges a contact's batch, write by write.
pub(super) fn judge(
    ledger: &Ledger,
    may: &May,
    actor: &Actor,
    batch: &Batch,
    commit: &dyn Fn(Seq) -> Option<Arc<Commit>>,
) -> Result<(), Denial> {
    intent(batch.intent)?;
    let takes_back = matches!(batch.intent, Intent::Undo | Intent::Redo);
    match batch.undoes {
        Some(seq) => {
            let undone = commit(seq).filter(|undone| undone.actor == *actor).ok_or(Denial::NotYours(seq))?;
            takes_back_just(&undone, batch)?;
        }
        // An undo of nothing.
        None => {
            if let Some(write) = batch.writes.first().filter(|_| takes_back) {
                return Err(Denial::Unfit(write.key.clone()));
            }
        }
    }
    let mut within: Option<(&DocumentId, Reach<'_>)> = None;
    for write in &batch.writes {
        kind(write, ledger)?;
        if !takes_back && !suits(batch.intent, &write.key.of) {
            return Err(Denial::Unfit(write.key.clone()));
        }
        let document = &write.key.document;
        let reach = match within.take() {
            Some((of, reach)) if of == document => reach,
            _ => {
                let book = Book::open(ledger, document).ok_or_else(|| Denial::Unfit(write.key.clone()))?;
                Reach::new(may, book, batch.at.date_naive())
            }
        };
        one(ledger, &reach, batch, write)?;
        within = Some((document, reach));
    }
    Ok(())
}

/// What a contact's undo puts back: their own words and figures. A review that stood there does not come back with them: the
/// office gave it to another state of things, and gives it anew.
#[must_use]
pub fn own_words(may: &May, batch: Batch) -> Batch {
    if may.contact().is_none() {
        return batch;
    }
    let writes = batch.writes.into_iter().map(|write| Write { value: write.value.map(unreviewed), ..write });
    Batch { writes: writes.collect(), ..batch }
}

fn unreviewed(record: Record) -> Record {
    match record {
        Record::Filing(filing) => Record::Filing(Filing { review: Review::Pending, ..filing }),
        other => other,
    }
}

/// A contact's commits are never for what is the office's own: they would stand in the log as such.
fn intent(intent: Intent) -> Result<(), Denial> {
    let reserved = match intent {
        Intent::File
        | Intent::Quota
        | Intent::Target
        | Intent::Step
        | Intent::Ask
        | Intent::Form
        | Intent::Undo
        | Intent::Redo => return Ok(()),
        Intent::Role => return Err(Denial::AdminOnly),
        Intent::Review => Reserved::Review,
        Intent::Override => Reserved::Lights,
        Intent::Chase => Reserved::Chases,
        Intent::Decide => Reserved::Decisions,
        Intent::Import | Intent::Demo | Intent::Succeed => Reserved::Documents,
        Intent::Settle => Reserved::Findings,
        Intent::Settings => Reserved::Settings,
        Intent::View => Reserved::Views,
        Intent::Bulletin | Intent::Issue | Intent::Recall => Reserved::Bulletins,
    };
    Err(Denial::OfficeOnly(reserved))
}

/// Whether a commit of an intent writes records of this kind.
const fn suits(intent: Intent, of: &Of) -> bool {
    match of {
        Of::Filing(..) => matches!(intent, Intent::File | Intent::Quota | Intent::Target | Intent::Form),
        Of::Actual(..) => matches!(intent, Intent::File | Intent::Target | Intent::Form),
        Of::Done(..) => matches!(intent, Intent::Quota | Intent::Form),
        Of::Step(..) => matches!(intent, Intent::Step | Intent::Form),
        Of::Request(..) => matches!(intent, Intent::Ask),
        _ => false,
    }
}

/// What is the office's own is so whatever it says.
fn kind(write: &Write, ledger: &Ledger) -> Result<(), Denial> {
    let reserved = match write.key.of {
        Of::Filing(..) | Of::Done(..) | Of::Actual(..) | Of::Step(..) | Of::Request(..) => return Ok(()),
        Of::Role(_) => return Err(Denial::AdminOnly),
        Of::Document if write.value.is_some() && ledger.get(&write.key).is_some() => Reserved::Settings,
        Of::Document | Of::Item(_) | Of::Unit(_) | Of::Former(_) | Of::Successor(..) => Reserved::Documents,
        Of::Target(..) => Reserved::Targets,
        Of::Override(..) => Reserved::Lights,
        Of::Chase(..) => Reserved::Chases,
        Of::Finding(..) => Reserved::Findings,
        Of::View(_) => Reserved::Views,
        Of::Bulletin(_) | Of::Frozen(..) => Reserved::Bulletins,
    };
    Err(Denial::OfficeOnly(reserved))
}

fn one(ledger: &Ledger, reach: &Reach<'_>, batch: &Batch, write: &Write) -> Result<(), Denial> {
    let key = &write.key;
    let old = ledger.get(key).map(|entry| entry.record.as_ref());
    match &key.of {
        Of::Filing(item, period) => filing(reach, batch, write, (*item, *period), old)?,
        Of::Done(row, area, period) => {
            reach.records(*row, area)?;
            reopened(ledger, batch, write, (*row, *period))?;
        }
        Of::Actual(item, _, period) => {
            reach.files(*item)?;
            reopened(ledger, batch, write, (*item, *period))?;
        }
        Of::Step(item, _) => reach.files(*item)?,
        Of::Request(item, _) => {
            reach.files(*item)?;
            request(batch, write, old)?;
        }
        // `kind` let nothing else through.
        _ => return Err(Denial::Unfit(key.clone())),
    }
    if fit::fits(&reach.book(), write) { Ok(()) } else { Err(Denial::Unfit(key.clone())) }
}

/// A filing ends 待审核. A review goes only by saying something new, by standing by what was returned, or with a figure under it.
fn filing(
    reach: &Reach<'_>,
    batch: &Batch,
    write: &Write,
    (item, period): (ItemKey, Period),
    old: Option<&Record>,
) -> Result<(), Denial> {
    let nothing = Filing::default();
    let said = |record: Option<&'_ Record>| match record {
        None => Ok(nothing.clone()),
        Some(Record::Filing(filing)) => Ok(filing.clone()),
        Some(_) => Err(Denial::Unfit(write.key.clone())),
    };
    let (old, new) = (said(old)?, said(write.value.as_ref())?);
    if new.review != Review::Pending {
        return Err(Denial::OfficeOnly(Reserved::Review));
    }
    let same = old.says_the_same(&new);
    let figure = batch.writes.iter().any(|other| {
        other.key.document == write.key.document && is_figure_of(&other.key.of, item, period) && changes(reach, other)
    });
    if same && figure {
        return Ok(());
    }
    reach.files(item)?;
    if same && old.review == Review::Accepted { Err(Denial::OfficeOnly(Reserved::Review)) } else { Ok(()) }
}

/// A figure under a reviewed filing is not changed without the review being open again in the same commit.
fn reopened(ledger: &Ledger, batch: &Batch, write: &Write, (item, period): (ItemKey, Period)) -> Result<(), Denial> {
    let key = Key::filing(&write.key.document, item, period);
    let reviewed = ledger.get(&key).is_some_and(
        |entry| matches!(entry.record.as_ref(), Record::Filing(filing) if filing.review != Review::Pending),
    );
    if reviewed && !batch.writes.iter().any(|other| other.key == key) {
        return Err(Denial::Reviewed(item));
    }
    Ok(())
}

/// A request is asked, or taken back by who asked it; what became of it is the office's.
fn request(batch: &Batch, write: &Write, old: Option<&Record>) -> Result<(), Denial> {
    let open = |record: &Record| matches!(record, Record::Request(request) if request.outcome == Outcome::Asked);
    let decided = old.is_some_and(|old| !open(old)) || write.value.as_ref().is_some_and(|new| !open(new));
    if decided {
        return Err(Denial::OfficeOnly(Reserved::Decisions));
    }
    match (old, &write.value) {
        (None, Some(_)) => Ok(()),
        (Some(_), None) if batch.undoes.is_some() => Ok(()),
        _ => Err(Denial::Unfit(write.key.clone())),
    }
}

fn is_figure_of(of: &Of, item: ItemKey, period: Period) -> bool {
    match of {
        Of::Done(of, _, at) | Of::Actual(of, _, at) => (*of, *at) == (item, period),
        _ => false,
    }
}

fn changes(reach: &Reach<'_>, write: &Write) -> bool {
    reach.book().ledger().get(&write.key).map(|entry| entry.record.as_ref()) != write.value.as_ref()
}

/// The batch puts back what the commit changed, all of it, and nothing else.
fn takes_back_just(undone: &Commit, batch: &Batch) -> Result<(), Denial> {
    let intent = if undone.intent == Intent::Undo { Intent::Redo } else { Intent::Undo };
    let put_back = |write: &&Write| {
        let change = undone.changes.iter().find(|change| change.key == write.key);
        change.is_some_and(|change| {
            batch.intent == intent && change.old.as_deref().cloned().map(unreviewed) == write.value
        })
    };
    if let Some(strange) = batch.writes.iter().find(|write| !put_back(write)) {
        return Err(Denial::Unfit(strange.key.clone()));
    }
    let missing = |change: &&Change| !batch.writes.iter().any(|write| write.key == change.key);
    undone.changes.iter().find(missing).map_or(Ok(()), |change| Err(Denial::Unfit(change.key.clone())))
}
