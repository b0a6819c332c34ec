//! A reading as one commit against what a ledger already holds.

mod targets;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::model::{
    Batch, BatchId, Document, Filing, Finding, Intent, ItemKey, Key, Ledger, Of, Period, QuotaRow, Record, Seq, Unit,
    Write,
};

use super::reading::Reading;

impl Reading {
    /// The one commit that brings a ledger to this reading; `None` where it already stands there.
    ///
    /// Only what differs is written. Filings and done figures are never touched; items that the reading does not have
    /// stay; the office's settings stay; what a person settled stays settled, and its row as settled; targets that a person
    /// corrected, and those with figures, stay.
    pub fn batch(&self, ledger: &Ledger, id: BatchId, at: DateTime<FixedOffset>) -> Option<Batch> {
        let document = &self.document.id;
        let mut writes = Writes { ledger, writes: Vec::new() };
        writes.put(Key::document(document), Record::Document(Box::new(self.document_in(ledger))));
        let Carried { findings, rows: chosen, known_again } = self.findings_in(ledger);
        for task in &self.tasks {
            writes.put(Key::item(document, task.key), Record::Task(task.clone()));
            targets::put(&mut writes, document, task, self.document.year);
        }
        for row in &self.rows {
            let row = chosen.get(&row.key).unwrap_or(row);
            writes.put(Key::item(document, row.key), Record::Row(row.clone()));
        }
        if let Some(period) = until(&self.document) {
            // What a published table says is filed for the period that it names, where nobody has filed yet.
            for (item, progress) in &self.progress {
                let key = Key::filing(document, *item, period);
                if ledger.get(&key).is_none() {
                    let filing = Filing { progress: progress.clone(), ..Filing::default() };
                    writes.put(key, Record::Filing(filing));
                }
            }
        }
        let kept: BTreeSet<(u32, u16)> = findings.iter().map(|finding| (finding.line, finding.no)).collect();
        for finding in findings {
            writes.put(Key::finding(document, finding.line, finding.no), Record::Finding(finding));
        }
        // What was decided about a place that is gone stays on record; a doubt about it is gone too.
        let gone = |old: &&Finding| !kept.contains(&(old.line, old.no));
        let decided = |old: &Finding| old.settled.is_some() && !known_again.contains(&(old.line, old.no));
        for old in self.old_findings(ledger).filter(gone).filter(|old| !decided(old)) {
            writes.remove(Key::finding(document, old.line, old.no));
        }
        for unit in &self.units {
            writes.put(Key::unit(document, &unit.name), Record::Unit(self.unit_in(ledger, unit)));
        }
        let writes = writes.writes;
        (!writes.is_empty()).then_some(Batch { id, at, intent: Intent::Import, undoes: None, writes })
    }

    /// The document with what the office has set; the same bytes under another name are the same source.
    fn document_in(&self, ledger: &Ledger) -> Document {
        let mut document = self.document.clone();
        if let Some(Record::Document(old)) = ledger.get(&Key::document(&document.id)).map(|entry| entry.record.as_ref())
        {
            document.settings = old.settings.clone();
            document.demo = old.demo;
            if document.source.sha256 == old.source.sha256 {
                document.source.file.clone_from(&old.source.file);
            }
        }
        document
    }

    /// The findings with what was settled about them, and the rows that this decides.
    fn findings_in(&self, ledger: &Ledger) -> Carried {
        let settled: Vec<&Finding> = self.old_findings(ledger).filter(|old| old.settled.is_some()).collect();
        let mut rows = BTreeMap::new();
        let mut known_again = BTreeSet::new();
        let mut findings = self.findings.clone();
        for finding in findings.iter_mut().filter(|finding| finding.is_open()) {
            // The lines of a corrected document may have moved: a doubt is known again by its item and matter.
            let same = |old: &&&Finding| match finding.item {
                Some(_) => (old.item, &old.what) == (finding.item, &finding.what),
                None => (&old.printed, &old.what) == (&finding.printed, &finding.what),
            };
            let Some(old) = settled.iter().find(same) else { continue };
            let Some(choice) = old.settled.and_then(|at| old.alternatives.get(usize::from(at))) else { continue };
            let Some(at) = finding.alternatives.iter().position(|alternative| alternative.fix == choice.fix) else {
                continue;
            };
            finding.settled = u16::try_from(at).ok();
            known_again.insert((old.line, old.no));
            if let Some(row) = self.rows.iter().find(|row| Some(row.key) == finding.item) {
                let row = rows.entry(row.key).or_insert_with(|| row.clone());
                *row = choice.fix.applied_to(row);
            }
        }
        Carried { findings, rows, known_again }
    }

    fn old_findings<'a>(&'a self, ledger: &'a Ledger) -> impl Iterator<Item = &'a Finding> {
        ledger.of_document(&self.document.id).filter_map(|(of, entry)| match (of, entry.record.as_ref()) {
            (Of::Finding(..), Record::Finding(finding)) => Some(finding),
            _ => None,
        })
    }

    /// A unit with the spellings that the ledger already knows.
    fn unit_in(&self, ledger: &Ledger, unit: &Unit) -> Unit {
        let key = Key::unit(&self.document.id, &unit.name);
        let mut unit = unit.clone();
        if let Some(Record::Unit(old)) = ledger.get(&key).map(|entry| entry.record.as_ref()) {
            let mut aliases = old.aliases.clone();
            aliases.extend(unit.aliases.into_iter().filter(|alias| !old.aliases.contains(alias)));
            unit.aliases = aliases;
        }
        unit
    }
}

/// The period up to whose end a table of progress reports: 截至9月底, 上半年, 前三季度.
fn until(document: &Document) -> Option<Period> {
    let mut titles = document.lists.iter().map(|list| list.title.as_str()).chain([document.title.as_str()]);
    let month = titles.find_map(last_month)?;
    let day = NaiveDate::from_ymd_opt(document.year.into(), month, 1)?;
    Period::current(document.year, document.settings.span, day)
}

fn last_month(title: &str) -> Option<u32> {
    if let Some((_, after)) = title.split_once('截').filter(|(_, after)| after.starts_with(['至', '止'])) {
        let (before, _) = after.split_once('月')?;
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        return digits.chars().rev().collect::<String>().parse().ok();
    }
    let quarters = [("一季度", 3), ("上半年", 6), ("二季度", 6), ("三季度", 9), ("四季度", 12), ("全年", 12)];
    quarters.iter().find(|(word, _)| title.contains(word)).map(|(_, month)| *month)
}

/// The findings as they are to stand in a ledger.
struct Carried {
    findings: Vec<Finding>,
    /// Rows as settled.
    rows: BTreeMap<ItemKey, QuotaRow>,
    /// Line and number of the settled doubts that this reading has too, wherever they stand now.
    known_again: BTreeSet<(u32, u16)>,
}

struct Writes<'a> {
    ledger: &'a Ledger,
    writes: Vec<Write>,
}

impl Writes<'_> {
    fn put(&mut self, key: Key, record: Record) {
        let now = self.ledger.get(&key);
        if now.is_none_or(|entry| *entry.record != record) {
            let base = now.map_or(Seq::ZERO, |entry| entry.version);
            self.writes.push(Write { key, base, value: Some(record) });
        }
    }

    fn remove(&mut self, key: Key) {
        let base = self.ledger.version(&key);
        self.writes.push(Write { key, base, value: None });
    }
}
