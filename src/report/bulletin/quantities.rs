//! 主要量化指标: the targets that are figures, the widest gap first.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::{Block, Writer};
use crate::catalog::Say;
use crate::model::{Rating, Status, Target, Task};
use crate::report::figures::{amount, number};
use crate::report::model::{Cell, Column, Table, Value};
use crate::report::paper::{light, rate};
use crate::report::why::target_text;

/// So many figures stand in the bulletin itself; the others stand in the annex beside their tasks.
const SHOWN: usize = 30;

impl<'a> Writer<'a> {
    pub(super) fn quantities(&mut self) {
        let mut all = self.targets();
        if all.is_empty() {
            return;
        }
        self.chapter(Say::ReportFigures);
        let reached = all.iter().filter(|(.., rating)| rating.status.is_complete()).count();
        let short = all.iter().filter(|(.., rating)| rating.lags()).count();
        let unknown = all.iter().filter(|(.., rating)| rating.status == Status::Unknown).count();
        self.say(Say::ReportFiguresText, &[&all.len(), &reached, &short, &unknown]);
        all.retain(|(.., rating)| rating.status != Status::Unknown);
        all.sort_by_key(|(task, _, no, rating)| {
            (rating.status, Reverse(rating.lag.unwrap_or(Decimal::ZERO)), task.key, *no)
        });
        let rest = all.len().saturating_sub(SHOWN);
        let rows = all.iter().take(SHOWN).map(|(task, target, no, rating)| self.target(task, target, *no, *rating));
        let rows: Vec<Vec<Cell>> = rows.collect();
        if rows.is_empty() {
            return;
        }
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::ReportColMetric, Column::text(4)),
            (Say::ReportColDone, Column::figures()),
            (Say::ReportColRate, Column::figures()),
            (Say::ReportColLight, Column::marks()),
            (Say::ReportColLead, Column::text(1)),
        ];
        self.blocks.push(Block::Table(Table {
            caption: self.lang.say(Say::ReportFiguresCaption).to_owned(),
            frozen: 2,
            head: vec![Cell::row(columns.iter().map(|(head, _)| self.lang.say(*head)))],
            columns: columns.into_iter().map(|(_, column)| column).collect(),
            rows,
        }));
        if rest > 0 {
            self.blocks.push(Block::Note(self.lang.fill(Say::ReportFiguresRest, &[&rest])));
        }
    }

    /// Every target with a figure, rated by itself.
    fn targets(&self) -> Vec<(&'a Task, &'a Target, u16, Rating)> {
        let of_task = |task: &'a Task| {
            let targets = self.book.targets(task.key);
            targets.filter(|(_, target, _)| target.value.is_some()).filter_map(move |(no, target, _)| {
                Some((task, target, no, self.book.rate_target(task, no, self.period)?))
            })
        };
        self.scope.tasks().flat_map(of_task).collect()
    }

    fn target(&self, task: &Task, target: &Target, no: u16, rating: Rating) -> Vec<Cell> {
        let done = match self.book.actual(task.key, no, self.period) {
            Some((value, _)) => Cell::worth(format!("{}{}", amount(value), target.unit), Value::Number(value)),
            None => "-".into(),
        };
        vec![
            number(self.book, task.key).into(),
            target_text(target, self.lang).into(),
            done,
            rate(rating),
            light(self.lang, rating),
            self.list(&task.lead_units).into(),
        ]
    }
}
