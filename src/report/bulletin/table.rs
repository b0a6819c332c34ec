//! 民生实事: the table of quota rows with every area's figures.

use super::{Block, Writer};
use rust_decimal::Decimal;

use crate::catalog::Say;
use crate::model::{CITY_TOTAL, CellState, Quota, QuotaRow};
use crate::report::figures::{amount, completion, done, number, quota, with_unit};
use crate::report::json::open_doubts;
use crate::report::model::{Cell, Column, Table};
use crate::report::scope::For;

impl Writer<'_> {
    pub(super) fn livelihood(&mut self) {
        let rows = self.scope.rows();
        if rows.is_empty() {
            return;
        }
        self.chapter(Say::ReportLivelihood);
        // For one area its own figures stand where the city's do otherwise.
        let (place, areas): (&str, Vec<&str>) = match self.scope.of() {
            For::Area(area) => (area, Vec::new()),
            _ => (CITY_TOTAL, self.book.document().areas.iter().map(AsRef::as_ref).collect()),
        };
        let say = |what: Say| self.lang.say(what).to_owned();
        let mut head = vec![say(Say::ReportColNo), say(Say::ReportColItem)];
        head.extend([Say::ReportColTarget, Say::ReportColDone, Say::ReportColRate].map(say));
        head.extend(areas.iter().map(|area| (*area).to_owned()));
        head.push(say(Say::ReportColLead));
        let mut columns = vec![Column::text(0), Column::text(4)];
        columns.extend(std::iter::repeat_n(Column::figures(), 3 + areas.len()));
        columns.push(Column::text(2));

        let mut notes = Vec::new();
        let mut lines = Vec::new();
        for row in &rows {
            let mut line = vec![number(self.book, row.key), name(row)];
            let (quota, done_now) = self.figures(row, place);
            line.push(self.short(row, quota, place, &mut notes));
            line.push(done(done_now, quota));
            line.push(completion(self.scope.rate_row(row, self.period)));
            for area in &areas {
                line.push(match self.book.cell(row, area, self.period) {
                    Some(cell) => self.cell(row, &cell, area, &mut notes),
                    None => String::new(),
                });
            }
            line.push(self.list(&row.lead_units));
            lines.push(line);
        }
        self.blocks.push(Block::Table(Table {
            caption: match self.scope.of() {
                For::Area(area) => self.lang.fill(Say::ReportLivelihoodOfArea, &[area]),
                _ => self.lang.say(Say::ReportLivelihoodCaption).to_owned(),
            },
            columns,
            frozen: 2,
            head: vec![Cell::row(head)],
            rows: lines.into_iter().map(Cell::row).collect(),
        }));
        self.blocks.extend(notes.into_iter().map(Block::Note));
        let doubtful = rows.iter().filter(|row| open_doubts(self.book, row.key) > 0);
        let doubtful: Vec<String> = doubtful.map(|row| number(self.book, row.key)).collect();
        if !doubtful.is_empty() {
            let note = self.lang.fill(Say::ReportDoubtful, &[&self.list(doubtful)]);
            self.blocks.push(Block::Note(note));
        }
    }

    /// Target and done figure of the city or of an area.
    pub(super) fn figures<'r>(&self, row: &'r QuotaRow, place: &str) -> (&'r Quota, Option<Decimal>) {
        if place == CITY_TOTAL {
            return (&row.total, self.book.row_done(row, self.period));
        }
        let done = self.book.done(row.key, place, self.period).map(|(value, _)| value);
        match row.quota(place) {
            // An empty cell beside a sentence: the city's sentence applies to every area.
            Some(Quota::Blank) => (&row.total, done),
            Some(quota) => (quota, done),
            None => (&Quota::NotAssigned, done),
        }
    }

    /// 12/16: done and quota. A quota of nothing stands alone until something is done there all the same.
    fn cell(&self, row: &QuotaRow, cell: &CellState, area: &str, notes: &mut Vec<String>) -> String {
        let quota = self.short(row, cell.quota, area, notes);
        match (cell.quota, cell.done) {
            (Quota::Amount(value, _), None) if value.is_zero() => quota,
            (Quota::Amount(..) | Quota::Percent(..), _) | (_, Some(_)) => {
                format!("{}/{quota}", done(cell.done, cell.quota))
            }
            (_, None) => quota,
        }
    }

    /// A quota short enough for a cell: a sentence, and what is printed beside an amount, become a note below the table.
    pub(super) fn short(&self, row: &QuotaRow, what: &Quota, place: &str, notes: &mut Vec<String>) -> String {
        let text = match what {
            Quota::Text(text) => text.clone(),
            Quota::Amount(value, Some(note)) => format!("{}{note}", with_unit(&amount(*value), row)),
            _ => return quota(what, self.lang),
        };
        let place = if place == CITY_TOTAL { self.lang.say(Say::ReportCity) } else { place };
        let number = number(self.book, row.key);
        notes.push(self.lang.fill(Say::ReportTargetNote, &[&(notes.len() + 1), &number, &place, &text]));
        let mark = self.lang.fill(Say::ReportSeeNote, &[&notes.len()]);
        match what {
            Quota::Amount(value, _) => format!("{}{mark}", amount(*value)),
            _ => mark,
        }
    }
}

/// What the row is about: its name with its unit, so that the figures need none. Where several rows of an item share a
/// name, the goal tells them apart.
pub(super) fn name(row: &QuotaRow) -> String {
    let title = if row.name.is_empty() { row.title() } else { row.name.clone() };
    if row.unit.is_empty() { title } else { format!("{title}（{}）", row.unit) }
}
