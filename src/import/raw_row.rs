//! A quota row whose cells have found their columns.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::model::{AreaQuota, ItemKey, Quota, QuotaRow};

use super::cells::Cell;
use super::corrections::CellsAsRead;
use super::measure::measure;
use super::names;
use super::signs::Sign;
use super::vocabulary::{Column, column, column_by_areas, is_area, is_measure, is_weak_total, measured};

/// A row whose cells have found their columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RawRow {
    pub(super) line: u32,
    pub(super) printed: String,
    /// Its cells, with what merged ones hold, parted by tabs.
    pub(super) cells: String,
    /// Which page's part of the table it stands on.
    pub(super) page: usize,
    /// Its list, by position.
    pub(super) list: usize,
    pub(super) no: u16,
    pub(super) sub: u16,
    /// 序号 as printed; `None` where the table has no such column.
    pub(super) number: Option<String>,
    pub(super) category: String,
    pub(super) name: String,
    pub(super) goal: Option<String>,
    pub(super) total: String,
    /// What a column of its own says that the row counts; empty where there is none.
    pub(super) measure: String,
    /// What the head of the total says that is counted; empty where it does not.
    pub(super) counted: String,
    /// The table has no column for the city's total.
    pub(super) without_total: bool,
    pub(super) areas: Vec<(Arc<str>, String)>,
    pub(super) lead: String,
    pub(super) coop: String,
    /// Whether the row has as many cells as the head.
    pub(super) fits: bool,
    /// Cells that are known not to be of any column.
    pub(super) left: Vec<String>,
    /// What the line across the table above it says.
    pub(super) section: String,
    /// Signs that its cells do not stand where they belong; none where a correction has settled the row.
    pub(super) signs: Vec<Sign>,
}

/// The head over cells that belong to no column, in a table that was told apart by what its cells are.
pub(super) const LEFT: &str = "〔未读入〕";

/// The area columns of a head: those between the city's total and the lead unit; in a head of other words, those that are
/// called like areas.
pub(super) fn areas<'a>(head: &'a [&'a str]) -> impl Iterator<Item = (usize, &'a str)> {
    let strict = is_strict(head);
    let at = |wanted| head.iter().position(|cell| column(cell) == Some(wanted));
    let (from, to) = (at(Column::Total).map_or(usize::MAX, |at| at + 1), at(Column::Lead).unwrap_or(0));
    let is_between = move |at: &usize, cell: &str| {
        (from..to).contains(at) && !cell.is_empty() && column(cell) != Some(Column::Measure)
    };
    head.iter()
        .enumerate()
        .filter(move |(at, cell)| if strict { is_between(at, cell) } else { is_area(cell) })
        .map(|(at, cell)| (at, *cell))
}

/// Whether a head has the words by which the areas are found between its columns.
fn is_strict(head: &[&str]) -> bool {
    let at = |wanted| head.iter().position(|cell| column(cell) == Some(wanted));
    // A name under another word is found by the wider words alone.
    at(Column::Name).is_some() && at(Column::Total).zip(at(Column::Lead)).is_some_and(|(total, lead)| total < lead)
}

/// Whether a cell under 单位 names who answers for the row: 市住建局, 各乡镇, 市城投.
fn is_organ(cell: &str) -> bool {
    let names = names::cell_units(cell);
    let organ = |name: &Arc<str>| names::is_group(name) || name.starts_with(LEVELS);
    names::is_units(cell) || (!names.is_empty() && names.iter().all(organ))
}

/// How names of organs begin that do not end like one.
const LEVELS: [char; 5] = ['省', '市', '县', '区', '各'];

/// How the columns of a head are known, besides the areas.
pub(super) fn kind(head: &[&str]) -> fn(&str) -> Option<Column> {
    if is_strict(head) { column } else { column_by_areas }
}

/// The columns of a head that are read as one of a kind: the first of each. Of totals one that is surely the city's goes before others; of
/// lead units a second is that of the others where these have no column. All of 单位: there may be one of measures and one of organs.
pub(super) fn read_columns(head: &[&str]) -> Vec<(usize, Column)> {
    let of = kind(head);
    let all = |wanted| head.iter().enumerate().filter(move |(_, cell)| of(cell) == Some(wanted)).map(|(at, _)| at);
    let sure = |at: &usize| head.get(*at).is_some_and(|cell| !is_weak_total(cell));
    let first = |wanted| all(wanted).next().map(|at| (at, wanted));
    let mut found: Vec<(usize, Column)> = [Column::No, Column::Category, Column::Name, Column::Goal, Column::Lead]
        .into_iter()
        .filter_map(first)
        .collect();
    found.extend(all(Column::Total).find(sure).or_else(|| all(Column::Total).next()).map(|at| (at, Column::Total)));
    let coop = all(Column::Coop).next().or_else(|| all(Column::Lead).nth(1));
    found.extend(coop.map(|at| (at, Column::Coop)));
    found.extend(all(Column::Measure).map(|at| (at, Column::Measure)));
    found
}

/// Puts a row's cells under the columns of its page's head.
pub(super) fn place(head: &[&str], cells: &[&str], line: u32) -> RawRow {
    let columns = read_columns(head);
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
    let at = |wanted| columns.iter().find(|(_, column)| *column == wanted).map(|(at, _)| *at);
    let named = |wanted| at(wanted).map(cell);
    let width = |cells: &[&str]| cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let (mut measure, mut strays) = (String::new(), Vec::new());
    let (mut lead, mut coop) = (named(Column::Lead), named(Column::Coop));
    for said in columns.iter().filter(|(_, column)| *column == Column::Measure).map(|(at, _)| cell(*at)) {
        // There may be organs under 单位 as well: who answers for the row, as far as no other column says it.
        match (said.trim(), &lead, &coop) {
            ("" | "无" | "/" | "／" | "-" | "—" | "——", ..) => {}
            (word, ..) if measure.is_empty() && is_measure(word) => measure = said,
            (word, None, _) if is_organ(word) => lead = Some(said),
            (word, _, None) if is_organ(word) => coop = Some(said),
            _ => strays.push(said),
        }
    }
    let (mut goal, mut total) = (named(Column::Goal), named(Column::Total));
    let is_number = |cell: &String| matches!(Cell::read(cell), Cell::Amount(..) | Cell::Other(Quota::Percent(..)));
    if total.is_none() && goal.as_ref().is_some_and(is_number) {
        total = goal.take();
    }
    RawRow {
        line,
        printed: cells.join("\t"),
        cells: cells.join("\t"),
        number: named(Column::No),
        category: named(Column::Category).unwrap_or_default(),
        name: named(Column::Name).unwrap_or_default(),
        goal,
        counted: at(Column::Total)
            .into_iter()
            .chain(at(Column::Name))
            .find_map(|at| measured(head.get(at)?).1)
            .unwrap_or_default()
            .to_owned(),
        without_total: total.is_none(),
        total: total.unwrap_or_default(),
        areas: areas(head).map(|(at, area)| (Arc::from(area), cell(at))).collect(),
        measure,
        lead: lead.unwrap_or_default(),
        coop: coop.unwrap_or_default(),
        left: (0..head.len())
            .filter(|at| head.get(*at) == Some(&LEFT))
            .map(cell)
            .chain(strays)
            .filter(|cell| !cell.is_empty())
            .collect(),
        fits: cells.len() >= width(head) && width(cells) <= width(head),
        ..RawRow::default()
    }
}

impl RawRow {
    /// Puts the cells as a correction reads them.
    pub(super) fn put(&mut self, read: &CellsAsRead) {
        let set = |cell: &mut String, read: &Option<String>| {
            if let Some(read) = read {
                cell.clone_from(read);
            }
        };
        set(&mut self.category, &read.category);
        set(&mut self.name, &read.name);
        set(&mut self.total, &read.total);
        set(&mut self.lead, &read.lead);
        set(&mut self.coop, &read.coop);
        if let Some(read) = &read.areas {
            for ((_, cell), read) in self.areas.iter_mut().zip(read) {
                cell.clone_from(read);
            }
        }
    }

    /// Whether all its amounts above nothing are printed in 万.
    fn in_wan(&self) -> bool {
        let mut amounts = self.amounts().filter(|(value, _)| !value.is_zero()).peekable();
        amounts.peek().is_some() && amounts.all(|(_, wan)| wan)
    }

    /// Its amounts, and whether 万 follows them.
    fn amounts(&self) -> impl Iterator<Item = (Decimal, bool)> {
        let cells = std::iter::once(&self.total).chain(self.areas.iter().map(|(_, cell)| cell));
        cells.filter_map(|cell| match Cell::read(cell) {
            Cell::Amount(value, wan, _) => Some((value, wan)),
            Cell::Other(_) => None,
        })
    }

    /// What its amounts count, with the scale that they are kept in.
    fn unit(&self, of_words: &str, wan: bool) -> String {
        let (_, counted) = measured(&self.name);
        let named = match (self.measure.as_str(), of_words) {
            ("", "") => counted.unwrap_or(&self.counted),
            ("", of_words) => of_words,
            (of_column, _) => of_column,
        };
        let bare = named.trim_start_matches(['万', '亿']);
        // Some amounts are printed in 万, and are written out beside the others.
        let written_out = !wan && self.amounts().any(|(_, wan)| wan);
        match (wan, written_out) {
            (true, _) => format!("万{bare}"),
            (false, true) => bare.to_owned(),
            (false, false) => named.to_owned(),
        }
    }

    /// Its areas' quotas, in the row's own scale.
    pub(super) fn quotas(&self) -> Vec<AreaQuota> {
        let keep = self.in_wan();
        let quota = |(area, cell): &(Arc<str>, String)| AreaQuota { area: Arc::clone(area), quota: quota(cell, keep) };
        self.areas.iter().map(quota).collect()
    }

    /// The row under its key.
    pub(super) fn build(&self, key: ItemKey) -> QuotaRow {
        let wan = self.in_wan();
        let total = quota(&self.total, wan);
        let counted = total.amount();
        let words = self.goal.as_deref().unwrap_or(&self.name);
        let unit = counted.map(|total| measure(words, Some(total))).unwrap_or_default();
        let counts = counted.is_some() || (!self.measure.is_empty() && self.amounts().next().is_some());
        QuotaRow {
            key,
            category: [self.section.as_str(), &self.category]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("/"),
            name: self.name.clone(),
            goal: self.goal.clone(),
            unit: if counts { self.unit(unit, wan) } else { String::new() },
            areas: self.quotas(),
            lead_units: names::cell_units(&self.lead),
            coop_units: names::cell_units(&self.coop),
            line: self.line,
            total,
        }
    }
}

/// A cell's quota; an amount in 万 is written out unless the whole row counts in 万.
pub(super) fn quota(cell: &str, keep_wan: bool) -> Quota {
    match Cell::read(cell) {
        Cell::Amount(value, true, note) if !keep_wan => match value.checked_mul(10_000.into()) {
            Some(value) => Quota::Amount(value.normalize(), note),
            None => Quota::Text(cell.to_owned()),
        },
        Cell::Amount(value, _, note) => Quota::Amount(value, note),
        Cell::Other(quota) => quota,
    }
}
