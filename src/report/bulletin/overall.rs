//! 总体情况: counts by status with percentages.

use std::collections::BTreeSet;

use super::{Block, Writer};
use crate::catalog::Say;
use crate::model::Status;
use crate::report::charts::{against_last, lights_by_unit};
use crate::report::compare::told;
use crate::report::figures::percent;
use crate::report::summary::{Counts, summary};

/// At most this many units' lights are drawn, those with most red.
const UNITS: usize = 12;

impl Writer<'_> {
    /// Answers whether anything falls within the report.
    pub(super) fn overall(&mut self) -> bool {
        let counts = summary(&self.scope, self.period);
        if counts.tasks.total() > 0 {
            let parts = self.parts(&counts.tasks);
            let mut text = self.lang.fill(Say::ReportOverallTasks, &[&counts.tasks.total(), &parts]);
            self.exceeded(&mut text, &counts.tasks);
            self.blocks.push(Block::Paragraph(text));
        }
        if counts.rows.total() > 0 {
            let items = self.scope.rows().iter().map(|row| row.key.item()).collect::<BTreeSet<_>>().len();
            let parts = self.parts(&counts.rows);
            let mut text = if counts.rows.of(Status::NotRated) > 0 {
                let (left_out, rated) = (counts.rows.of(Status::NotRated), counts.rows.rated());
                self.lang.fill(Say::ReportOverallRowsSome, &[&items, &counts.rows.total(), &left_out, &rated, &parts])
            } else {
                self.lang.fill(Say::ReportOverallRows, &[&items, &counts.rows.total(), &parts])
            };
            self.exceeded(&mut text, &counts.rows);
            self.blocks.push(Block::Paragraph(text));
        }
        if counts.tasks.total() + counts.rows.total() == 0 {
            self.say(Say::ReportNothing, &[]);
            return false;
        }
        self.compared();
        true
    }

    /// The lights beside those of the last period, and by unit.
    pub(super) fn pictures(&mut self) {
        let last = against_last(&self.scope, self.period, self.lang);
        self.blocks.extend(last.map(Block::Chart));
        let Some(mut units) = lights_by_unit(&self.scope, self.period, self.lang) else { return };
        let all = units.bars.len();
        units.bars.truncate(UNITS);
        let full = units.bars.iter().map(|bar| bar.parts.iter().map(|(_, value)| *value).sum()).max();
        units.full = full.unwrap_or(units.full);
        self.blocks.push(Block::Chart(units));
        if all > UNITS {
            self.blocks.push(Block::Note(self.lang.fill(Say::BulletinUnitsNote, &[&all, &UNITS])));
        }
    }

    /// 与上期相比: what turned red, what recovered, what did not move.
    fn compared(&mut self) {
        self.blocks.extend(told(&self.scope, self.period, self.lang).map(Block::Paragraph));
    }

    fn exceeded(&self, text: &mut String, counts: &Counts) {
        if counts.of(Status::Exceeded) > 0 {
            text.push_str(&self.lang.fill(Say::ReportExceeded, &[&counts.of(Status::Exceeded)]));
        }
    }

    /// 已完成a项（x.x%），超序时b项（x.x%），…: all that were rated, each once.
    fn parts(&self, counts: &Counts) -> String {
        let shown = [
            (Status::Complete, counts.complete()),
            (Status::Ahead, counts.of(Status::Ahead)),
            (Status::OnTime, counts.of(Status::OnTime)),
            (Status::Behind, counts.of(Status::Behind)),
            (Status::FarBehind, counts.of(Status::FarBehind)),
            (Status::NotStarted, counts.of(Status::NotStarted)),
            (Status::Unknown, counts.of(Status::Unknown)),
            (Status::Stopped, counts.of(Status::Stopped)),
        ];
        let parts = shown.map(|(status, count)| {
            let share = percent(counts.share(count));
            self.lang.fill(Say::ReportCountPart, &[&self.lang.status(status), &count, &share])
        });
        parts.join(self.lang.say(Say::ReportPartJoin))
    }
}
