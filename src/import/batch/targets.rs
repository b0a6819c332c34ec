//! The targets of a task's text beside those that a ledger already holds.

use std::collections::BTreeSet;

use super::Writes;
use crate::import::targets::targets;
use crate::model::{DocumentId, Key, Of, Period, Record, Target, Task};

/// Writes the targets that are read from a task's text. One that the ledger knows keeps its number, for figures and reviews
/// stand under it; what a person corrected or added is not touched, and takes the place of what is read from its phrase; one
/// that is not read any more goes, unless figures were recorded for it.
pub(super) fn put(writes: &mut Writes<'_>, document: &DocumentId, task: &Task, year: u16) {
    let known = known(writes, document, task);
    let (by_hand, read_before): (Vec<_>, Vec<_>) = known.iter().partition(|(_, target)| target.by_hand);
    let mut taken: BTreeSet<u16> = by_hand.iter().map(|(no, _)| *no).collect();
    let mut new = Vec::new();
    // First those that say just the same, then those that a person has corrected, then those that are much the same.
    let mut left = targets(&task.text, year);
    left.retain(|read| {
        let again = read_before.iter().find(|(no, old)| !taken.contains(no) && old == read).map(|(no, _)| *no);
        again.is_none_or(|no| !taken.insert(no))
    });
    for (_, old) in by_hand {
        let nearest = (0..3).find_map(|way| left.iter().position(|read| is_of(old, read, way)));
        if let Some(at) = nearest {
            left.remove(at);
        }
    }
    for read in left {
        let alike =
            (0..2).find_map(|way| read_before.iter().find(|(no, old)| !taken.contains(no) && is_of(old, &read, way)));
        match alike {
            Some((no, _)) => {
                taken.insert(*no);
                writes.put(Key::target(document, task.key, *no), Record::Target(read));
            }
            None => new.push(read),
        }
    }
    let gone: Vec<u16> = known.iter().map(|(no, _)| *no).filter(|no| !taken.contains(no)).collect();
    for no in gone {
        if !has_figures(writes, document, task, no) {
            writes.remove(Key::target(document, task.key, no));
        }
    }
    // A number that was once given is not given to another target: the figures of the past stand under it.
    let mut last = known.last().map_or(0, |(no, _)| *no);
    for read in new {
        last = last.saturating_add(1);
        writes.put(Key::target(document, task.key, last), Record::Target(read));
    }
}

/// Whether a target of the ledger is the one that is read, in three ways, the surest first: the same metric and deadline, the
/// same figure in the same words, the same words.
fn is_of(old: &Target, read: &Target, way: u8) -> bool {
    let words = !old.phrase.is_empty() && old.phrase == read.phrase;
    match way {
        0 => (&old.metric, old.deadline) == (&read.metric, read.deadline),
        1 => words && old.value == read.value,
        _ => words,
    }
}

/// The targets that the ledger holds for a task.
fn known(writes: &Writes<'_>, document: &DocumentId, task: &Task) -> Vec<(u16, Target)> {
    let entries = writes.ledger.from(Key::target(document, task.key, 0));
    let targets = entries.map_while(|(of, entry)| match (of, entry.record.as_ref()) {
        (Of::Target(item, no), Record::Target(target)) if *item == task.key => Some((*no, target.clone())),
        _ => None,
    });
    targets.collect()
}

fn has_figures(writes: &Writes<'_>, document: &DocumentId, task: &Task, no: u16) -> bool {
    let first = writes.ledger.from(Key::actual(document, task.key, no, Period::FIRST)).next();
    matches!(first, Some((Of::Actual(item, one, _), _)) if (*item, *one) == (task.key, no))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::{Comparator, Done, Entry, Head, ItemKey, Ledger, Period, Seq, Write};

    const TEXT: &str = "新建水站5个以上。引进项目4个以上。";

    fn id() -> DocumentId {
        DocumentId::new("yunhe-2024").unwrap()
    }

    fn task(text: &str) -> Task {
        Task {
            key: ItemKey::task(1),
            no: "1".into(),
            chapter: String::new(),
            text: text.into(),
            leaders: vec![],
            lead_units: vec!["市水利局".into()],
            coop_units: vec![],
            deadline: NaiveDate::from_ymd_opt(2024, 12, 31).unwrap(),
            line: 1,
        }
    }

    fn ledger(records: impl IntoIterator<Item = (Key, Record)>) -> Ledger {
        let entry = |record: Record| Entry { version: Seq(1), record: std::sync::Arc::new(record) };
        Ledger::from_parts(Head::default(), records.into_iter().map(|(key, record)| (key, entry(record))).collect())
    }

    /// What reading a text writes into a ledger.
    fn written(ledger: &Ledger, text: &str) -> Vec<Write> {
        let mut writes = Writes { ledger, writes: Vec::new() };
        put(&mut writes, &id(), &task(text), 2024);
        writes.writes
    }

    /// The records of a ledger into which [`TEXT`] was read.
    fn read_in() -> Vec<(Key, Record)> {
        let writes = written(&ledger([]), TEXT).into_iter();
        writes.map(|write| (write.key, write.value.unwrap())).collect()
    }

    fn key(no: u16) -> Key {
        Key::target(&id(), ItemKey::task(1), no)
    }

    fn target(record: &Record) -> &Target {
        let Record::Target(target) = record else { unreachable!() };
        target
    }

    #[test]
    fn each_target_of_the_text_is_a_record_and_reading_it_again_writes_nothing() {
        let records = read_in();
        let values: Vec<_> = records.iter().map(|(key, one)| (key.clone(), target(one).value.unwrap())).collect();
        assert_eq!(values, [(key(1), 5.into()), (key(2), 4.into())]);
        assert_eq!(written(&ledger(records), TEXT), []);
    }

    #[test]
    fn a_changed_figure_keeps_the_number_of_its_target() {
        let writes = written(&ledger(read_in()), "新建水站6个以上。引进项目4个以上。");
        let [write] = writes.as_slice() else { panic!("{writes:?}") };
        assert_eq!((&write.key, target(write.value.as_ref().unwrap()).value), (&key(1), Some(6.into())));
    }

    #[test]
    fn what_a_person_corrected_stays_and_stands_for_what_is_read() {
        let mut records = read_in();
        let corrected = Target {
            metric: "水站".into(),
            value: Some(7.into()),
            comparator: Comparator::Equal,
            by_hand: true,
            ..target(&records[0].1).clone()
        };
        records[0].1 = Record::Target(corrected.clone());
        assert_eq!(written(&ledger(records.clone()), TEXT), []);
        let added = Target { phrase: String::new(), metric: "另加".into(), ..corrected };
        records.push((key(3), Record::Target(added)));
        assert_eq!(written(&ledger(records), TEXT), []);
    }

    #[test]
    fn a_target_that_is_gone_goes_unless_figures_stand_under_it() {
        let mut records = read_in();
        let writes = written(&ledger(records.clone()), "引进项目4个以上。");
        let [write] = writes.as_slice() else { panic!("{writes:?}") };
        assert_eq!((&write.key, &write.value), (&key(1), &None));
        let actual = Key::actual(&id(), ItemKey::task(1), 1, Period::quarter(2024, 1).unwrap());
        records.push((actual, Record::Done(Done { value: 2.into() })));
        assert_eq!(written(&ledger(records), "引进项目4个以上。"), []);
    }

    #[test]
    fn a_new_target_never_takes_a_number_that_was_given() {
        let writes = written(&ledger(read_in()), "培训农民300名以上。新建水站5个以上。");
        let kept: Vec<_> = writes.iter().map(|write| (&write.key, write.value.is_some())).collect();
        assert_eq!(kept, [(&key(2), false), (&key(3), true)]);
    }
}
