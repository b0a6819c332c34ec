//! 各地进度: how far each area is on its own counted quotas, and the ranking.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::figures::one_decimal;
use super::summary::Counts;
use crate::model::{Book, Light, Period, Quota, QuotaRow, RowKind};

/// An area's standing in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaProgress {
    /// The area, as its column is headed.
    pub area: Arc<str>,
    /// 1 is the best; ties share a rank and the next one is skipped (1, 2, 3, 3, 5). `None` where nothing is reported, and
    /// for the city's own share (市本级), which is no place to be ranked beside the others.
    pub rank: Option<usize>,
    /// The mean 完成率 of its reported quotas, with one decimal, each counted to 100% at most so that a surplus on one item
    /// cannot hide a gap on another. `None` where nothing is reported.
    pub average: Option<Decimal>,
    /// Its quotas by status; 未报 are those without a figure.
    pub counts: Counts,
    /// Quotas with a figure of nothing at all.
    pub at_zero: usize,
}

/// Each area's standing, best first; areas without a rank come last, in the order of the columns. Areas without any
/// counted quota are left out.
pub fn areas(book: &Book, period: Period) -> Vec<AreaProgress> {
    let rows = book.rows();
    let mut all: Vec<AreaProgress> =
        book.document().areas.iter().filter_map(|area| standing(book, &rows, area, period)).collect();
    let averages: Vec<Decimal> = all.iter().filter(|one| is_ranked(&one.area)).filter_map(|one| one.average).collect();
    for one in all.iter_mut().filter(|one| is_ranked(&one.area)) {
        one.rank = one.average.map(|mine| 1 + averages.iter().filter(|other| **other > mine).count());
    }
    all.sort_by_key(|one| one.rank.unwrap_or(usize::MAX));
    all
}

fn standing(book: &Book, rows: &[&QuotaRow], area: &Arc<str>, period: Period) -> Option<AreaProgress> {
    let mut counts = Counts::default();
    let mut sum = Decimal::ZERO;
    let mut reported = 0_u32;
    let mut at_zero = 0;
    for row in rows.iter().filter(|row| row.kind() == RowKind::Number) {
        if row.quota(area).and_then(Quota::amount).is_none() {
            continue;
        }
        let rating = book.rate_cell(row, area, period);
        if !rating.status.has_light() {
            continue;
        }
        counts.add(&rating);
        if let Some(percent) = rating.percent {
            sum = sum.saturating_add(percent.min(Decimal::ONE_HUNDRED));
            reported += 1;
            at_zero += usize::from(percent.is_zero());
        }
    }
    let average = sum.checked_div(Decimal::from(reported)).map(one_decimal);
    (counts.total() > 0).then(|| AreaProgress { area: Arc::clone(area), rank: None, average, counts, at_zero })
}

fn is_ranked(area: &str) -> bool {
    !area.ends_with("本级")
}

/// A row whose total keeps pace while some areas have done nothing: a finding, not a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden<'a> {
    /// The row.
    pub row: &'a QuotaRow,
    /// The areas with a quota and a figure of zero.
    pub areas: Vec<Arc<str>>,
}

/// The rows whose city total is green although an area stands at zero.
pub fn hidden_zeros<'a>(book: &Book<'a>, rows: &[&'a QuotaRow], period: Period) -> Vec<Hidden<'a>> {
    let green = |row: &&&QuotaRow| book.rate_row(row, period).light == Light::Green;
    rows.iter()
        .filter(|row| row.kind() == RowKind::Number)
        .filter(green)
        .filter_map(|row| {
            let at_zero = |area: &Arc<str>| book.rate_cell(row, area, period).percent.is_some_and(|p| p.is_zero());
            let areas: Vec<Arc<str>> =
                row.areas.iter().map(|cell| &cell.area).filter(|area| at_zero(area)).cloned().collect();
            (!areas.is_empty()).then_some(Hidden { row, areas })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;
    use crate::report::fixture::{Making, amount, cells, dec, id, q};

    const AREAS: [&str; 6] = ["市本级", "东城区", "南溪县", "北山县", "西河市", "高新区"];

    #[test]
    fn ties_share_a_rank_and_the_next_is_skipped() {
        let mut making = Making::new(&AREAS.join(" "));
        making.row("P1.1", "路灯", amount("60"), &cells(&AREAS, "10 10 10 10 10 10"));
        for (area, done) in AREAS.iter().zip(["10", "9", "8", "5", "5", "1"]) {
            making.done("P1.1", area, q(3), done);
        }
        let ledger = making.ledger();
        let all = areas(&Book::open(&ledger, &id()).unwrap(), q(3));
        let ranks: Vec<_> = all.iter().map(|one| (&*one.area, one.rank)).collect();
        let expected = [
            ("东城区", Some(1)),
            ("南溪县", Some(2)),
            ("北山县", Some(3)),
            ("西河市", Some(3)),
            ("高新区", Some(5)),
            ("市本级", None),
        ];
        assert_eq!(ranks, expected);
    }

    #[test]
    fn a_surplus_hides_no_gap_and_what_is_not_reported_counts_neither_way() {
        let mut making = Making::new("东城区 南溪县");
        making.row("P1.1", "路灯", amount("20"), &cells(&["东城区", "南溪县"], "10 10"));
        making.row("P2.1", "水站", amount("20"), &cells(&["东城区", "南溪县"], "10 10"));
        making.row("P3.1", "桥", amount("5"), &cells(&["东城区", "南溪县"], "5 /"));
        making.done("P1.1", "东城区", q(3), "30").done("P2.1", "东城区", q(3), "0");
        making.done("P1.1", "南溪县", q(3), "6");
        let ledger = making.ledger();
        let all = areas(&Book::open(&ledger, &id()).unwrap(), q(3));
        let one = |area: &str| all.iter().find(|one| &*one.area == area).unwrap();
        assert_eq!(one("东城区").average, Some(dec("50.0")), "(100 + 0) / 2, the bridge is not reported");
        assert_eq!((one("东城区").at_zero, one("东城区").counts.of(Status::Unknown)), (1, 1));
        assert_eq!(one("南溪县").average, Some(dec("60.0")));
        assert_eq!(one("南溪县").counts.total(), 2, "`/` is no quota");
        assert_eq!((one("南溪县").rank, one("东城区").rank), (Some(1), Some(2)));
    }

    #[test]
    fn a_total_that_keeps_pace_does_not_hide_areas_at_zero() {
        let mut making = Making::new("东城区 南溪县 北山县");
        let areas = ["东城区", "南溪县", "北山县"];
        making.row("P1.1", "水站", amount("20"), &cells(&areas, "12 4 4"));
        making.done("P1.1", "东城区", q(3), "24").done("P1.1", "南溪县", q(3), "0").done("P1.1", "北山县", q(3), "0");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let hidden = hidden_zeros(&book, &book.rows(), q(3));
        let found = hidden.first().unwrap();
        assert_eq!(found.areas.iter().map(|area| &**area).collect::<Vec<_>>(), ["南溪县", "北山县"]);
    }
}
