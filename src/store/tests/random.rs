//! Random commands, compared with the oracle: the same answers, the same heads, the same state, also after every reopening.
//! `DUBAN_COMMANDS` says how many there are at least (10,000), `DUBAN_SEED` which.

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

use super::sample::*;
use crate::model::*;
use crate::store::{MemoryStore, Refused, Store};

#[derive(Debug, Clone)]
enum Command {
    /// Write a filing: on the version that stands, or on a stale one.
    Write { no: u16, stale: bool, percent: i64, text: String },
    /// Write one of the other kinds of records, or remove it.
    Work { no: u16, kind: u8, remove: bool, text: String },
    /// Remove a filing.
    Remove { no: u16 },
    /// Several at once.
    Several { percent: i64 },
    /// Take back one of the commits.
    Undo { which: usize },
    /// The last batch again.
    Retry,
    /// The last id with other content.
    Reuse,
    /// Close, and open in one of the ways of [`EACH`].
    Reopen { how: usize },
    /// Give somebody else a role, or take theirs away.
    Role { which: usize },
}

/// What somebody else may do, by the command that gives it.
fn mays() -> [Option<May>; 5] {
    let contact = May::Contact(Contact { unit: Some("市发改委".into()), area: None });
    [Some(contact), Some(May::Editor), Some(May::Reader), Some(May::Admin), None]
}

fn command() -> impl Strategy<Value = Command> {
    let text = "[a-z市报告，“”\\n\"\\\\]{0,12}";
    prop_oneof![
        6 => (1u16..6, prop::bool::weighted(0.2), 0i64..1000, text)
            .prop_map(|(no, stale, percent, text)| Command::Write { no, stale, percent, text }),
        3 => (1u16..6, 0u8..7, prop::bool::weighted(0.2), text)
            .prop_map(|(no, kind, remove, text)| Command::Work { no, kind, remove, text }),
        2 => (1u16..6).prop_map(|no| Command::Remove { no }),
        1 => (0i64..1000).prop_map(|percent| Command::Several { percent }),
        2 => any::<prop::sample::Index>().prop_map(|index| Command::Undo { which: index.index(1000) }),
        1 => Just(Command::Retry),
        1 => Just(Command::Reuse),
        1 => (0..EACH.len()).prop_map(|how| Command::Reopen { how }),
        1 => (0usize..5).prop_map(|which| Command::Role { which }),
    ]
}

/// The batch of a command on a ledger as it stands.
fn batch_of(command: &Command, ledger: &Ledger, oracle: &MemoryStore, last: &Batch) -> Batch {
    let base = |no| ledger.version(&filing_key(no));
    match command {
        Command::Write { no, stale, percent, text } => {
            let base = if *stale { Seq(base(*no).0 + 1) } else { base(*no) };
            batch(vec![write(filing_key(*no), base, Some(filing(*percent, text)))])
        }
        Command::Work { no, kind, remove, text } => {
            let (key, record) = work(*no, *kind, text);
            let base = ledger.version(&key);
            batch(vec![write(key, base, Some(record).filter(|_| !remove))])
        }
        Command::Remove { no } => batch(vec![write(filing_key(*no), base(*no), None)]),
        Command::Several { percent } => {
            batch((1..6).map(|no| write(filing_key(no), base(no), Some(filing(*percent, "一并")))).collect())
        }
        Command::Undo { which } => match all(oracle).as_slice() {
            [] => last.clone(),
            commits => commits[which % commits.len()].commit.inverse(crate::store::new_batch_id(), at()),
        },
        Command::Role { which } => {
            let li = other("li");
            let writes = match mays().into_iter().nth(*which).flatten() {
                Some(may) => role::give(ledger, Role { uid: li.uid, name: li.name.into(), may }),
                None => role::take(ledger, &li.name),
            };
            Batch { intent: Intent::Role, ..batch(writes) }
        }
        Command::Retry | Command::Reopen { .. } => last.clone(),
        Command::Reuse => Batch { writes: vec![write(filing_key(9), Seq::ZERO, None)], ..last.clone() },
    }
}

#[test]
fn local_answers_as_the_oracle_does() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let wanted = number("DUBAN_COMMANDS").unwrap_or(10_000);
    let done = std::cell::Cell::new([0; 3]);
    for run in 0.. {
        if done.get()[0] >= wanted {
            break;
        }
        let rng_seed = number("DUBAN_SEED").map_or(RngSeed::Random, |seed| RngSeed::Fixed(seed.wrapping_add(run)));
        let config = ProptestConfig { cases: 1, failure_persistence: None, rng_seed, ..ProptestConfig::default() };
        let commands = prop::collection::vec((command(), prop::bool::weighted(0.3)), 1..200);
        let case = |commands: Vec<(Command, bool)>| {
            let now = answers_alike(&commands)?;
            done.set(std::array::from_fn(|at| done.get()[at] + now[at]));
            Ok(())
        };
        TestRunner::new(config).run(&commands, case).unwrap();
    }
    let [commands, written, opened] = done.get();
    println!(
        "{commands} commands, {written} of them written, {opened} times closed and opened: each answer the oracle's"
    );
    assert!(written > commands / 4 && written < commands, "some are taken and some refused");
}

/// How many commands were given to both, how many were written, and how often the ledger was closed and opened.
fn answers_alike(commands: &[(Command, bool)]) -> Result<[u64; 3], TestCaseError> {
    let dir = tempfile::tempdir().unwrap();
    let oracle = MemoryStore::owned_by(clerk().uid);
    let mut store = Some(local(dir.path()));
    let mut last = opening(3);
    for store in [&oracle as &dyn Store, store.as_deref().unwrap()] {
        store.commit(&clerk(), &last).unwrap();
    }
    let mut reopened = 0;
    for (command, by_another) in commands {
        let actor = if *by_another { other("li") } else { clerk() };
        if let Command::Reopen { how } = command {
            drop(store.take());
            store = Some(opened(dir.path(), EACH[*how]).store);
            reopened += 1;
        }
        let Some(store) = store.as_ref() else { continue };
        let batch = batch_of(command, &oracle.snapshot().unwrap(), &oracle, &last);
        let (expected, answer) = (oracle.commit(&actor, &batch), store.commit(&actor, &batch));
        prop_assert_eq!(&answer, &expected, "{:?}", command);
        if !matches!(expected, Err(Refused::Reused(_))) && expected.is_ok() {
            last = batch;
        }
        prop_assert_eq!(store.snapshot().unwrap(), oracle.snapshot().unwrap());
    }
    let written = oracle.snapshot().unwrap().head().seq.0;
    prop_assert_eq!(all(store.as_deref().unwrap()), all(&oracle));
    Ok([commands.len() as u64, written, reopened])
}
