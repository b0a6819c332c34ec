//! A task while its lines come in: a paragraph, then its labels.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{ItemKey, Task};

use super::deadline;
use super::names;
use super::vocabulary::Label;

/// A task while its lines come in.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// 0: the paragraph has no number of its own.
    pub(super) no: u16,
    pub(super) line: u32,
    pub(super) text: String,
    pub(super) labels: Vec<(Label, String)>,
}

impl Draft {
    /// Whether the label has come already.
    pub(super) fn has(&self, wanted: Label) -> bool {
        self.labels.iter().any(|(label, _)| *label == wanted)
    }

    /// The value of a label; a label given twice adds up.
    fn value(&self, wanted: Label) -> Option<String> {
        let values: Vec<&str> =
            self.labels.iter().filter(|(label, _)| *label == wanted).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("、"))
    }

    /// The lead units and the others. Where no label names the lead units, the first unit leads by custom.
    fn units(&self) -> (Vec<Arc<str>>, Vec<Arc<str>>) {
        let of = |label| self.value(label).map(|value| names::units(&value));
        let units = of(Label::Units).unwrap_or_default();
        let (lead, mut coop) = match of(Label::Lead) {
            Some(lead) => (lead, units),
            None => (units.first().cloned().into_iter().collect(), units.into_iter().skip(1).collect()),
        };
        coop.extend(of(Label::Coop).unwrap_or_default());
        coop.retain(|unit| !lead.contains(unit));
        (lead, coop)
    }

    fn deadline(&self, year: u16) -> NaiveDate {
        let named = match self.value(Label::Deadline) {
            Some(label) => deadline::of_label(&label, year),
            None => deadline::of_text(&self.text, year),
        };
        named.unwrap_or_else(|| deadline::year_end(year))
    }

    /// The task that it makes.
    pub(super) fn task(self, key: ItemKey, chapter: String, year: u16) -> Task {
        let (lead_units, coop_units) = self.units();
        Task {
            key,
            no: if self.no == 0 { String::new() } else { self.no.to_string() },
            chapter,
            leaders: self.value(Label::Leaders).map(|value| names::leaders(&value)).unwrap_or_default(),
            lead_units,
            coop_units,
            deadline: self.deadline(year),
            line: self.line,
            text: self.text,
        }
    }
}
