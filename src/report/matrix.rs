//! 民生实事 as a matrix: each quota row with the city's figures and every area's.

use chrono::NaiveDate;

use super::bulletin::row_tables;
use super::figures::{amount, number, with_unit};
use super::model::{Kind, Report};
use super::paper::{Paper, for_whom};
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Period};

/// The matrix of livelihood quotas, of everything or of what falls on somebody; below it the sums that differ from the printed total.
pub fn matrix(book: &Book<'_>, of: &For, period: Period, today: NaiveDate, lang: Lang) -> Report {
    let mut paper = Paper::new(book, lang);
    paper.blocks = row_tables(book, of, period, today, lang);
    if paper.blocks.is_empty() {
        paper.say(Say::ReportNothing, &[]);
    }
    for row in Scope::new(book, of).rows() {
        if let Some(sums) = row.divided_sum().filter(|sums| !sums.agrees()) {
            let apart = sums.sum.saturating_sub(sums.total).abs();
            let figures = [sums.total, sums.sum, apart].map(|figure| with_unit(&amount(figure), row));
            let [total, sum, apart] = &figures;
            paper.note(Say::KindSum, &[&number(book, row.key), total, sum, apart]);
        }
    }
    let title = lang.fill(Say::KindMatrixTitle, &[&lang.period(period)]);
    paper.report(Kind::Matrix, title, for_whom(of, lang), today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Block;
    use crate::report::fixture::{Making, amount, cells, day, id, q};

    #[test]
    fn only_sums_of_rows_that_are_divided_among_areas_are_noted() {
        let mut making = Making::new("东城区 南溪县");
        making.row("P1.1", "路灯", amount("20"), &cells(&["东城区", "南溪县"], "12 10"));
        making.row("P2.1", "水站", amount("7"), &cells(&["东城区", "南溪县"], "/ /"));
        let ledger = making.ledger();
        let report = matrix(&Book::open(&ledger, &id()).unwrap(), &For::All, q(3), day(10, 25), Lang::Zh);
        let notes: Vec<&Block> = report.blocks.iter().filter(|block| matches!(block, Block::Note(_))).collect();
        assert_eq!(notes, [&Block::Note("省1：全市任务20个，各地合计22个，相差2个。".into())]);
    }
}
