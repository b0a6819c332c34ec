//! Effects carried out: the one place of the screen that touches disk, printer and clock.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::Local;

use super::update::{Effect, Msg};
use crate::catalog::{Lang, Say};
use crate::model::{Actor, Batch, Head, Seq};
use crate::store::{Refused, Store, drafts, new_batch_id};

/// How often a commit whose answer was lost is asked again (with the same id, so it is written once).
const RETRIES: usize = 3;

/// Carries out an effect that takes time, and answers with what the screen has to know of it.
pub(super) fn carry_out(
    store: &dyn Store,
    actor: &Actor,
    (data, lang): (&Path, Lang),
    known: Seq,
    effect: Effect,
) -> Vec<Msg> {
    let at = Local::now().fixed_offset();
    match effect {
        Effect::Commit(intent, writes) => {
            let batch = Batch { id: new_batch_id(), at, intent, undoes: None, writes };
            written(store, commit(store, actor, &batch), known)
        }
        Effect::Undo(seq) => {
            let undone = store.since(Seq(seq.0.saturating_sub(1)), 1, Duration::ZERO);
            let outcome = undone.and_then(|commits| {
                let Some(sealed) = commits.first().filter(|sealed| sealed.commit.seq == seq) else {
                    return Err(Refused::Invalid(format!("no commit {seq}")));
                };
                commit(store, actor, &store.snapshot()?.taking_back(&sealed.commit, new_batch_id(), at))
            });
            written(store, outcome, known)
        }
        Effect::Draft(draft) => match drafts::save(data, &drafts::Draft { at, ..draft }) {
            Ok(()) => Vec::new(),
            Err(error) => vec![Msg::Say(lang.fill(Say::DraftFailed, &[&error]), false)],
        },
        Effect::Discard(key) => match drafts::discard(data, &key) {
            Ok(()) => Vec::new(),
            Err(error) => vec![Msg::Say(lang.fill(Say::DraftFailed, &[&error]), false)],
        },
        Effect::History => match store.since(Seq::ZERO, usize::MAX, Duration::ZERO) {
            Ok(commits) => vec![Msg::History(commits)],
            Err(error) => vec![Msg::Say(error.to_string(), false)],
        },
        Effect::Print(text) => vec![print(lang, &text)],
        Effect::Copy(_) | Effect::Redraw | Effect::Quit => Vec::new(),
    }
}

fn commit(store: &dyn Store, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
    let mut outcome = store.commit(actor, batch);
    for _ in 0..RETRIES {
        if outcome != Err(Refused::Unknown) {
            break;
        }
        outcome = store.commit(actor, batch);
    }
    outcome
}

/// The commits up to the new one first, so that the screen shows them when it says that they are saved.
fn written(store: &dyn Store, outcome: Result<Head, Refused>, known: Seq) -> Vec<Msg> {
    let commits = store.since(known, usize::MAX, Duration::ZERO).map(Msg::Commits);
    commits.into_iter().chain([Msg::Wrote(outcome)]).collect()
}

/// Hands text to `lp`; says plainly when there is none.
fn print(lang: Lang, text: &str) -> Msg {
    let started = Command::new("lp").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let outcome = started.and_then(|mut child| {
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(text.as_bytes())?;
        }
        child.wait_with_output()
    });
    match outcome {
        Ok(output) if output.status.success() => Msg::Say(lang.say(Say::Printed).to_owned(), true),
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr);
            Msg::Say(lang.fill(Say::PrintFailed, &[&crate::text::sanitise::one_line(why.trim()).text]), false)
        }
        Err(_) => Msg::Say(lang.say(Say::NoPrinter).to_owned(), false),
    }
}
