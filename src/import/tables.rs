//! Quota tables: rows of cells under a head that names the areas, page by page.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{AreaQuota, Finding, ItemKey, List, ListCode, ListKind, Quota, QuotaRow};

use super::cells::Cell;
use super::corrections::{CellsAsRead, Corrections};
use super::findings::{Place, doubt};
use super::measure::measure;
use super::merged;
use super::names;
use super::numbering;
use super::scan::{Kind, Part};
use super::settled;
use super::signs::{self, Sign};
use super::tasks::joined;
use super::unreadable::{Cause, Unreadable};
use super::vocabulary::{Column, column};

/// What was read of the tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) lists: Vec<List>,
    pub(super) areas: Vec<Arc<str>>,
    pub(super) rows: Vec<QuotaRow>,
    pub(super) findings: Vec<Finding>,
}

/// A row whose cells have found their columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RawRow {
    pub(super) line: u32,
    pub(super) printed: String,
    /// Which page's part of the table it stands on.
    pub(super) page: usize,
    /// Its list, by position.
    pub(super) list: usize,
    pub(super) no: u16,
    pub(super) sub: u16,
    /// 序号 as printed.
    pub(super) number: String,
    pub(super) category: String,
    pub(super) name: String,
    pub(super) goal: Option<String>,
    pub(super) total: String,
    pub(super) areas: Vec<(Arc<str>, String)>,
    pub(super) lead: String,
    pub(super) coop: String,
    /// Whether the row has as many cells as the head.
    pub(super) fits: bool,
    /// Signs that its cells do not stand where they belong; none where a correction has settled the row.
    pub(super) signs: Vec<Sign>,
}

/// Reads the quota tables of a notice.
///
/// # Errors
/// When there are more lists than letters, or a correction speaks of a row that is none.
pub(super) fn tables(parts: &[Part<'_>], file: &str, corrections: &Corrections) -> Result<Tables, Unreadable> {
    let mut out = Tables::default();
    let mut rows = collect(parts, &mut out)?;
    for row in &mut rows {
        row.signs = signs::of(row);
    }
    correct(&mut rows, file, corrections)?;
    let notes = merged::fill(&mut rows);
    for row in &rows {
        let list = out.lists.get(row.list).map(|list| list.code);
        let key = list.map(|code| ItemKey::row(code, row.no, row.sub));
        if let Some(first) = row.signs.first() {
            let place = Place { line: row.line, item: key, printed: &row.printed };
            let why: Vec<String> = row.signs.iter().map(|sign| format!("{}：{}", sign.what, sign.why)).collect();
            out.findings.push(doubt(place, first.what, why.join("；")));
        }
        if let Some(key) = key {
            out.rows.push(row.build(key));
        }
    }
    let places: HashMap<u32, (&RawRow, ItemKey)> =
        rows.iter().zip(&out.rows).map(|(raw, row)| (row.line, (raw, row.key))).collect();
    for note in notes {
        if let Some((raw, key)) = places.get(&note.line) {
            let place = Place { line: note.line, item: Some(*key), printed: &raw.printed };
            out.findings.push(note.finding(place));
        }
    }
    out.findings.extend(settled::findings(&rows, &out.rows, corrections));
    Ok(out)
}

/// Puts the cells as the corrections read them, which settles the signs of their rows.
fn correct(rows: &mut [RawRow], file: &str, corrections: &Corrections) -> Result<(), Unreadable> {
    for correction in corrections.lines.iter().filter(|correction| correction.is_about_a_row()) {
        let bad = |why: &str| {
            let what = Cause::BadCorrections { file: file.to_owned(), why: why.to_owned() };
            Unreadable::at(correction.line, None, what)
        };
        let row = rows.iter_mut().find(|row| row.line == correction.line);
        let row = row.ok_or_else(|| bad("the line is not a row of a table"))?;
        let cells = correction.cells();
        let choices = correction.alternatives.iter().filter_map(|choice| choice.areas.as_ref());
        if cells.areas.iter().chain(choices).any(|areas| areas.len() != row.areas.len()) {
            return Err(bad("`areas` has not as many cells as the table has areas"));
        }
        row.put(&cells);
        row.signs.clear();
    }
    Ok(())
}

/// Puts every row's cells under their columns.
fn collect(parts: &[Part<'_>], out: &mut Tables) -> Result<Vec<RawRow>, Unreadable> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut head: &[&str] = &[];
    let mut seen = HashMap::new();
    let mut page = 0;
    let mut title: Option<&str> = None;
    for part in parts {
        match &part.kind {
            Kind::Text(text) => title = Some(text),
            Kind::Numbered(..) | Kind::Labels(_) => title = None,
            Kind::Head(cells) => {
                page += 1;
                head = cells;
                if out.lists.is_empty() || title.is_some() {
                    let list = list(title.unwrap_or_default(), &out.lists)?;
                    out.lists.push(list);
                }
                title = None;
                for (_, area) in areas(head) {
                    if !out.areas.iter().any(|known| **known == *area) {
                        out.areas.push(Arc::from(area));
                    }
                }
            }
            Kind::Row(cells) => {
                let mut row = place(head, cells, part.line);
                (row.page, row.list) = (page, out.lists.len().saturating_sub(1));
                number(&mut row, rows.last(), &mut seen)?;
                rows.push(row);
            }
        }
    }
    Ok(rows)
}

/// The list under a title: the province's, the city's, or a further one.
fn list(title: &str, before: &[List]) -> Result<List, Unreadable> {
    let free = |code: &ListCode| !before.iter().any(|list| list.code == *code);
    let (code, mark) = if title.contains('省') && !title.contains("省市") {
        (ListCode::PROVINCE, "省")
    } else {
        (ListCode::CITY, "市")
    };
    let (code, mark) = if free(&code) {
        (code, mark.to_owned())
    } else {
        let code = "LMNOQRS".chars().filter_map(ListCode::new).find(free);
        (code.ok_or(Unreadable::new(Cause::TooMany))?, format!("表{}-", before.len() + 1))
    };
    Ok(List { code, kind: ListKind::Livelihood, title: joined(title), mark })
}

/// The area columns of a head: those between the city's total and the lead unit.
fn areas<'a>(head: &'a [&'a str]) -> impl Iterator<Item = (usize, &'a str)> {
    let at = |wanted| head.iter().position(|cell| column(cell) == Some(wanted));
    let (from, to) = (at(Column::Total).map_or(usize::MAX, |at| at + 1), at(Column::Lead).unwrap_or(0));
    head.iter()
        .enumerate()
        .filter(move |(at, cell)| (from..to).contains(at) && !cell.is_empty())
        .map(|(at, cell)| (at, *cell))
}

fn place(head: &[&str], cells: &[&str], line: u32) -> RawRow {
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
    let named = |wanted| head.iter().position(|cell| column(cell) == Some(wanted)).map(cell);
    let width = |cells: &[&str]| cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    RawRow {
        line,
        printed: cells.join("\t"),
        number: named(Column::No).unwrap_or_default(),
        category: named(Column::Category).unwrap_or_default(),
        name: named(Column::Name).unwrap_or_default(),
        goal: named(Column::Goal),
        total: named(Column::Total).unwrap_or_default(),
        areas: areas(head).map(|(at, area)| (Arc::from(area), cell(at))).collect(),
        lead: named(Column::Lead).unwrap_or_default(),
        coop: named(Column::Coop).unwrap_or_default(),
        fits: cells.len() >= width(head) && width(cells) <= width(head),
        ..RawRow::default()
    }
}

/// Numbers a row: an empty 序号 is a further row of the item above.
fn number(row: &mut RawRow, above: Option<&RawRow>, seen: &mut HashMap<(usize, u16), u16>) -> Result<(), Unreadable> {
    let own = numbering::plain(&row.number);
    row.no = own.or(above.filter(|above| above.list == row.list).map(|above| above.no)).unwrap_or(1);
    let times = seen.entry((row.list, row.no)).or_default();
    *times = times.checked_add(1).ok_or(Unreadable::new(Cause::TooMany))?;
    row.sub = *times;
    Ok(())
}

impl RawRow {
    fn put(&mut self, read: &CellsAsRead) {
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
        let amounts: Vec<bool> = std::iter::once(&self.total)
            .chain(self.areas.iter().map(|(_, cell)| cell))
            .filter_map(|cell| match Cell::read(cell) {
                Cell::Amount(value, wan, _) if !value.is_zero() => Some(wan),
                _ => None,
            })
            .collect();
        !amounts.is_empty() && amounts.iter().all(|wan| *wan)
    }

    /// Its areas' quotas, in the row's own scale.
    pub(super) fn quotas(&self) -> Vec<AreaQuota> {
        let keep = self.in_wan();
        let quota = |(area, cell): &(Arc<str>, String)| AreaQuota { area: Arc::clone(area), quota: quota(cell, keep) };
        self.areas.iter().map(quota).collect()
    }

    fn build(&self, key: ItemKey) -> QuotaRow {
        let wan = self.in_wan();
        let total = quota(&self.total, wan);
        let counted = total.amount();
        let words = self.goal.as_deref().unwrap_or(&self.name);
        let unit = counted.map(|total| measure(words, Some(total))).unwrap_or_default();
        QuotaRow {
            key,
            category: self.category.clone(),
            name: self.name.clone(),
            goal: self.goal.clone(),
            unit: if wan { format!("万{unit}") } else { unit.to_owned() },
            areas: self.quotas(),
            lead_units: names::cell_units(&self.lead),
            coop_units: names::cell_units(&self.coop),
            line: self.line,
            total,
        }
    }
}

/// A cell's quota; an amount in 万 is written out unless the whole row counts in 万.
fn quota(cell: &str, keep_wan: bool) -> Quota {
    match Cell::read(cell) {
        Cell::Amount(value, true, note) if !keep_wan => match value.checked_mul(10_000.into()) {
            Some(value) => Quota::Amount(value.normalize(), note),
            None => Quota::Text(cell.to_owned()),
        },
        Cell::Amount(value, _, note) => Quota::Amount(value, note),
        Cell::Other(quota) => quota,
    }
}
