//! Lists as head and rows of plain cells, for tables on a terminal, TSV and CSV.

use chrono::NaiveDate;

use super::areas::areas;
use super::figures::{completion, done, number, quota};
use crate::catalog::{Lang, Say};
use crate::model::{Book, CITY_TOTAL, Finding, Period, QuotaRow, Task};
use crate::text::harmless;

/// A list in cells. Every row has as many cells as the head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The columns' names.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Tasks in a period.
pub fn tasks<'a>(
    book: &Book,
    tasks: impl IntoIterator<Item = &'a Task>,
    (period, today): (Period, NaiveDate),
    lang: Lang,
) -> Grid {
    let head = [
        Say::ReportColKey,
        Say::ReportColNo,
        Say::ReportColLight,
        Say::ReportColStatus,
        Say::ReportColRate,
        Say::ReportColFiling,
        Say::ReportColTask,
        Say::ReportColLeaders,
        Say::ReportColLead,
        Say::ReportColCoop,
        Say::ReportColDeadline,
    ];
    let rows = tasks.into_iter().map(|task| {
        let rating = book.rate_task(task, period);
        vec![
            task.key.to_string(),
            task.no.clone(),
            lang.light(rating.light).to_owned(),
            lang.status(rating.status).to_owned(),
            completion(rating),
            lang.filing_state(book.filing_state(task.key, period, today)).to_owned(),
            task.text.clone(),
            join(&task.leaders, lang),
            join(&task.lead_units, lang),
            join(&task.coop_units, lang),
            book.deadline(task.key, period).to_string(),
        ]
    });
    Grid { head: head.map(|say| lang.say(say).to_owned()).to_vec(), rows: rows.collect() }
}

/// Quota rows in a period: the city's figures, then each area's `done/quota`.
pub fn rows<'a>(
    book: &Book,
    rows: impl IntoIterator<Item = &'a QuotaRow>,
    (period, today): (Period, NaiveDate),
    lang: Lang,
) -> Grid {
    let say = |what: Say| lang.say(what).to_owned();
    let mut head: Vec<String> = [
        Say::ReportColKey,
        Say::ReportColNo,
        Say::ReportColLight,
        Say::ReportColStatus,
        Say::ReportColItem,
        Say::ReportColUnit,
        Say::ReportColTarget,
        Say::ReportColDone,
        Say::ReportColRate,
        Say::ReportColFiling,
        Say::ReportColSum,
    ]
    .map(say)
    .to_vec();
    let areas = &book.document().areas;
    head.extend(areas.iter().map(ToString::to_string));
    head.extend([Say::ReportColLead, Say::ReportColCoop].map(say));
    let rows = rows.into_iter().map(|row| {
        let rating = book.rate_row(row, period);
        let sums = row.sum_check().filter(|_| !crate::model::book::takes_city_figure(row));
        let mut cells = vec![
            row.key.to_string(),
            number(book, row.key),
            lang.light(rating.light).to_owned(),
            lang.status(rating.status).to_owned(),
            row.title(),
            row.unit.clone(),
            quota(&row.total, lang),
            done(book.row_done(row, period), &row.total),
            completion(rating),
            lang.filing_state(book.filing_state(row.key, period, today)).to_owned(),
            sums.map_or_else(String::new, |sums| {
                let sum = super::figures::amount(sums.sum);
                if sums.agrees() { sum } else { format!("≠{sum}") }
            }),
        ];
        cells.extend(areas.iter().map(|area| cell(book, row, area, period, lang)));
        cells.extend([join(&row.lead_units, lang), join(&row.coop_units, lang)]);
        cells
    });
    Grid { head, rows: rows.collect() }
}

/// Doubts and corrections.
pub fn findings<'a>(book: &Book, findings: impl IntoIterator<Item = &'a Finding>, lang: Lang) -> Grid {
    let head = [
        Say::ReportColLine,
        Say::ReportColNo,
        Say::ReportColWhat,
        Say::ReportColPrinted,
        Say::ReportColReading,
        Say::ReportColConfidence,
        Say::ReportColChoices,
    ];
    let rows = findings.into_iter().map(|finding| {
        let choices = finding.alternatives.iter().map(|one| one.reading.as_str());
        vec![
            format!("{}.{}", finding.line, finding.no),
            finding.item.map_or_else(String::new, |key| number(book, key)),
            finding.what.clone(),
            finding.printed.clone(),
            finding.reading.clone(),
            lang.confidence(finding.confidence).to_owned(),
            choices.collect::<Vec<_>>().join(lang.say(Say::ReportChoiceJoin)),
        ]
    });
    Grid { head: head.map(|say| lang.say(say).to_owned()).to_vec(), rows: rows.collect() }
}

/// The areas' standing, best first.
pub fn area_ranking(book: &Book, period: Period, lang: Lang) -> Grid {
    let head = [
        Say::ReportColRank,
        Say::ReportColArea,
        Say::ReportColAverage,
        Say::ReportColQuotas,
        Say::ReportColLagging,
        Say::ReportColZero,
        Say::StatusUnknown,
    ];
    let rows = areas(book, period).into_iter().map(|one| {
        vec![
            one.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string()),
            one.area.to_string(),
            one.average.map_or_else(|| "-".to_owned(), super::figures::percent),
            one.counts.total().to_string(),
            one.counts.lagging().to_string(),
            one.at_zero.to_string(),
            one.counts.of(crate::model::Status::Unknown).to_string(),
        ]
    });
    Grid { head: head.map(|say| lang.say(say).to_owned()).to_vec(), rows: rows.collect() }
}

fn cell(book: &Book, row: &QuotaRow, area: &str, period: Period, lang: Lang) -> String {
    debug_assert_ne!(area, CITY_TOTAL, "the city's figures have columns of their own");
    let Some(cell) = book.cell(row, area, period) else { return String::new() };
    match (cell.done, cell.quota.target()) {
        (None, None) => quota(cell.quota, lang),
        (now, _) => format!("{}/{}", done(now, cell.quota), quota(cell.quota, lang)),
    }
}

fn join(names: &[std::sync::Arc<str>], lang: Lang) -> String {
    names.join(lang.say(Say::ReportListJoin))
}

impl Grid {
    /// Tab-separated lines, the head first. Tabs and line breaks within cells become spaces.
    pub fn tsv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
            text.push_str(&cells.join("\t"));
            text.push('\n');
        }
        text
    }

    /// Comma-separated lines, the head first, quoted as needed. Cells that a spreadsheet would take for a formula get a `'`
    /// before them.
    ///
    /// # Errors
    /// Writing to memory does not fail; the error is the csv writer's.
    pub fn csv(&self) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.head).chain(&self.rows) {
            writer.write_record(row.iter().map(|cell| harmless(cell).into_owned()))?;
        }
        let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_and_tsv_keeps_one_line_a_row() {
        let grid = Grid { head: vec!["a".into(), "b".into()], rows: vec![vec!["x,\"y\"".into(), "l1\nl2\tz".into()]] };
        assert_eq!(grid.csv().unwrap(), "a,b\n\"x,\"\"y\"\"\",\"l1\nl2\tz\"\n");
        assert_eq!(grid.tsv(), "a\tb\nx,\"y\"\tl1 l2 z\n");
    }
}
