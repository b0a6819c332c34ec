//! A task while its lines come in: a paragraph, then its labels; or a row of a table.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::document::LeadCustom;
use crate::model::{ItemKey, Task};

use super::deadline::{self, Due};
use super::names;
use super::vocabulary::Label;

/// A task while its lines come in.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Its number; 0: it has none of its own.
    pub(super) no: u16,
    /// The number as printed.
    pub(super) printed: String,
    /// Which row of a numbered item of a table it is: 0 for the first, then 2, 3 …
    pub(super) row: u16,
    pub(super) line: u32,
    pub(super) text: String,
    pub(super) labels: Vec<(Label, String)>,
    /// 进展情况, where a table of progress is read.
    pub(super) progress: String,
}

impl Draft {
    /// Whether the label has come already.
    pub(super) fn has(&self, wanted: Label) -> bool {
        self.labels.iter().any(|(label, _)| *label == wanted)
    }

    /// The value of a label; a label given twice adds up.
    pub(super) fn value(&self, wanted: Label) -> Option<String> {
        let values: Vec<&str> =
            self.labels.iter().filter(|(label, _)| *label == wanted).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("、"))
    }

    /// The lead units and the others. A label of their own or a mark beside them says who leads, else the
    /// document's custom.
    fn units(&self, custom: LeadCustom) -> (Vec<Arc<str>>, Vec<Arc<str>>) {
        let of = |label| self.value(label).map(|value| names::marked(names::units(&value)));
        let (marked, units) = of(Label::Units).unwrap_or_default();
        let (lead, mut coop) = match (of(Label::Lead), custom) {
            (Some((mut lead, more)), _) => {
                lead.extend(more);
                (lead, [marked, units].concat())
            }
            (None, _) if !marked.is_empty() => (marked, units),
            (None, LeadCustom::All) => (units, Vec::new()),
            (None, LeadCustom::First) => {
                (units.first().cloned().into_iter().collect(), units.into_iter().skip(1).collect())
            }
        };
        let (marked, more) = of(Label::Coop).unwrap_or_default();
        coop.extend(marked);
        coop.extend(more);
        let mut seen = HashSet::new();
        coop.retain(|unit| !lead.contains(unit) && seen.insert(Arc::clone(unit)));
        (lead, coop)
    }

    fn deadline(&self, year: u16) -> NaiveDate {
        let named = match self.value(Label::Deadline).map(|label| deadline::of_label(&label, year)) {
            Some(Due::By(day)) => Some(day),
            Some(Due::Open | Due::Unknown) => None,
            None => deadline::of_text(&self.text, year),
        };
        named.unwrap_or_else(|| deadline::year_end(year))
    }

    /// The deadline that its label names, where nothing is known of it.
    pub(super) fn unknown_deadline(&self, year: u16) -> Option<String> {
        self.value(Label::Deadline).filter(|label| deadline::of_label(label, year) == Due::Unknown)
    }

    /// Takes what a heading above says and the task does not.
    pub(super) fn inherit(&mut self, labels: &[(Label, String)]) {
        let led = self.has(Label::Lead) || self.has(Label::Units);
        for (label, value) in labels {
            let missing = match label {
                Label::Leaders | Label::Deadline => !self.has(*label),
                Label::Coop => !led && !self.has(Label::Coop),
                // Beside a lead unit of the heading, the task's own units are the others.
                Label::Lead => !self.has(Label::Lead),
                Label::Units => !led,
                Label::Person => !self.has(Label::Leaders) && !self.has(Label::Person),
                Label::Progress | Label::Aside => false,
            };
            if missing {
                self.labels.push((*label, value.clone()));
            }
        }
    }

    /// The task that it makes. `leaders` are those of the heading that it stands under: its own label wins.
    pub(super) fn task(self, key: ItemKey, chapter: String, leaders: &[Arc<str>], under: Under) -> Task {
        let (lead_units, coop_units) = self.units(under.custom);
        let named = |label| self.value(label).map(|value| names::leaders(&value));
        // Who does the work is named as leading only where nobody else is.
        let person = || if leaders.is_empty() { named(Label::Person) } else { None };
        let own = named(Label::Leaders).or_else(person);
        Task {
            key,
            chapter,
            leaders: own.unwrap_or_else(|| leaders.to_vec()),
            lead_units,
            coop_units,
            deadline: self.deadline(under.year),
            no: self.printed,
            line: self.line,
            text: self.text,
        }
    }
}

/// What holds for all tasks of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Under {
    /// The year that it plans.
    pub(super) year: u16,
    /// Who leads where no label says so.
    pub(super) custom: LeadCustom,
}
