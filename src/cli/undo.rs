//! `duban undo` and `duban redo`: a new commit that takes an earlier one back.

use std::io::Write;

use crate::catalog::Say;
use crate::model::former::in_the_way;
use crate::model::{Commit, Intent, Seq, UndoStack, role};
use crate::report::changes::describe;
use crate::store::{self, Sealed};

use super::args::Undo;
use super::fail::{Exit, Stop};
use super::log;
use super::session::{Desk, Session};

pub(super) fn undo(session: &Session, args: &Undo) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.write()?;
    let commits = log::all(desk.store.as_ref()).map_err(|refused| Stop::refused(lang, &refused))?;
    let seq = match &args.seq {
        Some(typed) => {
            let typed = session.line(typed);
            let number = typed.trim_start_matches('#').parse().map(Seq);
            number.map_err(|_| Stop::input(lang.fill(Say::CliNotASeq, &[&typed]), lang.say(Say::CliNotASeqTodo)))?
        }
        None => stack(&desk, &commits).undoable().ok_or_else(|| {
            Stop::new(Exit::Nothing, lang.say(Say::CliNothingToUndo), lang.say(Say::CliNothingToUndoTodo))
        })?,
    };
    take_back(session, desk, &commits, seq)
}

pub(super) fn redo(session: &Session) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.write()?;
    let commits = log::all(desk.store.as_ref()).map_err(|refused| Stop::refused(lang, &refused))?;
    let seq = stack(&desk, &commits).redoable().ok_or_else(|| {
        Stop::new(Exit::Nothing, lang.say(Say::CliNothingToRedo), lang.say(Say::CliNothingToUndoTodo))
    })?;
    take_back(session, desk, &commits, seq)
}

fn stack(desk: &Desk, commits: &[Sealed]) -> UndoStack {
    let mut stack = UndoStack::default();
    for sealed in commits {
        stack.note(&desk.actor, &sealed.commit);
    }
    stack
}

fn take_back(session: &Session, mut desk: Desk, commits: &[Sealed], seq: Seq) -> Result<Exit, Stop> {
    let lang = session.lang;
    let find = |seq: Seq| commits.iter().map(|sealed| &sealed.commit).find(|commit| commit.seq == seq);
    let commit = find(seq).ok_or_else(|| {
        Stop::new(Exit::Nothing, lang.fill(Say::CliNoSuchCommit, &[&seq]), lang.say(Say::CliNothingToUndoTodo))
    })?;
    if let Some(by) = undone_by(commits, seq) {
        let todo = lang.say(Say::CliAlreadyUndoneTodo);
        return Err(Stop::new(Exit::Refused, lang.fill(Say::CliAlreadyUndone, &[&seq, &by]), todo));
    }
    let way = in_the_way(commit, commits.iter().map(|sealed| sealed.commit.as_ref()));
    if !way.is_empty() {
        let keys: Vec<String> = way.iter().map(ToString::to_string).collect();
        let todo = lang.say(Say::UndoMovedTodo);
        return Err(Stop::new(Exit::Refused, lang.fill(Say::UndoMoved, &[&seq, &keys.join(" ")]), todo));
    }
    let batch = desk.ledger.taking_back(commit, store::new_batch_id(), session.now);
    let batch = match role::of(&desk.ledger, desk.owner, &desk.actor) {
        Some(may) => role::own_words(&may, batch),
        None => batch,
    };
    if desk.ledger.would_be_empty(&batch) {
        let todo = lang.say(Say::CliLastDocumentTodo);
        return Err(Stop::new(Exit::Refused, lang.fill(Say::CliLastDocument, &[&seq]), todo));
    }
    let written = desk.send(lang, &batch)?;
    let say = if batch.intent == Intent::Redo { Say::CliRedone } else { Say::CliUndone };
    let what: Vec<String> = first_changes(commit).map(|change| describe(lang, &change)).collect();
    let mut out = session.out();
    let of = if batch.intent == Intent::Redo { commit.undoes.unwrap_or(seq) } else { seq };
    writeln!(out, "{}", lang.fill(say, &[&of, &what.join("; "), &written]))
        .and_then(|()| out.flush())
        .map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

/// What the taking back does, change by change: the other way round than the commit did.
fn first_changes(commit: &Commit) -> impl Iterator<Item = crate::model::Change> + '_ {
    commit.changes.iter().take(3).map(|change| crate::model::Change {
        old: change.new.clone(),
        new: change.old.clone(),
        ..change.clone()
    })
}

/// The commit that took this one back, if that still stands.
fn undone_by(commits: &[Sealed], seq: Seq) -> Option<Seq> {
    let by = commits.iter().map(|sealed| &sealed.commit).rev().find(|commit| commit.undoes == Some(seq))?;
    if undone_by(commits, by.seq).is_some() { None } else { Some(by.seq) }
}
