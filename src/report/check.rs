//! 核对: what of a document's reading a person still has to look at: open doubts, and sums that differ.

use rust_decimal::Decimal;

use super::figures::{amount, number};
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey};

/// A place to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line of the source file.
    pub line: u32,
    /// The item it is about, where it is about one.
    pub key: Option<ItemKey>,
    /// The item's number as offices say it (省17-2); empty where it is about none.
    pub number: String,
    /// What is the matter.
    pub what: Matter,
}

/// What is the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// The page does not decide.
    Doubt {
        /// What is open.
        what: String,
        /// How it is read for now.
        reading: String,
        /// The readings to choose from.
        alternatives: Vec<String>,
    },
    /// The areas do not add up to the printed total.
    SumDiffers {
        /// What the row is about.
        name: String,
        /// What the areas add up to.
        sum: Decimal,
        /// What is printed.
        total: Decimal,
        /// The unit of both.
        unit: String,
    },
}

impl Matter {
    /// What is the matter, in a sentence.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Doubt { what, reading, alternatives } => {
                let choices = alternatives.join(lang.say(Say::ReportChoiceJoin));
                lang.fill(Say::ReportCheckDoubt, &[what, reading, &choices])
            }
            Self::SumDiffers { name, sum, total, unit } => {
                let difference = sum.saturating_sub(*total);
                let sign = if difference.is_sign_negative() { "" } else { "+" };
                let difference = format!("{sign}{}{unit}", amount(difference));
                let [sum, total] = [sum, total].map(|value| format!("{}{unit}", amount(*value)));
                lang.fill(Say::ReportCheckSum, &[name, &total, &sum, &difference])
            }
        }
    }
}

/// Every open doubt and every counted row whose areas do not add up to its total, by line.
pub fn check(book: &Book) -> Vec<Problem> {
    let doubts = book.findings().filter(|finding| finding.is_open()).map(|finding| Problem {
        line: finding.line,
        key: finding.item,
        number: finding.item.map_or_else(String::new, |key| number(book, key)),
        what: Matter::Doubt {
            what: finding.what.clone(),
            reading: finding.reading.clone(),
            alternatives: finding.alternatives.iter().map(|one| one.reading.clone()).collect(),
        },
    });
    let rows = book.rows();
    let sums = rows.iter().filter_map(|row| {
        let sums = row.divided_sum().filter(|sums| !sums.agrees())?;
        let what =
            Matter::SumDiffers { name: row.name.clone(), sum: sums.sum, total: sums.total, unit: row.unit.clone() };
        Some(Problem { line: row.line, key: Some(row.key), number: number(book, row.key), what })
    });
    let mut all: Vec<Problem> = doubts.chain(sums).collect();
    all.sort_by_key(|problem| problem.line);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Making, amount, cells, id};

    #[test]
    fn open_doubts_and_sums_that_differ_are_listed_by_line_and_settled_ones_are_not() {
        let areas = ["东城区", "南溪县"];
        let mut making = Making::new(&areas.join(" "));
        making.row("P1.1", "路灯", amount("20"), &cells(&areas, "10 10"));
        making.row("P2.1", "快处", amount("36"), &cells(&areas, "30.5 6"));
        making.row("P3.1", "不分解", amount("5"), &cells(&areas, "/ /"));
        making.doubt(900, "P1.1", None).doubt(812, "P1.1", None).doubt(811, "P1.1", Some(0));
        let ledger = making.ledger();
        let found = check(&Book::open(&ledger, &id()).unwrap());
        assert_eq!(found.iter().map(|one| one.line).collect::<Vec<_>>(), [812, 821, 900]);
        let sum = found.iter().find(|one| one.line == 821).unwrap();
        assert_eq!((sum.number.as_str(), sum.key.map(|key| key.to_string()).as_deref()), ("省2", Some("P2.1")));
        let message = sum.what.message(Lang::Zh);
        assert_eq!(message, "合计不符：快处，全市任务36个，各地合计36.5个，相差+0.5个");
        let doubt = found.first().unwrap().what.message(Lang::En);
        assert!(doubt.ends_with("choices: 市本级 / 东城区"), "{doubt}");
    }
}
