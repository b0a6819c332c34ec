//! Two people on one record, through the socket of a service: in every order in which their reading and writing can fall, both are answered
//! exactly as the store in memory answers, and the ledger is the same in the end. Nothing is overwritten that somebody had not seen.
//!
//! `DUBAN_INTERLEAVINGS` says how many (1,000), `DUBAN_SEED` which.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use chrono::DateTime;
use duban::model::{Batch, BatchId, DocumentId, Filing, Head, Intent, ItemKey, Key, Ledger, Record, Seq, Write};
use duban::store::{Listen, MemoryStore, Opened, Refused, Store, current_actor, serve, visit};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// What one of the two does next.
#[derive(Debug, Clone)]
enum Step {
    /// Looks at the record.
    Read,
    /// Writes from what was last seen.
    Write { text: String },
    /// Removes the record, from what was last seen.
    Remove,
    /// Sends the last batch again, as after a lost answer.
    Again,
    /// Sends other content under the last batch's id.
    Other { text: String },
    /// Takes the first commit of all back, if nobody wrote since.
    Undo,
}

fn step() -> impl Strategy<Value = (usize, Step)> {
    let text = "[a-z市报告，。]{0,8}";
    let step = prop_oneof![
        4 => Just(Step::Read),
        6 => text.prop_map(|text| Step::Write { text }),
        1 => Just(Step::Remove),
        2 => Just(Step::Again),
        1 => text.prop_map(|text| Step::Other { text }),
        1 => Just(Step::Undo),
    ];
    (0usize..2, step)
}

fn key() -> Key {
    let id = DocumentId::new("yunxi-2024").unwrap();
    Key::filing(&id, ItemKey::task(1), "2024Q3".parse().unwrap())
}

fn filing(text: &str) -> Record {
    Record::Filing(Filing { progress: text.to_owned(), ..Filing::default() })
}

/// One of the two: what it has seen, and what it sent last.
#[derive(Clone)]
struct Person {
    seen: Seq,
    last: Batch,
}

fn batch(number: u128, base: Seq, value: Option<Record>) -> Batch {
    Batch {
        id: BatchId(number.to_be_bytes()),
        at: DateTime::UNIX_EPOCH.fixed_offset(),
        intent: Intent::File,
        undoes: None,
        writes: vec![Write { key: key(), base, value }],
    }
}

/// An answer without its hash: the service sets the time of a commit by its own clock, and the hash covers it.
fn answered(answer: Result<Head, Refused>) -> Result<Seq, Refused> {
    answer.map(|head| head.seq)
}

/// What is in a ledger, with its versions.
fn contents(ledger: &Ledger) -> Vec<(Key, Seq, Record)> {
    ledger.entries().map(|(key, entry)| (key.clone(), entry.version, entry.record.as_ref().clone())).collect()
}

/// Two clients of a service on a new ledger.
fn office(dir: &std::path::Path) -> (Box<dyn Fn() + Send>, std::thread::JoinHandle<()>, [Opened; 2]) {
    let path = dir.join("socket");
    let serving = serve(dir, Listen::At { path: path.clone(), group: false }).unwrap();
    let end = Box::new(serving.end());
    let served = std::thread::spawn(move || serving.run());
    (end, served, [(); 2].map(|()| visit(&path, &current_actor()).unwrap()))
}

#[test]
fn two_people_on_one_record_are_answered_as_the_oracle_answers_in_any_order() {
    let cases = std::env::var("DUBAN_INTERLEAVINGS").ok().and_then(|text| text.parse().ok()).unwrap_or(1000);
    let seed = std::env::var("DUBAN_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(11);
    let config = Config { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() };
    let dir = tempfile::tempdir().unwrap();
    let (end, served, people) = office(dir.path());
    let oracle = MemoryStore::new();
    // One ledger for all of them: an interleaving begins where the last one ended.
    let state =
        std::cell::RefCell::new((0u128, [(); 2].map(|()| Person { seen: Seq::ZERO, last: batch(0, Seq::ZERO, None) })));
    let (mut written, mut refused) = (0u32, 0u32);
    let counts = std::cell::RefCell::new((&mut written, &mut refused));
    TestRunner::new(config)
        .run(&prop::collection::vec(step(), 2..16), |steps| {
            let mut state = state.borrow_mut();
            let (number, persons) = &mut *state;
            for (who, step) in steps {
                let person = persons.get_mut(who).unwrap();
                let client = people.get(who).unwrap();
                *number += 1;
                let sent = match &step {
                    Step::Read => {
                        let ledger = client.store.snapshot().unwrap();
                        prop_assert_eq!(contents(&ledger), contents(&oracle.snapshot().unwrap()));
                        person.seen = ledger.version(&key());
                        continue;
                    }
                    Step::Write { text } => batch(*number, person.seen, Some(filing(text))),
                    Step::Remove => batch(*number, person.seen, None),
                    Step::Again => person.last.clone(),
                    Step::Other { text } => Batch { id: person.last.id, ..batch(0, person.seen, Some(filing(text))) },
                    Step::Undo => {
                        let first = client.store.since(Seq::ZERO, 1, Duration::ZERO).unwrap();
                        let Some(first) = first.first() else { continue };
                        first.commit.inverse(BatchId(number.to_be_bytes()), DateTime::UNIX_EPOCH.fixed_offset())
                    }
                };
                let expected = answered(oracle.commit(&current_actor(), &sent));
                let answer = answered(client.store.commit(&current_actor(), &sent));
                prop_assert_eq!(&answer, &expected, "person {}: {:?}", who, step);
                let mut counts = counts.borrow_mut();
                *(if answer.is_ok() { &mut *counts.0 } else { &mut *counts.1 }) += 1;
                person.last = sent;
                // Whoever is told of a conflict is told what is there now, and decides from there.
                match answer {
                    Ok(seq) => person.seen = person.seen.max(seq),
                    Err(Refused::Conflict(clashes)) => {
                        person.seen = clashes.first().unwrap().now.as_ref().map_or(Seq::ZERO, |now| now.version);
                    }
                    Err(_) => {}
                }
            }
            prop_assert_eq!(
                contents(&people.first().unwrap().store.snapshot().unwrap()),
                contents(&oracle.snapshot().unwrap())
            );
            Ok(())
        })
        .unwrap();
    let (ours, theirs) = (
        people.last().unwrap().store.since(Seq::ZERO, usize::MAX, Duration::ZERO).unwrap(),
        oracle.since(Seq::ZERO, usize::MAX, Duration::ZERO).unwrap(),
    );
    assert!(ours.iter().map(|one| &one.commit.changes).eq(theirs.iter().map(|one| &one.commit.changes)));
    println!("{cases} interleavings: {written} written, {refused} refused, each answer the oracle's");
    assert!(refused > written / 20, "they were in each other's way");
    drop(people);
    end();
    served.join().unwrap();
    let verdict = duban::store::verify(dir.path()).unwrap();
    assert!(verdict.damages.is_empty() && verdict.unfinished.is_none(), "{verdict:?}");
}

#[test]
fn two_people_who_count_at_once_on_one_record_lose_no_step() {
    const EACH: usize = 200;
    let dir = tempfile::tempdir().unwrap();
    let (end, served, people) = office(dir.path());
    std::thread::scope(|scope| {
        for (number, person) in (1u128..).zip(&people) {
            scope.spawn(move || {
                let (mut base, mut count, mut done) = (Seq::ZERO, 0usize, 0);
                for n in 0.. {
                    let next = (count + 1).to_string();
                    match person.store.commit(&current_actor(), &batch(number << 64 | n, base, Some(filing(&next)))) {
                        Ok(head) => (base, count, done) = (head.seq, count + 1, done + 1),
                        Err(refused) => {
                            let Refused::Conflict(clashes) = refused else { unreachable!("{refused}") };
                            let now = clashes.first().unwrap().now.as_ref().unwrap();
                            let Record::Filing(filing) = now.record.as_ref() else { unreachable!() };
                            (base, count) = (now.version, filing.progress.parse().unwrap());
                        }
                    }
                    if done == EACH {
                        return;
                    }
                }
            });
        }
    });
    let ledger = people.first().unwrap().store.snapshot().unwrap();
    assert_eq!(ledger.get(&key()).unwrap().record.as_ref(), &filing(&(2 * EACH).to_string()));
    drop(people);
    end();
    served.join().unwrap();
}
