//! 民生实事矩阵: every quota row with the city's figures, each area's, and how its sums check.

use rust_decimal::Decimal;

use chrono::NaiveDate;

use super::figures::{amount, done, number, one_decimal, percent, quota};
use super::json::open_doubts;
use super::model::{Align, Block, Cell, Column, Joined, Kind, Report, Table, Value};
use super::paper::{Paper, light, list, rate, same_name};
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::book::takes_city_figure;
use crate::model::{Book, CITY_TOTAL, List, Period, Quota, QuotaRow};

/// The matrix of livelihood quotas: a table a list. Of an area: its own column beside the city's.
pub fn matrix(book: &Book<'_>, of: &For, period: Period, today: NaiveDate, lang: Lang) -> Report {
    let scope = Scope::new(book, of);
    let rows = scope.rows();
    let mut paper = Paper::new(book, lang);
    for one in &book.document().lists {
        let rows: Vec<&QuotaRow> = rows.iter().filter(|row| row.key.list == one.code).copied().collect();
        if !rows.is_empty() {
            add(&mut paper, &scope, one, &rows, period);
        }
    }
    if rows.is_empty() {
        paper.say(Say::ReportNothing, &[]);
    }
    let title = lang.fill(Say::KindMatrixTitle, &[&lang.period(period)]);
    paper.report(Kind::Matrix, title, for_whom(of, lang), today)
}

/// The line that says for whom a paper is; none for the whole.
pub(super) fn for_whom(of: &For, lang: Lang) -> Vec<String> {
    match of {
        For::All => Vec::new(),
        For::Leader(name) => vec![lang.fill(Say::ReportForLeader, &[name])],
        For::Unit(name) => vec![lang.fill(Say::ReportForUnit, &[name])],
        For::Area(name) => vec![lang.fill(Say::ReportForArea, &[name])],
    }
}

/// The table of some rows of a list, with its notes.
pub(super) fn add(paper: &mut Paper<'_>, scope: &Scope<'_>, of: &List, rows: &[&QuotaRow], period: Period) {
    let mut making = Making { book: paper.book, lang: paper.lang, period, notes: Vec::new() };
    let table = making.table(scope, of, rows);
    let (notes, lang, book) = (making.notes, paper.lang, paper.book);
    paper.blocks.push(Block::Table(table));
    paper.blocks.extend(notes.into_iter().map(Block::Note));
    for row in rows {
        if let Some(sums) = row.sum_check().filter(|sums| !takes_city_figure(row) && !sums.agrees()) {
            let [total, sum, apart] = [sums.total, sums.sum, sums.sum.saturating_sub(sums.total)].map(amount);
            paper.note(Say::ReportCheckSum, &[&number(book, row.key), &total, &sum, &apart]);
        }
    }
    let doubtful = rows.iter().filter(|row| open_doubts(book, row.key) > 0);
    let doubtful: Vec<String> = doubtful.map(|row| number(book, row.key)).collect();
    if !doubtful.is_empty() {
        paper.note(Say::ReportDoubtful, &[&list(lang, doubtful)]);
    }
}

struct Making<'a> {
    book: &'a Book<'a>,
    lang: Lang,
    period: Period,
    notes: Vec<String>,
}

impl Making<'_> {
    fn table(&mut self, scope: &Scope<'_>, of: &List, rows: &[&QuotaRow]) -> Table {
        let lang = self.lang;
        let areas: Vec<&str> = self.book.document().areas.iter().map(AsRef::as_ref).collect();
        let areas: Vec<&str> = match scope.of() {
            For::Area(mine) => areas.into_iter().filter(|area| *area == &**mine).collect(),
            _ => areas,
        };
        let with_category = rows.iter().any(|row| !row.category.is_empty());
        // A goal is told only where the name alone would leave several rows alike.
        let with_goal = rows.windows(2).any(|pair| matches!(pair, [a, b] if same_name(a, b)));

        let mut columns = vec![Column::marks()];
        let mut head = vec![Say::ReportColNo];
        for (there, say, share) in
            [(with_category, Say::LabelCategory, 0), (true, Say::ReportColItem, 4), (with_goal, Say::KindColGoal, 3)]
        {
            if there {
                columns.push(Column::text(share));
                head.push(say);
            }
        }
        let frozen = columns.len();
        columns.extend([Column::marks(), Column::marks()]);
        head.extend([Say::ReportColUnit, Say::ReportColLight]);
        let figures = [Say::ReportColTarget, Say::ReportColDone, Say::ReportColRate];
        columns.extend(vec![Column::figures(); figures.len()]);
        let parts: Vec<String> = figures.iter().map(|say| lang.say(*say).to_owned()).collect();
        columns.extend(vec![Column { align: Align::Right, share: 0, parts: parts.clone() }; areas.len()]);
        columns.extend([Column::marks(), Column::text(2)]);

        let mut heads = [Vec::new(), Vec::new()];
        let [above, below] = &mut heads;
        let whole = |text: &str| (Cell::from(text), Cell::from(text).joined(Joined::Above));
        let pairs = head.iter().map(|say| whole(lang.say(*say))).collect::<Vec<_>>();
        let city = lang.say(Say::ReportCity);
        let pairs = pairs.into_iter().chain(parts.iter().enumerate().map(|(at, part)| {
            let joined = if at == 0 { Joined::No } else { Joined::Left };
            (Cell::from(city).joined(joined), Cell::from(part.as_str()))
        }));
        let pairs =
            pairs.chain(areas.iter().map(|area| (Cell::from(*area), Cell::from(lang.say(Say::KindDoneOfTarget)))));
        let pairs = pairs.chain([Say::KindColSum, Say::ReportColLead].map(|say| whole(lang.say(say))));
        for (first, second) in pairs {
            above.push(first);
            below.push(second);
        }

        let mut lines = Vec::new();
        let mut before: Option<&QuotaRow> = None;
        for row in rows {
            let mut line = vec![Cell::from(number(self.book, row.key))];
            if with_category {
                let same = before.is_some_and(|above| !row.category.is_empty() && above.category == row.category);
                line.push(Cell::from(row.category.as_str()).joined(if same { Joined::Above } else { Joined::No }));
            }
            let same = before.is_some_and(|above| same_name(above, row));
            let name = if row.name.is_empty() { row.title() } else { row.name.clone() };
            line.push(Cell::from(name).joined(if same { Joined::Above } else { Joined::No }));
            if with_goal {
                let alone = !rows.iter().any(|other| other.key != row.key && same_name(other, row));
                line.push(row.goal.clone().filter(|_| !alone).unwrap_or_default().into());
            }
            line.extend([Cell::from(row.unit.as_str()), light(lang, scope.rate_row(row, self.period))]);
            line.extend(self.city(row));
            line.extend(areas.iter().map(|area| self.area(row, area)));
            line.extend([sums(row, lang), list(lang, &row.lead_units).into()]);
            lines.push(line);
            before = Some(row);
        }
        let caption = lang.fill(Say::KindMatrixCaption, &[&of.title]);
        Table { caption, columns, frozen, head: heads.into(), rows: lines }
    }

    /// Target, done figure and completion of the city.
    fn city(&mut self, row: &QuotaRow) -> [Cell; 3] {
        let reached = self.book.row_done(row, self.period);
        let target = self.target(row, &row.total, CITY_TOTAL);
        [target, figure(reached, &row.total), rate(self.book.rate_row(row, self.period))]
    }

    /// An area's cell: done/target, in parts where there is room for them.
    fn area(&mut self, row: &QuotaRow, area: &str) -> Cell {
        let none = || Value::Parts(vec![Cell::default(); 3]);
        let Some(cell) = self.book.cell(row, area, self.period) else { return Cell::worth("", none()) };
        let target = self.target(row, cell.quota, area);
        if cell.done.is_none() && cell.quota.target().is_none() {
            let text = target.text.clone();
            return Cell::worth(text, Value::Parts(vec![target, Cell::default(), Cell::default()]));
        }
        let reached = figure(cell.done, cell.quota);
        let completion = match self.book.cell_completion(row, area, self.period) {
            Some(value) => Cell::worth(percent(value), Value::Percent(one_decimal(value))),
            None => "-".into(),
        };
        Cell::worth(format!("{}/{}", reached.text, target.text), Value::Parts(vec![target, reached, completion]))
    }

    /// A quota short enough for a cell: a sentence, and what is printed beside an amount, become a note below the table.
    fn target(&mut self, row: &QuotaRow, what: &Quota, place: &str) -> Cell {
        match what {
            Quota::Amount(value, None) => Cell::worth(amount(*value), Value::Number(*value)),
            Quota::Amount(value, Some(note)) => {
                let mark = self.note(row, place, &format!("{}{note}", amount(*value)));
                Cell::worth(format!("{}{mark}", amount(*value)), Value::Number(*value))
            }
            Quota::Percent(value, _) => Cell::worth(quota(what, self.lang), Value::Percent(*value)),
            Quota::Text(text) => self.note(row, place, text).into(),
            Quota::NotAssigned | Quota::NoTask | Quota::Blank => quota(what, self.lang).into(),
        }
    }

    /// Takes down a note and answers its mark.
    fn note(&mut self, row: &QuotaRow, place: &str, text: &str) -> String {
        let place = if place == CITY_TOTAL { self.lang.say(Say::ReportCity) } else { place };
        let number = number(self.book, row.key);
        self.notes.push(self.lang.fill(Say::ReportTargetNote, &[&(self.notes.len() + 1), &number, &place, &text]));
        self.lang.fill(Say::ReportSeeNote, &[&self.notes.len()])
    }
}

/// A done figure in the manner of its quota.
fn figure(reached: Option<Decimal>, quota: &Quota) -> Cell {
    let value = match (reached, quota) {
        (None, _) => Value::Text,
        (Some(value), Quota::Percent(..)) => Value::Percent(value),
        (Some(value), _) => Value::Number(value),
    };
    Cell::worth(done(reached, quota), value)
}

/// Whether the areas add up to the total; empty where nothing is to be added up.
fn sums(row: &QuotaRow, lang: Lang) -> Cell {
    match row.sum_check().filter(|_| !takes_city_figure(row)) {
        Some(sums) if sums.agrees() => lang.say(Say::KindSumAgrees).into(),
        Some(sums) => format!("≠{}", amount(sums.sum)).into(),
        None => Cell::default(),
    }
}
