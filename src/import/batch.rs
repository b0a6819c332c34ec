//! A reading as one commit against what a ledger already holds.

mod carried;
mod moves;
mod targets;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::model::entry::Together;
use crate::model::{
    Batch, BatchId, Document, Filing, Finding, Intent, ItemKey, Key, Ledger, Period, Record, Seq, Unit, Write,
};

use super::again::{Again, ReadAgain};
use super::reading::Reading;
use carried::Carried;

/// A reading that is to be written: the commit, and what it does to each item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The one commit; `None` where the ledger already stands there.
    pub batch: Option<Batch>,
    /// Every item of the ledger and of the reading, in the order of the reading; what goes comes last.
    pub items: Vec<ReadAgain>,
    /// How both compare.
    pub again: Again,
    /// The findings of the reading, with what was settled about them before.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// The one commit that brings a ledger to this reading; `None` where it already stands there.
    pub fn batch(&self, ledger: &Ledger, id: BatchId, at: DateTime<FixedOffset>) -> Option<Batch> {
        self.prepare(ledger, id, at).batch
    }

    /// The one commit that brings a ledger to this reading, and what it does to each item.
    ///
    /// Only what differs is written. An item is known again by its number and its text: where its number has moved, all that
    /// was filed moves with it; what the reading does not have any more is put away with all that was filed, never removed.
    /// The office's settings stay; what a person settled stays settled, and its item as settled; targets that a person
    /// corrected, and those with figures, stay.
    pub fn prepare(&self, ledger: &Ledger, id: BatchId, at: DateTime<FixedOffset>) -> Prepared {
        let document = &self.document.id;
        let again = Again::of(self, ledger);
        let mut together = Together::new(ledger);
        together.add(&moves::writes(ledger, &self.document, &again, at.date_naive()));
        let mut writes = Writes { ledger: together.ledger(), writes: Vec::new() };
        writes.put(Key::document(document), Record::Document(Box::new(self.document_in(ledger))));
        let Carried { findings, on_record, items: chosen, gone } = self.findings_in(ledger, &again);
        let as_settled = |record: Record, key: ItemKey| chosen.get(&key).cloned().unwrap_or(record);
        for task in &self.tasks {
            writes.put(Key::item(document, task.key), as_settled(Record::Task(task.clone()), task.key));
            targets::put(&mut writes, document, task, self.document.year);
        }
        for row in &self.rows {
            writes.put(Key::item(document, row.key), as_settled(Record::Row(row.clone()), row.key));
        }
        if let Some(period) = self.reported() {
            // What a published table says is filed for the period that it names, where nobody has filed yet.
            for (item, progress) in &self.progress {
                let key = Key::filing(document, *item, period);
                if writes.ledger.get(&key).is_none() {
                    let filing = Filing { progress: progress.clone(), ..Filing::default() };
                    writes.put(key, Record::Filing(filing));
                }
            }
        }
        for key in gone {
            writes.remove(key);
        }
        for finding in findings.iter().chain(&on_record) {
            writes.put(Key::finding(document, finding.line, finding.no), Record::Finding(finding.clone()));
        }
        for unit in &self.units {
            writes.put(Key::unit(document, &unit.name), Record::Unit(self.unit_in(ledger, unit)));
        }
        let writes = writes.writes;
        together.add(&writes);
        let items = self.items(ledger, together.ledger(), &again);
        let writes = together.writes();
        let batch = (!writes.is_empty()).then_some(Batch { id, at, intent: Intent::Import, undoes: None, writes });
        Prepared { batch, items, again, findings }
    }

    /// The period that what was read of the progress is filed for; `None` where no title says up to when it reports.
    pub(super) fn reported(&self) -> Option<Period> {
        until(&self.document)
    }

    /// Every item before and after.
    fn items(&self, before: &Ledger, after: &Ledger, again: &Again) -> Vec<ReadAgain> {
        let record = |ledger: &Ledger, key: ItemKey| {
            ledger.get(&Key::item(&self.document.id, key)).map(|entry| entry.record.as_ref().clone())
        };
        let keys = self.tasks.iter().map(|task| task.key).chain(self.rows.iter().map(|row| row.key));
        let read = keys.map(|key| {
            let was = again.was.get(&key).copied();
            ReadAgain { key, was, old: was.and_then(|was| record(before, was)), new: record(after, key) }
        });
        let goes = again.dropped.iter().map(|(was, _)| ReadAgain {
            key: *was,
            was: Some(*was),
            old: record(before, *was),
            new: None,
        });
        read.chain(goes).collect()
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

/// The month up to whose end a title says that it reports.
fn last_month(title: &str) -> Option<u32> {
    if let Some((_, after)) = title.split_once('截').filter(|(_, after)| after.starts_with(['至', '止'])) {
        let (before, _) = after.split_once('月')?;
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        return digits.chars().rev().collect::<String>().parse().ok();
    }
    // What stands before 情况 is what is reported; behind it may stand what is planned next.
    let reported = title.split_once("情况").map_or(title, |(before, _)| before);
    let part = |text: &str| PARTS_OF_YEAR.iter().find(|(word, _)| text.contains(word)).map(|(_, month)| *month);
    let month = |text| month_of_progress(text).filter(|_| title.contains("情况") || title.contains("进度"));
    part(reported).or_else(|| month(reported)).or_else(|| part(title)).or_else(|| month(title))
}

/// Parts of a year with their last months.
const PARTS_OF_YEAR: [(&str, u32); 9] = [
    ("一季度", 3),
    ("上半年", 6),
    ("二季度", 6),
    ("三季度", 9),
    ("四季度", 12),
    ("下半年", 12),
    ("半年度", 6),
    ("全年", 12),
    ("年终", 12),
];

/// 11 of 1-11月完成情况 and of 11月份进展情况; no month of a day.
fn month_of_progress(title: &str) -> Option<u32> {
    let mut months = title.match_indices('月').filter_map(|(at, month)| {
        let (before, after) = (title.get(..at)?, title.get(at + month.len()..)?);
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        let number: u32 = digits.chars().rev().collect::<String>().parse().ok()?;
        (!after.starts_with(|c: char| c.is_ascii_digit()) && (1..=12).contains(&number)).then_some(number)
    });
    months.next_back()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_up_to_when_it_reports() {
        for (title, month) in [
            ("2025年重点工作进展情况（截至9月底）", Some(9)),
            ("2025年重点工作1-11月完成情况", Some(11)),
            ("2025年民生实事推进情况（1—5月）", Some(5)),
            ("2025年重点工作半年度完成情况", Some(6)),
            ("2025年下半年重点工作完成情况", Some(12)),
            ("2025年前三季度完成情况", Some(9)),
            ("2025年10月份重点工作进展情况", Some(10)),
            ("2025年1-9月重点工作完成情况及四季度计划", Some(9)),
            ("2025年上半年重点工作完成情况和下半年安排", Some(6)),
            ("2025年重点工作进展情况（三季度）", Some(9)),
            ("2025年民生实事进展情况表", None),
            ("关于3月4日会议议定事项落实情况的通报", None),
            ("2025年3月重点工作任务分解", None),
        ] {
            assert_eq!(last_month(title), month, "{title}");
        }
    }
}
