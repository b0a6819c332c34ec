//! How a doubtful place is read: the readings to choose from with their sums, and the item as it stands.

use ratatui::style::Style;

use super::super::super::state::State;
use super::super::detail::Line;
use crate::catalog::Say;
use crate::model::{Finding, Key, QuotaRow, Record};
use crate::report::doubt::{Sum, sum, sum_of};
use crate::report::figures::quota;
use crate::text::width::{pad, width};
use crate::text::wrap::wrap;

/// Columns of a label.
const LABEL: usize = 10;

/// The lines of a finding.
pub(super) fn of_finding(state: &State, finding: &Finding, columns: usize) -> Vec<Line> {
    let mut text = Text { state, columns, lines: Vec::new() };
    let lang = state.lang();
    let item = finding.item.and_then(|item| state.ledger.get(&Key::item(&state.document, item)));
    let item = item.map(|entry| entry.record.as_ref());
    let chosen = finding.settled.and_then(|at| finding.alternatives.get(usize::from(at)));
    text.part(Say::LabelReading, chosen.map_or(&finding.reading, |one| &one.reading));
    text.part(Say::LabelSure, lang.confidence(finding.confidence));
    for at in 0..finding.alternatives.len() {
        text.alternative(finding, at, item);
    }
    text.part(Say::LabelWhy, &finding.why);
    if let Some(item) = item {
        text.item(item);
    }
    text.lines
}

/// The lines of a row whose areas do not add up.
pub(super) fn of_row(state: &State, row: &QuotaRow, columns: usize) -> Vec<Line> {
    let mut text = Text { state, columns, lines: Vec::new() };
    text.part(Say::LabelReading, state.lang().say(Say::CheckSumAsPrinted));
    text.item(&Record::Row(row.clone()));
    text.lines
}

struct Text<'a> {
    state: &'a State,
    columns: usize,
    lines: Vec<Line>,
}

impl Text<'_> {
    fn part(&mut self, label: Say, text: &str) {
        let label = self.state.lang().say(label);
        self.indented(&pad(label, LABEL), text, self.state.theme.text());
    }

    fn indented(&mut self, head: &str, text: &str, style: Style) {
        let indent = width(head);
        for (at, line) in wrap(text, self.columns.saturating_sub(indent).max(1)).into_iter().enumerate() {
            let head = if at == 0 { head.to_owned() } else { " ".repeat(indent) };
            self.lines.push((format!("{head}{line}"), style));
        }
    }

    fn alternative(&mut self, finding: &Finding, at: usize, item: Option<&Record>) {
        let Some(alternative) = finding.alternatives.get(at) else { return };
        let theme = self.state.theme;
        let letter = char::from(b'a' + u8::try_from(at).unwrap_or(25).min(25));
        let chosen = finding.settled.is_some_and(|settled| usize::from(settled) == at);
        let mark = if chosen { self.state.glyphs().agrees } else { " " };
        let style = if chosen { theme.good() } else { theme.key() };
        self.indented(&format!("{mark} {letter}  "), &alternative.reading, style);
        if !alternative.why.is_empty() {
            self.indented("     ", &alternative.why, theme.text());
        }
        if let Some(sum) = item.and_then(|item| sum_of(finding, at, item)) {
            self.sum("     ", &sum);
        }
    }

    fn sum(&mut self, head: &str, sum: &Sum) {
        let (say, style) = if sum.agrees {
            (Say::DoubtSumAgrees, self.state.theme.good())
        } else {
            (Say::DoubtSumDiffers, self.state.theme.warn())
        };
        let text = self.state.lang().fill(say, &[&sum.text]);
        self.indented(head, &text, style);
    }

    /// The item as it stands now.
    fn item(&mut self, item: &Record) {
        let lang = self.state.lang();
        self.lines.push((String::new(), Style::new()));
        match item {
            Record::Task(task) => {
                self.part(Say::LabelLeaders, &task.leaders.join(lang.say(Say::Names)));
                self.part(Say::LabelLead, &task.lead_units.join(lang.say(Say::Names)));
                self.part(Say::LabelCoop, &task.coop_units.join(lang.say(Say::Names)));
                self.part(Say::LabelText, &task.text);
            }
            Record::Row(row) => {
                self.part(Say::LabelText, &row.title());
                let areas = row.areas.iter().map(|cell| format!("{} {}", cell.area, quota(&cell.quota, lang)));
                let total = lang.fill(Say::CheckTotal, &[&quota(&row.total, lang), &row.unit]);
                let cells: Vec<String> = std::iter::once(total).chain(areas).collect();
                self.part(Say::LabelQuota, &cells.join("  "));
                if let Some(sum) = sum(row) {
                    self.sum(&" ".repeat(LABEL), &sum);
                }
                self.part(Say::LabelLead, &row.lead_units.join(lang.say(Say::Names)));
                self.part(Say::LabelCoop, &row.coop_units.join(lang.say(Say::Names)));
            }
            _ => {}
        }
    }
}
