//! Reads the quantified targets out of a task's text.
//!
//! ```text
//! text → sheet (characters, quotes set apart) → clauses ─→ figures (number, unit, comparator) ─→ metrics ─→ targets
//!                                                  └────→ happenings (零突破, 全覆盖, 双下降, dated milestones)
//! ```
//!
//! Nothing here knows a document: what the words mean is in `words`, how they stand together in the other files. A figure
//! counts when it ends its part of the sentence (`新增企业 5 家以上、…`) or stands between a verb and what it counts
//! (`建成 3 家中心`); in every other place it only describes something (`超 10 亿元企业`, `5A 级景区`, `60 周岁以上人群`).

mod accept;
mod clauses;
mod counted;
mod dates;
mod figures;
mod happenings;
mod lists;
mod metric;
mod numbers;
mod sheet;
mod tiers;
mod words;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::{Comparator, Target};

use self::sheet::Sheet;

pub(in crate::import) use self::dates::{last_milestone, month_end};

/// What a figure without a word of comparison means: `新增企业 5 家`, `增长 10%`. The text names this figure and neither
/// more nor less, and so does the record; in the rating it counts up like 以上.
const BARE: Comparator = Comparator::Equal;

/// What 达到 means: at least this.
const REACHES: Comparator = Comparator::AtLeast;

/// The targets of a text in its order. `year` is the year of the document, to which quarters and months belong.
pub fn targets(text: &str, year: u16) -> Vec<Target> {
    if text.len() > LONGEST {
        // No record holds such a text.
        return Vec::new();
    }
    let sheet = Sheet::of(text);
    let mut found = Vec::new();
    let mut subject = Subject::default();
    for clause in clauses::clauses(&sheet) {
        if clause.opens {
            subject = Subject::default();
        }
        let mut here = counted::counted(&sheet, &clause, &mut subject, year);
        let figures = !here.is_empty();
        here.extend(happenings::happenings(&sheet, &clause, figures, &subject, year));
        here.sort_by_key(|one| one.at);
        found.extend(here);
        subject.carry(&sheet, &clause, year);
    }
    found.into_iter().map(|one| one.target(&sheet)).collect()
}

/// The longest text of a task, in bytes, as far as a record can hold it.
const LONGEST: usize = 60 * 1024;

/// What earlier clauses of a sentence leave to the next.
#[derive(Debug, Default)]
struct Subject {
    /// The metric of the last target, without its 增长.
    metric: String,
    /// The words of the last clause, where it had no target.
    clause: String,
    /// A date that was a clause of its own: `6月底前，`.
    due: Option<NaiveDate>,
}

impl Subject {
    fn carry(&mut self, sheet: &Sheet, clause: &clauses::Clause, year: u16) {
        self.due = dates::alone(sheet, clause.from, clause.to, year);
        self.clause = sheet.words(clause.from, clause.to);
    }
}

/// A target with its place.
#[derive(Debug, Clone)]
struct Found {
    /// Where its figure or key word stands: the order of the text.
    at: usize,
    /// First and last place of the phrase, the last not within.
    phrase: (usize, usize),
    metric: String,
    comparator: Comparator,
    value: Option<Decimal>,
    tiers: Vec<Decimal>,
    unit: String,
    due: Option<NaiveDate>,
}

impl Found {
    fn target(self, sheet: &Sheet) -> Target {
        let rate = words::RATE_UNITS.contains(&self.unit.as_str()) || self.unit.contains('/');
        Target {
            metric: self.metric,
            comparator: self.comparator,
            value: self.value,
            tiers: self.tiers,
            unit: self.unit,
            rate,
            deadline: self.due,
            phrase: sheet.phrase(self.phrase.0, self.phrase.1).to_owned(),
            by_hand: false,
        }
    }
}
