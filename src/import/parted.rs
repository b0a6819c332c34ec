//! Cells of a line are parted by tabs while it is read. Where nobody took them for cells, as in a title or a table without a head, they come
//! to stand in texts, and a ledger takes none: there a space parts them.

use std::sync::Arc;

use super::reading::Reading;
use crate::model::{Quota, QuotaRow, Task};

/// The reading without tabs.
pub(super) fn parted(mut reading: Reading) -> Reading {
    let document = &mut reading.document;
    for list in &mut document.lists {
        texts([&mut list.title, &mut list.mark]);
    }
    texts([&mut document.title, &mut document.number, &mut document.issuer]);
    names([&mut document.areas]);
    reading.tasks.iter_mut().for_each(task);
    reading.rows.iter_mut().for_each(row);
    for finding in &mut reading.findings {
        texts([&mut finding.what, &mut finding.printed, &mut finding.reading, &mut finding.why]);
        for one in &mut finding.alternatives {
            texts([&mut one.reading, &mut one.why]);
        }
    }
    for unit in &mut reading.units {
        name(&mut unit.name);
        names([&mut unit.aliases]);
    }
    reading.progress.values_mut().for_each(text);
    reading
}

fn task(task: &mut Task) {
    texts([&mut task.no, &mut task.chapter, &mut task.text]);
    names([&mut task.leaders, &mut task.lead_units, &mut task.coop_units]);
}

fn row(row: &mut QuotaRow) {
    texts([&mut row.category, &mut row.name, &mut row.unit].into_iter().chain(row.goal.as_mut()));
    names([&mut row.lead_units, &mut row.coop_units]);
    quota(&mut row.total);
    for area in &mut row.areas {
        name(&mut area.area);
        quota(&mut area.quota);
    }
}

fn quota(quota: &mut Quota) {
    if let Quota::Amount(_, Some(said)) | Quota::Text(said) = quota {
        text(said);
    }
}

fn texts<'a>(all: impl IntoIterator<Item = &'a mut String>) {
    all.into_iter().for_each(text);
}

fn text(text: &mut String) {
    if text.contains('\t') {
        *text = spaced(text);
    }
}

fn names<'a>(all: impl IntoIterator<Item = &'a mut Vec<Arc<str>>>) {
    all.into_iter().flatten().for_each(name);
}

fn name(name: &mut Arc<str>) {
    if name.contains('\t') {
        *name = spaced(name).into();
    }
}

fn spaced(text: &str) -> String {
    text.split('\t').filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::import::read;

    /// Two lines of a table of which the first was taken for a title.
    #[test]
    fn cells_that_nobody_took_for_cells_are_parted_by_spaces() {
        let text = "2023年重点工作任务分解\t工作任务\t\t完成时限\n牵头市领导：甲\n责任单位：市教育局\n1. 办学\t3所。\n责任单位：市教育局\n";
        let reading = read("甲.txt", text.as_bytes(), None).unwrap();
        let said = format!("{reading:?}");
        assert!(said.contains("办学 3所"), "{said}");
        assert!(!said.contains("\\t"), "{said}");
    }
}
