//! The arithmetic of a doubt: what each reading of a row adds up to, beside its total.

use super::figures::amount;
use crate::model::{Finding, Fix, QuotaRow, Record};

/// A counted row's areas added up beside its total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// `0.5+4.5+4=9 全市9`, without what is nothing.
    pub text: String,
    /// Whether both agree.
    pub agrees: bool,
}

/// The areas of a row added up; `None` where it is not counted or not divided among areas.
pub fn sum(row: &QuotaRow) -> Option<Sum> {
    let check = row.divided_sum()?;
    let terms: Vec<String> =
        row.areas.iter().filter_map(|cell| cell.quota.amount()).filter(|one| !one.is_zero()).map(amount).collect();
    let text = format!("{}={} 全市{}", terms.join("+"), amount(check.sum), amount(check.total));
    Some(Sum { text, agrees: check.agrees() })
}

/// What the item of a doubt adds up to by its `at`-th alternative, whatever was chosen so far.
pub fn sum_of(finding: &Finding, at: usize, item: &Record) -> Option<Sum> {
    let printed = finding.before.as_ref().and_then(|before| before.applied_to_record(item));
    let fix = finding.alternatives.get(at).map(|one| &one.fix)?;
    row_sum(fix, printed.as_ref().unwrap_or(item))
}

fn row_sum(fix: &Fix, item: &Record) -> Option<Sum> {
    match fix.applied_to_record(item)? {
        Record::Row(row) => sum(&row),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Book;
    use crate::report::fixture::{Making, amount, cells, id};

    #[test]
    fn a_row_is_added_up_beside_its_total_and_only_where_it_is_divided() {
        let areas = ["东城区", "南溪县", "北山县"];
        let mut making = Making::new(&areas.join(" "));
        making.row("P1.1", "路灯", amount("20"), &cells(&areas, "12 0 7.5"));
        making.row("P2.1", "不分解", amount("5"), &cells(&areas, "/ / /"));
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let of = |key: &str| sum(book.row(key.parse().unwrap()).unwrap());
        assert_eq!(of("P1.1"), Some(Sum { text: "12+7.5=19.5 全市20".into(), agrees: false }));
        assert_eq!(of("P2.1"), None);
    }
}
