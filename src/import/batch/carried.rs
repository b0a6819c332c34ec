//! What was settled about an earlier reading, carried over to this one: by item and matter, wherever the lines are now.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::again::Again;
use crate::import::reading::Reading;
use crate::model::{Book, Finding, ItemKey, Key, Ledger, Of, Record};

/// The findings as they are to stand in a ledger.
pub(super) struct Carried {
    pub(super) findings: Vec<Finding>,
    /// What was decided about places that are gone; it stays on record.
    pub(super) on_record: Vec<Finding>,
    /// Items as settled.
    pub(super) items: BTreeMap<ItemKey, Record>,
    /// The findings of earlier readings that go: doubts about what is not there any more, and those that stand elsewhere now.
    pub(super) gone: Vec<Key>,
}

impl Reading {
    /// The findings with what was settled about them, and the items that this decides. What was decided about a place that is
    /// gone stays on record; an open doubt about it is gone too.
    pub(super) fn findings_in(&self, ledger: &Ledger, again: &Again) -> Carried {
        let moves: BTreeMap<ItemKey, ItemKey> = again.moves().collect();
        let mut old: Vec<Finding> = self.old_findings(ledger).cloned().collect();
        for finding in &mut old {
            finding.item = finding.item.map(|item| moves.get(&item).copied().unwrap_or(item));
        }
        let mut items: BTreeMap<ItemKey, Record> = BTreeMap::new();
        let mut known_again = BTreeSet::new();
        let mut findings = self.findings.clone();
        self.without_known_units(ledger, &mut findings);
        // First those of the very same words, then those of the same matter.
        for exactly in [true, false] {
            for finding in findings.iter_mut().filter(|finding| finding.is_open()) {
                let free = |one: &&Finding| one.settled.is_some() && !known_again.contains(&(one.line, one.no));
                let Some(was) = old.iter().filter(free).find(|one| is_of(one, finding, exactly)) else { continue };
                if self.settle(finding, was, &mut items) {
                    known_again.insert((was.line, was.no));
                }
            }
        }
        let mut taken: BTreeMap<u32, u16> = BTreeMap::new();
        for finding in &findings {
            let last = taken.entry(finding.line).or_default();
            *last = finding.no.max(*last);
        }
        let kept: BTreeSet<(u32, u16)> = findings.iter().map(|finding| (finding.line, finding.no)).collect();
        let (mut gone, mut on_record) = (Vec::new(), Vec::new());
        for mut was in old {
            let place = (was.line, was.no);
            let decided = was.settled.is_some() && !known_again.contains(&place);
            if !kept.contains(&place) {
                if !decided {
                    gone.push(Key::finding(&self.document.id, was.line, was.no));
                    continue;
                }
            } else if decided {
                // Its place is another doubt's now.
                let last = taken.entry(was.line).or_default();
                *last = last.saturating_add(1);
                was.no = *last;
            }
            if decided {
                on_record.push(was);
            }
        }
        Carried { findings, on_record, items, gone }
    }

    /// Settles a doubt as it was settled before; answers whether it could be.
    fn settle(&self, finding: &mut Finding, was: &Finding, items: &mut BTreeMap<ItemKey, Record>) -> bool {
        let Some(choice) = was.settled.and_then(|at| was.alternatives.get(usize::from(at))) else { return false };
        let at = match finding.alternatives.iter().position(|alternative| alternative.fix == choice.fix) {
            Some(at) => at,
            None if was.typed => {
                finding.alternatives.push(choice.clone());
                finding.alternatives.len() - 1
            }
            None => return false,
        };
        finding.settled = u16::try_from(at).ok();
        finding.typed = was.typed;
        let Some(item) = finding.item else { return true };
        let read = || {
            let task = self.tasks.iter().find(|task| task.key == item).map(|task| Record::Task(task.clone()));
            task.or_else(|| self.rows.iter().find(|row| row.key == item).map(|row| Record::Row(row.clone())))
        };
        if let Some(record) = items.get(&item).cloned().or_else(read)
            && let Some(as_settled) = choice.fix.applied_to_record(&record)
        {
            finding.before = Some(choice.fix.undone_on(&record)).filter(crate::model::Fix::changes_an_item);
            items.insert(item, as_settled);
        }
        true
    }

    /// Two spellings that the ledger lists as one unit already are no doubt.
    fn without_known_units(&self, ledger: &Ledger, findings: &mut Vec<Finding>) {
        let Some(book) = Book::open(ledger, &self.document.id) else { return };
        let aliases = book.aliases();
        let settled: BTreeSet<&str> =
            self.old_findings(ledger).filter(|old| old.settled.is_some()).map(|old| old.printed.as_str()).collect();
        findings.retain(|finding| {
            let same = finding.alternatives.iter().find_map(|one| one.fix.same_unit.as_ref());
            same.is_none_or(|same| {
                aliases.name(&same.name) != aliases.name(&same.spelling) || settled.contains(finding.printed.as_str())
            })
        });
    }

    fn old_findings<'a>(&'a self, ledger: &'a Ledger) -> impl Iterator<Item = &'a Finding> {
        ledger.of_document(&self.document.id).filter_map(|(of, entry)| match (of, entry.record.as_ref()) {
            (Of::Finding(..), Record::Finding(finding)) => Some(finding),
            _ => None,
        })
    }
}

/// Whether an earlier doubt is this one: the same matter about the same item, or, where it is about none, at the same words.
fn is_of(old: &Finding, new: &Finding, exactly: bool) -> bool {
    let words = old.printed == new.printed;
    old.what == new.what
        && match new.item {
            Some(_) => old.item == new.item && (words || !exactly),
            None => old.item.is_none() && words,
        }
}
