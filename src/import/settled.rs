//! Corrections and open doubts of a corrections file, as findings beside their items.

use crate::model::{Alternative, Confidence, Finding, Fix, ItemKey, QuotaRow, Task};

use super::cells::Cell;
use super::corrections::{CellsAsRead, Choice, Correction, Corrections, Sure};
use super::findings::{Place, doubt, note};
use super::lists::{NO_DEADLINE_READ, Tasks};
use super::names::cell_units;
use super::raw_row::RawRow;
use super::typed;
use super::unreadable::{Cause, Unreadable};

/// Puts the deadlines as the corrections read them, which settles the doubts about them.
///
/// # Errors
/// When a correction's line belongs to no task, or what it says names no day.
pub(super) fn deadlines(
    tasks: &mut Tasks,
    rows: &[QuotaRow],
    (corrections, file): (&Corrections, &str),
    year: u16,
) -> Result<(), Unreadable> {
    for correction in &corrections.lines {
        let Some(said) = &correction.deadline else { continue };
        let bad = |why: String| {
            let what = Cause::BadCorrections { file: file.to_owned(), why };
            Unreadable::at(correction.line, None, what)
        };
        let is_row = rows.iter().any(|row| row.line == correction.line);
        let key = task_of(&tasks.items, correction.line).filter(|_| !is_row);
        let task = tasks.items.iter_mut().find(|task| Some(task.key) == key);
        let task = task.ok_or_else(|| bad("`deadline` is of a line under no task".to_owned()))?;
        task.deadline = typed::day(said, year).map_err(|why| bad(format!("`deadline`: {why}")))?;
        tasks.findings.retain(|finding| finding.item != key || finding.what != NO_DEADLINE_READ);
    }
    Ok(())
}

/// The task that a line belongs to.
fn task_of(tasks: &[Task], line: u32) -> Option<ItemKey> {
    tasks.iter().rev().find(|task| task.line <= line).map(|task| task.key)
}

/// The findings of the corrections that are about rows.
pub(super) fn findings(raw: &[RawRow], rows: &[QuotaRow], corrections: &Corrections) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (raw, row) in raw.iter().zip(rows) {
        findings.extend(corrections.of(row.line).map(|correction| of_row(correction, raw, row)));
    }
    findings
}

/// The findings of the corrections of other lines.
pub(super) fn of_lines(rows: &[QuotaRow], tasks: &[Task], corrections: &Corrections, year: u16) -> Vec<Finding> {
    let elsewhere = |correction: &&Correction| !rows.iter().any(|row| row.line == correction.line);
    let finding = |correction: &Correction| {
        let item = task_of(tasks, correction.line);
        plain(correction, Place { line: correction.line, item, printed: correction.printed() }, &[])
    };
    let mut findings: Vec<Finding> = corrections.lines.iter().filter(elsewhere).map(finding).collect();
    for (correction, found) in corrections.stale.iter().filter(|(correction, _)| elsewhere(&correction)) {
        let item = task_of(tasks, correction.line);
        let mut finding = of_stale(correction, Place { line: correction.line, item, printed: found });
        let day = correction.deadline.as_ref().filter(|_| item.is_some()).and_then(|said| typed::day(said, year).ok());
        finding.alternatives.extend(day.map(|day| Alternative {
            reading: format!("仍按原更正读：{}", due(correction).unwrap_or_default()),
            why: correction.why.clone(),
            fix: Fix { deadline: Some(day), ..Fix::default() },
        }));
        findings.push(finding);
    }
    findings
}

/// The doubts about rows whose correction quotes what they do not say any more: as printed now, or as it was corrected.
pub(super) fn stale(raw: &[RawRow], rows: &[QuotaRow], corrections: &Corrections) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (raw, row) in raw.iter().zip(rows) {
        for (correction, found) in corrections.stale.iter().filter(|(correction, _)| correction.line == row.line) {
            let mut finding = of_stale(correction, Place { line: row.line, item: Some(row.key), printed: found });
            let cells = correction.cells();
            let fits = cells.areas.as_ref().is_none_or(|areas| areas.len() == raw.areas.len());
            if fits && cells != CellsAsRead::default() {
                finding.alternatives.push(as_corrected(correction, raw, row));
            }
            for choice in &correction.alternatives {
                if choice.areas.as_ref().is_none_or(|areas| areas.len() == raw.areas.len()) {
                    finding.alternatives.push(alternative(choice, raw));
                }
            }
            findings.push(finding);
        }
    }
    findings
}

/// A doubt whether a correction still holds.
fn of_stale(correction: &Correction, place: Place<'_>) -> Finding {
    let why = format!(
        "原更正“{}”（{}）所引的是：{}",
        correction.what,
        correction.why,
        super::findings::shown(correction.printed())
    );
    doubt(place, "原文这一行已改动，原更正未采用", why)
}

/// The row as the correction has it.
fn as_corrected(correction: &Correction, raw: &RawRow, row: &QuotaRow) -> Alternative {
    let mut corrected = raw.clone();
    corrected.put(&correction.cells());
    let read = corrected.build(row.key);
    let areas: Vec<&str> = raw.areas.iter().map(|(area, _)| area.as_ref()).collect();
    let changed = |given: bool| given.then_some(());
    let fix = Fix {
        areas: changed(correction.cells().areas.is_some()).map(|()| read.areas),
        lead_units: changed(!read.lead_units.is_empty()).map(|()| read.lead_units),
        coop_units: changed(correction.cells().coop.is_some()).map(|()| read.coop_units),
        total: changed(correction.cells().total.is_some()).map(|()| read.total),
        text: changed(!read.name.is_empty()).map(|()| read.name),
        ..Fix::default()
    };
    let reading = format!("仍按原更正读：{}", cells(&correction.cells(), &areas).join("；"));
    Alternative { reading, why: correction.why.clone(), fix }
}

fn of_row(correction: &Correction, raw: &RawRow, row: &QuotaRow) -> Finding {
    let place = Place { line: row.line, item: Some(row.key), printed: correction.printed() };
    let mut finding = plain(correction, place, &raw.areas.iter().map(|(area, _)| area.as_ref()).collect::<Vec<_>>());
    finding.alternatives = correction.alternatives.iter().map(|choice| alternative(choice, raw)).collect();
    if let Some(first) = correction.alternatives.first() {
        finding.reading = format!("暂按：{}", first.reading);
    }
    finding
}

fn plain(correction: &Correction, place: Place<'_>, areas: &[&str]) -> Finding {
    let mut parts = cells(&correction.cells(), areas);
    parts.extend(due(correction));
    parts.extend(correction.replace.iter().map(|(printed, read)| format!("“{printed}”读作“{read}”")));
    let reading = if parts.is_empty() { "照原文，未作改动".to_owned() } else { parts.join("；") };
    let confidence = Confidence::from(if correction.alternatives.is_empty() { correction.sure } else { Sure::Open });
    note(place, &correction.what, reading, correction.why.clone(), confidence)
}

/// The deadline that is read otherwise, in words.
fn due(correction: &Correction) -> Option<String> {
    correction.deadline.as_ref().map(|said| format!("完成时限：{said}"))
}

/// The cells that are read otherwise, in words.
fn cells(read: &CellsAsRead, areas: &[&str]) -> Vec<String> {
    let given = |head: &str, cell: &Option<String>, empty: &str| {
        cell.as_deref().map(|cell| format!("{head}：{}", if cell.is_empty() { empty } else { cell }))
    };
    let shares = read.areas.as_ref().map(|cells| {
        let some = areas.iter().zip(cells).filter(|(_, cell)| !matches!(cell.as_str(), "" | "0" | "/"));
        let some: Vec<String> = some.map(|(area, cell)| format!("{area}{cell}")).collect();
        format!("各地：{}", if some.is_empty() { "空".to_owned() } else { some.join("、") })
    });
    [
        given("事项分类", &read.category, "承上"),
        given("事项名称", &read.name, "承上"),
        given("全市", &read.total, "空"),
        shares,
        given("牵头单位", &read.lead, "承上"),
        given("配合单位", &read.coop, "无"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn alternative(choice: &Choice, raw: &RawRow) -> Alternative {
    let mut row = raw.clone();
    let areas = choice.areas.as_ref().map(|areas| {
        for ((_, cell), read) in row.areas.iter_mut().zip(areas) {
            cell.clone_from(read);
        }
        row.quotas()
    });
    let why = match (&choice.areas, arithmetic(&row)) {
        (Some(_), Some(sum)) => format!("{}（{sum}）", choice.why),
        _ => choice.why.clone(),
    };
    let units = |cell: &Option<String>| cell.as_deref().map(cell_units);
    let fix = Fix { areas, lead_units: units(&choice.lead), coop_units: units(&choice.coop), ..Fix::default() };
    Alternative { reading: choice.reading.clone(), why, fix }
}

/// The areas that have a share, added up beside the total: `0.5+4.5+4+3+2+2=16，全市16`.
fn arithmetic(row: &RawRow) -> Option<String> {
    let amounts: Vec<_> = row
        .areas
        .iter()
        .filter_map(|(_, cell)| match Cell::read(cell) {
            Cell::Amount(value, _, _) if !value.is_zero() => Some(value),
            _ => None,
        })
        .collect();
    let mut sum = rust_decimal::Decimal::ZERO;
    for amount in &amounts {
        sum = sum.checked_add(*amount)?;
    }
    let terms: Vec<String> = amounts.iter().map(ToString::to_string).collect();
    Some(format!("{}={}，全市{}", terms.join("+"), sum.normalize(), row.total))
}
