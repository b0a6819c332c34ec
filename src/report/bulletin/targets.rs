//! 主要量化指标: the figures that tasks have to reach beside those they have reached, the worst first.

use super::{Block, Writer};
use crate::catalog::Say;
use crate::model::entry::earlier_actual;
use crate::model::{Light, Rating, Target, Task};
use crate::report::figures::{amount, completion, number, points};
use crate::report::model::{Cell, Column, Table, Value};
use crate::report::paper::{count, light};
use crate::report::why::target_text;

/// At most this many stand in the table; all of them stand with their tasks in the table attached.
const LONGEST: usize = 20;

struct Measured<'a> {
    task: &'a Task,
    target: &'a Target,
    rating: Rating,
    actual: rust_decimal::Decimal,
}

impl Writer<'_> {
    /// Targets with a figure in the period; those without one are counted only. What was stopped has none to reach any more, and
    /// of what was closed the last figures stand: nothing more is filed on it.
    pub(super) fn targets(&mut self) {
        let mut all: Vec<Measured<'_>> = Vec::new();
        let mut without = 0_usize;
        for task in self.scope.tasks().filter(|task| !self.book.stopped(task.key, self.period)) {
            let closed = self.book.closed(task.key, self.period);
            for (no, target, _) in self.book.targets(task.key) {
                let counted = target.comparator.has_value() && target.value.is_some();
                let Some(rating) = self.book.rate_target(task, no, self.period).filter(|_| counted) else { continue };
                let now = self.book.actual(task.key, no, self.period).map(|(actual, _)| actual);
                let last = || earlier_actual(self.book, task.key, no, self.period).map(|(_, actual)| actual);
                match now.or_else(|| if closed { last() } else { None }) {
                    Some(actual) => all.push(Measured { task, target, rating, actual }),
                    None => without += usize::from(!closed),
                }
            }
        }
        if all.is_empty() {
            return;
        }
        all.sort_by_key(|one| one.rating.badness());
        self.chapter(Say::BulletinTargets);
        let of = |light| all.iter().filter(|one| one.rating.light == light).count();
        let reached = all.iter().filter(|one| one.rating.status.is_complete()).count();
        let (red, yellow, green) = (of(Light::Red), of(Light::Yellow), of(Light::Green));
        let total = all.len() + without;
        self.say(Say::BulletinTargetsCount, &[&total, &all.len(), &reached, &green, &yellow, &red, &without]);
        let rows = all.iter().take(LONGEST).map(|one| self.measured(one)).collect();
        let head = [
            Say::ReportColNo,
            Say::BulletinColTarget,
            Say::ReportColDone,
            Say::ReportColRate,
            Say::BulletinColGap,
            Say::ReportColLight,
            Say::ReportColLead,
        ];
        let mut columns = vec![Column::figures(); head.len()];
        columns.splice(0..2, [Column::marks(), Column::text(3)]);
        columns.splice(5..7, [Column::marks(), Column::text(2)]);
        self.blocks.push(Block::Table(Table {
            caption: self.lang.say(Say::BulletinTargetsCaption).to_owned(),
            columns,
            frozen: 2,
            head: vec![Cell::row(head.map(|say| self.lang.say(say)))],
            rows,
        }));
        let note = if all.len() > LONGEST { Say::BulletinTargetsCut } else { Say::BulletinTargetsNote };
        self.blocks.push(Block::Note(self.lang.fill(note, &[&count(all.len().min(LONGEST)).text])));
    }

    fn measured(&self, one: &Measured<'_>) -> Vec<Cell> {
        let text = format!("{}{}", amount(one.actual), one.target.unit);
        let done = if one.target.unit == "%" { Value::Percent(one.actual) } else { Value::Number(one.actual) };
        let percent = one.rating.percent.map_or(Value::Text, Value::Percent);
        let gap = one.rating.lag.filter(|lag| lag.is_sign_positive() && !lag.is_zero());
        vec![
            number(self.book, one.task.key).into(),
            target_text(one.target, self.lang).into(),
            Cell::worth(text, done),
            Cell::worth(completion(one.rating), percent),
            gap.map_or_else(|| "-".into(), |lag| Cell::worth(points(lag), Value::Number(lag))),
            light(self.lang, one.rating),
            self.list(&one.task.lead_units).into(),
        ]
    }
}
