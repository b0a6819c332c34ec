//! 民生实事 as a matrix: each quota row with the city's figures and every area's.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::figures::{amount, number, quota, with_unit};
use super::json::open_doubts;
use super::model::{Block, Cell, Column, Joined, Kind, Report, Table, Value};
use super::paper::{Paper, light, list, rate};
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, CITY_TOTAL, CellState, Period, Quota, QuotaRow};

/// The matrix of livelihood quotas, of everything or of what falls on somebody.
pub fn matrix(book: &Book<'_>, of: &For, period: Period, today: NaiveDate, lang: Lang) -> Report {
    let scope = Scope::new(book, of);
    let mut paper = Paper::new(book, lang);
    paper.blocks.extend(blocks(book, &scope, period, lang));
    if paper.blocks.is_empty() {
        paper.say(Say::ReportNothing, &[]);
    }
    for row in scope.rows() {
        if let Some(sums) = row.sum_check().filter(|sums| !sums.agrees()) {
            let apart = (sums.sum - sums.total).abs();
            let figures = [sums.total, sums.sum, apart].map(|figure| with_unit(&amount(figure), row));
            let [total, sum, apart] = &figures;
            paper.note(Say::KindSum, &[&number(book, row.key), total, sum, apart]);
        }
    }
    let title = lang.fill(Say::KindMatrixTitle, &[&lang.period(period)]);
    paper.report(Kind::Matrix, title, super::person::for_whom(of, lang), today)
}

/// The table of the rows within a scope and its notes; nothing where there are none.
pub(super) fn blocks(book: &Book<'_>, scope: &Scope<'_>, period: Period, lang: Lang) -> Vec<Block> {
    let rows = scope.rows();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut writer = Writer { book, scope, period, lang, notes: Vec::new() };
    let table = writer.table(&rows);
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(writer.notes.into_iter().map(Block::Note));
    let doubtful = rows.iter().filter(|row| open_doubts(book, row.key) > 0);
    let doubtful: Vec<String> = doubtful.map(|row| number(book, row.key)).collect();
    if !doubtful.is_empty() {
        blocks.push(Block::Note(lang.fill(Say::ReportDoubtful, &[&list(lang, doubtful)])));
    }
    blocks
}

/// Target and done figure of the city or of an area.
pub(super) fn figures<'r>(
    book: &Book<'_>,
    row: &'r QuotaRow,
    place: &str,
    period: Period,
) -> (&'r Quota, Option<Decimal>) {
    if place == CITY_TOTAL {
        return (&row.total, book.row_done(row, period));
    }
    let done = book.done(row.key, place, period).map(|(value, _)| value);
    match row.quota(place) {
        // An empty cell beside a sentence: the city's sentence applies to every area.
        Some(Quota::Blank) => (&row.total, done),
        Some(quota) => (quota, done),
        None => (&Quota::NotAssigned, done),
    }
}

struct Writer<'a> {
    book: &'a Book<'a>,
    scope: &'a Scope<'a>,
    period: Period,
    lang: Lang,
    /// What does not fit into a cell: sentences, what is printed beside an amount.
    notes: Vec<String>,
}

impl Writer<'_> {
    fn table(&mut self, rows: &[&QuotaRow]) -> Table {
        // For one area its own figures stand where the city's do otherwise.
        let (place, areas): (&str, Vec<&str>) = match self.scope.of() {
            For::Area(area) => (area, Vec::new()),
            _ => (CITY_TOTAL, self.book.document().areas.iter().map(AsRef::as_ref).collect()),
        };
        let whose = if place == CITY_TOTAL { self.lang.say(Say::ReportCity) } else { place };
        let lang = self.lang;
        let say = |what: Say| lang.say(what);
        let parts = [Say::ReportColTarget, Say::ReportColDone, Say::ReportColRate].map(|part| say(part).to_owned());
        let divided = |part: &[String]| Column { parts: part.to_vec(), ..Column::figures() };
        let mut columns = vec![Column::marks(), Column::text(4)];
        columns.extend(std::iter::repeat_n(Column::figures(), 3));
        columns.push(Column::marks());
        columns.extend(std::iter::repeat_n(divided(&parts), areas.len()));
        columns.push(Column::text(2));

        let mut over = Cell::row([say(Say::ReportColNo), say(Say::ReportColItem), whose]);
        over.extend([whose, whose].map(|whose| Cell::from(whose).joined(Joined::Left)));
        over.push(say(Say::ReportColLight).into());
        over.extend(areas.iter().map(|area| Cell::from(*area)));
        over.push(say(Say::ReportColLead).into());
        let mut under = over.clone();
        for (at, cell) in under.iter_mut().enumerate() {
            *cell = match at.checked_sub(2).and_then(|at| parts.get(at)) {
                Some(part) => part.as_str().into(),
                None => cell.clone().joined(Joined::Above),
            };
        }
        let caption = match self.scope.of() {
            For::Area(area) => self.lang.fill(Say::ReportLivelihoodOfArea, &[area]),
            _ => say(Say::ReportLivelihoodCaption).to_owned(),
        };
        let rows = rows.iter().map(|row| self.row(row, place, &areas)).collect();
        Table { caption, columns, frozen: 2, head: vec![over, under], rows }
    }

    fn row(&mut self, row: &QuotaRow, place: &str, areas: &[&str]) -> Vec<Cell> {
        let mut line = vec![number(self.book, row.key).into(), name(row).into()];
        let (target, done) = figures(self.book, row, place, self.period);
        let rating = self.scope.rate_row(row, self.period);
        line.push(worth(self.short(row, target, place), target));
        line.push(figure(done, target));
        line.push(rate(rating));
        line.push(light(self.lang, rating));
        for area in areas {
            let cell = self.book.cell(row, area, self.period);
            line.push(match cell {
                Some(cell) => self.cell(row, &cell, area),
                None => Cell::worth("", Value::Parts(vec![Cell::default(); 3])),
            });
        }
        line.push(list(self.lang, &row.lead_units).into());
        line
    }

    /// 12/16: done and quota. A quota of nothing stands alone until something is done there all the same.
    fn cell(&mut self, row: &QuotaRow, cell: &CellState<'_>, area: &str) -> Cell {
        let target = self.short(row, cell.quota, area);
        let text = match (cell.quota, cell.done) {
            (Quota::Amount(value, _), None) if value.is_zero() => target.clone(),
            (Quota::Amount(..) | Quota::Percent(..), _) | (_, Some(_)) => {
                format!("{}/{target}", super::figures::done(cell.done, cell.quota))
            }
            (_, None) => target.clone(),
        };
        let done = match cell.done {
            Some(_) => figure(cell.done, cell.quota),
            None => Cell::default(),
        };
        let completion = self.book.cell_completion(row, area, self.period).map_or_else(Cell::default, |value| {
            Cell::worth(super::figures::percent(value), Value::Percent(super::figures::one_decimal(value)))
        });
        Cell::worth(text, Value::Parts(vec![worth(target, cell.quota), done, completion]))
    }

    /// A quota short enough for a cell: a sentence, and what is printed beside an amount, become a note below the table.
    fn short(&mut self, row: &QuotaRow, what: &Quota, place: &str) -> String {
        let text = match what {
            Quota::Text(text) => text.clone(),
            Quota::Amount(value, Some(note)) => format!("{}{note}", with_unit(&amount(*value), row)),
            _ => return quota(what, self.lang),
        };
        let place = if place == CITY_TOTAL { self.lang.say(Say::ReportCity) } else { place };
        let number = number(self.book, row.key);
        self.notes.push(self.lang.fill(Say::ReportTargetNote, &[&(self.notes.len() + 1), &number, &place, &text]));
        let mark = self.lang.fill(Say::ReportSeeNote, &[&self.notes.len()]);
        match what {
            Quota::Amount(value, _) => format!("{}{mark}", amount(*value)),
            _ => mark,
        }
    }
}

/// A quota with what it is worth to a workbook.
pub(super) fn worth(text: String, quota: &Quota) -> Cell {
    match quota {
        Quota::Amount(value, None) => Cell::worth(text, Value::Number(*value)),
        Quota::Percent(value, false) => Cell::worth(text, Value::Percent(*value)),
        _ => text.into(),
    }
}

/// A done figure in the manner of its quota; a dash where there is none.
pub(super) fn figure(done: Option<Decimal>, quota: &Quota) -> Cell {
    let text = super::figures::done(done, quota);
    match (done, quota) {
        (Some(value), Quota::Percent(..)) => Cell::worth(text, Value::Percent(value)),
        (Some(value), _) => Cell::worth(text, Value::Number(value)),
        (None, _) => text.into(),
    }
}

/// What the row is about: its name with its unit, so that the figures need none. Where several rows of an item share a
/// name, the goal tells them apart.
pub(super) fn name(row: &QuotaRow) -> String {
    let title = if row.name.is_empty() { row.title() } else { row.name.clone() };
    if row.unit.is_empty() { title } else { format!("{title}（{}）", row.unit) }
}
