//! Random batches by contacts, judged by what they left behind: an independent look at the ledger before and after.

use proptest::prelude::*;

use super::contact::ALL_INTENTS;
use super::world::*;
use super::*;
use crate::model::*;
use crate::report::fixture::{id, q};

/// Whose the items of the world are, by hand: what each contact may touch, as texts of keys.
fn touches(name: &str, key: &str) -> bool {
    let own: &[&str] = match name {
        "fagai" => &["T1", "T2"],
        "zhujian" | "nanxi" => &["P1.1"],
        _ => &[],
    };
    let Some(rest) = key.strip_prefix("yunhe-2024/") else { return false };
    let (what, period) = rest.split_once('@').unwrap_or((rest, ""));
    let (item, part) = what.split_once('/').unwrap_or((what, ""));
    let timed = !period.is_empty();
    if ["市本级", "东城区", "南溪县", "全市"].contains(&part) {
        let column = matches!((name, part), ("dong", "东城区") | ("nanxi", "南溪县") | ("zhujian", _));
        return timed && column;
    }
    let part = part.split('/').next().unwrap_or_default();
    let mine = own.contains(&item);
    match (part, timed) {
        ("" | "target", true) | ("step" | "request", false) => mine,
        _ => false,
    }
}

fn review_of(ledger: &Ledger, key: &Key) -> Option<Review> {
    match ledger.get(key)?.record.as_ref() {
        Record::Filing(filing) => Some(filing.review.clone()),
        _ => None,
    }
}

/// What must hold of whatever a contact wrote.
fn harmless(name: &str, before: &Ledger, after: &Ledger) -> Result<(), TestCaseError> {
    let keys: std::collections::BTreeSet<&Key> = before.entries().chain(after.entries()).map(|(key, _)| key).collect();
    for key in keys {
        let (old, new) = (before.get(key).map(|one| &one.record), after.get(key).map(|one| &one.record));
        if old == new {
            continue;
        }
        let reopened = matches!((&key.of, name), (Of::Filing(item, _), "dong") if *item == row());
        prop_assert!(touches(name, &key.to_string()) || reopened, "{} changed {}", name, key);
        match new.map(AsRef::as_ref) {
            Some(Record::Filing(filing)) => {
                prop_assert_eq!(&filing.review, &Review::Pending, "{}", key);
                if let (Some(Record::Filing(old)), true) = (old.map(AsRef::as_ref), reopened) {
                    prop_assert_eq!(&filing.progress, &old.progress, "{} put words in", name);
                }
            }
            Some(Record::Request(request)) => prop_assert_eq!(&request.outcome, &Outcome::Asked),
            _ => {}
        }
        // No accepted mark stands over another figure than it was given to.
        if let Of::Done(item, _, period) | Of::Actual(item, _, period) = &key.of {
            let review = review_of(after, &Key::filing(&key.document, *item, *period));
            prop_assert!(!matches!(review, Some(Review::Accepted)), "{} moved {} under an acceptance", name, key);
        }
    }
    Ok(())
}

fn review() -> impl Strategy<Value = Review> {
    prop_oneof![6 => Just(Review::Pending), 1 => Just(Review::Accepted), 1 => Just(Review::Returned("不实".into()))]
}

/// Records of the kinds that are filed, on own and on foreign items, mostly well-formed.
fn filed_write() -> impl Strategy<Value = (Key, Option<Record>)> {
    let item = prop_oneof![4 => (1u16..4).prop_map(task), 1 => Just(row())];
    let area = prop_oneof![Just("东城区"), Just("南溪县"), Just("市本级"), Just("全市")];
    let period = prop_oneof![5 => Just(q(3)), 1 => (1u8..5).prop_map(q)];
    let outcome = prop_oneof![
        4 => Just(Outcome::Asked),
        1 => Just(Outcome::Granted { approver: String::new(), note: String::new() })
    ];
    let parts = (item, area, period, review(), outcome, 0u8..7, "[甲乙]{0,2}", 0i64..4, 1u16..3);
    (parts, prop::bool::weighted(0.85)).prop_map(
        |((item, area, period, review, outcome, kind, text, value, no), keep)| {
            let id = id();
            let value = figure(&value.to_string());
            let (key, record) = match kind {
                0 | 1 => (Key::filing(&id, item, period), words(&text, review)),
                2 | 3 => (Key::done(&id, row(), area, period), value),
                4 => (Key::actual(&id, item, no, period), value),
                5 => {
                    let step = Step { text, unit: None, deadline: None, state: StepState::Doing };
                    (Key::step(&id, item, no), Record::Step(step))
                }
                _ => (Key::request(&id, item, no), asked(outcome)),
            };
            (key, keep.then_some(record))
        },
    )
}

fn any_write() -> impl Strategy<Value = (Key, Option<Record>)> {
    let other = (0..KINDS.len(), any::<bool>()).prop_map(|(at, keep)| {
        let (_, key, record) = sample(KINDS[at]);
        (key, keep.then_some(record))
    });
    prop_oneof![12 => filed_write(), 1 => other]
}

fn intent() -> impl Strategy<Value = Intent> {
    prop_oneof![
        4 => prop::sample::select(vec![Intent::File, Intent::Quota, Intent::Target, Intent::Step, Intent::Ask]),
        3 => Just(Intent::Form),
        1 => prop::sample::select(ALL_INTENTS.to_vec())
    ]
}

#[derive(Debug, Clone)]
struct Ask {
    name: &'static str,
    intent: Intent,
    writes: Vec<(Key, Option<Record>)>,
    /// Take back that commit, with or without these writes as well.
    undo: Option<(prop::sample::Index, bool)>,
}

fn ask() -> impl Strategy<Value = Ask> {
    let name = prop::sample::select(vec!["fagai", "zhujian", "dong", "nanxi", "editor"]);
    let undo = prop::option::weighted(0.25, (any::<prop::sample::Index>(), prop::bool::weighted(0.1)));
    (name, intent(), prop::collection::vec(any_write(), 1..4), undo).prop_map(|(name, intent, writes, undo)| Ask {
        name,
        intent,
        writes,
        undo,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_contact_sends_only_their_own_changes(asks in prop::collection::vec(ask(), 1..40)) {
        let mut ledger = ledger();
        let mut commits: Vec<Arc<Commit>> = Vec::new();
        for ask in asks {
            let actor = person(ask.name);
            let mut writes: Vec<Write> = Vec::new();
            for (key, value) in &ask.writes {
                if writes.iter().all(|write| write.key != *key) {
                    writes.push(write(&ledger, key, value.clone()));
                }
            }
            let mut batch = batch(ask.intent, writes);
            if let (Some((index, more)), false) = (&ask.undo, commits.is_empty()) {
                let undo = ledger.taking_back(&commits[index.index(commits.len())], BatchId::default(), at());
                let may = super::of(&ledger, OWNER, &actor).unwrap();
                let writes = if *more { [undo.writes.clone(), batch.writes].concat() } else { undo.writes.clone() };
                batch = own_words(&may, Batch { writes, ..undo });
            }
            let find = |seq| commits.iter().find(|commit| commit.seq == seq).cloned();
            if allow(&ledger, OWNER, &actor, &batch, &find).is_err() {
                continue;
            }
            let Ok(commit) = ledger.prepare(&actor, &batch) else { continue };
            let before = ledger.clone();
            ledger.apply(&commit, Hash::default()).unwrap();
            if ask.name != "editor" {
                harmless(ask.name, &before, &ledger)?;
                let undone = commit.undoes.and_then(|seq| commits.iter().find(|one| one.seq == seq));
                prop_assert!(undone.is_none_or(|undone| undone.actor == actor), "took back somebody else's");
                prop_assert_eq!(commit.undoes.is_some(), matches!(commit.intent, Intent::Undo | Intent::Redo));
            }
            commits.push(Arc::new(commit));
        }
    }
}
