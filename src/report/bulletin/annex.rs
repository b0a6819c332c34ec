//! 附件: the table of tasks and the matrix of quotas.

use super::Writer;
use crate::catalog::Say;
use crate::model::Task;
use crate::report::figures::number;
use crate::report::matrix;
use crate::report::model::{Attachment, Block, Cell, Column, Table};
use crate::report::paper::{flat, light, rate};
use crate::report::why::target_text;

impl Writer<'_> {
    pub(super) fn annexes(&self) -> Vec<Attachment> {
        let mut annexes = Vec::new();
        let tasks: Vec<Vec<Cell>> = self.scope.tasks().map(|task| self.task(task)).collect();
        if !tasks.is_empty() {
            let title = self.lang.say(Say::ReportAnnexTasks).to_owned();
            annexes.push(Attachment { title, blocks: vec![Block::Table(self.tasks(tasks))] });
        }
        let blocks = matrix::blocks(self.book, &self.scope, self.period, self.lang);
        if !blocks.is_empty() {
            annexes.push(Attachment { title: self.lang.say(Say::ReportAnnexRows).to_owned(), blocks });
        }
        annexes
    }

    fn tasks(&self, rows: Vec<Vec<Cell>>) -> Table {
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::ReportColTask, Column::text(4)),
            (Say::ReportColLeaders, Column::text(1)),
            (Say::ReportColUnit, Column::text(2)),
            (Say::KindColSteps, Column::text(2)),
            (Say::KindColProgress, Column::text(5)),
            (Say::KindColState2, Column::figures()),
            (Say::ReportColLight, Column::marks()),
        ];
        Table {
            caption: String::new(),
            frozen: 2,
            head: vec![Cell::row(columns.iter().map(|(head, _)| self.lang.say(*head)))],
            columns: columns.into_iter().map(|(_, column)| column).collect(),
            rows,
        }
    }

    /// 序号, 工作任务, 牵头领导, 责任单位, 进度要求, 进展情况、存在问题及下一步打算, 完成情况, 亮灯.
    fn task(&self, task: &Task) -> Vec<Cell> {
        let rating = self.scope.rate_task(task, self.period);
        let targets = self.book.targets(task.key).map(|(_, target, _)| target_text(target, self.lang));
        let targets = targets.collect::<Vec<_>>().join(self.lang.say(Say::ReportClauseJoin));
        let said = self.book.filing(task.key, self.period).map(|(filing, _)| {
            let parts = [&filing.progress, &filing.problems, &filing.next].map(|text| flat(text));
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
        });
        vec![
            number(self.book, task.key).into(),
            flat(&task.text).into(),
            self.list(&task.leaders).into(),
            self.list(task.units()).into(),
            targets.into(),
            said.unwrap_or_default().into(),
            rate(rating),
            light(self.lang, rating),
        ]
    }
}
